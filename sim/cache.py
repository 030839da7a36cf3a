"""The cache: what took long to make and can always be made again. Machine code of loops, and composed worlds."""

from __future__ import annotations

import os
import tempfile
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
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as part:
            part.write(content)
        os.replace(part.name, file)
