"""Names for runs: hashes of everything that decides a result, and of nothing else.

The results folder, the number of workers and the number of replications decide nothing: leaving them out of
the keys is what lets a sweep be moved, resumed on another machine, or grown from 5 replications to 50.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from enum import Enum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

if TYPE_CHECKING:
    from sim.settings import Settings

PACKAGE = Path(__file__).resolve().parents[1]

# Parts of the package that only run, store, judge or show what the model computes.
NOT_THE_MODEL = frozenset({"app", "calibration", "evaluation", "experiment", "report", "store", "sweep"})


@cache
def model_version(package: Path = PACKAGE) -> str:
    """16 hex digits: the hash of every source in ``package`` that takes part in computing a result."""
    digest = hashlib.sha256()
    for path in sorted(package.rglob("*.py")):
        name = path.relative_to(package)
        if name.parts[0] not in NOT_THE_MODEL:
            digest.update(name.as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def configuration(settings: Settings) -> dict[str, Any]:
    """The effective values that decide a result, as plain data that JSON can hold."""
    decisive = ("scenario", "population", "seed", "horizon", "record", "policy", "baseline", "world")
    return {name: _plain(getattr(settings, name)) for name in decisive}


def run_key(settings: Settings, replication: int) -> str:
    """20 hex digits that name one replication of one configuration under one model version."""
    return key_of(configuration(settings), replication)


def key_of(values: Mapping[str, Any], replication: int) -> str:
    """The run key of a stored configuration, under this version of the model."""
    return _hash(values, replication=replication)


def run_keys(settings: Settings, replications: int) -> list[str]:
    """The keys of replications 0, 1, ... of one configuration."""
    values = configuration(settings)
    return [key_of(values, replication) for replication in range(replications)]


def point_key(values: Mapping[str, Any]) -> str:
    """What all replications of one ``configuration`` share."""
    return _hash(values)


def setup_key(values: Mapping[str, Any]) -> str:
    """What the configurations of runs must share to be compared: all but the policy, its name, and what is recorded."""
    return _hash(_without(values, "scenario", "policy", "record"))


def burn_in_key(settings: Settings, replication: int) -> str:
    """What runs must share to start from one burn-in (which always has the baseline policy)."""
    shared = _without(configuration(settings), "scenario", "policy", "record", "horizon")
    horizon = settings.horizon
    return _hash(
        shared,
        replication=replication,
        burn_in_weeks=horizon.burn_in_weeks,
        track_weeks=horizon.track_weeks,
    )


def _hash(values: Mapping[str, Any], **more: int) -> str:
    named = {**values, **more, "model_version": model_version()}
    return hashlib.sha256(json.dumps(named, sort_keys=True).encode()).hexdigest()[:20]


def _without(values: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in names}


def _plain(value: Any) -> Any:
    """Models and named tuples as dicts, and 15.0 as 15: a value has one spelling, however it was written."""
    if isinstance(value, BaseModel):
        return {name: _plain(getattr(value, name)) for name in type(value).model_fields}
    if isinstance(value, Enum):
        return _plain(value.value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, Path):
        return value.as_posix()
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return _plain(value._asdict())
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    raise TypeError(f"cannot make a run key from a {type(value).__name__}: {value!r}")
