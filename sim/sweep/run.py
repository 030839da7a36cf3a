"""The sweep itself: what is missing, who computes it, what came of it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sim.store import Results, Run, StoreError, are_done
from sim.store.results import now
from sim.sweep.crews import Alone, Crew, dask_crew
from sim.sweep.estimate import opening
from sim.sweep.plan import Plan, Task, clear_snapshots
from sim.sweep.presence import Presence, present
from sim.sweep.progress import Teller
from sim.sweep.task import Outcome

if TYPE_CHECKING:
    from sim.settings import Execution, Settings
    from sim.sweep.task import Simulate

# Starting worker processes takes three seconds or four, and each has to load the model, which takes another.
START_SECONDS = 5.0


class Failure(NamedTuple):
    """A run that gave no result, and why in one line; the whole traceback is in the manifest."""

    run: Run
    error: str


@dataclass(frozen=True)
class SweepReport:
    """What came of a sweep: all runs in the order of the points, and which are stored since, were stored already, or
    failed."""

    runs: list[Run]
    done: list[Run] = field(default_factory=list)
    skipped: list[Run] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)

    @property
    def keys(self) -> list[str]:
        """Run keys of all runs of the sweep that have results, in the order of the points."""
        there = {run.key for run in (*self.skipped, *self.done)}
        return [run.key for run in self.runs if run.key in there]


def run_all(
    points: Sequence[Settings],
    *,
    only: Collection[str] | None = None,
    progress: bool | None = None,
    simulate: Simulate | None = None,
) -> SweepReport:
    """Computes every replication of every point that is not stored yet, and stores it in its results folder.

    ``only``: run keys, where not all runs of the points are wanted.
    ``progress``: None shows a bar on a terminal and a line per tenth elsewhere, True a bar, False tells of
    nothing but failures.
    ``simulate`` runs one replication; it defaults to the model's own and must be importable by name.
    The first point says who computes (``execution``), and with how many processes of this machine (``workers``; 0: as
    many as there are cores, and none while what is left would be over before they had started).

    A run that fails is reported by name and does not stop the others. Raises StoreError before anything is computed
    when a results folder cannot be written or no worker can be had, and later when the disk is full; and
    KeyboardInterrupt, once all is stopped, on Ctrl-C.
    """
    runs = list({run.key: run for point in points for run in Run.all_of(point)}.values())
    if only is not None:
        runs = [run for run in runs if run.key in only]
    report = SweepReport(runs)
    if not runs:
        return report
    folders = {point.results for point in points}
    for folder in folders:
        Results(folder).prepare()
    missing: list[Run] = []
    for run, stored in zip(runs, are_done(runs), strict=True):
        (report.skipped if stored else missing).append(run)
    clear_snapshots(report.skipped, missing)

    execution, workers = points[0].execution, _workers(points[0], len(missing))
    teller = Teller(len(missing), progress)
    for line in opening(runs, missing, workers, _who(execution, workers)):
        teller.say(line)
    with present(folders) as cards:
        others = [who for card in cards for who in card.others()]
        if not missing:
            _tidy(folders)
            return report
        plan = Plan.of(missing, workers)
        if others:
            teller.say(f"Another sweep is at work here ({'; '.join(others)}): this one begins at the other end.")
            plan.groups.reverse()
        sweep = _Sweep(plan, report, teller, cards)
        try:
            with teller:
                if execution.name == "serial" or (workers == 1 and execution.name == "local"):
                    sweep.work(Alone(simulate))
                else:
                    if execution.name == "local" and not points[0].workers:
                        sweep.work(Alone(simulate), until=_worth_starting)
                    if plan.left:
                        with dask_crew(execution, workers, simulate) as crew:
                            sweep.work(crew)
        except KeyboardInterrupt:
            teller.warn(f"Stopped. {_so_far(report)}")
            raise
        except StoreError as error:
            if not report.done:
                raise
            raise StoreError(f"{error}. {_so_far(report)}") from error
    _tidy(folders)
    return report


def _tidy(folders: Collection[Path]) -> None:
    for folder in folders:
        with suppress(OSError):  # in use by another sweep, or never made
            (folder / "burn_in").rmdir()


def _workers(first: Settings, runs: int) -> int:
    """How many runs are computed at a time, as far as is known before the start."""
    execution = first.execution
    if execution.name == "slurm":
        return execution.jobs * execution.cores
    if execution.name == "local":
        # A container or a batch job may have fewer cores than the machine.
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        return min(first.workers or cores, max(1, runs))
    return 1


def _who(execution: Execution, workers: int) -> str:
    plural = "s" * (workers != 1)
    return {
        "serial": "in this process",
        "local": f"on {workers} worker{plural}",
        "cluster": f"by the workers of {execution.scheduler}",
        "slurm": f"on {workers} worker{plural} under Slurm",
    }[execution.name]


def _so_far(report: SweepReport) -> str:
    return f"Runs finished and stored: {len(report.done)}; the same command goes on from there."


def _worth_starting(seconds: float, done: int, left: int, workers: int) -> bool:
    """Whether worker processes would be over sooner, their start included, than this process alone."""
    alone = seconds / done * left
    return alone > START_SECONDS + alone / workers


class _Sweep:
    """A sweep under way: hands out tasks and books what came of them."""

    def __init__(self, plan: Plan, report: SweepReport, teller: Teller, cards: Sequence[Presence]) -> None:
        self.plan, self.report, self.teller, self.cards = plan, report, teller, cards

    def work(self, crew: Crew, until: Callable[[float, int, int, int], bool] | None = None) -> None:
        """Works off the plan with a crew; ``until`` (seconds, runs done, runs left, workers) may end it before."""
        began, before, in_hand = time.monotonic(), self.teller.finished, 0
        while True:
            for card in self.cards:
                card.renew()
            self.plan.workers = crew.size
            while in_hand < self.plan.workers and (task := self.plan.next()):
                crew.start(task)
                in_hand += 1
            if not in_hand:
                return
            for task, outcome in crew.ended():
                in_hand -= 1
                self._book(task, outcome)
            done = self.teller.finished - before
            if until and until(time.monotonic() - began, done, self.plan.left, self.plan.workers):
                return

    def _book(self, task: Task, outcome: Outcome) -> None:
        self.plan.finish(task, ok=outcome.kind == "done")
        if outcome.kind == "disk":
            raise StoreError(f"cannot write to {task.run.settings.results}: {outcome.error}")
        if outcome.kind in ("failed", "killed"):
            self._fail(task.run, outcome)
        else:
            self.report.done.append(task.run)
        self.teller.advance()

    def _fail(self, run: Run, outcome: Outcome) -> None:
        if outcome.kind == "killed":  # whoever was killed could not write it down
            with suppress(OSError):
                Results(run.settings.results).write_failure(run, outcome.error, "", now(), float("nan"))
        self.report.failed.append(Failure(run, outcome.error))
        self.teller.warn(f"Failed: {run.name} (run {run.key}): {outcome.error}")
