"""Reviews: how far results lie behind the targets, how far that is felt, what time allows to learn."""

from __future__ import annotations

import math

import pytest

from sim.processes.reviews import INDIVIDUAL, NO_TARGETS, TEAM_LEVEL, behind, felt, held_against, time_to_learn
from sim.world import World


@pytest.fixture
def p(world: World):
    return world.specialists


def test_the_distance_to_a_target() -> None:
    assert behind(8.0, 6.0) == pytest.approx(0.25)
    assert behind(8.0, 12.0) == behind(8.0, 8.0) == 0.0
    assert behind(8.0, 0.0) == 1.0
    assert behind(0.0, 0.0) == 0.0  # no target


def test_whose_distance_is_felt(p) -> None:
    """S5: one's own, part of the team's, none."""
    assert felt(p, INDIVIDUAL, 0.6, 0.2) == 0.6
    assert felt(p, TEAM_LEVEL, 0.6, 0.2) == pytest.approx(p.team_felt * 0.2)
    assert felt(p, NO_TARGETS, 0.6, 0.2) == 0.0


def test_the_share_to_work_is_that_of_the_last_discharged(p) -> None:
    """S4: nothing is held against whom nobody was discharged by, and a year's discharges make the share."""
    by_hand = p._replace(transition_clients=15)
    assert held_against(by_hand, 0.6, 0, 0) == 0.6
    assert held_against(by_hand, 0.6, 1, 1) == pytest.approx(0.6 + 0.4 * (1 - math.exp(-1 / 15)))
    assert held_against(by_hand, 0.6, 2, 0) == pytest.approx(0.6 * math.exp(-2 / 15))
    rate = 0.2
    for _ in range(100):
        rate = held_against(by_hand, rate, 2, 1)
    assert rate == pytest.approx(0.5, abs=1e-3)


def test_without_time_nothing_is_learnt(p) -> None:
    """S9."""
    assert time_to_learn(p, 0.0) == 0.0
    assert time_to_learn(p, p.exchange_minutes) == pytest.approx(1 - math.exp(-1))
    assert time_to_learn(p, 300.0) > time_to_learn(p, 30.0)
