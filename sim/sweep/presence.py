"""Who else is at work in a results folder.

Two sweeps in one folder harm nothing: files are written whole, and a run that is stored is not computed again. But
both would compute the same runs at the same time. So each leaves a card while it works, and whoever comes second takes
the runs from the other end.
"""

from __future__ import annotations

import json
import os
import socket
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

STALE_SECONDS = 600.0  # a card that was not renewed for so long belongs to a sweep that was killed
RENEW_SECONDS = 60.0


class Presence:
    """One sweep's card in one results folder, and those of others."""

    def __init__(self, folder: Path) -> None:
        self.cards = folder / "at_work"
        self.own = self.cards / f"{uuid.uuid4().hex}.json"
        self.renewed = 0.0

    def others(self) -> list[str]:
        """Who else is at work, in words; cards of sweeps that are gone are taken away."""
        found = []
        for path in sorted(self.cards.glob("*.json")):
            if path == self.own:
                continue
            with suppress(OSError, ValueError, KeyError, TypeError):
                card = json.loads(path.read_text(encoding="utf-8"))
                if _gone(card, path):
                    path.unlink()
                else:
                    found.append(f"process {card['process']} on {card['host']}, since {card['since']}")
        if not found:
            with suppress(OSError):  # not there, or in use by this sweep
                self.cards.rmdir()
        return found

    def renew(self) -> None:
        """Leave the card, or touch it when it is due."""
        if time.monotonic() - self.renewed < RENEW_SECONDS and self.renewed:
            return
        self.renewed = time.monotonic()
        with suppress(OSError):
            self.cards.mkdir(exist_ok=True)
            if self.own.is_file():
                os.utime(self.own)
            else:
                card = {"process": os.getpid(), "host": socket.gethostname(), "since": time.strftime("%H:%M")}
                self.own.write_text(json.dumps(card), encoding="utf-8")

    def leave(self) -> None:
        """Take the card away."""
        with suppress(OSError):
            self.own.unlink(missing_ok=True)
            self.cards.rmdir()  # the last one out


@contextmanager
def present(folders: set[Path]) -> Iterator[list[Presence]]:
    """Cards in all folders while the block lasts."""
    cards = [Presence(folder) for folder in sorted(folders)]
    try:
        yield cards
    finally:
        for card in cards:
            card.leave()


def _gone(card: dict[str, Any], path: Path) -> bool:
    if card["host"] != socket.gethostname():
        return time.time() - path.stat().st_mtime > STALE_SECONDS
    try:
        os.kill(int(card["process"]), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
