"""Exits: pensions and leaving the labour force."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.agents.jobseeker import AAP, NO_BENEFIT, SOCIAL_ASSISTANCE
from sim.processes.exits import leaving_hazard, most_leaving, most_pension, pension_hazard, reviewed
from sim.world import World


@pytest.fixture
def p(world: World):
    return world.exits


def test_pensions_by_hand(p) -> None:
    by_hand = p._replace(pension_year=0.52, pension_health=3.0, pension_motivation=1.5, pension_unmapped=0.4)
    assert pension_hazard(by_hand, 1.0, 0.0, 1e9, 1.0) == pytest.approx(0.01)
    assert pension_hazard(by_hand, 0.5, 1.0, 1e9, 1.0) == pytest.approx(0.01)  # 3 * 0.5 - 1.5 * 1
    assert pension_hazard(by_hand, 1.0, 0.0, 104, 0.0) == pytest.approx(0.01 * (1 - math.exp(-1)) * 0.4)


def test_nobody_gets_a_pension_on_the_first_day(p) -> None:
    assert pension_hazard(p, 0.1, 0.1, 0, 1.0) == 0.0


@pytest.mark.parametrize(
    ("which", "sign"), [("health", -1), ("motivation", -1), ("weeks_registered", 1), ("mapped", 1)]
)
def test_who_gets_a_pension(which: str, sign: int, p) -> None:
    """J11: bad health, little motivation, a long time, and a case that somebody has had time to document."""
    person = {"health": 0.4, "motivation": 0.4, "weeks_registered": 100, "mapped": 0.5}
    low, high = (pension_hazard(p, **{**person, which: person[which] * f}) for f in (0.6, 1.4))
    assert sign * (high - low) > 0 and min(low, high) > 0


def test_a_review_gives_capacity_back_to_those_who_have_recovered(p) -> None:
    """J5: later perhaps back."""
    by_hand = p._replace(review_weeks=26.0, aap_back=0.5)
    assert reviewed(by_hand, 26, 0.5) and reviewed(by_hand, 78, 0.9)
    assert not reviewed(by_hand, 27, 0.9) and not reviewed(by_hand, 52, 0.49)
    assert p.aap_back > p.aap_health


def test_leaving_by_hand(p) -> None:
    by_hand = p._replace(
        leave_year=0.52,
        leave_year_reduced=0.104,
        leave_motivation=2.0,
        leave_trust=1.0,
        leave_no_benefit=1.8,
        leave_sanction=2.0,
    )
    assert leaving_hazard(by_hand, 0.5, 0.5, AAP, False, 0) == pytest.approx(0.01)
    assert leaving_hazard(by_hand, 0.5, 0.5, AAP, False, 1) == pytest.approx(0.002)
    assert leaving_hazard(by_hand, 0.0, 0.5, AAP, False, 0) == pytest.approx(0.01 * math.e)
    assert leaving_hazard(by_hand, 0.5, 1.0, AAP, False, 0) == pytest.approx(0.01 * math.exp(-0.5))
    assert leaving_hazard(by_hand, 0.5, 0.5, NO_BENEFIT, True, 0) == pytest.approx(0.01 * 1.8 * 2.0)


def test_motivation_trust_and_a_benefit_hold_people_on_the_register(p) -> None:
    base = leaving_hazard(p, 0.5, 0.5, SOCIAL_ASSISTANCE, False, 0)
    assert leaving_hazard(p, 0.8, 0.5, SOCIAL_ASSISTANCE, False, 0) < base
    assert leaving_hazard(p, 0.5, 0.8, SOCIAL_ASSISTANCE, False, 0) < base
    assert leaving_hazard(p, 0.5, 0.5, NO_BENEFIT, False, 0) > base
    assert leaving_hazard(p, 0.5, 0.5, SOCIAL_ASSISTANCE, True, 0) > base
    assert leaving_hazard(p, 0.5, 0.5, SOCIAL_ASSISTANCE, False, 1) < base


def test_no_hazard_is_above_the_most(p) -> None:
    """Whoever is not asked further would have stayed anyway."""
    rng = np.random.default_rng(1)
    for _ in range(3000):
        a, b, c = rng.random(3)
        assert pension_hazard(p, a, b, int(rng.integers(0, 500)), c) <= most_pension(p)
        cut, reduced = (bool(x) for x in rng.integers(0, 2, 2))
        assert leaving_hazard(p, a, b, int(rng.integers(0, 6)), cut, reduced) <= most_leaving(p)
