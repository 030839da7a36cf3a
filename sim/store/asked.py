"""What was asked of a results folder: the commands that ran sweeps into it, and the runs that each of them wanted.

``asked/KEY.json`` per command; a command that is given again has the same file. With it, ``experiments/results.py`` can
say what is still missing, go on, and ask for more.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from sim.store.keys import model_version
from sim.store.results import now
from sim.store.tables import replacing


@dataclass(frozen=True)
class Asked:
    """One command and its runs.

    Attributes:
        command: the arguments of ``experiments/run.py``.
        experiment: the experiment's name; empty for a sweep without one.
        runs: run keys, with the name of each.
        points: run key of replication 0 (for each point), with what varies in it.
        model_version: of the model that was to compute it.
        when: the last time it was asked, in UTC, as text.
    """

    command: list[str]
    experiment: str
    runs: dict[str, str]
    points: list[dict[str, Any]]
    model_version: str = field(default_factory=model_version)
    when: str = field(default_factory=lambda: now().isoformat(timespec="seconds"))


def remember(folder: Path, asked: Asked) -> None:
    """Writes what was asked into a results folder. Raises OSError when that cannot be written."""
    key = hashlib.sha256(json.dumps([asked.command, asked.model_version]).encode()).hexdigest()[:16]
    with replacing(folder / "asked" / f"{key}.json") as temporary:
        temporary.write_text(json.dumps(asdict(asked)), encoding="utf-8")


def recalled(folder: Path) -> list[Asked]:
    """All that was asked of a folder, the oldest first; files that cannot be read are passed over."""
    found = []
    for path in folder.glob("asked/*.json"):
        try:
            found.append(Asked(**json.loads(path.read_text(encoding="utf-8"))))
        except (OSError, ValueError, TypeError):
            continue
    return sorted(found, key=lambda asked: asked.when)
