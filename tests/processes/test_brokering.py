"""Brokering: what employers answer, who stays away, what a specialist sees."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import pytest

from sim.agents.employer import CLOSED, OPEN
from sim.processes.brokering import _unasked, says_yes, seen, stays_away, usefulness
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


def test_a_skilled_specialist_senses_part_of_what_is_not_mapped(p) -> None:
    """S9."""
    by_hand = p._replace(judgement=0.4)
    assert seen(by_hand, 0.5, 0.0) == 0.5 and seen(by_hand, 1.0, 0.3) == 1.0
    assert seen(by_hand, 0.5, 1.0) == pytest.approx(0.7)


def test_what_employers_want_is_part_of_the_match(world: World) -> None:
    """S11: skill, health and language for the job; not whether it is the client's calling, nor the hours."""
    job = world.hiring
    asked = {"asked": 0.5, "strain": 0.5, "asked_language": 0.5}
    middling = {"skill": 0.5, "health": 0.5, "language": 0.5}
    x = job.match_base + 0.5 * job.match_calling
    assert usefulness(job, **middling, **asked) == pytest.approx(1 / (1 + math.exp(-x)))
    for name in middling:
        assert usefulness(job, **{**middling, name: 0.3}, **asked) < usefulness(job, **middling, **asked)


class Posts(NamedTuple):
    state: np.ndarray


class Workplace(NamedTuple):
    growth: np.ndarray
    first_position: np.ndarray
    n_positions: np.ndarray


def test_a_job_offered_unasked_is_a_vacancy_or_an_extra_one(p) -> None:
    """E9: extra for a share of them and where there is no vacancy, and then only where the workplace grows."""
    by_hand = p._replace(extra_share=0.5)
    posts, place = Posts(np.array([CLOSED, OPEN])), Workplace(np.array([0.1]), np.array([0]), np.array([2]))
    full, shrinks = Posts(np.array([CLOSED, CLOSED])), place._replace(growth=np.array([-0.1]))
    offers = _unasked.py_func
    assert offers(by_hand, posts, place, 0, 0.6) == (1, False) and offers(by_hand, posts, shrinks, 0, 0.6) == (1, False)
    assert offers(by_hand, posts, place, 0, 0.4) == (0, True) == offers(by_hand, full, place, 0, 0.6)
    assert offers(by_hand, posts, shrinks, 0, 0.4)[0] == offers(by_hand, full, shrinks, 0, 0.6)[0] == -1
