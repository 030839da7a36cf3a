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

import ast
import hashlib
import os
import platform
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import numba
from numba.core import types
from numba.core.caching import CompileResultCacheImpl, FunctionCache, _CacheLocator
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import Compiler
from numba.core.registry import CPUDispatcher

F = TypeVar("F", bound=Callable[..., Any])

# Division as NumPy does it; no reference counting (see ``compiled``).
_OPTIONS: dict[str, Any] = {"nopython": True, "error_model": "numpy", "_nrt": False, "no_cfunc_wrapper": True}

PACKAGE = Path(__file__).resolve().parent


def cache_root() -> Path:
    """Folder of all compiled code: ``$TILTAK_CACHE``, else ``$XDG_CACHE_HOME/tiltak``, else ``~/.cache/tiltak``."""
    own = os.environ.get("TILTAK_CACHE")
    if own:
        return Path(own)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "tiltak"


def _source(module: str) -> Path | None:
    """The file of a ``sim`` module, or None when there is none (then it is a name inside a module)."""
    path = PACKAGE.parent.joinpath(*module.split("."))
    if path.with_suffix(".py").is_file():
        return path.with_suffix(".py")
    return path / "__init__.py" if (path / "__init__.py").is_file() else None


@cache
def _imports(path: Path) -> frozenset[Path]:
    """Files of the ``sim`` modules that one file imports, read from its syntax tree."""
    found: set[Path | None] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        else:
            continue
        found.update(_source(name) for name in names if name.split(".")[0] == "sim")
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


class _Place(_CacheLocator):  # type: ignore[misc]
    """The folder of a module's compiled code: named by everything that the code depends on, and by nothing else."""

    def __init__(self, function: Any) -> None:
        self._folder = cache_root() / source_key(function.__module__)
        self._line = str(function.__code__.co_firstlineno)

    def get_cache_path(self) -> str:
        return str(self._folder)

    def get_source_stamp(self) -> str:
        return self._folder.name

    def get_disambiguator(self) -> str:
        return self._line

    @classmethod
    def from_function(cls, function: Any, file: str) -> _Place | None:
        place = cls(function)
        try:
            place.ensure_cache_path()
        except OSError:
            return None
        return place


class _CacheFiles(CompileResultCacheImpl):  # type: ignore[misc]
    _locator_classes: Any = [_Place]  # noqa: RUF012


class _Cache(FunctionCache):  # type: ignore[misc]
    _impl_class = _CacheFiles


class _Callee(CPUDispatcher):  # type: ignore[misc]
    """A function as compiled code sees it. One version serves all constants: Numba would make one for each."""

    def get_call_template(self, args: Any, kws: Any) -> Any:
        return super().get_call_template(
            tuple(types.unliteral(a) for a in args), {name: types.unliteral(a) for name, a in kws.items()}
        )


class _Dispatcher(CPUDispatcher):  # type: ignore[misc]
    """A function that Python calls as Numba's own; compiled code that names it gets its lean twin."""

    def __init__(self, py_func: Any, *rest: Any, **keywords: Any) -> None:
        super().__init__(py_func, *rest, **keywords)
        lean = {**self.targetoptions, "no_cpython_wrapper": True}
        self._callee = _Callee(py_func, targetoptions=lean, pipeline_class=_CalleeCompiler)

    @property
    def _numba_type_(self) -> Any:
        return types.Dispatcher(self._callee)

    def enable_caching(self) -> None:
        self._cache = _Cache(self.py_func)


def rule(function: F) -> F:
    """A scalar rule: an ordinary Python function that is compiled into the loops that call it.

    The plain function stays available as ``rule.py_func``.
    """
    return _Dispatcher(function, targetoptions=dict(_OPTIONS))  # type: ignore[return-value]


def compiled(function: F) -> F:
    """A loop over columns: compiled on first use, then read from the cache by every later process.

    Compiled without Numba's reference counting: a helper that takes a tuple of 33 columns would otherwise count
    every one of them up and down at each call (measured: 1,080 ns a row against 1 ns). Such code cannot make
    arrays, so whoever calls it brings the ones it needs.
    """
    dispatcher = _Dispatcher(function, targetoptions=dict(_OPTIONS))
    dispatcher.enable_caching()
    return dispatcher  # type: ignore[return-value]
