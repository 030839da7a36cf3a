"""Offers of vacancies: with time, a supervisor points out a vacancy that suits a client (V9).

The minutes were set aside in the meeting (`sim.processes.contact`). The supervisor looks at some positions of the
region, more of them the more the office knows of its employers, and takes the open one that seems to suit best: the
true fit of what can be asked for, as far as the client is known, and a guess for the rest. Who is offered a vacancy is
expected to apply. The motivated do; of the others some let it be, which may cost the benefit or end the claim of
somebody who is not available for work.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from sim.agents.employer import OPEN
from sim.agents.jobseeker import UNEMPLOYED
from sim.columns import listed
from sim.compiled import compiled, rule
from sim.processes.contact import cut_benefit
from sim.processes.search import can_work, distance, within_reach
from sim.streams import VACANCY_OFFER, draw4, pair4, vacancy_id, whole


class Clients(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    office: np.ndarray
    supervisor: np.ndarray
    skill: np.ndarray
    language: np.ndarray
    health: np.ndarray
    care: np.ndarray
    wish: np.ndarray
    capacity: np.ndarray
    motivation: np.ndarray
    trust: np.ndarray
    mapped: np.ndarray
    benefit: np.ndarray
    sanction_weeks: np.ndarray
    gives_up: np.ndarray
    signed: np.ndarray
    shown: np.ndarray
    to_be_offered: np.ndarray
    registered: np.ndarray


class Team(NamedTuple):
    gaze: np.ndarray


class Positions(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    employer: np.ndarray
    opened: np.ndarray
    hours: np.ndarray
    requirement: np.ndarray
    language: np.ndarray
    strain: np.ndarray
    shift: np.ndarray
    hidden: np.ndarray


class Employers(NamedTuple):
    id: np.ndarray
    sector: np.ndarray


class Offices(NamedTuple):
    id: np.ndarray
    region: np.ndarray
    knowledge: np.ndarray


@rule
def suits(p, skill, asked, language, asked_language, health, strain, wished):
    """How well a vacancy suits a person, by what it asks for and by the wish: 1 when nothing is missing (assumed)."""
    missing = max(0.0, asked - skill) + max(0.0, asked_language - language) + max(0.0, strain - health)
    return math.exp(-p.offer_missing * missing) * (1.0 if wished else p.offer_unwished)


@rule
def seems_to_suit(true_fit, mapped, guess):
    """V3: the true fit as far as the person is known, a guess for the rest."""
    return mapped * true_fit + (1.0 - mapped) * guess


@rule
def declines(p, motivation):
    """Chance that somebody does not apply for a vacancy that the supervisor has pointed out (J1)."""
    return p.offer_declined * (1.0 - motivation)


@compiled
def _vacancy_for(p, search, people, i, positions, employers, offices, per_region, u, stream, week):
    """The vacancy that seems to suit best among those the supervisor looks at (-1: none)."""
    office = people.office[i]
    looks = min(8, whole(p.offer_looks * offices.knowledge[office], u))
    a = draw4(stream, VACANCY_OFFER, people.id[i], week, 1)
    b = draw4(stream, VACANCY_OFFER, people.id[i], week, 2)
    best, chosen = -1.0, -1
    for n in range(looks):
        v = offices.region[office] * per_region + int((a[n] if n < 4 else b[n - 4]) * per_region)
        if positions.state[v] != OPEN:
            continue
        employer = positions.employer[v]
        guess = pair4(stream, VACANCY_OFFER, people.id[i], vacancy_id(positions.id[v], positions.opened[v]), week)
        if positions.hidden[v] and guess[1] >= offices.knowledge[office]:
            continue  # not advertised: known only to who knows the employer
        if not can_work(search, people.capacity[i], people.care[i], positions.hours[v], positions.shift[v]):
            continue
        far = distance(stream, offices.id[office], employers.id[employer])
        if not within_reach(search, far, people.care[i], people.health[i]):
            continue
        fit = suits(
            p,
            people.skill[i],
            positions.requirement[v],
            people.language[i],
            positions.language[v],
            people.health[i],
            positions.strain[v],
            people.wish[i] == employers.sector[employer],
        )
        seems = seems_to_suit(fit, people.mapped[i], guess[0])
        if seems > best:
            best, chosen = seems, v
    return chosen


@compiled
def _offer(p, search, people, team, positions, employers, offices, per_region, stream, week):
    """Vacancies for those to be offered one who are still without a job. Returns (offers, declined, benefits cut)."""
    offers = declined = cut = 0
    for i in listed(people.registered):
        if not people.to_be_offered[i] or people.state[i] != UNEMPLOYED or people.signed[i] >= 0:
            continue
        u = draw4(stream, VACANCY_OFFER, people.id[i], week, 0)
        v = _vacancy_for(p, search, people, i, positions, employers, offices, per_region, u[0], stream, week)
        if v < 0:
            continue
        offers += 1
        if u[1] >= declines(p, people.motivation[i]):
            people.shown[i] = v
            continue
        declined += 1
        if u[2] < p.decline_ends:
            people.gives_up[i] = 1
        if cut_benefit(p, people, i, team.gaze[people.supervisor[i]], u[3]):
            cut += 1
    return offers, declined, cut


def offer_vacancies(model: Any) -> None:
    """Supervisors point out vacancies to clients they have met and set time aside for."""
    table = model.jobseekers
    table["shown"][:] = -1
    offers, declined, cut = _offer(
        model.world.contact,
        model.world.search,
        table.view(Clients),
        model.supervisors.view(Team),
        model.positions.view(Positions),
        model.employers.view(Employers),
        model.offices.view(Offices),
        model.positions.stride,
        model.stream,
        model.clock,
    )
    model.count("vacancy_offers", offers)
    model.count("vacancy_offers_declined", declined)
    model.count("sanctions", cut)
