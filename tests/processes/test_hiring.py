"""Hiring: rivals, reservation, what an offer is worth, the true match."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from sim.agents.jobseeker import (
    AAP,
    KVP_BENEFIT,
    NO_BENEFIT,
    PENSION,
    SOCIAL_ASSISTANCE,
    SOCIAL_MENTOR,
    SYSTEMATIC_MENTOR,
    UNEMPLOYMENT_BENEFIT,
)
from sim.processes.hiring import (
    ASSESSED_RATE,
    FIXED_RATE,
    agreed_hours,
    best_of,
    first_rate,
    lowest_accepted,
    match_quality,
    mentor_of,
    offer_value,
    reservation,
    stays_registered,
    subsidy_length,
    tailor,
    weeks_to_start,
    worth_of_work,
)
from sim.world import World


@pytest.fixture
def p(world: World):
    return world.hiring


def test_the_median_rival_alone_is_the_mean(p) -> None:
    assert best_of(1.0, 0.5) == 0.0


@pytest.mark.parametrize("n", [1.0, 2.0, 5.0])
def test_the_best_of_several_is_near_the_normal_one(n: float) -> None:
    """The logistic stands in for the normal to within a tenth of a standard deviation, in the middle half."""
    for u in (0.25, 0.5, 0.75):
        assert best_of(n, u) == pytest.approx(stats.norm.ppf(u ** (1 / n)), abs=0.1)


def test_more_rivals_are_better_rivals() -> None:
    best = [best_of(n, 0.5) for n in (1.0, 2.0, 4.0, 8.0)]
    assert best == sorted(best) and best[-1] > 1.0
    assert math.isfinite(best_of(1.0, 1.0 - 1e-16))


def test_employers_ask_less_the_longer_a_vacancy_is_open(p) -> None:
    assert reservation(p, 0) == p.standard
    assert reservation(p, 10) == pytest.approx(p.standard - 10 * p.standard_falls)


def test_what_people_ask_for_falls_and_rises(p, world: World) -> None:
    """J13: those who hold on to papers wait for more; I92: nobody waits when the benefit ends."""
    search = world.search._replace(end_reservation=0.8)
    by_hand = p._replace(reservation=0.5, dream=0.6)
    assert lowest_accepted(by_hand, search, 0, 0.0, 0.0) == pytest.approx(0.5)
    assert lowest_accepted(by_hand, search, 52, 0.0, 0.0) == pytest.approx(0.5 * math.exp(-1))
    assert lowest_accepted(by_hand, search, 0, 0.5, 0.0) == pytest.approx(0.5 * 1.3)
    assert lowest_accepted(by_hand, search, 0, 0.0, 1.0) == pytest.approx(0.1)


def test_hours_are_cut_to_what_a_person_can_work(world) -> None:
    """J8: only where they are beyond what one still tries, and never below a fifth of full time."""
    search = world.search._replace(hours_slack=0.1)
    assert agreed_hours(search, 0.7, 0.6) == 0.7 and agreed_hours(search, 1.0, 0.6) == 0.6
    assert agreed_hours(search, 1.0, 0.05) == 0.2


def test_jobs_begin_some_weeks_after_the_hire(p) -> None:
    """J9: the mean of whole weeks is near the parameter; at once without a delay."""
    uniform = (np.arange(2000) + 0.5) / 2000
    weeks = [weeks_to_start(p._replace(start_delay=3.0), u) for u in uniform]
    assert np.mean(weeks) == pytest.approx(3.0, rel=0.05) and min(weeks) == 0 and max(weeks) <= 26
    assert {weeks_to_start(p._replace(start_delay=0.0), u) for u in uniform} == {0}


JOB = {
    "skill": 0.5,
    "asked": 0.5,
    "calling": 1,
    "sector": 2,
    "health": 0.9,
    "strain": 0.5,
    "language": 0.9,
    "asked_language": 0.5,
    "hours": 0.8,
    "capacity": 0.8,
    "environment": 0.5,
    "z": 0.0,
}


@pytest.mark.parametrize(
    ("change", "weight", "times"),
    [
        ({}, "match_skill", 0.0),
        ({"skill": 0.2}, "match_skill", -0.3),
        ({"skill": 0.6}, "match_skill", 0.1),
        ({"skill": 1.0}, "match_skill", 0.2),  # more than a little above what is asked for gives no more
        ({"calling": 2}, "match_calling", 1.0),
        ({"health": 0.4}, "match_health", -0.1),
        ({"health": 1.0}, "match_health", 0.0),
        ({"language": 0.3}, "match_language", -0.2),
        ({"hours": 1.0}, "match_hours", -0.2),  # J8: more hours than one can
        ({"hours": 0.5}, "match_hours", 0.0),
        ({"environment": 0.9}, "match_environment", 0.4),
        ({"z": -2.0}, "match_noise", -2.0),
    ],
)
def test_the_true_match(change: dict[str, float], weight: str, times: float, p) -> None:
    x = p.match_base + times * getattr(p, weight)
    assert match_quality(p, **{**JOB, **change}) == pytest.approx(1 / (1 + math.exp(-x)), rel=1e-12)


def test_what_an_offer_is_worth_by_hand(p) -> None:
    assert offer_value(p, 0.8, 0.8, 1, 1, 400_000.0, 400_000.0) == pytest.approx(1.0)
    assert offer_value(p, 0.5, 0.8, 1, 2, 200_000.0, 400_000.0) == pytest.approx(0.4 * 0.7 + 0.15)
    assert offer_value(p, 0.8, 0.8, 1, 2, 9e9, 400_000.0) == pytest.approx(0.4 + 0.36)
    assert math.isfinite(offer_value(p, 0.8, 0.8, 1, 2, 400_000.0, 0.0))


def test_part_time_workers_stay_registered_for_a_benefit_that_fills_up(p) -> None:
    by_hand = p._replace(full_hours=0.8)
    for benefit in (UNEMPLOYMENT_BENEFIT, AAP, KVP_BENEFIT):
        assert stays_registered(by_hand, 0.79, benefit) and not stays_registered(by_hand, 0.8, benefit)
    for benefit in (NO_BENEFIT, SOCIAL_ASSISTANCE, PENSION):
        assert not stays_registered(by_hand, 0.3, benefit)


def test_matches_lie_between_zero_and_one(p) -> None:
    for z in np.linspace(-6, 6, 7):
        assert 0.0 < match_quality(p, **{**JOB, "skill": 0.0, "health": 0.0, "z": z}) < 1.0


def test_a_fixed_rate_is_the_same_for_all_and_an_assessed_one_follows_output(p) -> None:
    """E4."""
    by_hand = p._replace(worth_base=0.2, worth_match=0.6)
    assert worth_of_work(by_hand, 0.5) == pytest.approx(0.5)
    assert first_rate(by_hand, FIXED_RATE, 0.4, 0.5, 0.3) == 0.4
    assert first_rate(by_hand, ASSESSED_RATE, 0.4, 0.5, 0.0) == pytest.approx(0.5)
    assert first_rate(by_hand, ASSESSED_RATE, 0.4, 0.5, -0.1) == pytest.approx(0.4)
    assert first_rate(by_hand, ASSESSED_RATE, 0.4, 1.0, -0.5) == 0.0
    assert first_rate(by_hand, ASSESSED_RATE, 0.4, 0.0, 0.5) == 0.9


def test_length_of_a_subsidy(p) -> None:
    """E8."""
    assert subsidy_length(p, 52, 104, p.low_capacity) == 104
    assert subsidy_length(p, 52, 104, p.low_capacity + 0.1) == 52


def test_which_mentor() -> None:
    """E5: the share that is systematic is a share of the mentors."""
    assert mentor_of(0.4, 0.5, 0.5) == 0
    assert mentor_of(0.4, 0.5, 0.3) == SOCIAL_MENTOR
    assert mentor_of(0.4, 0.5, 0.1) == SYSTEMATIC_MENTOR
    assert mentor_of(0.0, 1.0, 0.0) == 0


def test_tasks_are_adapted_as_far_as_the_client_is_known(p) -> None:
    """S1."""
    assert tailor(p, 0.5, 0.0) == 0.5
    assert tailor(p, 0.5, 1.0) == pytest.approx(0.5 + 0.25 * p.tailored)
    assert tailor(p, 0.95, 1.0) <= 1.0
