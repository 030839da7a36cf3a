"""Search: how hard people look, what they apply for, how employers rank them (J1, J3, J6, J8, J13, E2, E3).

Effort is the will to search, in the hours that life and measures leave:

    effort = motivation * (0.4 + 0.6 self-efficacy) * hours left by care, health and worries * lock-in * benefit

(lock-in: I112; benefit: elasticity I93, and more effort as its end comes near: I92). A look is at one position of the
region drawn from a fixed list, so that one vacancy or person more does not reshuffle the rest; if a vacancy is open
there, the person hears of it, and the job is acceptable, the person applies; some employers would cut a post to the
hours that the person can work (J8). Employers rank applicants by what they can see:

    score = skill fit + language fit + health fit + know-how + network - gap(weeks) - mental gap(weeks)
            - visible limits + reference + subsidy + noise

with the CV-gap penalties rising to month eight and flat after (V40, J6). Somebody who has a job lined up looks no more.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from sim.agents.employer import OPEN
from sim.agents.jobseeker import (
    AAP,
    AFT,
    EDUCATION,
    FOLLOW_UP,
    JOB_SEARCH_COURSE,
    JOB_WITH_BENEFIT,
    KVP,
    ON_MEASURE,
    SUBSIDISED_JOB,
    UNEMPLOYED,
    UNEMPLOYMENT_BENEFIT,
    VOCATIONAL_COURSE,
    WORK_TRAINING,
)
from sim.columns import listed
from sim.compiled import compiled, rule
from sim.processes.employer_relations import USUAL_RATE
from sim.processes.money import weekly_benefit
from sim.streams import APPLY, FEWER_HOURS, LOOK, TRAVEL, draw4, draw_each, normal, pair4, vacancy_id, whole
from sim.turns import Some


class Seekers(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    office: np.ndarray
    reduced: np.ndarray
    skill: np.ndarray
    language: np.ndarray
    health: np.ndarray
    care: np.ndarray
    worries: np.ndarray
    know_how: np.ndarray
    network: np.ndarray
    capacity: np.ndarray
    wish: np.ndarray
    mental_gap: np.ndarray
    motivation: np.ndarray
    efficacy: np.ndarray
    benefit: np.ndarray
    benefit_weeks: np.ndarray
    prior_wage: np.ndarray
    sanction_weeks: np.ndarray
    measure: np.ndarray
    subsidy_offer: np.ndarray
    weeks_jobless: np.ndarray
    weeks_registered: np.ndarray
    rejections: np.ndarray
    hours: np.ndarray
    signed: np.ndarray
    shown: np.ndarray
    reference: np.ndarray
    registered: np.ndarray


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
    hidden: np.ndarray
    best_score: np.ndarray
    best_person: np.ndarray
    applicants: np.ndarray


class Employers(NamedTuple):
    id: np.ndarray
    sector: np.ndarray
    openness: np.ndarray


class Offices(NamedTuple):
    id: np.ndarray
    region: np.ndarray


class Levers(NamedTuple):
    subsidy_rate_first: np.ndarray
    subsidy_rate_later: np.ndarray


USUAL_REPLACEMENT = 0.624  # of earlier wages, for which the drag of a benefit is given: unemployment benefit (I61)


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
    if measure == EDUCATION:
        return p.lock_in_education
    return 1.0


@rule
def will_to_search(p, motivation, efficacy):
    """J1: motivation held up by self-efficacy drives the search; without ``will`` everybody's is the usual."""
    return (1.0 - p.will) * p.typical_will + p.will * motivation * (0.4 + 0.6 * efficacy)


@rule
def hours_left(p, care, health, worries):
    """J3: share of the week that life's appointments leave to search; barriers multiply."""
    return (1.0 - p.hours_care * care) * (1.0 - p.hours_health * (1.0 - health)) * (1.0 - p.hours_worries * worries)


@rule
def replacement(money, benefit, prior_wage, sanctioned):
    """Benefit as a share of the earlier wage."""
    return weekly_benefit(money, benefit, prior_wage, 0.0, sanctioned) * 52.0 / max(1.0, prior_wage)


@rule
def end_of_benefit(p, exits, benefit, benefit_weeks):
    """How near the end of the benefit is felt to be, from 0 to 1 on its last day (I92); everybody knows the rules."""
    if benefit == UNEMPLOYMENT_BENEFIT:
        left = exits.unemployment_benefit_weeks - benefit_weeks
    elif benefit == AAP:
        left = exits.aap_weeks - benefit_weeks
    else:
        return 0.0
    return math.exp(-max(0.0, left) / p.end_weeks)


@rule
def search_effort(p, will, hours, replaced, ending):
    """Search effort on 0-1 before lock-in: will, hours, and less of it the more the benefit replaces (I93)."""
    return will * hours * max(0.0, 1.0 - p.benefit_drag * replaced / USUAL_REPLACEMENT) * (1.0 + p.end_effort * ending)


@rule
def clings(skill, know_how):
    """J13: how much somebody qualified holds on to papers for want of search know-how, on 0-1."""
    return skill * (1.0 - know_how)


@rule
def gap_seen(p, weeks):
    """How much of a gap weeks without work make, 0-1: from gap_onset, whole at gap_weeks, flat after (V40, I95)."""
    if weeks < p.gap_onset:
        return 0.0
    return 1.0 if weeks >= p.gap_weeks else (weeks - p.gap_onset) / max(1e-9, p.gap_weeks - p.gap_onset)


@rule
def gap_penalty(p, weeks):
    """Loss of score from weeks without work (V40, I95)."""
    return p.gap * gap_seen(p, weeks)


@rule
def relative_tightness(p, tightness):
    """Vacancies per fully unemployed person of a region over the usual ones (I80), bounded at 1/4 and 4 times."""
    return min(4.0, max(0.25, tightness / p.usual_tightness))


@rule
def read_into_gap(p, tightness):
    """How much employers read into a gap: more where jobs are plenty, as a gap then says more (Kroft et al. 2013).

    ``tightness``: vacancies per fully unemployed person of the region. 1 at the usual tightness (I80).
    """
    return math.exp(p.gap_tightness * math.log(relative_tightness(p, tightness)))


@rule
def distance(stream, office, employer):
    """How far an employer is from the people of an office, on 0-1: drawn once for the pair."""
    return pair4(stream, TRAVEL, office, employer, 0)[0]


@rule
def within_reach(p, far, care, health):
    """J8: children to be fetched and bad health shorten the way to work."""
    return far <= 1.0 - p.travel * (0.5 * care + 0.5 * (1.0 - health))


@rule
def hears_of(p, hidden, network, u):
    """E2: everybody sees an advert; a shared post is heard of through people one knows."""
    return hidden == 0 or u < p.hidden_reach * network


@rule
def agrees_to_fewer_hours(p, openness, u):
    """J8: whether an employer would cut a post to the hours that an applicant can work; the open ones rather would."""
    return u < p.fewer_hours * (0.5 + openness)


@rule
def can_work(p, capacity, care, job_hours, job_shift):
    """J8: hours one cannot work and shifts with children are out."""
    return job_hours <= capacity + p.hours_slack and not (job_shift == 1 and care > p.shift_care)


@rule
def acceptable(p, capacity, care, wish, job_hours, job_shift, sector, weeks, holds_on, u):
    """J8, J13: hours one cannot work and shifts with children are out; outside the wish, only as weeks pass.

    Who holds on to papers never opens up to all of it.
    """
    if not can_work(p, capacity, care, job_hours, job_shift):
        return False
    if sector == wish:
        return True
    opened = p.widen + (1.0 - p.widen) * (1.0 - math.exp(-weeks / p.widen_weeks))
    return u < opened * max(0.0, 1.0 - p.papers * holds_on)


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
    read,
    reference,
    asked,
    asked_language,
    strain,
):
    """What an employer can see of an applicant, in standard deviations of the outside applicants (assumed weights)."""
    score = p.skill * (skill - asked) + p.language * min(0.0, language - asked_language)
    score += p.health * min(0.0, health - strain) + p.know_how * (know_how - 0.5) + p.network * (network - 0.5)
    score += p.reference * reference - read * gap_penalty(p, weeks)
    if mental_gap:
        score -= p.mental_gap * gap_seen(p, weeks)  # a reason for a gap, where there is one (J6)
    if reduced:
        score -= p.visible_limits * (1.0 - capacity)
    return score


@rule
def _look(u, more, base, per_region, n):
    """The position at which look n is."""
    return base + int((u[n + 1] if n < 3 else more[n - 3]) * per_region)


@compiled
def _seen_before(u, more, base, per_region, n, v):
    """Whether one of the looks before look n was at the same position."""
    for m in range(n):
        if _look(u, more, base, per_region, m) == v:
            return True
    return False


@compiled
def _apply(
    p,
    exits,
    money,
    people,
    positions,
    employers,
    offices,
    per_region,
    read,
    unemployed,
    subsidy_value,
    some,
    stream,
    week,
):
    """One pass over the people: looks, applications, and the best applicant of each vacancy. Returns applications.

    ``read``: how much the employers of each region read into a gap; ``unemployed`` gets its fully unemployed people.
    """
    positions.best_score[:] = -1e9
    positions.best_person[:] = -1
    positions.applicants[:] = 0
    applications = n_seekers = 0
    for i in listed(people.registered):
        state = people.state[i]
        if state > JOB_WITH_BENEFIT:
            continue  # placed in a job earlier this week
        if state == UNEMPLOYED and people.reduced[i] == 0:
            unemployed[offices.region[people.office[i]]] += 1
        if people.signed[i] < 0:
            some.rows[n_seekers] = i
            some.ids[n_seekers] = people.id[i]
            n_seekers += 1
    draw_each(stream, LOOK, some.ids, n_seekers, week, some.uniforms)
    for k in range(n_seekers):
        i = some.rows[k]
        state = people.state[i]
        benefit = people.benefit[i]
        effort = search_effort(
            p,
            will_to_search(p, people.motivation[i], people.efficacy[i]),
            hours_left(p, people.care[i], people.health[i], people.worries[i]),
            replacement(money, benefit, people.prior_wage[i], people.sanction_weeks[i] > 0),
            end_of_benefit(p, exits, benefit, people.benefit_weeks[i]),
        ) * lock_in(p, state, people.measure[i])
        u = some.uniforms[0, k], some.uniforms[1, k], some.uniforms[2, k], some.uniforms[3, k]
        looks = min(7, whole(p.looks * effort, u[0]))
        if looks == 0 and people.shown[i] < 0:
            continue
        more = draw4(stream, LOOK, people.id[i], week, 1) if looks > 3 else u
        office = people.office[i]
        region = offices.region[office]
        base = region * per_region
        holds_on = clings(people.skill[i], people.know_how[i])
        for n in range(-1, looks):
            if n < 0:  # what the supervisor has pointed out, and the person has agreed to apply for (V9)
                v = people.shown[i]
            else:
                v = _look(u, more, base, per_region, n)
            if v < 0 or (n >= 0 and v == people.shown[i]):
                continue
            if positions.state[v] != OPEN or _seen_before(u, more, base, per_region, n, v):
                continue
            hours = positions.hours[v]
            if hours > people.capacity[i] + p.hours_slack:
                vacancy = vacancy_id(positions.id[v], positions.opened[v])
                w = pair4(stream, FEWER_HOURS, people.id[i], vacancy, 0)
                if agrees_to_fewer_hours(p, employers.openness[positions.employer[v]], w[0]):
                    hours = people.capacity[i]
            # What needs no draw is asked first.
            if n >= 0 and not can_work(p, people.capacity[i], people.care[i], hours, positions.shift[v]):
                continue
            if state == JOB_WITH_BENEFIT and hours <= people.hours[i]:
                continue
            employer = positions.employer[v]
            noise = pair4(stream, APPLY, people.id[i], vacancy_id(positions.id[v], positions.opened[v]), week)
            if n >= 0 and not (
                hears_of(p, positions.hidden[v], people.network[i], noise[3])
                and acceptable(
                    p,
                    people.capacity[i],
                    people.care[i],
                    people.wish[i],
                    hours,
                    positions.shift[v],
                    employers.sector[employer],
                    people.weeks_registered[i],
                    holds_on,
                    noise[0],
                )
                and within_reach(
                    p,
                    distance(stream, offices.id[office], employers.id[employer]),
                    people.care[i],
                    people.health[i],
                )
            ):
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
                read[region],
                people.reference[i],
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
    levers, p, tightness = model.levers(Levers), model.world.search, model.regions["tightness"]
    unemployed, vacancies = (
        model.scratch("unemployed", model.n_regions),
        model.positions["state"].reshape(model.n_regions, -1) == OPEN,
    )
    applications = _apply(
        p,
        model.world.exits,
        model.world.money,
        model.jobseekers.view(Seekers),
        model.positions.view(Positions),
        model.employers.view(Employers),
        model.offices.view(Offices),
        model.positions.stride,
        np.array([read_into_gap(p, of_region) for of_region in tightness]),
        unemployed,
        model.world.hiring.subsidy_score * 0.5 * (levers.subsidy_rate_first + levers.subsidy_rate_later) / USUAL_RATE,
        model.jobseekers.view(Some),
        model.stream,
        model.clock,
    )
    tightness[:] = np.count_nonzero(vacancies, axis=1) / np.maximum(1.0, unemployed)
    model.count("applications", applications)
