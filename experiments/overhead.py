"""What a sweep costs beside the simulating: two numbers, as one JSON line at the end.

    python experiments/overhead.py                     200 runs of one second; 2,000 runs of the classroom
    python experiments/overhead.py seconds=20 runs=100 workers=2

The first sweep is of a made-up world that sleeps for a second: wall time over the ideal, runs / workers seconds. The
second is of a real one, small and short, one burn-in for two runs: what is left of the workers' time after the
simulating (build, burn-in, weeks, outcomes, as each run tells), by run. It holds starting the workers, loading the
model, handing out runs, writing and checking files.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from sim.model import RunTables
from sim.parameters import ConfigurationError
from sim.settings import Settings, compose
from sim.store import Results
from sim.sweep import run_all

DEFAULTS = {"seconds": 200, "runs": 2000, "workers": 2}
SMALL = ("population=classroom", "horizon.burn_in_weeks=4", "horizon.weeks=26", "horizon.track_weeks=26")


def one_second(settings: Settings, replication: int, snapshots: Path | None) -> RunTables:
    """A world that takes a second and finds nothing out."""
    time.sleep(1)
    cell = {"cohort": "stock", "metric": "employed_share", "group": "all", "horizon_weeks": 26}
    outcomes = pd.DataFrame([{**cell, "value": float(replication), "unit": "share"}])
    weekly = pd.DataFrame({"week": [0], "series": ["registered"], "value": [float(replication)]})
    return RunTables(outcomes, weekly, None, None, None, {})


def wall_over_ideal(folder: Path, runs: int, workers: int) -> float:
    """Wall time of ``runs`` runs of a second each over ``runs`` / ``workers`` seconds."""
    point = compose(*SMALL, f"replications={runs}", f"workers={workers}", f"results={folder}")
    began = time.perf_counter()
    run_all([point], simulate=one_second)
    return (time.perf_counter() - began) / (runs / workers)


def overhead_per_run(folder: Path, runs: int, workers: int) -> tuple[float, float, float]:
    """Milliseconds beside the simulating per run, seconds of simulating per run, and wall seconds."""
    settings = (f"replications={runs // 2}", f"workers={workers}", f"results={folder}")
    points = [compose(*SMALL, *settings, f"scenario={name}") for name in ("baseline", "se_in_house")]
    began = time.perf_counter()
    run_all(points)
    wall = time.perf_counter() - began
    timings = Results(folder).table("runs")["timings"].map(json.loads)
    simulating = sum(sum(of_run.values()) for of_run in timings)
    done = len(timings)
    return 1000 * (wall * workers - simulating) / done, simulating / done, wall


def main(arguments: Sequence[str]) -> int:
    """Measures and prints; gives the exit status."""
    if {"-h", "--help"} & set(arguments):
        print(__doc__)
        return 0
    try:
        asked = {**DEFAULTS, **_read(arguments)}
    except ConfigurationError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    folder = Path(tempfile.mkdtemp(prefix="tiltak-overhead-"))
    try:
        told: dict[str, float] = {"workers": asked["workers"]}
        if asked["seconds"]:
            told["wall_over_ideal"] = round(wall_over_ideal(folder / "a", asked["seconds"], asked["workers"]), 3)
        if asked["runs"]:
            beside, simulating, wall = overhead_per_run(folder / "b", asked["runs"], asked["workers"])
            told |= {"overhead_ms_per_run": round(beside, 1), "simulating_ms_per_run": round(1000 * simulating, 1)}
            told |= {"runs": asked["runs"], "wall_seconds": round(wall, 1)}
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(json.dumps(told))
    return 0


def _read(arguments: Sequence[str]) -> dict[str, int]:
    read = {}
    for argument in arguments:
        name, _, value = argument.partition("=")
        if name not in DEFAULTS or not value.isdecimal():
            raise ConfigurationError(f"{argument}: must be a whole number for one of {', '.join(DEFAULTS)}")
        read[name] = int(value)
    return read


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
