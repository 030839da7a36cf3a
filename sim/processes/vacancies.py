"""Vacancies: positions open with growth and turnover, are advertised, and are filled or withdrawn (E2).

Openings are calibrated to a stock: in each closed position a vacancy opens with the weekly chance

    o = flow / (positions - flow * longer of duration and rest)
    flow = vacancies per unemployed / duration,   rest = rest share * positions / flow

in numbers per unemployed at the start, so that the stock of vacancies is near I79-I80, times the growth of its
employer. A post does not open again sooner because it was filled sooner: it rests until some weeks after it opened,
so that whoever fills a vacancy leaves one less for others (E3). Growth:

    growth factor = exp(own growth + cycle - spread^2 / 2),   own growth: AR(1) with standard deviation ``spread``

A small firm takes its first helper at a threshold: as far as ``lumpy`` goes, it opens nothing while growth is below
the threshold and more above it, so that its openings are as many in the long run but come in lumps. The cycle is a
sine shared by all employers. The job's demands are drawn when it opens, from the sector's; some posts are shared and
not advertised, so that only a network or a specialist's visit finds them.

A workplace that grows may make an extra job for somebody whom NAV brings (E9). It is nobody else's vacancy: it is taken
as it is made, and leaves the post it stands in as it was, so that the employer's ordinary openings go on as before.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from sim.agents.employer import CLOSED, OPEN, TAKEN
from sim.compiled import compiled, rule
from sim.streams import EXTRA_JOB, EXTRA_JOB_MORE, GROWTH, VACANCY, draw4, normal, pair4, vacancy_id


class Positions(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    employer: np.ndarray
    opened: np.ndarray
    weeks_open: np.ndarray
    hours: np.ndarray
    requirement: np.ndarray
    language: np.ndarray
    strain: np.ndarray
    shift: np.ndarray
    hidden: np.ndarray
    wage: np.ndarray


class Employers(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    sector: np.ndarray
    size: np.ndarray
    growth: np.ndarray


@rule
def rest_weeks(vacancies_per_unemployed, duration, positions_per_unemployed, rest):
    """Least weeks from one opening of a post to its next: a share of the usual time between them (E3)."""
    return rest * positions_per_unemployed * duration / vacancies_per_unemployed


@rule
def opening_chance(vacancies_per_unemployed, duration, positions_per_unemployed, rest):
    """Weekly chance that a closed position opens when it has rested, from the wanted stock of vacancies (E2, E3)."""
    flow = vacancies_per_unemployed / duration
    resting = rest_weeks(vacancies_per_unemployed, duration, positions_per_unemployed, rest)
    return flow / (positions_per_unemployed - flow * max(duration, resting))


@rule
def cycle(p, since_policy):
    """Labour demand over the usual in log points: one sine for all employers.

    ``since_policy``: weeks since the policy date, negative before it, so that a longer burn-in leaves the phase alone.
    """
    return p.cycle * math.sin(2.0 * math.pi * (since_policy / p.cycle_weeks + p.cycle_start))


@rule
def growth_factor(p, level, size):
    """Openings relative to the usual at a growth level; the mean over an employer's levels is one (E2)."""
    smooth = math.exp(level - 0.5 * p.growth_spread * p.growth_spread)
    if size >= p.small or p.growth_spread == 0.0:
        return smooth
    # Share of all smooth openings that fall above the threshold, by the normal distribution of growth.
    above = 0.5 * (1.0 + math.erf((p.growth_spread - p.threshold) / math.sqrt(2.0)))
    lumps = smooth / above if level > p.threshold * p.growth_spread else 0.0
    return (1.0 - p.lumpy) * smooth + p.lumpy * lumps


@compiled
def _grow(p, employers, factor, now, stream, week):
    """Every employer's growth moves on a week; ``factor`` gets what it and the cycle (``now``) do to openings."""
    stays = math.exp(-1.0 / p.growth_weeks)
    shock = p.growth_spread * math.sqrt(1.0 - stays * stays)
    for j in range(employers.state.size):
        u = draw4(stream, GROWTH, employers.id[j], week, 0)
        employers.growth[j] = stays * employers.growth[j] + shock * normal(u[0], u[1])
        factor[j] = growth_factor(p, employers.growth[j] + now, employers.size[j])


@rule
def grows(growth):
    """Whether a workplace takes on one more than it would have: only where it grows (E2, E9)."""
    return growth > 0.0


@compiled
def _describe(p, sectors, positions, v, sector, a, b):
    """Hours, demands and wage of the job in position v, from uniforms."""
    positions.hours[v] = 1.0 if a[0] > sectors.part_time[sector] else 0.2 + 0.6 * a[1]
    positions.requirement[v] = min(1.0, max(0.0, sectors.requirement[sector] + p.spread * (a[2] - 0.5)))
    positions.language[v] = min(1.0, max(0.0, sectors.language[sector] + p.spread * (a[3] - 0.5)))
    positions.strain[v] = min(1.0, max(0.0, sectors.strain[sector] + p.spread * (b[0] - 0.5)))
    positions.shift[v] = 1 if b[1] < sectors.shift[sector] else 0
    positions.hidden[v] = 1 if b[2] < p.hidden else 0
    positions.wage[v] = sectors.wage[sector] * (0.85 + 0.3 * positions.requirement[v])


@compiled
def advertise(p, sectors, positions, v, sector, stream, week):
    """Open a vacancy in position v: the job is drawn from the vacancy's id."""
    a = draw4(stream, VACANCY, vacancy_id(positions.id[v], week), 0, 1)
    b = draw4(stream, VACANCY, vacancy_id(positions.id[v], week), 0, 2)
    positions.state[v] = OPEN
    positions.opened[v] = week
    positions.weeks_open[v] = 0
    _describe(p, sectors, positions, v, sector, a, b)


@compiled
def room_for_extra(positions, employers, j):
    """A closed position of employer j in which it makes an extra job; -1: it has none, or does not grow."""
    if grows(employers.growth[j]):
        for v in range(employers.first_position[j], employers.first_position[j] + employers.n_positions[j]):
            if positions.state[v] == CLOSED:
                return v
    return -1


@compiled
def make_extra(p, sectors, positions, v, sector, person, stream, week):
    """An extra job in the closed position v for one person (an id), taken as it is made (E9).

    Returns when the position's last vacancy opened, which ``close_extra`` gives back to it.
    """
    before = positions.opened[v]
    a = pair4(stream, EXTRA_JOB, person, positions.id[v], week)
    b = pair4(stream, EXTRA_JOB_MORE, person, positions.id[v], week)
    positions.state[v] = TAKEN
    positions.opened[v] = week
    _describe(p, sectors, positions, v, sector, a, b)
    return before


@compiled
def close_extra(positions, v, before):
    """The extra job is begun, or came to nothing: the position is closed, and rests no longer for it."""
    positions.state[v] = CLOSED
    positions.opened[v] = before


@compiled
def _open(p, sectors, positions, employers, factor, stream, week):
    chance = opening_chance(p.per_unemployed, p.duration_weeks, p.positions_per_unemployed, p.rest)
    rests = rest_weeks(p.per_unemployed, p.duration_weeks, p.positions_per_unemployed, p.rest)
    for v in range(positions.state.size):
        if positions.state[v] == OPEN:
            positions.weeks_open[v] += 1
            if positions.weeks_open[v] > p.withdrawn_weeks:
                positions.state[v] = CLOSED
        elif positions.state[v] != TAKEN and week - positions.opened[v] >= rests:
            j = positions.employer[v]
            if draw4(stream, VACANCY, positions.id[v], week, 0)[0] < chance * factor[j]:
                advertise(p, sectors, positions, v, employers.sector[j], stream, week)


def open_vacancies(model: Any) -> None:
    """Employers grow or shrink; vacancies open, age, and are withdrawn when nobody suitable came."""
    p, employers, stream, week = model.world.vacancies, model.employers.view(Employers), model.stream, model.clock
    factor = model.scratch("factor", len(employers.state))
    _grow(p, employers, factor, cycle(p, model.since_policy), stream, week)
    _open(p, model.world.sectors, model.positions.view(Positions), employers, factor, stream, week)
