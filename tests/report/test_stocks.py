"""The table of stocks: its arithmetic on made-up weeks, and the whole on a small world."""

from __future__ import annotations

import math

import numpy as np
import pytest

from experiments.stocks import main
from sim.agents.jobseeker import AFT, JOB, ON_MEASURE, OUT_OF_LABOUR_FORCE, UNEMPLOYED
from sim.evaluation.stocks import table, verdict
from sim.evaluation.year import moves_of, year
from sim.report.stocks import markdown
from sim.settings import compose


def people(ids: list[int], **columns: list[int]) -> dict[str, np.ndarray]:
    names = ("state", "reduced", "measure", "queue", "queue_weeks")
    return {"id": np.array(ids)} | {name: np.array(columns.get(name, [0] * len(ids))) for name in names}


def test_moves_follow_persons_and_not_rows() -> None:
    before = people(
        [5, 6, 7, 8], state=[1, 1, 1, 1], reduced=[0, 0, 0, 1], queue=[0, 0, 0, AFT], queue_weeks=[0, 0, 0, 9]
    )
    after = people(
        [8, 7, 5, 6, 9],
        state=[ON_MEASURE, UNEMPLOYED, JOB, OUT_OF_LABOUR_FORCE, JOB],
        reduced=[1, 0, 0, 0, 0],
        measure=[AFT, 0, 0, 0, 0],
    )
    moves = moves_of(before, after)
    assert moves["ordinary_before"] == 3
    assert (moves["exit_job"], moves["exit_out"], moves["exits"]) == (2, 1, 3)  # one registered and left at once
    assert (moves["started_reduced"], moves["waited_reduced"], moves[f"waited_{AFT}"]) == (1, 10, 10)


def test_verdicts() -> None:
    assert verdict(5, 4, 6) == "within range"
    assert verdict(3, 4, 6) == "off: 25 % below the range"
    assert verdict(9, 4, 6) == "off: 50 % above the range"
    assert verdict(15, 4, 6) == "off: 2.5 times the upper end"
    assert verdict(math.nan, 4, 6) == "no value"
    assert verdict(1, None, None) == ""


def test_the_table_of_a_small_world() -> None:
    settings = compose("population=classroom", "replications=1", "horizon.burn_in_weeks=26")
    found = table(year(settings))
    assert list(found["id"][:2]) == ["I70/I71", "I70/I71"]
    reduced = found[found["what"] == "reduced work capacity"].iloc[0]
    assert reduced["fact"] == pytest.approx(182_800 / 250) and 0.5 < reduced["ratio"] < 1.5
    exits = found[found["id"] == "V50/I91"]["model"]
    assert exits.iloc[0] == pytest.approx(exits.iloc[1:].sum())
    hires = found[found["what"] == "outside applicants among hires"]["model"].iloc[0]
    assert 0 < hires < 1
    text = markdown(found, settings, ["population=classroom"])
    assert "`python experiments/stocks.py population=classroom --write` made this file" in text
    assert "nan" not in text and text.count("\n| ") == len(found) + 2


def test_a_policy_is_refused_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["population=classroom", "scenario=caseload_30"]) == 2
    told = capsys.readouterr().err
    assert told.startswith("error: policy: ") and told.count("\n") == 1
