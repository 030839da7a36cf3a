"""When does one policy win? Scenario discovery by a classification tree (Breiman et al. 1984; Lempert et al. 2008).

A Latin hypercube of worlds, each labelled by the sign of the paired difference, is cut into boxes by thresholds on a
few parameters. Each box is judged by its coverage (part of all wins that lie in it) and its density (part of its
worlds that are wins; Bryant & Lempert 2010). With hundreds of parameters a tree that is grown on everything fits the
luck of the draw. So its size and the number of parameters that it may use are chosen by cross-validation, and how well
it tells wins from losses is judged on worlds that took part in none of these choices.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy import stats
from sklearn.feature_selection import SelectKBest, f_classif
from sklearn.model_selection import GridSearchCV, StratifiedKFold, cross_val_predict
from sklearn.pipeline import Pipeline
from sklearn.tree import DecisionTreeClassifier

from sim.evaluation.factors import Factor
from sim.report.compare import CompareError

CONFIDENCE = 0.95
FOLDS = 5
CANDIDATES = (3, 10)  # parameters that a tree may use, those most different between wins and losses
LEAVES = (2, 3, 5)
SMALLEST = 0.05  # of the worlds, in a leaf


class Limit(NamedTuple):
    """A condition of a box: the factor lies above ``low`` and at or below ``high`` (infinite where open)."""

    factor: Factor
    low: float
    high: float

    def __str__(self) -> str:
        name = self.factor.name
        if math.isinf(self.low):
            return f"{name} ≤ {self.high:.3g}"
        if math.isinf(self.high):
            return f"{name} > {self.low:.3g}"
        return f"{self.low:.3g} < {name} ≤ {self.high:.3g}"


class Box(NamedTuple):
    """A leaf: its conditions, its worlds, how many are wins, and the density's Wilson interval (of the worlds seen:
    where the thresholds lie was chosen on them)."""

    limits: tuple[Limit, ...]
    worlds: int
    wins: int
    coverage: float
    density: float
    low: float
    high: float

    def __str__(self) -> str:
        return " and ".join(map(str, self.limits)) or "everywhere"


class Discovery(NamedTuple):
    """``boxes``, densest first. ``accuracy`` is the mean of the parts of wins and of losses told rightly, cross-
    validated: 0.5 is what guessing gives, and ``chance`` what so many worlds with shuffled labels would reach one time
    in twenty."""

    boxes: list[Box]
    worlds: int
    wins: int
    accuracy: float
    chance: float


def clearly(means: np.ndarray, noise_variance: float) -> np.ndarray:
    """Which differences (points,) are off zero by more than their noise: 1 above, -1 below, 0 unclear or unknown.

    ``noise_variance`` is that of a point's mean, pooled over the points. Raises CompareError when it is not known.
    """
    if math.isnan(noise_variance):
        raise CompareError("with one replication no difference is clearly off zero: run with replications=2 or more")
    half = stats.norm.ppf(0.5 + CONFIDENCE / 2) * math.sqrt(noise_variance)
    return np.where(means > half, 1, np.where(means < -half, -1, 0))


def discover(factors: Sequence[Factor], values: np.ndarray, wins: np.ndarray, seed: int) -> Discovery:
    """Grows the tree. ``values`` (worlds, factors) in the factors' units, ``wins`` (worlds,) true or false.

    Raises CompareError when fewer than ``FOLDS`` worlds are wins, or losses: then there is nothing to tell apart.
    """
    wins = np.asarray(wins, bool)
    rarer = int(min(wins.sum(), (~wins).sum()))
    if rarer < FOLDS:
        raise CompareError(
            f"{int(wins.sum())} of {wins.size} worlds are wins: at least {FOLDS} wins and {FOLDS} others are needed"
        )
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=seed)
    search = _search(len(factors), seed)
    accuracy = _balanced(wins, cross_val_predict(search, values, wins, cv=folds))
    # Guessing: both parts are means of coin throws.
    spread = math.sqrt(0.25 / wins.sum() + 0.25 / (~wins).sum()) / 2.0
    pipeline = search.fit(values, wins).best_estimator_
    chosen = [factors[n] for n in np.flatnonzero(pipeline[0].get_support()).tolist()]
    tree = pipeline[1].tree_
    leaf_of = pipeline[1].apply(pipeline[0].transform(values))
    boxes = []
    for leaf, limits in _leaves(tree, chosen):
        inside = wins[leaf_of == leaf]
        low, high = stats.binomtest(int(inside.sum()), inside.size).proportion_ci(CONFIDENCE, "wilson")
        part = float(inside.sum() / wins.sum())
        boxes.append(
            Box(limits, int(inside.size), int(inside.sum()), part, float(inside.mean()), float(low), float(high))
        )
    boxes.sort(key=lambda box: (-box.density, -box.worlds))
    chance = 0.5 + stats.norm.ppf(CONFIDENCE) * spread
    return Discovery(boxes, int(wins.size), int(wins.sum()), accuracy, float(chance))


def _search(factors: int, seed: int) -> GridSearchCV:
    """Chooses parameters and leaves by the balanced accuracy on folds of its own."""
    tree = DecisionTreeClassifier(min_samples_leaf=SMALLEST, class_weight="balanced", random_state=seed)
    choices = {
        "parameters__k": sorted({min(k, factors) for k in CANDIDATES}),
        "tree__max_leaf_nodes": LEAVES,
    }
    return GridSearchCV(
        Pipeline([("parameters", SelectKBest(f_classif)), ("tree", tree)]),
        choices,
        scoring="balanced_accuracy",
        cv=StratifiedKFold(FOLDS - 1, shuffle=True, random_state=seed),
    )


def _balanced(wins: np.ndarray, told: np.ndarray) -> float:
    return float((told[wins].mean() + (~told[~wins]).mean()) / 2.0)


def _leaves(
    tree: object, factors: Sequence[Factor], node: int = 0, limits: tuple[Limit, ...] = ()
) -> list[tuple[int, tuple[Limit, ...]]]:
    """The leaves below a node with their conditions, one for each factor."""
    left, right = tree.children_left[node], tree.children_right[node]  # type: ignore[attr-defined]
    if left == right:
        return [(node, limits)]
    factor, cut = factors[tree.feature[node]], float(tree.threshold[node])  # type: ignore[attr-defined]
    before = next((limit for limit in limits if limit.factor == factor), Limit(factor, -math.inf, math.inf))
    others = tuple(limit for limit in limits if limit.factor != factor)
    below, above = Limit(factor, before.low, cut), Limit(factor, cut, before.high)
    return [*_leaves(tree, factors, left, (*others, below)), *_leaves(tree, factors, right, (*others, above))]
