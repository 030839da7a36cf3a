"""The gaze drifts to what the working week makes of it."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.processes.gaze import Levers, Offices, Team, _drift, gaze_target
from sim.world import World


@pytest.fixture
def p(world: World):
    return world.gaze._replace(training=1.0, progress=0.0, threshold_minutes=60.0, scale_minutes=20.0, speed=0.1)


def test_at_the_threshold_the_view_is_halfway(p) -> None:
    assert gaze_target(p, 60.0, 0.0, 0.0) == 0.5


def test_one_scale_from_the_threshold(p) -> None:
    assert gaze_target(p, 80.0, 0.0, 0.0) == pytest.approx(1 / (1 + math.e), rel=1e-12)
    assert gaze_target(p, 40.0, 0.0, 0.0) == pytest.approx(1 - 1 / (1 + math.e), rel=1e-12)


def test_less_contact_is_more_gaze(p) -> None:
    targets = [gaze_target(p, minutes, 0.0, 0.0) for minutes in range(0, 300, 20)]
    assert targets == sorted(targets, reverse=True)
    assert targets[0] > 0.95 and targets[-1] < 0.01


def test_training_takes_its_part_of_the_drift(p) -> None:
    assert gaze_target(p._replace(training=0.6), 60.0, 0.0, 1.0) == pytest.approx(0.2, rel=1e-12)
    assert gaze_target(p, 0.0, 0.0, 1.0) == 0.0


def test_clients_who_get_work_keep_the_view_open(p) -> None:
    by_hand = p._replace(progress=0.5)
    assert gaze_target(by_hand, 60.0, 2.0, 0.0) == pytest.approx(1 / (1 + math.e), rel=1e-12)
    assert gaze_target(by_hand, 60.0, 0.8, 0.0) < gaze_target(by_hand, 60.0, 0.4, 0.0) < 0.5


def test_caseloads_of_15_and_200_lie_on_either_side_of_the_tipping(world: World) -> None:
    """GZ, I124: at 15-30 clients 'the user has problems', at 60-200 'the user is the problem' (minutes of I10)."""
    assert gaze_target(world.gaze, 282.0, 0.0, 0.0) < 0.1
    assert gaze_target(world.gaze, 141.0, 0.0, 0.0) < 0.25
    assert gaze_target(world.gaze, 21.0, 0.0, 0.0) > 0.75


def test_a_week_moves_the_gaze_by_its_share_of_the_distance(p) -> None:
    nobody = np.zeros(3)
    team = Team(np.array([1, 1, 0]), np.zeros(3, int), np.array([0.0, 0.5, 0.3]), np.array([60.0, 60.0, 60.0]), nobody)
    _drift(p, team, Offices(np.zeros(1, int)), Levers(np.zeros(1)))
    np.testing.assert_allclose(team.gaze, [0.05, 0.5, 0.3], rtol=1e-12)
