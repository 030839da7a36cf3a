"""Runs the notebooks and keeps what they show.

    python experiments/notebooks.py                             all of notebooks/
    python experiments/notebooks.py notebooks/caseload.ipynb    only these

Each is executed from top to bottom by this environment's Python, and its outputs are put in place. What changes from
one run to the next though results do not (times, progress, versions) is left out. Results that are stored are used
again. Exit status 1 when a notebook fails: it stays as it was.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

FOLDER = Path(__file__).parents[1] / "notebooks"
LONGEST = 600  # seconds that a cell may take
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def main(arguments: Sequence[str]) -> int:
    """Executes the notebooks asked for; gives the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("notebooks", type=Path, nargs="*", help="all of notebooks/ when none is named")
    asked = parser.parse_args(arguments).notebooks or sorted(FOLDER.glob("*.ipynb"))
    failed = 0
    for path in asked:
        start = time.monotonic()
        try:
            execute(path)
        except FileNotFoundError:
            print(f"error: {path}: no such notebook", file=sys.stderr)
            return 2
        except (CellExecutionError, RuntimeError, TimeoutError) as error:  # a cell, the kernel, the time
            failed += 1
            print(f"{path.name}: failed\n{error}", file=sys.stderr)
        else:
            print(f"{path.name}: {time.monotonic() - start:.0f} s", flush=True)
    return 1 if failed else 0


def execute(path: Path) -> None:
    """Executes one notebook in its own folder and writes it back.

    Raises CellExecutionError when a cell fails, CellTimeoutError when it takes too long, RuntimeError when there is no
    kernel.
    """
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=LONGEST,
        kernel_name=KERNEL["name"],
        record_timing=False,
        extra_arguments=["--log-level=ERROR"],
        resources={"metadata": {"path": str(path.parent)}},
    )
    client.execute()
    nbformat.write(steady(notebook), path)


def steady(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The notebook without what differs from run to run: progress, times, addresses, and the version of Python."""
    notebook.metadata = nbformat.NotebookNode(kernelspec=KERNEL)
    for place, cell in enumerate(notebook.cells):
        cell.id = f"cell-{place}"
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code":
            cell.outputs = [output for output in cell.outputs if output.output_type != "stream"]
            for shown in (output["data"] for output in cell.outputs if "data" in output):
                shown["text/plain"] = re.sub(" at 0x[0-9a-f]+", "", shown["text/plain"])
    return notebook


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
