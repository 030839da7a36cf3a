"""Histories: what the spells of one run say about its people, week by week from the policy date.

Two runs with the same luck hold the same people under the same ids, so that what a service did to those who took it
is their own outcome where it exists less their own outcome where it does not (`on_the_treated`).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow.compute as pc
import pyarrow.parquet as pq

from sim.agents.jobseeker import (
    JOB,
    MEASURE_NAMES,
    NO_MEASURE,
    STATE_NAMES,
    STEP_NAMES,
    SUBSIDISED_JOB,
)

COLUMNS = ("person", "start_week", "end_week", "state", "measure", "se_step", "employer")
WORKING = tuple(range(SUBSIDISED_JOB, JOB + 1))


class Jobs(NamedTuple):
    """Stretches of work at one employer: who, from when to when, whether it was seen to end, and who helped."""

    person: np.ndarray
    start: np.ndarray
    end: np.ndarray
    ended: np.ndarray
    employer: np.ndarray
    supported: np.ndarray


class Histories:
    """The spells of one run as arrays, in the order of persons (``ids``) and weeks."""

    def __init__(self, path: Path) -> None:
        table = pq.read_table(path, columns=list(COLUMNS))
        ids = table["person"].to_numpy()
        start = table["start_week"].to_numpy()
        order = np.lexsort((start, ids))
        self.ids, self.who = np.unique(ids[order], return_inverse=True)
        self.start = start[order].astype(np.int64)
        self.end = table["end_week"].to_numpy()[order].astype(np.int64)
        self.employer = table["employer"].to_numpy()[order]
        self.state, self.measure, self.step = (
            np.asarray(pc.index_in(table[name], pc_values(values)))[order]
            for name, values in (("state", STATE_NAMES), ("measure", MEASURE_NAMES), ("se_step", STEP_NAMES))
        )
        self.weeks = int(self.end.max())
        self._key = self.who * (self.weeks + 1) + self.start

    def rows_of(self, ids: np.ndarray) -> np.ndarray:
        """Positions of persons in ``ids`` of this run, -1 for who never was in it."""
        at = np.minimum(np.searchsorted(self.ids, ids), self.ids.size - 1)
        return np.where(self.ids[at] == ids, at, -1)

    def state_at(self, ids: np.ndarray, weeks: np.ndarray) -> np.ndarray:
        """State codes of persons at weeks (0: not there)."""
        rows = self.rows_of(ids)
        place = np.searchsorted(self._key, rows * (self.weeks + 1) + weeks, side="right") - 1
        there = (rows >= 0) & (place >= 0)
        there &= (self.who[place] == rows) & (weeks < self.end[place])
        return np.where(there, self.state[place], 0)

    def works_at(self, ids: np.ndarray, weeks: np.ndarray) -> np.ndarray:
        """Whether persons are in a job of any kind at weeks."""
        return np.isin(self.state_at(ids, weeks), WORKING)

    def weeks_in(self, ids: np.ndarray, states: tuple[int, ...], first: int = 0, last: int | None = None) -> np.ndarray:
        """Weeks that persons spent in states, from week ``first`` to before week ``last``."""
        stop = self.weeks if last is None else last
        inside = np.isin(self.state, states)
        weeks = np.clip(np.minimum(self.end, stop) - np.maximum(self.start, first), 0, None) * inside
        total = np.bincount(self.who, weeks, self.ids.size)
        rows = self.rows_of(ids)
        return np.where(rows >= 0, total[rows], 0.0)

    def entries(self, what: Spells, first: int = 1, last: int = 52) -> tuple[np.ndarray, np.ndarray]:
        """Persons whose first spell of a kind began in the weeks ``first`` to ``last``, and those weeks.

        Who had such a spell at the policy date is left out: it is not known when that began.
        """
        rows = np.flatnonzero(what(self))
        people, at = np.unique(self.who[rows], return_index=True)
        weeks = self.start[rows][at]
        inside = (weeks >= max(1, first)) & (weeks <= last)
        return self.ids[people[inside]], weeks[inside]

    def exits(self, what: Spells) -> tuple[np.ndarray, np.ndarray]:
        """Persons who ended a stretch of spells of a kind, and the weeks of those ends."""
        inside = what(self)
        follows = np.zeros(inside.size, bool)
        follows[:-1] = inside[1:] & (self.who[1:] == self.who[:-1]) & (self.start[1:] == self.end[:-1])
        last = inside & ~follows & (self.end < self.weeks)
        return self.ids[self.who[last]], self.end[last]

    def jobs(self) -> Jobs:
        """All stretches of work at one employer, those begun before the policy date left out."""
        works = np.isin(self.state, WORKING)
        joined = np.zeros(works.size, bool)
        joined[1:] = works[1:] & works[:-1] & (self.who[1:] == self.who[:-1])
        joined[1:] &= (self.start[1:] == self.end[:-1]) & (self.employer[1:] == self.employer[:-1])
        first = np.flatnonzero(works & ~joined)
        last = np.append(first[1:], works.size) - 1
        # The last spell of a stretch: the one before the next that is not joined to it.
        run = np.cumsum(works & ~joined) - 1
        for_run = np.zeros(first.size, np.int64)
        np.maximum.at(for_run, run[works], np.flatnonzero(works))
        last = for_run
        helped = np.zeros(first.size, bool)
        np.logical_or.at(helped, run[works], self.step[works] > 0)
        known = self.start[first] > 0
        first, last, helped = first[known], last[known], helped[known]
        return Jobs(
            self.ids[self.who[first]],
            self.start[first],
            self.end[last],
            self.end[last] < self.weeks,
            self.employer[first],
            helped,
        )


Spells = Callable[[Histories], np.ndarray]


def pc_values(names: tuple[str, ...]) -> object:
    """Names as Arrow values to look codes up in."""
    import pyarrow as pa

    return pa.array(names)


def on_measure(*measures: int) -> Spells:
    """Spells on one of these measures."""
    return lambda lives: np.isin(lives.measure, measures)


def in_se(lives: Histories) -> np.ndarray:
    """Spells in Supported Employment, in a job or not."""
    return lives.step > 0


def in_state(*states: int) -> Spells:
    """Spells in one of these states."""
    return lambda lives: np.isin(lives.state, states)


def on_any_measure(lives: Histories) -> np.ndarray:
    """Spells on a measure of any kind, a subsidised job or Supported Employment included."""
    return (lives.measure != NO_MEASURE) | (lives.state == SUBSIDISED_JOB) | (lives.step > 0)
