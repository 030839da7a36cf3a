"""Hiring: each vacancy takes the best it meets, and one hired is another displaced (E3).

The best of n ~ Poisson outside competitors has the score  mean + sd * quantile(U^(1/n)); more of them come per
vacancy the slacker the region's market. A vacancy that a specialist, the KVP team or a host fills past the competition
is lost to the outsider who would have had it that week. A vacancy offers to whoever is best and above a reservation
that falls while it stays open. A person with several offers takes the best one, if it is good enough: those who hold on
to papers wait for better (J13), those whose benefit ends do not. Most begin some weeks later: the position is taken,
and the person stays on the register with a job lined up that NAV may not know of (J9). What the job then really is, the
match, depends on skill, true calling, health, hours, Norwegian and the work environment, not on what was seen:

    match = logistic(m0 + skill fit + calling + health fit + language fit - too many hours + environment + noise)
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from sim.agents.employer import CLOSED, OPEN, TAKEN
from sim.agents.jobseeker import (
    AAP,
    FOLLOW_UP,
    JOB,
    JOB_WITH_BENEFIT,
    KVP,
    NO_MEASURE,
    NOBODY,
    ON_MEASURE,
    SOCIAL_ASSISTANCE,
    SOCIAL_MENTOR,
    SUBSIDISED_JOB,
    SYSTEMATIC_MENTOR,
    UNEMPLOYMENT_BENEFIT,
)
from sim.columns import listed
from sim.compiled import compiled, rule
from sim.processes.search import clings, end_of_benefit, relative_tightness
from sim.processes.seats import leave_measure
from sim.streams import ACCEPT, ASSESSMENT, COMPETITOR, START, draw, draw4, normal, pair4, vacancy_id

FIXED_RATE, ASSESSED_RATE = range(2)  # how the subsidy's rate is set, as declared in the policy schema


class Hires(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    office: np.ndarray
    reduced: np.ndarray
    skill: np.ndarray
    language: np.ndarray
    health: np.ndarray
    care: np.ndarray
    know_how: np.ndarray
    capacity: np.ndarray
    wish: np.ndarray
    calling: np.ndarray
    motivation: np.ndarray
    efficacy: np.ndarray
    mapped: np.ndarray
    benefit: np.ndarray
    benefit_weeks: np.ndarray
    prior_wage: np.ndarray
    weeks_left: np.ndarray
    weeks_jobless: np.ndarray
    weeks_registered: np.ndarray
    rejections: np.ndarray
    measure: np.ndarray
    measure_weeks: np.ndarray
    course: np.ndarray
    queue: np.ndarray
    queue_weeks: np.ndarray
    kvp_before: np.ndarray
    last_measure: np.ndarray
    measures_taken: np.ndarray
    weeks_since_measure: np.ndarray
    subsidy_offer: np.ndarray
    offer: np.ndarray
    offer_value: np.ndarray
    signed: np.ndarray
    starts_in: np.ndarray
    reference: np.ndarray
    step: np.ndarray
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
    first: np.ndarray
    known: np.ndarray
    registered: np.ndarray


class Positions(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    employer: np.ndarray
    opened: np.ndarray
    weeks_open: np.ndarray
    hours: np.ndarray
    requirement: np.ndarray
    language: np.ndarray
    strain: np.ndarray
    wage: np.ndarray
    best_score: np.ndarray
    best_person: np.ndarray
    runner_up: np.ndarray
    passed_over: np.ndarray


class Employers(NamedTuple):
    sector: np.ndarray
    openness: np.ndarray
    environment: np.ndarray
    inclusion: np.ndarray


class Offices(NamedTuple):
    region: np.ndarray


class Levers(NamedTuple):
    subsidy_rate_first: np.ndarray
    subsidy_rate_later: np.ndarray
    subsidy_rate_rule: np.ndarray
    subsidy_weeks: np.ndarray
    subsidy_weeks_low_capacity: np.ndarray
    mentor_use: np.ndarray
    mentor_systematic: np.ndarray


@rule
def best_of(n, u):
    """Standard normal quantile of the best of n, by u^(1/n) (logistic approximation to the normal, 1.702)."""
    q = min(1.0 - 1e-12, u ** (1.0 / n))
    return math.log(q / (1.0 - q)) / 1.702


@rule
def rivals(p, search, tightness):
    """Outside applicants expected for a vacancy in a week: more where there are fewer vacancies for each person (E3).

    ``tightness``: vacancies per fully unemployed person of the region.
    """
    return p.competitors * math.exp(-p.competitors_tightness * math.log(relative_tightness(search, tightness)))


@rule
def best_rival(p, expected, u, v):
    """Score of the best outside applicant, of ``expected`` ones (-1e9: none came)."""
    if u >= 1.0 - math.exp(-expected):
        return -1e9
    return p.competitor_mean + p.competitor_sd * best_of(max(1.0, expected), v)


@rule
def reservation(p, weeks_open):
    """Lowest score an employer takes; it falls while the vacancy stays open."""
    return p.standard - p.standard_falls * weeks_open


@rule
def match_quality(
    p,
    skill,
    asked,
    calling,
    sector,
    health,
    strain,
    language,
    asked_language,
    hours,
    capacity,
    environment,
    z,
):
    """True match quality of a person in a job on 0-1 (J7, J8, E7; weights assumed)."""
    x = p.match_base + p.match_skill * min(0.2, skill - asked)
    x += p.match_calling if calling == sector else 0.0
    x += p.match_health * min(0.0, health - strain) + p.match_language * min(0.0, language - asked_language)
    x -= p.match_hours * max(0.0, hours - capacity)
    x += p.match_environment * (environment - 0.5) + p.match_noise * z
    return 1.0 / (1.0 + math.exp(-x))


@rule
def offer_value(p, hours, capacity, wish, sector, wage, prior_wage):
    """What an offer is worth to the person: hours that fit, the wished sector, pay (0-1, assumed weights)."""
    fit = 1.0 - min(1.0, abs(hours - capacity))
    return 0.4 * fit + (0.3 if wish == sector else 0.0) + 0.3 * min(1.2, wage / max(1.0, prior_wage))


@rule
def lowest_accepted(p, search, weeks_registered, holds_on, ending):
    """The least that an offer must be worth: it falls with the weeks (a year's time constant), more where the benefit
    ends (I92), and is higher for the qualified who wait for the dream job (J13)."""
    patience = p.reservation * math.exp(-weeks_registered / 52.0)
    return patience * (1.0 + p.dream * holds_on) * (1.0 - search.end_reservation * ending)


@rule
def weeks_to_start(p, u):
    """Whole weeks from the hire to the first day: exponential, at most half a year (J9)."""
    return min(26, int(0.5 - p.start_delay * math.log(u)))


@rule
def agreed_hours(search, hours, capacity):
    """Hours of a job: those advertised, or cut to what the person can work where these are too many (J8)."""
    return hours if hours <= capacity + search.hours_slack else max(capacity, min(hours, 0.2))


@rule
def stays_registered(p, hours, benefit):
    """A part-time worker stays on the register for the benefit that fills up the hours (J8; I71 'partly').

    Social assistance fills up less pay than the others: it ends at fewer hours.
    """
    if benefit == SOCIAL_ASSISTANCE:
        return hours < min(p.full_hours, p.assisted_hours)
    return hours < p.full_hours and benefit in (UNEMPLOYMENT_BENEFIT, AAP)


@rule
def tailor(p, match, known):
    """Match of a brokered job whose tasks are adapted to the client, as far as the client is known (S1)."""
    return match + p.tailored * known * match * (1.0 - match)


@rule
def worth_of_work(p, match):
    """Output of a person in a job, relative to the wage (E4)."""
    return p.worth_base + p.worth_match * match


@rule
def first_rate(p, rate_rule, fixed, match, error):
    """Rate of a subsidy: fixed, or what the person is assessed to yield less than the wage in that job (E4)."""
    if rate_rule == FIXED_RATE:
        return fixed
    return min(0.9, max(0.0, 1.0 - worth_of_work(p, match) + error))


@rule
def subsidy_length(p, weeks, weeks_low_capacity, capacity):
    """Weeks of subsidy: another length for those who can work half-time or less (E8)."""
    return int(weeks_low_capacity if capacity <= p.low_capacity else weeks)


@rule
def takes_mentor(p, use, openness):
    """Chance that an employer takes a mentor (E5): the use there is of it, the more the more open the employer is."""
    return min(1.0, use * (1.0 + p.mentor_open * (openness / p.mentor_usual_open - 1.0)))


@rule
def mentor_of(p, use, systematic, openness, u):
    """Mentor at a new job or a host: none (0), a merely social one or a systematic one (E5)."""
    taken = takes_mentor(p, use, openness)
    if u >= taken:
        return 0
    return SYSTEMATIC_MENTOR if u < taken * systematic else SOCIAL_MENTOR


@rule
def mentor_length(p, reduced):
    """Weeks of a mentor grant: more with reduced work capacity (I52)."""
    return int(p.mentor_weeks_reduced if reduced else p.mentor_weeks)


@compiled
def leave_job(people, i):
    """Out of a job, with all that belonged to it."""
    people.employer[i] = -1
    people.hours[i] = 0.0
    people.tenure[i] = 0
    people.permanent[i] = 0
    people.subsidy_weeks[i] = 0
    people.mentor[i] = 0
    people.mentor_weeks[i] = 0
    people.trouble[i] = 0
    people.settled[i] = 0
    people.brokered[i] = 0
    people.broker[i] = -1


@compiled
def let_go_of_job(people, i, positions):
    """A job that was lined up is not begun: its position is closed."""
    if people.signed[i] >= 0:
        positions.state[people.signed[i]] = CLOSED
    people.signed[i] = -1
    people.starts_in[i] = 0


@compiled
def _set_rate(p, levers, region, people, i, vacancy, known, stream, week):
    """The rate of a subsidy; an assessed one errs the more, the less is known of the person (E4)."""
    u = pair4(stream, ASSESSMENT, people.id[i], vacancy, week)
    error = p.assessment_error * (1.0 - known) * (2.0 * u[0] - 1.0)
    rate_rule = int(levers.subsidy_rate_rule[region])
    people.subsidy_step[i] = people.subsidy_weeks[i] // 2
    people.subsidy_rate[i] = first_rate(p, rate_rule, levers.subsidy_rate_first[region], people.match[i], error)


@compiled
def start_job(
    p, levers, region, people, i, positions, v, employers, brokered, broker, subsidised, mentor, known, stream, week
):
    """Person i starts in position v: the job, its true match, and the state it gives.

    ``brokered`` says by whom (a code), ``broker`` is the specialist's row (-1: none), ``known`` what whoever assesses a
    subsidy's rate knows.
    """
    employer = positions.employer[v]
    vacancy = vacancy_id(positions.id[v], positions.opened[v])
    weeks = 0
    if subsidised:
        usual, longer = levers.subsidy_weeks[region], levers.subsidy_weeks_low_capacity[region]
        weeks = subsidy_length(p, usual, longer, people.capacity[i])
    sector = employers.sector[employer]
    hours = positions.hours[v]
    if brokered != NOBODY or weeks > 0:
        hours = max(min(hours, people.capacity[i]), min(hours, 0.2))  # hours are agreed to fit (E8, J14)
    u = pair4(stream, ACCEPT, people.id[i], vacancy, week)
    if people.measure[i] not in (NO_MEASURE, FOLLOW_UP):
        programme = people.measure[i] == KVP
        leave_measure(people, i)
        if programme:  # the benefit from before fills up part-time pay, too (J8)
            people.benefit[i] = people.kvp_before[i]
    let_go_of_job(people, i, positions)
    people.reference[i] = 0.0
    people.queue[i] = NO_MEASURE
    people.queue_weeks[i] = 0
    people.employer[i] = employer
    people.match[i] = match_quality(
        p,
        people.skill[i],
        positions.requirement[v],
        people.calling[i],
        sector,
        people.health[i],
        positions.strain[v],
        people.language[i],
        positions.language[v],
        hours,
        people.capacity[i],
        employers.environment[employer] * 0.7 + employers.inclusion[employer] * 0.3,
        normal(u[0], u[1]),
    )
    if brokered:
        people.match[i] = tailor(p, people.match[i], known)
    people.hours[i] = hours
    people.wage[i] = positions.wage[v]
    people.tenure[i] = 0
    people.permanent[i] = 1 if u[2] < p.permanent_at_start and weeks == 0 and brokered == NOBODY else 0
    people.mentor[i] = mentor
    people.mentor_weeks[i] = mentor_length(p, people.reduced[i]) if mentor else 0
    people.trouble[i] = 0
    people.settled[i] = 0
    people.brokered[i] = brokered
    people.broker[i] = broker
    people.subsidy_offer[i] = 0
    people.weeks_left[i] = 0
    people.subsidy_weeks[i] = weeks
    if weeks > 0:
        _set_rate(p, levers, region, people, i, vacancy, known, stream, week)
        people.state[i] = SUBSIDISED_JOB
        people.measures_taken[i] += 1  # a wage subsidy is a measure too
    elif stays_registered(p, hours, people.benefit[i]):
        people.state[i] = JOB_WITH_BENEFIT
    else:
        people.state[i] = JOB
    if positions.state[v] == OPEN:  # past those who would have applied this week (E3, E9)
        positions.passed_over[v] = 1
    positions.state[v] = CLOSED


@compiled
def _begin(p, search, levers, people, positions, employers, offices, i, stream, week):
    """Person i begins in the job signed for. Returns whether it is subsidised."""
    v, region = people.signed[i], offices.region[people.office[i]]
    positions.hours[v] = agreed_hours(search, positions.hours[v], people.capacity[i])
    offered, mentor = people.subsidy_offer[i] > 0, 0
    if offered:
        u = pair4(stream, ACCEPT, people.id[i], vacancy_id(positions.id[v], positions.opened[v]), week)
        openness = employers.openness[positions.employer[v]]
        mentor = mentor_of(p, levers.mentor_use[region], levers.mentor_systematic[region], openness, u[3])
    known = people.mapped[i]
    start_job(p, levers, region, people, i, positions, v, employers, NOBODY, -1, offered, mentor, known, stream, week)
    return people.subsidy_weeks[i] > 0


@compiled
def _hire(p, search, exits, levers, people, positions, per_region, expected, employers, offices, stream, week):
    """Offers, choices, hires, first days. ``expected``: outside applicants for a vacancy, by region.

    Returns hires of registered people, of these in the sector that suits, outside hires, outside people displaced, of
    these past the competition, subsidised jobs begun, people on a measure with a job lined up.
    """
    hired = suited = outside = displaced = passed = subsidised = sitting = 0
    for v in range(positions.state.size):
        state = positions.state[v]
        gone = positions.passed_over[v] and state == CLOSED
        positions.passed_over[v] = 0
        if state != OPEN and not gone:
            continue
        u = draw4(stream, COMPETITOR, vacancy_id(positions.id[v], positions.opened[v]), week, 0)
        rival = best_rival(p, expected[v // per_region], u[0], u[1])
        lowest = reservation(p, positions.weeks_open[v])
        if gone:
            passed += rival >= lowest
            continue
        score, i = positions.best_score[v], positions.best_person[v]
        if i >= 0 and score >= rival and score >= lowest:
            value = offer_value(
                p,
                agreed_hours(search, positions.hours[v], people.capacity[i]),
                people.capacity[i],
                people.wish[i],
                employers.sector[positions.employer[v]],
                positions.wage[v],
                people.prior_wage[i],
            )
            positions.runner_up[v] = rival >= lowest
            if people.offer[i] < 0 or value > people.offer_value[i]:
                people.offer[i] = v
                people.offer_value[i] = value
        elif rival >= lowest:
            positions.state[v] = CLOSED
            outside += 1
    for i in listed(people.registered):
        v = people.offer[i]
        if v >= 0:
            people.offer[i] = -1
            people.rejections[i] -= 1
            lowest = lowest_accepted(
                p,
                search,
                people.weeks_registered[i],
                clings(people.skill[i], people.know_how[i]),
                end_of_benefit(search, exits, people.benefit[i], people.benefit_weeks[i]),
            )
            if people.offer_value[i] < lowest:
                continue
            hired += 1
            suited += people.calling[i] == employers.sector[positions.employer[v]]
            displaced += positions.runner_up[v]
            positions.state[v] = TAKEN
            people.signed[i] = v
            # A specialist arranges the first day; who works already changes jobs at once.
            waits = people.state[i] <= ON_MEASURE and people.step[i] == 0
            people.starts_in[i] = weeks_to_start(p, draw(stream, START, people.id[i], week)) if waits else 0
        elif people.signed[i] >= 0:
            people.starts_in[i] -= 1
        else:
            continue
        if people.starts_in[i] <= 0:
            subsidised += _begin(p, search, levers, people, positions, employers, offices, i, stream, week)
        elif people.state[i] == ON_MEASURE:
            sitting += 1
    return hired, suited, outside, displaced + passed, passed, subsidised, sitting


def hire(model: Any) -> None:
    """Employers compare this week's applicants with the outside ones, make offers, and people choose."""
    p, search = model.world.hiring, model.world.search
    hired, suited, outside, displaced, passed, subsidised, sitting = _hire(
        p,
        search,
        model.world.exits,
        model.levers(Levers),
        model.jobseekers.view(Hires),
        model.positions.view(Positions),
        model.positions.stride,
        np.array([rivals(p, search, of_region) for of_region in model.regions["tightness"]]),
        model.employers.view(Employers),
        model.offices.view(Offices),
        model.stream,
        model.clock,
    )
    model.count("hires", hired)
    model.count("hires_suited", suited)
    model.count("hires_outside", outside)
    model.count("displaced_outside", displaced)
    model.count("displaced_past_competition", passed)
    model.count("hires_subsidised", subsidised)
    model.count("sitting_out", sitting)
