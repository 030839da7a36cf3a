"""Holm's correction by hand, and what a table says of its family."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.report.multiplicity import holm, told, with_holm


def differences(p: list[float], metrics: list[str] | None = None, **columns: object) -> pd.DataFrame:
    cell = {"cohort": "stock", "group": "all", "horizon_weeks": 104}
    metrics = metrics or ["employed_share"] * len(p)
    return pd.DataFrame({"metric": metrics, "p": p, **cell, **columns})


def test_holm_by_hand() -> None:
    # Sorted 0.01, 0.02, 0.03, 0.04 times 4, 3, 2, 1 = 0.04, 0.06, 0.06, 0.04; each no less than the one before.
    assert holm(np.array([0.04, 0.01, 0.03, 0.02])) == pytest.approx([0.06, 0.04, 0.06, 0.06])
    # The example of R's p.adjust(c(0.01, 0.01, 0.5, 0.9), "holm").
    assert holm(np.array([0.01, 0.5, 0.01, 0.9])) == pytest.approx([0.04, 1.0, 0.04, 1.0])


def test_what_was_not_tested_is_no_comparison() -> None:
    adjusted = holm(np.array([0.02, np.nan, 0.03]))
    assert adjusted[[0, 2]] == pytest.approx([0.04, 0.04]) and np.isnan(adjusted[1])
    assert np.isnan(holm(np.array([np.nan]))).all() and holm(np.array([])).size == 0


def test_a_family_is_one_headline_table() -> None:
    others = differences([0.04, 0.04], ["trust", "skill"]).assign(group="young")
    rows = pd.concat(
        [differences([0.01, 0.02, 0.001], ["trust", "employed_share", "skill"]), others], ignore_index=True
    )
    found = with_holm(rows)
    assert list(found["p_holm"].round(6).fillna(-1)) == [0.02, 0.02, -1, 0.04, -1]
    assert list(found["comparisons"].fillna(0)) == [2, 2, 0, 1, 0]
    assert list(found["expected_by_chance"].fillna(0)) == pytest.approx([0.1, 0.1, 0, 0.05, 0])
    assert list(found["clear_after_holm"].fillna(False)) == [True, True, False, True, False]
    assert found["clear_after_holm"].isna().sum() == 2
    again = with_holm(found)
    pd.testing.assert_frame_equal(found, again)


def test_told_in_a_line() -> None:
    many = with_holm(differences([0.001, 0.03, 0.04, 1.0]))
    assert told(many) == (
        "Of 4 comparisons 3 exclude zero (0.2 expected if nothing differed); 1 stays after Holm's correction, "
        "* marks the others."
    )
    assert told(with_holm(differences([0.001, 0.8]))).endswith("1 stays after Holm's correction.")
    assert told(with_holm(differences([np.nan]))) == ""
