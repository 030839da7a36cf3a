"""Compares every scenario in a results folder with the baseline, without running anything.

    python experiments/compare.py results/headline
    python experiments/compare.py results/headline --baseline caseload_30
    python experiments/compare.py results/headline --group reduced_capacity --weeks 52

Of a folder with several populations, worlds or model versions, the set-up that ran last is compared.
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


def main(arguments: Sequence[str]) -> int:
    """Prints and writes the comparison; gives the exit status: 0, or 2 when there is nothing to compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="a results folder")
    parser.add_argument("--baseline", default="baseline", metavar="NAME", help="scenario to compare with")
    parser.add_argument("--cohort", default="stock", metavar="NAME", help="stock or entrants")
    parser.add_argument("--group", default="all", metavar="NAME", help="one of the groups of docs/outcomes.md")
    parser.add_argument("--weeks", type=int, metavar="N", help="weeks after the policy date")
    asked = parser.parse_args(arguments)
    results = Results(asked.folder)
    try:
        runs, newest = results.runs(), results.newest()
        if newest.empty:
            raise StoreError(f"{asked.folder} holds no finished runs")
        written = report(results, list(newest["run_key"]), asked.baseline, View(asked.cohort, asked.group, asked.weeks))
    except (StoreError, CompareError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    print("\nWritten:", *(f"  {path}" for path in written), sep="\n")
    if left_out := len(runs) - len(newest):
        print(f"Left out: {left_out} of {len(runs)} runs, failed or of another set-up.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
