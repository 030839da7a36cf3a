"""Which jobs last (E4, E7; I103, I104)."""

from __future__ import annotations

import math
from types import SimpleNamespace

import numpy as np
import pytest

from sim.agents.jobseeker import (
    AAP,
    JOB,
    JOB_WITH_BENEFIT,
    SOCIAL_ASSISTANCE,
    SOCIAL_MENTOR,
    SUBSIDISED_JOB,
    SYSTEMATIC_MENTOR,
    UNEMPLOYMENT_BENEFIT,
)
from sim.agents.office import KVP_TEAM, ORDINARY
from sim.processes import employment
from sim.processes.employment import (
    burden,
    capacity_gain,
    earned_benefit,
    ends_in_trouble,
    held_up,
    kept_after_subsidy,
    language_gain,
    made_permanent,
    most_separation,
    over_weeks,
    separation_hazard,
    settles,
    taken_up,
    told,
)
from sim.processes.hiring import worth_of_work
from sim.world import World


@pytest.fixture
def p(world: World):
    return world.employment


JOB_OF_NAV = {
    "tenure": 8,
    "match": 0.5,
    "held": 0.3,
    "mentor": 0,
    "permanent": 0,
    "brokered": 1,
    "inclusion": 0.1,
    "unpaid": 0.1,
}
JOB_WON = {**JOB_OF_NAV, "held": 0.0, "brokered": 0, "inclusion": 0.0, "unpaid": 0.0}


def test_the_hazard_by_hand(p) -> None:
    by_hand = p._replace(separation_year=0.52, early=5.0, fit=2.0, follow_up=1.0, mentor=0.5, permanent_factor=0.4)

    def hazard(**job: float) -> float:
        return separation_hazard(by_hand, **{**JOB_WON, **job})

    assert hazard(tenure=0) == pytest.approx(0.06)  # 0.01 * (1 + 5)
    assert hazard(tenure=13) == pytest.approx(0.01 * (1 + 5 / math.e))
    assert hazard(tenure=10_000, match=1.0) == pytest.approx(0.01 / math.e)
    assert hazard(tenure=10_000, held=1.0, mentor=1, permanent=1) == pytest.approx(0.01 * math.exp(-1.5) * 0.4)


def test_the_hazard_of_a_job_that_nav_brought_by_hand(p) -> None:
    by_hand = p._replace(placed=1.0, placed_weeks=26, caught=0.5, follow_up=0.0, included=0.5, burden=2.0)
    won = separation_hazard(by_hand, **JOB_WON)
    brokered = separation_hazard(by_hand, **{**JOB_WON, "brokered": 1, "inclusion": 0.2})
    assert brokered == pytest.approx(won * math.exp(math.exp(-8 / 26) - 0.1))
    followed = separation_hazard(by_hand, **{**JOB_WON, "brokered": 1, "inclusion": 0.2, "held": 1.0})
    assert followed == pytest.approx(won * math.exp(0.5 * math.exp(-8 / 26) - 0.1))
    assert separation_hazard(by_hand, **{**JOB_WON, "unpaid": 0.1}) == pytest.approx(won * math.exp(0.2))
    assert separation_hazard(by_hand, **{**JOB_WON, "inclusion": 0.9}) == won


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        ({"tenure": 1}, {"tenure": 60}),
        ({"match": 0.3}, {"match": 0.8}),
        ({"held": 0.0}, {"held": 0.8}),
        ({"mentor": 0}, {"mentor": SOCIAL_MENTOR}),
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
    without, followed = (separation_hazard(p, **{**JOB_OF_NAV, "held": held}) for held in (0.0, usual))
    assert 2.0 <= without / followed <= 5.0
    won = [separation_hazard(p, **{**JOB_WON, "held": held}) for held in (0.0, 1.0)]
    assert won[0] / won[1] == pytest.approx(math.exp(p.follow_up), rel=1e-12)


def test_a_systematic_mentor_is_follow_up_too(p) -> None:
    """E5: also when the specialist has left."""
    assert held_up(p, 0.0, SYSTEMATIC_MENTOR) == p.mentor_support
    assert held_up(p, 0.95, SYSTEMATIC_MENTOR) == 0.95
    assert held_up(p, 0.3, SOCIAL_MENTOR) == held_up(p, 0.3, 0) == 0.3


def test_follow_up_counts_as_far_as_it_is_wanted(p) -> None:
    """J1, E7: with motivation; what is given at most, and all of it at typical motivation."""
    by_hand = p._replace(wanted=1.0, typical_motivation=0.5)
    assert taken_up(by_hand, 0.6, 0.5) == pytest.approx(0.6)
    assert taken_up(by_hand, 0.6, 0.25) == pytest.approx(0.3) and taken_up(by_hand, 0.6, 0.0) == 0.0
    assert taken_up(by_hand, 0.6, 0.6) == pytest.approx(0.72) and taken_up(by_hand, 0.6, 1.0) == 1.0
    assert taken_up(p._replace(wanted=0.0), 0.6, 0.1) == pytest.approx(0.6)


@pytest.mark.parametrize("brokered", [0, 1])
@pytest.mark.parametrize("match", [0.5, 0.7, 0.9])
def test_a_subsidy_makes_no_job_less_secure(match: float, brokered: int, p, world: World) -> None:
    """E4, E8: the same person in the same job, through a year of subsidy and its end (50 %, then 30 %)."""
    job = {**JOB_OF_NAV, "brokered": brokered, "match": match, "permanent": 0}
    worth = worth_of_work(world.hiring, match)
    with_it = without = 1.0
    for week in range(1, 53):
        rate = 0.5 if week <= 26 else 0.3
        with_it *= 1.0 - separation_hazard(p, **{**job, "tenure": week, "unpaid": burden(worth, rate)})
        without *= 1.0 - separation_hazard(p, **{**job, "tenure": week, "unpaid": burden(worth, 0.0)})
        assert with_it > without
    assert with_it * kept_after_subsidy(p, match, job["held"]) > 0.97 * without


def test_what_work_earns(p) -> None:
    """I61: 26 full weeks, beside social assistance too; another benefit beside a job goes on."""
    by_hand = p._replace(benefit_work_weeks=26)
    assert earned_benefit(by_hand, JOB, SOCIAL_ASSISTANCE, 26, 0.3)
    assert not earned_benefit(by_hand, JOB, SOCIAL_ASSISTANCE, 25, 1.0)
    assert earned_benefit(by_hand, JOB_WITH_BENEFIT, SOCIAL_ASSISTANCE, 52, 0.5)
    assert not earned_benefit(by_hand, JOB_WITH_BENEFIT, SOCIAL_ASSISTANCE, 51, 0.5)
    for benefit in (UNEMPLOYMENT_BENEFIT, AAP):
        assert not earned_benefit(by_hand, JOB_WITH_BENEFIT, benefit, 200, 0.7)
    assert not earned_benefit(by_hand, SUBSIDISED_JOB, SOCIAL_ASSISTANCE, 100, 1.0)


def test_a_job_in_trouble_is_saved_by_follow_up_only(p) -> None:
    """E5: a warning alone saves nothing."""
    by_hand = p._replace(trouble_ends=0.4)
    assert ends_in_trouble(by_hand, 0.01, 0.0) == pytest.approx(0.4)
    assert ends_in_trouble(by_hand, 0.01, 0.5) == pytest.approx(0.2)
    assert ends_in_trouble(by_hand, 0.01, 1.0) == 0.01


def test_whom_at_nav_a_warning_reaches() -> None:
    """E5: the own supervisor; for somebody off the register, the one at the office with least work waiting."""
    team = SimpleNamespace(
        state=np.array([1, 1, 1, 0, 1]),
        office=np.array([0, 0, 0, 0, 1]),
        programme=np.array([ORDINARY, ORDINARY, KVP_TEAM, ORDINARY, ORDINARY]),
        due_set_up=np.array([60.0, 30.0, 0.0, 0.0, 0.0]),
    )
    people = SimpleNamespace(supervisor=np.array([0, -1, -1]), office=np.array([0, 0, 2]))
    assert [told.py_func(people, i, team, 1, 0) for i in range(3)] == [0, 1, -1]


def test_what_nobody_pays_for() -> None:
    """E4: a rate above the loss in output is a windfall, one below it a burden; without a subsidy all of it is."""
    assert burden(0.7, 0.0) == pytest.approx(0.3) and burden(1.1, 0.0) == 0.0
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


# Settled jobs, and whom the hazard is asked of


def test_a_settled_job_is_one_that_nothing_of_nav_reaches_any_more() -> None:
    job = {"state": JOB, "tenure": 27, "brokered": 0, "mentor": 0, "step": 0}
    assert settles(**job)
    for other in ({"state": JOB_WITH_BENEFIT}, {"tenure": 26}, {"brokered": 1}, {"mentor": 1}, {"step": 5}):
        assert not settles(**{**job, **other}), other


def test_four_weeks_at_once_are_as_dangerous_as_four_weeks() -> None:
    assert over_weeks(0.01, 1) == 0.01
    assert over_weeks(0.01, 4) == pytest.approx(1 - 0.99**4)
    assert over_weeks(1.0, 4) == pytest.approx(1.0)


def test_no_hazard_is_above_the_most(p) -> None:
    """Whoever is not asked further would not have lost the job either."""
    rng = np.random.default_rng(1)
    for _ in range(3000):
        job = {
            "tenure": int(rng.integers(0, 200)),
            "match": rng.random(),
            "held": rng.random(),
            "mentor": int(rng.integers(0, 2)),
            "permanent": int(rng.integers(0, 2)),
            "brokered": int(rng.integers(0, 2)),
            "inclusion": rng.random(),
            "unpaid": rng.random(),
        }
        first = int(rng.integers(0, job["tenure"] + 1))
        assert separation_hazard(p, **job) <= most_separation(p, first, job["brokered"])


def test_settled_jobs_end_as_often_as_others(composed) -> None:
    """People in ordinary jobs, asked every week or every fourth: as many lose them in a year, as many weeks pass."""
    from sim.model import ActivationMarket

    lost = {}
    for settled in (0, 1):
        market = ActivationMarket(
            composed("horizon.burn_in_weeks=3000", "horizon.weeks=1", "population.registered=20000")
        )
        people = market.jobseekers
        for column, value in (("state", JOB), ("tenure", 60), ("match", 0.5), ("wage", 4e5), ("hours", 1.0)):
            people[column][people.used()] = value
        people["settled"][people.used()] = settled
        people["age"][people.used()] = 40.0
        begun = people.used()
        for _ in range(52):
            employment.work_a_week(market)
            market.clock += 1
            if not settled:
                people["settled"][:] = 0
        stayed = people["tenure"][begun] > 60
        lost[settled] = 1.0 - stayed.mean()
        assert people["tenure"][begun][stayed].mean() == pytest.approx(112, abs=1.5)
    assert lost[1] == pytest.approx(lost[0], abs=0.012)  # three standard errors
    assert lost[0] > 0.1
