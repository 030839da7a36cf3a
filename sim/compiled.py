"""Compiling the loops, and keeping the compiled code from going stale.

Two decorators: ``rule`` for the small scalar functions that read like equations, and ``compiled`` for the
loops that apply them. Numba's on-disk cache only looks at the file a function stands in; when a rule imported
from another module changes, it would serve the old result. Every module's loops are therefore cached in a
folder named by a hash of the module's source, the sources of all ``sim`` modules it imports (transitively),
Numba's version, Python's version and the processor.
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

F = TypeVar("F", bound=Callable[..., Any])

# Division as NumPy does it; no reference counting (see ``compiled``).
_OPTIONS: dict[str, Any] = {"error_model": "numpy", "_nrt": False}

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


def rule(function: F) -> F:
    """A scalar rule: an ordinary Python function that is compiled into the loops that call it.

    The plain function stays available as ``rule.py_func``.
    """
    return numba.njit(**_OPTIONS)(function)  # type: ignore[no-any-return]


def compiled(function: F) -> F:
    """A loop over columns: compiled on first use, then read from the cache by every later process.

    Compiled without Numba's reference counting: a helper that takes a tuple of 33 columns would otherwise count
    every one of them up and down at each call (measured: 1,080 ns a row against 1 ns). Such code cannot make
    arrays, so whoever calls it brings the ones it needs.
    """
    setattr(numba.config, "CACHE_DIR", str(cache_root() / source_key(function.__module__)))  # noqa: B010
    return numba.njit(cache=True, **_OPTIONS)(function)  # type: ignore[no-any-return]
