"""Assessment: it maps people, has so many places, and each is paid for."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from sim.accounts import ASSESSMENT_POST
from sim.agents.jobseeker import ASSESSMENT
from sim.model import ActivationMarket
from sim.processes.assessment import found_out
from sim.settings import Settings
from sim.world import World


def test_a_week_finds_a_share_of_what_is_not_known(world: World) -> None:
    p = world.assessment._replace(mapping_week=0.2)
    assert found_out(p, 0.0) == 0.2 and found_out(p, 1.0) == 0.0
    assert found_out(p, 0.5) == pytest.approx(0.1)


@pytest.fixture(scope="module")
def model(composed: Callable[..., Settings]) -> ActivationMarket:
    world = ActivationMarket(composed("policy.courses.assessment_places_per_1000=20", "horizon.burn_in_weeks=0"))
    for _ in range(40):
        world.step()
    return world


def test_people_are_on_it_within_the_places_and_the_weeks(model: ActivationMarket) -> None:
    on = model.jobseekers["measure"] == ASSESSMENT
    assert 0 < np.count_nonzero(on) <= model.regions["places"][:, ASSESSMENT].sum() == 20
    weeks = model.jobseekers["measure_weeks"][on]
    assert weeks.min() > 0 and weeks.max() <= model.world.assessment.weeks
    assert model.jobseekers["mapped"][on].mean() > model.jobseekers["mapped"][model.jobseekers["state"] == 1].mean()


def test_every_place_is_paid_for(model: ActivationMarket) -> None:
    assert model.ledger[ASSESSMENT_POST] == pytest.approx(20 * model.world.assessment.rate * 12 / 52)


def test_those_who_were_assessed_are_known(model: ActivationMarket) -> None:
    table = model.jobseekers
    done = (table["last_measure"] == ASSESSMENT) & (table["state"] == 1) & (table["weeks_since_measure"] < 8)
    others = (table["last_measure"] != ASSESSMENT) & (table["state"] == 1)
    assert done.any() and table["mapped"][done].mean() > table["mapped"][others].mean()
