"""Referral: what a supervisor sends a client to, on partial knowledge (V3-V7, V14).

For each measure k open to the client

    U_k = fit * (1 - gaze) * perceived need_k + practice_k(office) + belief_k(supervisor)
          + seats * (1 + gaze) * empty places_k - queue * expected wait_k + noise * Gumbel
    U_0 = alone + alone_short * exp(-weeks registered / 26)      ('no measure' is a valid choice, V14)

and the largest wins. The perceived need is the true one in proportion to how well the client is mapped and a
standard guess for the rest. Setting the measure up costs minutes, paid from next week's hours.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from sim.agents.jobseeker import (
    AAP,
    AFT,
    FOLLOW_UP,
    JOB_SEARCH_COURSE,
    KVP,
    N_MEASURES,
    NO_MEASURE,
    SOCIAL_ASSISTANCE,
    UNEMPLOYED,
    VOCATIONAL_COURSE,
    WAGE_SUBSIDY,
    WORK_TRAINING,
)
from sim.compiled import compiled, rule
from sim.streams import REFERRAL, draw4


class Clients(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    office: np.ndarray
    supervisor: np.ndarray
    reduced: np.ndarray
    skill: np.ndarray
    language: np.ndarray
    health: np.ndarray
    know_how: np.ndarray
    worries: np.ndarray
    capacity: np.ndarray
    motivation: np.ndarray
    efficacy: np.ndarray
    mapped: np.ndarray
    benefit: np.ndarray
    met_minutes: np.ndarray
    weeks_unseen: np.ndarray
    weeks_registered: np.ndarray
    queue: np.ndarray
    queue_weeks: np.ndarray
    last_measure: np.ndarray
    subsidy_offer: np.ndarray


class Team(NamedTuple):
    gaze: np.ndarray
    belief: np.ndarray
    due_set_up: np.ndarray


class Regions(NamedTuple):
    places: np.ndarray
    taken: np.ndarray
    waiting: np.ndarray
    wait: np.ndarray


class Offices(NamedTuple):
    region: np.ndarray
    practice: np.ndarray


class Levers(NamedTuple):
    subsidy_use: np.ndarray


@rule
def need(measure, skill, language, health, know_how, worries, capacity, motivation, efficacy):
    """How far a person's situation calls for a measure, 0-1 (assumed shapes; V7: follow-up is for the 'ready')."""
    if measure == JOB_SEARCH_COURSE:
        return 1.0 - know_how
    if measure == VOCATIONAL_COURSE:
        return (1.0 - skill) * (0.5 + 0.5 * health)
    if measure == AFT:
        return (1.0 - efficacy) * 0.5 + (1.0 - health) * 0.5
    if measure == WORK_TRAINING:
        return 0.5 * (1.0 - language) + 0.5 * (1.0 - skill)
    if measure == FOLLOW_UP:
        return motivation * (0.4 + 0.6 * (1.0 - capacity))
    if measure == WAGE_SUBSIDY:
        return motivation * (1.0 - capacity)
    if measure == KVP:
        return 0.5 * worries + 0.5 * (1.0 - skill)
    return 0.0


@rule
def open_to(measure, reduced, benefit, subsidy_offer, p_long):
    """V5: who may be offered what in ordinary services (KVP is for people on social assistance: K1)."""
    if measure in (AFT, FOLLOW_UP):
        return reduced == 1
    if measure == WAGE_SUBSIDY:
        return (reduced == 1 or p_long) and subsidy_offer == 0
    if measure == KVP:
        return benefit == SOCIAL_ASSISTANCE
    if measure == JOB_SEARCH_COURSE:
        return reduced == 0 or benefit != AAP
    return True


@rule
def gumbel(u):
    """A standard Gumbel variate from a uniform in (0, 1)."""
    return -math.log(-math.log(u))


@compiled
def _refer(p, people, team, regions, offices, levers, stream, week):
    for i in range(people.state.size):
        if people.state[i] != UNEMPLOYED:
            continue
        if people.queue[i]:
            people.queue_weeks[i] += 1
            continue
        s = people.supervisor[i]
        if people.weeks_registered[i] < p.first_weeks or s < 0:
            continue
        met = people.met_minutes[i] > 0.0
        if not met and people.weeks_unseen[i] < p.statutory_weeks:
            continue
        u = draw4(stream, REFERRAL, people.id[i], week, 0)
        if met and u[0] > p.considered:
            continue
        people.weeks_unseen[i] = 0
        office = people.office[i]
        region = offices.region[office]
        gaze, known = team.gaze[s], people.mapped[i]
        long_term = people.weeks_registered[i] >= 52
        v1 = draw4(stream, REFERRAL, people.id[i], week, 1)
        v2 = draw4(stream, REFERRAL, people.id[i], week, 2)
        v3 = draw4(stream, REFERRAL, people.id[i], week, 3)
        best, chosen = -1e9, NO_MEASURE
        for k in range(N_MEASURES):
            noise = p.noise * gumbel(v1[k] if k < 4 else (v2[k - 4] if k < 8 else v3[k - 8]))
            if k == NO_MEASURE:
                short = math.exp(-people.weeks_registered[i] / 26.0)
                utility = p.alone + p.alone_short * short + noise
            else:
                if not open_to(k, people.reduced[i], people.benefit[i], people.subsidy_offer[i], long_term):
                    continue
                true_need = need(
                    k,
                    people.skill[i],
                    people.language[i],
                    people.health[i],
                    people.know_how[i],
                    people.worries[i],
                    people.capacity[i],
                    people.motivation[i],
                    people.efficacy[i],
                )
                perceived = known * true_need + (1.0 - known) * p.standard_guess
                utility = p.fit * (1.0 - gaze) * perceived + offices.practice[office, k] + team.belief[s, k] + noise
                places = regions.places[region, k]
                if k == WAGE_SUBSIDY:
                    utility += p.subsidy_taste + math.log(max(1e-6, levers.subsidy_use[region]))
                elif places <= 0.0:
                    continue
                else:
                    empty = max(0.0, places - regions.taken[region, k] - regions.waiting[region, k]) / places
                    wait = max(regions.wait[region, k], regions.waiting[region, k] / places * p.turnover_weeks)
                    utility += p.seats * (1.0 + gaze) * empty - p.queue * wait / 26.0
                if people.last_measure[i] == k:
                    utility -= p.again
            if utility > best:
                best, chosen = utility, k
        if chosen == NO_MEASURE:
            continue
        team.due_set_up[s] += p.set_up_minutes
        if chosen == WAGE_SUBSIDY:
            people.subsidy_offer[i] = 1
        else:
            people.queue[i] = chosen
            people.queue_weeks[i] = 0
            regions.waiting[region, chosen] += 1.0


def refer_clients(model: Any) -> None:
    """Clients who were met, or are due a decision by statute, may be put in the queue for a measure."""
    _refer(
        model.world.referral,
        model.jobseekers.view(Clients),
        model.supervisors.view(Team),
        model.regions.view(Regions),
        model.offices.view(Offices),
        model.levers(Levers),
        model.stream,
        model.clock,
    )
