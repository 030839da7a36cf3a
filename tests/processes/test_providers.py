"""Companies and their staff: money, lay-offs, the end of a company; who is on file (T3, T5, T6)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from sim.agents.course import BETWEEN_CONTRACTS, COMPANY, EMPLOYED, LOT_AFT
from sim.agents.jobseeker import JOB, ON_MEASURE, OUT_OF_LABOUR_FORCE, UNEMPLOYED
from sim.model import ActivationMarket
from sim.processes.instructors import asked_wage, gone_elsewhere
from sim.processes.profiles import can_be_bound, on_file
from sim.processes.providers import (
    Contracts,
    Courses,
    Instructors,
    Levers,
    Providers,
    Specialists,
    _audit,
    run_companies,
)
from sim.processes.specialists import staff_specialists
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


def in_the_red(model: ActivationMarket, company: int, debt: float = 1000.0) -> None:
    """This week, with this company alone in debt."""
    model.providers["cash"][:] = 1e6
    model.providers["cash"][company] = -debt
    model.counts = {}
    run_companies(model)


def test_a_company_in_the_red_lays_off_one_instructor(running: ActivationMarket) -> None:
    company = companies_at_work(running)[0]
    running.specialists["provider"][running.specialists["provider"] == company] = 0
    before = np.count_nonzero(running.instructors["provider"] == company)
    in_the_red(running, company)
    assert running.counts["instructors_laid_off"] == 1
    assert np.count_nonzero(running.instructors["provider"] == company) == before - 1
    assert running.courses["broken"].sum() >= 1


def test_a_company_in_the_red_lays_off_specialists_and_hires_none(running: ActivationMarket) -> None:
    """T5: whoever it may be; the clients then wait for somebody else."""
    staff, contracts = running.specialists, running.contracts
    c = int(np.flatnonzero(contracts["tendered"] * (contracts["lot"] > LOT_AFT))[0])
    company = int(contracts["provider"][c])
    here = (staff["state"] > 0) & (staff["contract"] == c)
    running.instructors["provider"][running.instructors["provider"] == company] = -1
    in_the_red(running, company)
    assert staff["notice"].sum() == staff["notice"][here].sum() == 1
    gone = int(np.flatnonzero(staff["notice"])[0])
    clients = (running.jobseekers["state"] > 0) & (running.jobseekers["specialist"] == gone)
    staff_specialists(running)
    assert staff["state"][gone] == 0 and running.counts["specialists_laid_off"] >= 1
    left = np.count_nonzero((staff["state"] > 0) & (staff["contract"] == c))
    assert left == max(1, here.sum() - 1)  # nobody is taken on, but for one who is left with everything
    assert (running.jobseekers["handed_over"][clients] == 1).all() and clients.any()


def test_of_a_ruined_companys_specialists_its_successor_keeps_some(running: ActivationMarket) -> None:
    """T5: as when a contract is lost."""
    staff = running.specialists
    for company in np.unique(staff["provider"][staff["state"] > 0]):
        if running.providers["kind"][company] == COMPANY:
            here = (staff["state"] > 0) & (staff["provider"] == company)
            in_the_red(running, company, 1e9)
            assert running.counts["companies_failed"] == 1
            assert 0 < staff["notice"][here].sum() < here.sum() or here.sum() < 3
            return
    raise AssertionError("no company delivers follow-up")


def test_audits_begin_with_the_lever_and_look_at_follow_up_too(running: ActivationMarket) -> None:
    """T16: a contract let before the policy is looked at, and so is the caseload of its specialists."""
    contracts, providers = running.contracts, running.providers
    promised = contracts["promised"].copy()
    tendered = np.flatnonzero((contracts["tendered"] > 0) & (contracts["lot"] > LOT_AFT))
    for least, fails in ((0.01, True), (1e6, False)):
        contracts["promised"][tendered] = least
        contracts["withheld_weeks"][:], providers["failed_audits"][:] = 0, 0.0
        for _ in range(60):
            running.clock += 1
            args = (running.providers.view(Providers), contracts.view(Contracts), running.courses.view(Courses))
            staff = (running.instructors.view(Instructors), running.specialists.view(Specialists))
            every_quarter = Levers(np.ones(running.n_regions))
            _audit(running.world.tendering, every_quarter, *args, *staff, running.stream, running.clock)
        assert (contracts["withheld_weeks"][tendered] > 0).all() == fails
    contracts["promised"][:] = promised


def test_a_ruined_company_is_followed_by_one_without_a_record(running: ActivationMarket) -> None:
    company = companies_at_work(running)[0]
    identity = int(running.providers["id"][company])
    in_the_red(running, company, 1e9)
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


def test_a_clause_binds_nobody_twice_and_the_named_teach(composed: Callable[..., Settings]) -> None:
    """T14: whom a bound contract has on its courses is named, unless nobody as good was to be had."""
    model = ActivationMarket(composed("policy.tender.continuity=1", "policy.tender.contract_weeks=26"))
    while model.since_policy < 120:
        model.step()
        table, contracts = model.instructors, model.contracts
        bound = contracts["bound"][:2] > 0  # the region's two lots of courses
        assert not ((table["named"] > 0) & bound).all(axis=1)[table["state"] > 0].any()
    assert bound.all()
    running = np.flatnonzero((model.courses["state"] > 0) & (model.courses["measure"] < LOT_AFT))
    for k in running:
        c = model.courses["contract"][k]
        for j in model.courses["instructor"][k]:
            if j >= 0 and not table["named"][j, contracts["lot"][c] - 1]:
                assert table["skill"][j] < contracts["named_skill"][c]


def test_approved_suppliers_get_the_price_that_the_agency_sets(composed: Callable[..., Settings]) -> None:
    """T14: and the money stays, so dearer places are fewer places."""
    model = ActivationMarket(composed("policy.tender.suppliers=3", "policy.tender.approved_price=13000"))
    while model.since_policy < 120:
        model.step()
    held = (model.contracts["approved"] > 0) & (model.contracts["state"] > 0) & (model.contracts["lot"] < LOT_AFT)
    assert held.sum() == 6 and (model.contracts["price"][held] == 13_000).all()
    wanted = (10.0 + 14.0) * model.region_size / 1000.0
    reference = model.world.tendering.vocational_price
    assert model.contracts["places"][held].sum() == pytest.approx(wanted * reference / 13_000, rel=1e-5)
