"""Search: how hard people look, what they apply for, how employers rank them (J1, J3, J6, J8, J13, E3).

Effort is motivation, held up by self-efficacy, in the hours that care, health and measures leave:

    effort = motivation * (0.4 + 0.6 self-efficacy) * (1 - care) * (0.5 + 0.5 health) * lock-in * benefit

(lock-in: I112; benefit: elasticity I93). A look is at one position of the region drawn from a fixed list, so that
one vacancy or person more does not reshuffle the rest; if a vacancy is open there and the job is acceptable, the
person applies. Employers rank applicants by what they can see:

    score = skill fit + language fit + health fit + know-how + network - gap(weeks) - mental gap - visible limits
            + subsidy + noise

with the CV-gap penalty rising to month eight and flat after (V40, J6).
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from sim.agents.employer import OPEN
from sim.agents.jobseeker import (
    AFT,
    FOLLOW_UP,
    JOB_SEARCH_COURSE,
    JOB_WITH_BENEFIT,
    KVP,
    NO_BENEFIT,
    ON_MEASURE,
    SUBSIDISED_JOB,
    UNEMPLOYED,
    VOCATIONAL_COURSE,
    WORK_TRAINING,
)
from sim.compiled import compiled, rule
from sim.streams import APPLY, LOOK, draw4, normal, pair4, vacancy_id, whole


class Seekers(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    office: np.ndarray
    reduced: np.ndarray
    skill: np.ndarray
    language: np.ndarray
    health: np.ndarray
    care: np.ndarray
    know_how: np.ndarray
    network: np.ndarray
    capacity: np.ndarray
    wish: np.ndarray
    mental_gap: np.ndarray
    motivation: np.ndarray
    efficacy: np.ndarray
    benefit: np.ndarray
    measure: np.ndarray
    subsidy_offer: np.ndarray
    weeks_jobless: np.ndarray
    weeks_registered: np.ndarray
    rejections: np.ndarray
    hours: np.ndarray


class Positions(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    employer: np.ndarray
    opened: np.ndarray
    hours: np.ndarray
    requirement: np.ndarray
    language: np.ndarray
    strain: np.ndarray
    shift: np.ndarray
    best_score: np.ndarray
    best_person: np.ndarray
    applicants: np.ndarray


class Employers(NamedTuple):
    sector: np.ndarray
    openness: np.ndarray


class Offices(NamedTuple):
    region: np.ndarray


class Levers(NamedTuple):
    subsidy_rate_first: np.ndarray


HALF_THE_WAGE = 0.5  # the rate for which a subsidy's worth to an employer is given; it is in proportion (E4)


@rule
def lock_in(p, state, measure):
    """Share of search that goes on during a measure or a job (I112: 0.5 on a classroom course; others assumed)."""
    if state == SUBSIDISED_JOB:
        return p.lock_in_subsidised
    if state == JOB_WITH_BENEFIT:
        return p.lock_in_part_time
    if state != ON_MEASURE:
        return 1.0
    if measure in (JOB_SEARCH_COURSE, VOCATIONAL_COURSE):
        return p.lock_in_course
    if measure == AFT:
        return p.lock_in_aft
    if measure == WORK_TRAINING:
        return p.lock_in_training
    if measure == FOLLOW_UP:
        return p.lock_in_follow_up
    if measure == KVP:
        return p.lock_in_kvp
    return 1.0


@rule
def search_effort(p, motivation, efficacy, care, health, on_benefit):
    """Search effort on 0-1 before lock-in (J1, J3; I93 for the benefit)."""
    hours = (1.0 - care) * (0.5 + 0.5 * health)
    return motivation * (0.4 + 0.6 * efficacy) * hours * (1.0 - p.benefit_drag if on_benefit else 1.0)


@rule
def gap_penalty(p, weeks):
    """Loss of score from weeks without work: to its full size at gap_weeks, flat after (V40, I95)."""
    return p.gap * min(1.0, weeks / p.gap_weeks)


@rule
def acceptable(p, capacity, care, wish, job_hours, job_shift, sector, weeks, u):
    """J8, J13: hours one cannot work and shifts with children are out; outside the wish, only as weeks pass."""
    if job_hours > capacity + p.hours_slack:
        return False
    if job_shift == 1 and care > p.shift_care:
        return False
    return sector == wish or u < p.widen + (1.0 - p.widen) * (1.0 - math.exp(-weeks / p.widen_weeks))


@rule
def visible_score(
    p,
    skill,
    language,
    health,
    know_how,
    network,
    capacity,
    mental_gap,
    reduced,
    weeks,
    asked,
    asked_language,
    strain,
):
    """What an employer can see of an applicant, in standard deviations of the outside applicants (assumed weights)."""
    score = p.skill * (skill - asked) + p.language * min(0.0, language - asked_language)
    score += p.health * min(0.0, health - strain) + p.know_how * (know_how - 0.5) + p.network * (network - 0.5)
    score -= gap_penalty(p, weeks)
    if mental_gap:
        score -= p.mental_gap
    if reduced:
        score -= p.visible_limits * (1.0 - capacity)
    return score


@compiled
def _apply(p, people, positions, employers, offices, per_region, subsidy_value, stream, week):
    """One pass over the people: looks, applications, and the best applicant of each vacancy. Returns applications."""
    positions.best_score[:] = -1e9
    positions.best_person[:] = -1
    positions.applicants[:] = 0
    applications = 0
    for i in range(people.state.size):
        state = people.state[i]
        people.rejections[i] = 0
        if state < UNEMPLOYED or state > JOB_WITH_BENEFIT:
            continue
        on_benefit = people.benefit[i] != NO_BENEFIT
        effort = search_effort(
            p, people.motivation[i], people.efficacy[i], people.care[i], people.health[i], on_benefit
        ) * lock_in(p, state, people.measure[i])
        u = draw4(stream, LOOK, people.id[i], week, 0)
        looks = min(7, whole(p.looks * effort, u[0]))
        if looks == 0:
            continue
        more = draw4(stream, LOOK, people.id[i], week, 1) if looks > 3 else u
        region = offices.region[people.office[i]]
        base = region * per_region
        for n in range(looks):
            v = base + int((u[n + 1] if n < 3 else more[n - 3]) * per_region)
            if positions.state[v] != OPEN or positions.best_person[v] == i:
                continue
            employer = positions.employer[v]
            noise = pair4(stream, APPLY, people.id[i], vacancy_id(positions.id[v], positions.opened[v]), week)
            if not acceptable(
                p,
                people.capacity[i],
                people.care[i],
                people.wish[i],
                positions.hours[v],
                positions.shift[v],
                employers.sector[employer],
                people.weeks_registered[i],
                noise[0],
            ):
                continue
            if state == JOB_WITH_BENEFIT and positions.hours[v] <= people.hours[i]:
                continue
            score = visible_score(
                p,
                people.skill[i],
                people.language[i],
                people.health[i],
                people.know_how[i],
                people.network[i],
                people.capacity[i],
                people.mental_gap[i],
                people.reduced[i],
                people.weeks_jobless[i],
                positions.requirement[v],
                positions.language[v],
                positions.strain[v],
            )
            if people.subsidy_offer[i]:
                score += subsidy_value[region] * (0.5 + employers.openness[employer])
            score += p.noise * normal(noise[1], noise[2])
            applications += 1
            positions.applicants[v] += 1
            people.rejections[i] += 1
            if score > positions.best_score[v]:
                positions.best_score[v] = score
                positions.best_person[v] = i
    return applications


def apply_for_jobs(model: Any) -> None:
    """Everybody on the register who looks for work applies for what they find and accept."""
    applications = _apply(
        model.world.search,
        model.jobseekers.view(Seekers),
        model.positions.view(Positions),
        model.employers.view(Employers),
        model.offices.view(Offices),
        model.positions.stride,
        model.world.hiring.subsidy_score * model.levers(Levers).subsidy_rate_first / HALF_THE_WAGE,
        model.stream,
        model.clock,
    )
    model.count("applications", applications)
