"""Outcomes against a lever, and differences by group: from tables worked out by hand."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from sim.report.figures import intervals
from sim.report.responses import response_figure

WEIGHT, CLAUSE = "policy.tender.price_weight", "policy.tender.continuity"


def table(points: Sequence[tuple[float, int, bool, float]]) -> pd.DataFrame:
    """A row for each (weight, clause, is it the baseline, value); the baseline's value is 0.5."""
    rows = pd.DataFrame(points, columns=[WEIGHT, CLAUSE, "is_baseline", "value"])
    difference = rows["value"] - 0.5
    return rows.assign(
        scenario="one", metric="employed_share", baseline_value=0.5, difference=difference, low=difference - 0.02,
        high=difference + 0.02, p=0.04, replications=8, unit="share",
    )  # fmt: skip


def test_a_baseline_is_a_point_of_the_line_that_it_lies_on() -> None:
    rows = table([(0.4, 0, True, 0.5), (0, 0, False, 0.6), (0.8, 0, False, 0.4)])
    rows = pd.concat([rows, table([(weight, 1, False, 0.55) for weight in (0.0, 0.4, 0.8)])])
    figure = response_figure(rows, [WEIGHT, CLAUSE])
    assert figure is not None
    lines = [list(map(float, line.get_xdata())) for line in figure.axes[0].lines if len(line.get_xdata()) > 1]
    assert lines == [[0.0, 0.4, 0.8], [0.0, 0.4, 0.8]]
    without = next(line for line in figure.axes[0].lines if line.get_label() == "Continuity 0")
    assert list(without.get_ydata()) == [60.0, 50.0, 40.0]


def test_a_baseline_beside_all_lines_makes_no_line_of_its_own() -> None:
    rows = table([(0.4, 2, True, 0.5), *((weight, clause, False, 0.6) for clause in (0, 1) for weight in (0, 0.5, 1))])
    figure = response_figure(rows, [WEIGHT, CLAUSE])
    assert figure is not None
    assert [len(line.get_xdata()) for line in figure.axes[0].lines] == [3, 3, 1]  # the diamond


def test_two_values_of_a_lever_are_no_curve() -> None:
    assert response_figure(table([(0.4, 0, True, 0.5), (0, 0, False, 0.6), (1, 0, False, 0.4)]), [WEIGHT]) is None


def test_intervals_have_a_row_and_a_panel_for_each_name_and_one_scale_a_metric() -> None:
    rows = table([(0, 0, False, 0.6), (1, 0, False, 0.505), (0, 1, False, 0.4), (1, 1, False, 0.5)])
    figure = intervals(rows, ["young", "old", "young", "old"], ["A", "A", "B", "B"], "Who")
    a, b = figure.axes
    assert [axes.get_title(loc="left") for axes in (a, b)] == ["A", "B"]
    assert [label.get_text() for label in a.get_yticklabels()] == ["young", "old"]
    assert a.get_xlim() == b.get_xlim()
    dots = [line for line in a.lines if line.get_marker() == "o"]
    # 10 points with an interval of 8 to 12 is settled; 0.5 with one of -1.5 to 2.5 is hollow.
    assert [round(float(dot.get_xdata()[0]), 9) for dot in dots] == [10.0, 0.5]
    assert [dot.get_markerfacecolor() == "white" for dot in dots] == [False, True]
