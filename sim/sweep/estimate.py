"""How long a sweep will take, and how much disk: said before it starts."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from sim.store import Results, Run, model_version
from sim.sweep.progress import in_words

# A rule of thumb, until a run of the same population lies in the folder (experiments/benchmark.py:
# nanoseconds a registered person and week; seconds to build, to measure outcomes and to write).
SECONDS_PER_PERSON_WEEK = 1.0e-6
SECONDS_PER_WEEK = 1.5e-3
SECONDS_PER_RUN = 0.6
BYTES_PER_RUN = 250_000


def seconds_of(run: Run, alone: bool) -> float:
    """Seconds on one core by the rule of thumb. ``alone``: the run makes its own burn-in."""
    horizon, registered = run.settings.horizon, run.settings.population.registered
    weeks = horizon.weeks + (horizon.burn_in_weeks if alone else 0)
    return SECONDS_PER_RUN + weeks * (SECONDS_PER_WEEK + SECONDS_PER_PERSON_WEEK * registered)


def opening(runs: Sequence[Run], missing: Sequence[Run], workers: int, crew: str) -> list[str]:
    """What is said before a sweep starts: how many runs, how long, how much disk; and what is stored but of no use."""
    names = {run.settings.scenario for run in runs}
    folders = sorted({run.settings.results for run in runs})
    where = " and ".join(str(folder) for folder in folders)
    head = f"{len(runs)} runs of {len(names)} scenario{'s' * (len(names) != 1)} in {where}: "
    lines = [head + f"{len(runs) - len(missing)} stored already, {len(missing)} to compute"]
    stored = {folder: Results(folder).runs() for folder in folders}
    if missing:
        seconds, size = expected(missing, pd.concat(stored.values()), workers)
        lines[0] += f" {crew}, about {in_words(seconds)} and {in_bytes(size)}"
    for folder, there in stored.items():
        others = int((there["model_version"] != model_version()).sum())
        if others:
            these = f"{others} stored run{'s' * (others != 1)} in {folder}"
            lines.append(f"{these}: of another version of the model, not used here and left as they are")
    return lines


def expected(missing: Sequence[Run], stored: pd.DataFrame, workers: int) -> tuple[float, float]:
    """Seconds on ``workers`` cores and bytes for the runs that are missing; ``stored``: rows of the manifest.

    Runs of the same population take what those that are stored took, burn-ins included; others go by the rule of thumb.
    """
    took = stored[stored["status"] == "ok"].groupby("population")["wall_seconds"].mean()
    burned_in: set[tuple[str, int]] = set()
    seconds = 0.0
    for run in missing:
        group = str(run.settings.world), run.replication
        known = took.get(run.settings.population.name)
        seconds += seconds_of(run, group not in burned_in) if known is None else known
        burned_in.add(group)
    return seconds / min(workers, len(missing)), BYTES_PER_RUN * len(missing)


def in_bytes(size: float) -> str:
    """``size`` bytes as a person would say it: 300 kB, 12 MB, 1.5 GB."""
    for unit, length in (("GB", 1e9), ("MB", 1e6)):
        if size >= length:
            return f"{size / length:.3g} {unit}"
    return f"{size / 1e3:.0f} kB"
