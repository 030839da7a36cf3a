"""The notebooks as they stand: executed, without errors, on the public interface alone."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import nbformat
import pytest

from experiments.notebooks import FOLDER, main, steady

NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
PUBLIC = ("sim.report", "sim.experiment")
BESIDE = {"pandas", "IPython"}


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    """Each notebook."""
    return request.param


def test_there_is_one_for_each_question() -> None:
    assert [path.stem for path in NOTEBOOKS] == ["caseload", "price_weight", "se_delivery"]


def test_it_is_valid_and_was_executed_from_top_to_bottom(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    outputs = [output for cell in cells for output in cell.outputs]
    assert not [output for output in outputs if output.output_type in ("error", "stream")]
    kinds = [kind for output in outputs for kind in output.data]
    assert 2 <= kinds.count("image/png") <= 4
    assert kinds.count("text/markdown") >= 4
    assert kinds.count("text/html") == 1  # the table


def test_it_holds_no_path_and_no_time_of_a_machine(path: Path) -> None:
    text = re.sub(r'"image/png": "[^"]*"', "", path.read_text(encoding="utf-8"))
    assert not re.search(r"(?<![\w.)\]>])/(home|root|tmp|work|usr|Users|opt)/", text)
    assert "iopub" not in text


def test_it_imports_the_public_interface_alone(path: Path) -> None:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = "".join(line for cell in cells if cell["cell_type"] == "code" for line in [*cell["source"], "\n"])
    tree = ast.parse("\n".join(line for line in code.splitlines() if not line.startswith("%")))
    imported = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    imported += [name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names]
    strange = [name for name in imported if not name.startswith(PUBLIC) and name.partition(".")[0] not in BESIDE]
    assert not strange


def test_links_lead_to_pages_that_there_are(path: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)", path.read_text(encoding="utf-8"))
    assert links and all((path.parent / link).exists() for link in links)


def test_what_differs_from_run_to_run_is_left_out() -> None:
    cell = nbformat.v4.new_code_cell(
        "1",
        outputs=[
            nbformat.v4.new_output("stream", name="stderr", text="12 s"),
            nbformat.v4.new_output("display_data", data={"text/plain": "<Styler at 0x7f64>"}),
        ],
        metadata={"execution": {"iopub.execute_input": "now"}},
    )
    notebook = nbformat.v4.new_notebook(
        cells=[cell], metadata={"language_info": {"name": "python", "version": "3.11.7"}}
    )
    once, again = json.dumps(steady(notebook)), json.dumps(steady(notebook))
    assert once == again
    assert "12 s" not in once and "now" not in once and "3.11.7" not in once
    assert [output.data["text/plain"] for output in notebook.cells[0].outputs] == ["<Styler>"]


def test_a_notebook_that_is_not_there_is_told_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nowhere.ipynb"]) == 2
    assert capsys.readouterr().err == "error: nowhere.ipynb: no such notebook\n"
