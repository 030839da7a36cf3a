"""Which jobs last (E4, E7; I103, I104)."""

from __future__ import annotations

import math

import pytest

from sim.processes.employment import kept_after_subsidy, separation_hazard
from sim.world import World


@pytest.fixture
def p(world: World):
    return world.employment


def test_the_hazard_by_hand(p) -> None:
    by_hand = p._replace(separation_year=0.52, early=5.0, fit=2.0, follow_up=1.0, mentor=0.5, permanent_factor=0.4)
    assert separation_hazard(by_hand, 0, 0.5, 0.0, 0, 0) == pytest.approx(0.06)  # 0.01 * (1 + 5)
    assert separation_hazard(by_hand, 13, 0.5, 0.0, 0, 0) == pytest.approx(0.01 * (1 + 5 / math.e))
    assert separation_hazard(by_hand, 10_000, 1.0, 0.0, 0, 0) == pytest.approx(0.01 / math.e)
    assert separation_hazard(by_hand, 10_000, 0.5, 1.0, 1, 1) == pytest.approx(0.01 * math.exp(-1.5) * 0.4)


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        ({"tenure": 1}, {"tenure": 60}),
        ({"match": 0.3}, {"match": 0.8}),
        ({"support": 0.0}, {"support": 0.8}),
        ({"mentor": 0}, {"mentor": 1}),
        ({"permanent": 0}, {"permanent": 1}),
    ],
)
def test_what_holds_a_job(worse: dict[str, float], better: dict[str, float], p) -> None:
    job = {"tenure": 8, "match": 0.5, "support": 0.3, "mentor": 0, "permanent": 0}
    assert separation_hazard(p, **{**job, **worse}) > separation_hazard(p, **{**job, **better}) > 0


def test_follow_up_keeps_as_many_as_it_did_in_the_trials(p) -> None:
    """I103: 0.06-0.10 a month with high-fidelity support, 0.20-0.30 without: a ratio of 2 to 5."""
    ratio = separation_hazard(p, 8, 0.5, 0.0, 0, 0) / separation_hazard(p, 8, 0.5, 1.0, 0, 0)
    assert 2.0 <= ratio <= 5.0
    assert ratio == pytest.approx(math.exp(p.follow_up), rel=1e-12)


def test_the_end_of_a_subsidy_by_hand(p) -> None:
    by_hand = p._replace(keep_base=0.0, keep_match=4.0, keep_support=1.0)
    assert kept_after_subsidy(by_hand, 0.5, 0.0) == 0.5
    assert kept_after_subsidy(by_hand, 0.75, 0.0) == pytest.approx(1 / (1 + math.exp(-1.0)))
    assert kept_after_subsidy(by_hand, 0.5, 1.0) == pytest.approx(1 / (1 + math.exp(-1.0)))


def test_better_matches_and_support_survive_the_subsidy(p) -> None:
    chances = [kept_after_subsidy(p, match, 0.0) for match in (0.1, 0.5, 0.9)]
    assert chances == sorted(chances) and chances[0] > 0 and chances[-1] < 1
    assert kept_after_subsidy(p, 0.5, 0.8) > kept_after_subsidy(p, 0.5, 0.0)
