"""Seats: who gets a place on a measure, who does not take it, and who leaves (T12, T14, J9).

Seats go to who has waited longest, with the lower id where two have waited as long. Where several suppliers are
approved, whoever takes a seat may choose among them, by what is told of each. Each week some leave who neither want the
course nor trust the house; like a place declined, that may cost the benefit (J9).
"""

from __future__ import annotations

import math

from sim.agents.jobseeker import (
    AFT,
    JOB_SEARCH_COURSE,
    KVP,
    NO_MEASURE,
    ON_MEASURE,
    SOCIAL_ASSISTANCE,
    VOCATIONAL_COURSE,
)
from sim.compiled import compiled, rule
from sim.processes.contact import cut_benefit
from sim.streams import LEAVING, TAKE_UP, draw4


@rule
def takes_seat(p, motivation, trust, weeks_waited):
    """Chance that an offered place is taken: motivation, trust, and what the wait has worn away (J9, T12)."""
    return min(1.0, p.take_up * (0.5 + 0.5 * motivation) * math.exp(-p.wait_wear * weeks_waited) + 0.2 * trust)


@rule
def leaving_chance(p, motivation, trust):
    """J9: weekly chance of leaving a measure early, for no job: at the yearly rate where both are at a half."""
    return p.leave_year / 52.0 * 4.0 * (1.0 - motivation) * (1.0 - trust)


@compiled
def leaves_early(p, contact, people, i, gaze, stream, week):
    """Whether person i leaves the measure this week, and whether the benefit is cut for it (J9). Returns both."""
    u = draw4(stream, LEAVING, people.id[i], week, people.measure[i])
    if u[0] >= leaving_chance(p, people.motivation[i], people.trust[i]):
        return False, False
    return True, cut_benefit(contact, people, i, gaze, u[1])


@rule
def choice_weight(pull, choice, experience):
    """Weight of a supplier in the draw of a person who chooses: by what past participants tell of it (T14)."""
    return math.exp(pull * choice * experience)


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
def _take_seat(people, i, measure, course, provider, weeks, regions, region):
    """A person leaves the queue for a place."""
    people.state[i] = ON_MEASURE
    people.measure[i] = measure
    people.course[i] = course
    people.measure_weeks[i] = weeks
    people.measures_taken[i] += 1
    people.last_provider[i] = provider
    people.motivation_before[i] = people.motivation[i]
    people.trust_before[i] = people.trust[i]
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
def _supplier_chosen(pull, choice, contracts, providers, region, lot, u):
    """The contract of the supplier that a person would choose, full or not; the choice is counted (T14)."""
    total, last = 0.0, -1
    for c in range(contracts.state.size):
        if contracts.state[c] and contracts.region[c] == region and contracts.lot[c] == lot:
            total += choice_weight(pull, choice, providers.experience[contracts.provider[c]])
            last = c
    for c in range(last + 1):
        if contracts.state[c] and contracts.region[c] == region and contracts.lot[c] == lot:
            u -= choice_weight(pull, choice, providers.experience[contracts.provider[c]]) / total
            if u <= 0.0:
                last = c
                break
    contracts.chosen[last] += 1.0
    return last


@compiled
def _course_chosen(pull, choice, courses, contracts, providers, first, following, supplier, u):
    """The course taken: one of the supplier's with a free seat, else another's, by the same choice (T14)."""
    total, k, last = 0.0, first, -1
    while k >= 0:
        if courses.taken[k] < courses.seats[k]:
            if courses.contract[k] == supplier:
                return k
            total += choice_weight(pull, choice, providers.experience[contracts.provider[courses.contract[k]]])
            last = k
        k = following[k]
    k = first
    while k >= 0:
        if courses.taken[k] < courses.seats[k]:
            u -= choice_weight(pull, choice, providers.experience[contracts.provider[courses.contract[k]]]) / total
            if u <= 0.0:
                return k
        k = following[k]
    return last


@compiled
def fill_seats(
    p,
    contact,
    pull,
    people,
    courses,
    contracts,
    providers,
    regions,
    offices,
    team,
    levers,
    free,
    first,
    following,
    queue,
    stream,
    week,
):
    """Free seats go to those who have waited longest; some do not take them, and may be sanctioned for it.

    Under clients' choice a person chooses a supplier, and gets a seat there if one is free (T14). Returns the number
    who declined, and of benefits cut for it.
    """
    declined = cut = 0
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
        for m in (JOB_SEARCH_COURSE, VOCATIONAL_COURSE, AFT):
            if free[m] == 0:
                continue
            n = 0
            for place in range(people.first[region], people.first[region + 1]):
                i = people.registered[place]
                if people.queue[i] == m:
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
                    declined += 1
                    if s >= 0 and cut_benefit(contact, people, i, team.gaze[s], u[1]):
                        cut += 1
                    continue
                choice, seat = levers.courses_client_choice[region], k
                if choice > 0.0 and contracts.approved[courses.contract[k]]:
                    supplier = _supplier_chosen(pull, choice, contracts, providers, region, m, u[2])
                    seat = _course_chosen(pull, choice, courses, contracts, providers, k, following, supplier, u[3])
                weeks = int(p.weeks_aft) if m == AFT else courses.weeks_left[seat]
                _take_seat(people, i, m, seat, contracts.provider[courses.contract[seat]], weeks, regions, region)
                courses.taken[seat] += 1
                free[m] -= 1
                while k >= 0 and courses.taken[k] >= courses.seats[k]:
                    k = following[k]
                regions.waiting[region, m] -= 1.0
    return declined, cut
