"""Crossing from Python into compiled code, cheaply.

Numba's own crossing looks at every array of every tuple at each call, and there are more than fifty calls a week
(measured in a world of 100 people: 2.4 ms a week by Numba's, 1.1 ms by this). Here a tuple is looked at once. What
compiled code needs of it, addresses, lengths and numbers, is put into a row of 64-bit words, a ``Pack``; the compiled
side takes the tuple up again from the pack's address.

What may cross: whole numbers, floats, truth values, NumPy arrays, and tuples of these. What may come back: numbers and
truth values, alone or in one tuple. Compiled code raises nothing: an error in it would be printed, not raised.
"""

from __future__ import annotations

import ctypes
import struct
import sys
import threading
import weakref
from array import array
from types import FunctionType
from typing import Any

import numba
import numpy as np
from llvmlite import ir
from numba.core import cgutils, types
from numba.core.ccallback import CFunc
from numba.extending import intrinsic
from numba.np.arrayobj import populate_array

_WORD = ir.IntType(64)
_POINTER = types.CPointer(types.int64)
_SIGNATURE = (_POINTER, _POINTER), types.void
_MOST_RESULTS = 64

_NOTHING, _ONE = -1, -2  # in place of the number of results
_INTEGER, _FLOAT, _TRUTH = range(3)
_SCALARS = ("integer", "float", "truth")


class Pack:
    """One argument as compiled code reads it: ``address`` of its words, and its ``kind`` in one line."""

    __slots__ = ("address", "kind", "words")

    def __init__(self, value: Any) -> None:
        words: list[int] = []
        self.kind = sys.intern(_put(value, words))
        self.words = array("q", words)
        self.address = self.words.buffer_info()[0]


def _put(value: Any, words: list[int]) -> str:
    """Append the words of a value; returns its kind. Raises TypeError for what cannot cross."""
    if isinstance(value, tuple):
        kinds = ",".join(_put(item, words) for item in value)
        own = type(value)
        return f"{own.__module__}.{own.__qualname__}({kinds})"
    if isinstance(value, np.ndarray):
        words += (value.__array_interface__["data"][0], *value.shape, *value.strides)
        layout = "C" if value.flags.c_contiguous else "A"
        return f"{value.dtype.str}[{value.ndim}{layout}{'' if value.flags.writeable else ' read only'}]"
    kind = scalar_kind(value)
    words.append(struct.unpack("q", struct.pack("d", value))[0] if kind == "float" else int(value))
    return kind


def scalar_kind(value: Any) -> str:
    """Whole number, float or truth value. Raises TypeError for anything else."""
    if isinstance(value, bool | np.bool_):
        return "truth"
    if isinstance(value, int | np.integer):
        return "integer"
    if isinstance(value, float | np.floating):
        return "float"
    raise TypeError(f"{type(value).__name__} cannot cross into compiled code: numbers, arrays and tuples of them can")


def packed(value: Any) -> Pack:
    """The pack of an argument; it stays with the tuple where that can hold it (views of tables: ``sim/columns.py``)."""
    own = getattr(value, "__dict__", None)
    if own is None:
        return Pack(value)
    pack = own.get("packed")
    if pack is None:
        pack = own["packed"] = Pack(value)
    return pack  # type: ignore[no-any-return]


_crossings: weakref.WeakSet[Crossing] = weakref.WeakSet()


def forget() -> None:
    """Let go of what was given at the last calls: the tables of a model that is done with."""
    for crossing in _crossings:
        crossing.forget()


class Crossing:
    """One way into a compiled function, for arguments of certain kinds."""

    def __init__(self, address: int, kinds: tuple[str, ...]) -> None:
        self.kinds = kinds
        n = len(kinds)
        self._scalars = (ctypes.c_int64 * n)()
        self._floats = (ctypes.c_double * n).from_buffer(self._scalars)
        self._slots = (ctypes.c_int64 * n)()
        self._results = (ctypes.c_int64 * (2 * _MOST_RESULTS + 1))()
        self._values = (ctypes.c_double * (2 * _MOST_RESULTS + 1)).from_buffer(self._results)
        self._last: list[Any] = [self] * n  # what was given last, mostly the same at every call, and its packs
        self._packs: list[Pack | None] = [None] * n
        _crossings.add(self)
        first = ctypes.addressof(self._scalars)
        for k in range(n):
            self._slots[k] = first + 8 * k
        self._at = ctypes.addressof(self._slots), ctypes.addressof(self._results)
        self._one_at_a_time = threading.Lock()
        self._call = ctypes.PYFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p)(address)

    def call(self, arguments: tuple[Any, ...]) -> tuple[bool, Any]:
        """Whether the arguments are of these kinds and, if so, what the function gives."""
        if len(arguments) != len(self.kinds):
            return False, None
        with self._one_at_a_time:
            return self._called(arguments)

    def _called(self, arguments: tuple[Any, ...]) -> tuple[bool, Any]:
        kinds, last = self.kinds, self._last
        for k, value in enumerate(arguments):
            if value is last[k]:
                continue
            kind = kinds[k]
            if kind in _SCALARS:
                if scalar_kind(value) != kind:
                    return False, None
                if kind == "float":
                    self._floats[k] = value
                else:
                    self._scalars[k] = int(value)
                continue
            pack = packed(value)
            if pack.kind is not kind:
                return False, None
            self._slots[k] = pack.address
            last[k], self._packs[k] = value, pack  # held until another is given
        self._call(*self._at)
        return True, self._given()

    def forget(self) -> None:
        """Let go of the arguments of the last call."""
        self._last = [self] * len(self.kinds)
        self._packs = [None] * len(self.kinds)

    def _given(self) -> Any:
        n, results = self._results[0], self._results
        if n == _NOTHING:
            return None
        if n == _ONE:
            return self._result(1)
        return tuple([self._values[k + 1] if results[k] == _FLOAT else self._result(k) for k in range(1, 2 * n, 2)])

    def _result(self, k: int) -> float | int | bool:
        code = self._results[k]
        if code == _FLOAT:
            return float(self._values[k + 1])
        return bool(self._results[k + 1]) if code == _TRUTH else int(self._results[k + 1])


def kinds_of(arguments: tuple[Any, ...]) -> tuple[str, ...]:
    """The kinds of some arguments, as a ``Crossing`` knows them."""
    return tuple(packed(v).kind if isinstance(v, tuple | np.ndarray) else scalar_kind(v) for v in arguments)


def types_of(arguments: tuple[Any, ...]) -> tuple[types.Type, ...]:
    """The types under which compiled code takes these arguments up."""
    return tuple(_type_of(value) for value in arguments)


def _type_of(value: Any) -> types.Type:
    if isinstance(value, tuple):
        own, items = type(value), [_type_of(item) for item in value]
        if hasattr(own, "_fields"):
            alike = len(set(items)) == 1
            return types.NamedUniTuple(items[0], len(items), own) if alike else types.NamedTuple(items, own)
        return types.Tuple(items)
    if isinstance(value, np.ndarray):
        return numba.typeof(value)
    return {"integer": types.int64, "float": types.float64, "truth": types.boolean}[scalar_kind(value)]


def native(
    function: Any, name: str, argument_types: tuple[types.Type, ...], options: dict[str, Any]
) -> tuple[Any, str]:
    """Compile a function with a way in that takes packs: the library of machine code, and the symbol in it.

    ``function``: a Numba dispatcher that compiled code can call. ``name``: no two functions of a process share it.
    """
    home = {"take": _taking(argument_types), "give": _giving, "function": function, "__name__": __name__}
    enter = FunctionType(_enter.__code__, home, name)
    enter.__qualname__ = name
    entry: Any = CFunc(enter, _SIGNATURE, {}, options)
    result = entry._compile_uncached()
    return result.library, result.fndesc.llvm_cfunc_wrapper_name


def _enter(slots, results):  # type: ignore[no-untyped-def]
    give(results, function(*take(slots)))  # type: ignore[name-defined]  # noqa: F821


def _taking(argument_types: tuple[types.Type, ...]) -> Any:
    """Compiled code that takes up arguments of these types from their packs."""
    taken = types.Tuple(argument_types)

    @intrinsic  # type: ignore[untyped-decorator]
    def take(typing, slots):  # type: ignore[no-untyped-def]
        def generate(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
            values = []
            for k, kind in enumerate(argument_types):
                address = builder.load(builder.gep(arguments[0], [_WORD(k)]))
                words = builder.inttoptr(address, _WORD.as_pointer())
                values.append(_take(context, builder, kind, words, 0)[0])
            return context.make_tuple(builder, taken, values)

        return taken(slots), generate

    return take


def _items(kind: Any) -> tuple[Any, ...]:
    """The types of what a tuple holds."""
    return tuple(kind.types)


def _take(context: Any, builder: Any, kind: Any, words: Any, k: int) -> tuple[Any, int]:
    """Code for one value from word ``k`` on; returns it and the number of the next word."""

    def word(n: int) -> Any:
        return builder.load(builder.gep(words, [_WORD(n)]))

    if isinstance(kind, types.BaseTuple):
        values = []
        for item in _items(kind):
            value, k = _take(context, builder, item, words, k)
            values.append(value)
        return context.make_tuple(builder, kind, values), k
    if isinstance(kind, types.Array):
        made = context.make_array(kind)(context, builder)
        data = builder.inttoptr(word(k), context.get_data_type(kind.dtype).as_pointer())
        n = kind.ndim
        populate_array(
            made,
            data=data,
            shape=[word(k + 1 + d) for d in range(n)],
            strides=[word(k + 1 + n + d) for d in range(n)],
            itemsize=context.get_constant(types.intp, np.dtype(str(kind.dtype)).itemsize),
            meminfo=None,
            parent=None,
        )
        return made._getvalue(), k + 1 + 2 * n
    if kind == types.float64:
        return builder.bitcast(word(k), ir.DoubleType()), k + 1
    if kind == types.boolean:
        return builder.trunc(word(k), ir.IntType(1)), k + 1
    return word(k), k + 1


@intrinsic  # type: ignore[untyped-decorator]
def _giving(typing, results, value: Any):  # type: ignore[no-untyped-def]
    """Compiled code that writes what a function gives: how many, then a code and a word for each."""
    if isinstance(value, types.BaseTuple) and len(_items(value)) > _MOST_RESULTS:
        raise TypeError(f"{len(_items(value))} results of a compiled function: at most {_MOST_RESULTS} can cross")

    def generate(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
        words, given = arguments

        def write(k: int, word: Any) -> None:
            builder.store(word, builder.gep(words, [_WORD(k)]))

        def write_one(k: int, kind: types.Type, item: Any) -> None:
            if isinstance(kind, types.Float):
                wide = item if kind == types.float64 else builder.fpext(item, ir.DoubleType())
                code, word = _FLOAT, builder.bitcast(wide, _WORD)
            elif isinstance(kind, types.Boolean):
                code, word = _TRUTH, builder.zext(item, _WORD)
            else:
                code, word = _INTEGER, context.cast(builder, item, kind, types.int64)
            write(k, _WORD(code))
            write(k + 1, word)

        if isinstance(value, types.NoneType):
            write(0, _WORD(_NOTHING))
        elif isinstance(value, types.BaseTuple):
            write(0, _WORD(len(_items(value))))
            for k, (kind, item) in enumerate(zip(_items(value), cgutils.unpack_tuple(builder, given), strict=True)):
                write_one(1 + 2 * k, kind, item)
        else:
            write(0, _WORD(_ONE))
            write_one(1, value, given)
        return context.get_dummy_value()

    return types.void(results, value), generate
