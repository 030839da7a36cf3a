"""The 28 patterns that the model must show: measured, and set beside the bands declared beforehand.

    python experiments/patterns.py                       all of them
    python experiments/patterns.py numbers=4,13          some
    python experiments/patterns.py --write               the table goes to docs/validation.md, too

Arms and claims stand in ``sim/evaluation/patterns/``. Whatever is stored already is not computed again.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from sim.evaluation.pattern import Pattern, Runs, Seen, compute, seen, settings
from sim.evaluation.patterns import PATTERNS
from sim.evaluation.patterns.arms import ARMS
from sim.report.patterns import markdown
from sim.settings import ConfigurationError
from sim.store import StoreError

DEFAULTS = {"population": "district", "results": "results/patterns"}


def main(arguments: Sequence[str]) -> int:
    """Run, print and write; exit status 0, 1 when runs failed, 2 for a configuration that cannot be used."""
    asked = [argument.partition("=")[2] for argument in arguments if argument.startswith("numbers=")]
    overrides = [a for a in arguments if a != "--write" and not a.startswith("numbers=")]
    given = {override.partition("=")[0] for override in overrides}
    common = [*(f"{name}={value}" for name, value in DEFAULTS.items() if name not in given), *overrides]
    try:
        wanted = _wanted(asked)
        points = settings(ARMS, [claim for pattern in wanted for claim in pattern.claims], common)
        if compute(points):
            return 1
        runs = Runs(points)
        found: dict[str, Seen] = {}
        for pattern in wanted:
            for name, claim in zip(pattern.names, pattern.claims, strict=True):
                found[name] = seen(claim, runs)
                print(f"{name:4} {found[name].mean:10.4g} [{found[name].low:.4g}, {found[name].high:.4g}]", flush=True)
    except (ConfigurationError, StoreError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    text = markdown(wanted, found, " ".join(["python experiments/patterns.py", *arguments]))
    print(text)
    if "--write" in arguments:
        target = Path(__file__).parents[1] / "docs" / "validation.md"
        target.write_text(text, encoding="utf-8")
        print(f"Written: {target}")
    return 0


def _wanted(asked: Sequence[str]) -> list[Pattern]:
    """The patterns asked for, all if none. Raises ConfigurationError for a number that is not there."""
    known = {str(pattern.number): pattern for pattern in PATTERNS}
    names = [name for words in asked for name in words.split(",") if name] or list(known)
    for name in names:
        if name not in known:
            raise ConfigurationError(f"numbers={name}: no such pattern; there are {', '.join(known)}")
    return [known[name] for name in names]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
