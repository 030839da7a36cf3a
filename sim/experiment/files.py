"""An experiment as a file of ``configs/experiment``, and the command line that changes it.

A file reads like an experiment of BehaviorSpace: what varies, how often it is repeated, how long, what is measured::

    question: What does a caseload of 15 to 200 do?
    levers: # what the agency can choose; every combination is a policy
      policy.supervisors.caseload: [15, 30, 60, 100, 200]
    uncertainties: # what it cannot; every combination is a world, with a baseline of its own
      world: [slack, tight]
    settings: # for all points
      population: district
      replications: 8
    metrics: [employed_share, public_cost_nok]

On the command line, a name that varies takes other values, any other setting holds for all points, and a setting with
several values varies, too::

    experiment=caseload population=classroom policy.supervisors.caseload=20,40 world.people.trust=0.05,0.1
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import Field, ValidationError

from sim.parameters import CONFIGS, ConfigurationError, one_line, shown
from sim.settings import Composer, Schema

FOLDER = CONFIGS / "experiment"
Value = bool | int | float | str | list[int] | list[float]


class Span(Schema):
    """All values between two, for a design that draws them."""

    low: float
    high: float
    whole: bool = False  # only whole numbers


class Design(Schema):
    """How the values of what varies are combined."""

    kind: Literal["grid", "latin_hypercube", "sobol"] = "grid"
    points: Annotated[int, Field(ge=1, le=1_000_000)] = 64  # of what has a span; lists are crossed with them
    seed: Annotated[int, Field(ge=0, le=2**32 - 1)] = 1  # of the design, apart from that of the worlds


class Experiment(Schema):
    """What is varied, how often it is repeated, what is measured, and what it is compared with."""

    name: Annotated[str, Field(min_length=1)]
    question: Annotated[str, Field(min_length=1)]
    levers: Mapping[str, list[Value] | Span]
    uncertainties: Mapping[str, list[Value] | Span] = {}
    settings: Mapping[str, Value] = {}
    baseline: Mapping[str, Value] = {"scenario": "baseline"}
    design: Design = Design()
    metrics: Annotated[list[str], Field(default_factory=list)]
    precision: Annotated[str, Field()] = ""  # of the first metric, for example 0.5pp; empty: as many as replications
    most_replications: Annotated[int, Field(ge=2)] = 200  # where a wanted precision is given up

    @property
    def factors(self) -> dict[str, list[Value] | Span]:
        """Everything that varies, levers first."""
        return {**self.levers, **self.uncertainties}


def names(folder: Path = FOLDER) -> list[str]:
    """The experiments that there are."""
    return sorted(path.stem for path in folder.glob("*.yaml"))


def read(name: str, folder: Path = FOLDER) -> Experiment:
    """The experiment in ``folder``/NAME.yaml. Raises ConfigurationError in one line."""
    path = folder / f"{name}.yaml"
    if not path.is_file():
        near = get_close_matches(name, names(folder), n=1)
        hint = f"nearest: {near[0]}; " if near else ""
        raise ConfigurationError(
            f"experiment={shown(name)}: no such experiment; {hint}there are {', '.join(names(folder))}"
        )
    try:
        tree = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise ConfigurationError(f"experiment/{name}.yaml: not readable as YAML ({one_line(error)})") from error
    if not isinstance(tree, dict):
        raise ConfigurationError(f"experiment/{name}.yaml: must hold question, levers, settings and so on by name")
    return checked({"name": name, **tree}, f"experiment/{name}.yaml")


def checked(tree: Mapping[str, Any], where: str) -> Experiment:
    """An experiment from plain data. Raises ConfigurationError, which names ``where`` and the entry."""
    try:
        experiment = Experiment.model_validate(tree)
    except ValidationError as error:
        raise ConfigurationError(f"{where}: {_explained(error)}") from None
    twice = set(experiment.levers) & set(experiment.uncertainties)
    if twice:
        raise ConfigurationError(f"{where}: {sorted(twice)[0]}: either a lever or an uncertainty, not both")
    for name in experiment.levers:
        if name != "scenario" and not name.startswith("policy."):
            raise ConfigurationError(
                f"{where}: {name}: no lever of the agency's, which are scenario and policy.*; "
                "put it among the uncertainties"
            )
    for name, values in experiment.factors.items():
        if isinstance(values, list) and not values:
            raise ConfigurationError(f"{where}: {name}: no values")
        if isinstance(values, Span) and values.low >= values.high:
            raise ConfigurationError(f"{where}: {name}: low {values.low:g} must lie below high {values.high:g}")
        if isinstance(values, Span) and experiment.design.kind == "grid":
            raise ConfigurationError(f"{where}: {name}: a span from low to high needs a design that draws from it")
    return experiment


def with_arguments(experiment: Experiment, arguments: Sequence[str], composer: Composer) -> Experiment:
    """The experiment as the command line changes it. Raises ConfigurationError for an argument that cannot be read."""
    tree = experiment.model_dump()
    for override in composer.parsed(arguments):
        key, line = override.get_key_element().lstrip("+~"), str(override.input_line)
        values = list(override.sweep_iterator()) if override.is_sweep_override() else [override.value()]
        if key in ("precision", "most_replications", "metrics"):
            tree[key] = str(values[0]) if key == "precision" else values[0]
        elif key.startswith("design."):
            tree["design"][key.removeprefix("design.")] = values[0]
        elif key.startswith("baseline."):
            tree["baseline"] = {**tree["baseline"], key.removeprefix("baseline."): values[0]}
        elif key in tree["levers"]:
            tree["levers"][key] = values
        elif key in tree["uncertainties"]:
            tree["uncertainties"][key] = values
        elif len(values) > 1:
            tree["levers" if key == "scenario" or key.startswith("policy.") else "uncertainties"][key] = values
        elif line.startswith(("+", "~")):
            raise ConfigurationError(f"{line}: an experiment changes settings that there are; write name=value")
        else:
            tree["settings"] = {**tree["settings"], key: values[0]}
    return checked(tree, f"experiment {experiment.name}")


def extended(command: Sequence[str], more: Sequence[str]) -> list[str]:
    """The arguments of a command with further ones: what varies gets these values besides, anything else gets them
    instead. Raises ConfigurationError."""
    composer = Composer()
    name = next((word.partition("=")[2] for word in command if word.startswith("experiment=")), "")
    varying: dict[str, list[str]] = {}
    if name:
        arguments = [word for word in command if "=" in word and not word.startswith("experiment=")]
        levels = with_arguments(read(name), arguments, composer).factors
        varying = {
            key: [as_word(value) for value in values] for key, values in levels.items() if isinstance(values, list)
        }
    else:
        for override in composer.parsed([word for word in command if "=" in word and not word.startswith("-")]):
            if override.is_sweep_override():
                varying[override.key_or_group] = _words(override)
    words = [word for word in command if not word.startswith("results=")]
    for override in composer.parsed(more):
        key, values = override.key_or_group, _words(override)
        if len(values) > 1 or key in varying:
            values = list(dict.fromkeys([*varying.get(key, []), *values]))
        words = [word for word in words if word.partition("=")[0] != key] + [f"{key}={','.join(values)}"]
        if len(values) > 1 and not name and not {"-m", "--multirun"} & set(words):
            words = ["-m", *words]
    return words


def _words(override: Any) -> list[str]:
    """The values that an override gives, as they stand in one."""
    if override.is_sweep_override():
        return list(override.sweep_string_iterator())
    return [override.get_value_element_as_str()]


def as_word(value: Value) -> str:
    """A value as it stands in an override."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{','.join(map(as_word, value))}]"
    return str(value)


def _explained(error: ValidationError) -> str:
    """The first mistake, in one line."""
    mistake = next((one for one in error.errors() if one["type"] == "extra_forbidden"), error.errors()[0])
    key = ".".join(str(part) for part in mistake["loc"] if not str(part).startswith(("list[", "Span", "union")))
    if mistake["type"] == "extra_forbidden":
        near = get_close_matches(str(mistake["loc"][-1]), _fields(mistake["loc"]), n=1)
        hint = f" (did you mean {near[0]}?)" if near else ""
        return f"{key}: no such entry{hint}; there are {', '.join(_fields(mistake['loc']))}"
    if mistake["type"] == "missing":
        return f"{key}: missing"
    return f"{key}={shown(mistake['input'])}: {mistake['msg'][0].lower()}{mistake['msg'][1:]}"


def _fields(location: Iterable[Any]) -> list[str]:
    first = next(iter(location))
    if first == "design":
        return list(Design.model_fields)
    if first in ("levers", "uncertainties"):
        return list(Span.model_fields)
    return [name for name in Experiment.model_fields if name != "name"]
