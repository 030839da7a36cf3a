"""Cost-effectiveness: Fieller's interval by its definition and by hand, verdicts, quadrants, who is on the frontier."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from sim.evaluation.cost_effectiveness import (
    COST,
    EFFECT,
    QUADRANTS,
    Increments,
    acceptability,
    cost_effectiveness,
    fieller,
    increments,
    verdict,
)
from sim.evaluation.dominance import EXTENDEDLY, FRONTIER

RNG = np.random.default_rng(11)
NOISE = RNG.normal(size=(2, 8))
CLEAR = Increments("clear", np.arange(8), 9000 + 900 * NOISE[0], 0.02 + 0.004 * NOISE[1] + 0.002 * NOISE[0])


def outcomes(**arms: tuple[list[float], list[float]]) -> pd.DataFrame:
    """Costs and effects by scenario, a value a replication."""
    return pd.DataFrame(
        {
            "scenario": name,
            "replication": replication,
            "cohort": "stock",
            "group": "all",
            "horizon_weeks": 104,
            "metric": metric,
            "value": value,
        }
        for name, series in arms.items()
        for metric, values in zip((COST, EFFECT), series, strict=True)
        for replication, value in enumerate(values)
    )


def test_increments_are_paired_and_leave_out_what_is_not_whole() -> None:
    frame = outcomes(baseline=([100, 200, 300], [0.1, 0.2, 0.3]), more=([110, 230, 330], [0.2, 0.2, 0.5]))
    frame.loc[(frame["scenario"] == "more") & (frame["metric"] == EFFECT) & (frame["replication"] == 1), "value"] = None
    [more] = increments(frame)
    assert (more.scenario, list(more.replications), list(more.cost)) == ("more", [0, 2], [10, 30])
    assert list(more.effect) == pytest.approx([0.1, 0.2])
    assert increments(frame, weeks=52) == [] == increments(frame[frame["metric"] == COST])
    assert [pair.scenario for pair in increments(frame, "more")] == ["baseline"]


def test_fieller_by_hand() -> None:
    # Mean cost 4, mean effect 2, and variances of the means such that t^2 times each is 1, no covariance:
    # 3 R^2 - 16 R + 15 = 0, so R = (8 -+ sqrt(19)) / 3.
    n = 4
    size = math.sqrt((n - 1) / stats.t.ppf(0.975, n - 1) ** 2)
    cost = 4 + size * np.array([1, 1, -1, -1])
    effect = 2 + size * np.array([1, -1, 1, -1])
    assert fieller(cost, effect) == pytest.approx(((8 - math.sqrt(19)) / 3, (8 + math.sqrt(19)) / 3))


def test_at_its_limits_cost_less_ratio_times_effect_is_on_the_edge_of_a_t_test() -> None:
    low, high = fieller(CLEAR.cost, CLEAR.effect)
    assert low < CLEAR.cost.mean() / CLEAR.effect.mean() < high
    for limit in (low, high):
        assert stats.ttest_1samp(CLEAR.cost - limit * CLEAR.effect, 0).pvalue == pytest.approx(0.05)
    narrow = fieller(CLEAR.cost, CLEAR.effect, 0.5)
    assert low < narrow[0] < narrow[1] < high


def test_fieller_has_no_bounds_when_the_effect_is_not_clear() -> None:
    assert fieller(CLEAR.cost, CLEAR.effect - CLEAR.effect.mean() + 0.001) == (-math.inf, math.inf)


@pytest.mark.parametrize(
    ("cost", "effect", "said"),
    [
        ((1, 2), (1, 2), "more jobs, costs more"),
        ((-2, -1), (1, 2), "dominant: more jobs, saves money"),
        ((-1, 1), (1, 2), "more jobs, cost unclear"),
        ((0, 0), (1, 2), "more jobs, same cost"),
        ((1, 2), (-2, -1), "dominated: fewer jobs, costs more"),
        ((-2, -1), (-2, -1), "fewer jobs, saves money"),
        ((-1, 1), (-2, -1), "fewer jobs, cost unclear"),
        ((1, 2), (-1, 1), "no clear effect, costs more"),
        ((-1, 1), (-1, 1), "no clear effect, cost unclear"),
        ((-2, -1), (0, 0), "no effect, saves money"),
        ((0, 0), (0, 0), "the same"),
        ((math.nan, math.nan), (0, 0), "one replication: no intervals"),
    ],
)
def test_verdicts(cost: tuple[float, float], effect: tuple[float, float], said: str) -> None:
    assert verdict(cost, effect) == said


def test_the_table_says_what_each_scenario_costs_and_where_it_stands() -> None:
    unclear = Increments("unclear", CLEAR.replications, 3000 + 300 * NOISE[0], 0.004 + 0.01 * NOISE[1])
    better = Increments("better", CLEAR.replications, -CLEAR.cost, CLEAR.effect / 100)
    found = cost_effectiveness([CLEAR, unclear, better]).set_index("scenario")
    clear = found.loc["clear"]
    assert clear["cost_per_job"] == pytest.approx(CLEAR.cost.mean() / CLEAR.effect.mean())
    assert (clear["low"], clear["high"]) == fieller(CLEAR.cost, CLEAR.effect)
    assert clear["low"] < clear["boot_low"] < clear["cost_per_job"] < clear["boot_high"] < clear["high"]
    assert clear["effect_low"] == pytest.approx(stats.ttest_1samp(CLEAR.effect, 0).confidence_interval(0.95).low)
    assert found.loc["unclear", "verdict"] == "no clear effect, costs more"
    assert found.loc[["baseline", "unclear", "better"], ["cost_per_job", "low", "boot_low"]].isna().all(axis=None)
    assert found.loc["baseline", "verdict"] == "the baseline" and found.loc["better", "verdict"].startswith("dominant")
    shares = found.loc[["clear", "unclear", "better"], list(QUADRANTS)]
    assert np.allclose(shares.sum(axis=1), 1)
    assert list(shares.loc["clear"]) == [1, 0, 0, 0] and list(shares.loc["better"]) == [0, 0, 0, 1]
    assert 0 < shares.loc["unclear", "costs_more_fewer_jobs"] < 0.5
    # Better starts the frontier; from there clear buys a job for less than unclear does.
    assert dict(found["dominance"]) == {
        "baseline": "dominated",
        "clear": FRONTIER,
        "unclear": EXTENDEDLY,
        "better": FRONTIER,
    }
    assert found.loc["unclear", "dominance_by"] == "better and clear"
    step = (CLEAR.cost.mean() * 2) / (CLEAR.effect.mean() * 0.99)
    assert found.loc["clear", "frontier_cost_per_job"] == pytest.approx(step)


def test_few_pairs_have_no_bootstrap_and_one_has_no_interval() -> None:
    few = Increments("few", np.arange(4), CLEAR.cost[:4], CLEAR.effect[:4])
    one = Increments("one", np.arange(1), CLEAR.cost[:1], CLEAR.effect[:1])
    same = Increments("same", np.arange(1), np.zeros(1), np.zeros(1))
    found = cost_effectiveness([few, one, same]).set_index("scenario")
    assert found.loc["few", "low"] < found.loc["few", "cost_per_job"] < found.loc["few", "high"]
    assert found[["boot_low", *QUADRANTS]].isna().all(axis=None)
    assert found.loc["one", "verdict"] == "one replication: no intervals" and np.isnan(found.loc["one", "cost_per_job"])
    assert (found.loc["same", "verdict"], found.loc["same", "dominance_by"]) == ("the same", "baseline")


def test_replicates_that_lose_jobs_lie_beyond_the_dearest_and_not_below_the_cheapest() -> None:
    effect = np.array([4.0, -1, 2, 3, 2, 0, 2, 0])
    pair = Increments("wide", np.arange(8), np.full(8, 5.0), effect)
    means = np.sort(pair.resampled()[1])
    assert 0 < np.mean(means <= 0) < 0.025
    [row] = cost_effectiveness([pair]).iloc[1:].to_dict("records")
    assert row["verdict"] == "more jobs, costs more"
    # The cost is 5 in every replicate: the ratio is highest where the effect is lowest.
    assert row["boot_low"] == pytest.approx(5 / np.quantile(means, 0.975, method="inverted_cdf"), rel=0.01)
    assert row["boot_high"] == pytest.approx(5 / np.quantile(means, 0.025, method="inverted_cdf"), rel=0.02)


def test_the_best_buy_depends_on_what_a_job_is_worth() -> None:
    cheap = Increments("cheap", np.arange(6), np.full(6, 1.0), np.full(6, 0.01))  # 100 a job
    dear = Increments("dear", np.array([9, 5, 4, 3, 2, 1, 0])[::-1], np.full(7, 5.0), np.full(7, 0.02))  # 400 more
    curves = acceptability([cheap, dear], np.array([0.0, 99, 101, 399, 401]))
    assert list(curves.columns) == ["baseline", "cheap", "dear"]
    assert list(curves.idxmax(axis=1)) == ["baseline", "baseline", "cheap", "cheap", "dear"]
    assert (curves.max(axis=1) == 1).all()
    assert acceptability([CLEAR._replace(replications=np.arange(4, 12)), cheap], np.array([0.0])).empty
    assert acceptability([], np.array([0.0])).empty


def test_net_benefit_is_split_as_the_bootstrap_is() -> None:
    curves = acceptability([CLEAR], np.array([CLEAR.cost.mean() / CLEAR.effect.mean()]))
    assert 0.35 < curves["clear"].iloc[0] < 0.65
