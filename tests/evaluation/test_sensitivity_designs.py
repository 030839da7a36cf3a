"""Factors come from the ranges of the world, designs repeat from their seed, and points are checked before they run."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.evaluation.design import Design, hypercube, morris, points, read, sobol
from sim.evaluation.factors import Factor, chosen, uncertain, with_values
from sim.parameters import Parameter
from sim.settings import Composer, ConfigurationError, compose
from sim.store import StoreError, run_key

PAIR = ("se_in_house", "se_outsourced")
SMALL = ["population=classroom", "horizon.weeks=8", "horizon.track_weeks=8", "horizon.burn_in_weeks=4"]


@pytest.fixture(scope="module")
def composer() -> Composer:
    return Composer()


@pytest.fixture(scope="module")
def parameters(composer: Composer) -> dict[str, Parameter]:
    return dict(composer.settings(["population=classroom"]).parameters)


def factor(name: str = "contact.trust_hour", low: float = 0.0, high: float = 1.0, whole: bool = False) -> Factor:
    return Factor(name, low, high, low, whole, "unit", "meaning")


def test_factors_are_what_is_not_a_fact_and_has_a_width(parameters: dict[str, Parameter]) -> None:
    names = [f.name for f in uncertain(parameters)]
    assert len(names) == len(set(names)) > 500
    assert "money.basic_amount" not in names  # a range without width
    assert not any(name.startswith("delivery.tendered") for name in names)  # in a document
    assert {"delivery.wage[0]", "delivery.wage[1]"} <= set(names)  # one for each form of delivery
    assert not any(name.startswith("sectors.share") for name in names)  # a profile


def test_patterns_choose_factors_in_the_order_of_the_world(parameters: dict[str, Parameter]) -> None:
    found = chosen(parameters, ["world.delivery.wage", "contact.trust_hour", "world.gaze.*", "contact.trust_hour"])
    names = [f.name for f in found]
    assert names[0] == "contact.trust_hour" and names[-2:] == ["delivery.wage[0]", "delivery.wage[1]"]
    assert all(name.startswith("gaze.") for name in names[1:-2]) and len(names) == len(set(names)) > 5
    assert [f.name for f in chosen(parameters, ["delivery.wage[1]"])] == ["delivery.wage[1]"]


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("contact.trust_hours", "nearest: contact.trust_hour"),
        ("world.contakt.*", "no uncertain parameter"),
        ("delivery.tendered", "its status is document"),
        ("money.basic_amount", "no width"),
        ("sectors.share", "list of 6"),
        ("contact.trust_hour[0]", "write contact.trust_hour"),
        ("gaze.speed", "set by hand"),
    ],
)
def test_a_name_that_is_no_factor_is_refused(parameters: dict[str, Parameter], pattern: str, message: str) -> None:
    with pytest.raises(ConfigurationError, match=r"^factors=") as error:
        chosen(parameters, [pattern], ["world.gaze.speed=0.1"])
    assert message in str(error.value) and "\n" not in str(error.value)


def test_what_is_set_by_hand_does_not_vary(parameters: dict[str, Parameter]) -> None:
    names = [f.name for f in chosen(parameters, (), ["world.contact.trust_hour=0.1", "world.delivery.wage=[1,2]"])]
    assert "contact.trust_hour" not in names and "delivery.wage[0]" not in names and "contact.motivation_hour" in names


def test_coordinates_cover_the_range_and_whole_numbers_are_equally_likely() -> None:
    assert factor(low=2.0, high=6.0).at(np.array([0.0, 0.25, 1.0])).tolist() == [2.0, 3.0, 6.0]
    whole = factor(low=1.0, high=3.0, whole=True).at(np.linspace(0.0, 1.0, 3001))
    assert np.bincount(whole.astype(int)).tolist() == [0, 1000, 1000, 1001]


def test_values_go_into_a_world_without_changing_it() -> None:
    world = {"a": {"x": {"value": 1, "unit": "u"}, "pair": {"value": [1.0, 2.0]}}}
    new = with_values(world, [factor("a.x", whole=True), factor("a.pair[1]")], [3.0, 5.0])
    assert new == {"a": {"x": {"value": 3, "unit": "u"}, "pair": {"value": [1.0, 5.0]}}}
    assert world == {"a": {"x": {"value": 1, "unit": "u"}, "pair": {"value": [1.0, 2.0]}}}


def test_designs_have_the_shape_of_their_method_and_repeat_from_the_seed() -> None:
    factors = [factor(name) for name in ("a.x", "a.y", "b.z")]
    trajectories = morris(factors, 5, seed=1)
    assert trajectories.unit.shape == (5 * 4, 3) and trajectories.block == 4
    steps = np.abs(np.diff(trajectories.unit.reshape(5, 4, 3), axis=1))
    assert np.allclose(steps.sum(axis=2), 2 / 3)  # one factor at a time, two thirds of its range
    grouped = morris(factors, 5, seed=1, grouped=True)
    assert grouped.block == 3 and grouped.steps == ["a", "b"]
    spread = morris(factors, 4, seed=1, candidates=10)
    assert spread.unit.shape == (4 * 4, 3)
    saltelli = sobol(factors, 8, seed=1)
    assert saltelli.unit.shape == (8 * 5, 3) and saltelli.block == 5
    latin = hypercube(factors, 10, seed=1)
    assert np.array_equal(np.sort(np.floor(latin.unit * 10), axis=0), np.repeat(np.arange(10.0)[:, None], 3, axis=1))
    for make in (lambda s: morris(factors, 5, s), lambda s: sobol(factors, 8, s), lambda s: hypercube(factors, 8, s)):
        assert np.array_equal(make(1).unit, make(1).unit) and not np.array_equal(make(1).unit, make(2).unit)


def test_sizes_that_no_design_has_are_refused() -> None:
    for call in (
        lambda: sobol([factor()], 12, 1),
        lambda: sobol([factor()], 1, 1),
        lambda: morris([factor()], 1, 1),
        lambda: morris([factor()], 4, 1, candidates=4),
        lambda: hypercube([factor()], 0, 1),
        lambda: sobol([], 8, 1),
    ):
        with pytest.raises(ConfigurationError):
            call()


def test_a_design_comes_back_from_its_file_bit_for_bit(tmp_path: Path) -> None:
    design = morris([factor("a.x", 1.0, 9.0, True), factor("b.y[1]", -2.0, 3.5)], 3, seed=4, grouped=True)
    again = read(design.save(tmp_path / "design")[0])
    assert np.array_equal(again.unit, design.unit) and again.factors == design.factors
    assert (again.kind, again.seed, again.grouped, again.problem) == ("morris", 4, True, design.problem)
    (tmp_path / "other.parquet").write_bytes(b"no design")
    with pytest.raises(StoreError, match="no design"):
        read(tmp_path / "other.parquet")


def test_whole_blocks_lose_every_row_of_a_block_with_a_gap() -> None:
    design = Design("sobol", (factor("a.x"), factor("a.y")), 1, np.zeros((8, 2)))
    assert design.whole_blocks(np.array([1, 1, 1, 1, 1, 0, 1, 1])).tolist() == [True] * 4 + [False] * 4


def test_points_are_what_the_command_line_would_give(composer: Composer, parameters: dict[str, Parameter]) -> None:
    design = hypercube(chosen(parameters, ["contact.trust_hour", "delivery.insecurity"]), 3, seed=2)
    found = points(design, PAIR, SMALL, composer)
    value, first, second = design.values().iloc[1]
    lines = [f"world.contact.trust_hour={value!r}", f"world.delivery.insecurity=[{first!r},{second!r}]"]
    assert found.arms[1] is not None and not found.refused and len(found.settings) == 6
    for scenario, arm in zip(PAIR, found.arms[1], strict=True):
        assert run_key(arm, 0) == run_key(compose(f"scenario={scenario}", *SMALL, *lines), 0)


def test_points_that_are_not_allowed_are_named_and_take_their_block_along(composer: Composer) -> None:
    too_wide = factor("contact.trust_hour", 0.0, 1e6)
    inside = 1e-7  # 0.1: in the file's own range
    unit = np.array([[inside], [inside], [inside], [0.9], [inside], [inside]])
    found = points(Design("sobol", (too_wide,), 1, unit), PAIR, SMALL, composer)
    assert [refused.point for refused in found.refused] == [3]
    assert "world.contact.trust_hour=900000" in found.refused[0].why
    assert [arms is not None for arms in found.arms] == [True] * 3 + [False] * 3
    with pytest.raises(ConfigurationError, match="every block"):
        points(Design("sobol", (too_wide,), 1, unit[3:]), PAIR, SMALL, composer)
