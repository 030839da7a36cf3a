"""The main experiment: five policies against the baseline, compared replication by replication.

    python experiments/headline.py                                      the defaults below
    python experiments/headline.py replications=5 population=classroom
    python experiments/headline.py world=slack results=results/slack    in a slack labour market

Settings are those of configs/, given as name=value. What is stored already is not computed again.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from sim.report.compare import CompareError
from sim.report.headline import report
from sim.settings import Composer, ConfigurationError, Settings
from sim.store import Results, StoreError
from sim.sweep import run_all

SCENARIOS = ("baseline", "se_in_house", "se_outsourced", "caseload_15", "caseload_200", "tender_price_80")
DEFAULTS = {"population": "district", "replications": "8", "results": "results/headline"}


def compose_points(overrides: Sequence[str]) -> list[Settings]:
    """The settings of every scenario, with the defaults of this experiment unless ``overrides`` name others.

    Raises ConfigurationError, which names the setting that is wrong.
    """
    given = {override.split("=", 1)[0] for override in overrides}
    if "scenario" in given:
        raise ConfigurationError("scenario: leave it out, this experiment runs its own scenarios")
    defaults = [f"{name}={value}" for name, value in DEFAULTS.items() if name not in given]
    composer = Composer()
    return [composer.settings([f"scenario={name}", *defaults, *overrides]) for name in SCENARIOS]


def main(arguments: Sequence[str]) -> int:
    """Runs the experiment; gives the exit status: 0 all well, 1 some runs failed, 2 nothing to show."""
    if {"-h", "--help"} & set(arguments):
        print(__doc__)
        return 0
    try:
        points = compose_points(arguments)
        sweep = run_all(points)
        if not sweep.keys:
            raise StoreError("every run failed; the tracebacks are in the table of runs")
        written = report(Results(points[0].results), sweep.keys)
    except (ConfigurationError, StoreError, CompareError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    print("\nWritten:", *(f"  {path}" for path in written), sep="\n")
    if sweep.failed:
        names = "; ".join(failure.run.name for failure in sweep.failed)
        print(f"Left out, failed (the same command tries them again): {names}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
