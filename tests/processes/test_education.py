"""Ordinary education: who applies, who leaves, terms, seats."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from sim.accounts import EDUCATION_POST
from sim.agents.jobseeker import EDUCATION, ON_MEASURE
from sim.model import ActivationMarket
from sim.processes.education import applies, leaves_school
from sim.settings import Settings
from sim.world import World


@pytest.fixture
def p(world: World):
    return world.education


def test_who_applies_by_hand(p) -> None:
    by_hand = p._replace(apply_week=0.01, papers=1.0)
    assert applies(by_hand, 0.4, 1.0, 0.5) == pytest.approx(0.01 * 0.5 * 0.6)
    assert applies(by_hand, 0.8, 0.25, 0.5) == pytest.approx(0.01 * 0.5 * (0.2 + 0.6))  # J13: studies again
    assert applies(by_hand, 0.4, 0.4, 0.0) == 0.0


def test_it_takes_motivation_to_stay(p) -> None:
    by_hand = p._replace(leave_year=0.52)
    assert leaves_school(by_hand, 0.5) == pytest.approx(0.01)
    assert leaves_school(by_hand, 1.0) == 0.0 < leaves_school(by_hand, 0.9) < leaves_school(by_hand, 0.1)


def test_school_begins_with_a_term_keeps_its_places_and_is_paid_for(composed: Callable[..., Settings]) -> None:
    market = ActivationMarket(
        composed(
            "policy.courses.education_places_per_1000=20", "world.education.apply_week=0.05", "horizon.burn_in_weeks=1"
        )
    )
    people, begun = market.jobseekers, []
    for week in range(90):
        before = set(people["id"][people["measure"] == EDUCATION].tolist())
        market.step()
        at_school = people["measure"] == EDUCATION
        assert np.count_nonzero(at_school) <= market.regions["places"][0, EDUCATION]
        assert (people["state"][at_school] == ON_MEASURE).all()
        if set(people["id"][at_school].tolist()) - before:
            begun.append(week)
        due = np.count_nonzero(at_school) * market.world.money.education_year / 52
        assert market.ledger[EDUCATION_POST] == pytest.approx(due)
    assert begun and all(week % market.world.education.term_weeks == 0 for week in begun)


def test_no_places_no_applications(composed: Callable[..., Settings]) -> None:
    market = ActivationMarket(composed("policy.courses.education_places_per_1000=0", "horizon.burn_in_weeks=1"))
    for _ in range(60):
        market.step()
        if market.clock > 1:
            assert not (market.jobseekers["queue"] == EDUCATION).any()
