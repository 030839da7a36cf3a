"""Work training: hosts, trials, the rung to a job."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from sim.agents.jobseeker import NO_MEASURE, ON_MEASURE, WORK_TRAINING
from sim.model import ActivationMarket
from sim.processes.work_training import finds_own_wish, host_hires, only_takes
from sim.settings import Settings
from sim.streams import Stream
from sim.world import World


@pytest.fixture
def p(world: World):
    return world.work_training


def test_a_trial_shows_what_suits(p) -> None:
    """J7: in the borrowed sector or in the true one; a wish of one's own stays."""
    by_hand = p._replace(taste=0.1)
    assert finds_own_wish(by_hand, 1, 2, 1, 0.09) and finds_own_wish(by_hand, 1, 2, 2, 0.09)
    assert not finds_own_wish(by_hand, 1, 2, 3, 0.0)
    assert not finds_own_wish(by_hand, 1, 2, 1, 0.11) and not finds_own_wish(by_hand, 2, 2, 2, 0.0)


def test_hosts_hire_by_openness_and_by_how_it_went(p) -> None:
    """E6."""
    by_hand = p._replace(hires=0.5)
    assert host_hires(by_hand, 0.5, 0.8) == pytest.approx(0.4)
    assert host_hires(by_hand, 1.0, 0.8) > host_hires(by_hand, 0.0, 0.8) > host_hires(by_hand, 0.0, 0.4)
    assert host_hires(p._replace(hires=0.0), 1.0, 1.0) == 0.0


def test_who_only_takes_the_free_labour_is_a_trait_of_the_host(p) -> None:
    by_hand, stream = p._replace(only_takes=0.3), Stream(1, 0)
    takers = [only_takes(by_hand, stream, j) for j in range(2000)]
    assert np.mean(takers) == pytest.approx(0.3, abs=0.05)
    assert takers == [only_takes(by_hand, stream, j) for j in range(2000)]


def after(settings: Settings, weeks: int) -> ActivationMarket:
    market = ActivationMarket(settings)
    for _ in range(weeks):
        market.step()
    return market


def test_completed_practice_leaves_a_reference_and_a_shorter_gap(composed: Callable[..., Settings]) -> None:
    """E6: also where the host does not hire."""
    market = after(composed("world.work_training.hires=0", "world.work_training.weeks=12"), 30)
    people = market.jobseekers
    training = (people["state"] == ON_MEASURE) & (people["measure"] == WORK_TRAINING)
    last = np.flatnonzero(training & (people["measure_weeks"] == 1))
    while last.size == 0:
        market.step()
        training = (people["state"] == ON_MEASURE) & (people["measure"] == WORK_TRAINING)
        last = np.flatnonzero(training & (people["measure_weeks"] == 1))
    ids, gap = people["id"][last].copy(), people["weeks_jobless"][last].copy()
    market.step()
    done = last[(people["id"][last] == ids) & (people["measure"][last] == NO_MEASURE) & (people["state"][last] == 1)]
    assert done.size > 0
    assert (people["reference"][done] > 0).all() and (people["last_measure"][done] == WORK_TRAINING).all()
    before = gap[np.isin(last, done)]
    assert (people["weeks_jobless"][done] <= 0.4 * before + 2).all()


def test_hosts_hire_and_only_when_they_may(composed: Callable[..., Settings]) -> None:
    hired = []
    for share in (0, 1):
        market = ActivationMarket(composed(f"world.work_training.hires={share}", "world.work_training.only_takes=0"))
        total = 0.0
        for _ in range(70):
            market.step()
            total += market.counts["hires_by_host"]
        hired.append(total)
    assert hired[0] == 0 < hired[1]
