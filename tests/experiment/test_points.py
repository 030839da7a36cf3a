"""Every point is composed before the first runs: a baseline in every world, no policy twice, mistakes by name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sim.experiment import Experiment, compose
from sim.experiment.files import checked
from sim.settings import Composer, ConfigurationError

CASELOADS = "policy.supervisors.caseload"
TODAY = 120  # the baseline's


@pytest.fixture(scope="module")
def composer() -> Composer:
    return Composer()


def experiment(**changes: Any) -> Experiment:
    settings = {"population": "classroom", "replications": 2}
    return checked(
        {"name": "own", "question": "What?", "levers": {CASELOADS: [20]}, "settings": settings} | changes, ""
    )


def test_every_world_has_its_own_baseline(composer: Composer) -> None:
    points = compose(experiment(uncertainties={"world.people.trust": [0.05, 0.1]}), composer)
    assert [(p.settings.scenario, p.baseline, dict(p.levers), dict(p.uncertainties)) for p in points] == [
        ("baseline", True, {}, {"world.people.trust": 0.05}),
        ("baseline with supervisors.caseload 20.0", False, {CASELOADS: 20}, {"world.people.trust": 0.05}),
        ("baseline", True, {}, {"world.people.trust": 0.1}),
        ("baseline with supervisors.caseload 20.0", False, {CASELOADS: 20}, {"world.people.trust": 0.1}),
    ]
    assert [p.settings.world.people.trust for p in points] == [0.05, 0.05, 0.1, 0.1]
    assert {p.settings.population.name for p in points} == {"classroom"}
    assert {p.settings.results for p in points} == {Path("results/own")}


def test_a_policy_that_is_the_baseline_is_one_point_with_it(composer: Composer) -> None:
    points = compose(experiment(levers={CASELOADS: [TODAY, 20]}), composer)
    assert [(p.settings.scenario, p.baseline) for p in points] == [
        ("baseline", True),
        ("baseline with supervisors.caseload 20.0", False),
    ]


def test_another_comparator(composer: Composer) -> None:
    own = experiment(levers={"scenario": ["caseload_15"]}, baseline={"scenario": "caseload_60"})
    points = compose(own, composer)
    assert [(p.settings.scenario, p.baseline) for p in points] == [("caseload_60", True), ("caseload_15", False)]
    assert points[0].settings.policy.supervisors.caseload == 60


def test_results_go_where_the_command_line_says(composer: Composer) -> None:
    settings = {"population": "classroom", "results": "elsewhere"}
    assert {p.settings.results for p in compose(experiment(settings=settings), composer)} == {Path("elsewhere")}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"levers": {CASELOADS: [20, -4]}},
            r"^point 3 of 3 \(.*caseload=-4\): policy.supervisors.caseload=-4: must be a number from",
        ),
        ({"settings": {"population": "clasroom"}}, "population=clasroom: no such population; nearest: classroom"),
        ({"metrics": ["employed_shar"]}, r"metrics: no metric 'employed_shar' \(did you mean employed_share\?\)"),
    ],
)
def test_what_is_wrong_is_told_before_anything_runs(composer: Composer, changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigurationError, match=message) as caught:
        compose(experiment(**changes), composer)
    assert "\n" not in str(caught.value)
