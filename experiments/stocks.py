"""Stocks and flows of the baseline against the facts: what the model gets right, and what is off.

    python experiments/stocks.py                        the default district, eight replications
    python experiments/stocks.py population=county      another size; any setting but a policy
    python experiments/stocks.py --write                also writes docs/stocks.md and docs/stocks.csv

Each replication is burnt in and then watched for a year. Numbers of people are those of Norway in proportion to the
population: 250,000 registered stand for the country. Rates, shares and prices are compared as they are.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from sim.evaluation.stocks import table
from sim.evaluation.year import year
from sim.report.stocks import markdown, print_table
from sim.settings import ConfigurationError, compose

DEFAULTS = {"population": "district", "replications": "8"}
DOCS = Path(__file__).resolve().parents[1] / "docs"


def main(arguments: Sequence[str]) -> int:
    """Prints the table, and writes it where asked; gives the exit status."""
    if {"-h", "--help"} & set(arguments):
        print(__doc__)
        return 0
    overrides = [argument for argument in arguments if argument != "--write"]
    given = {override.split("=", 1)[0] for override in overrides}
    try:
        settings = compose(*(f"{name}={value}" for name, value in DEFAULTS.items() if name not in given), *overrides)
        if settings.policy != settings.baseline:
            raise ConfigurationError("policy: leave it as it is, this table is about the baseline")
    except ConfigurationError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    stocks = table(year(settings))
    print_table(stocks)
    if "--write" in arguments:
        DOCS.mkdir(exist_ok=True)
        stocks.to_csv(DOCS / "stocks.csv", index=False, float_format="%.6g")
        (DOCS / "stocks.md").write_text(markdown(stocks, settings, overrides), encoding="utf-8")
        print("\nWritten:\n  docs/stocks.md\n  docs/stocks.csv")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
