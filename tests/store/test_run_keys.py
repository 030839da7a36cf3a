"""A key changes with everything that decides a result, and with nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.settings import Settings, compose
from sim.store import burn_in_key, configuration, model_version, point_key, run_key, setup_key


@pytest.fixture(scope="module")
def baseline() -> Settings:
    return compose("population=classroom")


def test_a_key_does_not_depend_on_where_or_how_runs_are_computed(baseline: Settings) -> None:
    elsewhere = baseline.model_copy(update={"results": Path("/elsewhere"), "workers": 7, "replications": 99})
    for key in (run_key, burn_in_key):
        assert key(elsewhere, 3) == key(baseline, 3)


def test_a_key_is_the_same_however_the_value_was_given(baseline: Settings) -> None:
    assert run_key(compose("population=classroom", f"seed={baseline.seed}"), 0) == run_key(baseline, 0)


def test_what_decides_a_result_changes_the_run_key(baseline: Settings) -> None:
    horizon = baseline.horizon.model_copy(update={"weeks": baseline.horizon.weeks - 1})
    record = baseline.record.model_copy(update={"spells": True})
    others = [
        baseline.model_copy(update={"scenario": "renamed"}),
        baseline.model_copy(update={"seed": baseline.seed + 1}),
        baseline.model_copy(update={"horizon": horizon}),
        baseline.model_copy(update={"record": record}),
        baseline.model_copy(update={"world": _other_world(baseline)}),
        compose("population=district"),
        compose("population=classroom", "scenario=caseload_15"),
    ]
    keys = [run_key(settings, 0) for settings in (baseline, *others)] + [run_key(baseline, 1)]
    assert len(set(keys)) == len(keys)


def test_policies_share_the_burn_in_and_may_be_compared(baseline: Settings) -> None:
    scenario = compose("population=classroom", "scenario=caseload_15")
    assert burn_in_key(scenario, 2) == burn_in_key(baseline, 2)
    assert setup_key(configuration(scenario)) == setup_key(configuration(baseline))
    assert point_key(configuration(scenario)) != point_key(configuration(baseline))


def test_worlds_and_replications_do_not_share_a_burn_in(baseline: Settings) -> None:
    other = baseline.model_copy(update={"world": _other_world(baseline)})
    assert burn_in_key(other, 0) != burn_in_key(baseline, 0) != burn_in_key(baseline, 1)
    assert setup_key(configuration(other)) != setup_key(configuration(baseline))


def test_a_longer_run_starts_from_the_same_burn_in(baseline: Settings) -> None:
    horizon = baseline.horizon.model_copy(update={"weeks": baseline.horizon.weeks - 1})
    shorter = baseline.model_copy(update={"horizon": horizon})
    assert burn_in_key(shorter, 0) == burn_in_key(baseline, 0)
    assert setup_key(configuration(shorter)) != setup_key(configuration(baseline))


def test_the_model_version_follows_the_model_and_not_the_reports(tmp_path: Path) -> None:
    for name in ("model.py", "processes/trust.py", "report/table.py", "sweep/run.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x = 1\n")
    version = model_version.__wrapped__
    before = version(tmp_path)
    (tmp_path / "report/table.py").write_text("x = 2\n")
    (tmp_path / "sweep/run.py").write_text("x = 2\n")
    assert version(tmp_path) == before
    (tmp_path / "processes/trust.py").write_text("x = 2\n")
    assert version(tmp_path) != before


def _other_world(settings: Settings) -> object:
    """The world with the first number that it holds changed."""
    name, section = next(iter(settings.world._asdict().items()))
    field = next(field for field, value in section._asdict().items() if isinstance(value, float | int))
    return settings.world._replace(**{name: section._replace(**{field: getattr(section, field) + 0.125})})
