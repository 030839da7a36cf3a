"""Hydra's launcher: what a sweeper is told of each point that it proposed."""

from __future__ import annotations

import math
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from hydra_plugins.tiltak import TiltakLauncher

import sim.sweep
from sim.parameters import ConfigurationError
from sim.settings import Settings

COMMON = ["population=classroom", "replications=2", "workers=1"]


def fake(settings: Settings, replication: int, snapshots: Path | None) -> SimpleNamespace:
    """Stands in for the model: 0.1 more in the second replication, and other numbers that are not to be told."""
    if (settings.scenario, replication) == ("caseload_15", 1):
        raise ValueError("no more supervisors")
    cell = {"cohort": "stock", "metric": "employed_share", "group": "all", "horizon_weeks": 104}
    others = [{**cell, "cohort": "inflow"}, {**cell, "metric": "trust"}, {**cell, "group": "young"}]
    others.append({**cell, "horizon_weeks": 52})
    rows = [{**cell, "value": 0.3 + replication / 10}, *({**other, "value": 9.0} for other in others)]
    short = settings.horizon.weeks < 26
    return SimpleNamespace(
        outcomes=pd.DataFrame(rows).assign(unit="share").iloc[: 0 if short else None],
        weekly=pd.DataFrame({"week": [0], "series": ["registered"], "value": [1.0]}),
        timings={},
    )


@pytest.fixture(autouse=True)
def without_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sim.sweep, "run_all", partial(sim.sweep.run_all, simulate=fake, progress=False))


def test_a_sweeper_is_told_the_mean_of_the_objective_or_what_went_wrong(tmp_path: Path) -> None:
    points = [[*COMMON, f"scenario={name}", f"results={tmp_path}"] for name in ("baseline", "caseload_15")]
    good, bad = TiltakLauncher("employed_share").launch(points, 0)
    assert good.return_value == pytest.approx(0.35)
    assert list(good.overrides or []) == points[0]
    with pytest.raises(RuntimeError, match="ValueError: no more supervisors"):
        _ = bad.return_value


def test_a_run_too_short_for_the_objective_gives_no_number(tmp_path: Path) -> None:
    [told] = TiltakLauncher("employed_share").launch([[*COMMON, "horizon.weeks=10", f"results={tmp_path}"]], 0)
    assert math.isnan(told.return_value)


def test_an_objective_that_is_no_metric_is_refused_before_anything_runs(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="did you mean employed_share"):
        TiltakLauncher("employed_shar").launch([[*COMMON, f"results={tmp_path / 'new'}"]], 0)
    assert not (tmp_path / "new").exists()
