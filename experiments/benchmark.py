"""How fast the model is: nanoseconds per jobseeker-week by process, against a floor, and what starting costs.

    python experiments/benchmark.py                          classroom and district, two years after a year of burn-in
    python experiments/benchmark.py populations=norway       larger: a minute or two
    python experiments/benchmark.py populations=district compile=yes      also compiles anew, into an empty cache
    python experiments/benchmark.py --write                  docs/speed.md, its figure and its JSON, too

The divisor of nanoseconds is the mean number of registered people times weeks: those who have left and are still
tracked cost time, too, and are not counted. The floor is what any compiled week of so many people must cost: one pass
that reads and writes 30 four-byte columns, with three calls of Philox and five exponentials a person. Judge by ratios
within one run: machines differ, and the same one is not alike at all times. Other settings are given as name=value.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from sim.compiled import compiled
from sim.settings import ConfigurationError, Settings, compose
from sim.streams import Stream, draw4

DEFAULTS = {"horizon.burn_in_weeks": "52", "horizon.weeks": "104", "horizon.track_weeks": "104"}
POPULATIONS = ("classroom", "district")
DOCS = Path(__file__).resolve().parents[1] / "docs"
COLUMNS = 30
# A process that measures the floor, one that starts, and one that builds a world and watches its memory.
FLOOR = """
import sys
sys.path.insert(0, sys.argv[1])
from benchmark import floor
print(floor(int(sys.argv[2])))
"""
FIRST_WEEK = """
import sys
from sim.settings import compose
settings = compose(*sys.argv[1:])
from sim.model import ActivationMarket
ActivationMarket(settings).step()
"""
MEMORY = """
import re, sys
from pathlib import Path
from sim.settings import compose
from sim.model import ActivationMarket
def peak():  # not getrusage: that of a child begins where its parent was
    return 1024 * int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
small = [a for a in sys.argv[1:] if not a.startswith("population=")]
warm = ActivationMarket(compose("population=classroom", *small))
for _ in range(60):
    warm.step()
before = peak()
market = ActivationMarket(compose(*sys.argv[1:]))
while market.since_policy < market.horizon.weeks:
    market.step()
print((peak() - before) / market.settings.population.registered)
"""


@compiled
def _floor(columns, stream, week):
    """One pass over people: ``columns`` (30, people) float32 are read and written, 12 uniforms and 5 exponentials."""
    for i in range(columns.shape[1]):
        a = draw4(stream, 250, i, week, 0)
        b = draw4(stream, 251, i, week, 0)
        c = draw4(stream, 252, i, week, 0)
        x = math.exp(-a[0] - a[1]) + math.exp(-a[2] - a[3]) + math.exp(-b[0] - b[1])
        x += math.exp(-b[2] - b[3]) + math.exp(-c[0] - c[1] - c[2] - c[3])
        for k in range(columns.shape[0]):
            columns[k, i] = np.float32(0.9) * columns[k, i] + np.float32(0.01 * x)


def floor(people: int) -> float:
    """Nanoseconds per person of the floor, the best of some passes."""
    columns, stream = np.zeros((COLUMNS, people), np.float32), Stream(1, 1)
    _floor(columns, stream, 0)
    best = math.inf
    for week in range(max(3, 2_000_000 // people)):
        start = time.perf_counter()
        _floor(columns, stream, week)
        best = min(best, time.perf_counter() - start)
    return best / people * 1e9


def clocked(process: Callable[[Any], None], seconds: dict[str, float], name: str) -> Callable[[Any], None]:
    """The process, adding the time it takes to ``seconds``."""

    def run(market: Any) -> None:
        start = time.perf_counter()
        process(market)
        seconds[name] = seconds.get(name, 0.0) + time.perf_counter() - start

    return run


def week_of(settings: Settings) -> dict[str, Any]:
    """One replication: seconds to build it, and nanoseconds per jobseeker-week in all and by process."""
    from sim import model
    from sim.report.tracing import processes_of_the_week

    model.ActivationMarket(settings).step()
    start = time.perf_counter()
    market = model.ActivationMarket(settings)
    build = time.perf_counter() - start
    while market.since_policy < 0:
        market.step()
    seconds: dict[str, float] = {}
    names, registered = processes_of_the_week(), 0.0
    plain = {name: getattr(model, name) for name in names}
    for name in names:
        setattr(model, name, clocked(plain[name], seconds, name))
    start = time.perf_counter()
    for _ in range(settings.horizon.weeks):
        market.step()
        registered += float(market.series[list(model.SERIES).index("registered")])
    whole = time.perf_counter() - start
    for name in names:
        setattr(model, name, plain[name])
    by_process = {name: round(spent / registered * 1e9, 1) for name, spent in seconds.items()}
    by_process["observing and the rest"] = round((whole - sum(seconds.values())) / registered * 1e9, 1)
    people = round(registered / settings.horizon.weeks)
    # In pages that suit it best, which are not those of the model (see sim/__init__.py): the floor is to be a floor.
    here = str(Path(__file__).resolve().parent)
    least = float(started(FLOOR, [here, str(people)], NUMPY_MADVISE_HUGEPAGE="1")[1])
    return {
        "registered": people,
        "weeks": settings.horizon.weeks,
        "seconds": round(whole, 2),
        "build_seconds": round(build, 2),
        "week_ns": round(whole / registered * 1e9),
        "floor_ns": round(least),
        "week_over_floor": round(whole / registered * 1e9 / least, 2),
        "by_process": by_process,
    }


def started(program: str, arguments: Sequence[str], **environment: str) -> tuple[float, str]:
    """Seconds that another Python takes for a program, and what it printed."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, *(["-c", program] if program else []), *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return time.perf_counter() - start, done.stdout


def measure(populations: Sequence[str], overrides: Sequence[str], compiles: bool) -> dict[str, Any]:
    """All figures of a benchmark."""
    found: dict[str, Any] = {"populations": {}}
    for name in populations:
        settings = [f"population={name}", *overrides]
        of_size = found["populations"][name] = week_of(compose(*settings))
        of_size["bytes_per_person"] = round(float(started(MEMORY, settings)[1]))
    first = [f"population={populations[0]}"]
    found["first_week_seconds"] = round(min(started(FIRST_WEEK, first)[0] for _ in range(3)), 2)
    if compiles:
        with tempfile.TemporaryDirectory() as empty:
            found["compile_seconds"] = round(started("", ["-m", "sim.warm_up"], TILTAK_CACHE=empty)[0], 1)
    return found


def draw(found: dict[str, Any], target: Path) -> None:
    """Bars of nanoseconds per jobseeker-week by process, a panel for each population."""
    import matplotlib.pyplot as plt

    sizes = found["populations"]
    figure, panels = plt.subplots(1, len(sizes), figsize=(1 + 4.6 * len(sizes), 7.5), squeeze=False, sharex=True)
    for panel, (name, figures) in zip(panels[0], sizes.items(), strict=True):
        parts = sorted(figures["by_process"].items(), key=lambda item: item[1])
        panel.barh([part.replace("_", " ") for part, _ in parts], [spent for _, spent in parts], color="#4477aa")
        panel.axvline(figures["floor_ns"], color="#cc6677", linewidth=1)
        panel.annotate("the floor", (figures["floor_ns"], 0.5), (4, 0), textcoords="offset points", fontsize=8)
        panel.set_title(f"{name}: {figures['week_ns']:,} ns, {figures['week_over_floor']} times the floor", fontsize=10)
        panel.set_xlabel("ns per jobseeker-week")
        panel.tick_params(axis="y", labelsize=8)
        panel.spines[["top", "right"]].set_visible(False)
    figure.tight_layout()
    figure.savefig(target, dpi=120)


def markdown(found: dict[str, Any], command: str) -> str:
    """The figures as a page."""
    rows = {
        "registered people, mean": "registered",
        "weeks after the policy date": "weeks",
        "seconds for them": "seconds",
        "ns per jobseeker-week": "week_ns",
        "ns per person of the floor": "floor_ns",
        "week over floor": "week_over_floor",
        "seconds to build the world": "build_seconds",
        "bytes per registered person": "bytes_per_person",
    }
    sizes = found["populations"]
    lines = ["# Speed", "", f"Made by `{command}`, on one core.", ""]
    lines += ["| | " + " | ".join(sizes) + " |", "|---|" + "---:|" * len(sizes)]
    for words, name in rows.items():
        lines.append(f"| {words} | " + " | ".join(f"{figures[name]:,}" for figures in sizes.values()) + " |")
    lines += ["", f"A second process has done its first week {found['first_week_seconds']} s after it was started."]
    if "compile_seconds" in found:
        lines[-1] += f" Compiling\neverything takes {found['compile_seconds']:.0f} s, once."
    about = (__doc__ or "").partition("The divisor")[2].partition(" Other settings")[0]
    lines += ["", f"The divisor{about}", "", "![Nanoseconds per jobseeker-week by process](speed.png)"]
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str]) -> int:
    """Prints a table and, last, everything as one line of JSON; exit status 2 for a setting that cannot be used."""
    own = dict(a.split("=", 1) for a in arguments if a.startswith(("populations=", "compile=")))
    overrides = [a for a in arguments if not a.startswith(("populations=", "compile=", "--write"))]
    given = {override.partition("=")[0] for override in overrides}
    common = [*(f"{name}={value}" for name, value in DEFAULTS.items() if name not in given), *overrides]
    populations = own["populations"].split(",") if "populations" in own else list(POPULATIONS)
    try:
        found = measure(populations, common, own.get("compile") == "yes")
    except ConfigurationError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    for name, figures in found["populations"].items():
        print(f"\n{name:<26}{'ns per jobseeker-week':>22}")
        for process, spent in sorted(figures["by_process"].items(), key=lambda item: -item[1]):
            print(f"{process:<26}{spent:>22.1f}")
        print(f"{'the whole week':<26}{figures['week_ns']:>22}")
        print(f"{'the floor':<26}{figures['floor_ns']:>22}")
        print(f"{'week over floor':<26}{figures['week_over_floor']:>22}")
        print(f"{'seconds in all':<26}{figures['seconds']:>22}")
    if "--write" in arguments:
        draw(found, DOCS / "speed.png")
        (DOCS / "speed.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
        command = " ".join(["python experiments/benchmark.py", *arguments])
        (DOCS / "speed.md").write_text(markdown(found, command), encoding="utf-8")
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
