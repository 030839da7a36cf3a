"""Staffing: who is put on which course (T3, T6, T7, T14, T18).

A company deploys the number its bid reckoned with, three, two or one. Those named in the bid come first if they are
free and content with the wage; under a continuity clause they get what they ask, and the buyer takes in their place
only somebody as good, who gets it too. Then the pool, by what a CV shows.
For some posts a company looks first among its own participants: on a wage subsidy they cost it little, and NAV pays
seat and subsidy both. If nobody fits, a novice off the street.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from sim.agents.course import BETWEEN_CONTRACTS, EMPLOYED, LOT_AFT, LOT_JOB_SEARCH, N_CONTRACTS, N_DEPLOYED
from sim.agents.jobseeker import JOB, SUBSIDISED_JOB
from sim.columns import block, take_row
from sim.compiled import compiled, rule
from sim.processes.courses import most_courses
from sim.processes.instructors import (
    Instructors,
    People,
    accepts_wage,
    asked_wage,
    back_to_work,
    between_contracts,
    drawn_approach,
    fresh_instructor,
    new_in_the_trade,
    quit_or_stay,
)
from sim.processes.registration import call_roll
from sim.processes.seats import leave_measure
from sim.streams import INSTRUCTOR, RECRUIT, draw, draw4, person_id


class Courses(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    contract: np.ndarray
    age: np.ndarray
    taken: np.ndarray
    instructor: np.ndarray
    broken: np.ndarray


class Contracts(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    region: np.ndarray
    lot: np.ndarray
    provider: np.ndarray
    weeks_left: np.ndarray
    places: np.ndarray
    wage: np.ndarray
    deployed: np.ndarray
    bound: np.ndarray
    guaranteed: np.ndarray
    named_skill: np.ndarray
    next_provider: np.ndarray
    next_bound: np.ndarray
    started: np.ndarray


class Companies(NamedTuple):
    cash: np.ndarray
    bidding: np.ndarray


class Levers(NamedTuple):
    subsidy_rate_first: np.ndarray
    subsidy_weeks: np.ndarray


@rule
def suits(skill, efficacy, language):
    """How well a participant would do in front of a group, 0-1; 0 without the language (T7; assumed)."""
    return 0.5 * (skill + efficacy) if language >= 0.6 else 0.0


LEAST_SUITED = 0.5  # participants below are not asked to teach


@compiled
def _promised_elsewhere(contracts, instructors, j, region, lot):
    """Whether a continuity clause binds an instructor to another kind of course, or to the next contract (T14)."""
    for other in range(LOT_JOB_SEARCH, LOT_AFT):
        c = region * N_CONTRACTS + other - 1
        if instructors.named[j, other - 1] and contracts.bound[c] and other != lot:
            return True
        begins = contracts.next_provider[c] >= 0 and contracts.next_bound[c]
        if instructors.next_named[j, other - 1] and begins and contracts.provider[c] != contracts.next_provider[c]:
            return True
    return False


@compiled
def _from_pool(p, people, contracts, instructors, region, lot, bound, as_good, wage, stream, week):
    """The instructor between contracts whom a provider takes: the named, then the best CV, at this wage (-1: none).

    Under a continuity clause (``bound``) the named, and who is ``as_good`` as they, get what they ask.
    """
    best, chosen = -1.0, -1
    first, last = block(instructors.state, people.first.size - 1, region)
    for j in range(first, last):
        if instructors.state[j] != BETWEEN_CONTRACTS:
            continue
        if instructors.person[j] >= 0 and people.signed[instructors.person[j]] >= 0:
            continue  # has another job lined up
        if _promised_elsewhere(contracts, instructors, j, region, lot):
            continue
        named = lot < LOT_AFT and instructors.named[j, lot - 1] > 0
        counts = bound and (named or instructors.skill[j] >= as_good)
        if not counts and not accepts_wage(p, instructors.demand[j], instructors.idle_weeks[j], wage):
            continue
        seen = instructors.skill[j] + p.hiring_noise * draw(stream, INSTRUCTOR, instructors.id[j], week)
        if named:
            seen += 4.0
        elif counts:  # of those as good, the cheapest
            seen = 3.0 - asked_wage(p, instructors.demand[j], instructors.idle_weeks[j]) / wage
        if seen > best:
            best, chosen = seen, j
    return chosen


@compiled
def _from_participants(people, courses, c, region, least):
    """The participant on this contract's courses who would do best in front of them (-1: none)."""
    best, chosen = least, -1
    for place in range(people.first[region], people.first[region + 1]):
        i = people.registered[place]
        k = people.course[i]
        if k < 0 or courses.contract[k] != c or courses.age[k] < 2 or people.signed[i] >= 0 or people.trade[i] >= 0:
            continue
        fit = suits(people.skill[i], people.efficacy[i], people.language[i])
        if fit > best:
            best, chosen = fit, i
    return chosen


@compiled
def _novice(p, trade, contracts, c, instructors, rows, wage, stream, week):
    """Somebody new to the trade, of a novice's skill."""
    region = contracts.region[c]
    j = take_row(rows, region)
    contracts.started[c] += 1
    identity = person_id(20_000 + c, week + 1, contracts.started[c])
    u = draw4(stream, INSTRUCTOR, identity, week, 1)
    approach = drawn_approach(trade, u[1], u[2])
    fresh_instructor(instructors, j, identity, region, p.novice_skill * (0.5 + u[0]), approach, wage)
    return j


@compiled
def _take_on_participant(p, trade, people, i, courses, contracts, c, instructors, rows, weeks, rate, stream, week):
    """A participant becomes an instructor on a wage subsidy: NAV pays the seat and the subsidy (T7)."""
    j = _novice(p, trade, contracts, c, instructors, rows, contracts.wage[c], stream, week)
    courses.taken[people.course[i]] -= 1
    leave_measure(people, i)
    back_to_work(people, i, contracts.wage[c], stream, week)
    if weeks > 0:
        people.state[i] = SUBSIDISED_JOB
        people.subsidy_weeks[i] = weeks
        people.subsidy_rate[i] = rate
        people.measures_taken[i] += 1
    people.trade[i] = j
    instructors.person[j] = i
    return j


@compiled
def _fill_posts(
    p,
    trade,
    participants,
    lowest_wage,
    courses,
    contracts,
    companies,
    instructors,
    rows,
    people,
    levers,
    stream,
    week,
):
    """Every running course gets the staff that its provider deploys. Returns the participants taken on."""
    taken_on = 0
    for k in range(courses.state.size):
        if not courses.state[k]:
            continue
        c = courses.contract[k]
        region, lot, provider = contracts.region[c], contracts.lot[c], contracts.provider[c]
        wanted = min(N_DEPLOYED, max(1, int(contracts.deployed[c] + 0.5)))
        in_the_red = lot < LOT_AFT and companies.cash[provider] < 0.0
        if in_the_red:
            wanted = 1  # T5: posts that fall vacant stay so, and the last is filled as cheaply as may be
        present = 0
        for place in range(N_DEPLOYED):
            present += courses.instructor[k, place] >= 0
        for place in range(N_DEPLOYED):
            if present >= wanted:
                break
            if courses.instructor[k, place] >= 0:
                continue
            bound = contracts.bound[c] > 0
            wage = contracts.wage[c] * (lowest_wage if in_the_red and not bound else 1.0)
            j = -1
            u = draw4(stream, RECRUIT, courses.id[k], week, place)
            if lot < LOT_AFT and not bound and (u[0] < participants or (in_the_red and participants > 0.0)):
                i = _from_participants(people, courses, c, region, LEAST_SUITED)
                if i >= 0:
                    weeks, rate = int(levers.subsidy_weeks[region]), levers.subsidy_rate_first[region]
                    j = _take_on_participant(
                        p, trade, people, i, courses, contracts, c, instructors, rows, weeks, rate, stream, week
                    )
                    taken_on += 1
            if j < 0 and (bound or not in_the_red):
                as_good = contracts.named_skill[c]
                j = _from_pool(p, people, contracts, instructors, region, lot, bound, as_good, wage, stream, week)
                if j >= 0:
                    wage = max(wage, asked_wage(p, instructors.demand[j], instructors.idle_weeks[j]))
                    if bound and instructors.skill[j] >= as_good:
                        instructors.named[j, lot - 1] = 1  # takes the place of somebody named
            if j < 0:
                j = _novice(p, trade, contracts, c, instructors, rows, wage, stream, week)
            i = instructors.person[j]
            if i >= 0:
                if people.state[i] != JOB and people.state[i] != SUBSIDISED_JOB:
                    back_to_work(people, i, wage, stream, week)
                people.wage[i] = wage
            instructors.state[j] = EMPLOYED
            instructors.provider[j] = provider
            instructors.course[j] = k
            instructors.wage[j] = wage
            instructors.tenure[j] = 0.0
            instructors.idle_weeks[j] = 0.0
            courses.instructor[k, place] = j
            present += 1
    for j in range(instructors.state.size):
        employed = instructors.state[j] == EMPLOYED
        instructors.bidding[j] = 1 if employed and companies.bidding[instructors.provider[j]] else 0
    return taken_on


def staff_courses(model: Any) -> None:
    """Instructors quit, come and go; posts on courses are filled; who is left without one is a jobseeker."""
    p, trade, stream, week = model.world.courses, model.world.institutions, model.stream, model.clock
    contracts = model.contracts.view(Contracts)
    most = N_DEPLOYED * most_courses(contracts, p.seats)
    pool = int(trade.instructors_per_1000 * model.region_size / 1000.0) + 1
    model.make_room(model.instructors, most + pool)
    model.make_room(model.jobseekers, len(model.instructors) // model.n_regions + pool)
    people, instructors = model.jobseekers.view(People), model.instructors.view(Instructors)
    courses, rows = model.courses.view(Courses), model.instructors.rows
    employed, quitted, gone, on_courses, left_courses = quit_or_stay(
        p, courses, contracts, people, instructors, rows, stream, week
    )
    in_trade = model.scratch("in_trade", model.n_regions, np.int64)
    new_in_the_trade(trade, p.going_wage, instructors, rows, in_trade, model.region_size, stream, week)
    taken_on = _fill_posts(
        p,
        trade,
        model.world.tendering.participants,
        model.world.tendering.lowest_wage,
        courses,
        contracts,
        model.providers.view(Companies),
        instructors,
        rows,
        people,
        model.levers(Levers),
        stream,
        week,
    )
    left_trade = between_contracts(
        p,
        model.world.employment,
        model.world.people,
        people,
        model.jobseekers.rows,
        instructors,
        rows,
        model.offices_per_region,
        stream,
        week,
    )
    for name, number in (
        ("instructors", employed),
        ("instructors_left", quitted),
        ("course_instructors", on_courses),
        ("course_instructors_left", left_courses),
        ("instructors_left_trade", gone + left_trade),
        ("participants_taken_on", taken_on),
    ):
        model.count(name, number)
    call_roll(model)
