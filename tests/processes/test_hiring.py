"""Hiring: rivals, reservation, what an offer is worth, the true match."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from sim.agents.employer import CLOSED, OPEN, TAKEN
from sim.agents.jobseeker import (
    AAP,
    BY_SPECIALIST,
    JOB,
    JOB_WITH_BENEFIT,
    KVP,
    KVP_BENEFIT,
    NO_BENEFIT,
    NO_MEASURE,
    NOBODY,
    ON_MEASURE,
    PENSION,
    SOCIAL_ASSISTANCE,
    SOCIAL_MENTOR,
    SYSTEMATIC_MENTOR,
    UNEMPLOYMENT_BENEFIT,
)
from sim.model import ActivationMarket
from sim.processes.hiring import (
    ASSESSED_RATE,
    FIXED_RATE,
    Employers,
    Hires,
    Levers,
    Positions,
    agreed_hours,
    best_of,
    best_rival,
    first_rate,
    lowest_accepted,
    match_quality,
    mentor_length,
    mentor_of,
    offer_value,
    reservation,
    rivals,
    start_job,
    stays_registered,
    subsidy_length,
    tailor,
    takes_mentor,
    weeks_to_start,
    worth_of_work,
)
from sim.settings import compose
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


def test_outside_applicants_come_where_jobs_are_few(p, world: World) -> None:
    """E3: as many for fewer vacancies at 1; always as many at 0; bounded like what is read into a gap."""
    search, by_hand = world.search._replace(usual_tightness=1.2), p._replace(competitors=0.5)
    assert rivals(by_hand._replace(competitors_tightness=1.0), search, 1.2) == pytest.approx(0.5)
    assert rivals(by_hand._replace(competitors_tightness=1.0), search, 0.6) == pytest.approx(1.0)
    assert rivals(by_hand._replace(competitors_tightness=1.0), search, 2.4) == pytest.approx(0.25)
    assert rivals(by_hand._replace(competitors_tightness=0.5), search, 0.01) == pytest.approx(1.0)
    assert rivals(by_hand._replace(competitors_tightness=0.0), search, 0.3) == pytest.approx(0.5)


def test_the_best_rival(p) -> None:
    by_hand = p._replace(competitor_mean=0.1, competitor_sd=2.0)
    assert best_rival(by_hand, 0.5, 1.0 - math.exp(-0.5) + 1e-9, 0.9) == -1e9
    assert best_rival(by_hand, 0.5, 0.0, 0.9) == pytest.approx(0.1 + 2.0 * best_of(1.0, 0.9))
    assert best_rival(by_hand, 3.0, 0.5, 0.9) == pytest.approx(0.1 + 2.0 * best_of(3.0, 0.9))


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


OF_MIDDLING_FIT = {
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
    assert match_quality(p, **{**OF_MIDDLING_FIT, **change}) == pytest.approx(1 / (1 + math.exp(-x)), rel=1e-12)


def test_what_an_offer_is_worth_by_hand(p) -> None:
    assert offer_value(p, 0.8, 0.8, 1, 1, 400_000.0, 400_000.0) == pytest.approx(1.0)
    assert offer_value(p, 0.5, 0.8, 1, 2, 200_000.0, 400_000.0) == pytest.approx(0.4 * 0.7 + 0.15)
    assert offer_value(p, 0.8, 0.8, 1, 2, 9e9, 400_000.0) == pytest.approx(0.4 + 0.36)
    assert math.isfinite(offer_value(p, 0.8, 0.8, 1, 2, 400_000.0, 0.0))


def test_part_time_workers_stay_registered_for_a_benefit_that_fills_up(p) -> None:
    by_hand = p._replace(full_hours=0.8, assisted_hours=0.6)
    for benefit in (UNEMPLOYMENT_BENEFIT, AAP):
        assert stays_registered(by_hand, 0.79, benefit) and not stays_registered(by_hand, 0.8, benefit)
    for benefit in (NO_BENEFIT, PENSION):
        assert not stays_registered(by_hand, 0.3, benefit)


def test_social_assistance_fills_up_less_pay(p) -> None:
    """J8, K1: up to fewer hours than the others; never where it is off, or where no benefit does."""
    by_hand = p._replace(full_hours=0.8, assisted_hours=0.6)
    assert stays_registered(by_hand, 0.59, SOCIAL_ASSISTANCE) and not stays_registered(by_hand, 0.6, SOCIAL_ASSISTANCE)
    for off in ({"assisted_hours": 0.0}, {"full_hours": 0.0}):
        assert not stays_registered(by_hand._replace(**off), 0.2, SOCIAL_ASSISTANCE)


def test_matches_lie_between_zero_and_one(p) -> None:
    for z in np.linspace(-6, 6, 7):
        assert 0.0 < match_quality(p, **{**OF_MIDDLING_FIT, "skill": 0.0, "health": 0.0, "z": z}) < 1.0


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


def test_which_mentor(p) -> None:
    """E5: the share that is systematic is a share of the mentors."""
    usual = p.mentor_usual_open
    assert mentor_of(p, 0.4, 0.5, usual, 0.5) == 0
    assert mentor_of(p, 0.4, 0.5, usual, 0.3) == SOCIAL_MENTOR
    assert mentor_of(p, 0.4, 0.5, usual, 0.1) == SYSTEMATIC_MENTOR
    assert mentor_of(p, 0.0, 1.0, usual, 0.0) == 0


def test_open_employers_take_mentors(p) -> None:
    """E5: the use there is of it, in proportion to the employer's openness, unless the lever alone decides."""
    by_hand = p._replace(mentor_open=1.0, mentor_usual_open=0.5)
    assert takes_mentor(by_hand, 0.4, 0.5) == pytest.approx(0.4)
    assert takes_mentor(by_hand, 0.4, 0.25) == pytest.approx(0.2)
    assert takes_mentor(by_hand, 0.4, 0.0) == 0.0
    assert takes_mentor(by_hand, 0.8, 1.0) == 1.0
    assert takes_mentor(by_hand._replace(mentor_open=0.0), 0.4, 0.1) == 0.4


def test_a_grant_lasts_longer_with_reduced_capacity(p) -> None:
    """I52."""
    assert (mentor_length(p, 0), mentor_length(p, 1)) == (26, 156)


def test_tasks_are_adapted_as_far_as_the_client_is_known(p) -> None:
    """S1."""
    assert tailor(p, 0.5, 0.0) == 0.5
    assert tailor(p, 0.5, 1.0) == pytest.approx(0.5 + 0.25 * p.tailored)
    assert tailor(p, 0.95, 1.0) <= 1.0


@pytest.fixture(scope="module")
def market() -> ActivationMarket:
    return ActivationMarket(compose("population=classroom", "horizon.burn_in_weeks=1"))


@pytest.mark.parametrize(
    ("before", "hours", "state"),
    [(SOCIAL_ASSISTANCE, 0.4, JOB_WITH_BENEFIT), (SOCIAL_ASSISTANCE, 1.0, JOB), (NO_BENEFIT, 0.4, JOB)],
)
def test_a_participant_in_kvp_may_work_beside_the_benefit_from_before(
    before: int, hours: float, state: int, market: ActivationMarket
) -> None:
    """J8, K1: who leaves the programme for part-time work is where it began, with a benefit or without."""
    people, positions = market.jobseekers.view(Hires), market.positions.view(Positions)
    employers, levers = market.employers.view(Employers), market.levers(Levers)
    i, v = 0, 0
    people.state[i], people.measure[i], people.benefit[i], people.kvp_before[i] = ON_MEASURE, KVP, KVP_BENEFIT, before
    people.capacity[i], people.signed[i] = 1.0, -1
    positions.state[v], positions.hours[v] = OPEN, hours
    given = (employers, NOBODY, -1, False, 0, 1.0, market.stream, 3)
    start_job.py_func(market.world.hiring, levers, 0, people, i, positions, v, *given)
    assert (people.state[i], people.benefit[i], people.measure[i]) == (state, before, NO_MEASURE)
    assert positions.state[v] == CLOSED and positions.passed_over[v] == 1


def test_who_begins_in_a_job_won_in_competition_passes_over_nobody(market: ActivationMarket) -> None:
    """E3: and nobody is passed over for an extra job, which is taken as it is made (E9)."""
    people, positions = market.jobseekers.view(Hires), market.positions.view(Positions)
    positions.state[1] = TAKEN
    given = (market.employers.view(Employers), BY_SPECIALIST, -1, False, 0, 1.0, market.stream, 3)
    start_job.py_func(market.world.hiring, market.levers(Levers), 0, people, 1, positions, 1, *given)
    assert positions.state[1] == CLOSED and positions.passed_over[1] == 0 and people.state[1] in (JOB_WITH_BENEFIT, JOB)
