"""The gaze: how working conditions shape the supervisor's view of users (GZ; V2, V15).

    ease   = (contact minutes per client-month - threshold) / scale + progress * clients getting work
    target = (1 - effect of training * training) / (1 + exp(ease))
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
    office: np.ndarray
    gaze: np.ndarray
    contact_month: np.ndarray
    progress: np.ndarray


class Offices(NamedTuple):
    region: np.ndarray


class Levers(NamedTuple):
    supervisors_training: np.ndarray


@rule
def gaze_target(p, contact_month, progress, training):
    """The view a supervisor drifts to: contact minutes per client-month, clients getting work, training (V15)."""
    ease = (contact_month - p.threshold_minutes) / p.scale_minutes + p.progress * progress
    return (1.0 - p.training * training) / (1.0 + math.exp(ease))


@compiled
def _drift(p, team, offices, levers):
    for s in range(team.state.size):
        if team.state[s]:
            training = levers.supervisors_training[offices.region[team.office[s]]]
            target = gaze_target(p, team.contact_month[s], team.progress[s], training)
            team.gaze[s] += p.speed * (target - team.gaze[s])


def drift_gaze(model: Any) -> None:
    """Every supervisor's gaze moves towards what the working week makes of it."""
    _drift(model.world.gaze, model.supervisors.view(Team), model.offices.view(Offices), model.levers(Levers))
