"""Search: effort, lock-in, what is acceptable, what employers see."""

from __future__ import annotations

import math

import pytest

from sim.agents.jobseeker import (
    AFT,
    FOLLOW_UP,
    JOB_SEARCH_COURSE,
    JOB_WITH_BENEFIT,
    KVP,
    NO_MEASURE,
    ON_MEASURE,
    SUBSIDISED_JOB,
    UNEMPLOYED,
    VOCATIONAL_COURSE,
    WORK_TRAINING,
)
from sim.model import ActivationMarket
from sim.processes.search import acceptable, gap_penalty, lock_in, search_effort, visible_score
from sim.settings import compose
from sim.world import World


@pytest.fixture
def p(world: World):
    return world.search


def test_effort_by_hand(p) -> None:
    by_hand = p._replace(benefit_drag=0.1)
    assert search_effort(by_hand, 1.0, 1.0, 0.0, 1.0, False) == 1.0
    assert search_effort(by_hand, 0.5, 0.5, 0.2, 0.6, False) == pytest.approx(0.5 * 0.7 * 0.8 * 0.8)
    assert search_effort(by_hand, 0.5, 0.5, 0.2, 0.6, True) == pytest.approx(0.9 * 0.5 * 0.7 * 0.8 * 0.8)


def test_nobody_searches_without_motivation_or_time(p) -> None:
    assert search_effort(p, 0.0, 1.0, 0.0, 1.0, False) == search_effort(p, 1.0, 1.0, 1.0, 1.0, False) == 0.0


def test_the_benefit_slows_search_as_much_as_is_known(p) -> None:
    """I93: an elasticity of -0.3 to -0.7 of the hazard with respect to a replacement of about 0.624.

    Somebody without a benefit against somebody with one is a fall of the whole of it: taken as linear, at least
    the smallest elasticity of a change of 10 % and at most the largest of the whole.
    """
    loss = 1 - search_effort(p, 0.6, 0.6, 0.2, 0.8, True) / search_effort(p, 0.6, 0.6, 0.2, 0.8, False)
    assert 0.03 <= loss <= 0.7


@pytest.mark.parametrize("measure", [JOB_SEARCH_COURSE, VOCATIONAL_COURSE])
def test_a_classroom_course_halves_the_search(measure: int, p) -> None:
    """I112: 0.5 (0.3-0.8)."""
    assert 0.3 <= lock_in(p, ON_MEASURE, measure) <= 0.8


def test_lock_in_by_state_and_measure(p) -> None:
    assert lock_in(p, UNEMPLOYED, NO_MEASURE) == 1.0
    for measure, name in {
        JOB_SEARCH_COURSE: "course",
        VOCATIONAL_COURSE: "course",
        AFT: "aft",
        WORK_TRAINING: "training",
        FOLLOW_UP: "follow_up",
        KVP: "kvp",
    }.items():
        assert lock_in(p, ON_MEASURE, measure) == getattr(p, f"lock_in_{name}")
    # In a job the job counts, and not the follow-up there.
    assert lock_in(p, SUBSIDISED_JOB, FOLLOW_UP) == p.lock_in_subsidised
    assert lock_in(p, JOB_WITH_BENEFIT, FOLLOW_UP) == p.lock_in_part_time


def test_the_gap_counts_to_month_eight_and_no_further(p) -> None:
    """V40: callbacks fall to about month eight (I95: in the Nordic countries perhaps first after nine)."""
    assert gap_penalty(p, 0) == 0.0
    assert gap_penalty(p, p.gap_weeks / 2) == pytest.approx(p.gap / 2)
    assert gap_penalty(p, p.gap_weeks) == gap_penalty(p, p.gap_weeks + 1) == gap_penalty(p, 500) == p.gap
    assert 30 <= p.gap_weeks <= 40


JOB = {"capacity": 0.6, "care": 0.2, "wish": 1, "job_hours": 0.5, "job_shift": 0, "sector": 1, "weeks": 0, "u": 0.99}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, True),
        ({"job_hours": 0.69}, True),
        ({"job_hours": 0.71}, False),  # beyond capacity and slack
        ({"job_shift": 1}, True),
        ({"job_shift": 1, "care": 0.51}, False),
        ({"sector": 2}, False),
        ({"sector": 2, "u": 0.39}, True),  # open to another sector from the start
        ({"sector": 2, "u": 0.41}, False),
        ({"sector": 2, "u": 0.41, "weeks": 1}, True),
        ({"sector": 2, "weeks": 1000}, True),  # in the end anything
        ({"sector": 2, "weeks": 1000, "job_hours": 1.0}, False),  # but not what one cannot do
    ],
)
def test_what_is_acceptable(change: dict[str, float], expected: bool, p) -> None:
    by_hand = p._replace(hours_slack=0.1, shift_care=0.5, widen=0.4, widen_weeks=20.0)
    assert acceptable(by_hand, **{**JOB, **change}) == expected


def test_openness_to_other_sectors_grows_with_the_weeks(p) -> None:
    by_hand = p._replace(widen=0.4, widen_weeks=20.0)
    threshold = 0.4 + 0.6 * (1 - math.exp(-1.0))
    assert acceptable(by_hand, **{**JOB, "sector": 2, "weeks": 20, "u": threshold - 1e-9})
    assert not acceptable(by_hand, **{**JOB, "sector": 2, "weeks": 20, "u": threshold + 1e-9})


PERSON = {
    "skill": 0.5,
    "language": 0.9,
    "health": 0.9,
    "know_how": 0.5,
    "network": 0.5,
    "capacity": 1.0,
    "mental_gap": 0,
    "reduced": 0,
    "weeks": 0,
    "asked": 0.5,
    "asked_language": 0.5,
    "strain": 0.5,
}


def test_somebody_who_fits_exactly_has_a_score_of_zero(p) -> None:
    assert visible_score(p, **PERSON) == 0.0


@pytest.mark.parametrize(
    ("change", "weight", "times"),
    [
        ({"skill": 0.8}, "skill", 0.3),
        ({"skill": 0.2}, "skill", -0.3),
        ({"language": 1.0}, "language", 0.0),  # more Norwegian than asked for does not show
        ({"language": 0.3}, "language", -0.2),
        ({"health": 0.4}, "health", -0.1),
        ({"know_how": 0.9}, "know_how", 0.4),
        ({"network": 0.1}, "network", -0.4),
        ({"weeks": 1000}, "gap", -1.0),
        ({"mental_gap": 1}, "mental_gap", -1.0),
        ({"capacity": 0.4}, "visible_limits", 0.0),  # not visible without an assessment
        ({"capacity": 0.4, "reduced": 1}, "visible_limits", -0.6),
    ],
)
def test_what_employers_see(change: dict[str, float], weight: str, times: float, p) -> None:
    assert visible_score(p, **{**PERSON, **change}) == pytest.approx(times * getattr(p, weight), abs=1e-12)


def test_a_dearer_subsidy_brings_more_subsidised_hires() -> None:
    """E4: the rate is worth something to the employer, and not only a cost to the state."""
    hires = []
    for rate in (0, 0.5, 0.9):
        market = ActivationMarket(
            compose("population=classroom", "horizon.burn_in_weeks=40", f"policy.subsidy.rate_first={rate}")
        )
        while market.since_policy < 52:
            market.step()
        weekly = market.weekly()
        after = (weekly["series"] == "hires_subsidised") & (weekly["week"] >= 0)
        hires.append(weekly[after]["value"].sum())
    assert hires[0] < hires[1] < hires[2]
