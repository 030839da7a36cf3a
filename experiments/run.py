"""Runs one point, a sweep of points (-m), or an experiment: the Hydra application.

    python experiments/run.py scenario=se_in_house replications=5
    python experiments/run.py -m scenario=baseline,caseload_60 population=classroom
    python experiments/run.py experiment=caseload population=classroom     one of configs/experiment

Every point is composed and validated before the first one runs. A call that is wrong gives one line on stderr
and exit status 2, and leaves nothing on disk; a run that fails gives exit status 1.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import hydra
from hydra._internal.utils import get_args_parser
from omegaconf import DictConfig, OmegaConf

from sim.parameters import CONFIGS, ConfigurationError, one_line
from sim.settings import Composer, Settings, list_as_value, settings_from

if TYPE_CHECKING:
    from sim.sweep import SweepReport


def main(arguments: Sequence[str] | None = None) -> int:
    """Does what the command line says. Gives the exit status."""
    return _told_in_one_line(lambda: _run(list(sys.argv[1:] if arguments is None else arguments)))


def _run(arguments: list[str]) -> int:
    _check_checkout()
    options = _options(arguments)
    if options.hydra_help or options.shell_completion:
        return _by_hydra(arguments)
    named = [line for line in options.overrides if line.startswith("experiment=")]
    shows = options.help or options.cfg or options.info
    if named and shows:
        raise ConfigurationError(f"{named[0]}: an experiment has many configurations; leave it away to show one")
    if named:
        return _experiment(named, options)
    # What concerns Hydra itself (a sweeper of its own, its folders) is left to Hydra; our launcher then takes the
    # points from it (hydra_plugins/tiltak.py). Otherwise they are taken from the command line at once.
    about_hydra = [override.lstrip("+~") for override in options.overrides if override.lstrip("+~").startswith("hydra")]
    if shows or about_hydra:
        # Only a sweeper of its own knows its points; all others are checked before Hydra shows or writes anything.
        if not any(re.match(r"hydra/sweeper=(?!basic$)", override) for override in about_hydra):
            _points(options)
        return _by_hydra(arguments)
    return _simulate(_points(options), arguments)


def _check_checkout() -> None:
    """In a copied folder whose packages are those of the original, changes would count for nothing."""
    here, found = Path(__file__).resolve().parents[1], CONFIGS.resolve().parent
    if here != found:
        raise ConfigurationError(
            f"{here} would run with the model and settings of {found}: delete its .venv and give `make setup` there"
        )


def _experiment(named: Sequence[str], options: argparse.Namespace) -> int:
    """An experiment of configs/experiment, as the other arguments change it."""
    if len(named) > 1:
        raise ConfigurationError(f"{' '.join(named)}: one experiment at a time")
    name, arguments = named[0].partition("=")[2], [line for line in options.overrides if line not in named]
    from sim.report.experiment import asked, carried_out, report

    experiment, points = asked(name, arguments, _composer(options))
    if points[0].settings.execution.dry_run:
        return _job_script(points[0].settings)
    found = carried_out(experiment, points, [*named, *arguments])
    written = report(found)
    print("\nWritten:", *(f"  {path}" for path in written), sep="\n")
    return _status(found.sweep)


def _job_script(settings: Settings) -> int:
    from sim.sweep.crews import slurm_cluster

    with slurm_cluster(settings.execution) as cluster:
        print(f"# {settings.execution.jobs} jobs like this one would be submitted:\n{cluster.job_script()}")
    return 0


def _status(sweep: SweepReport) -> int:
    if sweep.failed:
        names = "; ".join(failure.run.name for failure in sweep.failed)
        print(f"Left out, failed (the same command tries them again): {names}", file=sys.stderr)
        return 1
    return 0


def _points(options: argparse.Namespace) -> list[Settings]:
    """The validated settings of every point. Raises ConfigurationError, which names the point in a sweep."""
    composer = _composer(options)
    if not options.multirun:
        return [composer.settings(options.overrides)]
    return composer.all_settings(composer.points(options.overrides))


def _composer(options: argparse.Namespace) -> Composer:
    return Composer(
        options.config_name or "config",
        Path(__file__).parent / (options.config_path or CONFIGS),
        Path(options.config_dir) if options.config_dir else None,
    )


def _simulate(settings: Sequence[Settings], arguments: Sequence[str]) -> int:
    # Here and not above: the model is loaded once the configuration is known to be good.
    from sim.experiment import Point
    from sim.report.conduct import conduct
    from sim.report.experiment import tell

    if settings[0].execution.dry_run:
        return _job_script(settings[0])
    points = [Point(one, {}, {}, one.scenario == "baseline") for one in settings]
    _, sweep = conduct(points, arguments)
    tell(settings, sweep.keys)
    return _status(sweep)


def _by_hydra(arguments: list[str]) -> int:
    """Hydra's own way: it prints what was asked for, or lets a sweeper propose points."""
    done: list[int] = []

    def job(config: DictConfig) -> None:
        tree: Any = OmegaConf.to_container(config, resolve=True)
        done.append(_simulate([settings_from(tree)], arguments))

    os.environ["HYDRA_FULL_ERROR"] = "1"  # hands errors on instead of printing them
    sys.argv[1:] = list_as_value(arguments)
    hydra.main(version_base="1.3", config_path=str(CONFIGS), config_name="config")(job)()
    return max(done, default=0)


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
    except Exception as error:
        from sim.report.compare import CompareError
        from sim.store import StoreError

        if isinstance(error, ConfigurationError | StoreError | CompareError):
            print(f"error: {error}", file=sys.stderr)
            return 2
        if os.environ.get("TILTAK_TRACEBACK") == "1":
            raise
        print(f"error: {one_line(error)} (TILTAK_TRACEBACK=1 shows where)", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
