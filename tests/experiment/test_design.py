"""What varies becomes points: every combination of lists, and draws that fill the box of the spans."""

from __future__ import annotations

import numpy as np
import pytest

from sim.experiment.design import rows
from sim.experiment.files import Design, Span

SPANS = {"a": Span(low=10, high=20), "b": Span(low=-1, high=1)}


def test_a_grid_has_every_combination_in_the_order_of_the_factors() -> None:
    found = rows({"a": [1, 2], "b": ["x", "y"]}, Design())
    assert found == [{"a": 1, "b": "x"}, {"a": 1, "b": "y"}, {"a": 2, "b": "x"}, {"a": 2, "b": "y"}]


def test_nothing_that_varies_is_one_point() -> None:
    assert rows({}, Design()) == [{}]


def test_a_latin_hypercube_has_one_point_in_every_slice_of_every_factor() -> None:
    drawn = rows(SPANS, Design(kind="latin_hypercube", points=20))
    assert len(drawn) == 20
    for name, span in SPANS.items():
        share = (np.array([point[name] for point in drawn]) - span.low) / (span.high - span.low)
        assert sorted(np.floor(share * 20).astype(int)) == list(range(20))


def test_a_sobol_sequence_is_balanced_at_powers_of_two() -> None:
    drawn = rows(SPANS, Design(kind="sobol", points=16))
    quarters = {(point["a"] > 15, point["b"] > 0) for point in drawn}  # type: ignore[operator]
    assert len(quarters) == 4
    for name, span in SPANS.items():
        share = (np.array([point[name] for point in drawn]) - span.low) / (span.high - span.low)
        assert sorted(np.floor(share * 16).astype(int)) == list(range(16))


@pytest.mark.parametrize("points", [1, 3, 5])
@pytest.mark.parametrize("kind", ["latin_hypercube", "sobol"])
def test_any_number_of_points_can_be_asked_for(kind: str, points: int) -> None:
    drawn = rows(SPANS, Design(kind=kind, points=points))  # type: ignore[arg-type]
    assert len(drawn) == points
    assert all(10 <= point["a"] <= 20 and -1 <= point["b"] <= 1 for point in drawn)  # type: ignore[operator]


@pytest.mark.parametrize("kind", ["latin_hypercube", "sobol"])
def test_the_seed_decides_the_design(kind: str) -> None:
    def drawn(seed: int) -> list[dict]:
        return rows(SPANS, Design(kind=kind, points=8, seed=seed))  # type: ignore[arg-type]

    assert drawn(3) == drawn(3) != drawn(4)


def test_whole_numbers_are_whole_and_within_the_span() -> None:
    drawn = rows({"n": Span(low=1, high=4, whole=True)}, Design(kind="sobol", points=64))
    assert {point["n"] for point in drawn} == {1, 2, 3, 4}
    assert all(type(point["n"]) is int for point in drawn)


def test_lists_are_crossed_with_the_drawn_points() -> None:
    drawn = rows({"a": SPANS["a"], "world": ["slack", "tight"]}, Design(kind="sobol", points=4))
    assert len(drawn) == 8
    assert all(list(point) == ["a", "world"] for point in drawn)
    for one, other in zip(drawn[::2], drawn[1::2], strict=True):
        assert one["a"] == other["a"] and (one["world"], other["world"]) == ("slack", "tight")
