"""How many independent replications a paired one is worth, and where two arms part.

    python experiments/pairing.py                                  the three questions in three worlds, 100 pairs
    python experiments/pairing.py replications=20 population=classroom
    python experiments/pairing.py --write                          docs/pairing.md, too

The outcome is the share in a job of everyone registered at the policy date. Other settings are given as name=value.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from sim.evaluation.pairing import least_worth, parting, worth
from sim.evaluation.questions import questions
from sim.evaluation.stored import values
from sim.settings import Composer, ConfigurationError, Settings
from sim.store import Results, StoreError
from sim.sweep import run_all

DEFAULTS = {
    "population": "district",
    "replications": "100",
    "horizon.weeks": "104",
    "horizon.track_weeks": "156",
    "results": "results/pairing",
}
WORLDS = ("baseline", "slack", "tight")
HORIZONS = (52, 104)
OUTCOME = "employed_share"
PARTED_AT = (4, 13, 26, 52, 104)
SHOWN = 6  # processes by which people part
TARGET = Path(__file__).resolve().parents[1] / "docs" / "pairing.md"


def compose_points(arguments: Sequence[str]) -> dict[tuple[str, str], tuple[Settings, Settings]]:
    """(policy, other) settings for every question and world."""
    given = {argument.split("=", 1)[0] for argument in arguments}
    defaults = [f"{name}={value}" for name, value in DEFAULTS.items() if name not in given]
    composer = Composer()
    return {
        (question.title, world): tuple(  # type: ignore[misc]
            composer.settings([f"scenario={arm}", f"world={world}", *defaults, *arguments])
            for arm in (question.policy, question.other)
        )
        for question in questions()
        for world in WORLDS
    }


def worths(points: dict[tuple[str, str], tuple[Settings, Settings]]) -> pd.DataFrame:
    """A row for each question, world and horizon: the difference, its worth, and the worth's lower bound."""
    rows = []
    for (title, world), arms in points.items():
        results = Results(arms[0].results)
        for weeks in HORIZONS:
            one, other = (
                values(results, arm, [(OUTCOME, "all")], weeks).set_index("replication")["value"].to_numpy()
                for arm in arms
            )
            rows.append(
                {
                    "question": title,
                    "world": world,
                    "weeks": weeks,
                    "pairs": one.size,
                    "difference": 100.0 * float((one - other).mean()),
                    "worth": worth(one, other),
                    "at_least": least_worth(one, other),
                }
            )
    return pd.DataFrame(rows)


def shown(table: pd.DataFrame, partings: dict[str, pd.DataFrame]) -> str:
    """Both as Markdown."""
    lines = [
        "| question | world | " + " | ".join(f"{w} weeks: difference, pp | worth | at least" for w in HORIZONS) + " |",
        "|---|---|" + "---:|" * (3 * len(HORIZONS)),
    ]
    for (title, world), rows in table.groupby(["question", "world"], sort=False):
        cells = [f"{row.difference:+.2f} | {row.worth:,.0f} | {row.at_least:,.0f}" for row in rows.itertuples()]
        lines.append(f"| {title} | {world} | " + " | ".join(cells) + " |")
    lines += ["", f"Pairs: {int(table['pairs'].min())}. At least: one-sided 95 % bound, by resampling pairs.", ""]
    lines += ["| question | " + " | ".join(f"parted after {w} weeks" for w in PARTED_AT) + " | first parted in |"]
    lines.append("|---|" + "---:|" * len(PARTED_AT) + "---|")
    for title, people in partings.items():
        shares = [f"{100.0 * ((people['week'] >= 0) & (people['week'] < w)).mean():.1f} %" for w in PARTED_AT]
        by_process = people.loc[people["week"] >= 0, "process"].value_counts(normalize=True).head(SHOWN)
        where = ", ".join(f"`{name}` {100.0 * share:.0f} %" for name, share in by_process.items())
        lines.append(f"| {title} | " + " | ".join(shares) + f" | {where} |")
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str]) -> int:
    """Prints both tables; exit status 0, 1 when runs failed, 2 for a configuration that cannot be used."""
    overrides = [argument for argument in arguments if argument != "--write"]
    try:
        points = compose_points(overrides)
        sweep = run_all([arm for arms in points.values() for arm in arms])
        if sweep.failed:
            return 1
        table = worths(points)
        partings = {
            title: parting(*arms, replication=0, weeks=max(PARTED_AT))
            for (title, world), arms in points.items()
            if world == WORLDS[0]
        }
    except (ConfigurationError, StoreError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    text = shown(table, partings)
    print(text)
    if "--write" in arguments:
        command = " ".join(["python experiments/pairing.py", *arguments])
        TARGET.write_text(
            f"# What pairing is worth\n\nMade by `{command}`: the share in a job of everyone registered at the policy "
            "date. A paired\nreplication is worth so many independent ones (`sim/evaluation/pairing.py`). The second "
            "table follows one pair\nof runs process by process: who has parted from themselves in the other arm, and "
            f"where.\n\n{text}",
            encoding="utf-8",
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
