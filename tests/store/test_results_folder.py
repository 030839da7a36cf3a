"""What is stored can be found, read in place, and trusted."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import duckdb
import pandas as pd
import pytest

from sim.settings import Settings, compose
from sim.store import Results, Run, StoreError
from sim.store.results import now

OUTCOME_COLUMNS = ["run_key", "scenario", "replication"]
OUTCOME_COLUMNS += ["cohort", "metric", "group", "horizon_weeks", "value", "unit"]


@pytest.fixture(scope="module")
def composed() -> Settings:
    return compose("population=classroom", "scenario=caseload_15")


@pytest.fixture
def settings(composed: Settings, tmp_path: Path) -> Settings:
    return composed.model_copy(update={"results": tmp_path / "results"})


@pytest.fixture
def results(settings: Settings) -> Results:
    return Results(settings.results)


def tables(value: float = 0.25, spells: pd.DataFrame | None = None) -> SimpleNamespace:
    return SimpleNamespace(
        outcomes=pd.DataFrame(
            {
                "cohort": ["stock"],
                "metric": ["employed_share"],
                "group": ["all"],
                "horizon_weeks": [104],
                "value": [value],
                "unit": ["share"],
            }
        ),
        weekly=pd.DataFrame({"week": [-1, 0], "series": ["registered"] * 2, "value": [1000.0, 1001.0]}),
        persons=None,
        spells=spells,
        timings={"burn_in": 1.5},
    )


def store(settings: Settings, replication: int = 0, value: float = 0.25) -> Run:
    run = Run.of(settings, replication)
    Results(settings.results).write_run(run, tables(value), now(), 2.0)
    return run


def files(run: Run, table: str) -> Path:
    return Results(run.settings.results).path(table, run.settings.scenario, run.key)


def test_duckdb_reads_the_outcomes_in_place_with_exactly_their_columns(settings: Settings) -> None:
    run = store(settings)
    found = duckdb.sql(f"SELECT * FROM '{settings.results}/outcomes/**/*.parquet'")
    assert found.columns == OUTCOME_COLUMNS
    assert found.fetchall() == [(run.key, "caseload_15", 0, "stock", "employed_share", "all", 104, 0.25, "share")]


def test_a_stored_run_is_done_and_reads_back(settings: Settings, results: Results) -> None:
    run = Run.of(settings, 0)
    assert not results.is_done(run)
    store(settings, 0)
    store(settings, 1, value=0.5)
    assert results.is_done(run)
    assert list(results.table("outcomes")["value"]) == [0.25, 0.5]
    assert list(results.table("outcomes", [run.key])["value"]) == [0.25]
    assert list(results.table("weekly").columns) == ["run_key", "week", "series", "value"]
    manifest = results.runs()
    assert list(manifest["status"]) == ["ok", "ok"]
    assert manifest["wall_seconds"].iloc[0] == 2.0
    assert '"numba"' in manifest["versions"].iloc[0]
    assert f'"seed": {settings.seed}' in manifest["configuration"].iloc[0]


@pytest.mark.parametrize("table", ["runs", "outcomes", "weekly"])
@pytest.mark.parametrize("damage", ["cut", "flipped", "gone", "empty"])
def test_a_damaged_file_makes_its_run_undone(settings: Settings, results: Results, table: str, damage: str) -> None:
    run, other = store(settings, 0), store(settings, 1)
    path = files(run, table)
    content = path.read_bytes()
    if damage == "gone":
        path.unlink()
    elif damage == "flipped":
        # In the first page of data, where the file's own structure does not notice.
        path.write_bytes(content[:30] + bytes([content[30] ^ 0xFF]) + content[31:])
    else:
        path.write_bytes(content[: len(content) // 2] if damage == "cut" else b"")
    assert not results.is_done(run)
    assert results.is_done(other)


def test_reading_a_damaged_table_names_it_in_one_line(settings: Settings, results: Results) -> None:
    run = store(settings)
    files(run, "outcomes").write_bytes(b"PAR1 and then nothing")
    with pytest.raises(StoreError, match=rf"missing or damaged: {run.key}.parquet") as caught:
        results.table("outcomes")
    assert "\n" not in str(caught.value)


def test_a_failed_run_is_in_the_manifest_and_not_done(settings: Settings, results: Results) -> None:
    run = Run.of(settings, 0)
    results.write_failure(run, "ValueError: no", "Traceback ...", now(), 1.0)
    row = results.runs().iloc[0]
    assert (row["status"], row["error"], row["traceback"]) == ("failed", "ValueError: no", "Traceback ...")
    assert not results.is_done(run)
    store(settings)
    assert list(results.runs()["status"]) == ["ok"]


def test_a_run_that_cannot_be_stored_whole_is_not_done_and_leaves_no_litter(
    settings: Settings, results: Results
) -> None:
    run = Run.of(settings, 0)
    wrong = tables()
    wrong.weekly = wrong.weekly.rename(columns={"series": "name"})
    with pytest.raises(ValueError, match="missing or unexpected columns: name, series"):
        results.write_run(run, wrong, now(), 1.0)
    assert not results.is_done(run)
    assert not list(settings.results.rglob("*.tmp"))


def test_recorded_tables_are_stored_and_belong_to_being_done(settings: Settings) -> None:
    record = settings.record.model_copy(update={"spells": True})
    asked = settings.model_copy(update={"record": record})
    run, results = Run.of(asked, 0), Results(asked.results)
    with pytest.raises(ValueError, match=r"record\.spells"):
        results.write_run(run, tables(), now(), 1.0)
    spells = pd.DataFrame({"person": [7, 8], "state": ["course", "job"], "start": [0, 3]})
    results.write_run(run, tables(spells=spells), now(), 1.0)
    assert list(results.table("spells").columns) == ["run_key", "person", "state", "start"]
    files(run, "spells").unlink()
    assert not results.is_done(run)


def test_newest_keeps_one_set_up_and_its_last_policy(settings: Settings, results: Results) -> None:
    store(settings.model_copy(update={"seed": settings.seed + 1}))
    baseline = settings.model_copy(update={"scenario": "baseline"})
    other_policy = compose("population=classroom", "scenario=caseload_200").policy
    store(settings.model_copy(update={"policy": other_policy}), 1)
    kept = [store(baseline, 0), store(baseline, 1), store(settings, 0)]
    assert list(results.newest()["run_key"]) == [run.key for run in kept]


def test_scenarios_are_ordered_by_the_numbers_in_their_names(settings: Settings, results: Results) -> None:
    for name in ("caseload_100", "caseload_15", "baseline"):
        store(settings.model_copy(update={"scenario": name}))
    assert list(results.runs()["scenario"]) == ["baseline", "caseload_15", "caseload_100"]


def test_a_name_with_odd_characters_stays_one_folder_and_no_hive_column(settings: Settings) -> None:
    run = store(settings.model_copy(update={"scenario": "a=b/../c"}))
    assert files(run, "runs").parent == settings.results / "runs" / "a_b____c"
    assert Results(settings.results).table("outcomes")["scenario"].tolist() == ["a=b/../c"]


def test_asking_for_what_is_not_there_is_told_in_one_line(results: Results) -> None:
    with pytest.raises(StoreError, match="holds no outcomes"):
        results.table("outcomes")
    with pytest.raises(StoreError, match="no table is called 'outcome'"):
        results.table("outcome")
    assert results.newest().empty


def test_an_unwritable_folder_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match=r"cannot write results to .*file/results: Not a directory"):
        Results(tmp_path / "file" / "results").prepare()
