"""Job specialists as a workforce: stress, and who leaves."""

from __future__ import annotations

import math

import pytest

from sim.processes.specialists import quit_hazard, stress_target
from sim.world import World


@pytest.fixture
def p(world: World):
    return world.specialists


def test_stress_by_hand(p) -> None:
    by_hand = p._replace(stress_load=2.0, stress_behind=1.2, stress_failed=0.25, stress_offset=0.6)
    assert stress_target(by_hand, 1.0, 0.5, 0.0) == 0.5
    assert stress_target(by_hand, 1.0, 0.0, 0.0) == pytest.approx(1 / (1 + math.exp(0.6)))
    assert stress_target(by_hand, 1.3, 0.0, 0.0) == pytest.approx(0.5)
    assert stress_target(by_hand, 1.0, 0.0, 4.0) == pytest.approx(1 / (1 + math.exp(-0.4)))


def test_load_targets_and_failures_wear(p) -> None:
    """S5, S6."""
    by_load = [stress_target(p, load, 0.0, 0.0) for load in (0.5, 1.0, 1.5, 2.5)]
    assert by_load == sorted(by_load) and by_load[0] > 0 and by_load[-1] < 1
    assert stress_target(p, 1.0, 0.4, 0.0) > stress_target(p, 1.0, 0.1, 0.0)
    assert stress_target(p, 1.0, 0.0, 3.0) > stress_target(p, 1.0, 0.0, 0.0)


def test_the_yearly_hazard_of_a_permanent_post_at_the_going_wage(p) -> None:
    assert quit_hazard(p, 0.5, 0.0, 3, p.going_wage) == pytest.approx(p.quit_year / 52, rel=1e-12)


def test_quitting_by_hand(p) -> None:
    by_hand = p._replace(quit_year=0.26, quit_stress=2.0, quit_wage=1.0, going_wage=500_000.0)
    assert quit_hazard(by_hand, 1.0, 0.0, 0, 500_000.0) == pytest.approx(0.005 * math.e)
    assert quit_hazard(by_hand, 0.5, 1.0, 0, 500_000.0) == pytest.approx(0.01)
    assert quit_hazard(by_hand, 0.5, 1.0, 26, 500_000.0) == pytest.approx(0.005 * (1 + 1 / math.e))
    assert quit_hazard(by_hand, 0.5, 0.0, 0, 400_000.0) == pytest.approx(0.005 * math.exp(0.2))


def test_a_contract_that_is_over_is_as_insecure_as_one_that_ends_now(p) -> None:
    assert quit_hazard(p, 0.5, 1.0, -10, p.going_wage) == quit_hazard(p, 0.5, 1.0, 0, p.going_wage)


def test_only_insecure_posts_feel_the_end_of_a_contract(p) -> None:
    assert quit_hazard(p, 0.5, 0.0, 1, p.going_wage) == quit_hazard(p, 0.5, 0.0, 200, p.going_wage)
    assert quit_hazard(p, 0.5, 0.8, 1, p.going_wage) > quit_hazard(p, 0.5, 0.8, 200, p.going_wage)
