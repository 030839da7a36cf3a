"""Watching one agent's week from inside: every rule that was asked about it, with its numbers, and what was written.

The compiled loops are ordinary Python functions underneath. `Tracer.week` runs one week of the model with those
Python functions, on columns that notice who is read and written, and keeps what concerned the agent watched. Nothing
here knows any mechanism: whatever a process does, its rules and numbers are found.

A traced week is some thousand times slower than a compiled one, and differs from it in the last bits of four-byte
numbers. The compiled run is the truth; a traced week starts from its state and is thrown away.
"""

from __future__ import annotations

import ast
import inspect
import pkgutil
import textwrap
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple
from unittest.mock import patch

import numpy as np

import sim.model
import sim.processes
from sim.agents import Jobseeker
from sim.columns import Row, Table, view_class
from sim.compiled import Loop


class Asked(NamedTuple):
    """A rule that was applied to the agent: its name and place, whom it was about, what it was given, what it said.

    ``about`` is the id of the person it had to do with (-1: nobody).
    """

    process: str
    rule: str
    about: int
    meaning: str
    arguments: dict[str, Any]
    parameters: dict[str, float]
    answer: Any


class Wrote(NamedTuple):
    """A column of the agent that was given another value."""

    process: str
    column: str
    before: Any
    after: Any


Event = Asked | Wrote


class _Tracked(np.ndarray):
    """A column that tells the tracer which row is read or written."""

    tracer: Tracer | None = None  # None: a copy, which is no column any more
    kind: type[Row]
    column: str

    @classmethod
    def of(cls, tracer: Tracer, kind: type[Row], column: str, array: np.ndarray) -> _Tracked:
        tracked = array.view(cls)
        tracked.tracer, tracked.kind, tracked.column = tracer, kind, column
        return tracked

    def __array_wrap__(self, array: np.ndarray, context: Any = None, return_scalar: bool = False) -> Any:
        return array[()] if return_scalar else array  # what is computed from a whole column is an ordinary array

    def __getitem__(self, index: Any) -> Any:
        row = index[0] if isinstance(index, tuple) else index
        if not isinstance(row, int | np.integer):
            return self.view(np.ndarray)[index]
        if self.tracer is not None:
            self.tracer.touch(self.kind, int(row))
        value = self.view(np.ndarray)[index]
        if isinstance(value, np.ndarray):
            return value
        # Compiled code computes with eight bytes: whole numbers do not overflow, division by zero gives infinity.
        return np.float64(value) if value.dtype.kind == "f" else int(value)

    def __setitem__(self, index: Any, value: Any) -> None:
        row = index[0] if isinstance(index, tuple) else index
        if self.tracer is not None and isinstance(row, int | np.integer):
            self.tracer.wrote(self, index, int(row), value)
        super().__setitem__(index, value)


class Tracer:
    """Watches the agent of one kind in one row.

    Args:
        model: a model of the same settings that may be used up for tracing (its state is overwritten).
        kind: the kind of agent.
    """

    def __init__(self, model: Any, kind: type[Row]) -> None:
        self.model, self.kind = model, kind
        self.touched: dict[type[Row], int] = {}
        self.row = -1
        self.process = ""
        self.events: list[Event] = []
        self._depth = 0

    def week(self, state: dict[str, np.ndarray], identity: int) -> list[Event]:
        """What happens to the agent in the week that begins in ``state``, in the order in which it happens."""
        model = self.model
        model.restore(state)
        self.events = []
        table = model.tables[self.kind]
        rows = np.flatnonzero((table["id"] == identity) & (table["state"] != 0))
        if rows.size == 0:
            return []
        self.row = int(rows[0])
        with self._watching(), np.errstate(all="ignore"):
            model.step()
        return self.events

    @contextmanager
    def _watching(self) -> Iterator[None]:
        """Python functions in place of compiled ones, tracked columns in place of plain ones."""
        with ExitStack() as stack:
            for module in _process_modules():
                for name, thing in vars(module).items():
                    if hasattr(thing, "py_func") and thing.py_func.__module__.startswith("sim.processes"):
                        replacement = thing.py_func if isinstance(thing, Loop) else self._asking(thing.py_func)
                        stack.enter_context(patch.object(module, name, replacement))
            for name in processes_of_the_week():
                process = getattr(sim.model, name)
                stack.enter_context(patch.object(sim.model, name, self._named(name, process)))
            tracer = self

            def view(table: Table, narrow: type[Any]) -> Any:
                columns = table.kind.columns()
                arrays = (
                    _Tracked.of(tracer, table.kind, name, table[name]) if name in columns else table[name]
                    for name in narrow._fields
                )
                return view_class(narrow)(*arrays)

            stack.enter_context(patch.object(Table, "view", view))
            # Outcomes are no part of a week's life, and the cohorts are those of another run.
            stack.enter_context(patch.object(sim.model.ActivationMarket, "_observe", lambda model: None))
            yield

    def _named(self, name: str, process: Callable[[Any], None]) -> Callable[[Any], None]:
        def run(model: Any) -> None:
            self.process = name
            self.touched.clear()
            process(model)

        return run

    def _asking(self, rule: Callable[..., Any]) -> Callable[..., Any]:
        names = list(inspect.signature(rule).parameters)
        meaning = (inspect.getdoc(rule) or "").splitlines()[0] if rule.__doc__ else ""

        def ask(*given: Any) -> Any:
            self._depth += 1
            try:
                answer = rule(*given)
            finally:
                self._depth -= 1
            if self._depth == 0 and self.touched.get(self.kind) == self.row:
                arguments = dict(zip(names, given, strict=True))
                parameters: dict[str, float] = {}
                for name in list(arguments):
                    if hasattr(arguments[name], "_fields"):
                        section = arguments.pop(name)
                        parameters |= {field: getattr(section, field) for field in _fields_read(rule, name)}
                person = self.touched.get(Jobseeker, -1)
                about = int(self.model.jobseekers["id"][person]) if person >= 0 else -1
                self.events.append(Asked(self.process, rule.__name__, about, meaning, arguments, parameters, answer))
            return answer

        return ask

    def touch(self, kind: type[Row], row: int) -> None:
        """A row is read or written; with the next person, whoever had to do with the last one is out of sight."""
        if kind is Jobseeker and self.touched.get(kind) != row:
            self.touched.clear()
        self.touched[kind] = row

    def wrote(self, array: _Tracked, index: Any, row: int, value: Any) -> None:
        """A value is written into a tracked column."""
        self.touch(array.kind, row)
        if array.kind is not self.kind or row != self.row:
            return
        before = np.asarray(array.view(np.ndarray)[index])
        if np.any(before != value):
            plain = before.item() if before.ndim == 0 else before.tolist()
            self.events.append(Wrote(self.process, array.column, plain, value))


def processes_of_the_week() -> list[str]:
    """The processes of the week, in order, read from ``ActivationMarket.step``."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(sim.model.ActivationMarket.step)))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    return [call.func.id for call in sorted(calls, key=lambda call: call.lineno)]  # type: ignore[attr-defined]


@cache
def _process_modules() -> tuple[Any, ...]:
    names = [info.name for info in pkgutil.iter_modules(sim.processes.__path__)]
    return tuple(import_module(f"sim.processes.{name}") for name in names)


@cache
def _fields_read(rule: Callable[..., Any], name: str) -> tuple[str, ...]:
    """The fields of the tuple ``name`` that a rule reads, in order."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(rule)))
    found = [
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == name
    ]
    return tuple(dict.fromkeys(found))
