"""The configuration from the command line to Settings: what is accepted, and how mistakes are told."""

from __future__ import annotations

import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from copy import deepcopy
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from experiments import run
from sim.parameters import CONFIGS
from sim.policy import Levers, Policy, baseline, levers, unit
from sim.settings import Composer, ConfigurationError, Settings, compose, settings_from
from sim.world import World

RUN = CONFIGS.parent / "experiments" / "run.py"
SCENARIOS = sorted(path.stem for path in (CONFIGS / "scenario").glob("*.yaml"))

Change = Callable[[str, Any], dict[str, Any]]


@pytest.fixture(scope="module")
def composer() -> Composer:
    return Composer()


@pytest.fixture(scope="module")
def whole(composer: Composer) -> dict[str, Any]:
    return composer.tree([])


@pytest.fixture
def changed(whole: dict[str, Any]) -> Change:
    """The default tree with one value set by its dotted key."""

    def change(key: str, value: Any) -> dict[str, Any]:
        tree = deepcopy(whole)
        *groups, name = key.split(".")
        node = tree
        for group in groups:
            node = node.setdefault(group, {})
        node[name] = value
        return tree

    return change


def refused(action: Callable[[], Any]) -> str:
    """The message of the ConfigurationError that ``action`` raises; always one line."""
    with pytest.raises(ConfigurationError) as caught:
        action()
    assert "\n" not in str(caught.value)
    return str(caught.value)


# What is accepted


def test_defaults(composer: Composer):
    settings = composer.settings([])
    assert settings.scenario == "baseline"
    assert settings.population.name == "district"
    assert settings.population.registered == 10_000
    assert (settings.horizon.weeks, settings.horizon.burn_in_weeks, settings.horizon.track_weeks) == (
        156,
        260,
        156,
    )
    assert settings.results == Path("results")
    assert settings.policy == settings.baseline
    assert settings.policy.regions == "all"
    assert isinstance(settings.world, World)
    assert next(iter(settings.parameters)).partition(".")[0] == World._fields[0]


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_scenario_is_valid_and_bears_its_name(composer: Composer, scenario: str):
    assert composer.settings([f"scenario={scenario}"]).scenario == scenario


@pytest.mark.parametrize("population", ["classroom", "district", "county", "norway"])
def test_every_population(composer: Composer, population: str):
    assert composer.settings([f"population={population}"]).population.name == population


@pytest.mark.parametrize("world", ["slack", "tight"])
def test_every_world(composer: Composer, world: str):
    varied, baseline = composer.settings([f"world={world}"]), composer.settings([])
    assert varied.world != baseline.world
    assert list(varied.parameters) == list(baseline.parameters)


def test_scenarios_do_what_they_say(composer: Composer):
    def lever_of(scenario: str) -> Policy:
        return composer.settings([f"scenario={scenario}"]).policy

    assert lever_of("se_in_house").se.effective_in_house_share() == 1
    assert lever_of("se_outsourced").se.effective_in_house_share() == 0
    assert lever_of("baseline").se.effective_in_house_share() == 0.26
    assert lever_of("tender_price_40") == lever_of("baseline")
    for name in SCENARIOS:
        kind, _, number = name.rpartition("_")
        if kind == "caseload":
            assert lever_of(name).supervisors.caseload == int(number)
        if kind == "tender_price":
            assert lever_of(name).tender.price_weight == int(number) / 100


def test_the_command_line_wins_over_the_scenario(composer: Composer):
    for order in (1, -1):
        overrides = ["scenario=tender_price_80", "policy.tender.price_weight=0.3"][::order]
        assert composer.settings(overrides).policy.tender.price_weight == 0.3


def test_a_world_value_keeps_its_unit_and_range(composer: Composer):
    baseline = composer.settings([])
    key, parameter = next((key, it) for key, it in baseline.parameters.items() if not isinstance(it.value, tuple))
    settings = composer.settings([f"world.{key}={parameter.range[1]}"])
    assert settings.parameters[key].value == parameter.range[1]
    assert settings.parameters[key].unit == parameter.unit
    section, _, name = key.partition(".")
    assert getattr(getattr(settings.world, section), name) == parameter.range[1]
    assert "must be a number from" in refused(lambda: composer.settings([f"world.{key}=1e30"]))


def test_a_world_list_can_be_overridden(composer: Composer):
    for key, parameter in composer.settings([]).parameters.items():
        if isinstance(parameter.value, tuple):
            lowest = [parameter.range[0]] * len(parameter.value)
            settings = composer.settings([f"world.{key}={lowest}"])
            assert settings.parameters[key].value == tuple(lowest)
            return
    pytest.skip("no parameter of this world is a list")


def test_a_whole_number_may_stand_for_a_float(changed: Change):
    settings = settings_from(changed("policy.tender.price_weight", 1))
    assert settings.policy.tender.price_weight == 1
    assert type(settings.policy.tender.price_weight) is float


def test_regions(composer: Composer):
    regions = composer.settings(["population=county", "policy.regions=[4,0]"]).policy.regions
    assert regions == (0, 4)


def test_a_scenario_of_ones_own(tmp_path: Path):
    (tmp_path / "scenario").mkdir()
    file = tmp_path / "scenario" / "my_own.yaml"
    text = (CONFIGS / "scenario" / "tender_price_80.yaml").read_text()
    file.write_text(text.replace("tender_price_80", "my_own"))
    assert Composer(config_dir=tmp_path).settings(["scenario=my_own"]).policy.tender.price_weight == 0.8
    file.write_text(text)
    message = refused(lambda: Composer(config_dir=tmp_path).settings(["scenario=my_own"]))
    assert message == "scenario/my_own.yaml: must say `scenario: my_own`, not tender_price_80"
    file.write_text("scenario: my_own\n")  # without the first line
    message = refused(lambda: Composer(config_dir=tmp_path).settings(["scenario=my_own"]))
    assert message == "scenario/my_own.yaml: its first line must be `# @package _global_`"
    file.write_text("# @package _global_\nscenario: [")
    assert "my_own.yaml" in refused(lambda: Composer(config_dir=tmp_path).settings(["scenario=my_own"]))


def test_a_scenario_may_change_the_world(tmp_path: Path, composer: Composer):
    key, parameter = next(
        (key, it) for key, it in composer.settings([]).parameters.items() if not isinstance(it.value, tuple)
    )
    section, _, name = key.partition(".")
    (tmp_path / "scenario").mkdir()
    file = tmp_path / "scenario" / "my_own.yaml"
    content = {"scenario": "my_own", "world": {section: {name: parameter.range[0]}}}
    file.write_text("# @package _global_\n" + yaml.safe_dump(content))
    settings = Composer(config_dir=tmp_path).settings(["scenario=my_own"])
    assert settings.parameters[key].value == parameter.range[0]
    assert set(settings.parameters) == set(composer.settings([]).parameters)


def test_settings_are_frozen_and_travel_between_processes(composer: Composer):
    settings = composer.settings([])
    with pytest.raises(ValidationError):
        settings.seed = 3  # type: ignore[misc]
    assert pickle.loads(pickle.dumps(settings)) == settings
    dumped = settings.model_dump(mode="json")
    assert dumped["policy"]["tender"]["price_weight"] == 0.4
    assert list(dumped["world"]) == list(World._fields)
    assert isinstance(dumped["world"][World._fields[0]], dict)


def test_compose_is_the_short_way():
    assert compose("replications=7", "seed=3").replications == 7


# The levers


def test_levers_are_numbers_in_the_order_of_the_schema(composer: Composer):
    policy = composer.settings(["scenario=se_outsourced", "policy.se.budget_neutral=true"]).policy
    numbers = levers(policy)
    assert list(numbers)[:3] == ["se_delivery", "se_in_house_share", "se_places_per_1000"]
    assert list(numbers)[-1] == "kvp_subsidised_counts"
    assert all(type(number) is float for number in numbers.values())
    assert numbers["se_delivery"] == 1  # second of in_house, outsourced, mixed
    assert numbers["se_budget_neutral"] == 1
    assert numbers["tender_price_weight"] == 0.4
    assert "regions" not in numbers


def test_every_lever_states_its_meaning_and_unit():
    for group, declaration in Policy.model_fields.items():
        kind = declaration.annotation
        if isinstance(kind, type) and issubclass(kind, Levers):
            for name, field in kind.model_fields.items():
                assert field.description and unit(field), f"{group}.{name}"


def test_the_policy_file_is_the_baseline():
    file = CONFIGS / "policy" / "baseline.yaml"
    assert yaml.safe_load(file.read_text()) == baseline().model_dump(), "git checkout configs takes changes back"


def test_an_edited_policy_leaves_the_baseline_as_it_is(changed: Change):
    settings = settings_from(changed("policy.tender.price_weight", 0.7))
    assert settings.policy.tender.price_weight == 0.7
    assert settings.baseline == baseline()
    assert settings.baseline.tender.price_weight == 0.4


def test_every_lever_has_a_comment_in_the_baseline():
    lines = (CONFIGS / "policy" / "baseline.yaml").read_text().splitlines()
    assert lines[0].startswith("#")
    for line in lines:
        assert not line.strip() or "#" in line, line


# How mistakes are told


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("policy.tender.price_weight", 1.5, "policy.tender.price_weight=1.5: must be a number from 0 to 1"),
        ("policy.tender.price_weight", "x", "policy.tender.price_weight=x: must be a number from 0 to 1"),
        ("policy.tender.price_weight", True, "policy.tender.price_weight=true: must be a number from 0 to 1"),
        (
            "policy.tender.price_weight",
            float("nan"),
            "policy.tender.price_weight=nan: must be a number from 0 to 1",
        ),
        (
            "policy.tender.price_weigth",
            0.5,
            "policy.tender.price_weigth=0.5: no such setting; nearest: policy.tender.price_weight",
        ),
        (
            "policy.se.delivery",
            "inhouse",
            "policy.se.delivery=inhouse: must be one of in_house, outsourced, mixed",
        ),
        ("policy.se.budget_neutral", 1, "policy.se.budget_neutral=1: must be true or false"),
        (
            "policy.se.phase_in_weeks",
            1.5,
            "policy.se.phase_in_weeks=1.5: must be a whole number from 0 to 104",
        ),
        ("policy.tender", 5, "policy.tender=5: is a group; it holds price_weight, contract_weeks"),
        (
            "policy.regions",
            [0, 0],
            "policy.regions=[0, 0]: must be all, or a list of different region numbers",
        ),
        ("policy.regions", "some", "policy.regions=some: must be all, or a list of different region numbers"),
        (
            "policy.regions",
            [True],
            "policy.regions=[true]: must be all, or a list of different region numbers",
        ),
        ("policy.regions", [1], "policy.regions=[1]: population district has only region 0"),
        ("replications", "ten", "replications=ten: must be a whole number, 1 or more"),
        ("replications", True, "replications=true: must be a whole number, 1 or more"),
        ("replications", 1.5, "replications=1.5: must be a whole number, 1 or more"),
        ("replications", 0, "replications=0: must be a whole number, 1 or more"),
        ("seed", 2**32, "seed=4294967296: must be a whole number from 0 to 4294967295"),
        ("results", 5, "results=5: must be a text"),
        ("results", "", 'results="": must be a text'),
        ("record.persons", "yes", "record.persons=yes: must be true or false"),
        ("horizon.track_weeks", 10, "horizon.track_weeks=10: must be 156 (horizon.weeks) or more"),
        (
            "horizon",
            {"weeks": 3900, "burn_in_weeks": 260, "track_weeks": 3900},
            "horizon.weeks=3900: with horizon.burn_in_weeks=260 it must not exceed 4000",
        ),
        ("speed", 3, "speed=3: no such setting; nearest: seed"),
        ("baseline", {"a": 1}, "baseline.a=1: no such setting"),
        ("parameters", 3, "parameters=3: no such setting"),
        (
            "policy._target_",
            "os.system",
            "policy._target_=os.system: a configuration is data and calls nothing",
        ),
        ("world.nosuch.x", 1, "world.nosuch.x=1: no such setting; there are "),
    ],
)
def test_mistakes_in_the_tree(changed: Change, key: str, value: Any, message: str):
    assert refused(lambda: settings_from(changed(key, value))).startswith(message)


@pytest.mark.parametrize("key", ["policy.tender", "policy.regions", "seed", "world", "scenario"])
def test_what_is_missing_is_named(whole: dict[str, Any], key: str):
    tree = deepcopy(whole)
    group, _, name = key.rpartition(".")
    del (tree[group] if group else tree)[name]
    assert refused(lambda: settings_from(tree)) == f"{key}: missing"


@pytest.mark.parametrize(
    ("override", "message"),
    [
        (
            "policy.tender.price_weigth=1",
            "policy.tender.price_weigth=1: no such setting; nearest: policy.tender.p",
        ),
        ("price_weight=0.5", "price_weight=0.5: no such setting; nearest: policy.tender.price_weight"),
        ("+speed=3", "speed=3: no such setting; nearest: seed"),
        ("++speed=3", "speed=3: no such setting; nearest: seed"),
        ("+policy.foo=1", "policy.foo=1: no such setting; there are se, supervisors, tender"),
        ("world.nosuch.x=1", "world.nosuch.x=1: no such setting; there are "),
        ("scenario=nonsense", "scenario=nonsense: no such scenario; there are baseline, caseload_100"),
        ("scenario=se_inhouse", "scenario=se_inhouse: no such scenario; nearest: se_in_house; there are "),
        (
            "population=distric",
            "population=distric: no such population; nearest: district; there are classroom",
        ),
        ("population=null", "population=null: no such population; there are classroom"),
        ("policy=5", "policy=5: no such policy; there are baseline"),
        (
            f"world={World._fields[0]}",
            f"world={World._fields[0]}: no such world; there are baseline, slack, tight",
        ),
        ("replications=ten", "replications=ten: must be a whole number"),
        ("seed=1,2", "seed=1,2: several values; add -m"),
        ("policy={a:x", "policy={a:x: not readable; write key=value"),
        ("baseline", "baseline: not readable; write key=value"),
        ("~policy.tender", "policy.tender: missing"),
        ("~scenario", "scenario: missing"),
        ("~nosuch", "Could not delete from config. 'nosuch' does not exist."),
        ("seed=${nosuch}", "seed: Interpolation key 'nosuch' not found"),
        ("hydra.nosuch=1", "hydra.nosuch: "),
        ("+policy._target_=os.system", "policy._target_=os.system: a configuration is data"),
        (
            "+hydra.callbacks.x._target_=os.system",
            "hydra.callbacks.x._target_=os.system: a configuration is data",
        ),
        ("hydra.launcher._target_=os.system", "hydra.launcher._target_=os.system: a configuration is data"),
    ],
)
def test_mistakes_on_the_command_line(composer: Composer, override: str, message: str):
    assert refused(lambda: composer.settings([override])).startswith(message)


# The program


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> SimpleNamespace:
    """The program in an empty folder, without simulating: ``main``, and the calls of run_all it made."""
    calls: list[list[Settings]] = []
    outcome = SimpleNamespace(failed=[], keys=[])

    def run_all(points: Sequence[Settings]) -> SimpleNamespace:
        calls.append(list(points))
        return outcome

    monkeypatch.setattr("sim.sweep.run_all", run_all)
    monkeypatch.setattr(sys, "argv", [str(RUN)])
    monkeypatch.delenv("TILTAK_TRACEBACK", raising=False)
    monkeypatch.setenv("HYDRA_FULL_ERROR", "0")
    monkeypatch.chdir(tmp_path)
    return SimpleNamespace(main=run.main, calls=calls, outcome=outcome, folder=tmp_path)


def test_one_point(program: SimpleNamespace):
    assert program.main(["scenario=se_in_house", "replications=2"]) == 0
    [[settings]] = program.calls
    assert (settings.scenario, settings.replications) == ("se_in_house", 2)


def test_a_sweep_runs_its_points_together(program: SimpleNamespace):
    assert program.main(["-m", "scenario=baseline,se_in_house", "seed=1,2", "population=classroom"]) == 0
    [points] = program.calls
    assert [(point.scenario, point.seed) for point in points] == [
        ("baseline", 1),
        ("baseline", 2),
        ("se_in_house", 1),
        ("se_in_house", 2),
    ]
    assert {point.population.name for point in points} == {"classroom"}


def test_a_bad_point_stops_the_sweep_before_it_starts(program: SimpleNamespace, capsys: pytest.CaptureFixture[str]):
    assert program.main(["-m", "policy.tender.price_weight=0.1,7,0.2"]) == 2
    assert program.calls == []
    assert capsys.readouterr().err == (
        "error: point 2 of 3 (policy.tender.price_weight=7): "
        "policy.tender.price_weight=7: must be a number from 0 to 1\n"
    )


@pytest.mark.slow
@pytest.mark.parametrize("setting", ["hydra/sweeper=basic", "hydra.verbose=false"])
def test_hydra_hands_its_points_to_the_engine_together(program: SimpleNamespace, setting: str):
    assert program.main(["-m", "seed=1,2", setting, "results=here"]) == 0
    assert [[point.seed for point in points] for points in program.calls] == [[1, 2]]
    assert program.calls[0] == Composer().all_settings([["seed=1", "results=here"], ["seed=2", "results=here"]])
    assert [path.name for path in program.folder.iterdir()] == ["here"]
    # What was asked, by us and by Hydra.
    assert sorted(path.name for path in (program.folder / "here").iterdir()) == ["asked", "multirun.yaml"]


def test_one_point_with_a_setting_of_hydra(program: SimpleNamespace):
    assert program.main(["seed=2", "hydra.verbose=false", "results=here"]) == 0
    assert [[point.seed for point in points] for points in program.calls] == [[2]]


def test_a_failed_run_gives_status_1(program: SimpleNamespace):
    program.outcome.failed.append("a run")
    assert program.main([]) == 1


def test_other_errors_take_one_line_unless_asked(
    program: SimpleNamespace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    def run_all(points: Sequence[Settings]) -> None:
        raise OSError("the disk\nis full")

    monkeypatch.setattr("sim.sweep.run_all", run_all)
    assert program.main([]) == 1
    assert capsys.readouterr().err == "error: the disk is full (TILTAK_TRACEBACK=1 shows where)\n"
    monkeypatch.setenv("TILTAK_TRACEBACK", "1")
    with pytest.raises(OSError, match="the disk"):
        program.main([])


@pytest.mark.parametrize(
    "arguments",
    [
        ["--nosuch"],
        ["--cfg", "nosuch"],
        ["-m", "--cfg", "job"],
        ["--resolve"],
        ["--experimental-rerun", "x.pickle"],
        ["--config-name", "nosuch"],
        ["--config-dir", "nosuch"],
        ["-m", "seed=interval(1,2)"],
        ["-m", "policy={a:x"],
        ["--cfg", "job", "seed=-1"],
        ["--cfg", "job", "experiment=caseload"],
        ["--help", "experiment=caseload"],
        ["hydra.verbose=false", "seed=-1"],
        ["-m", "hydra.verbose=false", "seed=1,-1", "results=here"],
        ["-m", "hydra/sweeper=basic", "scenario=baseline,nosuch", "results=here"],
        ["experiment=nosuch"],
        ["experiment=caseload", "experiment=tender"],
        ["experiment=caseload", "population=nosuch"],
        ["experiment=caseload", "policy.supervisors.caseload=20,-4"],
        ["experiment=caseload", "--config-dir", "nosuch"],
    ],
)
def test_bad_calls(program: SimpleNamespace, capsys: pytest.CaptureFixture[str], arguments: list[str]):
    assert program.main(arguments) == 2
    said = capsys.readouterr()
    assert said.err.startswith("error: ")
    assert said.err.count("\n") == 1
    assert said.out == ""
    assert program.calls == []
    assert list(program.folder.iterdir()) == []


def test_hydra_still_shows_the_configuration(program: SimpleNamespace, capsys: pytest.CaptureFixture[str]):
    assert program.main(["--cfg", "job", "--package", "policy.tender", "scenario=tender_price_80"]) == 0
    assert "price_weight: 0.8" in capsys.readouterr().out
    assert program.calls == []


def called(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(RUN), *arguments], cwd=folder, capture_output=True, text=True, timeout=60
    )


def test_a_bad_call_from_the_shell(tmp_path: Path):
    done = called(tmp_path, "policy.tender.price_weigth=0.5")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == (
        "error: policy.tender.price_weigth=0.5: no such setting; nearest: policy.tender.price_weight\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_help_from_the_shell(tmp_path: Path):
    done = called(tmp_path, "--help")
    assert done.returncode == 0
    assert "se_in_house" in done.stdout
    assert done.stderr == ""
    assert list(tmp_path.iterdir()) == []


def test_the_model_is_not_loaded_to_read_a_configuration():
    code = "import sys; from sim.settings import compose; compose(); print('numba' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout == "False\n"


# The cache of composed worlds


@pytest.fixture
def own_configs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the configuration files that may be changed, and an empty cache."""
    monkeypatch.setenv("TILTAK_CACHE", str(tmp_path / "cache"))
    return Path(shutil.copytree(CONFIGS, tmp_path / "configs"))


def test_a_world_is_read_from_the_cache_until_a_file_changes(own_configs: Path) -> None:
    fresh = Composer(config_path=own_configs).settings([])
    files = list((own_configs.parent / "cache" / "worlds").iterdir())
    assert len(files) == 1
    composer = Composer(config_path=own_configs)
    assert composer.settings([]).world == fresh.world and composer.settings([]).world == compose().world
    assert list((own_configs.parent / "cache" / "worlds").iterdir()) == files

    search = own_configs / "world" / "search.yaml"
    search.write_text(search.read_text(encoding="utf-8").replace("{value: 30, unit", "{value: 31, unit", 1))
    assert Composer(config_path=own_configs).settings([]).world.search.looks == fresh.world.search.looks + 1


def test_a_damaged_world_of_the_cache_is_composed_anew(own_configs: Path) -> None:
    fresh = Composer(config_path=own_configs).settings([])
    (file,) = (own_configs.parent / "cache" / "worlds").iterdir()
    file.write_bytes(file.read_bytes().replace(b"30", b"31", 1))
    assert Composer(config_path=own_configs).settings([]).world == fresh.world


def test_a_world_that_comes_from_elsewhere_is_not_kept(own_configs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    search = own_configs / "world" / "search.yaml"
    text = search.read_text(encoding="utf-8")
    search.write_text(text.replace("{value: 30, unit", '{value: "${oc.decode:${oc.env:LOOKS}}", unit', 1))
    for looks in (20, 25):
        monkeypatch.setenv("LOOKS", str(looks))
        assert Composer(config_path=own_configs).settings([]).world.search.looks == looks
