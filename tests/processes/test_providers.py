"""Companies and their staff: money, lay-offs, the end of a company; who is on file (T3, T5, T6)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from sim.agents.course import BETWEEN_CONTRACTS, COMPANY, EMPLOYED
from sim.agents.jobseeker import JOB, ON_MEASURE, OUT_OF_LABOUR_FORCE, UNEMPLOYED
from sim.model import ActivationMarket
from sim.processes.instructors import asked_wage, gone_elsewhere
from sim.processes.profiles import can_be_bound, on_file
from sim.processes.providers import run_companies
from sim.settings import Settings
from sim.streams import Stream
from sim.world import World


@pytest.fixture
def running(composed: Callable[..., Settings]) -> ActivationMarket:
    model = ActivationMarket(composed("world.providers.lays_off=1"))
    for _ in range(30):
        model.step()
    return model


def companies_at_work(model: ActivationMarket) -> np.ndarray:
    """Companies that employ instructors now."""
    rows = model.instructors["provider"][model.instructors["state"] == EMPLOYED]
    return np.unique(rows[model.providers["kind"][rows] == COMPANY])


def test_a_company_in_the_red_lays_off_one_instructor(running: ActivationMarket) -> None:
    company = companies_at_work(running)[0]
    running.providers["cash"][:] = 1e6
    running.providers["cash"][company] = -1000.0
    before = np.count_nonzero(running.instructors["provider"] == company)
    running.counts = {}
    run_companies(running)
    assert running.counts["instructors_laid_off"] == 1
    assert np.count_nonzero(running.instructors["provider"] == company) == before - 1
    assert running.courses["broken"].sum() >= 1


def test_a_ruined_company_is_followed_by_one_without_a_record(running: ActivationMarket) -> None:
    company = companies_at_work(running)[0]
    identity = int(running.providers["id"][company])
    running.providers["cash"][company] = -1e9
    running.counts = {}
    run_companies(running)
    assert running.counts["companies_failed"] == 1
    assert running.providers["id"][company] != identity and running.providers["cash"][company] > 0
    assert not (running.instructors["provider"] == company).any()


def test_what_is_above_the_reserve_goes_to_the_owners(running: ActivationMarket) -> None:
    running.providers["cash"][:] = 1e9
    run_companies(running)
    kinds = running.providers["kind"]
    reserve = running.world.providers.reserve * running.region_size / 1000.0
    there = running.providers["state"] > 0
    assert (running.providers["cash"][there & (kinds == COMPANY)] == reserve).all()


def test_profiles_stand_on_several_files(world: World) -> None:
    """T3: half of the companies have a given instructor's profile, and always the same ones."""
    stream, p = Stream(1, 0), world.tendering._replace(on_file=0.5)
    files = np.array([[on_file(p, i, c, stream) for c in range(40, 60)] for i in range(100)])
    assert files.mean() == pytest.approx(0.5, abs=0.05)
    assert (files.sum(axis=1) > 1).all()
    assert [on_file(p, 3, c, stream) for c in range(40, 60)] == files[3].tolist()


def test_who_can_be_bound_by_a_clause(world: World) -> None:
    """T14: the free, and one's own, at what they ask."""
    p = world.courses
    asked = asked_wage(p, 500_000.0, 0.0)
    assert can_be_bound(p, 7, BETWEEN_CONTRACTS, -1, 500_000.0, 0.0, asked)
    assert can_be_bound(p, 7, EMPLOYED, 7, 500_000.0, 0.0, asked)
    assert not can_be_bound(p, 7, EMPLOYED, 8, 500_000.0, 0.0, asked)
    assert not can_be_bound(p, 7, BETWEEN_CONTRACTS, -1, 500_000.0, 0.0, 0.99 * asked)


def test_when_the_time_in_the_trade_is_over() -> None:
    """T6: whoever finds other work, or leaves the labour force, is an instructor no more."""
    assert not gone_elsewhere(True, JOB, 0.0) and not gone_elsewhere(False, JOB, 0.0)
    assert gone_elsewhere(False, JOB, 5.0) and gone_elsewhere(True, OUT_OF_LABOUR_FORCE, 0.0)
    assert not gone_elsewhere(False, UNEMPLOYED, 5.0) and not gone_elsewhere(False, ON_MEASURE, 5.0)
