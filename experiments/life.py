"""The life of one agent, week by week: what happened, by whom, and the rule and the numbers behind it.

    python experiments/life.py                                   the person to whom most happens, in two years
    python experiments/life.py who=specialist weeks=26           or a specialist, a provider, an employer
    python experiments/life.py id=281474976711081 --all          a person by id, with every rule of the weeks told
    python experiments/life.py scenario=caseload_15              under another policy; any setting can be given

The life begins at the policy date. The id printed first repeats it, also under another policy: it is the same person,
with the same luck.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from sim.report.lives import KINDS, life, most_eventful
from sim.settings import Composer, ConfigurationError

DEFAULTS = {"population": "classroom"}
OWN = ("who", "id", "weeks", "replication")
MOST_WEEKS = 520


def main(arguments: Sequence[str]) -> int:
    """Print one life; exit status 0, 2 for a question that cannot be answered."""
    if {"-h", "--help"} & set(arguments):
        print(__doc__)
        return 0
    pairs = dict(a.split("=", 1) for a in arguments if "=" in a and a.split("=", 1)[0] in OWN)
    overrides = [a for a in arguments if a != "--all" and a.split("=", 1)[0] not in OWN]
    given = {override.split("=", 1)[0] for override in overrides}
    defaults = [f"{name}={value}" for name, value in DEFAULTS.items() if name not in given]
    try:
        who = pairs.get("who", "jobseeker")
        if who not in KINDS:
            raise ConfigurationError(f"who={who}: must be one of {', '.join(KINDS)}")
        weeks = _whole("weeks", pairs.get("weeks", "104"), 1, MOST_WEEKS)
        replication = _whole("replication", pairs.get("replication", "0"), 0, 1_000_000)
        length = [f"horizon.weeks={weeks}", f"horizon.track_weeks={weeks}"]
        settings = Composer().settings([*defaults, *overrides, *length])
        told = KINDS[who]
        if "id" in pairs:
            identity = _whole("id", pairs["id"], 0, 2**63 - 1)
        else:
            identity = most_eventful(settings, replication, told, weeks)
        for line in life(settings, replication, told, identity, weeks, "--all" in arguments):
            print(line, flush=True)
    except (ConfigurationError, LookupError) as error:
        print(f"error: {error.args[0]}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    return 0


def _whole(name: str, text: str, low: int, high: int) -> int:
    """A whole number in bounds. Raises ConfigurationError."""
    if not text.isdigit() or not low <= int(text) <= high:
        raise ConfigurationError(f"{name}={text}: must be a whole number from {low} to {high}")
    return int(text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
