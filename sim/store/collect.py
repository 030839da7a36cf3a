"""One tidy table of everything in a results folder, and writing tables for other programs."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from sim.store.results import OK, Results
from sim.store.tables import StoreError, replacing

FORMATS = (".csv", ".xlsx", ".parquet")
MOST_EXCEL_ROWS = 1_048_575
MOST_TOLD = 4  # settings by which a set-up is described
NAMES = ("scenario", "baseline")  # of a configuration: what it is called, and what is the same for all


def collect(results: Results, keys: Collection[str] | None = None) -> pd.DataFrame:
    """Outcomes of all runs that are ok, or of those in ``keys``, one value a row, with what varies between the runs.

    In front stand run_key, scenario, replication and a column for every setting that not all runs share
    (``policy.supervisors.caseload``, ``world.people.trust``, ``model_version``, ...), then cohort, metric, group,
    horizon_weeks, value, unit. Raises StoreError when there is nothing or a file is damaged.
    """
    runs = results.runs()
    runs = runs[runs["status"] == OK] if keys is None else runs[runs["run_key"].isin(list(keys))]
    if runs.empty:
        raise StoreError(f"{results.folder} holds no finished runs")
    points = runs.drop_duplicates("point_key").set_index("point_key")
    settings = pd.DataFrame([_flat(json.loads(text)) for text in points["configuration"]], index=points.index)
    settings["model_version"] = points["model_version"]
    varying = [name for name in settings if settings[name].map(repr).nunique() > 1]
    of_run = runs[["run_key", "point_key"]].join(settings[varying], on="point_key").drop(columns="point_key")
    outcomes = results.table("outcomes", list(runs["run_key"]))
    table = outcomes.merge(of_run, on="run_key", validate="many_to_one")
    front = ["run_key", "scenario", "replication"]
    return table[[*front, *varying, *(name for name in outcomes if name not in front)]]


def setups(results: Results) -> dict[str, str]:
    """The set-ups of the runs that are ok, the one that ran last in front: key, and in words what tells it apart."""
    runs = results.runs()
    done = runs[runs["status"] == OK].sort_values("started", kind="stable", ascending=False)
    first = done.drop_duplicates("setup_key").set_index("setup_key")
    flat = [_flat(json.loads(text)) for text in first["configuration"]]
    settings = pd.DataFrame(flat, index=first.index).assign(model_version=first["model_version"])
    settings = settings[[name for name in settings if not str(name).startswith(("policy.", "record."))]]
    varying = [name for name in settings if settings[name].map(repr).nunique() > 1]
    told = settings[varying].apply(lambda row: ", ".join(f"{name}={row[name]}" for name in varying[:MOST_TOLD]), axis=1)
    return {str(key): str(told[key]) if varying else "" for key in settings.index}


def _flat(tree: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """A configuration as names with dots; lists as text, since a table's cell holds one value."""
    flat: dict[str, Any] = {}
    for name, value in tree.items():
        if not prefix and name in NAMES:
            continue
        if isinstance(value, Mapping):
            flat |= _flat(value, f"{prefix}{name}.")
        else:
            flat[f"{prefix}{name}"] = json.dumps(value) if isinstance(value, list) else value
    return flat


def export(frame: pd.DataFrame, target: Path) -> Path:
    """Writes a table as CSV (comma, point, UTF-8, one header line), Excel or Parquet, by the end of its name.

    Gives back where. Raises StoreError for another end, for more rows than Excel takes, and when it cannot be written.
    """
    kind = target.suffix.lower()
    if kind not in FORMATS:
        raise StoreError(f"{target}: the name must end in one of {', '.join(FORMATS)}")
    if kind == ".xlsx" and len(frame) > MOST_EXCEL_ROWS:
        raise StoreError(f"{target}: {len(frame):,} rows, and Excel takes {MOST_EXCEL_ROWS:,}; write CSV or Parquet")
    try:
        with replacing(target) as temporary:
            if kind == ".csv":
                frame.to_csv(temporary, index=False)
            elif kind == ".parquet":
                frame.to_parquet(temporary, index=False)
            else:
                with pd.ExcelWriter(temporary, engine="openpyxl") as book:
                    _without_zones(frame).to_excel(book, sheet_name=target.stem[:31] or "table", index=False)
    except OSError as error:
        raise StoreError(f"cannot write {target}: {error.strerror or type(error).__name__}") from error
    return target


def _without_zones(frame: pd.DataFrame) -> pd.DataFrame:
    """Times without their zone, which is UTC throughout: Excel knows none."""
    zoned = frame.select_dtypes("datetimetz").columns
    return frame.assign(**{name: frame[name].dt.tz_localize(None) for name in zoned})
