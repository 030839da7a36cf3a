"""What is in a results folder, and what to do with it.

python experiments/results.py status results/caseload           what was asked, what is there, what failed and why
python experiments/results.py retry-failed results/caseload     computes the runs that failed once more
python experiments/results.py extend results/caseload replications=20      the same, with more replications
python experiments/results.py extend results/caseload policy.supervisors.caseload=45,90     with more points
python experiments/results.py check results/caseload            reads every byte, and names what is damaged
python experiments/results.py collect results/caseload          one tidy table of all outcomes: collected.csv
python experiments/results.py export results/caseload runs runs.xlsx       one table as CSV, Excel or Parquet
python experiments/results.py query results/caseload "SELECT scenario, count(*) FROM runs GROUP BY ALL"
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd

from sim.experiment import extended
from sim.parameters import ConfigurationError
from sim.settings import restored
from sim.store import Results, StoreError, model_version
from sim.store.asked import recalled
from sim.store.check import check
from sim.store.collect import FORMATS, collect, export
from sim.store.tables import TABLES
from sim.store.views import query
from sim.sweep import run_all
from sim.sweep.estimate import in_bytes
from sim.sweep.presence import Presence
from sim.sweep.progress import in_words


def status(asked: argparse.Namespace) -> int:
    """What was asked, what is there, what failed and why."""
    results = Results(asked.folder)
    runs = _runs(results)
    of_now = runs["model_version"] == model_version()
    ok, failed = runs[of_now & (runs["status"] == "ok")], runs[of_now & (runs["status"] == "failed")]
    size = sum(path.stat().st_size for path in results.folder.rglob("*.parquet"))
    print(f"{results.folder}: {len(ok)} runs stored, {len(failed)} failed, {in_bytes(size)} on disk")
    if others := int((~of_now).sum()):
        print(f"{others} runs of another version of the model; they are left as they are and compared with nothing")
    if not ok.empty:
        spent = ok["wall_seconds"].sum()
        print(f"Computing them took {in_words(spent)} of one core, {spent / len(ok):.1f} s a run")
    for who in Presence(results.folder).others():
        print(f"At work here now: {who}")
    there = set(ok["run_key"])
    for one in recalled(results.folder):
        missing = [name for key, name in one.runs.items() if key not in there]
        state = "complete" if not missing else f"{len(missing)} of {len(one.runs)} runs missing"
        if one.model_version != model_version():
            state = "of another version of the model"
        print(f"\nAsked {one.when}: python experiments/run.py {' '.join(one.command)}\n  {state}")
    for row in failed.itertuples():
        print(f"\nFailed: {row.scenario}, replication {row.replication} (run {row.run_key}): {row.error}")
    if len(failed):
        print(f"\nTracebacks: query {results.folder} \"SELECT run_key, traceback FROM runs WHERE status = 'failed'\"")
    return 0


def retry_failed(asked: argparse.Namespace) -> int:
    """Computes the runs that failed once more, each with the configuration that it had."""
    results = Results(asked.folder)
    runs = _runs(results)
    failed = runs[(runs["status"] == "failed") & (runs["model_version"] == model_version())]
    if failed.empty:
        print("No run of this version of the model has failed.")
        return 0
    points = []
    for _, rows in failed.groupby("point_key", sort=False):
        settings = restored(json.loads(rows["configuration"].iloc[0]))
        here = {"results": results.folder, "replications": int(rows["replication"].max()) + 1}
        points.append(settings.model_copy(update=here))
    wanted = set(failed["run_key"])
    report = run_all(points, only=wanted)
    print(f"{len(report.done)} of {len(wanted)} runs are stored now.")
    return 1 if report.failed else 0


def extend(asked: argparse.Namespace) -> int:
    """Gives the last command once more, with further settings."""
    from run import main as run

    commands = [one for one in recalled(asked.folder) if one.model_version == model_version()]
    if not commands:
        raise StoreError(f"{asked.folder}: this version of the model was asked nothing here; give run.py the command")
    folder = str(asked.folder).replace("'", r"\'")
    return run([*extended(commands[-1].command, asked.settings), f"results='{folder}'"])


def check_folder(asked: argparse.Namespace) -> int:
    """Reads every byte, and names what is damaged."""
    found = check(asked.folder)
    looked_at = len(list(asked.folder.glob("runs/*/*.parquet")))
    if not looked_at and not found:
        raise StoreError(f"{asked.folder} holds no runs")
    for path, what, mended_by in found:
        print(f"{path}: {what} ({mended_by})")
    print(
        f"{looked_at} runs looked at: " + (f"{len(found)} files are not as they should be" if found else "all is well")
    )
    return 1 if found else 0


def collect_table(asked: argparse.Namespace) -> int:
    """Writes one tidy table of all outcomes, with a column for every setting that varies."""
    target = asked.target or asked.folder / "collected.csv"
    frame = collect(Results(asked.folder))
    print(f"{len(frame):,} rows: {export(frame, target)}")
    return 0


def export_table(asked: argparse.Namespace) -> int:
    """Writes one of the tables as CSV, Excel or Parquet."""
    frame = Results(asked.folder).table(asked.table)
    print(f"{len(frame):,} rows: {export(frame, asked.target)}")
    return 0


def answer(asked: argparse.Namespace) -> int:
    """Prints the answer to one question in SQL."""
    with pd.option_context("display.max_rows", None, "display.max_columns", None, "display.width", 200):
        print(query(asked.folder, asked.sql).to_string(index=False))
    return 0


def _runs(results: Results) -> pd.DataFrame:
    runs = results.runs()
    if runs.empty:
        raise StoreError(f"{results.folder} holds no runs")
    return runs


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, does: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        one = commands.add_parser(name, help=does.__doc__, description=does.__doc__)
        one.add_argument("folder", type=Path, help="a results folder")
        one.set_defaults(does=does)
        return one

    command("status", status)
    command("retry-failed", retry_failed)
    more = command("extend", extend)
    more.add_argument("settings", nargs="+", metavar="name=value", help="what is to be different")
    command("check", check_folder)
    formats = ", ".join(FORMATS)
    command("collect", collect_table).add_argument("target", nargs="?", type=Path, help=f"a file: {formats}")
    table = command("export", export_table)
    table.add_argument("table", choices=TABLES)
    table.add_argument("target", type=Path, help=f"a file: {formats}")
    command("query", answer).add_argument("sql", help="a SELECT over runs, outcomes, weekly, ...")
    return parser


def main(arguments: Sequence[str]) -> int:
    """Does what is asked; gives the exit status: 0, 1 when something is wrong with runs, 2 when it cannot be done."""
    asked = _parser().parse_args(arguments)
    try:
        if not asked.folder.is_dir():
            raise StoreError(f"{asked.folder}: no such folder")
        return asked.does(asked)  # type: ignore[no-any-return]
    except (StoreError, ConfigurationError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
