"""From the differences at the points of a design to an answer: the analysis, its figure and its words."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from sim.evaluation import sensitivity
from sim.evaluation.design import Design
from sim.evaluation.discovery import clearly, discover
from sim.evaluation.emulator import polynomial_indices
from sim.report.compare import CompareError
from sim.report.sensitivity import (
    Asked,
    boxes_figure,
    boxes_markdown,
    effects_figure,
    indices_figure,
    morris_figure,
    noise_words,
    table_markdown,
)
from sim.report.words import scenario_words

BOX_COLUMNS = ["box", "worlds", "wins", "coverage", "density", "low", "high"]


class Shown(NamedTuple):
    """An analysis as it is shown: its table, its figure and its text."""

    table: pd.DataFrame
    figure: Figure
    text: str


def answer(method: str, design: Design, found: sensitivity.Differences, asked: Asked) -> Shown:
    """The table, figure and text of an analysis: regression, morris, sections, polynomial, saltelli or tree.

    Raises CompareError when the runs do not allow it.
    """
    seed, means = design.seed, found.means
    noise = sensitivity.noise(found.pairs)
    meanings = {
        factor.name: f"{factor.meaning}, {factor.low:g} to {factor.high:g} {factor.unit}" for factor in design.factors
    }
    intro = noise_words(noise, means, asked)
    if method == "tree":
        return _discovered(design, found, noise, asked, intro)
    if method == "regression":
        table = sensitivity.screening(design, means, seed)
        figure = effects_figure(table, asked)
        clear = table[table["clear"]]
        intro += (
            f" {len(clear)} assumptions stand out from as many columns of random numbers as there are factors; "
            f"together they explain about {clear['share'].sum():.0%} of the variance. The rest is what no straight "
            "line tells: many small effects, bends and interactions."
        )
    elif design.kind == "morris":
        table = sensitivity.morris(design, means, noise.variance, seed)
        figure = morris_figure(table, asked)
    else:
        indices = sensitivity.sobol if method == "saltelli" else polynomial_indices
        table = indices(design, means, noise.variance, seed)
        figure = indices_figure(table, asked)
        of_what = "its variance" if method == "saltelli" else "the variance that is not noise"
        intro += (
            f" All other assumptions stay as they are. First-order effects add up to {_first_order(table):.2f} of "
            f"{of_what}."
        )
    return Shown(table, figure, f"{intro}\n\n{table_markdown(table, asked, meanings)}")


def _first_order(table: pd.DataFrame) -> float:
    return float(table.loc[table["factor"] != sensitivity.LUCK, "first"].sum())


def _discovered(
    design: Design, found: sensitivity.Differences, noise: sensitivity.Noise, asked: Asked, intro: str
) -> Shown:
    known = ~np.isnan(found.means)
    values, means = design.values().to_numpy()[known], found.means[known]
    sure = clearly(means, noise.variance)
    first, second = map(scenario_words, asked.pair)
    wins = f"{first} wins"
    intro += (
        f" {first} is clearly above {second} in {np.mean(sure > 0):.0%} of the worlds and clearly below in "
        f"{np.mean(sure < 0):.0%}; in the others the interval of the difference holds zero."
    )
    any_win = discover(design.factors, values, means > 0, design.seed)
    parts = [intro, f"**{first} wins: the difference is above zero.**", boxes_markdown(any_win, wins)]
    try:
        clear_win = discover(design.factors, values, sure > 0, design.seed)
        parts += [
            f"**{first} wins clearly: the interval is above zero.**",
            boxes_markdown(clear_win, f"{wins} clearly"),
        ]
    except CompareError as error:
        parts.append(f"Of clear wins there is no tree: {error}.")
    rows = [(str(box), *box[1:]) for box in any_win.boxes]
    return Shown(pd.DataFrame(rows, columns=BOX_COLUMNS), boxes_figure(any_win, asked, wins), "\n\n".join(parts))
