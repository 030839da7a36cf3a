"""Weekly series: stocks, flows, time accounts and money of every week, each defined once.

``SERIES`` maps a name to (unit, meaning). Stocks and means are read from the columns at the end of the week, flows
are counted by the processes (``model.count``), money comes from the ledger, minutes from the staff's time accounts.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from sim.accounts import POST_NAMES
from sim.agents.course import N_DEPLOYED
from sim.agents.employer import OPEN
from sim.agents.jobseeker import (
    AAP,
    AFT,
    FOLLOW_UP,
    JOB_SEARCH_COURSE,
    JOB_WITH_BENEFIT,
    KVP,
    N_MEASURES,
    ON_MEASURE,
    SOCIAL_ASSISTANCE,
    UNEMPLOYED,
    VOCATIONAL_COURSE,
    WORK_TRAINING,
)
from sim.agents.office import ORDINARY
from sim.columns import listed
from sim.compiled import compiled

STOCKS = {
    "unemployed": "registered, without a job, on no measure",
    "on_measure": "registered, on a measure",
    "subsidised_job": "registered, in a subsidised job",
    "part_time_with_benefit": "registered, in a part-time job with a benefit",
    "job": "left the register for a job, while tracked",
    "disability_pension": "on a disability pension, while tracked",
    "out_of_labour_force": "left the labour force, while tracked",
    "registered": "registered in all",
    "ordinary_unemployed": "registered unemployed without reduced work capacity",
    "reduced_capacity": "registered with reduced work capacity",
    "on_aap": "registered on work assessment allowance",
    "in_kvp": "in the Qualification Programme",
    "on_courses": "on job-search and vocational courses",
    "in_aft": "in work-preparatory training",
    "in_work_training": "in work training",
    "supported": "served by a job specialist, in a job or not",
    "queueing": "in the queue for a measure",
}
MEANS = {
    "motivation": ("0-1", "mean motivation of the registered"),
    "trust": ("0-1", "mean trust of the registered"),
    "wellbeing": ("0-1", "mean wellbeing of the registered"),
    "mapped": ("0-1", "mean of how well NAV knows the registered"),
    "worries": ("0-1", "mean worries of the registered"),
    "gaze": (
        "0-1",
        "mean gaze of the supervisors of the registered, by client (V2; 0: sees a person, 1: sees a problem)",
    ),
    "contact_minutes": ("minutes per client-month", "supervisors' meetings, by client"),
    "queue_weeks": ("weeks", "mean time waited so far by those in a queue"),
    "employer_openness": ("0-1", "mean openness of employers"),
    "employer_belief": ("0-1", "mean of the share of NAV's candidates that employers expect to work out"),
    "specialist_stress": ("0-1", "mean stress of job specialists"),
    "specialist_skill": ("0-1", "mean skill of job specialists"),
    "relation_strength": ("0-1", "mean strength of specialists' relations, all contacts they can keep up"),
    "nav_employer_knowledge": ("0-1", "mean knowledge of employers at NAV's offices (S2)"),
    "instructor_skill": ("0-1", "mean skill of the instructors on courses"),
    "course_quality": ("0-1", "mean quality of tendered courses, by participant"),
    "course_hours": ("hours a week", "instructors' hours with participants, per participant of tendered courses"),
    "course_learning": ("points a week", "what a participant of a tendered course learns, all subjects added up"),
    "course_motivation": ("0-1", "mean motivation of participants of tendered courses"),
    "course_trust": ("0-1", "mean trust of participants of tendered courses"),
    "course_motivation_change": ("points a week", "change in the motivation of participants of tendered courses, mean"),
    "course_trust_change": ("points a week", "change in their trust, mean"),
    "staff_deployed": ("share", "of the three instructors promised for each tendered course, on it"),
    "named_staff": ("share", "of the instructors on tendered courses, named in the bid"),
    "instructor_wage": ("NOK a year", "mean wage of instructors on tendered courses"),
}
LEVELS = {
    "on_social_assistance": ("people", "registered on social assistance"),
    "long_on_social_assistance": ("people", "of these, for 26 weeks or more (I78)"),
    "kvp_best_office": ("share", "of those who left KVP lately at the office with the largest share, to a job"),
    "kvp_worst_office": ("share", "the same at the office with the smallest share"),
    "vacancies": ("vacancies", "open vacancies"),
    "supervisors": ("people", "supervisors"),
    "measure_wait": ("weeks", "wait of those who lately began AFT, work training, SE or KVP: mean weighted by places"),
    "course_price": ("NOK per place-month", "mean price of tendered course places"),
    "se_price": ("NOK per place-month", "mean price of SE places"),
    "referral_fit": ("0-1", "true need of the measure, above what is usual among those considered: mean of referrals"),
    "misreferred": ("share", "of the week's referrals, where another open measure would have been clearly better"),
    "handover_motivation": ("0-1", "motivation of those referred to a job specialist this week"),
    "office_spread": (
        "share",
        "spread between offices of each measure's share of referrals lately, mean over measures",
    ),
    "referral_kinds": (
        "measures",
        "kinds that people with full work capacity are referred to: as many as if all were used alike",
    ),
    "referral_kinds_reduced": ("measures", "the same for people with reduced work capacity"),
    "standard_share_reduced": ("share", "of their referrals, to courses, work-preparatory training and work training"),
    "others_caseload": ("clients", "of an ordinary supervisor who is not in close follow-up (V11), mean"),
    "others_contact": ("minutes per client-month", "their meetings, mean of the supervisors"),
    "in_close_follow_up": ("people", "clients of supervisors in close follow-up (V11)"),
    "course_places": ("places", "places bought on tendered courses"),
    "award_premium": ("share", "winning price over the lowest bid, mean of the course contracts in force"),
    "instructors_registered": ("people", "instructors between contracts on the register"),
    "instructors_on_courses": ("people", "of these, on a course themselves"),
    "employed_share_stock": ("share", "of those registered at the policy date, in a job"),
}
FLOWS = {
    "applications": "applications for vacancies",
    "hires": "registered people hired in open competition",
    "hires_suited": "of these, in the sector that truly suits the person (J7)",
    "hires_outside": "outside applicants hired",
    "displaced_outside": "outside applicants who would have had the job that week but for a registered one",
    "displaced_past_competition": "of these, where a specialist, the KVP team or a host filled the vacancy (E9)",
    "hires_subsidised": "hires in open competition with a wage subsidy",
    "sitting_out": "people on a measure who have a job lined up (J9)",
    "hires_by_host": "people hired by the host of their work training, or of their practice in AFT (E6)",
    "opened_by_host": "of these, into an extra job",
    "hires_from_aft": "of these, people in AFT",
    "in_education": "students in ordinary education",
    "completed_education": "people who completed it",
    "moved_to_aap": "ordinary unemployed moved to work assessment allowance for their health (J5)",
    "back_from_aap": "of these, people a review gave full capacity back",
    "employer_visits": "visits of specialists to employers",
    "purposeless_visits": "of these, made for the count only (S5)",
    "se_intake": "people taken into Supported Employment",
    "se_intake_motivation": "their motivation, summed",
    "se_queue_motivation": "mean motivation in the queue they came from, summed over them",
    "se_intake_prospects": "their prospects of a quick job (0-1), summed",
    "se_queue_prospects": "mean prospects in the queue they came from, summed over them",
    "parked_minutes": "minutes kept from clients who look unlikely to get a job (T13)",
    "proposals": "clients proposed to an employer",
    "placements": "clients placed by specialists",
    "match_placed": "match quality of these jobs, summed",
    "known_placed": "how well the specialist knew those placed, summed",
    "hours_placed": "hours of these jobs (share of full time), summed",
    "weeks_to_placement": "weeks in service of those placed, summed",
    "jobs_made": "extra jobs made for a client by a workplace that grows (E9)",
    "no_shows": "placed people who did not turn up (J12)",
    "jobs_ended": "jobs ended",
    "returned": "people back on the register after a job",
    "se_jobs_ended": "jobs ended that a specialist brokered",
    "se_jobs_ended_early": "of these, within half a year",
    "se_jobs_lasted": "jobs that a specialist brokered and that reached half a year",
    "se_jobs_permanent": "of these, given a permanent contract then (E4)",
    "subsidised_jobs_ended": "jobs ended with a subsidy, or when it ended",
    "mentor_warnings": "jobs about to end of which a systematic mentor warned NAV (E5)",
    "jobs_saved_by_mentors": "of such jobs, those that lasted through the weeks of trouble",
    "subsidy_windfall": "NOK of wage subsidy beyond what output falls short of the wage (E4)",
    "pensions": "disability pensions granted",
    "left_labour_force": "people who left the labour force",
    "discharged": "people discharged from Supported Employment",
    "discharged_to_work": "of these, in a job",
    "referrals": "decisions for a measure, a wage subsidy or help",
    "standard_referrals": "of these, to courses, work-preparatory training and work training",
    "vacancy_offers": "vacancies that supervisors pointed out to a client",
    "vacancy_offers_declined": "of these, not followed up",
    "handed_over": "referrals to a job specialist",
    "handovers_put_off": "decisions in which one was put off until the client is ready (V7)",
    "worked_up_minutes": "minutes of meetings with those clients",
    "worked_up_motivation": "points of motivation that these meetings lift, summed",
    "sanctions": "benefits cut for meetings missed, offers or places declined, measures left",
    "places_declined": "people who declined a place on a course, in AFT, work training or SE (J9)",
    "left_measures": "people who left one early, for no job (J9)",
    "supervisors_left": "supervisors who quit",
    "specialists": "job specialists at work",
    "specialists_left": "job specialists who quit",
    "specialists_laid_off": "job specialists whose employer lost the places, or is short of money (T5)",
    "kvp_entrants": "people who began a Qualification Programme (KVP)",
    "kvp_refused": "applicants with the right to KVP who were refused",
    "kvp_at_the_end": "programmes in KVP that had lasted as long as they may without an extension",
    "kvp_extended": "of these, extended",
    "kvp_hosts": "participants in KVP who found a host for practice",
    "kvp_placements": "participants placed in a job by the KVP team",
    "kvp_match_placed": "match quality of these jobs, summed",
    "kvp_absences": "weeks of absence from KVP without a valid reason",
    "kvp_exits": "people who left KVP",
    "kvp_exits_to_job": "of these, to a job of any kind",
    "kvp_exits_to_ordinary_job": "of these, to a job without subsidy",
    "kvp_exits_to_right_benefit": "people who left KVP for AAP or a disability pension (K5)",
    "kvp_exit_match_sum": "match of the jobs they left for, added up",
    "kvp_wellbeing_gained": "wellbeing gained from entry to exit by those who left, added up",
    "kvp_reached_26": "people who left KVP half a year ago",
    "kvp_working_26": "of these, in a job now",
    "kvp_reached_104": "people who left KVP two years ago",
    "kvp_working_104": "of these, in a job now",
    "instructors": "instructors at work",
    "instructors_left": "instructors who quit",
    "course_instructors": "instructors at work on tendered courses",
    "course_instructors_left": "of these, who quit",
    "instructors_laid_off": "instructors laid off",
    "instructors_left_trade": "instructors who left the trade for other work, a pension or after long idleness",
    "participants_taken_on": "participants put to work as instructors on a wage subsidy",
    "rounds": "tender rounds held",
    "audits": "audits of the staff on courses, or with clients in Supported Employment (T16)",
    "audits_failed": "of these, with staff missing",
    "companies_in_the_red": "companies whose cash is below zero",
    "contractors_in_the_red": "of these, with a course running or specialists at work (T5)",
    "companies_failed": "companies that went out of business",
    "drop_in_visits": "visits to the drop-in workshop",
}
FEWEST_EXITS = 5.0  # from KVP lately, for an office's result to be shown
WEEK_HOURS = 37.5
SUPERVISOR_MINUTES = ("minutes", "internal", "messages", "outreach", "set_up", "meetings", "offers", "left")
SPECIALIST_MINUTES = ("minutes", "admin", "exchange", "visits", "clients")

SERIES: dict[str, tuple[str, str]] = {
    **{name: ("people", meaning) for name, meaning in STOCKS.items()},
    **MEANS,
    **LEVELS,
    **{name: ("a week", meaning) for name, meaning in FLOWS.items()},
    **{f"supervisor_{n}": ("minutes a week", f"supervisors' time account: {n}") for n in SUPERVISOR_MINUTES},
    **{f"specialist_{n}": ("minutes a week", f"specialists' time account: {n}") for n in SPECIALIST_MINUTES},
    **{f"cost_{name}": ("NOK a week", f"booked under {name}") for name in POST_NAMES},
}
# Rows of ``STOCKS`` after the seven states.
_REGISTERED, _ORDINARY, _REDUCED, _ON_AAP, _IN_KVP, _ON_COURSES, _IN_AFT, _IN_TRAINING, _SUPPORTED, _QUEUEING = range(
    7, 17
)
_PLACE = {name: n for n, name in enumerate(SERIES)}


class People(NamedTuple):
    state: np.ndarray
    reduced: np.ndarray
    benefit: np.ndarray
    benefit_weeks: np.ndarray
    measure: np.ndarray
    queue: np.ndarray
    queue_weeks: np.ndarray
    step: np.ndarray
    specialist: np.ndarray
    supervisor: np.ndarray
    motivation: np.ndarray
    trust: np.ndarray
    wellbeing: np.ndarray
    mapped: np.ndarray
    worries: np.ndarray
    course: np.ndarray
    trade: np.ndarray
    known: np.ndarray


@compiled
def _stocks(people, gaze, contact, stocks, measures, means):
    """Counts by state and measure, and sums for the means, in one pass."""
    stocks[:] = 0.0
    measures[:] = 0.0
    means[:] = 0.0
    for i in listed(people.known):
        state = people.state[i]
        stocks[state - 1] += 1.0
        if people.specialist[i] >= 0:
            stocks[_SUPPORTED] += 1.0
        if state > JOB_WITH_BENEFIT:
            continue
        stocks[_REGISTERED] += 1.0
        if state == UNEMPLOYED and people.reduced[i] == 0:
            stocks[_ORDINARY] += 1.0
        stocks[_REDUCED] += people.reduced[i]
        if people.benefit[i] == AAP:
            stocks[_ON_AAP] += 1.0
        elif people.benefit[i] == SOCIAL_ASSISTANCE:
            means[13] += 1.0
            means[14] += people.benefit_weeks[i] >= 26
        measures[people.measure[i]] += 1.0
        if people.queue[i]:
            stocks[_QUEUEING] += 1.0
            means[6] += people.queue_weeks[i]
        means[0] += people.motivation[i]
        means[1] += people.trust[i]
        means[2] += people.wellbeing[i]
        means[3] += people.mapped[i]
        means[12] += people.worries[i]
        if people.measure[i] == JOB_SEARCH_COURSE or people.measure[i] == VOCATIONAL_COURSE:
            means[8] += people.motivation[i]
            means[9] += people.trust[i]
        if people.trade[i] >= 0 and state <= ON_MEASURE:
            means[10] += 1.0
            means[11] += people.course[i] >= 0
        s = people.supervisor[i]
        if s >= 0:
            means[4] += gaze[s]
            means[5] += contact[s]
            means[7] += 1.0


def observe(model: Any) -> None:
    """Fill ``model.series`` with this week's values, in the order of ``SERIES``."""
    series = model.series
    stocks, measures, means = np.empty(len(STOCKS)), np.empty(N_MEASURES), np.empty(15)
    supervisors, specialists = model.supervisors, model.specialists
    _stocks(
        model.jobseekers.view(People),
        supervisors["gaze"],
        supervisors["contact_month"],
        stocks,
        measures,
        means,
    )
    stocks[_IN_KVP] = measures[KVP]
    stocks[_ON_COURSES] = measures[JOB_SEARCH_COURSE] + measures[VOCATIONAL_COURSE]
    stocks[_IN_AFT], stocks[_IN_TRAINING] = measures[AFT], measures[WORK_TRAINING]
    series[: len(STOCKS)] = stocks

    def put(name: str, value: float) -> None:
        series[_PLACE[name]] = value

    registered, followed, queueing = (max(1.0, x) for x in (stocks[_REGISTERED], means[7], stocks[_QUEUEING]))
    for n, name in enumerate(("motivation", "trust", "wellbeing", "mapped")):
        put(name, means[n] / registered)
    put("worries", means[12] / registered)
    put("gaze", means[4] / followed)
    put("contact_minutes", means[5] / followed)
    put("queue_weeks", means[6] / queueing)
    put("employer_openness", float(model.employers["openness"].mean()))
    put("specialist_stress", _mean(specialists["stress"], specialists["state"] > 0))
    at_work = specialists["state"] > 0
    put("specialist_skill", _mean(specialists["skill"], at_work))
    put("relation_strength", _mean(specialists["strength"].mean(axis=1), at_work))
    put("nav_employer_knowledge", float(model.offices["knowledge"].mean()))
    put("instructor_skill", _mean(model.instructors["skill"], model.instructors["state"] == 1))
    put("employer_belief", float(model.employers["belief"].mean()))
    offices = model.offices
    put("on_social_assistance", means[13])
    put("long_on_social_assistance", means[14])
    known = offices["kvp_left"] >= FEWEST_EXITS
    results = offices["kvp_worked"][known] / offices["kvp_left"][known]
    put("kvp_best_office", float(results.max()) if results.size else np.nan)
    put("kvp_worst_office", float(results.min()) if results.size else np.nan)
    put("vacancies", float(np.count_nonzero(model.positions["state"] == OPEN)))
    put("supervisors", len(supervisors))
    ordinary = (supervisors["state"] > 0) & (supervisors["programme"] == ORDINARY)
    close = ordinary & (supervisors["close"] > 0)
    put("others_caseload", _mean(supervisors["caseload"], ordinary & ~close))
    put("others_contact", _mean(supervisors["contact_month"], ordinary & ~close))
    put("in_close_follow_up", float(supervisors["caseload"][close].sum()))
    contracts = model.contracts
    places, lots = contracts["places"].astype(float), contracts["lot"]
    put("course_price", _mean(contracts["price"], (lots < 3) & (places > 0), places))
    put("course_places", float(places[(lots < 3)].sum()))
    put("award_premium", _mean(contracts["premium"], (lots < 3) & (places > 0)))
    put("instructors_registered", means[10])
    put("instructors_on_courses", means[11])
    put("course_motivation", means[8] / max(1.0, stocks[_ON_COURSES]))
    put("course_trust", means[9] / max(1.0, stocks[_ON_COURSES]))
    participants = max(1.0, model.counts.get("participants", 0.0))
    for name in ("motivation", "trust"):
        put(f"course_{name}_change", model.counts.get(f"participants_{name}", 0.0) / participants)
    for name, value in _on_courses(model).items():
        put(name, value)
    put("se_price", _mean(contracts["price"], (lots > 3) & (places > 0), places))
    most_used = [AFT, WORK_TRAINING, FOLLOW_UP, KVP]
    bought = model.regions["places"][:, most_used]
    put("measure_wait", _mean(model.regions["wait"][:, most_used], bought > 0, bought))
    _referrals(model, put)
    put("employed_share_stock", model.cohorts.employed_share() if model.cohorts is not None else np.nan)
    first = _PLACE[next(iter(FLOWS))]
    series[first : first + len(FLOWS)] = [model.counts.get(name, 0.0) for name in FLOWS]
    for kind, table, names in (
        ("supervisor", supervisors, SUPERVISOR_MINUTES),
        ("specialist", specialists, SPECIALIST_MINUTES),
    ):
        at_work = table["state"] > 0
        for name in names:
            put(f"{kind}_{name}", float(table[name][at_work].sum(dtype=float)))
    series[_PLACE[f"cost_{POST_NAMES[0]}"] :] = model.ledger


def _referrals(model: Any, put: Callable[[str, float], None]) -> None:
    """How well the week's referrals fit, and how offices differ in what they refer to."""
    counts = model.counts
    compared, handed_over = (counts[name] or np.nan for name in ("referrals_compared", "handed_over"))
    put("referral_fit", counts["referral_fit"] / compared)
    put("misreferred", counts["misreferrals"] / compared)
    put("handover_motivation", counts["handover_motivation"] / handed_over)
    lately = model.offices["referred"].astype(float)
    shares = lately / np.maximum(1e-9, lately.sum(axis=1, keepdims=True))
    used = lately.sum(axis=0) > 0
    put("office_spread", float(shares[:, used].std(axis=0).mean()) if used.any() else 0.0)
    for name, column in (("referral_kinds", "referred_ordinary"), ("referral_kinds_reduced", "referred_reduced")):
        uses = model.regions[column].sum(axis=0, dtype=float)
        put(name, float(uses.sum() ** 2 / np.maximum(1e-9, (uses**2).sum())))
    put("standard_share_reduced", float(uses[1 : WORK_TRAINING + 1].sum() / np.maximum(1e-9, uses.sum())))


def _on_courses(model: Any) -> dict[str, float]:
    """What goes on on tendered courses: who teaches, how long, how well, what is learnt."""
    courses, instructors = model.courses, model.instructors
    k = np.flatnonzero((courses["state"] > 0) & (courses["measure"] < AFT))
    staff = courses["instructor"][k]
    lot = np.broadcast_to(courses["measure"][k, None], staff.shape)[staff >= 0]
    staff = staff[staff >= 0]
    people = max(1.0, float(courses["taken"][k].sum()))
    return {
        "course_quality": float((courses["quality"][k] * courses["taken"][k]).sum()) / people,
        "course_hours": WEEK_HOURS * float(courses["hours"][k].sum()) / people,
        "course_learning": float(courses["learnt"][k].sum()) / people,
        "staff_deployed": staff.size / max(1.0, float(N_DEPLOYED * k.size)),
        "named_staff": float(instructors["named"][staff, lot - 1].sum()) / max(1, staff.size),
        "instructor_wage": float(instructors["wage"][staff].mean()) if staff.size else 0.0,
    }


def _mean(values: np.ndarray, where: np.ndarray, weights: np.ndarray | None = None) -> float:
    """Mean over some rows; 0 when there are none."""
    if not where.any():
        return 0.0
    if weights is None:
        return float(values[where].mean())
    return float((values[where] * weights[where]).sum() / weights[where].sum())
