"""Experience: what becomes of clients, as far as their supervisor sees it, and as it is counted (V4, V14, V15).

A supervisor notices some of the own clients on their way after a measure, a few cases that push each other out of
memory:

    seen_k += seen_weight * (in work or not - seen_k)

The agency could count everybody half a year after a measure. That share is raw: who is sent where decides much of it.
It reaches those who refer only as far as management makes it (``supervisors.results_feedback``). Clients who get work
are progress, and progress keeps supervisors going.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from sim.agents.jobseeker import NO_MEASURE, is_registered, is_working
from sim.columns import listed
from sim.compiled import compiled, rule
from sim.streams import NOTICE, draw
from sim.turns import Some, draw_lots

RESULT_WEEKS = 26  # results are those of half a year after a measure


class Clients(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    office: np.ndarray
    supervisor: np.ndarray
    measure: np.ndarray
    last_measure: np.ndarray
    weeks_since_measure: np.ndarray
    tenure: np.ndarray
    known: np.ndarray


class Team(NamedTuple):
    state: np.ndarray
    caseload: np.ndarray
    seen: np.ndarray
    progress: np.ndarray


class Regions(NamedTuple):
    result: np.ndarray


class Offices(NamedTuple):
    region: np.ndarray


@rule
def adjusted(share, weight, success):
    """A share of successes after one more case; older cases fade."""
    return share + weight * (success - share)


@compiled
def _learn(p, memory, people, team, regions, offices, got_work, some, stream, week):
    """Last week's leavers, and those half a year after a measure. ``got_work`` gets the clients who began a job."""
    n = 0
    for i in listed(people.known):
        due = people.weeks_since_measure[i] == RESULT_WEEKS and people.measure[i] == NO_MEASURE
        state = people.state[i]
        moved = not is_registered(state) or (is_working(state) and people.tenure[i] == 1)
        if due or (moved and people.supervisor[i] >= 0):
            some.rows[n] = i
            n += 1
    draw_lots(people, some, n, stream, week)
    for k in range(n):
        i = some.rows[k]
        state = people.state[i]
        since, idle = people.weeks_since_measure[i], people.measure[i] == NO_MEASURE
        counted = idle and since == RESULT_WEEKS and people.last_measure[i] != NO_MEASURE
        success = 1.0 if is_working(state) else 0.0
        if counted:
            region, m = offices.region[people.office[i]], people.last_measure[i]
            regions.result[region, m] = adjusted(regions.result[region, m], p.counted_weight, success)
        s = people.supervisor[i]
        if s < 0:
            continue
        if success > 0.0 and people.tenure[i] == 1:
            got_work[s] += 1.0
        # Who leaves the register is seen to go; they are without a supervisor from this week on.
        left = not is_registered(state)
        if counted or (left and (since <= RESULT_WEEKS or not idle)):
            m = people.last_measure[i] if idle else people.measure[i]
            if m != NO_MEASURE and draw(stream, NOTICE, people.id[i], week) < p.notices:
                team.seen[s, m] = adjusted(team.seen[s, m], p.seen_weight, success)
    for s in range(team.state.size):
        if team.state[s]:
            year = 52.0 * got_work[s] / max(1, team.caseload[s])
            team.progress[s] += memory * (year - team.progress[s])


def learn_from_results(model: Any) -> None:
    """Supervisors see some of their clients get on or not; results half a year after each measure are counted."""
    people, team = model.jobseekers.view(Clients), model.supervisors.view(Team)
    _learn(
        model.world.referral,
        model.world.contact.memory,
        people,
        team,
        model.regions.view(Regions),
        model.offices.view(Offices),
        model.scratch("got_work", len(team.state)),
        model.jobseekers.view(Some),
        model.stream,
        model.clock,
    )
