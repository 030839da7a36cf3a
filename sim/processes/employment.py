"""Employment: which jobs last, what a job teaches, what employers learn (E1, E4, E5, E7, E8, J4, J14).

Weekly hazard that a job ends:

    h = base / 52 * (1 + early * exp(-tenure / 13)) * exp(x) * (permanent factor)
    x = -fit * (match - 1/2) - follow-up * support - mentor + burden * wage that neither output nor subsidy pays
        + placed * exp(-tenure / placed weeks) * (1 - caught * support) - included * inclusion

with support the share of the needed follow-up that was really given this week, or that a systematic mentor makes sure
of, as far as the person wants the job, and the last line for a job that was brokered and not won in competition: its
own troubles, of which follow-up that really takes place catches a part (I103: with and without support). Every
employer bears what output falls short of the wage; a subsidy takes its part of that while it runs. A systematic mentor
also teaches the job and may warn NAV before it is lost, as long as the grant pays for the time (E5): then the job is in
trouble for some weeks, and ends in each of them with the chance

    trouble_ends * (1 - follow-up)

Follow-up takes minutes, the specialist's or, where none serves the person any more, a supervisor's. Half-way through a
subsidy its rate is set anew, and when it ends the employer decides anew (E4). An early end of a job that NAV brought
closes the door a little, half a year in it opens it (E1). After half a year the employer decides on a permanent
contract; where NAV brought the person, with the reluctance that support, a mentor and a subsidy ease, and again every
half-year (E4).
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from sim.agents.jobseeker import (
    AAP,
    ASKED_EVERY,
    BY_SPECIALIST,
    FIND_EMPLOYER,
    FOLLOW_UP,
    JOB,
    JOB_WITH_BENEFIT,
    NOBODY,
    ON_MEASURE,
    SOCIAL_ASSISTANCE,
    SYSTEMATIC_MENTOR,
    UNEMPLOYED,
    UNEMPLOYMENT_BENEFIT,
    is_working,
)
from sim.agents.office import ORDINARY
from sim.columns import block, listed
from sim.compiled import compiled, rule
from sim.processes.employer_relations import learn_of, relation_after, spared
from sim.processes.hiring import first_rate, leave_job, stays_registered, worth_of_work
from sim.streams import MENTOR, SURVIVE, draw, draw_each
from sim.turns import Some


class Workers(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    office: np.ndarray
    reduced: np.ndarray
    language: np.ndarray
    health: np.ndarray
    capacity: np.ndarray
    mental_gap: np.ndarray
    motivation: np.ndarray
    efficacy: np.ndarray
    prior_wage: np.ndarray
    benefit: np.ndarray
    benefit_weeks: np.ndarray
    weeks_registered: np.ndarray
    weeks_jobless: np.ndarray
    weeks_left: np.ndarray
    weeks_unseen: np.ndarray
    measures_taken: np.ndarray
    last_provider: np.ndarray
    supervisor: np.ndarray
    mapped: np.ndarray
    measure: np.ndarray
    step: np.ndarray
    specialist: np.ndarray
    support: np.ndarray
    employer: np.ndarray
    match: np.ndarray
    hours: np.ndarray
    wage: np.ndarray
    tenure: np.ndarray
    permanent: np.ndarray
    subsidy_weeks: np.ndarray
    subsidy_rate: np.ndarray
    subsidy_step: np.ndarray
    mentor: np.ndarray
    mentor_weeks: np.ndarray
    trouble: np.ndarray
    settled: np.ndarray
    brokered: np.ndarray
    broker: np.ndarray
    trade: np.ndarray
    known: np.ndarray


class Employers(NamedTuple):
    sector: np.ndarray
    belief: np.ndarray
    evidence: np.ndarray
    openness: np.ndarray
    inclusion: np.ndarray


class Staff(NamedTuple):
    state: np.ndarray
    failed: np.ndarray
    lessons: np.ndarray
    contact: np.ndarray
    strength: np.ndarray


class Team(NamedTuple):
    state: np.ndarray
    office: np.ndarray
    programme: np.ndarray
    due_set_up: np.ndarray
    kept_up: np.ndarray


UNKNOWN_COLLEAGUES = 0.8  # work at an employer that NAV does not know is like the average


class Offices(NamedTuple):
    region: np.ndarray


class Regions(NamedTuple):
    covered: np.ndarray


class Levers(NamedTuple):
    se_cover: np.ndarray
    subsidy_rate_later: np.ndarray
    subsidy_rate_rule: np.ndarray


class Week(NamedTuple):
    """One week's counts; those of SE are of jobs that a specialist brokered."""

    jobs_ended: float
    returned: float
    se_jobs_ended: float
    se_jobs_ended_early: float
    se_jobs_lasted: float
    subsidised_jobs_ended: float
    mentor_warnings: float
    jobs_saved_by_mentors: float
    subsidy_windfall: float
    se_jobs_permanent: float


@rule
def held_up(p, support, mentor):
    """Follow-up at work, 0-1: the specialist's, or what a systematic mentor makes sure of (E5)."""
    return max(support, p.mentor_support) if mentor == SYSTEMATIC_MENTOR else support


@rule
def burden(worth, rate):
    """Share of the wage that neither output nor a subsidy (``rate``, 0 without one) covers, in any job (E4, E8)."""
    return max(0.0, 1.0 - worth - rate)


@rule
def taken_up(p, held, motivation):
    """Follow-up that counts: what is given, the more of it the more the person wants the job (J1, E7, S8).

    Without ``wanted`` it counts for everybody as for a person of typical motivation.
    """
    return min(1.0, held * (1.0 + p.wanted * (motivation / p.typical_motivation - 1.0)))


@rule
def separation_hazard(p, tenure, match, held, mentor, permanent, brokered, inclusion, unpaid):
    """Weekly hazard that a job ends, ``held`` being the follow-up that counts (E4, E5, E7, E12; I103, I104)."""
    early = 1.0 + p.early * math.exp(-tenure / 13.0)
    x = -p.fit * (match - 0.5) - p.follow_up * held + p.burden * unpaid
    if brokered:
        x += p.placed * math.exp(-tenure / p.placed_weeks) * (1.0 - p.caught * held) - p.included * inclusion
    if mentor:
        x -= p.mentor
    return p.separation_year / 52.0 * early * math.exp(x) * (p.permanent_factor if permanent else 1.0)


@rule
def most_separation(p, tenure, brokered):
    """No weekly hazard from this tenure on is above this: whose draw lies above is not asked further."""
    x = 0.5 * abs(p.fit) + max(0.0, p.burden) + (max(0.0, p.placed) if brokered else 0.0)
    early = 1.0 + max(0.0, p.early) * math.exp(-tenure / 13.0)
    return p.separation_year / 52.0 * early * math.exp(x) * max(1.0, p.permanent_factor)


@rule
def settles(state, tenure, brokered, mentor, step):
    """Whether a job is one that nobody follows up and that is past its first half year.

    Nothing about it changes from week to week: whether it goes on is asked for ``ASKED_EVERY`` weeks at once.
    """
    return state == JOB and tenure > 26 and brokered == NOBODY and mentor == 0 and step == 0


@rule
def over_weeks(hazard, weeks):
    """Chance of an event within some weeks of the same weekly hazard."""
    return hazard if weeks == 1 else 1.0 - math.exp(weeks * math.log(1.0 - min(hazard, 0.999999)))


@rule
def ends_in_trouble(p, hazard, follow_up):
    """Weekly chance that a job in trouble ends: unless somebody follows it up, soon (E5)."""
    return max(hazard, p.trouble_ends * (1.0 - follow_up))


@rule
def language_gain(p, colleagues, language):
    """J4: Norwegian learnt in a week of work, in proportion to how much of it is among colleagues."""
    return p.language_week * colleagues * (1.0 - language)


@rule
def capacity_gain(p, capacity, health, match, held):
    """J14: growth of the hours a person can work in a week of work, towards what health allows."""
    allowed = min(1.0, p.capacity_health + health)
    return p.capacity_week * match * (0.5 + held) * max(0.0, allowed - capacity)


@rule
def kept_after_subsidy(p, match, support):
    """Chance that the employer keeps the person when the subsidy ends (E4)."""
    return 1.0 / (1.0 + math.exp(-(p.keep_base + p.keep_match * (match - 0.5) + p.keep_support * support)))


@rule
def made_permanent(p, usual, brought, held, rate):
    """Chance of a permanent contract: employers are satisfied but reluctant with whom NAV brought (E4).

    Follow-up or a mentor (``held``) and a subsidy (``rate``) ease the reluctance; ``usual`` is the chance of others.
    """
    return usual * (1.0 - p.reluctance * brought * (1.0 - held) * (1.0 - rate))


@rule
def earned_benefit(p, state, benefit, tenure, hours):
    """Whether a job that ends has earned the benefit of work anew: full weeks, beside social assistance too (I61).

    Another benefit beside a part-time job goes on as it was.
    """
    if state == JOB:
        return tenure >= p.benefit_work_weeks
    return state == JOB_WITH_BENEFIT and benefit == SOCIAL_ASSISTANCE and tenure * hours >= p.benefit_work_weeks


@compiled
def _note(brokering, cover, people, i, employers, staff, regions, region, outcome):
    """A job that NAV brought is an experience for the employer and for the specialist who brought it (E1, S12)."""
    if not (people.brokered[i] or people.subsidy_weeks[i] > 0):
        return
    covered = cover if people.brokered[i] == BY_SPECIALIST else 0.0
    mentored = people.mentor[i] > 0
    relief = spared(brokering, covered, people.subsidy_weeks[i] > 0, mentored)
    learn_of(brokering, employers, people.employer[i], outcome, relief, mentored)
    if outcome < 0.5:
        regions.covered[region] += covered
    if people.broker[i] >= 0:
        relation_after(brokering, staff, people.broker[i], people.employer[i], outcome, relief)


@compiled
def lose_job(p, people, i):
    """A job has ended: back to the register, with the benefit that earlier work or health gives."""
    people.weeks_jobless[i] = 0
    people.mental_gap[i] = 0  # the new gap is for want of a job (J6)
    if earned_benefit(p, people.state[i], people.benefit[i], people.tenure[i], people.hours[i]):
        people.benefit[i] = AAP if people.reduced[i] else UNEMPLOYMENT_BENEFIT
        people.benefit_weeks[i] = 0
    if people.state[i] == JOB:
        people.weeks_registered[i] = 0
        people.weeks_unseen[i] = 0
        people.mapped[i] *= p.remembered
        people.measures_taken[i] = 1 if people.measure[i] else 0
        people.prior_wage[i] = max(people.prior_wage[i] * 0.98, people.wage[i] * 0.9)
    leave_job(people, i)
    people.weeks_left[i] = 0
    if people.step[i] > 0:
        people.state[i] = ON_MEASURE
        people.measure[i] = FOLLOW_UP
        people.step[i] = FIND_EMPLOYER
    else:
        people.state[i] = UNEMPLOYED


@compiled
def _learn_at_work(p, hiring, sectors, people, employers, held, weeks, i):
    """What some weeks' work does: colleagues teach the language, a systematic mentor the job; mastery feeds back.

    Capacity grows in a matched job with follow-up that counts (``held``), and hours with it (J4, J12, J14, E5).
    """
    j = people.employer[i]
    among = sectors.colleagues[employers.sector[j]] if j >= 0 else UNKNOWN_COLLEAGUES
    people.language[i] += weeks * language_gain(p, among, people.language[i])
    if people.mentor[i] == SYSTEMATIC_MENTOR:
        people.match[i] += p.mentor_learning * (1.0 - people.match[i])
    mastery = weeks * p.mastery_week * (people.match[i] - p.mastery_match)
    people.efficacy[i] += mastery * (1.0 - people.efficacy[i]) if mastery > 0 else mastery * people.efficacy[i]
    if people.capacity[i] < 1.0:
        people.capacity[i] += weeks * capacity_gain(p, people.capacity[i], people.health[i], people.match[i], held)
        if people.state[i] == JOB_WITH_BENEFIT and people.hours[i] < people.capacity[i]:
            people.hours[i] = min(people.capacity[i], people.hours[i] + p.hours_week)
            if not stays_registered(hiring, people.hours[i], people.benefit[i]):
                people.state[i] = JOB
                people.weeks_left[i] = 0


@compiled
def told(people, i, team, regions, region):
    """The supervisor whom a warning reaches: the own, or the one at the office with least waiting (-1: nobody).

    ``regions``: how many there are; the office is in ``region``.
    """
    s = people.supervisor[i]
    if s >= 0:
        return s
    first, last = block(team.state, regions, region)
    for k in range(first, last):
        if team.state[k] and team.office[k] == people.office[i] and team.programme[k] == ORDINARY:
            if s < 0 or team.due_set_up[k] < team.due_set_up[s]:
                s = k
    return s


@compiled
def _ask_supervisor(p, people, i, team, regions, region):
    """A supervisor follows up a job in trouble next week, as far as other work waiting allows."""
    s = told(people, i, team, regions, region) if people.specialist[i] < 0 else -1
    if s >= 0:
        team.due_set_up[s] += p.warned_minutes


@compiled
def _follow_up(p, people, i, team, regions, region):
    """Follow-up of a job in trouble this week, 0-1: the specialist's, or a supervisor's."""
    if people.specialist[i] >= 0:
        return people.support[i]
    s = told(people, i, team, regions, region)
    return p.supervisor_helps * team.kept_up[s] if s >= 0 else 0.0


@compiled
def _week_at_work(
    p, hiring, brokering, sectors, levers, people, employers, staff, team, offices, regions, some, stream, week
):
    """Separations, subsidies that end, what a week's work does. Returns the counts of ``Week``."""
    ended = returned = placed_ended = early_ended = lasted = subsidised_ended = warned = saved = made = 0
    windfall = 0.0
    most_placed, most_others = most_separation(p, 0.0, True), most_separation(p, 0.0, False)
    most_settled = ASKED_EVERY * most_separation(p, 26.0, False)
    n = 0
    for i in listed(people.known):
        if not is_working(people.state[i]):
            people.weeks_jobless[i] += 1
            continue
        if people.trade[i] >= 0 and people.employer[i] < 0:
            continue  # a course instructor: how long depends on courses and contracts
        if people.settled[i] == 0 or (people.id[i] + week) % ASKED_EVERY == 0:
            some.rows[n] = i
            some.ids[n] = people.id[i]
            n += 1
    draw_each(stream, SURVIVE, some.ids, n, week, some.uniforms)
    for k in range(n):
        i, state, turn = some.rows[k], people.state[some.rows[k]], (some.ids[k] + week) % ASKED_EVERY == 0
        weeks = ASKED_EVERY if people.settled[i] else 1
        people.tenure[i] += weeks
        if people.mentor_weeks[i] > 0:
            people.mentor_weeks[i] -= 1
        else:
            people.mentor[i] = 0  # nobody pays for the colleague's time any more
        u = some.uniforms[0, k], some.uniforms[1, k], some.uniforms[2, k], some.uniforms[3, k]
        region = offices.region[people.office[i]]
        worth = worth_of_work(hiring, people.match[i])
        rate = people.subsidy_rate[i] if people.subsidy_weeks[i] > 0 else 0.0
        windfall += max(0.0, rate - max(0.0, 1.0 - worth)) * people.wage[i] / 52.0 * people.hours[i]
        given = held_up(p, people.support[i], people.mentor[i])
        held = taken_up(p, given, people.motivation[i])
        troubled = people.trouble[i] > 0
        may_end = most_placed if people.brokered[i] else most_settled if people.settled[i] else most_others
        hazard = 0.0
        if troubled or u[0] < may_end:
            hazard = separation_hazard(
                p,
                people.tenure[i],
                people.match[i],
                held,
                people.mentor[i],
                people.permanent[i],
                people.brokered[i],
                employers.inclusion[people.employer[i]] if people.employer[i] >= 0 else 0.0,
                burden(worth, rate),
            )
            hazard = over_weeks(hazard, weeks)
        if troubled:
            hazard = ends_in_trouble(p, hazard, _follow_up(p, people, i, team, regions.covered.size, region))
        ends = u[0] < hazard
        if ends and not troubled and people.mentor[i] == SYSTEMATIC_MENTOR:
            if draw(stream, MENTOR, people.id[i], week) < p.mentor_warns:  # NAV hears of it in time
                ends = False
                warned += 1
                people.trouble[i] = int(p.trouble_weeks)
                _ask_supervisor(p, people, i, team, regions.covered.size, region)
        elif troubled and not ends:
            people.trouble[i] -= 1
            if people.trouble[i] > 0:
                _ask_supervisor(p, people, i, team, regions.covered.size, region)
            else:
                saved += 1
        if ends:
            ended += 1
            placed_ended += people.brokered[i] == BY_SPECIALIST
            subsidised_ended += people.subsidy_weeks[i] > 0
            if people.tenure[i] < 26:
                early_ended += people.brokered[i] == BY_SPECIALIST
                _note(brokering, levers.se_cover[region], people, i, employers, staff, regions, region, 0.0)
            if people.state[i] == JOB and u[1] < (p.straight_on_reduced if people.reduced[i] else p.straight_on):
                hours = people.hours[i]
                leave_job(people, i)  # straight into another job, without NAV, at an employer NAV does not know
                people.hours[i] = hours
                people.match[i] = 0.5 * people.match[i] + 0.5 * u[2]
                continue
            returned += state == JOB
            lose_job(p, people, i)
            continue
        if people.tenure[i] == 26:
            lasted += people.brokered[i] == BY_SPECIALIST
            _note(brokering, levers.se_cover[region], people, i, employers, staff, regions, region, 1.0)
        brought = people.brokered[i] != NOBODY or people.subsidy_weeks[i] > 0
        if not people.permanent[i] and (people.tenure[i] == 26 or (brought and people.tenure[i] % 26 == 0)):
            if u[1] < made_permanent(p, p.permanent_later * people.match[i], brought, given, rate):
                people.permanent[i] = 1
                made += people.brokered[i] == BY_SPECIALIST and people.tenure[i] == 26
        if people.subsidy_weeks[i] > 0:
            people.subsidy_weeks[i] -= 1
            if people.subsidy_weeks[i] == people.subsidy_step[i]:  # by now it is known what the person yields
                rate_rule, later = int(levers.subsidy_rate_rule[region]), levers.subsidy_rate_later[region]
                people.subsidy_rate[i] = first_rate(hiring, rate_rule, later, people.match[i], 0.0)
            if people.subsidy_weeks[i] == 0:
                if u[2] < kept_after_subsidy(p, people.match[i], given):
                    stays = stays_registered(hiring, people.hours[i], people.benefit[i])
                    people.state[i] = JOB_WITH_BENEFIT if stays else JOB
                    people.weeks_left[i] = 0
                    if u[3] < made_permanent(p, people.match[i], True, given, 0.0):
                        people.permanent[i] = 1
                else:
                    ended += 1
                    placed_ended += people.brokered[i] == BY_SPECIALIST
                    subsidised_ended += 1
                    lose_job(p, people, i)
                    continue
        _learn_at_work(p, hiring, sectors, people, employers, held, weeks, i)
        if turn:
            settled = settles(people.state[i], people.tenure[i], people.brokered[i], people.mentor[i], people.step[i])
            people.settled[i] = 1 if settled else 0
    return ended, returned, placed_ended, early_ended, lasted, subsidised_ended, warned, saved, windfall, made


def work_a_week(model: Any) -> None:
    """Jobs end or go on; employers learn; people learn and recover at work."""
    done = Week(
        *_week_at_work(
            model.world.employment,
            model.world.hiring,
            model.world.brokering,
            model.world.sectors,
            model.levers(Levers),
            model.jobseekers.view(Workers),
            model.employers.view(Employers),
            model.specialists.view(Staff),
            model.supervisors.view(Team),
            model.offices.view(Offices),
            model.regions.view(Regions),
            model.jobseekers.view(Some),
            model.stream,
            model.clock,
        )
    )
    for name, n in done._asdict().items():
        model.count(name, n)
