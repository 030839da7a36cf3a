"""A year of the baseline, week by week: stocks, and who moved where, person by person."""

from __future__ import annotations

import math
import multiprocessing
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor

import numpy as np

from sim.agents.course import LOT_SE_IN_HOUSE, LOT_SE_OUTSOURCED
from sim.agents.jobseeker import (
    AAP,
    AFT,
    FOLLOW_UP,
    JOB,
    JOB_SEARCH_COURSE,
    JOB_WITH_BENEFIT,
    KVP,
    ON_MEASURE,
    OUT_OF_LABOUR_FORCE,
    SUBSIDISED_JOB,
    UNEMPLOYED,
    VOCATIONAL_COURSE,
    WORK_TRAINING,
)
from sim.agents.office import ORDINARY
from sim.model import ActivationMarket
from sim.outcomes.weekly import SERIES
from sim.settings import Settings

WEEKS = 52
NORWAY = 250_000  # registered people, in the scale of the facts
YEAR, MONTH = 52.0, 52.0 / 12.0  # in weeks
QUEUED = (JOB_SEARCH_COURSE, VOCATIONAL_COURSE, AFT, WORK_TRAINING, FOLLOW_UP, KVP)
PEOPLE = (
    *("id", "state", "reduced", "benefit", "measure", "queue", "queue_weeks", "specialist"),
    *("permanent", "mentor", "tenure"),
)


class Year:
    """Sums over the weeks of all replications, and what follows from them."""

    def __init__(self, sums: Mapping[str, float], weeks: int, settings: Settings) -> None:
        self.sums, self.weeks, self.settings = sums, weeks, settings
        self.scale = settings.population.registered / NORWAY

    def mean(self, *names: str) -> float:
        """Mean number of something, several kinds together."""
        return sum(self.sums[name] for name in names) / self.weeks

    def a_year(self, name: str) -> float:
        """What happens in a year."""
        return YEAR * self.mean(name)

    def ratio(self, above: str, below: str, factor: float = 1.0) -> float:
        """One sum over another; nan when there is nothing to divide by."""
        return factor * self.sums[above] / self.sums[below] if self.sums[below] else math.nan


def watch(settings: Settings, replication: int) -> dict[str, float]:
    """Burns in one replication and sums a year of it, week by week."""
    model = ActivationMarket(settings, replication)
    while model.since_policy < 0:
        model.step()
    weeks = []
    for _ in range(WEEKS):
        people, staff = _people(model), _specialists(model)
        model.step()
        series = dict(zip(SERIES, map(float, model.series), strict=True))
        moves, leavers = moves_of(people, _people(model)), _leavers(staff, _specialists(model))
        weeks.append({**series, **_stocks(model), **moves, **leavers})
    return _added(weeks)


def _added(parts: Sequence[Mapping[str, float]]) -> dict[str, float]:
    return {name: sum(part[name] for part in parts) for name in parts[0]}


def _people(model: ActivationMarket) -> dict[str, np.ndarray]:
    rows = model.jobseekers.used()
    return {name: model.jobseekers[name][rows] for name in PEOPLE}


def _specialists(model: ActivationMarket) -> tuple[np.ndarray, np.ndarray]:
    """Permanent ids of the specialists at work, and whether each works in-house."""
    table = model.specialists
    rows = table.used()
    return table["id"][rows], model.contracts["lot"][table["contract"][rows]] == LOT_SE_IN_HOUSE


def _stocks(model: ActivationMarket) -> dict[str, float]:
    """What the weekly series do not hold, at the end of a week."""
    people = _people(model)
    state, ordinary = people["state"], people["reduced"] == 0
    registered = (state >= UNEMPLOYED) & (state <= JOB_WITH_BENEFIT)
    working = (state >= SUBSIDISED_JOB) & (state <= JOB)
    served = people["specialist"] >= 0
    contract = model.specialists["contract"][people["specialist"]]
    in_house = served & (model.contracts["lot"][contract] == LOT_SE_IN_HOUSE)
    mentored = working & (people["mentor"] > 0)
    counts = {
        "ordinary_on_measure": ordinary & (state == ON_MEASURE),
        "ordinary_subsidised": ordinary & (state == SUBSIDISED_JOB),
        "ordinary_part_time": ordinary & (state == JOB_WITH_BENEFIT),
        "reduced_on_aap": registered & ~ordinary & (people["benefit"] == AAP),
        "in_jobs": working,
        "permanent": working & (people["permanent"] > 0),
        "se_in_house": in_house,
        "se_outsourced": served & ~in_house,
        "se_in_job": served & working & (state != SUBSIDISED_JOB),
        "mentored": mentored,
        "participants": (state == ON_MEASURE) | (state == SUBSIDISED_JOB) | served,
    }
    found = {name: float(np.count_nonzero(where)) for name, where in counts.items()}
    for form, lot in (("in_house", LOT_SE_IN_HOUSE), ("outsourced", LOT_SE_OUTSOURCED)):
        of_form = model.contracts["lot"] == lot
        places = model.contracts["places"][of_form].astype(float)
        found[f"places_{form}"] = float(places.sum())
        found[f"price_{form}"] = float((places * model.contracts["price"][of_form]).sum())
    team = model.supervisors
    for name, mine in (("ordinary", team["programme"] == ORDINARY), ("kvp", team["programme"] != ORDINARY)):
        at_work = mine & (team["state"] > 0)
        found[f"met_{name}"] = float(team["meetings"][at_work].sum(dtype=float))
        found[f"caseload_{name}"] = float(team["caseload"][at_work].sum(dtype=float))
    return found


def moves_of(before: Mapping[str, np.ndarray], after: Mapping[str, np.ndarray]) -> dict[str, float]:
    """Who moved where within a week, person by person (rows are matched by permanent id)."""
    _, was, now = np.intersect1d(before["id"], after["id"], assume_unique=True, return_indices=True)
    old = {name: values[was] for name, values in before.items()}
    new = {name: values[now] for name, values in after.items()}
    unemployed = (old["state"] == UNEMPLOYED) & (old["reduced"] == 0)
    state = new["state"]
    ways = {
        "exit_job": (state >= SUBSIDISED_JOB) & (state <= JOB),
        "exit_measure": state == ON_MEASURE,
        "exit_out": state == OUT_OF_LABOUR_FORCE,
        "exit_reduced": (state == UNEMPLOYED) & (new["reduced"] > 0) | (state > JOB) & (state < OUT_OF_LABOUR_FORCE),
    }
    found = {name: float(np.count_nonzero(unemployed & way)) for name, way in ways.items()}
    # People who register and leave within one week are in neither stock, but they are exits.
    fresh = np.ones(after["id"].size, bool)
    fresh[now] = False
    fresh &= after["reduced"] == 0
    found["exit_job"] += np.count_nonzero(fresh & np.isin(after["state"], (SUBSIDISED_JOB, JOB_WITH_BENEFIT, JOB)))
    found["exit_measure"] += np.count_nonzero(fresh & (after["state"] == ON_MEASURE))
    found["exit_out"] += np.count_nonzero(fresh & (after["state"] == OUT_OF_LABOUR_FORCE))
    found["exits"] = sum(found.values())
    found["ordinary_before"] = float(np.count_nonzero(unemployed))

    began = (new["measure"] != old["measure"]) & (state == ON_MEASURE)
    # The week in which a place is found is waited too; who is referred and gets a place at once has not waited.
    wait = np.where(old["queue"] == new["measure"], old["queue_weeks"].astype(float) + 1.0, 0.0)
    for m in QUEUED:
        mine = began & (new["measure"] == m)
        found[f"started_{m}"], found[f"waited_{m}"] = float(np.count_nonzero(mine)), float(wait[mine].sum())
    found["kvp_entrants"] = found[f"started_{KVP}"]
    mine = began & (old["reduced"] > 0)
    found["started_reduced"], found["waited_reduced"] = float(np.count_nonzero(mine)), float(wait[mine].sum())
    return found


def _leavers(before: tuple[np.ndarray, np.ndarray], after: tuple[np.ndarray, np.ndarray]) -> dict[str, float]:
    """Specialists who were there last week, and who of them is gone, by employer."""
    (ids, own), gone = before, ~np.isin(before[0], after[0])
    return {
        "se_in_house_staff": float(np.count_nonzero(own)),
        "se_outsourced_staff": float(ids.size - np.count_nonzero(own)),
        "se_in_house_left": float(np.count_nonzero(gone & own)),
        "se_outsourced_left": float(np.count_nonzero(gone & ~own)),
    }


def year(settings: Settings) -> Year:
    """All replications, side by side on the cores there are."""
    n = settings.replications
    if n == 1:
        return Year(watch(settings, 0), WEEKS, settings)
    workers = min(n, settings.workers or multiprocessing.cpu_count())
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
        return Year(_added(list(pool.map(watch, [settings] * n, range(n)))), n * WEEKS, settings)
