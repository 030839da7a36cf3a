"""Studies and chains as people read them: Markdown tables, and a figure for each chain."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence

import matplotlib as mpl
import pandas as pd
from matplotlib.figure import Figure

from sim.evaluation.ablation import CONFIDENCE as LEVEL
from sim.evaluation.ablation import WEEKS, Effect
from sim.evaluation.study import CONFIDENCE, Chain, Study
from sim.report.figures import DPI, INCHES_WIDE, INK, QUIET, STYLE
from sim.report.words import metric_words

HELD, NOT_HELD = "#0072B2", "#D55E00"


def markdown(study: Study, found: pd.DataFrame) -> str:
    """A study: what was varied, what was expected, and a row per outcome with a column per arm and combination."""
    lines = [f"## {study.title}", "", f"**Expected.** {study.expected}", "", "**Varied.**", ""]
    for arm, overrides in study.arms.items():
        settings = ", ".join(f"`{name}={value}`" for name, value in overrides.items()) or "the baseline"
        lines.append(f"- *{arm}*: {settings}")
    n = int(found["replications"].min())
    lines += ["", f"**Seen** after {study.weeks} weeks, {n} replications, {CONFIDENCE:.0%} intervals.", ""]
    names = list(dict.fromkeys(found["name"]))
    lines += ["| outcome | " + " | ".join(names) + " |", "| --- " * (len(names) + 1) + "|"]
    for (metric, group), cells in found.groupby(["metric", "group"], sort=False):
        by_name = cells.set_index("name")
        unit = str(cells["unit"].iloc[0])
        outcome = metric_words(str(metric)) + ("" if group == "all" else f", {group}")
        shown = [_cell(by_name.loc[name], unit) if name in by_name.index else "" for name in names]
        lines.append(
            f"| {outcome} ({'percentage points or %' if unit == 'share' else unit}) | " + " | ".join(shown) + " |"
        )
    return "\n".join(lines) + "\n"


def _cell(row: pd.Series, unit: str) -> str:
    factor = 100.0 if unit == "share" else 1.0
    value, low, high = (_number(float(row[name]) * factor) for name in ("value", "low", "high"))
    return value if row["kind"] == "arm" else f"{value} [{low}, {high}]"


def _number(value: float) -> str:
    if math.isnan(value):
        return "–"
    size = abs(value)
    return f"{value:,.0f}" if size >= 1000 else (f"{value:.1f}" if size >= 100 else f"{value:.3g}")


def chain_markdown(chain: Chain, found: Sequence[Effect], figure: str) -> str:
    """A chain: its figure, and a row per link with the switch, the cause's change and the answer."""
    lines = [f"## {chain.title}", "", f"![{chain.title}]({figure})", ""]
    pairs = min(effect.pairs for effect in found)
    lines += [
        f"Each link has a switch of its own and is measured by itself: {pairs} pairs, the {WEEKS} weeks after the "
        f"policy date, {LEVEL:.0%} intervals. In brackets the sign expected; ✓ when both quantities move so and "
        "neither interval holds zero.",
        "",
    ]
    lines += ["| link | switch | the cause moves | the next answers | as expected |", "| --- " * 5 + "|"]
    for n, link in enumerate(chain.links):
        cause, answer = (effect for effect in found if (effect.row, effect.contrast) == (chain.name, n))
        switch = ", ".join(f"`{name}={value}`" for name, value in link.change.items())
        if link.both:
            switch += "; in both arms " + ", ".join(f"`{name}={value}`" for name, value in link.both.items())
        mark = "✓" if cause.holds and answer.holds else "✗"
        lines.append(f"| {n + 1}. {link.what} | {switch} | {_effect(cause)} | {_effect(answer)} | {mark} |")
    return "\n".join(lines) + "\n"


def _effect(effect: Effect) -> str:
    factor = 100.0 if effect.unit == "share" else 1.0
    unit = "points" if effect.unit == "share" else effect.unit
    low, high = _number(effect.low * factor), _number(effect.high * factor)
    sign = "+" if effect.expect.sign > 0 else "−"
    change = f"{_number(effect.difference * factor)} [{low}, {high}] {unit}"
    return f"{metric_words(effect.expect.metric)}: {change} (exp. {sign})"


def chain_figure(chain: Chain, found: Sequence[Effect]) -> Figure:
    """A row per link: how much the cause moved and how much the next quantity answered, in per cent of the baseline."""
    rows = len(chain.links)
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(INCHES_WIDE, 1.0 + 0.95 * rows), dpi=DPI, layout="constrained")
        axes = figure.subplots(1, 1)
        labels = []
        for n, link in enumerate(chain.links):
            pair = [effect for effect in found if (effect.row, effect.contrast) == (chain.name, n)]
            for k, effect in enumerate(pair):
                base = abs(effect.baseline) or 1.0
                value, low, high = (100.0 * x / base for x in (effect.difference, effect.low, effect.high))
                y = -(n + 0.32 * k)
                colour = (QUIET if k == 0 else HELD) if effect.holds else NOT_HELD
                axes.barh(y, value, height=0.28, color=colour, alpha=0.85, zorder=2)
                axes.plot([low, high], [y, y], color=INK, linewidth=1.4, zorder=3)
                end = max(value, high, 0.0) if value >= 0 else min(value, low, 0.0)
                axes.annotate(
                    f"{metric_words(effect.expect.metric)} {value:+.3g} %",
                    (end, y),
                    xytext=(5 if value >= 0 else -5, 0),
                    textcoords="offset points",
                    ha="left" if value >= 0 else "right",
                    va="center",
                    fontsize=9,
                    color=INK,
                )
            labels.append("\n".join(textwrap.wrap(f"{n + 1}. {link.what}", 38)))
        axes.set_yticks([-(n + 0.16) for n in range(rows)], labels)
        axes.axvline(0.0, color=INK, linewidth=0.8)
        axes.set_xlabel("change in per cent of the baseline, with its 99 % interval")
        axes.margins(x=0.45)
        axes.grid(axis="y", visible=False)
        axes.set_title(f"{chain.title}\n", loc="left")
        legend = "grey: what the switch moves; blue: what answers; orange: not as expected"
        axes.annotate(legend, (0, 1), (0, 4), "axes fraction", "offset points", fontsize=9, color=INK)
    return figure
