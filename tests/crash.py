"""Proof that nothing finished is ever lost: sweeps are killed at random moments, and in the end all is as if none was.

python tests/crash.py                     30 kills, a few minutes; exit status 0 when everything held
python tests/crash.py --kills 5 --seed 2

A small real sweep runs undisturbed into one folder. Then the same sweep is started into another, and killed with
SIGKILL, either one of its workers or the whole process group at once, at a random moment of its work, and started
again, until it comes through; then the next folder, until there were so many kills. Every folder must hold the same
runs as the undisturbed one, none lost and none twice, with the same tables to the last bit, and nothing else.
The moments are drawn with the seed; what is under way at that moment depends on the machine.
"""

from __future__ import annotations

import argparse
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
import psutil

from sim.settings import Settings, compose
from sim.store import Results
from sim.sweep import run_all

ROOT = Path(__file__).resolve().parents[1]
SCENARIOS = ("baseline", "caseload_15")
SWEEP = (
    "population=classroom",
    "replications=6",
    "workers=2",
    "horizon.burn_in_weeks=52",
    "horizon.weeks=52",
    "horizon.track_weeks=52",
)
RUNS = 12
POINTS = "points.pickle"
PATIENCE = 300.0  # seconds for a sweep to end by itself


def started(folder: Path) -> subprocess.Popen[bytes]:
    """The sweep, in a process group of its own."""
    command = [sys.executable, __file__, "--sweep", str(folder)]
    with open(folder.with_suffix(".log"), "ab") as log:
        return subprocess.Popen(command, stdout=log, stderr=log, cwd=folder.parent, start_new_session=True)


def sweep_into(folder: Path) -> int:
    """The sweep itself, of points that were composed once for all starts."""
    points: list[Settings] = pickle.loads((folder.parent / POINTS).read_bytes())
    report = run_all([point.model_copy(update={"results": folder}) for point in points])
    return 1 if report.failed else 0


def workers_of(sweep: subprocess.Popen[bytes]) -> list[psutil.Process]:
    """The processes that compute: not the one that counts their semaphores."""
    found = []
    with suppress(psutil.Error):
        for child in psutil.Process(sweep.pid).children():
            with suppress(psutil.Error):
                if "spawn_main" in " ".join(child.cmdline()):
                    found.append(child)
    return found


def undisturbed(folder: Path) -> float:
    """Lets the sweep come to its end; gives the seconds from its first sign in the folder to its end."""
    sweep = started(folder)
    began = _at_work(sweep, folder)
    if sweep.wait(PATIENCE) != 0:
        raise SystemExit(f"an undisturbed sweep ended with status {sweep.returncode}: {folder.with_suffix('.log')}")
    return time.monotonic() - began


def disturbed(folder: Path, seconds: float, draws: np.random.Generator, kills: Counter[str], most: int) -> None:
    """Starts the sweep and kills again and again until it comes through, or there were ``most`` kills in all."""
    while kills.total() < most:
        sweep = started(folder)
        _at_work(sweep, folder)
        while kills.total() < most:
            with suppress(subprocess.TimeoutExpired):
                if sweep.wait(draws.uniform(0.0, seconds / 2)) == 0:
                    return
                break  # a run took three workers with it, and is said to have failed: the same command tries again
            if draws.random() < 0.5:
                with suppress(psutil.Error, ProcessLookupError):  # it ended by itself just now
                    family = psutil.Process(sweep.pid).children(recursive=True)
                    os.killpg(sweep.pid, signal.SIGKILL)
                    psutil.wait_procs(family, timeout=10)
                    kills["sweep"] += 1
                sweep.wait()
                break
            if workers := workers_of(sweep):
                with suppress(psutil.Error):
                    workers[draws.integers(len(workers))].kill()
                    kills["worker"] += 1
        if kills.total() >= most:
            sweep.wait(PATIENCE)


def faults(folder: Path, reference: Path) -> list[str]:
    """What is not as in the undisturbed folder; nothing, if all held."""
    found = []
    ours, theirs = Results(folder), Results(reference)
    manifest = ours.runs()
    lost = set(theirs.runs()["run_key"]) - set(manifest["run_key"])
    if lost:
        found.append(f"{len(lost)} runs lost")
    if manifest["run_key"].duplicated().any() or len(manifest) > RUNS:
        found.append("runs twice or too many")
    if list(manifest["status"].unique()) != ["ok"]:
        found.append("runs failed")
    if found:
        return found
    for table in ("outcomes", "weekly"):
        one, other = (results.table(table) for results in (ours, theirs))
        keys = [name for name in one.columns if name != "value"]
        one, other = (frame.sort_values(keys, ignore_index=True) for frame in (one, other))
        if (
            not one[keys].equals(other[keys])
            or one["value"].to_numpy().tobytes() != other["value"].to_numpy().tobytes()
        ):
            found.append(f"{table} differ")
    check = [sys.executable, str(ROOT / "experiments" / "results.py"), "check", str(folder)]
    said = subprocess.run(check, capture_output=True, text=True, check=False)
    if said.returncode or f"{RUNS} runs looked at: all is well" not in said.stdout:
        found.append(f"check: {said.stdout}{said.stderr}")
    left = {path.name for path in folder.iterdir()} - {"runs", "outcomes", "weekly"}
    if left:
        found.append(f"left behind: {', '.join(sorted(left))}")
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Kills, goes on, compares. Gives 0 when everything held and 1 when something did not."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sweep", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.sweep:
        return sweep_into(asked.sweep)
    draws, kills = np.random.default_rng(asked.seed), Counter[str]()
    half_written, folders, bad = 0, 0, 0
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="tiltak-crash-") as place:
        composed = [compose(*SWEEP, f"scenario={name}") for name in SCENARIOS]
        (Path(place) / POINTS).write_bytes(pickle.dumps(composed))
        reference = Path(place) / "undisturbed"
        seconds = undisturbed(reference)
        while kills.total() < asked.kills and not bad:
            folder = Path(place) / f"disturbed_{folders}"
            folders += 1
            disturbed(folder, seconds, draws, kills, asked.kills)
            for part in folder.rglob(".*.tmp"):  # half-written files go when they are an hour old
                half_written += 1
                os.utime(part, (time.time() - 7200,) * 2)
            undisturbed(folder)
            for fault in faults(folder, reference):
                print(f"{folder.name}: {fault}")
                bad += 1
    of_whom = f"one worker: {kills['worker']}, the whole sweep: {kills['sweep']}"
    print(
        f"{kills.total()} kills ({of_whom}) in {folders} folders of {RUNS} runs, "
        f"{half_written} files half written, {time.monotonic() - began:.0f} s: "
        + (f"{bad} faults" if bad else "no run lost, none twice, all tables the same to the last bit")
    )
    return 1 if bad else 0


def _at_work(sweep: subprocess.Popen[bytes], folder: Path) -> float:
    """Waits until the sweep has begun to write into the folder, or has ended; gives the moment."""
    cards = folder / "at_work"
    before = set(cards.glob("*.json"))
    while sweep.poll() is None and not set(cards.glob("*.json")) - before:
        time.sleep(0.02)
    return time.monotonic()


if __name__ == "__main__":
    sys.exit(main())
