"""A tree finds a box that was put there, and says when there is none."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.evaluation.discovery import Limit, clearly, discover
from sim.evaluation.factors import Factor
from sim.report.compare import CompareError


def factors(count: int) -> list[Factor]:
    return [Factor(f"a.x{n}", 0.0, 10.0, 0.0, False, "unit", "meaning") for n in range(count)]


def test_a_box_is_found_among_factors_that_do_nothing() -> None:
    values = np.random.default_rng(1).random((400, 40)) * 10.0
    wins = (values[:, 3] > 4.0) & (values[:, 17] <= 5.0)
    found = discover(factors(40), values, wins, seed=1)
    best = found.boxes[0]
    limits = {limit.factor.name: limit for limit in best.limits}
    assert limits["a.x3"].low == pytest.approx(4.0, abs=0.2) and limits["a.x17"].high == pytest.approx(5.0, abs=0.2)
    assert best.density > 0.95 and found.accuracy > 0.95 > found.chance
    assert sum(box.worlds for box in found.boxes) == found.worlds == 400
    assert sum(box.wins for box in found.boxes) == found.wins == wins.sum()
    assert sum(box.coverage for box in found.boxes) == pytest.approx(1.0)
    assert best.coverage == pytest.approx(best.wins / wins.sum()) and best.low < best.density <= best.high


def test_boxes_hold_the_worlds_that_their_limits_say() -> None:
    values = np.random.default_rng(2).random((300, 5)) * 10.0
    wins = values[:, 0] + values[:, 1] > 10.0
    for box in discover(factors(5), values, wins, seed=1).boxes:
        inside = np.ones(300, bool)
        for limit in box.limits:
            column = values[:, int(limit.factor.name[3:])]
            inside &= (column > limit.low) & (column <= limit.high)
        assert (inside.sum(), wins[inside].sum()) == (box.worlds, box.wins)


def test_luck_is_told_as_luck() -> None:
    told = []
    for seed in range(3):
        rng = np.random.default_rng(seed)
        found = discover(factors(30), rng.random((120, 30)), rng.random(120) < 0.5, seed=1)
        told.append(found.accuracy > found.chance)
    assert sum(told) <= 1


def test_too_few_of_one_kind_are_refused() -> None:
    values = np.random.default_rng(1).random((50, 3))
    with pytest.raises(CompareError, match="4 of 50 worlds"):
        discover(factors(3), values, np.arange(50) < 4, seed=1)


def test_clear_is_beyond_the_noise_of_a_mean() -> None:
    assert clearly(np.array([2.0, 1.9, 0.0, -1.97, math.nan]), 1.0).tolist() == [1, 0, 0, -1, 0]
    with pytest.raises(CompareError, match="replications=2"):
        clearly(np.array([1.0]), math.nan)


def test_conditions_read_as_words() -> None:
    factor = factors(1)[0]
    assert str(Limit(factor, -math.inf, 0.51234)) == "a.x0 ≤ 0.512"
    assert str(Limit(factor, 1.0, 2.0)) == "1 < a.x0 ≤ 2"
