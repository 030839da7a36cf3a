"""Exact outputs of a small world, so that no change of the model moves numbers unseen.

When numbers are meant to move:  TILTAK_PIN=1 pytest tests/test_pinned.py
rewrites tests/pinned/classroom.json; say in CHANGELOG.md, under Results, what moved and why.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from sim.model import ActivationMarket
from sim.settings import Settings

PINNED = Path(__file__).parent / "pinned" / "classroom.json"
WORLD = ("seed=1", "horizon.burn_in_weeks=20", "horizon.weeks=30")
HOW = (
    "If they are meant to: TILTAK_PIN=1 pytest tests/test_pinned.py, and say what moved under Results in CHANGELOG.md."
)


def outputs(settings: Settings) -> dict[str, str]:
    """A few dozen numbers, each with all its digits, and one hash of everything."""
    model = ActivationMarket(settings)
    while model.since_policy < settings.horizon.weeks:
        model.step()
    assert model.cohorts is not None
    weekly, outcomes = model.weekly(), model.cohorts.outcomes()
    found = {}
    for week in (0, settings.horizon.weeks - 1):
        for _, series, value in weekly[weekly["week"] == week].itertuples(index=False):
            found[f"week {week}, {series}"] = repr(float(value))
    stock = outcomes[(outcomes["cohort"] == "stock") & (outcomes["group"] == "all")]
    for row in stock.itertuples():
        found[f"stock after {row.horizon_weeks} weeks, {row.metric}"] = repr(float(row.value))
    digest = hashlib.sha256()
    for name, array in sorted(model.state().items()):
        digest.update(name.encode() + np.ascontiguousarray(array).tobytes())
    found["hash of the whole state"] = digest.hexdigest()
    return found


@pytest.fixture(scope="module")
def found(composed: Callable[..., Settings]) -> dict[str, str]:
    return outputs(composed(*WORLD))


def test_numbers_are_those_that_were_pinned(found: dict[str, str]) -> None:
    if os.environ.get("TILTAK_PIN"):
        PINNED.parent.mkdir(exist_ok=True)
        PINNED.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    pinned = json.loads(PINNED.read_text(encoding="utf-8"))
    moved = [
        f"{name}: {pinned.get(name, 'not there')} -> {found.get(name, 'not there')}"
        for name in sorted(pinned.keys() | found.keys())
        if pinned.get(name) != found.get(name)
    ]
    assert not moved, f"{len(moved)} of {len(pinned)} pinned numbers moved. {HOW}\n" + "\n".join(moved[:20])


def test_there_is_something_to_pin(found: dict[str, str]) -> None:
    different = {value for value in found.values() if value not in ("0.0", "nan")}
    assert len(different) > 50
