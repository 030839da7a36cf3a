"""Referral: what a supervisor sends a client to, on partial knowledge (V3-V7, V14).

For each measure k on the menu and open to the client

    U_k = fit * (1 - gaze) * perceived need_k + habit_k(office, supervisor) - easy * shortage of time * work of k
          + seats * (1 + gaze) * empty places_k + standard tools * gaze + what the plan asks for - reluctance
          - queue * expected wait_k + noise * Gumbel
    U_0 = alone + alone_short * exp(-weeks registered / 26)      ('no measure' is a valid choice, V14)

and the largest wins. Ordinary services have a narrow menu: what is no standard tool comes into view in a share of the
decisions only (V5). The perceived need is the true one in proportion to how well the client is mapped and a guess for
the rest. Habit is the office's practice, the supervisor's taste, and what the supervisor has seen of own clients;
measured results replace part of it where they come back (V14). Under another referral rule (a lever) need alone, a
profile of visible traits, or chance takes the place of all but queue and noise. Setting the measure up costs minutes,
paid from next week's hours. Who would go to a job specialist but for the reluctance is worked on first (V7).
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from sim.agents.jobseeker import (
    ASSESSMENT,
    FOLLOW_UP,
    HELP,
    KVP,
    N_MEASURES,
    NO_MEASURE,
    UNEMPLOYED,
    WAGE_SUBSIDY,
    WORK_TRAINING,
)
from sim.columns import listed
from sim.compiled import compiled, rule
from sim.processes.needs import guessed_need, has_right, need, on_menu, open_to, perceived_need, turned_away
from sim.streams import GUESS, MENU, REFERRAL, draw, draw4

HABIT, NEED, PROFILE, LOTTERY = range(4)  # referral rules, as declared in the policy schema
# A need is compared with what is usual among those for whom the measure is considered. A referral is clearly wrong when
# another measure that is open would have answered better by this much.
MISREFERRED = 0.25
LATELY = 0.02  # weight of this week in what is usual, and in an office's referrals lately (about a year)
UNSEEN = 0.5  # what a profile presumes of traits that no register holds

# What a week's referrals are counted as.
REFERRALS, COMPARED, FIT, CLEARLY_WRONG, STANDARD, HANDED_OVER, HANDED_OVER_MOTIVATION, PUT_OFF = range(8)


class Clients(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    office: np.ndarray
    supervisor: np.ndarray
    age: np.ndarray
    reduced: np.ndarray
    skill: np.ndarray
    language: np.ndarray
    health: np.ndarray
    know_how: np.ndarray
    worries: np.ndarray
    capacity: np.ndarray
    motivation: np.ndarray
    efficacy: np.ndarray
    mapped: np.ndarray
    benefit: np.ndarray
    benefit_weeks: np.ndarray
    met_minutes: np.ndarray
    weeks_unseen: np.ndarray
    weeks_registered: np.ndarray
    queue: np.ndarray
    queue_weeks: np.ndarray
    last_measure: np.ndarray
    weeks_since_measure: np.ndarray
    subsidy_offer: np.ndarray
    help_minutes: np.ndarray
    made_ready: np.ndarray
    signed: np.ndarray
    kvp_programmes: np.ndarray
    kvp_exit: np.ndarray
    kvp_since: np.ndarray
    registered: np.ndarray


class Team(NamedTuple):
    gaze: np.ndarray
    contact_month: np.ndarray
    belief: np.ndarray
    seen: np.ndarray
    due_set_up: np.ndarray


class Regions(NamedTuple):
    places: np.ndarray
    taken: np.ndarray
    waiting: np.ndarray
    wait: np.ndarray
    result: np.ndarray
    usual_need: np.ndarray
    referred_ordinary: np.ndarray
    referred_reduced: np.ndarray


class Offices(NamedTuple):
    region: np.ndarray
    practice: np.ndarray
    referred: np.ndarray


class Levers(NamedTuple):
    subsidy_use: np.ndarray
    supervisors_referral_rule: np.ndarray
    supervisors_menu: np.ndarray
    supervisors_admin_burden: np.ndarray
    supervisors_results_feedback: np.ndarray
    kvp_rationed: np.ndarray
    kvp_lowest_age: np.ndarray
    kvp_reentry: np.ndarray


@rule
def habit(p, practice, belief, seen, result, feedback):
    """V4, V14: local practice, own taste, own experience; measured results replace part of these and say their own."""
    own = practice + belief + p.own_experience * (seen - p.first_result)
    return own * (1.0 - p.unlearn * feedback) + p.figures * feedback * (result - p.first_result)


@rule
def shortage(p, contact_month):
    """V4: how short of time a supervisor is, 0-1; what is easy to arrange counts by as much."""
    return math.exp(-contact_month / p.easy_minutes)


@rule
def reluctance(p, measure, motivation, mapped):
    """V7: a client is handed over to a specialist when perceived to be ready: motivation first."""
    if measure != FOLLOW_UP:
        return 0.0
    perceived = mapped * motivation + (1.0 - mapped) * p.standard_guess
    return p.ready * max(0.0, p.ready_motivation - perceived)


@rule
def plan_open(p, last_measure, weeks_since_measure):
    """T10: a measure has ended and the plan must say what comes next."""
    return last_measure != NO_MEASURE and weeks_since_measure <= p.plan_weeks


@rule
def has_places(measure):
    """A subsidy is an offer that the person carries to employers, and help comes out of the supervisor's own hours."""
    return measure not in (WAGE_SUBSIDY, HELP)


@rule
def gumbel(u):
    """A standard Gumbel variate from a uniform in (0, 1)."""
    return -math.log(-math.log(u))


@compiled
def _utility(p, people, i, team, s, regions, waiting, region, offices, office, levers, k, perceived):
    """What habit makes of measure k for person i (V2, V4, V6, T10), without readiness, the wait and the noise."""
    gaze = team.gaze[s]
    utility = p.fit * (1.0 - gaze) * perceived + habit(
        p,
        offices.practice[office, k],
        team.belief[s, k],
        team.seen[s, k],
        regions.result[region, k],
        levers.supervisors_results_feedback[region],
    )
    utility -= p.easy * shortage(p, team.contact_month[s]) * p.set_up_minutes[k] / 60.0
    if k <= WORK_TRAINING:
        utility += p.standard_tools * gaze
    if has_places(k):
        places = regions.places[region, k]
        empty = max(0.0, places - regions.taken[region, k] - waiting[region, k]) / places
        utility += p.seats * (1.0 + gaze) * empty
    if plan_open(p, people.last_measure[i], people.weeks_since_measure[i]):
        utility += p.next_measure * (1.0 if people.reduced[i] else p.plan_ordinary)
    return utility


@compiled
def _refer(p, people, team, regions, offices, levers, waiting, considered, mix, by_capacity, tally, stream, week):
    """Decisions on measures, by queues as they were when the week began (``waiting``, by region and measure).

    ``considered`` gets, by region and measure, (people for whom it was considered, sum of their true needs),
    ``mix`` the referrals by office and measure, ``by_capacity`` those of people with full and with reduced work
    capacity by region and measure, ``tally`` what they are counted as.
    """
    for i in listed(people.registered):
        if people.state[i] != UNEMPLOYED:
            continue
        if people.queue[i]:
            region = offices.region[people.office[i]]
            if regions.places[region, people.queue[i]] > 0.0:
                people.queue_weeks[i] += 1
                continue
            regions.waiting[region, people.queue[i]] -= 1.0  # it is bought no more: something else may be found
            people.queue[i] = NO_MEASURE
            people.queue_weeks[i] = 0
        s = people.supervisor[i]
        if people.weeks_registered[i] < p.first_weeks or s < 0:
            continue
        met = people.met_minutes[i] > 0.0
        # Without a meeting, the statute asks for a decision, or the end of a measure does (T10).
        planned = p.next_measure > 0.0 and people.weeks_since_measure[i] == int(p.plan_weeks)
        ended = planned and people.last_measure[i] != NO_MEASURE and people.reduced[i] == 1
        if not met and not ended and people.weeks_unseen[i] < p.statutory_weeks:
            continue
        u = draw4(stream, REFERRAL, people.id[i], week, 0)
        if met and not ended and u[0] > p.considered:
            continue
        people.weeks_unseen[i] = 0
        if people.signed[i] >= 0 and u[1] < people.mapped[i]:
            continue  # a job is lined up, and the supervisor knows of it (J9)
        office = people.office[i]
        region = offices.region[office]
        code = int(levers.supervisors_referral_rule[region])
        wide = levers.supervisors_menu[region] > 0.5
        further = draw(stream, MENU, people.id[i], week)
        long_term = people.weeks_registered[i] >= 52
        v1 = draw4(stream, REFERRAL, people.id[i], week, 1)
        v2 = draw4(stream, REFERRAL, people.id[i], week, 2)
        v3 = draw4(stream, REFERRAL, people.id[i], week, 3)
        g1 = draw4(stream, GUESS, people.id[i], 0, 0)
        g2 = draw4(stream, GUESS, people.id[i], 0, 1)
        g3 = draw4(stream, GUESS, people.id[i], 0, 2)
        best, chosen, fit, best_fit = -1e9, NO_MEASURE, 0.0, -1.0
        held_back, if_ready = 0.0, -1e9
        for k in range(N_MEASURES):
            noise = p.noise * gumbel(v1[k] if k < 4 else (v2[k - 4] if k < 8 else v3[k - 8]))
            answers = 0.0
            if k == NO_MEASURE:
                short = math.exp(-people.weeks_registered[i] / 26.0)
                utility = p.alone + p.alone_short * short + noise
            else:
                if has_places(k) and regions.places[region, k] <= 0.0:
                    continue
                if not on_menu(p, k, wide, further) or (k == HELP and people.help_minutes[i] > 0.0):
                    continue
                if not open_to(k, people.reduced[i], people.benefit[i], people.subsidy_offer[i], long_term, wide):
                    continue
                true_need = need(
                    k,
                    people.skill[i],
                    people.language[i],
                    people.health[i],
                    people.know_how[i],
                    people.worries[i],
                    people.capacity[i],
                    people.efficacy[i],
                    people.mapped[i],
                )
                guess = guessed_need(p, g1[k] if k < 4 else (g2[k - 4] if k < 8 else g3[k - 8]))
                perceived = perceived_need(k, true_need, people.mapped[i], guess)
                if k == KVP and not has_right(
                    p,
                    people.benefit[i],
                    people.benefit_weeks[i],
                    people.weeks_registered[i],
                    people.age[i],
                    people.kvp_programmes[i],
                    levers.kvp_lowest_age[region],
                    levers.kvp_reentry[region] > 0.5,
                    perceived,
                ):
                    continue
                if k == KVP and turned_away(p, people.kvp_exit[i], people.kvp_since[i], levers.kvp_rationed[region]):
                    continue
                considered[0, region, k] += 1.0
                considered[1, region, k] += true_need
                answers = true_need - regions.usual_need[region, k]
                if k != ASSESSMENT:
                    best_fit = max(best_fit, answers)
                utility = noise
                if code == HABIT:
                    utility += _utility(
                        p, people, i, team, s, regions, waiting, region, offices, office, levers, k, perceived
                    )
                    if k == FOLLOW_UP:
                        held_back = reluctance(p, k, people.motivation[i], people.mapped[i])
                        utility -= held_back
                elif code == NEED:
                    utility += p.fit * perceived
                elif code == PROFILE:
                    utility += p.fit * need(
                        k,
                        people.skill[i],
                        people.language[i],
                        UNSEEN,
                        UNSEEN,
                        UNSEEN,
                        people.capacity[i],
                        UNSEEN,
                        UNSEEN,
                    )
                if k == WAGE_SUBSIDY:
                    utility += p.subsidy_taste + math.log(max(1e-6, levers.subsidy_use[region]))
                elif has_places(k):
                    turnover = waiting[region, k] / regions.places[region, k] * p.turnover_weeks
                    utility -= p.queue * max(regions.wait[region, k], turnover) / 26.0
                if people.last_measure[i] == k:
                    utility -= p.again
                if k == FOLLOW_UP:
                    if_ready = utility + held_back
            if utility > best:
                best, chosen, fit = utility, k, answers
        # V7: meant for a job specialist, but not thought ready: motivation is worked up first (contact).
        people.made_ready[i] = 1 if chosen != FOLLOW_UP and if_ready > best else 0
        tally[PUT_OFF] += people.made_ready[i]
        if chosen == NO_MEASURE:
            continue
        team.due_set_up[s] += p.set_up_minutes[chosen] * levers.supervisors_admin_burden[region]
        mix[office, chosen] += 1.0
        tally[REFERRALS] += 1.0
        by_capacity[people.reduced[i], region, chosen] += 1.0
        if chosen != ASSESSMENT:  # which finds out what a person needs
            tally[COMPARED] += 1.0
            tally[FIT] += fit
            if fit < best_fit - MISREFERRED:
                tally[CLEARLY_WRONG] += 1.0
        if chosen <= WORK_TRAINING:
            tally[STANDARD] += 1.0
        if chosen == FOLLOW_UP:
            tally[HANDED_OVER] += 1.0
            tally[HANDED_OVER_MOTIVATION] += people.motivation[i]
        if chosen == WAGE_SUBSIDY:
            people.subsidy_offer[i] = 1
        elif chosen == HELP:
            people.help_minutes[i] = p.help_minutes
        else:
            people.queue[i] = chosen
            people.queue_weeks[i] = 0
            regions.waiting[region, chosen] += 1.0


def refer_clients(model: Any) -> None:
    """Clients who were met, or are due a decision, may be put in the queue for a measure."""
    offices = model.offices.view(Offices)
    regions, mix, tally = (
        model.regions.view(Regions),
        model.scratch("mix", offices.referred.shape),
        model.scratch("tally", PUT_OFF + 1),
    )
    considered, by_capacity = (
        model.scratch(name, (2, *regions.usual_need.shape)) for name in ("considered", "by_capacity")
    )
    waiting = model.scratch("waiting", regions.waiting.shape)
    waiting[:] = regions.waiting
    _refer(
        model.world.referral,
        model.jobseekers.view(Clients),
        model.supervisors.view(Team),
        regions,
        offices,
        model.levers(Levers),
        waiting,
        considered,
        mix,
        by_capacity,
        tally,
        model.stream,
        model.clock,
    )
    usual = regions.usual_need
    mean = np.divide(considered[1], considered[0], out=usual.astype(float), where=considered[0] > 0)
    usual[:] += LATELY * (mean - usual)
    regions.referred_ordinary[:] += LATELY * (by_capacity[0] - regions.referred_ordinary)
    regions.referred_reduced[:] += LATELY * (by_capacity[1] - regions.referred_reduced)
    offices.referred[:] += LATELY * (mix - offices.referred)
    model.count("referrals", tally[REFERRALS])
    model.count("referrals_compared", tally[COMPARED])
    model.count("standard_referrals", tally[STANDARD])
    model.count("referral_fit", tally[FIT])
    model.count("misreferrals", tally[CLEARLY_WRONG])
    model.count("handed_over", tally[HANDED_OVER])
    model.count("handover_motivation", tally[HANDED_OVER_MOTIVATION])
    model.count("handovers_put_off", tally[PUT_OFF])
