"""The bootstrap interval against SciPy's, and where it has none."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from sim.evaluation.bootstrap import FEWEST_PAIRS, RESAMPLES, SEED, interval, weights

# Multiples of an eighth: sums are exact, so that ties between resampled means are ties for both.
DATA = np.array([[1, 2, 2, 3, 7, 11, 0, 4], [-9, 1, 1, 2, 0, 1, 3, 1]]) / 8


@pytest.mark.parametrize("confidence", [0.95, 0.8])
def test_bca_is_that_of_scipy_on_the_same_resamples(confidence: float) -> None:
    low, high = interval(DATA, confidence)
    for row, found in zip(DATA, zip(low, high, strict=True), strict=True):
        scipys = stats.bootstrap(
            (row,),
            np.mean,
            n_resamples=RESAMPLES,
            confidence_level=confidence,
            rng=np.random.default_rng(SEED),
            method="BCa",
        ).confidence_interval
        assert found == pytest.approx((scipys.low, scipys.high), rel=1e-12)


def test_a_skewed_sample_has_an_interval_that_leans_its_way() -> None:
    low, high = interval(DATA[:1])
    assert high[0] - DATA[0].mean() > 1.15 * (DATA[0].mean() - low[0])
    mirrored = interval(-DATA[:1])
    assert (mirrored[0][0], mirrored[1][0]) == pytest.approx((-high[0], -low[0]), abs=0.06)


def test_too_few_pairs_have_none_and_equal_pairs_have_a_point() -> None:
    low, high = interval(np.arange(FEWEST_PAIRS - 1.0)[None])
    assert np.isnan(low).all() and np.isnan(high).all()
    same = np.full((1, 6), 0.1)
    assert interval(same)[0][0] == pytest.approx(0.1, abs=1e-15) == interval(same)[1][0]


def test_cells_do_not_depend_on_what_else_is_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    values = np.random.default_rng(4).normal(size=(7, 9))
    together = interval(values)
    monkeypatch.setattr("sim.evaluation.bootstrap._AT_ONCE", 2 * RESAMPLES)
    assert np.allclose(together, interval(values), rtol=1e-12)
    assert np.allclose([limits[3] for limits in together], np.ravel(interval(values[3:4])), rtol=1e-12)


@pytest.mark.parametrize(("pairs", "covered"), [(5, 0.84), (8, 0.89), (30, 0.935)])
def test_how_often_it_holds_the_truth_as_docs_statistics_says(pairs: int, covered: float) -> None:
    low, high = interval(np.random.default_rng(0).normal(size=(10_000, pairs)))
    assert np.mean((low < 0) & (high > 0)) == pytest.approx(covered, abs=0.01)


def test_weights_are_resamples_of_the_pairs() -> None:
    drawn = weights(6) * 6
    assert drawn.shape == (RESAMPLES, 6)
    assert np.allclose(drawn, drawn.round()) and np.allclose(drawn.sum(axis=1), 6)
    assert abs(drawn.mean(axis=0) - 1).max() < 0.1 and drawn.std() > 0.8
