"""Dominance by hand."""

from __future__ import annotations

import pytest

from sim.evaluation.dominance import DOMINATED, EQUAL, EXTENDEDLY, FRONTIER, Standing, dominance


def test_a_hand_example_with_both_kinds() -> None:
    # Steps cost 10 an effect to A, 40 from A to B, 25 from B to C: a mixture of A and C beats B. D costs more than C
    # and does less. Without B a job costs 10 to A and (130 - 10) / (5 - 1) = 30 from A to C.
    cost, effect = [0, 10, 90, 130, 140], [0, 1, 3, 5, 4]
    names = dominance(cost, effect)
    assert names == [
        Standing(FRONTIER),
        Standing(FRONTIER),
        Standing(EXTENDEDLY, (1, 3)),
        Standing(FRONTIER),
        Standing(DOMINATED, (3,)),
    ]


def test_the_order_of_the_options_does_not_matter() -> None:
    cost, effect = [130, 90, 140, 0, 10], [5, 3, 4, 0, 1]
    assert [standing.word for standing in dominance(cost, effect)] == [
        FRONTIER,
        EXTENDEDLY,
        DOMINATED,
        FRONTIER,
        FRONTIER,
    ]


def test_removing_one_can_put_the_one_before_it_above_the_frontier() -> None:
    # The last, 4 for an effect of 4, dominates the two before it outright; a quarter of it costs 1, less than A's 2.
    assert [standing.word for standing in dominance([0, 2, 4, 5, 4], [0, 1, 2, 2.5, 4])] == [
        FRONTIER,
        EXTENDEDLY,
        DOMINATED,
        DOMINATED,
        FRONTIER,
    ]
    # Steps of 3, 4 and 1/2 an effect: the last takes out the second, and then (8 - 3) / 3 < 3 the first too.
    assert [standing.word for standing in dominance([0, 3, 7, 8], [0, 1, 2, 4])] == [
        FRONTIER,
        EXTENDEDLY,
        EXTENDEDLY,
        FRONTIER,
    ]


@pytest.mark.parametrize(
    ("cost", "effect", "expected"),
    [
        ([0, -1], [0, 1], [Standing(DOMINATED, (1,)), Standing(FRONTIER)]),  # saves and has more jobs
        ([0, 1], [0, 0], [Standing(FRONTIER), Standing(DOMINATED, (0,))]),  # the same jobs for more
        ([0, 0], [0, 1], [Standing(DOMINATED, (1,)), Standing(FRONTIER)]),  # more jobs for the same
        ([0, -5], [0, -1], [Standing(FRONTIER), Standing(FRONTIER)]),  # cheaper, with fewer jobs
        ([0, 0], [0, 0], [Standing(FRONTIER), Standing(EQUAL, (0,))]),
        ([0, 1, 2], [0, 1, 2], [Standing(FRONTIER), Standing(EXTENDEDLY, (0, 2)), Standing(FRONTIER)]),  # on the line
        ([0], [0], [Standing(FRONTIER)]),
    ],
)
def test_edges(cost: list[float], effect: list[float], expected: list[Standing]) -> None:
    assert dominance(cost, effect) == expected


def test_the_most_effective_of_those_that_dominate_is_named() -> None:
    assert dominance([10, 5, 8, 8.5], [1, 2, 3, 3])[0] == Standing(DOMINATED, (2,))
