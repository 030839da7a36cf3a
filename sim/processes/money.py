"""Money: what the week cost, booked once, from whom to whom (K4).

Benefits follow the rules of I61-I65 with G = 99,858 NOK (2019, from memory): unemployment benefit 62.4 % and AAP 66 %
of earlier income with a floor of 2 G, KVP 2 G, social assistance and pension as parameters. Part-time workers keep a
benefit for the hours they do not work (J8). Services are booked in full whether places are filled or not, save places
on contracts whose volume is not guaranteed: these are paid for when they are filled (T4). A person's cost is the share
that can be laid at their door (own benefit, subsidy, place, supervisor's time as wage / caseload).
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from sim.accounts import (
    AAP_POST,
    AFT_POST,
    COURSE_POST,
    COVER_POST,
    DROP_IN_POST,
    EDUCATION_POST,
    KVP_ACTIVITY_POST,
    KVP_BENEFIT_POST,
    KVP_TEAM_POST,
    MENTOR_POST,
    PENSION_POST,
    PROVIDER_SUBSIDY_POST,
    SE_CONTRACT_POST,
    SE_IN_HOUSE_POST,
    SE_OUTCOME_POST,
    SOCIAL_ASSISTANCE_POST,
    SUPERVISOR_POST,
    TAX_POST,
    TENDER_POST,
    UNEMPLOYMENT_BENEFIT_POST,
    WAGE_SUBSIDY_POST,
)
from sim.agents.course import EMPLOYED, LOT_AFT, LOT_SE_IN_HOUSE
from sim.agents.jobseeker import (
    AAP,
    BY_SPECIALIST,
    DISABILITY_PENSION,
    EDUCATION,
    JOB_HUNT,
    JOB_WITH_BENEFIT,
    KVP,
    KVP_BENEFIT,
    NO_ACTIVITY,
    PRACTICE,
    SOCIAL_ASSISTANCE,
    SUBSIDISED_JOB,
    UNEMPLOYMENT_BENEFIT,
    is_working,
)
from sim.agents.office import KVP_TEAM
from sim.columns import listed
from sim.compiled import compiled, rule
from sim.processes.assessment import pay_assessments
from sim.processes.haste import counts_after
from sim.processes.se_intake import price_by_job
from sim.processes.workshop import DAYS


class People(NamedTuple):
    state: np.ndarray
    office: np.ndarray
    age: np.ndarray
    benefit: np.ndarray
    prior_wage: np.ndarray
    sanction_weeks: np.ndarray
    supervisor: np.ndarray
    measure: np.ndarray
    course: np.ndarray
    step: np.ndarray
    specialist: np.ndarray
    hours: np.ndarray
    wage: np.ndarray
    tenure: np.ndarray
    subsidy_weeks: np.ndarray
    subsidy_rate: np.ndarray
    mentor: np.ndarray
    brokered: np.ndarray
    last_provider: np.ndarray
    kvp_activity: np.ndarray
    kvp_mentor: np.ndarray
    kvp_absent: np.ndarray
    trade: np.ndarray
    dropped_in: np.ndarray
    cost: np.ndarray
    service_cost: np.ndarray
    known: np.ndarray


class Contracts(NamedTuple):
    state: np.ndarray
    region: np.ndarray
    lot: np.ndarray
    provider: np.ndarray
    price: np.ndarray
    places: np.ndarray
    wage: np.ndarray
    next_provider: np.ndarray
    weeks_left: np.ndarray
    guaranteed: np.ndarray
    by_job: np.ndarray
    fill: np.ndarray
    withheld: np.ndarray
    withheld_weeks: np.ndarray
    cost: np.ndarray


class Courses(NamedTuple):
    contract: np.ndarray


class Providers(NamedTuple):
    cash: np.ndarray
    efficiency: np.ndarray


class Specialists(NamedTuple):
    state: np.ndarray
    provider: np.ndarray
    contract: np.ndarray


class Instructors(NamedTuple):
    state: np.ndarray
    provider: np.ndarray
    course: np.ndarray
    wage: np.ndarray


class Team(NamedTuple):
    state: np.ndarray
    programme: np.ndarray
    caseload: np.ndarray


class Offices(NamedTuple):
    region: np.ndarray


class Regions(NamedTuple):
    covered: np.ndarray


class Levers(NamedTuple):
    se_success: np.ndarray
    subsidy_rate_first: np.ndarray
    subsidy_rate_later: np.ndarray
    subsidy_weeks: np.ndarray
    kvp_unpaid_absence: np.ndarray
    courses_drop_in_places_per_1000: np.ndarray


@rule
def kvp_share(p, age, absent, unpaid_absence):
    """Share of the KVP benefit of 2 G that is paid: two thirds for the young (I63), none for unpaid absence (K2)."""
    if absent and unpaid_absence:
        return 0.0
    return p.kvp_young_share if age < p.kvp_young_age else 1.0


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


@rule
def paid_part(withheld, weeks):
    """Part of a contract's price that is paid: some is withheld after an audit that found staff missing (T16)."""
    return 1.0 - withheld if weeks > 0 else 1.0


@compiled
def _post(ledger, people, i, post, amount, service):
    """Book an amount that belongs to one person."""
    ledger[post] += amount
    people.cost[i] += amount
    if service:
        people.service_cost[i] += amount


@rule
def places_paid(guaranteed, places, filled):
    """Places paid for: those guaranteed filled or not, of the others the filled ones (T4).

    A form that is winding down is paid for all whom it still serves.
    """
    return guaranteed * max(places, filled) + (1.0 - guaranteed) * filled


@rule
def paid_share(contracts, c):
    """Share of a contract's price that is paid for a place this week: not by the job, not withheld (T13, T16)."""
    return (1.0 - contracts.by_job[c]) * paid_part(contracts.withheld[c], contracts.withheld_weeks[c])


@compiled
def _pay_by_job(p, ledger, people, i, contracts, providers, levers, offices):
    """The provider who placed a person is paid when the job counts, if it still has the contract (T13)."""
    region = offices.region[people.office[i]]
    if people.tenure[i] != max(1, int(counts_after(int(levers.se_success[region])))):
        return
    for c in range(contracts.state.size):
        if contracts.region[c] == region and contracts.provider[c] == people.last_provider[i]:
            if contracts.state[c] and contracts.by_job[c] > 0.0:
                amount = price_by_job(p, contracts.by_job[c], contracts.price[c])
                _post(ledger, people, i, SE_OUTCOME_POST, amount, True)
                providers.cash[contracts.provider[c]] += amount
                return


@compiled
def _pay(
    p,
    delivery,
    course_overhead,
    fill_memory,
    workshop,
    region_size,
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
    regions,
    levers,
    used,
    days,
):
    """Book the week. ``overhead`` gets what belongs to nobody: empty places, unassigned hours, tender work."""
    ledger[:] = 0.0
    overhead[0] = 0.0
    week_of_month = 12.0 / 52.0
    supervisor_week = p.supervisor_year / 52.0
    for i in listed(people.known):
        people.cost[i] = 0.0
        people.service_cost[i] = 0.0
        state = people.state[i]
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
                subsidy = people.subsidy_rate[i] * wage
                if people.trade[i] >= 0 and instructors.provider[people.trade[i]] >= 0:
                    # NAV pays the provider for its seats, and a subsidy for its staff besides (T7).
                    _post(ledger, people, i, PROVIDER_SUBSIDY_POST, subsidy, True)
                    providers.cash[instructors.provider[people.trade[i]]] += subsidy
                else:
                    _post(ledger, people, i, WAGE_SUBSIDY_POST, subsidy, True)
            if people.mentor[i]:
                _post(ledger, people, i, MENTOR_POST, p.mentor_month * week_of_month, True)
            if people.brokered[i] == BY_SPECIALIST:
                _pay_by_job(p, ledger, people, i, contracts, providers, levers, offices)
        if people.measure[i] == EDUCATION:
            _post(ledger, people, i, EDUCATION_POST, p.education_year / 52.0, True)
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
                    unpaid = levers.kvp_unpaid_absence[offices.region[people.office[i]]] > 0.5
                    amount *= kvp_share(p, people.age[i], people.kvp_absent[i], unpaid)
                    _post(ledger, people, i, KVP_BENEFIT_POST, amount, False)
                elif people.benefit[i] == SOCIAL_ASSISTANCE:
                    _post(ledger, people, i, SOCIAL_ASSISTANCE_POST, amount, False)
            s = people.supervisor[i]
            if s >= 0 and team.caseload[s] > 0:
                post = KVP_TEAM_POST if team.programme[s] == KVP_TEAM else SUPERVISOR_POST
                _post(ledger, people, i, post, supervisor_week / team.caseload[s], True)
            if people.measure[i] == KVP:
                if people.kvp_activity[i] not in (NO_ACTIVITY, PRACTICE, JOB_HUNT):
                    _post(ledger, people, i, KVP_ACTIVITY_POST, p.kvp_activity_year / 52.0, True)
                if people.kvp_mentor[i]:
                    _post(ledger, people, i, MENTOR_POST, p.mentor_month * week_of_month, True)
        c = -1
        if people.course[i] >= 0:
            c = courses.contract[people.course[i]]
        elif people.step[i] and people.specialist[i] >= 0:
            c = specialists.contract[people.specialist[i]]
        if c >= 0:
            used[c] += 1.0
            price = contracts.price[c] * week_of_month * paid_share(contracts, c)
            people.cost[i] += price
            people.service_cost[i] += price
        if people.dropped_in[i]:
            # A visit takes a place for a day; the places that nobody takes are paid for, too.
            _post(ledger, people, i, DROP_IN_POST, workshop.month * week_of_month / DAYS, True)
            days[offices.region[people.office[i]]] += 1.0
    for region in range(days.size):
        places = levers.courses_drop_in_places_per_1000[region] * region_size / 1000.0
        unused = workshop.month * week_of_month * max(0.0, places - days[region] / DAYS)
        ledger[DROP_IN_POST] += unused
        overhead[0] += unused
    for region in range(regions.covered.size):
        ledger[COVER_POST] += p.cover * regions.covered[region]
        overhead[0] += p.cover * regions.covered[region]
        regions.covered[region] = 0.0
    assigned = ledger[SUPERVISOR_POST] + ledger[KVP_TEAM_POST]
    ledger[SUPERVISOR_POST] = 0.0
    ledger[KVP_TEAM_POST] = 0.0
    for s in range(team.state.size):
        if team.state[s]:
            ledger[KVP_TEAM_POST if team.programme[s] == KVP_TEAM else SUPERVISOR_POST] += supervisor_week
    overhead[0] += ledger[SUPERVISOR_POST] + ledger[KVP_TEAM_POST] - assigned
    for c in range(contracts.state.size):
        if not contracts.state[c] or contracts.provider[c] < 0:
            continue
        j = contracts.provider[c]
        price = contracts.price[c] * week_of_month * paid_share(contracts, c)
        paid = places_paid(contracts.guaranteed[c], contracts.places[c], used[c]) * price
        if contracts.places[c] >= 1.0:
            contracts.fill[c] += fill_memory * (min(1.0, used[c] / contracts.places[c]) - contracts.fill[c])
        overhead[0] += paid - used[c] * price
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
        if instructors.state[k] == EMPLOYED:
            j, c = instructors.provider[k], courses.contract[instructors.course[k]]
            running = p.course_running
            if contracts.lot[c] < LOT_AFT:  # what the bid reckoned with turns out higher or lower (T5)
                running = course_overhead * providers.efficiency[j] * contracts.cost[c]
            providers.cash[j] -= instructors.wage[k] / 52.0 * (1.0 + running)


def pay(model: Any) -> None:
    """Benefits, services and taxes of the week are booked."""
    _pay(
        model.world.money,
        model.world.delivery,
        model.world.tendering.course_overhead,
        model.world.tendering.fill_memory,
        model.world.workshop,
        model.region_size,
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
        model.regions.view(Regions),
        model.levers(Levers),
        model.scratch("used", len(model.contracts["state"])),
        model.scratch("days", model.n_regions),
    )
    pay_assessments(model)
