"""Studies: a few arms, the outcomes that matter, and combinations of arms whose intervals answer the question.

A study asks one question of the model: what was varied, what the text of the domain expects, what was seen. A chain is
a row of links; each link moves one quantity by a switch of its own and shows how the next quantity answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import stats

from sim.evaluation.ablation import Contrast, Overrides, word
from sim.evaluation.stored import values
from sim.settings import Composer, Settings
from sim.store import Results

CONFIDENCE = 0.95


class Study(NamedTuple):
    """Arms by name; (metric, group) to look at; combinations of arms as weights, each with its name."""

    name: str
    title: str
    expected: str
    arms: Mapping[str, Overrides]
    outcomes: tuple[tuple[str, str], ...]
    combinations: Mapping[str, Mapping[str, float]]
    weeks: int = 104


class Chain(NamedTuple):
    """Links in order: each contrast expects first its own quantity to move, then the next one."""

    name: str
    title: str
    links: tuple[Contrast, ...]


def arms(study: Study, common: Sequence[str]) -> dict[str, Settings]:
    """The settings of every arm. Raises ConfigurationError when one cannot be composed."""
    composer = Composer()
    length = [f"horizon.weeks={study.weeks}", f"horizon.track_weeks={study.weeks}"]
    return {
        arm: composer.settings([*common, *length, *(f"{name}={word(value)}" for name, value in overrides.items())])
        for arm, overrides in study.arms.items()
    }


def table(study: Study, points: Mapping[str, Settings], results: Results) -> pd.DataFrame:
    """One row per arm or combination and outcome: kind, name, metric, group, value, low, high, replications, unit."""
    stored = pd.concat(
        [values(results, point, study.outcomes, study.weeks).assign(arm=arm) for arm, point in points.items()],
        ignore_index=True,
    )
    weights = {**{arm: {arm: 1.0} for arm in study.arms}, **study.combinations}
    lines = []
    for metric, group in study.outcomes:
        cell = stored[(stored["metric"] == metric) & (stored["group"] == group)]
        by_arm = cell.pivot(index="replication", columns="arm", values="value")
        for name, combination in weights.items():
            if not set(combination) <= set(by_arm.columns):
                continue
            kind = "arm" if name in study.arms else "combination"
            sample = (by_arm[list(combination)] @ np.array(list(combination.values()))).dropna().to_numpy(float)
            low, high = _interval(sample)
            unit = cell["unit"].iloc[0]
            lines.append((kind, name, metric, group, float(sample.mean()), low, high, sample.size, unit))
    columns = ["kind", "name", "metric", "group", "value", "low", "high", "replications", "unit"]
    return pd.DataFrame(lines, columns=columns)


def _interval(sample: np.ndarray) -> tuple[float, float]:
    """The t-interval of a mean (nan with fewer than two values; a point where nothing varies)."""
    n = sample.size
    if n < 2:
        return float("nan"), float("nan")
    half = sample.std(ddof=1) / np.sqrt(n) * stats.t.ppf(0.5 + CONFIDENCE / 2, n - 1)
    return float(sample.mean() - half), float(sample.mean() + half)
