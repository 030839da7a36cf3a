"""Settings of a run: the one schema that a composed configuration must satisfy, and the composing itself.

Hydra reads ``configs/`` and puts groups and overrides together; `settings_from` decides whether the outcome
is valid. Whatever is wrong, the user gets one `ConfigurationError` of one line.

    from sim.settings import compose
    settings = compose("scenario=se_in_house", "replications=5")
"""

from __future__ import annotations

import gc
import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_type_hints

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SkipValidation,
    ValidationError,
    field_serializer,
    model_validator,
)
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from sim.cache import cache_root, keep, kept
from sim.parameters import CONFIGS, ConfigurationError, Parameter, build, one_line, shown, unknown
from sim.policy import Policy, baseline
from sim.world import World

__all__ = ["Composer", "ConfigurationError", "Settings", "compose", "settings_from"]

MOST_WEEKS = 4000  # of a whole run; random draws are keyed by week


class Schema(BaseModel):
    """No other names, no change after creation, no silent conversion."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class Population(Schema):
    """Size of the simulated labour market; the numbers are the same every year of the baseline."""

    name: Annotated[str, Field(min_length=1)]
    registered: Annotated[int, Field(ge=100, le=1_000_000, description="people registered with NAV")]
    regions: Annotated[int, Field(ge=1, le=100, description="labour-market regions")]
    offices_per_region: Annotated[int, Field(ge=1, le=100, description="NAV offices in each region")]


class Horizon(Schema):
    """Lengths of the phases of a run, in weeks."""

    weeks: Annotated[int, Field(ge=1, description="weeks simulated after the policy date")]
    burn_in_weeks: Annotated[int, Field(ge=0, description="weeks of baseline policy before it")]
    track_weeks: Annotated[int, Field(ge=1, description="weeks that those who leave the register are followed")]


class Record(Schema):
    """Large tables that are stored only on request."""

    persons: bool
    spells: bool
    tenders: bool


class Execution(Schema):
    """Who computes the runs; it decides nothing about what they give."""

    name: Annotated[Literal["serial", "local", "cluster", "slurm"], Field()]
    scheduler: Annotated[str, Field(description="cluster: address of a Dask scheduler")] = ""
    jobs: Annotated[int, Field(ge=1, le=10_000, description="Slurm: jobs")] = 1
    cores: Annotated[int, Field(ge=1, le=1024, description="Slurm: cores of a job, each with a worker")] = 1
    memory_gb: Annotated[float, Field(ge=0.5, le=10_000, description="Slurm: memory of a job, GB")] = 4.0
    walltime: Annotated[str, Field(min_length=1, description="Slurm: longest time of a job, HH:MM:SS")] = "12:00:00"
    partition: Annotated[str, Field(description="Slurm: partition; empty: the cluster's own choice")] = ""
    account: Annotated[str, Field(description="Slurm: account; empty: the user's own")] = ""
    dry_run: Annotated[bool, Field(description="Slurm: print the job script and submit nothing")] = False


def _path(value: Any) -> Any:
    return Path(value) if isinstance(value, str) and value.strip() else value


class Settings(Schema):
    """Everything that decides what a run computes and where it is stored."""

    scenario: Annotated[str, Field(min_length=1)]
    population: Population
    replications: Annotated[int, Field(ge=1)]
    seed: Annotated[int, Field(ge=0, le=2**32 - 1)]
    results: Annotated[Path, BeforeValidator(_path)]
    horizon: Horizon
    record: Record
    execution: Execution
    workers: Annotated[int, Field(ge=0, le=1024, description="processes; 0: one per core")]
    policy: Policy
    # The policy of the burn-in, and of regions in which `policy` does not hold. Not for the user to set.
    baseline: Policy
    world: Annotated[World, SkipValidation]  # made by `build`, which has checked it
    parameters: Annotated[Mapping[str, Parameter], SkipValidation, Field(exclude=True, repr=False)]

    @field_serializer("world")
    def _plain_world(self, world: World) -> dict[str, dict[str, Any]]:
        return {name: section._asdict() for name, section in world._asdict().items()}

    @model_validator(mode="after")
    def _fits_together(self) -> Settings:
        horizon, regions = self.horizon, self.policy.regions
        if horizon.track_weeks < horizon.weeks:
            raise PydanticCustomError(
                "together",
                f"horizon.track_weeks={horizon.track_weeks}: must be {horizon.weeks} (horizon.weeks) or more",
            )
        if horizon.burn_in_weeks + horizon.weeks > MOST_WEEKS:
            raise PydanticCustomError(
                "together",
                f"horizon.weeks={horizon.weeks}: with horizon.burn_in_weeks={horizon.burn_in_weeks}"
                f" it must not exceed {MOST_WEEKS}",
            )
        if regions != "all" and max(regions) >= self.population.regions:
            last = self.population.regions - 1
            raise PydanticCustomError(
                "together",
                f"policy.regions={shown(regions)}: population {self.population.name} has"
                + (f" the regions 0 to {last}" if last else " only region 0"),
            )
        return self


# The two places where Hydra names its own classes, and where these come from.
HYDRAS_OWN = dict.fromkeys(
    ["hydra.launcher._target_", "hydra.sweeper._target_"], ("hydra._internal.core_plugins.", "hydra_plugins.")
)

# ``++world.section.name=value``, as `_open` writes it, of a parameter as a whole or of its value.
_WORLD_VALUE = re.compile(r"\+\+world\.(?P<section>\w+)\.(?P<name>\w+)(\.value)?=")

NOT_SET_BY_USERS = ("baseline", "parameters")


def settings_from(tree: Mapping[str, Any]) -> Settings:
    """Settings from a composed configuration: plain mappings, lists and values, nothing left to interpolate.

    Raises ConfigurationError with one line: the key, the value, what is allowed, the nearest valid name.
    """
    _refuse_code("", tree)
    for name in tree:
        if name in NOT_SET_BY_USERS or name not in Settings.model_fields:
            raise unknown(str(name), tree[name], _keys())
    if "world" not in tree:
        raise ConfigurationError("world: missing")
    world, parameters = build(World, tree["world"])
    values = {**tree, "world": world, "parameters": parameters, "baseline": baseline()}
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        raise ConfigurationError(_explained(error)) from None
    if settings.scenario == "baseline" and settings.policy != settings.baseline:
        name = f"baseline with {', '.join(_changes(settings.policy, settings.baseline))}"
        return settings.model_copy(update={"scenario": name})
    return settings


def restored(configuration: Mapping[str, Any]) -> Settings:
    """Settings from the configuration that the manifest holds of a run; what decides nothing (``results``, ``workers``
    and so on) is as in the files. Raises ConfigurationError when it does not fit the present schema.
    """
    tree = Composer().tree([])
    for section, values in configuration["world"].items():
        for name, value in values.items():
            try:
                tree["world"][section][name]["value"] = value
            except KeyError:
                raise ConfigurationError(f"world.{section}.{name}: unknown to this version of the model") from None
    kept = {name: value for name, value in configuration.items() if name not in ("world", "baseline")}
    return settings_from({**tree, **kept})


def _changes(policy: Policy, before: Policy) -> list[str]:
    """The levers in which two policies differ, with the first one's values: ``supervisors.caseload 30``."""
    changes = []
    for group in Policy.model_fields:
        new, old = getattr(policy, group), getattr(before, group)
        if isinstance(new, BaseModel):
            names = [name for name in type(new).model_fields if getattr(new, name) != getattr(old, name)]
            changes += [f"{group}.{name} {shown(getattr(new, name))}" for name in names]
        elif new != old:
            changes.append(f"{group} {shown(new)}")
    return changes


def compose(*overrides: str) -> Settings:
    """Settings as the command line with these overrides would give them. Raises ConfigurationError."""
    return Composer().settings(overrides)


def list_as_value(overrides: Sequence[str]) -> list[str]:
    """``world.trust.shape=[1, 2]`` as ``world.trust.shape.value=[1, 2]``: in place of a mapping OmegaConf
    takes a number, but not a list."""
    return [re.sub(r"^(\+{0,2}world\.\w+\.\w+)=(?=\[)", r"\1.value=", line) for line in overrides]


class Composer:
    """Puts configurations together from ``configs/``, by Hydra's rules.

    Args:
        config_name: the primary file.
        config_path: its folder.
        config_dir: a folder searched after it, for scenarios of one's own.

    Raises ConfigurationError from every method.
    """

    def __init__(
        self, config_name: str = "config", config_path: Path = CONFIGS, config_dir: Path | None = None
    ) -> None:
        # Hydra is loaded here and not above, since the workers of a sweep need settings but compose none. The
        # parts in `_internal` are what its own compose() consists of; that one keeps global state.
        import hydra
        from hydra import version
        from hydra._internal.config_loader_impl import ConfigLoaderImpl
        from hydra._internal.utils import create_config_search_path
        from hydra.core.config_search_path import SearchPathQuery
        from hydra.core.utils import setup_globals

        self.hydra_version = hydra.__version__
        version.setbase("1.3")
        setup_globals()
        search_path = create_config_search_path(str(config_path))
        if config_dir is not None:
            if not config_dir.is_dir():
                raise ConfigurationError(f"--config-dir {config_dir}: no such folder")
            last = SearchPathQuery(provider="schema")
            search_path.prepend("command-line", f"file://{config_dir.resolve()}", last)
        self.config_name = config_name
        self.folders = [folder for folder in (config_path, config_dir) if folder is not None]
        self.worlds: dict[tuple[str, ...], dict[str, Any]] = {}  # by the overrides that concern the world
        self.loader = ConfigLoaderImpl(config_search_path=search_path)

    def points(self, overrides: Sequence[str]) -> list[list[str]]:
        """The overrides of every point of a sweep (``key=1,2``), in the order in which Hydra runs them."""
        from hydra._internal.core_plugins.basic_sweeper import BasicSweeper
        from hydra.types import RunMode
        from omegaconf import OmegaConf

        self.parsed(overrides)
        with _composing():
            base = self.loader.load_configuration(self.config_name, list(overrides), RunMode.MULTIRUN)
            _refuse_code("hydra", OmegaConf.to_container(base.hydra))
            always = list(base.hydra.overrides.hydra)
            varied = [f"{key}={value}" for key, value in (base.hydra.sweeper.get("params") or {}).items()]
            varied += base.hydra.overrides.task
            return [[*always, *point] for point in BasicSweeper.split_arguments(self.parsed(varied), None)[0]]

    def settings(self, overrides: Sequence[str]) -> Settings:
        """The settings of one point.

        A scenario whose levers were changed on the command line is no longer that scenario: its name says so, so that
        results under a plain name are always those of the file.
        """
        settings = settings_from(self.tree(overrides))
        changed = [
            item.lstrip("+").removeprefix("policy.") for item in overrides if item.lstrip("+").startswith("policy.")
        ]
        if changed and settings.policy != settings.baseline and settings.scenario.partition(" with ")[0] != "baseline":
            name = f"{settings.scenario} with {', '.join(changed)}".replace("=", " ")
            return settings.model_copy(update={"scenario": name})
        return settings

    def all_settings(self, points: Sequence[Sequence[str]], common: Sequence[str] = ()) -> list[Settings]:
        """The settings of every point of a sweep, after what they have in ``common``. The error of the first that is
        not valid names the point."""
        found = []
        for number, overrides in enumerate(points, start=1):
            try:
                found.append(self.settings([*common, *overrides]))
            except ConfigurationError as error:
                name = f"point {number} of {len(points)} ({' '.join(overrides)})"
                raise ConfigurationError(f"{name}: {error}") from error
        return found

    def tree(self, overrides: Sequence[str]) -> dict[str, Any]:
        """The composed configuration of one point, not yet validated, as plain data."""
        lines = [self._open(override) for override in self.parsed(list_as_value(overrides))]
        about_world = tuple(line for line in lines if re.match(r"[+~]*world\b", line))
        rest = [line for line in lines if line not in about_world]
        try:
            # The world is by far the largest part, and most points of a sweep share it.
            tree = self._composed([*rest, "~world"])
            if "world" not in tree:
                return tree | self._world(about_world)
        except ConfigurationError:
            pass  # it is told by composing the whole
        return self._composed(lines)

    def _world(self, overrides: tuple[str, ...]) -> dict[str, Any]:
        """The world by these overrides. A number or list in place of a parameter's value is put in here, not by Hydra:
        composing a world takes a second or two, and an experiment may have hundreds that differ in one number."""
        values = [line for line in overrides if _WORLD_VALUE.match(line)]
        others = tuple(line for line in overrides if line not in values)
        if others not in self.worlds:
            self.worlds[others] = self._cached_world(others)
        composed = deepcopy(self.worlds[others])
        for override in self.parsed(values):
            match = _WORLD_VALUE.match(str(override.input_line))
            assert match is not None
            section = composed["world"].get(match["section"], {})
            entry, value = section.get(match["name"]), override.value()
            if not isinstance(entry, Mapping) or isinstance(value, dict | str):
                return self._composed(overrides)  # what is wrong with it is told in one way
            section[match["name"]] = {**entry, "value": value}
        return composed

    def _cached_world(self, overrides: tuple[str, ...]) -> dict[str, Any]:
        """The world by Hydra's rules; read from the cache if it was composed before from the same files."""
        made_of, may_keep = (
            [repr((self.hydra_version, self.config_name, overrides)).encode()],
            "${" not in str(overrides),
        )
        for folder in self.folders:
            for path in sorted(folder.rglob("*.yaml")):
                name, content = path.relative_to(folder), path.read_bytes()
                made_of += [name.as_posix().encode(), content]
                # What is interpolated may come from elsewhere, the environment for one, and change without a file.
                may_keep &= name.parts[0] != "world" or b"${" not in content
        file = cache_root() / "worlds" / f"{hashlib.sha256(bytes(1).join(made_of)).hexdigest()[:32]}.json"
        whole = kept(file) if may_keep else None
        if whole is not None:
            found: dict[str, Any] = json.loads(whole)
            return found
        world = {name: part for name, part in self._composed(overrides).items() if name == "world"}
        text = json.dumps(world, default=str)
        if may_keep and json.loads(text) == world:  # what a user wrote may be something that JSON cannot say
            keep(file, text.encode())
        return world

    def _composed(self, overrides: Sequence[str]) -> dict[str, Any]:
        from hydra.types import RunMode
        from omegaconf import OmegaConf

        with _composing():
            composed = self.loader.load_configuration(self.config_name, list(overrides), RunMode.RUN)
            _refuse_code("hydra", OmegaConf.to_container(composed.hydra))
            chosen = composed.hydra.runtime.choices.get("scenario")
            OmegaConf.set_struct(composed, False)
            del composed["hydra"]
            tree: Any = OmegaConf.to_container(composed, resolve=True, throw_on_missing=True)
        # Results are told apart by this name: a copied scenario file must not keep the name of its original.
        if chosen is not None and tree.get("scenario") != chosen:
            if isinstance(tree.get("scenario"), Mapping):  # Hydra has packed the file under its group's name
                raise ConfigurationError(f"scenario/{chosen}.yaml: its first line must be `# @package _global_`")
            found = shown(tree.get("scenario"))
            raise ConfigurationError(f"scenario/{chosen}.yaml: must say `scenario: {chosen}`, not {found}")
        return tree

    def parsed(self, overrides: Sequence[str]) -> list[Any]:
        from hydra.core.override_parser.overrides_parser import OverridesParser
        from hydra.errors import HydraException

        parser = OverridesParser.create(config_loader=self.loader)
        parsed = []
        for line in overrides:
            try:
                parsed += parser.parse_overrides([line])
            except HydraException as error:
                raise ConfigurationError(
                    f"{shown(line)}: not readable; write key=value, and put quotes around special characters"
                ) from error
        return parsed

    def _open(self, override: Any) -> str:
        """The override as a line for Hydra. An unknown key gets into the configuration, where the schema
        finds it: every mistake in a name is then told in one way."""
        line, key = str(override.input_line), override.key_or_group
        if override.is_sweep_override():
            raise ConfigurationError(f"{line}: several values; add -m to run them all, or put a list in [..]")
        if override.is_hydra_override() or line.startswith(("+", "~")):
            return line
        if isinstance(override.value(), dict) or not self.loader.repository.group_exists(key):
            return line if override.package else f"++{line}"
        self._check_choice(key, override.value())
        return line

    def _check_choice(self, group: str, choice: Any) -> None:
        """Raises ConfigurationError unless the group has a file of that name."""
        # The files of the world's sections lie beside the worlds that are put together from them.
        sections = World._fields if group == "world" else ()
        if isinstance(choice, str) and choice not in sections:
            if self.loader.repository.config_exists(f"{group}/{choice}"):
                return
        options = [name for name in self.loader.get_group_options(group) if name not in sections]
        raise _no_such_choice(group, choice, options)


def _no_such_choice(group: str, choice: Any, options: Sequence[str]) -> ConfigurationError:
    from difflib import get_close_matches

    near = get_close_matches(str(choice), options, n=1)
    hint = f"nearest: {near[0]}; " if near else ""
    allowed = f"{hint}there are {', '.join(options)}"
    return ConfigurationError(f"{group}={shown(choice)}: no such {group}; {allowed}")


@contextmanager
def _composing() -> Iterator[None]:
    """Turns Hydra's and OmegaConf's errors into a ConfigurationError.

    Collecting garbage is put off meanwhile: it doubles the time, looking through a tree that is all in use.
    """
    from omegaconf.errors import OmegaConfBaseException
    from yaml import YAMLError

    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    except ConfigurationError:
        raise
    except Exception as error:  # whatever goes wrong in composing, it is the configuration that was composed
        reason: BaseException = error
        while isinstance(reason.__cause__, OmegaConfBaseException):
            reason = reason.__cause__
        key = getattr(reason, "full_key", None)
        first = str(reason) if isinstance(error, YAMLError) else str(reason).partition("\n")[0]
        text = " ".join(first.split()) or one_line(reason)
        raise ConfigurationError(f"{key}: {text}" if key else text) from error
    finally:
        if enabled:
            gc.enable()


def _refuse_code(key: str, tree: Any) -> None:
    """A configuration is data: raises ConfigurationError where it names something to be called."""
    if isinstance(tree, Mapping):
        for name, value in tree.items():
            here = f"{key}.{name}" if key else str(name)
            hydras_own = here in HYDRAS_OWN and str(value).startswith(HYDRAS_OWN[here])
            if name in ("_target_", "()") and not hydras_own:
                raise ConfigurationError(f"{here}={shown(value)}: a configuration is data and calls nothing")
            _refuse_code(here, value)
    elif isinstance(tree, list):
        for number, item in enumerate(tree):
            _refuse_code(f"{key}[{number}]", item)


def _explained(error: ValidationError) -> str:
    """The first mistake, in one line. A misspelt key comes before the key that it leaves missing."""
    mistakes = error.errors()
    stray = [part for mistake in mistakes for part in mistake["loc"] if not isinstance(part, str)]
    if stray:  # YAML reads {caseload: 60,5} as two entries
        where = ".".join(str(part) for part in mistakes[0]["loc"] if isinstance(part, str))
        return f"{where}: {shown(stray[0])} is no name of a setting; decimals are written with a point, 60.5"
    mistake = next((one for one in mistakes if one["type"] == "extra_forbidden"), mistakes[0])
    key = ".".join(str(part) for part in mistake["loc"])
    if mistake["type"] == "together":
        return mistake["msg"]
    if mistake["type"] == "extra_forbidden":
        return str(unknown(key, mistake["input"], _keys()))
    if mistake["type"] == "missing":
        return f"{key}: missing"
    custom = mistake["msg"] if mistake["type"] == "regions" else _allowed(mistake["loc"])
    return f"{key}={shown(mistake['input'])}: {custom}"


def _allowed(location: Sequence[int | str]) -> str:
    """What the schema allows at this place, in words."""
    field: FieldInfo | None = None
    kind: Any = Settings
    for name in location:
        field = kind.model_fields[name]
        kind = field.annotation
    if field is None or (isinstance(kind, type) and issubclass(kind, BaseModel)):
        return f"is a group; it holds {', '.join(kind.model_fields)}"
    if choices := get_args(kind):
        return f"must be one of {', '.join(choices)}"
    if kind is bool:
        return "must be true or false"
    if kind not in (int, float):
        return "must be a text"
    noun = "a whole number" if kind is int else "a number"
    low = next(item.ge for item in field.metadata if hasattr(item, "ge"))
    high = next((item.le for item in field.metadata if hasattr(item, "le")), None)
    return f"must be {noun}, {low} or more" if high is None else f"must be {noun} from {low} to {high}"


@cache
def _keys() -> list[str]:
    """Every key that a user may set, with dots."""
    keys: list[str] = []

    def collect(prefix: str, model: type[BaseModel]) -> None:
        for name, field in model.model_fields.items():
            if model is Settings and name in NOT_SET_BY_USERS:
                continue
            keys.append(f"{prefix}{name}")
            if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
                collect(f"{prefix}{name}.", field.annotation)

    collect("", Settings)
    for section, kind in get_type_hints(World).items():
        keys.append(f"world.{section}")
        keys += [f"world.{section}.{name}" for name in get_type_hints(kind)]
    return keys
