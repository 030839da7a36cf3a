"""Outcomes of stored runs, one value a replication, whether a metric of the cohort or a weekly series."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import pandas as pd

from sim.evaluation.rounds import ROUND_STATISTICS
from sim.outcomes.metrics import METRICS, SERVICE_METRICS
from sim.outcomes.weekly import SERIES
from sim.settings import Settings
from sim.store import Results, StoreError, run_key
from sim.store.tables import read_table


def values(results: Results, settings: Settings, outcomes: Iterable[tuple[str, str]], weeks: int) -> pd.DataFrame:
    """Columns replication, metric, group, value, unit, for each (metric, group) of ``outcomes``.

    A metric is that of everyone registered at the policy date, at the horizon ``weeks``; a weekly series (group
    ``all``) is its mean over the ``weeks`` weeks from the policy date; a statistic of the tenders is that of all
    contracts that ended. What a run does not have is left out. Raises StoreError for a run that is not stored.
    """
    asked = list(dict.fromkeys(outcomes))
    lines = []
    for replication in range(settings.replications):
        key = run_key(settings, replication)
        metrics = _metrics(results.path("outcomes", settings.scenario, key), weeks)
        for metric, group in asked:
            if metric in ROUND_STATISTICS:
                unit, compute = ROUND_STATISTICS[metric]
                value = compute(_read(results.path("tenders", settings.scenario, key)))
            elif metric in SERIES and group == "all":
                unit, value = SERIES[metric][0], _means(results.path("weekly", settings.scenario, key), weeks)[metric]
            elif (metric, group) in metrics:
                unit = METRICS[metric].unit if metric in METRICS else SERVICE_METRICS[metric][0]
                value = metrics[metric, group]
            else:
                continue
            lines.append((replication, metric, group, value, unit))
    return pd.DataFrame(lines, columns=["replication", "metric", "group", "value", "unit"])


@lru_cache(maxsize=4096)
def _metrics(path: Path, weeks: int) -> dict[tuple[str, str], float]:
    """Metrics of the stock at a horizon, by metric and group."""
    table = _read(path)
    table = table[(table["cohort"] == "stock") & (table["horizon_weeks"] == weeks)]
    return {(m, g): float(v) for m, g, v in zip(table["metric"], table["group"], table["value"], strict=True)}


@lru_cache(maxsize=4096)
def _means(path: Path, weeks: int) -> dict[str, float]:
    """Mean of every weekly series over the weeks from the policy date; weeks without a value do not count."""
    table = _read(path)
    table = table[(table["week"] >= 0) & (table["week"] < weeks)]
    return {str(name): float(value) for name, value in table.groupby("series", observed=True)["value"].mean().items()}


def _read(path: Path) -> pd.DataFrame:
    table = read_table(path)
    if table is None:
        raise StoreError(f"{path} is missing or damaged: run the same command again")
    frame: pd.DataFrame = table.to_pandas()
    return frame
