"""Designs of a sensitivity analysis: which points of the world's uncertain parameters are run.

A design is a table of coordinates, a row per point and a column per factor, from 0 (lowest plausible value) to 1
(highest). It has a seed of its own: the model's seed and the replications are the same at every point (common random
numbers), so two points differ by their parameters alone.

Its rows come in blocks which an analysis needs whole: a trajectory (Morris 1991), a base point with its companions
(Saltelli et al. 2010), a single point of a Latin hypercube (McKay et al. 1979). When a point cannot be composed or a
run fails, its block is left out and named; no point is moved to where it would be allowed.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
from SALib.sample import morris as salib_morris
from SALib.sample import sobol as salib_sobol
from scipy.stats import qmc

from sim.evaluation.factors import Factor, with_values
from sim.parameters import build
from sim.settings import Composer, ConfigurationError, Settings
from sim.store import StoreError
from sim.store.tables import read_table, replacing, write_table
from sim.world import World

LEVELS = 4  # of the Morris grid; a step is then two thirds of the range
Kind = Literal["morris", "sobol", "hypercube"]
_ABOUT = b"design"


@dataclass(frozen=True)
class Design:
    """``unit`` has shape (points, factors), coordinates from 0 to 1; ``grouped``: whole sections step at once."""

    kind: Kind
    factors: tuple[Factor, ...]
    seed: int
    unit: np.ndarray
    grouped: bool = False

    @property
    def problem(self) -> dict[str, Any]:
        """The problem as SALib wants it; bounds are those of the coordinates."""
        problem: dict[str, Any] = _problem(self.factors)
        if self.grouped:
            problem["groups"] = [factor.section for factor in self.factors]
        return problem

    @property
    def steps(self) -> list[str]:
        """Names of what is varied at a time: the factors, or their sections."""
        return list(dict.fromkeys(f.section if self.grouped else f.name for f in self.factors))

    @property
    def block(self) -> int:
        """Rows that an analysis needs together."""
        return {"morris": len(self.steps) + 1, "sobol": len(self.factors) + 2, "hypercube": 1}[self.kind]

    def whole_blocks(self, usable: np.ndarray) -> np.ndarray:
        """Which rows (points,) are in blocks of which every row is usable."""
        return np.repeat(np.asarray(usable, bool).reshape(-1, self.block).all(axis=1), self.block)

    def values(self) -> pd.DataFrame:
        """The points in the units of the parameters, a column per factor."""
        return pd.DataFrame({f.name: f.at(self.unit[:, n]) for n, f in enumerate(self.factors)})

    def save(self, stem: Path) -> list[Path]:
        """Writes ``stem``.parquet, which `read` reads, and the values as CSV; gives the paths.

        Raises StoreError when that cannot be written.
        """
        about = {
            "kind": self.kind,
            "seed": self.seed,
            "grouped": self.grouped,
            "factors": [list(factor) for factor in self.factors],
        }
        columns = {factor.name: self.unit[:, n] for n, factor in enumerate(self.factors)}
        table = pa.table(columns).replace_schema_metadata({_ABOUT: json.dumps(about).encode()})
        try:
            write_table(table, stem.with_suffix(".parquet"))
            with replacing(stem.with_suffix(".csv")) as temporary:
                self.values().to_csv(temporary, index_label="point")
        except OSError as error:
            raise StoreError(f"cannot write the design to {stem.parent}: {error.strerror}") from error
        return [stem.with_suffix(".parquet"), stem.with_suffix(".csv")]


def read(path: Path) -> Design:
    """A saved design, bit for bit. Raises StoreError when the file is missing, damaged or no design."""
    table = read_table(path)
    about = (table.schema.metadata or {}).get(_ABOUT) if table is not None else None
    if table is None or about is None:
        raise StoreError(f"{path} is missing, damaged or no design: make it again")
    said = json.loads(about)
    unit = np.column_stack([column.to_numpy() for column in table.columns])
    return Design(said["kind"], tuple(Factor(*f) for f in said["factors"]), said["seed"], unit, said["grouped"])


def morris(
    factors: Sequence[Factor], trajectories: int, seed: int, grouped: bool = False, candidates: int | None = None
) -> Design:
    """Trajectories that step through the factors (or their sections) one at a time (Morris 1991; groups: Campolongo
    et al. 2007). With ``candidates``, the most spread out of so many trajectories are taken (Ruano et al. 2012).

    Raises ConfigurationError for fewer than two trajectories, or not fewer than the candidates.
    """
    _at_least(trajectories, 2, "trajectories")
    if candidates is not None and candidates <= trajectories:
        raise ConfigurationError(f"candidates={candidates}: must be more than trajectories={trajectories}")
    empty = Design("morris", tuple(factors), seed, np.empty((0, len(factors))), grouped)
    unit = salib_morris.sample(
        empty.problem,
        candidates or trajectories,
        num_levels=LEVELS,
        optimal_trajectories=trajectories if candidates else None,
        seed=seed,
    )
    return Design("morris", empty.factors, seed, unit, grouped)


def sobol(factors: Sequence[Factor], base: int, seed: int) -> Design:
    """``base`` points of a scrambled Sobol sequence with companions for first-order and total effects (Saltelli et al.
    2010): base × (factors + 2) rows. Raises ConfigurationError unless ``base`` is a power of two, 2 or more."""
    _at_least(base, 2, "base")
    if base & (base - 1):
        raise ConfigurationError(f"base={base}: must be a power of two, 16, 32, 64, ...")
    unit = salib_sobol.sample(_problem(factors), base, calc_second_order=False, seed=seed)
    return Design("sobol", tuple(factors), seed, unit)


def hypercube(factors: Sequence[Factor], points: int, seed: int) -> Design:
    """A Latin hypercube: each factor takes each ``points``-th of its range once (McKay et al. 1979).

    Raises ConfigurationError for fewer than two points."""
    _at_least(points, 2, "points")
    unit = qmc.LatinHypercube(len(factors), rng=np.random.default_rng(seed)).random(points)
    return Design("hypercube", tuple(factors), seed, unit)


class Refused(NamedTuple):
    """A point that cannot be composed, and why in one line."""

    point: int
    why: str


class Points(NamedTuple):
    """``arms``: by point the settings of both arms, None where refused or in a block with a refused point."""

    arms: list[tuple[Settings, Settings] | None]
    refused: list[Refused]

    @property
    def settings(self) -> list[Settings]:
        """All that is to be run, point by point, its arms side by side (they share a burn-in)."""
        return [arm for pair in self.arms if pair is not None for arm in pair]


def points(design: Design, pair: tuple[str, str], overrides: Sequence[str], composer: Composer) -> Points:
    """The settings of both scenarios of ``pair`` at every point of ``design``; ``overrides`` hold for all.

    What the schema does not allow is found here, before anything runs. Raises ConfigurationError when the overrides
    themselves are not allowed, or when no block of the design is.
    """
    lines = [[f"scenario={scenario}", *overrides] for scenario in pair]
    first, second = (composer.settings(line) for line in lines)
    if first.world != second.world:
        raise ConfigurationError(f"pair={','.join(pair)}: the two set different worlds, not only policies")
    # Composed once; a point differs in numbers only, which are checked as if they stood on the command line.
    world = composer.tree(lines[0])["world"]
    found: list[tuple[Settings, Settings] | None] = []
    refused: list[Refused] = []
    for number, row in enumerate(design.values().to_numpy()):
        try:
            built, parameters = build(World, with_values(world, design.factors, row))
        except ConfigurationError as error:
            refused.append(Refused(number, str(error)))
            found.append(None)
            continue
        update = {"world": built, "parameters": parameters}
        found.append((first.model_copy(update=update), second.model_copy(update=update)))
    keep = design.whole_blocks(np.array([arms is not None for arms in found]))
    if not keep.any():
        raise ConfigurationError(f"design: every block holds a point that is refused, e.g. {refused[0].why}")
    return Points([arms if kept else None for arms, kept in zip(found, keep, strict=True)], refused)


def _problem(factors: Sequence[Factor]) -> dict[str, Any]:
    if not factors:
        raise ConfigurationError("factors: none is left to vary")
    return {
        "num_vars": len(factors),
        "names": [factor.name for factor in factors],
        "bounds": [[0.0, 1.0]] * len(factors),
    }


def _at_least(number: int, least: int, name: str) -> None:
    if number < least:
        raise ConfigurationError(f"{name}={number}: must be {least} or more")
