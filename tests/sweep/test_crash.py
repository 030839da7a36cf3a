"""Sweeps that are killed at random moments lose nothing (tests/crash.py, with fewer kills)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.evidence
def test_killed_sweeps_lose_nothing() -> None:
    script = Path(__file__).parents[1] / "crash.py"
    done = subprocess.run([sys.executable, str(script), "--kills", "8"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("8 kills")
