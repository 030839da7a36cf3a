"""Relations with employers: what they learn, what is spared them, where openness rests."""

from __future__ import annotations

import numpy as np
import pytest

from sim.agents.specialist import N_CONTACTS
from sim.processes.employer_relations import (
    experience,
    learn_of,
    relation_after,
    rest_openness,
    spared,
    subsidy_worth,
)
from sim.world import World


@pytest.fixture
def p(world: World):
    return world.brokering


def test_belief_is_the_mean_of_experience() -> None:
    assert experience(0.5, 2.0, 1.0, 1.0) == pytest.approx(2 / 3)
    assert experience(0.5, 2.0, 0.0, 1.0) == pytest.approx(1 / 3)
    assert experience(0.3, 0.0, 1.0, 1.0) == 1.0
    belief = 0.5
    for n, outcome in enumerate((1, 0, 1, 1)):
        belief = experience(belief, 2.0 + n, outcome, 1.0)
    assert belief == pytest.approx((2 * 0.5 + 3) / 6)


class Employers:
    """One employer, as the loop sees it."""

    def __init__(self) -> None:
        self.belief, self.evidence = np.array([0.5]), np.array([2.0])
        self.openness, self.inclusion = np.array([0.4]), np.array([0.0])


def test_a_good_hire_opens_the_door_and_a_bad_one_closes_it(p) -> None:
    good, bad = Employers(), Employers()
    learn_of.py_func(p, good, 0, 1.0, 0.0, 0)
    learn_of.py_func(p, bad, 0, 0.0, 0.0, 0)
    assert good.openness[0] == pytest.approx(0.4 + 0.6 * p.good_opens)
    assert bad.openness[0] == pytest.approx(0.4 - 0.4 * p.bad_closes)
    assert good.belief[0] == pytest.approx(2 / 3) and bad.belief[0] == pytest.approx(1 / 3)
    assert good.inclusion[0] == pytest.approx(p.inclusion_gain) and bad.inclusion[0] == 0.0
    assert good.evidence[0] == bad.evidence[0] == 3.0


def test_old_experience_gives_way(p) -> None:
    employer = Employers()
    for _ in range(100):
        learn_of.py_func(p, employer, 0, 1.0, 0.0, 0)
    assert employer.evidence[0] == p.evidence_cap
    before = employer.belief[0]
    learn_of.py_func(p, employer, 0, 0.0, 0.0, 0)
    assert before - employer.belief[0] == pytest.approx(before / (p.evidence_cap + 1))


def test_cover_spares_the_employer_and_the_next_client(p) -> None:
    """S12: nothing is lost where all is spared; a good hire is worth as much as ever."""
    covered, alone = Employers(), Employers()
    learn_of.py_func(p, covered, 0, 0.0, 1.0, 0)
    learn_of.py_func(p, alone, 0, 0.0, 0.0, 0)
    assert covered.openness[0] == 0.4 and covered.belief[0] == pytest.approx(0.5)
    assert alone.openness[0] < 0.4 and alone.belief[0] < 0.5
    by_hand = p._replace(cover_size=0.8, subsidy_softens=0.5, mentor_softens=0.25)
    assert spared(by_hand, 0.0, 0, 0) == 0.0
    assert spared(by_hand, 1.0, 0, 0) == pytest.approx(0.8)
    assert spared(by_hand, 0.5, 1, 1) == pytest.approx(1 - 0.6 * 0.5 * 0.75)


def test_a_mentor_teaches_the_workplace_more(p) -> None:
    """E12."""
    with_one, without = Employers(), Employers()
    learn_of.py_func(p, with_one, 0, 1.0, 0.0, 1)
    learn_of.py_func(p, without, 0, 1.0, 0.0, 0)
    assert with_one.inclusion[0] == pytest.approx(without.inclusion[0] * (1 + p.inclusion_mentor))


class Staff:
    """One specialist who knows employer 3."""

    def __init__(self) -> None:
        self.failed, self.lessons = np.zeros(1), np.zeros(1)
        self.contact, self.strength = np.full((1, N_CONTACTS), -1), np.zeros((1, N_CONTACTS))
        self.contact[0, 5], self.strength[0, 5] = 3, 0.6


def test_the_relation_with_whoever_brought_the_person(p) -> None:
    """E1: a failed match costs the relation and leaves a lesson, a good one strengthens it."""
    failed, good = Staff(), Staff()
    relation_after.py_func(p, failed, 0, 3, 0.0, 0.0)
    relation_after.py_func(p, good, 0, 3, 1.0, 0.0)
    assert failed.strength[0, 5] == pytest.approx(0.6 * (1 - p.relation_lost))
    assert good.strength[0, 5] == pytest.approx(0.6 + 0.4 * p.relation_won)
    assert failed.failed[0] == failed.lessons[0] == 1.0 and good.failed[0] == good.lessons[0] == 0.0


def test_where_openness_rests(p) -> None:
    """E10: social motive and subsidy against perceived risk."""
    assert subsidy_worth(0.5, 0.3) == pytest.approx(1.0)
    assert rest_openness(p, 0.6, 1.0, 0.5) == pytest.approx(0.3)
    assert rest_openness(p, 0.6, 0.0, 0.5) <= rest_openness(p, 0.6, 1.0, 0.5) <= rest_openness(p, 0.6, 1.5, 0.5)
    assert rest_openness(p, 0.6, 1.0, 0.1) <= rest_openness(p, 0.6, 1.0, 0.9)
    assert rest_openness(p, 0.0, 0.0, 0.0) >= 0.0 and rest_openness(p, 1.0, 2.0, 1.0) <= 1.0
