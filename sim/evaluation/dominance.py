"""The efficiency frontier: which options no other option, and no mixture of two others, beats in cost and effect."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

FRONTIER, DOMINATED, EXTENDEDLY, EQUAL = "on the frontier", "dominated", "extendedly dominated", "the same"


class Standing(NamedTuple):
    """Where an option stands: ``word`` is one of the four above, ``by`` the numbers of the options that it is measured
    against (none on the frontier, one, or the two of the mixture)."""

    word: str
    by: tuple[int, ...] = ()


def dominance(cost: Sequence[float] | np.ndarray, effect: Sequence[float] | np.ndarray) -> list[Standing]:
    """The standing of each option by its mean ``cost`` and ``effect``, in their order.

    Dominated (strictly): another costs no more and has no smaller effect, and is better in one of the two; named is the
    most effective of those, the cheapest if there are several. Extendedly dominated: a mixture of its neighbours on the
    frontier has the same effect for less, or for as much. The same: equal to an earlier option in both.

    Source: Drummond, Sculpher, Claxton, Stoddart and Torrance, Methods for the Economic Evaluation of Health Care
    Programmes (4th ed., 2015), on incremental analysis with several alternatives.
    """
    points = list(zip(map(float, cost), map(float, effect), strict=True))
    standings: dict[int, Standing] = {}
    corners: list[int] = []  # by rising effect, and so by rising cost
    for option in sorted(range(len(points)), key=lambda option: points[option][::-1]):
        own_cost, own_effect = points[option]
        better = [
            (-other_effect, other_cost, other)
            for other, (other_cost, other_effect) in enumerate(points)
            if other_cost <= own_cost and other_effect >= own_effect and (other_cost, other_effect) != points[option]
        ]
        if better:
            standings[option] = Standing(DOMINATED, (min(better)[2],))
        elif corners and points[corners[-1]] == points[option]:
            standings[option] = Standing(EQUAL, (corners[-1],))
        else:
            # Later steps must cost more for each unit of effect than earlier ones.
            while len(corners) > 1 and _slope(points, *corners[-2:]) >= _slope(points, corners[-1], option):
                corners.pop()
            corners.append(option)
    for option, (_, own_effect) in enumerate(points):
        if option in corners:
            standings[option] = Standing(FRONTIER)
        elif option not in standings:
            above = next(place for place, corner in enumerate(corners) if points[corner][1] > own_effect)
            standings[option] = Standing(EXTENDEDLY, (corners[above - 1], corners[above]))
    return [standings[option] for option in range(len(points))]


def _slope(points: Sequence[tuple[float, float]], before: int, after: int) -> float:
    return (points[after][0] - points[before][0]) / (points[after][1] - points[before][1])
