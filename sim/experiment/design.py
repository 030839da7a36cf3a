"""From what varies to points: every combination of lists, and a design for what has a span.

Latin hypercube: McKay, Beckman and Conover (1979); Sobol sequence, scrambled: Owen (1998), both as in scipy.stats.qmc.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import numpy as np
from scipy.stats import qmc

from sim.experiment.files import Design, Span, Value


def rows(factors: Mapping[str, list[Value] | Span], design: Design) -> list[dict[str, Value]]:
    """One mapping from names to values per point: all combinations of the lists, crossed with the design's points.

    With no factors there is one point, which changes nothing.
    """
    spans = {name: span for name, span in factors.items() if isinstance(span, Span)}
    lists = {name: values for name, values in factors.items() if not isinstance(values, Span)}
    drawn = _drawn(spans, design) if spans else [{}]
    listed = [dict(zip(lists, values, strict=True)) for values in product(*lists.values())]
    # In the order in which the factors stand.
    return [{name: {**one, **other}[name] for name in factors} for one in drawn for other in listed]


def _drawn(spans: Mapping[str, Span], design: Design) -> list[dict[str, Value]]:
    """Points in the box of the spans."""
    generator = np.random.default_rng(design.seed)
    if design.kind == "latin_hypercube":
        unit = qmc.LatinHypercube(len(spans), rng=generator).random(design.points)
    else:
        sampler = qmc.Sobol(len(spans), rng=generator)
        # A Sobol sequence is balanced at powers of two only: it is drawn to the next one and cut.
        unit = sampler.random_base2(int(np.ceil(np.log2(design.points))))[: design.points]
    low = np.array([span.low for span in spans.values()])
    high = np.array([span.high for span in spans.values()])
    return [
        {name: round(x) if span.whole else float(x) for (name, span), x in zip(spans.items(), row, strict=True)}
        for row in low + unit * (high - low)
    ]
