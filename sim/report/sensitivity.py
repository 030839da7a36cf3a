"""Sensitivity analyses as people look at them: the figures, Markdown tables, and what is printed."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable
from typing import Any, NamedTuple

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.evaluation.discovery import Discovery
from sim.evaluation.sensitivity import LUCK, Noise
from sim.report.figures import DPI, INCHES_WIDE, INK, QUIET, STYLE
from sim.report.words import Scale, metric_words, scale, scenario_words

SHOWN = 20  # factors in a figure or table
TOTAL, FIRST = "#0072B2", "#E69F00"


class Asked(NamedTuple):
    """What a sensitivity analysis is about: the outcome, its unit and usual size, whose, when, and the scenarios."""

    metric: str
    unit: str
    size: float
    group: str
    weeks: int
    pair: tuple[str, str]

    @property
    def scale(self) -> Scale:
        return scale(self.unit, self.size)

    @property
    def title(self) -> str:
        first, second = map(scenario_words, self.pair)
        whose = "" if self.group == "all" else f", {self.group.replace('_', ' ')}"
        return f"{metric_words(self.metric)}{whose}, after {self.weeks} weeks: {first} minus {second}"


def indices_figure(table: pd.DataFrame, asked: Asked) -> Figure:
    """Sobol indices: a row per factor, its total and first-order effect with intervals; grey up to what luck gives."""
    with mpl.rc_context(STYLE):
        figure, axes = _rows(_top(table), "Share of the variance that each assumption explains", asked)
        rows = _top(table)
        at = -np.arange(len(rows), dtype=float)
        _luck(axes, table, "high")
        named = (("total", "low", "high", TOTAL, "o", 0.14), ("first", "first_low", "first_high", FIRST, "s", -0.16))
        for name, low, high, colour, mark, shift in named:
            axes.hlines(at + shift, rows[low], rows[high], color=colour, lw=2.2, zorder=3)
            label = "total effect (alone and together with others)" if name == "total" else "first-order effect (alone)"
            axes.plot(rows[name], at + shift, mark, color=colour, ms=7, mfc=colour if mark == "o" else "white", mew=1.8,
                      zorder=4, label=label)  # fmt: skip
        axes.axvline(0, color=QUIET, lw=1, zorder=2)
        axes.set_xlabel("share of the variance of the difference (lines: 95 % bootstrap intervals)")
        _legend(figure, axes)
    return figure


def effects_figure(table: pd.DataFrame, asked: Asked) -> Figure:
    """Effects by forward regression: a row per factor, its effect over the full range with the interval."""
    shown = asked.scale
    with mpl.rc_context(STYLE):
        rows = _top(table)
        figure, axes = _rows(rows, "Effect of each assumption, from its lowest to its highest value", asked)
        at = -np.arange(len(rows), dtype=float)
        _luck(axes, table, "size", shown.factor, both=True)
        axes.hlines(at, rows["low"] * shown.factor, rows["high"] * shown.factor, color=TOTAL, lw=2.2, zorder=3)
        for y, row in zip(at, _lines(rows), strict=True):
            fill = TOTAL if row.clear else "white"
            axes.plot([row.effect * shown.factor], [y], "o", color=TOTAL, mfc=fill, ms=7, mew=1.8, zorder=4)
        axes.axvline(0, color=QUIET, lw=1, zorder=2)
        axes.set_xlabel(
            f"change in the difference over the full range, {_unit(shown)} (lines: 95 % intervals; filled: beyond luck)"
        )
        _legend(figure, axes)
    return figure


def morris_figure(table: pd.DataFrame, asked: Asked) -> Figure:
    """Elementary effects: mu* with its interval by factor (left), and mu* against sigma (right, where there is one)."""
    shown = asked.scale
    with mpl.rc_context(STYLE):
        rows = _top(table)
        figure, axes = _rows(rows, "Mean size of elementary effects", asked, two=bool(rows["sigma"].notna().any()))
        at = -np.arange(len(rows), dtype=float)
        _luck(axes, table, "high", shown.factor)
        axes.hlines(at, rows["low"] * shown.factor, rows["high"] * shown.factor, color=TOTAL, lw=2.2, zorder=3)
        for y, row in zip(at, _lines(rows), strict=True):
            fill = TOTAL if row.clear else "white"
            axes.plot([row.mu_star * shown.factor], [y], "o", color=TOTAL, mfc=fill, ms=7, mew=1.8, zorder=4)
        axes.set_xlim(left=0)
        axes.set_xlabel(f"μ*, {_unit(shown)} per full range\n(lines: 95 % bootstrap intervals; filled: beyond luck)")
        if len(figure.axes) > 1:
            beside = figure.axes[1]
            of_factors = table[(table["factor"] != LUCK)]
            x, y = of_factors["mu_star"] * shown.factor, of_factors["sigma"] * shown.factor
            beside.plot(x, y, "o", color=QUIET, ms=4.5, alpha=0.7)
            luck = table[table["factor"] == LUCK]
            beside.plot(luck["mu_star"] * shown.factor, luck["sigma"] * shown.factor, "X", color=FIRST, ms=11, mec=INK,
                        label="luck alone")  # fmt: skip
            for rank, row in enumerate(_lines(rows.head(5)), start=1):
                beside.annotate(str(rank), (row.mu_star * shown.factor, row.sigma * shown.factor), xytext=(6, 2),
                                textcoords="offset points", fontsize=10)  # fmt: skip
            beside.set_xlabel(f"μ*, {_unit(shown)}\n(numbers: rank in the panel on the left)")
            beside.set_ylabel(f"σ, {_unit(shown)}")
            beside.set_title("Large σ: bends or interactions", color=INK)
            beside.legend(frameon=False, loc="lower right")
        _legend(figure, axes)
    return figure


def boxes_figure(found: Discovery, asked: Asked, what: str) -> Figure:
    """A row per box of the tree: its conditions, and the share of its worlds that are wins, with the interval."""
    labels = ["\n".join(textwrap.wrap(_named(str(box)), 52)) for box in found.boxes]
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(INCHES_WIDE, 1.9 + 0.85 * len(labels)), dpi=DPI, layout="constrained")
        axes = figure.subplots(1, 1)
        at = -np.arange(len(labels), dtype=float)
        axes.barh(at, [100 * box.density for box in found.boxes], height=0.56, color="#7FB8D9", zorder=2)
        axes.hlines(at, [100 * b.low for b in found.boxes], [100 * b.high for b in found.boxes], color=INK, lw=1.8)
        for y, box in zip(at, found.boxes, strict=True):
            text = f"{box.wins} of {box.worlds} worlds; {box.coverage:.0%} of all wins"
            axes.annotate(text, (102, y), va="center", fontsize=9.5, color=INK, annotation_clip=False)
        share = 100 * found.wins / found.worlds
        axes.axvline(share, color=INK, lw=1.2, ls=(0, (4, 3)), zorder=3, label=f"all worlds: {share:.0f} %")
        axes.set_yticks(at, labels)
        axes.set_xlim(0, 138)
        axes.set_xticks(range(0, 101, 20))
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        axes.grid(visible=False, axis="y")
        axes.set_xlabel(f"worlds in which {what}, % (lines: 95 % Wilson intervals)")
        figure.suptitle(f"When {what}\n{asked.title}", fontsize=13, fontweight="bold", color=INK)
        _legend(figure, axes)
    return figure


def table_markdown(table: pd.DataFrame, asked: Asked, meanings: dict[str, str]) -> str:
    """The largest rows of an analysis as Markdown, with what each parameter means and the yardstick."""
    shown = asked.scale
    rows = _top(table)
    luck = table[table["factor"] == LUCK]
    unit = _unit(shown)
    kinds: dict[str, list[tuple[str, Any]]] = {
        "total": [
            ("total effect", lambda r: f"{r.total:.2f} [{r.low:.2f}, {r.high:.2f}]"),
            ("first-order effect", lambda r: f"{r.first:.2f} [{r.first_low:.2f}, {r.first_high:.2f}]"),
        ],
        "effect": [
            (f"effect over the full range, {unit}", lambda r: _interval(r.effect, r.low, r.high, shown)),
            ("share of the variance", lambda r: f"{r.share:.1%}"),
        ],
        "mu_star": [
            (f"μ*, {unit}", lambda r: _interval(r.mu_star, r.low, r.high, shown).replace("+", "")),
            (f"μ, {unit}", lambda r: shown.difference(r.mu)),
            (f"σ, {unit}", lambda r: "" if math.isnan(r.sigma) else shown.difference(r.sigma).lstrip("+")),
        ],
    }
    columns = next(cells for name, cells in kinds.items() if name in table.columns)
    lines = ["| | assumption | meaning | " + " | ".join(name for name, _ in columns) + " | beyond luck |"]
    lines.append("| ---: | --- | --- " + "| ---: " * len(columns) + "| --- |")
    for rank, row in enumerate([*_lines(rows), *_lines(luck)], start=1):
        is_luck = row.factor == LUCK
        name = "*luck alone*" if is_luck else _named(str(row.factor))
        cells = [
            "" if is_luck else str(rank),
            name,
            meanings.get(str(row.factor), ""),
            *("" if math.isnan(float(getattr(row, table.columns[1]))) else cell(row) for _, cell in columns),
            "" if is_luck else ("yes" if row.clear else "no"),
        ]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def boxes_markdown(found: Discovery, what: str) -> str:
    """The rules of a tree in words, densest box first."""
    lines = [
        f"In {found.wins} of {found.worlds} worlds ({found.wins / found.worlds:.0%}) {what}. The tree tells "
        f"{found.accuracy:.0%} of these and of the others rightly, cross-validated; guessing gives 50 %, and "
        f"{found.chance:.0%} one time in twenty."
        + ("" if found.accuracy > found.chance else " **That is no better than guessing: its boxes say nothing.**"),
        "",
        f"| worlds in which | so many | density: {what} | 95 % interval | coverage: of all such worlds |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for box in found.boxes:
        interval = f"{box.low:.0%} to {box.high:.0%}"
        lines.append(f"| {_named(str(box))} | {box.worlds} | {box.density:.0%} | {interval} | {box.coverage:.0%} |")
    return "\n".join(lines) + "\n"


def noise_words(noise: Noise, means: np.ndarray, asked: Asked) -> str:
    """How the outcome lies over the points, and how much of that is luck, in two sentences."""
    shown, known = asked.scale, means[~np.isnan(means)]
    low, high = np.quantile(known, [0.05, 0.95])
    text = (
        f"Over {known.size} worlds the difference is {shown.difference(float(known.mean()))} {_unit(shown)} on "
        f"average, from {shown.difference(float(low))} to {shown.difference(float(high))} in nine of ten."
    )
    if math.isnan(noise.share):
        return f"{text} With one replication nobody can say how much of that is luck; run replications=2 or more."
    return f"{text} Of its variance over worlds {noise.share:.0%} is replication noise, not the parameters."


def _named(name: str) -> str:
    """``delivery.wage[0]`` as delivery.wage (in-house)."""
    return name.replace("[0]", " (in-house)").replace("[1]", " (outsourced)")


def _top(table: pd.DataFrame) -> pd.DataFrame:
    return table[table["factor"] != LUCK].head(SHOWN)


def _lines(table: pd.DataFrame) -> Iterable[Any]:
    """Rows with their columns as attributes; their types are only known when read."""
    return table.itertuples(index=False)


def _rows(rows: pd.DataFrame, title: str, asked: Asked, two: bool = False) -> tuple[Figure, Axes]:
    """A figure with a named row per factor, and a second panel where asked."""
    figure = Figure(figsize=(INCHES_WIDE, 1.9 + 0.34 * max(len(rows), 6)), dpi=DPI, layout="constrained")
    panels = figure.subplots(1, 2, width_ratios=[1.25, 1]) if two else [figure.subplots(1, 1)]
    axes: Axes = panels[0]
    at = -np.arange(len(rows), dtype=float)
    axes.set_yticks(at, [f"{_named(name)}  {rank}" for rank, name in enumerate(rows["factor"], start=1)])
    axes.set_ylim(-len(rows) + 0.4, 0.6)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    figure.suptitle(f"{title}\n{asked.title}", fontsize=13, fontweight="bold", color=INK)
    return figure, axes


def _luck(axes: Axes, table: pd.DataFrame, column: str, factor: float = 1.0, both: bool = False) -> None:
    """Shades what a factor that does nothing may reach."""
    reach = float(table.loc[table["factor"] == LUCK, column].iloc[0]) * factor
    if not math.isnan(reach):
        label = "what a factor that does nothing may reach"
        axes.axvspan(-reach if both else 0.0, reach, color="#d9d9d9", alpha=0.6, lw=0, zorder=0, label=label)


def _legend(figure: Figure, axes: Axes) -> None:
    handles, labels = axes.get_legend_handles_labels()
    if handles:
        figure.legend(handles, labels, loc="outside lower center", ncols=3, frameon=False, fontsize=10)


def _unit(shown: Scale) -> str:
    return {"pp": "percentage points"}.get(shown.difference_unit, shown.difference_unit)


def _interval(value: float, low: float, high: float, shown: Scale) -> str:
    return f"{shown.difference(value)} [{shown.difference(low)}, {shown.difference(high)}]"
