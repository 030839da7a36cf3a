"""The three policy questions, with each suspected mechanism switched off in both arms.

    python experiments/questions.py                                     the defaults below
    python experiments/questions.py replications=3 population=classroom

A mechanism carries an effect as far as the effect shrinks when the mechanism is off in the arm with the policy *and*
in the arm without. Each row runs two arms with their own burn-in. Settings are given as name=value.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from rich import box
from rich.console import Console
from rich.table import Table

from sim.report.compare import CompareError, paired_differences
from sim.report.words import metric_words
from sim.settings import Composer, ConfigurationError, Settings
from sim.store import Results, StoreError, run_key
from sim.sweep import run_all

DEFAULTS = {"population": "district", "replications": "8", "results": "results/questions"}
METRICS = (
    "employed_share",
    "retained_26w_share",
    "registered_unemployed_share",
    "out_of_labour_force_share",
    "trust",
)
WEEKS = 104

SWAPPED = (
    "tendered=[1,0] wage=[500000,560000] overhead=[0.3,0.45] insecurity=[1.0,0.0] intake_slope=[0.7,1.5]"
    " knows_file=[0.4,0.9] file_shared=[0.3,0.8] knowledge_to_nav=[0.1,1.0] haste=[0.25,0.0] admin_share=[0.30,0.25]"
)
EQUAL = (
    "tendered=[0,0] wage=[560000,560000] overhead=[0.45,0.45] insecurity=[0,0] intake_slope=[1.5,1.5]"
    " knows_file=[0.9,0.9] file_shared=[0.8,0.8] knowledge_to_nav=[1,1] haste=[0,0] admin_share=[0.25,0.25]"
)


class Question(NamedTuple):
    """``policy`` against ``other``; ``off`` maps a mechanism to the world in which it is off (of one section)."""

    title: str
    policy: str
    other: str
    section: str
    off: dict[str, str]


QUESTIONS = (
    Question(
        "Supported Employment in-house or outsourced?",
        "se_in_house",
        "se_outsourced",
        "delivery",
        {
            "everything as it is": "",
            "no tender for either": "tendered=[0,0]",
            "the same security of posts": "insecurity=[0,0]",
            "the same pay and overhead": "wage=[560000,560000] overhead=[0.45,0.45]",
            "the same selection at intake": "intake_slope=[1.5,1.5]",
            "the same knowledge, kept in NAV": "knows_file=[0.9,0.9] file_shared=[0.8,0.8] knowledge_to_nav=[1,1]",
            "the same time for meeting and mapping": "haste=[0,0]",
            "all differences gone": EQUAL,
            "all differences swapped": SWAPPED,
        },
    ),
    Question(
        "A caseload of 15 instead of 120?",
        "caseload_15",
        "baseline",
        "",
        {
            "everything as it is": "",
            "contact does not lift motivation": "contact.motivation_hour=0",
            "contact does not build trust": "contact.trust_hour=0",
            "no gaze": "gaze.training=1",
            "contact does not lower barriers": "contact.barrier_hour=0",
            "contact teaches no search": "contact.know_how_hour=0",
            "no availability checks, no sanctions": "contact.availability_check=0 contact.sanction=0",
            "pensions do not wait for mapping": "exits.pension_unmapped=1",
        },
    ),
    Question(
        "A price weight of 0.8 instead of 0.4?",
        "tender_price_80",
        "baseline",
        "",
        {
            "everything as it is": "",
            "staff do not matter on courses": "courses.rate_know_how=0 courses.rate_skill=0 courses.mastery=0",
            "quality scores say more, and spread": "tendering.validity=0.6 tendering.bunching=0.4",
            "no courses lock in": "search.lock_in_course=0.8 search.lock_in_aft=0.8",
        },
    ),
)


def world(question: Question, off: str) -> list[str]:
    """The overrides that switch a mechanism off."""
    prefix = f"world.{question.section}." if question.section else "world."
    return [prefix + item for item in off.split()]


def compose_points(arguments: Sequence[str]) -> dict[tuple[str, str], tuple[Settings, Settings]]:
    """(policy, other) settings for every question and mechanism."""
    given = {argument.split("=", 1)[0] for argument in arguments}
    defaults = [f"{name}={value}" for name, value in DEFAULTS.items() if name not in given]
    composer = Composer()
    points = {}
    for question in QUESTIONS:
        for name, off in question.off.items():
            shared = [*defaults, *arguments, *world(question, off)]
            arms = [composer.settings([f"scenario={arm}", *shared]) for arm in (question.policy, question.other)]
            points[question.title, name] = (arms[0], arms[1])
    return points


def effects(points: dict[tuple[str, str], tuple[Settings, Settings]], results: Results) -> pd.DataFrame:
    """Paired differences (everyone registered at the policy date, WEEKS weeks on) for every row."""
    frames = []
    for (title, name), arms in points.items():
        keys = [run_key(arm, replication) for arm in arms for replication in range(arm.replications)]
        outcomes = results.table("outcomes", keys)
        row = paired_differences(outcomes, arms[1].scenario)
        here = (row["cohort"] == "stock") & (row["group"] == "all") & (row["horizon_weeks"] == WEEKS)
        row = row[here & row["metric"].isin(METRICS)].copy()
        row.insert(0, "question", title)
        row.insert(1, "switched_off", name)
        frames.append(row)
    return pd.concat(frames, ignore_index=True)


def show(table: pd.DataFrame) -> None:
    """Print one table a question: rows mechanisms, columns metrics, difference and 95 % interval."""
    console = Console(width=170)
    for title, rows in table.groupby("question", sort=False):
        shown = Table(title=str(title), title_justify="left", box=box.SIMPLE_HEAD)
        shown.add_column("Switched off in both arms", no_wrap=True)
        for metric in METRICS:
            unit = "0-1" if metric == "trust" else "pp"
            shown.add_column(f"{metric_words(metric)}, {unit}", justify="right", no_wrap=True)
        for name, cells in rows.groupby("switched_off", sort=False):
            by_metric = cells.set_index("metric")
            line = []
            for metric in METRICS:
                cell = by_metric.loc[metric]
                factor = 100.0 if cell["unit"] == "share" else 1.0
                low, high = cell["low"] * factor, cell["high"] * factor
                line.append(f"{cell['difference'] * factor:+.2f} [{low:+.2f}, {high:+.2f}]")
            shown.add_row(str(name), *line)
        console.print(shown)
    pairs = int(table["replications"].min())
    console.print(f"Policy minus alternative, {WEEKS} weeks on, everyone registered at the policy date; {pairs} pairs.")


def main(arguments: Sequence[str]) -> int:
    """Run, print and write; exit status 0, 1 when runs failed, 2 for a configuration that cannot be used."""
    try:
        points = compose_points(arguments)
        flat = [arm for arms in points.values() for arm in arms]
        sweep = run_all(flat)
        if sweep.failed:
            return 1
        results = Results(flat[0].results)
        table = effects(points, results)
        show(table)
        target = Path(results.folder) / "questions.csv"
        table.to_csv(target, index=False)
        print(f"Written: {target}")
    except (ConfigurationError, StoreError, CompareError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
