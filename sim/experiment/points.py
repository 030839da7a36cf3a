"""Every point of an experiment, composed and checked before the first one runs."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import NamedTuple

from sim.experiment.design import rows
from sim.experiment.files import Experiment, Value, as_word
from sim.parameters import ConfigurationError
from sim.settings import Composer, Settings


class Point(NamedTuple):
    """One configuration of an experiment.

    ``levers`` and ``uncertainties``: what it has of what varies. ``baseline``: it is what the others of the same
    world are compared with.
    """

    settings: Settings
    levers: Mapping[str, Value]
    uncertainties: Mapping[str, Value]
    baseline: bool


def compose(experiment: Experiment, composer: Composer) -> list[Point]:
    """The points: in every world the baseline, then every policy.

    Raises ConfigurationError, which names the point, for the first that is not valid.
    """
    _check_metrics(experiment)
    common = [f"{name}={as_word(value)}" for name, value in experiment.settings.items()]
    if not any(name == "results" for name in experiment.settings):
        common.append(f"results=results/{experiment.name}")
    worlds: dict[str, list[dict[str, Value]]] = {}
    for row in rows(experiment.factors, experiment.design):
        worlds.setdefault(repr(_part(row, experiment.uncertainties)), []).append(row)
    wanted = []
    for policies in worlds.values():
        world = _part(policies[0], experiment.uncertainties)
        wanted.append(Wanted(experiment.baseline, world, True))
        wanted += [Wanted(_part(row, experiment.levers), world, False) for row in policies]
    varied = [[f"{name}={as_word(value)}" for name, value in {**w.uncertainties, **w.levers}.items()] for w in wanted]
    points: dict[tuple[str, str], Point] = {}
    for one, settings in zip(wanted, composer.all_settings(varied, common), strict=True):
        # A policy that is the baseline is one point with it.
        point = Point(settings, {} if one.baseline else one.levers, one.uncertainties, one.baseline)
        points.setdefault((settings.scenario, repr(one.uncertainties)), point)
    return list(points.values())


def _check_metrics(experiment: Experiment) -> None:
    from sim.outcomes.metrics import METRICS, SERVICE_METRICS

    for name in experiment.metrics:
        if name not in METRICS and name not in SERVICE_METRICS:
            near = get_close_matches(name, [*METRICS, *SERVICE_METRICS], n=1)
            hint = f" (did you mean {near[0]}?)" if near else ""
            raise ConfigurationError(
                f"experiment {experiment.name}: metrics: no metric {name!r}{hint}; docs/outcomes.md"
            )


class Wanted(NamedTuple):
    """A point before it is composed."""

    levers: Mapping[str, Value]
    uncertainties: Mapping[str, Value]
    baseline: bool


def _part(row: Mapping[str, Value], names: Mapping[str, object]) -> dict[str, Value]:
    return {name: row[name] for name in names}
