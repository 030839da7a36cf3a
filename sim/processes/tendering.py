"""Tenders: offices buy places in rounds, and the places stay as they were bought (T1-T4, T14-T16, T20).

Rounds are held a lead time before a contract ends, and what a round has fixed holds until the next contract ends:
provider, price, wages, staffing, and for courses the number of places, by the budget and the need of that day (T1).
What a bid is and how it is scored stands in ``bids``. Nothing in the award can see who will stand on the course. The
buyer has a budget: dearer places are fewer places. Courses by pre-approved enterprises (AFT) have a fixed rate and no
tender; so has Supported Employment that NAV delivers, and any that is bought from approved suppliers (T15). Courses,
too, may be bought from several approved companies at a fixed price that the agency sets, and seats then follow
clients' choice (T14).
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from sim.agents.course import (
    COMPANY,
    FIXED,
    LOT_AFT,
    LOT_JOB_SEARCH,
    LOT_SE_IN_HOUSE,
    MOST_SUPPLIERS,
    N_CONTRACTS,
    N_DEPLOYED,
)
from sim.agents.jobseeker import ASSESSMENT, EDUCATION, FOLLOW_UP, KVP, WORK_TRAINING
from sim.compiled import compiled, rule
from sim.processes.approval import approve_suppliers, share_out
from sim.processes.awards import begin_period, hold_round, start_afresh
from sim.processes.bids import N_LEVELS, N_WAGES, Terms, place_cost
from sim.streams import TENDER, draw4


class Contracts(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    region: np.ndarray
    lot: np.ndarray
    provider: np.ndarray
    weeks_left: np.ndarray
    price: np.ndarray
    places: np.ndarray
    wage: np.ndarray
    deployed: np.ndarray
    next_provider: np.ndarray
    next_price: np.ndarray
    next_wage: np.ndarray
    next_deployed: np.ndarray
    rounds: np.ndarray
    begun: np.ndarray
    volume: np.ndarray
    next_volume: np.ndarray
    points: np.ndarray
    next_points: np.ndarray
    premium: np.ndarray
    next_premium: np.ndarray
    named_skill: np.ndarray
    next_named_skill: np.ndarray
    bound: np.ndarray
    next_bound: np.ndarray
    promised: np.ndarray
    next_promised: np.ndarray
    tendered: np.ndarray
    guaranteed: np.ndarray
    next_guaranteed: np.ndarray
    by_job: np.ndarray
    next_by_job: np.ndarray
    fill: np.ndarray
    chosen: np.ndarray
    withheld: np.ndarray
    withheld_weeks: np.ndarray
    cost: np.ndarray
    next_cost: np.ndarray
    approved: np.ndarray
    taught: np.ndarray
    course_weeks: np.ndarray
    named_weeks: np.ndarray
    staff_weeks: np.ndarray


class Providers(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    region: np.ndarray
    kind: np.ndarray
    efficiency: np.ndarray
    result: np.ndarray
    experience: np.ndarray
    failed_audits: np.ndarray
    bidding: np.ndarray


class Profiles(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    region: np.ndarray
    provider: np.ndarray
    skill: np.ndarray
    demand: np.ndarray
    idle_weeks: np.ndarray
    named: np.ndarray
    next_named: np.ndarray


class Regions(NamedTuple):
    places: np.ndarray
    taken: np.ndarray
    waiting: np.ndarray
    se_price: np.ndarray
    spend: np.ndarray


class Levers(NamedTuple):
    tender_price_weight: np.ndarray
    tender_contract_weeks: np.ndarray
    tender_guaranteed_volume: np.ndarray
    tender_continuity: np.ndarray
    tender_audit: np.ndarray
    tender_suppliers: np.ndarray
    tender_approved_price: np.ndarray
    tender_outcome_pay: np.ndarray
    courses_job_search_places_per_1000: np.ndarray
    courses_vocational_places_per_1000: np.ndarray
    courses_aft_places_per_1000: np.ndarray
    courses_work_training_places_per_1000: np.ndarray
    courses_education_places_per_1000: np.ndarray
    courses_assessment_places_per_1000: np.ndarray
    courses_client_choice: np.ndarray
    subsidy_rate_first: np.ndarray
    subsidy_weeks: np.ndarray
    se_places_per_1000: np.ndarray
    se_in_house_share: np.ndarray
    se_caseload: np.ndarray
    se_budget_neutral: np.ndarray
    se_phase_in_weeks: np.ndarray
    se_outsourced_by: np.ndarray
    kvp_places_per_1000: np.ndarray


@rule
def places_needed(p, wanted, places, seen):
    """Places that the next contract is for: the budget's, cut where fewer are on or queueing for the measure (T20)."""
    need = min(1.0, seen / max(1.0, places))
    return wanted * (p.self_preservation + (1.0 - p.self_preservation) * need)


@rule
def phased(baseline, wanted, since, phase_in):
    """A lever on its way from the baseline's value to the wanted one, evenly over the phase-in."""
    if since < 0:
        return wanted
    share = 1.0 if phase_in <= 0 else min(1.0, (since + 1) / phase_in)
    return baseline + (wanted - baseline) * share


@rule
def _terms(p, levers, region, form):
    """What a bidder is told of the rules of a round; ``form`` is below zero for courses."""
    subsidised = p.participants * levers.subsidy_rate_first[region]
    return Terms(
        levers.tender_price_weight[region],
        levers.tender_continuity[region],
        levers.tender_audit[region],
        subsidised if levers.subsidy_weeks[region] > 0.0 else 0.0,
        levers.tender_outcome_pay[region] if form >= 0 else 0.0,
        levers.tender_guaranteed_volume[region],
        levers.tender_contract_weeks[region],
    )


@compiled
def _week(
    p,
    course,
    cost_error,
    delivery,
    contracts,
    providers,
    providers_per_region,
    profiles,
    regions,
    bids,
    deployed,
    levers,
    before,
    freed,
    region_size,
    stream,
    week,
    since,
):
    """Rounds are held a lead time before a contract ends; contracts end and begin; places follow the budget."""
    rounds = 0
    providers.bidding[:] = 0
    for c in range(contracts.state.size):
        region, lot = contracts.region[c], contracts.lot[c]
        place = c % N_CONTRACTS
        if not contracts.state[c] or place > LOT_SE_IN_HOUSE:
            continue  # contracts of further suppliers go with the lot's first
        per_1000 = region_size / 1000.0
        form = lot - LOT_SE_IN_HOUSE
        phase_in = levers.se_phase_in_weeks[region]
        wanted = 0.0
        if form >= 0:
            caseload = phased(before.se_caseload[region], levers.se_caseload[region], since, phase_in)
            norm = caseload * delivery.caseload_factor[form]
            wage, overhead = delivery.wage[form], delivery.overhead[form]
            reference = place_cost(delivery.wage[0], 1.0 / caseload, delivery.overhead[0], 1.0)
        else:
            norm, wage, overhead = course.seats, course.going_wage, p.course_overhead
            if lot == LOT_JOB_SEARCH:
                reference, wanted = p.job_search_price, levers.courses_job_search_places_per_1000[region] * per_1000
            else:
                reference, wanted = p.vocational_price, levers.courses_vocational_places_per_1000[region] * per_1000
        fixed_rate = lot == LOT_AFT or (
            form >= 0 and (delivery.tendered[form] < 0.5 or levers.se_outsourced_by[region] > 0.5)
        )
        several = lot < LOT_AFT and levers.tender_suppliers[region] > 1.5
        further = region * N_CONTRACTS + LOT_SE_IN_HOUSE + 1 + (lot - 1) * (MOST_SUPPLIERS - 1)
        contracts.weeks_left[c] -= 1
        contracts.withheld_weeks[c] = max(0, contracts.withheld_weeks[c] - 1)
        if fixed_rate:
            # The providers without a tender come first in a region: a unit for each form of SE, the enterprise.
            own = region * providers_per_region + (FIXED - 1 if lot == LOT_AFT else form)
            if contracts.weeks_left[c] <= 0:
                contracts.provider[c] = own
                start_afresh(contracts, c, 100_000, week)
                contracts.cost[c] = 1.0
            if contracts.provider[c] == own:
                contracts.tendered[c], contracts.guaranteed[c], contracts.by_job[c] = 0, 1.0, 0.0
                if lot == LOT_AFT:
                    contracts.price[c], contracts.wage[c] = p.aft_rate, p.aft_wage
                    contracts.deployed[c], contracts.promised[c] = p.aft_staff, p.aft_staff
                else:
                    contracts.price[c] = place_cost(wage, 1.0 / norm, overhead, 1.0)
                    contracts.wage[c], contracts.deployed[c], contracts.promised[c] = wage, norm, norm
        elif several:
            if contracts.weeks_left[c] <= 0:
                n = int(levers.tender_suppliers[region])
                choice = levers.courses_client_choice[region]
                price = levers.tender_approved_price[region]
                terms = _terms(p, levers, region, form)
                approve_suppliers(p, contracts, providers, c, further, n, norm, wage, overhead, terms, choice, price)
                start_afresh(contracts, c, int(terms.weeks), week)
                for k in range(n - 1):
                    start_afresh(contracts, further + k, int(terms.weeks), week)
        else:
            due = contracts.weeks_left[c] == int(p.lead_weeks)
            ahead = contracts.weeks_left[c] - p.lead_weeks
            if 0.0 < ahead <= p.bid_weeks:  # every company of the region writes a bid
                for j in range(providers.state.size):
                    if providers.region[j] == region and providers.kind[j] == COMPANY:
                        providers.bidding[j] = 1
            if due or (contracts.weeks_left[c] <= 0 and contracts.next_provider[c] < 0):
                hold_round(
                    p,
                    course,
                    cost_error,
                    contracts,
                    providers,
                    profiles,
                    bids,
                    deployed,
                    c,
                    norm,
                    wage,
                    overhead,
                    _terms(p, levers, region, form),
                    reference,
                    stream,
                    week,
                )
                rounds += 1
                contracts.next_volume[c] = wanted
                if lot < LOT_AFT and contracts.rounds[c] > 1:
                    seen = regions.taken[region, lot] + regions.waiting[region, lot]
                    contracts.next_volume[c] = places_needed(p, wanted, contracts.places[c], seen)
            if contracts.weeks_left[c] <= 0:
                weeks = levers.tender_contract_weeks[region]
                if contracts.rounds[c] == 1:  # first contracts end at different times
                    weeks *= 0.25 + 0.75 * draw4(stream, TENDER, contracts.id[c], 0, 0)[0]
                begin_period(contracts, profiles, c)
                start_afresh(contracts, c, int(weeks), week)
        if lot == LOT_AFT:
            contracts.places[c] = levers.courses_aft_places_per_1000[region] * per_1000
        elif lot < LOT_AFT:
            if contracts.approved[c]:
                volume = wanted * min(2.0, reference / contracts.price[c])
                share_out(p, contracts, c, further, levers.courses_client_choice[region], volume)
            else:
                # A budget, not a number of places: dearer places are fewer places.
                volume = p.volume_fixed * contracts.volume[c] + (1.0 - p.volume_fixed) * wanted
                contracts.places[c] = volume * min(2.0, reference / contracts.price[c])
        else:
            share = phased(before.se_in_house_share[region], levers.se_in_house_share[region], since, phase_in)
            if form == 1:
                share = 1.0 - share
            wanted = phased(before.se_places_per_1000[region], levers.se_places_per_1000[region], since, phase_in)
            places = wanted * per_1000 * share
            if levers.se_budget_neutral[region] > 0.5 and since >= 0:
                places *= regions.se_price[region] / max(1.0, contracts.price[c])
            contracts.places[c] = places
        if freed[region] > 0.0:  # wages that a higher caseload frees buy places at the baseline's mix
            contracts.places[c] *= 1.0 + freed[region] / max(1.0, regions.spend[region])
    return rounds


@compiled
def _bought(contracts, regions, levers, region_size, since):
    """Places bought by measure in each region (work training, assessment, education and KVP have no contract)."""
    regions.places[:] = 0.0
    for c in range(contracts.state.size):
        if contracts.state[c]:
            measure = contracts.lot[c] if contracts.lot[c] < LOT_SE_IN_HOUSE else FOLLOW_UP
            regions.places[contracts.region[c], measure] += contracts.places[c]
    if since < 0:  # what a budget-neutral policy may not exceed
        regions.se_price[:] = 0.0
        regions.spend[:] = 0.0
        for c in range(contracts.state.size):
            region = contracts.region[c]
            if contracts.state[c]:
                regions.spend[region] += 12.0 * contracts.price[c] * contracts.places[c]
            if contracts.state[c] and contracts.lot[c] >= LOT_SE_IN_HOUSE:
                share = contracts.places[c] / max(1e-9, regions.places[region, FOLLOW_UP])
                regions.se_price[region] += contracts.price[c] * share
    for region in range(regions.places.shape[0]):
        per_1000 = region_size / 1000.0
        regions.places[region, WORK_TRAINING] = levers.courses_work_training_places_per_1000[region] * per_1000
        regions.places[region, EDUCATION] = levers.courses_education_places_per_1000[region] * per_1000
        regions.places[region, ASSESSMENT] = levers.courses_assessment_places_per_1000[region] * per_1000
        regions.places[region, KVP] = levers.kvp_places_per_1000[region] * per_1000


def hold_tenders(model: Any) -> None:
    """This week's tender rounds, contracts that end and begin, and the places bought with the budget."""
    p, levers, regions = model.world.tendering, model.levers(Levers), model.regions.view(Regions)
    contracts, size = model.contracts.view(Contracts), model.region_size
    if model.since_policy >= 0:
        _remember_ending(model)
    freed = np.bincount(model.offices["region"], model.offices["posts_freed"], model.n_regions)
    rounds = _week(
        p,
        model.world.courses,
        model.world.providers.cost_error,
        model.world.delivery,
        contracts,
        model.providers.view(Providers),
        model.providers.stride,
        model.instructors.view(Profiles),
        regions,
        model.scratch("round", (5, len(model.providers["state"]))),
        model.scratch("levels", (N_WAGES, N_LEVELS)),
        levers,
        model.baseline_levers(Levers),
        freed * model.world.money.supervisor_year,
        size,
        model.stream,
        model.clock,
        model.since_policy,
    )
    model.count("rounds", rounds)
    _bought(contracts, regions, levers, size, model.since_policy)


TENDER_COLUMNS = (
    "week",
    "region",
    "lot",
    "provider",
    "price",
    "premium",
    "quality_points",
    "named_skill",
    "promised",
    "deployed",
    "named_share",
    "quality_delivered",
)


def _remember_ending(model: Any) -> None:
    """Tendered contracts that end this week: what was scored at the award, and what was then delivered (T2)."""
    table = model.contracts
    ending = (table["state"] > 0) & (table["weeks_left"] == 1) & (table["rounds"] > 0) & (table["approved"] == 0)
    for c in np.flatnonzero(ending & (table["lot"] < LOT_AFT)):
        weeks, staff = table["course_weeks"][c], table["staff_weeks"][c]
        model.tenders.append(
            {
                "week": int(table["begun"][c]) - model.horizon.burn_in_weeks,
                "region": int(table["region"][c]),
                "lot": int(table["lot"][c]),
                "provider": int(model.providers["id"][table["provider"][c]]),
                "price": float(table["price"][c]),
                "premium": float(table["premium"][c]),
                "quality_points": float(table["points"][c]),
                "named_skill": float(table["named_skill"][c]),
                "promised": float(N_DEPLOYED),
                "deployed": float(staff / weeks) if weeks else np.nan,
                "named_share": float(table["named_weeks"][c] / staff) if staff else np.nan,
                "quality_delivered": float(table["taught"][c] / weeks) if weeks else np.nan,
            }
        )
