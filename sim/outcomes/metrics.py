"""The one home of every metric: its unit, its meaning, and how it is computed.

``METRICS`` are computed per cohort, group and horizon from the members' records; ``SERVICE_METRICS`` describe staff and
employers from the policy date to the horizon and stand under cohort ``stock``, group ``all``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.accounts import ACCOUNT_NAMES, POST_NAMES, PRICE_YEAR, balances
from sim.agents.jobseeker import (
    DISABILITY_PENSION,
    JOB,
    JOB_WITH_BENEFIT,
    ON_MEASURE,
    OUT_OF_LABOUR_FORCE,
    SOCIAL_ASSISTANCE,
    SUBSIDISED_JOB,
    UNEMPLOYED,
)

if TYPE_CHECKING:
    from sim.outcomes.cohorts import Members

HORIZONS = (26, 52, 104, 156, 260, 468, 520)

GROUPS = {
    "all": "everybody in the cohort",
    "reduced_capacity": "reduced work capacity at time zero",
    "young": "under 30 at time zero",
    "long_term": "registered for 52 weeks or more at time zero",
    "low_motivation": "bottom third of motivation at time zero",
    "no_benefit": "no benefit at time zero",
    "unemployment_benefit": "on unemployment benefit at time zero",
    "aap": "on work assessment allowance at time zero",
    "social_assistance": "on social assistance at time zero",
    "skilled_low_know_how": "skill above, search know-how below the median at time zero (J13)",
    "low_language": "bottom third of Norwegian at time zero",
    "kvp": "in the Qualification Programme at time zero",
}


class Metric(NamedTuple):
    """``compute(members)`` gives the value among some members at a horizon (nan where nobody qualifies)."""

    unit: str
    meaning: str
    compute: Callable[[Members], float]


def _share(condition: Callable[[Members], np.ndarray]) -> Callable[[Members], float]:
    return lambda s: _mean(condition(s))


def _mean(values: np.ndarray) -> float:
    return float(values.mean(dtype=float)) if values.size else float("nan")


def working(s: Members) -> np.ndarray:
    """In a job of any kind."""
    return (s.state >= SUBSIDISED_JOB) & (s.state <= JOB)


def _in_state(*states: int) -> Callable[[Members], np.ndarray]:
    first, *others = states
    return lambda s: reduce(np.logical_or, (s.state == state for state in others), s.state == first)


def _chaining(s: Members) -> float:
    took = s.measures > 0
    return _mean(s.measures[took] >= 2)


def _queue(s: Members) -> float:
    return _mean(s.queue_weeks[s.queue_weeks > 0])


def _gaze(s: Members) -> float:
    return _mean(s.gaze[s.gaze >= 0])


def _contact(s: Members) -> float:
    months = s.weeks_registered.sum(dtype=float) * 12.0 / 52.0
    return float(s.contact.sum(dtype=float) / months) if months > 0 else float("nan")


def _wellbeing_jobless(s: Members) -> float:
    return _mean(s.wellbeing[~working(s)])


def _hours(s: Members) -> float:
    return _mean(s.hours[working(s)])


def _suited(s: Members) -> float:
    return _mean(s.suited[working(s)])


def _gap(s: Members) -> float:
    return _mean(s.weeks_jobless[(s.state >= UNEMPLOYED) & (s.state <= ON_MEASURE)])


def _retained_104(s: Members) -> float:
    return _mean(s.retained_104 > 0) if s.horizon >= 104 else float("nan")


def _cost_per_retained(s: Members) -> float:
    kept = np.count_nonzero(s.retained_26)
    return float(s.service_cost.sum(dtype=float) / kept) if kept else float("nan")


def _entered_se(s: Members) -> tuple[np.ndarray, np.ndarray]:
    """Who entered Supported Employment after time zero, and who never did, of those with reduced capacity."""
    return (s.reduced > 0) & (s.se_entry > 0), (s.reduced > 0) & (s.se_entry < 0)


def _se_selection(s: Members) -> float:
    entered, never = _entered_se(s)
    everybody = s.motivation_zero[entered | never]
    if not entered.any() or everybody.min() == everybody.max():
        return float("nan")
    return float((_mean(s.motivation_zero[entered]) - _mean(everybody)) / everybody.std(dtype=float))


def _se_as_evaluated(s: Members) -> float:
    """Least squares of being in work on having entered, with what an evaluator can see at time zero held fixed."""
    entered, never = _entered_se(s)
    inside = entered | never
    if not entered.any() or not never.any():
        return float("nan")
    seen = np.column_stack(
        [
            np.ones(np.count_nonzero(inside)),
            entered[inside],
            s.age[inside] / 10.0,
            s.spell[inside] / 52.0,
            *(s.benefit[inside] == code for code in range(1, 5)),
        ]
    )
    # By the normal equations: eight by eight instead of people by eight; the shortest solution where columns are alike.
    gap = np.linalg.lstsq(seen.T @ seen, seen.T @ working(s)[inside].astype(float), rcond=1e-10)[0][1]
    return round(float(gap), 12)  # builds of the linear algebra differ in the last digits; results do not


METRICS: dict[str, Metric] = {
    "employed_share": Metric("share", "in a job of any kind", _share(working)),
    "ordinary_job_share": Metric(
        "share",
        "in a job without subsidy, with or without a benefit beside it",
        _share(_in_state(JOB_WITH_BENEFIT, JOB)),
    ),
    "permanent_job_share": Metric("share", "in a permanent job", _share(lambda s: working(s) & (s.permanent > 0))),
    "subsidised_job_share": Metric("share", "in a job with wage subsidy", _share(_in_state(SUBSIDISED_JOB))),
    "part_time_with_benefit_share": Metric(
        "share", "in a part-time job and on a benefit", _share(_in_state(JOB_WITH_BENEFIT))
    ),
    "out_of_labour_force_share": Metric(
        "share", "left the labour force without a pension", _share(_in_state(OUT_OF_LABOUR_FORCE))
    ),
    "disability_pension_share": Metric("share", "on a disability pension", _share(_in_state(DISABILITY_PENSION))),
    "registered_unemployed_share": Metric(
        "share",
        "registered, without a job and on no measure (as the official figure counts)",
        _share(_in_state(UNEMPLOYED)),
    ),
    "on_measure_share": Metric(
        "share", "on a measure, wage subsidy included", _share(_in_state(ON_MEASURE, SUBSIDISED_JOB))
    ),
    "on_social_assistance_share": Metric(
        "share", "on social assistance (K5)", _share(lambda s: s.benefit_now == SOCIAL_ASSISTANCE)
    ),
    "jobless_share": Metric("share", "without a job, wherever counted", _share(lambda s: ~working(s))),
    "weeks_to_first_job": Metric(
        "weeks",
        "weeks to the first job started after time zero; who has none by the horizon counts the horizon",
        lambda s: _mean(np.where(s.first_job >= 0, s.first_job, s.horizon)),
    ),
    "weeks_in_work": Metric("weeks", "weeks in a job since time zero", lambda s: _mean(s.weeks_working)),
    "retained_26w_share": Metric(
        "share",
        "has kept work for 26 weeks that began within 52 weeks of time zero (gaps of up to 4 weeks, any employer)",
        _share(lambda s: s.retained_26 > 0),
    ),
    "retained_104w_share": Metric(
        "share", "the same for 104 weeks (none can have before that horizon: empty)", _retained_104
    ),
    "chaining_share": Metric("share", "of those who took a measure since time zero, two or more", _chaining),
    "queue_weeks": Metric("weeks", "weeks in queues since time zero, among those who queued", _queue),
    "se_selection": Metric(
        "standard deviations",
        "motivation at time zero of those who then entered Supported Employment, above the mean of those with reduced"
        " capacity who were not in it (the selection differential)",
        _se_selection,
    ),
    "se_effect_as_evaluated": Metric(
        "share",
        "in work: entrants to Supported Employment less those with reduced capacity who never entered, with age, spell"
        " and benefit at time zero held fixed (what an evaluator would report)",
        _se_as_evaluated,
    ),
    "never_in_se_employed_share": Metric(
        "share",
        "in work, among those with reduced capacity who never entered Supported Employment",
        lambda s: _mean(working(s)[_entered_se(s)[1]]),
    ),
    "trust": Metric("0-1", "mean trust", lambda s: _mean(s.trust)),
    "motivation": Metric("0-1", "mean motivation", lambda s: _mean(s.motivation)),
    "wellbeing": Metric("0-1", "mean wellbeing", lambda s: _mean(s.wellbeing)),
    "wellbeing_jobless": Metric("0-1", "mean wellbeing of those without a job (J10)", _wellbeing_jobless),
    "skill": Metric("0-1", "mean vocational skill", lambda s: _mean(s.skill)),
    "language": Metric("0-1", "mean command of Norwegian", lambda s: _mean(s.language)),
    "capacity": Metric("share of full time", "mean of the hours people can work", lambda s: _mean(s.capacity)),
    "hours_worked": Metric("share of full time", "mean hours of those in a job", _hours),
    "own_wish_share": Metric("share", "whose stated wish is their own (J7)", _share(lambda s: s.own_wish > 0)),
    "suited_job_share": Metric("share", "of those in a job, in the sector that truly suits (J7)", _suited),
    "gap_weeks": Metric("weeks", "gap in the CV of those registered without a job (J6)", _gap),
    "aap_share": Metric("share", "on work assessment allowance", _share(lambda s: s.on_aap > 0)),
    "gaze": Metric(
        "0-1", "mean gaze of the supervisors of those registered (V2; 0: sees a person, 1: sees a problem)", _gaze
    ),
    "contact_minutes_per_client_month": Metric(
        "minutes per client-month", "minutes met by the supervisor per month on the register", _contact
    ),
    "public_cost_nok": Metric(
        "NOK per person",
        "benefits and services less taxes paid, since time zero",
        lambda s: _mean(s.cost),
    ),
    "service_cost_nok": Metric(
        "NOK per person", "of which measures, staff and subsidies", lambda s: _mean(s.service_cost)
    ),
    "cost_per_retained_job_nok": Metric(
        "NOK per job", "services for everybody over jobs kept for 26 weeks", _cost_per_retained
    ),
}

SERVICE_METRICS: dict[str, tuple[str, str]] = {
    "placements_per_specialist_year": ("placements a year", "placements per job specialist-year"),
    "transition_share": ("share", "of those discharged from Supported Employment, in a job"),
    "se_retention_26w": ("share", "of brokered jobs that ended or reached half a year, those that reached it"),
    "se_permanent_26w": ("share", "of brokered jobs that reached half a year, permanent from then on (E4)"),
    "proposals_accepted": ("share", "of clients proposed to an employer, those taken on, no-shows included"),
    "placement_match": ("0-1", "mean match quality of placements"),
    "placement_known": ("0-1", "how well the specialist knew those placed, mean"),
    "minutes_per_client": ("minutes a week", "specialists' minutes with or for each client served"),
    "placement_weeks": ("weeks", "mean time in service before a placement"),
    "intake_selection": ("0-1", "motivation of those taken into SE less that of those in the queue"),
    "intake_prospects": ("0-1", "their prospects of a quick job, less those of the queue"),
    "specialist_turnover": ("share a year", "job specialists who quit, per year"),
    "instructor_turnover": ("share a year", "instructors of tendered courses who quit, per year"),
    "employer_openness": ("0-1", "mean openness of employers at the horizon"),
    "suited_hires_share": ("share", "of registered people hired in open competition, in the sector that suits (J7)"),
    "kvp_to_job_share": ("share", "of those who left the Qualification Programme (KVP), to a job of any kind"),
    "kvp_to_ordinary_job_share": ("share", "of those who left KVP, to a job without subsidy"),
    "kvp_to_job_or_right_benefit_share": ("share", "of those who left KVP, to a job, AAP or a disability pension"),
    "kvp_working_6_months_share": ("share", "of those who left KVP half a year before, in a job"),
    "kvp_working_2_years_share": ("share", "of those who left KVP two years before, in a job"),
    "kvp_extended_share": ("share", "of programmes in KVP at their ordinary end, those that were extended"),
    "kvp_placement_match": ("0-1", "mean match of the jobs that the KVP team found"),
    "kvp_exit_match": ("0-1", "mean match of the jobs for which people left KVP"),
    "kvp_wellbeing_gain": ("0-1", "mean gain in wellbeing from entry to exit of those who left KVP"),
    "kvp_best_office_share": (
        "share",
        "people leaving KVP for a job at the office with most of them, mean over the weeks",
    ),
    "kvp_worst_office_share": ("share", "the same at the office with fewest"),
    **{
        f"post_{name}": (f"NOK of {PRICE_YEAR} per registered person", f"booked under {name} since the policy date")
        for name in POST_NAMES
    },
    **{
        f"account_{name.replace(' ', '_')}": (
            f"NOK of {PRICE_YEAR} per registered person",
            f"received less paid since the policy date, account of the {name}",
        )
        for name in ACCOUNT_NAMES
    },
}


def service_metrics(sums: dict[str, float], weeks: int) -> dict[str, float]:
    """Values of ``SERVICE_METRICS`` from sums of weekly series over ``weeks`` weeks (openness: the last value)."""
    years = weeks / 52.0

    def per(numerator: str, denominator: str, factor: float = 1.0) -> float:
        return factor * sums[numerator] / sums[denominator] if sums[denominator] else float("nan")

    registered = max(1.0, sums["registered"] / weeks)
    posts = [sums[f"cost_{name}"] / registered for name in POST_NAMES]
    # A sum of heads over weeks is head-weeks; /weeks gives the mean number, /52 head-years.
    return {
        "placements_per_specialist_year": per("placements", "specialists", 52.0),
        "transition_share": per("discharged_to_work", "discharged"),
        "se_retention_26w": sums["se_jobs_lasted"] / max(1.0, sums["se_jobs_lasted"] + sums["se_jobs_ended_early"]),
        "se_permanent_26w": per("se_jobs_permanent", "se_jobs_lasted"),
        "proposals_accepted": per("placements", "proposals") + per("no_shows", "proposals"),
        "placement_match": per("match_placed", "placements"),
        "placement_known": per("known_placed", "placements"),
        "minutes_per_client": per("specialist_clients", "supported"),
        "placement_weeks": per("weeks_to_placement", "placements"),
        "intake_selection": per("se_intake_motivation", "se_intake") - per("se_queue_motivation", "se_intake"),
        "intake_prospects": per("se_intake_prospects", "se_intake") - per("se_queue_prospects", "se_intake"),
        "specialist_turnover": per("specialists_left", "specialists", weeks / years),
        "instructor_turnover": per("course_instructors_left", "course_instructors", weeks / years),
        "employer_openness": sums["employer_openness"],
        "suited_hires_share": per("hires_suited", "hires"),
        "kvp_to_job_share": per("kvp_exits_to_job", "kvp_exits"),
        "kvp_to_ordinary_job_share": per("kvp_exits_to_ordinary_job", "kvp_exits"),
        "kvp_to_job_or_right_benefit_share": per("kvp_exits_to_job", "kvp_exits")
        + per("kvp_exits_to_right_benefit", "kvp_exits"),
        "kvp_working_6_months_share": per("kvp_working_26", "kvp_reached_26"),
        "kvp_working_2_years_share": per("kvp_working_104", "kvp_reached_104"),
        "kvp_extended_share": per("kvp_extended", "kvp_at_the_end"),
        "kvp_placement_match": per("kvp_match_placed", "kvp_placements"),
        "kvp_exit_match": per("kvp_exit_match_sum", "kvp_exits_to_job"),
        "kvp_wellbeing_gain": per("kvp_wellbeing_gained", "kvp_exits"),
        "kvp_best_office_share": sums["kvp_best_office"] / weeks,
        "kvp_worst_office_share": sums["kvp_worst_office"] / weeks,
        **{f"post_{name}": value for name, value in zip(POST_NAMES, posts, strict=True)},
        **{
            f"account_{name.replace(' ', '_')}": value
            for name, value in zip(ACCOUNT_NAMES, balances(posts), strict=True)
        },
    }
