"""Brokering: specialists visit employers, find openings, and propose a person for a job (S1, S8-S11, E1, E9-E11).

A visit keeps up a relation or starts one, and opens the door a little. A client who is ready to be matched is proposed
for the position, among the open ones of the specialist's employers, that looks best by what the specialist knows:

    looks = known * true fit + (1 - known) * guess

where known is how well the person is mapped. An open-minded employer with a good relation may make a job that was
not advertised (E9: extra jobs). The employer says yes with

    P = logistic(a + openness + belief + relation + looks + subsidy - risk)

(E10). A person with barriers above a threshold may not turn up on the first day (J12): a broken promise.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from sim.agents.employer import CLOSED, OPEN
from sim.agents.jobseeker import MATCH, ON_MEASURE
from sim.agents.specialist import N_CONTACTS
from sim.compiled import compiled, rule
from sim.processes.hiring import Hires, match_quality, start_job
from sim.processes.search import HALF_THE_WAGE
from sim.processes.vacancies import advertise
from sim.streams import SE_MATCH, SE_VISIT, draw4, pair4, whole


class Clients(NamedTuple):
    step: np.ndarray
    specialist: np.ndarray
    se_mapped: np.ndarray
    worries: np.ndarray


class Staff(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    provider: np.ndarray
    skill: np.ndarray
    visits: np.ndarray
    scale: np.ndarray
    failed: np.ndarray
    placements: np.ndarray
    contact: np.ndarray
    strength: np.ndarray


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
    shift: np.ndarray
    wage: np.ndarray


class Employers(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    sector: np.ndarray
    openness: np.ndarray
    belief: np.ndarray
    evidence: np.ndarray
    environment: np.ndarray
    inclusion: np.ndarray
    social: np.ndarray
    first_position: np.ndarray
    n_positions: np.ndarray


class Providers(NamedTuple):
    region: np.ndarray


class Offices(NamedTuple):
    region: np.ndarray


class Levers(NamedTuple):
    subsidy_rate_first: np.ndarray
    subsidy_weeks: np.ndarray
    subsidy_use: np.ndarray
    mentor_use: np.ndarray


@rule
def says_yes(p, openness, belief, strength, looks, subsidy):
    """Chance that an employer takes the person proposed (E10: motive and help against perceived risk)."""
    z = p.yes_base + p.yes_openness * (openness - 0.5) + p.yes_belief * (belief - 0.5)
    z += p.yes_relation * strength + p.yes_looks * (looks - 0.5) + p.yes_subsidy * subsidy
    return 1.0 / (1.0 + math.exp(-z))


@rule
def stays_away(p, worries, health, motivation):
    """J12: chance that a placed person does not turn up, rising beyond a barrier threshold."""
    barrier = 0.5 * worries + 0.3 * (1.0 - health) + 0.2 * (1.0 - motivation)
    return 1.0 / (1.0 + math.exp(-(barrier - p.barrier_threshold) / p.barrier_scale))


@rule
def experience(belief, evidence, outcome, weight):
    """E1: belief after one more experience of weight ``weight`` (running mean; evidence is capped by the caller)."""
    return (belief * evidence + outcome * weight) / (evidence + weight)


@compiled
def learn_of(p, employers, j, outcome):
    """An employer's belief and openness after a hire that worked out (1) or did not (0) (E1, E11, E12)."""
    employers.belief[j] = experience(employers.belief[j], employers.evidence[j], outcome, 1.0)
    employers.evidence[j] = min(p.evidence_cap, employers.evidence[j] + 1.0)
    if outcome > 0.5:
        employers.openness[j] += p.good_opens * (1.0 - employers.openness[j])
        employers.inclusion[j] += p.inclusion_gain * (1.0 - employers.inclusion[j])
    else:
        employers.openness[j] -= p.bad_closes * employers.openness[j]


@compiled
def _visit(p, staff, employers, providers, stride, stream, week):
    """The hours on employers become visits: half of them keep up relations, half look for new ones."""
    visits = 0
    for j in range(employers.state.size):
        # Openness fades towards the social motive without upkeep (E11).
        employers.openness[j] += p.fade * (0.5 * employers.social[j] - employers.openness[j])
    for s in range(staff.state.size):
        if not staff.state[s]:
            continue
        for n in range(N_CONTACTS):
            staff.strength[s, n] *= p.relation_fade
        u = draw4(stream, SE_VISIT, staff.id[s], week, 0)
        count = whole(staff.visits[s] / p.visit_minutes, u[0])
        for n in range(count):
            v = draw4(stream, SE_VISIT, staff.id[s], week, n + 1)
            weakest, known = 0, 0
            for k in range(N_CONTACTS):
                if staff.contact[s, k] >= 0:
                    known += 1
                if staff.strength[s, k] < staff.strength[s, weakest]:
                    weakest = k
            if known > 0 and v[0] < p.upkeep_share:
                k = int(v[1] * N_CONTACTS)
                if staff.contact[s, k] < 0:
                    k = weakest
            else:
                k = weakest
            j = staff.contact[s, k]
            if j < 0 or k == weakest:
                j = providers.region[staff.provider[s]] * stride + int(v[2] * stride)
                staff.contact[s, k] = j
                staff.strength[s, k] = 0.0
            gain = p.visit_gain * (0.5 + 0.5 * staff.skill[s])
            staff.strength[s, k] += gain * (1.0 - staff.strength[s, k])
            employers.openness[j] += p.visit_opens * (1.0 - employers.openness[j])
            visits += 1
    return visits


@compiled
def _propose(p, vac, sectors, job, levers, people, clients, staff, positions, employers, offices, stream, week):
    """Every client ready to be matched, and with hours to do it, is proposed for the best-looking position."""
    placed = extra = no_shows = proposed = 0
    for i in range(people.state.size):
        if clients.step[i] != MATCH or people.state[i] != ON_MEASURE or clients.specialist[i] < 0:
            continue
        s = clients.specialist[i]
        u = draw4(stream, SE_MATCH, people.id[i], week, 0)
        if u[0] > p.attempts_week * staff.scale[s]:
            continue
        known = clients.se_mapped[i]
        best, chosen, relation = -1.0, -1, 0.0
        maker, maker_strength, maker_value = -1, 0.0, 0.0
        for k in range(N_CONTACTS):
            j = staff.contact[s, k]
            if j < 0:
                continue
            w = pair4(stream, SE_MATCH, people.id[i], employers.id[j], week)
            appeal = employers.openness[j] * (0.3 + 0.7 * staff.strength[s, k])
            if appeal > maker_value:
                maker, maker_strength, maker_value = j, staff.strength[s, k], appeal
            for v in range(employers.first_position[j], employers.first_position[j] + employers.n_positions[j]):
                if positions.state[v] != OPEN:
                    continue
                true_fit = match_quality(
                    job,
                    people.skill[i],
                    positions.requirement[v],
                    people.calling[i],
                    employers.sector[j],
                    people.health[i],
                    positions.strain[v],
                    people.language[i],
                    positions.language[v],
                    min(positions.hours[v], people.capacity[i]),
                    people.capacity[i],
                    employers.environment[j],
                    0.0,
                )
                looks = known * true_fit + (1.0 - known) * w[0]
                value = p.client_weight * looks + (1.0 - p.client_weight) * appeal
                if value > best:
                    best, chosen, relation = value, v, staff.strength[s, k]
        made = False
        if maker >= 0 and u[1] < p.make_job * maker_value:
            first = employers.first_position[maker]
            for v in range(first, first + employers.n_positions[maker]):
                if positions.state[v] == CLOSED:
                    advertise(vac, sectors, positions, v, employers.sector[maker], stream, week)
                    chosen, relation, made = v, maker_strength, True
                    break
        if chosen < 0:
            continue
        proposed += 1
        j = positions.employer[chosen]
        region = offices.region[people.office[i]]
        fit = match_quality(
            job,
            people.skill[i],
            positions.requirement[chosen],
            people.calling[i],
            employers.sector[j],
            people.health[i],
            positions.strain[chosen],
            people.language[i],
            positions.language[chosen],
            min(positions.hours[chosen], people.capacity[i]),
            people.capacity[i],
            employers.environment[j],
            0.0,
        )
        subsidised = u[2] < levers.subsidy_use[region] * p.subsidy_share * (1.5 - people.capacity[i])
        yes = says_yes(
            p,
            employers.openness[j],
            employers.belief[j],
            relation,
            fit,
            levers.subsidy_rate_first[region] / HALF_THE_WAGE if subsidised else 0.0,
        )
        w = pair4(stream, SE_MATCH, people.id[i], employers.id[j], week)
        if w[1] > yes:
            people.efficacy[i] -= p.refused_efficacy * people.efficacy[i]
            if made:
                positions.state[chosen] = CLOSED
            continue
        if w[2] < stays_away(p, clients.worries[i], people.health[i], people.motivation[i]):
            no_shows += 1
            learn_of(p, employers, j, 0.0)
            staff.failed[s] += 1.0
            for k in range(N_CONTACTS):
                if staff.contact[s, k] == j:
                    staff.strength[s, k] *= 0.5
            if made:
                positions.state[chosen] = CLOSED
            continue
        weeks = int(levers.subsidy_weeks[region]) if subsidised else 0
        start_job(
            job,
            people,
            i,
            positions,
            chosen,
            employers,
            True,
            s,
            weeks,
            levers.mentor_use[region],
            stream,
            week,
        )
        staff.placements[s] += 1
        placed += 1
        extra += made
    return placed, extra, no_shows, proposed


def broker_jobs(model: Any) -> None:
    """Specialists visit employers, then propose the clients who are ready."""
    p, stream, week = model.world.brokering, model.stream, model.clock
    staff, employers = model.specialists.view(Staff), model.employers.view(Employers)
    visits = _visit(p, staff, employers, model.providers.view(Providers), model.employers.stride, stream, week)
    placed, extra, no_shows, proposed = _propose(
        p,
        model.world.vacancies,
        model.world.sectors,
        model.world.hiring,
        model.levers(Levers),
        model.jobseekers.view(Hires),
        model.jobseekers.view(Clients),
        staff,
        model.positions.view(Positions),
        employers,
        model.offices.view(Offices),
        stream,
        week,
    )
    for name, n in (
        ("employer_visits", visits),
        ("placements", placed),
        ("jobs_made", extra),
        ("no_shows", no_shows),
        ("proposals", proposed),
    ):
        model.count(name, n)
