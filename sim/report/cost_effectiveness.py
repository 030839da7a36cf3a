"""Cost-effectiveness as people read it: the table on the screen, and the plane beside the acceptability curves."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import cycle
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from rich import box
from rich.console import Console
from rich.table import Table

from sim.evaluation.cost_effectiveness import Increments, acceptability
from sim.evaluation.dominance import EQUAL, FRONTIER
from sim.report.figures import DPI, INCHES_WIDE, INK, QUIET, STYLE, colours, note, ticks
from sim.report.table import WIDTH
from sim.report.words import scenario_words

MARKERS = "osD^vPX<>*hp"
LINES: tuple[Any, ...] = ("-", (0, (5, 1.5)), (0, (1, 1.2)), (0, (5, 1.5, 1, 1.5)), (0, (8, 2, 2, 2)))
LEAST_WORTH = 1_000_000.0  # NOK for a retained job: acceptability is drawn at least so far
CORNERS = (
    (0.98, 0.98, "more jobs, costs more"),
    (0.02, 0.98, "fewer jobs, costs more: dominated"),
    (0.02, 0.02, "fewer jobs, saves money"),
    (0.98, 0.02, "more jobs, saves money: dominant"),
)


def print_cost_effectiveness(found: pd.DataFrame, console: Console | None = None) -> None:
    """Prints a row per scenario of `sim.evaluation.cost_effectiveness.cost_effectiveness`, and how to read it."""
    console = console or Console(highlight=False, width=WIDTH)
    console.print("[bold]Public cost per additional retained job (26 weeks), NOK[/bold]")
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column("Scenario", max_width=26, overflow="fold")
    table.add_column("Per job", justify="right", no_wrap=True)
    table.add_column("95 % interval", justify="right", no_wrap=True)
    table.add_column("Reading", no_wrap=True)
    table.add_column("Among all, by the means", max_width=34)
    for row in found.iloc[1:].itertuples():
        ratio, low, high = _money(row.cost_per_job), _money(row.low), _money(row.high)
        interval = f"{low} to {high}" if ratio else ""
        table.add_row(scenario_words(row.scenario), ratio, interval, row.verdict, _standing(row))
    console.print(table)
    console.print(
        "Per job: difference in public cost over difference in people who kept a job, Fieller's interval; empty where "
        "the\neffect is unclear (no bounds), or both are better or worse. Intervals: replications, not assumptions.",
        soft_wrap=True,
    )


def _money(value: float) -> str:
    return "" if math.isnan(value) else f"{value:,.0f}"


def _standing(row: Any) -> str:
    """Dominance in words."""
    by = " and ".join(map(scenario_words, row.dominance_by.split(" and "))) if row.dominance_by else ""
    link = {FRONTIER: "", EQUAL: " as "}.get(row.dominance, " by ")
    return f"{row.dominance}{link}{by}"


def plane(found: pd.DataFrame, pairs: Sequence[Increments]) -> Figure:
    """The cost-effectiveness plane and, with enough pairs for a bootstrap, acceptability curves beside it.

    ``found`` is the table made of ``pairs``. In the plane: additional retained jobs per 100 people against additional
    public cost per person, the baseline at the origin; each scenario's mean, the means of its bootstrap replicates and
    the efficiency frontier through those that nothing dominates. Source: Briggs and Fenn (1998), Fenwick et al. (2001).
    """
    baseline = str(found["baseline"].iloc[0])
    colour = colours(found["scenario"])
    worth = np.linspace(0.0, _furthest(found), 201)
    curves = acceptability(pairs, worth, baseline)
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(INCHES_WIDE, 6.4), dpi=DPI, layout="constrained")
        figure.get_layout_engine().set(w_pad=0.12, h_pad=0.1)  # type: ignore[union-attr,call-arg]
        axes = figure.add_subplot(1, 1 if curves.empty else 2, 1)
        _draw_plane(axes, found, pairs, colour)
        if not curves.empty:
            _draw_curves(figure.add_subplot(1, 2, 2), curves, colour)
        marks, labels = axes.get_legend_handles_labels()
        figure.legend(marks, labels, loc="outside upper center", ncols=min(6, len(labels)), frameon=False, fontsize=11)
        cloud = "no bootstrap: too few pairs" if curves.empty else "small dots: bootstrap replicates over pairs"
        note(
            figure,
            f"Means of {found['replications'].max()} paired replications; {cloud}; spread is luck of people and "
            "events, not doubt about parameters.",
        )
    return figure


def _draw_plane(axes: Axes, found: pd.DataFrame, pairs: Sequence[Increments], colour: dict[str, str]) -> None:
    axes.axhline(0, color=QUIET, lw=1, zorder=1)
    axes.axvline(0, color=QUIET, lw=1, zorder=1)
    for pair in pairs:
        costs, effects = pair.resampled()
        # As one picture in the SVG: thousands of dots would make a large file.
        axes.plot(effects * 100, costs, ".", ms=2.5, alpha=0.25, color=colour[pair.scenario], zorder=2, rasterized=True)
    for (scenario, cost, effect), marker in zip(
        found[["scenario", "cost", "effect"]].itertuples(index=False), cycle(MARKERS), strict=False
    ):
        look: Any = {"color": colour[scenario], "ms": 8, "mec": "white", "mew": 1.2, "zorder": 5, "ls": "none"}
        axes.plot([effect * 100], [cost], marker, label=scenario_words(scenario), **look)
    frontier = found[found["dominance"] == FRONTIER].sort_values("effect")
    axes.plot(frontier["effect"] * 100, frontier["cost"], color=INK, lw=1.3, ls=(0, (4, 2)), zorder=4, label="Frontier")
    for x, y, words in CORNERS:
        sides: Any = {"ha": "right" if x > 0.5 else "left", "va": "top" if y > 0.5 else "bottom"}
        axes.text(x, y, words, transform=axes.transAxes, color=QUIET, fontsize=9, zorder=6, **sides)
    axes.set_title("Cost and effect against " + scenario_words(found["baseline"].iloc[0]).lower(), color=INK)
    axes.set_xlabel("additional people who kept a job for 26 weeks, per 100")
    axes.set_ylabel("additional public cost, NOK per person")
    # All four quadrants are seen, and the words in the corners stand clear of the dots.
    for limits, change in ((axes.get_xlim(), axes.set_xlim), (axes.get_ylim(), axes.set_ylim)):
        span = limits[1] - limits[0]
        change(min(limits[0], -0.1 * span) - 0.08 * span, max(limits[1], 0.1 * span) + 0.08 * span)
    ticks(axes.xaxis, axes.get_xlim())
    ticks(axes.yaxis, axes.get_ylim())


def _draw_curves(axes: Axes, curves: pd.DataFrame, colour: dict[str, str]) -> None:
    for scenario, line in zip(curves.columns, cycle(LINES), strict=False):
        shares = curves[scenario] * 100
        axes.plot(curves.index / 1000, shares, color=colour[scenario], lw=2, ls=line, label=scenario_words(scenario))
    axes.set_title("Share of replicates in which it is the best buy", color=INK)
    axes.set_xlabel("worth of a retained job, thousand NOK")
    axes.set_ylabel("%")
    axes.set_ylim(-2, 102)
    axes.set_xlim(0, float(curves.index[-1]) / 1000)
    ticks(axes.xaxis, axes.get_xlim())


def _furthest(found: pd.DataFrame) -> float:
    """The highest worth of a retained job that is drawn, NOK: beyond what any scenario costs per job."""
    asked = found[["cost_per_job", "frontier_cost_per_job"]].to_numpy(float)
    return 1.5 * max(LEAST_WORTH / 1.5, float(np.nanmax(asked, initial=0.0)))
