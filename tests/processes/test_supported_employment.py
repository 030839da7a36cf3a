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
from sim.processes.haste import (
    AT_EXIT,
    SIX_MONTHS,
    TWO_YEARS,
    WELLBEING,
    contract_haste,
    counts_after,
    goes_out,
    hastened,
    out_of_office,
    weight_on_client,
    worth_of_haste,
)
from sim.processes.supported_employment import (
    BY_BARRIERS,
    BY_LOTTERY,
    BY_WEEKS,
    UNDER_PRESSURE,
    UNTIL_SETTLED,
    barriers,
    follow_up_ends,
    moved_bar,
    priority,
    step_demand,
    trains_first,
)
from sim.world import World


@pytest.fixture
def p(world: World):
    return world.supported_employment


def test_demand_by_step_by_hand(p) -> None:
    by_hand = p._replace(
        map_minutes_week=90, match_minutes_week=60, follow_up_first=80, follow_up_late=20, mentor_relief=0.5
    )
    assert step_demand(by_hand, MEET, 0, 0, 0) == step_demand(by_hand, MAP, 0, 0, 0) == 90
    assert step_demand(by_hand, FIND_EMPLOYER, 0, 0, 0) == step_demand(by_hand, MATCH, 0, 0, 0) == 60
    assert step_demand(by_hand, FOLLOW_UP_AT_WORK, 0, 0, 0) == 80
    assert step_demand(by_hand, FOLLOW_UP_AT_WORK, 8, 0, 0) == pytest.approx(20 + 60 / math.e)
    assert step_demand(by_hand, FOLLOW_UP_AT_WORK, 8, SYSTEMATIC_MENTOR, 0) == pytest.approx(10 + 30 / math.e)
    assert step_demand(by_hand, FOLLOW_UP_AT_WORK, 8, SYSTEMATIC_MENTOR, 90) == pytest.approx(100 + 30 / math.e)
    assert step_demand(by_hand, FOLLOW_UP_AT_WORK, 10_000, 0, 0) == pytest.approx(20)


def test_a_systematic_mentor_takes_over_part_of_the_follow_up_and_of_nothing_else(p) -> None:
    for step in (MEET, MAP, FIND_EMPLOYER, MATCH, TRAIN):
        assert step_demand(p, step, 4, SYSTEMATIC_MENTOR, 0) == step_demand(p, step, 4, 0, 0)
    alone = step_demand(p, FOLLOW_UP_AT_WORK, 4, 0, 0)
    assert step_demand(p, FOLLOW_UP_AT_WORK, 4, SYSTEMATIC_MENTOR, 0) == pytest.approx(p.mentor_relief * alone)
    assert step_demand(p, FOLLOW_UP_AT_WORK, 4, SOCIAL_MENTOR, 0) == alone


def test_a_job_counts_at_once_or_after_half_a_year_or_two() -> None:
    assert [counts_after(success) for success in (AT_EXIT, SIX_MONTHS, TWO_YEARS, WELLBEING)] == [0, 26, 104, 0]


def test_haste_pays_only_as_long_as_quick_jobs_count(p) -> None:
    """K3: the later a job counts, the less there is to gain by haste, and the more the client's fit weighs."""
    worth = [worth_of_haste(p, success) for success in (AT_EXIT, SIX_MONTHS, TWO_YEARS, WELLBEING)]
    assert worth[0] == 1.0 and worth == sorted(worth, reverse=True) and worth[-1] == 0.0
    by_hand = p._replace(hurry=0.5, hurry_transition=0.2, hurry_paid=0.4, lasting=0.5)
    assert hastened(by_hand, 0.25, 0.2, 0.0, 0.0, 1.0) == pytest.approx(0.35)
    assert hastened(by_hand, 0.25, 0.2, 0.5, 0.0, 1.0) == pytest.approx(0.45)
    assert hastened(by_hand, 0.0, 0.2, 0.0, 0.5, 0.5) == pytest.approx(0.15)
    assert hastened(by_hand, 0.6, 1.0, 0.0, 1.0, 1.0) == 0.8
    assert weight_on_client(by_hand, 0.6, 0.0, 1.0) == 0.6
    assert weight_on_client(by_hand, 0.6, 0.5, 1.0) == pytest.approx(0.3)
    assert weight_on_client(by_hand, 0.6, 0.0, 0.0) == pytest.approx(0.8)


def test_haste_comes_of_what_a_contract_did(p) -> None:
    """S2, T15: of stretched caseloads, low pay and an end in sight; without these there is none."""
    by_hand = p._replace(hurry_stretch=0.4, hurry_pay=0.5, hurry_end=0.2)
    assert contract_haste(by_hand, 0.0, 0.0, 100_000) == pytest.approx(0.0, abs=1e-12)
    assert contract_haste(by_hand, -0.2, -0.1, 100_000) == pytest.approx(0.0, abs=1e-12)
    assert contract_haste(by_hand, 0.3, 0.1, 26) == pytest.approx(0.12 + 0.05 + 0.2 / math.e)
    assert contract_haste(by_hand, 0.0, 0.0, -3) == pytest.approx(0.2)


def test_who_is_trained_first() -> None:
    """S3: nobody, everybody, or a share of them by barriers or by lot."""
    high, low = barriers(0.8, 0.2, 0.3), barriers(0.1, 0.9, 0.8)
    assert high == pytest.approx(0.4 + 0.24 + 0.14) and low < 0.5 < high
    for share, expected in ((0.0, (False, False)), (1.0, (True, True)), (0.3, (True, False))):
        for u in (1e-9, 0.5, 1 - 1e-9):
            assert tuple(trains_first(share, BY_BARRIERS, seen, 0.5, u) for seen in (high, low)) == expected
    assert trains_first(0.3, BY_LOTTERY, low, 0.5, 0.29)
    assert not trains_first(0.3, BY_LOTTERY, high, 0.5, 0.31)


def test_the_bar_moves_until_the_share_wanted_is_trained(p) -> None:
    by_hand = p._replace(train_bar_speed=0.02)
    assert moved_bar(by_hand, 0.5, 0.25, True) == pytest.approx(0.515)
    assert moved_bar(by_hand, 0.5, 0.25, False) == pytest.approx(0.495)
    bar, trained = 0.9, []
    for n in range(2_000):  # barriers spread evenly over 0 to 1
        trained.append(trains_first(0.25, BY_BARRIERS, (n * 0.618) % 1, bar, 0.5))
        bar = moved_bar(by_hand, bar, 0.25, trained[-1])
    assert sum(trained[1_000:]) / 1_000 == pytest.approx(0.25, abs=0.03)
    assert bar == pytest.approx(0.75, abs=0.1)


def test_time_out_of_the_office(p) -> None:
    """S4: at employers and workplaces; who is behind on it takes some from the clients."""
    assert out_of_office(p, FOLLOW_UP_AT_WORK) == 1.0
    assert out_of_office(p, FIND_EMPLOYER) == out_of_office(p, MATCH) == p.outside_seeking
    assert out_of_office(p, MEET) == out_of_office(p, MAP) == out_of_office(p, TRAIN) == 0.0
    assert goes_out(p, 0.0) == 0.0 < goes_out(p, 0.2) < goes_out(p, 1.0) == p.go_out


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
