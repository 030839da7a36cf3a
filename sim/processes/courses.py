"""Courses: what is learnt, and what it does to people (T1, T8, T9, T18, T19).

What a participant learns in a week is rate * quality * motivation, as far as the approach reaches it, * what is left
to learn, less what fixed hours cost a person with other duties. Teaching that reaches a person lifts motivation, other
teaching wears it; so does a course when another measure would have answered better to the person's situation. Quality
is made in ``teaching``; who gets a seat, and who leaves it, stands in ``seats``.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from sim.agents.course import BETWEEN_CONTRACTS, LOT_SE_IN_HOUSE, N_DEPLOYED
from sim.agents.jobseeker import (
    AFT,
    JOB_SEARCH_COURSE,
    N_MEASURES,
    NO_MEASURE,
    ON_MEASURE,
    UNEMPLOYED,
    VOCATIONAL_COURSE,
    is_working,
)
from sim.columns import give_row, listed, take_row
from sim.compiled import compiled, rule
from sim.processes.mastery import mastered, missed, worn
from sim.processes.seats import fill_seats, leave_measure, leaves_early
from sim.processes.teaching import fits_the_week, owned, reached, teach
from sim.streams import person_id


class Participants(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    office: np.ndarray
    supervisor: np.ndarray
    skill: np.ndarray
    reduced: np.ndarray
    language: np.ndarray
    health: np.ndarray
    care: np.ndarray
    worries: np.ndarray
    capacity: np.ndarray
    mapped: np.ndarray
    benefit: np.ndarray
    benefit_weeks: np.ndarray
    know_how: np.ndarray
    motivation: np.ndarray
    efficacy: np.ndarray
    trust: np.ndarray
    motivation_before: np.ndarray
    trust_before: np.ndarray
    measure: np.ndarray
    measure_weeks: np.ndarray
    course: np.ndarray
    employer: np.ndarray
    queue: np.ndarray
    queue_weeks: np.ndarray
    measures_taken: np.ndarray
    last_measure: np.ndarray
    last_provider: np.ndarray
    weeks_since_measure: np.ndarray
    sanction_weeks: np.ndarray
    first: np.ndarray
    known: np.ndarray
    registered: np.ndarray


class Courses(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    contract: np.ndarray
    measure: np.ndarray
    weeks_left: np.ndarray
    age: np.ndarray
    seats: np.ndarray
    taken: np.ndarray
    instructor: np.ndarray
    broken: np.ndarray
    quality: np.ndarray
    reach: np.ndarray
    hours: np.ndarray
    learnt: np.ndarray


class Contracts(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    region: np.ndarray
    lot: np.ndarray
    provider: np.ndarray
    weeks_left: np.ndarray
    places: np.ndarray
    approved: np.ndarray
    chosen: np.ndarray
    started: np.ndarray
    taught: np.ndarray
    course_weeks: np.ndarray
    named_weeks: np.ndarray
    staff_weeks: np.ndarray


class Instructors(NamedTuple):
    state: np.ndarray
    provider: np.ndarray
    course: np.ndarray
    skill: np.ndarray
    approach: np.ndarray
    wage: np.ndarray
    bidding: np.ndarray
    named: np.ndarray


class Providers(NamedTuple):
    state: np.ndarray
    result: np.ndarray
    result_weight: np.ndarray
    experience: np.ndarray


class Regions(NamedTuple):
    places: np.ndarray
    taken: np.ndarray
    waiting: np.ndarray
    wait: np.ndarray
    usual_need: np.ndarray


class Offices(NamedTuple):
    region: np.ndarray


class Team(NamedTuple):
    gaze: np.ndarray


class Levers(NamedTuple):
    courses_reporting: np.ndarray
    courses_client_choice: np.ndarray


@rule
def learnt(p, rate, quality, motivation, have):
    """A week's gain in something on 0-1 (J1: only with motivation; J9: attending because one must gains little).

    Without ``ownership`` everybody gains as the usual participant does.
    """
    return rate * quality * owned(p, motivation) * (1.0 - have)


@compiled
def _run_courses(p, courses, rows, contracts, instructors, running, ended, week):
    """Courses end and begin. ``running`` gets the seats of each contract."""
    n_ended = 0
    for k in range(courses.state.size):
        if not courses.state[k]:
            continue
        c = courses.contract[k]
        courses.age[k] += 1
        courses.weeks_left[k] -= 1
        over = courses.weeks_left[k] <= 0
        too_many = running[c] + 0.5 * courses.seats[k] > contracts.places[c] and courses.taken[k] == 0
        if over or too_many:
            for place in range(N_DEPLOYED):
                j = courses.instructor[k, place]
                if j >= 0:
                    instructors.state[j] = BETWEEN_CONTRACTS
                    instructors.course[j] = -1
                    instructors.provider[j] = -1
            courses.state[k] = 0
            ended[n_ended] = k
            n_ended += 1
        else:
            running[c] += courses.seats[k]
    for n in range(n_ended):
        give_row(rows, ended[n])
    for c in range(contracts.state.size):
        if not contracts.state[c] or contracts.lot[c] >= LOT_SE_IN_HOUSE:
            continue
        measure = contracts.lot[c]
        weeks = 100_000 if measure == AFT else int(p.weeks_vocational)
        if measure == JOB_SEARCH_COURSE:
            weeks = int(p.weeks_job_search)
        if contracts.weeks_left[c] < weeks and measure != AFT:
            continue  # a course that cannot end within the contract is not begun (T1: the gap between contracts)
        while running[c] + 0.5 * p.seats <= contracts.places[c] or (running[c] == 0.0 and contracts.places[c] >= 1.0):
            k = take_row(rows, contracts.region[c])
            seats = min(p.seats, max(1.0, contracts.places[c] - running[c]))
            courses.state[k] = 1
            contracts.started[c] += 1
            courses.id[k] = person_id(18_000 + c, week + 1, contracts.started[c])
            courses.contract[k] = c
            courses.measure[k] = measure
            courses.age[k] = 0
            courses.taken[k] = 0
            courses.broken[k] = 0
            courses.seats[k] = int(seats)
            courses.instructor[k, :] = -1
            courses.weeks_left[k] = weeks
            courses.quality[k] = 0.0
            courses.reach[k] = 0.0
            courses.hours[k] = 0.0
            courses.learnt[k] = 0.0
            running[c] += int(seats)


@compiled
def _learn(p, contact, people, courses, providers, regions, offices, team, stream, week):
    """What a week on a course does, and the end of it; results half a year later go to the provider's record.

    Returns the number who left early, and of benefits cut for it.
    """
    left = cut = 0
    regions.taken[:] = 0.0
    regions.waiting[:] = 0.0
    for j in range(providers.state.size):
        providers.result_weight[j] *= p.result_fade
    for i in listed(people.known):
        state = people.state[i]
        region = offices.region[people.office[i]]
        if people.queue[i]:
            regions.waiting[region, people.queue[i]] += 1.0
        if state != ON_MEASURE:
            people.weeks_since_measure[i] += 1
            followed = people.measure[i] == NO_MEASURE and people.last_provider[i] >= 0
            if followed and people.weeks_since_measure[i] == 26:
                j = people.last_provider[i]
                success = 1.0 if is_working(state) else 0.0
                providers.result_weight[j] += 1.0
                providers.result[j] += (success - providers.result[j]) / max(1.0, providers.result_weight[j])
            continue
        m = people.measure[i]
        k = people.course[i]
        if k >= 0:
            q = courses.quality[k] * fits_the_week(p, people.care[i], people.worries[i])
            drive = reached(p, people.motivation[i], courses.reach[k])
            if m == JOB_SEARCH_COURSE:
                gain = learnt(p, p.rate_know_how, q, drive, people.know_how[i])
                people.know_how[i] += gain
            elif m == VOCATIONAL_COURSE:
                gain = learnt(p, p.rate_skill, q, drive, people.skill[i])
                people.skill[i] += gain
            else:
                gain = learnt(p, 0.3 * p.rate_skill, q, drive, people.skill[i])
                people.skill[i] += gain
            language = learnt(p, p.rate_language, q, drive, people.language[i])
            efficacy = learnt(p, p.rate_efficacy, q, drive, people.efficacy[i])
            people.language[i] += language
            people.efficacy[i] += efficacy
            courses.learnt[k] += gain + language + efficacy
            motivation = people.motivation[i]
            motivation += mastered(p, q, drive, motivation)
            motivation -= worn(p, missed(people, i, regions.usual_need[region], m), motivation)
            people.motivation[i] = min(1.0, max(0.0, motivation))
            if courses.broken[k]:
                people.trust[i] -= p.broken_trust * people.trust[i]
        else:
            regions.taken[region, m] += 1.0
            continue
        people.measure_weeks[i] -= 1
        leaves = False
        s = people.supervisor[i]
        if people.measure_weeks[i] > 0 and s >= 0:
            leaves, punished = leaves_early(p, contact, people, i, team.gaze[s], stream, week)
            left += leaves
            cut += punished
        if leaves or people.measure_weeks[i] <= 0:
            leave_measure(people, i)
            people.state[i] = UNEMPLOYED
            people.employer[i] = -1  # of practice in the last weeks of AFT
            courses.taken[k] -= 1
        else:
            regions.taken[region, m] += 1.0
    courses.broken[:] = 0
    return left, cut


def most_courses(contracts: Contracts, seats: float) -> int:
    """Most courses that any region can have running on its contracts."""
    lots = np.where((contracts.state > 0) & (contracts.lot < LOT_SE_IN_HOUSE), contracts.places, 0.0)
    return int(np.bincount(contracts.region, np.ceil(lots / seats) + 1.0).max())


def run_courses(model: Any) -> None:
    """A week of courses: teaching, courses that end and begin, seats filled from the queue."""
    p, stream, week = model.world.courses, model.stream, model.clock
    people, offices = model.jobseekers.view(Participants), model.offices.view(Offices)
    regions, contracts = model.regions.view(Regions), model.contracts.view(Contracts)
    most = most_courses(contracts, p.seats)
    model.make_room(model.courses, most)
    courses, instructors = model.courses.view(Courses), model.instructors.view(Instructors)
    providers = model.providers.view(Providers)
    bid_hours, levers = model.world.tendering.bid_hours, model.levers(Levers)
    teach(p, bid_hours, people, courses, contracts, instructors, providers, levers)
    contact, team = model.world.contact, model.supervisors.view(Team)
    left, cut_leaving = _learn(p, contact, people, courses, providers, regions, offices, team, stream, week)
    n = len(courses.state)
    running, ended = model.scratch("running", len(contracts.state)), model.scratch("ended", n, np.int64)
    _run_courses(p, courses, model.courses.rows, contracts, instructors, running, ended, week)
    declined, cut_declining = fill_seats(
        p,
        contact,
        model.world.tendering.choice,
        people,
        courses,
        contracts,
        providers,
        regions,
        offices,
        team,
        levers,
        model.scratch("first", N_MEASURES, np.int64),
        model.scratch("following", N_MEASURES, np.int64),
        np.full(n, -1),
        model.jobseekers["rows"],
        stream,
        week,
    )
    model.count("left_measures", left)
    model.count("places_declined", declined)
    model.count("sanctions", cut_leaving + cut_declining)
