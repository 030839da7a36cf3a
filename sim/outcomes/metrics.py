"""The one home of every metric: its unit, its meaning, and how it is computed.

``METRICS`` are computed per cohort, group and horizon from the members' records; ``SERVICE_METRICS`` describe staff and
employers from the policy date to the horizon and stand under cohort ``stock``, group ``all``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.agents.jobseeker import (
    DISABILITY_PENSION,
    JOB,
    JOB_WITH_BENEFIT,
    ON_MEASURE,
    OUT_OF_LABOUR_FORCE,
    SUBSIDISED_JOB,
    UNEMPLOYED,
)

if TYPE_CHECKING:
    from sim.outcomes.cohorts import Snapshot

HORIZONS = (26, 52, 104, 156)

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
    "kvp": "in the Qualification Programme at time zero",
}


class Metric(NamedTuple):
    """``compute(snapshot, members)`` gives the value among the members selected (nan where nobody qualifies)."""

    unit: str
    meaning: str
    compute: Callable[[Snapshot, np.ndarray], float]


def _share(condition: Callable[[Snapshot], np.ndarray]) -> Callable[[Snapshot, np.ndarray], float]:
    return lambda s, who: _mean(condition(s)[who])


def _mean(values: np.ndarray) -> float:
    return float(values.mean(dtype=float)) if values.size else float("nan")


def working(s: Snapshot) -> np.ndarray:
    """In a job of any kind."""
    return (s.state >= SUBSIDISED_JOB) & (s.state <= JOB)


def _in_state(*states: int) -> Callable[[Snapshot], np.ndarray]:
    return lambda s: np.isin(s.state, states)


def _chaining(s: Snapshot, who: np.ndarray) -> float:
    took = who & (s.measures > 0)
    return _mean(s.measures[took] >= 2)


def _queue(s: Snapshot, who: np.ndarray) -> float:
    return _mean(s.queue_weeks[who & (s.queue_weeks > 0)])


def _gaze(s: Snapshot, who: np.ndarray) -> float:
    return _mean(s.gaze[who & (s.gaze >= 0)])


def _contact(s: Snapshot, who: np.ndarray) -> float:
    months = s.weeks_registered[who].sum(dtype=float) * 12.0 / 52.0
    return float(s.contact[who].sum(dtype=float) / months) if months > 0 else float("nan")


def _retained_104(s: Snapshot, who: np.ndarray) -> float:
    return _mean(s.retained_104[who] > 0) if s.horizon >= 104 else float("nan")


def _cost_per_retained(s: Snapshot, who: np.ndarray) -> float:
    kept = np.count_nonzero(s.retained_26[who])
    return float(s.service_cost[who].sum(dtype=float) / kept) if kept else float("nan")


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
    "jobless_share": Metric("share", "without a job, wherever counted", _share(lambda s: ~working(s))),
    "weeks_to_first_job": Metric(
        "weeks",
        "weeks to the first job started after time zero; who has none by the horizon counts the horizon",
        lambda s, who: _mean(np.where(s.first_job[who] >= 0, s.first_job[who], s.horizon)),
    ),
    "weeks_in_work": Metric("weeks", "weeks in a job since time zero", lambda s, who: _mean(s.weeks_working[who])),
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
    "trust": Metric("0-1", "mean trust", lambda s, who: _mean(s.trust[who])),
    "motivation": Metric("0-1", "mean motivation", lambda s, who: _mean(s.motivation[who])),
    "wellbeing": Metric("0-1", "mean wellbeing", lambda s, who: _mean(s.wellbeing[who])),
    "gaze": Metric("0-1", "mean gaze of the supervisors of those registered", _gaze),
    "contact_minutes_per_client_month": Metric(
        "minutes per client-month", "minutes met by the supervisor per month on the register", _contact
    ),
    "public_cost_nok": Metric(
        "NOK per person",
        "benefits and services less taxes paid, since time zero",
        lambda s, who: _mean(s.cost[who]),
    ),
    "service_cost_nok": Metric(
        "NOK per person", "of which measures, staff and subsidies", lambda s, who: _mean(s.service_cost[who])
    ),
    "cost_per_retained_job_nok": Metric(
        "NOK per job", "services for everybody over jobs kept for 26 weeks", _cost_per_retained
    ),
}

SERVICE_METRICS: dict[str, tuple[str, str]] = {
    "placements_per_specialist_year": ("placements a year", "placements per job specialist-year"),
    "transition_share": ("share", "of those discharged from Supported Employment, in a job"),
    "specialist_turnover": ("share a year", "job specialists who quit, per year"),
    "instructor_turnover": ("share a year", "instructors who quit, per year"),
    "employer_openness": ("0-1", "mean openness of employers at the horizon"),
}


def service_metrics(sums: dict[str, float], weeks: int) -> dict[str, float]:
    """Values of ``SERVICE_METRICS`` from sums of weekly series over ``weeks`` weeks (openness: the last value)."""
    years = weeks / 52.0

    def per(numerator: str, denominator: str, factor: float = 1.0) -> float:
        return factor * sums[numerator] / sums[denominator] if sums[denominator] else float("nan")

    # A sum of heads over weeks is head-weeks; /weeks gives the mean number, /52 head-years.
    return {
        "placements_per_specialist_year": per("placements", "specialists", 52.0),
        "transition_share": per("discharged_to_work", "discharged"),
        "specialist_turnover": per("specialists_left", "specialists", weeks / years),
        "instructor_turnover": per("instructors_left", "instructors", weeks / years),
        "employer_openness": sums["employer_openness"],
    }
