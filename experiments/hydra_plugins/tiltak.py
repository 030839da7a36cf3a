"""Hydra's launcher: whatever sweeper proposes points, all of them go to the one engine, with all their replications.

A sweeper that optimises gets one number a point: the mean over replications of ``hydra.launcher.objective``, a metric
of everybody registered at the policy date, at the longest horizon there is.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hydra.core.utils import JobReturn, JobStatus, setup_globals
from hydra.plugins.launcher import Launcher
from hydra.types import HydraContext, TaskFunction
from omegaconf import DictConfig

from sim.parameters import ConfigurationError
from sim.settings import Composer, Settings


class TiltakLauncher(Launcher):
    """Composes and checks all points of a batch, then runs what is not stored yet."""

    def __init__(self, objective: str) -> None:
        super().__init__()
        self.objective = objective
        self.composer = Composer()

    def setup(self, *, hydra_context: HydraContext, task_function: TaskFunction, config: DictConfig) -> None:
        """Finds the configuration files that the program was started with."""
        folders = {source.provider: source.path for source in config.hydra.runtime.config_sources}
        own = folders.get("command-line")
        self.composer = Composer(config.hydra.job.config_name, Path(folders["main"]), Path(own) if own else None)

    def launch(self, job_overrides: Sequence[Sequence[str]], initial_job_idx: int) -> Sequence[JobReturn]:
        """Raises ConfigurationError for the first point that is not valid, before anything runs."""
        # Here and not above: Hydra loads its plugins for whatever it is asked.
        from sim.experiment import Point
        from sim.report.conduct import conduct
        from sim.report.experiment import tell

        setup_globals()
        self._check_objective()
        points = self.composer.all_settings(job_overrides)
        _, sweep = conduct([Point(one, {}, {}, one.scenario == "baseline") for one in points], sys.argv[1:])
        tell(points, sweep.keys)
        broken = {failure.run.key: failure.error for failure in sweep.failed}
        values = self._values(points, sweep.keys)
        return [
            self._told(one, overrides, broken, values) for one, overrides in zip(points, job_overrides, strict=True)
        ]

    def _check_objective(self) -> None:
        from difflib import get_close_matches

        from sim.outcomes.metrics import METRICS

        if self.objective not in METRICS:
            near = get_close_matches(str(self.objective), METRICS, n=1)
            hint = f" (did you mean {near[0]}?)" if near else ""
            raise ConfigurationError(
                f"hydra.launcher.objective={self.objective}: no such metric{hint}; docs/outcomes.md has all"
            )

    def _told(
        self, settings: Settings, overrides: Sequence[str], broken: dict[str, str], values: dict[str, float]
    ) -> JobReturn:
        from sim.store import run_key

        told: Any = JobReturn(overrides=list(overrides))
        keys = [run_key(settings, replication) for replication in range(settings.replications)]
        errors = [broken[key] for key in keys if key in broken]
        told.status = JobStatus.FAILED if errors else JobStatus.COMPLETED
        numbers = [values.get(key, math.nan) for key in keys]
        told.return_value = RuntimeError(errors[0]) if errors else sum(numbers) / len(numbers)
        return told  # type: ignore[no-any-return]

    def _values(self, points: Sequence[Settings], keys: Sequence[str]) -> dict[str, float]:
        """The objective of each run that has results; without those that are too short for it."""
        from sim.store import Results, run_key

        there, folders, found = set(keys), dict[Path, list[str]](), dict[str, float]()
        for one in points:
            own = [run_key(one, replication) for replication in range(one.replications)]
            folders.setdefault(one.results, []).extend(key for key in own if key in there)
        for folder, stored in folders.items():
            if not stored:
                continue
            outcomes = Results(folder).table("outcomes", stored)
            rows = outcomes[(outcomes["metric"] == self.objective) & (outcomes["cohort"] == "stock")]
            rows = rows[rows["group"] == "all"].sort_values("horizon_weeks").drop_duplicates("run_key", keep="last")
            found |= dict(zip(rows["run_key"], rows["value"], strict=True))
        return found
