"""In-house or outsourced: the sign of the difference belongs to the structure, not to the label (S2)."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from sim.evaluation.questions import exchanged
from sim.report.compare import paired_differences
from sim.settings import compose
from sim.store import Results
from sim.sweep import run_all


def in_house_minus_outsourced(folder: Path, *world: str) -> pd.Series:
    """Difference in the share in work two years on, everyone registered at the policy date, with its interval."""
    shared = ["population=district", "replications=8", "horizon.weeks=104", f"results={folder}", *world]
    sweep = run_all([compose(f"scenario={arm}", *shared) for arm in ("se_in_house", "se_outsourced")], progress=False)
    assert not sweep.failed
    rows = paired_differences(Results(folder).table("outcomes", sweep.keys), "se_outsourced")
    here = (rows["metric"] == "employed_share") & (rows["group"] == "all") & (rows["horizon_weeks"] == 104)
    return rows[here & (rows["cohort"] == "stock")].iloc[0]


@pytest.mark.slow
def test_swapping_the_structure_swaps_the_sign(tmp_path: Path) -> None:
    as_it_is = in_house_minus_outsourced(tmp_path / "as_it_is")
    other_way = in_house_minus_outsourced(tmp_path / "exchanged", *exchanged())
    assert as_it_is["low"] > 0, as_it_is[["difference", "low", "high"]].to_dict()
    assert other_way["high"] < 0, other_way[["difference", "low", "high"]].to_dict()


def test_every_difference_of_structure_is_exchanged() -> None:
    """A structural difference that the swap forgets would carry the sign unseen."""
    delivery = compose("population=classroom").world.delivery
    other_way = compose("population=classroom", *exchanged()).world.delivery
    for name in delivery._fields:
        assert getattr(other_way, name) == tuple(reversed(getattr(delivery, name))), name
