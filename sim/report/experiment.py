"""What an experiment found: a comparison in each of its worlds, and outcomes against what was varied.

From Python, in a notebook for one::

    from sim.report.experiment import run
    found = run("caseload", "population=classroom", "replications=4", "results=results/mine")
    found.responses()      # a table: every policy and metric, with differences from the baseline and their intervals
    found.figure()
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure

from sim.experiment import Experiment, Point, compose, read, with_arguments
from sim.report.compare import CompareError, paired_differences
from sim.report.conduct import conduct
from sim.report.figures import save
from sim.report.headline import report as report_world
from sim.report.precision import Precision
from sim.report.responses import by_group, response_figure, responses
from sim.report.table import View, print_table
from sim.report.words import HEADLINE_METRICS
from sim.settings import Composer, Settings
from sim.store import Results, StoreError, run_key
from sim.store.collect import collect
from sim.store.tables import replacing
from sim.sweep import SweepReport

MOST_ARMS = 13  # of a world whose table shows all metrics and not the first alone; responses.csv has them in any case
MOST_WORLDS = 6  # that are told one by one; a design of hundreds is for collect and for the sensitivity analysis


@dataclass(frozen=True)
class Found:
    """An experiment that was run: its points, what came of the runs, and the tables made of them."""

    experiment: Experiment
    points: Sequence[Point]
    sweep: SweepReport

    @property
    def results(self) -> Results:
        """The results folder."""
        return Results(self.points[0].settings.results)

    @property
    def baseline(self) -> str:
        """The scenario that the others of the (first) world are compared with."""
        return next(point.settings.scenario for point in self.points if point.baseline)

    def worlds(self) -> dict[str, Found]:
        """The same, world by world; a world is named after what is uncertain in it, as in ``world_slack``."""
        members: dict[str, list[Point]] = {}
        for point in self.points:
            members.setdefault(_name(point), []).append(point)
        found = {}
        for name, points in members.items():
            own = {run_key(point.settings, r) for point in points for r in range(point.settings.replications)}
            sweep = replace(self.sweep, runs=[run for run in self.sweep.runs if run.key in own])
            found[name] = replace(self, points=points, sweep=sweep)
        return found

    def view(self, group: str = "all", weeks: int | None = None) -> View:
        """Whom, when and what the tables are about: the experiment's own metrics."""
        return View(group=group, weeks=weeks, metrics=tuple(self.experiment.metrics) or HEADLINE_METRICS)

    def responses(self, group: str = "all", weeks: int | None = None) -> pd.DataFrame:
        """A row for every point and metric (``sim/report/responses.py``), for the people of a group at a horizon."""
        return responses(self.points, self.results, self.sweep.keys, self.view(group, weeks))

    def by_group(self, metric: str, weeks: int | None = None) -> pd.DataFrame:
        """A row for every point and group of people: who wins and who loses (``sim/report/responses.py``)."""
        return by_group(self.points, self.results, self.sweep.keys, metric, self.view(weeks=weeks))

    def figure(self, group: str = "all", weeks: int | None = None) -> Figure | None:
        """Outcomes against the first lever that has three numbers or more; None when there is none."""
        return response_figure(self.responses(group, weeks), self.experiment.levers)

    def outcomes(self) -> pd.DataFrame:
        """Every outcome of every run, with a column for each setting that varies (``sim/store/collect.py``)."""
        return collect(self.results, self.sweep.keys)


def run(name: str, *arguments: str) -> Found:
    """Runs an experiment of ``configs/experiment``, changed by ``arguments`` as on the command line.

    What is stored already is not computed again. A script that calls this stands under ``if __name__ == "__main__":``,
    since worker processes import it; a notebook does without. Raises ConfigurationError before anything runs, and
    StoreError.
    """
    experiment, points = asked(name, arguments, Composer())
    return carried_out(experiment, points, [f"experiment={name}", *arguments])


def asked(name: str, arguments: Sequence[str], composer: Composer) -> tuple[Experiment, list[Point]]:
    """The experiment and its points, composed and checked. Raises ConfigurationError."""
    experiment = with_arguments(read(name), arguments, composer)
    if experiment.precision:
        Precision.of(experiment.precision)
    return experiment, compose(experiment, composer)


def carried_out(experiment: Experiment, points: Sequence[Point], command: Sequence[str]) -> Found:
    """Computes what is missing of it; ``command``: the arguments of ``experiments/run.py`` that ask for it."""
    return Found(experiment, *conduct(points, command, experiment))


def report(found: Found) -> list[Path]:
    """Compares every policy with the baseline of its world, prints and writes it; gives the paths written.

    ``responses.csv`` has a row for every point and metric of the experiment: what varies, value, difference from the
    baseline of that world with its 95 % interval. The figure of the same name is drawn when a lever has three numbers
    or more. With at most ``MOST_WORLDS`` worlds there is a whole report on each (``sim/report/headline.py``), in a
    folder named after the world when there are several.
    Raises StoreError when nothing is stored or nothing can be written, CompareError when there is nothing to compare.
    """
    if not found.sweep.keys:
        raise StoreError("every run failed; the tracebacks are in the table of runs")
    results, written, worlds = found.results, [], found.worlds()
    if len(worlds) <= MOST_WORLDS:
        for name, of_world in worlds.items():
            if name:
                print(f"\n{name}".replace("_", " "))
            folder = results.folder / name if name else results.folder
            view = found.view()
            if len(of_world.points) > MOST_ARMS:
                view = view._replace(metrics=view.metrics[:1])
            written += report_world(results, of_world.sweep.keys, of_world.baseline, view, folder)
    table, drawn = found.responses(), found.figure()
    try:
        with replacing(results.folder / "responses.csv") as temporary:
            table.to_csv(temporary, index=False)
        written.append(results.folder / "responses.csv")
        if drawn is not None:
            written += save(drawn, results.folder / "responses")
    except OSError as error:
        raise StoreError(f"cannot write the report to {results.folder}: {error.strerror}") from error
    return written


def tell(points: Sequence[Settings], keys: Sequence[str]) -> None:
    """Where the results of a sweep are, and the paired comparison when the baseline was among its points."""
    from sim.outcomes.metrics import HORIZONS

    if not keys:
        return
    folder, weeks = points[0].results, points[0].horizon.weeks
    print(f"Results are in {folder}.")
    if weeks < min(HORIZONS):
        print(f"Outcomes are measured from {min(HORIZONS)} weeks on; horizon.weeks={weeks} gives weekly series alone.")
    elif {point.scenario for point in points} == {"baseline"}:
        if set(Results(folder).newest()["scenario"]) == {"baseline"}:
            print("Run another policy into the same folder to compare it with.")
    elif not any(point.scenario == "baseline" for point in points):
        print("To compare, run scenario=baseline, with no policy.* and all else equal, into the same folder.")
    else:
        try:
            print_table(paired_differences(Results(folder).table("outcomes", keys), "baseline"))
        except CompareError as error:
            print(f"Not compared: {error}")
    print(f"All outcomes, groups and horizons, and figures: python experiments/compare.py {folder}")


def _name(point: Point) -> str:
    """The world of a point as a folder is called: ``world_slack``."""
    return "_".join(f"{key.rpartition('.')[2]}_{value}" for key, value in point.uncertainties.items())
