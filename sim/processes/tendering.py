"""Tenders: offices buy places in rounds, and providers trade price against staffing (T1-T4, T15).

Award score = W * lowest bid / bid + (1 - W) * quality score, with W the price weight. The quality score rests on
the provider's past result, delivered by people who have often left:

    quality = 1/2 + bunching * (validity * standing + (1 - validity) * noise),  standing and noise in (-1, 1)

A bidder chooses wage w, staffing n and margin m to make the largest

    P(win) * profit + reputation * (1 - W) * validity * what such staff would do for its standing,
    P(win) = 1 / (1 + exp(-sharpness * (own score - score expected of the best rival)))

knowing the last winning price. Nothing in the award can see who will stand on the course. The buyer has a budget:
dearer places are fewer places. Courses by pre-approved enterprises (AFT) have a fixed rate and no tender.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from sim.agents.course import COMPANY, FIXED, LOT_AFT, LOT_JOB_SEARCH, LOT_SE_IN_HOUSE
from sim.agents.jobseeker import FOLLOW_UP, KVP, WORK_TRAINING
from sim.compiled import compiled, rule
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


class Providers(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    region: np.ndarray
    kind: np.ndarray
    efficiency: np.ndarray
    result: np.ndarray


class Regions(NamedTuple):
    places: np.ndarray
    se_price: np.ndarray
    spend: np.ndarray


class Levers(NamedTuple):
    tender_price_weight: np.ndarray
    tender_contract_weeks: np.ndarray
    courses_job_search_places_per_1000: np.ndarray
    courses_vocational_places_per_1000: np.ndarray
    courses_aft_places_per_1000: np.ndarray
    courses_work_training_places_per_1000: np.ndarray
    se_places_per_1000: np.ndarray
    se_in_house_share: np.ndarray
    se_caseload: np.ndarray
    se_budget_neutral: np.ndarray
    se_phase_in_weeks: np.ndarray
    kvp_places_per_1000: np.ndarray


@rule
def price_score(lowest, bid):
    """Price points: lowest bid / bid."""
    return lowest / bid


@rule
def quality_score(p, standing, noise):
    """Quality points on 0-1; they bunch, and only in part say who did well (T2)."""
    return min(1.0, max(0.0, 0.5 + p.bunching * (p.validity * standing + (1.0 - p.validity) * noise)))


@rule
def award_score(weight, price_points, quality_points):
    """The award: price weight times price points plus the rest times quality points (I30)."""
    return weight * price_points + (1.0 - weight) * quality_points


@rule
def standing(result, trade):
    """A provider's past result against the trade's, squeezed into (-1, 1)."""
    return math.tanh((result - trade) / 0.1)


@rule
def place_cost(wage, staff_per_place, overhead, efficiency):
    """Cost of a place-month in NOK: staff per place plus overhead on it."""
    return wage / 12.0 * staff_per_place * (1.0 + overhead * efficiency)


@rule
def expected_staff(p, wage_factor):
    """Skill a provider expects to attract at this wage, relative to the going one (assumed slope)."""
    return p.skill_wage_slope * (wage_factor - 1.0)


@rule
def staff_per_place(lot, norm, p, level):
    """Staff per place at a staffing level 0-2: three, two or one instructor deployed, or longer caseloads."""
    if lot < LOT_SE_IN_HOUSE:
        return (3.0 - level) / norm
    return 1.0 / (norm * (1.0 + p.stretch * level))


@rule
def best_bid(p, lot, norm, wage, overhead, efficiency, weight, last_price, own_standing):
    """The bid that serves the bidder best: price (NOK a place-month), wage factor, staffing level."""
    best = -1e18
    chosen = (0.0, p.lowest_wage, 2.0)
    quality = quality_score(p, own_standing, 0.0)
    rival = award_score(weight, 1.0, 0.5)
    for a in range(5):
        factor = p.lowest_wage + (1.0 - p.lowest_wage) * 0.5 * a
        for level in range(3):
            cost = place_cost(wage * factor, staff_per_place(lot, norm, p, level), overhead, efficiency)
            if a == 0 and level == 2:
                chosen = (cost, factor, 2.0)  # the least a bidder can offer, should no price below pay
            for b in range(13):
                price = last_price * (0.7 + 0.05 * b)
                if price < cost:
                    continue
                own = award_score(weight, min(1.2, last_price / price), quality)
                chance = 1.0 / (1.0 + math.exp(-p.sharpness * (own - rival)))
                reputation = expected_staff(p, factor) + p.skill_staffing_slope * (1.0 - level)
                value = chance * (price - cost) + p.reputation * last_price * (1.0 - weight) * p.validity * reputation
                if value > best:
                    best = value
                    chosen = (price, factor, float(level))
    return chosen


@compiled
def _round(p, contracts, providers, bids, c, norm, wage, overhead, weight, reference, stream, week):
    """Hold one tender round: bids, scores, award. The next period's terms stay on the contract."""
    lot, region = contracts.lot[c], contracts.region[c]
    last_price = contracts.price[c] if contracts.price[c] > 0.0 else reference
    trade, n = 0.0, 0
    for j in range(providers.state.size):
        if providers.state[j] and providers.region[j] == region and providers.kind[j] == COMPANY:
            trade += providers.result[j]
            n += 1
    trade /= max(1, n)
    bids[:] = 0.0
    prices, factors, levels = bids[0], bids[1], bids[2]
    lowest = 1e18
    for j in range(providers.state.size):
        if not (providers.state[j] and providers.region[j] == region and providers.kind[j] == COMPANY):
            continue
        known = standing(providers.result[j], trade)
        bid = best_bid(p, lot, norm, wage, overhead, providers.efficiency[j], weight, last_price, known)
        u = draw4(stream, TENDER, providers.id[j], week, lot)
        prices[j] = min(bid[0] * (1.0 + p.price_noise * (2.0 * u[0] - 1.0)), p.ceiling * reference)
        factors[j], levels[j] = bid[1], bid[2]
        lowest = min(lowest, prices[j])
    winner, best = -1, -1.0
    for j in range(providers.state.size):
        if prices[j] > 0.0:
            u = draw4(stream, TENDER, providers.id[j], week, lot)
            quality = quality_score(p, standing(providers.result[j], trade), 2.0 * u[1] - 1.0)
            score = award_score(weight, price_score(lowest, prices[j]), quality)
            if score > best:
                winner, best = j, score
    contracts.next_provider[c] = winner
    contracts.next_price[c] = prices[winner]
    contracts.next_wage[c] = wage * factors[winner]
    if lot < LOT_SE_IN_HOUSE:
        contracts.next_deployed[c] = 3.0 - levels[winner]
    else:
        contracts.next_deployed[c] = norm * (1.0 + p.stretch * levels[winner])
    contracts.rounds[c] += 1


@compiled
def _begin(contracts, c, weeks):
    """The next period of a contract begins on the terms of its round."""
    contracts.provider[c] = contracts.next_provider[c]
    contracts.price[c] = contracts.next_price[c]
    contracts.wage[c] = contracts.next_wage[c]
    contracts.deployed[c] = contracts.next_deployed[c]
    contracts.weeks_left[c] = weeks


@rule
def phased(baseline, wanted, since, phase_in):
    """A lever on its way from the baseline's value to the wanted one, evenly over the phase-in."""
    if since < 0:
        return wanted
    share = 1.0 if phase_in <= 0 else min(1.0, (since + 1) / phase_in)
    return baseline + (wanted - baseline) * share


@compiled
def _week(
    p,
    course,
    delivery,
    contracts,
    providers,
    providers_per_region,
    regions,
    bids,
    levers,
    before,
    freed,
    region_size,
    stream,
    week,
    since,
):
    """Rounds are held a lead time before a contract ends; contracts end and begin; places follow the budget."""
    for c in range(contracts.state.size):
        if not contracts.state[c]:
            continue
        region, lot = contracts.region[c], contracts.lot[c]
        per_1000 = region_size / 1000.0
        form = lot - LOT_SE_IN_HOUSE
        tendered = lot < LOT_AFT or (form >= 0 and delivery.tendered[form] > 0.5)
        phase_in = levers.se_phase_in_weeks[region]
        if form >= 0:
            caseload = phased(before.se_caseload[region], levers.se_caseload[region], since, phase_in)
            norm = caseload * delivery.caseload_factor[form]
            wage, overhead = delivery.wage[form], delivery.overhead[form]
            reference = place_cost(delivery.wage[0], 1.0 / caseload, delivery.overhead[0], 1.0)
        else:
            norm, wage, overhead = course.seats, course.going_wage, p.course_overhead
            reference = p.job_search_price if lot == LOT_JOB_SEARCH else p.vocational_price
        contracts.weeks_left[c] -= 1
        if tendered:
            due = contracts.weeks_left[c] == p.lead_weeks
            if due or (contracts.weeks_left[c] <= 0 and contracts.next_provider[c] < 0):
                weight = levers.tender_price_weight[region]
                _round(p, contracts, providers, bids, c, norm, wage, overhead, weight, reference, stream, week)
            if contracts.weeks_left[c] <= 0:
                weeks = levers.tender_contract_weeks[region]
                if contracts.rounds[c] == 1:  # first contracts end at different times
                    weeks *= 0.25 + 0.75 * draw4(stream, TENDER, contracts.id[c], 0, 0)[0]
                _begin(contracts, c, int(weeks))
                contracts.next_provider[c] = -1
        else:
            if contracts.weeks_left[c] <= 0:
                # The providers without a tender come first in a region: a unit for each form of SE, the enterprise.
                own = FIXED - 1 if lot == LOT_AFT else form
                contracts.provider[c] = region * providers_per_region + own
                contracts.weeks_left[c] = 100_000
            if lot == LOT_AFT:
                contracts.price[c], contracts.wage[c], contracts.deployed[c] = (
                    p.aft_rate,
                    p.aft_wage,
                    p.aft_staff,
                )
            else:
                contracts.price[c] = place_cost(wage, 1.0 / norm, overhead, 1.0)
                contracts.wage[c], contracts.deployed[c] = wage, norm
        if lot == LOT_AFT:
            contracts.places[c] = levers.courses_aft_places_per_1000[region] * per_1000
        elif lot < LOT_AFT:
            wanted = (
                levers.courses_job_search_places_per_1000[region]
                if lot == LOT_JOB_SEARCH
                else levers.courses_vocational_places_per_1000[region]
            )
            # A budget, not a number of places: dearer places are fewer places.
            contracts.places[c] = wanted * per_1000 * min(2.0, reference / contracts.price[c])
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


@compiled
def _bought(contracts, regions, levers, region_size, since):
    """Places bought by measure in each region (work training and KVP have places without a contract)."""
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
        regions.places[region, KVP] = levers.kvp_places_per_1000[region] * per_1000


def hold_tenders(model: Any) -> None:
    """This week's tender rounds, contracts that end and begin, and the places bought with the budget."""
    p, levers, regions = model.world.tendering, model.levers(Levers), model.regions.view(Regions)
    contracts, size = model.contracts.view(Contracts), model.region_size
    freed = np.bincount(model.offices["region"], model.offices["posts_freed"], model.n_regions)
    _week(
        p,
        model.world.courses,
        model.world.delivery,
        contracts,
        model.providers.view(Providers),
        model.providers.stride,
        regions,
        np.empty((3, len(model.providers["state"]))),
        levers,
        model.baseline_levers(Levers),
        freed * model.world.money.supervisor_year,
        size,
        model.stream,
        model.clock,
        model.since_policy,
    )
    _bought(contracts, regions, levers, size, model.since_policy)
