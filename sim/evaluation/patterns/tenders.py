"""Patterns 11 and 12: what decides a tender, and what is left of it on the next course."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from sim.evaluation.pattern import Claim, Pattern, Runs, Statistic, difference
from sim.evaluation.rounds import lowest_won, one_course_and_the_next, points_and_quality

LITTLE = 0.3  # a correlation that explains less than a tenth of the variance


def of_rounds(arm: str, value: Callable[[pd.DataFrame], float]) -> Statistic:
    """A number of the rounds of each run of an arm."""

    def read(runs: Runs) -> np.ndarray:
        return np.array([value(run.rounds) for (run,) in runs.each(arm)])

    return read


PATTERNS = (
    Pattern(
        11,
        "Price decides even at a weight of 30-40 %: points bunch, or rest on past results of departed staff (PD)",
        (
            *(
                Claim(
                    f"rounds that the lowest bid wins, price weight {weight}",
                    (f"rounds, price {weight}",),
                    of_rounds(f"rounds, price {weight}", lowest_won),
                    0.5,
                    None,
                    "PD; Agder case: price decides, so in most rounds",
                    unit="share",
                )
                for weight in (0.3, 0.4)
            ),
            Claim(
                "points at the award and quality delivered, price weight 0.4",
                ("rounds, price 0.4",),
                of_rounds("rounds, price 0.4", points_and_quality),
                None,
                LITTLE,
                "PD: past results of departed staff; less than a tenth of the variance",
                whole=False,
                unit="correlation",
            ),
        ),
    ),
    Pattern(
        12,
        "Price competition, short contracts, instructors who leave: one course does not predict the next (PD)",
        (
            Claim(
                "instructors who quit, price weight 0.8 and half a year less 0 and four years",
                ("price competition", "no price competition"),
                difference("instructor_turnover", "price competition", "no price competition", weeks=260),
                0,
                None,
                "PD",
                unit="share a year",
            ),
            Claim(
                "quality under one contract and the next, price weight 0.8",
                ("rounds, price 0.8",),
                of_rounds("rounds, price 0.8", one_course_and_the_next),
                -LITTLE,
                LITTLE,
                "PD: does not predict; less than a tenth of the variance",
                whole=False,
                unit="correlation",
            ),
        ),
    ),
)
