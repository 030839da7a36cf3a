"""Outcomes against what an experiment varied: the table of all points, and the figure against a lever."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, NullFormatter, NullLocator

from sim.report.compare import CompareError, paired_differences
from sim.report.figures import INK, SPARE, STYLE, grid_of_panels, legend_above, note, ticks
from sim.report.table import View, headline
from sim.report.words import AXES, in_words, lever_words, metric_words, scale
from sim.store import Results, run_key

if TYPE_CHECKING:
    from sim.experiment import Point

FEWEST_LEVELS = 3
MOST_LINES = 8
COLUMNS = [
    "scenario",
    "metric",
    "scenario_value",
    "baseline_value",
    "difference",
    "low",
    "high",
    "p",
    "replications",
    "unit",
]
STYLES = ("-", "--", ":", "-.")


def responses(points: Sequence[Point], results: Results, keys: Collection[str], view: View) -> pd.DataFrame:
    """A row for every point and metric of ``view``.

    Columns: a column for everything that varies (levers of the baseline have its own values), scenario, is_baseline,
    metric, value, baseline_value, difference, low, high (95 % interval of the difference; zero for the baseline), p
    (of the paired t-test; empty for the baseline), replications, unit.
    """
    levers, frames = _levers(points), []
    for baseline, members, outcomes in _worlds(points, results, keys):
        found = headline(paired_differences(outcomes, baseline.settings.scenario), view)
        same = found.drop_duplicates("metric").assign(
            scenario=baseline.settings.scenario, difference=0.0, low=0.0, high=0.0, p=np.nan
        )
        same["scenario_value"] = same["baseline_value"]
        by_name = {point.settings.scenario: point for point in members}
        for scenario, rows in pd.concat([same, found]).groupby("scenario", sort=False):
            point = by_name[str(scenario)]
            varied = {**point.uncertainties, **{name: _of(point, name) for name in levers}}
            frames.append(rows.assign(**varied, is_baseline=point.baseline)[[*varied, "is_baseline", *COLUMNS]])
    return pd.concat(frames, ignore_index=True).rename(columns={"scenario_value": "value"})


def by_group(points: Sequence[Point], results: Results, keys: Collection[str], metric: str, view: View) -> pd.DataFrame:
    """A row for every point but baselines and every group of people with this metric, at the horizon of ``view``.

    Columns as ``responses`` has them, with group behind metric and without is_baseline. Raises CompareError for a
    metric or a horizon that is not there.
    """
    levers, frames = _levers(points), []
    for baseline, members, outcomes in _worlds(points, results, keys):
        everybody = view._replace(group="all").of(outcomes)
        weeks = everybody["horizon_weeks"].iloc[0]
        if metric not in set(everybody["metric"]):
            raise CompareError(f"no outcomes with metric {metric!r}; docs/outcomes.md has them all")
        asked = (outcomes["metric"] == metric) & (outcomes["horizon_weeks"] == weeks)
        rows = outcomes[asked & (outcomes["cohort"] == view.cohort)]
        found = paired_differences(rows, baseline.settings.scenario)
        by_name = {point.settings.scenario: point for point in members}
        for scenario, rows in found.groupby("scenario", sort=False):
            point = by_name[str(scenario)]
            varied = {**point.uncertainties, **{name: _of(point, name) for name in levers}}
            frames.append(rows.assign(**varied)[[*varied, *COLUMNS[:2], "group", *COLUMNS[2:]]])
    return pd.concat(frames, ignore_index=True).rename(columns={"scenario_value": "value"})


def _levers(points: Iterable[Point]) -> list[str]:
    return list(dict.fromkeys(name for point in points for name in point.levers if name != "scenario"))


def _worlds(
    points: Sequence[Point], results: Results, keys: Collection[str]
) -> Iterator[tuple[Point, list[Point], pd.DataFrame]]:
    """For each world its baseline, its points and the outcomes of their runs."""
    there = set(keys)
    worlds: dict[str, list[Point]] = {}
    for point in points:
        worlds.setdefault(repr(point.uncertainties), []).append(point)
    for members in worlds.values():
        baseline = next(point for point in members if point.baseline)
        own = [run_key(p.settings, r) for p in members for r in range(p.settings.replications)]
        yield baseline, members, results.table("outcomes", [key for key in own if key in there])


def _of(point: Point, name: str) -> Any:
    """The value of a lever in a point, also where it is the baseline's."""
    if name in point.levers or not name.startswith("policy."):
        return point.levers.get(name, point.settings.scenario)
    value: Any = point.settings
    for part in name.split("."):
        value = getattr(value, part)
    return getattr(value, "value", value)


def response_figure(table: pd.DataFrame, levers: Iterable[str]) -> Figure | None:
    """A panel for each metric against the first lever that has three numbers or more; None when there is none.

    Lines differ in the other levers and in the world. A band is the 95 % interval of the paired difference from the
    baseline of that world, laid around the mean; a hollow diamond is that baseline, a point of the line whose other
    levers it has.
    """
    arms = table[~table["is_baseline"]]
    along = next((name for name in levers if name in arms and _levels(arms[name]) >= FEWEST_LEVELS), None)
    if along is None:
        return None
    varied = [name for name in table.columns[: list(table.columns).index("is_baseline")] if name != along]
    others = [name for name in varied if arms[name].map(repr).nunique() > 1]
    # A baseline is a point of the line that it lies on: no policy is run twice.
    drawn = pd.concat([arms, table[table["is_baseline"] & table[along].map(_is_number)]])
    lines = list(drawn.groupby(others, sort=False)) if others else [((), drawn)]
    lines = [(values, rows) for values, rows in lines if not rows["is_baseline"].all()]
    if len(lines) > MOST_LINES:
        return None
    metrics = list(dict.fromkeys(table["metric"]))
    with mpl.rc_context(STYLE):
        figure, panels = grid_of_panels(len(metrics), row_height=3.7)
        for axes, metric in zip(panels, metrics, strict=True):
            of_metric = table[table["metric"] == metric]
            shown = scale(of_metric["unit"].iloc[0], of_metric["baseline_value"].abs().max())
            for place, (values, rows) in enumerate(lines):
                rows = rows[rows["metric"] == metric].sort_values(along)
                colour, style = SPARE[place % len(SPARE)], STYLES[place % len(STYLES)]
                x, y = rows[along].astype(float), rows["value"] * shown.factor
                low, high = ((rows["baseline_value"] + rows[end]) * shown.factor for end in ("low", "high"))
                axes.fill_between(x, low, high, color=colour, alpha=0.18, lw=0)
                axes.plot(x, y, style, color=colour, lw=1.9, marker="o", ms=5, label=_label(others, values), zorder=3)
            for _, base in of_metric[of_metric["is_baseline"]].iterrows():
                at = base[along]
                if _is_number(at):
                    axes.plot(
                        [float(at)], [base["value"] * shown.factor], "D", ms=8, mfc="white", mec=INK, mew=1.6, zorder=5
                    )
            axes.set_title(metric_words(str(metric)), color=INK)
            axes.set_ylabel(AXES.get(shown.unit, shown.unit))
            axes.set_xlabel(in_words(along.rpartition(".")[2]))
            _axis(axes, sorted(set(arms[along].astype(float))))
            ticks(axes.yaxis, axes.get_ylim())
        handles, labels = panels[0].get_legend_handles_labels()
        if len(labels) > 1:
            legend_above(figure, handles, labels)
        bands = "Bands: 95 % intervals of the paired difference from the baseline, laid around the mean"
        note(figure, f"{bands}; diamonds: the baseline.")
    return figure


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | np.number) and not isinstance(value, bool)


def _levels(values: pd.Series) -> int:
    numbers = [value for value in set(values) if _is_number(value)]
    return len(numbers) if len(numbers) == values.nunique() else 0


def _label(names: Sequence[str], values: Any) -> str:
    values = values if isinstance(values, tuple) else (values,)
    return in_words(", ".join(lever_words(f"{name} {value}") for name, value in zip(names, values, strict=True)))


def _axis(axes: Axes, levels: list[float]) -> None:
    """Ticks where there are values, on a scale of ratios where they span more than a factor of six."""
    if levels[0] > 0 and levels[-1] / levels[0] > 6:
        axes.set_xscale("log")
        axes.xaxis.set_minor_locator(NullLocator())
        axes.xaxis.set_minor_formatter(NullFormatter())
    axes.xaxis.set_major_locator(FixedLocator(levels))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
