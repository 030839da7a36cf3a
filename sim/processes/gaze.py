"""The gaze: how working conditions shape the supervisor's view of users (GZ; V2, V15).

    target = (1 - training) / (1 + exp((contact minutes per client-month - threshold) / scale))
    gaze  += speed * (target - gaze)

0 reads 'the user has problems', 1 'the user is the problem'. The threshold lies where caseloads of 40-80 lie
(I124, assumed); the speed is assumed.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from sim.compiled import compiled, rule


class Team(NamedTuple):
    state: np.ndarray
    gaze: np.ndarray
    contact_month: np.ndarray


@rule
def gaze_target(p, contact_month):
    """The view a supervisor drifts to with this many contact minutes per client-month."""
    return (1.0 - p.training) / (1.0 + math.exp((contact_month - p.threshold_minutes) / p.scale_minutes))


@compiled
def _drift(p, team):
    for s in range(team.state.size):
        if team.state[s]:
            team.gaze[s] += p.speed * (gaze_target(p, team.contact_month[s]) - team.gaze[s])


def drift_gaze(model: Any) -> None:
    """Every supervisor's gaze moves towards what the working week makes of it."""
    _drift(model.world.gaze, model.supervisors.view(Team))
