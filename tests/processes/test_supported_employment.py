"""Supported Employment: what a client's step asks for, haste, training first, parking, and when follow-up ends."""

from __future__ import annotations

import math

import pytest

from sim.agents.jobseeker import (
    FIND_EMPLOYER,
    FOLLOW_UP_AT_WORK,
    MAP,
    MATCH,
    MEET,
    SOCIAL_MENTOR,
    SYSTEMATIC_MENTOR,
    TRAIN,
)
from sim.processes.supported_employment import (
    AT_EXIT,
    BY_BARRIERS,
    BY_WEEKS,
    EVERYBODY,
    NOBODY,
    SIX_MONTHS,
    TWO_YEARS,
    UNDER_PRESSURE,
    UNTIL_SETTLED,
    barriers,
    counts_after,
    follow_up_ends,
    hastened,
    priority,
    step_demand,
    trains_first,
    weight_on_client,
    worth_of_haste,
)
from sim.world import World


@pytest.fixture
def p(world: World):
    return world.supported_employment


def test_demand_by_step_by_hand(p) -> None:
    by_hand = p._replace(
        map_minutes_week=90, match_minutes_week=60, follow_up_first=80, follow_up_late=20, mentor_relief=0.5
    )
    assert step_demand(by_hand, MEET, 0, 0) == step_demand(by_hand, MAP, 0, 0) == 90
    assert step_demand(by_hand, FIND_EMPLOYER, 0, 0) == step_demand(by_hand, MATCH, 0, 0) == 60
    assert step_demand(by_hand, FOLLOW_UP_AT_WORK, 0, 0) == 80
    assert step_demand(by_hand, FOLLOW_UP_AT_WORK, 8, 0) == pytest.approx(20 + 60 / math.e)
    assert step_demand(by_hand, FOLLOW_UP_AT_WORK, 8, SYSTEMATIC_MENTOR) == pytest.approx(10 + 30 / math.e)
    assert step_demand(by_hand, FOLLOW_UP_AT_WORK, 10_000, 0) == pytest.approx(20)


def test_a_systematic_mentor_takes_over_part_of_the_follow_up_and_of_nothing_else(p) -> None:
    for step in (MEET, MAP, FIND_EMPLOYER, MATCH, TRAIN):
        assert step_demand(p, step, 4, SYSTEMATIC_MENTOR) == step_demand(p, step, 4, 0)
    alone = step_demand(p, FOLLOW_UP_AT_WORK, 4, 0)
    assert step_demand(p, FOLLOW_UP_AT_WORK, 4, SYSTEMATIC_MENTOR) == pytest.approx(p.mentor_relief * alone)
    assert step_demand(p, FOLLOW_UP_AT_WORK, 4, SOCIAL_MENTOR) == alone


def test_a_job_counts_at_once_or_after_half_a_year_or_two() -> None:
    assert [counts_after(success) for success in (AT_EXIT, SIX_MONTHS, TWO_YEARS)] == [0, 26, 104]


def test_haste_pays_only_as_long_as_quick_jobs_count(p) -> None:
    """K3: the later a job counts, the less there is to gain by haste, and the more the client's fit weighs."""
    worth = [worth_of_haste(p, weeks) for weeks in (0, 26, 104)]
    assert worth[0] == 1.0 and worth == sorted(worth, reverse=True)
    by_hand = p._replace(hurry=0.5, hurry_paid=0.4, lasting=0.5)
    assert hastened(by_hand, 0.25, 0.2, 0.0, 1.0) == pytest.approx(0.35)
    assert hastened(by_hand, 0.0, 0.2, 0.5, 0.5) == pytest.approx(0.15)
    assert hastened(by_hand, 0.6, 1.0, 1.0, 1.0) == 0.8
    assert weight_on_client(by_hand, 0.6, 0.0, 1.0) == 0.6
    assert weight_on_client(by_hand, 0.6, 0.5, 1.0) == pytest.approx(0.3)
    assert weight_on_client(by_hand, 0.6, 0.0, 0.0) == pytest.approx(0.8)


def test_who_is_trained_first(p) -> None:
    by_hand = p._replace(train_threshold=0.5)
    high, low = barriers(0.8, 0.2, 0.3), barriers(0.1, 0.9, 0.8)
    assert high == pytest.approx(0.4 + 0.24 + 0.14) and low < 0.5 < high
    for code, expected in ((NOBODY, (False, False)), (EVERYBODY, (True, True)), (BY_BARRIERS, (True, False))):
        assert (trains_first(by_hand, code, high), trains_first(by_hand, code, low)) == expected


def test_parking_keeps_minutes_from_those_without_prospects(p) -> None:
    """T13: nothing is kept where places are paid for."""
    assert priority(p, 0.0, 0.1) == priority(p, 0.0, 0.9) == 1.0
    assert priority(p, 1.0, p.park_below) == pytest.approx(1 - p.parked / 2)
    assert priority(p, 1.0, 0.1) < priority(p, 1.0, 0.9) <= 1.0
    assert priority(p, 0.5, 0.1) > priority(p, 1.0, 0.1) >= 0.0


@pytest.mark.parametrize(
    ("code", "tenure", "pressed", "looks", "counted", "ends"),
    [
        (BY_WEEKS, 25, 1.0, 0.9, 0, False),
        (BY_WEEKS, 26, 0.0, 0.1, 0, True),
        (UNDER_PRESSURE, 13, 1.0, 0.5, 0, True),
        (UNDER_PRESSURE, 13, 0.4, 0.5, 0, False),
        (UNDER_PRESSURE, 13, 1.0, 0.5, 26, False),
        (UNDER_PRESSURE, 26, 0.0, 0.5, 104, True),
        (UNTIL_SETTLED, 7, 0.0, 0.9, 0, False),
        (UNTIL_SETTLED, 8, 0.0, 0.9, 0, True),
        (UNTIL_SETTLED, 40, 0.0, 0.2, 0, False),
        (UNTIL_SETTLED, 52, 0.0, 0.2, 0, True),
    ],
)
def test_when_follow_up_ends(
    code: int, tenure: int, pressed: float, looks: float, counted: float, ends: bool, p
) -> None:
    by_hand = p._replace(pressed=0.5, settled_weeks=8, settled_match=0.6, settled_longest=2)
    assert follow_up_ends(by_hand, code, 26, tenure, pressed, looks, counted) is ends
