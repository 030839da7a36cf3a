"""Hiring: each vacancy takes the best it meets, and one hired is another displaced (E3).

The best of n ~ Poisson outside competitors has the score  mean + sd * quantile(U^(1/n)); more of them come per
vacancy the slacker the market. The vacancy offers to whoever is best and above a reservation that falls while it
stays open. A person with several offers takes the best one. What the job then really is, the match, depends on
skill, true calling, health, hours, Norwegian and the work environment, not on what was seen:

    match = logistic(m0 + skill fit + calling + health fit + language fit - too many hours + environment + noise)
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from sim.agents.employer import CLOSED, OPEN
from sim.agents.jobseeker import (
    AAP,
    FOLLOW_UP,
    JOB,
    JOB_WITH_BENEFIT,
    KVP_BENEFIT,
    NO_MEASURE,
    SUBSIDISED_JOB,
    UNEMPLOYMENT_BENEFIT,
)
from sim.compiled import compiled, rule
from sim.processes.courses import leave_measure
from sim.streams import ACCEPT, COMPETITOR, draw4, normal, pair4, vacancy_id


class Hires(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    office: np.ndarray
    reduced: np.ndarray
    skill: np.ndarray
    language: np.ndarray
    health: np.ndarray
    care: np.ndarray
    capacity: np.ndarray
    wish: np.ndarray
    calling: np.ndarray
    motivation: np.ndarray
    efficacy: np.ndarray
    benefit: np.ndarray
    benefit_weeks: np.ndarray
    prior_wage: np.ndarray
    weeks_left: np.ndarray
    weeks_jobless: np.ndarray
    weeks_registered: np.ndarray
    rejections: np.ndarray
    measure: np.ndarray
    measure_weeks: np.ndarray
    course: np.ndarray
    queue: np.ndarray
    queue_weeks: np.ndarray
    last_measure: np.ndarray
    measures_taken: np.ndarray
    weeks_since_measure: np.ndarray
    subsidy_offer: np.ndarray
    offer: np.ndarray
    offer_value: np.ndarray
    employer: np.ndarray
    match: np.ndarray
    hours: np.ndarray
    wage: np.ndarray
    tenure: np.ndarray
    permanent: np.ndarray
    subsidy_weeks: np.ndarray
    mentor: np.ndarray
    brokered: np.ndarray
    broker: np.ndarray


class Positions(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    employer: np.ndarray
    opened: np.ndarray
    weeks_open: np.ndarray
    hours: np.ndarray
    requirement: np.ndarray
    language: np.ndarray
    strain: np.ndarray
    wage: np.ndarray
    best_score: np.ndarray
    best_person: np.ndarray
    runner_up: np.ndarray


class Employers(NamedTuple):
    sector: np.ndarray
    openness: np.ndarray
    environment: np.ndarray
    inclusion: np.ndarray


class Offices(NamedTuple):
    region: np.ndarray


class Levers(NamedTuple):
    subsidy_weeks: np.ndarray
    mentor_use: np.ndarray


@rule
def best_of(n, u):
    """Standard normal quantile of the best of n, by u^(1/n) (logistic approximation to the normal, 1.702)."""
    q = min(1.0 - 1e-12, u ** (1.0 / n))
    return math.log(q / (1.0 - q)) / 1.702


@rule
def reservation(p, weeks_open):
    """Lowest score an employer takes; it falls while the vacancy stays open."""
    return p.standard - p.standard_falls * weeks_open


@rule
def match_quality(
    p,
    skill,
    asked,
    calling,
    sector,
    health,
    strain,
    language,
    asked_language,
    hours,
    capacity,
    environment,
    z,
):
    """True match quality of a person in a job on 0-1 (J7, J8, E7; weights assumed)."""
    x = p.match_base + p.match_skill * min(0.2, skill - asked)
    x += p.match_calling if calling == sector else 0.0
    x += p.match_health * min(0.0, health - strain) + p.match_language * min(0.0, language - asked_language)
    x -= p.match_hours * max(0.0, hours - capacity)
    x += p.match_environment * (environment - 0.5) + p.match_noise * z
    return 1.0 / (1.0 + math.exp(-x))


@rule
def offer_value(p, hours, capacity, wish, sector, wage, prior_wage):
    """What an offer is worth to the person: hours that fit, the wished sector, pay (0-1, assumed weights)."""
    fit = 1.0 - min(1.0, abs(hours - capacity))
    return 0.4 * fit + (0.3 if wish == sector else 0.0) + 0.3 * min(1.2, wage / max(1.0, prior_wage))


@rule
def stays_registered(p, hours, benefit):
    """A part-time worker stays on the register for the benefit that fills up the hours (J8; I71 'partly')."""
    return hours < p.full_hours and benefit in (UNEMPLOYMENT_BENEFIT, AAP, KVP_BENEFIT)


@compiled
def leave_job(people, i):
    """Out of a job, with all that belonged to it."""
    people.employer[i] = -1
    people.hours[i] = 0.0
    people.tenure[i] = 0
    people.permanent[i] = 0
    people.subsidy_weeks[i] = 0
    people.mentor[i] = 0
    people.brokered[i] = 0
    people.broker[i] = -1


@compiled
def start_job(p, people, i, positions, v, employers, brokered, broker, subsidy_weeks, mentor, stream, week):
    """Person i starts in position v: the job, its true match, and the state it gives."""
    employer = positions.employer[v]
    sector = employers.sector[employer]
    hours = positions.hours[v]
    if brokered or subsidy_weeks > 0:
        hours = max(min(hours, people.capacity[i]), min(hours, 0.2))  # hours are agreed to fit (E8, J14)
    u = pair4(stream, ACCEPT, people.id[i], vacancy_id(positions.id[v], positions.opened[v]), week)
    if people.measure[i] not in (NO_MEASURE, FOLLOW_UP):
        leave_measure(people, i)
    people.queue[i] = NO_MEASURE
    people.queue_weeks[i] = 0
    people.employer[i] = employer
    people.match[i] = match_quality(
        p,
        people.skill[i],
        positions.requirement[v],
        people.calling[i],
        sector,
        people.health[i],
        positions.strain[v],
        people.language[i],
        positions.language[v],
        hours,
        people.capacity[i],
        employers.environment[employer] * 0.7 + employers.inclusion[employer] * 0.3,
        normal(u[0], u[1]),
    )
    people.hours[i] = hours
    people.wage[i] = positions.wage[v]
    people.tenure[i] = 0
    people.permanent[i] = 1 if u[2] < p.permanent_at_start and subsidy_weeks == 0 and not brokered else 0
    people.subsidy_weeks[i] = subsidy_weeks
    people.mentor[i] = 1 if u[3] < mentor else 0
    people.brokered[i] = 1 if brokered else 0
    people.broker[i] = broker
    people.subsidy_offer[i] = 0
    people.weeks_left[i] = 0
    if subsidy_weeks > 0:
        people.state[i] = SUBSIDISED_JOB
        people.measures_taken[i] += 1  # a wage subsidy is a measure too
    elif stays_registered(p, hours, people.benefit[i]):
        people.state[i] = JOB_WITH_BENEFIT
    else:
        people.state[i] = JOB
    positions.state[v] = CLOSED


@compiled
def _hire(p, levers, people, positions, employers, offices, stream, week):
    """Offers, choices, hires. Returns (hires of registered people, outside hires, outside people displaced)."""
    hired = outside = displaced = subsidised = 0
    expected = p.competitors
    for v in range(positions.state.size):
        if positions.state[v] != OPEN:
            continue
        u = draw4(stream, COMPETITOR, vacancy_id(positions.id[v], positions.opened[v]), week, 0)
        some = u[0] < 1.0 - math.exp(-expected)
        rival = -1e9
        if some:
            rival = p.competitor_mean + p.competitor_sd * best_of(max(1.0, expected), u[1])
        lowest = reservation(p, positions.weeks_open[v])
        score, i = positions.best_score[v], positions.best_person[v]
        if i >= 0 and score >= rival and score >= lowest:
            value = offer_value(
                p,
                positions.hours[v],
                people.capacity[i],
                people.wish[i],
                employers.sector[positions.employer[v]],
                positions.wage[v],
                people.prior_wage[i],
            )
            positions.runner_up[v] = rival >= lowest
            if people.offer[i] < 0 or value > people.offer_value[i]:
                people.offer[i] = v
                people.offer_value[i] = value
        elif some and rival >= lowest:
            positions.state[v] = CLOSED
            outside += 1
    for i in range(people.state.size):
        v = people.offer[i]
        if v < 0:
            continue
        people.offer[i] = -1
        patience = p.reservation * math.exp(-people.weeks_registered[i] / 52.0)
        people.rejections[i] -= 1
        if people.offer_value[i] < patience:
            continue
        region = offices.region[people.office[i]]
        hired += 1
        displaced += positions.runner_up[v]
        weeks = int(levers.subsidy_weeks[region]) if people.subsidy_offer[i] else 0
        subsidised += weeks > 0
        mentor = levers.mentor_use[region] if people.subsidy_offer[i] else 0.0
        start_job(p, people, i, positions, v, employers, False, -1, weeks, mentor, stream, week)
    return hired, outside, displaced, subsidised


def hire(model: Any) -> None:
    """Employers compare this week's applicants with the outside ones, make offers, and people choose."""
    hired, outside, displaced, subsidised = _hire(
        model.world.hiring,
        model.levers(Levers),
        model.jobseekers.view(Hires),
        model.positions.view(Positions),
        model.employers.view(Employers),
        model.offices.view(Offices),
        model.stream,
        model.clock,
    )
    model.count("hires", hired)
    model.count("hires_outside", outside)
    model.count("displaced_outside", displaced)
    model.count("hires_subsidised", subsidised)
