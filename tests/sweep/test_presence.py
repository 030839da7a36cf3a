"""Two sweeps in one folder: the second is told and begins at the other end; cards of the dead go."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from sim.settings import Settings, compose
from sim.store import Run
from sim.sweep import run_all
from sim.sweep.presence import STALE_SECONDS, Presence, present


def fake(settings: Settings, replication: int, snapshots: Path | None) -> SimpleNamespace:
    """Stands in for the model; notes who ran."""
    with open(settings.results / "calls.txt", "a") as calls:
        calls.write(f"{replication}\n")
    cell = {"cohort": "stock", "metric": "employed_share", "group": "all", "horizon_weeks": 104}
    return SimpleNamespace(
        outcomes=pd.DataFrame([{**cell, "value": 0.5, "unit": "share"}]),
        weekly=pd.DataFrame({"week": [0], "series": ["registered"], "value": [1.0]}),
        timings={},
    )


@pytest.fixture(scope="module")
def composed() -> Settings:
    return compose("population=classroom", "replications=3", "workers=1")


@pytest.fixture
def point(composed: Settings, tmp_path: Path) -> Settings:
    return composed.model_copy(update={"results": tmp_path})


def ended_process() -> int:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def leave_card(folder: Path, process: int, host: str = socket.gethostname(), age: float = 0.0) -> Path:
    (folder / "at_work").mkdir(exist_ok=True)
    path = folder / "at_work" / f"{process}.json"
    path.write_text(json.dumps({"process": process, "host": host, "since": "12:00"}))
    os.utime(path, (time.time() - age,) * 2)
    return path


def calls(folder: Path) -> list[str]:
    return (folder / "calls.txt").read_text().split()


def test_who_is_alone_begins_at_the_front_and_leaves_no_card(point: Settings) -> None:
    run_all([point], progress=False, simulate=fake)
    assert calls(point.results) == ["0", "1", "2"]
    assert not (point.results / "at_work").exists()


@pytest.mark.parametrize("others", [1, 2])
def test_who_comes_later_is_told_and_begins_at_the_other_end(
    point: Settings, capfd: pytest.CaptureFixture[str], others: int
) -> None:
    with present({point.results}) as first, present({point.results}) as second:
        for card in [*first, *second][:others]:
            card.renew()
        run_all([point], simulate=fake)
    assert calls(point.results) == ["2", "1", "0"]
    told = [line for line in capfd.readouterr().err.splitlines() if "Another sweep" in line]
    assert len(told) == 1
    assert told[0].count(f"process {os.getpid()} on {socket.gethostname()}, since ") == others
    assert told[0].endswith("this one begins at the other end.")
    assert not (point.results / "at_work").exists()


def test_what_another_sweep_has_stored_meanwhile_is_not_computed_again(point: Settings) -> None:
    def simulate(settings: Settings, replication: int, snapshots: Path | None) -> SimpleNamespace:
        if replication == 0:  # the other sweep stores the last run, while this one computes the first
            run_all([point], only={Run.of(point, 2).key}, progress=False, simulate=fake)
        return fake(settings, replication, snapshots)

    report = run_all([point], progress=False, simulate=simulate)
    assert calls(point.results) == ["2", "0", "1"]
    assert [run.replication for run in report.done] == [0, 1, 2]
    assert len(report.keys) == 3


def test_a_card_of_a_process_that_ended_goes(tmp_path: Path) -> None:
    leave_card(tmp_path, ended_process())
    assert Presence(tmp_path).others() == []
    assert not (tmp_path / "at_work").exists()


def test_a_card_from_another_machine_counts_until_it_is_old(tmp_path: Path) -> None:
    card = leave_card(tmp_path, 1, host="elsewhere", age=STALE_SECONDS / 2)
    assert Presence(tmp_path).others() == ["process 1 on elsewhere, since 12:00"]
    os.utime(card, (time.time() - 2 * STALE_SECONDS,) * 2)
    assert Presence(tmp_path).others() == []
    assert not card.exists()


def test_a_card_that_cannot_be_read_is_passed_over(tmp_path: Path) -> None:
    leave_card(tmp_path, 1).write_text("{")
    assert Presence(tmp_path).others() == []


def test_what_a_killed_sweep_left_goes_even_if_nothing_is_left_to_compute(point: Settings) -> None:
    run_all([point], progress=False, simulate=fake)
    leave_card(point.results, ended_process())
    (point.results / "burn_in").mkdir()
    run_all([point], progress=False, simulate=fake)
    assert sorted(path.name for path in point.results.iterdir()) == ["calls.txt", "outcomes", "runs", "weekly"]
