"""Relations with employers: visits, openness, and what employers learn from a hire (E1, E10-E12, S5, S6, S12).

Openness drifts, without staff time, towards

    rest = social motive / 2 + subsidy at hand - perceived risk                     (E10)

A visit keeps up a relation or starts one, and opens the door a little (E11). A specialist who is behind on the target
for visits, or for time out of the office, makes some for the count only: the time is gone, and nothing is gained (S5).
A hire that worked out opens the door to the next, one that did not closes it, also for the specialist who brought it
(E1), less so where a subsidy, a mentor or a cover took part of the loss (S12).
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from sim.agents.specialist import N_CONTACTS
from sim.compiled import compiled, rule
from sim.streams import SE_VISIT, draw4, whole

USUAL_RATE = 0.4  # mean rate of a usual subsidy, 50 % and then 30 %: what its worth to an employer is given for (E4)


class Staff(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    provider: np.ndarray
    skill: np.ndarray
    visits: np.ndarray
    behind_visits: np.ndarray
    behind_outside: np.ndarray
    new_visits: np.ndarray
    purposeless: np.ndarray
    contact: np.ndarray
    strength: np.ndarray


class Employers(NamedTuple):
    region: np.ndarray
    openness: np.ndarray
    belief: np.ndarray
    social: np.ndarray


class Providers(NamedTuple):
    region: np.ndarray


class Levers(NamedTuple):
    subsidy_rate_first: np.ndarray
    subsidy_rate_later: np.ndarray
    subsidy_use: np.ndarray


@rule
def subsidy_worth(first, later):
    """What a subsidy is worth to an employer who looks ahead, the usual one being worth 1 (E4)."""
    return 0.5 * (first + later) / USUAL_RATE


@rule
def rest_openness(p, social, worth, belief):
    """Openness without staff time: social motive and subsidy against perceived risk (E10)."""
    rest = 0.5 * social + p.rest_subsidy * (worth - 1.0) + p.rest_belief * (belief - 0.5)
    return min(1.0, max(0.0, rest))


@rule
def experience(belief, evidence, outcome, weight):
    """E1: belief after one more experience of weight ``weight`` (running mean; evidence is capped by the caller)."""
    return (belief * evidence + outcome * weight) / max(1e-9, evidence + weight)


@rule
def spared(p, cover, subsidised, mentored):
    """Share of the loss from a failed match that tools towards employers take away (S12)."""
    left = (1.0 - p.cover_size * cover) * (1.0 - p.subsidy_softens * subsidised) * (1.0 - p.mentor_softens * mentored)
    return 1.0 - left


@compiled
def learn_of(p, employers, j, outcome, relief, mentored):
    """An employer after a hire that worked out (1) or did not (0); ``relief`` is the share of a loss spared."""
    if outcome > 0.5:
        weight = p.experience_weight
        employers.openness[j] += p.good_opens * (1.0 - employers.openness[j])
        gain = min(1.0, p.inclusion_gain * (1.0 + p.inclusion_mentor * mentored))
        employers.inclusion[j] += gain * (1.0 - employers.inclusion[j])
    else:
        weight = p.experience_weight * (1.0 - relief)
        employers.openness[j] -= p.bad_closes * (1.0 - relief) * employers.openness[j]
    employers.belief[j] = experience(employers.belief[j], employers.evidence[j], outcome, weight)
    employers.evidence[j] = min(p.evidence_cap, employers.evidence[j] + weight)


@compiled
def relation_after(p, staff, s, j, outcome, relief):
    """The relation of a specialist with an employer after a match that worked out or did not (E1)."""
    if outcome < 0.5:
        staff.failed[s] += 1.0
        staff.lessons[s] += 1.0
    for k in range(N_CONTACTS):
        if staff.contact[s, k] == j:
            if outcome < 0.5:
                staff.strength[s, k] *= 1.0 - p.relation_lost * (1.0 - relief)
            else:
                staff.strength[s, k] += p.relation_won * (1.0 - staff.strength[s, k])


@compiled
def _visit(p, levers, staff, employers, providers, stride, stream, week):
    """The hours on employers become visits. Returns all of them, and those without purpose."""
    visits = purposeless = 0
    for j in range(employers.openness.size):
        region = employers.region[j]
        worth = subsidy_worth(levers.subsidy_rate_first[region], levers.subsidy_rate_later[region])
        worth *= levers.subsidy_use[region]
        rest = rest_openness(p, employers.social[j], worth, employers.belief[j])
        employers.openness[j] += p.fade * (rest - employers.openness[j])
    for s in range(staff.state.size):
        if not staff.state[s]:
            continue
        staff.purposeless[s] = 0
        for n in range(N_CONTACTS):
            staff.strength[s, n] *= p.relation_fade
        u = draw4(stream, SE_VISIT, staff.id[s], week, 0)
        count = whole(staff.visits[s] / p.visit_minutes, u[0])
        visits += count
        for n in range(count):
            v = draw4(stream, SE_VISIT, staff.id[s], week, n + 1)
            pressed = max(staff.behind_visits[s], staff.behind_outside[s])
            if v[3] < p.gaming * pressed:  # counted as a new employer, gone before anything is said
                staff.purposeless[s] += 1
                staff.new_visits[s] += 1
                purposeless += 1
                continue
            weakest, known = 0, 0
            for k in range(N_CONTACTS):
                if staff.contact[s, k] >= 0:
                    known += 1
                if staff.strength[s, k] < staff.strength[s, weakest]:
                    weakest = k
            if known > 0 and v[0] < p.upkeep_share:
                k = int(v[1] * N_CONTACTS)
                if staff.contact[s, k] < 0:
                    k = weakest
            else:
                k = weakest
            j = staff.contact[s, k]
            if j < 0 or k == weakest:
                j = providers.region[staff.provider[s]] * stride + int(v[2] * stride)
                staff.contact[s, k] = j
                staff.strength[s, k] = 0.0
                staff.new_visits[s] += 1
            gain = p.visit_gain * (0.5 + 0.5 * staff.skill[s])
            staff.strength[s, k] += gain * (1.0 - staff.strength[s, k])
            employers.openness[j] += p.visit_opens * (1.0 - employers.openness[j])
    return visits, purposeless


def visit_employers(model: Any) -> None:
    """Openness fades towards rest; specialists visit employers."""
    visits, purposeless = _visit(
        model.world.brokering,
        model.levers(Levers),
        model.specialists.view(Staff),
        model.employers.view(Employers),
        model.providers.view(Providers),
        model.employers.stride,
        model.stream,
        model.clock,
    )
    model.count("employer_visits", visits)
    model.count("purposeless_visits", purposeless)
