"""Awards: one tender round, and a contract that begins on its terms (T1-T3, T5, T14, T16).

Each company of the region bids what serves it best and names the best profiles on its files; the highest score wins.
The named stand on the contract from its first week. Whether they ever stand on a course is settled by staffing.
"""

from __future__ import annotations

from sim.agents.course import COMPANY, LOT_AFT, LOT_SE_IN_HOUSE, N_DEPLOYED
from sim.compiled import compiled
from sim.processes.bids import (
    N_LEVELS,
    N_WAGES,
    award_score,
    believed,
    best_bid,
    deployed_points,
    named_points,
    points_given,
    price_score,
    quality_score,
    standing,
    taught_as_by_one,
    wage_factor,
)
from sim.processes.profiles import best_on_file, name_profiles, trade_skill
from sim.streams import TENDER, draw4


@compiled
def hold_round(
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
    terms,
    reference,
    stream,
    week,
):
    """Hold one tender round: bids, points, award. The next period's terms stay on the contract."""
    lot, region = contracts.lot[c], contracts.region[c]
    courses = max(1.0, contracts.places[c] / course.seats)
    last_price = contracts.price[c] if contracts.price[c] > 0.0 else reference
    highest = p.ceiling * reference
    trade, companies = 0.0, 0
    for j in range(providers.state.size):
        if providers.state[j] and providers.region[j] == region and providers.kind[j] == COMPANY:
            trade += providers.result[j]
            companies += 1
    trade /= max(1, companies)
    typical = trade_skill(profiles, region)
    bids[:] = 0.0
    prices, wages, levels, points, skills = bids[0], bids[1], bids[2], bids[3], bids[4]
    lowest = 1e18
    off = cost_error if lot < LOT_SE_IN_HOUSE else 0.0
    # The best rival is expected to do as the last winner did; under a clause that is new, as the trade would.
    rivals = contracts.points[c] if contracts.bound[c] else 0.5
    rivals = points_given(terms.continuity, 0.5, rivals)
    for j in range(providers.state.size):
        if not (providers.state[j] and providers.region[j] == region and providers.kind[j] == COMPANY):
            continue
        known = standing(providers.result[j], trade) - p.audit_memory * providers.failed_audits[j]
        named = 0.0
        if lot < LOT_SE_IN_HOUSE:
            skills[j] = best_on_file(
                p, course, contracts, profiles, region, lot, providers.id[j], j, N_DEPLOYED * courses, -1.0, stream
            )
            named = named_points(skills[j], typical)
        if terms.continuity > 0.0 and lot < LOT_SE_IN_HOUSE:
            for a in range(N_WAGES):
                for level in range(N_LEVELS):
                    n = 3.0 - level
                    pay = wage * wage_factor(p, a)
                    best = best_on_file(
                        p, course, contracts, profiles, region, lot, providers.id[j], j, n * courses, pay, stream
                    )
                    deployed[a, level] = deployed_points(taught_as_by_one(course, best, n), typical)
        u = draw4(stream, TENDER, providers.id[j], week, lot)
        paper = quality_score(p, known, 0.0, named)
        price, a, level = best_bid(
            p,
            course,
            lot,
            norm,
            wage,
            overhead,
            believed(providers.efficiency[j], off, u[2]),
            terms,
            contracts.fill[c],
            last_price,
            highest,
            paper,
            rivals,
            deployed,
            min(1.5, max(0.5, providers.result[j] / max(1e-9, trade))),
        )
        prices[j] = price * (1.0 + p.price_noise * (2.0 * u[0] - 1.0))
        if price <= highest:
            prices[j] = min(prices[j], highest)
        wages[j], levels[j] = wage * wage_factor(p, a), level
        paper = quality_score(p, known, 2.0 * u[1] - 1.0, named)
        points[j] = points_given(terms.continuity, paper, deployed[a, level]) if lot < LOT_SE_IN_HOUSE else paper
        lowest = min(lowest, prices[j])
    winner, best = -1, -1.0
    for j in range(providers.state.size):
        if prices[j] > 0.0:
            score = award_score(terms.weight, price_score(lowest, prices[j]), points[j])
            if score > best:
                winner, best = j, score
    contracts.next_provider[c] = winner
    contracts.next_price[c] = prices[winner]
    contracts.next_wage[c] = wages[winner]
    contracts.next_points[c] = points[winner]
    contracts.next_premium[c] = prices[winner] / lowest - 1.0
    u = draw4(stream, TENDER, providers.id[winner], week, lot)
    contracts.next_cost[c] = 1.0 / believed(1.0, off, u[2])
    contracts.next_guaranteed[c] = terms.guaranteed
    contracts.next_by_job[c] = terms.by_job
    contracts.next_bound[c] = 1 if terms.continuity > 0.0 and lot < LOT_SE_IN_HOUSE else 0
    if lot < LOT_SE_IN_HOUSE:
        contracts.next_deployed[c] = 3.0 - levels[winner]
        contracts.next_promised[c] = contracts.next_deployed[c] if contracts.next_bound[c] else N_DEPLOYED
        number, pay = N_DEPLOYED * courses, -1.0
        if contracts.next_bound[c]:
            number, pay = contracts.next_deployed[c] * courses, wages[winner]
        contracts.next_named_skill[c] = name_profiles(
            p, course, contracts, profiles, region, lot, providers.id[winner], winner, number, pay, stream
        )
    else:
        contracts.next_deployed[c] = norm * (1.0 + p.stretch * levels[winner])
        contracts.next_promised[c] = norm
    contracts.rounds[c] += 1


@compiled
def start_afresh(contracts, c, weeks, week):
    """A new period begins: what was counted of the last one is forgotten."""
    contracts.weeks_left[c] = weeks
    contracts.begun[c] = week
    contracts.withheld[c], contracts.withheld_weeks[c] = 0.0, 0
    contracts.taught[c], contracts.course_weeks[c] = 0.0, 0.0
    contracts.named_weeks[c], contracts.staff_weeks[c] = 0.0, 0.0


@compiled
def begin_period(contracts, profiles, c):
    """The next period of a contract begins on the terms of its round."""
    contracts.provider[c] = contracts.next_provider[c]
    contracts.price[c] = contracts.next_price[c]
    contracts.wage[c] = contracts.next_wage[c]
    contracts.deployed[c] = contracts.next_deployed[c]
    contracts.volume[c] = contracts.next_volume[c]
    contracts.points[c] = contracts.next_points[c]
    contracts.premium[c] = contracts.next_premium[c]
    contracts.cost[c] = contracts.next_cost[c]
    contracts.named_skill[c] = contracts.next_named_skill[c]
    contracts.bound[c] = contracts.next_bound[c]
    contracts.promised[c] = contracts.next_promised[c]
    contracts.guaranteed[c] = contracts.next_guaranteed[c]
    contracts.by_job[c] = contracts.next_by_job[c]
    contracts.tendered[c] = 1
    contracts.next_provider[c] = -1
    lot = contracts.lot[c]
    if lot < LOT_AFT:
        for j in range(profiles.state.size):
            if profiles.region[j] == contracts.region[c]:
                profiles.named[j, lot - 1] = profiles.next_named[j, lot - 1]
                profiles.next_named[j, lot - 1] = 0
