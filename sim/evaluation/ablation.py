"""Ablations: what changes when one mechanism is switched off and everything else stays, luck included.

A `Mechanism` is a row of the domain. It declares beforehand its contrasts: what is switched, which two outcomes should
move most, and in which direction. It counts as built when every declared outcome moves in that direction with a 99 %
interval off zero. Rows that are accounting or definition name the test that checks them instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Literal, NamedTuple

import pandas as pd

from sim.evaluation.stored import values
from sim.outcomes.metrics import METRICS, SERVICE_METRICS
from sim.outcomes.weekly import SERIES
from sim.report.compare import paired_differences
from sim.settings import Composer, Settings
from sim.store import Results

CONFIDENCE = 0.99
WEEKS = 104

Overrides = Mapping[str, object]


class Expect(NamedTuple):
    """One outcome that a contrast should move.

    ``metric`` is a metric of the cohort registered at the policy date (for ``group``, at WEEKS weeks), a metric of
    the services, or a weekly series, which stands for its mean over the WEEKS weeks after the policy date.
    ``sign`` is that of switched minus baseline: +1 or -1.
    """

    metric: str
    sign: int
    group: str = "all"


class Contrast(NamedTuple):
    """One switch: ``change`` is set in one arm, ``both`` in both; each maps a setting to its value.

    ``world.*`` holds from the first week of the burn-in, ``policy.*`` from the policy date, as always.
    """

    what: str
    change: Overrides
    expects: tuple[Expect, ...]
    both: Overrides = MappingProxyType({})
    turns: Literal["off", "on", "up", "down"] = "off"


class Mechanism(NamedTuple):
    """A row of the domain: its id, what happens in the model, the functions that do it, and its contrasts.

    ``where`` names functions as ``module.function`` below ``sim.``; the first does most of the work. A row of
    accounting or definition has no contrast, and ``tested_by`` names the test as ``tests/file.py::test``.
    """

    row: str
    happens: str
    where: tuple[str, ...]
    contrasts: tuple[Contrast, ...] = ()
    tested_by: str = ""

    @property
    def settings(self) -> list[str]:
        """The settings that switch the row, in the order of the contrasts."""
        return list(dict.fromkeys(name for contrast in self.contrasts for name in contrast.change))


class Effect(NamedTuple):
    """What a contrast did to one outcome: switched minus baseline, with its 99 % interval."""

    row: str
    contrast: int
    expect: Expect
    baseline: float
    difference: float
    low: float
    high: float
    pairs: int
    unit: str

    @property
    def holds(self) -> bool:
        """Whether the sign is the declared one and the interval does not contain zero."""
        return self.difference * self.expect.sign > 0 and self.low * self.high > 0


def arms(mechanisms: Iterable[Mechanism], common: Sequence[str]) -> dict[tuple[str, int], tuple[Settings, Settings]]:
    """(baseline, switched) settings of every contrast, by row and number; ``common`` are overrides for all.

    Raises ConfigurationError when a contrast names a setting that does not exist or a value out of range.
    """
    composer = Composer()
    cache: dict[tuple[str, ...], Settings] = {}

    def compose(overrides: Overrides) -> Settings:
        words = tuple(f"{name}={word(value)}" for name, value in overrides.items())
        if words not in cache:
            cache[words] = composer.settings([*common, *words])
        return cache[words]

    return {
        (mechanism.row, n): (compose(contrast.both), compose({**contrast.both, **contrast.change}))
        for mechanism in mechanisms
        for n, contrast in enumerate(mechanism.contrasts)
    }


def word(value: object) -> str:
    """A value as it stands in an override."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return f"[{','.join(map(word, value))}]"
    return str(value)


def effects(
    mechanisms: Iterable[Mechanism], points: Mapping[tuple[str, int], tuple[Settings, Settings]], results: Results
) -> list[Effect]:
    """The measured effect of every contrast on every outcome it declares, from stored runs."""
    found = []
    for mechanism in mechanisms:
        for n, contrast in enumerate(mechanism.contrasts):
            baseline, switched = points[mechanism.row, n]
            both = pd.concat(
                [_values(results, baseline, "baseline", contrast), _values(results, switched, "switched", contrast)]
            )
            table = paired_differences(both, confidence=CONFIDENCE)
            lines = {(line["metric"], line["group"]): line for line in table.to_dict("records")}
            for expect in contrast.expects:
                line = lines[expect.metric, expect.group]
                found.append(
                    Effect(
                        mechanism.row,
                        n,
                        expect,
                        line["baseline_value"],
                        line["difference"],
                        line["low"],
                        line["high"],
                        line["replications"],
                        line["unit"],
                    )
                )
    return found


def _values(results: Results, settings: Settings, scenario: str, contrast: Contrast) -> pd.DataFrame:
    """The outcomes that a contrast declares, a row per replication, in the form of the outcomes table."""
    table = values(results, settings, ((expect.metric, expect.group) for expect in contrast.expects), WEEKS)
    return table.assign(scenario=scenario, cohort="stock", horizon_weeks=WEEKS)


def known_outcomes() -> set[str]:
    """Everything that an `Expect` may name."""
    return {*METRICS, *SERVICE_METRICS, *SERIES}
