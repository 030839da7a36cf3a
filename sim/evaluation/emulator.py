"""Sobol indices of a noisy outcome from a polynomial fitted to a Latin hypercube (Sudret 2008).

The outcome is regressed on Legendre polynomials of the factors up to the second degree: a line, a bend, and the product
of every two. On a uniform range they are orthonormal, so the variance that a term explains is its squared coefficient.
A squared estimate is too large by its squared standard error, which is subtracted: luck is in the errors, not in the
indices. What is of higher degree, or of three factors at once, is in no index; it is the rest.
"""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pandas as pd
from scipy import stats

from sim.evaluation.design import Design
from sim.evaluation.sensitivity import CONFIDENCE, LUCK, RESAMPLES
from sim.report.compare import CompareError


def polynomial_indices(design: Design, means: np.ndarray, noise_variance: float, seed: int) -> pd.DataFrame:
    """Columns as of `sim.evaluation.sensitivity.sobol`: factor, total, low, high, first, first_low, first_high, clear.

    ``means`` is (points,) with NaN where nothing is known. Shares of the variance that is not replication noise (of all
    of it, with one replication), by bootstrap over points. `LUCK` is a column of random numbers, treated as a factor.
    Raises CompareError with fewer than two points for each term, or when parameters explain no variance.
    """
    known = ~np.isnan(means)
    y = means[known]
    rng = np.random.default_rng(seed)
    names = [*design.steps, LUCK]
    unit = [f.coordinate(f.at(design.unit[known, n])) for n, f in enumerate(design.factors)]
    basis, of_factor, alone = _basis(2.0 * np.column_stack([*unit, rng.random(y.size)]) - 1.0)
    terms = basis.shape[1]
    if y.size < 2 * terms:
        raise CompareError(f"{y.size} points for {terms} terms: at least {2 * terms} are needed, or fewer factors")
    variance = float(y.var(ddof=1)) - (0.0 if math.isnan(noise_variance) else noise_variance)
    if variance <= 0.0:
        raise CompareError("the difference varies over worlds by no more than its replication noise")

    def shares(rows: np.ndarray) -> np.ndarray:
        """(2, factors): totals and first orders on these points."""
        explained = _explained(basis[rows], y[rows]) / variance
        return np.array([of_factor @ explained, (of_factor * alone) @ explained])

    found = shares(np.arange(y.size))
    again = np.array([shares(rng.integers(y.size, size=y.size)) for _ in range(RESAMPLES // 5)])
    half = again.std(axis=0, ddof=1) * stats.norm.ppf(0.5 + CONFIDENCE / 2)
    table = pd.DataFrame(
        {
            "factor": names,
            "total": found[0],
            "low": found[0] - half[0],
            "high": found[0] + half[0],
            "first": found[1],
            "first_low": found[1] - half[1],
            "first_high": found[1] + half[1],
        }
    )
    table["clear"] = table["low"] > float(table["high"].iloc[-1])
    return table.sort_values("total", ascending=False, kind="stable", ignore_index=True)


def _basis(x: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Terms (points, terms) of ``x`` (points, factors) in -1 to 1; which factor is in which term (factors, terms); and
    which terms hold one factor only (terms,)."""
    count = x.shape[1]
    pairs = list(combinations(range(count), 2))
    bends = math.sqrt(5.0) * (3.0 * x**2 - 1.0) / 2.0
    products = np.column_stack([3.0 * x[:, i] * x[:, j] for i, j in pairs])
    own = np.eye(count)
    both = np.column_stack([own[i] + own[j] for i, j in pairs])
    alone = np.repeat([1.0, 0.0], [2 * count, len(pairs)])
    return np.hstack([math.sqrt(3.0) * x, bends, products]), np.hstack([own, own, both]), alone


def _explained(basis: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Variance that each term explains (terms,): squared coefficient less its squared standard error."""
    x = np.column_stack([np.ones(y.size), basis])
    inverse = np.linalg.pinv(x.T @ x)
    coefficients = inverse @ (x.T @ y)
    rest = y - x @ coefficients
    errors = float(rest @ rest) / max(y.size - x.shape[1], 1) * np.diag(inverse)
    return np.asarray((coefficients**2 - errors)[1:])
