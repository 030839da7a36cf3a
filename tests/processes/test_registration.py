"""Who registers: traits from a common factor and own noise."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.agents.jobseeker import Jobseeker
from sim.columns import Table
from sim.processes.registration import Newcomers, draw_person, first_wellbeing, trait
from sim.streams import Stream, person_id
from sim.world import World


@pytest.fixture
def p(world: World):
    return world.people


def test_a_typical_person_has_the_median_of_the_group(p) -> None:
    for median in (0.1, 0.5, 0.85):
        assert trait(median, 1, p, 0.0, 0.0) == pytest.approx(median, rel=1e-12)


def test_traits_by_hand(p) -> None:
    by_hand = p._replace(spread=1.0, loading=0.6)
    assert trait(0.5, 1, by_hand, 1.0, 0.0) == pytest.approx(1 / (1 + math.exp(-0.6)))
    assert trait(0.5, -1, by_hand, 1.0, 0.0) == pytest.approx(1 / (1 + math.exp(0.6)))
    assert trait(0.5, 1, by_hand, 0.0, 1.0) == pytest.approx(1 / (1 + math.exp(-0.8)))


def test_the_factor_alone_or_the_noise_alone_in_the_limits(p) -> None:
    assert trait(0.4, 1, p._replace(loading=0.0), 3.0, 0.5) == trait(0.4, 1, p._replace(loading=0.0), -3.0, 0.5)
    assert trait(0.4, 1, p._replace(loading=1.0), 0.5, 3.0) == trait(0.4, 1, p._replace(loading=1.0), 0.5, -3.0)


def test_first_wellbeing_by_hand() -> None:
    assert first_wellbeing(0.0, 1.0) == 0.25
    assert first_wellbeing(0.6, 0.2) == pytest.approx(0.25 + 0.3 + 0.2)
    assert first_wellbeing(1.0, 0.0) == 1.0


@pytest.fixture(scope="module")
def people(world: World) -> Table:
    """1,000 ordinary unemployed and 1,000 with reduced work capacity."""
    table = Table(Jobseeker, 1, 2000)
    view = table.view(Newcomers)
    for n in range(2000):
        draw_person(world.people, view, n, person_id(1, 1, n), 0, n % 2, Stream(1, 0))
    return table


def test_newcomers_are_within_bounds_and_all_different(people: Table) -> None:
    assert people.out_of_bounds() == []
    assert np.unique(people["skill"]).size > 1990


@pytest.mark.parametrize(
    ("one", "other", "sign"),
    [("skill", "health", 1), ("drive", "know_how", 1), ("worries", "trust", -1), ("care", "network", -1)],
)
def test_traits_of_a_group_are_correlated_through_the_distance_to_work(
    one: str, other: str, sign: int, people: Table, p
) -> None:
    logit = {name: np.log(people[name][::2] / (1 - people[name][::2])) for name in (one, other)}
    # Five standard errors of a correlation from 1,000 people.
    assert np.corrcoef(logit[one], logit[other])[0, 1] == pytest.approx(sign * p.loading**2, abs=5 / np.sqrt(1000))


@pytest.mark.parametrize(
    "name", ["skill", "language", "health", "care", "worries", "know_how", "network", "drive", "trust"]
)
def test_medians_are_those_of_the_groups(name: str, people: Table, p) -> None:
    for reduced, suffix in ((0, ""), (1, "_reduced")):
        median = getattr(p, name + suffix)
        found = np.log(np.median(people[name][reduced::2]) / (1 - np.median(people[name][reduced::2])))
        # Five standard errors of the median of 1,000 normal values with this spread.
        error = 5 * 1.2533 * p.spread / np.sqrt(1000)
        assert found == pytest.approx(math.log(median / (1 - median)), abs=error)


def test_a_person_does_not_depend_on_the_row(world: World, people: Table) -> None:
    table = Table(Jobseeker, 1, 3)
    draw_person(world.people, table.view(Newcomers), 2, person_id(1, 1, 5), 0, 1, Stream(1, 0))
    for name in Newcomers._fields:
        assert table[name][2] == people[name][5], name
