"""Accounts: every krone goes from one account to another, and the outcomes show who paid what (K4)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from sim.accounts import ACCOUNT_NAMES, N_POSTS, POST_NAMES, POSTS, PRICE_YEAR, TAX_POST, balances, flow_name
from sim.model import ActivationMarket
from sim.settings import Settings

HORIZON = ("horizon.burn_in_weeks=10", "horizon.weeks=104", "horizon.track_weeks=104")


def test_balances_by_hand() -> None:
    ledger = [0.0] * N_POSTS
    ledger[POST_NAMES.index("wage_subsidy")], ledger[POST_NAMES.index("tax")] = 100.0, 30.0
    found = dict(zip(ACCOUNT_NAMES, balances(ledger), strict=True))
    assert found["state"] == -70.0 and found["employers"] == 100.0 and found["people"] == -30.0
    assert flow_name("wage_subsidy") == "state to employers" and flow_name("tax") == "people to state"


def test_the_sum_over_all_accounts_is_zero() -> None:
    ledger = [float(n * n + 1) for n in range(N_POSTS)]
    assert sum(balances(ledger)) == pytest.approx(0.0, abs=1e-9)


def test_amounts_are_in_kroner_of_the_base_year() -> None:
    assert PRICE_YEAR == 2019


# A world in which every post is used.
EVERY_POST = (
    "scenario=kvp_office",
    "policy.mentor.use=0.5",
    "policy.se.cover=1",
    "policy.tender.outcome_pay=0.5",
    "policy.courses.drop_in_places_per_1000=5",
    "world.tendering.participants=0.5",
    "world.brokering.barrier_threshold=0.5",
)


def test_every_krone_is_booked_once(composed: Callable[..., Settings]) -> None:
    """Posts equal what is laid at persons' doors and overhead, week by week; accounts add up to nothing; the outcomes
    by post are the ledger's weeks."""
    model = ActivationMarket(composed(*HORIZON, *EVERY_POST))
    booked, registered = np.zeros(N_POSTS), 0.0
    for _ in range(114):
        model.step()
        at_doors = model.jobseekers["cost"].sum() + model.overhead[0]
        assert at_doors == pytest.approx(model.ledger.sum() - 2.0 * model.ledger[TAX_POST], rel=1e-12)
        assert sum(balances(model.ledger)) == pytest.approx(0.0, abs=1e-6)
        if model.since_policy > 0:
            booked += model.ledger
            registered += np.count_nonzero((model.jobseekers["state"] > 0) & (model.jobseekers["state"] < 5))
    unused = [name for name, amount in zip(POST_NAMES, booked, strict=True) if amount == 0]
    assert not unused
    assert model.cohorts is not None
    outcomes = model.cohorts.outcomes().query("horizon_weeks == 104").set_index("metric").value
    for (name, _, _), amount in zip(POSTS, booked, strict=True):
        assert outcomes[f"post_{name}"] == pytest.approx(amount / (registered / 104), rel=1e-9)
    accounts = [outcomes[f"account_{name.replace(' ', '_')}"] for name in ACCOUNT_NAMES]
    assert sum(accounts) == pytest.approx(0.0, abs=1e-6)
