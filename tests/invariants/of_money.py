"""Money: every krone is booked once, and what is bought is paid for."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.accounts import (
    AFT_POST,
    COURSE_POST,
    KVP_TEAM_POST,
    SE_CONTRACT_POST,
    SE_IN_HOUSE_POST,
    SE_OUTCOME_POST,
    SUPERVISOR_POST,
    TAX_POST,
)
from sim.agents.course import LOT_AFT, LOT_SE_IN_HOUSE
from sim.agents.office import KVP_TEAM, ORDINARY
from tests.invariants.watch import Watch, after, at, broken, counted, working


@after("pay")
def each_krone_is_booked_once(watch: Watch) -> Iterator[str]:
    model = watch.model
    (cost,) = watch.used("cost")
    persons_and_overhead = cost.sum() + model.overhead[0]
    spent = model.ledger.sum() - 2.0 * model.ledger[TAX_POST]  # taxes come back
    if not np.isclose(persons_and_overhead, spent, rtol=1e-12, atol=1e-4):
        yield f"{persons_and_overhead} at persons' doors and overhead, {spent} in the ledger"
    yield from broken("post below zero", model.ledger < 0)
    yield from broken("cost of nobody", watch.people["cost"][watch.people["state"] == 0] != 0)


@after("pay")
def jobs_are_paid_for_once(watch: Watch) -> Iterator[str]:
    model = watch.model
    ledger, money = model.ledger, model.world.money
    share = model.contracts["by_job"]
    brokered, tenure = watch.used("brokered", "tenure")
    started = np.count_nonzero((brokered > 0) & (tenure == 1))
    dearest = share.max() * model.contracts["price"].max() * 12 / money.jobs_per_place_year
    if ledger[SE_OUTCOME_POST] > started * dearest * (1 + 1e-6):
        yield f"{ledger[SE_OUTCOME_POST]} paid for {started} jobs at {dearest} at most"
    yield from broken("cover left over", model.regions["covered"] != 0)


@after("pay")
def only_what_was_let_in_a_tender_is_paid_by_the_job(watch: Watch) -> Iterator[str]:
    contracts = watch.model.contracts
    let = contracts["tendered"] > 0
    yield from broken("paid by the job without a tender", (contracts["by_job"] > 0) & ~let)
    fixed = (contracts["lot"] == LOT_AFT) & (contracts["provider"] >= 0)
    yield from broken("a fixed rate whose volume is not paid for", fixed & (contracts["guaranteed"] != 1.0))


@after("pay")
def service_cost_is_a_part_of_cost(watch: Watch) -> Iterator[str]:
    state, cost, service = watch.used("state", "cost", "service_cost")
    yield from broken("service cost below zero", service < 0)
    yield from broken("services dearer than all", ~working(state) & (service > cost + 1e-6))


@after("pay")
def places_are_paid_for_as_far_as_guaranteed_or_filled(watch: Watch) -> Iterator[str]:
    model = watch.model
    contracts, size = model.contracts, len(model.contracts["state"])
    course, step, specialist = watch.used("course", "step", "specialist")
    on_course = at(model.courses, "contract", course, -1).astype(int)
    served = at(model.specialists, "contract", np.where(step > 0, specialist, -1), -1).astype(int)
    used = counted(np.where(course >= 0, on_course, served), size)
    withheld = np.where(contracts["withheld_weeks"] > 0, contracts["withheld"].astype(float), 0.0)
    lot = contracts["lot"]
    guaranteed = contracts["guaranteed"].astype(float)
    paid = (
        (guaranteed * np.maximum(contracts["places"], used) + (1 - guaranteed) * used)
        * contracts["price"].astype(float)
        * (1 - contracts["by_job"].astype(float))
        * (1 - withheld)
        * 12
        / 52
    )
    for post, mine in (
        (COURSE_POST, lot < LOT_AFT),
        (AFT_POST, lot == LOT_AFT),
        (SE_IN_HOUSE_POST, lot == LOT_SE_IN_HOUSE),
        (SE_CONTRACT_POST, lot > LOT_SE_IN_HOUSE),
    ):
        due = paid[mine & (contracts["state"] > 0) & (contracts["provider"] >= 0)].sum()
        if not np.isclose(model.ledger[post], due, rtol=1e-6):
            yield f"post {post}: {model.ledger[post]} paid, {due} due"
    team = model.supervisors
    for post, programme in ((SUPERVISOR_POST, ORDINARY), (KVP_TEAM_POST, KVP_TEAM)):
        at_work = np.count_nonzero((team["state"] > 0) & (team["programme"] == programme))
        salaries = at_work * model.world.money.supervisor_year / 52
        if not np.isclose(model.ledger[post], salaries, rtol=1e-9):
            yield f"post {post}: {model.ledger[post]} paid, {salaries} due"
