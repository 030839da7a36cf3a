"""Companies that deliver courses and follow-up: their money, lay-offs, the end of a company, audits (T5, T16).

A bid reckons with an overhead that turns out higher or lower. A company whose cash is below zero lays off instructors
and job specialists, well-liked ones too: who goes is a draw. One in deeper debt goes out of business; a newcomer
without a record takes over its contracts, and of its specialists as many as when a contract is lost. What is above the
reserve goes to the owners. Under the audit lever, from the day it is set, the staff on a contract's courses, or with
its clients, are now and then compared with the promise; a part of the price is then withheld for a quarter, and the
buyer remembers it in the next score. Under a continuity clause the buyer looks in the same way for those named (T14).
Otherwise the buyer does not verify who delivers, and complaints of staff do not reach it.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from sim.agents.course import COMPANY, EMPLOYED, LOT_AFT, N_DEPLOYED
from sim.compiled import compiled
from sim.processes.bids import withheld_share
from sim.processes.instructors import release
from sim.streams import AUDIT, LAY_OFF, TENDER, draw, draw4, person_id

QUARTER = 13


class Providers(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    region: np.ndarray
    kind: np.ndarray
    cash: np.ndarray
    efficiency: np.ndarray
    result: np.ndarray
    result_weight: np.ndarray
    experience: np.ndarray
    failed_audits: np.ndarray
    successions: np.ndarray


class Contracts(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    region: np.ndarray
    lot: np.ndarray
    provider: np.ndarray
    promised: np.ndarray
    tendered: np.ndarray
    bound: np.ndarray
    withheld: np.ndarray
    withheld_weeks: np.ndarray


class Courses(NamedTuple):
    state: np.ndarray
    contract: np.ndarray
    instructor: np.ndarray
    broken: np.ndarray


class Instructors(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    provider: np.ndarray
    course: np.ndarray
    idle_weeks: np.ndarray
    named: np.ndarray


class Specialists(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    provider: np.ndarray
    contract: np.ndarray
    caseload: np.ndarray
    notice: np.ndarray


class Levers(NamedTuple):
    tender_audit: np.ndarray


@compiled
def _staff_found(contracts, courses, instructors, specialists, c):
    """What an audit counts: (staff promised for the courses that run, or the clients there are; staff there)."""
    asked, present = 0.0, 0.0
    if contracts.lot[c] < LOT_AFT:
        for k in range(courses.state.size):
            if courses.state[k] and courses.contract[k] == c:
                asked += contracts.promised[c]
                for place in range(N_DEPLOYED):
                    j = courses.instructor[k, place]
                    if j >= 0 and (not contracts.bound[c] or instructors.named[j, contracts.lot[c] - 1]):
                        present += 1.0
        return asked, present
    for s in range(specialists.state.size):
        if specialists.state[s] and specialists.contract[s] == c:
            asked += specialists.caseload[s] / contracts.promised[c]
            present += 1.0
    return asked, present


@compiled
def _audit(p, levers, providers, contracts, courses, instructors, specialists, stream, week):
    """Deployed staff are compared with the promise on some contracts. Returns (audits, failed ones)."""
    audits = failed = 0
    for c in range(contracts.state.size):
        if not contracts.state[c] or contracts.lot[c] == LOT_AFT:
            continue
        if contracts.lot[c] > LOT_AFT and not contracts.tendered[c]:
            continue  # NAV's own, or at a rate that pays for the staff
        chance = max(levers.tender_audit[contracts.region[c]], p.clause_check if contracts.bound[c] else 0.0)
        if chance <= 0.0 or draw(stream, AUDIT, contracts.id[c], week) > chance / QUARTER:
            continue
        asked, present = _staff_found(contracts, courses, instructors, specialists, c)
        if asked == 0.0:
            continue
        audits += 1
        share = withheld_share(p, asked, present)
        if share > 0.0:
            failed += 1
            contracts.withheld[c], contracts.withheld_weeks[c] = share, QUARTER
            providers.failed_audits[contracts.provider[c]] += 1.0
    return audits, failed


@compiled
def _lay_off(lays_off, providers, courses, instructors, specialists, company, stream, week):
    """A company in the red lays off one of its staff, whoever it may be (T5). Returns the number of instructors.

    A job specialist who is given notice goes next week, with what a specialist knew of employers.
    """
    if draw4(stream, LAY_OFF, providers.id[company], week, 0)[0] > lays_off:
        return 0
    least, chosen = 2.0, -1
    for j in range(instructors.state.size):
        if instructors.state[j] == EMPLOYED and instructors.provider[j] == company:
            u = draw4(stream, LAY_OFF, instructors.id[j], week, 0)[0]
            if u < least:
                least, chosen = u, j
    given_notice = -1
    for s in range(specialists.state.size):
        if specialists.state[s] and specialists.provider[s] == company and not specialists.notice[s]:
            u = draw4(stream, LAY_OFF, specialists.id[s], week, 0)[0]
            if u < least:
                least, given_notice = u, s
    if given_notice >= 0:
        specialists.notice[given_notice] = 1
        return 0
    if chosen < 0:
        return 0
    courses.broken[instructors.course[chosen]] = 1
    release(instructors, courses, chosen)
    return 1


@compiled
def _succeed(trade, reserve, taken_over, providers, courses, instructors, specialists, j, place, stream, week):
    """A company goes out of business; a newcomer without a record takes over its contracts, and some specialists.

    Returns the instructors laid off.
    """
    laid_off = 0
    for i in range(instructors.state.size):
        if instructors.state[i] == EMPLOYED and instructors.provider[i] == j:
            courses.broken[instructors.course[i]] = 1
            release(instructors, courses, i)
            laid_off += 1
    for s in range(specialists.state.size):
        if specialists.state[s] and specialists.provider[s] == j:
            if draw4(stream, LAY_OFF, specialists.id[s], week, 1)[0] >= taken_over:
                specialists.notice[s] = 1
    providers.successions[j] += 1
    providers.id[j] = person_id(14_000 + providers.region[j], week + 1, place)
    u = draw4(stream, TENDER, providers.id[j], 0, 0)
    providers.efficiency[j] = 1.0 + trade.efficiency_spread * (2.0 * u[0] - 1.0)
    providers.cash[j] = reserve
    providers.result[j] = 0.3
    providers.result_weight[j] = 10.0
    providers.experience[j] = 0.3
    providers.failed_audits[j] = 0.0
    return laid_off


@compiled
def _companies(
    p,
    trade,
    audit_fade,
    taken_over,
    providers,
    per_region,
    courses,
    instructors,
    specialists,
    region_size,
    delivers,
    stream,
    week,
):
    """A week of every company's money; ``delivers`` tells which have a course running, or specialists at work.

    Returns (instructors laid off, companies that failed, companies in the red, of these such as deliver).
    """
    laid_off = failed = red = delivering = 0
    delivers[:] = False
    for i in range(instructors.state.size):
        if instructors.state[i] == EMPLOYED:
            delivers[instructors.provider[i]] = True
    for s in range(specialists.state.size):
        if specialists.state[s]:
            delivers[specialists.provider[s]] = True
    reserve = p.reserve * region_size / 1000.0
    for j in range(providers.state.size):
        if not providers.state[j] or providers.kind[j] != COMPANY:
            continue
        providers.failed_audits[j] *= audit_fade
        providers.cash[j] = min(reserve, providers.cash[j] - p.head_office / 52.0 * region_size / 1000.0)
        if providers.cash[j] >= 0.0:
            continue
        red += 1
        delivering += delivers[j]
        if providers.cash[j] < -p.ruin * reserve:
            failed += 1
            laid_off += _succeed(
                trade,
                reserve,
                taken_over,
                providers,
                courses,
                instructors,
                specialists,
                j,
                j % per_region,
                stream,
                week,
            )
        else:
            laid_off += _lay_off(p.lays_off, providers, courses, instructors, specialists, j, stream, week)
    return laid_off, failed, red, delivering


def run_companies(model: Any) -> None:
    """Audits, and what a company's money makes it do: lay-offs, the end of a company, a newcomer."""
    stream, week = model.stream, model.clock
    providers, courses = model.providers.view(Providers), model.courses.view(Courses)
    instructors, specialists = model.instructors.view(Instructors), model.specialists.view(Specialists)
    tendering, contracts = model.world.tendering, model.contracts.view(Contracts)
    levers = model.levers(Levers)
    audits, found = _audit(tendering, levers, providers, contracts, courses, instructors, specialists, stream, week)
    laid_off, failed, red, delivering = _companies(
        model.world.providers,
        model.world.institutions,
        tendering.audit_fade,
        model.world.specialists.taken_over,
        providers,
        model.providers.stride,
        courses,
        instructors,
        specialists,
        model.region_size,
        model.scratch("failed", len(providers.state), np.bool_),
        stream,
        week,
    )
    for name, number in (
        ("audits", audits),
        ("audits_failed", found),
        ("instructors_laid_off", laid_off),
        ("companies_failed", failed),
        ("companies_in_the_red", red),
        ("contractors_in_the_red", delivering),
    ):
        model.count(name, number)
