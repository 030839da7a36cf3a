"""The wanted precision: what users may write, and how many pairs it takes, by hand."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from sim.report.compare import CompareError
from sim.report.precision import LEAST_PAIRS, MOST, Precision, pairs_needed, precision, sd_at_most, still_needed, told
from sim.report.table import View
from sim.settings import ConfigurationError

SPREAD = np.array([-1.5, -0.5, 0.0, 0.0, 0.5, 1.5])


def outcomes(pairs: int = 6, sd: float = 0.01, unit: str = "share", level: float = 0.4) -> pd.DataFrame:
    """Baseline, a scenario whose differences have ``sd``, and one that is the baseline, in one cell."""
    gaps = {"baseline": 0.0, "varies": sd * SPREAD / SPREAD.std(ddof=1) + sd, "same": 0.0}
    return pd.DataFrame(
        {
            "scenario": name,
            "replication": replication,
            "cohort": "stock",
            "metric": "employed_share",
            "group": "all",
            "horizon_weeks": 104,
            "value": level + np.broadcast_to(gap, 6)[replication],
            "unit": unit,
        }
        for name, gap in gaps.items()
        for replication in range(pairs)
    )


@pytest.mark.parametrize(
    ("text", "unit", "half"),
    [
        ("0.5pp", "share", 0.005),
        (" 2 PP ", "share a year", 0.02),
        ("2%", "share", 0.008),
        ("2%", "NOK per person", 0.008),
        ("1000nok", "NOK per person", 1000),
        ("1e3 NOK", "NOK per job", 1000),
        (".25", "0-1", 0.25),
        (0.25, "weeks", 0.25),
        (3, "weeks", 3),
    ],
)
def test_forms(text: str | float, unit: str, half: float) -> None:
    assert Precision.of(text).half_width(unit, -0.4) == pytest.approx(half)


@pytest.mark.parametrize("text", ["", "0", "-1pp", "0pp", "5 kr", "narrow", "nan", "inf", "1e999", "1 pp nok"])
def test_others_are_refused_in_one_line_that_names_the_forms(text: str) -> None:
    with pytest.raises(ConfigurationError, match=r"^precision=.*: must be a number above zero .* pp .*nok.*%[^\n]*$"):
        Precision.of(text)


@pytest.mark.parametrize(("text", "unit"), [("1pp", "NOK per person"), ("1pp", "weeks"), ("1nok", "share")])
def test_a_form_that_does_not_fit_the_unit_is_refused(text: str, unit: str) -> None:
    with pytest.raises(ConfigurationError, match=rf"precision={text}: the outcome is in {unit}; use"):
        Precision.of(text).half_width(unit, 1.0)


def test_pairs_needed_is_the_smallest_that_does() -> None:
    # From a table of t: 2.101 / sqrt(19) = 0.482 and 2.110 / sqrt(18) = 0.497, but 2.120 / sqrt(17) = 0.514.
    assert pairs_needed(1.0, 0.5) == 18
    assert pairs_needed(10.0, 5.0) == 18
    # 12.706 / sqrt(2) = 8.98; 4.303 / sqrt(3) = 2.48.
    assert (pairs_needed(1.0, 9.0), pairs_needed(1.0, 8.9), pairs_needed(1.0, 2.4)) == (2, 3, 4)
    assert pairs_needed(1.0, 0.5, confidence=0.9) == 13  # 1.782 / sqrt(13) = 0.494, 1.796 / sqrt(12) = 0.518
    assert pairs_needed(0.0, 0.1) == 2
    assert pairs_needed(1.0, 0.0005) == math.ceil((1.959964 / 0.0005) ** 2) + 2
    assert pairs_needed(1.0, 1e-12) == MOST


def test_the_standard_deviation_is_promised_with_its_own_doubt() -> None:
    # The lower fifth of chi-square with 7 degrees of freedom is 3.822 (table).
    assert sd_at_most(2.0, 8) == pytest.approx(2.0 * math.sqrt(7 / 3.822), rel=1e-4)
    draws = np.random.default_rng(5).normal(size=(4000, 8)).std(axis=1, ddof=1)
    assert np.mean([sd_at_most(sd, 8) >= 1 for sd in draws]) == pytest.approx(0.8, abs=0.02)


def test_what_it_would_take_by_scenario() -> None:
    found = precision(outcomes(), Precision.of("0.5pp"), "employed_share").set_index("scenario")
    half = stats.t.ppf(0.975, 5) * 0.01 / math.sqrt(6)
    assert found.loc["varies", "half_width"] == pytest.approx(half)
    assert found.loc["varies", "needed"] == pairs_needed(0.01 * math.sqrt(5 / 2.343), 0.005) == 36
    assert tuple(found.loc["same", ["half_width", "wanted", "needed"]]) == (0.0, 0.005, 6)
    assert still_needed(outcomes(), Precision.of("0.5pp"), "employed_share") == 30
    lines = told(found.reset_index())
    assert lines == [
        "Varies: ±1.05 with 6 pairs; ±0.50 pp takes about 36",
        "Same: ±0.00 with 6 pairs; ±0.50 pp is reached",
    ]


def test_enough_is_enough_but_never_below_the_least() -> None:
    assert still_needed(outcomes(), Precision.of("1.1pp"), "employed_share") == 0
    assert still_needed(outcomes(), Precision.of("1.0pp"), "employed_share") > 0
    for pairs in range(1, LEAST_PAIRS):
        assert still_needed(outcomes(pairs, sd=0.0), Precision.of("1pp"), "employed_share") == LEAST_PAIRS - pairs
    alone = precision(outcomes(1), Precision.of("1pp"), "employed_share")
    assert alone.loc[0, "needed"] == LEAST_PAIRS and math.isnan(alone.loc[0, "half_width"])
    assert told(alone)[0] == "Varies: no interval with 1 pair; ±1.00 pp takes at least 5"


def test_a_width_that_cannot_be_had_asks_for_no_more() -> None:
    nothing = outcomes(level=0.0)
    assert still_needed(nothing, Precision.of("5%"), "employed_share") == 0
    assert "±0.00 cannot be had" in told(precision(nothing, Precision.of("5%"), "employed_share"))[0]


def test_unknown_names_are_refused() -> None:
    with pytest.raises(CompareError, match=r"no outcomes with metric 'employed'; nearest: 'employed_share'"):
        still_needed(outcomes(), Precision.of("1pp"), "employed")
    with pytest.raises(CompareError, match="no outcomes with group"):
        still_needed(outcomes(), Precision.of("1pp"), "employed_share", view=View(group="some"))


@pytest.mark.parametrize(("least", "covered"), [(2, (0.88, 0.92)), (LEAST_PAIRS, (0.92, 0.945))])
def test_how_often_a_stopped_interval_holds_the_truth_as_docs_statistics_says(
    least: int, covered: tuple[float, float]
) -> None:
    draws = np.random.default_rng(1).normal(size=(10_000, 150))
    n = np.arange(1, 151)
    mean = np.cumsum(draws, axis=1) / n
    variance = (np.cumsum(draws**2, axis=1) - n * mean**2) / np.maximum(n - 1, 1)
    half = stats.t.ppf(0.975, np.maximum(n - 1, 1)) * np.sqrt(variance / n)
    for wanted in (1.0, 0.5, 0.25):
        stopped = np.argmax((half <= wanted) & (n >= least), axis=1)
        rows = np.arange(len(draws))
        share = np.mean(np.abs(mean[rows, stopped]) <= half[rows, stopped])
        assert covered[0] - 0.01 <= share <= covered[1] + 0.01


def test_batches_of_what_is_asked_for_end() -> None:
    draws = np.random.default_rng(8).normal(0.0, 0.01, 400)
    pairs, rounds = 5, 0
    while True:
        frame = pd.concat(outcomes(1).iloc[:2].assign(replication=r, value=[0.4, 0.4 + draws[r]]) for r in range(pairs))
        more = still_needed(frame, Precision.of("0.4pp"), "employed_share")
        if not more:
            break
        pairs, rounds = pairs + min(more, 20), rounds + 1
    assert 20 < pairs < 60 and rounds < 8
    assert stats.sem(draws[:pairs]) * stats.t.ppf(0.975, pairs - 1) <= 0.004
