"""Benefits run, change and end; people leave for a disability pension, or leave the labour force (J5, J11, K5).

Weekly hazard of a disability pension for someone with reduced work capacity:

    h = pension_year / 52 * exp(pension_health * (1 - health) - pension_motivation * motivation)
        * (1 - exp(-weeks registered / 104)) * (pension_unmapped + (1 - pension_unmapped) * mapped)

A pension needs a documented case: where nobody has time to map a person, the case is found later (J11, V9).
Leaving the labour force:

    h = leave_year / 52 * exp(-leave_motivation * (motivation - 1/2) - leave_trust * (trust - 1/2)) * (no benefit,
        a sanction: factors)
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from sim.agents.jobseeker import (
    AAP,
    DISABILITY_PENSION,
    JOB,
    JOB_WITH_BENEFIT,
    KVP,
    KVP_BENEFIT,
    NO_BENEFIT,
    NO_MEASURE,
    ON_MEASURE,
    OUT_OF_LABOUR_FORCE,
    PENSION,
    SOCIAL_ASSISTANCE,
    SUBSIDISED_JOB,
    UNEMPLOYED,
    UNEMPLOYMENT_BENEFIT,
)
from sim.compiled import compiled, rule
from sim.processes.courses import leave_measure, next_in_queue
from sim.processes.hiring import leave_job
from sim.streams import BENEFIT, EXIT, draw, draw4


class People(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    office: np.ndarray
    age: np.ndarray
    reduced: np.ndarray
    health: np.ndarray
    motivation: np.ndarray
    trust: np.ndarray
    gives_up: np.ndarray
    mapped: np.ndarray
    capacity: np.ndarray
    benefit: np.ndarray
    benefit_weeks: np.ndarray
    sanction_weeks: np.ndarray
    weeks_registered: np.ndarray
    weeks_left: np.ndarray
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
    handed_over: np.ndarray
    support: np.ndarray
    step_minutes: np.ndarray
    subsidy_offer: np.ndarray
    employer: np.ndarray
    hours: np.ndarray
    tenure: np.ndarray
    permanent: np.ndarray
    subsidy_weeks: np.ndarray
    mentor: np.ndarray
    brokered: np.ndarray
    broker: np.ndarray


class Regions(NamedTuple):
    places: np.ndarray
    taken: np.ndarray
    waiting: np.ndarray
    wait: np.ndarray


class Offices(NamedTuple):
    region: np.ndarray


@rule
def pension_hazard(p, health, motivation, weeks_registered, mapped):
    """Weekly hazard of a disability pension (I74; J11)."""
    worn = math.exp(p.pension_health * (1.0 - health) - p.pension_motivation * motivation)
    documented = p.pension_unmapped + (1.0 - p.pension_unmapped) * mapped
    return p.pension_year / 52.0 * worn * (1.0 - math.exp(-weeks_registered / 104.0)) * documented


@rule
def leaving_hazard(p, motivation, trust, benefit, sanctioned, reduced):
    """Weekly hazard of leaving the labour force and the register without a job."""
    h = (p.leave_year_reduced if reduced else p.leave_year) / 52.0
    h *= math.exp(-p.leave_motivation * (motivation - 0.5) - p.leave_trust * (trust - 0.5))
    if benefit == NO_BENEFIT:
        h *= p.leave_no_benefit
    return h * (p.leave_sanction if sanctioned else 1.0)


@compiled
def _leave_register(people, i, state):
    """Out of every queue, measure, service and job."""
    if people.measure[i]:
        leave_measure(people, i)
    people.state[i] = state
    people.queue[i] = NO_MEASURE
    people.queue_weeks[i] = 0
    people.specialist[i] = -1
    people.step[i] = 0
    people.support[i] = 0.0
    people.handed_over[i] = 0
    people.subsidy_offer[i] = 0
    people.step_minutes[i] = 0.0
    leave_job(people, i)
    people.weeks_left[i] = 0
    people.gives_up[i] = 0


@compiled
def _week_of_benefits(p, people, regions, offices, stream, week):
    """Benefits age and end, people exit. Returns (pensions, out of the labour force, of both: from SE)."""
    pensions = out = discharged = 0
    for i in range(people.state.size):
        state = people.state[i]
        if state == 0:
            continue
        if state > JOB_WITH_BENEFIT:
            if state == OUT_OF_LABOUR_FORCE and people.age[i] < p.retirement_age:
                u = draw4(stream, EXIT, people.id[i], week, 0)
                if u[3] < p.return_year / 52.0:  # back to the register after a time outside
                    people.state[i] = UNEMPLOYED
                    people.weeks_registered[i] = 0
                    people.weeks_left[i] = 0
            continue
        people.weeks_registered[i] += 1
        people.benefit_weeks[i] += 1
        if people.sanction_weeks[i] > 0:
            people.sanction_weeks[i] -= 1
        benefit = people.benefit[i]
        over = (benefit == UNEMPLOYMENT_BENEFIT and people.benefit_weeks[i] >= p.unemployment_benefit_weeks) or (
            benefit == AAP and people.benefit_weeks[i] >= p.aap_weeks
        )
        if over:
            poor = draw(stream, BENEFIT, people.id[i], week) < p.social_after
            people.benefit[i] = SOCIAL_ASSISTANCE if poor else NO_BENEFIT
            people.benefit_weeks[i] = 0
            if state == JOB_WITH_BENEFIT:  # nothing left to be registered for
                people.state[i] = JOB
                people.weeks_left[i] = 0
                continue
        assessed = people.health[i] < p.aap_health and people.weeks_registered[i] > 8 and people.measure[i] != KVP
        if people.reduced[i] == 0 and assessed:
            people.reduced[i] = 1  # capacity is assessed, and the person moves to AAP (J5)
            people.benefit[i] = AAP
            people.benefit_weeks[i] = 0
            people.capacity[i] = min(people.capacity[i], 0.3 + people.health[i])
        u = draw4(stream, EXIT, people.id[i], week, 0)
        if people.reduced[i] and u[0] < pension_hazard(
            p, people.health[i], people.motivation[i], people.weeks_registered[i], people.mapped[i]
        ):
            pensions += 1
            discharged += people.step[i] > 0
            _leave_register(people, i, DISABILITY_PENSION)
            people.benefit[i] = PENSION
            continue
        working = state in (SUBSIDISED_JOB, JOB_WITH_BENEFIT)
        if not working:
            sanctioned = people.sanction_weeks[i] > 0
            hazard = leaving_hazard(
                p, people.motivation[i], people.trust[i], people.benefit[i], sanctioned, people.reduced[i]
            )
            if u[1] < hazard or people.gives_up[i] or people.age[i] >= p.retirement_age:
                out += 1
                discharged += people.step[i] > 0
                _leave_register(people, i, OUT_OF_LABOUR_FORCE)
                people.benefit[i] = NO_BENEFIT
                continue
        if people.measure[i] == KVP:
            people.measure_weeks[i] -= 1
            if people.measure_weeks[i] <= 0 or working:
                leave_measure(people, i)
                if people.state[i] == ON_MEASURE:
                    people.state[i] = UNEMPLOYED
    return pensions, out, discharged


@compiled
def _kvp_intake(p, people, regions, offices, queue):
    """Free places in the Qualification Programme go to those on social assistance who have waited longest (K1)."""
    for region in range(regions.places.shape[0]):
        free = int(regions.places[region, KVP] - regions.taken[region, KVP])
        if free <= 0:
            continue
        n = 0
        for i in range(people.state.size):
            if people.queue[i] == KVP and offices.region[people.office[i]] == region:
                queue[n] = i
                n += 1
        while free > 0:
            q = next_in_queue(people, queue, n)
            if q < 0:
                break
            i = queue[q]
            queue[q] = queue[n - 1]
            n -= 1
            people.state[i] = ON_MEASURE
            people.measure[i] = KVP
            people.measure_weeks[i] = int(p.kvp_weeks)
            people.measures_taken[i] += 1
            people.benefit[i] = KVP_BENEFIT
            people.benefit_weeks[i] = 0
            regions.taken[region, KVP] += 1.0
            regions.waiting[region, KVP] -= 1.0
            regions.wait[region, KVP] += 0.05 * (people.queue_weeks[i] - regions.wait[region, KVP])
            people.queue[i] = NO_MEASURE
            people.queue_weeks[i] = 0
            free -= 1


def run_benefits(model: Any) -> None:
    """A week of benefits: they age and end, some people leave the register, KVP takes people in."""
    people, regions = model.jobseekers.view(People), model.regions.view(Regions)
    offices, p = model.offices.view(Offices), model.world.exits
    pensions, out, discharged = _week_of_benefits(p, people, regions, offices, model.stream, model.clock)
    model.count("pensions", pensions)
    model.count("left_labour_force", out)
    model.count("discharged", discharged)
    _kvp_intake(p, people, regions, offices, np.empty(len(people.state), np.int64))
