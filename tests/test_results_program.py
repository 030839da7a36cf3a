"""experiments/results.py: what is in a folder, trying again, asking for more, and errors in one line."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

import sim.sweep
from experiments import results as program
from experiments import run
from sim.settings import Settings
from sim.store import Results

COMMAND = ["-m", "scenario=baseline,caseload_15", "population=classroom", "replications=2", "workers=1", "seed=7"]


def fake(settings: Settings, replication: int, snapshots: Path | None) -> SimpleNamespace:
    """Stands in for the model; notes who ran, and with what."""
    if (settings.results / "broken").exists() and (settings.scenario, replication) == ("caseload_15", 1):
        raise ValueError("no more supervisors")
    with open(settings.results / "calls.txt", "a") as calls:
        calls.write(f"{settings.scenario} {replication} {settings.seed} {settings.policy.supervisors.caseload:g}\n")
    cell = {"cohort": "stock", "metric": "employed_share", "group": "all", "horizon_weeks": 104}
    return SimpleNamespace(
        outcomes=pd.DataFrame([{**cell, "value": 0.4 + replication / 100, "unit": "share"}]),
        weekly=pd.DataFrame({"week": [0], "series": ["registered"], "value": [1.0]}),
        timings={},
    )


@pytest.fixture(scope="module", autouse=True)
def without_the_model() -> Iterator[None]:
    quick = partial(sim.sweep.run_all, simulate=fake, progress=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sim.sweep, "run_all", quick)
        patch.setattr(program, "run_all", quick)
        yield


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with three runs and one that failed."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "broken").touch()
    assert run.main([*COMMAND, f"results={folder}"]) == 1
    (folder / "broken").unlink()
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """Its own copy for each test, elsewhere and under a name with odd characters."""
    return Path(shutil.copytree(made, tmp_path / "who's (own) results"))


def calls(folder: Path) -> list[str]:
    return (folder / "calls.txt").read_text().splitlines()


def test_status_tells_what_is_missing_and_what_failed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["status", str(folder)]) == 0
    said = capsys.readouterr().out
    assert f"{folder}: 3 runs stored, 1 failed, " in said
    assert "python experiments/run.py -m scenario=baseline,caseload_15" in said
    assert "  1 of 4 runs missing\n" in said
    assert "Failed: caseload_15, replication 1 (run " in said and "): ValueError: no more supervisors\n" in said


def test_only_failed_runs_are_tried_again_with_their_own_configuration(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert program.main(["retry-failed", str(folder)]) == 0
    assert capsys.readouterr().out == "1 of 1 runs are stored now.\n"
    assert calls(folder)[3:] == ["caseload_15 1 7 15"]
    assert list(Results(folder).runs()["status"]) == ["ok"] * 4
    assert program.main(["retry-failed", str(folder)]) == 0
    assert capsys.readouterr().out == "No run of this version of the model has failed.\n"
    assert program.main(["status", str(folder)]) == 0
    assert "  complete\n" in capsys.readouterr().out


def test_a_run_that_fails_again_gives_status_1(folder: Path) -> None:
    (folder / "broken").touch()
    assert program.main(["retry-failed", str(folder)]) == 1


def test_a_command_is_extended_and_only_what_is_new_is_computed(folder: Path) -> None:
    assert program.main(["extend", str(folder), "replications=3", "scenario=caseload_60"]) == 0
    assert sorted(calls(folder)[3:]) == [
        "baseline 2 7 120",
        "caseload_15 1 7 15",
        "caseload_15 2 7 15",
        *(f"caseload_60 {replication} 7 60" for replication in range(3)),
    ]


def test_nothing_to_extend_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (folder / "asked").iterdir():
        path.unlink()
    assert program.main(["extend", str(folder), "replications=3"]) == 2
    assert "was asked nothing here" in capsys.readouterr().err


def test_check_tells_by_its_status_whether_all_is_well(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["check", str(folder)]) == 0
    assert capsys.readouterr().out == "4 runs looked at: all is well\n"
    damaged = next(folder.glob("outcomes/*/*.parquet"))
    damaged.write_bytes(b"")
    assert program.main(["check", str(folder)]) == 1
    assert capsys.readouterr().out == (
        f"{damaged}: not as it was written: damaged or changed (the same command computes the run again)\n"
        "4 runs looked at: 1 files are not as they should be\n"
    )


def test_check_finds_damage_also_where_no_row_of_the_manifest_is_whole(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in folder.glob("runs/*/*.parquet"):
        path.write_bytes(b"")
    assert program.main(["check", str(folder)]) == 1
    assert "4 files are not as they should be" in capsys.readouterr().out


def test_tables_are_written_and_asked(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["collect", str(folder)]) == 0
    assert len(pd.read_csv(folder / "collected.csv")) == 3
    assert program.main(["export", str(folder), "runs", str(tmp_path / "runs.xlsx")]) == 0
    assert len(pd.read_excel(tmp_path / "runs.xlsx")) == 4
    capsys.readouterr()
    assert program.main(["query", str(folder), "SELECT count(*) AS n FROM runs"]) == 0
    assert capsys.readouterr().out.split() == ["n", "4"]


def test_runs_of_another_version_are_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(program, "model_version", lambda: "another")
        assert program.main(["status", str(folder)]) == 0
        said = capsys.readouterr().out
        assert "4 runs of another version of the model; they are left as they are" in said
        assert "  of another version of the model\n" in said
        assert program.main(["retry-failed", str(folder)]) == 0
        assert program.main(["extend", str(folder), "replications=3"]) == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["status", "nosuch"], "nosuch: no such folder"),
        (["status", "empty"], "empty holds no runs"),
        (["check", "empty"], "empty holds no runs"),
        (["collect", "empty"], "empty holds no finished runs"),
        (["export", "empty", "outcomes", "x.csv"], "empty holds no outcomes"),
        (["query", "empty", "SELECT 1"], "empty holds no runs"),
        (["extend", "empty", "seed=3"], "empty: this version of the model was asked nothing here"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_line(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    assert program.main(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"error: {message}") and said.err.count("\n") == 1
    assert list((tmp_path / "empty").iterdir()) == []


def test_what_was_asked_is_kept_as_data(folder: Path) -> None:
    [file] = (folder / "asked").iterdir()
    told = json.loads(file.read_text())
    assert told["command"][:2] == COMMAND[:2]
    assert len(told["runs"]) == 4
