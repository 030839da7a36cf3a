"""The arms of the patterns that were selected, run once on all cores and kept in results/patterns between runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.evaluation.pattern import Claim, Runs, compute, settings
from sim.evaluation.patterns.arms import ARMS

# Run keys hold the model version and every value that decides a result: what is stored here is never stale.
RESULTS = Path(__file__).parents[2] / "results" / "patterns"


@pytest.fixture(scope="session")
def runs(request: pytest.FixtureRequest) -> Runs:
    """The runs that the selected claims need."""
    items = [item for item in request.session.items if isinstance(item, pytest.Function)]
    claims = [item.callspec.params["claim"] for item in items if "runs" in item.fixturenames]
    assert all(isinstance(claim, Claim) for claim in claims)
    points = settings(ARMS, claims, ("population=district", f"results={RESULTS}"))
    assert compute(points, progress=False) == []
    return Runs(points)
