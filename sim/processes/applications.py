"""Applications: what people come upon, could do and want, and the best applicant of each vacancy (J1, J8, J13, E2).

The rules are those of ``sim/processes/search.py``. A batch of people takes each step together: draws of many are made
side by side, and what one step leaves is close at hand for the next.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from sim.agents.employer import OPEN
from sim.agents.jobseeker import JOB_WITH_BENEFIT, UNEMPLOYED
from sim.compiled import compiled
from sim.processes.employer_relations import USUAL_RATE
from sim.processes.search import (
    acceptable,
    agrees_to_fewer_hours,
    can_work,
    clings,
    distance,
    end_of_benefit,
    hears_of,
    hours_left,
    lock_in,
    read_into_gap,
    replacement,
    search_effort,
    visible_score,
    will_to_search,
    within_reach,
)
from sim.streams import (
    APPLY,
    FEWER_HOURS,
    LOOK,
    draw4,
    draw_each,
    draw_each_pair,
    normal,
    pair4,
    vacancy_id,
    whole,
)

MOST_LOOKS = 7  # of one person in one week: as many as two draws hold beside the one that rounds
TOGETHER = 512  # people whose applications are worked out side by side: what they need stays close at hand


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


class Batch(NamedTuple):
    """Room for the applications of ``TOGETHER`` people, worked out step by step."""

    seeker: np.ndarray  # (TOGETHER,) rows of people
    seeker_ids: np.ndarray
    person: np.ndarray  # (TOGETHER * (1 + MOST_LOOKS),) who, for which vacancy, in which hours
    vacancy: np.ndarray
    hours: np.ndarray
    ids: np.ndarray
    vacancy_ids: np.ndarray
    uniforms: np.ndarray  # (4, as many)


@compiled
def _list_seekers(people, batch, first, last, region_of, unemployed):
    """List those from place ``first`` to ``last`` of the register who look for work; returns their number.

    ``region_of``: region by office; ``unemployed`` gets its fully unemployed people by region.
    """
    n = 0
    for place in range(first, last):
        i = people.registered[place]
        state = people.state[i]
        if state > JOB_WITH_BENEFIT:
            continue  # placed in a job earlier this week
        if state == UNEMPLOYED and people.reduced[i] == 0:
            unemployed[region_of[people.office[i]]] += 1
        batch.seeker[n] = i
        batch.seeker_ids[n] = people.id[i]
        n += people.signed[i] < 0
    return n


@compiled
def _looks(p, exits, money, people, i, u):
    """At how many positions person i looks this week: a whole number whose mean is what the effort allows for."""
    benefit = people.benefit[i]
    effort = search_effort(
        p,
        will_to_search(p, people.motivation[i], people.efficacy[i]),
        hours_left(p, people.care[i], people.health[i], people.worries[i]),
        replacement(money, benefit, people.prior_wage[i], people.sanction_weeks[i] > 0),
        end_of_benefit(p, exits, benefit, people.benefit_weeks[i]),
    ) * lock_in(p, people.state[i], people.measure[i])
    return min(MOST_LOOKS, whole(p.looks * effort, u))


@compiled
def _find(p, exits, money, people, positions, batch, n, region_of, per_region, stream, week):
    """List the open vacancies that the first ``n`` seekers come upon; returns the number of finds.

    A find is written down before it is known to be one, and written over if it is none: asked first, the processor
    would guess wrong at every third position.
    """
    found = 0
    for k in range(n):
        i = batch.seeker[k]
        looks = _looks(p, exits, money, people, i, batch.uniforms[0, k])
        shown = people.shown[i]
        if shown >= 0:  # what the supervisor has pointed out, and the person has agreed to apply for (V9)
            batch.person[found], batch.vacancy[found] = i, shown
            found += positions.state[shown] == OPEN
        base = region_of[people.office[i]] * per_region
        for look in range(min(3, looks)):
            v = base + int(batch.uniforms[look + 1, k] * per_region)
            batch.person[found], batch.vacancy[found] = i, v
            found += (positions.state[v] == OPEN) & (v != shown)
        if looks > 3:
            more = draw4(stream, LOOK, people.id[i], week, 1)
            for look in range(looks - 3):
                v = base + int(more[look] * per_region)
                batch.person[found], batch.vacancy[found] = i, v
                found += (positions.state[v] == OPEN) & (v != shown)
    return found


@compiled
def _listed_before(batch, n, i, v):
    """Whether person i and vacancy v stand among the first ``n`` finds; those of one person follow one another."""
    m = n - 1
    while m >= 0 and batch.person[m] == i:
        if batch.vacancy[m] == v:
            return True
        m -= 1
    return False


@compiled
def _could_do(p, people, positions, employers, batch, found, stream):
    """Keep the finds whose hours and shifts the person can work, each once; returns their number."""
    n = 0
    for m in range(found):
        i, v = batch.person[m], batch.vacancy[m]
        hours, vacancy = positions.hours[v], vacancy_id(positions.id[v], positions.opened[v])
        if hours > people.capacity[i] + p.hours_slack:
            w = pair4(stream, FEWER_HOURS, people.id[i], vacancy, 0)
            if agrees_to_fewer_hours(p, employers.openness[positions.employer[v]], w[0]):
                hours = people.capacity[i]
        if people.state[i] == JOB_WITH_BENEFIT and hours <= people.hours[i]:
            continue
        if _listed_before(batch, n, i, v):
            continue
        batch.person[n], batch.vacancy[n], batch.hours[n] = i, v, hours
        batch.ids[n], batch.vacancy_ids[n] = people.id[i], vacancy
        n += v == people.shown[i] or can_work(p, people.capacity[i], people.care[i], hours, positions.shift[v])
    return n


@compiled
def _wants(p, stream, people, positions, employers, offices, i, v, hours, u, heard):
    """Whether person i hears of vacancy v and would have it. What takes least to find out is asked first."""
    employer = positions.employer[v]
    return (
        hears_of(p, positions.hidden[v], people.network[i], heard)
        and acceptable(
            p,
            people.capacity[i],
            people.care[i],
            people.wish[i],
            hours,
            positions.shift[v],
            employers.sector[employer],
            people.weeks_registered[i],
            clings(people.skill[i], people.know_how[i]),
            u,
        )
        and within_reach(
            p,
            distance(stream, offices.id[people.office[i]], employers.id[employer]),
            people.care[i],
            people.health[i],
        )
    )


@compiled
def _hand_in(p, people, positions, employers, offices, batch, n, read, subsidy_value, stream):
    """The first ``n`` finds become applications if the person wants the job; the best of each vacancy is noted.

    Returns the number of applications.
    """
    applications = 0
    for m in range(n):
        i, v = batch.person[m], batch.vacancy[m]
        u = batch.uniforms[0, m], batch.uniforms[1, m], batch.uniforms[2, m], batch.uniforms[3, m]
        if v != people.shown[i] and not _wants(
            p, stream, people, positions, employers, offices, i, v, batch.hours[m], u[0], u[3]
        ):
            continue
        region = offices.region[people.office[i]]
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
            score += subsidy_value[region] * (0.5 + employers.openness[positions.employer[v]])
        score += p.noise * normal(u[1], u[2])
        applications += 1
        positions.applicants[v] += 1
        people.rejections[i] += 1
        if score > positions.best_score[v]:
            positions.best_score[v] = score
            positions.best_person[v] = i
    return applications


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
    batch,
    stream,
    week,
):
    """Looks, applications, and the best applicant of each vacancy. Returns the number of applications.

    Some people at a time take each step together: their draws are made side by side, and what one step leaves is
    close at hand for the next. ``read``: how much the employers of each region read into a gap; ``unemployed`` gets
    the fully unemployed people of each region.
    """
    positions.best_score[:] = -1e9
    positions.best_person[:] = -1
    positions.applicants[:] = 0
    applications = 0
    places = 1 + people.registered[0]
    for first in range(1, places, TOGETHER):
        last = min(first + TOGETHER, places)
        n = _list_seekers(people, batch, first, last, offices.region, unemployed)
        draw_each(stream, LOOK, batch.seeker_ids, n, week, batch.uniforms)
        n = _find(p, exits, money, people, positions, batch, n, offices.region, per_region, stream, week)
        n = _could_do(p, people, positions, employers, batch, n, stream)
        draw_each_pair(stream, APPLY, batch.ids, batch.vacancy_ids, n, week, batch.uniforms)
        applications += _hand_in(p, people, positions, employers, offices, batch, n, read, subsidy_value, stream)
    return applications


def _batch(model: Any) -> Batch:
    """The room for a batch, the same every week."""
    most = TOGETHER * (1 + MOST_LOOKS)
    room = (TOGETHER, TOGETHER, most, most, most, most, most, (4, most))
    kinds = (np.int32, np.int64, np.int32, np.int32, np.float64, np.int64, np.int64, np.float64)
    return Batch(*(model.scratch(f"batch {name}", *of) for name, *of in zip(Batch._fields, room, kinds, strict=True)))


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
        _batch(model),
        model.stream,
        model.clock,
    )
    tightness[:] = np.count_nonzero(vacancies, axis=1) / np.maximum(1.0, unemployed)
    model.count("applications", applications)
