"""Runs many points and replications on the cores of this machine, and never computes a stored run again.

One run is one task. Runs that share a burn-in form a group: the group's first run makes the burn-in and
leaves a snapshot, the others start from it. Whatever happens (a run that fails, a worker that is killed,
Ctrl-C, the power), what was finished is on disk, and the same command goes on from there.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import threading
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sim.report.progress import Teller
from sim.store import Results, Run, burn_in_key
from sim.store.results import now

if TYPE_CHECKING:
    from sim.model import RunTables
    from sim.settings import Settings

    Simulate = Callable[[Settings, int, Path | None], RunTables]

KILLED = "the process died: it was killed, or the machine ran out of memory"


class Failure(NamedTuple):
    """A run that gave no result, and why in one line; the whole traceback is in the manifest."""

    run: Run
    error: str


@dataclass(frozen=True)
class SweepReport:
    """What came of a sweep: all runs in the order of the points, and which were computed now, were stored
    already, or failed."""

    runs: list[Run]
    done: list[Run] = field(default_factory=list)
    skipped: list[Run] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)

    @property
    def keys(self) -> list[str]:
        """Run keys of all runs of the sweep that have results, in the order of the points."""
        there = {run.key for run in (*self.skipped, *self.done)}
        return [run.key for run in self.runs if run.key in there]


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
    """Which task comes next: as few burn-ins open at a time as keep the workers busy."""

    def __init__(self, groups: list[Group], workers: int) -> None:
        self.groups = groups
        self.workers = workers
        self.group_of = {task.run.key: group for group in groups for task in group.waiting}

    def next(self) -> Task | None:
        """The next task to start now, or None when all is started or waits for a burn-in."""
        begun = [group for group in self.groups if group.waiting and (group.burned_in or group.running)]
        fresh = [group for group in self.groups if group.waiting and group not in begun]
        if len(begun) < self.workers:
            candidates = [*fresh[:1], *begun, *fresh[1:]]
        else:
            candidates = [*begun, *fresh]
        for group in candidates:
            if group.may_start:
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

    def put_back(self, task: Task) -> None:
        """The task was never started."""
        group = self.group_of[task.run.key]
        group.running -= 1
        group.waiting.insert(0, task)


def run_all(
    points: Sequence[Settings], *, progress: bool | None = None, simulate: Simulate | None = None
) -> SweepReport:
    """Computes every replication of every point that is not stored yet, and stores it in its results folder.

    ``progress``: None shows a bar on a terminal and a line per tenth elsewhere, True a bar, False tells of
    nothing but failures.
    ``simulate`` runs one replication; it defaults to the model's own and must be importable by name.
    The first point says how many workers there are (0: one per core of this machine).

    A run that fails is reported by name and does not stop the others. Raises StoreError before anything is
    computed when a results folder cannot be written, and KeyboardInterrupt, once all is stopped, on Ctrl-C.
    """
    runs = {
        run.key: run
        for point in points
        for run in (Run.of(point, replication) for replication in range(point.replications))
    }
    for folder in {point.results for point in points}:
        Results(folder).prepare()
    report = SweepReport(list(runs.values()))
    missing: list[Run] = []
    for run in runs.values():
        stored = Results(run.settings.results).is_done(run)
        (report.skipped if stored else missing).append(run)
    _clear_snapshots(report.skipped, missing)

    workers = min(_cores(points[0].workers) if points else 1, max(1, len(missing)))
    plan = Plan(_groups(missing), workers)
    teller = Teller(len(missing), progress)
    teller.say(_opening(report.runs, len(report.skipped), len(missing), workers))
    if not missing:
        return report
    try:
        with teller:
            if workers == 1:
                while task := plan.next():
                    _settle(task, _compute(task, simulate), plan, report, teller)
            else:
                _in_processes(plan, simulate, report, teller)
    except KeyboardInterrupt:
        teller.warn(f"Stopped. Runs finished and stored: {len(report.done)}; the same command goes on from there.")
        raise
    for folder in {point.results for point in points}:
        with suppress(OSError):  # in use by another sweep, or never made
            (folder / "burn_in").rmdir()
    return report


def _cores(asked: int) -> int:
    if asked:
        return asked
    # A container or a batch job may have fewer cores than the machine.
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _groups(runs: Iterable[Run]) -> list[Group]:
    """Groups by burn-in and, since snapshots lie there, by results folder; in the order of replications."""
    by_folder: dict[Path, list[Run]] = {}
    for run in sorted(runs, key=lambda run: run.replication):
        by_folder.setdefault(_burn_in_folder(run), []).append(run)
    return [Group(folder, members) for folder, members in by_folder.items()]


def _burn_in_folder(run: Run) -> Path:
    return Results(run.settings.results).burn_in(burn_in_key(run.settings, run.replication))


def _clear_snapshots(stored: Iterable[Run], missing: Iterable[Run]) -> None:
    """Removes the snapshots that an interrupted sweep left for runs which are now all there."""
    needed = {_burn_in_folder(run) for run in missing}
    for folder in {_burn_in_folder(run) for run in stored} - needed:
        shutil.rmtree(folder, ignore_errors=True)


def _opening(runs: Sequence[Run], stored: int, missing: int, workers: int) -> str:
    names = {run.settings.scenario for run in runs}
    scenarios = f"{len(names)} scenario{'s' * (len(names) != 1)}"
    folders = " and ".join(sorted({str(run.settings.results) for run in runs}))
    todo = f"{missing} to compute on {workers} worker{'s' * (workers != 1)}"
    return f"{len(runs)} runs of {scenarios} in {folders}: {stored} stored already, {todo}"


def _compute(task: Task, simulate: Simulate | None) -> str | None:
    """Runs one task and stores it. Gives the error in one line, or None when all went well."""
    run = task.run
    results = Results(run.settings.results)
    started, clock = now(), time.monotonic()
    try:
        if simulate is None:
            # Here and not above: a sweep that has nothing to compute need not load the model.
            from sim import model

            simulate = model.simulate
        tables = simulate(run.settings, run.replication, task.snapshots)
        results.write_run(run, tables, started, time.monotonic() - clock)
    except Exception as error:
        message = f"{type(error).__name__}: {' '.join(str(error).split())}".rstrip(": ")
        try:
            results.write_failure(run, message, traceback.format_exc(), started, time.monotonic() - clock)
        except OSError as disk:
            message = f"{message} (and the manifest could not be written: {disk.strerror})"
        return message
    return None


def _settle(task: Task, error: str | None, plan: Plan, report: SweepReport, teller: Teller) -> None:
    """Books the end of a task."""
    plan.finish(task, ok=error is None)
    if error is None:
        report.done.append(task.run)
    else:
        report.failed.append(Failure(task.run, error))
        teller.warn(f"Failed: {task.run.name} (run {task.run.key}): {error}")
    teller.advance()


def _in_processes(plan: Plan, simulate: Simulate | None, report: SweepReport, teller: Teller) -> None:
    """Works off the plan in worker processes.

    When a worker dies, its pool dies with it, but only the runs in hand are suspect: each is tried once more,
    alone, so that the one that kills its worker takes no other with it.
    """
    broken = True
    while broken:
        suspects, broken = _one_pool(plan, simulate, report, teller)
        for task in suspects:
            stored = Results(task.run.settings.results).is_done(task.run)
            _settle(task, None if stored else _alone(task, simulate), plan, report, teller)


def _one_pool(plan: Plan, simulate: Simulate | None, report: SweepReport, teller: Teller) -> tuple[list[Task], bool]:
    """Works until the plan is done or a worker dies. Gives the tasks that were then running, and whether."""
    running: dict[Future[str | None], Task] = {}
    suspects: list[Task] = []
    broken = False
    with _pool(plan.workers) as pool:
        while True:
            while not broken and len(running) < plan.workers and (task := plan.next()):
                try:
                    running[_submit(pool, task, simulate)] = task
                except BrokenProcessPool:
                    plan.put_back(task)
                    broken = True
            if not running:
                return suspects, broken
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                task = running.pop(future)
                try:
                    _settle(task, future.result(), plan, report, teller)
                except BrokenProcessPool:
                    suspects.append(task)
                    broken = True


def _alone(task: Task, simulate: Simulate | None) -> str | None:
    """Runs one task in a process of its own; gives the error in one line, or None."""
    started, clock = now(), time.monotonic()
    with _pool(1) as pool:
        try:
            return _submit(pool, task, simulate).result()
        except BrokenProcessPool:
            Results(task.run.settings.results).write_failure(task.run, KILLED, "", started, time.monotonic() - clock)
            return KILLED


@contextmanager
def _pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    """Worker processes that stop at once when the sweep is interrupted."""
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), initializer=_start_worker)
    try:
        yield pool
    except BaseException:
        # Files are written whole or not at all, so a worker can be stopped anywhere.
        for process in set(multiprocessing.active_children()) - others:
            process.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _submit(pool: ProcessPoolExecutor, task: Task, simulate: Simulate | None) -> Future[str | None]:
    """Hands a task to the pool. Workers that this starts never see Ctrl-C, not even while they load: it is blocked
    here meanwhile, and what is blocked stays so in the processes started."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return pool.submit(_compute, task, simulate)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start_worker() -> None:
    """Makes sure that no worker outlives its parent."""
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
