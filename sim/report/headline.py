"""From runs to what people look at: differences as CSV, the table on the screen, the two figures."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pandas as pd

from sim.report import figures
from sim.report.compare import flows, paired_differences
from sim.report.cost_effectiveness import plane, print_cost_effectiveness, weighed
from sim.report.multiplicity import with_holm
from sim.report.table import EVERYBODY, View, headline, print_groups, print_money, print_table, who_gains
from sim.store import Results, StoreError
from sim.store.tables import replacing


def report(
    results: Results,
    keys: Collection[str],
    baseline: str = "baseline",
    view: View = EVERYBODY,
    folder: Path | None = None,
) -> list[Path]:
    """Compares the runs in ``keys`` with those of them that have scenario ``baseline``.

    Prints the headline table, who gains and who loses, the cost per retained job and who pays whom, and writes
    ``differences.csv`` (every cohort, metric, group and horizon, with t- and bootstrap intervals and Holm's
    correction), ``by_group.csv`` (the rows of it that say who gains and who loses), ``who_pays_whom.csv``,
    ``cost_effectiveness.csv`` and the figures ``trajectories``, ``differences``, ``by_group`` and
    ``cost_effectiveness`` as PNG and SVG; gives their paths. They go into ``folder``; without one into the results
    folder, or into its ``against_NAME`` when the comparison is with another scenario than the baseline. The first three
    tables and the last three figures are about the people and the horizon of ``view``; the figures, ``by_group.csv``
    and ``cost_effectiveness.csv`` are named after them unless they are everybody.
    Without the outcomes that cost-effectiveness needs there is none of it.
    Raises StoreError when results cannot be read or written, CompareError when there is nothing to compare.
    """
    outcomes = _in_order(results.table("outcomes", keys), keys, baseline)
    differences = with_holm(paired_differences(outcomes, baseline, resampled=True), view.metrics)
    runs = results.table("runs", keys)[["run_key", "scenario", "replication"]]
    weekly = _in_order(results.table("weekly", keys).merge(runs, on="run_key"), keys, baseline)
    money = flows(outcomes)
    paid = money if money.empty else paired_differences(money, baseline, resampled=True)
    shown = headline(differences, view)
    worth, pairs = weighed(outcomes, baseline, view)

    gained = who_gains(differences, view)

    print_table(differences, view=view)
    print_groups(gained)
    if pairs:
        print_cost_effectiveness(worth)
    print_money(paid, weeks=view.weeks)
    if folder is None:
        folder = results.folder if baseline == "baseline" else results.folder / f"against_{baseline}"
    tables = {"differences": differences, "who_pays_whom": paid, _name("by_group", view): gained}
    drawn = {"trajectories": figures.trajectories(weekly), _name("differences", view): figures.forest(shown)}
    if gained["group"].nunique() > 1 and gained["scenario"].nunique() <= figures.MOST_PANELS:
        drawn[_name("by_group", view)] = figures.groups(gained)
    if pairs:
        tables[_name("cost_effectiveness", view)] = worth
        drawn[_name("cost_effectiveness", view)] = plane(worth, pairs, figures.whom_and_when(worth))
    try:
        for name, table in tables.items():
            with replacing(folder / f"{name}.csv") as temporary:
                table.to_csv(temporary, index=False)
        written = [folder / f"{name}.csv" for name in tables]
        for name, figure in drawn.items():
            written += figures.save(figure, folder / name)
        return written
    except OSError as error:
        raise StoreError(f"cannot write the report to {folder}: {error.strerror}") from error


def _name(what: str, view: View) -> str:
    """The name of a file about ``view``: another one for other people or another horizon, so that both can be kept."""
    asked = [str(wanted) for wanted, usual in zip(view[:3], EVERYBODY[:3], strict=True) if wanted != usual]
    return "_".join([what, *asked])


def _in_order(frame: pd.DataFrame, keys: Collection[str], baseline: str) -> pd.DataFrame:
    """Rows in the order of ``keys``, the baseline before all others."""
    place = {key: position for position, key in enumerate(keys)}
    order = pd.DataFrame({"later": frame["scenario"] != baseline, "place": frame["run_key"].map(place)})
    return frame.loc[order.sort_values(["later", "place"], kind="stable").index]
