"""The headline table: what each scenario changes, in one screen."""

from __future__ import annotations

from difflib import get_close_matches
from itertools import zip_longest
from typing import Any, NamedTuple

import pandas as pd
from rich import box
from rich.console import Console
from rich.table import Table

from sim.report.compare import NET, CompareError
from sim.report.multiplicity import ERROR, told, with_holm
from sim.report.words import (
    COHORTS,
    HEADLINE_METRICS,
    HEADLINE_WEEKS,
    Scale,
    group_words,
    headline_metrics,
    in_words,
    metric_words,
    scale,
    scenario_words,
)

WIDTH = 120
FEWEST_PAIRS = 5  # for what pairing is worth to be shown: it compares two variances
MOST_ABREAST = 7  # scenarios that a table of this width can show side by side


class View(NamedTuple):
    """Whom and when a table is about; without ``weeks``, ``HEADLINE_WEEKS`` or the longest horizon of shorter runs."""

    cohort: str = "stock"
    group: str = "all"
    weeks: int | None = None
    metrics: tuple[str, ...] = HEADLINE_METRICS

    def of(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The rows of a comparison that it shows. Raises CompareError for a name or horizon that is not there."""
        for column, wanted in (("cohort", self.cohort), ("group", self.group), ("horizon_weeks", self.weeks)):
            there = list(dict.fromkeys(rows[column]))
            if column == "horizon_weeks" and wanted is None:
                wanted = max((week for week in there if week <= HEADLINE_WEEKS), default=min(there))
            if wanted not in there:
                near = get_close_matches(str(wanted), map(str, there), n=1)
                hint = f" (did you mean {near[0]!r}?)" if near else ""
                raise CompareError(
                    f"no outcomes with {column} {wanted!r}{hint}; there are {', '.join(map(str, there))}"
                )
            rows = rows[rows[column] == wanted]
        return rows


EVERYBODY = View()


def headline(differences: pd.DataFrame, view: View = EVERYBODY) -> pd.DataFrame:
    """The rows of ``differences`` that the headline shows, in its order of metrics.

    When a model gives none of the headline's metrics, all that it gives are shown.
    """
    rows = view.of(differences)
    place = {name: position for position, name in enumerate(headline_metrics(rows["metric"], view.metrics))}
    chosen = rows[rows["metric"].isin(list(place))]
    return chosen.sort_values("metric", key=lambda names: names.map(place), kind="stable", ignore_index=True)


def print_table(differences: pd.DataFrame, console: Console | None = None, view: View = EVERYBODY) -> None:
    """Prints the headline of ``differences`` (as ``paired_differences`` gives them) and how to read it."""
    rows = with_holm(headline(differences, view), view.metrics)
    if console is None:
        # As wide in a file or a narrow window: numbers are never cut short.
        console = Console(highlight=False, width=WIDTH)
    baseline = scenario_words(rows["baseline"].iloc[0])
    weeks, cohort = rows["horizon_weeks"].iloc[0], rows["cohort"].iloc[0]
    console.print()
    of_group = "" if view.group == "all" else f", {in_words(view.group)} only"
    console.print(f"[bold]Against {baseline}, {weeks} weeks on, for {COHORTS.get(cohort, cohort)}{of_group}[/bold]")

    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column("Outcome", no_wrap=True)
    table.add_column("Scenario", max_width=26, overflow="fold")
    for name in (baseline, "Scenario", "Difference", "95 % interval"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("Reading", no_wrap=True)
    least, most = rows["replications"].min(), rows["replications"].max()
    worth = most >= FEWEST_PAIRS
    if worth:
        table.add_column("Pairing", justify="right", no_wrap=True)
    for metric, of_metric in rows.groupby("metric", sort=False):
        shown = scale(of_metric["unit"].iloc[0], of_metric["baseline_value"].abs().max())
        # The name on the first row and the unit under it, or both on the only row there is.
        names = [metric_words(str(metric)), f"  {shown.unit}"]
        names = names if len(of_metric) > 1 else [", ".join(name.strip() for name in names)]
        for name, row in zip_longest(names, of_metric.itertuples(), fillvalue=""):
            table.add_row(name, *_cells(row, shown)[: None if worth else -1])
        table.add_section()
    console.print(table)

    counted = f"{least}" if least == most else f"{least} to {most}"
    plural = "" if most == 1 else "s"
    console.print(
        f"Means over {counted} paired replication{plural}; a difference is scenario minus baseline, "
        "pp are percentage points.\n"
        "Unclear: the interval holds zero."
        + (" Pairing 5: one paired replication tells as much as 5 pairs of independent runs." if worth else ""),
        *([many] if (many := told(rows)) else []),
        sep="\n",
        soft_wrap=True,
    )


def who_gains(differences: pd.DataFrame, view: View = EVERYBODY) -> pd.DataFrame:
    """Who gains and who loses: rows of ``differences`` for every group at the view's horizon, of its first metric."""
    rows = view._replace(group="all").of(differences)
    first = headline_metrics(rows["metric"], view.metrics)[0]
    same = differences["cohort"] == view.cohort, differences["horizon_weeks"] == rows["horizon_weeks"].iloc[0]
    return differences[same[0] & same[1] & (differences["metric"] == first)].reset_index(drop=True)


def print_groups(gained: pd.DataFrame, console: Console | None = None) -> None:
    """Prints what ``who_gains`` gives, groups down and scenarios across; nothing when there is one group alone."""
    if gained["group"].nunique() < 2:
        return
    console = console or Console(highlight=False, width=WIDTH)
    metric, weeks = metric_words(gained["metric"].iloc[0]), gained["horizon_weeks"].iloc[0]
    if gained["scenario"].nunique() > MOST_ABREAST:
        console.print(f"Who gains and who loses ({metric.lower()}), scenario by scenario: by_group.csv\n")
        return
    shown = scale(gained["unit"].iloc[0], gained["baseline_value"].abs().max())
    cohort = gained["cohort"].iloc[0]
    unit = f"{metric}, {shown.difference_unit}, {weeks} weeks on, {COHORTS.get(cohort, cohort)}"
    console.print(f"[bold]Who gains and who loses: {unit}[/bold]")
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column("Group", no_wrap=True)
    table.add_column(scenario_words(gained["baseline"].iloc[0]), justify="right", no_wrap=True)
    scenarios = list(dict.fromkeys(gained["scenario"]))
    for name in scenarios:
        table.add_column(scenario_words(name), justify="right")
    for group, rows in gained.groupby("group", sort=False):
        of_scenario = {row.scenario: row for row in rows.itertuples()}
        cells = [_marked(of_scenario[name], shown) if name in of_scenario else "" for name in scenarios]
        table.add_row(group_words(str(group)), shown.value(rows["baseline_value"].iloc[0]), *cells)
    console.print(table)
    console.print(
        "Scenario minus baseline; a question mark where the 95 % interval holds zero or there is none. Groups overlap, "
        "and are fixed at the start. With so many comparisons some are clear by chance.\n",
        soft_wrap=True,
    )


def _marked(row: Any, shown: Scale) -> str:
    return shown.difference(row.difference) + (" ?" if reading(row.low, row.high) == "unclear" else "")


def print_money(paid: pd.DataFrame, console: Console | None = None, weeks: int | None = None) -> None:
    """Prints who pays whom from paired differences of ``flows``; nothing when no money is in them."""
    if paid.empty:
        return
    console = console or Console(highlight=False, width=WIDTH)
    if paid["scenario"].nunique() > MOST_ABREAST:
        console.print("Who pays whom, scenario by scenario: who_pays_whom.csv")
        return
    rows = View(weeks=weeks).of(paid)
    until, unit = rows["horizon_weeks"].iloc[0], rows["unit"].iloc[0]
    console.print(f"[bold]Who pays whom, for everybody served: {unit}, from the policy date to week {until}[/bold]")
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column("From and to", no_wrap=True)
    table.add_column(scenario_words(rows["baseline"].iloc[0]), justify="right", no_wrap=True)
    for name in dict.fromkeys(rows["scenario"]):
        table.add_column(scenario_words(name), justify="right")
    order = rows.groupby("metric", sort=False)["baseline_value"].first().sort_values(ascending=False).index
    for flow in [*order.drop(NET), NET]:
        if flow == NET:
            table.add_section()
        cells = rows[rows["metric"] == flow]
        table.add_row(
            in_words(flow),
            f"{cells['baseline_value'].iloc[0]:,.0f}",
            *(
                f"{row.difference:+,.0f}" + ("" if reading(row.low, row.high) != "unclear" else " ?")
                for row in cells.itertuples()
            ),
        )
    console.print(table)
    console.print(
        "Scenario minus baseline; a question mark where the 95 % interval holds zero. These are the whole accounts: "
        "newcomers are in them, and what belongs to nobody (empty places, tender work). 'Public cost' above is what is "
        "laid at the door of the people named there, less their taxes, so the two do not add up to the same.",
        soft_wrap=True,
    )


def _cells(row: Any, shown: Scale) -> list[str]:
    low, high, pairing = row.low, row.high, row.pairing
    unit = " pp" if shown.difference_unit == "pp" else ""
    return [
        scenario_words(row.scenario),
        shown.value(row.baseline_value),
        shown.value(row.scenario_value),
        shown.difference(row.difference) + unit,
        "one replication" if row.replications == 1 else f"{shown.difference(low)} to {shown.difference(high)}",
        reading(low, high) + ("*" if row.p < ERROR <= row.p_holm else ""),
        "" if pd.isna(pairing) else f"{pairing:.{1 if pairing < 10 else 0}f}",
    ]


def reading(low: float, high: float) -> str:
    """What an interval says, in a word or two."""
    if low == 0 and high == 0:
        return "the same"
    if low > 0:
        return "higher"
    return "lower" if high < 0 else "unclear"
