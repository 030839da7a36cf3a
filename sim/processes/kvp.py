"""The Qualification Programme (KVP): what a week is spent on, how long it lasts, how it ends (K1-K3, K5).

What the weeks are spent on is chosen by the supervisor in the programme,

    U_k = fit * perceived need_k + noise * Gumbel,      of a search for a job also
          + pull - ideals * (1 - pull) * (1 - perceived readiness),  pull = target * (1, 0.4, 0, 0 by what is counted)

(help with life and health has such a pull where wellbeing is counted), and perceived need is the true one as far as the
person is known or is asked. Practice that is seen through gives a reference and fills part of the gap in the CV, a year
of education all of it (E6). A first period is reviewed, and at the
end of the longest one those who make progress get an extension. For somebody too ill, and well enough known, the team
clears the right to work assessment allowance: an accepted exit. Who gets in stands in `sim.processes.kvp_intake`, what
the team does at employers in `sim.processes.kvp_employers`.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from sim.agents.jobseeker import (
    AAP,
    DISABILITY_PENSION,
    EXIT_JOB,
    EXIT_LEFT,
    EXIT_RIGHT_BENEFIT,
    EXIT_STOPPED,
    EXIT_SUBSIDISED,
    EXIT_TIME_OUT,
    HEALTH_TRAINING,
    JOB_HUNT,
    KVP,
    KVP_BENEFIT,
    LANGUAGE_TRAINING,
    LIFE_HELP,
    N_ACTIVITIES,
    NO_ACTIVITY,
    OUT_OF_LABOUR_FORCE,
    PRACTICE,
    REFUSED,
    SOCIAL_ASSISTANCE,
    STUDY,
    SUBSIDISED_JOB,
    SYSTEMATIC_MENTOR,
    UNEMPLOYED,
    VOCATIONAL_TRAINING,
    is_working,
)
from sim.columns import listed
from sim.compiled import compiled, rule
from sim.processes.courses import learnt
from sim.processes.kvp_intake import ready, take_into_programme
from sim.processes.referral import gumbel
from sim.processes.seats import leave_measure
from sim.processes.work_training import how_it_went, only_takes
from sim.streams import KVP_WEEK, draw4

AT_EXIT, SIX_MONTHS, TWO_YEARS, WELLBEING = range(4)  # what is counted, as declared in the policy schema
RECENT = 1.0 - 1.0 / 52.0  # how much of an office's results of a week ago still counts as recent


class People(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    office: np.ndarray
    supervisor: np.ndarray
    reduced: np.ndarray
    skill: np.ndarray
    language: np.ndarray
    health: np.ndarray
    care: np.ndarray
    worries: np.ndarray
    know_how: np.ndarray
    network: np.ndarray
    capacity: np.ndarray
    wish: np.ndarray
    calling: np.ndarray
    motivation: np.ndarray
    efficacy: np.ndarray
    wellbeing: np.ndarray
    mapped: np.ndarray
    benefit: np.ndarray
    benefit_weeks: np.ndarray
    weeks_jobless: np.ndarray
    measure: np.ndarray
    measure_weeks: np.ndarray
    course: np.ndarray
    last_measure: np.ndarray
    weeks_since_measure: np.ndarray
    reference: np.ndarray
    match: np.ndarray
    kvp_weeks: np.ndarray
    kvp_activity: np.ndarray
    kvp_activity_weeks: np.ndarray
    kvp_host: np.ndarray
    kvp_mentor: np.ndarray
    kvp_absent: np.ndarray
    kvp_before: np.ndarray
    kvp_ready: np.ndarray
    kvp_wellbeing: np.ndarray
    kvp_exit: np.ndarray
    kvp_since: np.ndarray
    known: np.ndarray


class Regions(NamedTuple):
    taken: np.ndarray


class Offices(NamedTuple):
    region: np.ndarray
    kvp_left: np.ndarray
    kvp_worked: np.ndarray


class Hosts(NamedTuple):
    id: np.ndarray
    sector: np.ndarray
    environment: np.ndarray
    inclusion: np.ndarray


class Team(NamedTuple):
    due_set_up: np.ndarray


class Levers(NamedTuple):
    kvp_longest_weeks: np.ndarray
    kvp_extension_weeks: np.ndarray
    kvp_unpaid_absence: np.ndarray
    kvp_education_inside: np.ndarray
    kvp_menu: np.ndarray
    kvp_job_taste: np.ndarray
    kvp_wish_weight: np.ndarray
    kvp_counts: np.ndarray


# What is counted of the participants in a week; names of the weekly series.
TALLY = (
    "kvp_at_the_end",
    "kvp_extended",
    "kvp_exits",
    "kvp_exits_to_job",
    "kvp_exits_to_ordinary_job",
    "kvp_exits_to_right_benefit",
    "kvp_exit_match_sum",
    "kvp_wellbeing_gained",
    "kvp_reached_26",
    "kvp_working_26",
    "kvp_reached_104",
    "kvp_working_104",
    "kvp_absences",
)
_AT_THE_END, _EXTENDED, _EXITS, _TO_JOB, _TO_ORDINARY, _RIGHT, _MATCH, _GAINED = range(8)
_REACHED_26, _WORKING_26, _REACHED_104, _WORKING_104, _ABSENCES = range(8, 13)


@rule
def quickness(p, counts):
    """K3: how much what is counted pulls towards any job soon, 0-1: fully at exit, not at all after two years."""
    return p.target * p.pull[counts]


@rule
def wellbeing_pull(p, counts, activity):
    """K3: what help with life and health is worth to the team beyond the need, where wellbeing is counted."""
    helps = activity in (LIFE_HELP, HEALTH_TRAINING)
    return p.target * p.pull_wellbeing if helps and counts == WELLBEING else 0.0


@rule
def mentored(p, mentor):
    """What a mentor at a host does, 1 for a systematic one: a merely social one does little (E5)."""
    if mentor == SYSTEMATIC_MENTOR:
        return 1.0
    return p.mentor_social if mentor else 0.0


@rule
def filled_by_practice(training, weeks):
    """Share of the gap in the CV that practice of so many weeks fills: less than work training, if shorter (E6)."""
    return training.filled_cv * min(1.0, weeks / training.weeks)


@rule
def activity_need(activity, skill, language, health, worries, motivation, efficacy, weeks_jobless, ready, taste):
    """How far a person's situation calls for an activity, 0-1 (K1: the menu; shapes assumed)."""
    if activity == LANGUAGE_TRAINING:
        return 1.0 - language
    if activity == PRACTICE:
        need = 0.5 * (1.0 - efficacy) + 0.5 * min(1.0, weeks_jobless / 104.0)
        return 0.4 + 0.6 * need if taste else need
    if activity == VOCATIONAL_TRAINING:
        return (1.0 - skill) * (0.5 + 0.5 * health)
    if activity == LIFE_HELP:
        return worries
    if activity == HEALTH_TRAINING:
        return 1.0 - health
    if activity == JOB_HUNT:
        return ready
    if activity == STUDY:
        return (1.0 - skill) * (0.4 + 0.6 * motivation) * (0.5 + 0.5 * language)
    return 0.0


@rule
def on_programmes_menu(activity, menu):
    """V10: what makes the programme's menu wide: Norwegian, help with life and health, and school beside work."""
    return menu > 0.5 or activity in (PRACTICE, VOCATIONAL_TRAINING, JOB_HUNT)


@rule
def known_need(p, need, mapped, wish_weight):
    """The need as it is seen: what nobody knows of a person is a guess, unless the person is asked (J7)."""
    known = mapped + (1.0 - mapped) * p.own_view * wish_weight
    return known * need + (1.0 - known) * p.standard_guess


@rule
def hunt_utility(p, quick, ready):
    """What a search for a job is worth to the team beyond the need for it: results now, or somebody ready (K3)."""
    return quick - p.ideals * (1.0 - quick) * (1.0 - ready)


@rule
def activity_length(p, activity):
    """Weeks of an activity; a host is first looked for."""
    if activity == PRACTICE:
        return p.host_wait_weeks
    if activity == STUDY:
        return p.study_weeks
    return p.block_weeks


@rule
def extended(p, progress):
    """K1: chance of the extension, decided on the progress made since the programme began."""
    return 1.0 / (1.0 + math.exp(-(p.extension_base + p.extension_progress * progress)))


@rule
def stopped(p, motivation):
    """K1 ('up to' two years): chance that the first review ends the programme."""
    return p.stop * (1.0 - motivation)


@rule
def stays_away_unexcused(p, motivation, unpaid):
    """Weekly chance of absence without a valid reason; less of it when it costs the benefit (K2)."""
    return p.absence * (1.0 - motivation) * (1.0 - p.unpaid_deters if unpaid else 1.0)


@rule
def too_ill(p, health, mapped, benefit):
    """K5: somebody whose right to AAP the team can clear: ill, and known well enough to document it."""
    return benefit == KVP_BENEFIT and health < p.clear_health and mapped > p.clear_mapped


@compiled
def _note_exit(people, offices, i, code, tally):
    """The programme is over: how it ended is kept with the person, and counted for the office."""
    office = people.office[i]
    offices.kvp_left[office] += 1.0
    tally[_EXITS] += 1.0
    tally[_GAINED] += people.wellbeing[i] - people.kvp_wellbeing[i]
    if code in (EXIT_JOB, EXIT_SUBSIDISED):
        offices.kvp_worked[office] += 1.0
        tally[_TO_JOB] += 1.0
        tally[_TO_ORDINARY] += code == EXIT_JOB
        tally[_MATCH] += people.match[i]
    elif code == EXIT_RIGHT_BENEFIT:
        tally[_RIGHT] += 1.0
    if people.benefit[i] == SOCIAL_ASSISTANCE:
        people.benefit[i] = people.kvp_before[i]
    people.kvp_exit[i] = code
    people.kvp_since[i] = 0
    people.kvp_weeks[i] = 0
    people.kvp_activity[i] = NO_ACTIVITY
    people.kvp_activity_weeks[i] = 0
    people.kvp_host[i] = -1
    people.kvp_mentor[i] = 0
    people.kvp_absent[i] = 0


@compiled
def _end(people, offices, regions, i, code, tally):
    """The team ends a programme: back among the unemployed, on social assistance."""
    leave_measure(people, i)
    people.state[i] = UNEMPLOYED
    regions.taken[offices.region[people.office[i]], KVP] -= 1.0
    _note_exit(people, offices, i, code, tally)


@compiled
def _review(p, people, offices, regions, levers, i, u, tally):
    """The granted period is over: the programme goes on to its longest, is extended, or ends (K1)."""
    region = offices.region[people.office[i]]
    spent, longest = people.kvp_weeks[i], int(levers.kvp_longest_weeks[region])
    longer = longest + int(levers.kvp_extension_weeks[region])
    if spent < longest:
        if u < stopped(p, people.motivation[i]):
            _end(people, offices, regions, i, EXIT_STOPPED, tally)
        else:
            people.measure_weeks[i] = longest - spent
        return
    tally[_AT_THE_END] += spent < longer
    if spent < longer and u < extended(p, ready(people, i) - people.kvp_ready[i]):
        people.measure_weeks[i] = longer - spent
        tally[_EXTENDED] += 1.0
    else:
        _end(people, offices, regions, i, EXIT_TIME_OUT, tally)


@compiled
def _choose(p, people, offices, levers, i, stream, week):
    """What the coming weeks are spent on (K1, K3)."""
    region = offices.region[people.office[i]]
    fit_for_work, counts = ready(people, i), int(levers.kvp_counts[region])
    taste, wish = levers.kvp_job_taste[region] > 0.5, levers.kvp_wish_weight[region]
    v1 = draw4(stream, KVP_WEEK, people.id[i], week, 1)
    v2 = draw4(stream, KVP_WEEK, people.id[i], week, 2)
    best, chosen = -1e9, NO_ACTIVITY
    for k in range(1, N_ACTIVITIES):
        if k == STUDY and levers.kvp_education_inside[region] < 0.5:
            continue
        if not on_programmes_menu(k, levers.kvp_menu[region]):
            continue
        need = activity_need(
            k,
            people.skill[i],
            people.language[i],
            people.health[i],
            people.worries[i],
            people.motivation[i],
            people.efficacy[i],
            people.weeks_jobless[i],
            fit_for_work,
            taste,
        )
        seen = known_need(p, need, people.mapped[i], wish)
        utility = p.fit * seen + p.noise * gumbel(v1[k] if k < 4 else v2[k - 4])
        utility += wellbeing_pull(p, counts, k)
        if k == JOB_HUNT:
            utility += hunt_utility(p, quickness(p, counts), seen)
        if k == people.kvp_activity[i]:
            utility -= p.again
        if utility > best:
            best, chosen = utility, k
    people.kvp_activity[i] = chosen
    people.kvp_activity_weeks[i] = int(activity_length(p, chosen))


@compiled
def _learn(p, courses, training, people, i, taste, takes, u):
    """What a week of the activity does to somebody who is there; ``takes``: the host only takes the free labour."""
    k, a, m = people.kvp_activity[i], p.activity, people.motivation[i]
    if k == LANGUAGE_TRAINING:
        people.language[i] += learnt(courses, a * p.language_week, 1.0, m, people.language[i])
    elif k == VOCATIONAL_TRAINING:
        people.skill[i] += learnt(courses, a * p.skill_week, 1.0, m, people.skill[i])
    elif k == STUDY:
        people.skill[i] += learnt(courses, a * p.study_week, 1.0, m, people.skill[i])
    elif k == LIFE_HELP:
        people.worries[i] -= a * p.life_week * people.worries[i]
    elif k == HEALTH_TRAINING:
        people.health[i] += learnt(courses, a * p.health_week, 1.0, m, people.health[i])
    elif k == JOB_HUNT:
        people.know_how[i] += learnt(courses, a * p.know_how_week, 1.0, m, people.know_how[i])
    elif k == PRACTICE and people.kvp_host[i] >= 0:
        # Among colleagues: mastery, and half as much skill, Norwegian and people who hear of jobs (E6, J4).
        rate = a * p.practice_week * (1.0 + p.mentor_teaches * mentored(p, people.kvp_mentor[i]))
        narrow = training.narrow_duties if takes else 1.0
        people.efficacy[i] += learnt(courses, rate, 1.0, m, people.efficacy[i])
        people.skill[i] += learnt(courses, 0.5 * rate * narrow, 1.0, m, people.skill[i])
        people.language[i] += learnt(courses, 0.5 * rate, 1.0, m, people.language[i])
        people.network[i] += learnt(courses, 0.5 * rate, 1.0, m, people.network[i])
        if u < p.reveal_week * (4.0 if taste else 1.0):
            people.wish[i] = people.calling[i]  # a borrowed wish gives way to the person's own (J7)


@compiled
def _seen_through(p, training, hiring, sectors, people, i, hosts, taste, stream, week):
    """An activity is over: what practice, or education, leaves in the CV (E6)."""
    if people.kvp_activity[i] == STUDY:
        people.weeks_jobless[i] = 0  # a fresh CV, as of whoever completes education outside the programme
    elif people.kvp_host[i] >= 0:
        people.reference[i] = how_it_went(hiring, sectors, people, i, hosts, people.kvp_host[i], stream, week)
        filled = filled_by_practice(training, p.taste_weeks if taste else p.practice_weeks)
        people.weeks_jobless[i] = int((1.0 - filled) * people.weeks_jobless[i])


@compiled
def _follow_participants(
    p, courses, training, hiring, sectors, people, hosts, offices, regions, team, levers, stream, week, tally
):
    """A week of everybody in the programme; who has left it since last week is noted."""
    for i in listed(people.known):
        if people.kvp_weeks[i] == 0:
            continue
        if people.measure[i] != KVP:
            state = people.state[i]
            if state == DISABILITY_PENSION:
                code = EXIT_RIGHT_BENEFIT
            elif state == OUT_OF_LABOUR_FORCE:
                code = EXIT_LEFT
            else:
                code = EXIT_SUBSIDISED if state == SUBSIDISED_JOB else EXIT_JOB
            _note_exit(people, offices, i, code, tally)
            continue
        region = offices.region[people.office[i]]
        taste, unpaid = levers.kvp_job_taste[region] > 0.5, levers.kvp_unpaid_absence[region] > 0.5
        people.kvp_weeks[i] += 1
        people.measure_weeks[i] -= 1
        u = draw4(stream, KVP_WEEK, people.id[i], week, 0)
        people.kvp_absent[i] = 1 if u[0] < stays_away_unexcused(p, people.motivation[i], unpaid) else 0
        if people.kvp_absent[i]:
            tally[_ABSENCES] += 1.0
            if unpaid:
                people.worries[i] += p.unpaid_worry * (1.0 - people.worries[i])
        elif u[1] >= p.absence_life * max(people.care[i], 1.0 - people.health[i]):
            host = people.kvp_host[i]
            takes = host >= 0 and only_takes(training, stream, hosts.id[host])
            _learn(p, courses, training, people, i, taste, takes, u[2])
        if people.measure_weeks[i] <= 0:
            _review(p, people, offices, regions, levers, i, u[3], tally)
            continue
        if people.kvp_activity_weeks[i] > 0:
            people.kvp_activity_weeks[i] -= 1
        s = people.supervisor[i]
        if people.kvp_activity_weeks[i] > 0 or s < 0:
            continue
        _seen_through(p, training, hiring, sectors, people, i, hosts, taste, stream, week)
        people.kvp_host[i] = -1
        people.kvp_mentor[i] = 0
        w = draw4(stream, KVP_WEEK, people.id[i], week, 3)
        if too_ill(p, people.health[i], people.mapped[i], people.benefit[i]) and w[0] < p.clear:
            team.due_set_up[s] += p.case_minutes
            _end(people, offices, regions, i, EXIT_RIGHT_BENEFIT, tally)
            people.reduced[i] = 1
            people.capacity[i] = min(people.capacity[i], 0.3 + people.health[i])
            people.benefit[i] = AAP
            people.benefit_weeks[i] = 0
            continue
        team.due_set_up[s] += p.set_up_minutes
        _choose(p, people, offices, levers, i, stream, week)


@compiled
def _remember(people, tally):
    """Time passes since an exit or a refusal; half a year and two years on, who is in a job is counted (K3)."""
    for i in listed(people.known):
        if people.kvp_exit[i] == 0:
            continue
        people.kvp_since[i] += 1
        if people.kvp_exit[i] == REFUSED:
            continue
        if people.kvp_since[i] == 26:
            tally[_REACHED_26] += 1.0
            tally[_WORKING_26] += is_working(people.state[i])
        elif people.kvp_since[i] == 104:
            tally[_REACHED_104] += 1.0
            tally[_WORKING_104] += is_working(people.state[i])


def run_programme(model: Any) -> None:
    """A week of the Qualification Programme: participants, reviews, exits, then free places and refusals."""
    p, stream, week = model.world.kvp, model.stream, model.clock
    people, offices = model.jobseekers.view(People), model.offices.view(Offices)
    regions, levers = model.regions.view(Regions), model.levers(Levers)
    tally = model.scratch("kvp_tally", len(TALLY))
    offices.kvp_left[:] *= RECENT
    offices.kvp_worked[:] *= RECENT
    _remember(people, tally)
    _follow_participants(
        p,
        model.world.courses,
        model.world.work_training,
        model.world.hiring,
        model.world.sectors,
        people,
        model.employers.view(Hosts),
        offices,
        regions,
        model.supervisors.view(Team),
        levers,
        stream,
        week,
        tally,
    )
    for name, value in zip(TALLY, tally, strict=True):
        model.count(name, value)
    take_into_programme(model)
