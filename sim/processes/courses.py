"""Courses and other places: who gets a seat, who stands in front, what is learnt (T3, T4, T9, T12, T18, T19).

A course's quality is read from the instructors physically on it, and from nothing else:

    quality = mean skill of the instructors present * (1 - exp(-attention * instructors / participants))

What a participant learns in a week is rate * quality * motivation * what is left to learn; a course that does not
answer to the person's situation wears motivation. Instructors take the job if the wage reaches what they ask, ask
less the longer they are between contracts, and quit when the contract is short or the wage below the going one.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from sim.agents.course import BETWEEN_CONTRACTS, EMPLOYED, LOT_SE_IN_HOUSE, N_DEPLOYED
from sim.agents.jobseeker import (
    AFT,
    JOB_SEARCH_COURSE,
    KVP,
    N_MEASURES,
    NO_MEASURE,
    ON_MEASURE,
    SOCIAL_ASSISTANCE,
    UNEMPLOYED,
    VOCATIONAL_COURSE,
    WORK_TRAINING,
    is_working,
)
from sim.columns import give_row, take_row
from sim.compiled import compiled, rule
from sim.streams import INSTRUCTOR, STAFF, TAKE_UP, draw, draw4, person_id


class Participants(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    office: np.ndarray
    supervisor: np.ndarray
    skill: np.ndarray
    language: np.ndarray
    benefit: np.ndarray
    benefit_weeks: np.ndarray
    know_how: np.ndarray
    motivation: np.ndarray
    efficacy: np.ndarray
    trust: np.ndarray
    measure: np.ndarray
    measure_weeks: np.ndarray
    course: np.ndarray
    queue: np.ndarray
    queue_weeks: np.ndarray
    measures_taken: np.ndarray
    last_measure: np.ndarray
    last_provider: np.ndarray
    weeks_since_measure: np.ndarray
    sanction_weeks: np.ndarray
    employer: np.ndarray


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
    started: np.ndarray


class Instructors(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    region: np.ndarray
    provider: np.ndarray
    course: np.ndarray
    skill: np.ndarray
    demand: np.ndarray
    wage: np.ndarray
    tenure: np.ndarray
    idle_weeks: np.ndarray


class Providers(NamedTuple):
    state: np.ndarray
    result: np.ndarray
    result_weight: np.ndarray


class Regions(NamedTuple):
    places: np.ndarray
    taken: np.ndarray
    waiting: np.ndarray
    wait: np.ndarray


class Offices(NamedTuple):
    region: np.ndarray


class Team(NamedTuple):
    gaze: np.ndarray


class Hosts(NamedTuple):
    openness: np.ndarray


@rule
def course_quality(p, skills, instructors, participants):
    """Quality of a course on 0-1 from the sum of skills of the instructors now on it (0 when nobody is)."""
    if instructors == 0:
        return 0.0
    attention = 1.0 - math.exp(-p.attention * instructors / max(1.0, participants))
    return skills / instructors * attention


@rule
def accepts_wage(p, demand, idle_weeks, wage):
    """An instructor between contracts asks a little less for every week without work (T6)."""
    return wage >= demand * math.exp(-p.demand_decay * idle_weeks)


@rule
def instructor_quits(p, wage, weeks_left):
    """Weekly hazard of quitting: low pay, and nothing foreseeable beyond the contract (T4, I23, I24)."""
    insecure = math.exp(-weeks_left / 26.0)
    return p.quit_year / 52.0 * math.exp(p.quit_wage * (1.0 - wage / p.going_wage)) * (0.5 + insecure)


@rule
def learnt(rate, quality, motivation, have):
    """A week's gain in something on 0-1 (J1: only with motivation; J9: attending because one must gains little)."""
    return rate * quality * motivation * (1.0 - have)


@rule
def takes_seat(p, motivation, trust, weeks_waited):
    """Chance that an offered place is taken: motivation, trust, and what the wait has worn away (J9, T12)."""
    return min(1.0, p.take_up * (0.5 + 0.5 * motivation) * math.exp(-p.wait_wear * weeks_waited) + 0.2 * trust)


@compiled
def leave_measure(people, i):
    """A person's measure ends; what it was stays with the person, and its benefit ends with it."""
    if people.measure[i] == KVP:
        people.benefit[i] = SOCIAL_ASSISTANCE
        people.benefit_weeks[i] = 0
    people.last_measure[i] = people.measure[i]
    people.weeks_since_measure[i] = 0
    people.measure[i] = NO_MEASURE
    people.measure_weeks[i] = 0
    people.course[i] = -1


@compiled
def _staff_course(p, courses, k, contracts, c, instructors, rows, stream, week):
    """Put as many instructors on a course as the contract deploys; from the pool, else a novice off the street."""
    region = contracts.region[c]
    wanted = min(N_DEPLOYED, max(1, int(contracts.deployed[c] + 0.5)))
    for place in range(wanted):
        if courses.instructor[k, place] >= 0:
            continue
        best, chosen = -1.0, -1
        for j in range(instructors.state.size):
            if instructors.state[j] == BETWEEN_CONTRACTS and instructors.region[j] == region:
                if accepts_wage(p, instructors.demand[j], instructors.idle_weeks[j], contracts.wage[c]):
                    seen = instructors.skill[j] + p.hiring_noise * draw(stream, INSTRUCTOR, instructors.id[j], week)
                    if seen > best:
                        best, chosen = seen, j
        if chosen < 0:
            chosen = take_row(rows, region)
            contracts.started[c] += 1
            instructors.id[chosen] = person_id(20_000 + c, week + 1, contracts.started[c])
            u = draw4(stream, INSTRUCTOR, instructors.id[chosen], week, 1)
            instructors.region[chosen] = region
            instructors.skill[chosen] = p.novice_skill * (0.5 + u[0])
            instructors.demand[chosen] = contracts.wage[c]
        instructors.state[chosen] = EMPLOYED
        instructors.provider[chosen] = contracts.provider[c]
        instructors.course[chosen] = k
        instructors.wage[chosen] = contracts.wage[c]
        instructors.tenure[chosen] = 0.0
        instructors.idle_weeks[chosen] = 0.0
        courses.instructor[k, place] = chosen


@compiled
def enter_trade(trade, wage, instructors, j, region, identity, stream):
    """A new instructor between contracts: skill around the trade's, and the better ask for more."""
    instructors.id[j] = identity
    instructors.state[j] = BETWEEN_CONTRACTS
    instructors.region[j] = region
    instructors.provider[j] = -1
    instructors.course[j] = -1
    instructors.tenure[j] = 0.0
    instructors.idle_weeks[j] = 0.0
    u = draw4(stream, STAFF, identity, 0, 0)
    skill = trade.instructor_skill + trade.instructor_spread * (u[0] + u[1] - 1.0)
    instructors.skill[j] = min(1.0, max(0.05, skill))
    instructors.demand[j] = wage * (0.65 + 0.6 * instructors.skill[j] + 0.2 * (u[2] - 0.5))


@compiled
def _instructors(p, trade, courses, contracts, instructors, rows, in_trade, region_size, stream, week):
    """Instructors quit or go on, leave the trade or enter it; returns (number employed, number who quit)."""
    employed = left = 0
    for j in range(instructors.state.size):
        if instructors.state[j]:
            in_trade[instructors.region[j]] += 1
        if instructors.state[j] == BETWEEN_CONTRACTS:
            instructors.idle_weeks[j] += 1.0
            if instructors.idle_weeks[j] > p.leave_trade_weeks:
                in_trade[instructors.region[j]] -= 1
                instructors.state[j] = 0
                give_row(rows, j)
            continue
        if instructors.state[j] != EMPLOYED:
            continue
        employed += 1
        instructors.tenure[j] += 1.0
        k = instructors.course[j]
        c = courses.contract[k]
        u = draw4(stream, INSTRUCTOR, instructors.id[j], week, 2)
        if u[0] < instructor_quits(p, instructors.wage[j], contracts.weeks_left[c]):
            left += 1
            courses.broken[k] = 1
            for place in range(N_DEPLOYED):
                if courses.instructor[k, place] == j:
                    courses.instructor[k, place] = -1
            instructors.state[j] = BETWEEN_CONTRACTS
            instructors.course[j] = -1
            instructors.provider[j] = -1
            # Whoever leaves in mid-course asks for more next time, and gains nothing by it here.
            instructors.demand[j] = max(instructors.demand[j], instructors.wage[j] * 1.02)
    for region in range(in_trade.size):
        missing = int(trade.instructors_per_1000 * region_size / 1000.0 + 0.5) - in_trade[region]
        for n in range(missing):
            identity = person_id(10_000 + region, week + 1, n)
            enter_trade(trade, p.going_wage, instructors, take_row(rows, region), region, identity, stream)
    return employed, left


@compiled
def _run_courses(p, courses, course_rows, contracts, instructors, instructor_rows, running, ended, stream, week):
    """Courses end and begin; those that go on are staffed. ``running`` gets the seats of each contract."""
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
            _staff_course(p, courses, k, contracts, c, instructors, instructor_rows, stream, week)
    for n in range(n_ended):
        give_row(course_rows, ended[n])
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
            k = take_row(course_rows, contracts.region[c])
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
            running[c] += int(seats)
            _staff_course(p, courses, k, contracts, c, instructors, instructor_rows, stream, week)


@compiled
def _take_seat(people, i, measure, course, provider, weeks, regions, region):
    """A person leaves the queue for a place."""
    people.state[i] = ON_MEASURE
    people.measure[i] = measure
    people.course[i] = course
    people.measure_weeks[i] = weeks
    people.measures_taken[i] += 1
    people.last_provider[i] = provider
    regions.taken[region, measure] += 1.0
    waited = people.queue_weeks[i]
    regions.wait[region, measure] += 0.05 * (waited - regions.wait[region, measure])
    people.queue[i] = NO_MEASURE
    people.queue_weeks[i] = 0


@compiled
def next_in_queue(people, queue, n):
    """Longest wait first, then the lower id: index into the queue, or -1 when it is empty."""
    best, wait, identity = -1, -1, 0
    for q in range(n):
        i = queue[q]
        if people.queue[i] == NO_MEASURE:
            continue
        longer = people.queue_weeks[i] > wait
        if longer or (people.queue_weeks[i] == wait and people.id[i] < identity):
            best, wait, identity = q, people.queue_weeks[i], people.id[i]
    return best


@compiled
def _fill_seats(
    p,
    people,
    courses,
    contracts,
    regions,
    offices,
    team,
    hosts,
    hosts_per_region,
    free,
    first,
    following,
    queue,
    stream,
    week,
):
    """Free seats go to those who have waited longest; some do not take them, and may be sanctioned for it."""
    n_regions = regions.places.shape[0]
    for region in range(n_regions):
        free[:] = 0
        first[:] = -1
        for k in range(courses.state.size):
            if courses.state[k] and contracts.region[courses.contract[k]] == region:
                m = courses.measure[k]
                if courses.taken[k] < courses.seats[k] and (m == AFT or courses.age[k] <= p.late_start_weeks):
                    free[m] += courses.seats[k] - courses.taken[k]
                    following[k] = first[m]
                    first[m] = k
        free[WORK_TRAINING] = int(
            max(0.0, regions.places[region, WORK_TRAINING] - regions.taken[region, WORK_TRAINING])
        )
        for m in (JOB_SEARCH_COURSE, VOCATIONAL_COURSE, AFT, WORK_TRAINING):
            if free[m] == 0:
                continue
            n = 0
            for i in range(people.state.size):
                if people.queue[i] == m and offices.region[people.office[i]] == region:
                    queue[n] = i
                    n += 1
            k = first[m]
            while free[m] > 0:
                q = next_in_queue(people, queue, n)
                if q < 0:
                    break
                i = queue[q]
                queue[q] = queue[n - 1]
                n -= 1
                u = draw4(stream, TAKE_UP, people.id[i], week, 0)
                if u[0] > takes_seat(p, people.motivation[i], people.trust[i], people.queue_weeks[i]):
                    people.queue[i] = NO_MEASURE
                    people.queue_weeks[i] = 0
                    regions.waiting[region, m] -= 1.0
                    s = people.supervisor[i]
                    if s >= 0 and u[1] < p.refusal_sanction * team.gaze[s]:
                        people.sanction_weeks[i] = int(p.refusal_weeks)
                    continue
                if m == WORK_TRAINING:
                    # A host is asked; one who is not open says no, and the person waits on.
                    host = region * hosts_per_region + int(u[2] * hosts_per_region)
                    free[m] -= 1
                    if u[3] > hosts.openness[host] + p.free_labour:
                        continue
                    people.employer[i] = host
                    _take_seat(people, i, m, -1, -1, int(p.weeks_work_training), regions, region)
                else:
                    weeks = int(p.weeks_aft) if m == AFT else courses.weeks_left[k]
                    _take_seat(people, i, m, k, contracts.provider[courses.contract[k]], weeks, regions, region)
                    courses.taken[k] += 1
                    free[m] -= 1
                    while k >= 0 and courses.taken[k] >= courses.seats[k]:
                        k = following[k]
                regions.waiting[region, m] -= 1.0


@compiled
def _learn(p, people, courses, contracts, instructors, providers, regions, offices, quality):
    """What a week on a course does, and the end of it; results half a year later go to the provider's record."""
    regions.taken[:] = 0.0
    regions.waiting[:] = 0.0
    courses.taken[:] = 0
    for j in range(providers.state.size):
        providers.result_weight[j] *= p.result_fade
    for i in range(people.state.size):
        if people.state[i] == ON_MEASURE and people.course[i] >= 0:
            courses.taken[people.course[i]] += 1
    quality[:] = 0.0
    for k in range(courses.state.size):
        if courses.state[k]:
            skills, n = 0.0, 0
            for place in range(N_DEPLOYED):
                j = courses.instructor[k, place]
                if j >= 0:
                    skills += instructors.skill[j]
                    n += 1
            quality[k] = course_quality(p, skills, n, courses.taken[k])
    for i in range(people.state.size):
        state = people.state[i]
        if state == 0:
            continue
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
            q, motivation = quality[k], people.motivation[i]
            if m == JOB_SEARCH_COURSE:
                people.know_how[i] += learnt(p.rate_know_how, q, motivation, people.know_how[i])
                missing = 1.0 - people.know_how[i]
            elif m == VOCATIONAL_COURSE:
                people.skill[i] += learnt(p.rate_skill, q, motivation, people.skill[i])
                missing = 1.0 - people.skill[i]
            else:
                people.skill[i] += learnt(0.3 * p.rate_skill, q, motivation, people.skill[i])
                missing = 1.0 - people.efficacy[i]
            people.language[i] += learnt(p.rate_language, q, motivation, people.language[i])
            people.efficacy[i] += learnt(p.rate_efficacy, q, motivation, people.efficacy[i])
            people.motivation[i] += p.mastery * (q - p.mastery_quality) * (1.0 - motivation) * motivation
            people.motivation[i] -= p.misfit * max(0.0, 0.5 - missing) * motivation
            people.motivation[i] = min(1.0, max(0.0, people.motivation[i]))
            if courses.broken[k]:
                people.trust[i] -= p.broken_trust * people.trust[i]
        elif m == WORK_TRAINING:
            people.skill[i] += learnt(p.rate_work_training, 1.0, people.motivation[i], people.skill[i])
            people.language[i] += learnt(p.rate_work_language, 1.0, people.motivation[i], people.language[i])
            people.efficacy[i] += learnt(p.rate_work_efficacy, 1.0, people.motivation[i], people.efficacy[i])
        else:
            regions.taken[region, m] += 1.0
            continue
        people.measure_weeks[i] -= 1
        if people.measure_weeks[i] <= 0:
            leave_measure(people, i)
            people.state[i] = UNEMPLOYED
            if k >= 0:
                courses.taken[k] -= 1
            else:
                people.employer[i] = -1
        else:
            regions.taken[region, m] += 1.0
    courses.broken[:] = 0


def _most_courses(contracts: Contracts, seats: float) -> int:
    """Most courses that any region can have running on its contracts."""
    lots = np.where((contracts.state > 0) & (contracts.lot < LOT_SE_IN_HOUSE), contracts.places, 0.0)
    return int(np.bincount(contracts.region, np.ceil(lots / seats) + 1.0).max())


def run_courses(model: Any) -> None:
    """A week of courses: teaching and its end, instructors who leave, new courses, seats filled from the queue."""
    p, stream, week = model.world.courses, model.stream, model.clock
    people, offices = model.jobseekers.view(Participants), model.offices.view(Offices)
    regions, contracts = model.regions.view(Regions), model.contracts.view(Contracts)
    most = _most_courses(contracts, p.seats)
    model.make_room(model.courses, most)
    pool = int(model.world.institutions.instructors_per_1000 * model.region_size / 1000.0) + 1
    model.make_room(model.instructors, N_DEPLOYED * most + pool)
    courses, instructors = model.courses.view(Courses), model.instructors.view(Instructors)
    providers = model.providers.view(Providers)
    rows = model.instructors.rows
    _learn(p, people, courses, contracts, instructors, providers, regions, offices, np.empty(len(courses.state)))
    employed, left = _instructors(
        p,
        model.world.institutions,
        courses,
        contracts,
        instructors,
        rows,
        np.zeros(model.n_regions, np.int64),
        model.region_size,
        stream,
        week,
    )
    model.count("instructors", employed)
    model.count("instructors_left", left)
    n = len(courses.state)
    running, ended = np.zeros(len(contracts.state)), np.empty(n, np.int64)
    _run_courses(p, courses, model.courses.rows, contracts, instructors, rows, running, ended, stream, week)
    _fill_seats(
        p,
        people,
        courses,
        contracts,
        regions,
        offices,
        model.supervisors.view(Team),
        model.employers.view(Hosts),
        model.employers.stride,
        np.empty(N_MEASURES, np.int64),
        np.empty(N_MEASURES, np.int64),
        np.full(n, -1),
        np.empty(len(people.state), np.int64),
        stream,
        week,
    )
