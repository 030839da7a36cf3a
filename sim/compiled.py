"""Compiling the loops, and keeping the compiled code from going stale.

Two decorators: ``rule`` for the small scalar functions that read like equations, and ``compiled`` for the
loops that apply them. Numba's on-disk cache only looks at the file a function stands in; when a rule imported
from another module changes, it would serve the old result. Every module's loops are therefore cached in a
folder named by a hash of the module's source, the sources of all ``sim`` modules it imports (transitively),
Numba's version, Python's version and the processor. Where the package lies does not matter.

What compiled code calls is compiled without what only Python needs (``_Ingredient``): Numba would give each helper a
wrapper that unpacks every column of every table, optimise it and make machine code of it, only to do so again in each
loop that calls it. That was most of the time of compiling the model.
"""

from __future__ import annotations

import hashlib
import pickle
import platform
import re
import sys
from collections.abc import Callable
from functools import cache, update_wrapper
from pathlib import Path
from typing import Any, TypeVar

import llvmlite.binding
import numba
from numba.core import types
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import Compiler
from numba.core.compiler_lock import global_compiler_lock
from numba.core.registry import CPUDispatcher, cpu_target

from sim.cache import cache_root, keep, kept
from sim.crossing import Crossing, kinds_of, native, types_of

F = TypeVar("F", bound=Callable[..., Any])

# Division as NumPy does it; no reference counting (see ``compiled``).
_OPTIONS: dict[str, Any] = {"nopython": True, "error_model": "numpy", "_nrt": False}

PACKAGE = Path(__file__).resolve().parent


def _source(module: str) -> Path | None:
    """The file of a ``sim`` module, or None when there is none (then it is a name inside a module)."""
    path = PACKAGE.parent.joinpath(*module.split("."))
    if path.with_suffix(".py").is_file():
        return path.with_suffix(".py")
    return path / "__init__.py" if (path / "__init__.py").is_file() else None


_IMPORT = re.compile(r"^[ \t]*(?:from (sim[\w.]*) import (\([^)]*\)|[^\n]*)|import (sim[^\n]*))", re.MULTILINE)


@cache
def _imports(path: Path) -> frozenset[Path]:
    """Files of the ``sim`` modules that one file imports."""
    found: set[Path | None] = set()
    for module, names, modules in _IMPORT.findall(path.read_text(encoding="utf-8")):
        found |= {_source(name) for name in re.findall(r"sim[\w.]*", modules)}
        if module:
            found |= {_source(module), *(_source(f"{module}.{name}") for name in re.findall(r"\w+", names))}
    return frozenset(p for p in found if p is not None)


@cache
def source_key(module: str) -> str:
    """Hash of everything the compiled code of ``module`` depends on: 16 hexadecimal digits."""
    start = _source(module)
    if start is None:  # a module outside the package (a user's own process): its file alone is known
        start = Path(sys.modules[module].__file__ or module)
    seen: set[Path] = set()
    todo = [start]
    while todo:
        path = todo.pop()
        if path not in seen:
            seen.add(path)
            todo.extend(_imports(path))
    digest = hashlib.sha256()
    cpu = getattr(numba.config, "CPU_NAME", None) or platform.processor() or platform.machine()
    digest.update(f"{numba.__version__} {sys.version_info[:3]} {cpu}".encode())
    for path in sorted(seen):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


class _Ingredient(JITCodeLibrary):  # type: ignore[misc]
    """Code that is only ever linked into the code that calls it: optimised there, made machine code there."""

    def _optimize_final_module(self) -> None:
        pass

    def _finalize_final_module(self) -> None:
        self._finalized = True

    def get_pointer_to_function(self, name: str) -> int:
        self._ensure_finalized()
        return 0

    @property
    def codegen(self) -> Any:
        return self

    def set_env(self, name: str, environment: Any) -> None:
        """Nothing to set: the environment is that of the caller."""


class _CalleeCompiler(Compiler):  # type: ignore[misc]
    def __init__(self, typing: Any, target: Any, library: Any, *rest: Any) -> None:
        super().__init__(typing, target, library or _Ingredient(target.codegen(), "ingredient"), *rest)


class _Callee(CPUDispatcher):  # type: ignore[misc]
    """A function as compiled code sees it. One version serves all constants: Numba would make one for each.

    From Python it is the plain function: compiling it for a few calls costs more than it saves.
    """

    def __init__(self, function: Callable[..., Any], **more: Any) -> None:
        lean = {**_OPTIONS, "no_cpython_wrapper": True, "no_cfunc_wrapper": True, **more}
        super().__init__(function, targetoptions=lean, pipeline_class=_CalleeCompiler)

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        return self.py_func(*arguments, **named)

    def get_call_template(self, args: Any, kws: Any) -> Any:
        return super().get_call_template(
            tuple(types.unliteral(a) for a in args), {name: types.unliteral(a) for name, a in kws.items()}
        )


class Loop:
    """A compiled loop as Python sees it: for each kinds of arguments a way in, read from the cache or compiled."""

    def __init__(self, function: Callable[..., Any]) -> None:
        update_wrapper(self, function)
        self.py_func = function
        self.compiled = 0  # ways in that were not found in the cache
        self._callee = _Callee(function)
        self._ways: list[Crossing] = []
        self._libraries: list[Any] = []

    @property
    def _numba_type_(self) -> Any:
        return types.Dispatcher(self._callee)

    def __call__(self, *arguments: Any) -> Any:
        for way in self._ways:
            fits, given = way.call(arguments)
            if fits:
                return given
        self._ways.insert(0, self._open(arguments))
        return self._ways[0].call(arguments)[1]

    def file(self, arguments: tuple[Any, ...]) -> Path:
        """The file of the cache in which the machine code for such arguments is, or will be."""
        kinds = hashlib.sha256("|".join(kinds_of(arguments)).encode()).hexdigest()[:16]
        return cache_root() / source_key(self.py_func.__module__) / f"{self.py_func.__qualname__}-{kinds}"

    @global_compiler_lock  # type: ignore[untyped-decorator]
    def _open(self, arguments: tuple[Any, ...]) -> Crossing:
        target, file = cpu_target.target_context, self.file(arguments)
        library, name = _read(file, target.codegen())
        if library is None:
            self.compiled += 1
            target.refresh()
            unique = f"{self.py_func.__module__}.{file.name}"
            library, name = native(self._callee, unique, types_of(arguments), _OPTIONS)
            keep(file, pickle.dumps((name, library.serialize_using_object_code()[2][0])))
        self._libraries.append(library)  # the code lives as long as it does
        return Crossing(target.codegen()._engine.get_function_address(name), kinds_of(arguments))


def _read(file: Path, codegen: Any) -> tuple[Any, str]:
    """Machine code from the cache, and the name of the function in it; (None, "") when it is not there."""
    content = kept(file)
    if content is None:
        return None, ""
    name, code = pickle.loads(content)
    library = codegen.unserialize_library((name, "object", (code, llvmlite.binding.parse_assembly("").as_bitcode())))
    return library, name


def rule(function: F) -> F:
    """A scalar rule: an ordinary Python function that is compiled into the loops that call it.

    Called from Python it is that ordinary function, which is ``rule.py_func``, too.
    """
    return _Callee(function)  # type: ignore[return-value]


def inlined(function: F) -> F:
    """A rule that may give a part of an array: its text is put in place of each call."""
    return _Callee(function, inline="always")  # type: ignore[return-value]


def compiled(function: F) -> F:
    """A loop over columns: compiled on first use, then read from the cache by every later process.

    Compiled without Numba's reference counting: a helper that takes a tuple of 33 columns would otherwise count
    every one of them up and down at each call (measured: 1,080 ns a row against 1 ns). Such code cannot make
    arrays, so whoever calls it brings the ones it needs. What may be given to it: see ``sim/crossing.py``.
    """
    return Loop(function)  # type: ignore[return-value]
