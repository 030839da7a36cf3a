"""What the contracts of tendered courses show: who won, and how good the courses were (the ``tenders`` table)."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pandas as pd

LEAD = 26  # weeks: a contract that begins earlier than this was awarded before the policy date, on other terms


def awarded(tenders: pd.DataFrame) -> pd.DataFrame:
    """The contracts that were awarded under the policy."""
    return tenders[tenders["week"] >= LEAD]


def lowest_won(tenders: pd.DataFrame) -> float:
    """Share of the rounds that the lowest bid won."""
    return float((awarded(tenders)["premium"] <= 0.0).mean())


def points_and_quality(tenders: pd.DataFrame) -> float:
    """Correlation of the quality points at the award with the quality then delivered, within lots."""
    seen = awarded(tenders)
    both = seen[["quality_points", "quality_delivered"]]
    within = both - both.groupby(seen["lot"]).transform("mean")
    return float(within["quality_points"].corr(within["quality_delivered"]))


def one_course_and_the_next(tenders: pd.DataFrame) -> float:
    """Correlation of the quality under one contract with that under the next one of the lot, within lots."""
    ordered = awarded(tenders).sort_values(["region", "lot", "week"])
    quality = ordered["quality_delivered"] - ordered.groupby("lot")["quality_delivered"].transform("mean")
    following = quality.groupby([ordered["region"], ordered["lot"]]).shift(-1)
    return float(quality.corr(following))


class RoundStatistic(NamedTuple):
    """A number of one run's ended contracts."""

    unit: str
    compute: Callable[[pd.DataFrame], float]


ROUND_STATISTICS = {
    "points_and_quality": RoundStatistic("correlation", points_and_quality),
    "one_course_and_the_next": RoundStatistic("correlation", one_course_and_the_next),
    "lowest_won": RoundStatistic("share", lowest_won),
}
