"""How a sweep tells what it is doing, on stderr: a moving bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import math
import time

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

TENTHS = 10


class Teller:
    """Tells of ``total`` runs that are about to be computed.

    ``bar``: None for a bar on a terminal and lines elsewhere, True for a bar, False for silence (failures are
    still told). Use it as a context manager around the computing.
    """

    def __init__(self, total: int, bar: bool | None) -> None:
        self.console = Console(stderr=True, highlight=False, force_jupyter=False)
        self.total = total
        self.quiet = bar is False
        self.finished = 0
        self.began = time.monotonic()
        self._bar: Progress | None = None
        if total and (self.console.is_terminal if bar is None else bar):
            self._bar = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.fields[left]}"),
                console=self.console,
            )
            self._task = self._bar.add_task("runs", total=total, left="estimate after the first run")

    def __enter__(self) -> Teller:
        self.began = time.monotonic()
        if self._bar:
            self._bar.start()
        return self

    def __exit__(self, *exception: object) -> None:
        if self._bar:
            self._bar.stop()

    def say(self, line: str) -> None:
        """A line of its own, unless progress is switched off."""
        if not self.quiet:
            self.warn(line)

    def warn(self, line: str) -> None:
        """A line of its own, in any case."""
        self.console.print(line, markup=False, soft_wrap=True)

    def advance(self) -> None:
        """One more run is over, well or not."""
        self.finished += 1
        so_far = time.monotonic() - self.began
        left = so_far / self.finished * (self.total - self.finished)
        over = self.finished == self.total
        estimate = f"took {in_words(so_far)}" if over else f"about {in_words(left)} left"
        if self._bar:
            self._bar.update(self._task, completed=self.finished, left=estimate)
        elif self._passed_a_tenth():
            share = 100 * self.finished // self.total
            self.say(f"  {self.finished} of {self.total} runs ({share} %), {estimate}")

    def _passed_a_tenth(self) -> bool:
        return (TENTHS * self.finished) // self.total > (TENTHS * (self.finished - 1)) // self.total


def in_words(seconds: float) -> str:
    """``seconds`` as a person would say it: 40 s, 12 min, 3 h 5 min."""
    if seconds < 90:
        return f"{math.ceil(seconds)} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"
