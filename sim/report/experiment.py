"""What an experiment found: a comparison in each of its worlds, and outcomes against what was varied."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sim.report.compare import CompareError, paired_differences
from sim.report.headline import report as report_block
from sim.report.responses import response_figure, responses
from sim.report.table import View, print_table
from sim.report.words import HEADLINE_METRICS
from sim.store import Results, StoreError, run_key
from sim.store.tables import replacing

if TYPE_CHECKING:
    from sim.experiment import Experiment, Point
    from sim.settings import Settings

MOST_WORLDS = 6  # that are told one by one; a design of hundreds is for collect and for the sensitivity analysis


def report(experiment: Experiment, points: Sequence[Point], keys: Collection[str]) -> list[Path]:
    """Compares every policy with the baseline of its world, prints and writes it; gives the paths written.

    ``responses.csv`` has a row for every point and metric of the experiment: what varies, value, difference from the
    baseline of that world with its 95 % interval. The figure of the same name is drawn when a lever has three numbers
    or more. With at most ``MOST_WORLDS`` worlds there is a whole report on each (``sim/report/headline.py``), in a
    folder named after the world when there are several.
    Raises StoreError when nothing is stored or nothing can be written, CompareError when there is nothing to compare.
    """
    if not keys:
        raise StoreError("every run failed; the tracebacks are in the table of runs")
    results = Results(points[0].settings.results)
    view = View(metrics=tuple(experiment.metrics) or HEADLINE_METRICS)
    worlds: dict[str, list[Point]] = {}
    for point in points:
        worlds.setdefault(_name(point), []).append(point)
    written: list[Path] = []
    if len(worlds) <= MOST_WORLDS:
        for name, members in worlds.items():
            own = _keys(members, keys)
            if name:
                print(f"\n{name}".replace("_", " "))
            folder = results.folder / name if name else results.folder
            written += report_block(results, own, _baseline(members), view, folder)
    table = responses(points, results, keys, view)
    drawn = response_figure(table, experiment.levers, view)
    try:
        with replacing(results.folder / "responses.csv") as temporary:
            table.to_csv(temporary, index=False)
        written.append(results.folder / "responses.csv")
        if drawn is not None:
            from sim.report.figures import save

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


def _baseline(members: Sequence[Point]) -> str:
    return next(point.settings.scenario for point in members if point.baseline)


def _keys(members: Sequence[Point], keys: Collection[str]) -> list[str]:
    """Keys of these points that have results."""
    there = set(keys)
    asked = [run_key(point.settings, r) for point in members for r in range(point.settings.replications)]
    return [key for key in asked if key in there]
