"""Spells: who was where from when to when, with which supervisor, provider, specialist and employer (opt-in).

A spell ends when any of these changes. Weeks count from the policy date; a spell that goes on at the end has the
horizon as its end and ``ongoing`` true. Recording reads the model and draws nothing, so results do not depend on it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from sim.agents.jobseeker import MEASURE_NAMES, STATE_NAMES, STEP_NAMES

KEYS = ("id", "state", "measure", "step", "supervisor", "course", "specialist", "employer")


class SpellRecorder:
    """Compares every person with the week before, and writes down what ended."""

    def __init__(self, model: Any) -> None:
        self.model = model
        self.now = self._read()
        self.since = np.full(self.now["id"].size, model.since_policy)
        self.ended: list[pd.DataFrame] = []

    def _read(self) -> dict[str, np.ndarray]:
        """Today's keys of everybody, by permanent id; staff and workplaces by theirs (-1: none)."""
        model, table = self.model, self.model.jobseekers
        rows = table.used()
        rows = rows[np.argsort(table["id"][rows])]
        now = {name: table[name][rows] for name in KEYS}
        providers = np.append(model.providers["id"], -1)
        contract = np.append(model.contracts["provider"][model.courses["contract"]], -1)
        specialist = now["specialist"]
        of_specialist = np.append(model.specialists["provider"], -1)[specialist]
        now["provider"] = providers[np.where(now["course"] >= 0, contract[now.pop("course")], of_specialist)]
        for name, staff in (
            ("supervisor", model.supervisors),
            ("specialist", model.specialists),
            ("employer", model.employers),
        ):
            now[name] = np.append(staff["id"], -1)[now[name]]
        return now

    def record(self) -> None:
        """At the end of a week: close the spells of everybody for whom something changed."""
        before, now = self.now, self._read()
        _, was, still = np.intersect1d(before["id"], now["id"], assume_unique=True, return_indices=True)
        same = np.ones(was.size, bool)
        for name, values in now.items():
            same &= values[still] == before[name][was]
        end = self.model.since_policy + 1
        goes_on = np.zeros(before["id"].size, bool)
        goes_on[was[same]] = True
        self._close(before, np.flatnonzero(~goes_on), end, False)
        since = np.full(now["id"].size, end)
        since[still[same]] = self.since[was[same]]
        self.now, self.since = now, since

    def _close(self, keys: dict[str, np.ndarray], rows: np.ndarray, end: int, ongoing: bool) -> None:
        if rows.size == 0:
            return
        self.ended.append(
            pd.DataFrame(
                {
                    "person": keys["id"][rows],
                    "start_week": self.since[rows],
                    "end_week": end,
                    "ongoing": ongoing,
                    "state": np.array(STATE_NAMES)[keys["state"][rows]],
                    "measure": np.array(MEASURE_NAMES)[keys["measure"][rows]],
                    "se_step": np.array(STEP_NAMES)[keys["step"][rows]],
                    **{name: keys[name][rows] for name in ("supervisor", "provider", "specialist", "employer")},
                }
            )
        )

    def table(self) -> pd.DataFrame:
        """All spells, those that go on included."""
        self._close(self.now, np.arange(self.since.size), self.model.since_policy, True)
        spells = pd.concat(self.ended, ignore_index=True)
        return spells[spells["end_week"] > spells["start_week"]].reset_index(drop=True)
