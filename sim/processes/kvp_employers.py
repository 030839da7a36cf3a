"""The KVP team at employers: relations, hosts for practice, jobs (K1, K3, S10, E5, E6).

A share of the team's week goes to employers. It is spent first on those at a host (a systematic mentor there takes over
most of that), then on asking for people who need a host or a job, and on visits, which keep up relations or start new
ones. A person is proposed for the open position, among those at the supervisor's employers, that has the largest

    w * (known * fit + (1 - known) * guess) + (1 - w) * appeal of the employer,   w = ideals * (1 - pull)

and nobody is proposed for less than  hold out * (1 - pull): where jobs are counted at exit, any job will do (K3). A
host who only takes the free labour has no job to offer (E6).
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from sim.agents.employer import OPEN
from sim.agents.jobseeker import BY_KVP_TEAM, JOB_HUNT, KVP, PRACTICE, SYSTEMATIC_MENTOR
from sim.agents.office import KVP_TEAM, N_TEAM_CONTACTS
from sim.columns import listed
from sim.compiled import compiled, rule
from sim.processes.brokering import rate_ahead, says_yes, stays_away
from sim.processes.employer_relations import USUAL_RATE, learn_of, spared
from sim.processes.hiring import Hires, match_quality, mentor_of, start_job
from sim.processes.kvp import mentored, quickness
from sim.processes.vacancies import close_extra, make_extra, room_for_extra
from sim.processes.work_training import only_takes
from sim.streams import ACCEPT, KVP_MATCH, KVP_VISIT, draw4, pair4, vacancy_id, whole
from sim.turns import Some, draw_lots


class Participants(NamedTuple):
    supervisor: np.ndarray
    mapped: np.ndarray
    worries: np.ndarray
    kvp_activity: np.ndarray
    kvp_activity_weeks: np.ndarray
    kvp_host: np.ndarray
    kvp_mentor: np.ndarray
    registered: np.ndarray


class Team(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    office: np.ndarray
    programme: np.ndarray
    outreach: np.ndarray
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


class Levers(NamedTuple):
    subsidy_rate_first: np.ndarray
    subsidy_rate_later: np.ndarray
    subsidy_rate_rule: np.ndarray
    subsidy_weeks: np.ndarray
    subsidy_weeks_low_capacity: np.ndarray
    mentor_systematic: np.ndarray
    subsidy_use: np.ndarray
    kvp_mentor_use: np.ndarray
    kvp_job_taste: np.ndarray
    kvp_wish_weight: np.ndarray
    kvp_counts: np.ndarray
    kvp_subsidised_counts: np.ndarray


@rule
def host_says_yes(openness, strength, free_labour):
    """Chance that an employer the team knows takes somebody in for practice, which costs no wage (E6, E10)."""
    return min(1.0, openness * (0.5 + 0.5 * strength) + free_labour)


@rule
def host_appeal(openness, strength, wished, wish_weight):
    """How good an employer looks as a host: a door that is open, and the sector that the person wishes (J7)."""
    return openness * (0.3 + 0.7 * strength) + wish_weight * (1.0 if wished else 0.0)


@rule
def fit_weight(p, quick):
    """K3: weight of how well a job fits, against which employer says yes most readily."""
    return p.ideals * (1.0 - quick)


@rule
def subsidy_weight(quick, subsidised_counts):
    """K3: a subsidised job that is no result is proposed less, the more the team is pulled by results."""
    return 1.0 if subsidised_counts else 1.0 - quick


@compiled
def _needs(p, people, clients, followed, asking):
    """Minutes that participants at hosts and those who need an employer ask for, by supervisor."""
    for i in listed(clients.registered):
        s = clients.supervisor[i]
        if s < 0 or people.measure[i] != KVP:
            continue
        if clients.kvp_host[i] >= 0:
            followed[s] += p.host_minutes * (1.0 - p.mentor_saves * mentored(p, clients.kvp_mentor[i]))
        elif clients.kvp_activity[i] in (JOB_HUNT, PRACTICE):
            asking[s] += p.ask_minutes * p.attempts_week


@compiled
def _visit(p, brokering, team, followed, asking, employers, offices, stride, stream, week):
    """After follow-up, time goes to asking and to visits; ``asking`` becomes the share of it there is time for."""
    for s in range(team.state.size):
        if not team.state[s] or team.programme[s] != KVP_TEAM:
            continue
        left = max(0.0, team.outreach[s] - followed[s])
        followed[s] = min(1.0, team.outreach[s] / followed[s]) if followed[s] > 0.0 else 1.0
        asked = min(p.ask_share * left, asking[s])
        asking[s] = asked / asking[s] if asking[s] > 0.0 else 0.0
        for k in range(N_TEAM_CONTACTS):
            team.strength[s, k] *= brokering.relation_fade
        u = draw4(stream, KVP_VISIT, team.id[s], week, 0)
        count = whole((left - asked) / brokering.visit_minutes, u[0])
        for n in range(count):
            v = draw4(stream, KVP_VISIT, team.id[s], week, n + 1)
            k = 0
            for other in range(N_TEAM_CONTACTS):
                if team.strength[s, other] < team.strength[s, k]:
                    k = other
            if v[0] < brokering.upkeep_share:
                kept = int(v[1] * N_TEAM_CONTACTS)
                k = kept if team.contact[s, kept] >= 0 else k
            else:
                team.contact[s, k] = -1
            if team.contact[s, k] < 0:
                team.contact[s, k] = offices.region[team.office[s]] * stride + int(v[2] * stride)
                team.strength[s, k] = 0.0
            j = team.contact[s, k]
            team.strength[s, k] += brokering.visit_gain * (1.0 - team.strength[s, k])
            employers.openness[j] += brokering.visit_opens * (1.0 - employers.openness[j])


@compiled
def _find_host(p, free_labour, job, people, clients, team, employers, levers, i, s, region, u):
    """The supervisor asks the employer that looks best as a host for this person."""
    best, chosen, strength = -1.0, -1, 0.0
    for k in range(N_TEAM_CONTACTS):
        j = team.contact[s, k]
        if j < 0:
            continue
        wished = people.wish[i] == employers.sector[j]
        value = host_appeal(employers.openness[j], team.strength[s, k], wished, levers.kvp_wish_weight[region])
        if value > best:
            best, chosen, strength = value, j, team.strength[s, k]
    if chosen < 0 or u[1] > host_says_yes(employers.openness[chosen], strength, free_labour):
        return
    clients.kvp_host[i] = chosen
    taste = levers.kvp_job_taste[region] > 0.5
    clients.kvp_activity_weeks[i] = int(p.taste_weeks if taste else p.practice_weeks)
    use, systematic = levers.kvp_mentor_use[region], levers.mentor_systematic[region]
    clients.kvp_mentor[i] = mentor_of(job, use, systematic, employers.openness[chosen], u[2])


@compiled
def _fit(job, people, i, positions, v, employers, j):
    """Fit of a person and a position as somebody who knows both would see it."""
    return match_quality(
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


@compiled
def _propose(
    p,
    brokering,
    vac,
    sectors,
    job,
    people,
    clients,
    team,
    positions,
    employers,
    levers,
    i,
    s,
    region,
    host,
    stream,
    week,
):
    """A person is proposed for a job, at the host or an employer known. Returns 1 when placed, 2 in a job made."""
    quick = quickness(p, int(levers.kvp_counts[region]))
    weight = fit_weight(p, quick)
    known = 1.0 if host >= 0 else clients.mapped[i]
    u = draw4(stream, KVP_MATCH, people.id[i], week, 1)
    best, chosen, relation = -1.0, -1, 0.0
    maker, maker_strength, maker_value = -1, 0.0, 0.0
    for k in range(N_TEAM_CONTACTS if host < 0 else 1):
        j, strength = (team.contact[s, k], team.strength[s, k]) if host < 0 else (host, 1.0)
        if j < 0:
            continue
        appeal = employers.openness[j] * (0.3 + 0.7 * strength)
        if appeal > maker_value:
            maker, maker_strength, maker_value = j, strength, appeal
        guess = pair4(stream, KVP_MATCH, people.id[i], employers.id[j], week)[0]
        for v in range(employers.first_position[j], employers.first_position[j] + employers.n_positions[j]):
            if positions.state[v] != OPEN:
                continue
            looks = known * _fit(job, people, i, positions, v, employers, j) + (1.0 - known) * guess
            value = weight * looks + (1.0 - weight) * appeal
            if looks >= p.hold_out * (1.0 - quick) and value > best:
                best, chosen, relation = value, v, strength
    made, before = False, 0
    use = p.hire_after if host >= 0 else brokering.make_job * maker_value
    if chosen < 0 and maker >= 0 and u[0] < use:
        v = room_for_extra(positions, employers, maker)
        if v >= 0:
            before = make_extra(vac, sectors, positions, v, employers.sector[maker], people.id[i], stream, week)
            guess = pair4(stream, KVP_MATCH, people.id[i], employers.id[maker], week)[0]
            looks = known * _fit(job, people, i, positions, v, employers, maker) + (1.0 - known) * guess
            if looks < p.hold_out * (1.0 - quick):
                close_extra(positions, v, before)  # the ideals hold for a job made, too (K3)
                return 0
            chosen, relation, made = v, maker_strength, True
    if chosen < 0:
        return 0
    j = positions.employer[chosen]
    fit = _fit(job, people, i, positions, chosen, employers, j)
    share = brokering.subsidy_share * levers.subsidy_use[region] * (1.5 - people.capacity[i])
    subsidised = u[1] < share * subsidy_weight(quick, levers.kvp_subsidised_counts[region] > 0.5)
    subsidy = rate_ahead(job, levers, region, fit) / USUAL_RATE if subsidised else 0.0
    yes = says_yes(brokering, employers.openness[j], employers.belief[j], relation, fit, subsidy)
    if u[2] > yes:
        people.efficacy[i] -= brokering.refused_efficacy * people.efficacy[i]
        if made:
            close_extra(positions, chosen, before)
        return 0
    start = pair4(stream, ACCEPT, people.id[i], vacancy_id(positions.id[chosen], positions.opened[chosen]), week)
    mentor = mentor_of(
        job, levers.kvp_mentor_use[region], levers.mentor_systematic[region], employers.openness[j], start[3]
    )
    away = stays_away(brokering, clients.worries[i], people.health[i], people.motivation[i])
    if u[3] < away * (1.0 - brokering.mentor_fetches if mentor == SYSTEMATIC_MENTOR else 1.0):
        learn_of(brokering, employers, j, 0.0, spared(brokering, 0.0, subsidised, mentor > 0), mentor > 0)
        if made:
            close_extra(positions, chosen, before)
        return 0
    start_job(
        job,
        levers,
        region,
        people,
        i,
        positions,
        chosen,
        employers,
        BY_KVP_TEAM,
        -1,
        subsidised,
        mentor,
        known,
        stream,
        week,
    )
    if made:
        close_extra(positions, chosen, before)
    return 2 if made else 1


@compiled
def _ask(
    p,
    training,
    brokering,
    vac,
    sectors,
    job,
    people,
    clients,
    team,
    positions,
    employers,
    offices,
    levers,
    followed,
    asking,
    some,
    stream,
    week,
):
    """Hosts and jobs for those who need one.

    Returns (placed in a job, their match added up, of these in jobs made, found a host).
    """
    placed = made = hosted = n = 0
    match = 0.0
    for i in listed(clients.registered):
        if clients.supervisor[i] >= 0 and people.measure[i] == KVP:
            some.rows[n] = i
            n += 1
    draw_lots(people, some, n, stream, week)
    for q in range(n):
        i = some.rows[q]
        s = clients.supervisor[i]
        region = offices.region[people.office[i]]
        u = draw4(stream, KVP_MATCH, people.id[i], week, 0)
        host = clients.kvp_host[i]
        if host >= 0:
            if u[0] > followed[s] and u[3] < 0.25:
                clients.kvp_host[i] = -1  # nobody followed up at the host, and the practice broke off
                clients.kvp_activity_weeks[i] = 1
                clients.kvp_mentor[i] = 0
                continue
            if clients.kvp_activity_weeks[i] > 1 or only_takes(training, stream, employers.id[host]):
                continue
        elif clients.kvp_activity[i] not in (JOB_HUNT, PRACTICE) or u[0] > p.attempts_week * asking[s]:
            continue
        elif clients.kvp_activity[i] == PRACTICE:
            _find_host(p, training.free_labour, job, people, clients, team, employers, levers, i, s, region, u)
            hosted += clients.kvp_host[i] >= 0
            continue
        result = _propose(
            p,
            brokering,
            vac,
            sectors,
            job,
            people,
            clients,
            team,
            positions,
            employers,
            levers,
            i,
            s,
            region,
            clients.kvp_host[i],
            stream,
            week,
        )
        placed += result > 0
        match += people.match[i] if result > 0 else 0.0
        made += result == 2
    return placed, match, made, hosted


def place_participants(model: Any) -> None:
    """The KVP team's hours at employers become follow-up at hosts, relations, practice and jobs."""
    world, stream, week = model.world, model.stream, model.clock
    table, team = model.jobseekers, model.supervisors.view(Team)
    people, clients = table.view(Hires), table.view(Participants)
    employers, offices, levers = model.employers.view(Employers), model.offices.view(Offices), model.levers(Levers)
    followed, asking = model.scratch("followed", len(team.state)), model.scratch("asking", len(team.state))
    _needs(world.kvp, people, clients, followed, asking)
    _visit(
        world.kvp,
        world.brokering,
        team,
        followed,
        asking,
        employers,
        offices,
        model.employers.stride,
        stream,
        week,
    )
    placed, match, made, hosted = _ask(
        world.kvp,
        world.work_training,
        world.brokering,
        world.vacancies,
        world.sectors,
        world.hiring,
        people,
        clients,
        team,
        model.positions.view(Positions),
        employers,
        offices,
        levers,
        followed,
        asking,
        model.jobseekers.view(Some),
        stream,
        week,
    )
    model.count("kvp_placements", placed)
    model.count("kvp_match_placed", match)
    model.count("jobs_made", made)
    model.count("kvp_hosts", hosted)
