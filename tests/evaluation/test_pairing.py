"""What a pair is worth, and where two arms part."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from sim.evaluation.pairing import least_worth, parting, worth
from sim.report.tracing import processes_of_the_week
from sim.settings import Settings


def test_worth_by_hand() -> None:
    one, other = np.array([1.0, 2.0, 3.0]), np.array([1.5, 2.0, 2.5])  # variances 1 and 0.25, of the difference 0.25
    assert worth(one, other) == pytest.approx(5.0)
    assert worth(one, one + 2.0) == math.inf


def test_pairs_that_have_nothing_in_common_are_worth_one_replication() -> None:
    one, other = np.random.default_rng(1).standard_normal((2, 4000))
    assert worth(one, other) == pytest.approx(1.0, abs=0.1)
    assert 0.9 < least_worth(one, other) < worth(one, other)


def test_the_bound_covers_the_truth_about_as_often_as_it_says() -> None:
    """Arms with a correlation of 0.9: a pair is worth ten."""
    rng, below = np.random.default_rng(2), 0
    for k in range(120):
        common, a, b = rng.standard_normal((3, 100))
        one, other = (math.sqrt(0.9) * common + math.sqrt(0.1) * own for own in (a, b))
        below += least_worth(one, other, seed=k) <= 10.0
    assert 105 <= below <= 120  # 114 expected


def test_the_same_policy_never_parts(composed: Callable[..., Settings]) -> None:
    settings = composed("horizon.burn_in_weeks=30", "horizon.weeks=8", "horizon.track_weeks=60")
    people = parting(settings, settings, 0, 8)
    assert len(people) > 900 and (people["week"] == -1).all() and (people["process"] == "").all()


def test_people_part_where_the_policy_reaches_them_first(composed: Callable[..., Settings]) -> None:
    shared = ("horizon.burn_in_weeks=30", "horizon.weeks=8", "horizon.track_weeks=60")
    smaller = ("policy.supervisors.caseload=15", "policy.supervisors.phase_in_weeks=4")
    people = parting(composed(*smaller, *shared), composed(*shared), 0, 8)
    parted = people[people["week"] >= 0]
    assert 0.05 < len(parted) / len(people) < 1.0
    at_once = parted.loc[parted["week"] == 0, "process"]
    assert min(at_once, key=processes_of_the_week().index) == "staff_offices"
    assert parted["process"].isin(["staff_offices", "meet_clients"]).mean() > 0.9
