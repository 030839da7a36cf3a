"""Many comparisons in one table: how many exclude zero by chance, and which stay when that is allowed for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from sim.report.words import HEADLINE_METRICS, headline_metrics

ERROR = 0.05  # the chance, over a whole family, of calling anything different that is not
MANY = ["comparisons", "expected_by_chance", "p_holm", "clear_after_holm"]


def holm(p: np.ndarray) -> np.ndarray:
    """p-values adjusted by Holm's step-down method, in the order given; NaN is no comparison and stays NaN.

    The chance of one false finding or more in the family is at most ``ERROR`` if findings are those with an adjusted
    p-value below it, whatever the dependence between comparisons.

    Source: Holm, A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6 (1979).
    """
    adjusted = np.full(len(p), np.nan)
    order = np.argsort(p, kind="stable")  # NaN last
    order = order[: np.count_nonzero(~np.isnan(p))]
    steps = p[order] * np.arange(len(order), 0, -1)
    adjusted[order] = np.minimum(np.maximum.accumulate(steps), 1.0)
    return adjusted


def with_holm(differences: pd.DataFrame, metrics: Sequence[str] = HEADLINE_METRICS) -> pd.DataFrame:
    """Rows of ``paired_differences`` with the columns of ``MANY``.

    A family is what one headline table shows: all scenarios times ``metrics``, for one cohort, group and
    horizon. ``comparisons`` is its size and ``expected_by_chance`` how many of its 95 % intervals would exclude zero
    if no scenario did anything; rows outside the headline have no family and are empty in all four.
    """
    many = pd.DataFrame({"comparisons": pd.NA, "expected_by_chance": np.nan, "p_holm": np.nan}, differences.index)
    many["comparisons"] = many["comparisons"].astype("Int64")
    for _, table in differences.groupby(["cohort", "group", "horizon_weeks"], sort=False, observed=True):
        rows = table[table["metric"].isin(headline_metrics(table["metric"], metrics))]
        p = rows["p"].to_numpy(float)
        count = np.count_nonzero(~np.isnan(p))
        many.loc[rows.index, "comparisons"] = count
        many.loc[rows.index, "expected_by_chance"] = count * ERROR
        many.loc[rows.index, "p_holm"] = holm(p)
    many["clear_after_holm"] = (many["p_holm"] < ERROR).astype("boolean").where(many["p_holm"].notna())
    return differences.assign(**{name: many[name] for name in MANY})


def told(family: pd.DataFrame) -> str:
    """One sentence on a family, the rows of one headline table as ``with_holm`` gives them; empty without p-values."""
    tested = family[family["p_holm"].notna()]
    if tested.empty:
        return ""
    count = len(tested)
    alone, after = int((tested["p"] < ERROR).sum()), int((tested["p_holm"] < ERROR).sum())
    marked = ", * marks the others" if after < alone else ""
    return (
        f"Of {count} comparisons {alone} exclude{_s(alone)} zero ({count * ERROR:.2g} expected if nothing differed); "
        f"{after} stay{_s(after)} after Holm's correction{marked}."
    )


def _s(count: int) -> str:
    return "s" if count == 1 else ""
