"""Referral: needs, who may be offered what, and the noise of choice."""

from __future__ import annotations

import math

import pytest

from sim.agents.jobseeker import (
    AAP,
    AFT,
    FOLLOW_UP,
    JOB_SEARCH_COURSE,
    KVP,
    N_MEASURES,
    NO_BENEFIT,
    NO_MEASURE,
    SOCIAL_ASSISTANCE,
    UNEMPLOYMENT_BENEFIT,
    VOCATIONAL_COURSE,
    WAGE_SUBSIDY,
    WORK_TRAINING,
)
from sim.processes.referral import gumbel, need, open_to

PERSON = {
    "skill": 0.4,
    "language": 0.8,
    "health": 0.6,
    "know_how": 0.3,
    "worries": 0.5,
    "capacity": 0.7,
    "motivation": 0.5,
    "efficacy": 0.2,
}


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        (NO_MEASURE, 0.0),
        (JOB_SEARCH_COURSE, 0.7),
        (VOCATIONAL_COURSE, 0.6 * 0.8),
        (AFT, 0.4 + 0.2),
        (WORK_TRAINING, 0.1 + 0.3),
        (FOLLOW_UP, 0.5 * (0.4 + 0.6 * 0.3)),
        (WAGE_SUBSIDY, 0.5 * 0.3),
        (KVP, 0.25 + 0.3),
    ],
)
def test_needs_by_hand(measure: int, expected: float) -> None:
    assert need(measure, **PERSON) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("measure", "trait", "sign"),
    [
        (JOB_SEARCH_COURSE, "know_how", -1),
        (VOCATIONAL_COURSE, "skill", -1),
        (AFT, "efficacy", -1),
        (AFT, "health", -1),
        (WORK_TRAINING, "language", -1),
        (FOLLOW_UP, "motivation", 1),  # V7: follow-up is for the 'ready'
        (FOLLOW_UP, "capacity", -1),
        (WAGE_SUBSIDY, "capacity", -1),
        (KVP, "worries", 1),
    ],
)
def test_what_calls_for_a_measure(measure: int, trait: str, sign: int) -> None:
    low, high = (need(measure, **{**PERSON, trait: x}) for x in (0.2, 0.9))
    assert sign * (high - low) > 0


def test_needs_lie_between_zero_and_one() -> None:
    for measure in range(N_MEASURES):
        for x in (0.0, 1.0):
            for trait in PERSON:
                assert 0.0 <= need(measure, **{**dict.fromkeys(PERSON, x), trait: 1.0 - x}) <= 1.0


ORDINARY = {"reduced": 0, "benefit": UNEMPLOYMENT_BENEFIT, "subsidy_offer": 0, "p_long": False}


@pytest.mark.parametrize(
    ("person", "measures"),
    [
        ({}, {JOB_SEARCH_COURSE, VOCATIONAL_COURSE, WORK_TRAINING}),
        ({"p_long": True}, {JOB_SEARCH_COURSE, VOCATIONAL_COURSE, WORK_TRAINING, WAGE_SUBSIDY}),
        ({"p_long": True, "subsidy_offer": 1}, {JOB_SEARCH_COURSE, VOCATIONAL_COURSE, WORK_TRAINING}),
        ({"reduced": 1, "benefit": AAP}, {VOCATIONAL_COURSE, AFT, WORK_TRAINING, FOLLOW_UP, WAGE_SUBSIDY}),
        (
            {"reduced": 1, "benefit": NO_BENEFIT},
            {JOB_SEARCH_COURSE, VOCATIONAL_COURSE, AFT, WORK_TRAINING, FOLLOW_UP, WAGE_SUBSIDY},
        ),
        ({"benefit": SOCIAL_ASSISTANCE}, {JOB_SEARCH_COURSE, VOCATIONAL_COURSE, WORK_TRAINING, KVP}),
    ],
)
def test_what_is_open_to_whom(person: dict[str, object], measures: set[int]) -> None:
    who = {**ORDINARY, **person}
    assert {m for m in range(1, N_MEASURES) if open_to(m, **who)} == measures


def test_gumbel_by_hand() -> None:
    assert gumbel(math.exp(-1.0)) == pytest.approx(0.0, abs=1e-15)
    assert gumbel(math.exp(-math.exp(-2.0))) == pytest.approx(2.0, rel=1e-12)
