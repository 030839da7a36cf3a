"""Feelings: what idleness wears, where wellbeing tends to."""

from __future__ import annotations

import pytest

from sim.agents.jobseeker import ON_MEASURE, UNEMPLOYED
from sim.processes.feelings import idle_decay, wellbeing_target
from sim.world import World


def test_waiting_wears_most_and_a_course_least(world: World) -> None:
    """T12, T17: the agency's own defence of courses."""
    p = world.feelings
    on_course, idle, waiting = idle_decay(p, ON_MEASURE, 0), idle_decay(p, UNEMPLOYED, 0), idle_decay(p, UNEMPLOYED, 1)
    assert 0 <= on_course < idle < waiting
    assert idle == p.idle
    assert waiting == pytest.approx(p.idle * p.idle_in_queue) and on_course == pytest.approx(p.idle * p.idle_on_measure)


def test_wellbeing_by_hand() -> None:
    assert wellbeing_target(0.0, 1.0, 0.0, False, 0.0) == pytest.approx(0.15)
    assert wellbeing_target(0.6, 0.5, 0.4, False, 0.9) == pytest.approx(0.15 + 0.21 + 0.1 + 0.04)
    assert wellbeing_target(1.0, 0.0, 1.0, True, 1.0) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        ({"health": 0.2}, {"health": 0.8}),
        ({"worries": 0.8}, {"worries": 0.2}),
        ({"trust": 0.2}, {"trust": 0.8}),
        ({"working": False}, {"working": True}),
        ({"working": True, "match": 0.2}, {"working": True, "match": 0.8}),
    ],
)
def test_what_makes_for_wellbeing(worse: dict[str, float], better: dict[str, float]) -> None:
    person = {"health": 0.5, "worries": 0.5, "trust": 0.5, "working": False, "match": 0.5}
    assert wellbeing_target(**{**person, **worse}) < wellbeing_target(**{**person, **better}) <= 1.0
