"""Bids: what they cost, how they are scored, and the one that serves the bidder best (T2-T4, T7, T14, T16).

Award score = W * lowest bid / bid + (1 - W) * quality points, with W the price weight. On paper the points rest on
the company's past result, delivered by people who have often left, and on the profiles that the bid names:

    points = 1/2 + bunching * ((1 - profiles) * (validity * standing + (1 - validity) * noise) + profiles * named)

with standing, noise and named in (-1, 1). Under a continuity clause part of the points is instead what the named
would teach, were they on the course, against the trade's; these do not bunch, and the named must then be deployed. A
bidder chooses wage w, staffing n and price to make the largest

    P(win) * (profit + reputation * (1 - W) * validity * what such staff would do for its standing * stay),
    P(win) = 1 / (1 + exp(-sharpness * (own score - score expected of the best rival)))

knowing the last winning price. It reckons with the places that will be filled, as far as volume is not guaranteed,
and with the part of the contract for which instructors stay who foresee no more work than that (``stay``: T4); with
the part of the price that audits will withhold, with the participants it will put to work on a wage subsidy, and with
the jobs by which part of the price is paid: as many as its record and its staff promise, less a premium for the risk
(T13).
"""

from __future__ import annotations

import math
from typing import NamedTuple

from sim.agents.course import LOT_SE_IN_HOUSE
from sim.compiled import rule
from sim.processes.instructors import foreseen, instructor_quits

N_WAGES, N_LEVELS = 5, 3  # wages and staffing levels that a bidder compares


class Terms(NamedTuple):
    """What a bidder knows of the rules: price weight, clause, audits, subsidies it can put to use, what is paid."""

    weight: float
    continuity: float
    audit: float
    subsidised: float  # share of its wages that the state pays, through participants taken on (T7)
    by_job: float  # share of the price that is paid by the job (T13)
    guaranteed: float  # share of the places that is paid for filled or not (T4)
    weeks: float  # length of the contract


@rule
def price_score(lowest, bid):
    """Price points: lowest bid / bid."""
    return lowest / bid


@rule
def quality_score(p, standing, noise, named):
    """Quality points on paper, 0-1; they bunch, and only in part say who did well (T2)."""
    record = p.validity * standing + (1.0 - p.validity) * noise
    return min(1.0, max(0.0, 0.5 + p.bunching * ((1.0 - p.profiles) * record + p.profiles * named)))


@rule
def points_given(continuity, paper, deployed):
    """Quality points under a clause that gives weight to those who will really teach (T14)."""
    return (1.0 - continuity) * paper + continuity * deployed


@rule
def taught_as_by_one(course, skill, n):
    """Skill that one instructor would need to teach a full course as well as n of this skill do."""
    one, all_there = math.exp(-course.attention / course.seats), math.exp(-course.attention * n / course.seats)
    return skill * (1.0 - all_there) / (1.0 - one)


@rule
def deployed_points(skill, trade):
    """Points of those who must be deployed, 0-1: they say who will teach, and so need not bunch (T14)."""
    return 0.5 + 0.5 * named_points(skill, trade)


@rule
def award_score(weight, price_points, quality_points):
    """The award: price weight times price points plus the rest times quality points (I30)."""
    return weight * price_points + (1.0 - weight) * quality_points


@rule
def standing(result, trade):
    """A company's past result against the trade's, squeezed into (-1, 1)."""
    return math.tanh((result - trade) / 0.1)


@rule
def named_points(skill, trade):
    """The skill of the profiles named against the trade's, squeezed into (-1, 1)."""
    return math.tanh((skill - trade) / 0.3)


@rule
def place_cost(wage, staff_per_place, overhead, efficiency):
    """Cost of a place-month in NOK: staff per place plus overhead on it."""
    return wage / 12.0 * staff_per_place * (1.0 + overhead * efficiency)


@rule
def believed(efficiency, cost_error, u):
    """Overhead that a bidder believes in, for the true one: the lowest bid is often the one that errs (T5)."""
    return efficiency * (1.0 - cost_error * (2.0 * u - 1.0))


@rule
def wage_factor(p, n):
    """The n-th wage that a bidder compares, over the reference: from the lowest it dares to as far above one."""
    return p.lowest_wage + (1.0 - p.lowest_wage) * 0.5 * n


@rule
def expected_staff(slope, factor):
    """Skill a provider expects to attract at this wage, relative to the going one: ever less for more."""
    return slope * (factor - 1.0) * (1.0 - 2.0 * (factor - 1.0))


@rule
def better_staff(p, slope, factor, level):
    """What a wage and a staffing level would do for a company's standing, over the least that the trade does."""
    pay = expected_staff(slope, factor) - expected_staff(slope, p.lowest_wage)
    return pay + p.skill_staffing_slope * (2.0 - level)


@rule
def staff_per_place(lot, norm, p, level):
    """Staff per place at a staffing level 0-2: three, two or one instructor deployed, or longer caseloads (T3)."""
    if lot < LOT_SE_IN_HOUSE:
        return (3.0 - level) / norm
    return 1.0 / (norm * (1.0 + p.stretch * level))


@rule
def withheld_share(p, promised, deployed):
    """Part of a quarter's price that an audit withholds when fewer were deployed than promised (T16)."""
    return min(1.0, p.audit_penalty * max(0.0, promised - deployed) / promised)


@rule
def counted_on(guaranteed, fill):
    """Part of the places that will be paid for: those guaranteed, and of the others as many as are filled (T4)."""
    return guaranteed + (1.0 - guaranteed) * fill


@rule
def stays(hazard, weeks):
    """Part of a contract for which somebody hired at its start is expected to stay, at this weekly hazard (T4)."""
    leaving = hazard * weeks
    return (1.0 - math.exp(-leaving)) / leaving if leaving > 0.0 else 1.0


@rule
def staying_of(posts, lot, terms, wage):
    """The same of instructors, who quit for low pay and where little is foreseeable; of specialists it is not asked."""
    if lot >= LOT_SE_IN_HOUSE:
        return 1.0
    weeks = foreseen(posts, lot, 0.5 * terms.weeks, terms.continuity > 0.0, terms.guaranteed)
    return stays(instructor_quits(posts, wage, weeks), terms.weeks)


@rule
def expected_income(p, by_job, record, better):
    """Part of the full price that a bidder counts on where a share of it is paid by the job (T13).

    ``record`` is its own result over the trade's, on which the price of a job is reckoned, and ``better`` what its
    staff would do beyond the usual; a premium is counted off for the risk.
    """
    return 1.0 - by_job + by_job * max(0.0, record * (1.0 + better) - p.job_risk)


@rule
def best_bid(
    p,
    posts,
    lot,
    norm,
    wage,
    overhead,
    efficiency,
    terms,
    fill,
    last_price,
    highest,
    paper,
    rival_points,
    deployed,
    record,
):
    """The bid that serves the bidder best: price (NOK a place-month), which wage, staffing level.

    ``posts`` are the parameters of instructors' work, ``fill`` the share of places that was lately filled.

    ``paper`` are its own quality points on paper, ``rival_points`` those expected of the best rival,
    ``deployed[wage, level]`` the points of those it could bind, and ``record`` its own result over the trade's.
    """
    course = lot < LOT_SE_IN_HOUSE
    slope = p.instructor_wage_slope if course else p.skill_wage_slope
    thriftiest = int(p.thrift) if course else N_LEVELS - 1
    best, least = -1e18, 1e18
    chosen = (0.0, 0, thriftiest)
    rival = award_score(terms.weight, 1.0, rival_points)
    for a in range(N_WAGES):
        factor = wage_factor(p, a)
        paid = wage * factor * (1.0 - terms.subsidised) if course else wage * factor
        staying = staying_of(posts, lot, terms, wage * factor)
        for level in range(thriftiest + 1):
            cost = place_cost(paid, staff_per_place(lot, norm, p, level), overhead, efficiency)
            if not course:
                usual = better_staff(p, slope, 1.0, 1.0)
                kept = expected_income(p, terms.by_job, record, better_staff(p, slope, factor, level) - usual)
                short = staff_per_place(lot, norm, p, level) * norm  # of one specialist promised
                kept *= 1.0 - terms.audit * withheld_share(p, 1.0, short)
            elif terms.continuity > 0.0:
                kept = 1.0  # promised are only those who will be deployed
            else:
                kept = 1.0 - terms.audit * withheld_share(p, 3.0, 3.0 - level)
            kept *= counted_on(terms.guaranteed, fill)
            if kept > 0.0 and best < -1e17 and cost < least * kept:
                least = cost / kept
                chosen = (least, a, level)  # covers the cost: the least a bidder can offer if no other price pays
            points = points_given(terms.continuity, paper, deployed[a, level]) if course else paper
            for b in range(13):
                price = last_price * (0.7 + 0.05 * b)
                if price * kept < cost or price > highest:
                    continue
                own = award_score(terms.weight, min(1.2, last_price / price), points)
                chance = 1.0 / (1.0 + math.exp(-p.sharpness * (own - rival)))
                reputation = better_staff(p, slope, factor, level) * staying
                worth = p.reputation * last_price * (1.0 - terms.weight) * p.validity * reputation
                value = chance * (price * kept - cost + worth)
                if value > best:
                    best = value
                    chosen = (price, a, level)
    return chosen


@rule
def best_offer(p, lot, norm, wage, overhead, efficiency, price, terms, fill, choice):
    """What an approved company offers at a fixed price (T14): which wage, staffing level.

    Where clients choose, good teaching brings clients: margin * exp(pull of what is told of it). The margin is what
    is left of the price for the places that will be paid for, less what audits will withhold.
    """
    best = -1e18
    chosen = (0, int(p.thrift))
    for a in range(N_WAGES):
        factor = wage_factor(p, a)
        for level in range(int(p.thrift) + 1):
            kept = 1.0 - terms.audit * withheld_share(p, 3.0, 3.0 - level)
            kept *= counted_on(terms.guaranteed, fill)
            cost = place_cost(wage * factor, staff_per_place(lot, norm, p, level), overhead, efficiency)
            told = better_staff(p, p.instructor_wage_slope, factor, level)
            value = (price * kept - cost) * math.exp(p.choice * choice * told)
            if value > best:
                best = value
                chosen = (a, level)
    return chosen
