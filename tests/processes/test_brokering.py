"""Brokering: what employers answer, who stays away, what employers learn."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.processes.brokering import experience, learn_of, says_yes, stays_away
from sim.world import World


@pytest.fixture
def p(world: World):
    return world.brokering


MIDDLING = {"openness": 0.5, "belief": 0.5, "strength": 0.0, "looks": 0.5, "subsidy": 0.0}


@pytest.mark.parametrize(
    ("change", "weight", "times"),
    [
        ({}, "yes_looks", 0.0),
        ({"openness": 0.9}, "yes_openness", 0.4),
        ({"belief": 0.1}, "yes_belief", -0.4),
        ({"strength": 0.7}, "yes_relation", 0.7),
        ({"looks": 0.8}, "yes_looks", 0.3),
        ({"subsidy": 1.0}, "yes_subsidy", 1.0),
    ],
)
def test_the_employers_answer(change: dict[str, float], weight: str, times: float, p) -> None:
    z = p.yes_base + times * getattr(p, weight)
    assert says_yes(p, **{**MIDDLING, **change}) == pytest.approx(1 / (1 + math.exp(-z)), rel=1e-12)


def test_nothing_that_helps_makes_an_employer_say_no(p) -> None:
    for name in MIDDLING:
        assert says_yes(p, **{**MIDDLING, name: 0.9}) >= says_yes(p, **{**MIDDLING, name: 0.1})


def test_half_stay_away_at_the_threshold(p) -> None:
    by_hand = p._replace(barrier_threshold=0.5, barrier_scale=0.1)
    assert stays_away(by_hand, 0.5, 0.5, 0.5) == pytest.approx(0.5)
    assert stays_away(by_hand, 0.7, 0.5, 0.5) == pytest.approx(1 / (1 + math.exp(-1.0)))


def test_barriers_keep_people_away(p) -> None:
    """J12: worries, bad health, low motivation."""
    assert stays_away(p, 0.1, 0.9, 0.9) < 0.02
    for better, worse in (
        ((0.2, 0.5, 0.5), (0.8, 0.5, 0.5)),
        ((0.5, 0.8, 0.5), (0.5, 0.2, 0.5)),
        ((0.5, 0.5, 0.8), (0.5, 0.5, 0.2)),
    ):
        assert stays_away(p, *better) < stays_away(p, *worse)


def test_belief_is_the_mean_of_experience() -> None:
    assert experience(0.5, 2.0, 1.0, 1.0) == pytest.approx(2 / 3)
    assert experience(0.5, 2.0, 0.0, 1.0) == pytest.approx(1 / 3)
    assert experience(0.3, 0.0, 1.0, 1.0) == 1.0
    belief = 0.5
    for n, outcome in enumerate((1, 0, 1, 1)):
        belief = experience(belief, 2.0 + n, outcome, 1.0)
    assert belief == pytest.approx((2 * 0.5 + 3) / 6)


class Employers:
    """One employer, as the loop sees it."""

    def __init__(self) -> None:
        self.belief, self.evidence = np.array([0.5]), np.array([2.0])
        self.openness, self.inclusion = np.array([0.4]), np.array([0.0])


def test_a_good_hire_opens_the_door_and_a_bad_one_closes_it(p) -> None:
    good, bad = Employers(), Employers()
    learn_of.py_func(p, good, 0, 1.0)
    learn_of.py_func(p, bad, 0, 0.0)
    assert good.openness[0] == pytest.approx(0.4 + 0.6 * p.good_opens)
    assert bad.openness[0] == pytest.approx(0.4 - 0.4 * p.bad_closes)
    assert good.belief[0] == pytest.approx(2 / 3) and bad.belief[0] == pytest.approx(1 / 3)
    assert good.inclusion[0] == pytest.approx(p.inclusion_gain) and bad.inclusion[0] == 0.0
    assert good.evidence[0] == bad.evidence[0] == 3.0


def test_old_experience_gives_way(p) -> None:
    employer = Employers()
    for _ in range(100):
        learn_of.py_func(p, employer, 0, 1.0)
    assert employer.evidence[0] == p.evidence_cap
    before = employer.belief[0]
    learn_of.py_func(p, employer, 0, 0.0)
    assert before - employer.belief[0] == pytest.approx(before / (p.evidence_cap + 1))
