"""Intake to Supported Employment: who gets a free place (S2, S8, S12, T13).

Those whose specialist has left come first. Then, among those in the queue, the highest score:

    by motivation:  form's slope * caution * motivation / sd + paid by the job * prospects / sd + noise

Caution is what a failed match would cost the specialist: relations with employers that future clients need, more so
after failures, less where tools towards employers spare them a loss. A specialist without relations has nothing to
lose, so creaming grows and wanes with what is at stake. Prospects are guessed for whoever is not known.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from sim.agents.course import LOT_SE_IN_HOUSE
from sim.agents.jobseeker import FOLLOW_UP, FOLLOW_UP_AT_WORK, MEET, NO_MEASURE, ON_MEASURE
from sim.agents.specialist import N_CONTACTS
from sim.compiled import compiled, rule
from sim.processes.employer_relations import spared
from sim.streams import SE_INTAKE, draw4, logistic_noise

BY_MOTIVATION, BY_NEED, BY_LOTTERY = range(3)  # intake rules, as declared in the policy schema


class Clients(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    office: np.ndarray
    motivation: np.ndarray
    efficacy: np.ndarray
    skill: np.ndarray
    health: np.ndarray
    worries: np.ndarray
    capacity: np.ndarray
    mapped: np.ndarray
    measure: np.ndarray
    measures_taken: np.ndarray
    last_provider: np.ndarray
    queue: np.ndarray
    queue_weeks: np.ndarray
    specialist: np.ndarray
    step: np.ndarray
    step_minutes: np.ndarray
    service_weeks: np.ndarray
    se_mapped: np.ndarray
    handed_over: np.ndarray


class Staff(NamedTuple):
    state: np.ndarray
    provider: np.ndarray
    contract: np.ndarray
    caseload: np.ndarray
    room: np.ndarray
    failed: np.ndarray
    strength: np.ndarray


class Contracts(NamedTuple):
    region: np.ndarray
    lot: np.ndarray


class Offices(NamedTuple):
    region: np.ndarray


class Regions(NamedTuple):
    places: np.ndarray
    wait: np.ndarray


class Levers(NamedTuple):
    se_intake: np.ndarray
    se_cover: np.ndarray
    se_follow_up_by: np.ndarray
    subsidy_use: np.ndarray
    mentor_use: np.ndarray
    tender_outcome_pay: np.ndarray


class Intake(NamedTuple):
    """What one week's intake was: people taken in, and sums over them."""

    taken: float
    motivation: float  # their motivation
    queue_motivation: float  # mean motivation of those in the queue
    prospects: float
    queue_prospects: float


@rule
def prospects(motivation, capacity, skill, health):
    """How promising a person looks for a quick job, 0-1 (T13; weights assumed)."""
    return 0.3 * motivation + 0.3 * capacity + 0.2 * skill + 0.2 * health


@rule
def caution(p, at_stake, relation_lost, failed, relief):
    """How much a specialist fears a failed match: relations lost with it, failures lately, less what is spared (S8)."""
    return p.stake * (relation_lost * at_stake + p.stake_failed * failed) * (1.0 - relief)


@rule
def intake_score(rule_code, p, slope, motivation, efficacy, health, worries, u):
    """Who is taken in first (S8, I123): motivation 'with the engine running', need, or a draw of lots."""
    if rule_code == BY_MOTIVATION:
        return slope * (0.7 * motivation + 0.3 * efficacy) / p.motivation_sd + logistic_noise(u)
    if rule_code == BY_NEED:
        return slope * (1.0 - health + worries) / p.motivation_sd + logistic_noise(u)
    return logistic_noise(u)


@rule
def form_of(contracts, staff, s):
    """Form of delivery of a specialist's contract: 0 or 1, an index into what differs between them (S2)."""
    return contracts.lot[staff.contract[s]] - LOT_SE_IN_HOUSE


@compiled
def _slope(p, brokering, levers, staff, s, region):
    """The weight that a specialist's fear of a failed match gives to motivation, before the form's own."""
    at_stake = 0.0
    for k in range(N_CONTACTS):
        at_stake += staff.strength[s, k]
    subsidised = brokering.subsidy_share * levers.subsidy_use[region]
    relief = spared(brokering, levers.se_cover[region], subsidised, levers.mentor_use[region])
    return caution(p, at_stake, brokering.relation_lost, staff.failed[s], relief)


@compiled
def _queued(people, staff, contracts, regions, offices, rooms, queue, means):
    """Who waits, what the regions' queues are like (n, motivation, prospects), and free places. Returns the number."""
    rooms[:] = 0
    means[:] = 0.0
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
            region = offices.region[people.office[i]]
            if rooms[0, region] > 0:
                queue[n] = i
                n += 1
            if not people.handed_over[i]:
                means[region, 0] += 1.0
                means[region, 1] += people.motivation[i]
                means[region, 2] += prospects(
                    people.motivation[i], people.capacity[i], people.skill[i], people.health[i]
                )
    for region in range(free.size):
        for k in range(1, 3):
            means[region, k] /= max(1.0, means[region, 0])
    return n


@compiled
def _score(p, delivery, levers, people, i, code, slope, outcome, f, stream, week):
    """The score of one person in the queue, as this specialist sees it."""
    u = draw4(stream, SE_INTAKE, people.id[i], week, 0)
    score = intake_score(
        code, p, slope, people.motivation[i], people.efficacy[i], people.health[i], people.worries[i], u[0]
    )
    if outcome > 0.0:
        known = people.mapped[i] * delivery.knows_file[f]
        true = prospects(people.motivation[i], people.capacity[i], people.skill[i], people.health[i])
        seen = known * true + (1.0 - known) * u[1]
        score += outcome * p.prospect_pull * seen / p.prospect_sd
    return score


@compiled
def _take_in(
    p, brokering, delivery, people, staff, contracts, regions, offices, levers, rooms, queue, means, stream, week
):
    """Free room is filled from the queue of the region: those handed over first, then by the intake rule.

    While places move from one form of delivery to the other, both together serve no more than there are places.
    Where NAV does the follow-up at work, only its own specialists take over those at work (S2).
    """
    n = _queued(people, staff, contracts, regions, offices, rooms, queue, means)
    free = rooms[1]
    taken, motivation, queue_motivation, promising, queue_promising = 0.0, 0.0, 0.0, 0.0, 0.0
    for s in range(staff.state.size):
        if not staff.state[s] or staff.room[s] <= 0:
            continue
        region = contracts.region[staff.contract[s]]
        f = form_of(contracts, staff, s)
        code = int(levers.se_intake[region])
        outcome = levers.tender_outcome_pay[region] * delivery.tendered[f]
        passes_on = levers.se_follow_up_by[region] > 0.5 and delivery.tendered[f] > 0.5
        slope = delivery.intake_slope[f] * _slope(p, brokering, levers, staff, s, region)
        for _ in range(staff.room[s]):
            best, chosen = -1e9, -1
            for q in range(n):
                i = queue[q]
                if i < 0 or offices.region[people.office[i]] != region:
                    continue
                if people.handed_over[i]:
                    if passes_on and people.step[i] == FOLLOW_UP_AT_WORK:
                        continue
                    score = 1e6 + people.service_weeks[i]
                elif free[region] <= 0:
                    continue
                else:
                    score = _score(p, delivery, levers, people, i, code, slope, outcome, f, stream, week)
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
            taken += 1.0
            motivation += people.motivation[i]
            queue_motivation += means[region, 1]
            promising += prospects(people.motivation[i], people.capacity[i], people.skill[i], people.health[i])
            queue_promising += means[region, 2]
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
    return taken, motivation, queue_motivation, promising, queue_promising


def take_in_clients(model: Any) -> None:
    """Specialists with room take in clients from the queue."""
    people = model.jobseekers.view(Clients)
    intake = Intake(
        *_take_in(
            model.world.supported_employment,
            model.world.brokering,
            model.world.delivery,
            people,
            model.specialists.view(Staff),
            model.contracts.view(Contracts),
            model.regions.view(Regions),
            model.offices.view(Offices),
            model.levers(Levers),
            np.empty((2, model.n_regions), np.int64),
            np.empty(len(people.state), np.int64),
            np.empty((model.n_regions, 3)),
            model.stream,
            model.clock,
        )
    )
    model.count("se_intake", intake.taken)
    model.count("se_intake_motivation", intake.motivation)
    model.count("se_queue_motivation", intake.queue_motivation)
    model.count("se_intake_prospects", intake.prospects)
    model.count("se_queue_prospects", intake.queue_prospects)
