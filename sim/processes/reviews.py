"""Reviews: results are held against the targets, and failed matches are talked through (S4, S5, S9).

Each specialist has a pace of placements and of visits to new employers, a share of those discharged who go to work and
a share of the week out of the office. How far one lies behind its target presses the specialist, if targets are
individual; with targets of a team each feels part of the team's distance:

    behind = max(0, 1 - pace / target)

What is done about it stands elsewhere: hasty steps and time taken from clients (``supported_employment``), visits for
the count only (``employer_relations``), stress (``specialists``). Failed matches, a specialist's own and the team's,
teach something in the time that is set aside for it, and are forgotten without it.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from sim.compiled import compiled, rule

INDIVIDUAL, TEAM_LEVEL, NO_TARGETS = range(3)  # whom targets bind, as declared in the policy schema


class Staff(NamedTuple):
    state: np.ndarray
    contract: np.ndarray
    skill: np.ndarray
    minutes: np.ndarray
    exchange: np.ndarray
    outside: np.ndarray
    lessons: np.ndarray
    discharged: np.ndarray
    to_work: np.ndarray
    placed: np.ndarray
    new_visits: np.ndarray
    placement_rate: np.ndarray
    visit_rate: np.ndarray
    transition_rate: np.ndarray
    outside_rate: np.ndarray
    behind_placements: np.ndarray
    behind_visits: np.ndarray
    behind_transition: np.ndarray
    behind_outside: np.ndarray


class Contracts(NamedTuple):
    region: np.ndarray


class Levers(NamedTuple):
    se_targets: np.ndarray
    se_placement_target: np.ndarray
    se_visit_target: np.ndarray
    se_transition_target: np.ndarray
    se_outside_target: np.ndarray


@rule
def behind(target, pace):
    """Distance to a target, 0 (reached, or no target) to 1 (nothing done)."""
    return max(0.0, 1.0 - pace / target) if target > 0.0 else 0.0


@rule
def felt(p, targets, own, team):
    """How far that distance is felt: one's own, part of the team's, or not at all (S5)."""
    if targets == INDIVIDUAL:
        return own
    return p.team_felt * team if targets == TEAM_LEVEL else 0.0


@rule
def held_against(p, rate, discharged, to_work):
    """Share who go to work, of about the last ``transition_clients`` discharged, after these more (S4)."""
    if discharged == 0:
        return rate
    return rate + (1.0 - math.exp(-discharged / p.transition_clients)) * (to_work / discharged - rate)


@rule
def time_to_learn(p, minutes):
    """Share of what failed matches can teach that the time set aside allows (S9)."""
    return 1.0 - math.exp(-minutes / p.exchange_minutes)


@compiled
def _feels(p, targets, target, own, team):
    """How far behind a target a specialist feels, by the own pace and the team's."""
    return felt(p, targets, behind(target, own), behind(target, team))


@compiled
def _review(p, staff, contracts, levers, team):
    """One week's results for every specialist; ``team`` sums heads, lessons and the four paces by contract."""
    team[:] = 0.0
    for s in range(staff.state.size):
        if not staff.state[s]:
            continue
        staff.placement_rate[s] += (52.0 * staff.placed[s] - staff.placement_rate[s]) / p.results_weeks
        staff.visit_rate[s] += (staff.new_visits[s] - staff.visit_rate[s]) / p.visits_weeks
        staff.transition_rate[s] = held_against(p, staff.transition_rate[s], staff.discharged[s], staff.to_work[s])
        if staff.minutes[s] > 0.0:  # not in the first week
            staff.outside_rate[s] += (staff.outside[s] / staff.minutes[s] - staff.outside_rate[s]) / p.visits_weeks
        staff.placed[s] = 0
        staff.new_visits[s] = 0
        staff.discharged[s] = 0
        staff.to_work[s] = 0
        c = staff.contract[s]
        team[c, 0] += 1.0
        team[c, 1] += staff.lessons[s]
        team[c, 2] += staff.placement_rate[s]
        team[c, 3] += staff.visit_rate[s]
        team[c, 4] += staff.transition_rate[s]
        team[c, 5] += staff.outside_rate[s]
    for s in range(staff.state.size):
        if not staff.state[s]:
            continue
        c = staff.contract[s]
        region, heads = contracts.region[c], team[c, 0]
        targets = int(levers.se_targets[region])
        staff.behind_placements[s] = _feels(
            p, targets, levers.se_placement_target[region], staff.placement_rate[s], team[c, 2] / heads
        )
        staff.behind_visits[s] = _feels(
            p, targets, levers.se_visit_target[region], staff.visit_rate[s], team[c, 3] / heads
        )
        staff.behind_transition[s] = _feels(
            p, targets, levers.se_transition_target[region], staff.transition_rate[s], team[c, 4] / heads
        )
        staff.behind_outside[s] = _feels(
            p, targets, levers.se_outside_target[region], staff.outside_rate[s], team[c, 5] / heads
        )
        learnt = time_to_learn(p, staff.exchange[s])
        matches = staff.lessons[s] + p.team_lessons * (team[c, 1] - staff.lessons[s]) / heads
        staff.skill[s] += min(1.0, p.lesson * learnt * matches) * (1.0 - staff.skill[s])
        staff.lessons[s] *= (1.0 - learnt) * p.failed_fade


def review_results(model: Any) -> None:
    """Specialists' results are held against the targets; failed matches are talked through."""
    contracts = model.contracts.view(Contracts)
    _review(
        model.world.specialists,
        model.specialists.view(Staff),
        contracts,
        model.levers(Levers),
        model.scratch("reviews", (len(contracts.region), 6)),
    )
