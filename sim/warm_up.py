"""Compile the model ahead of time: ``python -m sim.warm_up``, part of set-up.

Runs a tiny world through every process once. The compiled code goes to the cache (see ``sim/compiled.py``), so that
later processes start their first week at once.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from sim.cache import cache_root


def main() -> None:
    """Compile, and say what is happening."""
    start = time.perf_counter()
    print("Compiling the model (once; again only after its source changes) ...", file=sys.stderr, flush=True)
    from sim.model import simulate
    from sim.settings import compose

    settings = compose(
        "population=classroom",
        "horizon.burn_in_weeks=2",
        "horizon.weeks=27",  # past the first horizon
        "record.spells=true",
        "seed=0",
        "policy.courses.drop_in_places_per_1000=1",
    )
    simulate(settings, 0)
    root, home = str(cache_root()), str(Path.home())
    where = "~" + root[len(home) :] if root.startswith(home) else root
    print(f"Compiled in {time.perf_counter() - start:.0f} s, kept in {where}.", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
