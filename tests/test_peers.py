"""The worlds of experiments/peers.py that need no further library are the same world."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from experiments import peers


@pytest.mark.parametrize("make", [peers.NumpyWorld, peers.TiltakWorld, peers.MesaWorld])
def test_a_position_has_one_holder_and_people_move(make) -> None:
    world = make(300, 1)
    before = world.situation().job
    for _ in range(30):
        world.week()
    now = world.situation()
    holders = now.job[now.job >= 0]
    assert np.unique(holders).size == holders.size and holders.max() < int(peers.POSITIONS * 300)
    assert (now.job != before).mean() > 0.1
    assert (now.weeks[now.job >= 0] >= 0).all() and now.weeks[now.job < 0].max() > 0


@pytest.mark.parametrize("make", [peers.TiltakWorld, peers.MesaWorld])
def test_worlds_are_equal_in_distribution(make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peers, "CHECKED_SIZE", 200)
    one = np.array([peers.moments(make, seed) for seed in range(30)])
    other = np.array([peers.moments(peers.NumpyWorld, 100 + seed) for seed in range(30)])
    for k in range(len(peers.MOMENTS)):
        assert stats.ks_2samp(one[:, k], other[:, k]).pvalue > peers.SAME


def test_a_world_that_differs_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peers, "CHECKED_SIZE", 200)
    monkeypatch.setattr(peers, "REPLICATIONS", 15)
    right = peers.check({"NumPy": peers.NumpyWorld, "Tiltak": peers.TiltakWorld})
    assert right["Tiltak"]["p"] > peers.SAME

    class Hasty(peers.NumpyWorld):
        def week(self) -> None:
            super().week()
            super().week()

    assert peers.check({"NumPy": peers.NumpyWorld, "hasty": Hasty})["hasty"]["p"] < peers.SAME
