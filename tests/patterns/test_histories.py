"""Histories and jobs read from spells: made-up people whose weeks are known."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.agents.jobseeker import AFT, JOB, ON_MEASURE, OUT_OF_LABOUR_FORCE, UNEMPLOYED
from sim.evaluation.histories import Histories, in_se, on_measure

AFT_NAME = "work-preparatory training (AFT)"


@pytest.fixture
def lives(tmp_path: Path) -> Histories:
    """Person 10 takes AFT, then two jobs with an employer each; person 20 works all along, then leaves; 30 is in SE."""
    rows = [
        (10, 0, 5, "unemployed", "no measure", "none", -1),
        (10, 5, 15, "on measure", AFT_NAME, "none", -1),
        (10, 15, 20, "subsidised job", "no measure", "none", 7),
        (10, 20, 30, "job", "no measure", "none", 7),
        (10, 30, 40, "job", "no measure", "none", 8),
        (20, 0, 12, "job", "no measure", "none", 9),
        (20, 12, 40, "out of the labour force", "no measure", "none", -1),
        (30, 3, 8, "on measure", "follow-up (Supported Employment)", "map", -1),
        (30, 8, 18, "job", "no measure", "follow up at work", 7),
        (30, 18, 25, "job", "no measure", "none", 7),
        (30, 25, 40, "unemployed", "no measure", "none", -1),
    ]
    columns = ["person", "start_week", "end_week", "state", "measure", "se_step", "employer"]
    path = tmp_path / "spells.parquet"
    pd.DataFrame(rows[::-1], columns=columns).to_parquet(path)
    return Histories(path)


def test_states_week_by_week(lives: Histories) -> None:
    ids = np.array([10, 10, 20, 30, 30, 99])
    weeks = np.array([4, 5, 39, 2, 3, 4])
    assert lives.state_at(ids, weeks).tolist() == [UNEMPLOYED, ON_MEASURE, OUT_OF_LABOUR_FORCE, 0, ON_MEASURE, 0]
    assert lives.works_at(np.array([10, 10]), np.array([14, 15])).tolist() == [False, True]


def test_weeks_in_states_add_up(lives: Histories) -> None:
    ids = np.array([10, 20, 30, 99])
    assert lives.weeks_in(ids, (UNEMPLOYED, ON_MEASURE)).tolist() == [15, 0, 20, 0]
    assert lives.weeks_in(ids, tuple(range(1, 8))).tolist() == [40, 40, 37, 0]
    assert lives.weeks_in(ids, (JOB,), 10, 22).tolist() == [2, 2, 12, 0]


def test_entries_leave_out_what_began_before(lives: Histories) -> None:
    ids, weeks = lives.entries(on_measure(AFT))
    assert (ids.tolist(), weeks.tolist()) == ([10], [5])
    assert lives.entries(lambda lives: lives.state == JOB)[0].tolist() == [10, 30]  # 20 worked at the policy date
    assert lives.entries(in_se, last=2)[0].size == 0
    ids, weeks = lives.exits(in_se)
    assert (ids.tolist(), weeks.tolist()) == ([30], [18])


def test_jobs_are_stretches_at_one_employer(lives: Histories) -> None:
    jobs = lives.jobs()
    assert jobs.person.tolist() == [10, 10, 30]
    assert jobs.start.tolist() == [15, 30, 8] and jobs.end.tolist() == [30, 40, 25]
    assert jobs.ended.tolist() == [True, False, True]
    assert jobs.supported.tolist() == [False, False, True]
    assert jobs.employer.tolist() == [7, 8, 7]
