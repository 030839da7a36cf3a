"""Results by SQL: views of DuckDB over the Parquet files of a folder, which stay where they are."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd

from sim.store.results import Results
from sim.store.tables import TABLES, StoreError


def connect(folder: Path) -> duckdb.DuckDBPyConnection:
    """A connection with a view for each table that the folder has: runs, outcomes, weekly, persons, spells, tenders.

    ``outcomes`` and the tables after it hold the runs that the manifest calls ok, of all model versions; join ``runs``
    to tell them apart. Close the connection when done. Raises StoreError when the folder has no runs, or
    a file is missing or damaged.
    """
    results = Results(folder)
    runs = results.runs()
    if runs.empty:
        raise StoreError(f"{folder} holds no runs")
    connection = duckdb.connect()
    connection.register("runs", runs)
    for name in TABLES[1:]:
        paths = [str(path) for path in results.paths(name, runs)]
        if paths:
            listed = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
            of_files = f"read_parquet([{listed}], hive_partitioning=false, union_by_name=true)"
            try:
                connection.execute(f"CREATE VIEW {name} AS SELECT * FROM {of_files}")
            except duckdb.Error as error:
                connection.close()
                raise StoreError(f"cannot read {name}: {str(error).splitlines()[0]}") from error
    return connection


def query(folder: Path, sql: str) -> pd.DataFrame:
    """The answer to one SELECT as a table. Raises StoreError with DuckDB's reason in one line."""
    with connect(folder) as connection:
        try:
            answer = connection.execute(sql)
            if answer is None:
                raise StoreError("query: nothing is asked; for example SELECT * FROM runs")
            return answer.df()
        except duckdb.Error as error:
            raise StoreError(f"query: {str(error).splitlines()[0]}") from error
