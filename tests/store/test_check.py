"""Whatever is wrong in a results folder is found, and named with its file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pyarrow.parquet as pq
import pytest

from sim.settings import Settings, compose
from sim.store import Results, Run
from sim.store.check import check
from sim.store.results import now
from sim.store.tables import write_table


@pytest.fixture(scope="module")
def composed() -> Settings:
    return compose("population=classroom")


@pytest.fixture
def runs(composed: Settings, tmp_path: Path) -> list[Run]:
    """Two stored runs."""
    stored = Run.all_of(composed.model_copy(update={"results": tmp_path, "replications": 2}))
    for run in stored:
        cell = {"cohort": "stock", "metric": "employed_share", "group": "all", "horizon_weeks": 104}
        tables = SimpleNamespace(
            outcomes=pd.DataFrame([{**cell, "value": 0.25, "unit": "share"}]),
            weekly=pd.DataFrame({"week": [0], "series": ["registered"], "value": [1000.0]}),
            timings={},
        )
        Results(tmp_path).write_run(run, tables, now(), 1.0)  # type: ignore[arg-type]
    return stored


def file(run: Run, table: str) -> Path:
    return Results(run.settings.results).path(table, run.settings.scenario, run.key)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


def changed(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:30] + bytes([content[30] ^ 0xFF]) + content[31:])


@pytest.mark.usefixtures("runs")
def test_nothing_is_found_where_all_is_well(tmp_path: Path) -> None:
    assert check(tmp_path) == []


@pytest.mark.parametrize(
    ("table", "damage", "what"),
    [
        ("runs", cut, "damaged: cannot be read as one row of the manifest"),
        ("runs", changed, "damaged: cannot be read as one row of the manifest"),
        ("runs", Path.unlink, None),
        ("outcomes", cut, "not as it was written: damaged or changed"),
        ("outcomes", changed, "not as it was written: damaged or changed"),
        ("weekly", Path.unlink, "missing, though the manifest says that the run is stored"),
    ],
)
def test_a_damaged_file_is_named(
    runs: list[Run], tmp_path: Path, table: str, damage: Callable[[Path], None], what: str | None
) -> None:
    path = file(runs[1], table)
    damage(path)
    before = sorted(tmp_path.rglob("*"))
    found = [(finding.path, finding.what) for finding in check(tmp_path)]
    if what is None:  # without a row of the manifest, the tables belong to nobody
        nobodys = "belongs to no run of the manifest: its run was stopped"
        assert found == [(file(runs[1], name), nobodys) for name in ("outcomes", "weekly")]
    else:
        assert found == [(path, what)]
    assert sorted(tmp_path.rglob("*")) == before


def test_a_row_of_another_run_is_named(runs: list[Run], tmp_path: Path) -> None:
    one, other = runs
    file(one, "outcomes").write_bytes(file(other, "outcomes").read_bytes())
    assert [(f.path, f.what) for f in check(tmp_path)] == [
        (file(one, "outcomes"), "not as it was written: damaged or changed")
    ]
    # Even where the manifest was changed with it.
    rewritten(one, files=pq.read_table(file(other, "runs"))["files"][0].as_py())
    outcomes, weekly = json.loads(pq.read_table(file(other, "runs"))["files"][0].as_py()).values()
    assert outcomes != weekly
    assert [(f.path, f.what) for f in check(tmp_path)] == [
        (file(one, "outcomes"), f"holds rows of other runs: {other.key}"),
        (file(one, "weekly"), "not as it was written: damaged or changed"),
    ]


def test_a_manifest_of_another_run_is_named(runs: list[Run], tmp_path: Path) -> None:
    one, other = runs
    file(one, "runs").write_bytes(file(other, "runs").read_bytes())
    assert [(f.path, f.what) for f in check(tmp_path)] == [
        (file(one, "runs"), f"holds the manifest of run {other.key}")
    ]


def test_a_key_that_does_not_fit_its_configuration_is_named(runs: list[Run], tmp_path: Path) -> None:
    told = json.loads(pq.read_table(file(runs[0], "runs"))["configuration"][0].as_py())
    rewritten(runs[0], configuration=json.dumps({**told, "seed": told["seed"] + 1}))
    assert [(f.path, f.what) for f in check(tmp_path)] == [
        (file(runs[0], "runs"), "its key is not that of its configuration: the file was changed")
    ]


def test_a_key_of_another_version_of_the_model_is_not_judged(runs: list[Run], tmp_path: Path) -> None:
    told = json.loads(pq.read_table(file(runs[0], "runs"))["configuration"][0].as_py())
    rewritten(runs[0], configuration=json.dumps({**told, "new": 1}), model_version="another")
    assert check(tmp_path) == []


def test_other_columns_are_named(runs: list[Run], tmp_path: Path) -> None:
    path = file(runs[0], "runs")
    write_table(pq.read_table(path).drop_columns(["timings"]), path)
    assert [(f.path, f.what) for f in check(tmp_path)] == [(path, "columns of another version of the store: timings")]


def test_a_half_written_file_is_named(runs: list[Run], tmp_path: Path) -> None:
    path = file(runs[0], "weekly")
    half = path.with_name(f".{path.name}.0123.tmp")
    half.write_bytes(path.read_bytes()[:100])
    [found] = check(tmp_path)
    assert (found.path, found.mended_by) == (half, "goes by itself after an hour")


def test_a_failed_run_is_no_damage(runs: list[Run], tmp_path: Path) -> None:
    Results(tmp_path).write_failure(runs[0], "ValueError: no", "Traceback", now(), 1.0)
    assert check(tmp_path) == []


def rewritten(run: Run, **values: str) -> None:
    """The manifest of a run with other values, in a file that is as whole as the first."""
    path = file(run, "runs")
    table = pq.read_table(path)
    [row] = table.to_pylist()
    write_table(table.from_pylist([{**row, **values}], schema=table.schema), path)
