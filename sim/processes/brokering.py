"""Brokering: specialists propose a client for a job at one of their employers (S1, S9, S11, E1, E5, E9, E10, J12).

A client who is ready to be matched is proposed for the position, among the open ones of the specialist's employers,
that looks best by what the specialist knows,

    looks = known * true fit + (1 - known) * guess

weighed with what the employer wants, a useful worker and a relation that is welcome (S11). Known is how well the
person is mapped, and for the rest part of it is sensed by a skilled specialist (S9). An open-minded employer with a
good relation may offer a job that was not advertised; some of these are made for the client where the workplace grows,
and are extra, the others fill a vacancy it has (E9). Otherwise it says yes with

    P = logistic(a + openness + belief + relation + usefulness + subsidy)

(E10). A person with barriers above a threshold may not turn up on the first day (J12), a broken promise, unless a
systematic mentor sees to it (E5).
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from sim.agents.employer import OPEN
from sim.agents.jobseeker import BY_SPECIALIST, MATCH, ON_MEASURE, SYSTEMATIC_MENTOR
from sim.agents.specialist import N_CONTACTS
from sim.columns import listed
from sim.compiled import compiled, rule
from sim.processes.employer_relations import USUAL_RATE, learn_of, relation_after, spared
from sim.processes.hiring import Hires, first_rate, match_quality, mentor_of, start_job
from sim.processes.supported_employment import barriers
from sim.processes.vacancies import close_extra, make_extra, room_for_extra
from sim.streams import ACCEPT, SE_MATCH, draw4, pair4, vacancy_id
from sim.turns import Some, draw_lots


class Clients(NamedTuple):
    step: np.ndarray
    specialist: np.ndarray
    se_mapped: np.ndarray
    service_weeks: np.ndarray
    worries: np.ndarray


class Staff(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    skill: np.ndarray
    scale: np.ndarray
    haste: np.ndarray
    client_weight: np.ndarray
    failed: np.ndarray
    lessons: np.ndarray
    placements: np.ndarray
    placed: np.ndarray
    contact: np.ndarray
    strength: np.ndarray


class Positions(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    employer: np.ndarray
    opened: np.ndarray
    passed_over: np.ndarray
    hours: np.ndarray
    requirement: np.ndarray
    language: np.ndarray
    strain: np.ndarray
    shift: np.ndarray
    hidden: np.ndarray
    wage: np.ndarray


class Employers(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    sector: np.ndarray
    growth: np.ndarray
    openness: np.ndarray
    belief: np.ndarray
    evidence: np.ndarray
    environment: np.ndarray
    inclusion: np.ndarray
    first_position: np.ndarray
    n_positions: np.ndarray


class Offices(NamedTuple):
    region: np.ndarray


class Regions(NamedTuple):
    covered: np.ndarray


class Levers(NamedTuple):
    subsidy_rate_first: np.ndarray
    subsidy_rate_later: np.ndarray
    subsidy_rate_rule: np.ndarray
    subsidy_weeks: np.ndarray
    subsidy_weeks_low_capacity: np.ndarray
    subsidy_use: np.ndarray
    mentor_use: np.ndarray
    mentor_systematic: np.ndarray
    se_cover: np.ndarray


class Week(NamedTuple):
    """One week's brokering; the last four are sums over the placements."""

    placements: float
    jobs_made: float
    no_shows: float
    proposals: float
    match_placed: float
    known_placed: float
    hours_placed: float
    weeks_to_placement: float


@rule
def says_yes(p, openness, belief, strength, looks, subsidy):
    """Chance that an employer takes the person proposed (E10: motive and help against perceived risk)."""
    z = p.yes_base + p.yes_openness * (openness - 0.5) + p.yes_belief * (belief - 0.5)
    z += p.yes_relation * strength + p.yes_looks * (looks - 0.5) + p.yes_subsidy * subsidy
    return 1.0 / (1.0 + math.exp(-z))


@rule
def stays_away(p, worries, health, motivation):
    """J12: chance that a placed person does not turn up, rising beyond a barrier threshold."""
    return 1.0 / (1.0 + math.exp(-(barriers(worries, health, motivation) - p.barrier_threshold) / p.barrier_scale))


@rule
def usefulness(job, skill, asked, health, strain, language, asked_language):
    """What an employer wants of a person in a job, 0-1: the match without what only the client minds (S11)."""
    x = job.match_base + 0.5 * job.match_calling + job.match_skill * min(0.2, skill - asked)
    x += job.match_health * min(0.0, health - strain) + job.match_language * min(0.0, language - asked_language)
    return 1.0 / (1.0 + math.exp(-x))


@rule
def seen(p, known, skill):
    """Share of a match that a specialist sees: what is mapped, and part of the rest by judgement (S9)."""
    return known + (1.0 - known) * p.judgement * skill


@compiled
def _unasked(p, positions, employers, j, u):
    """The position in which employer j has a job for a client unasked (-1: none), and whether it is extra (E9)."""
    if u >= p.extra_share:
        for v in range(employers.first_position[j], employers.first_position[j] + employers.n_positions[j]):
            if positions.state[v] == OPEN:
                return v, False
    return room_for_extra(positions, employers, j), True


@compiled
def rate_ahead(job, levers, region, fit):
    """Mean rate of the subsidy that an employer expects when the person is proposed (E4)."""
    rule = int(levers.subsidy_rate_rule[region])
    first = first_rate(job, rule, levers.subsidy_rate_first[region], fit, 0.0)
    return 0.5 * (first + first_rate(job, rule, levers.subsidy_rate_later[region], fit, 0.0))


@compiled
def _useful(job, people, i, positions, v):
    """Usefulness of person i in position v."""
    return usefulness(
        job,
        people.skill[i],
        positions.requirement[v],
        people.health[i],
        positions.strain[v],
        people.language[i],
        positions.language[v],
    )


@compiled
def _propose(
    p,
    vac,
    sectors,
    job,
    levers,
    people,
    clients,
    staff,
    positions,
    employers,
    offices,
    regions,
    some,
    stream,
    week,
):
    """Every client ready to be matched, and with hours to do it, is proposed for the best-looking position."""
    placed = extra = no_shows = proposed = 0
    match, mapped, hours, waited = 0.0, 0.0, 0.0, 0.0
    n = 0
    for i in listed(people.registered):
        if clients.step[i] == MATCH and people.state[i] == ON_MEASURE and clients.specialist[i] >= 0:
            some.rows[n] = i
            n += 1
    draw_lots(people, some, n, stream, week)
    for q in range(n):
        i = some.rows[q]
        s = clients.specialist[i]
        u = draw4(stream, SE_MATCH, people.id[i], week, 0)
        if u[0] > p.attempts_week * staff.scale[s] * (1.0 + staff.haste[s]):
            continue
        region = offices.region[people.office[i]]
        known = seen(p, clients.se_mapped[i], staff.skill[s])
        weight = staff.client_weight[s]
        best, chosen, relation = -1.0, -1, 0.0
        maker, maker_value = -1, 0.0
        for k in range(N_CONTACTS):
            j = staff.contact[s, k]
            if j < 0:
                continue
            w = pair4(stream, SE_MATCH, people.id[i], employers.id[j], week)
            appeal = employers.openness[j] * (0.3 + 0.7 * staff.strength[s, k])
            if appeal > maker_value:
                maker, maker_value = j, appeal
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
                useful = _useful(job, people, i, positions, v)
                wanted = 0.5 * (known * useful + (1.0 - known) * w[0]) + 0.5 * appeal
                value = weight * looks + (1.0 - weight) * wanted
                if value > best:
                    best, chosen, relation = value, v, staff.strength[s, k]
        made = unasked = False
        before = 0
        if maker >= 0 and u[1] < p.make_job * maker_value:
            v, made = _unasked(p, positions, employers, maker, u[3])
            made &= v >= 0
            if v >= 0:
                chosen, unasked = v, True
            if made:
                before = make_extra(vac, sectors, positions, v, employers.sector[maker], people.id[i], stream, week)
        if chosen < 0:
            continue
        proposed += 1
        j = positions.employer[chosen]
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
            _useful(job, people, i, positions, chosen),
            rate_ahead(job, levers, region, fit) / USUAL_RATE if subsidised else 0.0,
        )
        w = pair4(stream, SE_MATCH, people.id[i], employers.id[j], week)
        if w[1] > yes and not unasked:
            people.efficacy[i] -= p.refused_efficacy * people.efficacy[i]
            continue
        start = pair4(stream, ACCEPT, people.id[i], vacancy_id(positions.id[chosen], positions.opened[chosen]), week)
        mentor = mentor_of(
            job, levers.mentor_use[region], levers.mentor_systematic[region], employers.openness[j], start[3]
        )
        away = stays_away(p, clients.worries[i], people.health[i], people.motivation[i])
        if w[2] < away * (1.0 - p.mentor_fetches if mentor == SYSTEMATIC_MENTOR else 1.0):
            no_shows += 1
            relief = spared(p, levers.se_cover[region], subsidised, mentor > 0)
            learn_of(p, employers, j, 0.0, relief, mentor > 0)
            relation_after(p, staff, s, j, 0.0, relief)
            regions.covered[region] += levers.se_cover[region]
            if made:
                close_extra(positions, chosen, before)
            continue
        start_job(
            job,
            levers,
            region,
            people,
            i,
            positions,
            chosen,
            employers,
            BY_SPECIALIST,
            s,
            subsidised,
            mentor,
            known,
            stream,
            week,
        )
        if made:
            close_extra(positions, chosen, before)
        staff.placements[s] += 1
        staff.placed[s] += 1
        placed += 1
        extra += made
        match += people.match[i]
        mapped += clients.se_mapped[i]
        hours += people.hours[i]
        waited += clients.service_weeks[i]
    return placed, extra, no_shows, proposed, match, mapped, hours, waited


def broker_jobs(model: Any) -> None:
    """Specialists propose the clients who are ready."""
    done = Week(
        *_propose(
            model.world.brokering,
            model.world.vacancies,
            model.world.sectors,
            model.world.hiring,
            model.levers(Levers),
            model.jobseekers.view(Hires),
            model.jobseekers.view(Clients),
            model.specialists.view(Staff),
            model.positions.view(Positions),
            model.employers.view(Employers),
            model.offices.view(Offices),
            model.regions.view(Regions),
            model.jobseekers.view(Some),
            model.stream,
            model.clock,
        )
    )
    for name, n in done._asdict().items():
        model.count(name, n)
