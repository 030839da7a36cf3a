"""Employment: which jobs last, what a job teaches, what employers learn (E1, E4, E5, E7, E8, J4, J14).

Weekly hazard that a job ends:

    h = base / 52 * (1 + early * exp(-tenure / 13)) * exp(-fit * (match - 1/2) - follow-up * support - mentor)
        * (permanent factor)

with support the share of the needed follow-up that was really given this week (I103: with and without). When a
subsidy ends the employer decides anew. An early end of a job that NAV brought closes the door a little, half a year
in it opens it (E1).
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from sim.agents.jobseeker import (
    AAP,
    FIND_EMPLOYER,
    FOLLOW_UP,
    JOB,
    JOB_WITH_BENEFIT,
    ON_MEASURE,
    SUBSIDISED_JOB,
    UNEMPLOYED,
    UNEMPLOYMENT_BENEFIT,
)
from sim.agents.specialist import N_CONTACTS
from sim.compiled import compiled, rule
from sim.processes.brokering import learn_of
from sim.processes.hiring import leave_job, stays_registered
from sim.streams import SURVIVE, draw4


class Workers(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    reduced: np.ndarray
    language: np.ndarray
    health: np.ndarray
    capacity: np.ndarray
    motivation: np.ndarray
    efficacy: np.ndarray
    prior_wage: np.ndarray
    benefit: np.ndarray
    benefit_weeks: np.ndarray
    weeks_registered: np.ndarray
    weeks_jobless: np.ndarray
    weeks_left: np.ndarray
    weeks_unseen: np.ndarray
    measures_taken: np.ndarray
    last_provider: np.ndarray
    supervisor: np.ndarray
    mapped: np.ndarray
    measure: np.ndarray
    step: np.ndarray
    specialist: np.ndarray
    support: np.ndarray
    employer: np.ndarray
    match: np.ndarray
    hours: np.ndarray
    wage: np.ndarray
    tenure: np.ndarray
    permanent: np.ndarray
    subsidy_weeks: np.ndarray
    mentor: np.ndarray
    brokered: np.ndarray
    broker: np.ndarray


class Employers(NamedTuple):
    belief: np.ndarray
    evidence: np.ndarray
    openness: np.ndarray
    inclusion: np.ndarray


class Staff(NamedTuple):
    state: np.ndarray
    failed: np.ndarray
    contact: np.ndarray
    strength: np.ndarray


@rule
def separation_hazard(p, tenure, match, support, mentor, permanent):
    """Weekly hazard that a job ends (E7; I103, I104)."""
    early = 1.0 + p.early * math.exp(-tenure / 13.0)
    held = math.exp(-p.fit * (match - 0.5) - p.follow_up * support - (p.mentor if mentor else 0.0))
    return p.separation_year / 52.0 * early * held * (p.permanent_factor if permanent else 1.0)


@rule
def kept_after_subsidy(p, match, support):
    """Chance that the employer keeps the person when the subsidy ends (E4)."""
    return 1.0 / (1.0 + math.exp(-(p.keep_base + p.keep_match * (match - 0.5) + p.keep_support * support)))


@compiled
def _note(brokering, people, i, employers, staff, outcome):
    """A job that NAV brought is an experience for the employer and for the specialist who brought it."""
    if not (people.brokered[i] or people.subsidy_weeks[i] > 0):
        return
    j = people.employer[i]
    learn_of(brokering, employers, j, outcome)
    s = people.broker[i]
    if s >= 0:
        if outcome < 0.5:
            staff.failed[s] += 1.0
        for k in range(N_CONTACTS):
            if staff.contact[s, k] == j:
                if outcome < 0.5:
                    staff.strength[s, k] *= 0.5
                else:
                    staff.strength[s, k] += 0.3 * (1.0 - staff.strength[s, k])


@compiled
def lose_job(p, people, i):
    """A job has ended: back to the register, with the benefit that earlier work or health gives."""
    people.weeks_jobless[i] = 0
    if people.state[i] == JOB:
        people.weeks_registered[i] = 0
        people.weeks_unseen[i] = 0
        people.mapped[i] *= p.remembered
        people.measures_taken[i] = 1 if people.measure[i] else 0
        if people.tenure[i] >= p.benefit_work_weeks:  # work earns the benefit anew (I61); else the old one goes on
            people.benefit[i] = AAP if people.reduced[i] else UNEMPLOYMENT_BENEFIT
            people.benefit_weeks[i] = 0
        people.prior_wage[i] = max(people.prior_wage[i] * 0.98, people.wage[i] * 0.9)
    leave_job(people, i)
    people.weeks_left[i] = 0
    if people.step[i] > 0:
        people.state[i] = ON_MEASURE
        people.measure[i] = FOLLOW_UP
        people.step[i] = FIND_EMPLOYER
    else:
        people.state[i] = UNEMPLOYED


@compiled
def _week_at_work(p, hiring, brokering, people, employers, staff, stream, week):
    """Separations, subsidies that end, what a week's work does. Returns (jobs ended, back on the register)."""
    ended = returned = 0
    for i in range(people.state.size):
        state = people.state[i]
        if state == 0:
            continue
        if state < SUBSIDISED_JOB or state > JOB:
            people.weeks_jobless[i] += 1
            continue
        people.tenure[i] += 1
        u = draw4(stream, SURVIVE, people.id[i], week, 0)
        hazard = separation_hazard(
            p, people.tenure[i], people.match[i], people.support[i], people.mentor[i], people.permanent[i]
        )
        if u[0] < hazard:
            ended += 1
            if people.tenure[i] < 26:
                _note(brokering, people, i, employers, staff, 0.0)
            if people.state[i] == JOB and u[1] < (p.straight_on_reduced if people.reduced[i] else p.straight_on):
                hours = people.hours[i]
                leave_job(people, i)  # straight into another job, without NAV, at an employer NAV does not know
                people.hours[i] = hours
                people.match[i] = 0.5 * people.match[i] + 0.5 * u[2]
                continue
            returned += state == JOB
            lose_job(p, people, i)
            continue
        if people.tenure[i] == 26:
            _note(brokering, people, i, employers, staff, 1.0)
            if u[1] < p.permanent_later * people.match[i]:
                people.permanent[i] = 1
        if people.subsidy_weeks[i] > 0:
            people.subsidy_weeks[i] -= 1
            if people.subsidy_weeks[i] == 0:
                if u[2] < kept_after_subsidy(p, people.match[i], people.support[i]):
                    stays = stays_registered(hiring, people.hours[i], people.benefit[i])
                    people.state[i] = JOB_WITH_BENEFIT if stays else JOB
                    people.weeks_left[i] = 0
                    if u[3] < people.match[i]:
                        people.permanent[i] = 1
                else:
                    ended += 1
                    lose_job(p, people, i)
                    continue
        # Work among colleagues teaches the language, and mastery feeds back (J4, J12, J14).
        people.language[i] += p.language_week * (1.0 - people.language[i])
        mastery = p.mastery_week * (people.match[i] - p.mastery_match)
        people.efficacy[i] += mastery * (1.0 - people.efficacy[i]) if mastery > 0 else mastery * people.efficacy[i]
        if people.capacity[i] < 1.0:
            grown = p.capacity_week * people.match[i] * (0.5 + people.support[i])
            people.capacity[i] += (
                grown * (people.health[i] - people.capacity[i]) if (people.health[i] > people.capacity[i]) else 0.0
            )
            if people.state[i] == JOB_WITH_BENEFIT and people.hours[i] < people.capacity[i]:
                people.hours[i] = min(people.capacity[i], people.hours[i] + p.hours_week)
                if not stays_registered(hiring, people.hours[i], people.benefit[i]):
                    people.state[i] = JOB
                    people.weeks_left[i] = 0
    return ended, returned


def work_a_week(model: Any) -> None:
    """Jobs end or go on; employers learn; people learn and recover at work."""
    ended, returned = _week_at_work(
        model.world.employment,
        model.world.hiring,
        model.world.brokering,
        model.jobseekers.view(Workers),
        model.employers.view(Employers),
        model.specialists.view(Staff),
        model.stream,
        model.clock,
    )
    model.count("jobs_ended", ended)
    model.count("returned", returned)
