"""Supported Employment: who is taken in, what a client's step asks for."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.agents.jobseeker import FIND_EMPLOYER, FOLLOW_UP_AT_WORK, MAP, MATCH, MEET
from sim.processes.supported_employment import BY_LOTTERY, BY_MOTIVATION, BY_NEED, intake_score, step_demand
from sim.world import World


@pytest.fixture
def p(world: World):
    return world.supported_employment


def score(p, code: int, slope: float = 1.0, u: float = 0.5, **person: float) -> float:
    who = {"motivation": 0.5, "efficacy": 0.5, "health": 0.5, "worries": 0.5, **person}
    return intake_score(code, p, slope, **who, u=u)


def test_intake_by_hand(p) -> None:
    by_hand = p._replace(motivation_sd=0.2)
    assert score(by_hand, BY_MOTIVATION, 2.0, motivation=0.8, efficacy=0.4) == pytest.approx(2 * 0.68 / 0.2)
    assert score(by_hand, BY_NEED, 2.0, health=0.3, worries=0.6) == pytest.approx(2 * 1.3 / 0.2)
    assert score(by_hand, BY_LOTTERY, 2.0, motivation=0.9) == 0.0
    assert score(by_hand, BY_LOTTERY, u=0.75) == pytest.approx(math.log(3.0))


def test_one_standard_deviation_is_worth_the_slope(p) -> None:
    """I123: the slope is in logits per standard deviation of motivation."""
    step = score(p, BY_MOTIVATION, 1.5, motivation=0.5 + p.motivation_sd / 0.7) - score(p, BY_MOTIVATION, 1.5)
    assert step == pytest.approx(1.5, rel=1e-9)


@pytest.mark.parametrize(
    ("code", "trait", "sign"),
    [
        (BY_MOTIVATION, "motivation", 1),
        (BY_MOTIVATION, "efficacy", 1),
        (BY_MOTIVATION, "health", 0),
        (BY_NEED, "health", -1),
        (BY_NEED, "worries", 1),
        (BY_NEED, "motivation", 0),
        (BY_LOTTERY, "motivation", 0),
        (BY_LOTTERY, "health", 0),
    ],
)
def test_who_comes_first(code: int, trait: str, sign: int, p) -> None:
    low, high = (score(p, code, **{trait: x}) for x in (0.2, 0.8))
    assert np.sign(high - low) == sign


def test_without_a_slope_every_rule_is_a_lottery(p) -> None:
    for code in (BY_MOTIVATION, BY_NEED):
        assert score(p, code, 0.0, u=0.3, motivation=0.9, health=0.1) == score(p, BY_LOTTERY, u=0.3)


def test_demand_by_step_by_hand(p) -> None:
    by_hand = p._replace(
        map_minutes_week=90, match_minutes_week=60, follow_up_first=80, follow_up_late=20, mentor_relief=0.5
    )
    assert step_demand(by_hand, MEET, 0, 0) == step_demand(by_hand, MAP, 0, 0) == 90
    assert step_demand(by_hand, FIND_EMPLOYER, 0, 0) == step_demand(by_hand, MATCH, 0, 0) == 60
    assert step_demand(by_hand, FOLLOW_UP_AT_WORK, 0, 0) == 80
    assert step_demand(by_hand, FOLLOW_UP_AT_WORK, 8, 0) == pytest.approx(20 + 60 / math.e)
    assert step_demand(by_hand, FOLLOW_UP_AT_WORK, 8, 1) == pytest.approx(10 + 30 / math.e)
    assert step_demand(by_hand, FOLLOW_UP_AT_WORK, 10_000, 0) == pytest.approx(20)


def test_a_mentor_takes_over_part_of_the_follow_up_and_of_nothing_else(p) -> None:
    for step in (MEET, MAP, FIND_EMPLOYER, MATCH):
        assert step_demand(p, step, 4, 1) == step_demand(p, step, 4, 0)
    assert step_demand(p, FOLLOW_UP_AT_WORK, 4, 1) <= step_demand(p, FOLLOW_UP_AT_WORK, 4, 0)
