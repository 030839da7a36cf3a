"""Column tables: rows of each region are recycled, growth and snapshots keep everything, handles go stale loudly."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import mesa
import numpy as np
import pytest

from sim.agents import KINDS
from sim.columns import FREE_GROUP, Column, Row, Table, give_row, take_row, view_class

REGIONS, STRIDE = 3, 4


class Thing(Row):
    """A small kind of agent, with columns of several types, one of them wide."""

    id = Column("i8", "permanent id", 0, None, "id")
    state = Column("i1", "yes/no", 0, 1, "in the model")
    weight = Column("f4", "0-1", 0, 1, "bounded on both sides")
    credit = Column("f8", "minutes", None, None, "unbounded", empty=0.5)
    friend = Column("i4", "row of Thing", -1, None, "bounded below", empty=-1)
    score = Column("f4", "points", 0, 10, "three to a row", width=3)


class View(NamedTuple):
    """Same name and fields as the one below."""

    id: np.ndarray
    state: np.ndarray


First = View


class View(NamedTuple):  # type: ignore[no-redef]
    id: np.ndarray
    state: np.ndarray


@pytest.fixture
def table() -> Table:
    return Table(Thing, REGIONS, STRIDE)


def take(table: Table, region: int, identity: int) -> int:
    row = int(take_row(table.rows, region))
    table["id"][row], table["state"][row] = identity, 1
    table["weight"][row], table["credit"][row], table["friend"][row] = identity / 100, identity, identity + 1
    table["score"][row] = (1, 2, identity % 10)
    return row


def give(table: Table, row: int) -> None:
    table.clear(np.array([row]))
    give_row(table.rows, row)


def fill(table: Table, per_region: Iterable[int]) -> dict[int, int]:
    """Rows by id, with so many things in each region."""
    rows = {}
    for region, n in enumerate(per_region):
        for k in range(n):
            identity = 10 * region + k + 1
            rows[identity] = take(table, region, identity)
    return rows


# Declaration


def test_a_column_knows_its_name_and_the_table_has_an_array_of_its_type_and_width(table: Table) -> None:
    assert list(Thing.columns()) == ["id", "state", "weight", "credit", "friend", "score"]
    for name, column in Thing.columns().items():
        assert column.name == name
        assert table[name].dtype == column.dtype
        assert table[name].shape == ((12,) if column.width == 1 else (12, 3))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_column_of_every_kind_says_what_it_is_and_holds_its_bounds(kind: type[Row]) -> None:
    columns = kind.columns()
    assert list(columns)[:2] == ["id", "state"]
    for column in columns.values():
        assert column.unit and column.meaning
        assert column.dtype.type(column.empty) == column.empty
        for bound in (column.low, column.high):
            assert bound is None or column.dtype.type(bound) == bound


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_references_name_a_kind_of_agent_and_start_at_nobody(kind: type[Row]) -> None:
    names = {one.__name__ for one in KINDS}
    for column in kind.columns().values():
        if column.refers_to is not None:
            assert column.refers_to in names
            assert column.low in (-1, 0) and column.empty == column.low


def test_fresh_rows_are_empty_and_columns_are_separate(table: Table) -> None:
    assert (table["credit"] == 0.5).all() and (table["friend"] == -1).all() and not table["score"].any()
    table["weight"][:] = 0.25
    assert (table["credit"] == 0.5).all() and not table["score"].any()


# Rows


def test_each_region_takes_rows_of_its_own_block_in_order(table: Table) -> None:
    rows = fill(table, (2, 0, 3))
    assert rows == {1: 0, 2: 1, 21: 8, 22: 9, 23: 10}
    assert len(table) == 5 and table.used().tolist() == [0, 1, 8, 9, 10]


def test_rows_given_back_are_taken_again_last_first_in_their_region(table: Table) -> None:
    fill(table, (3, 2, 0))
    for row in (0, 2, 5):
        give(table, row)
    assert take(table, 1, 50) == 5
    assert [take(table, 0, n) for n in (51, 52, 53)] == [2, 0, 3]
    assert take(table, 2, 54) == 8


def test_what_one_region_does_moves_no_row_of_another(table: Table) -> None:
    quiet = Table(Thing, REGIONS, STRIDE)
    fill(table, (3, 1, 0))
    fill(quiet, (1, 1, 0))
    give(table, 1)
    assert [take(table, 1, n) for n in (60, 61)] == [take(quiet, 1, n) for n in (60, 61)]


def test_clearing_sets_every_column_to_its_empty_value(table: Table) -> None:
    fill(table, (2, 0, 0))
    table.clear(np.array([0]))
    for name, column in Thing.columns().items():
        assert (table[name][0] == column.empty).all()
        assert (table[name][1] != column.empty).any()


# Growth


def test_growth_keeps_every_value_of_every_region(table: Table) -> None:
    rows = fill(table, (4, 2, 3))
    give(table, rows.pop(22))
    before = {name: table[name][sorted(rows.values())].copy() for name in Thing.columns()}
    table.grow(2)
    assert table.stride == 6
    moved = [6 * (row // STRIDE) + row % STRIDE for row in sorted(rows.values())]
    assert table.used().tolist() == moved
    for name, values in before.items():
        np.testing.assert_array_equal(table[name][moved], values, err_msg=name)
    empty = np.setdiff1d(np.arange(REGIONS * 6), moved)
    for name, column in Thing.columns().items():
        assert (table[name][empty] == column.empty).all(), name


def test_growth_gives_the_room_asked_for_and_keeps_the_free_rows(table: Table) -> None:
    fill(table, (4, 2, 3))
    give(table, 1)
    table.grow(7)
    assert table.has_room(7)
    assert take(table, 0, 70) == 1  # the row given back before
    free = [7, 9, 8]
    rows = [take(table, region, 40 + 10 * region + n) for region in range(3) for n in range(free[region])]
    assert len(set(rows)) == len(rows)
    assert table.used().tolist() == list(range(REGIONS * table.stride))
    assert not table.has_room(1)


def test_blocks_grow_by_a_quarter_at_least() -> None:
    table = Table(Thing, 1, 100)
    table.grow(1)
    assert table.stride == 125


@pytest.mark.parametrize(
    ("per_region", "given_back", "room"), [((4, 0, 0), 0, 0), ((4, 0, 0), 2, 2), ((1, 2, 3), 0, 1)]
)
def test_room_is_that_of_the_fullest_region(
    per_region: tuple[int, ...], given_back: int, room: int, table: Table
) -> None:
    fill(table, per_region)
    for row in range(given_back):
        give(table, row)
    assert table.has_room(room) and not table.has_room(room + 1)


def test_views_made_after_growth_show_the_new_memory(table: Table) -> None:
    fill(table, (4, 0, 0))
    old = table.view(View)
    table.grow(1)
    new = table.view(View)
    assert new.id is table["id"] and new.id.size > old.id.size
    new.id[0] = 99
    assert table["id"][0] == 99


def test_references_follow_the_growth_of_what_they_refer_to(table: Table) -> None:
    rows = fill(table, (4, 2, 2))
    for identity, row in rows.items():
        table["friend"][row] = rows[identity // 10 * 10 + 1]  # the first of the region
    table["friend"][rows[22]] = -1
    table.renumber("Thing", table.grow(3))
    ids, used = table["id"], table.used()
    friends = {int(ids[row]): int(table["friend"][row]) for row in used}
    assert friends.pop(22) == -1
    assert {one: int(ids[row]) for one, row in friends.items()} == {one: one // 10 * 10 + 1 for one in friends}


def test_references_to_another_kind_stay(table: Table) -> None:
    rows = fill(table, (2, 2, 0))
    before = table["friend"][list(rows.values())].copy()
    table.renumber("Somebody", np.arange(9)[::-1])
    np.testing.assert_array_equal(table["friend"][list(rows.values())], before)


# Gathering


def test_gathering_brings_the_chosen_together_and_keeps_everything(table: Table) -> None:
    """Chosen rows first, then free ones, then the others, each part in its order; a region is left to itself."""
    rows = fill(table, (4, 3, 1))
    give(table, rows.pop(1))
    before = {identity: {name: table[name][row].copy() for name in Thing.columns()} for identity, row in rows.items()}
    close = np.isin(table["id"], [2, 11, 12]) & (table["state"] > 0)
    moved = table.gather(np.where(close, 0, FREE_GROUP + 1))
    now = {identity: int(moved[row]) for identity, row in rows.items()}
    assert (now[2], now[11], now[12]) == (0, STRIDE, STRIDE + 1)
    for identity, row in now.items():
        assert row // STRIDE == rows[identity] // STRIDE
        for name, value in before[identity].items():
            np.testing.assert_array_equal(table[name][row], value, err_msg=name)
    assert sorted(moved.tolist()) == list(range(REGIONS * STRIDE))
    assert take(table, 0, 70) == 1, "the free row next to the chosen is taken first"


def test_references_and_handles_follow_what_is_gathered(table: Table) -> None:
    rows = fill(table, (4, 2, 0))
    table["friend"][list(rows.values())] = -1
    table["friend"][rows[1]] = rows[3]
    handle = Thing(mesa.Model(), table, rows[3])
    moved = table.gather(np.where(table["id"] == 3, 0, FREE_GROUP + 1))
    table.renumber("Thing", moved)
    handle.follow(moved)
    assert table["id"][table["friend"][moved[rows[1]]]] == 3
    assert table["friend"][moved[rows[11]]] == -1
    assert handle.row == moved[rows[3]] and handle.table["id"][handle.row] == 3


# Snapshots


def test_a_snapshot_restores_everything(table: Table) -> None:
    fill(table, (4, 2, 3))
    give(table, 0)
    table.grow(3)
    stored = {name: array.copy() for name, array in table.snapshot()}
    other = Table(Thing, REGIONS, STRIDE)
    other.restore(stored)
    assert other.stride == table.stride
    for name in Thing.columns():
        np.testing.assert_array_equal(other[name], table[name])
    for region in range(REGIONS):
        assert take(other, region, 90 + region) == take(table, region, 90 + region)


def test_a_restored_table_does_not_share_memory_with_the_snapshot(table: Table) -> None:
    fill(table, (1, 0, 0))
    stored = dict(table.snapshot())
    other = Table(Thing, REGIONS, STRIDE)
    other.restore(stored)
    take(other, 0, 90)
    other["credit"][0] = -3.0
    assert len(table) == 1 and table["credit"][0] == 1.0 and table.rows.fresh[0] == 1


# Bounds


def test_values_within_bounds_are_not_told_of(table: Table) -> None:
    fill(table, (2, 0, 1))
    table["weight"][0], table["score"][0] = 1.0, (0, 10, 5)
    assert table.out_of_bounds() == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("weight", 1.01),
        ("weight", -0.01),
        ("friend", -2),
        ("score", (0, 0, 10.5)),
        ("credit", np.nan),
        ("credit", np.inf),
    ],
)
def test_a_planted_value_is_found(name: str, value: float, table: Table) -> None:
    fill(table, (2, 0, 1))
    table[name][8] = value
    (line,) = table.out_of_bounds()
    assert line.startswith(f"Thing.{name}: ")


def test_rows_that_nobody_uses_have_no_bounds(table: Table) -> None:
    fill(table, (1, 0, 0))
    table["weight"][5] = 7.0
    assert table.out_of_bounds() == []


# Handles


@pytest.fixture
def model() -> mesa.Model:
    return mesa.Model(rng=1)


def test_a_handle_reads_and_writes_its_row(table: Table, model: mesa.Model) -> None:
    row = fill(table, (1, 2, 0))[12]
    thing = Thing(model, table, row)
    assert (thing.id, thing.identity, thing.row) == (12, 12, 5)
    assert isinstance(thing.weight, float) and isinstance(thing.friend, int)
    thing.weight, thing.score = 0.75, (3, 4, 5)
    assert table["weight"][row] == 0.75
    np.testing.assert_array_equal(thing.score, [3, 4, 5])


def test_a_handle_follows_its_row_when_the_table_grows(table: Table, model: mesa.Model) -> None:
    thing = Thing(model, table, fill(table, (4, 0, 2))[22])
    table.grow(1)
    assert thing.id == 22 and thing.row == 2 * table.stride + 1
    thing.credit = 8.5
    assert table["credit"][2 * table.stride + 1] == 8.5


@pytest.mark.parametrize("taken_again", [False, True])
def test_a_stale_handle_says_so(taken_again: bool, table: Table, model: mesa.Model) -> None:
    row = fill(table, (1, 0, 0))[1]
    thing = Thing(model, table, row)
    give(table, row)
    if taken_again:
        assert take(table, 0, 40) == row
    with pytest.raises(LookupError, match="Thing 1 is no longer in the model"):
        _ = thing.weight
    with pytest.raises(LookupError, match="Thing 1 is no longer in the model"):
        thing.weight = 0.5
    assert table["weight"][row] == np.float32(0.4 if taken_again else 0.0)


# Views


def test_a_view_holds_the_columns_themselves(table: Table) -> None:
    view = table.view(View)
    assert view.id is table["id"] and view.state is table["state"]
    assert table.view(View) is view


def test_a_view_class_is_the_one_asked_for_under_its_modules_name() -> None:
    assert view_class(View).__name__ == "test_columns_View" and view_class(View) is view_class(View)
    view = view_class(View)(np.zeros(1), np.ones(1))
    assert isinstance(view, View) and view._fields == View._fields


def test_processes_views_of_jobseekers_are_told_apart() -> None:
    from sim.processes import feelings, money

    names = [view_class(module.People).__name__ for module in (feelings, money)]
    assert names == ["feelings_People", "money_People"]
