"""Ordinary education: years of school on a benefit, for those who want it (J13; patterns 13 and 14).

People without work apply before each term, the more the more motivated they are, the more there is to learn, and the
more they hold on to papers for want of search know-how (J13). NAV grants as many places as it has; whoever has waited
longest is taken in at the start of the term, the others may apply again. School takes two to three years in which
people hardly search; some leave early. What is learnt is a week's gain in skill like that of a course, only for long,
and whoever completes it has a fresh CV.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from sim.agents.jobseeker import AAP, EDUCATION, NO_MEASURE, ON_MEASURE, UNEMPLOYED, UNEMPLOYMENT_BENEFIT
from sim.columns import listed
from sim.compiled import compiled, rule
from sim.processes.courses import learnt
from sim.processes.search import clings
from sim.processes.seats import leave_measure, next_in_queue
from sim.streams import STUDY, draw, draw4


class Students(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    office: np.ndarray
    skill: np.ndarray
    know_how: np.ndarray
    motivation: np.ndarray
    benefit: np.ndarray
    benefit_weeks: np.ndarray
    weeks_jobless: np.ndarray
    measure: np.ndarray
    measure_weeks: np.ndarray
    measures_taken: np.ndarray
    course: np.ndarray
    queue: np.ndarray
    queue_weeks: np.ndarray
    last_measure: np.ndarray
    last_provider: np.ndarray
    weeks_since_measure: np.ndarray
    signed: np.ndarray
    registered: np.ndarray


class Regions(NamedTuple):
    places: np.ndarray
    taken: np.ndarray
    waiting: np.ndarray
    wait: np.ndarray


class Offices(NamedTuple):
    region: np.ndarray


@rule
def applies(p, skill, know_how, motivation):
    """Chance of applying in a week before the term: will, and skill to gain or papers to hold on to (J13)."""
    return min(1.0, p.apply_week * motivation * (1.0 - skill + p.papers * clings(skill, know_how)))


@rule
def leaves_school(p, motivation):
    """Weekly chance of leaving school early: it takes motivation to stay."""
    return p.leave_year / 52.0 * 2.0 * (1.0 - motivation)


@compiled
def _learn(p, courses, people, regions, offices, stream, week):
    """A week of school, the end of it, and those who leave. Returns (students, completed)."""
    students = completed = 0
    for i in listed(people.registered):
        if people.state[i] != ON_MEASURE or people.measure[i] != EDUCATION:
            continue
        students += 1
        people.skill[i] += learnt(courses, p.rate_skill, 1.0, people.motivation[i], people.skill[i])
        people.measure_weeks[i] -= 1
        done = people.measure_weeks[i] <= 0
        if done or draw(stream, STUDY, people.id[i], week) < leaves_school(p, people.motivation[i]):
            leave_measure(people, i)
            people.state[i] = UNEMPLOYED
            regions.taken[offices.region[people.office[i]], EDUCATION] -= 1.0
            if done:
                completed += 1
                people.weeks_jobless[i] = 0
    return students, completed


@compiled
def _apply(p, people, regions, offices, stream, week):
    """In the weeks before a term people on a benefit who are without work, queue or job in view apply."""
    for i in listed(people.registered):
        if people.state[i] != UNEMPLOYED or people.queue[i] or people.signed[i] >= 0:
            continue
        region = offices.region[people.office[i]]
        if regions.places[region, EDUCATION] < 1.0 or people.benefit[i] not in (AAP, UNEMPLOYMENT_BENEFIT):
            continue
        wants = applies(p, people.skill[i], people.know_how[i], people.motivation[i])
        if draw4(stream, STUDY, people.id[i], week, 1)[0] < wants:
            people.queue[i] = EDUCATION
            people.queue_weeks[i] = 0
            regions.waiting[region, EDUCATION] += 1.0


@compiled
def _admit(p, people, regions, offices, queue, stream, week):
    """The term begins: free places go to those who have waited longest, all others are turned down."""
    n = 0
    for i in listed(people.registered):
        if people.queue[i] == EDUCATION:
            queue[n] = i
            n += 1
    while True:
        q = next_in_queue(people, queue, n)
        if q < 0:
            break
        i = queue[q]
        queue[q] = queue[n - 1]
        n -= 1
        region = offices.region[people.office[i]]
        if regions.taken[region, EDUCATION] + 1.0 <= regions.places[region, EDUCATION]:
            people.state[i] = ON_MEASURE
            people.measure[i] = EDUCATION
            length = draw4(stream, STUDY, people.id[i], week, 2)[0]
            people.measure_weeks[i] = int(p.shortest_weeks + length * (p.longest_weeks - p.shortest_weeks))
            people.measures_taken[i] += 1
            people.last_provider[i] = -1
            regions.taken[region, EDUCATION] += 1.0
            waited = people.queue_weeks[i]
            regions.wait[region, EDUCATION] += 0.05 * (waited - regions.wait[region, EDUCATION])
        regions.waiting[region, EDUCATION] -= 1.0
        people.queue[i] = NO_MEASURE
        people.queue_weeks[i] = 0


def study(model: Any) -> None:
    """A week of ordinary education; applications before a term, admission when it begins."""
    p, stream, week = model.world.education, model.stream, model.clock
    people, regions = model.jobseekers.view(Students), model.regions.view(Regions)
    offices = model.offices.view(Offices)
    students, completed = _learn(p, model.world.courses, people, regions, offices, stream, week)
    model.count("in_education", students)
    model.count("completed_education", completed)
    to_term = -week % int(p.term_weeks)
    if to_term < p.apply_weeks:
        _apply(p, people, regions, offices, stream, week)
    if to_term == 0:
        _admit(p, people, regions, offices, model.jobseekers["rows"], stream, week)
