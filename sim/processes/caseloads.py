"""Caseloads: supervisors come and go, and every client is somebody's.

Supervisors wanted in ordinary follow-up = clients / caseload, reached evenly over the phase-in from the number
at the policy date. A supervisor leaves with the yearly hazard

    h = quit_year * exp(quit_gaze * (gaze - 1/2) - quit_progress * clients getting work)

(V8, V15: a client's progress gives energy, distance takes it), the post is filled after some weeks by a novice,
and the clients start again with somebody who does not know them. At a fixed payroll, posts for more of NAV's own
job specialists and for a larger Qualification Programme are taken from ordinary follow-up, and a low caseload is for
some: part of the supervisors are in close follow-up with so many clients each, and their colleagues have all others
(V11). Whom close follow-up takes is drawn by lot, as in a trial, so that those few are like the many.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from sim.agents.course import LOT_SE_IN_HOUSE
from sim.agents.jobseeker import KVP, is_registered
from sim.agents.office import KVP_TEAM, ORDINARY
from sim.columns import block, give_row, listed, take_row
from sim.compiled import compiled, rule
from sim.streams import CLOSE_LOT, STAFF, SUPERVISOR_QUIT, draw, draw4, normal, person_id, whole
from sim.turns import Some, draw_lots

CLOSE = 2  # close follow-up: a part of ordinary follow-up (see ORDINARY, KVP_TEAM)
STAYS_IN = 1.1  # whose lot is drawn out of close follow-up by less than this stays: its size wavers week by week


class Clients(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    office: np.ndarray
    supervisor: np.ndarray
    measure: np.ndarray
    trust: np.ndarray
    mapped: np.ndarray
    credit: np.ndarray
    known: np.ndarray
    registered: np.ndarray


class Team(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    office: np.ndarray
    programme: np.ndarray
    close: np.ndarray
    experience: np.ndarray
    gaze: np.ndarray
    belief: np.ndarray
    seen: np.ndarray
    progress: np.ndarray
    caseload: np.ndarray
    contact_month: np.ndarray
    due_set_up: np.ndarray


class Offices(NamedTuple):
    state: np.ndarray
    region: np.ndarray
    clients: np.ndarray
    baseline_staff: np.ndarray
    baseline_kvp: np.ndarray
    posts_freed: np.ndarray
    hired: np.ndarray


class Levers(NamedTuple):
    supervisors_caseload: np.ndarray
    supervisors_budget_neutral: np.ndarray
    supervisors_new_staff: np.ndarray
    supervisors_phase_in_weeks: np.ndarray
    supervisors_payroll: np.ndarray
    supervisors_close_caseload: np.ndarray
    supervisors_close_share: np.ndarray
    kvp_caseload: np.ndarray


@rule
def quit_hazard(p, gaze, progress):
    """Weekly hazard that a supervisor leaves (V8, V15)."""
    return p.quit_year / 52.0 * math.exp(p.quit_gaze * (gaze - 0.5) - p.quit_progress * progress)


@rule
def posts_taken(specialists, kvp, kvp_before):
    """V11: ordinary posts that more specialists and a larger special programme take at a fixed payroll."""
    return max(0.0, specialists) + max(0.0, kvp - kvp_before)


@rule
def phased(since, phase_in):
    """How far a change of the number of supervisors has come."""
    return 1.0 if phase_in <= 0 else min(1.0, (since + 1) / phase_in)


@rule
def staff_wanted(clients, caseload, baseline, fixed, since, phase_in):
    """Ordinary supervisors wanted: clients / caseload, reached evenly from the number at the policy date."""
    wanted = clients / caseload
    if since < 0:
        return wanted
    if fixed:  # below the baseline's caseload, staff stays; above it, posts are freed
        wanted = min(wanted, baseline)
    return baseline + (wanted - baseline) * phased(since, phase_in)


@rule
def close_caseload(caseload, usual, close, fixed):
    """V11: clients of each supervisor in close follow-up (0: there is none).

    Where the number of posts is fixed, a caseload below the usual one can only be had for some.
    """
    return caseload if fixed and caseload < usual else close


@rule
def in_close_follow_up(posts, staff, share):
    """Supervisors in close follow-up: their share of the posts; somebody is left for the others."""
    return max(0, min(staff - 1, math.floor(share * posts + 0.5)))


@compiled
def _office_gaze(team, office, first, last, otherwise):
    """Mean gaze of an office's supervisors, who are among these rows."""
    total, n = 0.0, 0
    for s in range(first, last):
        if team.state[s] and team.office[s] == office:
            total += team.gaze[s]
            n += 1
    return total / n if n > 0 else otherwise


@compiled
def _staff(
    p,
    belief_spread,
    first_result,
    people,
    team,
    rows,
    offices,
    levers,
    redefined,
    in_kvp,
    staff,
    target,
    gone,
    stream,
    week,
    since,
):
    """Quits, lay-offs and hires; ``gone`` gets the rows given back. Returns (their number, of whom quit).

    ``redefined`` are the posts that each office owes to more specialists than before the policy date.
    """
    n_offices = offices.state.size
    for s in range(team.state.size):
        if team.state[s]:
            team.experience[s] += 1.0
            team.caseload[s] = 0
    offices.clients[:] = 0
    for i in listed(people.registered):
        if people.measure[i] == KVP:
            in_kvp[people.office[i]] += 1
        else:
            offices.clients[people.office[i]] += 1

    # Who leaves: of their own accord, or because there are too many.
    n_gone = 0
    for s in range(team.state.size):
        if not team.state[s]:
            continue
        if draw(stream, SUPERVISOR_QUIT, team.id[s], week) < quit_hazard(p, team.gaze[s], team.progress[s]):
            team.state[s] = 0
            gone[n_gone] = s
            n_gone += 1
        else:
            staff[team.office[s], team.programme[s]] += 1
    quitted = n_gone
    for o in range(n_offices):
        if not offices.state[o]:
            continue
        region = offices.region[o]
        fixed = levers.supervisors_payroll[region] > 0.5
        neutral = levers.supervisors_budget_neutral[region] > 0.5 and since >= 0
        target[o, ORDINARY] = staff_wanted(
            offices.clients[o],
            levers.supervisors_caseload[region],
            offices.baseline_staff[o],
            fixed or neutral,
            since,
            levers.supervisors_phase_in_weeks[region],
        )
        if since < 0:
            offices.baseline_staff[o] = target[o, ORDINARY]
        offices.posts_freed[o] = offices.baseline_staff[o] - target[o, ORDINARY] if neutral else 0.0
        target[o, KVP_TEAM] = in_kvp[o] / levers.kvp_caseload[region]
        if since < 0:
            offices.baseline_kvp[o] = target[o, KVP_TEAM]
        elif fixed:
            taken = posts_taken(redefined[o], target[o, KVP_TEAM], offices.baseline_kvp[o])
            target[o, ORDINARY] = max(1.0, target[o, ORDINARY] - taken)
        for programme in range(2):
            while staff[o, programme] > max(1.0, target[o, programme]) + p.surplus_kept:
                newest = -1
                first, last = block(team.state, levers.supervisors_caseload.size, region)
                for s in range(first, last):
                    if team.state[s] and team.office[s] == o and team.programme[s] == programme:
                        if newest < 0 or team.experience[s] < team.experience[newest]:
                            newest = s
                team.state[newest] = 0
                gone[n_gone] = newest
                n_gone += 1
                staff[o, programme] -= 1

    # Clients of those who left start again; the others count towards the caseloads.
    for i in listed(people.known):
        s = people.supervisor[i]
        if s < 0:
            continue
        if not is_registered(people.state[i]):
            people.supervisor[i] = -1
        elif not team.state[s] or (team.programme[s] == KVP_TEAM) != (people.measure[i] == KVP):
            people.supervisor[i] = -1
            people.trust[i] -= p.broken_trust * people.trust[i]
            people.mapped[i] *= p.handed_on
            people.credit[i] = 0.0
        else:
            team.caseload[s] += 1
    for k in range(n_gone):
        give_row(rows, gone[k])

    for o in range(n_offices):
        if not offices.state[o]:
            continue
        region = offices.region[o]
        for programme in range(2):
            gap = target[o, programme] - staff[o, programme]
            u = draw4(stream, STAFF, o, week, programme)
            n = whole(gap / p.hiring_weeks, u[0]) if gap > 0.5 else 0
            if staff[o, programme] == 0 and target[o, programme] > 0.0:
                n = max(n, 1)
            first, last = block(team.state, levers.supervisors_caseload.size, region)
            view = _office_gaze(team, o, first, last, p.first_gaze) if n > 0 else p.first_gaze
            staff[o, programme] += n
            for _ in range(n):
                s = take_row(rows, region)
                team.state[s] = 1
                team.id[s] = person_id(o + 1, week + 1, offices.hired[o])
                offices.hired[o] += 1
                team.office[s] = o
                team.programme[s] = programme
                team.close[s] = 0
                team.caseload[s] = 0
                experienced = levers.supervisors_new_staff[region] > 0.5 and since >= 0
                team.experience[s] = p.ramp_up_weeks if experienced else 0.0
                team.gaze[s] = p.first_gaze + p.office_view * (view - p.first_gaze)
                team.contact_month[s] = p.first_contact
                team.due_set_up[s] = 0.0
                team.seen[s, :] = first_result
                team.progress[s] = p.first_progress
                for m in range(team.belief.shape[1]):
                    v = draw4(stream, STAFF, team.id[s], 0, m)
                    team.belief[s, m] = belief_spread * normal(v[0], v[1])
    return n_gone, quitted


@compiled
def _form_close_follow_up(team, offices, levers, usual, target, staff, room, since):
    """Who is in close follow-up, the least loaded first; ``room`` gets, by office, how many clients that makes."""
    for o in range(offices.state.size):
        if not offices.state[o]:
            continue
        region = offices.region[o]
        fixed = levers.supervisors_payroll[region] > 0.5 or levers.supervisors_budget_neutral[region] > 0.5
        caseload = levers.supervisors_caseload[region]
        each = close_caseload(caseload, usual[region], levers.supervisors_close_caseload[region], fixed)
        if since < 0 or each <= 0.0:
            wanted = 0
        else:
            share = levers.supervisors_close_share[region] * phased(since, levers.supervisors_phase_in_weeks[region])
            wanted = in_close_follow_up(target[o, ORDINARY], staff[o, ORDINARY], share)
        room[o] = wanted * each
        now = 0
        first, last = block(team.state, usual.size, region)
        for s in range(first, last):
            if team.state[s] and team.office[s] == o and team.close[s]:
                now += 1
                if now > wanted:
                    team.close[s] = 0
        while now < wanted:
            chosen = -1
            for s in range(first, last):
                if team.state[s] and team.office[s] == o and team.programme[s] == ORDINARY and not team.close[s]:
                    if chosen < 0 or team.caseload[s] < team.caseload[chosen]:
                        chosen = s
            team.close[chosen] = 1
            now += 1


@compiled
def _group(people, i, team, now, offices, room, load, stream):
    """Whose client person i is to be: of the KVP team, of close follow-up while it has room, or of the others."""
    if people.measure[i] == KVP:
        return KVP_TEAM
    o = people.office[i]
    if room[o] <= 0.0:
        return ORDINARY
    lot = draw(stream, CLOSE_LOT, people.id[i], 0) * max(1.0, offices.clients[o])
    if now >= 0 and team.close[now]:
        return CLOSE if lot < STAYS_IN * room[o] else ORDINARY
    return CLOSE if lot < room[o] and load[o, CLOSE] + 1.0 <= room[o] else ORDINARY


@compiled
def _may_move(p, people, i, team, offices, room, size, load, stream):
    """Whether person i has no supervisor, the wrong kind of one, or one with more clients than the others."""
    now = people.supervisor[i]
    if now < 0:
        return True
    group = _group(people, i, team, now, offices, room, load, stream)
    if group != KVP_TEAM and (group == CLOSE) != (team.close[now] == 1):
        return True
    o = people.office[i]
    return size[o, group] > 0 and team.caseload[now] > p.uneven * load[o, group] / size[o, group] + 1.0


@compiled
def _assign(p, people, team, offices, first, following, size, load, room, some, stream, week):
    """Everybody without a supervisor goes to the least loaded; overloaded supervisors hand over to new ones, by lot."""
    for s in range(team.state.size - 1, -1, -1):
        if team.state[s]:
            o, group = team.office[s], CLOSE if team.close[s] else team.programme[s]
            following[s] = first[o, group]
            first[o, group] = s
            size[o, group] += 1
            load[o, group] += team.caseload[s]
    n = 0
    for i in listed(people.registered):
        if _may_move(p, people, i, team, offices, room, size, load, stream):
            some.rows[n] = i
            n += 1
    draw_lots(people, some, n, stream, week)
    for k in range(n):
        i = some.rows[k]
        o = people.office[i]
        now = people.supervisor[i]
        group = _group(people, i, team, now, offices, room, load, stream)
        if size[o, group] == 0:
            continue
        mean = load[o, group] / size[o, group]
        moves = now >= 0 and group != KVP_TEAM and (group == CLOSE) != (team.close[now] == 1)
        if now >= 0 and not moves and team.caseload[now] <= p.uneven * mean + 1.0:
            continue
        least = first[o, group]
        s = following[least]
        while s >= 0:
            if team.caseload[s] < team.caseload[least]:
                least = s
            s = following[s]
        if now < 0:
            load[o, group] += 1.0
        elif moves or team.caseload[least] < mean / p.uneven:
            if moves:
                load[o, group] += 1.0
                load[o, ORDINARY if group == CLOSE else CLOSE] -= 1.0
            team.caseload[now] -= 1
            people.trust[i] -= p.broken_trust * people.trust[i]
            people.mapped[i] *= p.handed_on
        else:
            continue
        people.supervisor[i] = least
        people.credit[i] = 0.0
        team.caseload[least] += 1


def _posts_redefined(model: Any) -> np.ndarray:
    """Posts that each office owes to more of NAV's own specialists than before, in supervisors' wages (V11)."""
    contracts, delivery = model.contracts, model.world.delivery
    services = (contracts["state"] > 0) & (contracts["lot"] >= LOT_SE_IN_HOUSE) & (contracts["deployed"] > 0)
    form = np.where(services, contracts["lot"] - LOT_SE_IN_HOUSE, 0)
    nav = services & (np.array(delivery.tendered)[form] < 0.5)
    wages = contracts["wage"] * (1.0 + np.array(delivery.overhead)[form]) / model.world.money.supervisor_year
    posts = np.where(nav, contracts["places"] / np.maximum(1.0, contracts["deployed"]) * wages, 0.0)
    by_region = np.bincount(contracts["region"], posts, model.n_regions)
    if model.since_policy < 0:
        model.regions["baseline_posts"][:] = by_region
    return ((by_region - model.regions["baseline_posts"]) / model.offices_per_region)[model.offices["region"]]


def staff_offices(model: Any) -> None:
    """Supervisors leave and are hired; every client is assigned to one (V8, V11)."""
    table = model.supervisors
    offices, levers = model.offices.view(Offices), model.levers(Levers)
    model.make_room(table, int(model.office_size * model.offices_per_region / 15) + 8)
    people, team = model.jobseekers.view(Clients), table.view(Team)
    p = model.world.caseloads
    since, n_offices = model.since_policy, len(offices.state)
    in_kvp, gone = (
        model.scratch("in_kvp", n_offices, np.int64),
        model.scratch("gone", len(team.state), np.int64),
    )
    staff, target = model.scratch("staff", (n_offices, 2), np.int64), model.scratch("target", (n_offices, 2))
    n, quitted = _staff(
        p,
        model.world.institutions.belief_spread,
        model.world.referral.first_result,
        people,
        team,
        table.rows,
        offices,
        levers,
        _posts_redefined(model),
        in_kvp,
        staff,
        target,
        gone,
        model.stream,
        model.clock,
        since,
    )
    model.count("supervisors_left", quitted)
    gone = gone[:n]
    table.clear(gone[table["state"][gone] == 0])  # some are in use again
    usual, room = model.baseline_levers(Levers).supervisors_caseload, model.scratch("room", n_offices)
    _form_close_follow_up(team, offices, levers, usual, target, staff, room, since)
    first, following = np.full((n_offices, 3), -1), np.full(len(team.state), -1)
    size, load = model.scratch("size", (n_offices, 3)), model.scratch("load", (n_offices, 3))
    some = model.jobseekers.view(Some)
    _assign(p, people, team, offices, first, following, size, load, room, some, model.stream, model.clock)
