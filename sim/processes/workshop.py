"""The drop-in workshop: people come when they want, without referral, queue or lock-in (T14).

Experienced professionals receive them, and those who come teach each other: what is learnt is

    rate * (skill of the staff + peers * mean know-how of those who are there) * what is left to learn

and the exchange with peers lifts motivation, where friends only console. A place holds one person a day; when more
want to come than there is room for, everybody has the same chance. Nobody comes who does not want to.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from sim.agents.jobseeker import UNEMPLOYED
from sim.columns import listed
from sim.compiled import compiled, rule
from sim.streams import WORKSHOP, draw4

DAYS = 5.0  # a visit takes a day


class People(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    office: np.ndarray
    motivation: np.ndarray
    trust: np.ndarray
    know_how: np.ndarray
    efficacy: np.ndarray
    dropped_in: np.ndarray
    known: np.ndarray
    registered: np.ndarray


class Offices(NamedTuple):
    region: np.ndarray


class Levers(NamedTuple):
    courses_drop_in_places_per_1000: np.ndarray


@rule
def wants_to_come(p, motivation, trust):
    """Chance that somebody drops in this week: curiosity and some trust in the house, no order."""
    return p.visits * (0.5 * motivation + 0.5 * trust)


@rule
def places_of(levers, region, region_size):
    """Places of a region's workshop."""
    return levers.courses_drop_in_places_per_1000[region] * region_size / 1000.0


@rule
def taught(p, peers):
    """What a visit teaches, 0-1 and more: professionals, and the experience of the others (T14)."""
    return p.staff_skill + p.peers * peers


@compiled
def _visits(p, people, offices, levers, room, come, peers, region_size, stream, week):
    """Who wants to come, who finds room, and what it gives. Returns the visits."""
    come[:] = 0.0
    peers[:] = 0.0
    for i in listed(people.known):
        people.dropped_in[i] = 0
        if people.state[i] != UNEMPLOYED:
            continue
        region = offices.region[people.office[i]]
        if levers.courses_drop_in_places_per_1000[region] <= 0.0:
            continue
        u = draw4(stream, WORKSHOP, people.id[i], week, 0)
        if u[0] < wants_to_come(p, people.motivation[i], people.trust[i]):
            people.dropped_in[i] = 1
            come[region] += 1.0
            peers[region] += people.know_how[i]
    for region in range(room.size):
        room[region] = math.floor(DAYS * places_of(levers, region, region_size))
        peers[region] /= max(1.0, come[region])
    visits = 0
    for i in listed(people.registered):
        if not people.dropped_in[i]:
            continue
        region = offices.region[people.office[i]]
        # The chance of a place is the same for all who come, and when it is full it is full.
        u = draw4(stream, WORKSHOP, people.id[i], week, 0)[1]
        crowded = u * come[region] > DAYS * places_of(levers, region, region_size)
        if crowded or room[region] < 1.0:
            people.dropped_in[i] = 0
            continue
        room[region] -= 1.0
        visits += 1
        q = taught(p, peers[region])
        people.know_how[i] += p.rate_know_how * q * (1.0 - people.know_how[i])
        people.efficacy[i] += p.rate_efficacy * q * (1.0 - people.efficacy[i])
        exchange = min(1.0, come[region] / 10.0)
        people.motivation[i] += p.rate_motivation * exchange * (1.0 - people.motivation[i])
    return visits


def open_workshop(model: Any) -> None:
    """The drop-in workshop's week, where there is one."""
    levers = model.levers(Levers)
    if not levers.courses_drop_in_places_per_1000.any():
        return
    n = model.n_regions
    visits = _visits(
        model.world.workshop,
        model.jobseekers.view(People),
        model.offices.view(Offices),
        levers,
        model.scratch("room", n),
        model.scratch("come", n),
        model.scratch("peers", n),
        model.region_size,
        model.stream,
        model.clock,
    )
    model.count("drop_in_visits", visits)
