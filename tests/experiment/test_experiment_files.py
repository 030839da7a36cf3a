"""An experiment is read from a file, changed on the command line, and refused in one line where it is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sim.experiment import Experiment, compose, extended, names, read, with_arguments
from sim.experiment.files import Span, checked
from sim.settings import Composer, ConfigurationError

CASELOADS = "policy.supervisors.caseload"


@pytest.fixture(scope="module")
def composer() -> Composer:
    return Composer()


def experiment(**changes: Any) -> Experiment:
    tree = {"name": "own", "question": "What?", "levers": {CASELOADS: [20, 40]}, "settings": {"replications": 2}}
    return checked({**tree, **changes}, "own")


@pytest.mark.parametrize("name", names())
def test_a_shipped_experiment_asks_a_question_and_can_be_read(name: str) -> None:
    found = read(name)
    assert found.name == name
    assert found.question.endswith("?")


@pytest.mark.slow
@pytest.mark.parametrize("name", names())
def test_every_point_of_a_shipped_experiment_is_valid(composer: Composer, name: str) -> None:
    found = read(name)
    points = compose(found, composer)
    bases = [point for point in points if point.baseline]
    assert {point.settings.scenario for point in bases} == {"baseline"}
    assert len({(point.settings.scenario, repr(point.uncertainties)) for point in points}) == len(points) > len(bases)
    assert {str(point.settings.results) for point in points} == {f"results/{name}"}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"leverz": {}}, r"own: leverz: no such entry \(did you mean levers\?\); there are question, levers"),
        ({"design": {"kind": "sobol", "point": 8}}, r"own: design.point: no such entry \(did you mean points\?\)"),
        ({"design": {"kind": "cube"}}, r"own: design.kind=cube: input should be 'grid', 'latin_hypercube' or 'sobol'"),
        ({"design": {"kind": "sobol", "points": 0}}, "own: design.points=0: input should be greater than"),
        ({"levers": {CASELOADS: []}}, f"own: {CASELOADS}: no values"),
        ({"levers": {CASELOADS: {"low": 9, "high": 3}}}, f"own: {CASELOADS}: low 9 must lie below high 3"),
        ({"levers": {CASELOADS: {"low": 3, "high": 9}}}, f"own: {CASELOADS}: a span from low to high needs a design"),
        ({"uncertainties": {CASELOADS: [1]}}, f"own: {CASELOADS}: either a lever or an uncertainty, not both"),
        ({"levers": {"world.people.trust": [0.1]}}, "own: world.people.trust: no lever of the agency's"),
        ({"question": ""}, 'own: question="": string should have at least 1 character'),
    ],
)
def test_a_mistake_in_a_file_is_told_in_one_line(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigurationError, match=message) as caught:
        experiment(**changes)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("question: [", "experiment/own.yaml: not readable as YAML"),
        ("- a\n- b", "experiment/own.yaml: must hold question, levers"),
        ("question: What?", "experiment/own.yaml: levers: missing"),
    ],
)
def test_a_file_that_is_no_experiment_is_told_in_one_line(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "own.yaml").write_text(text)
    with pytest.raises(ConfigurationError, match=message) as caught:
        read("own", tmp_path)
    assert "\n" not in str(caught.value)


def test_an_unknown_experiment_is_told_with_the_nearest() -> None:
    with pytest.raises(ConfigurationError, match=r"^experiment=caselod: no such experiment; nearest: caseload; there "):
        read("caselod")


def test_the_command_line_changes_what_it_names(composer: Composer) -> None:
    own = experiment(uncertainties={"world": ["slack", "tight"]}, metrics=["employed_share"])
    arguments = [
        f"{CASELOADS}=30,60",
        "policy.se.delivery=in_house,outsourced",
        "world=tight",
        "world.people.trust=0.05,0.1",
        "replications=3",
        "design.seed=7",
        "metrics=[trust]",
        "precision=0.5pp",
        "most_replications=30",
    ]
    found = with_arguments(own, arguments, composer)
    assert found.levers == {CASELOADS: [30, 60], "policy.se.delivery": ["in_house", "outsourced"]}
    assert found.uncertainties == {"world": ["tight"], "world.people.trust": [0.05, 0.1]}
    assert found.settings == {"replications": 3}
    assert (found.design.seed, found.metrics, found.precision, found.most_replications) == (7, ["trust"], "0.5pp", 30)
    assert own.levers == {CASELOADS: [20, 40]}  # the experiment that was read stays as it is


def test_one_value_holds_for_all_points_and_another_baseline_can_be_named(composer: Composer) -> None:
    found = with_arguments(experiment(), ["policy.se.delivery=in_house", "baseline.scenario=caseload_60"], composer)
    assert found.settings == {"replications": 2, "policy.se.delivery": "in_house"}
    assert found.baseline == {"scenario": "caseload_60"}


@pytest.mark.parametrize(
    ("argument", "message"),
    [
        ("design.sed=3", r"experiment own: design.sed: no such entry \(did you mean seed\?\)"),
        ("+speed=3", r"\+speed=3: an experiment changes settings that there are"),
        ("design.kind=cube", "experiment own: design.kind=cube: "),
        ("most_replications=1", "experiment own: most_replications=1: "),
        ("policy={a:x", "not readable; write key=value"),
    ],
)
def test_a_wrong_argument_is_told_in_one_line(composer: Composer, argument: str, message: str) -> None:
    with pytest.raises(ConfigurationError, match=message) as caught:
        with_arguments(experiment(), [argument], composer)
    assert "\n" not in str(caught.value)


def test_a_span_may_come_from_the_command_line_only_with_a_design_that_draws(composer: Composer) -> None:
    own = experiment(levers={CASELOADS: {"low": 15, "high": 200}}, design={"kind": "latin_hypercube", "points": 5})
    assert own.levers == {CASELOADS: Span(low=15, high=200)}
    assert with_arguments(own, [f"{CASELOADS}=20"], composer).levers == {CASELOADS: [20]}
    with pytest.raises(ConfigurationError, match="a span from low to high needs a design"):
        with_arguments(own, ["design.kind=grid"], composer)


# A command with further settings


@pytest.mark.parametrize(
    ("command", "more", "expected"),
    [
        (["scenario=baseline"], ["replications=9"], ["scenario=baseline", "replications=9"]),
        (["replications=5", "results=x"], ["replications=9"], ["replications=9"]),
        (["-m", "seed=1,2"], ["seed=2,3"], ["-m", "seed=1,2,3"]),
        (["-m", "seed=1,2"], ["seed=3"], ["-m", "seed=1,2,3"]),
        (["-m", "seed=range(1,3)"], ["seed=3"], ["-m", "seed=1,2,3"]),
        (["seed=1"], ["seed=2,3"], ["-m", "seed=2,3"]),
        (["--config-dir", "own", "-m", "seed=1,2"], ["seed=3"], ["--config-dir", "own", "-m", "seed=1,2,3"]),
        (["experiment=discharge"], ["seed=3"], ["experiment=discharge", "seed=3"]),
        (
            ["experiment=discharge"],
            ["policy.se.follow_up_weeks=39,104"],
            ["experiment=discharge", "policy.se.follow_up_weeks=13,26,52,104,39"],
        ),
        (
            ["experiment=discharge", "policy.se.follow_up_weeks=4,8"],
            ["policy.se.follow_up_weeks=39"],
            ["experiment=discharge", "policy.se.follow_up_weeks=4,8,39"],
        ),
    ],
)
def test_a_command_is_extended(command: list[str], more: list[str], expected: list[str]) -> None:
    assert extended(command, more) == expected
