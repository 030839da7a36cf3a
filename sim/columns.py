"""Typed column tables behind Mesa agents.

A kind of agent declares its columns once, with type, unit, bounds and meaning; that declaration is the data
dictionary, the bounds check of the tests and the attribute of the Mesa agent. State lives in one array per
column (``Table``); a Mesa ``Agent`` is a handle on one row, made when somebody asks for it.

Each region has its own block of rows with its own free list, so that who gets which row in one region never
depends on what happens in another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
from mesa import Agent, Model

from sim.compiled import compiled, inlined, rule

FREE_ROW = 0  # value of a table's ``state`` column in a row that nobody uses
FREE_GROUP = 10_000  # of the groups by which rows are gathered (see ``Table.gather``)


class Column:
    """One typed column of a kind of agent, and the Mesa attribute that reads and writes it.

    Args:
        dtype: NumPy type of one value.
        unit: unit in words, e.g. ``"weeks"``, ``"0-1"``, ``"row of supervisors"``.
        low, high: bounds that hold every week (None: unbounded).
        meaning: one line for the data dictionary.
        empty: value of a fresh row.
        width: number of values per row (1: a plain column).
    """

    def __init__(
        self,
        dtype: str,
        unit: str,
        low: float | None,
        high: float | None,
        meaning: str,
        *,
        empty: float = 0,
        width: int = 1,
    ) -> None:
        self.dtype = np.dtype(dtype)
        self.unit, self.low, self.high, self.meaning = unit, low, high, meaning
        self.empty, self.width = empty, width
        # A column whose unit is "row of Office" holds rows of that kind's table (negative: none).
        self.refers_to = unit.removeprefix("row of ") if unit.startswith("row of ") else None
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, agent: Any, owner: type) -> Any:
        if agent is None:
            return self
        value = agent.table[self.name][agent.row]
        return value if self.width > 1 else value.item()

    def __set__(self, agent: Any, value: Any) -> None:
        low, high = self.low, self.high
        if (low is not None and np.min(value) < low) or (high is not None and np.max(value) > high):
            raise ValueError(f"{type(agent).__name__}.{self.name}={value}: must be from {low} to {high} ({self.unit})")
        agent.table[self.name][agent.row] = value


class Row(Agent):
    """A Mesa agent that is a handle on one row of a table.

    Attributes named by the class's columns read and write the table. A handle whose row has been given to
    somebody else raises ``LookupError``.
    """

    def __init__(self, model: Model, table: Table, row: int) -> None:
        super().__init__(model)
        self._table = table
        self._block, self._local = divmod(row, table.stride)
        self.identity = int(table["id"][row])

    @property
    def row(self) -> int:
        return self._block * self._table.stride + self._local

    def follow(self, moved: np.ndarray) -> None:
        """The table's rows have moved (new row by old row)."""
        self._block, self._local = divmod(int(moved[self.row]), self._table.stride)

    @property
    def table(self) -> Table:
        if self._table["id"][self.row] != self.identity or not self._table["state"][self.row]:
            raise LookupError(f"{type(self).__name__} {self.identity} is no longer in the model")
        return self._table

    @classmethod
    def columns(cls) -> dict[str, Column]:
        """The declared columns by name, in order of declaration."""
        return {name: c for name, c in vars(cls).items() if isinstance(c, Column)}


class Rows(NamedTuple):
    """A table's bookkeeping as arrays (one item a region): used by compiled code to take and give back rows."""

    stride: np.ndarray  # (1,) rows in a block
    fresh: np.ndarray  # first row of the block never used so far (local)
    free: np.ndarray  # stack of rows given back (regions, stride), local
    n_free: np.ndarray  # height of that stack


_view_classes: dict[type, type] = {}


def view_class(narrow: type[Any]) -> type[Any]:
    """The class that a process's view of a table has: the NamedTuple class it asked for, under a name of its own.

    The name carries the module's: Numba names compiled code by the classes of the tuples it takes, and two processes
    may both call their view ``Offices``. Such a tuple can keep its pack for compiled code (see ``sim/crossing.py``).
    """
    known = _view_classes.get(narrow)
    if known is None:
        module = narrow.__module__
        own = {"__module__": module, "__qualname__": narrow.__qualname__}
        known = _view_classes[narrow] = type(f"{module.rpartition('.')[2]}_{narrow.__name__}", (narrow,), own)
    return known


class Table:
    """The columns of one kind of agent: ``regions`` blocks of ``stride`` rows each.

    Columns of one type and width share one array (columns, rows, width), so that clearing rows and taking a
    snapshot cost a few array operations, not one per column. Of rows that were never used, columns whose empty value is
    zero take no memory.
    """

    def __init__(self, kind: type[Row], regions: int, stride: int) -> None:
        self.kind, self.regions, self.stride = kind, regions, stride
        self._columns = kind.columns()
        groups: dict[tuple[str, int], list[str]] = {}
        for name, column in self._columns.items():
            groups.setdefault((column.dtype.str, column.width), []).append(name)
        self._groups = groups
        self._empty = {
            key: np.array([self._columns[n].empty for n in names], key[0])[:, None, None]
            for key, names in groups.items()
        }
        self._lists: dict[str, np.ndarray] = {}
        self._fresh = np.zeros(regions, np.int64)
        self._free = np.zeros((regions, stride), np.int32)
        self._n_free = np.zeros(regions, np.int64)
        self._use({key: self._blank(key, stride) for key in groups})

    def _blank(self, key: tuple[str, int], stride: int) -> np.ndarray:
        block = np.zeros((len(self._groups[key]), self.regions * stride, key[1]), key[0])
        for column, empty in zip(block, self._empty[key].ravel(), strict=True):
            if empty != 0:
                column[:] = empty
        return block

    def _use(self, blocks: dict[tuple[str, int], np.ndarray]) -> None:
        """Make these blocks the table's memory; the column arrays are views of them."""
        self._blocks = blocks
        self._arrays = {
            name: blocks[key][k, :, 0] if key[1] == 1 else blocks[key][k]
            for key, names in self._groups.items()
            for k, name in enumerate(names)
        }
        self._views: dict[type, Any] = {}
        self._rows = view_class(Rows)(np.array([self.stride]), self._fresh, self._free, self._n_free)

    def clear(self, rows: np.ndarray) -> None:
        """Set every column of these rows to its empty value."""
        for key, block in self._blocks.items():
            block[:, rows] = self._empty[key]

    def __getitem__(self, name: str) -> np.ndarray:
        return self._lists[name] if name in self._lists else self._arrays[name]

    def __len__(self) -> int:
        """Number of rows in use."""
        return int(np.count_nonzero(self._arrays["state"]))

    def view(self, narrow: type[Any]) -> Any:
        """The columns (and lists) named by a NamedTuple class as one such tuple of arrays (what one process uses)."""
        view = self._views.get(narrow)
        if view is None:
            view = self._views[narrow] = view_class(narrow)(*(self[name] for name in narrow._fields))
        return view

    def keep(self, lists: Mapping[str, np.ndarray]) -> None:
        """Arrays that views may name beside the columns, such as lists of rows: ``listed(people.registered)``."""
        self._lists = dict(lists)
        self._views = {}

    def keeps(self, name: str, size: int) -> bool:
        """Whether there is such an array, of this size."""
        return name in self._lists and self._lists[name].size == size

    @property
    def rows(self) -> Rows:
        """The bookkeeping, for compiled code that takes and gives back rows."""
        return self._rows

    def used(self) -> np.ndarray:
        """Rows in use, in order of region and row."""
        return np.flatnonzero(self._arrays["state"])

    def has_room(self, needed: int) -> bool:
        """Whether every region can take ``needed`` more rows."""
        room = self.stride - self._fresh + self._n_free
        return bool(room.min() >= needed)

    def grow(self, needed: int) -> np.ndarray:
        """Lengthen every region's block by a quarter, or by ``needed`` rows if that is more.

        Returns the new row of every old one (int32): whoever calls this renumbers what refers to them.
        """
        old_rows = np.arange(self.regions * self.stride, dtype=np.int32)
        stride = self.stride + max(needed, self.stride // 4)
        moved = old_rows // self.stride * stride + old_rows % self.stride
        blocks = {}
        self._arrays, self._views = {}, {}
        for key in list(self._blocks):  # one after another: the old ones go as the new ones come
            old = self._blocks.pop(key)
            blocks[key] = self._blank(key, stride)
            shape = (old.shape[0], self.regions, -1, key[1])
            blocks[key].reshape(shape)[:, :, : self.stride] = old.reshape(shape)
        free = np.zeros((self.regions, stride), np.int32)
        free[:, : self.stride] = self._free
        self._free, self.stride = free, stride
        self._use(blocks)
        return moved.astype(np.int32)

    def gather(self, group: np.ndarray) -> np.ndarray:
        """Bring rows together: in each region by ``group`` (0 or more, by row), the free rows between groups.

        A pass that reads some groups only then walks through memory without holes, and branches that ask what the
        groups tell apart go the same way many times on end. Groups below ``FREE_GROUP`` come before the free rows, the
        others behind them; the order within a group stays as it was. Returns the new row of every old one (int32):
        whoever calls this renumbers what refers to them.
        """
        moved = np.arange(self.regions * self.stride, dtype=np.int32)
        for region, used in enumerate(self._fresh):
            first = region * self.stride
            rows = slice(first, first + used)
            part = np.where(self._arrays["state"][rows] == FREE_ROW, FREE_GROUP, group[rows]).astype(np.int16)
            order = np.argsort(part, kind="stable")
            free, before = np.count_nonzero(part == FREE_GROUP), np.count_nonzero(part < FREE_GROUP)
            # The stack gives the row next to those before first.
            self._free[region, :free] = np.arange(before + free, before, -1) - 1
            self._n_free[region] = free
            for block in self._blocks.values():
                for values in block:
                    values[rows] = np.take(values[rows], order, axis=0)
            moved[first + order] = np.arange(first, first + used)
        return moved

    def renumber(self, kind: str, moved: np.ndarray) -> None:
        """Follow the rows of another kind to where they have ``moved`` (new row by old row) in what refers to them."""
        for name, column in self._columns.items():
            if column.refers_to == kind:
                rows = self._arrays[name]
                held = rows >= 0
                rows[held] = moved[rows[held]]

    def snapshot(self) -> Iterator[tuple[str, np.ndarray]]:
        """Names and arrays that hold the whole state of the table."""
        for (dtype, width), block in self._blocks.items():
            yield f"{dtype[1:]}x{width}", block
        yield from (("fresh", self._fresh), ("free", self._free), ("n_free", self._n_free))

    def restore(self, arrays: Mapping[str, np.ndarray]) -> None:
        """Take over the state that ``snapshot`` gave (the number of regions must be the same)."""
        self._fresh, self._free, self._n_free = (arrays[n].copy() for n in ("fresh", "free", "n_free"))
        self.stride = self._free.shape[1]
        self._use({(d, w): arrays[f"{d[1:]}x{w}"].copy() for d, w in self._groups})

    def out_of_bounds(self) -> list[str]:
        """One line for every column with a value outside its declared bounds, in rows in use."""
        used, lines = self.used(), []
        for name, column in self._columns.items():
            values = self._arrays[name][used]
            if values.size == 0:
                continue
            low, high = values.min(), values.max()
            bad = (column.low is not None and low < column.low) or (column.high is not None and high > column.high)
            if bad or not np.isfinite(values).all():
                lines.append(
                    f"{self.kind.__name__}.{name}: {low:g} to {high:g}, declared {column.low} to {column.high}"
                )
        return lines


@inlined
def listed(rows):
    """The rows of a list that has its length in front: the list grows and shrinks, its array stays where it is."""
    return rows[1 : 1 + rows[0]]


@rule
def block(column, regions, region):
    """A region's rows in any column of a table with so many regions: the first, and the first after the last."""
    stride = column.size // regions
    return region * stride, (region + 1) * stride


@compiled
def take_row(rows, region):
    """A row for a newcomer in a region (the caller has made room). Last given back, first taken."""
    if rows.n_free[region] > 0:
        rows.n_free[region] -= 1
        local = np.int64(rows.free[region, rows.n_free[region]])
    else:
        local = rows.fresh[region]
        rows.fresh[region] += 1
    return region * rows.stride[0] + local


@compiled
def give_row(rows, row):
    """Give a row back to its region."""
    region = row // rows.stride[0]
    rows.free[region, rows.n_free[region]] = row - region * rows.stride[0]
    rows.n_free[region] += 1
