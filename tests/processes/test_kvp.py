"""The Qualification Programme: the menu, what counts, absence, extension, the team at employers (K1-K3, K5)."""

from __future__ import annotations

import math

import pytest

from sim.agents.jobseeker import (
    AAP,
    HEALTH_TRAINING,
    JOB_HUNT,
    KVP_BENEFIT,
    LANGUAGE_TRAINING,
    LIFE_HELP,
    N_ACTIVITIES,
    NO_ACTIVITY,
    PRACTICE,
    SOCIAL_MENTOR,
    STUDY,
    SYSTEMATIC_MENTOR,
    VOCATIONAL_TRAINING,
)
from sim.agents.office import KVP_TEAM, ORDINARY, works_holistically
from sim.processes.kvp import (
    AT_EXIT,
    SIX_MONTHS,
    TWO_YEARS,
    WELLBEING,
    activity_length,
    activity_need,
    extended,
    filled_by_practice,
    hunt_utility,
    known_need,
    mentored,
    on_programmes_menu,
    quickness,
    stays_away_unexcused,
    stopped,
    too_ill,
    wellbeing_pull,
)
from sim.processes.kvp_employers import fit_weight, host_appeal, host_says_yes, subsidy_weight
from sim.processes.kvp_intake import readiness
from sim.world import World

PERSON = {
    "skill": 0.4,
    "language": 0.5,
    "health": 0.6,
    "worries": 0.5,
    "motivation": 0.5,
    "efficacy": 0.4,
    "weeks_jobless": 52,
    "ready": 0.45,
    "taste": False,
}


@pytest.fixture
def p(world: World):
    return world.kvp


def test_readiness_is_the_mean_of_what_a_programme_moves() -> None:
    assert readiness(1.0, 1.0, 1.0, 0.0, 1.0, 1.0) == 1.0
    assert readiness(0.0, 0.0, 0.0, 1.0, 0.0, 0.0) == 0.0
    assert readiness(0.6, 0.0, 0.0, 1.0, 0.0, 0.0) == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("activity", "trait", "sign"),
    [
        (LANGUAGE_TRAINING, "language", -1),
        (PRACTICE, "efficacy", -1),
        (PRACTICE, "weeks_jobless", 1),
        (VOCATIONAL_TRAINING, "skill", -1),
        (LIFE_HELP, "worries", 1),
        (JOB_HUNT, "ready", 1),
        (STUDY, "motivation", 1),
    ],
)
def test_what_calls_for_an_activity(activity: int, trait: str, sign: int) -> None:
    low, high = (activity_need(activity, **{**PERSON, trait: PERSON[trait] * factor}) for factor in (0.6, 1.4))
    assert sign * (high - low) > 0


def test_needs_are_shares_and_a_taste_comes_before_practice() -> None:
    for activity in range(N_ACTIVITIES):
        assert 0.0 <= activity_need(activity, **PERSON) <= 1.0
    assert activity_need(NO_ACTIVITY, **PERSON) == 0.0
    assert activity_need(PRACTICE, **{**PERSON, "taste": True}) > activity_need(PRACTICE, **PERSON)


def test_asking_the_person_stands_in_for_knowing_the_person(p) -> None:
    by_hand = p._replace(own_view=0.5, standard_guess=0.4)
    assert known_need(by_hand, 0.9, 1.0, 0.0) == pytest.approx(0.9)
    assert known_need(by_hand, 0.9, 0.0, 0.0) == pytest.approx(0.4)
    assert known_need(by_hand, 0.9, 0.0, 1.0) == pytest.approx(0.65)
    assert known_need(by_hand, 0.9, 0.6, 0.5) == pytest.approx(0.7 * 0.9 + 0.3 * 0.4)


def test_a_narrow_menu_is_work_and_training_only() -> None:
    """V10: menu and mandate of the programme are switches of their own."""
    closed = {k for k in range(1, N_ACTIVITIES) if not on_programmes_menu(k, 0.0)}
    assert closed == {LANGUAGE_TRAINING, LIFE_HELP, HEALTH_TRAINING, STUDY}
    assert all(on_programmes_menu(k, 1.0) for k in range(1, N_ACTIVITIES))
    assert works_holistically(0.0, 1.0, KVP_TEAM) and not works_holistically(0.0, 1.0, ORDINARY)
    assert not works_holistically(1.0, 0.0, KVP_TEAM) and works_holistically(1.0, 0.0, ORDINARY)


def test_what_is_counted_pulls_towards_quick_jobs(p) -> None:
    """K3, and that without targets nothing of it is left."""
    pulls = [quickness(p, counted) for counted in (AT_EXIT, SIX_MONTHS, TWO_YEARS)]
    assert pulls == sorted(pulls, reverse=True) and pulls[-1] == 0.0
    assert quickness(p, WELLBEING) == 0.0
    assert [quickness(p._replace(target=0.0), counted) for counted in (AT_EXIT, SIX_MONTHS, TWO_YEARS)] == [0.0] * 3
    for activity in range(N_ACTIVITIES):
        helps = activity in (LIFE_HELP, HEALTH_TRAINING)
        assert wellbeing_pull(p, WELLBEING, activity) == (p.target * p.pull_wellbeing if helps else 0.0)
        assert wellbeing_pull(p, AT_EXIT, activity) == 0.0
    assert hunt_utility(p, pulls[0], 0.4) > hunt_utility(p, pulls[1], 0.4) > hunt_utility(p, pulls[2], 0.4)
    assert hunt_utility(p, 0.0, 1.0) == 0.0  # nobody holds back those who are ready
    assert fit_weight(p, pulls[0]) < fit_weight(p, pulls[1]) < fit_weight(p, pulls[2]) == p.ideals
    assert subsidy_weight(0.7, True) == 1.0
    assert subsidy_weight(0.7, False) == pytest.approx(0.3)


def test_an_extension_follows_progress(p) -> None:
    by_hand = p._replace(extension_base=-1.0, extension_progress=10.0)
    assert extended(by_hand, 0.1) == pytest.approx(0.5)
    assert extended(by_hand, 0.0) == pytest.approx(1 / (1 + math.e))
    assert extended(p, 0.2) > extended(p, 0.0) > extended(p, -0.2)
    assert stopped(p, 1.0) == 0.0 < stopped(p, 0.2)


def test_absence_that_is_not_paid_is_rarer(p) -> None:
    by_hand = p._replace(absence=0.4, unpaid_deters=0.25)
    assert stays_away_unexcused(by_hand, 0.5, False) == pytest.approx(0.2)
    assert stays_away_unexcused(by_hand, 0.5, True) == pytest.approx(0.15)
    assert stays_away_unexcused(by_hand, 1.0, False) == 0.0


def test_the_right_benefit_is_cleared_for_the_ill_who_are_known(p) -> None:
    by_hand = p._replace(clear_health=0.3, clear_mapped=0.5)
    assert too_ill(by_hand, 0.2, 0.6, KVP_BENEFIT)
    assert not too_ill(by_hand, 0.4, 0.6, KVP_BENEFIT)
    assert not too_ill(by_hand, 0.2, 0.4, KVP_BENEFIT)
    assert not too_ill(by_hand, 0.2, 0.6, AAP)


def test_education_is_longer_than_a_course_and_a_host_is_looked_for_first(p) -> None:
    assert activity_length(p, STUDY) > activity_length(p, VOCATIONAL_TRAINING) == p.block_weeks
    assert activity_length(p, PRACTICE) == p.host_wait_weeks


def test_a_merely_social_mentor_does_little(p) -> None:
    """E5."""
    assert mentored(p, 0) == 0.0 < mentored(p, SOCIAL_MENTOR) == p.mentor_social < 0.5
    assert mentored(p, SYSTEMATIC_MENTOR) == 1.0


def test_practice_fills_the_cv_as_work_training_does_by_its_length(world: World) -> None:
    """E6."""
    training = world.work_training._replace(filled_cv=0.6, weeks=30)
    assert filled_by_practice(training, 15) == pytest.approx(0.3)
    assert filled_by_practice(training, 30) == filled_by_practice(training, 60) == pytest.approx(0.6)


def test_hosts_are_open_known_and_in_the_wished_sector() -> None:
    assert host_says_yes(0.5, 0.0, 0.3) == pytest.approx(0.55)
    assert host_says_yes(0.5, 1.0, 0.3) == pytest.approx(0.8)
    assert host_says_yes(1.0, 1.0, 0.6) == 1.0
    assert host_appeal(0.5, 0.5, True, 1.0) > host_appeal(0.9, 0.9, False, 1.0)
    assert host_appeal(0.5, 0.5, True, 0.0) == host_appeal(0.5, 0.5, False, 0.0)
