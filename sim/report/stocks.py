"""The table of stocks and flows: as a document, and on the screen."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from sim.evaluation.year import NORWAY, WEEKS
from sim.settings import Settings


def markdown(stocks: pd.DataFrame, settings: Settings, overrides: Sequence[str]) -> str:
    """The table as a document, with the command that made it."""
    command = " ".join(["python experiments/stocks.py", *overrides, "--write"])
    checked = stocks[stocks["verdict"] != ""]
    inside = int((checked["verdict"] == "within range").sum())
    size, n = settings.population, settings.replications
    lines = [
        "# Stocks and flows of the baseline",
        "",
        f"`{command}` made this file and `stocks.csv`.",
        "",
        f"Population {size.name} ({size.registered:,} registered), seed {settings.seed}, {n} "
        f"replication{'s' if n > 1 else ''}, {settings.horizon.burn_in_weeks} weeks of burn-in, then means over "
        f"{WEEKS} weeks. Numbers of people and vacancies are Norway's times {size.registered / NORWAY:g} "
        f"({NORWAY:,} registered stand for the country). Rates, shares, ratios and prices are compared as they are.",
        "",
        "Roles: an *input* is set to the fact, so agreement shows only that places are filled; a fact marked *set* had "
        "a parameter put near it; a *check* was left to the model. Rows that begin with a space split the row above.",
        "",
        f"**{inside} of {len(checked)} rows are within range.** What is off is said in the last column.",
        "",
        "| id | what | role | fact (range) | model | ratio | verdict |",
        "| --- | --- | --- | ---: | ---: | ---: | --- |",
    ]
    for row in _rows(stocks):
        what = str(row.what)
        label = f"&nbsp;&nbsp;{what.strip()}" if what.startswith(" ") else what
        lines.append(
            f"| {row.id} | {label}, {row.unit} | {row.role} | {_range(row.fact, row.low, row.high)} "
            f"| {_shown(row.model)} | {_shown(row.ratio)} | {row.verdict} |"
        )
    lines += ["", "## Notes", ""]
    lines += [f"- {row.id}, {str(row.what).strip()}: {row.note}." for row in _rows(stocks) if row.note]
    return "\n".join(lines) + "\n"


def _rows(stocks: pd.DataFrame) -> Iterator[Any]:
    yield from stocks.itertuples()


def _range(value: float, low: float, high: float) -> str:
    return "" if math.isnan(value) else f"{_shown(value)} ({_shown(low)} to {_shown(high)})"


def _shown(number: float) -> str:
    if math.isnan(number):
        return ""
    return f"{number:,.0f}" if abs(number) >= 100 else f"{number:.3g}"


def print_table(stocks: pd.DataFrame) -> None:
    """The table on the screen."""
    width = max(len(f"{row.what}, {row.unit}") for row in _rows(stocks))
    print(f"{'id':8} {'what':{width}} {'role':6} {'fact':>7} {'range':>16} {'model':>7} {'ratio':>5}  verdict")
    for row in _rows(stocks):
        span = "" if math.isnan(row.low) else f"{_shown(row.low)} to {_shown(row.high)}"
        what = f"{row.what}, {row.unit}"
        ratio = "" if math.isnan(row.ratio) else f"{row.ratio:.2f}"
        print(
            f"{row.id:8} {what:{width}} {row.role:6} {_shown(row.fact):>7} {span:>16} {_shown(row.model):>7} "
            f"{ratio:>5}  {row.verdict}"
        )
