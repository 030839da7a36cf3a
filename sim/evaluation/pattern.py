"""Patterns: what the literature saw, declared as claims about arms of the model, with bands set before measuring.

A `Pattern` is one of the 28 of the domain's facts. It is made of claims. A claim takes one number from each
replication (a difference between two arms, an effect on those who took a service) and says where it must lie: the
whole 99 % interval of the mean for directions and for "no difference", the mean for rough sizes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
from scipy import stats

from sim.evaluation.ablation import Overrides, word
from sim.evaluation.histories import Histories
from sim.outcomes.weekly import SERIES
from sim.settings import Composer, Settings
from sim.store import Results, run_key
from sim.sweep import run_all

CONFIDENCE = 0.99
PAIRS = 8
WEEKS = 104
BURN_IN = 156


class Arm(NamedTuple):
    """A configuration that claims compare: what is changed, how long it runs, whether its spells are kept.

    ``rounds``: its contracts for tendered courses are kept, see ``sim.evaluation.rounds``.
    """

    change: Overrides
    weeks: int = WEEKS
    spells: bool = False
    rounds: bool = False


Statistic = Callable[["Runs"], Sequence[float] | np.ndarray]


class Claim(NamedTuple):
    """One statement about one number a replication.

    ``low`` and ``high`` bound it (None: no bound); ``whole`` asks it of the whole interval of the mean, otherwise of
    the mean alone. ``source`` says where the bounds come from. ``open`` is empty, or says why the model does not
    show it.
    """

    what: str
    arms: tuple[str, ...]
    value: Statistic
    low: float | None
    high: float | None
    source: str
    whole: bool = True
    unit: str = ""
    pairs: int = PAIRS
    open: str = ""


class Pattern(NamedTuple):
    """A pattern by its number in the facts, in words, with its claims."""

    number: int
    words: str
    claims: tuple[Claim, ...]

    @property
    def names(self) -> list[str]:
        """A name for each claim: 2a, 2b, ..."""
        return [f"{self.number}{'abcdefghij'[n]}" for n in range(len(self.claims))]


class Seen(NamedTuple):
    """What the model gave for a claim: mean over the pairs, with its 99 % interval."""

    mean: float
    low: float
    high: float
    pairs: int

    def holds(self, claim: Claim) -> bool:
        """Whether the claim holds; never when nothing could be measured."""
        low, high = (self.low, self.high) if claim.whole else (self.mean, self.mean)
        above = claim.low is None or low > claim.low
        below = claim.high is None or high < claim.high
        return bool(np.isfinite([self.mean, self.low, self.high]).all() and above and below)


def seen(claim: Claim, runs: Runs) -> Seen:
    """Measure a claim on stored runs."""
    sample = np.asarray(claim.value(runs.of(claim)), float)
    sample = sample[np.isfinite(sample)]
    if sample.size < 2:
        return Seen(float("nan"), float("nan"), float("nan"), int(sample.size))
    spread = sample.std(ddof=1) / np.sqrt(sample.size) * stats.t.ppf(0.5 + CONFIDENCE / 2, sample.size - 1)
    mean = float(sample.mean())
    return Seen(mean, mean - float(spread), mean + float(spread), int(sample.size))


def settings(
    arms: Mapping[str, Arm], claims: Collection[Claim], common: Sequence[str] = ("population=district",)
) -> dict[str, Settings]:
    """The settings of every arm that the claims name, with as many replications as the most demanding asks for.

    Raises ConfigurationError for a setting that does not exist or a value out of range.
    """
    composer = Composer()
    points = {}
    for name in dict.fromkeys(arm for claim in claims for arm in claim.arms):
        arm = arms[name]
        pairs = max(claim.pairs for claim in claims if name in claim.arms)
        points[name] = composer.settings(
            [
                *common,
                f"replications={pairs}",
                f"horizon.weeks={arm.weeks}",
                f"horizon.track_weeks={arm.weeks}",
                f"horizon.burn_in_weeks={BURN_IN}",
                "record.persons=true",
                f"record.spells={word(arm.spells)}",
                f"record.tenders={word(arm.rounds)}",
                *(f"{setting}={word(value)}" for setting, value in arm.change.items()),
            ]
        )
    return points


def compute(points: Mapping[str, Settings], progress: bool | None = None) -> list[str]:
    """Run what is not stored yet. Gives the errors of runs that failed."""
    sweep = run_all(list(points.values()), progress=progress)
    return [f"{failure.run.name}: {failure.error}" for failure in sweep.failed]


class Run:
    """One stored run, its tables read when they are asked for."""

    def __init__(self, settings: Settings, replication: int) -> None:
        key, results = run_key(settings, replication), Results(settings.results)
        self._path = {
            name: results.path(name, settings.scenario, key)
            for name in ("outcomes", "weekly", "persons", "spells", "tenders")
        }
        self.settings, self.replication = settings, replication

    @cached_property
    def histories(self) -> Histories:
        """Its people's lives since the policy date."""
        return Histories(self._path["spells"])

    @cached_property
    def _weekly(self) -> pd.DataFrame:
        return self._read("weekly").pivot(index="week", columns="series", values="value")

    @cached_property
    def _outcomes(self) -> dict[tuple[str, str, str, int], float]:
        columns = ["cohort", "metric", "group", "horizon_weeks", "value"]
        return {
            (c, m, g, int(h)): float(v) for c, m, g, h, v in self._read("outcomes")[columns].itertuples(index=False)
        }

    @cached_property
    def _persons(self) -> pd.DataFrame:
        return self._read("persons")

    @property
    def rounds(self) -> pd.DataFrame:
        """The contracts for tendered courses that ended, of a run that kept them."""
        return self._read("tenders")

    def _read(self, name: str) -> pd.DataFrame:
        table: pd.DataFrame = pq.read_table(self._path[name]).to_pandas()
        return table

    def series(self, name: str, first: int = 0, last: int | None = None) -> float:
        """Mean of a weekly series from week ``first`` to before week ``last`` (the end)."""
        weekly = self._weekly[name]
        stop = weekly.index.max() + 1 if last is None else last
        return float(weekly[(weekly.index >= first) & (weekly.index < stop)].mean())

    def metric(self, name: str, group: str = "all", weeks: int = WEEKS, cohort: str = "stock") -> float:
        """A metric of the cohort, or of the services."""
        return self._outcomes.get((cohort, name, group, weeks), float("nan"))

    def people(self, weeks: int = WEEKS, cohort: str | None = "stock") -> pd.DataFrame:
        """The members of a cohort (None: of both) at a horizon, a row each, by permanent id."""
        found = self._persons[self._persons["horizon_weeks"] == weeks]
        if cohort is not None:
            found = found[found["cohort"] == cohort]
        return found.set_index("person").sort_index()


class Runs:
    """Stored runs by arm and replication."""

    def __init__(self, points: Mapping[str, Settings], pairs: int | None = None) -> None:
        self.points, self.pairs = points, pairs
        self._cache: dict[tuple[str, int], Run] = {}

    def of(self, claim: Claim) -> Runs:
        """The same runs, as many replications as the claim asks for."""
        some = Runs({arm: self.points[arm] for arm in claim.arms}, claim.pairs)
        some._cache = self._cache
        return some

    def run(self, arm: str, replication: int) -> Run:
        """One run."""
        key = (arm, replication)
        if key not in self._cache:
            self._cache[key] = Run(self.points[arm], replication)
        return self._cache[key]

    def each(self, *arms: str) -> list[tuple[Run, ...]]:
        """The runs of some arms side by side, replication by replication."""
        n = min(self.points[arm].replications for arm in arms)
        n = n if self.pairs is None else min(n, self.pairs)
        return [tuple(self.run(arm, r) for arm in arms) for r in range(n)]

    def forget(self) -> None:
        """Give back the memory of what was read."""
        self._cache.clear()


def measured(outcome: str) -> Callable[[Run, str, int], float]:
    """How a name is read from a run: the mean of a weekly series, or a metric at the horizon."""
    if outcome in SERIES:
        return lambda run, group, weeks: run.series(outcome, 0, weeks)
    return lambda run, group, weeks: run.metric(outcome, group, weeks)


def difference(outcome: str, arm: str, other: str, group: str = "all", weeks: int = WEEKS) -> Statistic:
    """A metric at ``weeks`` or a weekly series until then: arm less other."""
    read = measured(outcome)
    return lambda runs: [read(a, group, weeks) - read(b, group, weeks) for a, b in runs.each(arm, other)]
