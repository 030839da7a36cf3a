"""Paired comparison: every scenario against the baseline, replication by replication.

Replication r of both arms is the same population with the same luck, so the difference within r is free of
what the arms share; the interval comes from how that difference varies over replications.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from sim.accounts import flow_name, public_cost
from sim.evaluation import bootstrap

NET = "state and municipality in all, less taxes"
CELL = ["cohort", "metric", "group", "horizon_weeks", "unit"]
COLUMNS = [
    "scenario",
    "baseline",
    "cohort",
    "metric",
    "group",
    "horizon_weeks",
    "baseline_value",
    "scenario_value",
    "difference",
    "low",
    "high",
    "p",
    "sd",
    "replications",
    "pairing",
    "unit",
]
BOOTSTRAP = ["boot_low", "boot_high"]


class CompareError(Exception):
    """A comparison that the stored runs do not allow; the message is one line for the user."""


def paired_differences(
    outcomes: pd.DataFrame, baseline: str = "baseline", confidence: float = 0.95, resampled: bool = False
) -> pd.DataFrame:
    """One row per scenario, cohort, metric, group and horizon, with the columns of ``COLUMNS``.

    ``outcomes`` has one row per scenario, replication and cell. ``difference`` is scenario minus baseline,
    the mean over the replications that both have; ``low`` and ``high`` are its t-interval, ``sd`` the
    standard deviation of the differences, all in ``unit``; ``p`` belongs to the two-sided paired t-test. An interval
    needs two replications (NaN with one), except when no replication differs at all: then it is [0, 0] and ``p`` is 1.
    ``pairing`` says how many replications of independent arms one paired replication is worth: the variance
    that independent arms would have, over that of the paired difference (NaN when that does not vary).

    ``resampled`` adds the columns of ``BOOTSTRAP``: the bias-corrected and accelerated bootstrap interval of the
    difference, over pairs (`sim.evaluation.bootstrap.interval`). With fewer than five pairs it means nothing and is
    NaN, again except when no replication differs.

    Raises CompareError when there is nothing to pair.
    """
    _check(outcomes, baseline)
    arms = outcomes.dropna(subset="value")
    base = arms[arms["scenario"] == baseline].drop(columns="scenario")
    others = arms[arms["scenario"] != baseline]
    keys = [*CELL, "replication"]
    pairs = others.merge(base[[*keys, "value"]], on=keys, suffixes=("", "_of_baseline"))
    pairs["gap"] = pairs["value"] - pairs["value_of_baseline"]
    pairs["size"] = pairs["gap"].abs()

    # In the order of the outcomes, which is the order in which the model declares them.
    cells = pairs.groupby(["scenario", *CELL], sort=False, observed=True)
    found = cells.agg(
        baseline_value=("value_of_baseline", "mean"),
        scenario_value=("value", "mean"),
        difference=("gap", "mean"),
        sd=("gap", "std"),
        replications=("gap", "size"),
        largest=("size", "max"),
        apart=("value", "var"),
        apart_of_baseline=("value_of_baseline", "var"),
    ).reset_index()

    n = found["replications"]
    differs = found["largest"] > 0
    error = found["sd"] / np.sqrt(n)
    half = (error * stats.t.ppf(0.5 + confidence / 2, np.maximum(n - 1, 1))).where(differs, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):  # pairs that differ all by the same: p is 0
        p = pd.Series(2 * stats.t.sf(found["difference"].abs() / error, np.maximum(n - 1, 1)), found.index)
    variance = found["sd"] ** 2
    independent = found["apart"] + found["apart_of_baseline"]
    found = found.assign(
        baseline=baseline,
        low=found["difference"] - half,
        high=found["difference"] + half,
        p=p.where(differs, 1.0),
        pairing=(independent / variance).where(variance > 0),
    )
    if not resampled:
        return found[COLUMNS]
    low, high = _resampled(cells.ngroup().to_numpy(), pairs["gap"].to_numpy(), n.to_numpy(), confidence)
    found["boot_low"], found["boot_high"] = np.where(differs, low, 0.0), np.where(differs, high, 0.0)
    return found[[*COLUMNS, *BOOTSTRAP]]


def _resampled(
    cell: np.ndarray, gaps: np.ndarray, pairs: np.ndarray, confidence: float
) -> tuple[np.ndarray, np.ndarray]:
    """Bootstrap limits by cell, from the gaps with their cells and the number of pairs of each cell."""
    low, high = np.full(len(pairs), np.nan), np.full(len(pairs), np.nan)
    together = gaps[np.argsort(cell, kind="stable")]
    first = np.cumsum(pairs) - pairs
    for count in np.unique(pairs):
        of_count = np.flatnonzero(pairs == count)
        rows = together[first[of_count, None] + np.arange(count)]
        low[of_count], high[of_count] = bootstrap.interval(rows, confidence)
    return low, high


def flows(outcomes: pd.DataFrame) -> pd.DataFrame:
    """Who pays whom: ``outcomes`` with its money by post (``post_*``) added up by payer and payee, as metrics named
    "state to people" and so on, and what state and municipality pay in all, less taxes, as ``NET``. Empty when there is
    no money in it."""
    posts = outcomes[outcomes["metric"].str.startswith("post_")]
    post = posts["metric"].str.removeprefix("post_")
    public = posts.assign(metric=NET, value=posts["value"] * post.map(public_cost).astype(float))
    named = pd.concat([posts.assign(metric=post.map(flow_name)), public])
    keys = [name for name in named.columns if name != "value"]
    return named.groupby(keys, sort=False, observed=True, dropna=False)["value"].sum().reset_index()


def _check(outcomes: pd.DataFrame, baseline: str) -> None:
    replications = {str(name): set(rows) for name, rows in outcomes.groupby("scenario", sort=False)["replication"]}
    if baseline not in replications:
        there = ", ".join(replications) or "none"
        raise CompareError(f"no runs of {baseline!r} to compare with; scenarios with results: {there}")
    if len(replications) == 1:
        raise CompareError(f"only {baseline!r} has results: there is nothing to compare it with")
    for name, own in replications.items():
        if not own & replications[baseline]:
            raise CompareError(
                f"{name!r} and {baseline!r} have no replication in common ({_listed(own)} against "
                f"{_listed(replications[baseline])}): run both with the same replications"
            )
    if outcomes.duplicated(["scenario", "replication", *CELL]).any():
        raise CompareError("some scenario has two runs of one replication: compare one set-up at a time")


def _listed(numbers: set[int]) -> str:
    return ", ".join(str(number) for number in sorted(numbers))
