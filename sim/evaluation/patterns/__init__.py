"""The 28 patterns of the facts, each declared with its claims: what is compared, and the band it must lie in."""

from __future__ import annotations

from sim.evaluation.pattern import Pattern
from sim.evaluation.patterns import market, measures, supervision, supported, tenders

# What the model does not show, by the name of the claim, and why. Tests are marked by it; docs/validation.md tells it.
OPEN: dict[str, str] = {}


def _marked(pattern: Pattern) -> Pattern:
    claims = zip(pattern.names, pattern.claims, strict=True)
    return pattern._replace(claims=tuple(claim._replace(open=OPEN.get(name, "")) for name, claim in claims))


PATTERNS: tuple[Pattern, ...] = tuple(
    sorted(
        map(
            _marked,
            (
                *supervision.PATTERNS,
                *supported.PATTERNS,
                *tenders.PATTERNS,
                *measures.PATTERNS,
                *market.PATTERNS,
            ),
        ),
        key=lambda pattern: pattern.number,
    )
)
