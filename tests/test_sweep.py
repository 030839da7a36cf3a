"""A sweep computes what is missing, loses nothing that was finished, and says what failed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from sim.settings import Settings, compose
from sim.store import Results, Run, StoreError
from sim.sweep import Group, Plan, SweepReport, run_all

OVERRIDES = ("population=classroom", "replications=2", "workers=1")


def fake(settings: Settings, replication: int, snapshots: Path | None) -> SimpleNamespace:
    """Stands in for the model: quick, and notes in the results folder who ran from which burn-in."""
    if snapshots is not None:
        reused = (snapshots / "state").exists()
        snapshots.mkdir(parents=True, exist_ok=True)
        (snapshots / "state").write_text("burned in")
    with open(settings.results / "calls.txt", "a") as calls:
        calls.write(f"{settings.scenario} {replication} {'none' if snapshots is None else reused}\n")
    value = float(replication + len(settings.scenario))
    cell = {"cohort": "stock", "metric": "employed_share", "group": "all", "horizon_weeks": 104}
    return SimpleNamespace(
        outcomes=pd.DataFrame([{**cell, "value": value, "unit": "share"}]),
        weekly=pd.DataFrame({"week": [0], "series": ["registered"], "value": [value]}),
        persons=None,
        spells=None,
        timings={},
    )


def fake_with_a_failing_run(settings: Settings, replication: int, snapshots: Path | None) -> SimpleNamespace:
    if (settings.scenario, replication) == ("caseload_15", 1):
        raise ValueError("no more\nsupervisors")
    return fake(settings, replication, snapshots)


def fake_with_a_deadly_run(settings: Settings, replication: int, snapshots: Path | None) -> SimpleNamespace:
    if (settings.scenario, replication) == ("caseload_15", 1):
        os.kill(os.getpid(), signal.SIGKILL)
    return fake(settings, replication, snapshots)


def fake_interrupted(settings: Settings, replication: int, snapshots: Path | None) -> SimpleNamespace:
    if (settings.scenario, replication) == ("caseload_15", 1):
        raise KeyboardInterrupt
    return fake(settings, replication, snapshots)


def fake_slow(settings: Settings, replication: int, snapshots: Path | None) -> SimpleNamespace:
    if replication > 0:
        time.sleep(60)
    return fake(settings, replication, snapshots)


@pytest.fixture(scope="module")
def composed() -> list[Settings]:
    return [compose(*OVERRIDES, f"scenario={name}") for name in ("baseline", "caseload_15", "se_in_house")]


@pytest.fixture
def points(composed: list[Settings], tmp_path: Path) -> list[Settings]:
    return [point.model_copy(update={"results": tmp_path / "results"}) for point in composed]


def calls(points: Sequence[Settings]) -> list[str]:
    return (points[0].results / "calls.txt").read_text().splitlines()


def on_two_workers(points: Sequence[Settings]) -> list[Settings]:
    return [point.model_copy(update={"workers": 2}) for point in points]


def test_runs_that_share_a_burn_in_follow_one_another_and_their_snapshot_goes(points: list[Settings]) -> None:
    report = run_all(points, progress=False, simulate=fake)
    assert len(report.done) == 6
    assert calls(points) == [
        "baseline 0 False",
        "caseload_15 0 True",
        "se_in_house 0 True",
        "baseline 1 False",
        "caseload_15 1 True",
        "se_in_house 1 True",
    ]
    assert not (points[0].results / "burn_in").exists()


def test_what_is_stored_is_not_computed_again(points: list[Settings]) -> None:
    run_all(points[:2], progress=False, simulate=fake)
    report = run_all(points, progress=False, simulate=fake)
    assert [run.name for run in report.skipped] == [
        f"{name}, replication {number}" for name in ("baseline", "caseload_15") for number in (0, 1)
    ]
    assert len(calls(points)) == 6
    assert calls(points)[4:] == ["se_in_house 0 none", "se_in_house 1 none"]
    assert report.keys == [Run.of(point, number).key for point in points for number in (0, 1)]


def test_more_replications_add_to_those_there_are(points: list[Settings]) -> None:
    run_all(points[:1], progress=False, simulate=fake)
    more = [points[0].model_copy(update={"replications": 3})]
    report = run_all(more, progress=False, simulate=fake)
    assert [run.replication for run in report.done] == [2]


def test_a_run_that_is_asked_for_twice_is_computed_once(points: list[Settings]) -> None:
    assert len(run_all([points[0], points[0]], progress=False, simulate=fake).done) == 2


def test_a_damaged_run_is_computed_again(points: list[Settings]) -> None:
    first = run_all(points, progress=False, simulate=fake).done[0]
    Results(points[0].results).path("weekly", first.settings.scenario, first.key).write_bytes(b"")
    assert [run.key for run in run_all(points, progress=False, simulate=fake).done] == [first.key]


def test_a_failing_run_is_named_and_the_others_go_on(points: list[Settings], capfd: pytest.CaptureFixture[str]) -> None:
    report = run_all(points, progress=False, simulate=fake_with_a_failing_run)
    assert len(report.done) == 5
    [(failed, error)] = report.failed
    assert (failed.name, error) == ("caseload_15, replication 1", "ValueError: no more supervisors")
    told = capfd.readouterr().err
    assert told == f"Failed: caseload_15, replication 1 (run {failed.key}): ValueError: no more supervisors\n"
    manifest = Results(points[0].results).runs().set_index("run_key")
    assert manifest.loc[failed.key, "status"] == "failed"
    assert "fake_with_a_failing_run" in str(manifest.loc[failed.key, "traceback"])
    assert [run.key for run in run_all(points, progress=False, simulate=fake).done] == [failed.key]


def test_two_workers_give_what_one_gives(points: list[Settings], tmp_path: Path) -> None:
    run_all(points, progress=False, simulate=fake)
    elsewhere = [point.model_copy(update={"results": tmp_path / "two"}) for point in on_two_workers(points)]
    report = run_all(elsewhere, progress=False, simulate=fake)
    assert len(report.done) == 6
    one, two = (Results(folder).table("outcomes") for folder in (points[0].results, tmp_path / "two"))
    pd.testing.assert_frame_equal(one, two)
    assert sorted(line.split()[2] for line in calls(elsewhere)) == ["False"] * 2 + ["True"] * 4


def test_a_killed_worker_costs_only_the_run_that_kills_it(points: list[Settings]) -> None:
    report = run_all(on_two_workers(points), progress=False, simulate=fake_with_a_deadly_run)
    assert len(report.keys) == 5  # one may have been stored by a worker that was killed before it could say so
    [(failed, error)] = report.failed
    assert failed.name == "caseload_15, replication 1"
    assert error.startswith("its process died, every time")
    assert not (points[0].results / "burn_in").exists()


def test_an_interrupted_sweep_says_how_to_go_on_and_does(
    points: list[Settings], capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(KeyboardInterrupt):
        run_all(points, progress=False, simulate=fake_interrupted)
    assert capfd.readouterr().err == ("Stopped. Runs finished and stored: 4; the same command goes on from there.\n")
    report = run_all(points, progress=False, simulate=fake)
    assert (len(report.skipped), len(report.done)) == (4, 2)
    assert calls(points)[4:] == [
        "caseload_15 1 True",
        "se_in_house 1 True",
    ]  # from the snapshot that was left


def test_ctrl_c_stops_the_workers_at_once(points: list[Settings], tmp_path: Path) -> None:
    script = tmp_path / "sweep_to_interrupt.py"
    arguments = [*OVERRIDES[:2], "workers=2", f"results={points[0].results}"]
    script.write_text(
        "import signal, sys\n"
        # A shell that runs the tests in the background has Ctrl-C ignored in them.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        f"sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "from sim.settings import compose\n"
        "from sim.sweep import run_all\n"
        "from test_sweep import fake_slow\n"
        "if __name__ == '__main__':\n"
        "    try:\n"
        f"        run_all([compose(*{arguments!r})], simulate=fake_slow)\n"
        "    except KeyboardInterrupt:\n"
        "        sys.exit(130)\n"
    )
    # In a session of its own, so that the signal reaches the workers as it does from a keyboard.
    log = tmp_path / "stderr.txt"
    with open(log, "w") as stderr:
        sweep = subprocess.Popen([sys.executable, str(script)], stderr=stderr, start_new_session=True)
    try:
        deadline = time.monotonic() + 60
        while "(50 %)" not in log.read_text() and time.monotonic() < deadline:
            time.sleep(0.1)
        os.killpg(sweep.pid, signal.SIGINT)
        assert sweep.wait(timeout=20) == 130
    finally:
        if sweep.poll() is None:
            os.killpg(sweep.pid, signal.SIGKILL)
    told = log.read_text()
    assert told.endswith("Stopped. Runs finished and stored: 1; the same command goes on from there.\n")
    assert "Traceback" not in told


def test_progress_is_told_in_plain_lines_when_nobody_watches(
    points: list[Settings], capfd: pytest.CaptureFixture[str]
) -> None:
    run_all(points[:1], simulate=fake)
    lines = capfd.readouterr().err.splitlines()
    assert lines[0].startswith("2 runs of 1 scenario in ")
    assert re.search(r": 0 stored already, 2 to compute on 1 worker, about \d+ s and 500 kB$", lines[0])
    assert [line.split(",")[0] for line in lines[1:]] == ["  1 of 2 runs (50 %)", "  2 of 2 runs (100 %)"]


def test_an_unwritable_folder_is_told_before_anything_is_computed(points: list[Settings], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    blocked = points[1].model_copy(update={"results": tmp_path / "file" / "results"})
    with pytest.raises(StoreError, match="cannot write results"):
        run_all([points[0], blocked], progress=False, simulate=fake)
    assert not (points[0].results / "calls.txt").exists()


def test_no_points_is_no_work() -> None:
    assert run_all([], progress=False) == SweepReport([])


def test_the_first_run_of_a_burn_in_goes_alone(points: list[Settings], tmp_path: Path) -> None:
    groups = [
        Group(tmp_path / str(replication), [Run.of(point, replication) for point in points]) for replication in (0, 1)
    ]
    plan = Plan(groups, workers=4)
    first, second = plan.next(), plan.next()
    assert first is not None and second is not None
    assert [task.run.name for task in (first, second)] == [
        "baseline, replication 0",
        "baseline, replication 1",
    ]
    assert plan.next() is None  # the others wait for their burn-in
    plan.finish(first, ok=True)
    assert [task and task.run.name for task in (plan.next(), plan.next(), plan.next())] == [
        "caseload_15, replication 0",
        "se_in_house, replication 0",
        None,
    ]
    plan.finish(second, ok=False)
    assert plan.next() is not None  # computes the burn-in that the failed run did not
    assert plan.next() is None
