"""Supported Employment in five steps: intake, and what a specialist's hours do (S1-S9, V7, J12, J14).

A specialist's week: admin first, a share on employers, the rest for the clients. Each client's step asks for
minutes; when the hours do not suffice, everyone gets the same share of what was asked. A step is done when it has
had its minutes; meeting and mapping that are cut short leave the specialist knowing less of the person, and the match
is made on what is known.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from sim.agents.course import LOT_SE_IN_HOUSE
from sim.agents.jobseeker import (
    FIND_EMPLOYER,
    FOLLOW_UP,
    FOLLOW_UP_AT_WORK,
    MAP,
    MATCH,
    MEET,
    NO_MEASURE,
    ON_MEASURE,
    UNEMPLOYED,
    is_working,
)
from sim.compiled import compiled, rule
from sim.processes.contact import motivation_change, trust_change
from sim.processes.courses import leave_measure
from sim.streams import SE_INTAKE, draw, logistic_noise

BY_MOTIVATION, BY_NEED, BY_LOTTERY = range(3)  # intake rules, as declared in the policy schema


class Clients(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    office: np.ndarray
    motivation: np.ndarray
    efficacy: np.ndarray
    trust: np.ndarray
    health: np.ndarray
    worries: np.ndarray
    capacity: np.ndarray
    mapped: np.ndarray
    benefit: np.ndarray
    benefit_weeks: np.ndarray
    measure: np.ndarray
    measures_taken: np.ndarray
    measure_weeks: np.ndarray
    course: np.ndarray
    last_measure: np.ndarray
    last_provider: np.ndarray
    weeks_since_measure: np.ndarray
    queue: np.ndarray
    queue_weeks: np.ndarray
    specialist: np.ndarray
    step: np.ndarray
    step_minutes: np.ndarray
    service_weeks: np.ndarray
    se_mapped: np.ndarray
    support: np.ndarray
    handed_over: np.ndarray
    tenure: np.ndarray
    mentor: np.ndarray


class Staff(NamedTuple):
    state: np.ndarray
    provider: np.ndarray
    contract: np.ndarray
    skill: np.ndarray
    experience: np.ndarray
    caseload: np.ndarray
    room: np.ndarray
    demand: np.ndarray
    load: np.ndarray
    scale: np.ndarray
    minutes: np.ndarray
    admin: np.ndarray
    visits: np.ndarray
    clients: np.ndarray


class Contracts(NamedTuple):
    region: np.ndarray
    lot: np.ndarray


class Offices(NamedTuple):
    region: np.ndarray
    knowledge: np.ndarray


class Regions(NamedTuple):
    places: np.ndarray
    waiting: np.ndarray
    taken: np.ndarray
    wait: np.ndarray


class Levers(NamedTuple):
    se_intake: np.ndarray
    se_employer_time_share: np.ndarray
    se_follow_up_weeks: np.ndarray


@rule
def intake_score(rule_code, p, slope, motivation, efficacy, health, worries, u):
    """Who is taken in first (S8, I123): motivation 'with the engine running', need, or a draw of lots."""
    if rule_code == BY_MOTIVATION:
        return slope * (0.7 * motivation + 0.3 * efficacy) / p.motivation_sd + logistic_noise(u)
    if rule_code == BY_NEED:
        return slope * (1.0 - health + worries) / p.motivation_sd + logistic_noise(u)
    return logistic_noise(u)


@rule
def step_demand(p, step, tenure, mentor):
    """Minutes a client asks for this week, by step; follow-up fades, and a mentor takes over part of it (S10, E5)."""
    if step in (MEET, MAP):
        return p.map_minutes_week
    if step in (FIND_EMPLOYER, MATCH):
        return p.match_minutes_week
    fading = p.follow_up_late + (p.follow_up_first - p.follow_up_late) * math.exp(-tenure / 8.0)
    return fading * (p.mentor_relief if mentor else 1.0)


@rule
def form_of(contracts, staff, s):
    """Form of delivery of a specialist's contract: 0 or 1, an index into what differs between them (S2)."""
    return contracts.lot[staff.contract[s]] - LOT_SE_IN_HOUSE


@compiled
def _intake(p, delivery, people, staff, contracts, regions, offices, levers, rooms, queue, stream, week):
    """Free room is filled from the queue of the region: those handed over first, then by the intake rule.

    While places move from one form of delivery to the other, both together serve no more than there are places.
    """
    rooms[:] = 0
    free = rooms[1]
    for region in range(free.size):
        free[region] = int(regions.places[region, FOLLOW_UP] + 0.5)
    for s in range(staff.state.size):
        if staff.state[s] and staff.room[s] > 0:
            rooms[0, contracts.region[staff.contract[s]]] += staff.room[s]
    n = 0
    for i in range(people.state.size):
        if people.step[i]:
            free[offices.region[people.office[i]]] -= 1
        if people.queue[i] == FOLLOW_UP or people.handed_over[i]:
            if rooms[0, offices.region[people.office[i]]] > 0:
                queue[n] = i
                n += 1
    for s in range(staff.state.size):
        if not staff.state[s]:
            continue
        region = contracts.region[staff.contract[s]]
        f = form_of(contracts, staff, s)
        code = int(levers.se_intake[region])
        for _ in range(max(0, staff.room[s])):
            best, chosen = -1e9, -1
            for q in range(n):
                i = queue[q]
                if i < 0 or offices.region[people.office[i]] != region:
                    continue
                if people.handed_over[i]:
                    score = 1e6 + people.service_weeks[i]
                elif free[region] <= 0:
                    continue
                else:
                    u = draw(stream, SE_INTAKE, people.id[i], week)
                    score = intake_score(
                        code,
                        p,
                        delivery.intake_slope[f],
                        people.motivation[i],
                        people.efficacy[i],
                        people.health[i],
                        people.worries[i],
                        u,
                    )
                if score > best:
                    best, chosen = score, q
            if chosen < 0:
                break
            i = queue[chosen]
            queue[chosen] = -1
            people.specialist[i] = s
            staff.room[s] -= 1
            staff.caseload[s] += 1
            if people.handed_over[i]:
                people.handed_over[i] = 0
                people.se_mapped[i] *= p.handed_on
                continue
            free[region] -= 1
            people.state[i] = ON_MEASURE
            people.measure[i] = FOLLOW_UP
            people.measures_taken[i] += 1
            people.last_provider[i] = staff.provider[s]
            people.step[i] = MEET
            people.step_minutes[i] = 0.0
            people.service_weeks[i] = 0
            people.se_mapped[i] = people.mapped[i] * delivery.knows_file[f]
            regions.wait[region, FOLLOW_UP] += 0.05 * (people.queue_weeks[i] - regions.wait[region, FOLLOW_UP])
            people.queue[i] = NO_MEASURE
            people.queue_weeks[i] = 0


@compiled
def discharge(people, i):
    """A person leaves Supported Employment; in a job they simply go on working (I106, S7)."""
    leave_measure(people, i)
    people.specialist[i] = -1
    people.step[i] = 0
    people.step_minutes[i] = 0.0
    people.support[i] = 0.0
    people.handed_over[i] = 0
    if people.state[i] == ON_MEASURE:
        people.state[i] = UNEMPLOYED


@compiled
def _work(p, contact, delivery, people, staff, contracts, offices, levers):
    """Every specialist's week: admin, employers, clients; what the clients' minutes do; who is discharged.

    Returns the number discharged, and of these the number in a job.
    """
    discharged = to_work = 0
    for s in range(staff.state.size):
        if staff.state[s]:
            f = form_of(contracts, staff, s)
            staff.minutes[s] = contact.hours_week * 60.0
            staff.admin[s] = staff.minutes[s] * delivery.admin_share[f]
            share = levers.se_employer_time_share[contracts.region[staff.contract[s]]]
            staff.visits[s] = (staff.minutes[s] - staff.admin[s]) * share
            staff.clients[s] = staff.minutes[s] - staff.admin[s] - staff.visits[s]
            staff.demand[s] = 0.0
    for i in range(people.state.size):
        s = people.specialist[i]
        if s >= 0:
            staff.demand[s] += step_demand(p, people.step[i], people.tenure[i], people.mentor[i])
    for s in range(staff.state.size):
        if staff.state[s]:
            staff.load[s] = staff.demand[s] / max(1.0, staff.clients[s])
            staff.scale[s] = min(1.0, 1.0 / max(1e-9, staff.load[s]))
            spare = staff.clients[s] - staff.scale[s] * staff.demand[s]
            staff.visits[s] += spare  # what the clients do not need goes to employers
            staff.clients[s] -= spare
    for i in range(people.state.size):
        if not people.step[i]:
            continue
        s = people.specialist[i]
        people.service_weeks[i] += 1
        if s < 0:
            people.support[i] = 0.0
        else:
            f = form_of(contracts, staff, s)
            minutes = staff.scale[s] * step_demand(p, people.step[i], people.tenure[i], people.mentor[i])
            skill = staff.skill[s] * (0.6 + 0.4 * min(1.0, staff.experience[s] / p.ramp_up_weeks))
            people.step_minutes[i] += minutes
            people.support[i] = staff.scale[s] * skill
            hours = minutes / 60.0
            people.motivation[i] += motivation_change(contact, people.motivation[i], people.trust[i], hours, 0.0)
            people.trust[i] += trust_change(contact, people.trust[i], hours, 0.0)
            if people.step[i] <= MAP:
                gain = 1.0 - math.exp(-minutes / p.mapping_minutes)
                people.se_mapped[i] += (1.0 - people.se_mapped[i]) * gain * skill
                if delivery.file_shared[f] > 0.0:
                    told = delivery.file_shared[f] * people.se_mapped[i]
                    people.mapped[i] = max(people.mapped[i], told)
            # Haste shortens the steps before the match (price and outcome pressure: S1, S2).
            needed = 1.0 - delivery.haste[f]
            if people.step[i] == MEET and people.step_minutes[i] >= p.meet_minutes * needed:
                people.step[i], people.step_minutes[i] = MAP, 0.0
            elif people.step[i] == MAP and people.step_minutes[i] >= p.map_minutes * needed:
                people.step[i], people.step_minutes[i] = FIND_EMPLOYER, 0.0
            elif people.step[i] == FIND_EMPLOYER and people.step_minutes[i] >= p.find_minutes * needed:
                people.step[i], people.step_minutes[i] = MATCH, 0.0
            if delivery.knowledge_to_nav[f] > 0.0:
                o = people.office[i]
                offices.knowledge[o] += (
                    p.knowledge_hour * delivery.knowledge_to_nav[f] * hours * (1.0 - offices.knowledge[o])
                )
        region = offices.region[people.office[i]]
        working = is_working(people.state[i])
        if working:
            people.step[i] = FOLLOW_UP_AT_WORK
            if people.tenure[i] >= levers.se_follow_up_weeks[region]:
                discharge(people, i)
                discharged += 1
                to_work += 1
        elif people.state[i] != ON_MEASURE:
            discharge(people, i)  # disability pension, or out of the labour force
            discharged += 1
        elif people.step[i] == FOLLOW_UP_AT_WORK:
            people.step[i], people.step_minutes[i] = FIND_EMPLOYER, 0.0
        elif people.service_weeks[i] >= p.longest_service:
            discharge(people, i)
            discharged += 1
    for o in range(offices.region.size):
        offices.knowledge[o] *= p.knowledge_fade
    return discharged, to_work


def support_clients(model: Any) -> None:
    """Specialists take clients in, spend their hours, move clients through the steps and discharge them."""
    people, staff = model.jobseekers.view(Clients), model.specialists.view(Staff)
    contracts = model.contracts.view(Contracts)
    offices, levers = model.offices.view(Offices), model.levers(Levers)
    p, delivery = model.world.supported_employment, model.world.delivery
    regions = model.regions.view(Regions)
    discharged, to_work = _work(p, model.world.contact, delivery, people, staff, contracts, offices, levers)
    model.count("discharged", discharged)
    model.count("discharged_to_work", to_work)
    rooms, queue = np.empty((2, model.n_regions), np.int64), np.empty(len(people.state), np.int64)
    _intake(
        p,
        delivery,
        people,
        staff,
        contracts,
        regions,
        offices,
        levers,
        rooms,
        queue,
        model.stream,
        model.clock,
    )
