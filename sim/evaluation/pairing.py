"""What a paired comparison is worth, and where two runs that differ in a policy part.

Two arms of one replication have the same people, institutions and draws, keyed by who and when; they differ only where
the policy has reached. A paired difference is worth

    worth = (variance of the one + variance of the other) / variance of the difference

independent replications of both arms: so many of them would give a difference as sure.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from sim import model
from sim.model import ActivationMarket
from sim.report.tracing import processes_of_the_week
from sim.settings import Settings

RESAMPLES = 10_000

# Columns by which it is told whether a person is the same in both runs.
SAME = ("state", "measure", "queue", "supervisor", "employer", "motivation", "trust", "health")


def worth(one: np.ndarray, other: np.ndarray) -> float:
    """Independent replications that a paired one is worth; infinite where the arms do not differ.

    ``one``, ``other``: an outcome by replication (replications,), paired.
    """
    apart = float(np.var(one - other, ddof=1))
    return math.inf if apart == 0.0 else float(np.var(one, ddof=1) + np.var(other, ddof=1)) / apart


def least_worth(one: np.ndarray, other: np.ndarray, confidence: float = 0.95, seed: int = 1) -> float:
    """Lower bound of ``worth``: one-sided, by resampling replications (bootstrap percentiles)."""
    picks = np.random.default_rng(seed).integers(one.size, size=(RESAMPLES, one.size))
    apart = np.var((one - other)[picks], axis=1, ddof=1)
    both = np.var(one[picks], axis=1, ddof=1) + np.var(other[picks], axis=1, ddof=1)
    found = np.divide(both, apart, out=np.full(RESAMPLES, math.inf), where=apart > 0.0)
    return float(np.quantile(found, 1.0 - confidence, method="lower"))


def parting(policy: Settings, other: Settings, replication: int, weeks: int) -> pd.DataFrame:
    """Where people registered at the policy date first part from themselves in the other arm.

    Both arms take the week process by process. Returns a row for each of these people: ``week`` since the policy date
    and ``process`` after which they first differed in one of ``SAME`` (week -1, process "": not at all). People differ
    when supervisors or employers do by permanent id, not by row.
    """
    first = ActivationMarket(other, replication)
    while first.since_policy < 0:
        first.step()
    state = {name: array.copy() for name, array in first.state().items()}
    arms = []
    for settings in (policy, other):
        market = ActivationMarket(settings, replication)
        market.restore(state)
        market.start_policy()
        arms.append(market)
    people = arms[0].jobseekers
    rows = np.flatnonzero((people["state"] > 0) & (people["member"] >= 0))
    ids = np.sort(people["id"][rows])
    week_of, process_of = np.full(ids.size, -1), np.full(ids.size, "", object)
    for week in range(weeks):
        for market in arms:
            market.counts = {}
        for name in processes_of_the_week():
            for market in arms:
                getattr(model, name)(market)
            apart = _differ(arms, ids) & (week_of < 0)
            week_of[apart], process_of[apart] = week, name
        for market in arms:
            market._observe()
            market.clock += 1
    return pd.DataFrame({"person": ids, "week": week_of, "process": process_of})


def _differ(arms: list[ActivationMarket], ids: np.ndarray) -> np.ndarray:
    """Which of these people (sorted ids, all of them still followed) are not the same in both arms."""
    one, other = (_what_is_compared(market, ids) for market in arms)
    return np.any([one[name] != other[name] for name in SAME], axis=0)


def _what_is_compared(market: ActivationMarket, ids: np.ndarray) -> dict[str, np.ndarray]:
    people = market.jobseekers
    used = people.used()
    used = used[np.argsort(people["id"][used])]
    rows = used[np.searchsorted(people["id"][used], ids)]
    values = {name: people[name][rows] for name in SAME}
    for name, table in (("supervisor", market.supervisors), ("employer", market.employers)):
        values[name] = np.append(table["id"], -1)[values[name]]
    return values
