"""What an additional retained job costs the public, and which policies no other policy beats.

From paired outcomes: public cost (``public_cost_nok``: benefits and services less taxes, NOK per registered person, so
transfers count as costs) and effect (``retained_26w_share``: the share who kept a job for 26 weeks) of each scenario
less those of the baseline, replication by replication. Their ratio is the incremental cost-effectiveness ratio, in NOK
per additional retained job. What varies between replications is people and luck, not what the model assumes.

Terms and methods: Drummond, Sculpher, Claxton, Stoddart and Torrance, Methods for the Economic Evaluation of Health
Care Programmes (4th ed., 2015); Briggs and Fenn, Confidence intervals or surfaces? Uncertainty on the
cost-effectiveness plane, Health Economics 7 (1998); Fenwick, Claxton and Sculpher, Representing uncertainty: the role
of cost-effectiveness acceptability curves, Health Economics 10 (2001).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy import stats

from sim.evaluation.bootstrap import FEWEST_PAIRS, weights
from sim.evaluation.dominance import FRONTIER, dominance

COST, EFFECT = "public_cost_nok", "retained_26w_share"
CONFIDENCE = 0.95
QUADRANTS = ("costs_more_more_jobs", "costs_more_fewer_jobs", "saves_fewer_jobs", "saves_more_jobs")

COLUMNS = (
    "scenario",
    "baseline",
    "replications",
    "cost",
    "cost_low",
    "cost_high",
    "effect",
    "effect_low",
    "effect_high",
    "verdict",
    "cost_per_job",
    "low",
    "high",
    "boot_low",
    "boot_high",
    *QUADRANTS,
    "dominance",
    "dominance_by",
    "frontier_cost_per_job",
)


class Increments(NamedTuple):
    """Of one scenario less the baseline, by replication (ascending): public cost, NOK per person, and the share with a
    retained job."""

    scenario: str
    replications: np.ndarray
    cost: np.ndarray
    effect: np.ndarray

    def resampled(self) -> tuple[np.ndarray, np.ndarray]:
        """Mean cost and mean effect in each bootstrap resample of the pairs; empty with fewer than ``FEWEST_PAIRS``."""
        if len(self.cost) < FEWEST_PAIRS:
            return np.empty(0), np.empty(0)
        drawn = weights(len(self.cost))
        return drawn @ self.cost, drawn @ self.effect


def increments(
    outcomes: pd.DataFrame, baseline: str = "baseline", cohort: str = "stock", group: str = "all", weeks: int = 104
) -> list[Increments]:
    """The increments of every scenario but ``baseline``, in the order of ``outcomes``, for one group and horizon.

    A replication counts when both arms have both outcomes; a scenario without one, and all when the model does not give
    these outcomes, are left out.
    """
    asked = (outcomes["cohort"] == cohort) & (outcomes["group"] == group) & (outcomes["horizon_weeks"] == weeks)
    rows = outcomes[asked & outcomes["metric"].isin([COST, EFFECT])]
    wide = rows.pivot(index=["scenario", "replication"], columns="metric", values="value")
    if set(wide.columns) != {COST, EFFECT} or baseline not in wide.index.get_level_values(0):
        return []
    base = wide.loc[baseline]
    found = []
    for name in dict.fromkeys(rows["scenario"]):
        gap = (wide.loc[name] - base).dropna()
        if name != baseline and len(gap):
            found.append(Increments(name, gap.index.to_numpy(), gap[COST].to_numpy(), gap[EFFECT].to_numpy()))
    return found


def cost_effectiveness(pairs: Sequence[Increments], baseline: str = "baseline") -> pd.DataFrame:
    """A row for ``baseline``, which is the origin, and one for each scenario of ``pairs``:

    - cost (NOK per person) and effect (share), with 95 % t-intervals, and the number of replications;
    - verdict, in words, by those intervals;
    - cost_per_job (NOK per additional retained job; for fewer jobs and money saved, NOK saved per job lost), with
      Fieller's interval (low, high) and the bootstrap's (boot_low, boot_high). Empty for others: where the effect is
      not clearly off zero the interval has no bounds, and where a policy is better or worse in both, or loses jobs at
      an unclear cost, the ratio's sign has two meanings; then the verdict says what there is to say;
    - the shares of bootstrap replicates in the four ``QUADRANTS``, empty with fewer than ``FEWEST_PAIRS`` pairs;
    - dominance among all of them, by point estimates (`sim.evaluation.dominance`), with dominance_by, the scenarios it
      is measured against, and frontier_cost_per_job, NOK per additional retained job against the next cheaper one on
      the frontier.
    """
    rows: list[dict[str, Any]] = [{"scenario": baseline, "verdict": "the baseline", "cost": 0.0, "effect": 0.0}]
    rows += [_row(pair) for pair in pairs]
    found = pd.DataFrame(rows, columns=[*COLUMNS]).assign(baseline=baseline)
    found["replications"] = found["replications"].astype("Int64")
    names, costs, effects = list(found["scenario"]), found["cost"].to_numpy(float), found["effect"].to_numpy(float)
    standings = dominance(costs, effects)
    found["dominance"] = [standing.word for standing in standings]
    found["dominance_by"] = [" and ".join(names[other] for other in standing.by) for standing in standings]
    frontier = [place for place in np.argsort(effects, kind="stable") if standings[place].word == FRONTIER]
    for before, after in pairwise(frontier):
        ratio = (costs[after] - costs[before]) / (effects[after] - effects[before])
        found.loc[after, "frontier_cost_per_job"] = ratio
    return found


def _row(pair: Increments) -> dict[str, Any]:
    cost, effect = float(pair.cost.mean()), float(pair.effect.mean())
    cost_low, cost_high = _t_interval(pair.cost)
    effect_low, effect_high = _t_interval(pair.effect)
    words = verdict((cost_low, cost_high), (effect_low, effect_high))
    row: dict[str, Any] = {
        "scenario": pair.scenario,
        "replications": len(pair.cost),
        **{"cost": cost, "cost_low": cost_low, "cost_high": cost_high},
        **{"effect": effect, "effect_low": effect_low, "effect_high": effect_high},
        "verdict": words,
    }
    if words.startswith("more jobs") or words == "fewer jobs, saves money":
        row["cost_per_job"] = cost / effect
        row["low"], row["high"] = fieller(pair.cost, pair.effect)
        row["boot_low"], row["boot_high"] = _bootstrap(pair)
    costs, effects = pair.resampled()
    if len(costs) and (pair.cost.any() or pair.effect.any()):
        row |= dict(zip(QUADRANTS, _quadrants(costs, effects), strict=True))
    return row


def verdict(cost: tuple[float, float], effect: tuple[float, float]) -> str:
    """What the intervals of cost and effect, each (low, high), say together; [0, 0] is no difference at all."""
    if any(map(math.isnan, (*cost, *effect))):
        return "one replication: no intervals"
    if cost == effect == (0.0, 0.0):
        return "the same"
    costs = _said(cost, "costs more", "saves money", "same cost", "cost unclear")
    jobs = _said(effect, "more jobs", "fewer jobs", "no effect", "no clear effect")
    clear = {("more jobs", "saves money"): "dominant: ", ("fewer jobs", "costs more"): "dominated: "}
    return f"{clear.get((jobs, costs), '')}{jobs}, {costs}"


def _said(interval: tuple[float, float], above: str, below: str, none: str, unclear: str) -> str:
    low, high = interval
    if low == high == 0:
        return none
    return above if low > 0 else below if high < 0 else unclear


def fieller(cost: np.ndarray, effect: np.ndarray, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Fieller's interval of mean ``cost`` over mean ``effect``, paired, by Student's t; (-inf, inf) if unbounded.

    It holds every ratio R for which the mean of cost - R effect does not differ from zero in a paired t-test; those
    ratios have bounds exactly when the t-interval of the effect excludes zero.

    Source: Fieller, Some problems in interval estimation, Journal of the Royal Statistical Society B 16 (1954); Briggs
    and Fenn (1998).
    """
    n = len(cost)
    (cost_var, both), (_, effect_var) = np.cov(cost, effect) / n * stats.t.ppf(0.5 + confidence / 2, n - 1) ** 2
    mean_cost, mean_effect = cost.mean(), effect.mean()
    # R^2 square - 2 R middle + rest <= 0
    square, middle, rest = mean_effect**2 - effect_var, mean_cost * mean_effect - both, mean_cost**2 - cost_var
    if square <= 0:
        return -math.inf, math.inf
    root = math.sqrt(max(0.0, middle**2 - square * rest))  # rounding apart, never below zero
    return float((middle - root) / square), float((middle + root) / square)


def acceptability(pairs: Sequence[Increments], worth: np.ndarray, baseline: str = "baseline") -> pd.DataFrame:
    """The cost-effectiveness acceptability curve: a row for each value in ``worth`` (NOK for a retained job), a column
    for the baseline and each scenario, in it the share of bootstrap replicates in which it has the highest net benefit.

    Resamples the pairs that all scenarios have; no rows with fewer than ``FEWEST_PAIRS`` of them. Equal net benefits
    count for the first. Source: Fenwick, Claxton and Sculpher (2001).
    """
    names = [baseline, *(pair.scenario for pair in pairs)]
    common = set.intersection(*(set(pair.replications.tolist()) for pair in pairs)) if pairs else set()
    if len(common) < FEWEST_PAIRS:
        return pd.DataFrame(columns=names)
    drawn = weights(len(common))
    kept = [np.isin(pair.replications, list(common)) for pair in pairs]
    none = np.zeros(len(drawn))
    costs = np.column_stack([none, *(drawn @ pair.cost[kept[n]] for n, pair in enumerate(pairs))])
    gains = np.column_stack([none, *(drawn @ pair.effect[kept[n]] for n, pair in enumerate(pairs))])
    best = [np.bincount((value * gains - costs).argmax(axis=1), minlength=len(names)) for value in worth]
    return pd.DataFrame(np.array(best) / len(drawn), columns=names, index=pd.Index(worth, name="worth"))


def _t_interval(values: np.ndarray) -> tuple[float, float]:
    n, mean = len(values), float(values.mean())
    if not values.any():
        return 0.0, 0.0
    if n < 2:
        return math.nan, math.nan
    half = float(stats.t.ppf(0.5 + CONFIDENCE / 2, n - 1) * values.std(ddof=1) / math.sqrt(n))
    return mean - half, mean + half


def _bootstrap(pair: Increments) -> tuple[float, float]:
    """Percentile limits of the ratio. A replicate whose effect has the other sign lies beyond every finite ratio, on
    the side of its cost (Briggs and Fenn, 1998): a limit that is such a replicate is infinite."""
    costs, effects = pair.resampled()
    if not len(costs):
        return math.nan, math.nan
    sign = np.sign(pair.effect.mean())
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = np.where(effects * sign > 0, costs / effects, np.where(costs * sign > 0, math.inf, -math.inf))
    tail = 0.5 - CONFIDENCE / 2
    low, high = np.quantile(ratios, [tail, 1 - tail], method="inverted_cdf")
    return float(low), float(high)


def _quadrants(costs: np.ndarray, effects: np.ndarray) -> list[float]:
    """Shares of ``QUADRANTS``; no change in cost counts as saving, no change in effect as fewer jobs."""
    more, jobs = costs > 0, effects > 0
    return [float(share.mean()) for share in (more & jobs, more & ~jobs, ~more & ~jobs, ~more & jobs)]
