"""The cache: what took long to make and can always be made again. Machine code of loops, and composed worlds."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path


def cache_root() -> Path:
    """Folder of the cache: ``$TILTAK_CACHE``, else ``$XDG_CACHE_HOME/tiltak``, else ``~/.cache/tiltak``."""
    own = os.environ.get("TILTAK_CACHE")
    if own:
        return Path(own)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "tiltak"


def keep(file: Path, content: bytes) -> None:
    """Write a file of the cache, whole or not at all; a cache that cannot be written is done without."""
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            part.write_bytes(hashlib.sha256(content).digest() + content)
            os.replace(part, file)
        finally:
            part.unlink(missing_ok=True)


def kept(file: Path) -> bytes | None:
    """What ``keep`` wrote to a file; None if it is not there, or not whole."""
    try:
        found = file.read_bytes()
    except OSError:
        return None
    digest, content = found[:32], found[32:]
    return content if hashlib.sha256(content).digest() == digest else None
