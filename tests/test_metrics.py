"""Metrics of a snapshot, by hand."""

from __future__ import annotations

import math
import warnings
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from sim.outcomes.metrics import METRICS


def three(motivation: list[float]) -> Any:
    """Three people with reduced capacity, of whom the first entered Supported Employment."""
    return SimpleNamespace(
        reduced=np.ones(3, np.int8), se_entry=np.array([5, -1, -1]), motivation_zero=np.array(motivation)
    )


def test_the_selection_differential_is_in_standard_deviations_of_everybody() -> None:
    found = METRICS["se_selection"].compute(three([0.9, 0.3, 0.3]))
    assert found == pytest.approx((0.9 - 0.5) / math.sqrt(0.08))


def test_where_all_are_equally_motivated_there_is_no_selection_and_no_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert math.isnan(METRICS["se_selection"].compute(three([0.5, 0.5, 0.5])))
