"""A traced week is the compiled week, seen from inside; a life is told to its end."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from sim.agents import Jobseeker
from sim.model import ActivationMarket
from sim.report.lives import KINDS, life, most_eventful
from sim.report.tracing import Asked, Tracer, Wrote
from sim.settings import Settings, compose

WEEKS = 12


@pytest.fixture(scope="module")
def settings() -> Settings:
    return compose("population=classroom", "horizon.burn_in_weeks=60", f"horizon.weeks={WEEKS}")


def test_a_traced_week_is_the_compiled_week(settings: Settings) -> None:
    model, twin = ActivationMarket(settings), ActivationMarket(settings)
    for _ in range(59):
        model.step()
    state = {name: array.copy() for name, array in model.state().items()}
    who = int(model.jobseekers["id"][np.flatnonzero(model.jobseekers["specialist"] >= 0)[0]])
    events = Tracer(twin, Jobseeker).week(state, who)
    model.step()
    for kind, table in model.tables.items():
        rows = table.used()
        assert np.array_equal(rows, twin.tables[kind].used())
        for name in kind.columns():
            one, other = table[name][rows], twin.tables[kind][name][rows]
            assert np.allclose(one, other, rtol=1e-4, atol=1e-4), f"{kind.__name__}.{name}"
    rules = {event.rule for event in events if isinstance(event, Asked)}
    assert {"trust_change", "search_effort", "wellbeing_target"} <= rules
    written = {event.column: event.after for event in events if isinstance(event, Wrote)}
    row = int(np.flatnonzero(model.jobseekers["id"] == who)[0])
    assert written["wellbeing"] == pytest.approx(float(model.jobseekers["wellbeing"][row]), rel=1e-4)


@pytest.mark.parametrize("who", KINDS)
def test_a_life_is_told_to_its_end(settings: Settings, who: str) -> None:
    told = KINDS[who]
    identity = most_eventful(settings, 0, told, WEEKS)
    lines = list(life(settings, 0, told, identity, WEEKS))
    assert str(identity) in lines[0]
    assert any(line.startswith("week ") for line in lines)
    assert any(line.startswith(f"after {WEEKS} weeks") or "no longer in the model" in line for line in lines)


@pytest.mark.parametrize(
    ("argument", "named"), [("who=nobody", "who=nobody"), ("weeks=0", "weeks=0"), ("id=12", "12"), ("speed=3", "speed")]
)
def test_a_question_that_cannot_be_answered_gets_one_line(argument: str, named: str) -> None:
    command = [sys.executable, "experiments/life.py", "horizon.burn_in_weeks=2", "weeks=2", argument]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("error: ") and named in done.stderr and done.stderr.count("\n") == 1
