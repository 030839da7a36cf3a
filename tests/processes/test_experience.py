"""Experience: what a supervisor sees of own clients, and what is counted of everybody."""

from __future__ import annotations

import numpy as np
import pytest

from sim.agents.jobseeker import AFT, DISABILITY_PENSION, FOLLOW_UP, JOB, JOB_WITH_BENEFIT, N_MEASURES, UNEMPLOYED
from sim.processes.experience import RESULT_WEEKS, Clients, Offices, Regions, Team, _learn, adjusted
from sim.streams import Stream
from sim.turns import Some
from sim.world import World


def test_a_share_moves_by_its_weight() -> None:
    assert adjusted(0.3, 0.1, 1.0) == pytest.approx(0.37)
    assert adjusted(0.3, 0.1, 0.0) == pytest.approx(0.27)


def learnt(world: World, **person: int) -> tuple[float, float, float]:
    """(seen, counted) of AFT and the clients who got work, after a week with one client."""
    p = world.referral._replace(notices=1.0, seen_weight=0.5, counted_weight=0.25)
    one = {"state": UNEMPLOYED, "last_measure": AFT, **person}
    columns = {name: np.array([one.get(name, 0)]) for name in Clients._fields}
    people = Clients(**{**columns, "known": np.array([1, 0])})
    team = Team(np.ones(1, int), np.array([10]), np.full((1, N_MEASURES), 0.4), np.zeros(1))
    region = Regions(np.full((1, N_MEASURES), 0.4))
    got, some = np.zeros(1), Some(np.zeros(1, int), np.zeros(1, int), np.zeros((4, 1)))
    _learn(p, 0.5, people, team, region, Offices(np.zeros(1, int)), got, some, Stream(1, 0), 3)
    m = people.measure[0] or AFT
    assert team.progress[0] == pytest.approx(0.5 * 52 * got[0] / 10)
    return float(team.seen[0, m]), float(region.result[0, m]), float(got[0])


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ({"weeks_since_measure": RESULT_WEEKS}, (0.2, 0.3, 0)),
        ({"weeks_since_measure": RESULT_WEEKS, "state": JOB_WITH_BENEFIT, "tenure": 9}, (0.7, 0.55, 0)),
        ({"weeks_since_measure": RESULT_WEEKS - 1}, (0.4, 0.4, 0)),
        ({"weeks_since_measure": 3, "state": JOB, "tenure": 1}, (0.7, 0.4, 1)),  # seen to go, counted later
        ({"weeks_since_measure": 3, "state": DISABILITY_PENSION}, (0.2, 0.4, 0)),
        ({"weeks_since_measure": 60, "state": JOB, "tenure": 1}, (0.4, 0.4, 1)),
        ({"weeks_since_measure": 60, "state": JOB, "measure": FOLLOW_UP, "tenure": 1}, (0.7, 0.4, 1)),
        ({"weeks_since_measure": RESULT_WEEKS, "state": JOB, "supervisor": -1}, (0.4, 0.55, 0)),
        ({"weeks_since_measure": RESULT_WEEKS, "last_measure": 0}, (0.4, 0.4, 0)),
    ],
)
def test_what_is_seen_and_what_is_counted(
    person: dict[str, int], expected: tuple[float, float, float], world: World
) -> None:
    assert learnt(world, **person) == pytest.approx(expected)
