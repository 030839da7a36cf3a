"""Writes the documents that are made from declarations: parameters, levers, outcomes and data in docs/.

python experiments/document.py            writes them
python experiments/document.py --check    only says which are out of date; exit status 1 when any is
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from sim.parameters import ConfigurationError
from sim.report.documents import out_of_date, write


def main(arguments: Sequence[str]) -> int:
    """Does what the command line says; gives the exit status."""
    if {"-h", "--help"} & set(arguments):
        print(__doc__)
        return 0
    if unknown := set(arguments) - {"--check"}:
        print(f"error: {min(unknown)}: there is only --check", file=sys.stderr)
        return 2
    try:
        if "--check" not in arguments:
            print(*(f"docs/{path.name}" for path in write()), sep="\n")
            return 0
        stale = out_of_date()
    except ConfigurationError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    if stale:
        print(*(f"docs/{name} is out of date: make docs" for name in stale), sep="\n", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
