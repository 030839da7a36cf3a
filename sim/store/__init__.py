"""Where results live: keys of runs, one Parquet file per run and table, a manifest, reading back.

A results folder::

    runs/NAME/RUNKEY.parquet       the manifest, one row: written last, so where it says ok, the run is there
    outcomes/NAME/RUNKEY.parquet   run_key, scenario, replication, cohort, metric, group, horizon_weeks,
                                   value, unit
    weekly/NAME/RUNKEY.parquet     run_key, week, series, value
    persons/..., spells/...        only with record.persons and record.spells
    burn_in/                       snapshots of burn-ins that are still in use

NAME is the scenario. DuckDB reads a table in place: ``SELECT * FROM 'FOLDER/outcomes/**/*.parquet'``.
"""

from sim.store.keys import burn_in_key, configuration, model_version, point_key, run_key, setup_key
from sim.store.results import Results, Run, are_done
from sim.store.tables import StoreError

__all__ = [
    "Results",
    "Run",
    "StoreError",
    "are_done",
    "burn_in_key",
    "configuration",
    "model_version",
    "point_key",
    "run_key",
    "setup_key",
]
