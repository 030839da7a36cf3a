"""The drop-in workshop: voluntary, no more than its places, and empty unless a policy opens it (T14)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from sim.accounts import DROP_IN_POST
from sim.model import ActivationMarket
from sim.processes.workshop import taught, wants_to_come
from sim.settings import Settings
from sim.world import World


def test_who_wants_to_come(world: World) -> None:
    p = world.workshop._replace(visits=0.5)
    assert wants_to_come(p, 1.0, 1.0) == 0.5 and wants_to_come(p, 0.0, 0.0) == 0.0
    assert wants_to_come(p, 0.4, 0.2) == pytest.approx(0.15)


def test_peers_teach_too(world: World) -> None:
    p = world.workshop._replace(staff_skill=0.7, peers=0.5)
    assert taught(p, 0.0) == 0.7 and taught(p, 0.6) == pytest.approx(1.0)


def test_it_is_paid_for_and_teaches_those_who_come(composed: Callable[..., Settings]) -> None:
    settings = composed("policy.courses.drop_in_places_per_1000=10", "horizon.burn_in_weeks=4")
    model = ActivationMarket(settings)
    for _ in range(4):
        model.step()
    assert not model.jobseekers["dropped_in"].any() and model.ledger[DROP_IN_POST] == 0.0
    model.step()
    assert 0 < np.count_nonzero(model.jobseekers["dropped_in"]) <= 50
    places = 10 * model.region_size / 1000.0
    assert model.ledger[DROP_IN_POST] == pytest.approx(places * model.world.workshop.month * 12 / 52)
