"""From runs to what people look at: differences as CSV, the table on the screen, the two figures."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pandas as pd

from sim.report import figures
from sim.report.compare import flows, paired_differences
from sim.report.table import EVERYBODY, View, headline, print_money, print_table
from sim.store import Results, StoreError
from sim.store.tables import replacing


def report(results: Results, keys: Collection[str], baseline: str = "baseline", view: View = EVERYBODY) -> list[Path]:
    """Compares the runs in ``keys`` with those of them that have scenario ``baseline``.

    Prints the headline table and who pays whom, and writes ``differences.csv`` (every cohort, metric, group and
    horizon), ``who_pays_whom.csv`` and the figures ``trajectories`` and ``differences`` as PNG and SVG; gives their
    paths. They go into the results folder, or into its ``against_NAME`` when the comparison is with another scenario
    than the baseline. The first table and the second figure are about the people and the horizon of ``view``; the
    figure is named after them unless they are everybody.
    Raises StoreError when results cannot be read or written, CompareError when there is nothing to compare.
    """
    outcomes = _in_order(results.table("outcomes", keys), keys, baseline)
    differences = paired_differences(outcomes, baseline)
    runs = results.table("runs", keys)[["run_key", "scenario", "replication"]]
    weekly = _in_order(results.table("weekly", keys).merge(runs, on="run_key"), keys, baseline)
    money = flows(outcomes)
    paid = money if money.empty else paired_differences(money, baseline)
    print_table(differences, view=view)
    print_money(paid, weeks=view.weeks)
    folder = results.folder if baseline == "baseline" else results.folder / f"against_{baseline}"
    try:
        for name, table in (("differences", differences), ("who_pays_whom", paid)):
            with replacing(folder / f"{name}.csv") as temporary:
                table.to_csv(temporary, index=False)
        return [
            folder / "differences.csv",
            folder / "who_pays_whom.csv",
            *figures.save(figures.trajectories(weekly), folder / "trajectories"),
            *figures.save(figures.forest(headline(differences, view)), folder / _name(view)),
        ]
    except OSError as error:
        raise StoreError(f"cannot write the report to {folder}: {error.strerror}") from error


def _name(view: View) -> str:
    """The name of the second figure: another one for other people or another horizon, so that both can be kept."""
    asked = [str(wanted) for wanted, usual in zip(view, EVERYBODY, strict=True) if wanted != usual]
    return "_".join(["differences", *asked])


def _in_order(frame: pd.DataFrame, keys: Collection[str], baseline: str) -> pd.DataFrame:
    """Rows in the order of ``keys``, the baseline before all others."""
    place = {key: position for position, key in enumerate(keys)}
    order = pd.DataFrame({"later": frame["scenario"] != baseline, "place": frame["run_key"].map(place)})
    return frame.loc[order.sort_values(["later", "place"], kind="stable").index]
