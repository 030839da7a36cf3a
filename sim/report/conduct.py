"""Running an experiment: once, or until its intervals are narrow enough; what was asked stays beside the results."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

import sim.sweep
from sim.experiment.files import Experiment
from sim.experiment.points import Point
from sim.report.precision import Precision, precision, still_needed, told
from sim.report.table import View
from sim.report.words import HEADLINE_METRICS
from sim.store import Results, Run, StoreError, run_key
from sim.store.asked import Asked, remember


class Conducted(NamedTuple):
    """The points, with as many replications as were run, and what came of them."""

    points: Sequence[Point]
    sweep: sim.sweep.SweepReport


def conduct(points: Sequence[Point], command: Sequence[str], experiment: Experiment | None = None) -> Conducted:
    """Computes what is missing of these points.

    ``command``: the arguments of ``experiments/run.py`` that ask for them. When the ``experiment`` wants a precision,
    replications are added, batch by batch, until every interval of its first metric is that narrow or there are
    ``most_replications``; then a line for each policy says how narrow its interval is or what it would take.
    Raises what ``run_all`` raises, and what ``precision`` raises for a precision that does not fit the metric.
    """
    name = experiment.name if experiment else ""
    if experiment is None or not experiment.precision:
        return Conducted(points, _batch(points, command, name))
    wanted = Precision.of(experiment.precision)
    metric = (*experiment.metrics, *HEADLINE_METRICS)[0]
    while True:
        sweep = _batch(points, command, name)
        replications = points[0].settings.replications
        worlds = _worlds(points, sweep.keys)
        more = max((still_needed(outcomes, wanted, metric, baseline) for _, baseline, outcomes in worlds), default=0)
        if not more or replications >= experiment.most_replications or sweep.failed:
            break
        # No more than twice as many at once: what is promised from few pairs is more than it mostly takes.
        points = _with(points, min(replications + min(more, replications), experiment.most_replications))
    print()
    for world, baseline, outcomes in worlds:
        for line in told(precision(outcomes, wanted, metric, baseline, View())):
            print(f"{world}{line}")
    return Conducted(points, sweep)


def _batch(points: Sequence[Point], command: Sequence[str], name: str) -> sim.sweep.SweepReport:
    folder = points[0].settings.results
    Results(folder).prepare()
    runs = {run.key: run.name for point in points for run in Run.all_of(point.settings)}
    described = [{"scenario": p.settings.scenario, "point": {**p.uncertainties, **p.levers}} for p in points]
    try:
        remember(folder, Asked(list(command), name, runs, described))
    except OSError as error:
        raise StoreError(f"cannot write to {folder}: {error.strerror}") from error
    return sim.sweep.run_all([point.settings for point in points])


def _with(points: Sequence[Point], replications: int) -> list[Point]:
    """The same points with other numbers of replications; settings stay as they were checked."""
    return [
        point._replace(settings=point.settings.model_copy(update={"replications": replications})) for point in points
    ]


def _worlds(points: Sequence[Point], keys: Sequence[str]) -> list[tuple[str, str, pd.DataFrame]]:
    """For each world: its name as the beginning of a line, its baseline, and the outcomes of everybody registered."""
    there, found = set(keys), []
    results = Results(points[0].settings.results)
    for base in (point for point in points if point.baseline):
        members = [point for point in points if point.uncertainties == base.uncertainties]
        own = [run_key(p.settings, r) for p in members for r in range(p.settings.replications)]
        world = ", ".join(f"{name}={value}" for name, value in base.uncertainties.items())
        outcomes = results.table("outcomes", [key for key in own if key in there])
        found.append((f"{world}: " if world else "", base.settings.scenario, outcomes))
    return found
