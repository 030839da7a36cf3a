"""Instructors as a workforce: they quit, come and go, and between contracts they are jobseekers (T4, T6, T18).

An instructor between contracts asks a little less every week, and after some weeks registers as unemployed: the same
person then searches, may be referred to a course, and may find other work, which ends the time in the trade. Weekly
hazard of quitting:

    h = quit_year / 52 * exp(quit_wage * (1 - wage / going)) * (1/2 + insecurity * exp(-weeks foreseeable / 26))

where instructors on tendered courses foresee the whole contract as far as its volume is guaranteed, and a course or so
of the rest, unless a continuity clause binds the company to them. Rows of ``Jobseeker`` and ``Instructor`` that are
one person name each other (``trade``, ``person``). What a working instructor's job is stands with the course; the
processes of ordinary jobs leave such people alone.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from sim.agents.course import BETWEEN_CONTRACTS, EMPLOYED, LOT_AFT, N_DEPLOYED
from sim.agents.jobseeker import JOB, ON_MEASURE, UNEMPLOYED, UNEMPLOYMENT_BENEFIT, is_working
from sim.columns import give_row, take_row
from sim.compiled import compiled, rule
from sim.processes.employment import lose_job
from sim.processes.exits import leave_register
from sim.processes.registration import draw_person
from sim.streams import INSTRUCTOR, STAFF, TRADE, draw, draw4, person_id


class People(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    office: np.ndarray
    age: np.ndarray
    reduced: np.ndarray
    skill: np.ndarray
    language: np.ndarray
    health: np.ndarray
    care: np.ndarray
    worries: np.ndarray
    know_how: np.ndarray
    network: np.ndarray
    drive: np.ndarray
    capacity: np.ndarray
    wish: np.ndarray
    calling: np.ndarray
    mental_gap: np.ndarray
    motivation: np.ndarray
    efficacy: np.ndarray
    trust: np.ndarray
    wellbeing: np.ndarray
    mapped: np.ndarray
    gives_up: np.ndarray
    benefit: np.ndarray
    benefit_weeks: np.ndarray
    prior_wage: np.ndarray
    weeks_jobless: np.ndarray
    weeks_registered: np.ndarray
    weeks_left: np.ndarray
    weeks_unseen: np.ndarray
    measure: np.ndarray
    measure_weeks: np.ndarray
    measures_taken: np.ndarray
    course: np.ndarray
    queue: np.ndarray
    queue_weeks: np.ndarray
    last_measure: np.ndarray
    weeks_since_measure: np.ndarray
    specialist: np.ndarray
    step: np.ndarray
    step_minutes: np.ndarray
    support: np.ndarray
    handed_over: np.ndarray
    subsidy_offer: np.ndarray
    employer: np.ndarray
    match: np.ndarray
    hours: np.ndarray
    wage: np.ndarray
    tenure: np.ndarray
    permanent: np.ndarray
    subsidy_weeks: np.ndarray
    subsidy_rate: np.ndarray
    subsidy_step: np.ndarray
    mentor: np.ndarray
    mentor_weeks: np.ndarray
    trouble: np.ndarray
    settled: np.ndarray
    brokered: np.ndarray
    broker: np.ndarray
    trade: np.ndarray
    signed: np.ndarray
    starts_in: np.ndarray
    registered: np.ndarray
    first: np.ndarray


class Instructors(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    region: np.ndarray
    provider: np.ndarray
    course: np.ndarray
    skill: np.ndarray
    approach: np.ndarray
    demand: np.ndarray
    wage: np.ndarray
    tenure: np.ndarray
    idle_weeks: np.ndarray
    bidding: np.ndarray
    named: np.ndarray
    next_named: np.ndarray
    person: np.ndarray


@rule
def asked_wage(p, demand, idle_weeks):
    """Lowest wage that is accepted: a little less for every week without work (T6)."""
    return demand * math.exp(-p.demand_decay * idle_weeks)


@rule
def accepts_wage(p, demand, idle_weeks, wage):
    """Whether an instructor between contracts takes a post at this wage."""
    return wage >= asked_wage(p, demand, idle_weeks)


@rule
def foreseen(p, lot, weeks_left, bound, guaranteed):
    """Weeks of work an instructor can count on: as long as volume is guaranteed, and little beyond (T4, I24).

    Without a tender it is a safe post; whom a continuity clause binds has work as long as the contract lasts (T14).
    """
    if lot >= LOT_AFT or bound:
        return weeks_left
    return guaranteed * weeks_left + (1.0 - guaranteed) * min(weeks_left, p.foreseeable)


@rule
def instructor_quits(p, wage, weeks):
    """Weekly hazard of quitting: low pay, and nothing foreseeable (T4, I23, I24)."""
    insecure = p.insecurity * math.exp(-weeks / 26.0)
    return p.quit_year / 52.0 * math.exp(p.quit_wage * (1.0 - wage / p.going_wage)) * (0.5 + insecure)


@compiled
def release(instructors, courses, j):
    """An instructor's post ends: off the course, between contracts. The course misses them until it is staffed."""
    k = instructors.course[j]
    if k >= 0:
        for place in range(N_DEPLOYED):
            if courses.instructor[k, place] == j:
                courses.instructor[k, place] = -1
    instructors.state[j] = BETWEEN_CONTRACTS
    instructors.course[j] = -1
    instructors.provider[j] = -1
    instructors.idle_weeks[j] = 0.0


@compiled
def fresh_instructor(instructors, j, identity, region, skill, approach, demand):
    """A row for somebody new to the trade."""
    instructors.id[j] = identity
    instructors.state[j] = BETWEEN_CONTRACTS
    instructors.region[j] = region
    instructors.provider[j] = -1
    instructors.course[j] = -1
    instructors.skill[j] = skill
    instructors.approach[j] = approach
    instructors.demand[j] = demand
    instructors.tenure[j] = 0.0
    instructors.idle_weeks[j] = 0.0
    instructors.bidding[j] = 0
    instructors.named[j, :] = 0
    instructors.next_named[j, :] = 0
    instructors.person[j] = -1


@rule
def drawn_approach(trade, u, v):
    """An instructor's approach: 0 strict, 1 soft (T19)."""
    return min(1.0, max(0.0, trade.instructor_approach + trade.approach_spread * (u + v - 1.0)))


@compiled
def enter_trade(trade, wage, instructors, j, region, identity, stream):
    """A new instructor between contracts: skill around the trade's, and who is better than most asks for more."""
    u = draw4(stream, STAFF, identity, 0, 0)
    v = draw4(stream, STAFF, identity, 0, 1)
    skill = min(1.0, max(0.05, trade.instructor_skill + trade.instructor_spread * (u[0] + u[1] - 1.0)))
    demand = wage * (0.98 + 0.6 * (skill - trade.instructor_skill) + 0.2 * (u[2] - 0.5))
    fresh_instructor(instructors, j, identity, region, skill, drawn_approach(trade, v[0], v[1]), demand)


@compiled
def leave_trade(people, instructors, rows, j):
    """An instructor goes for good; a person on the register stays there as anybody else."""
    if instructors.person[j] >= 0:
        people.trade[instructors.person[j]] = -1
    instructors.person[j] = -1
    instructors.state[j] = 0
    instructors.named[j, :] = 0
    instructors.next_named[j, :] = 0
    give_row(rows, j)


@rule
def gone_elsewhere(employed, state, idle_weeks):
    """Whether a person's state says that the time in the trade is over: other work, a pension, out of work for good.

    In the week in which a course ends its instructors are still at work on the register's side.
    """
    if employed or idle_weeks == 0.0:
        return not is_working(state) and state != UNEMPLOYED and state != ON_MEASURE
    return state != UNEMPLOYED and state != ON_MEASURE


@compiled
def quit_or_stay(p, courses, contracts, people, instructors, rows, stream, week):
    """Instructors on courses quit or go on; some have gone elsewhere.

    Returns (employed, who quit, who has gone, employed on tendered courses, who quit these).
    """
    employed = left = gone = on_courses = left_courses = 0
    for j in range(instructors.state.size):
        if not instructors.state[j]:
            continue
        at_work = instructors.state[j] == EMPLOYED
        employed += at_work
        k = instructors.course[j]
        i = instructors.person[j]
        if i >= 0 and gone_elsewhere(at_work, people.state[i], instructors.idle_weeks[j]):
            gone += 1
            if at_work:
                courses.broken[k] = 1
                release(instructors, courses, j)
            leave_trade(people, instructors, rows, j)
            continue
        if not at_work:
            continue
        instructors.tenure[j] += 1.0
        c = courses.contract[k]
        tendered = contracts.lot[c] < LOT_AFT
        on_courses += tendered
        u = draw4(stream, INSTRUCTOR, instructors.id[j], week, 2)
        bound = tendered and contracts.bound[c] > 0 and instructors.named[j, contracts.lot[c] - 1] > 0
        weeks = foreseen(p, contracts.lot[c], contracts.weeks_left[c], bound, contracts.guaranteed[c])
        if u[0] < instructor_quits(p, instructors.wage[j], weeks):
            left += 1
            left_courses += tendered
            courses.broken[k] = 1
            release(instructors, courses, j)
            instructors.named[j, :] = 0
            # Whoever leaves in mid-course asks for more next time, and gains nothing by it here.
            instructors.demand[j] = max(instructors.demand[j], instructors.wage[j] * 1.02)
    return employed, left, gone, on_courses, left_courses


@compiled
def new_in_the_trade(trade, wage, instructors, rows, in_trade, region_size, stream, week):
    """Newcomers take the place of those who have left the trade."""
    in_trade[:] = 0
    for j in range(instructors.state.size):
        if instructors.state[j]:
            in_trade[instructors.region[j]] += 1
    for region in range(in_trade.size):
        missing = int(trade.instructors_per_1000 * region_size / 1000.0 + 0.5) - in_trade[region]
        for n in range(missing):
            identity = person_id(10_000 + region, week + 1, n)
            enter_trade(trade, wage, instructors, take_row(rows, region), region, identity, stream)


@compiled
def back_to_work(people, i, wage, stream, week):
    """A person on the register becomes an instructor again: a job whose employer is no workplace that NAV knows."""
    leave_register(people, i, JOB)
    u = draw(stream, TRADE, people.id[i], week)
    people.match[i] = 0.3 + 0.6 * u
    people.hours[i] = max(0.2, people.capacity[i])
    people.wage[i] = wage


@compiled
def _register(born, people, rows, instructors, j, office, stream, week):
    """An instructor between contracts registers as unemployed: one person, in two markets (T6)."""
    i = take_row(rows, instructors.region[j])
    draw_person(born, people, i, instructors.id[j], office, 0, stream)
    # What working life has taught; used to speaking, and to teaching how jobs are found.
    people.skill[i] = 0.5 * people.skill[i] + 0.5 * instructors.skill[j]
    people.language[i] = max(people.language[i], 0.7)
    people.know_how[i] = max(people.know_how[i], 0.6)
    people.benefit[i] = UNEMPLOYMENT_BENEFIT
    people.prior_wage[i] = max(instructors.wage[j], 0.8 * instructors.demand[j])
    people.weeks_jobless[i] = int(instructors.idle_weeks[j])
    people.trade[i] = j
    instructors.person[j] = i


@compiled
def between_contracts(p, employment, born, people, people_rows, instructors, rows, offices, stream, week):
    """Those without a course register and wait, or give up the trade in the end. Returns how many did."""
    left = 0
    for j in range(instructors.state.size):
        i = instructors.person[j]
        if instructors.state[j] == EMPLOYED:
            if i >= 0:
                people.tenure[i] += 1
                if people.subsidy_weeks[i] > 0:
                    people.subsidy_weeks[i] -= 1
                    if people.subsidy_weeks[i] == 0:
                        people.state[i] = JOB
                        people.weeks_left[i] = 0
            continue
        if instructors.state[j] != BETWEEN_CONTRACTS:
            continue
        if i >= 0 and instructors.idle_weeks[j] == 0.0 and is_working(people.state[i]):
            lose_job(employment, people, i)
        instructors.idle_weeks[j] += 1.0
        if instructors.idle_weeks[j] > p.leave_trade_weeks:
            left += 1
            leave_trade(people, instructors, rows, j)
        elif i < 0 and instructors.idle_weeks[j] == int(p.register_weeks):
            u = draw4(stream, TRADE, instructors.id[j], week, 1)
            if u[0] < p.registers:
                office = instructors.region[j] * offices + int(u[1] * offices)
                _register(born, people, people_rows, instructors, j, office, stream, week)
    return left
