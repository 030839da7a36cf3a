"""Money: what the week cost, booked once, from whom to whom (K4).

Benefits follow the rules of I61-I65 with G = 99,858 NOK (2019, from memory): unemployment benefit 62.4 % and AAP 66 %
of earlier income with a floor of 2 G, KVP 2 G, social assistance and pension as parameters. Part-time workers keep a
benefit for the hours they do not work (J8). Services are booked in full whether places are filled or not; a person's
cost is the share that can be laid at their door (own benefit, subsidy, place, supervisor's time as wage / caseload).
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from sim.accounts import (
    AAP_POST,
    AFT_POST,
    COURSE_POST,
    KVP_BENEFIT_POST,
    MENTOR_POST,
    PENSION_POST,
    SE_CONTRACT_POST,
    SE_IN_HOUSE_POST,
    SOCIAL_ASSISTANCE_POST,
    SUPERVISOR_POST,
    TAX_POST,
    TENDER_POST,
    UNEMPLOYMENT_BENEFIT_POST,
    WAGE_SUBSIDY_POST,
)
from sim.agents.course import LOT_AFT, LOT_SE_IN_HOUSE
from sim.agents.jobseeker import (
    AAP,
    DISABILITY_PENSION,
    JOB_WITH_BENEFIT,
    KVP_BENEFIT,
    SOCIAL_ASSISTANCE,
    SUBSIDISED_JOB,
    UNEMPLOYMENT_BENEFIT,
    is_working,
)
from sim.compiled import compiled, rule


class People(NamedTuple):
    state: np.ndarray
    office: np.ndarray
    benefit: np.ndarray
    prior_wage: np.ndarray
    sanction_weeks: np.ndarray
    supervisor: np.ndarray
    course: np.ndarray
    step: np.ndarray
    specialist: np.ndarray
    hours: np.ndarray
    wage: np.ndarray
    tenure: np.ndarray
    subsidy_weeks: np.ndarray
    mentor: np.ndarray
    cost: np.ndarray
    service_cost: np.ndarray


class Contracts(NamedTuple):
    state: np.ndarray
    lot: np.ndarray
    provider: np.ndarray
    price: np.ndarray
    places: np.ndarray
    wage: np.ndarray
    next_provider: np.ndarray
    weeks_left: np.ndarray


class Courses(NamedTuple):
    contract: np.ndarray


class Providers(NamedTuple):
    cash: np.ndarray


class Specialists(NamedTuple):
    state: np.ndarray
    provider: np.ndarray
    contract: np.ndarray


class Instructors(NamedTuple):
    state: np.ndarray
    provider: np.ndarray
    wage: np.ndarray


class Team(NamedTuple):
    state: np.ndarray
    caseload: np.ndarray


class Offices(NamedTuple):
    region: np.ndarray


class Levers(NamedTuple):
    subsidy_rate_first: np.ndarray
    subsidy_rate_later: np.ndarray
    subsidy_weeks: np.ndarray


@rule
def weekly_benefit(p, benefit, prior_wage, hours, sanctioned):
    """NOK a week of a benefit (I61-I65), cut in proportion to hours worked, and by a sanction."""
    if benefit == UNEMPLOYMENT_BENEFIT:
        year = p.unemployment_rate * min(prior_wage, 6.0 * p.basic_amount)
    elif benefit == AAP:
        year = max(p.aap_floor * p.basic_amount, p.aap_rate * min(prior_wage, 6.0 * p.basic_amount))
    elif benefit == KVP_BENEFIT:
        year = 2.0 * p.basic_amount
    elif benefit == SOCIAL_ASSISTANCE:
        year = p.social_month * 12.0
    else:
        year = 0.0
    return year / 52.0 * (1.0 - hours) * (0.0 if sanctioned else 1.0)


@compiled
def _post(ledger, people, i, post, amount, service):
    """Book an amount that belongs to one person."""
    ledger[post] += amount
    people.cost[i] += amount
    if service:
        people.service_cost[i] += amount


@compiled
def _pay(
    p,
    delivery,
    ledger,
    overhead,
    people,
    contracts,
    courses,
    providers,
    specialists,
    instructors,
    team,
    offices,
    levers,
    used,
):
    """Book the week. ``overhead`` gets what belongs to nobody: empty places, unassigned hours, tender work."""
    ledger[:] = 0.0
    overhead[0] = 0.0
    week_of_month = 12.0 / 52.0
    supervisor_week = p.supervisor_year / 52.0
    for i in range(people.state.size):
        people.cost[i] = 0.0
        people.service_cost[i] = 0.0
        state = people.state[i]
        if state == 0:
            continue
        if state == DISABILITY_PENSION:
            amount = max(p.pension_floor * p.basic_amount, p.aap_rate * min(people.prior_wage[i], 6.0 * p.basic_amount))
            _post(ledger, people, i, PENSION_POST, amount / 52.0, False)
            continue
        working = is_working(state)
        if working:
            wage = people.wage[i] / 52.0 * people.hours[i]
            tax = p.tax * wage
            ledger[TAX_POST] += tax
            people.cost[i] -= tax
            if people.subsidy_weeks[i] > 0:
                region = offices.region[people.office[i]]
                first = people.subsidy_weeks[i] > 0.5 * levers.subsidy_weeks[region]
                rate = levers.subsidy_rate_first[region] if first else levers.subsidy_rate_later[region]
                _post(ledger, people, i, WAGE_SUBSIDY_POST, rate * wage, True)
            if people.mentor[i] and people.tenure[i] <= p.mentor_weeks:
                _post(ledger, people, i, MENTOR_POST, p.mentor_month * week_of_month, True)
        if state <= JOB_WITH_BENEFIT:
            hours = people.hours[i] if state == JOB_WITH_BENEFIT else 0.0
            if state != SUBSIDISED_JOB:
                sanctioned = people.sanction_weeks[i] > 0
                amount = weekly_benefit(p, people.benefit[i], people.prior_wage[i], hours, sanctioned)
                if people.benefit[i] == UNEMPLOYMENT_BENEFIT:
                    _post(ledger, people, i, UNEMPLOYMENT_BENEFIT_POST, amount, False)
                elif people.benefit[i] == AAP:
                    _post(ledger, people, i, AAP_POST, amount, False)
                elif people.benefit[i] == KVP_BENEFIT:
                    _post(ledger, people, i, KVP_BENEFIT_POST, amount, False)
                elif people.benefit[i] == SOCIAL_ASSISTANCE:
                    _post(ledger, people, i, SOCIAL_ASSISTANCE_POST, amount, False)
            s = people.supervisor[i]
            if s >= 0 and team.caseload[s] > 0:
                _post(ledger, people, i, SUPERVISOR_POST, supervisor_week / team.caseload[s], True)
        c = -1
        if people.course[i] >= 0:
            c = courses.contract[people.course[i]]
        elif people.step[i] and people.specialist[i] >= 0:
            c = specialists.contract[people.specialist[i]]
        if c >= 0:
            used[c] += 1.0
            price = contracts.price[c] * week_of_month
            people.cost[i] += price
            people.service_cost[i] += price
    salaries = 0.0
    for s in range(team.state.size):
        if team.state[s]:
            salaries += supervisor_week
    idle = salaries - ledger[SUPERVISOR_POST]
    ledger[SUPERVISOR_POST] = salaries
    overhead[0] += idle
    for c in range(contracts.state.size):
        if not contracts.state[c] or contracts.provider[c] < 0:
            continue
        j = contracts.provider[c]
        # Places are paid for, filled or not; a form that is winding down still pays for those it serves.
        paid = max(contracts.places[c], used[c]) * contracts.price[c] * week_of_month
        overhead[0] += paid - used[c] * contracts.price[c] * week_of_month
        if contracts.lot[c] == LOT_AFT:
            post = AFT_POST
        elif contracts.lot[c] < LOT_AFT:
            post = COURSE_POST
        else:
            post = SE_IN_HOUSE_POST if contracts.lot[c] == LOT_SE_IN_HOUSE else SE_CONTRACT_POST
        ledger[post] += paid
        providers.cash[j] += paid
        if contracts.weeks_left[c] == 1 and contracts.next_provider[c] >= 0:
            ledger[TENDER_POST] += p.tender_round
            overhead[0] += p.tender_round
    for s in range(specialists.state.size):
        if specialists.state[s]:
            c = specialists.contract[s]
            overhead_share = p.overhead_spent * delivery.overhead[contracts.lot[c] - LOT_SE_IN_HOUSE]
            providers.cash[specialists.provider[s]] -= contracts.wage[c] / 52.0 * (1.0 + overhead_share)
    for k in range(instructors.state.size):
        if instructors.state[k] == 1:
            providers.cash[instructors.provider[k]] -= instructors.wage[k] / 52.0 * (1.0 + p.course_running)


def pay(model: Any) -> None:
    """Benefits, services and taxes of the week are booked."""
    _pay(
        model.world.money,
        model.world.delivery,
        model.ledger,
        model.overhead,
        model.jobseekers.view(People),
        model.contracts.view(Contracts),
        model.courses.view(Courses),
        model.providers.view(Providers),
        model.specialists.view(Specialists),
        model.instructors.view(Instructors),
        model.supervisors.view(Team),
        model.offices.view(Offices),
        model.levers(Levers),
        np.zeros(len(model.contracts["state"])),
    )
