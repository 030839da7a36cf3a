"""Studies of the model: creaming, ten years of tenders, interactions, 15 clients for some, the three chains.

    python experiments/studies.py                        all of them, the defaults below
    python experiments/studies.py name=creaming replications=4
    python experiments/studies.py --write                tables and figures go to docs/studies/, too

Settings are given as name=value; whatever is stored already is not computed again.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from sim.evaluation.ablation import Mechanism, effects
from sim.evaluation.ablation import arms as pairs
from sim.evaluation.cases import CHAINS, STUDIES
from sim.evaluation.study import arms, table
from sim.report.studies import chain_figure, chain_markdown, markdown
from sim.settings import ConfigurationError, Settings
from sim.store import Results, StoreError
from sim.sweep import run_all

DEFAULTS = {"population": "district", "results": "results/studies"}
STUDY_DEFAULTS = {"replications": "8"}
CHAIN_DEFAULTS = {
    "replications": "16",
    "horizon.weeks": "104",
    "horizon.burn_in_weeks": "156",
    "horizon.track_weeks": "104",
}
FOLDER = Path(__file__).parents[1] / "docs" / "studies"


def main(arguments: Sequence[str]) -> int:
    """Run, print and write; exit status 0, 1 when runs failed, 2 for a configuration that cannot be used."""
    names = [a.partition("=")[2] for a in arguments if a.startswith("name=")]
    overrides = [a for a in arguments if a != "--write" and not a.startswith("name=")]
    given = {override.partition("=")[0] for override in overrides}

    def settings(defaults: Mapping[str, str]) -> list[str]:
        stated = {**DEFAULTS, **defaults}
        return [*(f"{name}={value}" for name, value in stated.items() if name not in given), *overrides]

    known = [*(study.name for study in STUDIES), *(chain.name for chain in CHAINS)]
    write = FOLDER if "--write" in arguments else None
    try:
        for name in names:
            if name not in known:
                raise ConfigurationError(f"name={name}: no such study; there are {', '.join(known)}")
        for study in STUDIES:
            if not names or study.name in names:
                points = arms(study, settings(STUDY_DEFAULTS))
                if not _computed(list(points.values())):
                    return 1
                found = table(study, points, Results(next(iter(points.values())).results))
                _show(study.name, markdown(study, found), arguments, write)
        for chain in CHAINS:
            if not names or chain.name in names:
                as_row = [Mechanism(chain.name, chain.title, (), chain.links)]
                links = pairs(as_row, settings(CHAIN_DEFAULTS))
                both = [arm for pair in links.values() for arm in pair]
                if not _computed(both):
                    return 1
                answers = effects(as_row, links, Results(both[0].results))
                if write:
                    write.mkdir(parents=True, exist_ok=True)
                    chain_figure(chain, answers).savefig(write / f"{chain.name}.png")
                _show(chain.name, chain_markdown(chain, answers, f"{chain.name}.png"), arguments, write)
    except (ConfigurationError, StoreError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    return 0


def _computed(points: list[Settings]) -> bool:
    return not run_all(points).failed


def _show(name: str, text: str, arguments: Sequence[str], folder: Path | None) -> None:
    """Print a study, and write it when there is a folder."""
    command = " ".join(["python experiments/studies.py", *arguments])
    print(text)
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / f"{name}.md"
        target.write_text(
            f"# {name.replace('_', ' ').capitalize()}\n\nMade by `{command}`.\n\n{text}", encoding="utf-8"
        )
        print(f"Written: {target}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
