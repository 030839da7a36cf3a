"""Job specialists as a workforce: hired to fill the places, worn by the work, gone with what they knew (S2, S6).

Wanted = places / clients per specialist, at whoever holds the contract. Yearly hazard of quitting

    h = quit_year * exp(quit_stress * (stress - 1/2)) * (1 + insecurity * exp(-weeks of contract left / 26))

where insecurity belongs to the form of delivery (permanent posts have none). Stress follows the demand on the hours,
activity targets and failed matches:

    target = logistic(stress_load * (demand / hours - 1) + stress_behind * behind + stress_failed * failed - offset)

with behind the felt distance to the targets (``reviews``). When a contract goes to another provider, it takes over part
of the staff, with their clients. A company in the red lays specialists off (``providers``: T5) and hires none until it
is out of it, but for one who is left with everything. Relations with employers go with the person who leaves; the
clients are handed over.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from sim.agents.course import COMPANY, LOT_SE_IN_HOUSE
from sim.agents.specialist import N_CONTACTS
from sim.columns import block, give_row, listed, take_row
from sim.compiled import compiled, rule
from sim.streams import SE_STAFF, draw4, person_id, whole


class Staff(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    provider: np.ndarray
    contract: np.ndarray
    skill: np.ndarray
    experience: np.ndarray
    notice: np.ndarray
    stress: np.ndarray
    caseload: np.ndarray
    room: np.ndarray
    load: np.ndarray
    failed: np.ndarray
    lessons: np.ndarray
    placements: np.ndarray
    placed: np.ndarray
    new_visits: np.ndarray
    discharged: np.ndarray
    to_work: np.ndarray
    placement_rate: np.ndarray
    visit_rate: np.ndarray
    transition_rate: np.ndarray
    outside_rate: np.ndarray
    behind_placements: np.ndarray
    behind_visits: np.ndarray
    behind_transition: np.ndarray
    behind_outside: np.ndarray
    contact: np.ndarray
    strength: np.ndarray


class Clients(NamedTuple):
    state: np.ndarray
    specialist: np.ndarray
    handed_over: np.ndarray
    trust: np.ndarray
    step_minutes: np.ndarray
    broker: np.ndarray
    known: np.ndarray


class Contracts(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    region: np.ndarray
    lot: np.ndarray
    provider: np.ndarray
    weeks_left: np.ndarray
    places: np.ndarray
    wage: np.ndarray
    deployed: np.ndarray
    hired: np.ndarray


class Companies(NamedTuple):
    kind: np.ndarray
    cash: np.ndarray


class Levers(NamedTuple):
    se_placement_target: np.ndarray
    se_visit_target: np.ndarray
    se_transition_target: np.ndarray
    se_outside_target: np.ndarray


@rule
def stress_target(p, load, behind, failed):
    """Stress to which a working week leads, 0-1 (S5, S6, I21: supervision and meaning work through the load)."""
    z = p.stress_load * (load - 1.0) + p.stress_behind * behind + p.stress_failed * failed - p.stress_offset
    return 1.0 / (1.0 + math.exp(-z))


@rule
def quit_hazard(p, stress, insecurity, weeks_left, wage):
    """Weekly hazard that a specialist leaves (I20-I22); insecurity and pay are those of the employer."""
    insecure = 1.0 + insecurity * math.exp(-max(0.0, weeks_left) / 26.0)
    pay = math.exp(p.quit_wage * (1.0 - wage / p.going_wage))
    return p.quit_year / 52.0 * math.exp(p.quit_stress * (stress - 0.5)) * insecure * pay


@compiled
def _pass_on(p, staff, s, first, last):
    """The relations of somebody who leaves go to a colleague in these rows, as far as they are handed on (S6)."""
    heir = -1
    for other in range(first, last):
        if staff.state[other] and staff.contract[other] == staff.contract[s]:
            if heir < 0 or staff.experience[other] < staff.experience[heir]:
                heir = other
    if heir < 0:
        return
    for n in range(N_CONTACTS):
        strength = p.relations_handed_on * staff.strength[s, n]
        weakest = 0
        for k in range(N_CONTACTS):
            if staff.strength[heir, k] < staff.strength[heir, weakest]:
                weakest = k
        if staff.contact[s, n] >= 0 and strength > staff.strength[heir, weakest]:
            staff.contact[heir, weakest] = staff.contact[s, n]
            staff.strength[heir, weakest] = strength


@compiled
def _workforce(p, delivery, staff, rows, contracts, companies, levers, count, gone, stream, week):
    """Quits, lay-offs, hires. Returns the numbers given back, employed, who quit."""
    n_gone = employed = left = 0
    regions = rows.fresh.size
    for s in range(staff.state.size):
        if not staff.state[s]:
            continue
        employed += 1
        staff.experience[s] += 1.0
        staff.failed[s] *= p.failed_fade
        c = staff.contract[s]
        u = draw4(stream, SE_STAFF, staff.id[s], week, 0)
        lost = staff.notice[s] > 0
        if contracts.provider[c] != staff.provider[s]:  # the contract went to another provider
            lost = lost or u[1] >= p.taken_over
            staff.provider[s] = contracts.provider[c]
        behind = staff.behind_placements[s] + staff.behind_visits[s]
        behind += staff.behind_transition[s] + staff.behind_outside[s]
        staff.stress[s] += p.stress_speed * (stress_target(p, staff.load[s], behind, staff.failed[s]) - staff.stress[s])
        insecurity = delivery.insecurity[contracts.lot[c] - LOT_SE_IN_HOUSE]
        hazard = quit_hazard(p, staff.stress[s], insecurity, contracts.weeks_left[c], contracts.wage[c])
        if lost or u[0] < hazard:
            staff.state[s] = 0
            if p.relations_handed_on > 0.0:
                first, last = block(staff.state, regions, contracts.region[c])
                _pass_on(p, staff, s, first, last)
            gone[n_gone] = s
            n_gone += 1
            left += not lost
        else:
            count[c] += 1.0
    for c in range(contracts.state.size):
        if not contracts.state[c] or contracts.lot[c] < LOT_SE_IN_HOUSE or contracts.provider[c] < 0:
            continue
        wanted = math.ceil(contracts.places[c] / contracts.deployed[c] - 1e-6)
        while count[c] > wanted:
            newest = -1
            first, last = block(staff.state, regions, contracts.region[c])
            for s in range(first, last):
                if staff.state[s] and staff.contract[s] == c:
                    if newest < 0 or staff.experience[s] < staff.experience[newest]:
                        newest = s
            staff.state[newest] = 0
            gone[n_gone] = newest
            n_gone += 1
            count[c] -= 1.0
        gap = wanted - count[c]
        u = draw4(stream, SE_STAFF, contracts.id[c], week, 0)
        n = whole(gap / p.hiring_weeks, u[0]) if gap > 0.0 else 0
        if count[c] == 0.0:
            n = int(gap)  # a new contract begins staffed: the winner had the lead time to hire
        company = contracts.provider[c]
        if companies.kind[company] == COMPANY and companies.cash[company] < 0.0:
            n = min(n, 1) if count[c] == 0.0 else 0  # posts that fall vacant stay so (T5)
        for _ in range(n):
            s = take_row(rows, contracts.region[c])
            staff.state[s] = 1
            contracts.hired[c] += 1
            staff.id[s] = person_id(16_000 + c, week + 1, contracts.hired[c])
            v = draw4(stream, SE_STAFF, staff.id[s], week, 1)
            pay = contracts.wage[c] / p.going_wage - 1.0
            staff.skill[s] = min(1.0, max(0.05, p.skill + p.skill_wage * pay + p.skill_spread * (v[0] + v[1] - 1.0)))
            staff.provider[s] = contracts.provider[c]
            staff.contract[s] = c
            staff.experience[s] = 0.0
            staff.notice[s] = 0
            staff.stress[s] = p.first_stress
            staff.caseload[s] = 0
            staff.load[s] = 0.0
            staff.failed[s] = 0.0
            staff.lessons[s] = 0.0
            staff.placements[s] = 0
            staff.placed[s] = 0
            staff.new_visits[s] = 0
            staff.discharged[s] = 0
            staff.to_work[s] = 0
            staff.placement_rate[s] = levers.se_placement_target[contracts.region[c]]  # nobody begins behind
            staff.visit_rate[s] = levers.se_visit_target[contracts.region[c]]
            staff.transition_rate[s] = levers.se_transition_target[contracts.region[c]]
            staff.outside_rate[s] = levers.se_outside_target[contracts.region[c]]
            staff.behind_placements[s] = 0.0
            staff.behind_visits[s] = 0.0
            staff.behind_transition[s] = 0.0
            staff.behind_outside[s] = 0.0
            staff.contact[s, :] = -1
            staff.strength[s, :] = 0.0
    return n_gone, employed, left


@compiled
def _hand_over(p, people, staff, contracts, free):
    """Clients of those who left wait for another; the others count towards the caseload and the free room."""
    for s in range(staff.state.size):
        staff.caseload[s] = 0
    for i in listed(people.known):
        s = people.specialist[i]
        if people.broker[i] >= 0 and not staff.state[people.broker[i]]:
            people.broker[i] = -1
        if s < 0:
            continue
        if staff.state[s]:
            staff.caseload[s] += 1
        else:
            people.specialist[i] = -1
            people.handed_over[i] = 1
            people.step_minutes[i] = 0.0
            people.trust[i] -= p.broken_trust * people.trust[i]
    for c in range(contracts.state.size):
        free[c] = int(contracts.places[c] + 0.5)
    for s in range(staff.state.size):
        if staff.state[s]:
            free[staff.contract[s]] -= staff.caseload[s]
    for s in range(staff.state.size):  # no more clients than places: the contract's free ones are dealt out
        if staff.state[s]:
            c = staff.contract[s]
            staff.room[s] = max(0, min(free[c], int(contracts.deployed[c] + 0.5) - staff.caseload[s]))
            free[c] -= staff.room[s]


def staff_specialists(model: Any) -> None:
    """Specialists quit, are laid off when places go elsewhere, and are hired; clients are handed over."""
    table = model.specialists
    model.make_room(table, int(0.1 * model.office_size * model.offices_per_region / 10) + 8)
    staff, contracts = table.view(Staff), model.contracts.view(Contracts)
    p, levers, rows = model.world.specialists, model.levers(Levers), table.rows
    count, gone = (
        model.scratch("count", len(contracts.state)),
        model.scratch("gone", len(staff.state), np.int64),
    )
    n, employed, left = _workforce(
        p,
        model.world.delivery,
        staff,
        rows,
        contracts,
        model.providers.view(Companies),
        levers,
        count,
        gone,
        model.stream,
        model.clock,
    )
    model.count("specialists", employed)
    model.count("specialists_left", left)
    model.count("specialists_laid_off", n - left)
    _hand_over(
        p, model.jobseekers.view(Clients), staff, contracts, model.scratch("waiting", len(contracts.state), np.int64)
    )
    table.clear(gone[:n])
    _give_back(rows, gone[:n])


@compiled
def _give_back(rows, gone):
    for n in range(gone.size):
        give_row(rows, gone[n])
