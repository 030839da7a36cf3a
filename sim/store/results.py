"""A results folder: what is in it, writing a run into it, reading tables out of it."""

from __future__ import annotations

import json
import os
import platform
import re
import time
from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pandas as pd
import pyarrow as pa
from pyarrow.dataset import dataset

from sim.store.keys import configuration, model_version, point_key, run_key, run_keys, setup_key
from sim.store.tables import (
    RESULT_SCHEMAS,
    RUNS,
    TABLES,
    TEMPORARY,
    StoreError,
    digest,
    read_table,
    table_from,
    write_table,
)

if TYPE_CHECKING:
    from sim.model import RunTables
    from sim.settings import Settings

OK = "ok"
FAILED = "failed"
STALE_SECONDS = 3600.0  # a temporary file this old was left by a process that was killed while writing


@dataclass(frozen=True)
class Run:
    """One replication of one configuration, under its key."""

    settings: Settings
    replication: int
    key: str

    @classmethod
    def of(cls, settings: Settings, replication: int) -> Run:
        return cls(settings, replication, run_key(settings, replication))

    @classmethod
    def all_of(cls, settings: Settings) -> list[Run]:
        """Every replication of one configuration. What a worker does not need is left out of their settings."""
        lean = settings.model_copy(update={"parameters": {}})
        return [cls(lean, r, key) for r, key in enumerate(run_keys(settings, settings.replications))]

    @property
    def name(self) -> str:
        return f"{self.settings.scenario}, replication {self.replication}"


@dataclass(frozen=True)
class Results:
    """A results folder. Any number of processes may write into one: no two runs share a file."""

    folder: Path

    def path(self, table: str, scenario: str, key: str) -> Path:
        # No "=" in a folder's name: DuckDB would take it for a column and hide the one in the file.
        return self.folder / table / (re.sub(r"[^\w-]", "_", scenario) or "_") / f"{key}.parquet"

    def burn_in(self, key: str) -> Path:
        """The folder for the snapshots of one burn-in, and of no other."""
        return self.folder / "burn_in" / key

    def prepare(self) -> None:
        """Makes the folder, proves that it can be written, and clears what killed writers left behind.

        Raises StoreError, in one line, when nothing could be stored here.
        """
        probe = self.folder / f".probe-{os.getpid()}{TEMPORARY}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            probe.write_bytes(b"probe")
            probe.unlink()
            for stale in self.folder.rglob(f".*{TEMPORARY}"):
                with suppress(FileNotFoundError):  # somebody else's, and finished meanwhile
                    if time.time() - stale.stat().st_mtime > STALE_SECONDS:
                        stale.unlink()
        except OSError as error:
            why = error.strerror or type(error).__name__
            raise StoreError(f"cannot write results to {self.folder}: {why}") from error

    def is_done(self, run: Run) -> bool:
        """Whether the manifest says ok and every file of the run is there as it was written, to the last byte."""
        scenario = run.settings.scenario
        manifest = read_table(self.path("runs", scenario, run.key))
        if manifest is None or manifest["status"].to_pylist() != [OK] or "files" not in manifest.column_names:
            return False
        files = json.loads(manifest["files"][0].as_py())
        whole = (digest(self.path(table, scenario, run.key)) == written for table, written in files.items())
        return set(files) >= set(_tables_of(run.settings)) and all(whole)

    def write_run(self, run: Run, tables: RunTables, started: datetime, seconds: float) -> None:
        """Stores all tables of a run and then its manifest row.

        ``started`` is in UTC, ``seconds`` is the wall time. Raises OSError when the disk refuses, ValueError
        when a table has the wrong columns or is missing.
        """
        scenario = run.settings.scenario
        of_run = {"run_key": run.key, "scenario": scenario, "replication": run.replication}
        files = {}
        for name in _tables_of(run.settings):
            frame = getattr(tables, name)
            if frame is None:
                raise ValueError(f"the model gave no {name} table, though record.{name} asks for it")
            front = of_run if name == "outcomes" else {"run_key": run.key}
            labelled = frame.assign(**front)[[*front, *frame.columns]]
            table = table_from(labelled, RESULT_SCHEMAS.get(name))
            files[name] = write_table(table, self.path(name, scenario, run.key))
        timings = {phase: float(value) for phase, value in tables.timings.items()}
        told = {"timings": json.dumps(timings), "files": json.dumps(files)}
        self._write_row(run, status=OK, started=started, wall_seconds=seconds, **told)

    def write_failure(self, run: Run, error: str, traceback: str, started: datetime, seconds: float) -> None:
        """Stores the manifest row of a run that failed, to be computed again when it is next asked for."""
        self._write_row(run, status=FAILED, started=started, wall_seconds=seconds, error=error, traceback=traceback)

    def _write_row(self, run: Run, **values: Any) -> None:
        settings, decisive = run.settings, configuration(run.settings)
        row = {
            "run_key": run.key,
            "scenario": settings.scenario,
            "replication": run.replication,
            "seed": settings.seed,
            "population": settings.population.name,
            "setup_key": setup_key(decisive),
            "point_key": point_key(decisive),
            "model_version": model_version(),
            "versions": json.dumps(_versions()),
            "configuration": json.dumps(decisive),
            **values,
        }
        write_table(pa.Table.from_pylist([row], schema=RUNS), self.path("runs", settings.scenario, run.key))

    def runs(self) -> pd.DataFrame:
        """The manifest, a row per run, by scenario (15 before 100) and replication. No damaged rows."""
        paths = sorted(self.folder.glob("runs/*/*.parquet"))
        if not paths:
            return RUNS.empty_table().to_pandas()
        try:
            found = dataset(paths, schema=RUNS).to_table()
        except (OSError, pa.ArrowException):  # some are damaged: one by one, then
            rows = [row for row in map(read_table, paths) if row is not None]
            found = pa.concat_tables([RUNS.empty_table(), *rows], promote_options="default")
        frame: pd.DataFrame = found.to_pandas()
        by = ["scenario", "replication", "started"]
        return frame.sort_values(by, key=_numbers_by_size, ignore_index=True)

    def newest(self, setup: str | None = None) -> pd.DataFrame:
        """The manifest rows to compare: ok, of one set-up, and per scenario of its last policy.

        A folder may hold runs of several populations, worlds or model versions; those never belong in one
        comparison. ``setup`` is a ``setup_key``; without one it is the set-up that ran last. What is left out can
        still be read with ``runs`` and ``table``.
        """
        runs = self.runs()
        done = runs[runs["status"] == OK].sort_values("started", kind="stable")
        if done.empty:
            return done
        done = done[done["setup_key"] == (setup or done["setup_key"].iloc[-1])]
        last = done.groupby("scenario")["point_key"].transform("last")
        return done[done["point_key"] == last].sort_index()

    def table(self, name: str, keys: Collection[str] | None = None) -> pd.DataFrame:
        """One table of all runs that the manifest calls ok, or of those in ``keys``, read by DuckDB.

        Raises StoreError when nothing of the kind is stored or a file is damaged.
        """
        if name not in TABLES:
            raise StoreError(f"no table is called {name!r}: there are {', '.join(TABLES)}")
        runs = self.runs()
        if name == "runs":
            return runs if keys is None else runs[runs["run_key"].isin(list(keys))]
        paths = self.paths(name, runs if keys is None else runs[runs["run_key"].isin(list(keys))])
        if not paths:
            raise StoreError(f"{self.folder} holds no {name}")
        with duckdb.connect() as connection:
            try:
                files = [str(path) for path in paths]
                return connection.read_parquet(files, hive_partitioning=False, union_by_name=True).df()
            except duckdb.Error as error:
                bad = [path.name for path in paths if read_table(path) is None]
                what = f"missing or damaged: {', '.join(bad)}" if bad else str(error).splitlines()[0]
                raise StoreError(f"cannot read {name}, {what}; run the sweep again to mend it") from error

    def paths(self, name: str, runs: pd.DataFrame) -> list[Path]:
        """The files of a table for those rows of the manifest that are ok."""
        runs = runs[runs["status"] == OK]
        paths = [self.path(name, *of_run) for of_run in zip(runs["scenario"], runs["run_key"], strict=True)]
        # What is recorded only when asked for need not be there.
        return paths if name in RESULT_SCHEMAS else [path for path in paths if path.is_file()]


def are_done(runs: Sequence[Run]) -> list[bool]:
    """Whether each of the runs is stored, to the last byte."""
    with ThreadPoolExecutor() as readers:
        return list(readers.map(lambda run: Results(run.settings.results).is_done(run), runs))


def _tables_of(settings: Settings) -> list[str]:
    recorded = {
        "persons": settings.record.persons,
        "spells": settings.record.spells,
        "tenders": settings.record.tenders,
    }
    return [*RESULT_SCHEMAS, *(name for name, asked in recorded.items() if asked)]


def _numbers_by_size(column: pd.Series) -> pd.Series:
    if column.name != "scenario":
        return column
    return column.str.replace(r"\d+", lambda number: number[0].zfill(9), regex=True)


@cache
def _versions() -> dict[str, str]:
    found = {"python": platform.python_version()}
    for package in ("tiltak", "mesa", "numba", "numpy", "pandas", "pyarrow"):
        try:
            found[package] = version(package)
        except PackageNotFoundError:  # run from a source tree that is not installed
            found[package] = "not installed"
    return found


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)
