"""Parameters: the files of configs/world against the schema, and the machinery on a small world."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, NamedTuple, get_type_hints

import pytest

from sim.parameters import CONFIGS, ConfigurationError, Parameter, build, read_section, shown, table, unknown
from sim.world import World

WORLD = CONFIGS / "world"
VARIANTS = {"baseline", "slack", "tight"}


class Trust(NamedTuple):
    gain: float
    decay: float
    start: int
    shape: tuple[float, ...]
    pair: tuple[float, float]


class Demand(NamedTuple):
    tightness: float


class Small(NamedTuple):
    trust: Trust
    demand: Demand


TRUST = """
gain: {value: 0.06, unit: 1/hour, range: [0.02, 0.15], status: assumed, meaning: built in an hour, source: X1}
decay: {value: 1, unit: 1/week, range: [0, 1], status: source, meaning: lost in a week, source: I1}
start: {value: 3, unit: weeks, range: [0, 9], status: document, meaning: when it starts, source: GZ}
shape: {value: [0.1, 0.2], unit: share, range: [0, 1], status: derived, meaning: by step, source: I2}
pair: {value: [1, 2], unit: weeks, range: [0, 5], status: derived, meaning: first and last, source: I3}
"""
DEMAND = """
tightness:
  {value: 1.1, unit: vacancies per person, range: [0.3, 3], status: source, meaning: open jobs, source: I80}
"""


def entry(**changes: Any) -> dict[str, Any]:
    """The mapping of one valid parameter."""
    return {
        "value": 0.06,
        "unit": "1/hour",
        "range": [0.02, 0.15],
        "status": "assumed",
        "meaning": "trust built by an hour",
        "source": "KVP",
    } | changes


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "trust.yaml").write_text(TRUST)
    (tmp_path / "demand.yaml").write_text(DEMAND)
    return tmp_path


@pytest.fixture
def tree() -> dict[str, Any]:
    """Only values, as if the user had overridden each."""
    trust = {"gain": 0.1, "decay": 0.5, "start": 4, "shape": [0.3, 0.4, 0.5], "pair": [1, 2]}
    return {"trust": trust, "demand": {"tightness": 2}}


def test_files_and_schema_have_the_same_keys():
    sections = {path.stem for path in WORLD.glob("*.yaml")} - VARIANTS
    assert sections == set(World._fields)
    for section, schema in get_type_hints(World).items():
        assert set(read_section(WORLD / f"{section}.yaml")) == set(schema._fields), section


@pytest.mark.parametrize("section", World._fields)
def test_every_file_is_valid(section: str):
    assert read_section(WORLD / f"{section}.yaml")


def test_a_value_alone_takes_the_rest_from_the_file(folder: Path, tree: dict[str, Any]):
    world, parameters = build(Small, tree, folder)
    assert world.trust == Trust(gain=0.1, decay=0.5, start=4, shape=(0.3, 0.4, 0.5), pair=(1.0, 2.0))
    assert parameters["trust.gain"] == Parameter(0.1, "1/hour", (0.02, 0.15), "assumed", "built in an hour", "X1")
    assert list(parameters) == [*(f"trust.{name}" for name in Trust._fields), "demand.tightness"]


def test_a_whole_entry_is_taken_as_it_is(folder: Path, tree: dict[str, Any]):
    tree["trust"]["gain"] = entry(value=7, range=[0, 10])
    world, parameters = build(Small, tree, folder)
    assert world.trust.gain == 7
    assert parameters["trust.gain"].range == (0, 10)


def test_numbers_get_the_type_of_the_schema(folder: Path, tree: dict[str, Any]):
    world, _ = build(Small, tree, folder)
    assert type(world.demand.tightness) is float
    assert type(world.trust.start) is int
    assert [type(number) for number in world.trust.pair] == [float, float]


@pytest.mark.parametrize(
    ("section", "name", "value", "message"),
    [
        ("trust", "gain", 0.5, "world.trust.gain=0.5: must be a number from 0.02 to 0.15 (1/hour)"),
        ("trust", "gain", "high", "world.trust.gain=high: must be a number from 0.02 to 0.15 (1/hour)"),
        ("trust", "gain", True, "world.trust.gain=true: must be a number from 0.02 to 0.15 (1/hour)"),
        ("trust", "gain", float("nan"), "world.trust.gain=nan: must be a number from 0.02 to 0.15 (1/hour)"),
        ("trust", "gain", None, "world.trust.gain=null: must be a number from 0.02 to 0.15 (1/hour)"),
        ("trust", "gain", [0.1, 0.1], "world.trust.gain=[0.1, 0.1]: must be one number, not a list"),
        ("trust", "start", 2.5, "world.trust.start=2.5: must be a whole number"),
        ("trust", "shape", 0.5, "world.trust.shape=0.5: must be a list of numbers"),
        ("trust", "shape", [0.5, 2], "world.trust.shape=[0.5, 2]: must be numbers from 0 to 1 (share)"),
        ("trust", "shape", [], "world.trust.shape=[]: must be numbers from 0 to 1 (share)"),
        ("trust", "pair", [1, 2, 3], "world.trust.pair=[1, 2, 3]: must be a list of 2 numbers"),
        ("trust", "gian", 1, "world.trust.gian=1: no such setting; nearest: world.trust.gain"),
        ("demand", "gain", 1, "world.demand.gain=1: no such setting; nearest: world.trust.gain"),
        ("demand", "xyz", 1, "world.demand.xyz=1: no such setting; there are tightness"),
    ],
)
def test_mistakes_in_values(folder: Path, tree: dict[str, Any], section: str, name: str, value: Any, message: str):
    tree[section][name] = value
    with pytest.raises(ConfigurationError) as caught:
        build(Small, tree, folder)
    assert str(caught.value) == message


def test_unknown_and_missing_sections(folder: Path, tree: dict[str, Any]):
    with pytest.raises(ConfigurationError, match=r"^world\.demnd\.x=1: .*; nearest: world\.demand$"):
        build(Small, tree | {"demnd": {"x": 1}}, folder)
    with pytest.raises(ConfigurationError, match=r"^world\.demand: missing$"):
        build(Small, {"trust": tree["trust"]}, folder)
    with pytest.raises(ConfigurationError, match=r"^world\.demand=5: is a group; it holds tightness$"):
        build(Small, tree | {"demand": 5}, folder)
    del tree["trust"]["decay"]
    with pytest.raises(ConfigurationError, match=r"^world\.trust\.decay: missing$"):
        build(Small, tree, folder)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"status": "guess"}, "gain.status=guess: must be one of document, source, derived, assumed"),
        ({"range": [2, 1]}, "gain.range=[2, 1]: the lowest comes first"),
        ({"range": [0.02]}, "gain.range=[0.02]: must be two numbers, [lowest, highest]"),
        ({"range": None}, "gain.range=null: must be two numbers, [lowest, highest]"),
        ({"unit": 1}, "gain.unit=1: must be a text"),
        ({"source": " "}, 'gain.source=" ": must be a text'),
        ({"value": 9}, "gain=9: must be a number from 0.02 to 0.15 (1/hour)"),
        ({"meanig": "x"}, "gain.meanig=x: no such setting; nearest: gain.meaning"),
    ],
)
def test_mistakes_in_a_file_name_file_and_key(tmp_path: Path, changes: dict[str, Any], message: str):
    import yaml

    path = tmp_path / "trust.yaml"
    path.write_text(yaml.safe_dump({"gain": entry(**changes)}))
    with pytest.raises(ConfigurationError) as caught:
        read_section(path)
    assert str(caught.value) == f"{path}: {message}"


@pytest.mark.parametrize("text", ["gain: 5", "- 1", "gain: {value: [", "gain: {value: 1}"])
def test_files_that_hold_no_parameters(tmp_path: Path, text: str):
    path = tmp_path / "trust.yaml"
    path.write_text(text)
    with pytest.raises(ConfigurationError) as caught:
        read_section(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)


def test_an_edited_file_is_read_anew(folder: Path):
    path = folder / "demand.yaml"
    assert read_section(path)["tightness"].value == 1.1
    path.write_text(DEMAND.replace("1.1", "1.4"))
    os.utime(path, ns=(1, 1))  # in case the clock of the file system is coarse
    assert read_section(path)["tightness"].value == 1.4


def test_a_value_for_a_parameter_that_its_file_lacks(folder: Path, tree: dict[str, Any]):
    (folder / "demand.yaml").write_text(TRUST)
    with pytest.raises(ConfigurationError, match=r"tightness=2: .*demand\.yaml does not describe"):
        build(Small, tree, folder)


def test_table_has_one_row_per_parameter(folder: Path, tree: dict[str, Any]):
    _, parameters = build(Small, tree, folder)
    frame = table(parameters)
    names = ["parameter", "value", "unit", "low", "high", "status", "meaning", "source"]
    assert list(frame.columns) == names
    assert list(frame["parameter"]) == list(parameters)
    assert frame.loc[0, ["unit", "low", "high"]].tolist() == ["1/hour", 0.02, 0.15]


def test_unknown_prefers_neighbours_then_the_same_name_elsewhere():
    known = ["seed", "policy.tender", "policy.tender.price_weight", "policy.se", "policy.se.caseload"]
    assert str(unknown("speed", 3, known)) == "speed=3: no such setting; nearest: seed"
    assert str(unknown("price_weight", 1, known)).endswith("nearest: policy.tender.price_weight")
    assert str(unknown("policy.foo", {"a": {"b": 1}}, known)) == (
        "policy.foo.a.b=1: no such setting; there are tender, se"
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        (None, "null"),
        ("plain", "plain"),
        ("", '""'),
        ("two\nlines", '"two\\nlines"'),
        (float("inf"), "inf"),
        ([1, "a"], '[1, "a"]'),
        ("x" * 100, "x" * 57 + "..."),
    ],
)
def test_values_are_shown_on_one_short_line(value: Any, text: str):
    assert shown(value) == text
