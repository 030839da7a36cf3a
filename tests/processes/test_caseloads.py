"""Supervisors as a workforce: who leaves, how many are wanted."""

from __future__ import annotations

import math

import pytest

from sim.agents.jobseeker import STATE_NAMES, is_registered, is_working
from sim.processes.caseloads import posts_taken, quit_hazard, staff_wanted
from sim.world import World


def test_the_yearly_hazard_holds_at_a_gaze_of_a_half_without_progress(world: World) -> None:
    p = world.caseloads
    assert quit_hazard(p, 0.5, 0.0) == pytest.approx(p.quit_year / 52, rel=1e-12)


def test_distance_wears_supervisors_out(world: World) -> None:
    p = world.caseloads
    assert quit_hazard(p, 1.0, 0.5) / quit_hazard(p, 0.0, 0.5) == pytest.approx(math.exp(p.quit_gaze), rel=1e-12)
    assert 0 < quit_hazard(p, 0.2, 0.8) < quit_hazard(p, 0.8, 0.8) < 0.05


def test_a_clients_progress_keeps_staff(world: World) -> None:
    p = world.caseloads._replace(quit_progress=0.5)
    assert quit_hazard(p, 0.5, 1.0) / quit_hazard(p, 0.5, 0.0) == pytest.approx(math.exp(-0.5), rel=1e-12)


def test_a_fixed_payroll_takes_posts_for_what_is_added_and_gives_none_back() -> None:
    assert posts_taken(1.5, 4.0, 3.0) == 2.5
    assert posts_taken(-1.0, 2.0, 3.0) == 0.0


@pytest.mark.parametrize(
    ("since", "phase_in", "expected"),
    [(-1, 26, 20.0), (0, 26, 10 + 10 / 26), (12, 26, 15.0), (25, 26, 20.0), (80, 26, 20.0), (0, 0, 20.0)],
)
def test_staff_is_reached_evenly_over_the_phase_in(since: int, phase_in: float, expected: float) -> None:
    assert staff_wanted(300, 15.0, 10.0, False, since, phase_in) == pytest.approx(expected, rel=1e-12)


def test_fewer_are_wanted_when_caseloads_grow() -> None:
    assert staff_wanted(300, 60.0, 10.0, False, 26, 26) == 5.0
    assert 5.0 < staff_wanted(300, 60.0, 10.0, False, 5, 26) < 10.0


def test_a_budget_neutral_policy_keeps_the_number_or_frees_wages() -> None:
    assert staff_wanted(300, 15.0, 10.0, True, 30, 26) == 10.0  # 20 would be wanted
    assert staff_wanted(300, 60.0, 10.0, True, 30, 26) == 5.0
    assert staff_wanted(300, 15.0, 10.0, True, -1, 26) == 20.0  # not before the policy date


def test_the_registered_and_the_working_by_state() -> None:
    """By name, so that a renumbering of states does not pass unseen."""
    registered = [name for state, name in enumerate(STATE_NAMES) if is_registered(state)]
    working = [name for state, name in enumerate(STATE_NAMES) if is_working(state)]
    assert registered == ["unemployed", "on measure", "subsidised job", "part-time job with benefit"]
    assert working == ["subsidised job", "part-time job with benefit", "job"]
