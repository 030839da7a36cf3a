"""Runs one point, or with -m a sweep of points: the Hydra application.

    python experiments/run.py scenario=se_in_house replications=5
    python experiments/run.py -m scenario=baseline,caseload_60 population=classroom

Every point is composed and validated before the first one runs. A call that is wrong gives one line on stderr
and exit status 2, and leaves nothing on disk; a run that fails gives exit status 1.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

import hydra
from hydra._internal.utils import get_args_parser
from omegaconf import DictConfig, OmegaConf

from sim.parameters import CONFIGS, ConfigurationError, one_line
from sim.settings import Composer, Settings, list_as_value, settings_from


def main(arguments: Sequence[str] | None = None) -> int:
    """Does what the command line says. Gives the exit status."""
    return _told_in_one_line(lambda: _run(list(sys.argv[1:] if arguments is None else arguments)))


def _run(arguments: list[str]) -> int:
    options = _options(arguments)
    if options.hydra_help or options.shell_completion:
        return _by_hydra(arguments)
    points = _points(options)
    shows = options.help or options.cfg or options.info
    # What concerns Hydra itself (its launchers, its folders) is left to Hydra, point by point. Otherwise all
    # points go together, so that they share workers and burn-ins.
    if shows or any(override.lstrip("+~").startswith("hydra") for override in options.overrides):
        return _by_hydra(arguments)
    return _simulate(points)


def _points(options: argparse.Namespace) -> list[Settings]:
    """The validated settings of every point. Raises ConfigurationError, which names the point in a sweep."""
    composer = Composer(
        options.config_name or "config",
        Path(__file__).parent / (options.config_path or CONFIGS),
        Path(options.config_dir) if options.config_dir else None,
    )
    if not options.multirun:
        return [composer.settings(options.overrides)]
    points = composer.points(options.overrides)
    settings = []
    for number, point in enumerate(points, start=1):
        try:
            settings.append(composer.settings(point))
        except ConfigurationError as error:
            name = f"point {number} of {len(points)} ({' '.join(point)})"
            raise ConfigurationError(f"{name}: {error}") from error
    return settings


def _simulate(points: Sequence[Settings]) -> int:
    # Here and not above: the model is loaded once the configuration is known to be good.
    from sim.sweep import run_all

    sweep = run_all(points)
    _tell(points, sweep.keys)
    return 1 if sweep.failed else 0


def _tell(points: Sequence[Settings], keys: Sequence[str]) -> None:
    """Where the results are, and the paired comparison when the baseline was among the points."""
    from sim.outcomes.metrics import HORIZONS
    from sim.report.compare import CompareError, paired_differences
    from sim.report.table import print_table
    from sim.store import Results

    if not keys:
        return
    folder, weeks = points[0].results, points[0].horizon.weeks
    print(f"Results are in {folder}.")
    if weeks < min(HORIZONS):
        print(f"Outcomes are measured from {min(HORIZONS)} weeks on; horizon.weeks={weeks} gives weekly series alone.")
    elif {point.scenario for point in points} == {"baseline"}:
        print("Run another policy into the same folder to compare it with.")
    elif not any(point.scenario == "baseline" for point in points):
        print("To compare, run scenario=baseline, with no policy.* and all else equal, into the same folder.")
    else:
        try:
            print_table(paired_differences(Results(folder).table("outcomes", keys), "baseline"))
        except CompareError as error:
            print(f"Not compared: {error}")
    print(f"All outcomes, groups and horizons, and figures: python experiments/compare.py {folder}")


def _by_hydra(arguments: list[str]) -> int:
    """Hydra's own way: it composes (again), prints what was asked for or runs point by point."""

    def job(config: DictConfig) -> None:
        tree: Any = OmegaConf.to_container(config, resolve=True)
        if _simulate([settings_from(tree)]):
            raise RuntimeError(f"runs of scenario {config.scenario} failed")

    os.environ["HYDRA_FULL_ERROR"] = "1"  # hands errors on instead of printing them
    sys.argv[1:] = list_as_value(arguments)
    hydra.main(version_base="1.3", config_path=str(CONFIGS), config_name="config")(job)()
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    """Hydra's command line, read by Hydra's parser."""

    def refuse(message: str) -> NoReturn:
        raise ConfigurationError(f"{message}; --help shows what can be set")

    parser = get_args_parser()
    parser.error = refuse  # type: ignore[method-assign]
    options = parser.parse_args(arguments)
    if options.experimental_rerun is not None:
        refuse("--experimental-rerun runs a pickle, which is code and no configuration")
    commands = [options.run, options.cfg, options.multirun, options.shell_completion, options.info]
    if sum(map(bool, commands)) > 1:
        refuse("only one of --run, --multirun, --cfg, --info and --shell-completion can be given")
    if options.resolve and not (options.cfg or options.help):
        refuse("--resolve needs --cfg")
    return options


def _told_in_one_line(action: Callable[[], int]) -> int:
    """The exit status of ``action``; an error becomes one line on stderr."""
    try:
        return action()
    except KeyboardInterrupt:
        return 130
    except ConfigurationError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except Exception as error:
        if os.environ.get("TILTAK_TRACEBACK") == "1":
            raise
        print(f"error: {one_line(error)} (TILTAK_TRACEBACK=1 shows where)", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
