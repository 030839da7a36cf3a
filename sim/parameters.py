"""World parameters: from YAML files to a tuple of numbers, with each number's unit, range, status and source.

``configs/world/<section>.yaml`` is the one home of a parameter. One parameter reads::

    gain_per_hour:
      {value: 0.06, unit: 1/hour, range: [0.02, 0.15], status: assumed, meaning: "trust built by an hour",
       source: "KVP, GZ: direction; size assumed"}

The schema is a NamedTuple of NamedTuples (``sim/world/``); `build` fills it from a composed configuration.
"""

from __future__ import annotations

import difflib
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, get_args, get_origin, get_type_hints

from omegaconf import OmegaConf
from omegaconf.errors import OmegaConfBaseException
from yaml import YAMLError

if TYPE_CHECKING:
    import pandas as pd

CONFIGS = Path(__file__).resolve().parents[1] / "configs"

STATUSES = ("document", "source", "derived", "assumed")

W = TypeVar("W", bound=NamedTuple)


class ConfigurationError(ValueError):
    """A setting that cannot be used. The message is one line: the key, the value and what is allowed."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number of the world, or one list of numbers, with what is known about it.

    Attributes:
        value: a finite number, or several (then ``range`` holds for each).
        unit: in words, e.g. ``"1/hour"``.
        range: lowest and highest plausible value, both allowed.
        status: ``document`` (in one of the five), ``source`` (read elsewhere), ``derived`` or ``assumed``.
        meaning: one line.
        source: where it comes from, or why this was assumed.
    """

    value: float | tuple[float, ...]
    unit: str
    range: tuple[float, float]
    status: str
    meaning: str
    source: str

    @classmethod
    def read(cls, key: str, entry: Mapping[str, Any]) -> Parameter:
        """The parameter that ``entry`` describes. Raises ConfigurationError, which names ``key``."""
        expected = [field.name for field in fields(cls)]
        for name in entry:
            if name not in expected:
                raise unknown(f"{key}.{name}", entry[name], [f"{key}.{field}" for field in expected])
        for name in expected:
            if name not in entry:
                raise ConfigurationError(f"{key}.{name}: missing")
        for name in ("unit", "meaning", "source"):
            if not isinstance(entry[name], str) or not entry[name].strip():
                raise ConfigurationError(f"{key}.{name}={shown(entry[name])}: must be a text")
        if entry["status"] not in STATUSES:
            allowed = ", ".join(STATUSES)
            raise ConfigurationError(f"{key}.status={shown(entry['status'])}: must be one of {allowed}")
        bounds = entry["range"]
        if not (isinstance(bounds, list) and len(bounds) == 2 and all(map(_is_number, bounds))):
            raise ConfigurationError(f"{key}.range={shown(bounds)}: must be two numbers, [lowest, highest]")
        if bounds[0] > bounds[1]:
            raise ConfigurationError(f"{key}.range={shown(bounds)}: the lowest comes first")
        value = entry["value"]
        parameter = cls(
            value=tuple(value) if isinstance(value, list) else value,
            unit=entry["unit"],
            range=(bounds[0], bounds[1]),
            status=entry["status"],
            meaning=entry["meaning"],
            source=entry["source"],
        )
        parameter._check_value(key)
        return parameter

    def _check_value(self, key: str) -> None:
        several = isinstance(self.value, tuple)
        items = self.value if isinstance(self.value, tuple) else (self.value,)
        low, high = self.range
        if not items or not all(_is_number(item) and low <= item <= high for item in items):
            kind = "numbers" if several else "a number"
            raise ConfigurationError(
                f"{key}={shown(self.value)}: must be {kind} from {low:g} to {high:g} ({self.unit})"
            )


def read_section(path: Path) -> dict[str, Parameter]:
    """All parameters of one file of ``configs/world``, by name. Raises ConfigurationError (file and key)."""
    try:
        return _read_section(path, path.stat().st_mtime_ns)
    except OSError as error:
        raise ConfigurationError(f"{_short(path)}: cannot be read ({error.strerror})") from error


@cache
def _read_section(path: Path, written: int) -> dict[str, Parameter]:
    """``written``, the time of the last change, makes an edited file be read anew."""
    try:
        tree = OmegaConf.to_container(OmegaConf.load(path))
    except (YAMLError, OmegaConfBaseException, OSError) as error:
        raise ConfigurationError(f"{_short(path)}: not readable as YAML ({one_line(error)})") from error
    if not isinstance(tree, dict):
        raise ConfigurationError(f"{_short(path)}: must hold parameters by name")
    section = {}
    for name, entry in tree.items():
        if not isinstance(entry, Mapping):
            raise ConfigurationError(f"{_short(path)}: {name!s}: must be a mapping: value, unit, range, ...")
        try:
            section[str(name)] = Parameter.read(str(name), entry)
        except ConfigurationError as error:
            raise ConfigurationError(f"{_short(path)}: {error}") from error
    return section


def build(
    schema: type[W], tree: Mapping[str, Any], folder: Path = CONFIGS / "world", root: str = "world"
) -> tuple[W, dict[str, Parameter]]:
    """Fills ``schema`` from a composed configuration.

    Args:
        schema: NamedTuple whose fields are sections: NamedTuples with fields of type ``float``, ``int`` or
            ``tuple[float, ...]`` (also of fixed length).
        tree: ``{section: {parameter: entry}}``; an entry is the mapping of the file, or only a value where
            somebody overrode it (then ``folder/<section>.yaml`` gives the rest).
        folder: the files of the sections.
        root: first word of the keys in messages.

    Returns:
        the filled schema, and the parameters by ``"section.name"`` in the order of the schema.

    Raises:
        ConfigurationError: unknown or missing section or parameter, wrong type, value out of range.
    """
    sections = get_type_hints(schema)
    names = {section: get_type_hints(kind) for section, kind in sections.items()}
    known = [f"{root}.{section}.{name}" for section in sections for name in names[section]]
    _check_names(root, tree, list(sections), known)
    metadata: dict[str, Parameter] = {}
    filled = []
    for section, kind in sections.items():
        entries = tree[section]
        _check_names(f"{root}.{section}", entries, list(names[section]), known)
        values = {}
        for name, annotation in names[section].items():
            key = f"{root}.{section}.{name}"
            entry = entries[name]
            if not isinstance(entry, Mapping):
                entry = {**_on_disk(key, entry, folder / f"{section}.yaml"), "value": entry}
            parameter = Parameter.read(key, entry)
            metadata[f"{section}.{name}"] = parameter
            values[name] = _converted(key, parameter.value, annotation)
        filled.append(kind(**values))
    return schema(*filled), metadata


def table(parameters: Mapping[str, Parameter]) -> pd.DataFrame:
    """One row per parameter: parameter, value, unit, low, high, status, meaning, source."""
    # Here and not above: a run needs no table, and pandas takes longer to load than the rest of this module.
    import pandas as pd

    rows = [
        (key, item.value, item.unit, *item.range, item.status, item.meaning, item.source)
        for key, item in parameters.items()
    ]
    names = ["parameter", "value", "unit", "low", "high", "status", "meaning", "source"]
    return pd.DataFrame(rows, columns=names)


def unknown(key: str, value: Any, known: Iterable[str]) -> ConfigurationError:
    """The error for a key that does not exist: names the nearest one that does, or what there is."""
    known = list(known)
    parent, _, name = key.rpartition(".")
    beside = {other.rpartition(".")[2]: other for other in known if other.rpartition(".")[0] == parent}
    elsewhere = {other.rpartition(".")[2] for other in known}
    if near := difflib.get_close_matches(name, beside, n=1):
        hint = f"; nearest: {beside[near[0]]}"
    elif near := difflib.get_close_matches(name, elsewhere, n=1, cutoff=0.8):
        hint = f"; nearest: {' or '.join(other for other in known if other.rpartition('.')[2] == near[0])}"
    else:
        hint = f"; there are {', '.join(beside)}" if beside else ""
    while isinstance(value, Mapping) and len(value) == 1:  # as the user wrote it, down to the value
        inner, value = next(iter(value.items()))
        key = f"{key}.{inner}"
    value_of = "" if isinstance(value, Mapping) else f"={shown(value)}"
    return ConfigurationError(f"{key}{value_of}: no such setting{hint}")


def shown(value: Any) -> str:
    """A value as a user would write it, on one line and not too long."""
    if isinstance(value, str) and value and value == value.strip() and value.isprintable():
        text = value
    elif isinstance(value, float) and not math.isfinite(value):
        text = str(value)
    else:
        text = json.dumps(value, default=str, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:57]}..."


def one_line(error: BaseException) -> str:
    """The message of an error with all white space made single spaces."""
    return " ".join(str(error).split()) or type(error).__name__


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _short(path: Path) -> str:
    """The path as seen from the project's folder, for messages."""
    try:
        return path.relative_to(CONFIGS.parent).as_posix()
    except ValueError:
        return str(path)


def _check_names(key: str, tree: Any, expected: list[str], known: list[str]) -> None:
    """Raises ConfigurationError unless ``tree`` is a mapping with exactly the expected names."""
    if not isinstance(tree, Mapping):
        raise ConfigurationError(f"{key}={shown(tree)}: is a group; it holds {', '.join(expected)}")
    for name, value in tree.items():
        if name not in expected:
            beside = [f"{key}.{other}" for other in expected]
            raise unknown(f"{key}.{name}", value, dict.fromkeys([*beside, *known]))
    for name in expected:
        if name not in tree:
            raise ConfigurationError(f"{key}.{name}: missing")


def _on_disk(key: str, value: Any, path: Path) -> dict[str, Any]:
    """All but the value of a parameter whose value was overridden."""
    parameter = read_section(path).get(key.rpartition(".")[2])
    if parameter is None:
        raise ConfigurationError(f"{key}={shown(value)}: {_short(path)} does not describe this parameter")
    return {
        "unit": parameter.unit,
        "range": list(parameter.range),
        "status": parameter.status,
        "meaning": parameter.meaning,
        "source": parameter.source,
    }


def _converted(key: str, value: float | tuple[float, ...], annotation: Any) -> Any:
    """The value in the type that the schema declares: compiled code depends on it."""
    if get_origin(annotation) is tuple:
        length = None if get_args(annotation)[-1] is Ellipsis else len(get_args(annotation))
        if not isinstance(value, tuple) or length not in (None, len(value)):
            wanted = "numbers" if length is None else f"{length} numbers"
            raise ConfigurationError(f"{key}={shown(value)}: must be a list of {wanted}")
        return tuple(map(get_args(annotation)[0], value))
    if isinstance(value, tuple):
        raise ConfigurationError(f"{key}={shown(value)}: must be one number, not a list")
    if annotation is int:
        if value != int(value):
            raise ConfigurationError(f"{key}={shown(value)}: must be a whole number")
        return int(value)
    if annotation is float:
        return float(value)
    raise TypeError(f"{key}: the schema says {annotation}, but a parameter is a float, an int or a tuple")
