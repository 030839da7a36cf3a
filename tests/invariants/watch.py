"""A model that is watched: checks hook in after the processes that they are about, and note where they do not hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from types import ModuleType
from typing import Any

import numpy as np
import pytest

import sim.model
from sim.agents.jobseeker import (
    JOB,
    JOB_WITH_BENEFIT,
    SUBSIDISED_JOB,
    UNEMPLOYED,
)
from sim.columns import Table
from sim.model import ActivationMarket

Check = Callable[["Watch"], Iterator[str]]


def after(process: str) -> Callable[[Check], Check]:
    """The check runs after this process of every week ("week": after the last one)."""

    def mark(check: Check) -> Check:
        check.after = process  # type: ignore[attr-defined]
        return check

    return mark


def checks_of(*rooms: ModuleType) -> dict[str, Check]:
    """All checks of these modules, by name."""
    return {name: check for room in rooms for name, check in vars(room).items() if hasattr(check, "after")}


class Watch:
    """A model that is checked while it runs; ``notes`` is what one check leaves for a later one."""

    def __init__(self, model: ActivationMarket, checks: Mapping[str, Check]) -> None:
        self.model = model
        self.checks: dict[str, dict[str, Check]] = defaultdict(dict)
        for name, check in checks.items():
            self.checks[check.after][name] = check  # type: ignore[attr-defined]
        self.people = model.jobseekers
        self.notes: dict[str, Any] = {}
        self.failures: dict[str, list[str]] = defaultdict(list)

    def check(self, process: str) -> None:
        for name, check in self.checks[process].items():
            self.failures[name] += [f"week {self.model.clock}: {line}" for line in check(self)]

    def run(self, weeks: int) -> None:
        with pytest.MonkeyPatch.context() as patch:
            for process in set(self.checks) - {"week"}:
                patch.setattr(sim.model, process, self._followed(process, getattr(sim.model, process)))
            for _ in range(weeks):
                self.model.step()
                self.check("week")

    def _followed(self, name: str, process: Callable[[Any], None]) -> Callable[[Any], None]:
        @wraps(process)
        def then_checked(model: Any) -> None:
            process(model)
            self.check(name)

        return then_checked

    def used(self, *names: str) -> list[np.ndarray]:
        """Columns of the people in use."""
        rows = self.people.used()
        return [self.people[name][rows] for name in names]


def broken(what: str, wrong: np.ndarray) -> Iterator[str]:
    """One line when any of these is true."""
    if wrong.any():
        yield f"{what} ({np.count_nonzero(wrong)} cases)"


def counted(rows: np.ndarray, size: int) -> np.ndarray:
    """How many refer to each row (negative: to none)."""
    return np.bincount(rows[rows >= 0], minlength=size)


def at(table: Table, name: str, rows: np.ndarray, nobody: float) -> np.ndarray:
    """A column of the rows referred to, ``nobody`` where there is none."""
    return np.where(rows >= 0, table[name][rows], nobody)


def working(state: np.ndarray) -> np.ndarray:
    return (state >= SUBSIDISED_JOB) & (state <= JOB)


def registered(state: np.ndarray) -> np.ndarray:
    return (state >= UNEMPLOYED) & (state <= JOB_WITH_BENEFIT)
