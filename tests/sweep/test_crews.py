"""Whoever computes gives the same tables; what keeps a sweep from going on is told in one line."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from experiments import run as program
from sim.settings import Settings, compose
from sim.store import Results, StoreError
from sim.sweep import run_all
from sim.sweep.crews import dask_crew

POINTS = ("baseline", "caseload_15", "se_in_house")


def fake(settings: Settings, replication: int, snapshots: Path | None) -> SimpleNamespace:
    """Stands in for the model: numbers that follow from the settings and the replication."""
    if snapshots is not None:
        snapshots.mkdir(parents=True, exist_ok=True)
    draws = np.random.default_rng([replication, len(settings.scenario)]).random(3)
    cell = {"cohort": "stock", "metric": "employed_share", "group": "all"}
    return SimpleNamespace(
        outcomes=pd.DataFrame(
            [{**cell, "horizon_weeks": 26 * number, "value": x, "unit": "share"} for number, x in enumerate(draws)]
        ),
        weekly=pd.DataFrame({"week": [0], "series": ["registered"], "value": [draws.sum()]}),
        timings={},
    )


def fake_with_a_full_disk(settings: Settings, replication: int, snapshots: Path | None) -> SimpleNamespace:
    if replication == 1:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    return fake(settings, replication, snapshots)


def fake_whose_snapshot_is_taken_away(settings: Settings, replication: int, snapshots: Path | None) -> SimpleNamespace:
    if snapshots is not None:
        (snapshots / "policy_date.npz").read_bytes()
    return fake(settings, replication, snapshots)


@pytest.fixture(scope="module")
def composed() -> list[Settings]:
    return [compose("population=classroom", "replications=2", "workers=2", f"scenario={name}") for name in POINTS]


@pytest.fixture
def points(composed: list[Settings], tmp_path: Path) -> list[Settings]:
    return [point.model_copy(update={"results": tmp_path / "results"}) for point in composed]


def executed(points: list[Settings], **execution: object) -> list[Settings]:
    """The points, to be computed by others and into a folder of their own."""
    first = points[0]
    how = first.execution.model_copy(update=execution)
    folder = first.results.with_name(str(execution["name"]))
    return [point.model_copy(update={"execution": how, "results": folder}) for point in points]


def assert_same_tables(one: Path, other: Path) -> None:
    for table in ("outcomes", "weekly"):
        pd.testing.assert_frame_equal(Results(one).table(table), Results(other).table(table), check_exact=True)


def test_one_process_and_several_give_the_same_tables(points: list[Settings]) -> None:
    serial, local = executed(points, name="serial"), executed(points, name="local")
    for crew in (serial, local):
        assert len(run_all(crew, progress=False, simulate=fake).done) == 6
    assert_same_tables(serial[0].results, local[0].results)


@pytest.mark.parametrize("workers", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_a_full_disk_stops_the_sweep_in_one_line_and_what_is_stored_stays(points: list[Settings], workers: int) -> None:
    points = [point.model_copy(update={"workers": workers}) for point in points]
    with pytest.raises(StoreError) as caught:
        run_all(points, progress=False, simulate=fake_with_a_full_disk)
    folder = points[0].results
    assert str(caught.value).startswith(f"cannot write to {folder}: No space left on device")
    assert "\n" not in str(caught.value)
    stored = Results(folder).runs()
    assert set(stored["status"]) <= {"ok"} and (workers == 2 or len(stored) == 3)
    if workers == 1:
        assert str(caught.value).endswith("Runs finished and stored: 3; the same command goes on from there.")
    assert len(run_all(points, progress=False, simulate=fake).keys) == 6


def test_a_disk_that_is_full_when_a_table_is_written_stops_the_sweep(
    points: list[Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    alone = [point.model_copy(update={"workers": 1}) for point in points]
    with monkeypatch.context() as patch:
        patch.setattr("sim.store.tables.os.replace", full)
        with pytest.raises(StoreError, match=r"^cannot write to .*: No space left on device$"):
            run_all(alone, progress=False, simulate=fake)
    assert not [path for path in alone[0].results.rglob("*") if path.is_file() and "burn_in" not in path.parts]


def test_a_snapshot_that_another_sweep_took_away_costs_no_run(points: list[Settings]) -> None:
    alone = [point.model_copy(update={"workers": 1}) for point in points]
    report = run_all(alone, progress=False, simulate=fake_whose_snapshot_is_taken_away)
    assert (len(report.done), report.failed) == (6, [])


def test_runs_of_another_version_are_told_in_one_line_and_left(
    points: list[Settings], capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    serial = executed(points, name="serial")
    with monkeypatch.context() as patch:
        for module in ("store.keys", "store.results", "sweep.task", "sweep.crews"):
            patch.setattr(f"sim.{module}.model_version", lambda: "another")
        run_all(serial[:1], progress=False, simulate=fake)
    capfd.readouterr()
    run_all(serial, simulate=fake)
    lines = capfd.readouterr().err.splitlines()
    assert lines[1] == (
        f"2 stored runs in {serial[0].results}: of another version of the model, not used here and left as they are"
    )
    assert sorted(Results(serial[0].results).runs()["model_version"] == "another") == [False] * 6 + [True] * 2


def test_a_worker_with_another_version_computes_nothing(
    points: list[Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.sweep.crews.model_version", lambda: "newer")
    report = run_all(executed(points[:1], name="serial"), progress=False, simulate=fake)
    assert not report.done
    assert "the worker has model version" in report.failed[0].error


# Other machines


def test_a_scheduler_that_does_not_answer_is_told_in_one_line_within_seconds(
    points: list[Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.sweep.crews.PATIENCE", 1)
    began = time.monotonic()
    nowhere = executed(points, name="cluster", scheduler="tcp://127.0.0.1:9")
    with pytest.raises(StoreError, match=r"^execution\.scheduler=tcp://127\.0\.0\.1:9: no scheduler answers there"):
        run_all(nowhere, progress=False, simulate=fake)
    assert time.monotonic() - began < 10
    with pytest.raises(StoreError, match="must look like tcp://host:8786"):
        run_all(executed(points, name="cluster", scheduler="nonsense://x"), progress=False, simulate=fake)


def test_without_slurm_the_job_script_is_shown_and_nothing_waits(
    points: list[Settings], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))  # no sbatch here
    arguments = ["execution=slurm", "execution.dry_run=true", "execution.cores=3", "execution.partition=normal"]
    assert program.main(arguments) == 0
    script = capsys.readouterr().out
    assert "\n#!/usr/bin/env bash\n" in script
    assert "#SBATCH --cpus-per-task=3\n" in script and "#SBATCH -p normal\n" in script
    assert "dask_worker tcp://" in script
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(StoreError, match="there is no sbatch here"):
        run_all(executed(points, name="slurm"), progress=False, simulate=fake)
    dry = executed(points, name="slurm", dry_run=True)[0].execution
    with pytest.raises(StoreError, match="submits nothing"), dask_crew(dry, 1):
        pass


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[str]:
    """A Dask scheduler and two workers of this machine, started in another folder; gives the address."""
    file, elsewhere = tmp_path / "scheduler.json", tmp_path / "elsewhere"
    elsewhere.mkdir()
    path = os.pathsep.join([str(Path(__file__).parent), *filter(None, sys.path)])
    common = {"cwd": elsewhere, "env": {**os.environ, "PYTHONPATH": path}}
    log = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    dask = [sys.executable, "-m", "dask"]
    started = ["--scheduler-file", str(file)]
    here = ["--host", "127.0.0.1", "--no-dashboard"]
    commands = [[*dask, "scheduler", "--port", "0", *here, "--dashboard-address", "127.0.0.1:0", *started]]
    commands += [[*dask, "worker", *started, "--nthreads", "1", "--no-nanny", *here]] * 2
    processes = [subprocess.Popen(command, **common, **log) for command in commands]  # type: ignore[call-overload]
    try:
        deadline = time.monotonic() + 60
        while not file.exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        yield json.loads(file.read_text())["address"]
    finally:
        for process in processes:
            process.kill()
            process.wait()


@pytest.mark.slow
def test_the_workers_of_a_cluster_give_the_same_tables(
    points: list[Settings], scheduler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from distributed import Client

    with Client(scheduler, timeout=30, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=60)
    serial = executed(points, name="serial")
    run_all(serial, progress=False, simulate=fake)
    monkeypatch.chdir(tmp_path)  # a folder that is named from here, and workers that are not here
    cluster = [
        point.model_copy(update={"results": Path("cluster")})
        for point in executed(points, name="cluster", scheduler=scheduler)
    ]
    report = run_all(cluster, progress=False, simulate=fake)
    assert (len(report.done), report.failed) == (6, [])
    assert_same_tables(serial[0].results, tmp_path / "cluster")
    assert not (tmp_path / "cluster" / "burn_in").exists()
    # The cluster stays, for the next sweep.
    more = [point.model_copy(update={"replications": 3}) for point in cluster]
    assert [run.replication for run in run_all(more, progress=False, simulate=fake).done] == [2, 2, 2]
    with monkeypatch.context() as patch:
        patch.setattr("sim.sweep.crews.model_version", lambda: str(os.getpid()))
        elsewhere = [point.model_copy(update={"results": Path("newer")}) for point in cluster]
        with pytest.raises(StoreError, match=r"has model version \d+, here it is \d+: start the workers from this"):
            run_all(elsewhere, progress=False, simulate=fake)
