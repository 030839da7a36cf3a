"""Running an experiment: what was asked is remembered beside the results, then all that is missing is computed."""

from __future__ import annotations

from collections.abc import Sequence

import sim.sweep
from sim.experiment.points import Point
from sim.store import Results, Run, StoreError
from sim.store.asked import Asked, remember


def conduct(points: Sequence[Point], command: Sequence[str], experiment: str = "") -> sim.sweep.SweepReport:
    """Computes what is missing of these points.

    ``command``: the arguments of ``experiments/run.py`` that ask for them; ``experiment``: its name, if it has one.
    Raises what ``run_all`` raises.
    """
    folder = points[0].settings.results
    Results(folder).prepare()
    runs = {run.key: run.name for point in points for run in Run.all_of(point.settings)}
    described = [{"scenario": p.settings.scenario, "point": {**p.uncertainties, **p.levers}} for p in points]
    try:
        remember(folder, Asked(list(command), experiment, runs, described))
    except OSError as error:
        raise StoreError(f"cannot write to {folder}: {error.strerror}") from error
    return sim.sweep.run_all([point.settings for point in points])
