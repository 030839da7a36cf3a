"""The tables: their columns, and writing and reading a file so that nothing half-written is believed."""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

RUNS = pa.schema(
    {
        "run_key": pa.string(),
        "scenario": pa.string(),
        "replication": pa.int32(),
        "seed": pa.int64(),
        "population": pa.string(),
        "status": pa.string(),  # ok or failed
        "started": pa.timestamp("ms", tz="UTC"),
        "wall_seconds": pa.float64(),
        "error": pa.string(),  # one line; null when ok
        "traceback": pa.string(),
        "setup_key": pa.string(),  # shared by the runs that may be compared
        "point_key": pa.string(),  # shared by the replications of one configuration
        "model_version": pa.string(),
        "versions": pa.string(),  # JSON: Python and the packages that compute
        "timings": pa.string(),  # JSON: seconds by phase
        "files": pa.string(),  # JSON: the tables that belong to the run, and the SHA-256 of each file
        "configuration": pa.string(),  # JSON: all values that decide the result
    }
)
OUTCOMES = pa.schema(
    {
        "run_key": pa.string(),
        "scenario": pa.string(),
        "replication": pa.int32(),
        "cohort": pa.string(),
        "metric": pa.string(),
        "group": pa.string(),
        "horizon_weeks": pa.int32(),
        "value": pa.float64(),
        "unit": pa.string(),
    }
)
WEEKLY = pa.schema({"run_key": pa.string(), "week": pa.int32(), "series": pa.string(), "value": pa.float64()})
# Persons, spells and tenders keep the columns that the model gives.
RESULT_SCHEMAS = {"outcomes": OUTCOMES, "weekly": WEEKLY}
TABLES = ("runs", "outcomes", "weekly", "persons", "spells", "tenders")
TEMPORARY = ".tmp"


class StoreError(Exception):
    """A results folder that cannot be used as asked; the message is one line for the user."""


def table_from(frame: pd.DataFrame, schema: pa.Schema | None) -> pa.Table:
    """``frame`` as an Arrow table with exactly the columns of ``schema``; others are a ValueError."""
    if schema is None:
        return pa.Table.from_pandas(frame, preserve_index=False, nthreads=1)
    if set(frame.columns) != set(schema.names):
        odd = ", ".join(sorted(set(frame.columns) ^ set(schema.names)))
        raise ValueError(f"table with missing or unexpected columns: {odd}")
    return pa.Table.from_pandas(frame[schema.names], schema=schema, preserve_index=False, nthreads=1)


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Gives a temporary path beside ``target`` and, once it is written without error, moves it there."""
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}.{uuid.uuid4().hex}{TEMPORARY}")
    try:
        yield temporary
        with open(temporary, "rb+") as file:
            os.fsync(file.fileno())
        os.replace(temporary, target)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def write_table(table: pa.Table, target: Path) -> str:
    """Writes one Parquet file, whole or not at all, with checksums so that damage shows when it is read.

    Gives the SHA-256 of the file, in hexadecimal.
    """
    buffer = pa.BufferOutputStream()
    pq.write_table(table, buffer, compression="zstd", write_page_checksum=True)
    content = buffer.getvalue()
    with replacing(target) as temporary:
        temporary.write_bytes(content)
    return hashlib.sha256(content).hexdigest()


def digest(path: Path) -> str | None:
    """The SHA-256 of a file, in hexadecimal; None when it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


def read_table(path: Path) -> pa.Table | None:
    """The table in ``path``, or None when the file is missing or damaged."""
    try:
        with pq.ParquetFile(path, page_checksum_verification=True) as file:
            return file.read()
    except (OSError, pa.ArrowException):
        return None
