"""Which task comes next: as few burn-ins open at a time as keep the workers busy."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from sim.store import Results, Run, burn_in_key


class Task(NamedTuple):
    """One run to compute, and the folder for the snapshots of its burn-in (None: nobody else needs them)."""

    run: Run
    snapshots: Path | None


class Group:
    """The runs that share one burn-in, and how far they are."""

    def __init__(self, folder: Path, runs: list[Run]) -> None:
        self.folder = folder
        # A folder that is there already holds the snapshot of an interrupted sweep.
        keep = len(runs) > 1 or folder.is_dir()
        self.waiting = [Task(run, folder if keep else None) for run in runs]
        self.running = 0
        self.burned_in = False

    @property
    def may_start(self) -> bool:
        """The first run goes alone, so that the burn-in is computed once."""
        return bool(self.waiting) and (self.burned_in or not self.running)


class Plan:
    """The tasks that are left, by group. ``workers``: how many compute at a time."""

    def __init__(self, groups: list[Group], workers: int) -> None:
        self.groups = groups
        self.workers = workers
        self.group_of = {task.run.key: group for group in groups for task in group.waiting}

    @classmethod
    def of(cls, runs: Iterable[Run], workers: int) -> Plan:
        """Groups by burn-in and, since snapshots lie there, by results folder; in the order of replications."""
        by_folder: dict[Path, list[Run]] = {}
        for run in sorted(runs, key=lambda run: run.replication):
            by_folder.setdefault(burn_in_folder(run), []).append(run)
        return cls([Group(folder, members) for folder, members in by_folder.items()], workers)

    @property
    def left(self) -> int:
        """Tasks that nobody has started."""
        return sum(len(group.waiting) for group in self.groups)

    def next(self) -> Task | None:
        """The next task to start now, or None when all is started or waits for a burn-in."""
        self.groups = [group for group in self.groups if group.waiting or group.running]
        begun = [group for group in self.groups if group.waiting and (group.burned_in or group.running)]
        fresh = next((group for group in self.groups if group.waiting and not (group.burned_in or group.running)), None)
        room = len(begun) < self.workers
        for group in [fresh, *begun] if room else [*begun, fresh]:
            if group is not None and group.may_start:
                group.running += 1
                return group.waiting.pop(0)
        return None

    def finish(self, task: Task, ok: bool) -> None:
        """The task is over; with the last of its group, the snapshots go (they are large)."""
        group = self.group_of[task.run.key]
        group.running -= 1
        group.burned_in = group.burned_in or ok
        if not group.waiting and not group.running:
            shutil.rmtree(group.folder, ignore_errors=True)


def burn_in_folder(run: Run) -> Path:
    """Where the snapshot of the run's burn-in lies while it is in use."""
    return Results(run.settings.results).burn_in(burn_in_key(run.settings, run.replication))


def clear_snapshots(stored: Iterable[Run], missing: Iterable[Run]) -> None:
    """Removes the snapshots that an interrupted sweep left for runs which are now all there."""
    needed = {burn_in_folder(run) for run in missing}
    for folder in {burn_in_folder(run) for run in stored} - needed:
        shutil.rmtree(folder, ignore_errors=True)
