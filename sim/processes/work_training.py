"""Work training: unpaid practice at an employer, the first step of a ladder (E6, J4, J7).

A host is asked, in the wished sector if one is at hand; one who is not open says no, and the person waits on. A week
there teaches skill, Norwegian among colleagues, and self-efficacy; some hosts only take the free labour, and the
duties there do not widen. A trial shows whether the work suits: a borrowed wish gives way to one's own. At the end the
practice has filled part of the gap in the CV and gives a reference, as good as it went. The host may then hire, into
an open vacancy or, where the workplace grows, into an extra job, often with a wage subsidy at first:

    P(hire) = hires * (0.5 + openness) * how well it went        (never by those who only take the free labour)

The last weeks of work-preparatory training (AFT) may be such a practice, too (none in the baseline): the enterprise
finds the host, the place in AFT is kept, and at its end the host may hire in the same way. As from a course, some
leave early, and some decline the place (J9).
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from sim.agents.employer import OPEN
from sim.agents.jobseeker import AFT, NO_MEASURE, NOBODY, ON_MEASURE, UNEMPLOYED, WORK_TRAINING, is_working
from sim.columns import listed
from sim.compiled import compiled, rule
from sim.processes.contact import cut_benefit
from sim.processes.courses import learnt
from sim.processes.hiring import Hires, match_quality, mentor_of, start_job
from sim.processes.seats import leave_measure, leaves_early, next_in_queue, takes_seat
from sim.processes.vacancies import close_extra, make_extra, room_for_extra
from sim.streams import AFT_PRACTICE, PRACTICE, PRACTICE_END, TASTE, draw, draw4, normal, pair4


class Trainees(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    measure: np.ndarray
    benefit: np.ndarray
    motivation: np.ndarray
    supervisor: np.ndarray
    trust: np.ndarray
    last_provider: np.ndarray
    sanction_weeks: np.ndarray


class Positions(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    employer: np.ndarray
    opened: np.ndarray
    passed_over: np.ndarray
    hours: np.ndarray
    requirement: np.ndarray
    language: np.ndarray
    strain: np.ndarray
    shift: np.ndarray
    hidden: np.ndarray
    wage: np.ndarray


class Hosts(NamedTuple):
    id: np.ndarray
    sector: np.ndarray
    openness: np.ndarray
    growth: np.ndarray
    environment: np.ndarray
    inclusion: np.ndarray
    first_position: np.ndarray
    n_positions: np.ndarray


class Regions(NamedTuple):
    places: np.ndarray
    taken: np.ndarray
    waiting: np.ndarray
    wait: np.ndarray


class Offices(NamedTuple):
    region: np.ndarray


class Team(NamedTuple):
    gaze: np.ndarray


class Levers(NamedTuple):
    subsidy_rate_first: np.ndarray
    subsidy_rate_rule: np.ndarray
    subsidy_weeks: np.ndarray
    subsidy_weeks_low_capacity: np.ndarray
    subsidy_use: np.ndarray
    mentor_use: np.ndarray
    mentor_systematic: np.ndarray


@rule
def only_takes(p, stream, employer):
    """Whether a host only takes the free labour: drawn once for the employer (E6; assumed)."""
    return draw(stream, PRACTICE, employer, 0) < p.only_takes


@rule
def finds_own_wish(p, wish, calling, sector, u):
    """J7: who tries the borrowed wish, or happens on what truly suits, may find out in a week of trial."""
    return wish != calling and sector in (wish, calling) and u < p.taste


@rule
def host_hires(p, openness, went):
    """Chance that a host who does not only take the free labour hires at the end (E6)."""
    return min(1.0, p.hires * (0.5 + openness) * went)


@compiled
def how_it_went(hiring, sectors, people, i, hosts, j, stream, week):
    """True fit to the workplace: what match a job with the usual demands of its sector would be."""
    sector = hosts.sector[j]
    u = pair4(stream, PRACTICE_END, people.id[i], hosts.id[j], week)
    return match_quality(
        hiring,
        people.skill[i],
        sectors.requirement[sector],
        people.calling[i],
        sector,
        people.health[i],
        sectors.strain[sector],
        people.language[i],
        sectors.language[sector],
        people.capacity[i],
        people.capacity[i],
        hosts.environment[j] * 0.7 + hosts.inclusion[j] * 0.3,
        normal(u[0], u[1]),
    )


@compiled
def _opening(hosts, positions, j):
    """A position that the host can fill: an open vacancy, or a closed one for an extra job (-1: none)."""
    for v in range(hosts.first_position[j], hosts.first_position[j] + hosts.n_positions[j]):
        if positions.state[v] == OPEN:
            return v
    return room_for_extra(positions, hosts, j)


@compiled
def _host(p, hosts, per_region, region, wish, first, second, answer):
    """The host that is asked, in the wished sector if one of two is; -1 when it says no (``answer``: a uniform)."""
    j = region * per_region + int(first * per_region)
    other = region * per_region + int(second * per_region)
    if hosts.sector[j] != wish and hosts.sector[other] == wish:
        j = other
    return -1 if answer > hosts.openness[j] + p.free_labour else j


@compiled
def _practise(
    p,
    courses,
    contact,
    hiring,
    vacancies,
    sectors,
    levers,
    people,
    trainees,
    hosts,
    per_region,
    positions,
    regions,
    offices,
    team,
    stream,
    week,
):
    """A week of practice, and its end; trials at work teach, too.

    Returns the numbers hired by their host, of these in an extra job, and of these from AFT; who left early, and of
    benefits cut for it.
    """
    hired = opened = from_aft = left = cut = 0
    for i in listed(people.known):
        state, j = people.state[i], people.employer[i]
        in_aft = state == ON_MEASURE and people.measure[i] == AFT
        if in_aft and j < 0 and 1 < people.measure_weeks[i] <= p.aft_weeks and people.signed[i] < 0:
            u = draw4(stream, AFT_PRACTICE, people.id[i], week, 0)
            region = offices.region[people.office[i]]
            people.employer[i] = _host(p, hosts, per_region, region, people.wish[i], u[0], u[1], u[2])
            continue
        if j < 0:
            continue
        practice = in_aft or (state == ON_MEASURE and people.measure[i] == WORK_TRAINING)
        if not practice and not is_working(state):
            continue
        sector = hosts.sector[j]
        if people.wish[i] != people.calling[i]:
            if finds_own_wish(p, people.wish[i], people.calling[i], sector, draw(stream, TASTE, people.id[i], week)):
                people.wish[i] = people.calling[i]
        if not practice:
            continue
        region = offices.region[people.office[i]]
        taker = only_takes(p, stream, hosts.id[j])
        if not in_aft:  # what is learnt in AFT is a matter of its instructors
            rate = p.rate_skill * (p.narrow_duties if taker else 1.0)
            motivation = people.motivation[i]
            people.skill[i] += learnt(courses, rate, 1.0, motivation, people.skill[i])
            rate = p.rate_language * sectors.colleagues[sector]
            people.language[i] += learnt(courses, rate, 1.0, motivation, people.language[i])
            people.efficacy[i] += learnt(courses, p.rate_efficacy, 1.0, motivation, people.efficacy[i])
            people.measure_weeks[i] -= 1
        if people.measure_weeks[i] > (1 if in_aft else 0):
            s = trainees.supervisor[i]
            if not in_aft and s >= 0:  # who leaves AFT is counted there
                leaves, punished = leaves_early(courses, contact, trainees, i, team.gaze[s], stream, week)
                if leaves:
                    left += 1
                    cut += punished
                    people.employer[i] = -1
                    leave_measure(people, i)
                    people.state[i] = UNEMPLOYED
                    regions.taken[region, WORK_TRAINING] -= 1.0
            continue
        went = how_it_went(hiring, sectors, people, i, hosts, j, stream, week)
        people.employer[i] = -1
        if not in_aft:  # AFT goes on to its last day
            leave_measure(people, i)
            people.state[i] = UNEMPLOYED
            regions.taken[region, WORK_TRAINING] -= 1.0
        people.reference[i] = went
        people.weeks_jobless[i] = int((1.0 - p.filled_cv) * people.weeks_jobless[i])
        u = draw4(stream, PRACTICE_END, people.id[i], week, 0)
        if taker or people.signed[i] >= 0 or u[0] >= host_hires(p, hosts.openness[j], went):
            continue
        v = _opening(hosts, positions, j)
        if v < 0:
            continue
        extra, before = positions.state[v] != OPEN, 0
        if extra:
            before = make_extra(vacancies, sectors, positions, v, sector, people.id[i], stream, week)
            opened += 1
        subsidised = u[1] < p.subsidised * levers.subsidy_use[region]
        mentor = mentor_of(hiring, levers.mentor_use[region], levers.mentor_systematic[region], hosts.openness[j], u[2])
        # Who has seen somebody work for months knows what the work is worth.
        start_job(
            hiring, levers, region, people, i, positions, v, hosts, NOBODY, -1, subsidised, mentor, 1.0, stream, week
        )
        if extra:
            close_extra(positions, v, before)
        people.match[i] = 0.5 * (people.match[i] + went)  # the same place, and the same colleagues
        hired += 1
        if in_aft:
            regions.taken[region, AFT] -= 1.0
            from_aft += 1
    return hired, opened, from_aft, left, cut


@compiled
def _take_in(p, courses, contact, people, trainees, hosts, per_region, regions, offices, team, queue, stream, week):
    """Free places go to those who have waited longest; some do not take them, and some find no host this week.

    Returns the number who declined, and of benefits cut for it.
    """
    declined = cut = 0
    for region in range(regions.places.shape[0]):
        free = int(max(0.0, regions.places[region, WORK_TRAINING] - regions.taken[region, WORK_TRAINING]))
        if free == 0:
            continue
        n = 0
        for place in range(people.first[region], people.first[region + 1]):
            i = people.registered[place]
            if people.queue[i] == WORK_TRAINING:
                queue[n] = i
                n += 1
        while free > 0:
            q = next_in_queue(people, queue, n)
            if q < 0:
                break
            i = queue[q]
            queue[q] = queue[n - 1]
            n -= 1
            u = draw4(stream, PRACTICE, people.id[i], week, 1)
            if u[0] > takes_seat(courses, people.motivation[i], trainees.trust[i], people.queue_weeks[i]):
                people.queue[i] = NO_MEASURE
                people.queue_weeks[i] = 0
                regions.waiting[region, WORK_TRAINING] -= 1.0
                s = trainees.supervisor[i]
                declined += 1
                if s >= 0 and cut_benefit(contact, trainees, i, team.gaze[s], u[1]):
                    cut += 1
                continue
            free -= 1
            w = draw4(stream, PRACTICE, people.id[i], week, 2)
            j = _host(p, hosts, per_region, region, people.wish[i], u[2], w[0], u[3])
            if j < 0:
                continue
            people.employer[i] = j
            people.state[i] = ON_MEASURE
            people.measure[i] = WORK_TRAINING
            people.measure_weeks[i] = int(p.weeks)
            people.measures_taken[i] += 1
            trainees.last_provider[i] = -1
            regions.taken[region, WORK_TRAINING] += 1.0
            regions.wait[region, WORK_TRAINING] += 0.05 * (people.queue_weeks[i] - regions.wait[region, WORK_TRAINING])
            regions.waiting[region, WORK_TRAINING] -= 1.0
            people.queue[i] = NO_MEASURE
            people.queue_weeks[i] = 0
    return declined, cut


def train_at_work(model: Any) -> None:
    """A week of work training: practice, its end, hires by hosts; free places are filled."""
    p, courses, stream, week = model.world.work_training, model.world.courses, model.stream, model.clock
    contact, team = model.world.contact, model.supervisors.view(Team)
    people, hosts, trainees = model.jobseekers.view(Hires), model.employers.view(Hosts), model.jobseekers.view(Trainees)
    regions, offices = model.regions.view(Regions), model.offices.view(Offices)
    hired, opened, from_aft, left, cut_leaving = _practise(
        p,
        courses,
        contact,
        model.world.hiring,
        model.world.vacancies,
        model.world.sectors,
        model.levers(Levers),
        people,
        trainees,
        hosts,
        model.employers.stride,
        model.positions.view(Positions),
        regions,
        offices,
        team,
        stream,
        week,
    )
    model.count("hires_by_host", hired)
    model.count("opened_by_host", opened)
    model.count("hires_from_aft", from_aft)
    declined, cut_declining = _take_in(
        p,
        courses,
        contact,
        people,
        trainees,
        hosts,
        model.employers.stride,
        regions,
        offices,
        team,
        model.jobseekers["rows"],
        stream,
        week,
    )
    model.count("left_measures", left)
    model.count("places_declined", declined)
    model.count("sanctions", cut_leaving + cut_declining)
