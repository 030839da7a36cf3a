"""The three policy questions, with each suspected mechanism switched off in both arms.

    python experiments/questions.py                                     the defaults below
    python experiments/questions.py replications=3 population=classroom
    python experiments/questions.py --write             the tables go to docs/questions_tables.md, too

A mechanism carries an effect as far as the effect shrinks when the mechanism is off in the arm with the policy *and*
in the arm without. Each row runs two arms with their own burn-in. Settings are given as name=value.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from sim.evaluation.questions import questions
from sim.report.compare import CompareError, paired_differences
from sim.report.words import metric_words
from sim.settings import Composer, ConfigurationError, Settings
from sim.store import Results, StoreError, run_key
from sim.sweep import run_all

DEFAULTS = {
    "population": "district",
    "replications": "8",
    "horizon.weeks": "104",
    "horizon.track_weeks": "104",
    "results": "results/questions",
}
METRICS = (
    "employed_share",
    "retained_26w_share",
    "registered_unemployed_share",
    "out_of_labour_force_share",
    "trust",
)
GROUP_METRICS = ("employed_share", "retained_26w_share", "wellbeing", "service_cost_nok", "public_cost_nok")
WEEKS = 104


def compose_points(arguments: Sequence[str]) -> dict[tuple[str, str], tuple[Settings, Settings]]:
    """(policy, other) settings for every question and mechanism."""
    given = {argument.split("=", 1)[0] for argument in arguments}
    defaults = [f"{name}={value}" for name, value in DEFAULTS.items() if name not in given]
    composer = Composer()
    points = {}
    for question in questions():
        for name, off in question.off.items():
            shared = [*defaults, *arguments, *off]
            arms = [composer.settings([f"scenario={arm}", *shared]) for arm in (question.policy, question.other)]
            points[question.title, name] = (arms[0], arms[1])
    return points


def effects(points: dict[tuple[str, str], tuple[Settings, Settings]], results: Results) -> pd.DataFrame:
    """Paired differences (people registered at the policy date, by group, WEEKS weeks on) for every row."""
    frames = []
    for (title, name), arms in points.items():
        keys = [run_key(arm, replication) for arm in arms for replication in range(arm.replications)]
        outcomes = results.table("outcomes", keys)
        outcomes = outcomes[(outcomes["cohort"] == "stock") & (outcomes["horizon_weeks"] == WEEKS)]
        row = paired_differences(outcomes, arms[1].scenario)
        row.insert(0, "question", title)
        row.insert(1, "switched_off", name)
        frames.append(row)
    return pd.concat(frames, ignore_index=True)


def markdown(table: pd.DataFrame, command: str) -> str:
    """Three Markdown tables a question, with differences and 95 % intervals: by mechanism switched off, by group, and
    the money by post."""
    pairs = int(table["replications"].max())
    lines = [
        f"Made by `{command}`. Policy minus alternative, {WEEKS} weeks on, everyone registered at the policy date,",
        f"{pairs} pairs; in brackets the 95 % interval. Shares in percentage points.",
    ]
    for title, rows in table.groupby("question", sort=False):
        everybody = rows[rows["group"] == "all"]
        as_it_is = rows[rows["switched_off"] == "nothing"]
        lines += ["", f"### {title}", ""]
        lines += _grid("switched off in both arms", METRICS, everybody.groupby("switched_off", sort=False))
        lines += ["", *_grid("group", GROUP_METRICS, as_it_is.groupby("group", sort=False)), ""]
        lines += ["| NOK per registered person, over the two years | difference |", "| --- | --- |"]
        money = everybody[(everybody["switched_off"] == "nothing") & everybody["metric"].str.match(r"post_|account_")]
        lines += [f"| {metric_words(str(line['metric']))} | {_shown(line)} |" for line in money.to_dict("records")]
    return "\n".join(lines) + "\n"


def _grid(head: str, metrics: Sequence[str], rows: Any) -> list[str]:
    """A table with a row per name and a column per metric."""
    lines = [f"| {head} | " + " | ".join(map(metric_words, metrics)) + " |", "| --- " * (len(metrics) + 1) + "|"]
    for name, cells in rows:
        by_metric = {line["metric"]: line for line in cells.to_dict("records")}
        shown = [_shown(by_metric[metric]) if metric in by_metric else "" for metric in metrics]
        lines.append(f"| {name} | " + " | ".join(shown) + " |")
    return lines


def _shown(line: Mapping[Any, Any]) -> str:
    """A difference with its interval: shares in percentage points, money in whole kroner."""
    factor, digits = (100.0, 2) if line["unit"] == "share" else (1.0, 0 if "NOK" in line["unit"] else 2)
    value, low, high = (f"{line[name] * factor:+,.{digits}f}" for name in ("difference", "low", "high"))
    return f"{value} [{low}, {high}]"


def main(arguments: Sequence[str]) -> int:
    """Run, print and write; exit status 0, 1 when runs failed, 2 for a configuration that cannot be used."""
    overrides = [argument for argument in arguments if argument != "--write"]
    try:
        points = compose_points(overrides)
        flat = [arm for arms in points.values() for arm in arms]
        sweep = run_all(flat)
        if sweep.failed:
            return 1
        results = Results(flat[0].results)
        table = effects(points, results)
        shown = markdown(table, " ".join(["python experiments/questions.py", *arguments]))
        print(shown)
        targets = [Path(results.folder) / "questions.csv"]
        table.to_csv(targets[0], index=False)
        if "--write" in arguments:
            targets.append(Path(__file__).parents[1] / "docs" / "questions_tables.md")
            targets[1].write_text("# The three questions, mechanism by mechanism\n\n" + shown, encoding="utf-8")
    except (ConfigurationError, StoreError, CompareError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    print("Written:", *targets, sep="\n  ")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
