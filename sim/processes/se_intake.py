"""Intake to Supported Employment: who gets a free place (S2, S8, S12, T13).

Those whose specialist has left come first. Then, among those in the queue, the highest score:

    by motivation:  slope * caution * motivation as seen / sd + chases * prospects as seen / sd + noise

What is seen is the file: as far as a person is known there, and that NAV's file is at hand; of the rest a specialist
takes what is usual in the queue. Caution is what a failed match would cost the specialist: relations with employers
that future clients need, more so after failures, less where tools towards employers spare them a loss. A specialist
without relations has nothing to lose, so creaming grows and wanes with what is at stake. Where jobs are paid for, a
provider reckons whether the price of a job pays for the minutes that it takes (``chased``); for prospects there is a
guess for whoever is not known. Some decline the place, the more the longer they have waited (J9, T12).
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from sim.agents.course import LOT_SE_IN_HOUSE
from sim.agents.jobseeker import FOLLOW_UP, FOLLOW_UP_AT_WORK, MEET, NO_MEASURE, ON_MEASURE
from sim.agents.specialist import N_CONTACTS
from sim.columns import listed
from sim.compiled import compiled, rule
from sim.processes.contact import cut_benefit
from sim.processes.employer_relations import spared
from sim.processes.seats import takes_seat
from sim.streams import SE_INTAKE, TAKE_UP, draw4, logistic_noise

BY_MOTIVATION, BY_NEED, BY_LOTTERY = range(3)  # intake rules, as declared in the policy schema


class Clients(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    office: np.ndarray
    supervisor: np.ndarray
    benefit: np.ndarray
    sanction_weeks: np.ndarray
    motivation: np.ndarray
    trust: np.ndarray
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
    known: np.ndarray


class Staff(NamedTuple):
    state: np.ndarray
    provider: np.ndarray
    contract: np.ndarray
    caseload: np.ndarray
    room: np.ndarray
    failed: np.ndarray
    chases: np.ndarray
    strength: np.ndarray


class Contracts(NamedTuple):
    region: np.ndarray
    lot: np.ndarray


class Offices(NamedTuple):
    region: np.ndarray


class Team(NamedTuple):
    gaze: np.ndarray


class Regions(NamedTuple):
    places: np.ndarray
    wait: np.ndarray


class Levers(NamedTuple):
    se_intake: np.ndarray
    se_cover: np.ndarray
    se_follow_up_by: np.ndarray
    subsidy_use: np.ndarray
    mentor_use: np.ndarray


class Intake(NamedTuple):
    """What one week's intake was: people taken in, and sums over them."""

    taken: float
    motivation: float  # their motivation
    queue_motivation: float  # mean motivation of those in the queue
    prospects: float
    queue_prospects: float
    declined: float
    cut: float  # benefits, for that


@rule
def prospects(motivation, capacity, skill, health):
    """How promising a person looks for a quick job, 0-1 (T13; weights assumed)."""
    return 0.3 * motivation + 0.3 * capacity + 0.2 * skill + 0.2 * health


@rule
def price_by_job(p, share, price):
    """NOK for a job, where this share of the price (NOK a place-month) is paid by the job: the income is the same
    at the number of jobs the price is reckoned on (T13)."""
    return share * price * 12.0 / p.jobs_per_place_year


@rule
def minutes_by_job(p, wage, clients):
    """NOK of wages that the minutes for a job cost, with so many clients to a specialist (T13)."""
    return wage / clients / p.jobs_per_place_year


@rule
def chased(p, paid, cost):
    """Share of clients on whom minutes pay by the price of a job alone: their cost spreads around the mean (T13)."""
    return 1.0 / (1.0 + math.pow(cost / paid, p.job_margin)) if paid > 0.0 else 0.0


@rule
def as_seen(known, true, usual):
    """What a specialist makes of a trait: what is true as far as the person is known, else what is usual."""
    return known * true + (1.0 - known) * usual


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
def _queued(people, staff, contracts, regions, offices, rooms, queue, first, means):
    """Who waits, what the regions' queues are like, and free places.

    ``queue`` gets the rows of those who wait, region by region: those of region r from ``first[r]`` to ``first[r+1]``.
    ``means`` gets by region: n, motivation, prospects, efficacy, health, worries.
    """
    rooms[:] = 0
    means[:] = 0.0
    free = rooms[1]
    for region in range(free.size):
        free[region] = int(regions.places[region, FOLLOW_UP] + 0.5)
    for s in range(staff.state.size):
        if staff.state[s] and staff.room[s] > 0:
            rooms[0, contracts.region[staff.contract[s]]] += staff.room[s]
    n, of_region = 0, 0
    first[0] = 0
    for i in listed(people.known):
        while offices.region[people.office[i]] > of_region:
            of_region += 1
            first[of_region] = n
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
                means[region, 3] += people.efficacy[i]
                means[region, 4] += people.health[i]
                means[region, 5] += people.worries[i]
    for region in range(free.size):
        for k in range(1, means.shape[1]):
            means[region, k] /= max(1.0, means[region, 0])
    first[of_region + 1 :] = n


@compiled
def _score(p, knows_file, people, i, code, slope, chases, usual, stream, week):
    """The score of one person in the queue, as this specialist sees it; ``usual`` are means of the queue."""
    u = draw4(stream, SE_INTAKE, people.id[i], week, 0)
    known = people.mapped[i] * knows_file
    score = intake_score(
        code,
        p,
        slope,
        as_seen(known, people.motivation[i], usual[1]),
        as_seen(known, people.efficacy[i], usual[3]),
        as_seen(known, people.health[i], usual[4]),
        as_seen(known, people.worries[i], usual[5]),
        u[0],
    )
    if chases > 0.0:
        true = prospects(people.motivation[i], people.capacity[i], people.skill[i], people.health[i])
        score += chases * p.prospect_pull * as_seen(known, true, u[1]) / p.prospect_sd
    return score


@compiled
def _take_in(
    p,
    brokering,
    courses,
    contact,
    delivery,
    people,
    staff,
    contracts,
    regions,
    offices,
    team,
    levers,
    rooms,
    queue,
    first,
    means,
    stream,
    week,
):
    """Free room is filled from the queue of the region: those handed over first, then by the intake rule.

    While places move from one form of delivery to the other, both together serve no more than there are places.
    Where NAV does the follow-up at work, only its own specialists take over those at work (S2).
    """
    _queued(people, staff, contracts, regions, offices, rooms, queue, first, means)
    free = rooms[1]
    taken, motivation, queue_motivation, promising, queue_promising = 0.0, 0.0, 0.0, 0.0, 0.0
    declined = cut = 0.0
    for s in range(staff.state.size):
        if not staff.state[s] or staff.room[s] <= 0:
            continue
        region = contracts.region[staff.contract[s]]
        f = form_of(contracts, staff, s)
        code = int(levers.se_intake[region])
        passes_on = levers.se_follow_up_by[region] > 0.5 and delivery.tendered[f] > 0.5
        slope = p.intake_slope * _slope(p, brokering, levers, staff, s, region)
        knows, chases = delivery.knows_file[f], staff.chases[s]
        while staff.room[s] > 0:
            best, chosen = -1e9, -1
            for q in range(first[region], first[region + 1]):
                i = queue[q]
                if i < 0:
                    continue
                if people.handed_over[i]:
                    if passes_on and people.step[i] == FOLLOW_UP_AT_WORK:
                        continue
                    score = 1e6 + people.service_weeks[i]
                elif free[region] <= 0:
                    continue
                else:
                    score = _score(p, knows, people, i, code, slope, chases, means[region], stream, week)
                earlier = score == best and people.id[i] < people.id[queue[chosen]]
                if score > best or earlier:
                    best, chosen = score, q
            if chosen < 0:
                break
            i = queue[chosen]
            queue[chosen] = -1
            if not people.handed_over[i]:
                u = draw4(stream, TAKE_UP, people.id[i], week, FOLLOW_UP)
                if u[0] > takes_seat(courses, people.motivation[i], people.trust[i], people.queue_weeks[i]):
                    people.queue[i] = NO_MEASURE
                    people.queue_weeks[i] = 0
                    declined += 1.0
                    asked_by = people.supervisor[i]
                    if asked_by >= 0 and cut_benefit(contact, people, i, team.gaze[asked_by], u[1]):
                        cut += 1.0
                    continue
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
    return taken, motivation, queue_motivation, promising, queue_promising, declined, cut


def take_in_clients(model: Any) -> None:
    """Specialists with room take in clients from the queue."""
    people = model.jobseekers.view(Clients)
    intake = Intake(
        *_take_in(
            model.world.supported_employment,
            model.world.brokering,
            model.world.courses,
            model.world.contact,
            model.world.delivery,
            people,
            model.specialists.view(Staff),
            model.contracts.view(Contracts),
            model.regions.view(Regions),
            model.offices.view(Offices),
            model.supervisors.view(Team),
            model.levers(Levers),
            model.scratch("rooms", (2, model.n_regions), np.int64),
            model.jobseekers["rows"],
            model.scratch("first", model.n_regions + 1, np.int64),
            model.scratch("means", (model.n_regions, 6)),
            model.stream,
            model.clock,
        )
    )
    model.count("places_declined", intake.declined)
    model.count("sanctions", intake.cut)
    model.count("se_intake", intake.taken)
    model.count("se_intake_motivation", intake.motivation)
    model.count("se_queue_motivation", intake.queue_motivation)
    model.count("se_intake_prospects", intake.prospects)
    model.count("se_queue_prospects", intake.queue_prospects)
