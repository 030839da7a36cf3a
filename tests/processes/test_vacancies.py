"""Vacancies: openings that give the wanted stock, demands from the sector's."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pytest

from sim.agents.employer import CLOSED, N_SECTORS, OPEN, TAKEN
from sim.processes.vacancies import (
    Positions,
    advertise,
    close_extra,
    cycle,
    growth_factor,
    make_extra,
    opening_chance,
    rest_weeks,
    room_for_extra,
)
from sim.streams import Stream
from sim.world import World


def test_openings_replace_the_vacancies_that_close() -> None:
    """1.1 vacancies of four weeks, two closed positions for each unemployed person: 0.275 a week into 2.2."""
    for rest in (0.0, 0.3):
        assert opening_chance(1.1, 4.0, 3.3, rest) == pytest.approx(0.275 / 2.2)


def test_the_stock_settles_where_it_is_wanted() -> None:
    chance, closed, opened = opening_chance(1.1, 4.0, 3.3, 0.0), 3.3, 0.0
    for _ in range(200):
        opens = chance * closed
        closes = opened / 4.0
        opened += opens - closes
        closed += closes - opens
    assert opened == pytest.approx(1.1, rel=1e-9)


def test_a_post_filled_sooner_opens_no_sooner() -> None:
    """E3: posts that rest six weeks from one opening to the next open as often, filled after two weeks or five."""
    chance = opening_chance(1.1, 4.0, 3.3, 0.5)
    assert rest_weeks(1.1, 4.0, 3.3, 0.5) == pytest.approx(6.0)
    assert 1.0 / (6.0 + 1.0 / chance) == pytest.approx(1.1 / 4.0 / 3.3)


def test_more_vacancies_need_more_openings(world: World) -> None:
    p = world.vacancies
    chances = [opening_chance(v, p.duration_weeks, p.positions_per_unemployed, p.rest) for v in (0.6, 1.1, 2.2)]
    assert chances == sorted(chances) and chances[0] > 0 and chances[-1] < 1


@pytest.mark.parametrize("size", [5.0, 100.0])
@pytest.mark.parametrize("lumpy", [0.0, 0.5, 1.0])
def test_growth_moves_openings_and_keeps_their_mean(world: World, size: float, lumpy: float) -> None:
    """E2: over the levels that an employer's growth takes, openings are the usual ones."""
    p = world.vacancies._replace(growth_spread=0.5, lumpy=lumpy, threshold=0.3, small=12.0)
    levels = np.linspace(-3.0, 3.0, 6001)
    weights = np.exp(-0.5 * (levels / 0.5) ** 2)
    mean = np.average([growth_factor(p, level, size) for level in levels], weights=weights)
    assert mean == pytest.approx(1.0, rel=2e-3)


def test_a_small_firm_takes_a_helper_at_a_threshold(world: World) -> None:
    """E2: below it nothing opens, above it more than at a large firm of the same growth."""
    p = world.vacancies._replace(growth_spread=0.5, lumpy=1.0, threshold=0.4, small=12.0)
    assert growth_factor(p, 0.199, 5.0) == 0.0
    assert growth_factor(p, 0.201, 5.0) > growth_factor(p, 0.201, 50.0) > 0.0
    alike = p._replace(growth_spread=0.0)
    assert growth_factor(alike, 0.0, 5.0) == growth_factor(alike, 0.0, 50.0) == 1.0


def test_the_cycle(world: World) -> None:
    p = world.vacancies._replace(cycle=0.4, cycle_weeks=200.0, cycle_start=0.0)
    assert cycle(p, 0) == 0.0 and cycle(p, 50) == pytest.approx(0.4) and cycle(p, 150) == pytest.approx(-0.4)
    assert cycle(p._replace(cycle_start=0.5), 50) == pytest.approx(-0.4)
    assert cycle(p._replace(cycle=0.0), 77) == 0.0


@pytest.fixture(scope="module")
def advertised(world: World) -> dict[int, Positions]:
    """600 vacancies of each sector."""
    n, found = 600, {}
    types = {
        "id": np.int64,
        "state": np.int8,
        "employer": np.int32,
        "opened": np.int32,
        "weeks_open": np.int16,
        "shift": np.int8,
        "hidden": np.int8,
    }
    for sector in range(N_SECTORS):
        positions = Positions(**{name: np.zeros(n, types.get(name, np.float32)) for name in Positions._fields})
        positions.id[:] = (np.int64(1 + sector) << 20) + np.arange(n)
        for v in range(n):
            advertise(world.vacancies, world.sectors, positions, v, sector, Stream(1, 0), 7)
        found[sector] = positions
    return found


@pytest.mark.parametrize("sector", range(N_SECTORS))
def test_vacancies_ask_for_what_their_sector_asks_for(
    sector: int, advertised: dict[int, Positions], world: World
) -> None:
    positions, sectors = advertised[sector], world.sectors
    assert (positions.state == OPEN).all() and (positions.opened == 7).all()
    for name in ("requirement", "language", "strain"):
        values, centre = getattr(positions, name), getattr(sectors, name)[sector]
        assert values.min() >= 0.0 and values.max() <= 1.0
        assert abs(values - centre).max() <= world.vacancies.spread / 2 + 1e-6
    for share, wanted in (
        (np.mean(positions.hours < 1.0), sectors.part_time[sector]),
        (np.mean(positions.shift), sectors.shift[sector]),
        (np.mean(positions.hidden), world.vacancies.hidden),
    ):
        assert share == pytest.approx(wanted, abs=5 * np.sqrt(wanted * (1 - wanted) / 600))
    assert positions.hours.min() >= 0.2 and positions.hours.max() <= 1.0


def test_a_vacancy_is_drawn_from_its_position_and_week(world: World, advertised: dict[int, Positions]) -> None:
    strain = []
    for week in (7, 8):
        positions = Positions(*(column[:1].copy() for column in advertised[0]))
        advertise(world.vacancies, world.sectors, positions, 0, 0, Stream(1, 0), week)
        strain.append(float(positions.strain[0]))
    assert strain[0] == advertised[0].strain[0] != strain[1]


class Workplace(NamedTuple):
    growth: np.ndarray
    first_position: np.ndarray
    n_positions: np.ndarray


def test_only_a_workplace_that_grows_makes_an_extra_job(advertised: dict[int, Positions]) -> None:
    """E9: in the first of its posts that is closed."""
    positions = Positions(*(column[:4].copy() for column in advertised[0]))
    positions.state[:] = (CLOSED, OPEN, CLOSED, CLOSED)
    workplace = Workplace(np.array([0.1]), np.array([1]), np.array([3]))
    assert room_for_extra.py_func(positions, workplace, 0) == 2
    assert room_for_extra.py_func(positions, workplace._replace(growth=np.array([0.0])), 0) == -1
    assert room_for_extra.py_func(positions, workplace._replace(n_positions=np.array([1])), 0) == -1


def test_an_extra_job_leaves_the_post_as_it_was(world: World, advertised: dict[int, Positions]) -> None:
    """E9: it is nobody else's vacancy, and the post rests no longer for it; two people's jobs there are two draws."""
    positions = Positions(*(column[:1].copy() for column in advertised[0]))
    positions.state[0], positions.opened[0], positions.weeks_open[0] = CLOSED, 3, 5
    strain = []
    for person in (17, 18):
        before = make_extra(world.vacancies, world.sectors, positions, 0, 0, person, Stream(1, 0), 7)
        assert (positions.state[0], positions.opened[0], before) == (TAKEN, 7, 3)
        strain.append(float(positions.strain[0]))
        close_extra(positions, 0, before)
        assert (positions.state[0], positions.opened[0], positions.weeks_open[0]) == (CLOSED, 3, 5)
    assert strain[0] != strain[1] != float(advertised[0].strain[0])
