"""Cost-effectiveness as people read it: the table on the screen, and the plane beside the acceptability curves."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
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

from sim.evaluation.cost_effectiveness import Increments, acceptability, cost_effectiveness, increments
from sim.evaluation.dominance import EQUAL, FRONTIER
from sim.report.figures import DPI, INCHES_WIDE, INK, QUIET, STYLE, colours, legend_above, note, ticks
from sim.report.table import EVERYBODY, WIDTH, View
from sim.report.words import scenario_words

MARKERS = "osD^vPX<>*hp"
WORTH = (1_000_000.0, 5_000_000.0)  # NOK for a retained job: acceptability is drawn at least and at most so far
LEAST_SHARE = 0.05  # a curve that never gets so far is not drawn
CORNERS = (
    (0.98, 0.98, "more jobs,\ncosts more"),
    (0.02, 0.98, "fewer jobs,\ncosts more:\ndominated"),
    (0.02, 0.02, "fewer jobs,\nsaves money"),
    (0.98, 0.02, "more jobs,\nsaves money:\ndominant"),
)


def weighed(
    outcomes: pd.DataFrame, baseline: str = "baseline", view: View = EVERYBODY
) -> tuple[pd.DataFrame, Sequence[Increments]]:
    """Cost-effectiveness (`sim.evaluation.cost_effectiveness`) for the people and the horizon of ``view``, with columns
    cohort, group and horizon_weeks, and the increments that it is made of: what ``plane`` draws.

    Raises CompareError for people or a horizon that are not there.
    """
    weeks = int(view.of(outcomes)["horizon_weeks"].iloc[0])
    pairs = increments(outcomes, baseline, view.cohort, view.group, weeks)
    found = cost_effectiveness(pairs, baseline)
    return found.assign(cohort=view.cohort, group=view.group, horizon_weeks=weeks), pairs


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
    for row in found.iloc[1:].to_dict("records"):
        ratio, low, high = (_money(row[name]) for name in ("cost_per_job", "low", "high"))
        interval = f"{low} to {high}" if ratio else ""
        table.add_row(scenario_words(row["scenario"]), ratio, interval, row["verdict"], _standing(row))
    console.print(table)
    console.print(
        "Per job: difference in public cost over difference in people who kept a job, Fieller's interval over pairs.\n"
        "Negative: saved per additional job; with fewer jobs: saved per job lost. Empty: see the reading.",
        soft_wrap=True,
    )


def _money(value: float) -> str:
    return "" if math.isnan(value) else f"{value:,.0f}"


def _standing(row: Mapping[Any, Any]) -> str:
    """Dominance in words."""
    word, by = row["dominance"], " and ".join(map(scenario_words, filter(None, row["dominance_by"].split(" and "))))
    return f"{word}{ {FRONTIER: '', EQUAL: ' as '}.get(word, ' by ') }{by}"


def plane(found: pd.DataFrame, pairs: Sequence[Increments], about: str) -> Figure:
    """The cost-effectiveness plane and, with enough pairs for a bootstrap, acceptability curves beside it.

    ``found`` is the table made of ``pairs``; ``about`` says in the heading whom and when. In the plane: additional
    retained jobs per 100 people against additional public cost per person, the baseline at the origin; each scenario's
    mean, the means of its bootstrap replicates, and the efficiency frontier. Source: Briggs and Fenn (1998), Fenwick,
    Claxton and Sculpher (2001).
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
        # The heading is the legend's title: a title of the figure would lie on top of the legend.
        title = f"Public cost and jobs kept {about}"
        legend_above(figure, marks, labels, title=title, title_fontproperties={"weight": "bold", "size": 14})
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
        axes.text(x, y, words, transform=axes.transAxes, color=QUIET, fontsize=9, zorder=1.5, **sides)
    axes.set_title("Cost and effect against " + scenario_words(found["baseline"].iloc[0]).lower(), color=INK)
    axes.set_xlabel("additional people who kept a job for 26 weeks, per 100")
    axes.set_ylabel("additional public cost, NOK per person")
    # All four quadrants are seen, with room for their words.
    for limits, change in ((axes.get_xlim(), axes.set_xlim), (axes.get_ylim(), axes.set_ylim)):
        span = limits[1] - limits[0]
        change(min(limits[0] - 0.12 * span, -0.22 * span), max(limits[1] + 0.12 * span, 0.22 * span))
    ticks(axes.xaxis, axes.get_xlim())
    ticks(axes.yaxis, axes.get_ylim())


def _draw_curves(axes: Axes, curves: pd.DataFrame, colour: dict[str, str]) -> None:
    for place, (scenario, marker) in enumerate(zip(curves.columns, cycle(MARKERS), strict=False)):
        if curves[scenario].max() < LEAST_SHARE:
            continue
        look: Any = {"color": colour[scenario], "lw": 2, "marker": marker, "ms": 7, "mec": "white"}
        # Marks beside each other, not on top of each other where curves run together.
        axes.plot(curves.index / 1000, curves[scenario] * 100, markevery=(5 + 3 * place, 40), **look)
    axes.set_title("Share of replicates in which it is the best buy", color=INK)
    axes.set_xlabel("worth of a retained job, thousand NOK")
    axes.set_ylabel(f"% (curves that stay below {100 * LEAST_SHARE:.0f} % are left out)")
    axes.set_ylim(-2, 102)
    axes.set_xlim(0, float(curves.index[-1]) / 1000)
    ticks(axes.xaxis, axes.get_xlim())


def _furthest(found: pd.DataFrame) -> float:
    """The highest worth of a retained job that is drawn, NOK: beyond what scenarios cost per job, within ``WORTH``."""
    asked = found[["cost_per_job", "frontier_cost_per_job"]].to_numpy(float)
    return float(np.clip(1.5 * np.nan_to_num(asked).max(), *WORTH))
