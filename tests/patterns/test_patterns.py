"""The 28 patterns that the model must show, claim by claim; open ones are marked, and listed in docs/validation.md."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from sim.evaluation.pattern import Claim, Pattern, Runs, Seen, seen, settings
from sim.evaluation.patterns import OPEN, PATTERNS
from sim.evaluation.patterns.arms import ARMS
from sim.report.patterns import markdown

VALIDATION = Path(__file__).parents[2] / "docs" / "validation.md"
CLAIMS = [(name, claim) for pattern in PATTERNS for name, claim in zip(pattern.names, pattern.claims, strict=True)]


def as_param(name: str, claim: Claim) -> object:
    """A claim as a parameter of the test; open ones are expected to fail, and must."""
    marks = [pytest.mark.xfail(strict=True, raises=AssertionError, reason=claim.open)] if claim.open else []
    return pytest.param(claim, id=f"{name}: {claim.what}", marks=marks)


@pytest.mark.evidence
@pytest.mark.parametrize("claim", [as_param(name, claim) for name, claim in CLAIMS])
def test_pattern(claim: Claim, runs: Runs) -> None:
    found = seen(claim, runs)
    assert found.holds(claim), f"{found.mean:.4g} [{found.low:.4g}, {found.high:.4g}] from {found.pairs} pairs"


def test_there_are_28_patterns_each_with_claims() -> None:
    assert [pattern.number for pattern in PATTERNS] == list(range(1, 29))
    assert all(pattern.claims for pattern in PATTERNS)


def test_arms_can_be_composed_and_differ_from_each_other() -> None:
    points = settings(ARMS, [claim for _, claim in CLAIMS])
    assert set(points) == set(ARMS), "an arm that no claim uses"
    keys = {name: (point.policy, point.world, point.horizon) for name, point in points.items()}
    same = [(a, b) for a in keys for b in keys if a < b and keys[a] == keys[b]]
    assert all("baseline" in (a, b) for a, b in same), same  # a name that says what is varied


def test_only_claims_that_exist_are_open() -> None:
    assert set(OPEN) <= {name for name, _ in CLAIMS} and all(OPEN.values())


def test_bounds_say_something() -> None:
    for name, claim in CLAIMS:
        assert claim.low is not None or claim.high is not None, name
        assert claim.low is None or claim.high is None or claim.low < claim.high, name
        assert claim.what and claim.source and claim.unit, name


def test_open_patterns_are_those_that_the_document_lists() -> None:
    told = VALIDATION.read_text(encoding="utf-8")
    verdicts = dict(re.findall(r"^\| (\d+[a-j]) \|.*\| (holds|open) \|$", told, re.MULTILINE))
    assert verdicts == {name: "open" if claim.open else "holds" for name, claim in CLAIMS}
    for name, claim in CLAIMS:
        assert not claim.open or f"- {name}: {claim.open}\n" in told, name


def claim(low: float | None, high: float | None, whole: bool) -> Claim:
    return Claim("what", (), lambda runs: [], low, high, "nowhere", whole, "unit")


def test_a_direction_asks_for_the_interval_and_a_size_for_the_mean() -> None:
    wide, narrow = Seen(1.0, -0.5, 2.5, 8), Seen(1.0, 0.5, 1.5, 8)
    assert not wide.holds(claim(0, None, True)) and narrow.holds(claim(0, None, True))
    assert wide.holds(claim(0.9, 1.1, False)) and not narrow.holds(claim(1.1, 2.0, False))
    assert not narrow.holds(claim(0.8, 1.2, True)) and narrow.holds(claim(0, 2, True))
    nothing = Seen(np.nan, np.nan, np.nan, 0)
    assert not nothing.holds(claim(None, 5, False)) and not nothing.holds(claim(None, 5, True))


def test_the_document_has_a_row_for_every_claim() -> None:
    pattern = Pattern(3, "something is seen", (claim(0, None, True), claim(0, 1, False)._replace(open="it is not")))
    text = markdown([pattern], {"3a": Seen(1, 0.5, 1.5, 8), "3b": Seen(2, 1.5, 2.5, 8)}, "a command")
    assert "| 3 | something is seen | open: 3b |" in text and "- 3b: it is not\n" in text
    assert re.findall(r"^\| (3[ab]) \|.*\| (holds|open) \|$", text, re.MULTILINE) == [("3a", "holds"), ("3b", "open")]
