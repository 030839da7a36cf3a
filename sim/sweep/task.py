"""One run, computed and stored: what a worker does."""

from __future__ import annotations

import errno
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from sim.store import Results, model_version
from sim.store.results import now
from sim.sweep.plan import Task

if TYPE_CHECKING:
    from sim.model import RunTables
    from sim.settings import Settings

    Simulate = Callable[[Settings, int, Path | None], RunTables]

# What concerns the folder and not the run: every other run would meet it, too.
DISK = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EFBIG, errno.EIO, errno.ESTALE)


class Outcome(NamedTuple):
    """What came of a task.

    ``done``: the run is stored, by this task or, meanwhile, by another sweep or by a worker that died before it could
    tell; ``killed``: its process died; ``disk``: nothing can be stored, neither this run nor another.
    """

    kind: Literal["done", "failed", "killed", "disk"]
    error: str = ""


def compute(task: Task, version: str, simulate: Simulate | None = None) -> Outcome:
    """Computes and stores one run, unless it is stored by now.

    ``version`` is the model version that the sweep was planned with; a worker that has another computes nothing.
    ``simulate`` runs one replication: the model's own unless a test gives another.
    """
    run = task.run
    results = Results(run.settings.results)
    started, clock = now(), time.monotonic()
    try:
        if version != model_version():
            return Outcome("failed", f"the worker has model version {model_version()}, the sweep {version}")
        if results.is_done(run):
            return Outcome("done")
        if simulate is None:
            # Here and not above: a sweep that has nothing to compute need not load the model.
            from sim import model

            simulate = model.simulate
        tables = _simulated(task, simulate)
        results.write_run(run, tables, started, time.monotonic() - clock)
    except Exception as error:
        if isinstance(error, OSError) and error.errno in DISK:
            return Outcome("disk", error.strerror or type(error).__name__)
        message = f"{type(error).__name__}: {' '.join(str(error).split())}".rstrip(": ")
        try:
            results.write_failure(run, message, traceback.format_exc(), started, time.monotonic() - clock)
        except OSError as disk:
            return Outcome("disk", disk.strerror or type(disk).__name__)
        return Outcome("failed", message)
    return Outcome("done")


def _simulated(task: Task, simulate: Simulate) -> RunTables:
    settings, replication = task.run.settings, task.run.replication
    try:
        return simulate(settings, replication, task.snapshots)
    except FileNotFoundError as error:
        # Another sweep in the same folder was through with this burn-in and took the snapshot away.
        if task.snapshots is None or not str(error.filename).startswith(str(task.snapshots)):
            raise
        return simulate(settings, replication, None)
