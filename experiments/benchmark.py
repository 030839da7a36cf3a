"""How long the model takes: seconds per replication, nanoseconds per jobseeker-week, and where they go.

    python experiments/benchmark.py                           district, three years after the burn-in, one core
    python experiments/benchmark.py population=norway horizon.weeks=52 horizon.burn_in_weeks=52

The divisor of nanoseconds is the mean number of registered people times weeks (those who have left and are still
tracked cost time, too, and are not counted). Compiling is not in the figures: the first week is run before the clock.
"""

from __future__ import annotations

import ast
import inspect
import json
import sys
import textwrap
import time
from collections.abc import Callable, Sequence
from typing import Any

from sim.settings import ConfigurationError, compose


def processes() -> list[str]:
    """Names of the processes of a week, in their order, read from ``ActivationMarket.step``."""
    from sim.model import ActivationMarket

    step = ast.parse(textwrap.dedent(inspect.getsource(inspect.unwrap(ActivationMarket.step))))
    calls = [
        node.value.func for node in ast.walk(step) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
    ]
    return [call.id for call in calls if isinstance(call, ast.Name)]


def clocked(process: Callable[[Any], None], seconds: dict[str, float], name: str) -> Callable[[Any], None]:
    """The process, adding the time it takes to ``seconds``."""

    def run(market: Any) -> None:
        start = time.perf_counter()
        process(market)
        seconds[name] = seconds.get(name, 0.0) + time.perf_counter() - start

    return run


def measure(overrides: Sequence[str]) -> dict[str, Any]:
    """One replication: seconds of its parts, and nanoseconds per jobseeker-week in all and by process."""
    settings = compose(*overrides)
    from sim import model

    model.ActivationMarket(settings).step()
    start = time.perf_counter()
    market = model.ActivationMarket(settings)
    build = time.perf_counter() - start
    start = time.perf_counter()
    while market.since_policy < 0:
        market.step()
    burn_in = time.perf_counter() - start
    seconds: dict[str, float] = {}
    for name in processes():
        setattr(model, name, clocked(getattr(model, name), seconds, name))
    weeks, registered = settings.horizon.weeks, 0.0
    start = time.perf_counter()
    for _ in range(weeks):
        market.step()
        registered += float(market.series[list(model.SERIES).index("registered")])
    policy = time.perf_counter() - start
    by_process = {name: round(spent / registered * 1e9, 1) for name, spent in seconds.items()}
    by_process["observing and the rest"] = round((policy - sum(seconds.values())) / registered * 1e9, 1)
    return {
        "population": settings.population.name,
        "weeks": weeks,
        "mean_registered": round(registered / weeks),
        "build_seconds": round(build, 2),
        "burn_in_seconds": round(burn_in, 2),
        "policy_seconds": round(policy, 2),
        "ns_per_jobseeker_week": round(policy / registered * 1e9),
        "by_process": by_process,
    }


def main(arguments: Sequence[str]) -> int:
    """Prints a table and, last, everything as one line of JSON."""
    try:
        figures = measure(arguments)
    except ConfigurationError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    print(f"{'process':<26}{'ns per jobseeker-week':>22}")
    for name, spent in sorted(figures["by_process"].items(), key=lambda item: -item[1]):
        print(f"{name:<26}{spent:>22.1f}")
    print(f"{'the whole week':<26}{figures['ns_per_jobseeker_week']:>22}")
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
