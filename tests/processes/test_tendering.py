"""Tenders: scores, costs, and the bid that serves the bidder best (T1-T4, T7, T14, T16, T20, I30)."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.agents.course import LOT_JOB_SEARCH, LOT_SE_IN_HOUSE, LOT_SE_OUTSOURCED, LOT_VOCATIONAL
from sim.processes.bids import (
    Terms,
    award_score,
    best_bid,
    best_offer,
    better_staff,
    counted_on,
    deployed_points,
    expected_income,
    expected_staff,
    named_points,
    place_cost,
    points_given,
    price_score,
    quality_score,
    staff_per_place,
    standing,
    staying_of,
    stays,
    taught_as_by_one,
    wage_factor,
    withheld_share,
)
from sim.processes.tendering import phased, places_needed
from sim.settings import compose
from sim.world import World

AS_TODAY = Terms(weight=0.4, continuity=0.0, audit=0.0, subsidised=0.0, by_job=0.0, guaranteed=1.0, weeks=104.0)
COURSE = {"lot": LOT_VOCATIONAL, "norm": 12.0, "wage": 480_000.0, "overhead": 1.0, "efficiency": 1.0}


@pytest.fixture
def p(world: World):
    return world.tendering


# The award


def test_price_points() -> None:
    assert price_score(8000.0, 8000.0) == 1.0
    assert price_score(8000.0, 10_000.0) == 0.8


def test_award_by_hand() -> None:
    assert award_score(0.4, 0.8, 0.6) == pytest.approx(0.4 * 0.8 + 0.6 * 0.6)
    assert award_score(1.0, 0.8, 0.0) == 0.8 and award_score(0.0, 0.8, 0.3) == 0.3


def test_the_weight_decides_between_the_cheap_and_the_good() -> None:
    cheap, good = (1.0, 0.4), (0.8, 0.7)
    assert award_score(0.3, *good) > award_score(0.3, *cheap)
    assert award_score(0.8, *good) < award_score(0.8, *cheap)
    assert award_score(0.6, *good) == pytest.approx(award_score(0.6, *cheap))


def test_quality_points_by_hand(p) -> None:
    by_hand = p._replace(bunching=0.2, validity=0.5, profiles=0.0)
    assert quality_score(by_hand, 0.0, 0.0, 1.0) == 0.5
    assert quality_score(by_hand, 1.0, 0.0, 1.0) == pytest.approx(0.6)
    assert quality_score(by_hand, 0.5, -1.0, 1.0) == pytest.approx(0.5 + 0.2 * (0.25 - 0.5))
    assert quality_score(by_hand._replace(profiles=1.0), 0.5, -1.0, 0.5) == pytest.approx(0.6)


def test_quality_points_bunch_and_stay_within_zero_and_one(p) -> None:
    """T2: all offers look alike on paper."""
    points = [quality_score(p, s, n, s) for s in (-1.0, 0.0, 1.0) for n in (-1.0, 0.0, 1.0)]
    assert max(abs(x - 0.5) for x in points) == pytest.approx(p.bunching)
    wide = p._replace(bunching=2.0)
    assert quality_score(wide, 1.0, 1.0, 1.0) == 1.0 and quality_score(wide, -1.0, -1.0, -1.0) == 0.0


def test_a_valid_score_says_who_did_well_and_an_invalid_one_nothing(p) -> None:
    valid, invalid = p._replace(validity=1.0), p._replace(validity=0.0)
    assert quality_score(valid, 0.5, -1.0, 0.0) == quality_score(valid, 0.5, 1.0, 0.0)
    assert quality_score(invalid, -1.0, 0.5, 0.0) == quality_score(invalid, 1.0, 0.5, 0.0)


def test_a_continuity_clause_scores_those_who_will_teach() -> None:
    assert points_given(0.0, 0.5, 0.9) == 0.5 and points_given(1.0, 0.5, 0.9) == 0.9
    assert points_given(0.5, 0.5, 0.9) == pytest.approx(0.7)


def test_points_of_those_who_must_teach_do_not_bunch(p, world: World) -> None:
    """T14: two of a skill teach as one who is better, and what they teach is scored against the trade's."""
    course = world.courses
    assert taught_as_by_one(course, 0.5, 1.0) == pytest.approx(0.5)
    assert 0.5 < taught_as_by_one(course, 0.5, 2.0) < taught_as_by_one(course, 0.5, 3.0) < 1.5
    assert deployed_points(0.55, 0.55) == 0.5
    assert 0.0 <= deployed_points(0.0, 0.55) < 0.5 - p.bunching and 0.5 + p.bunching < deployed_points(0.8, 0.55) <= 1.0


def test_under_a_clause_a_bidder_pays_for_whom_it_can_bind(p, world: World) -> None:
    """T14: where only the price counts it does not."""
    names = np.array([[0.2 + 0.15 * a] * 3 for a in range(5)])
    wages = []
    for weight in (0.0, 0.4, 1.0):
        offer = best_bid(
            p,
            world.courses,
            **COURSE,
            terms=AS_TODAY._replace(weight=weight, continuity=1.0),
            fill=1.0,
            last_price=7_000.0,
            highest=9_000.0,
            paper=0.5,
            rival_points=0.6,
            deployed=names,
            record=1.0,
        )
        wages.append(offer[1])
    assert wages[0] > wages[-1] < wages[1]


def test_what_a_bidder_counts_on_when_it_is_paid_by_the_job(p) -> None:
    """T13: its record, its staff, and a premium for the risk."""
    by_hand = p._replace(job_risk=0.1)
    assert expected_income(by_hand, 0.0, 0.2, 0.0) == 1.0
    assert expected_income(by_hand, 1.0, 1.0, 0.0) == pytest.approx(0.9)
    assert expected_income(by_hand, 0.5, 0.8, 0.25) == pytest.approx(0.5 + 0.5 * 0.9)
    follow_up = {"lot": LOT_SE_OUTSOURCED, "norm": 15.0}
    by_place, by_job = (bid(p, 0.4, 100.0, AS_TODAY._replace(by_job=x), **follow_up)[0] for x in (0.0, 1.0))
    assert by_job > by_place


def test_better_profiles_give_more_points() -> None:
    assert named_points(0.5, 0.5) == 0.0
    assert -1.0 < named_points(0.3, 0.6) < 0.0 < named_points(0.9, 0.6) < 1.0


def test_standing_is_the_result_against_the_trades() -> None:
    assert standing(0.3, 0.3) == 0.0
    assert standing(0.4, 0.3) == pytest.approx(math.tanh(1.0)) == pytest.approx(-standing(0.2, 0.3))
    assert -1.0 < standing(0.0, 0.9) < standing(0.9, 0.0) <= 1.0


# Costs


def test_the_cost_of_a_place() -> None:
    assert place_cost(480_000.0, 0.25, 1.0, 1.0) == pytest.approx(20_000.0)
    assert place_cost(480_000.0, 0.25, 0.5, 1.2) == pytest.approx(16_000.0)


def test_staffing_levels(p) -> None:
    for lot in (LOT_JOB_SEARCH, LOT_VOCATIONAL):  # T3: three promised, one deployed
        assert [staff_per_place(lot, 12.0, p, level) * 12 for level in range(3)] == pytest.approx([3, 2, 1])
    by_hand = p._replace(stretch=0.25)
    for lot in (LOT_SE_IN_HOUSE, LOT_SE_OUTSOURCED):
        clients = [1 / staff_per_place(lot, 12.0, by_hand, level) for level in range(3)]
        assert clients == pytest.approx([12.0, 15.0, 18.0])


def test_better_pay_is_expected_to_bring_better_staff_and_ever_less_for_more(p) -> None:
    assert expected_staff(1.0, 1.0) == 0.0
    gains = [expected_staff(1.0, f + 0.05) - expected_staff(1.0, f) for f in (0.85, 0.95, 1.05)]
    assert gains == sorted(gains, reverse=True) and gains[-1] > 0
    assert better_staff(p, 1.0, p.lowest_wage, 2) == 0.0
    assert better_staff(p, 1.0, p.lowest_wage, 0) == pytest.approx(2 * p.skill_staffing_slope)


def test_wages_compared_go_as_far_above_the_reference_as_below(p) -> None:
    assert wage_factor(p, 0) == p.lowest_wage and wage_factor(p, 2) == pytest.approx(1.0)
    assert wage_factor(p, 4) == pytest.approx(2.0 - p.lowest_wage)


# Bids

NOBODY = np.zeros((5, 3))
POSTS = compose("population=classroom").world.courses


def bid(
    p, weight: float, last_price: float, terms: Terms | None = None, fill: float = 1.0, **change: float
) -> tuple[float, float, int]:
    tender = {**COURSE, **change}
    price, wage, level = best_bid(
        p,
        POSTS,
        **tender,
        terms=terms or AS_TODAY._replace(weight=weight),
        fill=fill,
        last_price=last_price,
        highest=1e9,
        paper=0.5,
        rival_points=0.5,
        deployed=NOBODY,
        record=1.0,
    )
    return price, wage_factor(p, wage), level


def test_no_bid_is_below_cost(p) -> None:
    for weight in (0.0, 0.4, 0.8, 1.0):
        for last in (9_000.0, 10_400.0, 16_000.0):
            price, factor, level = bid(p, weight, last)
            cost = place_cost(
                COURSE["wage"] * factor, staff_per_place(LOT_VOCATIONAL, 12.0, p, level), COURSE["overhead"], 1.0
            )
            assert price >= cost * (1 - 1e-12)


def test_a_bid_above_the_ceiling_only_covers_its_cost(p, world: World) -> None:
    all_promised = p._replace(thrift=0.0)
    cost = place_cost(COURSE["wage"] * p.lowest_wage, 3.0 / 12.0, 1.0, 1.0)
    offer = best_bid(
        all_promised,
        world.courses,
        **COURSE,
        terms=AS_TODAY,
        fill=1.0,
        last_price=cost,
        highest=cost / 2,
        paper=0.5,
        rival_points=0.5,
        deployed=NOBODY,
        record=1.0,
    )
    assert offer == (pytest.approx(cost), 0, 0)


def test_the_heavier_the_price_the_cheaper_the_bid_and_the_poorer_the_staff(p) -> None:
    """T3, T4: with quality only, a bidder cares for its standing; with price only, for nothing but the price."""
    for last in (6_500.0, 7_500.0):
        offers = [bid(p, weight, last) for weight in (0.0, 0.4, 0.8)]
        prices, spent = [o[0] for o in offers], [o[1] * (3 - o[2]) for o in offers]
        assert prices == sorted(prices, reverse=True) and prices[0] > prices[-1]
        assert spent == sorted(spent, reverse=True) and spent[0] > spent[-1]


def test_with_price_only_and_no_reputation_to_lose_staffing_is_the_least_there_is(p) -> None:
    for last in (9_000.0, 10_400.0, 16_000.0):
        assert bid(p._replace(reputation=0.0), 1.0, last)[2] == 2


def test_who_may_leave_out_nobody_deploys_all(p) -> None:
    """T3 switched off: all three promised stand on the course, and the price says so."""
    kept, usual = bid(p._replace(thrift=0.0), 0.4, 7_500.0), bid(p, 0.4, 7_500.0)
    assert kept[2] == 0 and usual[2] == 2 and kept[0] > 2 * usual[0]


def test_audits_that_cost_more_than_staff_make_companies_keep_their_word(p) -> None:
    """T16: a bidder reckons with what will be withheld."""
    assert withheld_share(p._replace(audit_penalty=0.6), 3.0, 1.0) == pytest.approx(0.4)
    assert withheld_share(p, 3.0, 3.0) == 0.0 and withheld_share(p._replace(audit_penalty=3.0), 3.0, 1.0) == 1.0
    audited = AS_TODAY._replace(audit=1.0)
    assert bid(p._replace(audit_penalty=1.5), 0.4, 7_500.0, audited)[2] == 0
    assert bid(p._replace(audit_penalty=0.1), 0.4, 7_500.0, audited)[2] == 2
    follow_up = {"lot": LOT_SE_OUTSOURCED, "norm": 15.0, "wage": 520_000.0, "overhead": 0.55}
    assert bid(p, 0.4, 3_300.0, **follow_up)[2] == 2
    assert bid(p._replace(audit_penalty=3.0), 0.4, 3_300.0, audited, **follow_up)[2] < 2


def test_participants_on_a_subsidy_make_bids_cheaper(p) -> None:
    """T7: at the price that just covers the cost."""
    poor = {"last_price": 100.0}
    assert bid(p, 0.4, terms=AS_TODAY._replace(subsidised=0.1), **poor)[0] == pytest.approx(
        0.9 * bid(p, 0.4, **poor)[0]
    )


def test_an_approved_company_pays_better_where_clients_choose(p) -> None:
    """T14: at a fixed price nothing is won by thrift but the margin."""
    offers = [
        best_offer(p, **COURSE, price=7_500.0, terms=AS_TODAY, fill=1.0, choice=choice) for choice in (0.0, 0.5, 1.0)
    ]
    wages = [wage for wage, _ in offers]
    assert wages == sorted(wages) and wages[0] == 0 < wages[-1]


def test_an_approved_company_that_is_audited_keeps_its_word(p) -> None:
    """T16."""
    audited = AS_TODAY._replace(audit=1.0)
    offers = [
        best_offer(p, **COURSE, price=20_000.0, terms=terms, fill=1.0, choice=0.0) for terms in (AS_TODAY, audited)
    ]
    assert [level for _, level in offers] == [2, 0]


def test_what_a_bidder_counts_on_where_volume_is_uncertain(p) -> None:
    """T4: places guaranteed are paid for, of the others those that are filled; less is dearer."""
    assert counted_on(1.0, 0.2) == 1.0 and counted_on(0.0, 0.8) == 0.8
    assert counted_on(0.5, 0.8) == pytest.approx(0.9)
    assert bid(p, 0.4, 6_000.0, AS_TODAY._replace(guaranteed=0.0), fill=0.3)[0] > bid(p, 0.4, 6_000.0, fill=0.3)[0]
    none = AS_TODAY._replace(guaranteed=0.0)
    assert bid(p, 0.4, 100.0, none, fill=0.8)[0] == pytest.approx(bid(p, 0.4, 100.0)[0] / 0.8)


def test_staff_are_worth_more_to_a_bidder_the_longer_they_stay(p, world: World) -> None:
    """T4: and they stay the longer, the more volume is guaranteed and the better the pay."""
    assert stays(0.0, 104.0) == 1.0 and stays(1.0, 2.0) == pytest.approx((1 - math.exp(-2.0)) / 2)
    posts = world.courses

    def staying(guaranteed: float, wage: float = 450_000.0, lot: int = LOT_VOCATIONAL) -> float:
        return staying_of(posts, lot, AS_TODAY._replace(guaranteed=guaranteed), wage)

    assert 0.0 < staying(0.0) < staying(0.5) < staying(1.0) < 1.0
    assert staying(0.5, 500_000.0) > staying(0.5, 400_000.0)
    assert staying(0.0, lot=LOT_SE_OUTSOURCED) == 1.0


def test_the_places_of_the_next_contract(p) -> None:
    """T20: what is not asked for is cut, unless agency and companies keep it up."""
    assert places_needed(p, 200.0, 100.0, 150.0) == 200.0
    assert places_needed(p._replace(self_preservation=0.0), 200.0, 100.0, 50.0) == 100.0
    assert places_needed(p._replace(self_preservation=1.0), 200.0, 100.0, 0.0) == 200.0


def test_a_bidder_always_has_a_bid(p) -> None:
    """Even when the last price covers nobody's cost."""
    assert bid(p, 0.4, 100.0)[0] > 0.0


# Levers on their way


@pytest.mark.parametrize(
    ("since", "phase_in", "expected"),
    [(0, 26, 0.26 + 0.74 / 26), (12, 26, 0.63), (25, 26, 1.0), (99, 26, 1.0), (0, 0, 1.0)],
)
def test_a_lever_reaches_its_value_evenly_over_the_phase_in(since: int, phase_in: float, expected: float) -> None:
    assert phased(0.26, 1.0, since, phase_in) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("since", [-260, -1, 0, 10, 100])
def test_a_lever_that_stays_never_moves(since: int) -> None:
    assert phased(0.26, 0.26, since, 26) == 0.26
