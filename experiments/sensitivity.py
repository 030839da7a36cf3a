"""Which assumptions decide a difference between two policies, and in which worlds does the one win?

    python experiments/sensitivity.py screen                 all uncertain parameters, by forward regression
    python experiments/sensitivity.py screen method=morris factors=world.contact.*,world.gaze.*
    python experiments/sensitivity.py screen method=sections Morris, whole sections of the world at a time
    python experiments/sensitivity.py sobol                  Sobol indices of the ten most influential of the screen
    python experiments/sensitivity.py sobol method=saltelli base=128 replications=4    Saltelli's design, much dearer
    python experiments/sensitivity.py sobol factors=delivery.insecurity,specialists.quit_year
    python experiments/sensitivity.py discover               when does the first policy win? a tree on the screen's runs
    python experiments/sensitivity.py sobol --write          also writes docs/sensitivity/sobol.md and its figure

Settings are given as name=value: pair (first minus second), metric, group, factors, method, points, trajectories,
candidates, base, top, design_seed, and any setting of a run but `scenario`. A parameter set by hand
(world.contact.trust_hour=0.1) does not vary. Every point is a world of its own, with its own burn-in, at which both
policies are run; what is stored already is not computed again.

Why this way: at 1,000 people a pair of runs costs a fifth or a sixth of one at 10,000 people and its difference varies
about 2.3 times as much, so a second of computing tells about as much of one world; but it reaches more worlds, and
worlds are what a sensitivity analysis needs. One Latin hypercube tells of 590 parameters at once, where one Morris
trajectory takes 590 worlds to tell of each one once.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from sim.evaluation import sensitivity
from sim.evaluation.ablation import known_outcomes
from sim.evaluation.design import Design, Points, hypercube, morris, points, sobol
from sim.evaluation.factors import chosen
from sim.outcomes.metrics import GROUPS, HORIZONS
from sim.outcomes.weekly import SERIES
from sim.report.compare import CompareError
from sim.report.figures import save
from sim.report.sensitivity import Asked
from sim.report.sensitivity_answers import Shown, answer
from sim.settings import Composer, ConfigurationError, Settings
from sim.store import Results, StoreError, run_key
from sim.store.tables import read_table, replacing
from sim.sweep import run_all
from sim.sweep.progress import in_words

METHODS = {  # the first is the usual one
    "screen": ("regression", "morris", "sections"),
    "sobol": ("polynomial", "saltelli"),
    "discover": ("tree",),
}
DEFAULTS = {
    "population": "classroom",
    "replications": "2",
    "horizon.weeks": "104",
    "horizon.track_weeks": "104",
    "horizon.burn_in_weeks": "156",
    "results": "results/sensitivity",
}
OWN = {
    "pair": "se_in_house,se_outsourced",
    "metric": "employed_share",
    "group": "all",
    "factors": "",
    "method": "",
    "points": "600",
    "trajectories": "10",
    "candidates": "0",
    "base": "64",
    "top": "10",
    "design_seed": "1",
}
DOCS = Path(__file__).resolve().parents[1] / "docs" / "sensitivity"


class Question(NamedTuple):
    """What was asked: the command, this experiment's own settings, those of the runs, and one run's settings."""

    command: str
    own: dict[str, str]
    overrides: list[str]
    composer: Composer
    settings: Settings

    @property
    def pair(self) -> tuple[str, str]:
        first, second = self.own["pair"].split(",")
        return first, second

    def number(self, name: str) -> int:
        """A whole number of the experiment's own. Raises ConfigurationError when it is none."""
        if not self.own[name].isdecimal():
            raise ConfigurationError(f"{name}={self.own[name]}: must be a whole number, 0 or more")
        return int(self.own[name])


def read_question(arguments: Sequence[str]) -> Question:
    """Raises ConfigurationError for whatever cannot be asked."""
    command, *rest = arguments or [""]
    if command not in METHODS:
        raise ConfigurationError(f"{command or 'nothing'}: no such analysis; there are {', '.join(METHODS)}")
    given = dict(argument.partition("=")[::2] for argument in rest)
    own = {name: given.get(name, usual) for name, usual in OWN.items()}
    others = [argument for argument in rest if argument.partition("=")[0] not in OWN]
    overrides = [*(f"{name}={value}" for name, value in DEFAULTS.items() if name not in given), *others]
    if "scenario" in given:
        raise ConfigurationError(f"scenario={given['scenario']}: say which two with pair={OWN['pair']}")
    if len(own["pair"].split(",")) != 2:
        raise ConfigurationError(f"pair={own['pair']}: must be two scenarios, first,second")
    own["method"] = own["method"] or METHODS[command][0]
    if own["method"] not in METHODS[command]:
        raise ConfigurationError(f"method={own['method']}: {command} has {', '.join(METHODS[command])}")
    if own["metric"] not in known_outcomes():
        near = get_close_matches(own["metric"], known_outcomes(), n=1)
        hint = f"; nearest: {near[0]}" if near else ""
        raise ConfigurationError(f"metric={own['metric']}: no such outcome{hint}")
    if own["group"] not in GROUPS:
        raise ConfigurationError(f"group={own['group']}: must be one of {', '.join(GROUPS)}")
    composer = Composer()
    settings = composer.settings([f"scenario={own['pair'].partition(',')[0]}", *overrides])
    weeks = settings.horizon.weeks
    if own["metric"] not in SERIES and weeks not in HORIZONS:
        measured = ", ".join(map(str, HORIZONS))
        raise ConfigurationError(f"horizon.weeks={weeks}: {own['metric']} is measured after {measured} weeks")
    return Question(command, own, overrides, composer, settings)


def design_of(question: Question) -> Design:
    """The design that the command asks for. Raises ConfigurationError, or StoreError where a screen must come first."""
    own, seed = question.own, question.number("design_seed")
    patterns = [pattern for pattern in own["factors"].split(",") if pattern]
    if question.command == "sobol" and not patterns:
        patterns = _most_influential(question)
    factors = chosen(question.settings.parameters, patterns, question.overrides)
    if own["method"] == "saltelli":
        return sobol(factors, question.number("base"), seed)
    if own["method"] in ("regression", "polynomial", "tree"):
        return hypercube(factors, question.number("points"), seed)
    candidates = question.number("candidates") or None
    return morris(factors, question.number("trajectories"), seed, own["method"] == "sections", candidates)


def _most_influential(question: Question) -> list[str]:
    file = question.settings.results / "screen.csv"
    if not file.is_file():
        raise StoreError(f"{file} is not there: run `screen` first, or name the factors (factors=...)")
    names = pd.read_csv(file)["factor"]
    return list(names[names != sensitivity.LUCK].head(question.number("top")))


def announce(design: Design, what: Points, question: Question) -> None:
    """Says how many runs there are, which points are refused, and from the first two points about how long it takes."""
    worlds, replications = sum(arms is not None for arms in what.arms), question.settings.replications
    runs = len(what.settings) * replications
    print(f"{len(design.factors)} factors; {worlds} worlds × 2 policies × {replications} replications = {runs} runs.")
    if what.refused:
        print(f"{len(what.refused)} points are not allowed; {len(what.arms) - worlds} are left out with their blocks:")
        print(*(f"  point {point}: {why}" for point, why in what.refused), sep="\n")
    first = [arm.model_copy(update={"workers": 1}) for arm in what.settings[:4]]
    if run_all(first, progress=False).failed:
        return
    seconds = np.median([_wall_seconds(arm, replication) for arm in first for replication in range(replications)])
    print(
        f"All of them take about {in_words(float(seconds) * runs)} of one core; what is stored is not computed again."
    )


def _wall_seconds(settings: Settings, replication: int) -> float:
    row = read_table(Results(settings.results).path("runs", settings.scenario, run_key(settings, replication)))
    return float(row["wall_seconds"][0].as_py()) if row is not None else 0.0


def name_of(question: Question) -> str:
    """What the files of an analysis are called; the screen by regression is what `sobol` reads."""
    method = question.own["method"]
    return question.command if method == METHODS[question.command][0] else f"{question.command}_{method}"


def main(arguments: Sequence[str]) -> int:
    """Run, print and write; exit status 0, 1 when runs failed, 2 for what cannot be asked or answered."""
    if {"-h", "--help"} & set(arguments):
        print(__doc__)
        return 0
    try:
        question = read_question([argument for argument in arguments if argument != "--write"])
        design = design_of(question)
        what = points(design, question.pair, question.overrides, question.composer)
        folder, name = question.settings.results, name_of(question)
        Results(folder).prepare()
        written = design.save(folder / f"{name}_design")
        announce(design, what, question)
        failed = run_all(what.settings).failed
        own = question.own
        found = sensitivity.differences(
            Results(folder), what, own["metric"], own["group"], question.settings.horizon.weeks
        )
        if found.missing:
            lost = int((~design.whole_blocks(~np.isnan(found.means))).sum())
            listed = ", ".join(map(str, found.missing))
            print(
                f"No result at points {listed}: {lost} of {len(what.arms)} points are left out; the rest stays valid."
            )
        size = float(np.nanquantile(np.abs(found.means), 0.9))
        weeks = question.settings.horizon.weeks
        asked = Asked(own["metric"], found.unit, size, own["group"], weeks, question.pair)
        shown = answer(own["method"], design, found, asked)
        print("", asked.title, "", shown.text, sep="\n")
        with replacing(folder / f"{name}.csv") as temporary:
            shown.table.to_csv(temporary, index=False)
        with replacing(folder / f"{name}_differences.csv") as temporary:
            _by_point(found).to_csv(temporary, index=False)
        written += [folder / f"{name}.csv", folder / f"{name}_differences.csv", *save(shown.figure, folder / name)]
        if "--write" in arguments:
            command = " ".join(["python experiments/sensitivity.py", *arguments])
            written += save(shown.figure, DOCS / name)
            written.append(DOCS / f"{name}.md")
            written[-1].write_text(_page(name, shown, asked.title, question, command), encoding="utf-8")
    except (ConfigurationError, StoreError, CompareError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    print("Written:", *written, sep="\n  ")
    return 1 if failed else 0


def _by_point(found: sensitivity.Differences) -> pd.DataFrame:
    return pd.DataFrame(
        {"point": np.arange(len(found.pairs)), "difference": found.means, "standard_error": found.standard_errors}
    )


def _page(name: str, shown: Shown, title: str, question: Question, command: str) -> str:
    """The analysis as a page of the docs: its command, its figure, its table."""
    settings = question.settings
    return (
        f"# Sensitivity: {name.replace('_', ' by ')}\n\nMade by `{command}`: population {settings.population.name}, "
        f"{settings.replications} replications at each point, {settings.horizon.burn_in_weeks} weeks of burn-in, model "
        f"seed {settings.seed}, design seed {question.own['design_seed']}.\n\n{title}.\n\n"
        f"![{title}]({name}.png)\n\n{shown.text}"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
