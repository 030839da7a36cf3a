"""How many pairs of runs an interval of a wanted width takes, and whether there are enough of them."""

from __future__ import annotations

import math
import re
from difflib import get_close_matches
from typing import NamedTuple

import pandas as pd
from scipy import stats

from sim.parameters import ConfigurationError
from sim.report.compare import CompareError, paired_differences
from sim.report.table import EVERYBODY, View
from sim.report.words import scale, scenario_words

LEAST_PAIRS = 5  # before a narrow interval is believed
ASSURANCE = 0.8  # the chance that a promised number of pairs is enough
FORMS = "a number above zero in the outcome's own unit, or with pp (percentage points), nok, or % (of the baseline)"
MOST = 1_000_000_000  # pairs; stands for any number beyond
_FORM = re.compile(r"\s*(\d+(?:\.\d*)?(?:e[+-]?\d+)?|\.\d+)\s*(pp|nok|%|)\s*", re.IGNORECASE)


class Precision(NamedTuple):
    """Half the width that an interval may have: ``amount`` in ``form`` (pp, nok, %, or '' for the outcome's unit)."""

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
        if (self.form == "pp" and "share" not in unit) or (self.form == "nok" and "NOK" not in unit):
            raise ConfigurationError(f"precision={self.amount:g}{self.form}: the outcome is in {unit}; use {FORMS}")
        if self.form == "%":
            return self.amount / 100.0 * abs(baseline_value)
        return self.amount / 100.0 if self.form == "pp" else self.amount


def pairs_needed(sd: float, half_width: float, confidence: float = 0.95) -> int:
    """The smallest n of at least two for which t(n - 1) sd / sqrt(n) is no wider than ``half_width``.

    ``sd`` is the standard deviation of the paired differences, in the unit of ``half_width``, which is above zero.
    At most ``MOST``.
    """
    by_normal = (stats.norm.ppf(0.5 + confidence / 2) * sd / half_width) ** 2  # never too many: t is wider
    if by_normal > MOST:
        return MOST
    n = max(2, math.ceil(by_normal))
    while stats.t.ppf(0.5 + confidence / 2, n - 1) * sd / math.sqrt(n) > half_width:
        n += 1
    return n


def sd_at_most(sd: float, pairs: int) -> float:
    """The upper limit of a standard deviation estimated from ``pairs`` pairs, right with a chance of ``ASSURANCE``.

    Source: (n - 1) s^2 / sigma^2 is chi-square distributed with n - 1 degrees of freedom, for normal differences.
    """
    return float(sd * math.sqrt((pairs - 1) / stats.chi2.ppf(1 - ASSURANCE, pairs - 1)))


def precision(
    outcomes: pd.DataFrame, wanted: Precision, metric: str, baseline: str = "baseline", view: View = EVERYBODY
) -> pd.DataFrame:
    """How narrow the interval of each scenario's difference is, and what the wanted width would take.

    ``outcomes`` as for ``paired_differences``; ``metric`` for the people and the horizon of ``view``. A row per
    scenario: scenario, unit, baseline_value, replications, half_width (of the 95 % t-interval now; NaN with one pair),
    wanted (in unit) and needed: the pairs in all that it would take, at least ``LEAST_PAIRS``; those there are when
    the interval is narrow enough. The standard deviation is itself estimated, so the promise goes by its upper limit
    (`sd_at_most`). With one pair only the least is known; a wanted width of zero (per cent of a baseline of zero)
    cannot be had, and needed is empty.

    Raises CompareError when there is nothing to compare, ConfigurationError when ``wanted`` does not fit the metric.
    """
    rows = view.of(outcomes)
    there = [str(name) for name in rows["metric"].unique()]
    if metric not in there:
        near = get_close_matches(metric, there, n=1)
        hint = f"nearest: {near[0]!r}" if near else f"there are {', '.join(there)}"
        raise CompareError(f"no outcomes with metric {metric!r}; {hint}")
    found = paired_differences(rows[rows["metric"] == metric], baseline)
    found["half_width"] = (found["high"] - found["low"]) / 2
    found["wanted"] = [
        wanted.half_width(unit, value) for unit, value in zip(found["unit"], found["baseline_value"], strict=True)
    ]
    columns = ["replications", "sd", "half_width", "wanted"]
    needed = [_needed(int(n), sd, half, limit) for n, sd, half, limit in found[columns].itertuples(index=False)]
    found["needed"] = pd.array(needed, "Int64")
    return found[["scenario", "unit", "baseline_value", "replications", "half_width", "wanted", "needed"]]


def _needed(pairs: int, sd: float, half: float, limit: float) -> int | None:
    if half <= limit or pairs < 2:
        return max(pairs, LEAST_PAIRS)
    return max(pairs + 1, LEAST_PAIRS, pairs_needed(sd_at_most(sd, pairs), limit)) if limit > 0 else None


def still_needed(
    outcomes: pd.DataFrame, wanted: Precision, metric: str, baseline: str = "baseline", view: View = EVERYBODY
) -> int:
    """How many pairs more the widest interval takes, by `precision`; 0 when all are narrow enough.

    For a sequential procedure: run a batch, ask, and go on with at most so many. It never stops below ``LEAST_PAIRS``
    pairs. A scenario whose width cannot be had asks for none.

    Source: Law, Simulation Modeling and Analysis (5th ed., 2015), chapter 9, the sequential procedure for a specified
    precision. An interval that is looked at until it is narrow covers slightly less often than it says, because the
    runs that stop it early are those whose differences happen to lie close together; the least number of pairs limits
    that.
    """
    found = precision(outcomes, wanted, metric, baseline, view)
    more = (found["needed"] - found["replications"]).dropna()
    return int(more.max()) if len(more) else 0


def told(found: pd.DataFrame) -> list[str]:
    """A line per scenario of `precision`: how narrow its interval is and what the wanted width would take."""
    lines = []
    for scenario, unit, value, pairs, half, wanted, needed in found.itertuples(index=False):
        shown = scale(unit, value)
        now, goal = (f"{size * shown.factor:,.{shown.difference_digits}f}" for size in (half, wanted))
        there = f"{pairs} pair{'' if pairs == 1 else 's'}"
        in_unit = "" if shown.difference_unit == "0-1" else f" {shown.difference_unit}"
        is_now = f"no interval with {there}" if math.isnan(half) else f"±{now} with {there}"
        if pd.isna(needed):
            takes = f"±{goal} cannot be had"
        elif needed == pairs:
            takes = f"±{goal}{in_unit} is reached"
        else:
            takes = f"±{goal}{in_unit} takes {'at least' if pairs < 2 else 'about'} {needed}"
        lines.append(f"{scenario_words(scenario)}: {is_now}; {takes}")
    return lines
