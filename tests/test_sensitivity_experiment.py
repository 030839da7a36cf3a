"""The experiment: what cannot be asked is said in one line, and the three commands follow from one another."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from experiments import sensitivity
from sim.evaluation.design import read
from sim.evaluation.sensitivity import LUCK
from sim.store import Results


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "there are screen, sobol, discover"),
        (["scren"], "there are screen, sobol, discover"),
        (["screen", "method=moris"], "regression, morris, sections"),
        (["screen", "metric=employed_shares"], "nearest: employed_share"),
        (["screen", "group=old"], "must be one of all"),
        (["screen", "pair=se_in_house"], "must be two scenarios"),
        (["screen", "scenario=baseline"], "pair="),
        (["screen", "pair=se_in_house,se_outsourcd"], "se_outsourced"),
        (["screen", "factors=gaze.sped"], "nearest: gaze.speed"),
        (["screen", "points=many"], "points=many: must be a whole number"),
        (["sobol", "method=saltelli", "base=12", "factors=gaze.speed"], "must be a power of two"),
        (["sobol"], "run `screen` first"),
        (["screen", "point=3"], "point=3"),
        (["screen", "horizon.weeks=30"], "measured after 26, 52, 104"),
    ],
)
def test_what_cannot_be_asked_is_said_in_one_line(
    arguments: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = [f"results={tmp_path}"] if arguments else []
    assert sensitivity.main([*arguments, *where]) == 2
    said = capsys.readouterr().err
    assert said.startswith("error: ") and message in said and said.count("\n") == 1
    assert not list(tmp_path.rglob("*.parquet"))


@pytest.mark.slow
def test_screen_sobol_and_discover_follow_from_one_another(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    common = ["horizon.weeks=26", "horizon.track_weeks=26", "horizon.burn_in_weeks=4", f"results={tmp_path}"]
    asked = [*common, "workers=1", "metric=weeks_in_work", "points=20", "population.registered=200"]
    few = "factors=delivery.caseload_factor,delivery.wage"
    assert sensitivity.main(["screen", few, *asked]) == 0
    screen = pd.read_csv(tmp_path / "screen.csv")
    assert sorted(screen["factor"][screen["factor"] != LUCK]) == [
        "delivery.caseload_factor[0]",
        "delivery.caseload_factor[1]",
        "delivery.wage[0]",
        "delivery.wage[1]",
    ]
    runs = len(Results(tmp_path).runs())
    assert runs == 20 * 2 * 2
    assert sensitivity.main(["discover", few, *asked]) in (0, 2)  # 2: all worlds are won, or lost
    assert len(Results(tmp_path).runs()) == runs  # the same worlds
    assert sensitivity.main(["sobol", "method=saltelli", "top=2", "base=4", *asked]) == 0
    design = read(tmp_path / "sobol_saltelli_design.parquet")
    assert {f.name for f in design.factors} == set(screen["factor"][screen["factor"] != LUCK][:2])
    assert len(Results(tmp_path).runs()) == runs + 4 * (2 + 2) * 2 * 2
    assert {"total", "low", "high", "first"} <= set(pd.read_csv(tmp_path / "sobol_saltelli.csv").columns)
    assert (tmp_path / "sobol_saltelli.png").is_file()
    assert "All other assumptions stay as they are" in capsys.readouterr().out
