"""Sensitivity of a paired difference (one policy minus another) to the uncertain parameters of the world.

Every analysis answers with a table, a row per factor and one for ``LUCK``: a factor that does nothing, the yardstick
below which an index means nothing (Khorashadi Zadeh et al. 2017). With common random numbers a run is a deterministic
function of its parameters, so a factor that is read nowhere has indices of exactly zero; but the model is chaotic, and
a factor that matters to nobody, once it moves a single draw, redraws the luck of everyone after it. ``LUCK`` is that
factor: the same point again, with its replication noise drawn anew (variance from the replications, see `Noise`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from SALib.analyze import morris as salib_morris
from SALib.analyze import sobol as salib_sobol
from scipy import stats

from sim.evaluation.design import LEVELS, Design, Points
from sim.evaluation.stored import values
from sim.report.compare import CompareError
from sim.store import Results, StoreError

LUCK = "(luck alone)"
CONFIDENCE = 0.95
RESAMPLES = 1000
STEP = LEVELS / (2.0 * (LEVELS - 1))  # of a Morris trajectory, as a part of the range


class Differences(NamedTuple):
    """``pairs``: first scenario minus second, (points, replications), NaN where a point has no result.

    ``missing`` names the points that should have a result and have none.
    """

    pairs: np.ndarray
    unit: str
    missing: list[int]

    @property
    def means(self) -> np.ndarray:
        """By point, over the replications."""
        return np.asarray(self.pairs.mean(axis=1))

    @property
    def standard_errors(self) -> np.ndarray:
        """By point; NaN with one replication."""
        n = self.pairs.shape[1]
        return self.pairs.std(axis=1, ddof=1) / math.sqrt(n) if n > 1 else np.full(len(self.pairs), math.nan)


class Noise(NamedTuple):
    """``variance`` of a point's mean that is replication noise, and its ``share`` of the variance over points."""

    variance: float
    share: float


def differences(results: Results, points: Points, metric: str, group: str, weeks: int) -> Differences:
    """The paired difference of one outcome at every point, from stored runs.

    ``metric`` and ``group`` as in `sim.evaluation.stored.values`. A point of which one run is missing or lacks the
    outcome counts as missing. Raises CompareError when no point has a result.
    """
    replications = max(one.replications for one in points.settings)
    pairs = np.full((len(points.arms), replications), math.nan)
    unit, missing = "", []
    for number, arms in enumerate(points.arms):
        if arms is None:
            continue
        try:
            first, second = (values(results, arm, [(metric, group)], weeks) for arm in arms)
        except StoreError:
            missing.append(number)
            continue
        if len(first) == len(second) == replications:
            unit = str(first["unit"].iloc[0])
            pairs[number] = first["value"].to_numpy(float) - second["value"].to_numpy(float)
        if np.isnan(pairs[number]).any():
            pairs[number] = math.nan
            missing.append(number)
    if np.isnan(pairs).all():
        raise CompareError(f"no point has {metric!r} of {group!r} at {weeks} weeks in both scenarios")
    return Differences(pairs, unit, missing)


def noise(pairs: np.ndarray) -> Noise:
    """How much of the variance of the points' means is replication noise; ``pairs`` is (points, replications).

    Replication r is the same people and luck at every point, so what a replication adds everywhere varies no mean.
    What remains within points (the interaction mean square of a two-way analysis of variance) divided by the number
    of replications is the variance of a mean that no parameter explains. It includes what a parameter does in one
    population and not in another. NaN with one replication.
    """
    pairs = pairs[~np.isnan(pairs).any(axis=1)]
    n, replications = pairs.shape
    if replications < 2 or n < 2:
        return Noise(math.nan, math.nan)
    rest = pairs - pairs.mean(axis=1, keepdims=True) - pairs.mean(axis=0) + pairs.mean()
    variance = float((rest**2).sum()) / ((n - 1) * (replications - 1)) / replications
    total = float(pairs.mean(axis=1).var(ddof=1))
    return Noise(variance, min(1.0, variance / total) if total > 0 else math.nan)


def morris(design: Design, means: np.ndarray, noise_variance: float, seed: int) -> pd.DataFrame:
    """Elementary effects (Morris 1991; Campolongo et al. 2007): columns factor, mu_star, low, high, mu, sigma, clear.

    ``means`` is (points,) with NaN where nothing is known: such trajectories are left out. An effect is the change in
    the outcome's unit per full range of the factor (of all factors of a section, when these step together; sigma is
    then NaN). Intervals are bootstrapped over trajectories. ``clear``: the interval lies above that of `LUCK`.
    Raises CompareError with fewer than two whole trajectories.
    """
    keep = _kept(design, means, 2, "trajectories")
    names = design.steps
    rows = len(names) + 1
    unit = design.unit[keep].reshape(-1, rows, len(design.factors))
    outcome = means[keep].reshape(-1, rows)
    rng = np.random.default_rng(seed)
    # A last step that moves nothing but luck: both its ends have replication noise of their own.
    luck = outcome[:, -1:] + rng.normal(0.0, math.sqrt(2.0 * _known(noise_variance)), (len(outcome), 1))
    moved = np.zeros((len(outcome), rows + 1, 1))
    moved[:, -1] = STEP
    x = np.concatenate([np.concatenate([unit, unit[:, -1:]], axis=1), moved], axis=2)
    problem = design.problem
    groups = problem.get("groups", problem["names"])
    problem = {
        "num_vars": x.shape[2],
        "names": [*problem["names"], LUCK],
        "bounds": [[0.0, 1.0]] * x.shape[2],
        "groups": [*groups, LUCK],
    }
    found = salib_morris.analyze(
        problem,
        x.reshape(-1, x.shape[2]),
        np.hstack([outcome, luck]).ravel(),
        num_resamples=RESAMPLES,
        conf_level=CONFIDENCE,
        num_levels=LEVELS,
        seed=seed,
    )
    star, half = np.asarray(found["mu_star"], float), np.asarray(found["mu_star_conf"], float)
    table = pd.DataFrame(
        {
            "factor": list(found["names"]),
            "mu_star": star,
            "low": np.maximum(star - half, 0.0),
            "high": star + half,
            "mu": np.asarray(found["mu"], float),
            "sigma": np.asarray(found["sigma"], float),
        }
    )
    return _ranked(table, "mu_star", noise_variance)


def sobol(design: Design, means: np.ndarray, noise_variance: float, seed: int) -> pd.DataFrame:
    """Sobol indices (Saltelli et al. 2010; totals by Jansen 1999): columns factor, total, low, high, first, first_low,
    first_high, clear.

    ``means`` is (points,) with NaN where nothing is known: such base points are left out with their companions.
    Shares of the variance of the outcome; noise is part of that variance, and a total effect contains the noise which
    moving the factor redraws, so compare with `LUCK`. Intervals are bootstrapped. ``clear``: the interval of the total
    effect lies above that of `LUCK`. Raises CompareError with fewer than four whole base points, or when nothing
    varies.
    """
    keep = _kept(design, means, 4, "base points")
    outcome = means[keep].reshape(-1, design.block)  # a base point, its companions by factor, the other base point
    if outcome.std() == 0.0:
        raise CompareError("the difference is the same at every point: there is no variance to share out")
    rng = np.random.default_rng(seed)
    luck = outcome[:, 0] + rng.normal(0.0, math.sqrt(2.0 * _known(noise_variance)), len(outcome))
    with_luck = np.insert(outcome, design.block - 1, luck, axis=1)
    names = [*design.steps, LUCK]
    found = salib_sobol.analyze(
        {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)},
        with_luck.ravel(),
        calc_second_order=False,
        num_resamples=RESAMPLES,
        conf_level=CONFIDENCE,
        seed=seed,
    )
    table = pd.DataFrame(
        {
            "factor": names,
            "total": found["ST"],
            "low": found["ST"] - found["ST_conf"],
            "high": found["ST"] + found["ST_conf"],
            "first": found["S1"],
            "first_low": found["S1"] - found["S1_conf"],
            "first_high": found["S1"] + found["S1_conf"],
        }
    )
    return _ranked(table, "total", noise_variance)


def screening(design: Design, means: np.ndarray, seed: int) -> pd.DataFrame:
    """Forward regression on a Latin hypercube (Wang 2009), for many factors and a noisy outcome: columns factor,
    effect, low, high, size, share, clear.

    Factors enter a linear regression one by one, that with the largest t first, while its p-value, times the number of
    candidates, is below 5 %. ``effect`` is the change in the outcome per full range of the factor, jointly with those
    that entered, with its t-interval; ``share`` of the variance explained by it. Among the candidates are as many
    columns of random numbers as factors; `LUCK` is the one with the largest effect, and ``clear`` is a factor with a
    larger one (luck lets about one through). A point tells of every factor at once, a step of a trajectory of one.
    What works one way in one half of a range and the other way in the other, or only together with another factor, is
    not seen.

    Raises CompareError with fewer than 20 points.
    """
    keep = _kept(design, means, 20, "points")
    real = np.column_stack([f.coordinate(f.at(design.unit[keep, n])) for n, f in enumerate(design.factors)])
    nothing = np.random.default_rng(seed).random(real.shape)
    x = np.hstack([real, nothing])
    x, y = x - x.mean(axis=0), means[keep] - means[keep].mean()
    if not y.any():
        raise CompareError("the difference is the same at every point: nothing can be influential")
    entered = _entering(x, y)
    effect, half = _effects(x, y, entered)
    table = pd.DataFrame(
        {
            "factor": [*design.steps, *[LUCK] * len(design.factors)],
            "effect": effect,
            "low": effect - half,
            "high": effect + half,
            "size": np.abs(effect),
            "share": effect**2 * x.var(axis=0) / y.var(),
        }
    )
    is_luck = table["factor"] == LUCK
    luckiest = table[is_luck].nlargest(1, "size")
    table = pd.concat([table[~is_luck], luckiest], ignore_index=True)
    table["clear"] = table["size"] > float(luckiest["size"].iloc[0])
    return table.sort_values("size", ascending=False, kind="stable", ignore_index=True)


def _entering(x: np.ndarray, y: np.ndarray) -> list[int]:
    """Columns in the order in which forward regression takes them; ``x`` (n, k) and ``y`` (n,) are centred."""
    entered: list[int] = []
    x, y = x.copy(), y.copy()
    while len(entered) < len(y) // 4:
        freedom = len(y) - len(entered) - 2
        lengths = np.einsum("ij,ij->j", x, x)
        lengths[entered] = math.inf
        explained = (x.T @ y) ** 2 / np.maximum(lengths, 1e-12)
        best = int(explained.argmax())
        rest = max(float(y @ y) - explained[best], 1e-300)
        t = math.sqrt(explained[best] / rest * freedom)
        if 2.0 * stats.t.sf(t, freedom) * x.shape[1] >= 1.0 - CONFIDENCE:
            break
        entered.append(best)
        direction = x[:, best] / math.sqrt(lengths[best])
        x -= np.outer(direction, direction @ x)
        y -= direction * (direction @ y)
    return entered


def _effects(x: np.ndarray, y: np.ndarray, entered: Sequence[int]) -> tuple[np.ndarray, np.ndarray]:
    """Slope and half its interval for each column, in a regression on it and those that ``entered``."""
    slopes, halves = np.empty(x.shape[1]), np.empty(x.shape[1])
    for column in range(x.shape[1]):
        others = [other for other in entered if other != column]
        if others:
            basis = np.linalg.qr(x[:, others])[0]
            own, left = x[:, column] - basis @ (basis.T @ x[:, column]), y - basis @ (basis.T @ y)
        else:
            own, left = x[:, column], y
        freedom = len(y) - len(others) - 2
        length = float(own @ own)
        slopes[column] = own @ left / length
        rest = float(((left - slopes[column] * own) ** 2).sum())
        halves[column] = math.sqrt(rest / freedom / length) * stats.t.ppf(0.5 + CONFIDENCE / 2, freedom)
    return slopes, halves


def _kept(design: Design, means: np.ndarray, least: int, what: str) -> np.ndarray:
    """Rows in blocks of which everything is known. Raises CompareError when these are fewer than ``least`` blocks."""
    keep = design.whole_blocks(~np.isnan(means))
    whole = int(keep.sum()) // design.block
    if whole < least:
        raise CompareError(f"only {whole} whole {what} of {len(means) // design.block}: at least {least} are needed")
    return keep


def _known(noise_variance: float) -> float:
    return 0.0 if math.isnan(noise_variance) else noise_variance


def _ranked(table: pd.DataFrame, by: str, noise_variance: float) -> pd.DataFrame:
    """Largest first, with ``clear``. Without replications nobody knows what luck does: then that row is NaN."""
    luck = table["factor"] == LUCK
    if math.isnan(noise_variance):
        table.loc[luck, table.columns != "factor"] = math.nan
    table["clear"] = table["low"] > float(table.loc[luck, "high"].iloc[0])
    return table.sort_values(by, ascending=False, kind="stable", ignore_index=True, na_position="last")
