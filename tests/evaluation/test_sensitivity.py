"""Analyses against functions whose indices are known."""

from __future__ import annotations

import math
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from sim.evaluation import sensitivity
from sim.evaluation.design import Points, hypercube, morris, points, sobol
from sim.evaluation.factors import Factor, chosen
from sim.evaluation.sensitivity import LUCK, differences, noise, screening
from sim.report.compare import CompareError
from sim.settings import Composer
from sim.store import Results
from sim.sweep import run_all


def factors(count: int, low: float = 0.0, high: float = 1.0) -> list[Factor]:
    return [Factor(f"a.x{n}", low, high, low, False, "unit", "meaning") for n in range(count)]


def ishigami(x: np.ndarray) -> np.ndarray:
    """a = 7, b = 0.1: first order 0.3139, 0.4424, 0; total 0.5576, 0.4424, 0.2437 (Ishigami & Homma 1990)."""
    return np.sin(x[:, 0]) + 7.0 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def test_sobol_indices_of_ishigami() -> None:
    design = sobol(factors(3, -math.pi, math.pi), 2048, seed=1)
    table = sensitivity.sobol(design, ishigami(design.values().to_numpy()), 0.0, seed=1).set_index("factor")
    for name, first, total in (("a.x0", 0.3139, 0.5576), ("a.x1", 0.4424, 0.4424), ("a.x2", 0.0, 0.2437)):
        assert table.loc[name, "first"] == pytest.approx(first, abs=0.03)
        assert table.loc[name, "total"] == pytest.approx(total, abs=0.03)
        assert table.loc[name, "low"] < total < table.loc[name, "high"]
    assert table.index[0] == "a.x0" and table.loc[LUCK, "total"] == 0.0 and table.loc[LUCK, "first"] == 0.0
    assert table["clear"].drop(LUCK).all() and not table.loc[LUCK, "clear"]


def test_luck_has_the_total_effect_of_the_noise_and_hides_what_is_smaller() -> None:
    """y = 10 u0 + e with e redrawn at every point: var 100/12 = 8.33; noise 4, so luck takes 4 / 12.33 = 0.32."""
    design = sobol(factors(2), 1024, seed=1)
    rng = np.random.default_rng(2)
    y = 10.0 * design.unit[:, 0] + rng.normal(0.0, 2.0, len(design.unit))
    table = sensitivity.sobol(design, y, 4.0, seed=1).set_index("factor")
    assert table.loc[LUCK, "total"] == pytest.approx(0.324, abs=0.05)
    assert table.loc["a.x1", "total"] == pytest.approx(0.324, abs=0.05)  # inflated: it does nothing
    assert table.loc["a.x0", "clear"] and not table.loc["a.x1", "clear"]
    assert table.loc["a.x0", "first"] == pytest.approx(0.676, abs=0.08)


def test_morris_on_a_linear_function() -> None:
    design = morris(factors(3), 10, seed=1)
    y = design.unit @ np.array([3.0, -1.0, 0.0])
    table = sensitivity.morris(design, y, 0.0, seed=1).set_index("factor")
    assert table["mu_star"].drop(LUCK).to_dict() == pytest.approx({"a.x0": 3.0, "a.x1": 1.0, "a.x2": 0.0})
    assert table.loc["a.x1", "mu"] == pytest.approx(-1.0)
    assert table["sigma"].to_numpy() == pytest.approx(np.zeros(4), abs=1e-12)
    assert table["clear"].to_dict() == {"a.x0": True, "a.x1": True, "a.x2": False, LUCK: False}


def test_morris_luck_is_the_mean_size_of_redrawn_noise() -> None:
    """The difference of two draws of variance v is N(0, 2v): its mean size is sqrt(2v) sqrt(2/π), per step of 2/3."""
    design = morris(factors(1), 4000, seed=1)
    table = sensitivity.morris(design, design.unit[:, 0], 0.5, seed=1).set_index("factor")
    assert table.loc[LUCK, "mu_star"] == pytest.approx(math.sqrt(2 / math.pi) * 1.5, rel=0.04)


def test_morris_by_sections_steps_a_section_at_a_time() -> None:
    both = [Factor(name, 0.0, 1.0, 0.0, False, "u", "m") for name in ("a.x", "a.y", "b.z")]
    design = morris(both, 8, seed=1, grouped=True)
    table = sensitivity.morris(design, design.unit[:, 2] * 2.0, 0.0, seed=1).set_index("factor")
    assert table["mu_star"].to_dict() == pytest.approx({"a": 0.0, "b": 2.0, LUCK: 0.0}) and set(table.index) != {"a.x"}


def test_blocks_with_a_gap_are_left_out_and_the_rest_is_right() -> None:
    design = morris(factors(2), 6, seed=1)
    y = design.unit @ np.array([3.0, 1.0])
    y[4] = math.nan
    table = sensitivity.morris(design, y, 0.0, seed=1).set_index("factor")
    assert table.loc["a.x0", "mu_star"] == pytest.approx(3.0)
    with pytest.raises(CompareError, match="only 1 whole trajectories of 6"):
        sensitivity.morris(design, np.where(np.arange(18) < 15, math.nan, y), 0.0, seed=1)


def test_nothing_is_made_of_a_difference_that_never_varies() -> None:
    design, table = sobol(factors(2), 8, seed=1), hypercube(factors(2), 30, seed=1)
    with pytest.raises(CompareError, match="the same at every point"):
        sensitivity.sobol(design, np.ones(len(design.unit)), 0.0, seed=1)
    with pytest.raises(CompareError, match="the same at every point"):
        screening(table, np.ones(30), seed=1)


def test_one_replication_leaves_luck_unknown() -> None:
    design = morris(factors(2), 6, seed=1)
    table = sensitivity.morris(design, design.unit[:, 0], math.nan, seed=1)
    assert table["factor"].iloc[-1] == LUCK and math.isnan(table["mu_star"].iloc[-1]) and not table["clear"].any()


def test_screening_finds_the_few_among_hundreds() -> None:
    """300 factors, 150 points: three matter, and noise is half of the variance."""
    design = hypercube(factors(300), 150, seed=1)
    rng = np.random.default_rng(3)
    signal = design.unit[:, [7, 100, 250]] @ np.array([3.0, -2.5, 2.0])
    y = signal + rng.normal(0.0, signal.std(), 150)
    table = screening(design, y, seed=1)
    assert list(table["factor"][:3]) == ["a.x7", "a.x100", "a.x250"] and table["clear"][:3].all()
    assert (table["low"][:3] < [3.0, -2.5, 2.0]).all() and (table["high"][:3] > [3.0, -2.5, 2.0]).all()
    assert table["clear"].sum() < 6 and (table["factor"] == LUCK).sum() == 1


def test_screening_of_noise_lets_about_one_factor_through() -> None:
    found = [
        screening(hypercube(factors(100), 100, seed), np.random.default_rng(seed).normal(size=100), seed)["clear"].sum()
        for seed in range(20)
    ]
    assert 0 < sum(found) < 45  # expected: 20, with a standard deviation of about 6


def test_noise_leaves_out_what_a_replication_adds_everywhere() -> None:
    """Means 0, 1, 2 vary with variance 1; a shift of replication 1 by 5 is no noise, deviations of ±0.3 are."""
    exact = np.array([[0.0, 5.0], [1.0, 6.0], [2.0, 7.0]])
    assert noise(exact).variance == pytest.approx(0.0) and noise(exact).share == pytest.approx(0.0)
    rough = exact + np.array([[0.3, -0.3], [-0.3, 0.3], [0.0, 0.0]])
    # Interaction sum of squares 4 · 0.09 on 2 degrees of freedom, over 2 replications.
    assert noise(rough).variance == pytest.approx(0.09) and noise(rough).share == pytest.approx(0.09)
    assert math.isnan(noise(exact[:, :1]).share)
    with_gap = np.vstack([rough, [math.nan, math.nan]])
    assert noise(with_gap) == noise(rough)


def fake(settings, replication: int, snapshots: Path | None) -> SimpleNamespace:  # type: ignore[no-untyped-def]
    """The outcome is 100 times the trust that an hour builds, plus 1 for in-house; one point fails."""
    value = 100.0 * settings.world.contact.trust_hour + (settings.scenario == "se_in_house") * (1.0 + replication)
    if settings.scenario == "se_in_house" and settings.world.contact.trust_hour < 0.03:
        raise ValueError("too little trust")
    cell = {"cohort": "stock", "metric": "employed_share", "group": "all", "horizon_weeks": 8}
    outcomes = pd.DataFrame([{**cell, "value": value, "unit": "share"}])
    weekly = pd.DataFrame({"week": [0], "series": ["registered"], "value": [value]})
    return SimpleNamespace(outcomes=outcomes, weekly=weekly, persons=None, spells=None, timings={})


def test_differences_are_read_back_from_stored_runs_and_failures_named(tmp_path: Path) -> None:
    composer = Composer()
    overrides = ["population=classroom", "horizon.weeks=8", "horizon.track_weeks=8", "replications=2", "workers=1"]
    overrides += [f"results={tmp_path}"]
    design = hypercube(chosen(composer.settings(overrides).parameters, ["contact.trust_hour"]), 12, seed=1)
    what = points(design, ("se_in_house", "se_outsourced"), overrides, composer)
    run_all(what.settings, progress=False, simulate=fake)
    found = differences(Results(tmp_path), what, "employed_share", "all", 8)
    low = np.flatnonzero(design.values()["contact.trust_hour"] < 0.03)
    assert found.missing == low.tolist() and 0 < low.size < 12 and found.unit == "share"
    known = np.delete(found.pairs, low, axis=0)
    assert np.allclose(known, [1.0, 2.0])
    assert np.allclose(np.delete(found.standard_errors, low), 0.5) and np.isnan(found.means[low]).all()
    with pytest.raises(CompareError, match="no point has 'retained_26w_share'"):
        differences(Results(tmp_path), Points(what.arms, []), "retained_26w_share", "all", 8)
