"""Benefits as the rules say (I61-I65), and accounts in which every krone moves from one to another."""

from __future__ import annotations

import pytest

from sim import accounts
from sim.accounts import ACCOUNT_NAMES, N_POSTS, POST_NAMES, POSTS
from sim.agents.jobseeker import (
    AAP,
    KVP_BENEFIT,
    NO_BENEFIT,
    PENSION,
    SOCIAL_ASSISTANCE,
    UNEMPLOYMENT_BENEFIT,
)
from sim.processes.money import kvp_share, places_paid, weekly_benefit
from sim.world import World

G = 100_000.0


@pytest.fixture
def p(world: World):
    return world.money._replace(
        basic_amount=G, unemployment_rate=0.624, aap_rate=0.66, aap_floor=2.0, social_month=13_000.0
    )


@pytest.mark.parametrize(
    ("benefit", "prior_wage", "a_year"),
    [
        (UNEMPLOYMENT_BENEFIT, 400_000.0, 0.624 * 400_000),
        (UNEMPLOYMENT_BENEFIT, 900_000.0, 0.624 * 6 * G),  # capped at 6 G
        (AAP, 500_000.0, 0.66 * 500_000),
        (AAP, 900_000.0, 0.66 * 6 * G),
        (AAP, 100_000.0, 2 * G),  # not less than 2 G
        (KVP_BENEFIT, 500_000.0, 2 * G),
        (SOCIAL_ASSISTANCE, 500_000.0, 12 * 13_000),
        (NO_BENEFIT, 500_000.0, 0.0),
        (PENSION, 500_000.0, 0.0),  # paid apart
    ],
)
def test_benefits_by_hand(benefit: int, prior_wage: float, a_year: float, p) -> None:
    assert weekly_benefit(p, benefit, prior_wage, 0.0, False) * 52 == pytest.approx(a_year, rel=1e-12)


def test_a_benefit_fills_up_the_hours_that_are_not_worked(p) -> None:
    for benefit in (UNEMPLOYMENT_BENEFIT, AAP, KVP_BENEFIT, SOCIAL_ASSISTANCE):
        full = weekly_benefit(p, benefit, 400_000.0, 0.0, False)
        assert weekly_benefit(p, benefit, 400_000.0, 0.4, False) == pytest.approx(0.6 * full, rel=1e-12)
        assert weekly_benefit(p, benefit, 400_000.0, 1.0, False) == 0.0
        assert weekly_benefit(p, benefit, 400_000.0, 0.0, True) == 0.0


def test_the_basic_amount_is_that_of_2019(world: World) -> None:
    assert world.money.basic_amount == 99_858


def test_every_post_moves_money_from_one_account_to_another() -> None:
    assert N_POSTS == len(POSTS) == len(set(POST_NAMES))
    for name, payer, payee in POSTS:
        assert payer != payee, name
        assert {payer, payee} <= set(range(len(ACCOUNT_NAMES))), name


def test_post_numbers_and_names_agree() -> None:
    """The numbers that processes book under stand in the order of the table of posts."""
    numbers = {name.removesuffix("_POST").lower(): n for name, n in vars(accounts).items() if name.endswith("_POST")}
    said = {"pension": "disability_pension", "mentor": "mentor_grant", "course": "courses", "supervisor": "supervisors"}
    said |= {"se_contract": "se_outsourced", "tender": "tender_administration", "kvp_activity": "kvp_activities"}
    said |= {"provider_subsidy": "wage_subsidy_providers"}
    assert sorted(numbers.values()) == list(range(N_POSTS))
    for name, number in numbers.items():
        assert POST_NAMES[number] == said.get(name, name)


def test_who_pays_what() -> None:
    payers = {name: ACCOUNT_NAMES[payer] for name, payer, _ in POSTS}
    assert {name for name, payer in payers.items() if payer == "municipality"} == {
        "social_assistance",
        "kvp_benefit",
        "kvp_team",
        "kvp_activities",
    }
    assert payers["tax"] == "people"


def test_places_are_paid_for_as_far_as_volume_is_guaranteed() -> None:
    """T4: in full, filled or not, or only the filled; a form that winds down is paid for all whom it serves."""
    assert places_paid(1.0, 20.0, 12.0) == 20.0 and places_paid(0.0, 20.0, 12.0) == 12.0
    assert places_paid(0.5, 20.0, 12.0) == 16.0
    assert places_paid(0.0, 5.0, 12.0) == places_paid(1.0, 5.0, 12.0) == 12.0


def test_kvp_pays_the_young_less_and_absence_nothing_where_it_is_unpaid(p) -> None:
    assert kvp_share(p, 30, False, True) == kvp_share(p, 30, True, False) == 1.0
    assert kvp_share(p, 30, True, True) == 0.0
    assert kvp_share(p, 24.9, False, False) == pytest.approx(2 / 3, rel=1e-3)
