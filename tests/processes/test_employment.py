"""Which jobs last (E4, E7; I103, I104)."""

from __future__ import annotations

import math

import pytest

from sim.agents.jobseeker import SOCIAL_MENTOR, SYSTEMATIC_MENTOR
from sim.processes.employment import (
    burden,
    capacity_gain,
    held_up,
    kept_after_subsidy,
    language_gain,
    made_permanent,
    separation_hazard,
)
from sim.world import World


@pytest.fixture
def p(world: World):
    return world.employment


JOB_OF_NAV = {
    "tenure": 8,
    "match": 0.5,
    "support": 0.3,
    "mentor": 0,
    "permanent": 0,
    "brokered": 1,
    "inclusion": 0.1,
    "unpaid": 0.1,
}
JOB_WON = {**JOB_OF_NAV, "support": 0.0, "brokered": 0, "inclusion": 0.0, "unpaid": 0.0}


def test_the_hazard_by_hand(p) -> None:
    by_hand = p._replace(separation_year=0.52, early=5.0, fit=2.0, follow_up=1.0, mentor=0.5, permanent_factor=0.4)

    def hazard(**job: float) -> float:
        return separation_hazard(by_hand, **{**JOB_WON, **job})

    assert hazard(tenure=0) == pytest.approx(0.06)  # 0.01 * (1 + 5)
    assert hazard(tenure=13) == pytest.approx(0.01 * (1 + 5 / math.e))
    assert hazard(tenure=10_000, match=1.0) == pytest.approx(0.01 / math.e)
    assert hazard(tenure=10_000, support=1.0, mentor=1, permanent=1) == pytest.approx(0.01 * math.exp(-1.5) * 0.4)


def test_the_hazard_of_a_job_that_nav_brought_by_hand(p) -> None:
    by_hand = p._replace(placed=1.0, placed_weeks=26, caught=0.5, follow_up=0.0, included=0.5, burden=2.0)
    won = separation_hazard(by_hand, **JOB_WON)
    brokered = separation_hazard(by_hand, **{**JOB_WON, "brokered": 1, "inclusion": 0.2})
    assert brokered == pytest.approx(won * math.exp(math.exp(-8 / 26) - 0.1))
    followed = separation_hazard(by_hand, **{**JOB_WON, "brokered": 1, "inclusion": 0.2, "support": 1.0})
    assert followed == pytest.approx(won * math.exp(0.5 * math.exp(-8 / 26) - 0.1))
    assert separation_hazard(by_hand, **{**JOB_WON, "unpaid": 0.1}) == pytest.approx(won * math.exp(0.2))
    assert separation_hazard(by_hand, **{**JOB_WON, "inclusion": 0.9}) == won


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        ({"tenure": 1}, {"tenure": 60}),
        ({"match": 0.3}, {"match": 0.8}),
        ({"support": 0.0}, {"support": 0.8}),
        ({"mentor": 0}, {"mentor": SOCIAL_MENTOR}),
        ({"mentor": SOCIAL_MENTOR}, {"mentor": SYSTEMATIC_MENTOR}),
        ({"permanent": 0}, {"permanent": 1}),
        ({"brokered": 1}, {"brokered": 0}),
        ({"inclusion": 0.0}, {"inclusion": 0.6}),
        ({"unpaid": 0.3}, {"unpaid": 0.0}),
    ],
)
def test_what_holds_a_job(worse: dict[str, float], better: dict[str, float], p) -> None:
    hazards = [separation_hazard(p, **{**JOB_OF_NAV, **change}) for change in (worse, better)]
    assert hazards[0] > hazards[1] > 0


def test_follow_up_keeps_as_many_as_it_did_in_the_trials(p) -> None:
    """I103: 0.06-0.10 a month with high-fidelity support, 0.20-0.30 without: a ratio of 2 to 5."""
    usual = 0.6  # what a specialist of middling skill gives who has the hours
    without, followed = (separation_hazard(p, **{**JOB_OF_NAV, "support": support}) for support in (0.0, usual))
    assert 2.0 <= without / followed <= 5.0
    won = [separation_hazard(p, **{**JOB_WON, "support": support}) for support in (0.0, 1.0)]
    assert won[0] / won[1] == pytest.approx(math.exp(p.follow_up), rel=1e-12)


def test_a_systematic_mentor_is_follow_up_too(p) -> None:
    """E5: also when the specialist has left."""
    assert held_up(p, 0.0, SYSTEMATIC_MENTOR) == p.mentor_support
    assert held_up(p, 0.95, SYSTEMATIC_MENTOR) == 0.95
    assert held_up(p, 0.3, SOCIAL_MENTOR) == held_up(p, 0.3, 0) == 0.3


def test_what_nobody_pays_for() -> None:
    """E4: a rate above the loss in output is a windfall, one below it a burden."""
    assert burden(0.7, 0.3) == pytest.approx(0.0)
    assert burden(0.6, 0.3) == pytest.approx(0.1)
    assert burden(0.6, 0.5) == 0.0


def test_the_end_of_a_subsidy_by_hand(p) -> None:
    by_hand = p._replace(keep_base=0.0, keep_match=4.0, keep_support=1.0)
    assert kept_after_subsidy(by_hand, 0.5, 0.0) == 0.5
    assert kept_after_subsidy(by_hand, 0.75, 0.0) == pytest.approx(1 / (1 + math.exp(-1.0)))
    assert kept_after_subsidy(by_hand, 0.5, 1.0) == pytest.approx(1 / (1 + math.exp(-1.0)))


def test_better_matches_and_support_survive_the_subsidy(p) -> None:
    chances = [kept_after_subsidy(p, match, 0.0) for match in (0.1, 0.5, 0.9)]
    assert chances == sorted(chances) and chances[0] > 0 and chances[-1] < 1
    assert kept_after_subsidy(p, 0.5, 0.8) > kept_after_subsidy(p, 0.5, 0.0)


def test_a_permanent_contract_by_hand(p) -> None:
    """E4: reluctance with whom NAV brought, eased by follow-up and by a subsidy; none with others."""
    by_hand = p._replace(reluctance=0.5)
    assert made_permanent(by_hand, 0.8, False, 0.0, 0.0) == 0.8
    assert made_permanent(by_hand, 0.8, True, 0.0, 0.0) == pytest.approx(0.4)
    assert made_permanent(by_hand, 0.8, True, 0.5, 0.0) == pytest.approx(0.6)
    assert made_permanent(by_hand, 0.8, True, 0.5, 0.5) == pytest.approx(0.7)
    assert made_permanent(by_hand, 0.8, True, 1.0, 0.0) == 0.8
    assert made_permanent(p._replace(reluctance=0.0), 0.8, True, 0.0, 0.0) == 0.8


def test_language_grows_among_colleagues(p) -> None:
    """J4: a solitary job teaches nothing."""
    by_hand = p._replace(language_week=0.01)
    assert language_gain(by_hand, 0.5, 0.6) == pytest.approx(0.01 * 0.5 * 0.4)
    assert language_gain(by_hand, 0.0, 0.6) == language_gain(by_hand, 1.0, 1.0) == 0.0


def test_hours_grow_with_match_and_support_as_far_as_health_goes(p) -> None:
    """J14."""
    by_hand = p._replace(capacity_week=0.02, capacity_health=0.3)
    assert capacity_gain(by_hand, 0.4, 0.5, 0.6, 0.5) == pytest.approx(0.02 * 0.6 * 1.0 * 0.4)
    assert capacity_gain(by_hand, 0.4, 0.5, 0.6, 0.0) < capacity_gain(by_hand, 0.4, 0.5, 0.6, 1.0)
    assert capacity_gain(by_hand, 0.8, 0.5, 1.0, 1.0) == capacity_gain(by_hand, 0.9, 0.5, 1.0, 1.0) == 0.0
    assert 0.4 + capacity_gain(by_hand, 1.0, 1.0, 1.0, 1.0) <= 1.0
