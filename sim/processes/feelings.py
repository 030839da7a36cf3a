"""Motivation, self-efficacy, trust, wellbeing, worries and health from week to week (J1, J2, J5, J10, J12, T17).

    motivation += pull * (drive - motivation) - failed * rejections * motivation - idle decay + lift of work
    efficacy   -= failed * rejections * efficacy
    trust      -= neglect * trust while nobody has been met, and a push from every measure beyond the second (J2)
    wellbeing  += pull * (target - wellbeing),  target from health, worries, trust and having work

Being on a course decays motivation more slowly than idleness does: the agency's own defence of courses (T17).
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from sim.agents.jobseeker import (
    ASKED_EVERY,
    JOB_SEARCH_COURSE,
    ON_MEASURE,
    VOCATIONAL_COURSE,
    is_registered,
    is_working,
)
from sim.columns import listed
from sim.compiled import compiled, rule
from sim.streams import HEALTH, draw_each
from sim.turns import Some


class People(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    health: np.ndarray
    illness: np.ndarray
    worries: np.ndarray
    drive: np.ndarray
    motivation: np.ndarray
    efficacy: np.ndarray
    trust: np.ndarray
    wellbeing: np.ndarray
    rejections: np.ndarray
    motivation_before: np.ndarray
    trust_before: np.ndarray
    weeks_unseen: np.ndarray
    measure: np.ndarray
    measures_taken: np.ndarray
    queue: np.ndarray
    match: np.ndarray
    weeks_left: np.ndarray
    known: np.ndarray


@rule
def idle_decay(p, state, queued):
    """Weekly wear of motivation without work: most when waiting in a queue, least on a measure (T12, T17)."""
    if state == ON_MEASURE:
        return p.idle * p.idle_on_measure
    return p.idle * (p.idle_in_queue if queued else 1.0)


@rule
def wellbeing_target(health, worries, trust, working, match):
    """Wellbeing to which a situation leads (J10; weights assumed)."""
    return 0.15 + 0.35 * health + 0.2 * (1.0 - worries) + 0.1 * trust + (0.2 * match if working else 0.0)


@compiled
def _feel(p, people, some, stream, week):
    """Every week for the registered, every fourth week (with four weeks' change) for those who have left.

    Returns the participants of tendered courses, and the week's change of their motivation and trust, added up.
    """
    participants, motivation, trust, n = 0, 0.0, 0.0, 0
    for i in listed(people.known):
        if is_registered(people.state[i]) or people.weeks_left[i] % ASKED_EVERY == 0:
            some.rows[n] = i
            some.ids[n] = people.id[i]
            n += 1
        else:
            people.rejections[i] = 0
    draw_each(stream, HEALTH, some.ids, n, week, some.uniforms)
    for k in range(n):
        i, u = some.rows[k], (some.uniforms[0, k], some.uniforms[1, k])
        state, rejections = people.state[i], people.rejections[i]
        people.rejections[i] = 0
        weeks = 1.0 if is_registered(state) else float(ASKED_EVERY)
        working = is_working(state)
        # Health comes and goes (J5): rare shocks, of which part comes back, and slow recovery towards rest.
        if u[0] < p.shock_week * weeks * (1.5 - people.health[i]):
            lost = people.health[i] * p.shock_size * u[1]
            people.health[i] -= lost
            people.illness[i] = min(1.0, people.illness[i] + p.returns * lost)
        else:
            speed = p.recovery * (1.0 if people.health[i] < p.health_rest else 0.2)
            people.health[i] += weeks * speed * (p.health_rest - people.health[i])
            if people.illness[i] > 0.0:
                healed = min(weeks * p.heal * people.illness[i], 1.0 - people.health[i])
                people.health[i] += healed
                people.illness[i] -= healed
        m = people.motivation[i]
        m += weeks * p.pull * (people.drive[i] - m)
        if working:
            m += weeks * p.lift * (people.match[i] - 0.3) * (1.0 - m)
            people.worries[i] -= weeks * p.eased * people.match[i] * people.worries[i]
        elif is_registered(state):
            m -= idle_decay(p, state, people.queue[i] > 0) * m
            people.worries[i] += p.worry * (1.0 - people.worries[i])
            people.trust[i] -= p.neglect * people.trust[i] * (1.0 - math.exp(-people.weeks_unseen[i] / 13.0))
            if state == ON_MEASURE and people.measures_taken[i] > 2:
                people.trust[i] -= p.carousel * people.trust[i]
        if rejections:
            m -= p.failed * rejections * m * (1.0 - people.efficacy[i])
            people.efficacy[i] -= p.failed_efficacy * rejections * people.efficacy[i]
        people.motivation[i] = min(1.0, max(0.0, m))
        people.efficacy[i] = min(1.0, max(0.0, people.efficacy[i]))
        target = wellbeing_target(people.health[i], people.worries[i], people.trust[i], working, people.match[i])
        people.wellbeing[i] += weeks * p.wellbeing_pull * (target - people.wellbeing[i])
        if state == ON_MEASURE and (people.measure[i] == JOB_SEARCH_COURSE or people.measure[i] == VOCATIONAL_COURSE):
            participants += 1
            motivation += people.motivation[i] - people.motivation_before[i]
            trust += people.trust[i] - people.trust_before[i]
            people.motivation_before[i], people.trust_before[i] = people.motivation[i], people.trust[i]
    return participants, motivation, trust


def feel(model: Any) -> None:
    """What the week did to people: motivation, self-efficacy, trust, worries, wellbeing, health."""
    people = model.jobseekers.view(People)
    some = model.jobseekers.view(Some)
    participants, motivation, trust = _feel(model.world.feelings, people, some, model.stream, model.clock)
    model.count("participants", participants)
    model.count("participants_motivation", motivation)
    model.count("participants_trust", trust)
