"""How many pairs of runs an interval of a wanted width takes, and whether there are enough of them."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import stats

from sim.parameters import ConfigurationError

FEWEST_PAIRS = 5  # before a narrow interval is believed
ASSURANCE = 0.8  # the chance that a promised number of pairs is enough
FORMS = "a number above zero in the outcome's own unit, or with pp (percentage points), nok, or % (of the baseline)"
_FORM = re.compile(r"\s*(\d+(?:\.\d*)?(?:e[+-]?\d+)?|\.\d+)\s*(pp|nok|%|)\s*", re.IGNORECASE)


class Precision(NamedTuple):
    """Half the width that an interval may have: ``amount`` in ``form``, which is pp, nok, % or, in the unit itself, ''."""

    amount: float
    form: str

    @classmethod
    def of(cls, text: str | float) -> Precision:
        """Reads "0.5pp", "1000nok", "2%" (of the baseline's value) or "0.005". Raises ConfigurationError for others."""
        found = _FORM.fullmatch(str(text))
        if not found or not 0 < float(found[1]) < math.inf:
            raise ConfigurationError(f"precision={text}: must be {FORMS}")
        return cls(float(found[1]), found[2].lower())

    def half_width(self, unit: str, baseline_value: float) -> float:
        """Half the width in ``unit``, the unit of an outcome. Raises ConfigurationError for a form it cannot have."""
        if self.form == "pp" and "share" not in unit or self.form == "nok" and "NOK" not in unit:
            raise ConfigurationError(f"precision={self.amount:g}{self.form}: the outcome is in {unit}; use {FORMS}")
        if self.form == "%":
            return self.amount / 100.0 * abs(baseline_value)
        return self.amount / 100.0 if self.form == "pp" else self.amount


def pairs_needed(sd: float, half_width: float, confidence: float = 0.95) -> int:
    """The smallest n of at least two for which t(n - 1) sd / sqrt(n) is no wider than ``half_width``.

    ``sd`` is the standard deviation of the paired differences, in the unit of ``half_width``, which is above zero.
    """
    normal = stats.norm.ppf(0.5 + confidence / 2) * sd / half_width
    n = max(2, math.ceil(normal**2))  # never too many: t is wider than the normal distribution
    while stats.t.ppf(0.5 + confidence / 2, n - 1) * sd / math.sqrt(n) > half_width:
        n += 1
    return n


def sd_at_most(sd: float, pairs: int) -> float:
    """The upper limit of a standard deviation estimated from ``pairs`` pairs, right with a chance of ``ASSURANCE``.

    Source: (n - 1) s^2 / sigma^2 is chi-square distributed with n - 1 degrees of freedom, for normal differences.
    """
    return float(sd * math.sqrt((pairs - 1) / stats.chi2.ppf(1 - ASSURANCE, pairs - 1)))


def precision(differences: pd.DataFrame, wanted: Precision) -> pd.DataFrame:
    """How narrow the interval of each row is, and what the wanted width would take.

    ``differences`` are rows of ``paired_differences``. Gives scenario, metric, unit, replications, half_width (now),
    wanted (half the width, in unit) and needed: the pairs in all that it would take, never below those of
    ``FEWEST_PAIRS`` nor, when the interval is narrow enough, other than those there are. The standard deviation is
    itself estimated, so the promise goes by its upper 80 % limit (`sd_at_most`). With one pair nothing is known but the
    least; a wanted width of zero (per cent of a baseline of zero) cannot be had, and needed is empty.

    Raises ConfigurationError when ``wanted`` does not fit the unit of a row.
    """
    half = ((differences["high"] - differences["low"]) / 2).to_numpy(float)
    limits = [
        wanted.half_width(unit, value)
        for unit, value in zip(differences["unit"], differences["baseline_value"], strict=True)
    ]
    needed = [
        _needed(*row) for row in zip(differences["replications"], differences["sd"], half, limits, strict=True)
    ]
    return differences[["scenario", "metric", "unit", "replications"]].assign(
        half_width=half, wanted=limits, needed=pd.array(needed, "Int64")
    )


def _needed(pairs: int, sd: float, half: float, limit: float) -> int | None:
    if half <= limit or pairs < 2:
        return max(pairs, FEWEST_PAIRS)
    return max(pairs + 1, FEWEST_PAIRS, pairs_needed(sd_at_most(sd, pairs), limit)) if limit > 0 else None


def still_needed(differences: pd.DataFrame, wanted: Precision) -> int:
    """How many pairs more the worst of ``differences`` (rows of ``paired_differences``) takes; 0 when all are narrow.

    A sequential procedure runs a batch, asks, and goes on with at most so many; it never stops below ``FEWEST_PAIRS``
    pairs. A row whose width cannot be had asks for none: `precision` says so.

    Source: Law, Simulation Modeling and Analysis (5th ed., 2015), section 9.4.1. An interval that is looked at until it
    is narrow covers slightly less often than it says, because the runs that stop it early are those whose differences
    happen to lie close together; the least number of pairs is there for that.
    """
    found = precision(differences, wanted)
    more = found["needed"] - found["replications"]
    return int(max(0, np.max(more.dropna(), initial=0)))
