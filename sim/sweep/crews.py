"""Who computes: this process, or the workers of a Dask scheduler.

A crew takes tasks and says, in whatever order they end, what came of each. All crews give the same results: a run
depends on its configuration, its replication and nothing else.

The processes of a local cluster are restarted by their nannies when they die; a task that was in hand is tried again,
and given up when it has taken three workers with it (Dask's ``allowed-failures``). No worker is given a second task
while it has one, so that it takes no other with it.
"""

from __future__ import annotations

import logging
import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

from sim.store import StoreError, model_version
from sim.sweep.plan import Task
from sim.sweep.task import Outcome, compute

if TYPE_CHECKING:
    from sim.settings import Execution
    from sim.sweep.task import Simulate

KILLED = "its process died, every time: it was killed, or the machine ran out of memory"
ATTEMPTS = 3  # processes that a run may take with it
PATIENCE = 30  # seconds for a scheduler to answer

CONFIGURATION = {
    "distributed.scheduler.allowed-failures": ATTEMPTS - 1,
    "distributed.scheduler.worker-saturation": 1.0,
    "distributed.worker.profile.enabled": False,
    "distributed.admin.tick.limit": "1h",  # a run holds Python's lock for long; that is no fault
}


class Crew(Protocol):
    """Whoever computes tasks."""

    @property
    def size(self) -> int:
        """How many tasks it computes at a time; workers may come and go."""

    def start(self, task: Task) -> None:
        """Take on a task."""

    def ended(self) -> Iterator[tuple[Task, Outcome]]:
        """Wait until a task has ended, and give all that have."""


class Alone:
    """This process: no start, no messages; what kills a run kills the sweep."""

    size = 1

    def __init__(self, simulate: Simulate | None = None) -> None:
        self.simulate = simulate
        self._task: Task | None = None

    def start(self, task: Task) -> None:
        self._task = task

    def ended(self) -> Iterator[tuple[Task, Outcome]]:
        task, self._task = self._task, None
        if task is not None:
            yield task, compute(task, model_version(), self.simulate)


class DaskCrew:
    """The workers of a Dask scheduler."""

    def __init__(self, client: Any, expected: int, simulate: Simulate | None = None) -> None:
        """``expected``: workers that will come, though they may not be here yet."""
        from distributed import as_completed

        self.client = client
        self.expected = expected
        self.simulate = simulate
        with client.as_current():
            self._ended = as_completed(with_results=True, raise_errors=False)
        self._tasks: dict[Any, Task] = {}

    @property
    def size(self) -> int:
        return max(self.expected, sum(self.client.nthreads().values()))

    def start(self, task: Task) -> None:
        future = self.client.submit(compute, _from_anywhere(task), model_version(), self.simulate, pure=False)
        self._tasks[future] = task
        self._ended.add(future)

    def ended(self) -> Iterator[tuple[Task, Outcome]]:
        for future, result in self._ended.next_batch():
            yield self._tasks.pop(future), self._outcome(future, result)

    @staticmethod
    def _outcome(future: Any, result: Any) -> Outcome:
        from distributed import KilledWorker

        if future.status == "finished":
            return result  # type: ignore[no-any-return]
        error = future.exception()
        if error is None:  # the worker was killed before it could hand over its answer, and another was asked
            return future.result()  # type: ignore[no-any-return]
        if isinstance(error, KilledWorker):
            return Outcome("killed", KILLED)
        return Outcome("failed", f"{type(error).__name__}: {' '.join(str(error).split())}")


@contextmanager
def dask_crew(execution: Execution, workers: int, simulate: Simulate | None = None) -> Iterator[DaskCrew]:
    """The crew that ``execution`` asks for: local processes and Slurm jobs end with the block, a cluster stays.

    ``workers``: how many there will be, at least. Raises StoreError in one line when no scheduler answers, when its
    workers have another version of the model, and when there is no Slurm or none is to be asked.
    """
    if execution.name == "slurm":
        _may_submit(execution)
    import dask
    from distributed import Client

    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    with dask.config.set(CONFIGURATION), ExitStack() as open_:
        if execution.name == "cluster":
            try:
                client = open_.enter_context(Client(execution.scheduler, timeout=PATIENCE, set_as_default=False))
            except (OSError, ValueError) as error:
                why = "no scheduler answers there" if isinstance(error, OSError) else "must look like tcp://host:8786"
                raise StoreError(f"execution.scheduler={execution.scheduler}: {why}") from error
            _same_model(client)
        else:
            with _deaf_to_interrupts():  # what is blocked here stays so in the processes that the cluster starts
                cluster = _local(workers) if execution.name == "local" else slurm_cluster(execution)
                open_.callback(_close, cluster)
                client = open_.enter_context(Client(cluster, set_as_default=False))
        yield DaskCrew(client, workers, simulate)


def _local(workers: int) -> Any:
    from distributed import LocalCluster

    return LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",  # none would mean port 8787 of all networks
        scheduler_kwargs={"dashboard": False},
        memory_limit=None,  # how much a run may take is for the machine to say
        silence_logs=logging.CRITICAL,
    )


def slurm_cluster(execution: Execution) -> Any:
    """The Slurm jobs that ``execution`` asks for; none is submitted while ``execution.dry_run`` is true."""
    import dask_jobqueue

    cluster = dask_jobqueue.SLURMCluster(
        queue=execution.partition or None,
        account=execution.account or None,
        walltime=execution.walltime,
        cores=execution.cores,
        processes=execution.cores,
        memory=f"{execution.memory_gb:g}GB",
        job_name="tiltak",
        scheduler_options={"dashboard_address": ":0"},  # a login node has many users
        silence_logs=logging.CRITICAL,
    )
    if not execution.dry_run:
        cluster.scale(jobs=execution.jobs)
    return cluster


def _may_submit(execution: Execution) -> None:
    if execution.dry_run:
        raise StoreError("execution.dry_run=true: submits nothing, so nothing is computed; leave it away to compute")
    if shutil.which("sbatch") is None:
        raise StoreError("execution=slurm: there is no sbatch here; execution.dry_run=true prints the job script")


def _from_anywhere(task: Task) -> Task:
    """The task with whole paths: a worker may have been started in another folder."""
    settings = task.run.settings
    run = replace(task.run, settings=settings.model_copy(update={"results": settings.results.absolute()}))
    return Task(run, task.snapshots and task.snapshots.absolute())


def _close(cluster: Any) -> None:
    """Ends the processes of a cluster at once. Files are written whole or not at all: a worker may stop anywhere."""
    for nanny in cluster.workers.values():
        nanny.auto_restart = False
        process = getattr(getattr(nanny, "process", None), "process", None)
        if process is not None and process.pid is not None:
            with suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGKILL)
    cluster.close(timeout=PATIENCE)


def _same_model(client: Any) -> None:
    """Raises StoreError when a worker would compute something else than is asked."""
    for address, theirs in client.run(model_version).items():
        if theirs != model_version():
            raise StoreError(
                f"the worker at {address} has model version {theirs}, here it is {model_version()}: "
                "start the workers from this checkout"
            )


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Blocks Ctrl-C in this thread, hence in every thread and process that it starts meanwhile."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
