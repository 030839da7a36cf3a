"""The headline figures: how things develop week by week, and what differs in the end, for whom."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from scipy import stats

from sim.report.words import (
    COHORTS,
    HEADLINE_SERIES,
    group_words,
    in_words,
    metric_words,
    scale,
    scenario_words,
    series_words,
)

INCHES_WIDE = 12.8  # 1600 pixels at this resolution
DPI = 125
STYLE: Any = {
    "font.size": 10.5,
    "axes.titlesize": 11.5,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "axes.formatter.useoffset": False,
    "grid.color": "#e6e6e6",
    "svg.hashsalt": "tiltak",  # the same figure gives the same file
}
INK = "#333333"
QUIET = "#777777"

# Okabe and Ito's colours, which colour-blind readers can tell apart; shades of one hue where there are more
# scenarios than colours. A scenario keeps its colour in every figure. Spare ones: Tol's muted ten.
COLOURS = {
    "baseline": "#222222",
    "se_in_house": "#0072B2",
    "se_outsourced": "#56B4E9",
    "caseload_15": "#D55E00",
    "caseload_30": "#E0763A",
    "caseload_60": "#F0A070",
    "caseload_100": "#F2C14E",
    "caseload_200": "#E69F00",
    "tender_price_0": "#CC79A7",
    "tender_price_40": "#6BBF9F",
    "tender_price_80": "#009E73",
}
SPARE = (
    "#332288",
    "#882255",
    "#999933",
    "#44AA99",
    "#AA4499",
    "#117733",
    "#661100",
    "#88CCEE",
    "#CC6677",
    "#DDCC77",
)
MOST = {"%": 100.0, "index, 0 to 1": 1.0}  # by unit, where there is one; no series falls below zero
DOTS = "Dots: means of {} paired replications; lines: 95 % intervals; hollow: the interval holds zero."
MOST_PANELS = 12
BURN_IN_SHOWN = 52  # weeks before the policy date


def colours(scenarios: Iterable[str]) -> dict[str, str]:
    """A colour for each scenario; one without a colour of its own takes a spare one, in order."""
    others = [name for name in scenarios if name not in COLOURS]
    return COLOURS | {name: _spare(place) for place, name in enumerate(others)}


def _spare(place: int) -> str:
    """A spare colour; when all are taken they come again, each time half as strong."""
    again, place = divmod(place, len(SPARE))
    red, green, blue = (1.0 - 0.5**again * (1.0 - part) for part in to_rgb(SPARE[place]))
    return str(to_hex((red, green, blue)))


def trajectories(weekly: pd.DataFrame) -> Figure:
    """A panel per headline series: the mean over replications, week by week, of each scenario.

    A band is the 95 % interval of the paired difference from the first scenario, laid around the mean: where
    it leaves the first scenario's line, the two differ. (How far replications lie apart says nothing about
    that: they are different populations, the same ones in every scenario.)

    ``weekly`` has columns scenario, replication, week, series, value. Scenarios keep their order of
    appearance; the first stands for all before the policy date, where they are one and the same.
    When the model gives none of the headline's series, the first six that it gives are shown.
    """
    shown = weekly[weekly["week"] >= -BURN_IN_SHOWN]
    given = list(dict.fromkeys(shown["series"]))
    series = [name for name in HEADLINE_SERIES if name in given] or given[: len(HEADLINE_SERIES)]
    scenarios = list(dict.fromkeys(shown["scenario"]))
    colour = colours(scenarios)
    with mpl.rc_context(STYLE):
        figure, panels = grid_of_panels(len(series), row_height=3.6)
        for axes, name in zip(panels, series, strict=True):
            title, unit = series_words(name)
            values = shown[shown["series"] == name].pivot(
                index="week", columns=["scenario", "replication"], values="value"
            ) * (100.0 if unit == "%" else 1.0)
            for scenario in scenarios:
                leading = scenario == scenarios[0]
                mean = values[scenario].mean(axis=1)
                mean = mean if leading else mean[mean.index >= 0]
                line: Any = {"color": colour[scenario], "lw": 1.9, "zorder": 4 if leading else 3}
                axes.plot(mean.index, mean, label=scenario_words(scenario), **line)
                half = _half_width(values[scenario] - values[scenarios[0]]).loc[mean.index]
                low, high = (mean - half).clip(lower=0.0), (mean + half).clip(upper=MOST.get(unit))
                axes.fill_between(mean.index, low, high, color=colour[scenario], alpha=0.22, lw=0)
            axes.axvline(0, color=QUIET, lw=1, ls=(0, (4, 3)), zorder=2)
            axes.set_title(title, color=INK)
            axes.set_ylabel(unit)
            axes.set_xlabel("weeks from the policy date")
            axes.set_xlim(shown["week"].min(), shown["week"].max())
            axes.xaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 2.6, 5.2, 10], integer=True))
            ticks(axes.yaxis, axes.get_ylim())
        lines, labels = panels[0].get_legend_handles_labels()
        legend_above(figure, lines, labels)
        count = shown["replication"].nunique()
        lines_are = f"Lines: means of {count} replications" if count > 1 else "One replication"
        bands_are = f"; bands: 95 % intervals of the paired difference from {labels[0].lower()}"
        note(figure, f"{lines_are}{bands_are if count > 1 else ''}; dashed: the policy date.")
    return figure


def forest(differences: pd.DataFrame) -> Figure:
    """A panel per metric, a row per scenario: the paired difference from the baseline and its interval.

    ``differences`` are rows of ``paired_differences`` for one cohort, group and horizon.
    """
    metrics = list(dict.fromkeys(differences["metric"]))
    scenarios = list(dict.fromkeys(differences["scenario"]))
    colour = colours(scenarios)
    height = {name: -place for place, name in enumerate(scenarios)}
    with mpl.rc_context(STYLE):
        figure, panels = grid_of_panels(len(metrics), row_height=1.25 + 0.36 * len(scenarios))
        for place, (axes, metric) in enumerate(zip(panels, metrics, strict=True)):
            rows = differences[differences["metric"] == metric]
            shown = scale(rows["unit"].iloc[0], rows["baseline_value"].abs().max())
            axes.axvline(0, color=QUIET, lw=1.2, zorder=1)
            for row in _rows(rows):
                interval(axes, row, height[row.scenario], shown.factor, colour[row.scenario])
            axes.set_title(metric_words(metric), color=INK)
            axes.set_xlabel(_unit_in_words(shown.difference_unit))
            axes.set_ylim(-len(scenarios) + 0.4, 0.6)
            axes.set_yticks(list(height.values()), [scenario_words(name) for name in height])
            axes.tick_params(axis="y", labelleft=place % _columns(len(metrics)) == 0)
            axes.tick_params(axis="y", length=0)
            axes.spines["left"].set_visible(False)
            axes.margins(x=0.08)
            ticks(axes.xaxis, axes.get_xlim())
        baseline = scenario_words(differences["baseline"].iloc[0])
        figure.suptitle(
            f"Difference from {baseline.lower()} {whom_and_when(differences)}",
            fontsize=14,
            fontweight="bold",
            color=INK,
        )
        note(figure, DOTS.format(differences["replications"].max()))
    return figure


def intervals(table: pd.DataFrame, rows: Sequence[str], panels: Sequence[str], title: str) -> Figure:
    """A panel for each of ``panels``, a row for each of ``rows``: the paired difference and its interval.

    ``table`` has differences as ``responses`` gives them; ``rows`` and ``panels`` name, for each of its rows, where it
    is drawn. Panels of one metric have one scale, so that they can be compared by eye.
    """
    drawn = table.assign(row=list(rows), panel=list(panels))
    names, titles = list(dict.fromkeys(drawn["row"])), list(dict.fromkeys(drawn["panel"]))
    with mpl.rc_context(STYLE):
        figure, grid = grid_of_panels(len(titles), row_height=1.25 + 0.36 * len(names))
        for place, (axes, name) in enumerate(zip(grid, titles, strict=True)):
            of_panel = drawn[drawn["panel"] == name]
            shown = scale(of_panel["unit"].iloc[0], of_panel["baseline_value"].abs().max())
            axes.axvline(0, color=QUIET, lw=1.2, zorder=1)
            for row in _rows(of_panel):
                interval(axes, row, -names.index(row.row), shown.factor, INK)
            axes.set_title(name, color=INK)
            axes.set_xlabel(_unit_in_words(shown.difference_unit))
            axes.set_ylim(-len(names) + 0.4, 0.6)
            axes.set_yticks([-at for at in range(len(names))], names)
            axes.tick_params(axis="y", labelleft=place % _columns(len(titles)) == 0, length=0)
            axes.spines["left"].set_visible(False)
            axes.margins(x=0.08)
        if drawn["metric"].nunique() == 1:
            limits = [limit for axes in grid for limit in axes.get_xlim()]
            for axes in grid:
                axes.set_xlim(min(limits), max(limits))
        for axes in grid:
            ticks(axes.xaxis, axes.get_xlim())
        figure.suptitle(title, fontsize=14, fontweight="bold", color=INK)
        note(figure, DOTS.format(drawn["replications"].max()))
    return figure


def groups(gained: pd.DataFrame) -> Figure:
    """Who gains and who loses (``sim.report.table.who_gains``): a panel per scenario, a row per group of people."""
    names = [group_words(group) for group in gained["group"]]
    panels = [scenario_words(name) for name in gained["scenario"]]
    first = gained.iloc[0]
    who, what = COHORTS.get(first["cohort"], first["cohort"]), metric_words(first["metric"])
    baseline = scenario_words(first["baseline"]).lower()
    title = f"{what}: difference from {baseline} after {first['horizon_weeks']} weeks, by group of {who}"
    return intervals(gained, names, panels, title)


def interval(axes: Axes, row: Any, at: float, factor: float, colour: str) -> None:
    """A dot at the difference and a line over its interval, at this height; hollow when the interval holds zero."""
    if not math.isnan(row.low):
        axes.plot([row.low * factor, row.high * factor], [at, at], lw=2.4, color=colour, zorder=3)
    settled = row.low > 0 or row.high < 0
    look: Any = {"ms": 7.5, "mew": 2, "mfc": colour if settled else "white", "color": colour, "zorder": 3}
    axes.plot([row.difference * factor], [at], "o", **look)


def whom_and_when(differences: pd.DataFrame) -> str:
    """In words, the people and the horizon of ``differences``, which are of one cohort, group and horizon."""
    first = differences.iloc[0]
    who = COHORTS.get(first["cohort"], first["cohort"])
    who += "" if first["group"] == "all" else f", {in_words(first['group']).lower()} only"
    return f"after {first['horizon_weeks']} weeks, for {who}"


def legend_above(figure: Figure, handles: Sequence[Any], labels: Sequence[str], **look: Any) -> None:
    """A legend over all panels, of as many columns as the width holds: names may be long."""
    size = 11
    inches = 0.7 + max(map(len, labels)) * 0.6 * size / 72  # a letter is about 0.6 of its height wide
    columns = max(1, min(len(labels), 6, int((INCHES_WIDE - 0.3) / inches)))
    figure.legend(
        handles, labels, loc="outside upper center", ncols=columns, frameon=False, **{"fontsize": size, **look}
    )


def ticks(axis: Axis, limits: tuple[float, float]) -> None:
    """Few and round, with thousands set apart."""
    axis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
    if max(map(abs, limits)) >= 1000:
        axis.set_major_formatter(_number)


def note(figure: Figure, text: str) -> None:
    """A small line under the figure: what is drawn."""
    figure.supxlabel(text, fontsize=9.5, color=QUIET, x=0.01, ha="left")


def save(figure: Figure, stem: Path) -> list[Path]:
    """Writes ``stem``.png and ``stem``.svg and gives their paths."""
    stem.parent.mkdir(parents=True, exist_ok=True)
    with mpl.rc_context(STYLE):
        png, svg = stem.with_suffix(".png"), stem.with_suffix(".svg")
        figure.savefig(png, dpi=DPI)
        figure.savefig(svg, metadata={"Date": None})
    return [png, svg]


def _columns(panels: int) -> int:
    return min(panels, 2 if panels in (2, 4) else 3)


def grid_of_panels(count: int, row_height: float) -> tuple[Figure, list[Axes]]:
    """A figure with ``count`` panels and no empty frames."""
    columns = _columns(count)
    rows = math.ceil(count / columns)
    figure = Figure(figsize=(INCHES_WIDE, row_height * rows + 0.9), dpi=DPI, layout="constrained")
    figure.get_layout_engine().set(w_pad=0.12, h_pad=0.1, wspace=0.03, hspace=0.05)  # type: ignore[union-attr,call-arg]
    return figure, [figure.add_subplot(rows, columns, place + 1) for place in range(count)]


def _rows(frame: pd.DataFrame) -> Iterable[Any]:
    """Rows with their columns as attributes; their types are only known when read."""
    return frame.itertuples(index=False)


def _half_width(differences: pd.DataFrame) -> pd.Series:
    """Half the 95 % t-interval of the mean over columns, by row; 0 with one column, which has no interval."""
    n = differences.notna().sum(axis=1)
    half = differences.std(axis=1) / np.sqrt(n) * stats.t.ppf(0.975, np.maximum(n - 1, 1))
    return half.fillna(0.0)


def _unit_in_words(unit: str) -> str:
    return {"pp": "percentage points", "0-1": "on a scale from 0 to 1"}.get(unit, unit)


def _number(value: float, position: float) -> str:
    return f"{value:,.10g}".replace("-", "\N{MINUS SIGN}")
