"""Paired differences: the arithmetic by hand, and the refusals."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from sim.evaluation.bootstrap import interval
from sim.report.compare import BOOTSTRAP, COLUMNS, CompareError, paired_differences


def outcomes(**values: list[float]) -> pd.DataFrame:
    """One cell, by scenario: the values of replications 0, 1, ..."""
    return pd.DataFrame(
        {
            "scenario": name,
            "replication": replication,
            "cohort": "stock",
            "metric": "employed_share",
            "group": "all",
            "horizon_weeks": 104,
            "value": value,
            "unit": "share",
        }
        for name, series in values.items()
        for replication, value in enumerate(series)
    )


def test_mean_difference_interval_and_what_pairing_is_worth() -> None:
    base, arm = np.array([0.30, 0.32, 0.37, 0.29]), np.array([0.33, 0.34, 0.40, 0.33])
    found = paired_differences(outcomes(baseline=list(base), caseload_15=list(arm)))
    assert list(found.columns) == COLUMNS
    [row] = found.to_dict("records")
    low, high = stats.ttest_rel(arm, base).confidence_interval(0.95)
    assert row["difference"] == pytest.approx(0.03)
    assert (row["low"], row["high"]) == (pytest.approx(low), pytest.approx(high))
    assert row["sd"] == pytest.approx((arm - base).std(ddof=1))
    assert (row["baseline_value"], row["scenario_value"]) == (pytest.approx(0.32), pytest.approx(0.35))
    assert row["pairing"] == pytest.approx((arm.var(ddof=1) + base.var(ddof=1)) / (arm - base).var(ddof=1))
    assert (row["replications"], row["scenario"], row["baseline"]) == (4, "caseload_15", "baseline")


@pytest.mark.parametrize("values", [[0.3, 0.4, 0.5], [0.3]])
def test_no_difference_is_exactly_zero_with_an_interval_of_zero(values: list[float]) -> None:
    [row] = paired_differences(outcomes(baseline=values, same=values)).to_dict("records")
    assert (row["difference"], row["low"], row["high"]) == (0.0, 0.0, 0.0)
    assert math.isnan(row["pairing"])


def test_one_replication_has_a_difference_and_no_interval() -> None:
    [row] = paired_differences(outcomes(baseline=[0.3], other=[0.4])).to_dict("records")
    assert row["difference"] == pytest.approx(0.1)
    assert math.isnan(row["low"]) and math.isnan(row["high"])


def test_only_common_replications_count() -> None:
    frame = outcomes(baseline=[1.0, 2.0, 3.0], other=[2.0, 4.0])
    frame.loc[(frame["scenario"] == "other") & (frame["replication"] == 0), "value"] = math.nan
    [row] = paired_differences(frame).to_dict("records")
    assert (row["replications"], row["difference"], row["baseline_value"]) == (1, 2.0, 2.0)


def test_cells_are_kept_apart_and_in_order() -> None:
    first = outcomes(baseline=[1.0, 2.0], other=[2.0, 3.0])
    second = first.assign(metric="cost", unit="NOK", value=first["value"] * 10)
    found = paired_differences(pd.concat([second, first]))
    assert list(found["metric"]) == ["cost", "employed_share"]
    assert list(found["difference"]) == [10.0, 1.0]


def test_any_scenario_can_be_the_baseline() -> None:
    found = paired_differences(outcomes(baseline=[1.0], other=[2.0]), baseline="other")
    assert list(found["scenario"]) == ["baseline"]
    assert list(found["difference"]) == [-1.0]


def test_refusals_are_one_line_and_say_what_to_do() -> None:
    with pytest.raises(CompareError, match=r"no runs of 'basline' .* scenarios with results: baseline, other"):
        paired_differences(outcomes(baseline=[1.0], other=[2.0]), baseline="basline")
    with pytest.raises(CompareError, match="only 'baseline' has results"):
        paired_differences(outcomes(baseline=[1.0]))
    apart = outcomes(baseline=[1.0], other=[2.0, 3.0]).query("not (scenario == 'other' and replication == 0)")
    with pytest.raises(CompareError, match=r"no replication in common \(1 against 0\)"):
        paired_differences(apart)
    twice = outcomes(baseline=[1.0], other=[2.0])
    with pytest.raises(CompareError, match="two runs of one replication"):
        paired_differences(pd.concat([twice, twice]))


def test_the_p_value_is_that_of_the_paired_t_test() -> None:
    base, arm = [0.30, 0.32, 0.37, 0.29], [0.33, 0.34, 0.35, 0.33]
    assert paired_differences(outcomes(baseline=base, arm=arm))["p"].item() == pytest.approx(
        stats.ttest_rel(arm, base).pvalue
    )
    assert paired_differences(outcomes(baseline=base, arm=base))["p"].item() == 1.0
    assert paired_differences(outcomes(baseline=[0.5, 0.25], arm=[0.75, 0.5]))["p"].item() == 0.0
    assert math.isnan(paired_differences(outcomes(baseline=[0.3], arm=[0.4]))["p"].item())


def test_the_bootstrap_is_asked_for_and_goes_by_pairs() -> None:
    base = np.array([4, 8, 2, 7, 5, 5, 1, 3]) / 8
    gap = np.array([1, 2, 2, 3, 7, 11, 0, 4]) / 8
    frame = outcomes(baseline=list(base), arm=list(base + gap), same=list(base), short=list(base[:4] + gap[:4]))
    frame = pd.concat([frame, frame.assign(metric="cost", value=frame["value"] * 8)])
    found = paired_differences(frame, resampled=True).set_index(["metric", "scenario"])
    assert list(found.reset_index().columns) != COLUMNS == list(paired_differences(frame).columns)
    one, eight = found.loc[("employed_share", "arm")], found.loc[("cost", "arm")]
    assert one[BOOTSTRAP].tolist() == pytest.approx([limit[0] for limit in interval(gap[None])])
    assert (eight[BOOTSTRAP] / 8).tolist() == pytest.approx(one[BOOTSTRAP].tolist())
    assert found.loc[("cost", "same"), BOOTSTRAP].tolist() == [0.0, 0.0]
    assert found.loc[("cost", "short"), BOOTSTRAP].isna().all()
