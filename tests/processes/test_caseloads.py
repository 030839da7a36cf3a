"""Supervisors as a workforce: who leaves, how many are wanted."""

from __future__ import annotations

import math
from types import SimpleNamespace

import numpy as np
import pytest

from sim.agents.jobseeker import KVP, STATE_NAMES, is_registered, is_working
from sim.agents.office import KVP_TEAM, ORDINARY
from sim.processes.caseloads import (
    CLOSE,
    _group,
    close_caseload,
    in_close_follow_up,
    posts_taken,
    quit_hazard,
    staff_wanted,
)
from sim.streams import CLOSE_LOT, Stream, draw
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


def test_a_low_caseload_at_fixed_posts_is_for_some() -> None:
    """V11."""
    assert close_caseload(15.0, 120.0, 0.0, True) == 15.0
    assert close_caseload(15.0, 120.0, 0.0, False) == 0.0  # new money: for all
    assert close_caseload(200.0, 120.0, 0.0, True) == close_caseload(120.0, 120.0, 0.0, True) == 0.0
    assert close_caseload(60.0, 120.0, 15.0, False) == 15.0  # 15 for some, at the cost of 60 for all


def test_close_follow_up_leaves_somebody_for_the_others() -> None:
    assert in_close_follow_up(8.0, 8, 0.5) == 4 and in_close_follow_up(8.0, 8, 0.2) == 2
    assert in_close_follow_up(8.0, 8, 1.0) == 7
    assert in_close_follow_up(1.0, 1, 1.0) == in_close_follow_up(8.0, 0, 0.5) == in_close_follow_up(8.0, 8, 0.0) == 0


def test_the_lot_decides_who_is_in_close_follow_up_while_it_has_room() -> None:
    """V11: who is in it stays while the lot is not far from the limit, who is not waits for room."""
    office = SimpleNamespace(clients=[100])

    def group(identity: int, room: float, load: float, close: int | None = None, measure: int = 0) -> int:
        people = SimpleNamespace(id=[identity], measure=[measure], office=[0])
        team = SimpleNamespace(close=[close or 0])
        now = -1 if close is None else 0
        loads = np.array([[0.0, 0.0, load]])
        return int(_group.py_func(people, 0, team, now, office, [room], loads, Stream(1, 0)))

    lots = {i: 100 * draw(Stream(1, 0), CLOSE_LOT, i, 0) for i in range(40)}
    drawn, out = min(lots, key=lambda i: lots[i]), max(lots, key=lambda i: lots[i])
    limit = lots[drawn] + 1.0
    assert group(drawn, limit, 0.0) == group(drawn, limit, limit, close=1) == CLOSE
    assert group(drawn, limit, limit) == group(out, limit, 0.0) == group(out, limit, 0.0, close=1) == ORDINARY
    assert group(drawn, 0.0, 0.0) == ORDINARY and group(drawn, limit, 0.0, measure=KVP) == KVP_TEAM
    assert group(drawn, lots[drawn] / 1.05, 0.0, close=1) == CLOSE
    assert group(drawn, lots[drawn] / 1.05, 0.0, close=0) == ORDINARY


def test_the_registered_and_the_working_by_state() -> None:
    """By name, so that a renumbering of states does not pass unseen."""
    registered = [name for state, name in enumerate(STATE_NAMES) if is_registered(state)]
    working = [name for state, name in enumerate(STATE_NAMES) if is_working(state)]
    assert registered == ["unemployed", "on measure", "subsidised job", "part-time job with benefit"]
    assert working == ["subsidised job", "part-time job with benefit", "job"]
