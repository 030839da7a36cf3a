"""Compares every scenario in a results folder with the baseline, without running anything.

    python experiments/compare.py results/headline
    python experiments/compare.py results/headline --baseline caseload_30
    python experiments/compare.py results/headline --group reduced_capacity --weeks 52
    python experiments/compare.py results/grid --setup 2

Of a folder with several populations, worlds or model versions, one set-up is compared: the one that ran last, or the
one before it by --setup 2 (files in its own folder, setup_2), and so on; they are listed before the comparison.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from sim.report.compare import CompareError
from sim.report.headline import report
from sim.report.table import View
from sim.store import Results, StoreError
from sim.store.collect import setups
from sim.store.results import OK


def main(arguments: Sequence[str]) -> int:
    """Prints and writes the comparison; gives the exit status: 0, or 2 when there is nothing to compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="a results folder")
    parser.add_argument("--baseline", default="baseline", metavar="NAME", help="scenario to compare with")
    parser.add_argument("--cohort", default="stock", metavar="NAME", help="stock or entrants")
    parser.add_argument("--group", default="all", metavar="NAME", help="one of the groups of docs/outcomes.md")
    parser.add_argument("--weeks", type=int, metavar="N", help="weeks after the policy date")
    parser.add_argument("--setup", type=int, default=1, metavar="N", help="which set-up: 1 is the one that ran last")
    asked = parser.parse_args(arguments)
    results = Results(asked.folder)
    try:
        runs = results.runs()
        if not (runs["status"] == OK).any():
            raise StoreError(f"{asked.folder} holds no finished runs")
        newest = results.newest(_setup(setups(results), asked.setup))
        against = "" if asked.baseline == "baseline" else f"_against_{asked.baseline}"
        folder = asked.folder / f"setup_{asked.setup}{against}" if asked.setup > 1 else None
        view = View(asked.cohort, asked.group, asked.weeks)
        written = report(results, list(newest["run_key"]), asked.baseline, view, folder)
    except (StoreError, CompareError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    print("\nWritten:", *(f"  {path}" for path in written), sep="\n")
    if left_out := len(runs) - len(newest):
        print(f"Left out: {left_out} of {len(runs)} runs, failed or of another set-up.")
    return 0


def _setup(found: dict[str, str], number: int) -> str:
    """The key of the set-up asked for; all are listed where there are several."""
    if not 1 <= number <= len(found):
        raise StoreError(f"--setup {number}: there {'is one' if len(found) == 1 else f'are {len(found)}'}, from 1")
    if len(found) > 1:
        print("Set-ups in this folder, which are not compared with one another (* this one; another by --setup):")
        for place, told in enumerate(found.values(), 1):
            print(f"{'*' if place == number else ' '} {place}: {told}")
    return list(found)[number - 1]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
