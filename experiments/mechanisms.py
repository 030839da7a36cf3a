"""Every mechanism of the domain, switched off (or on), and what that did to the outcomes it should move most.

    python experiments/mechanisms.py                             all rows, the defaults below
    python experiments/mechanisms.py rows=T2,T3 replications=6   some rows, fewer pairs
    python experiments/mechanisms.py --write                     the table goes to docs/mechanisms.md, too

Each row of ``sim/evaluation/mechanisms/`` declares its switch, two outcomes and their signs. Pairs share population
and luck. Settings are given as name=value; whatever is stored already is not computed again.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from sim.evaluation.ablation import arms, effects
from sim.evaluation.mechanisms import MECHANISMS
from sim.report.ablations import markdown, summary
from sim.settings import ConfigurationError
from sim.store import Results, StoreError
from sim.sweep import run_all

DEFAULTS = {
    "population": "district",
    "replications": "9",
    "horizon.weeks": "104",
    "horizon.burn_in_weeks": "104",
    "horizon.track_weeks": "104",
    "results": "results/mechanisms",
}


def main(arguments: Sequence[str]) -> int:
    """Run, print and write; exit status 0, 1 when runs failed, 2 for a configuration that cannot be used."""
    asked = [argument.partition("=")[2] for argument in arguments if argument.startswith("rows=")]
    overrides = [a for a in arguments if a != "--write" and not a.startswith("rows=")]
    given = {override.partition("=")[0] for override in overrides}
    common = [*(f"{name}={value}" for name, value in DEFAULTS.items() if name not in given), *overrides]
    try:
        wanted = _wanted(asked)
        points = arms(wanted, common)
        settings = [arm for pair in points.values() for arm in pair]
        if settings:
            sweep = run_all(settings)
            if sweep.failed:
                return 1
            found = effects(wanted, points, Results(settings[0].results))
        else:
            found = []
    except (ConfigurationError, StoreError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    command = " ".join(["python experiments/mechanisms.py", *arguments])
    text = markdown(wanted, found, command)
    print(text)
    print(summary(wanted, found))
    if "--write" in arguments:
        target = Path(__file__).parents[1] / "docs" / "mechanisms.md"
        target.write_text(text, encoding="utf-8")
        print(f"Written: {target}")
    return 0


def _wanted(asked: Sequence[str]) -> list:
    """The mechanisms of the rows asked for, all if none. Raises ConfigurationError for a row that is not there."""
    rows = {mechanism.row: mechanism for mechanism in MECHANISMS}
    names = [name for words in asked for name in words.split(",") if name] or list(rows)
    for name in names:
        if name not in rows:
            raise ConfigurationError(f"rows={name}: no such row; there are {', '.join(rows)}")
    return [rows[name] for name in names]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
