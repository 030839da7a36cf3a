"""One tidy table of everything, tables for other programs, and questions in SQL."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from sim.settings import Composer, Settings
from sim.store import Results, Run, StoreError
from sim.store.collect import collect, export
from sim.store.results import now
from sim.store.views import query

VARYING = ["policy.supervisors.caseload", "world.people.trust"]


@pytest.fixture(scope="module")
def composed() -> list[Settings]:
    composer = Composer()
    common = ["population=classroom", "replications=2"]
    return [
        composer.settings([*common, *more])
        for more in ([], ["policy.supervisors.caseload=20"], ["world.people.trust=0.4"])
    ]


@pytest.fixture
def folder(composed: list[Settings], tmp_path: Path) -> Path:
    """Three points of two replications: today's, another caseload, another world."""
    folder = tmp_path / "it's here"  # a quote is a trap in SQL
    for settings in composed:
        for run in Run.all_of(settings.model_copy(update={"results": folder})):
            store(run)
    return folder


def store(run: Run) -> None:
    cell = {"cohort": "stock", "group": "all", "horizon_weeks": 104, "unit": "share"}
    tables = SimpleNamespace(
        outcomes=pd.DataFrame(
            [{**cell, "metric": name, "value": run.replication + 0.5} for name in ("employed_share", "gaze")]
        ),
        weekly=pd.DataFrame({"week": [0], "series": ["registered"], "value": [1000.0]}),
        timings={},
    )
    Results(run.settings.results).write_run(run, tables, now(), 1.0)  # type: ignore[arg-type]


def test_a_row_per_value_and_a_column_for_each_setting_that_varies(folder: Path) -> None:
    found = collect(Results(folder))
    front = ["run_key", "scenario", "replication", *VARYING]
    assert list(found.columns) == [*front, "cohort", "metric", "group", "horizon_weeks", "value", "unit"]
    assert len(found) == 12
    assert sorted(map(tuple, found[["scenario", *VARYING]].drop_duplicates().to_numpy())) == [
        ("baseline", 120, 0.4),
        ("baseline", 120, 0.55),
        ("baseline with supervisors.caseload 20.0", 20, 0.55),
    ]
    assert not found.duplicated(["run_key", "metric"]).any()


def test_what_all_runs_share_has_no_column(folder: Path) -> None:
    runs = Results(folder).runs()
    keys = runs[runs["scenario"] != "baseline"]["run_key"]
    assert not {*VARYING, "model_version"} & set(collect(Results(folder), keys).columns)


def test_a_failed_run_is_left_out(composed: list[Settings], folder: Path) -> None:
    run = Run.of(composed[0].model_copy(update={"results": folder}), 0)
    Results(folder).write_failure(run, "ValueError: no", "Traceback", now(), 1.0)
    assert len(collect(Results(folder))) == 10


def test_nothing_to_collect_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="holds no finished runs"):
        collect(Results(tmp_path))


@pytest.mark.parametrize("end", [".csv", ".parquet", ".XLSX"])
@pytest.mark.parametrize("table", ["runs", "outcomes"])
def test_a_table_reads_back_as_it_was(folder: Path, tmp_path: Path, end: str, table: str) -> None:
    frame = Results(folder).table(table)
    target = export(frame, tmp_path / "out" / f"{table}{end}")
    read = {".csv": pd.read_csv, ".parquet": pd.read_parquet, ".XLSX": pd.read_excel}[end](target)
    assert list(read.columns) == list(frame.columns)
    keep = ["run_key", "scenario", "replication"]
    pd.testing.assert_frame_equal(read[keep], frame[keep], check_dtype=False)
    if table == "runs":
        assert read["configuration"].tolist() == frame["configuration"].tolist()
    assert [path.name for path in target.parent.iterdir()] == [target.name]


def test_what_cannot_be_written_is_told_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    frame = pd.DataFrame({"x": [1, 2, 3]})
    with pytest.raises(StoreError, match=r"out.json: the name must end in one of .csv, .xlsx, .parquet"):
        export(frame, tmp_path / "out.json")
    monkeypatch.setattr("sim.store.collect.MOST_EXCEL_ROWS", 2)
    with pytest.raises(StoreError, match="3 rows, and Excel takes 2; write CSV or Parquet"):
        export(frame, tmp_path / "out.xlsx")
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match=r"cannot write .*out\.csv: File exists"):
        export(frame, tmp_path / "file" / "out.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_sql_sees_the_tables_that_there_are(folder: Path) -> None:
    joined = "SELECT status, count(*) AS n FROM outcomes JOIN runs USING (run_key) GROUP BY ALL"
    assert query(folder, joined).to_dict("records") == [{"status": "ok", "n": 12}]
    assert query(folder, "SELECT sum(value) AS v FROM weekly")["v"].tolist() == [6000.0]


@pytest.mark.parametrize("sql", ["SELEC 1", "SELECT nosuch FROM runs", "SELECT * FROM persons", ""])
def test_a_question_that_cannot_be_answered_is_told_in_one_line(folder: Path, sql: str) -> None:
    with pytest.raises(StoreError, match=r"^query: ") as caught:
        query(folder, sql)
    assert "\n" not in str(caught.value)


def test_a_damaged_file_is_told_in_one_line(folder: Path) -> None:
    next(folder.glob("weekly/*/*.parquet")).unlink()
    with pytest.raises(StoreError, match=r"^cannot read weekly: ") as caught:
        query(folder, "SELECT 1")
    assert "\n" not in str(caught.value)


def test_no_runs_are_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="holds no runs"):
        query(tmp_path, "SELECT 1")
