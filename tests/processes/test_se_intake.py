"""Intake to Supported Employment: who is taken in, and what a specialist fears."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.processes.se_intake import (
    BY_LOTTERY,
    BY_MOTIVATION,
    BY_NEED,
    as_seen,
    caution,
    chased,
    intake_score,
    minutes_by_job,
    price_by_job,
    prospects,
)
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


def test_caution_by_hand(p) -> None:
    by_hand = p._replace(stake=0.2, stake_failed=0.5)
    assert caution(by_hand, 8.0, 0.5, 2.0, 0.0) == pytest.approx(1.0)
    assert caution(by_hand, 8.0, 0.5, 2.0, 0.75) == pytest.approx(0.25)
    assert caution(by_hand, 0.0, 0.5, 0.0, 0.0) == 0.0


def test_nothing_to_lose_nothing_to_fear(p) -> None:
    """S8, S12: fear grows with relations and failures, and falls with what is spared."""
    assert caution(p, 10.0, 0.5, 1.0, 0.0) > caution(p, 2.0, 0.5, 1.0, 0.0) > caution(p, 2.0, 0.5, 0.0, 0.0)
    assert caution(p, 10.0, 0.5, 1.0, 0.0) > caution(p, 10.0, 0.5, 1.0, 0.8)
    assert caution(p, 10.0, 0.5, 0.0, 1.0) == 0.0


def test_who_is_not_known_is_taken_for_the_usual() -> None:
    """S8: motivation is selected on as far as a file tells it."""
    assert as_seen(1.0, 0.9, 0.4) == 0.9 and as_seen(0.0, 0.9, 0.4) == 0.4
    assert as_seen(0.5, 0.9, 0.4) == pytest.approx(0.65)


def test_jobs_are_chased_where_their_price_pays_for_the_minutes(p, world: World) -> None:
    """T13: a low price of a job changes little."""
    money = world.money._replace(jobs_per_place_year=0.5)
    assert price_by_job(money, 0.5, 3_000.0) == pytest.approx(36_000.0)
    assert minutes_by_job(money, 480_000.0, 16.0) == pytest.approx(60_000.0)
    by_hand = p._replace(job_margin=2.0)
    assert chased(by_hand, 0.0, 60_000.0) == 0.0 and chased(by_hand, 60_000.0, 60_000.0) == 0.5
    assert chased(by_hand, 12_000.0, 60_000.0) == pytest.approx(1 / 26)
    assert chased(by_hand, 180_000.0, 60_000.0) == pytest.approx(0.9)


def test_prospects_rise_with_all_that_an_employer_likes() -> None:
    assert prospects(0.0, 0.0, 0.0, 0.0) == 0.0 and prospects(1.0, 1.0, 1.0, 1.0) == pytest.approx(1.0)
    for k in range(4):
        better = [0.4] * 4
        better[k] = 0.6
        assert prospects(*better) > prospects(0.4, 0.4, 0.4, 0.4)
