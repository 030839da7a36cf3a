"""Differences in words, for texts beside a figure: what is said follows from the numbers, so they cannot disagree."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from sim.report.multiplicity import ERROR, holm
from sim.report.precision import told
from sim.report.table import reading
from sim.report.words import metric_words, scale
from sim.settings import compose

MANY = 4
VERDICTS = ("higher", "lower", "the same", "unclear", "one replication")


def sentence(row: Any) -> str:
    """One difference as a sentence: its outcome, the verdict of its 95 % interval, and the numbers.

    ``row`` has metric, unit, baseline_value, difference, low and high, as rows of ``paired_differences`` and of
    ``responses`` have. When the interval holds zero the sentence says that it is unclear, whatever the mean.
    """
    shown = scale(row.unit, row.baseline_value)
    name, unit = metric_words(row.metric), "" if shown.difference_unit == "0-1" else f" {shown.difference_unit}"
    here = f"{shown.value(row.baseline_value + row.difference)} against {shown.value(row.baseline_value)}"
    here += "" if shown.unit == "0-1" else f" {shown.unit}"
    by = shown.difference(row.difference)
    if math.isnan(row.low):
        return f"{name}: {here}, a difference of {by}{unit} in one pair, which has no interval."
    span = f"{shown.difference(row.low)} to {shown.difference(row.high)}"
    said = reading(row.low, row.high)
    if said == "the same":
        return f"{name}: the same, {shown.value(row.baseline_value)}{'' if shown.unit == '0-1' else f' {shown.unit}'}."
    if said == "unclear":
        return f"{name}: unclear; the difference of {by}{unit} has an interval that holds zero ({span})."
    return f"{name}: {said}, {here}; a difference of {by}{unit} (95 % interval {span})."


def sorted_out(names: Iterable[str], rows: pd.DataFrame) -> str:
    """For which of ``names`` a difference is clear, one for each of ``rows``, and for which it is not.

    "Higher for the young (+1.20 pp); unclear for those in KVP." Each verdict names all that it holds for, those with
    the largest difference first; when none of many differs clearly, they are not named.
    """
    found: dict[str, list[tuple[float, str]]] = {word: [] for word in VERDICTS}
    for name, row in zip(names, rows.itertuples(), strict=True):
        shown = scale(str(row.unit), float(row.baseline_value))  # type: ignore[arg-type]
        difference, low, high = (float(x) for x in (row.difference, row.low, row.high))  # type: ignore[arg-type]
        said = "one replication" if math.isnan(low) else reading(low, high)
        unit = "" if shown.difference_unit == "0-1" else f" {shown.difference_unit}"
        size = f" ({shown.difference(difference)}{unit})" if said in ("higher", "lower") else ""
        found[said].append((abs(difference), name + size))
    for word in ("the same", "unclear"):
        if len(found[word]) == len(rows) >= MANY:
            return f"{word[:1].upper()}{word[1:]} for all {len(rows)}."
    parts = [
        f"{word} for {listed([name for _, name in sorted(members, key=lambda one: -one[0])])}"
        for word, members in found.items()
        if members
    ]
    text = "; ".join(parts)
    return text[:1].upper() + text[1:] + "."


def verdicts(headings: Iterable[str], names: Iterable[str], rows: pd.DataFrame) -> str:
    """``sorted_out`` under each heading, as a list in Markdown; a heading and a name for each of ``rows``."""
    table = rows.assign(heading=list(headings), name=list(names))
    return "\n".join(
        f"- {heading}. {sorted_out(of_heading['name'], of_heading)}"
        for heading, of_heading in table.groupby("heading", sort=False)
    )


def sentences(rows: pd.DataFrame) -> str:
    """A ``sentence`` for each of ``rows``, as a list in Markdown."""
    return "\n".join(f"- {sentence(row)}" for row in rows.itertuples())


def how_sure(narrow: pd.DataFrame, *shown: pd.DataFrame) -> str:
    """How narrow intervals are, what the wanted width would take, how many comparisons were made, what is assumed.

    ``narrow`` as ``precision`` gives it; ``shown``: all differences that were looked at, with their p. In Markdown.
    """
    return "\n".join(
        [
            "Half the width of the interval now, and what the wanted one would take:",
            "",
            *(f"- {line}." for line in told(narrow)),
            "",
            counted(pd.concat([rows["p"] for rows in shown])),
            "",
            f"{assumptions()} They are listed in [docs/parameters.md](../docs/parameters.md).",
        ]
    )


def counted(p: Sequence[float] | pd.Series) -> str:
    """How many comparisons were made, how many exclude zero, by chance and after Holm's correction, by p-values."""
    values = np.asarray(p, dtype=float)
    values = values[~np.isnan(values)]
    alone, after = int((values < ERROR).sum()), int((holm(values) < ERROR).sum())
    return (
        f"{len(values)} comparisons were made; {alone} of their 95 % intervals exclude zero, and "
        f"{len(values) * ERROR:.2g} would be expected to if nothing differed; {after or 'none'} of the findings "
        f"stay{'s' if after < 2 else ''} after Holm's correction for looking so often."
    )


def assumptions() -> str:
    """How many of the world's parameters are assumed."""
    known = compose().parameters
    counts = Counter(item.status for item in known.values())
    return (
        f"{counts['assumed']} of the {len(known)} parameters of the world are assumed, within a range: intervals say "
        "how sure the simulation is of its own answer, and nothing about the assumptions."
    )


def listed(names: Sequence[str]) -> str:
    """Names as a sentence lists them."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
