"""Differences in words: the verdict follows from the interval, whatever the mean."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from sim.parameters import STATUSES
from sim.report.sentences import assumptions, counted, how_sure, listed, sentence, sentences, sorted_out, verdicts


def rows(*limits: tuple[float, float, float], metric: str = "employed_share", unit: str = "share") -> pd.DataFrame:
    """A row for each (difference, low, high), with a baseline of 0.4."""
    table = pd.DataFrame(limits, columns=["difference", "low", "high"])
    return table.assign(metric=metric, unit=unit, baseline_value=0.4)


def said(difference: float, low: float, high: float, **more: str) -> str:
    return sentence(next(rows((difference, low, high), **more).itertuples()))


def test_a_clear_difference_has_its_values_and_its_interval() -> None:
    assert said(0.02, 0.01, 0.03) == (
        "In work: higher, 42.0 against 40.0 %; a difference of +2.00 pp (95 % interval +1.00 to +3.00)."
    )
    assert said(-0.02, -0.03, -0.01).startswith("In work: lower, 38.0 against 40.0 %")


def test_an_interval_that_holds_zero_is_unclear_however_large_the_mean() -> None:
    text = said(0.2, -0.001, 0.401)
    assert "unclear" in text and "holds zero" in text
    assert "higher" not in text


def test_no_difference_and_one_replication_are_told_as_such() -> None:
    assert said(0.0, 0.0, 0.0) == "In work: the same, 40.0 %."
    assert said(0.02, math.nan, math.nan).endswith("in one pair, which has no interval.")


def test_money_and_indices_have_their_own_units() -> None:
    text = said(0.1, 0.05, 0.15, metric="trust", unit="0-1")
    assert (
        text
        == "Trust in the system: higher, 0.500 against 0.400; a difference of +0.100 (95 % interval +0.050 to +0.150)."
    )
    table = rows((-500.0, -900.0, -100.0), metric="public_cost_nok", unit="NOK per person").assign(baseline_value=2e5)
    assert "lower, 199,500 against 200,000 NOK per person; a difference of -500" in sentence(next(table.itertuples()))


def test_names_are_sorted_by_verdict_and_size() -> None:
    table = rows((0.01, 0.005, 0.015), (0.03, 0.02, 0.04), (-0.02, -0.03, -0.01), (0.5, -0.1, 1.1), (0, 0, 0))
    assert sorted_out("abcde", table) == (
        "Higher for b (+3.00 pp) and a (+1.00 pp); lower for c (-2.00 pp); the same for e; unclear for d."
    )


def test_many_that_all_are_unclear_are_not_named() -> None:
    assert sorted_out("abcd", rows(*[(0.01, -0.01, 0.03)] * 4)) == "Unclear for all 4."
    assert sorted_out("ab", rows(*[(0.01, -0.01, 0.03)] * 2)) == "Unclear for a and b."


def test_every_name_needs_a_row() -> None:
    with pytest.raises(ValueError):
        sorted_out("ab", rows((0.01, 0.005, 0.015)))


def test_verdicts_are_a_list_by_heading() -> None:
    table = rows((0.01, 0.005, 0.015), (0.03, -0.02, 0.08), (-0.02, -0.03, -0.01))
    assert verdicts(["X", "Y", "X"], "abc", table) == (
        "- X. Higher for a (+1.00 pp); lower for c (-2.00 pp).\n- Y. Unclear for b."
    )
    assert sentences(table).count("\n- In work: ") == 2


def test_how_sure_says_what_a_narrower_interval_takes_and_counts_all_that_was_shown() -> None:
    narrow = pd.DataFrame(
        [("mine", "share", 0.4, 8, 0.01, 0.005, 40)],
        columns=["scenario", "unit", "baseline_value", "replications", "half_width", "wanted", "needed"],
    )
    text = how_sure(narrow, pd.DataFrame({"p": [0.01]}), pd.DataFrame({"p": [0.5, 0.6]}))
    assert "- Mine: ±1.00 with 8 pairs; ±0.50 pp takes about 40.\n" in text
    assert "3 comparisons were made" in text


def test_comparisons_are_counted_with_holm_and_without_those_that_have_no_p() -> None:
    # By Holm: 0.01 * 3 < 0.05, then 0.04 * 2 > 0.05.
    assert counted([0.01, 0.04, 0.9, math.nan]).startswith(
        "3 comparisons were made; 2 of their 95 % intervals exclude zero, and 0.15 would be expected to"
    )
    assert "1 of the findings stays after Holm's correction" in counted([0.01, 0.04, 0.9, math.nan])


def test_a_list_reads_as_a_sentence() -> None:
    assert [listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])] == ["a", "a and b", "a, b and c"]


def test_assumptions_are_those_declared() -> None:
    from sim.settings import compose

    known = compose().parameters
    assumed = sum(item.status == "assumed" for item in known.values())
    assert "assumed" in STATUSES
    assert assumptions().startswith(f"{assumed} of the {len(known)} parameters")
