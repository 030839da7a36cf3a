"""Weekly series: stocks, flows, time accounts and money of every week, each defined once.

``SERIES`` maps a name to (unit, meaning). Stocks and means are read from the columns at the end of the week, flows
are counted by the processes (``model.count``), money comes from the ledger, minutes from the staff's time accounts.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from sim.accounts import POST_NAMES
from sim.agents.employer import OPEN
from sim.agents.jobseeker import (
    AAP,
    AFT,
    JOB_SEARCH_COURSE,
    JOB_WITH_BENEFIT,
    KVP,
    N_MEASURES,
    UNEMPLOYED,
    VOCATIONAL_COURSE,
    WORK_TRAINING,
)
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
    "gaze": ("0-1", "mean gaze of the supervisors of the registered, by client"),
    "contact_minutes": ("minutes per client-month", "supervisors' meetings, by client"),
    "queue_weeks": ("weeks", "mean time waited so far by those in a queue"),
    "employer_openness": ("0-1", "mean openness of employers"),
    "specialist_stress": ("0-1", "mean stress of job specialists"),
    "instructor_skill": ("0-1", "mean skill of the instructors on courses"),
}
LEVELS = {
    "vacancies": ("vacancies", "open vacancies"),
    "supervisors": ("people", "supervisors"),
    "course_price": ("NOK per place-month", "mean price of tendered course places"),
    "se_price": ("NOK per place-month", "mean price of SE places"),
    "employed_share_stock": ("share", "of those registered at the policy date, in a job"),
}
FLOWS = {
    "applications": "applications for vacancies",
    "hires": "registered people hired in open competition",
    "hires_outside": "outside applicants hired",
    "displaced_outside": "outside applicants who would have had the job that week but for a registered one",
    "hires_subsidised": "hires in open competition with a wage subsidy",
    "employer_visits": "visits of specialists to employers",
    "proposals": "clients proposed to an employer",
    "placements": "clients placed by specialists",
    "jobs_made": "jobs made for a client (E9)",
    "no_shows": "placed people who did not turn up (J12)",
    "jobs_ended": "jobs ended",
    "returned": "people back on the register after a job",
    "pensions": "disability pensions granted",
    "left_labour_force": "people who left the labour force",
    "discharged": "people discharged from Supported Employment",
    "discharged_to_work": "of these, in a job",
    "specialists": "job specialists at work",
    "specialists_left": "job specialists who quit",
    "specialists_laid_off": "job specialists whose employer lost the places",
    "instructors": "instructors at work",
    "instructors_left": "instructors who quit",
}
SUPERVISOR_MINUTES = ("minutes", "internal", "messages", "set_up", "meetings", "left")
SPECIALIST_MINUTES = ("minutes", "admin", "visits", "clients")

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


@compiled
def _stocks(people, gaze, contact, stocks, measures, means):
    """Counts by state and measure, and sums for the means, in one pass."""
    stocks[:] = 0.0
    measures[:] = 0.0
    means[:] = 0.0
    for i in range(people.state.size):
        state = people.state[i]
        if state == 0:
            continue
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
        measures[people.measure[i]] += 1.0
        if people.queue[i]:
            stocks[_QUEUEING] += 1.0
            means[6] += people.queue_weeks[i]
        means[0] += people.motivation[i]
        means[1] += people.trust[i]
        means[2] += people.wellbeing[i]
        means[3] += people.mapped[i]
        s = people.supervisor[i]
        if s >= 0:
            means[4] += gaze[s]
            means[5] += contact[s]
            means[7] += 1.0


def observe(model: Any) -> None:
    """Fill ``model.series`` with this week's values, in the order of ``SERIES``."""
    series = model.series
    stocks, measures, means = np.empty(len(STOCKS)), np.empty(N_MEASURES), np.empty(8)
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
    put("gaze", means[4] / followed)
    put("contact_minutes", means[5] / followed)
    put("queue_weeks", means[6] / queueing)
    put("employer_openness", float(model.employers["openness"].mean()))
    put("specialist_stress", _mean(specialists["stress"], specialists["state"] > 0))
    put("instructor_skill", _mean(model.instructors["skill"], model.instructors["state"] == 1))
    put("vacancies", float(np.count_nonzero(model.positions["state"] == OPEN)))
    put("supervisors", len(supervisors))
    contracts = model.contracts
    places, lots = contracts["places"].astype(float), contracts["lot"]
    put("course_price", _mean(contracts["price"], (lots < 3) & (places > 0), places))
    put("se_price", _mean(contracts["price"], (lots > 3) & (places > 0), places))
    put("employed_share_stock", model.cohorts.employed_share() if model.cohorts is not None else np.nan)
    for name in FLOWS:
        put(name, model.counts.get(name, 0.0))
    for kind, table, names in (
        ("supervisor", supervisors, SUPERVISOR_MINUTES),
        ("specialist", specialists, SPECIALIST_MINUTES),
    ):
        at_work = table["state"] > 0
        for name in names:
            put(f"{kind}_{name}", float(table[name][at_work].sum(dtype=float)))
    series[_PLACE[f"cost_{POST_NAMES[0]}"] :] = model.ledger


def _mean(values: np.ndarray, where: np.ndarray, weights: np.ndarray | None = None) -> float:
    """Mean over some rows; 0 when there are none."""
    if not where.any():
        return 0.0
    return float(np.average(values[where], weights=None if weights is None else weights[where]))
