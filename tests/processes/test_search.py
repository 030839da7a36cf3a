"""Search: effort, lock-in, what is acceptable, what employers see."""

from __future__ import annotations

import math

import pytest

from sim.agents.jobseeker import (
    AAP,
    AFT,
    EDUCATION,
    FOLLOW_UP,
    JOB_SEARCH_COURSE,
    JOB_WITH_BENEFIT,
    KVP,
    NO_BENEFIT,
    NO_MEASURE,
    ON_MEASURE,
    SUBSIDISED_JOB,
    UNEMPLOYED,
    UNEMPLOYMENT_BENEFIT,
    VOCATIONAL_COURSE,
    WORK_TRAINING,
)
from sim.model import ActivationMarket
from sim.processes.search import (
    acceptable,
    agrees_to_fewer_hours,
    clings,
    distance,
    end_of_benefit,
    gap_penalty,
    hears_of,
    hours_left,
    lock_in,
    read_into_gap,
    replacement,
    search_effort,
    visible_score,
    will_to_search,
    within_reach,
)
from sim.settings import compose
from sim.streams import Stream
from sim.world import World


@pytest.fixture
def p(world: World):
    return world.search


def test_the_will_by_hand(p) -> None:
    """J1: motivation held up by self-efficacy; without the mechanism everybody is the usual one."""
    assert will_to_search(p._replace(will=1.0), 0.5, 0.5) == pytest.approx(0.35)
    assert will_to_search(p._replace(will=0.0, typical_will=0.3), 0.9, 0.9) == pytest.approx(0.3)
    assert will_to_search(p._replace(will=0.5, typical_will=0.3), 0.5, 0.5) == pytest.approx(0.325)
    assert will_to_search(p._replace(will=1.0), 0.0, 1.0) == 0.0


def test_hours_by_hand(p) -> None:
    """J3: barriers multiply; care of the whole week leaves none."""
    by_hand = p._replace(hours_care=1.0, hours_health=0.5, hours_worries=0.3)
    assert hours_left(by_hand, 0.2, 0.6, 0.5) == pytest.approx(0.8 * 0.8 * 0.85)
    assert hours_left(by_hand, 1.0, 1.0, 0.0) == 0.0
    assert hours_left(p._replace(hours_care=0.0, hours_health=0.0, hours_worries=0.0), 0.9, 0.1, 0.9) == 1.0


def test_effort_by_hand(p) -> None:
    by_hand = p._replace(benefit_drag=0.2, end_effort=1.5)
    assert search_effort(by_hand, 0.5, 0.8, 0.0, 0.0) == pytest.approx(0.4)
    assert search_effort(by_hand, 0.5, 0.8, 0.624, 0.0) == pytest.approx(0.4 * 0.8)
    assert search_effort(by_hand, 0.5, 0.8, 0.312, 1.0) == pytest.approx(0.4 * 0.9 * 2.5)


def test_the_benefit_slows_search_as_much_as_is_known(p) -> None:
    """I93: 10 % more benefit lower the hazard by 4 to 7 %, of which effort is at most the whole."""
    more, usual = (search_effort(p, 0.4, 0.8, share, 0.0) for share in (0.6864, 0.624))
    assert -0.07 <= more / usual - 1 <= -0.01


def test_a_benefit_replaces_what_the_rules_say(world: World) -> None:
    money = world.money
    assert replacement(money, UNEMPLOYMENT_BENEFIT, 400_000.0, False) == pytest.approx(0.624)
    assert replacement(money, NO_BENEFIT, 400_000.0, False) == replacement(money, AAP, 400_000.0, True) == 0.0


def test_the_end_of_a_benefit_is_felt_as_it_comes_near(p, world: World) -> None:
    """I92: a spike before exhaustion."""
    exits, longest = world.exits, int(world.exits.unemployment_benefit_weeks)
    felt = [end_of_benefit(p, exits, UNEMPLOYMENT_BENEFIT, longest - left) for left in (52, 12, 4, 0)]
    assert felt == sorted(felt) and felt[-1] == 1.0 and felt[0] < 0.001
    assert end_of_benefit(p, exits, AAP, int(exits.aap_weeks) - 6) == pytest.approx(math.exp(-6 / p.end_weeks))
    assert end_of_benefit(p, exits, NO_BENEFIT, 500) == 0.0


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
        EDUCATION: "education",
    }.items():
        assert lock_in(p, ON_MEASURE, measure) == getattr(p, f"lock_in_{name}")
    # In a job the job counts, and not the follow-up there.
    assert lock_in(p, SUBSIDISED_JOB, FOLLOW_UP) == p.lock_in_subsidised
    assert lock_in(p, JOB_WITH_BENEFIT, FOLLOW_UP) == p.lock_in_part_time


def test_the_gap_counts_to_month_eight_and_no_further(p) -> None:
    """V40: callbacks fall to about month eight."""
    falls = p._replace(gap_onset=0.0)
    assert gap_penalty(falls, 0) == 0.0
    assert gap_penalty(falls, p.gap_weeks / 2) == pytest.approx(p.gap / 2)
    assert gap_penalty(falls, p.gap_weeks) == gap_penalty(falls, p.gap_weeks + 1) == gap_penalty(falls, 500) == p.gap
    assert 30 <= p.gap_weeks <= 40


def test_a_gap_known_to_be_for_mental_health_counts_more(p) -> None:
    """I97: a penalty of its own, that grows with the gap it is the reason of."""
    by_hand = p._replace(gap=0.5, mental_gap=0.3, gap_onset=0.0, gap_weeks=36.0)
    for weeks, share in ((0, 0.0), (18, 0.5), (36, 1.0), (500, 1.0)):
        known, other = (visible_score(by_hand, **{**PERSON, "weeks": weeks, "mental_gap": m}) for m in (1, 0))
        assert other - known == pytest.approx(0.3 * share) and other == pytest.approx(-0.5 * share)


def test_the_gap_may_be_a_threshold(p) -> None:
    """I95: in the Nordic countries no penalty before nine months, the whole of it after."""
    threshold = p._replace(gap_onset=39.0, gap_weeks=39.0)
    assert gap_penalty(threshold, 38) == 0.0 and gap_penalty(threshold, 39) == gap_penalty(threshold, 300) == p.gap
    between = p._replace(gap_onset=18.0, gap_weeks=36.0)
    assert gap_penalty(between, 18) == 0.0 and gap_penalty(between, 27) == pytest.approx(p.gap / 2)


def test_more_is_read_into_a_gap_where_jobs_are_plenty(p) -> None:
    """J6, pattern 20: Kroft, Lange & Notowidigdo 2013."""
    by_hand = p._replace(gap_tightness=0.5, usual_tightness=1.1)
    assert read_into_gap(by_hand, 1.1) == pytest.approx(1.0)
    assert read_into_gap(by_hand, 2.2) == pytest.approx(2**0.5)
    assert read_into_gap(by_hand, 0.55) == pytest.approx(0.5**0.5)
    assert read_into_gap(by_hand, 0.0) == pytest.approx(0.5), "what is known of a market is bounded"
    assert read_into_gap(p._replace(gap_tightness=0.0), 3.0) == 1.0


def test_shared_posts_are_heard_of_through_a_network(p) -> None:
    """E2."""
    assert hears_of(p, 0, 0.0, 0.99)
    by_hand = p._replace(hidden_reach=0.8)
    assert hears_of(by_hand, 1, 0.5, 0.39) and not hears_of(by_hand, 1, 0.5, 0.41)


def test_care_and_bad_health_shorten_the_way_to_work(p) -> None:
    """J8."""
    by_hand = p._replace(travel=0.8)
    assert within_reach(by_hand, 0.59, 0.4, 0.4) == within_reach(p._replace(travel=0.0), 1.0, 1.0, 0.0)
    assert not within_reach(by_hand, 0.61, 0.4, 0.4) and within_reach(by_hand, 1.0, 0.0, 1.0)


def test_the_way_to_work_is_the_same_every_time_for_an_office_and_an_employer() -> None:
    ways = [[distance(Stream(1, 0), office, employer) for office in (1, 2)] for employer in range(300)]
    assert ways == [[distance(Stream(1, 0), office, employer) for office in (1, 2)] for employer in range(300)]
    assert 0.45 < sum(map(sum, ways)) / 600 < 0.55 and ways[0][0] != ways[0][1]


def test_the_qualified_without_know_how_hold_on_to_their_field(p) -> None:
    """J13."""
    assert clings(0.9, 0.1) == pytest.approx(0.81) and clings(0.9, 1.0) == clings(0.0, 0.0) == 0.0
    by_hand = p._replace(widen=0.4, widen_weeks=20.0, papers=1.0)
    other = {**JOB, "sector": 2}
    assert acceptable(by_hand, **{**JOB, "holds_on": 1.0})
    assert acceptable(by_hand, **{**other, "u": 0.39}) and not acceptable(
        by_hand, **{**other, "u": 0.39, "holds_on": 0.5}
    )
    assert acceptable(by_hand, **{**other, "weeks": 1000, "holds_on": 0.5, "u": 0.49})
    assert not acceptable(by_hand, **{**other, "weeks": 1000, "holds_on": 0.5, "u": 0.51})


def test_employers_cut_a_post_to_the_hours_that_fit(p) -> None:
    """J8: the open ones rather; with a strength of zero nobody does."""
    by_hand = p._replace(fewer_hours=0.4)
    assert agrees_to_fewer_hours(by_hand, 0.5, 0.39) and not agrees_to_fewer_hours(by_hand, 0.5, 0.41)
    assert agrees_to_fewer_hours(by_hand, 1.0, 0.59) and not agrees_to_fewer_hours(by_hand, 0.0, 0.21)
    assert not agrees_to_fewer_hours(p._replace(fewer_hours=0.0), 1.0, 1e-9)


JOB = {
    "capacity": 0.6,
    "care": 0.2,
    "wish": 1,
    "job_hours": 0.5,
    "job_shift": 0,
    "sector": 1,
    "weeks": 0,
    "holds_on": 0.0,
    "u": 0.99,
}


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
    "read": 1.0,
    "reference": 0.0,
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
        ({"mental_gap": 1}, "mental_gap", 0.0),  # a reason for a gap needs a gap (J6)
        ({"reference": 0.6}, "reference", 0.6),  # E6
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
