"""The cache of compiled code: what has not changed is read from it, what has changed never is.

Runs a package of three small modules beside a copy of the real ``compiled.py``: a rule, a rule in another module that
calls it, and a compiled loop in a third.
"""

from __future__ import annotations

import ast
import json
import os
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import sim.streams
from sim import compiled
from sim.cache import cache_root
from sim.compiled import compiled as loop
from sim.compiled import rule, source_key

PACKAGE = Path(compiled.__file__).parent
RULE = "from sim.compiled import rule\n\n@rule\ndef gain(x):\n    return {} * x\n"
MIDDLE = """
from sim.compiled import rule
from sim.deep.rules import gain

@rule
def two_weeks(x):
    return gain(x) + gain(x)
"""
LOOP = """
import numpy as np
from sim.compiled import compiled
from sim.middle import two_weeks

@compiled
def apply(people):
    for i in range(people.size):
        people[i] = two_weeks(people[i])

def main():
    import json
    people = np.array([1.0, 10.0])
    apply(people)
    print(json.dumps({"people": people.tolist(), "compiled": apply.compiled}))
"""


class SmallPackage:
    """A package called ``sim`` in a folder of its own, and a process that runs its loop once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "sim" / "deep").mkdir(parents=True)
        for name in ("__init__.py", "deep/__init__.py", "unrelated.py"):
            (folder / "sim" / name).write_text("")
        for name in ("cache.py", "compiled.py", "crossing.py"):
            shutil.copy(PACKAGE / name, folder / "sim")
        self.write("deep/rules.py", RULE.format("1.5"))
        self.write("middle.py", MIDDLE)
        self.write("loop.py", LOOP)

    def write(self, name: str, text: str) -> None:
        (self.folder / "sim" / name).write_text(text)

    def run(self) -> dict[str, object]:
        environment = {
            **os.environ,
            "TILTAK_CACHE": str(self.folder / "cache"),
            "PYTHONPATH": str(self.folder),
            "PYTHONDONTWRITEBYTECODE": "1",  # edits within a second of one another are seen
        }
        command = [sys.executable, "-c", "from sim.loop import main; main()"]
        done = subprocess.run(command, env=environment, cwd=self.folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        result: dict[str, object] = json.loads(done.stdout)
        return result


def test_changed_code_is_compiled_anew_and_unchanged_code_is_read(tmp_path: Path) -> None:
    package = SmallPackage(tmp_path)
    fresh = {"people": [3.0, 30.0], "compiled": 1}
    read = {"people": [3.0, 30.0], "compiled": 0}
    assert package.run() == fresh
    assert package.run() == read

    package.write("unrelated.py", "x = 1\n")
    assert package.run() == read

    # Two imports away, where Numba's own cache does not look. Same length: not even the size of a file moves.
    package.write("deep/rules.py", RULE.format("2.5"))
    assert package.run() == {"people": [5.0, 50.0], "compiled": 1}

    package.write("deep/rules.py", RULE.format("1.5"))
    assert package.run() == read


def test_the_key_covers_every_module_imported_directly_or_not() -> None:
    """The files behind a key, for a process that imports others."""
    todo, seen = [PACKAGE / "processes" / "brokering.py"], set()
    while todo:
        path = todo.pop()
        if path not in seen:
            seen.add(path)
            todo += compiled._imports(path)
    names = {path.relative_to(PACKAGE).as_posix() for path in seen}
    assert {
        "processes/brokering.py",
        "processes/hiring.py",  # imported
        "processes/vacancies.py",
        "streams.py",
        "compiled.py",  # how it is compiled
        "crossing.py",  # how it is called
        "agents/jobseeker.py",  # codes
        "columns.py",  # imported by agents only
    } <= names
    assert "processes/gaze.py" not in names


def test_modules_have_keys_of_their_own() -> None:
    keys = {source_key(f"sim.processes.{path.stem}") for path in (PACKAGE / "processes").glob("[a-z]*.py")}
    assert len(keys) == len(list((PACKAGE / "processes").glob("[a-z]*.py")))
    assert all(len(key) == 16 and int(key, 16) >= 0 for key in keys)


def test_all_imports_in_the_package_are_absolute() -> None:
    """The key follows ``sim.``; a relative import would escape it."""
    relative = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.level > 0
    ]
    assert not relative


def test_where_the_cache_lies(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TILTAK_CACHE", str(tmp_path / "own"))
    assert cache_root() == tmp_path / "own"
    monkeypatch.delenv("TILTAK_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_root() == tmp_path / "tiltak"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache_root() == tmp_path / ".cache" / "tiltak"


def test_one_version_of_a_rule_serves_all_constants_and_python_calls_the_plain_function(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TILTAK_CACHE", str(tmp_path))

    @rule
    def double(x):
        return 2 * x

    @loop
    def four(x):
        return double(1) + double(2) + double(x)

    assert four(3) == 12
    assert [str(types) for types in double.overloads] == ["(int64,)"]
    assert double("a") == "aa"


def test_machine_code_that_is_damaged_is_made_anew(tmp_path: Path) -> None:
    package = SmallPackage(tmp_path)
    package.run()
    files = [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    assert len(files) == 1
    whole = files[0].read_bytes()
    for damaged in (whole[:100], whole[:-1], whole[:500] + bytes(8) + whole[508:]):
        files[0].write_bytes(damaged)
        assert package.run() == {"people": [3.0, 30.0], "compiled": 1}
        assert package.run() == {"people": [3.0, 30.0], "compiled": 0}


def test_a_rule_survives_being_sent_to_another_process() -> None:
    assert pickle.loads(pickle.dumps(sim.streams.whole))(1.25, 0.5) == 1


def test_a_rule_is_still_an_ordinary_function() -> None:
    @rule
    def double(x):
        """Twice as much."""
        return 2.0 * x

    assert double(1.5) == double.py_func(1.5) == 3.0
    assert double.__doc__ == "Twice as much."


def test_processes_share_the_work_of_compiling(tmp_path: Path) -> None:
    """Of two that start together one compiles the loop; the other goes on in plain Python, with the same result."""
    package = SmallPackage(tmp_path)
    shutil.copy(PACKAGE / "warm_up.py", tmp_path / "sim")
    program = """
import sys, time
from pathlib import Path
from sim.warm_up import share
share(Path(sys.argv[1]))
from sim.loop import apply, main
main()
"""
    claims = tmp_path / "claims"
    claims.mkdir()
    environment = {**os.environ, "TILTAK_CACHE": str(tmp_path / "cache"), "PYTHONPATH": str(tmp_path)}
    command = [sys.executable, "-c", program, str(claims)]
    both = [
        subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    found = [json.loads(process.communicate()[0]) for process in both]
    assert sorted(result["compiled"] for result in found) == [0, 1]
    assert all(result["people"] == [3.0, 30.0] for result in found)
    assert package.run() == {"people": [3.0, 30.0], "compiled": 0}
