"""Supported Employment: what a specialist's hours do, step by step (S1-S5, S7, S9-S11, V7, J12, J14, K3, T13).

A specialist's week: admin first, some time with colleagues, a share on employers, the rest for the clients. Each
client's step asks for minutes; when the hours do not suffice, everyone gets the same share of what was asked. A step
is done when it has had its minutes; meeting and mapping that are cut short leave the specialist knowing less of the
person, and the match is made on what is known. Haste cuts steps (``haste.py``). Who is behind on time out of the office
takes some for it from the clients (S4, S5). Where the price of a job pays for its minutes (``chases``), minutes
are kept from those who look unlikely to get one (parking, T13). A mentor's warning asks for more (E5).
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from sim.agents.jobseeker import (
    FIND_EMPLOYER,
    FOLLOW_UP,
    FOLLOW_UP_AT_WORK,
    MAP,
    MATCH,
    MEET,
    ON_MEASURE,
    SYSTEMATIC_MENTOR,
    TRAIN,
    UNEMPLOYED,
    is_working,
)
from sim.columns import listed
from sim.compiled import compiled, rule
from sim.processes.contact import motivation_change, trust_change
from sim.processes.haste import (
    contract_haste,
    counts_after,
    goes_out,
    hastened,
    out_of_office,
    weight_on_client,
    worth_of_haste,
)
from sim.processes.se_intake import as_seen, chased, form_of, minutes_by_job, price_by_job, prospects
from sim.processes.seats import leave_measure, leaves_early
from sim.streams import TRAIN_FIRST, draw

# Choices of the levers, as declared in the policy schema.
BY_WEEKS, UNDER_PRESSURE, UNTIL_SETTLED = range(3)  # discharge (S7)
BY_BARRIERS, BY_LOTTERY = range(2)  # who is trained first, when not all are (S3)


class Clients(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    office: np.ndarray
    supervisor: np.ndarray
    sanction_weeks: np.ndarray
    motivation: np.ndarray
    efficacy: np.ndarray
    trust: np.ndarray
    skill: np.ndarray
    health: np.ndarray
    worries: np.ndarray
    capacity: np.ndarray
    mapped: np.ndarray
    benefit: np.ndarray
    benefit_weeks: np.ndarray
    measure: np.ndarray
    measure_weeks: np.ndarray
    course: np.ndarray
    last_measure: np.ndarray
    weeks_since_measure: np.ndarray
    specialist: np.ndarray
    step: np.ndarray
    step_minutes: np.ndarray
    service_weeks: np.ndarray
    se_mapped: np.ndarray
    support: np.ndarray
    handed_over: np.ndarray
    match: np.ndarray
    tenure: np.ndarray
    mentor: np.ndarray
    trouble: np.ndarray
    settled: np.ndarray
    known: np.ndarray


class Staff(NamedTuple):
    state: np.ndarray
    contract: np.ndarray
    skill: np.ndarray
    experience: np.ndarray
    caseload: np.ndarray
    demand: np.ndarray
    load: np.ndarray
    scale: np.ndarray
    minutes: np.ndarray
    admin: np.ndarray
    exchange: np.ndarray
    visits: np.ndarray
    clients: np.ndarray
    outside: np.ndarray
    discharged: np.ndarray
    to_work: np.ndarray
    behind_placements: np.ndarray
    behind_transition: np.ndarray
    behind_outside: np.ndarray
    haste: np.ndarray
    chases: np.ndarray
    client_weight: np.ndarray


class Contracts(NamedTuple):
    region: np.ndarray
    lot: np.ndarray
    weeks_left: np.ndarray
    price: np.ndarray
    wage: np.ndarray
    deployed: np.ndarray
    promised: np.ndarray
    by_job: np.ndarray


class Team(NamedTuple):
    gaze: np.ndarray


class Offices(NamedTuple):
    region: np.ndarray
    knowledge: np.ndarray


class Regions(NamedTuple):
    places: np.ndarray
    waiting: np.ndarray
    train_bar: np.ndarray


class Levers(NamedTuple):
    se_employer_time_share: np.ndarray
    se_exchange_share: np.ndarray
    se_follow_up_weeks: np.ndarray
    se_follow_up_by: np.ndarray
    se_success: np.ndarray
    se_discharge: np.ndarray
    se_train_share: np.ndarray
    se_train_first: np.ndarray
    se_client_weight: np.ndarray


@rule
def barriers(worries, health, motivation):
    """How much stands between a person and a first day at work, 0-1 (J12; weights assumed)."""
    return 0.5 * worries + 0.3 * (1.0 - health) + 0.2 * (1.0 - motivation)


@rule
def trains_first(share, first, seen_barriers, bar, u):
    """Whether a client is prepared before an employer is sought (S3), where this share is.

    It is those whose barriers, as the specialist sees them, are above the bar, or who are drawn by lot.
    """
    if first == BY_LOTTERY or share <= 0.0 or share >= 1.0:
        return u < share
    return seen_barriers > bar


@rule
def moved_bar(p, bar, share, trained):
    """The bar after one more client: it rises with everybody who is trained, so that the share wanted is (S3)."""
    return bar + p.train_bar_speed * ((1.0 if trained else 0.0) - share)


@rule
def priority(p, chases, prospect):
    """Share of the usual minutes that a client gets: parking where the price of a job pays for its minutes (T13)."""
    return 1.0 - chases * p.parked / (1.0 + math.exp((prospect - p.park_below) / p.park_width))


@rule
def step_demand(p, step, tenure, mentor, alarm):
    """Minutes a client asks for this week, by step; follow-up fades, a systematic mentor takes over part (S10, E5).

    ``alarm``: minutes that a mentor's warning asks for besides.
    """
    if step in (MEET, MAP):
        return p.map_minutes_week
    if step in (FIND_EMPLOYER, MATCH):
        return p.match_minutes_week
    if step == TRAIN:
        return p.train_minutes_week
    fading = p.follow_up_late + (p.follow_up_first - p.follow_up_late) * math.exp(-tenure / 8.0)
    return fading * (p.mentor_relief if mentor == SYSTEMATIC_MENTOR else 1.0) + alarm


@rule
def follow_up_ends(p, code, weeks, tenure, pressed, looks, counted):
    """The discharge dilemma (S7): after fixed weeks, earlier under pressure, or when the job looks settled.

    Nobody under pressure lets go of a job that does not count yet (``counted``: weeks until it does).
    """
    if code == UNTIL_SETTLED:
        settled = tenure >= p.settled_weeks and looks >= p.settled_match
        return settled or tenure >= p.settled_longest * weeks
    if code == UNDER_PRESSURE:
        return tenure >= max(weeks * (1.0 - p.pressed * pressed), min(weeks, counted))
    return tenure >= weeks


@compiled
def discharge(people, i):
    """A person leaves Supported Employment; in a job they simply go on working (I106, S7)."""
    leave_measure(people, i)
    people.specialist[i] = -1
    people.step[i] = 0
    people.step_minutes[i] = 0.0
    people.support[i] = 0.0
    people.handed_over[i] = 0
    if people.state[i] == ON_MEASURE:
        people.state[i] = UNEMPLOYED


@compiled
def _asks(p, warned_minutes, people, i):
    """Minutes that person i asks for this week."""
    alarm = warned_minutes if people.trouble[i] > 0 else 0.0
    return step_demand(p, people.step[i], people.tenure[i], people.mentor[i], alarm)


@compiled
def _plan(p, warned_minutes, contact, money, going_wage, delivery, people, staff, contracts, levers):
    """Every specialist's week is divided, and the minutes that clients ask for are summed up."""
    for s in range(staff.state.size):
        if staff.state[s]:
            f = form_of(contracts, staff, s)
            c = staff.contract[s]
            region = contracts.region[c]
            staff.minutes[s] = contact.hours_week * 60.0
            staff.admin[s] = staff.minutes[s] * delivery.admin_share[f]
            left = staff.minutes[s] - staff.admin[s]
            staff.exchange[s] = min(left, staff.minutes[s] * levers.se_exchange_share[region])
            left -= staff.exchange[s]
            staff.visits[s] = left * levers.se_employer_time_share[region]
            staff.visits[s] += goes_out(p, staff.behind_outside[s]) * (left - staff.visits[s])
            staff.clients[s] = left - staff.visits[s]
            staff.demand[s] = 0.0
            paid = price_by_job(money, contracts.by_job[c], contracts.price[c])
            cost = minutes_by_job(money, contracts.wage[c], max(1.0, contracts.deployed[c]))
            staff.chases[s] = chased(p, paid, cost)
            worth = worth_of_haste(p, int(levers.se_success[region]))
            stretched = contracts.deployed[c] / max(1.0, contracts.promised[c]) - 1.0
            by_contract = contract_haste(p, stretched, 1.0 - contracts.wage[c] / going_wage, contracts.weeks_left[c])
            behind, on_transition = staff.behind_placements[s], staff.behind_transition[s]
            staff.haste[s] = hastened(p, by_contract, behind, on_transition, staff.chases[s], worth)
            staff.client_weight[s] = weight_on_client(p, levers.se_client_weight[region], staff.haste[s], worth)
    for i in listed(people.known):
        s = people.specialist[i]
        if s >= 0:
            staff.demand[s] += _asks(p, warned_minutes, people, i) * _priority(p, people, i, staff)
    for s in range(staff.state.size):
        if staff.state[s]:
            staff.load[s] = staff.demand[s] / max(1.0, staff.clients[s])
            staff.scale[s] = min(1.0, 1.0 / max(1e-9, staff.load[s]))
            spare = staff.clients[s] - staff.scale[s] * staff.demand[s]
            staff.visits[s] += spare  # what the clients do not need goes to employers
            staff.clients[s] -= spare
            staff.outside[s] = staff.visits[s]


@compiled
def _priority(p, people, i, staff):
    """Priority of one client, by the prospects that the specialist sees."""
    chases = staff.chases[people.specialist[i]]
    if chases <= 0.0:
        return 1.0
    true = prospects(people.motivation[i], people.capacity[i], people.skill[i], people.health[i])
    return priority(p, chases, as_seen(people.se_mapped[i], true, p.park_below))


@compiled
def _train(p, people, i, share):
    """A week of training before the search: barriers fall, nobody is asked for a job (S3, J12)."""
    people.worries[i] -= p.train_worries * share * people.worries[i]
    people.efficacy[i] += p.train_efficacy * share * (1.0 - people.efficacy[i])
    people.motivation[i] += p.train_motivation * share * (1.0 - people.motivation[i])
    people.skill[i] += p.train_skill * share * (1.0 - people.skill[i])


@compiled
def _next_step(p, people, i, haste, regions, region, levers, stream, week):
    """A step that has had its minutes is over; haste shortens the steps before the match (S1, S3)."""
    step, had, needed = people.step[i], people.step_minutes[i], 1.0 - haste
    if step == MEET and had >= p.meet_minutes * needed:
        people.step[i], people.step_minutes[i] = MAP, 0.0
    elif step == MAP and had >= p.map_minutes * needed:
        known = people.se_mapped[i]
        seen = known * barriers(people.worries[i], people.health[i], people.motivation[i])
        seen += (1.0 - known) * p.usual_barriers
        share, bar = levers.se_train_share[region], regions.train_bar[region]
        u = draw(stream, TRAIN_FIRST, people.id[i], week)
        trained = trains_first(share, int(levers.se_train_first[region]), seen, bar, u)
        if 0.0 < share < 1.0:
            regions.train_bar[region] = moved_bar(p, bar, share, trained)
        people.step[i] = TRAIN if trained else FIND_EMPLOYER
        people.step_minutes[i] = 0.0
    elif step == TRAIN and had >= p.train_minutes:
        people.step[i], people.step_minutes[i] = FIND_EMPLOYER, 0.0
    elif step == FIND_EMPLOYER and had >= p.find_minutes * needed:
        people.step[i], people.step_minutes[i] = MATCH, 0.0


@compiled
def _serve(p, warned_minutes, contact, delivery, people, i, staff, contracts, regions, offices, levers, stream, week):
    """What a client's minutes of this week do. Returns the minutes kept from the client by parking."""
    s = people.specialist[i]
    f = form_of(contracts, staff, s)
    region = contracts.region[staff.contract[s]]
    first = _priority(p, people, i, staff)
    asked = staff.scale[s] * _asks(p, warned_minutes, people, i)
    minutes = asked * first
    staff.outside[s] += out_of_office(p, people.step[i]) * minutes
    skill = staff.skill[s] * (0.6 + 0.4 * min(1.0, staff.experience[s] / p.ramp_up_weeks))
    people.step_minutes[i] += minutes
    people.support[i] = staff.scale[s] * first * skill
    hours = minutes / 60.0
    people.motivation[i] += motivation_change(contact, people.motivation[i], people.trust[i], hours, 0.0)
    people.trust[i] += trust_change(contact, people.trust[i], hours, 0.0)
    if people.step[i] <= MAP:
        gain = 1.0 - math.exp(-minutes / p.mapping_minutes)
        people.se_mapped[i] += (1.0 - people.se_mapped[i]) * gain * skill
        if delivery.file_shared[f] > 0.0:
            told = delivery.file_shared[f] * people.se_mapped[i]
            people.mapped[i] = max(people.mapped[i], told)
    elif people.step[i] == TRAIN:
        _train(p, people, i, staff.scale[s] * first)
    _next_step(p, people, i, staff.haste[s], regions, region, levers, stream, week)
    if delivery.knowledge_to_nav[f] > 0.0:
        o = people.office[i]
        offices.knowledge[o] += p.knowledge_hour * delivery.knowledge_to_nav[f] * hours * (1.0 - offices.knowledge[o])
    return asked - minutes


@compiled
def _lets_go(p, people, i, staff, regions, levers, region):
    """Whether follow-up at work ends for this person now (S7)."""
    s = people.specialist[i]
    waiting = regions.waiting[region, FOLLOW_UP]
    pressed = waiting / max(1.0, waiting + regions.places[region, FOLLOW_UP])
    looks = 0.5
    if s >= 0:
        pressed = max(pressed, staff.behind_placements[s])
        looks += people.se_mapped[i] * (people.match[i] - 0.5)
    return follow_up_ends(
        p,
        int(levers.se_discharge[region]),
        levers.se_follow_up_weeks[region],
        people.tenure[i],
        pressed,
        looks,
        counts_after(int(levers.se_success[region])),
    )


@compiled
def _leaves(people, i, staff, to_work):
    """Person i is discharged, and it counts for the specialist (S4)."""
    s = people.specialist[i]
    if s >= 0:
        staff.discharged[s] += 1
        staff.to_work[s] += to_work
    discharge(people, i)


@compiled
def _work(
    p,
    warned_minutes,
    courses,
    contact,
    money,
    going_wage,
    delivery,
    people,
    staff,
    contracts,
    regions,
    offices,
    team,
    levers,
    stream,
    week,
):
    """Every specialist's week: admin, employers, clients; what the clients' minutes do; who is discharged.

    Returns the number discharged, of these the number in a job, the minutes that parking kept from clients, the number
    who left early, and of benefits cut for it.
    """
    _plan(p, warned_minutes, contact, money, going_wage, delivery, people, staff, contracts, levers)
    discharged = to_work = left = cut = 0
    parked = 0.0
    for i in listed(people.known):
        if not people.step[i]:
            continue
        people.service_weeks[i] += 1
        s = people.specialist[i]
        if s < 0:
            people.support[i] = 0.0
        else:
            parked += _serve(
                p,
                warned_minutes,
                contact,
                delivery,
                people,
                i,
                staff,
                contracts,
                regions,
                offices,
                levers,
                stream,
                week,
            )
        region = offices.region[people.office[i]]
        if is_working(people.state[i]):
            people.step[i] = FOLLOW_UP_AT_WORK
            if _lets_go(p, people, i, staff, regions, levers, region):
                _leaves(people, i, staff, 1)
                discharged += 1
                to_work += 1
            elif s >= 0 and levers.se_follow_up_by[region] > 0.5:
                if delivery.tendered[form_of(contracts, staff, s)] > 0.5:
                    staff.discharged[s] += 1  # the company has brokered the job, NAV follows up (S2)
                    staff.to_work[s] += 1
                    people.specialist[i] = -1
                    people.handed_over[i] = 1
                    people.step_minutes[i] = 0.0
                    people.support[i] = 0.0
                    staff.caseload[s] -= 1
        elif people.state[i] != ON_MEASURE:
            _leaves(people, i, staff, 0)  # disability pension, or out of the labour force
            discharged += 1
        elif people.step[i] == FOLLOW_UP_AT_WORK:
            people.step[i], people.step_minutes[i] = FIND_EMPLOYER, 0.0
        elif people.service_weeks[i] >= p.longest_service:
            _leaves(people, i, staff, 0)
            discharged += 1
        elif people.supervisor[i] >= 0:
            gaze = team.gaze[people.supervisor[i]]
            leaves, punished = leaves_early(courses, contact, people, i, gaze, stream, week)
            if leaves:
                _leaves(people, i, staff, 0)
                discharged += 1
                left += 1
                cut += punished
    for o in range(offices.region.size):
        offices.knowledge[o] *= p.knowledge_fade
    return discharged, to_work, parked, left, cut


def support_clients(model: Any) -> None:
    """Specialists spend their hours, move clients through the steps and discharge them."""
    discharged, to_work, parked, left, cut = _work(
        model.world.supported_employment,
        model.world.employment.warned_minutes,
        model.world.courses,
        model.world.contact,
        model.world.money,
        model.world.specialists.going_wage,
        model.world.delivery,
        model.jobseekers.view(Clients),
        model.specialists.view(Staff),
        model.contracts.view(Contracts),
        model.regions.view(Regions),
        model.offices.view(Offices),
        model.supervisors.view(Team),
        model.levers(Levers),
        model.stream,
        model.clock,
    )
    model.count("left_measures", left)
    model.count("sanctions", cut)
    model.count("discharged", discharged)
    model.count("discharged_to_work", to_work)
    model.count("parked_minutes", parked)
