"""Which parameters of the world are uncertain: the factors of a sensitivity analysis, with the range of each.

A factor is one number. A parameter that lists one number for each form of delivery (``delivery.wage``) gives two
factors, ``delivery.wage[0]`` in-house and ``delivery.wage[1]`` outsourced, each over the range of the parameter: what
differs between the two forms is itself uncertain. Longer lists are profiles (shares of the sectors, minutes by kind of
measure): their numbers make sense only together and have one range for all, so they stay as they are.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any, NamedTuple, get_type_hints

import numpy as np

from sim.parameters import ConfigurationError, Parameter
from sim.world import World

STATUSES = ("assumed", "derived", "source")  # what a document states is not varied
PAIR = 2  # numbers in a list that has one for each form of delivery


class Factor(NamedTuple):
    """An uncertain number of the world, ``section.name`` or ``section.name[position]``, uniform over its range.

    ``value`` is the value as it stands; ``whole`` says that only whole numbers are allowed.
    """

    name: str
    low: float
    high: float
    value: float
    whole: bool
    unit: str
    meaning: str

    @property
    def section(self) -> str:
        return self.name.partition(".")[0]

    def at(self, unit: np.ndarray) -> np.ndarray:
        """Values at coordinates from 0 (lowest) to 1 (highest). Whole numbers are equally likely, the ends too."""
        if self.whole:
            count = self.high - self.low + 1.0
            return self.low + np.minimum(np.floor(np.asarray(unit) * count), count - 1.0)
        return np.clip(self.low + np.asarray(unit) * (self.high - self.low), self.low, self.high)

    def coordinate(self, values: np.ndarray) -> np.ndarray:
        """Where values lie in the range, from 0 (lowest) to 1 (highest)."""
        return (np.asarray(values, float) - self.low) / (self.high - self.low)


def uncertain(parameters: Mapping[str, Parameter]) -> list[Factor]:
    """All factors, in the order of the world: status assumed, derived or source, and a range of positive width."""
    found = []
    for name, parameter in parameters.items():
        if parameter.status not in STATUSES or parameter.range[0] == parameter.range[1]:
            continue
        whole = _annotation(name) in (int, tuple[int, ...])
        low, high = map(float, parameter.range)
        if not isinstance(parameter.value, tuple):
            numbers = {name: parameter.value}
        elif len(parameter.value) == PAIR:
            numbers = {f"{name}[{n}]": value for n, value in enumerate(parameter.value)}
        else:
            continue
        for label, value in numbers.items():
            found.append(Factor(label, low, high, float(value), whole, parameter.unit, parameter.meaning))
    return found


def chosen(
    parameters: Mapping[str, Parameter], patterns: Sequence[str] = (), overrides: Sequence[str] = ()
) -> list[Factor]:
    """The factors that ``patterns`` name (``contact.trust_hour``, ``world.contact.*``, ``delivery.wage``); all without.

    They come in the order of the world, each once. What ``overrides`` set (``world.contact.trust_hour=0.1``) is fixed
    and therefore no factor. Raises ConfigurationError for a pattern that names no factor: the
    nearest name, or why the parameter is none.
    """
    fixed = {override.partition("=")[0].lstrip("+").removeprefix("world.") for override in overrides}
    everything = [f for f in uncertain(parameters) if f.name.partition("[")[0] not in fixed]
    if not patterns:
        return everything
    names: set[str] = set()
    for pattern in patterns:
        short = pattern.removeprefix("world.")
        hits = {f.name for f in everything if short in (f.name, f.name.partition("[")[0])}
        hits = hits or {f.name for f in everything if "*" in short and fnmatchcase(f.name, short)}
        if not hits:
            known = [factor.name for factor in everything]
            why = "set by hand, so it does not vary" if short in fixed else _why_none(short, parameters, known)
            raise ConfigurationError(f"factors={pattern}: {why}")
        names |= hits
    return [factor for factor in everything if factor.name in names]


def with_values(world: Mapping[str, Any], factors: Iterable[Factor], values: Iterable[float]) -> dict[str, Any]:
    """A composed ``world`` (``{section: {name: entry}}``) with these factors at these values; nothing is changed in
    place."""
    changed = {section: dict(entries) for section, entries in world.items()}
    for factor, value in zip(factors, values, strict=True):
        section, _, rest = factor.name.partition(".")
        name, _, position = rest.partition("[")
        entry = changed[section][name]
        new: Any = int(value) if factor.whole else float(value)
        if position:
            both = list(entry["value"])
            both[int(position[:-1])] = new
            new = both
        changed[section][name] = {**entry, "value": new}
    return changed


def _annotation(key: str) -> Any:
    section, _, name = key.partition(".")
    return get_type_hints(get_type_hints(World)[section])[name]


def _why_none(name: str, parameters: Mapping[str, Parameter], known: list[str]) -> str:
    parameter = parameters.get(name.partition("[")[0])
    if parameter is None:
        near = difflib.get_close_matches(name, known, n=1, cutoff=0.4)
        return "no uncertain parameter has this name" + (f"; nearest: {near[0]}" if near else "")
    if parameter.status not in STATUSES:
        return f"its status is {parameter.status}; only {', '.join(STATUSES)} are varied"
    if parameter.range[0] == parameter.range[1]:
        return f"its range has no width ({parameter.range[0]:g} to {parameter.range[1]:g})"
    if isinstance(parameter.value, tuple):
        return f"is a list of {len(parameter.value)} numbers that make sense only together; lists of {PAIR} are varied"
    return f"is one number; write {name.partition('[')[0]}"
