"""Compile the model ahead of time: ``python -m sim.warm_up``, part of set-up.

Runs a tiny world through every process once, in several processes that share the work: whoever comes first to a loop
that is not in the cache compiles it, and the others go on with its plain Python. The compiled code goes to the cache
(see ``sim/compiled.py``), so that later processes start their first week at once.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path
from typing import Any

import numpy as np

from sim.cache import cache_root
from sim.compiled import Loop

MOST_PROCESSES = 4  # each takes some hundred MB
PATIENCE = 600.0  # seconds for another process to compile a loop


def run_tiny_world() -> None:
    """Every process of the week, with everything that can be recorded, past the first horizon."""
    from sim.model import simulate
    from sim.settings import compose

    settings = compose(
        "population=classroom",
        "population.registered=200",
        "horizon.burn_in_weeks=1",
        "horizon.weeks=27",
        "record.spells=true",
        "seed=0",
        "policy.courses.drop_in_places_per_1000=1",
    )
    simulate(settings, 0)


def share(claims: Path) -> None:
    """Make every loop ask first whether another process compiles it. ``claims``: a folder that they have in common."""
    call, inside = Loop.__call__, False

    def shared(loop: Loop, *arguments: Any) -> Any:
        nonlocal inside
        if inside:
            return loop.py_func(*arguments)
        file = loop.file(arguments)
        if file.is_file() or _claimed(claims / f"{file.parent.name}-{file.name}"):
            return call(loop, *arguments)
        inside = True
        try:
            return loop.py_func(*arguments)
        except (ArithmeticError, ValueError, TypeError, IndexError):  # not everything can be said in plain Python
            _wait_for(file)
        finally:
            inside = False
        return call(loop, *arguments)

    Loop.__call__ = shared  # type: ignore[method-assign, assignment]


def _claimed(claim: Path) -> bool:
    """Whether this process is the first to claim a loop."""
    try:
        claim.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def _wait_for(file: Path) -> None:
    begun = time.monotonic()
    while not file.is_file() and time.monotonic() - begun < PATIENCE:
        time.sleep(0.1)


def main() -> None:
    """Compile, and say what is happening."""
    start = time.perf_counter()
    print("Compiling the model (once; again only after its source changes) ...", file=sys.stderr, flush=True)
    processes = min(MOST_PROCESSES, os.cpu_count() or 1)
    with tempfile.TemporaryDirectory() as claims:
        command = [sys.executable, "-m", "sim.warm_up", claims]
        others = [subprocess.Popen(command, stderr=subprocess.DEVNULL) for _ in range(processes - 1)]
        helped_by(claims)
        for other in others:
            other.wait()
    root, home = str(cache_root()), str(Path.home())
    where = "~" + root[len(home) :] if root.startswith(home) else root
    print(f"Compiled in {time.perf_counter() - start:.0f} s, kept in {where}.", file=sys.stderr, flush=True)


def helped_by(claims: str) -> None:
    """One of the processes that compile."""
    share(Path(claims))
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        run_tiny_world()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        helped_by(sys.argv[1])
    else:
        main()
