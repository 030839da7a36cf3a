"""Whose turn it is: where something runs out, a lot drawn anew each week decides the order, never a place in a table.

Hours of a supervisor, positions that would suit two clients, the least loaded of an office: who comes first has them.
Were people served in the order of their rows, it would matter where in memory they lie, and one person more would
reshuffle the rest. ``tests/test_turns.py`` holds the whole week to it: people in other rows, the same world.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.compiled import compiled
from sim.streams import TURN, draw_each


class Some(NamedTuple):
    """Some people, listed by one process for its own use: ``model.jobseekers.view(Some)``."""

    rows: np.ndarray
    ids: np.ndarray
    uniforms: np.ndarray  # (4, people): four for each, from ``draw_each``


@compiled
def draw_lots(people, some, n, stream, week):
    """Bring the first ``n`` of ``some.rows`` into the order of this week's lots (heapsort)."""
    rows, lots = some.rows, some.uniforms[0]
    for k in range(n):
        some.ids[k] = people.id[rows[k]]
    draw_each(stream, TURN, some.ids, n, week, some.uniforms)
    for start in range(n // 2 - 1, -1, -1):
        _sift(rows, lots, start, n)
    for end in range(n - 1, 0, -1):
        rows[0], rows[end] = rows[end], rows[0]
        lots[0], lots[end] = lots[end], lots[0]
        _sift(rows, lots, 0, end)


@compiled
def _sift(rows, lots, start, end):
    """Let an item sink to its place in the heap of the largest lots."""
    root = start
    while 2 * root + 1 < end:
        child = 2 * root + 1
        if child + 1 < end and lots[child + 1] > lots[child]:
            child += 1
        if lots[child] <= lots[root]:
            return
        rows[root], rows[child] = rows[child], rows[root]
        lots[root], lots[child] = lots[child], lots[root]
        root = child
