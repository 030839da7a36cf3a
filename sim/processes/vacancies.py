"""Vacancies: positions open with growth and turnover, are advertised, and are filled or withdrawn (E2).

Openings are calibrated to a stock: in each closed position a vacancy opens with the weekly chance

    o = target / (duration * closed positions),  target = vacancies per unemployed * unemployed at the start

so that the stock of vacancies is near I79-I80. The job's demands are drawn when it opens, from the sector's.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from sim.agents.employer import CLOSED, OPEN
from sim.compiled import compiled, rule
from sim.streams import VACANCY, draw4, vacancy_id


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
    wage: np.ndarray


class Employers(NamedTuple):
    sector: np.ndarray


@rule
def opening_chance(vacancies_per_unemployed, duration, positions_per_unemployed):
    """Weekly chance that a closed position opens, from the wanted stock of vacancies and their duration."""
    flow = vacancies_per_unemployed / duration
    return flow / (positions_per_unemployed - vacancies_per_unemployed)


@compiled
def advertise(p, sectors, positions, v, sector, stream, week):
    """Open a vacancy in position v: its hours, demands and wage are drawn from the vacancy's id."""
    a = draw4(stream, VACANCY, vacancy_id(positions.id[v], week), 0, 1)
    b = draw4(stream, VACANCY, vacancy_id(positions.id[v], week), 0, 2)
    positions.state[v] = OPEN
    positions.opened[v] = week
    positions.weeks_open[v] = 0
    positions.hours[v] = 1.0 if a[0] > sectors.part_time[sector] else 0.2 + 0.6 * a[1]
    positions.requirement[v] = min(1.0, max(0.0, sectors.requirement[sector] + p.spread * (a[2] - 0.5)))
    positions.language[v] = min(1.0, max(0.0, sectors.language[sector] + p.spread * (a[3] - 0.5)))
    positions.strain[v] = min(1.0, max(0.0, sectors.strain[sector] + p.spread * (b[0] - 0.5)))
    positions.shift[v] = 1 if b[1] < sectors.shift[sector] else 0
    positions.wage[v] = sectors.wage[sector] * (0.85 + 0.3 * positions.requirement[v])


@compiled
def _open(p, sectors, positions, employers, stream, week):
    chance = opening_chance(p.per_unemployed, p.duration_weeks, p.positions_per_unemployed)
    for v in range(positions.state.size):
        if positions.state[v] == OPEN:
            positions.weeks_open[v] += 1
            if positions.weeks_open[v] > p.withdrawn_weeks:
                positions.state[v] = CLOSED
        elif draw4(stream, VACANCY, positions.id[v], week, 0)[0] < chance:
            advertise(p, sectors, positions, v, employers.sector[positions.employer[v]], stream, week)


def open_vacancies(model: Any) -> None:
    """Vacancies open, age, and are withdrawn when nobody suitable came."""
    _open(
        model.world.vacancies,
        model.world.sectors,
        model.positions.view(Positions),
        model.employers.view(Employers),
        model.stream,
        model.clock,
    )
