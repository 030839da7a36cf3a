"""Sobol indices of polynomials, which are known, with and without noise."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.evaluation.design import hypercube
from sim.evaluation.emulator import polynomial_indices
from sim.evaluation.factors import Factor
from sim.evaluation.sensitivity import LUCK
from sim.report.compare import CompareError

FACTORS = [Factor(f"a.x{n}", 0.0, 1.0, 0.0, False, "unit", "meaning") for n in range(4)]


def outcome(unit: np.ndarray) -> np.ndarray:
    """With x from -1 to 1: 3 x0 (variance 3), x1² (4/45), 3 x0 x2 (variance 1); x3 does nothing."""
    x = 2.0 * unit - 1.0
    return 3.0 * x[:, 0] + x[:, 1] ** 2 + 3.0 * x[:, 0] * x[:, 2]


ALL = 3.0 + 4.0 / 45.0 + 1.0
TOTAL = {"a.x0": 4.0 / ALL, "a.x1": 4.0 / 45.0 / ALL, "a.x2": 1.0 / ALL, "a.x3": 0.0}
FIRST = {"a.x0": 3.0 / ALL, "a.x1": 4.0 / 45.0 / ALL, "a.x2": 0.0, "a.x3": 0.0}


def test_indices_of_a_polynomial_are_those_worked_out_by_hand() -> None:
    design = hypercube(FACTORS, 400, seed=1)
    table = polynomial_indices(design, outcome(design.unit), 0.0, seed=1).set_index("factor")
    for name, total in TOTAL.items():
        assert table.loc[name, "total"] == pytest.approx(total, abs=0.03)
        assert table.loc[name, "first"] == pytest.approx(FIRST[name], abs=0.03)
    assert table.loc[LUCK, "total"] == pytest.approx(0.0, abs=1e-9) and table.index[0] == "a.x0"


def test_noise_widens_the_intervals_and_leaves_the_indices() -> None:
    """Noise has as much variance as the parameters; what does nothing stays at zero, within its interval."""
    design = hypercube(FACTORS, 800, seed=1)
    y = outcome(design.unit) + np.random.default_rng(2).normal(0.0, math.sqrt(ALL), 800)
    y[5] = math.nan
    table = polynomial_indices(design, y, ALL, seed=1).set_index("factor")
    for name, total in TOTAL.items():
        assert table.loc[name, "low"] < total < table.loc[name, "high"]
        assert table.loc[name, "total"] == pytest.approx(total, abs=0.15)
    assert table.loc["a.x0", "clear"] and table.loc["a.x2", "clear"]
    assert not table.loc["a.x3", "clear"] and not table.loc[LUCK, "clear"]


def test_too_few_points_or_nothing_but_noise_are_refused() -> None:
    design = hypercube(FACTORS, 30, seed=1)
    with pytest.raises(CompareError, match="30 points for 20 terms: at least 40"):
        polynomial_indices(design, outcome(design.unit), 0.0, seed=1)
    design = hypercube(FACTORS, 60, seed=1)
    with pytest.raises(CompareError, match="no more than its replication noise"):
        polynomial_indices(design, outcome(design.unit), 100.0, seed=1)
