"""Cost-effectiveness on the screen, in the figure and among the files of a report."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from rich.console import Console

from sim.evaluation.cost_effectiveness import COST, EFFECT, Increments, cost_effectiveness, increments
from sim.report import figures
from sim.report.compare import BOOTSTRAP
from sim.report.cost_effectiveness import plane, print_cost_effectiveness
from sim.report.headline import report
from sim.report.multiplicity import MANY
from sim.report.table import View

ARMS = {
    "baseline": (0.0, 0.0),
    "caseload_15": (9000.0, 0.02),
    "se_in_house": (2000.0, 0.02),
    "kvp_reform": (-500.0, 0.0),
}


def outcomes(pairs: int) -> pd.DataFrame:
    """Both outcomes of four arms: as ``ARMS`` with noise in each arm."""
    noise = np.random.default_rng(2)
    return pd.DataFrame(
        {
            "run_key": f"{name}{replication}",
            "scenario": name,
            "replication": replication,
            "cohort": "stock",
            "metric": metric,
            "group": group,
            "horizon_weeks": 104,
            "value": base + step + noise.normal(0, 0.05) * base * 0.1,
            "unit": unit,
        }
        for name, steps in ARMS.items()
        for replication in range(pairs)
        for group in ("all", "young")
        for metric, unit, base, step in zip((COST, EFFECT), ("NOK", "share"), (2e5, 0.2), steps, strict=True)
    )


def increments_of(pairs: int) -> list[Increments]:
    return increments(outcomes(pairs))


def test_the_table_is_short_and_in_words() -> None:
    console = Console(width=120, file=StringIO(), record=True, highlight=False)
    found = cost_effectiveness(increments_of(6))
    print_cost_effectiveness(found, console)
    lines = console.export_text().splitlines()
    assert max(map(len, lines)) <= 120 and len(lines) <= 12
    [dear] = [line for line in lines if "Caseload 15" in line and "more jobs, costs more" in line]
    assert f"{found['cost_per_job'].iloc[1]:,.0f}" in dear and " to " in dear
    [unclear] = [line for line in lines if line.lstrip().startswith("Kvp reform")]
    assert "no clear effect" in unclear and " to " not in unclear and "nan" not in "".join(lines)


def test_dominance_is_told_with_names_in_words() -> None:
    cheap = Increments("se_in_house", np.arange(3), np.full(3, -1.0), np.full(3, 0.1))
    dear = Increments("caseload_15", np.arange(3), np.full(3, 5.0), np.full(3, 0.1))
    mixed = Increments("a", np.arange(3), np.full(3, 4.0), np.full(3, 0.15))
    most = Increments("b", np.arange(3), np.full(3, 5.0), np.full(3, 0.3))
    console = Console(width=120, file=StringIO(), record=True)
    print_cost_effectiveness(cost_effectiveness([cheap, dear, mixed, most]), console)
    told = " ".join(console.export_text().split())
    assert "dominated by B" in told
    assert "extendedly dominated by SE in-house and B" in told
    assert "dominant: more jobs, saves money" in told


@pytest.mark.parametrize(("pairs", "panels"), [(1, 1), (4, 1), (6, 2)])
def test_the_figure_has_curves_when_there_is_a_bootstrap(pairs: int, panels: int, tmp_path: Path) -> None:
    of_arms = increments_of(pairs)
    figure = plane(cost_effectiveness(of_arms), of_arms, "after 104 weeks")
    assert len(figure.axes) == panels
    [legend] = figure.legends
    labels = [text.get_text() for text in legend.get_texts()]
    assert labels == ["Baseline", "Caseload 15", "SE in-house", "Kvp reform", "Frontier"]
    left, right = figure.axes[0].get_xlim()
    bottom, top = figure.axes[0].get_ylim()
    assert left < 0 < right and bottom < 0 < top
    assert figures.save(figure, tmp_path / "plane")[0].stat().st_size > 20_000


def test_a_report_writes_them_and_names_them_after_the_view(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(figures, "save", lambda figure, stem: [stem.with_suffix(".png")])
    frame = outcomes(5)
    runs = frame[["run_key", "scenario", "replication"]].drop_duplicates()
    weekly = pd.concat(runs[["run_key"]].assign(week=week, series="gaze", value=0.5) for week in (-1, 0, 1))
    tables = {"outcomes": frame, "runs": runs, "weekly": weekly}
    results = SimpleNamespace(folder=tmp_path, table=lambda name, keys: tables[name])
    keys = list(runs["run_key"])
    written = report(results, keys)
    assert {path.name for path in written} >= {"cost_effectiveness.csv", "cost_effectiveness.png"}
    assert "Public cost per additional retained job" in capsys.readouterr().out
    differences = pd.read_csv(tmp_path / "differences.csv")
    assert {*BOOTSTRAP, *MANY, "p"} <= set(differences.columns)
    assert set(differences["comparisons"]) == {6}
    assert (differences["boot_high"] > differences["boot_low"]).all()
    stored = pd.read_csv(tmp_path / "cost_effectiveness.csv")
    assert set(stored["horizon_weeks"]) == {104} and set(stored["group"]) == {"all"}
    assert list(stored["scenario"]) == list(ARMS) and stored["cost_per_job"].notna().any()

    against = tmp_path / "against_caseload_15"
    asked = report(results, keys, "caseload_15", View(group="young"))
    assert {against / f"{name}_young.png" for name in ("differences", "cost_effectiveness")} <= set(asked)
    assert pd.read_csv(against / "cost_effectiveness_young.csv")["scenario"].iloc[0] == "caseload_15"
