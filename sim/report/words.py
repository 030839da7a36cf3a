"""Names, units and numbers as people write them: the one home of what tables and figures call things."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import NamedTuple

# What the headline shows, in this order, at this horizon, for everyone registered at the policy date.
HEADLINE_METRICS = (
    "employed_share",
    "retained_26w_share",
    "registered_unemployed_share",
    "out_of_labour_force_share",
    "trust",
    "public_cost_nok",
)
HEADLINE_WEEKS = 104
HEADLINE_SERIES = (
    "registered",
    "employed_share_stock",
    "supported",
    "contact_minutes",
    "gaze",
    "employer_openness",
)

SCENARIOS = {
    "se_in_house": "SE in-house",
    "se_outsourced": "SE outsourced",
}
METRICS = {
    "members": "People counted",
    "employed_share": "In work",
    "ordinary_job_share": "In a job without subsidy",
    "permanent_job_share": "In a permanent job",
    "subsidised_job_share": "In a subsidised job",
    "part_time_with_benefit_share": "Part-time job and benefit",
    "out_of_labour_force_share": "Out of the labour force",
    "disability_pension_share": "On a disability pension",
    "registered_unemployed_share": "Registered as unemployed",
    "on_measure_share": "On a measure",
    "jobless_share": "Without a job",
    "weeks_to_first_job": "Time to the first job",
    "weeks_in_work": "Time in work",
    "retained_26w_share": "Kept a job for 26 weeks",
    "retained_104w_share": "Kept a job for 104 weeks",
    "chaining_share": "Two measures or more",
    "queue_weeks": "Time in queues",
    "se_selection": "Motivation of those taken into SE, above the mean",
    "se_effect_as_evaluated": "Effect of SE as an evaluator sees it",
    "never_in_se_employed_share": "In work, never in SE",
    "trust": "Trust in the system",
    "motivation": "Motivation",
    "wellbeing": "Wellbeing",
    "gaze": "The supervisors' gaze",
    "contact_minutes_per_client_month": "Contact with the supervisor",
    "public_cost_nok": "Public cost",
    "service_cost_nok": "Cost of services",
    "cost_per_retained_job_nok": "Services per job kept",
    "placements_per_specialist_year": "Placements per specialist",
    "transition_share": "In work at discharge from SE",
    "specialist_turnover": "Turnover of specialists",
    "instructor_turnover": "Turnover of instructors",
    "employer_openness": "Employers' openness",
    "suited_hires_share": "Hires in the sector that suits",
    "se_retention_26w": "Brokered jobs that last half a year",
    "se_permanent_26w": "Brokered jobs that are permanent at half a year",
    "proposals_accepted": "Proposals that employers accept",
    "placement_match": "Match quality of placements",
    "placement_weeks": "Time in service before a placement",
    "intake_selection": "Motivation at intake over the queue's",
    "intake_prospects": "Prospects at intake over the queue's",
    "placement_known": "How well those placed were known",
    "minutes_per_client": "Specialists' time for each client",
    "on_social_assistance_share": "On social assistance",
    "wellbeing_jobless": "Wellbeing of those without a job",
    "skill": "Vocational skill",
    "language": "Command of Norwegian",
    "capacity": "Hours that people can work",
    "hours_worked": "Hours worked",
    "own_wish_share": "Wish is one's own",
    "suited_job_share": "In work that suits",
    "gap_weeks": "Gap in the CV",
    "aap_share": "On work assessment allowance",
    "kvp_to_job_share": "Left KVP for a job",
    "kvp_to_ordinary_job_share": "Left KVP for a job without subsidy",
    "kvp_to_job_or_right_benefit_share": "Left KVP for a job or the right benefit",
    "kvp_working_6_months_share": "In work half a year after KVP",
    "kvp_working_2_years_share": "In work two years after KVP",
    "kvp_exit_match": "Match of the jobs that KVP led to",
    "kvp_extended_share": "KVP extended",
    "kvp_placement_match": "Match of the jobs found by KVP teams",
    "kvp_wellbeing_gain": "Wellbeing gained in KVP",
    "kvp_best_office_share": "KVP to a job, best office",
    "kvp_worst_office_share": "KVP to a job, worst office",
}
# Metrics made from the posts and accounts of sim/accounts.py, one each.
FAMILIES = {"post_": "Paid: ", "account_": "Balance: "}
SERIES = {
    "registered": "Registered jobseekers",
    "unemployed": "Registered as unemployed",
    "ordinary_unemployed": "Ordinary unemployed",
    "reduced_capacity": "With reduced work capacity",
    "on_aap": "On work assessment allowance",
    "in_kvp": "In the Qualification Programme",
    "in_aft": "In work-preparatory training (AFT)",
    "on_measure": "On a measure",
    "job": "In a job, off the register",
    "part_time_with_benefit": "Part-time job and benefit",
    "supported": "Served by a job specialist",
    "queueing": "In a queue for a measure",
    "queue_weeks": "Time waited so far",
    "employed_share_stock": "In work, registered at week 0",
    "mapped": "How well NAV knows the registered",
    "contact_minutes": "Contact with the supervisor",
    "gaze": "The supervisors' gaze",
    "employer_openness": "Employers' openness",
    "specialist_stress": "Stress of job specialists",
    "instructor_skill": "Skill of course instructors",
    "vacancies": "Open vacancies",
    "course_price": "Price of a course place",
    "se_price": "Price of an SE place",
    "hires": "Hired in open competition",
    "hires_outside": "Outside applicants hired",
    "hires_subsidised": "Hired with a wage subsidy",
    "displaced_outside": "Outside applicants displaced",
    "displaced_past_competition": "of these, past the competition",
    "placements": "Placed by specialists",
    "pensions": "Disability pensions granted",
}
GROUPS = {
    "all": "everybody",
    "reduced_capacity": "reduced work capacity",
    "young": "under 30",
    "long_term": "registered for a year or more",
    "low_motivation": "lowest third in motivation",
    "no_benefit": "without a benefit",
    "unemployment_benefit": "on unemployment benefit",
    "aap": "on work assessment allowance",
    "social_assistance": "on social assistance",
    "skilled_low_know_how": "skilled but not used to searching",
    "low_language": "lowest third in Norwegian",
    "kvp": "in the Qualification Programme",
}
AXES = {"share": "%", "0-1": "index, 0 to 1"}  # units that an axis says in another way
COHORTS = {
    "stock": "everyone registered at the policy date",
    "entrants": "people who register in the first year",
}


class Scale(NamedTuple):
    """How numbers of one unit are shown: times ``factor``, with so many ``digits``, and their unit."""

    factor: float
    digits: int
    unit: str
    difference_unit: str
    difference_digits: int

    def value(self, number: float) -> str:
        return f"{number * self.factor:,.{self.digits}f}"

    def difference(self, number: float) -> str:
        """With its sign; an exact zero is plain 0."""
        if number == 0:
            return "0"
        shown = f"{number * self.factor:+,.{self.difference_digits}f}"
        return shown if float(shown.replace(",", "")) else shown[1:]  # no sign on what rounds to zero


def scale(unit: str, size: float) -> Scale:
    """The scale for a ``unit`` whose typical number is ``size``: shares in per cent, money in handy units."""
    if unit == "share":
        return Scale(100.0, 1, "%", "pp", 2)
    size = abs(size)
    for power, word in ((1e9, "billion"), (1e6, "million")):
        if "NOK" in unit and size >= 10 * power:
            return Scale(1.0 / power, 1, f"{word} {unit}", f"{word} {unit}", 2)
    digits = 0 if size >= 1000 else 1 if size >= 100 else 2 if size >= 10 else 3
    return Scale(1.0, digits, unit, unit, digits)


def headline_metrics(given: Iterable[str], wanted: Sequence[str] = HEADLINE_METRICS) -> list[str]:
    """Those of ``given`` that are wanted, in that order; all of them when a model gives none of these."""
    there = list(dict.fromkeys(given))
    return [name for name in wanted if name in there] or there


def scenario_words(name: str) -> str:
    """A scenario's name in words: caseload_15 becomes Caseload 15."""
    if name in SCENARIOS:
        return SCENARIOS[name]
    if price := re.fullmatch(r"tender_price_(\d+)", name):
        return f"Price weight {int(price[1]) / 100:g}"
    base, _, changes = name.partition(" with ")
    if changes:
        levers = ", ".join(lever_words(change) for change in changes.split(", "))
        return in_words(levers) if base == "baseline" else f"{scenario_words(base)}, {levers}"
    return in_words(name)


def lever_words(change: str) -> str:
    """A lever with its value in words: ``supervisors.caseload 15`` becomes caseload 15, a switch its name or its no."""
    lever, _, value = change.partition(" ")
    words = lever.rpartition(".")[2].replace("_", " ")
    if value.lower() in ("true", "false"):
        return words if value.lower() == "true" else f"not {words}"
    with suppress(ValueError):
        value = f"{float(value):g}"
    return f"{words} {value.replace('_', ' ')}"


def group_words(name: str) -> str:
    """A group's name in words, as it stands in a sentence: the people are those of week 0."""
    return GROUPS.get(name) or in_words(name).lower()


def metric_words(name: str) -> str:
    """A metric's name in words."""
    for prefix, words in FAMILIES.items():
        if name.startswith(prefix):
            return words + name.removeprefix(prefix).replace("_", " ")
    return METRICS.get(name) or SERIES.get(name) or in_words(re.sub(r"_(share|nok)$", "", name))


def series_words(name: str) -> tuple[str, str]:
    """A weekly series' name in words, and the unit of its axis ("" for a series of one's own)."""
    # Here and not above: the declarations bring the compiler along, which most of what is shown does without.
    from sim.outcomes.weekly import SERIES as DECLARED

    unit = DECLARED[name][0] if name in DECLARED else ""
    return SERIES.get(name) or in_words(name), AXES.get(unit, unit)


def in_words(name: str) -> str:
    """A name of the code as a sentence begins: reduced_capacity becomes Reduced capacity."""
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:]
