"""Is everything in a results folder as it was written, and does it say what the schema says?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import pyarrow.parquet as pq

from sim.store.keys import key_of, model_version
from sim.store.results import OK, Results
from sim.store.tables import RESULT_SCHEMAS, RUNS, TABLES, TEMPORARY, digest, read_table


class Finding(NamedTuple):
    """One thing that is wrong: with which file, and what that means."""

    path: Path
    what: str
    mended_by: str


AGAIN = "the same command computes the run again"
NOTHING = "nothing needs to be done"


def check(folder: Path) -> list[Finding]:
    """Everything that is wrong in a results folder, file by file; an empty list when all is well.

    Looks at every byte: each file against the SHA-256 in the manifest, its columns against the schema, each key against
    the configuration that it stands for. Changes nothing.
    """
    results = Results(folder)
    found: list[Finding] = []
    known: set[Path] = set()
    for path in sorted(folder.glob("runs/*/*.parquet")):
        manifest = read_table(path)
        if manifest is None or manifest.num_rows != 1:
            found.append(Finding(path, "damaged: cannot be read as one row of the manifest", AGAIN))
            continue
        if manifest.schema.names != RUNS.names:
            odd = ", ".join(sorted(set(manifest.schema.names) ^ set(RUNS.names)))
            found.append(Finding(path, f"columns of another version of the store: {odd}", AGAIN))
            continue
        row = manifest.to_pylist()[0]
        found += _of_row(path, row)
        if row["status"] == OK:
            for name, written in json.loads(row["files"]).items():
                file = results.path(name, row["scenario"], row["run_key"])
                known.add(file)
                found += _of_file(file, name, written, row["run_key"])
    for name in TABLES[1:]:
        for path in sorted(folder.glob(f"{name}/*/*.parquet")):
            if path not in known and not _has_row(results, path):
                found.append(Finding(path, "belongs to no run of the manifest: its run was stopped", AGAIN))
    for path in sorted(folder.rglob(f".*{TEMPORARY}")):
        found.append(Finding(path, "half written by a process that was stopped", "goes by itself after an hour"))
    return found


def _of_row(path: Path, row: dict) -> list[Finding]:
    if row["run_key"] != path.stem:
        return [Finding(path, f"holds the manifest of run {row['run_key']}", AGAIN)]
    # The key of another version was made with that version's hash.
    asked = row["model_version"] == model_version()
    if asked and key_of(json.loads(row["configuration"]), row["replication"]) != row["run_key"]:
        return [Finding(path, "its key is not that of its configuration: the file was changed", AGAIN)]
    return []


def _of_file(path: Path, name: str, written: str, key: str) -> list[Finding]:
    now = digest(path)
    if now is None:
        return [Finding(path, "missing, though the manifest says that the run is stored", AGAIN)]
    if now != written:
        return [Finding(path, "not as it was written: damaged or changed", AGAIN)]
    schema, wanted = pq.read_schema(path), RESULT_SCHEMAS.get(name)
    if wanted is not None and not schema.equals(wanted):
        return [Finding(path, f"columns are not those of {name}: {', '.join(schema.names)}", AGAIN)]
    keys = pq.read_table(path, columns=["run_key"])["run_key"].unique().to_pylist()
    if keys not in ([key], []):
        return [Finding(path, f"holds rows of other runs: {', '.join(map(str, keys))}", AGAIN)]
    return []


def _has_row(results: Results, path: Path) -> bool:
    """Whether there is a manifest row for the run that a table's file is named after."""
    return (results.folder / "runs" / path.parent.name / path.name).is_file()
