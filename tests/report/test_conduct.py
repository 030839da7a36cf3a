"""Replications are added until the interval is narrow, up to a limit, and none is computed twice."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

import sim.sweep
from sim.experiment import Experiment, Point, compose
from sim.experiment.files import checked
from sim.report.conduct import conduct
from sim.report.experiment import asked
from sim.settings import Composer, ConfigurationError, Settings
from sim.store.asked import recalled

# Differences of the policy from the baseline by replication, in shares: they average 0.02.
SPREAD = (-0.03, 0.03, -0.01, 0.01, 0.02, -0.02)


def fake(settings: Settings, replication: int, snapshots: Path | None) -> SimpleNamespace:
    """Stands in for the model: pairs whose difference varies as ``SPREAD`` does."""
    with open(settings.results / "calls.txt", "a") as calls:
        calls.write(f"{settings.scenario} {replication}\n")
    gap = 0.0 if settings.scenario == "baseline" else 0.02 + SPREAD[replication % len(SPREAD)]
    cell = {"cohort": "stock", "metric": "employed_share", "group": "all", "horizon_weeks": 104}
    return SimpleNamespace(
        outcomes=pd.DataFrame([{**cell, "value": 0.4 + gap, "unit": "share"}]),
        weekly=pd.DataFrame({"week": [0], "series": ["registered"], "value": [1.0]}),
        timings={},
    )


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sim.sweep, "run_all", partial(sim.sweep.run_all, simulate=fake, progress=False))


def experiment(**changes: object) -> Experiment:
    tree = {"name": "own", "question": "What?", "levers": {"scenario": ["caseload_15"]}, "metrics": ["employed_share"]}
    return checked({**tree, **changes}, "own")


@pytest.fixture(scope="module")
def composed() -> list[Point]:
    settings = {"population": "classroom", "replications": 2, "workers": 1}
    return compose(experiment(settings=settings), Composer())


@pytest.fixture
def points(composed: list[Point], tmp_path: Path) -> list[Point]:
    return [p._replace(settings=p.settings.model_copy(update={"results": tmp_path})) for p in composed]


def calls(folder: Path) -> list[str]:
    return (folder / "calls.txt").read_text().splitlines()


@pytest.mark.usefixtures("quick")
def test_replications_are_added_until_the_interval_is_narrow(
    points: list[Point], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    conducted, sweep = conduct(points, ["experiment=own"], experiment(precision="1pp"))
    replications = conducted[0].settings.replications
    # By hand: a standard deviation of 2.3 pp takes some 23 pairs for 1 pp; at least that, and less than the most.
    assert 20 < replications < 200
    assert len(sweep.keys) == 2 * replications
    assert "1.00 pp is reached" in capsys.readouterr().out
    assert len(calls(tmp_path)) == len(set(calls(tmp_path))) == 2 * replications
    again, _ = conduct(points, ["experiment=own"], experiment(precision="1pp"))
    assert again[0].settings.replications == replications
    assert len(calls(tmp_path)) == 2 * replications


@pytest.mark.usefixtures("quick")
def test_a_precision_that_is_not_reached_is_given_up_at_the_most(
    points: list[Point], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = experiment(precision="0.1pp", most_replications=7)
    conducted, _ = conduct(points, ["experiment=own"], own)
    assert {p.settings.replications for p in conducted} == {7}
    assert len(calls(tmp_path)) == 14
    assert "takes about" in capsys.readouterr().out


@pytest.mark.usefixtures("quick")
def test_without_a_precision_there_are_as_many_as_asked(points: list[Point], tmp_path: Path) -> None:
    conducted, _ = conduct(points, ["experiment=own"], experiment())
    assert len(calls(tmp_path)) == 4
    assert conducted == points


@pytest.mark.usefixtures("quick")
def test_a_precision_in_another_unit_is_refused(points: list[Point]) -> None:
    with pytest.raises(ConfigurationError, match="precision=100nok: the outcome is in share"):
        conduct(points, ["experiment=own"], experiment(precision="100nok"))


@pytest.mark.usefixtures("quick")
def test_what_was_asked_stays_beside_the_results(points: list[Point], tmp_path: Path) -> None:
    command = ["experiment=own", "replications=2"]
    conduct(points, command, experiment())
    conduct(points, command, experiment())
    [asked] = recalled(tmp_path)
    assert (asked.command, asked.experiment) == (command, "own")
    assert sorted(asked.runs.values()) == [
        f"{name}, replication {number}" for name in ("baseline", "caseload_15") for number in (0, 1)
    ]
    assert asked.points[1] == {"scenario": "caseload_15", "point": {"scenario": "caseload_15"}}
    [file] = tmp_path.glob("asked/*.json")
    (tmp_path / "asked" / "cut.json").write_text(file.read_text()[:50])
    (tmp_path / "asked" / "other.json").write_text(json.dumps({"speed": 3}))
    assert recalled(tmp_path) == [asked]  # files that cannot be read are passed over


def test_a_precision_that_cannot_be_read_is_told_before_anything_runs() -> None:
    with pytest.raises(ConfigurationError, match=r"^precision=half: must be a number above zero"):
        asked("headline", ["population=classroom", "precision=half"], Composer())
