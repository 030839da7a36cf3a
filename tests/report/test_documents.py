"""The documents say what the code says."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path
from textwrap import dedent

import pytest

import sim.processes
from experiments import document
from sim.model import ActivationMarket
from sim.outcomes.metrics import METRICS, SERVICE_METRICS
from sim.outcomes.weekly import SERIES
from sim.report import documents, words
from sim.settings import compose
from sim.world import World

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return documents.documents()


def test_the_generated_documents_are_up_to_date(made: dict[str, str]) -> None:
    stale = [name for name, text in made.items() if (DOCS / name).read_text(encoding="utf-8") != text]
    assert not stale, "make docs"


def test_a_changed_or_missing_document_is_noticed(
    made: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(documents, "documents", lambda: made)
    documents.write(tmp_path)
    assert documents.out_of_date(tmp_path) == []
    (tmp_path / "levers.md").write_text("old", encoding="utf-8")
    (tmp_path / "data.md").unlink()
    assert documents.out_of_date(tmp_path) == ["levers.md", "data.md"]

    monkeypatch.setattr(document, "out_of_date", lambda: ["levers.md"])
    assert document.main(["--check"]) == 1
    assert capsys.readouterr().err == "docs/levers.md is out of date: make docs\n"
    assert document.main(["--chekc"]) == 2


def test_every_parameter_lever_metric_series_and_column_is_told(made: dict[str, str]) -> None:
    for key, item in compose().parameters.items():
        assert f"| `{key.partition('.')[2]}` | " in made["parameters.md"] and item.meaning in made["parameters.md"]
    for name in [*METRICS, *SERVICE_METRICS, *SERIES]:
        assert f"| `{name}` |" in made["outcomes.md"]
    for kind in documents.KINDS:
        section = made["data.md"].partition(f"## {kind.__name__}\n")[2].partition("\n## ")[0]
        assert re.findall(r"^\| `(\w+)`", section, re.MULTILINE) == list(kind.columns())
    assert "| `price_weight` | 0.4 | 0 to 1 | share |" in made["levers.md"]


def test_tables_have_as_many_cells_in_every_row(made: dict[str, str]) -> None:
    for text in made.values():
        for block in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
            cells = {len(re.split(r"(?<!\\)\|", line)) for line in block.splitlines()}
            assert len(cells) == 1


def test_the_week_in_the_document_is_the_week_in_the_code() -> None:
    tree = ast.parse(dedent(inspect.getsource(ActivationMarket.step)))
    calls = [node.value for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)]
    week = [call.func.id for call in calls if isinstance(call.func, ast.Name)]
    told = re.findall(r"^\d+\. `(\w+)`", (DOCS / "odd.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert told == week


ELEMENTS = (
    "Purpose and patterns",
    "Entities, state variables and scales",
    "Process overview and scheduling",
    "Design concepts",
    "Initialisation",
    "Input data",
    "Submodels",
)
CONCEPTS = (
    *("Basic principles", "Emergence", "Adaptation", "Objectives", "Learning", "Prediction", "Sensing"),
    *("Interaction", "Stochasticity", "Collectives", "Observation"),
)
PROCESSES = Path(sim.processes.__path__[0])


def submodels() -> dict[str, str]:
    """The submodels' descriptions by heading, each on one line."""
    text = (DOCS / "odd.md").read_text(encoding="utf-8").partition("\n## 7 Submodels\n")[2].partition("\n## ")[0]
    sections = (section.partition("\n") for section in text.split("\n### ")[1:])
    return {name: " ".join(body.split()) for name, _, body in sections}


def test_the_description_has_the_elements_of_odd() -> None:
    text = (DOCS / "odd.md").read_text(encoding="utf-8")
    assert tuple(re.findall(r"^## \d (.+)$", text, re.MULTILINE)) == ELEMENTS
    concepts = text.partition("\n## 4 Design concepts\n")[2].partition("\n## ")[0]
    assert tuple(re.findall(r"^### (.+)$", concepts, re.MULTILINE)) == CONCEPTS
    assert all(len(line) <= 120 for line in text.splitlines() if not line.startswith("|"))


def test_every_process_has_its_submodel() -> None:
    told = submodels()
    assert set(told) == {path.stem for path in PROCESSES.glob("*.py")} - {"__init__"}
    for name, body in told.items():
        assert body.startswith(f"Module `sim/processes/{name}.py`. Row"), name
        assert "*Simplified:*" in body, name


def test_functions_that_a_submodel_names_exist() -> None:
    for name, body in submodels().items():
        tree = ast.parse((PROCESSES / f"{name}.py").read_text(encoding="utf-8"))
        functions = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        named = re.findall(r"`(\w+)`", body.partition(" Functions: ")[2].partition(".")[0])
        assert named and set(named) <= functions, f"{name}: {set(named) - functions}"


def test_every_section_of_parameters_has_a_submodel() -> None:
    text = (DOCS / "odd.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\[(\w+)\]\(parameters\.md#\1\)", text)) == set(World._fields)


def test_every_mechanism_stands_with_a_submodel() -> None:
    heads = [body.partition(". Parameters: ")[0] for body in submodels().values()]
    told = {row for head in heads for row in re.findall(r"\b[JVTSEK]\d+\b", head)}
    key = (DOCS / "identifiers.md").read_text(encoding="utf-8").partition("\n## Mechanisms\n")[2].partition("\n## ")[0]
    assert told == set(re.findall(r"^\| ([JVTSEK]\d+) \|", key, re.MULTILINE))


def test_links_between_documents_lead_somewhere() -> None:
    for path in DOCS.glob("*.md"):
        for target in re.findall(r"\]\((?!http)([^)#]+)\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_every_metric_has_words_and_every_series_its_unit() -> None:
    by_family = {name for name in SERVICE_METRICS if name.startswith(tuple(words.FAMILIES))}
    assert {*METRICS, *SERVICE_METRICS} - by_family <= set(words.METRICS)
    assert words.metric_words("post_wage_subsidy") == "Paid: wage subsidy"
    assert set(words.METRICS) <= {*METRICS, *SERVICE_METRICS, "members"}
    assert set(words.SERIES) <= set(SERIES) and set(words.HEADLINE_SERIES) <= set(words.SERIES)
    assert set(words.HEADLINE_METRICS) <= set(METRICS)
    assert words.series_words("contact_minutes") == ("Contact with the supervisor", "minutes per client-month")
    assert words.series_words("employed_share_stock")[1] == "%" and words.series_words("gaze")[1] == "index, 0 to 1"
    assert words.series_words("a_series_of_ones_own") == ("A series of ones own", "")


@pytest.mark.slow
def test_the_python_of_the_tutorial_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = re.findall(r"^```python\n(.*?)^```", (DOCS / "tutorial.md").read_text(encoding="utf-8"), re.M | re.S)
    monkeypatch.chdir(tmp_path)
    ran = 0
    for block in blocks:
        if "results/" not in block:  # those are run on results that the commands before them make
            exec(compile(block, "tutorial", "exec"), {"__name__": "tutorial"})
            ran += 1
    assert ran == 2
