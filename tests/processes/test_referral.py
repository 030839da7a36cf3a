"""Referral: needs, who may be offered what, and the noise of choice."""

from __future__ import annotations

import math

import pytest

from sim.agents.jobseeker import (
    AAP,
    AFT,
    ASSESSMENT,
    DROP_IN,
    EDUCATION,
    EXIT_TIME_OUT,
    FOLLOW_UP,
    HELP,
    JOB_SEARCH_COURSE,
    KVP,
    N_MEASURES,
    NO_BENEFIT,
    NO_MEASURE,
    REFUSED,
    SOCIAL_ASSISTANCE,
    UNEMPLOYMENT_BENEFIT,
    VOCATIONAL_COURSE,
    WAGE_SUBSIDY,
    WORK_TRAINING,
)
from sim.processes.needs import guessed_need, has_right, need, on_menu, open_to, perceived_need, turned_away
from sim.processes.referral import gumbel, habit, has_places, plan_open, reluctance, shortage
from sim.world import World

PERSON = {
    "skill": 0.4,
    "language": 0.8,
    "health": 0.6,
    "know_how": 0.3,
    "worries": 0.5,
    "capacity": 0.7,
    "efficacy": 0.2,
    "mapped": 0.4,
}


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        (NO_MEASURE, 0.0),
        (JOB_SEARCH_COURSE, 0.7),
        (VOCATIONAL_COURSE, 0.6 * 0.8),
        (AFT, 0.4 + 0.2),
        (WORK_TRAINING, 0.1 + 0.3),
        (FOLLOW_UP, 0.2 + 0.3 * 0.3),
        (WAGE_SUBSIDY, 0.5 * 0.3),
        (HELP, 0.25 + 0.2),
        (KVP, 0.25 + 0.3),
        (ASSESSMENT, 0.6),
    ],
)
def test_needs_by_hand(measure: int, expected: float) -> None:
    assert need(measure, **PERSON) == pytest.approx(expected, rel=1e-12)


def test_nobody_is_referred_to_school() -> None:
    """People apply for ordinary education themselves."""
    assert not open_to(EDUCATION, 1, AAP, 0, True, True) and not open_to(
        EDUCATION, 0, UNEMPLOYMENT_BENEFIT, 0, False, False
    )


@pytest.mark.parametrize(
    ("measure", "trait", "sign"),
    [
        (JOB_SEARCH_COURSE, "know_how", -1),
        (VOCATIONAL_COURSE, "skill", -1),
        (AFT, "efficacy", -1),
        (AFT, "health", -1),
        (WORK_TRAINING, "language", -1),
        (FOLLOW_UP, "capacity", -1),
        (WAGE_SUBSIDY, "capacity", -1),
        (KVP, "worries", 1),
        (ASSESSMENT, "mapped", -1),
        (HELP, "worries", 1),
        (HELP, "health", -1),
    ],
)
def test_what_calls_for_a_measure(measure: int, trait: str, sign: int) -> None:
    low, high = (need(measure, **{**PERSON, trait: x}) for x in (0.2, 0.9))
    assert sign * (high - low) > 0


def test_needs_lie_between_zero_and_one() -> None:
    for measure in range(N_MEASURES):
        for x in (0.0, 1.0):
            for trait in PERSON:
                assert 0.0 <= need(measure, **{**dict.fromkeys(PERSON, x), trait: 1.0 - x}) <= 1.0


ORDINARY = {"reduced": 0, "benefit": UNEMPLOYMENT_BENEFIT, "subsidy_offer": 0, "p_long": False}


@pytest.mark.parametrize(
    ("person", "measures"),
    [
        ({}, {JOB_SEARCH_COURSE, VOCATIONAL_COURSE, WORK_TRAINING}),
        ({"p_long": True}, {JOB_SEARCH_COURSE, VOCATIONAL_COURSE, WORK_TRAINING, WAGE_SUBSIDY}),
        ({"p_long": True, "subsidy_offer": 1}, {JOB_SEARCH_COURSE, VOCATIONAL_COURSE, WORK_TRAINING}),
        (
            {"reduced": 1, "benefit": AAP},
            {VOCATIONAL_COURSE, AFT, WORK_TRAINING, FOLLOW_UP, WAGE_SUBSIDY, ASSESSMENT},
        ),
        (
            {"reduced": 1, "benefit": NO_BENEFIT},
            {JOB_SEARCH_COURSE, VOCATIONAL_COURSE, AFT, WORK_TRAINING, FOLLOW_UP, WAGE_SUBSIDY, KVP, ASSESSMENT},
        ),
        ({"benefit": SOCIAL_ASSISTANCE}, {JOB_SEARCH_COURSE, VOCATIONAL_COURSE, WORK_TRAINING, KVP}),
    ],
)
def test_what_is_open_to_whom(person: dict[str, object], measures: set[int]) -> None:
    who = {**ORDINARY, **person}
    seen = {m for m in range(1, DROP_IN) if open_to(m, **who, wide=False)}
    assert seen == measures
    everything = set(range(1, DROP_IN)) - ({KVP} if who["benefit"] not in (SOCIAL_ASSISTANCE, NO_BENEFIT) else set())
    taken = {WAGE_SUBSIDY} if who["subsidy_offer"] else set()
    assert {m for m in range(1, DROP_IN) if open_to(m, **who, wide=True)} == everything - taken


def test_ordinary_services_look_beyond_the_standard_tools_at_times_only(world: World) -> None:
    """V5: what is overlooked on a narrow menu is seen on a wide one, for reduced work capacity, too."""
    p = world.referral
    standard = [m for m in range(1, N_MEASURES) if on_menu(p, m, False, 0.99)]
    assert set(standard) == {JOB_SEARCH_COURSE, VOCATIONAL_COURSE, AFT, WORK_TRAINING, KVP, DROP_IN}
    seldom = {m for m in range(1, N_MEASURES) if on_menu(p, m, False, 0.01)} - set(standard)
    assert seldom == {FOLLOW_UP, WAGE_SUBSIDY, ASSESSMENT}
    assert not on_menu(p, HELP, False, 0.0) and all(on_menu(p, m, True, 0.99) for m in range(1, N_MEASURES))


def test_what_has_no_places_has_no_queue() -> None:
    assert [m for m in range(1, N_MEASURES) if not has_places(m)] == [WAGE_SUBSIDY, HELP]


# Knowledge, habit, ease, readiness, the plan


def test_need_is_perceived_as_far_as_the_person_is_known(world: World) -> None:
    p = world.referral._replace(standard_guess=0.5, guess_spread=0.4)
    assert [guessed_need(p, u) for u in (0.0, 0.5, 1.0)] == pytest.approx([0.1, 0.5, 0.9])
    assert perceived_need(AFT, 0.9, 1.0, 0.5) == 0.9
    assert perceived_need(AFT, 0.9, 0.0, 0.5) == 0.5
    assert perceived_need(AFT, 0.9, 0.25, 0.5) == pytest.approx(0.6)
    assert perceived_need(ASSESSMENT, 0.75, 0.25, 0.5) == 0.75  # what one does not know, one knows


def test_habit_by_hand(world: World) -> None:
    p = world.referral._replace(own_experience=2.0, first_result=0.3, figures=1.0, unlearn=0.5)
    assert habit(p, 0.1, 0.2, 0.5, 0.9, 0.0) == pytest.approx(0.3 + 2 * 0.2)
    assert habit(p, 0.1, 0.2, 0.5, 0.9, 1.0) == pytest.approx(0.5 * 0.7 + 0.6)
    assert habit(p._replace(own_experience=0.0), 0.1, 0.2, 0.5, 0.9, 0.0) == pytest.approx(0.3)


def test_what_is_easy_counts_where_time_is_short(world: World) -> None:
    p = world.referral
    assert shortage(p, 0.0) == 1.0 > shortage(p, 30.0) > shortage(p, 282.0) > 0.0


def test_only_follow_up_waits_for_motivation(world: World) -> None:
    p = world.referral._replace(ready=4.0, ready_motivation=0.6, standard_guess=0.5)
    assert reluctance(p, AFT, 0.1, 1.0) == reluctance(p, FOLLOW_UP, 0.6, 1.0) == 0.0
    assert reluctance(p, FOLLOW_UP, 0.35, 1.0) == pytest.approx(1.0)
    assert reluctance(p, FOLLOW_UP, 0.1, 0.0) == pytest.approx(0.4)  # not known: presumed to be average
    assert reluctance(p._replace(ready=0.0), FOLLOW_UP, 0.1, 1.0) == 0.0


def test_the_plan_is_open_for_some_weeks_after_a_measure(world: World) -> None:
    p = world.referral._replace(plan_weeks=8.0)
    assert plan_open(p, AFT, 0) and plan_open(p, AFT, 8)
    assert not plan_open(p, AFT, 9) and not plan_open(p, NO_MEASURE, 0)


@pytest.mark.parametrize(
    ("benefit", "weeks", "age", "programmes", "reentry", "right"),
    [
        (SOCIAL_ASSISTANCE, 0, 30, 0, False, True),
        (SOCIAL_ASSISTANCE, 0, 18, 0, False, False),  # too young
        (SOCIAL_ASSISTANCE, 0, 30, 1, False, False),  # has had one
        (SOCIAL_ASSISTANCE, 0, 30, 1, True, True),
        (NO_BENEFIT, 25, 30, 0, False, False),
        (NO_BENEFIT, 26, 30, 0, False, True),
        (AAP, 500, 30, 0, False, False),
    ],
)
def test_who_has_the_right_to_kvp(
    benefit: int, weeks: int, age: float, programmes: int, reentry: bool, right: bool, world: World
) -> None:
    """K1, K2: those without a benefit of their own; the reform lowers the age and allows another programme."""
    p = world.referral._replace(kvp_no_benefit_weeks=26.0, kvp_assistance_weeks=0.0, kvp_need=0.5)
    assert has_right(p, benefit, 0, weeks, age, programmes, 19.0, reentry, 0.5) == right


def test_the_municipality_tests_the_need_of_kvp(world: World) -> None:
    """K1: long on social assistance, and a need of close follow-up as it is seen."""
    p = world.referral._replace(kvp_no_benefit_weeks=26.0, kvp_assistance_weeks=26.0, kvp_need=0.5)

    def granted(weeks: int, perceived: float, benefit: int = SOCIAL_ASSISTANCE) -> bool:
        return bool(has_right(p, benefit, weeks, 100, 30, 0, 19.0, False, perceived))

    assert granted(26, 0.5) and not granted(25, 0.9) and not granted(52, 0.49)
    assert granted(0, 0.5, NO_BENEFIT)


def test_the_refused_are_not_sent_again_at_once(world: World) -> None:
    p = world.referral._replace(refused_again_weeks=52.0)
    assert turned_away(p, REFUSED, 51, 1.0)
    assert not turned_away(p, REFUSED, 52, 1.0)
    assert not turned_away(p, REFUSED, 0, 0.0)  # nobody is refused, nobody is kept away
    assert not turned_away(p, EXIT_TIME_OUT, 0, 1.0)


def test_gumbel_by_hand() -> None:
    assert gumbel(math.exp(-1.0)) == pytest.approx(0.0, abs=1e-15)
    assert gumbel(math.exp(-math.exp(-2.0))) == pytest.approx(2.0, rel=1e-12)
