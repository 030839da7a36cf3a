"""Registration: people come to NAV, and those who left long ago are no longer followed.

A newcomer's traits are correlated through one common factor, the distance to work f ~ N(0, 1):

    logit(trait) = logit(mean of the group) + spread * (loading * f + sqrt(1 - loading^2) * e),  e ~ N(0, 1)

with the loading's sign per trait (skill falls with f, worries rise). Means by group are in
``configs/world/people.yaml``; no source gives the joint distribution for Norway, so its shape is assumed.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from sim.agents.jobseeker import (
    AAP,
    ASKED_EVERY,
    BENEFIT_NAMES,
    JOB_WITH_BENEFIT,
    N_MEASURES,
    NO_BENEFIT,
    SOCIAL_ASSISTANCE,
    UNEMPLOYED,
    UNEMPLOYMENT_BENEFIT,
)
from sim.columns import FREE_GROUP, FREE_ROW, Table, give_row, listed, take_row
from sim.compiled import compiled, rule
from sim.streams import BIRTH, INFLOW, TRAIT, TRAIT_MORE, draw4, normal, person_id, whole


class Newcomers(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    office: np.ndarray
    age: np.ndarray
    reduced: np.ndarray
    skill: np.ndarray
    language: np.ndarray
    health: np.ndarray
    care: np.ndarray
    worries: np.ndarray
    know_how: np.ndarray
    network: np.ndarray
    drive: np.ndarray
    capacity: np.ndarray
    wish: np.ndarray
    calling: np.ndarray
    mental_gap: np.ndarray
    motivation: np.ndarray
    efficacy: np.ndarray
    trust: np.ndarray
    wellbeing: np.ndarray
    benefit: np.ndarray
    prior_wage: np.ndarray
    weeks_jobless: np.ndarray


class Followed(NamedTuple):
    state: np.ndarray
    weeks_left: np.ndarray
    member: np.ndarray
    age: np.ndarray
    trade: np.ndarray
    known: np.ndarray


@rule
def trait(mean, direction, p, factor, e):
    """A trait on 0-1 from its group mean, the common factor and own noise (direction +1: rises with distance)."""
    own = math.sqrt(1.0 - p.loading * p.loading)
    z = math.log(mean / (1.0 - mean)) + p.spread * (direction * p.loading * factor + own * e)
    return 1.0 / (1.0 + math.exp(-z))


@rule
def first_wellbeing(health, worries):
    """Wellbeing that health and worries alone would give (J10; weights assumed)."""
    return 0.25 + 0.5 * health + 0.25 * (1.0 - worries)


@compiled
def draw_person(p, people, i, identity, office, reduced, stream):
    """Fill row i with a new person: everything is drawn from the permanent id."""
    a = draw4(stream, BIRTH, identity, 0, 0)
    b = draw4(stream, BIRTH, identity, 0, 1)
    c = draw4(stream, BIRTH, identity, 0, 2)
    people.id[i] = identity
    people.state[i] = UNEMPLOYED
    people.office[i] = office
    people.reduced[i] = reduced
    f = normal(a[0], a[1])
    t1 = draw4(stream, TRAIT, identity, 0, 0)
    t2 = draw4(stream, TRAIT, identity, 0, 1)
    t3 = draw4(stream, TRAIT, identity, 0, 2)
    t4 = draw4(stream, TRAIT, identity, 0, 3)
    t5 = draw4(stream, TRAIT_MORE, identity, 0, 0)
    r = reduced == 1
    people.skill[i] = trait(p.skill_reduced if r else p.skill, -1, p, f, normal(t1[0], t1[1]))
    people.language[i] = trait(p.language_reduced if r else p.language, -1, p, f, normal(t1[2], t1[3]))
    people.health[i] = trait(p.health_reduced if r else p.health, -1, p, f, normal(t2[0], t2[1]))
    people.care[i] = trait(p.care_reduced if r else p.care, 1, p, f, normal(t2[2], t2[3]))
    people.worries[i] = trait(p.worries_reduced if r else p.worries, 1, p, f, normal(t3[0], t3[1]))
    people.know_how[i] = trait(p.know_how_reduced if r else p.know_how, -1, p, f, normal(t3[2], t3[3]))
    people.network[i] = trait(p.network_reduced if r else p.network, -1, p, f, normal(t4[0], t4[1]))
    people.drive[i] = trait(p.drive_reduced if r else p.drive, -1, p, f, normal(t4[2], t4[3]))
    people.trust[i] = trait(p.trust_reduced if r else p.trust, -1, p, f, normal(t5[0], t5[1]))
    people.motivation[i] = people.drive[i]
    people.efficacy[i] = 0.5 * people.drive[i] + 0.5 * people.skill[i]
    people.wellbeing[i] = first_wellbeing(people.health[i], people.worries[i])
    capacity = p.capacity_floor + (1.0 - p.capacity_floor) * people.health[i] if r else 1.0
    people.capacity[i] = min(1.0, capacity) * (1.0 - p.capacity_care * people.care[i])
    youngest, oldest = (p.age_low_reduced, p.age_high) if r else (p.age_low, p.age_high)
    people.age[i] = youngest + (oldest - youngest) * math.sqrt(a[2] * a[3])  # hump-shaped, mean 44 % of the way
    people.calling[i] = int(6.0 * b[0])
    people.wish[i] = int(6.0 * b[1]) if b[2] < p.borrowed_wish else people.calling[i]
    people.mental_gap[i] = 1 if b[3] < (p.mental_gap_reduced if r else p.mental_gap) else 0
    people.prior_wage[i] = p.wage * (0.6 + 0.8 * people.skill[i])
    mean_gap = p.jobless_weeks_reduced if r else p.jobless_weeks
    people.weeks_jobless[i] = int(min(1000.0, -mean_gap * math.log(c[0])))
    if r:
        share_first, share_social = p.aap_reduced, p.social_reduced
        first = AAP
    else:
        share_first, share_social = p.unemployment_benefit, p.social
        first = UNEMPLOYMENT_BENEFIT
    if c[1] < share_first:
        people.benefit[i] = first
    elif c[1] < share_first + share_social:
        people.benefit[i] = SOCIAL_ASSISTANCE
    else:
        people.benefit[i] = NO_BENEFIT


@compiled
def _register(p, inflow, people, rows, offices, region_of, size, stream, week):
    """New people at every office, ordinary and with reduced work capacity."""
    for k in range(offices.size):
        office = offices[k]
        u = draw4(stream, INFLOW, office, week, 0)
        ordinary = whole(inflow.ordinary_per_1000 * size / 1000.0, u[0])
        reduced = whole(inflow.reduced_per_1000 * size / 1000.0, u[1])
        for n in range(ordinary + reduced):
            row = take_row(rows, region_of[office])
            identity = person_id(office + 1, week + 1, n if n < ordinary else 100_000 + n - ordinary)
            draw_person(p, people, row, identity, office, 0 if n < ordinary else 1, stream)


@compiled
def _forget(people, rows, track_weeks, oldest, gone):
    """Age everybody by a week; give back the rows of people who left long ago. Returns their number.

    Someone whose outcomes are being measured is followed to the end of the horizon.
    """
    n = 0
    for i in listed(people.known):
        state = people.state[i]
        people.age[i] += 1.0 / 52.0
        if state <= JOB_WITH_BENEFIT:
            continue
        people.weeks_left[i] += 1
        if people.trade[i] >= 0:
            continue  # still in the trade, and known to NAV when the contract ends
        if people.member[i] < 0 and (people.weeks_left[i] > track_weeks or people.age[i] > oldest):
            gone[n] = i
            n += 1
            give_row(rows, i)
    return n


class Roll(NamedTuple):
    state: np.ndarray
    known: np.ndarray
    registered: np.ndarray
    first: np.ndarray


@compiled
def _roll(people, rows):
    """Lists of everybody known, and of those on the register with each region's first.

    Everybody is written down, and written over by the next one if not to be listed: quicker than asking first.
    """
    n = m = 1
    for region in range(rows.fresh.size):
        people.first[region] = m
        first = region * rows.stride[0]
        for i in range(first, first + rows.fresh[region]):
            state = people.state[i]
            people.known[n] = people.registered[m] = i
            n += state != FREE_ROW
            m += (state != FREE_ROW) & (state <= JOB_WITH_BENEFIT)
    people.first[people.first.size - 1] = m
    people.known[0] = n - 1
    people.registered[0] = m - 1


def call_roll(model: Any) -> None:
    """Who is there: what the week's loops walk through, instead of all rows of the table.

    ``known``: rows of all people NAV keeps on file; ``registered``: of those on the register, region by region, those
    of region r from place ``first[r]`` of the list to ``first[r + 1]``. Both have their length in front. Beside them is
    room for one process to list some people (``sim/turns.py``).
    """
    table = model.jobseekers
    room = 1 + table.regions * table.stride
    if not table.keeps("known", room):
        rows = {name: np.zeros(room, np.int32) for name in ("known", "registered", "rows")}
        some = {"ids": np.zeros(room, np.int64), "uniforms": np.zeros((4, room))}
        table.keep({**rows, **some, "first": np.zeros(table.regions + 1, np.int64)})
    _roll(table.view(Roll), table.rows)


def alike(people: Table) -> np.ndarray:
    """Groups of people whom the week's rules ask the same questions, by row; those on the register come first.

    By state, measure, benefit and work capacity; of those who have left the register, by state and by when they are
    asked.
    """
    state, measure = people["state"].astype(np.int16), people["measure"]
    registered = ((state * N_MEASURES + measure) * len(BENEFIT_NAMES) + people["benefit"]) * 2 + people["reduced"]
    turn = np.where(people["settled"], 1 + people["id"] % ASKED_EVERY, 0)
    return np.where(state <= JOB_WITH_BENEFIT, registered, FREE_GROUP + state * (1 + ASKED_EVERY) + turn)


def register_newcomers(model: Any) -> None:
    """People who left the register ``track_weeks`` ago are forgotten, newcomers register, and the roll is called."""
    table = model.jobseekers
    gone = model.jobseekers["rows"]
    oldest = model.world.exits.retirement_age
    n = _forget(table.view(Followed), table.rows, model.horizon.track_weeks, oldest, gone)
    table.clear(gone[:n])
    size = model.office_size
    p = model.world.inflow
    most = int((p.ordinary_per_1000 + p.reduced_per_1000) * size / 1000.0) + 2
    model.make_room(table, most * model.offices_per_region)
    _register(
        model.world.people,
        p,
        table.view(Newcomers),
        table.rows,
        model.offices.used(),
        model.offices["region"],
        size,
        model.stream,
        model.clock,
    )
    call_roll(model)
