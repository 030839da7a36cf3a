"""Benefits run, change and end; people leave for a disability pension, or leave the labour force (J5, J11).

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
    ASKED_EVERY,
    DISABILITY_PENSION,
    EDUCATION,
    JOB,
    JOB_WITH_BENEFIT,
    KVP,
    NO_BENEFIT,
    NO_MEASURE,
    ON_MEASURE,
    OUT_OF_LABOUR_FORCE,
    PENSION,
    SOCIAL_ASSISTANCE,
    UNEMPLOYED,
    UNEMPLOYMENT_BENEFIT,
)
from sim.columns import listed
from sim.compiled import compiled, rule
from sim.processes.hiring import leave_job, let_go_of_job, stays_registered
from sim.processes.seats import leave_measure
from sim.streams import BENEFIT, EXIT, MENTAL_GAP, draw, draw_each
from sim.turns import Some


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
    capacity_before: np.ndarray
    mental_gap: np.ndarray
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
    signed: np.ndarray
    starts_in: np.ndarray
    employer: np.ndarray
    hours: np.ndarray
    tenure: np.ndarray
    permanent: np.ndarray
    subsidy_weeks: np.ndarray
    mentor: np.ndarray
    mentor_weeks: np.ndarray
    trouble: np.ndarray
    settled: np.ndarray
    brokered: np.ndarray
    broker: np.ndarray
    trade: np.ndarray
    known: np.ndarray


class Positions(NamedTuple):
    state: np.ndarray


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


@rule
def most_pension(p):
    """No weekly hazard of a pension is above this: whose draw lies above is not asked further."""
    return p.pension_year / 52.0 * math.exp(max(0.0, p.pension_health) + max(0.0, -p.pension_motivation))


@rule
def most_leaving(p):
    """No weekly hazard of leaving the labour force is above this."""
    h = (
        max(p.leave_year, p.leave_year_reduced)
        / 52.0
        * math.exp(0.5 * abs(p.leave_motivation) + 0.5 * abs(p.leave_trust))
    )
    return h * max(1.0, p.leave_no_benefit) * max(1.0, p.leave_sanction)


@rule
def reviewed(p, benefit_weeks, health):
    """J5: whether a review of AAP finds the capacity back that a health shock took."""
    return benefit_weeks % int(p.review_weeks) == 0 and health >= p.aap_back


@compiled
def leave_register(people, i, state):
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
def _week_of_benefits(p, hiring, mental_gap, people, positions, some, stream, week):
    """Benefits age and end, people exit. ``mental_gap``: share of gaps known to be for mental health, of the ill.

    Returns pensions, people out of the labour force, of both: from SE, people moved to AAP, people back from it.
    """
    pensions = out = discharged = moved = back = n = 0
    may_retire, may_leave = most_pension(p), most_leaving(p)
    for i in listed(people.known):
        state = people.state[i]
        old = people.age[i] >= p.retirement_age
        outside = state == OUT_OF_LABOUR_FORCE and not old and people.weeks_left[i] % ASKED_EVERY == 0
        if state <= JOB_WITH_BENEFIT or outside:
            some.rows[n] = i
            some.ids[n] = people.id[i]
            n += 1
        elif state == JOB and old and people.trade[i] < 0:
            discharged += people.step[i] > 0
            leave_register(people, i, OUT_OF_LABOUR_FORCE)
            people.benefit[i] = NO_BENEFIT
    draw_each(stream, EXIT, some.ids, n, week, some.uniforms)
    for k in range(n):
        i, u = some.rows[k], (some.uniforms[0, k], some.uniforms[1, k])
        state = people.state[i]
        if state > JOB_WITH_BENEFIT:
            if some.uniforms[3, k] < p.return_year * ASKED_EVERY / 52.0:  # back to the register after a time outside
                people.state[i] = UNEMPLOYED
                people.weeks_registered[i] = 0
                people.weeks_left[i] = 0
            continue
        old = people.age[i] >= p.retirement_age
        people.weeks_registered[i] += 1
        people.benefit_weeks[i] += 1
        if people.sanction_weeks[i] > 0:
            people.sanction_weeks[i] -= 1
        benefit = people.benefit[i]
        over = (benefit == UNEMPLOYMENT_BENEFIT and people.benefit_weeks[i] >= p.unemployment_benefit_weeks) or (
            benefit == AAP and people.benefit_weeks[i] >= p.aap_weeks
        )
        if over and people.measure[i] != EDUCATION:  # education that NAV has granted carries its benefit to the end
            poor = draw(stream, BENEFIT, people.id[i], week) < p.social_after
            people.benefit[i] = SOCIAL_ASSISTANCE if poor else NO_BENEFIT
            people.benefit_weeks[i] = 0
            if state == JOB_WITH_BENEFIT and not stays_registered(hiring, people.hours[i], people.benefit[i]):
                people.state[i] = JOB
                people.weeks_left[i] = 0
                continue
        tried = people.measure[i] == KVP  # work capacity is still being tried out; the team clears a case (K5)
        assessed = people.health[i] < p.aap_health and people.weeks_registered[i] > 8 and not tried
        if people.reduced[i] == 0 and assessed:
            people.reduced[i] = 1  # capacity is assessed, and the person moves to AAP (J5)
            people.benefit[i] = AAP
            people.benefit_weeks[i] = 0
            people.capacity_before[i] = people.capacity[i]
            people.capacity[i] = min(people.capacity[i], 0.3 + people.health[i])
            if draw(stream, MENTAL_GAP, people.id[i], week) < mental_gap:  # what the gap is for, from now on (J6)
                people.mental_gap[i] = 1
            moved += 1
        elif people.capacity_before[i] > 0.0 and people.benefit[i] == AAP and state == UNEMPLOYED:
            if reviewed(p, people.benefit_weeks[i], people.health[i]):
                people.reduced[i] = 0
                people.benefit[i] = UNEMPLOYMENT_BENEFIT
                people.benefit_weeks[i] = 0
                people.capacity[i] = people.capacity_before[i]
                people.capacity_before[i] = 0.0
                back += 1
        retires = people.reduced[i] and not tried and u[0] < may_retire
        if retires and u[0] < pension_hazard(
            p, people.health[i], people.motivation[i], people.weeks_registered[i], people.mapped[i]
        ):
            pensions += 1
            discharged += people.step[i] > 0
            let_go_of_job(people, i, positions)
            leave_register(people, i, DISABILITY_PENSION)
            people.benefit[i] = PENSION
            continue
        leaves = old and (people.trade[i] < 0 or state <= ON_MEASURE)
        if state <= ON_MEASURE:
            leaves = leaves or people.gives_up[i] > 0
            if u[1] < may_leave:
                sanctioned = people.sanction_weeks[i] > 0
                hazard = leaving_hazard(
                    p, people.motivation[i], people.trust[i], people.benefit[i], sanctioned, people.reduced[i]
                )
                leaves = leaves or u[1] < hazard
        if leaves:
            out += 1
            discharged += people.step[i] > 0
            let_go_of_job(people, i, positions)
            leave_register(people, i, OUT_OF_LABOUR_FORCE)
            people.benefit[i] = NO_BENEFIT
    return pensions, out, discharged, moved, back


def run_benefits(model: Any) -> None:
    """A week of benefits: they age and end, and some people leave the register."""
    people, positions = model.jobseekers.view(People), model.positions.view(Positions)
    world = model.world
    pensions, out, discharged, moved, back = _week_of_benefits(
        world.exits,
        world.hiring,
        world.people.mental_gap_reduced,
        people,
        positions,
        model.jobseekers.view(Some),
        model.stream,
        model.clock,
    )
    model.count("pensions", pensions)
    model.count("left_labour_force", out)
    model.count("discharged", discharged)
    model.count("moved_to_aap", moved)
    model.count("back_from_aap", back)
