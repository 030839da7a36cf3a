"""Nothing depends on where in memory people lie: two copies of a world, in the second everybody in another row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
import pytest

from sim import model
from sim.agents import Jobseeker
from sim.model import ActivationMarket
from sim.processes.registration import call_roll
from sim.report.tracing import processes_of_the_week
from sim.settings import Settings
from sim.streams import TURN, Stream, draw
from sim.turns import Some, draw_lots

WEEKS_BEFORE, WEEKS = 104, 12


class Ids(NamedTuple):
    id: np.ndarray


def shuffle(market: ActivationMarket, seed: int) -> None:
    """Everybody in another row of the region's block."""
    people = market.jobseekers
    order = np.random.default_rng(seed).integers(0, 9000, len(people["state"]))
    moved = people.gather(order)
    for table in market.tables.values():
        table.renumber(people.kind.__name__, moved)
    call_roll(market)


def differences(one: ActivationMarket, other: ActivationMarket) -> Iterator[str]:
    """Columns in which the worlds differ, people compared by id, by more than the order of a sum can make."""
    for kind, table in one.tables.items():
        twin = other.tables[kind]
        rows, twins = (t.used()[np.argsort(t["id"][t.used()], kind="stable")] for t in (table, twin))
        np.testing.assert_array_equal(table["id"][rows], twin["id"][twins])
        for name, column in kind.columns().items():
            if column.refers_to == Jobseeker.__name__:
                continue
            if not np.allclose(table[name][rows], twin[name][twins], rtol=1e-4, atol=1e-4):
                yield f"{kind.__name__}.{name}"


def test_people_in_other_rows_are_the_same_world(composed: Callable[..., Settings], monkeypatch) -> None:
    monkeypatch.setattr(model, "GATHER_WEEKS", 10**9)
    settings = composed("horizon.burn_in_weeks=3000", "horizon.weeks=1")
    one, other = ActivationMarket(settings), ActivationMarket(settings)
    for _ in range(WEEKS_BEFORE):
        one.step()
    found = []
    for week in range(WEEKS):
        one.counts = {}
        for name in processes_of_the_week():
            other.restore({key: array.copy() for key, array in one.state().items()})
            other.counts, other.ledger[:], other.overhead[:] = dict(one.counts), one.ledger, one.overhead
            shuffle(other, week)
            for market in (one, other):
                getattr(model, name)(market)
            found += [f"{name}: {column}" for column in differences(one, other)]
            for count, value in one.counts.items():
                assert other.counts[count] == pytest.approx(value, rel=1e-4, abs=1e-4), (name, count)
        one._observe()
        one.clock += 1
    assert not found


def test_the_test_sees_who_is_served_in_the_order_of_rows(composed: Callable[..., Settings]) -> None:
    """With hours handed out by row, the same comparison finds another world."""
    settings = composed("horizon.burn_in_weeks=3000", "horizon.weeks=1")
    one, other = ActivationMarket(settings), ActivationMarket(settings)
    for _ in range(30):
        one.step()
    other.restore({key: array.copy() for key, array in one.state().items()})
    shuffle(other, 1)
    for market in (one, other):
        people = market.jobseekers
        first = people.used()[people["state"][people.used()] == 1][:10]
        people["credit"][first] += 10.0
    assert "Jobseeker.credit" in set(differences(one, other))


def some(rows: np.ndarray) -> Some:
    return Some(rows.copy(), np.zeros(rows.size, np.int64), np.zeros((4, rows.size)))


def test_lots_are_drawn_by_person_and_week_and_give_the_order() -> None:
    stream, ids = Stream(3, 1), np.arange(1000, 1200)
    people, rows = Ids(ids), np.random.default_rng(1).permutation(200)
    listed = some(rows)
    draw_lots(people, listed, 150, stream, 7)
    assert set(listed.rows[:150]) == set(rows[:150]) and listed.rows[150:].tolist() == rows[150:].tolist()
    lots = [draw(stream, TURN, int(ids[row]), 7) for row in listed.rows[:150]]
    assert lots == sorted(lots)
    again = some(np.sort(rows[:150]))
    draw_lots(people, again, 150, stream, 7)
    np.testing.assert_array_equal(again.rows, listed.rows[:150])
    draw_lots(people, again, 150, stream, 8)
    assert (again.rows != listed.rows[:150]).any()
