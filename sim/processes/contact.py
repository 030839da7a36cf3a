"""Contact: a supervisor's week has fixed hours, and contact gets what is left (V1).

    left = hours - internal (training and figures too) - messages * clients - employers (KVP) - decisions to set up

What is left, less what a distant supervisor spends on control and paperwork (V2), is due to clients by the time rule
(V13): each client's credit grows by that * weight / sum of weights; whoever's credit reaches the length of a meeting is
met while minutes last. Who is to go to a job specialist once ready has a larger claim (V7). A meeting maps the client
(V3), builds or wears trust according to the gaze (J2, V2), lifts motivation when there is trust (J1), and, beyond the
basics, lowers barriers (V12), in full only under a holistic mandate (V10). Help with life and health, where the menu
has it, is given in longer meetings (V5). Messages do none of this (V15). Every minute is spent once, with a named
client or in the time account. Minutes on vacancies and with employers teach the office its labour market, and
experienced supervisors know some of it anyway (V14).
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from sim.agents.jobseeker import KVP, NO_BENEFIT, SUBSIDISED_JOB, UNEMPLOYED
from sim.agents.office import KVP_TEAM, works_holistically
from sim.columns import listed
from sim.compiled import compiled, rule
from sim.streams import CONTACT, draw4
from sim.turns import Some, draw_lots

EQUAL, NEEDIEST, READIEST, CALLERS = range(4)  # time rules, as declared in the policy schema


class Clients(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    office: np.ndarray
    supervisor: np.ndarray
    measure: np.ndarray
    health: np.ndarray
    care: np.ndarray
    worries: np.ndarray
    know_how: np.ndarray
    motivation: np.ndarray
    efficacy: np.ndarray
    trust: np.ndarray
    mapped: np.ndarray
    credit: np.ndarray
    met_minutes: np.ndarray
    weeks_unseen: np.ndarray
    help_minutes: np.ndarray
    made_ready: np.ndarray
    benefit: np.ndarray
    sanction_weeks: np.ndarray
    gives_up: np.ndarray
    signed: np.ndarray
    to_be_offered: np.ndarray
    known: np.ndarray
    registered: np.ndarray
    first: np.ndarray


class Team(NamedTuple):
    state: np.ndarray
    office: np.ndarray
    programme: np.ndarray
    experience: np.ndarray
    gaze: np.ndarray
    caseload: np.ndarray
    weight: np.ndarray
    minutes: np.ndarray
    internal: np.ndarray
    messages: np.ndarray
    outreach: np.ndarray
    set_up: np.ndarray
    meetings: np.ndarray
    offers: np.ndarray
    left: np.ndarray
    due_set_up: np.ndarray
    kept_up: np.ndarray
    contact_month: np.ndarray


class Offices(NamedTuple):
    region: np.ndarray
    knowledge: np.ndarray
    kvp_way: np.ndarray


class Levers(NamedTuple):
    supervisors_time_rule: np.ndarray
    supervisors_mandate: np.ndarray
    kvp_mandate: np.ndarray
    supervisors_admin_burden: np.ndarray
    supervisors_results_feedback: np.ndarray
    supervisors_training: np.ndarray
    kvp_employer_time_share: np.ndarray


@rule
def competence(ramp_up_weeks, experience):
    """0.5 on the first day, 1 after the ramp-up (I16: about 18 months to handle the rules)."""
    return 0.5 + 0.5 * min(1.0, experience / max(1.0, ramp_up_weeks))


@rule
def internal_time(p, minutes, training, feedback):
    """Meetings and systems, and what training (V15) and making the figures of results (V14) take."""
    return minutes * min(1.0, p.internal_share + p.training_share * training + p.figures_share * feedback)


@rule
def time_to_meet(p, left, gaze):
    """V2: of what is left, a distant supervisor spends part on control and paperwork."""
    return left * (1.0 - p.distance * gaze)


@rule
def time_weight(rule_code, p, on_measure, made_ready, worries, health, motivation, efficacy):
    """A client's claim on the supervisor's time under the time rule (V13); half or less while on a measure.

    More while motivation is worked up for a job specialist (V7).
    """
    weight = 1.0
    if rule_code == NEEDIEST:
        weight = 0.2 + worries + (1.0 - health)
    elif rule_code == READIEST:
        weight = 0.2 + 2.0 * motivation
    elif rule_code == CALLERS:
        weight = 0.2 + 2.0 * efficacy * worries + 0.5 * motivation
    if made_ready:
        weight *= 1.0 + p.work_up
    return weight * (p.weight_on_measure if on_measure else 1.0)


@rule
def trust_change(p, trust, hours, gaze):
    """J2, V2: an hour with one who listens builds trust, an hour of being the problem wears it."""
    listening = 1.0 - 2.0 * gaze
    moved = listening * (1.0 - math.exp(-p.trust_hour * hours))
    return moved * ((1.0 - trust) if listening > 0.0 else trust)


@rule
def motivation_change(p, motivation, trust, hours, gaze):
    """J1, I125: contact lifts motivation in proportion to trust, when the supervisor listens."""
    lifted = 1.0 - math.exp(-p.motivation_hour * hours)
    return lifted * trust * max(0.0, 1.0 - 2.0 * gaze) * (1.0 - motivation)


@rule
def mapping_change(p, mapped, minutes, skill, trust):
    """V3: time reveals a client's true situation, faster to someone trusted and to someone who knows the work."""
    return (1.0 - mapped) * (1.0 - math.exp(-p.mapping_hour * minutes / 60.0)) * skill * (0.4 + 0.6 * trust)


@rule
def barrier_change(p, worries, minutes, gaze, holistic):
    """V12: time beyond the basics of a meeting lowers worries (finances, housing, childcare, anxiety).

    A narrow mandate allows for only part of that (V10).
    """
    beyond = max(0.0, minutes - p.basic_minutes) / 60.0 * (1.0 if holistic else p.narrow_mandate)
    return -worries * (1.0 - math.exp(-p.barrier_hour * beyond * (1.0 - gaze)))


@rule
def health_change(p, health, minutes, gaze):
    """V5: health gained from an hour of help with it, by one who listens."""
    return (1.0 - health) * (1.0 - math.exp(-p.help_health * minutes / 60.0 * (1.0 - gaze)))


@rule
def knowledge_gain(p, minutes, knowledge):
    """V14: what a supervisor's minutes on vacancies and with employers add to the office's knowledge of them."""
    return (1.0 - knowledge) * (1.0 - math.exp(-p.knowledge_hour * minutes / 60.0))


@rule
def no_show(p, motivation, care):
    """Chance that a client does not turn up: low motivation, and life's other appointments (J3)."""
    return p.no_show_motivation * (1.0 - motivation) + p.no_show_care * care


@rule
def sanctioned(p, gaze):
    """Chance that a no-show costs the benefit: the rule book's part, and what distance adds (V2, V9)."""
    return p.sanction * (p.sanction_floor + (1.0 - p.sanction_floor) * gaze)


@rule
def draws_benefit(state, benefit):
    """Whether there is a benefit to cut: a subsidised job pays a wage instead."""
    return benefit != NO_BENEFIT and state != SUBSIDISED_JOB


@rule
def gives_up_claim(p, motivation):
    """V9, J11: chance that a meeting ends the claim of somebody who is not available for work.

    Frequent contact finds the people who are registered without looking for work; rare contact leaves them there.
    Those on AAP have a duty of activity instead, and lose it the same way.
    """
    return p.availability_check * max(0.0, p.available_motivation - motivation)


@compiled
def cut_benefit(p, people, i, gaze, u):
    """A duty was missed: whether the benefit of person i is cut, by distance (V2). Trust goes with it."""
    drawn = draws_benefit(people.state[i], people.benefit[i]) and people.sanction_weeks[i] == 0
    if not drawn or u >= sanctioned(p, gaze):
        return False
    people.sanction_weeks[i] = int(p.sanction_weeks)
    people.trust[i] -= p.sanction_trust * people.trust[i]
    return True


@compiled
def _account(p, ramp_up_weeks, team, offices, outreach, budget, levers):
    """The fixed part of every supervisor's week, before any client is met. ``outreach``: KVP teams', by office.

    ``budget`` gets what is due to clients.
    """
    for s in range(team.state.size):
        if not team.state[s]:
            continue
        region = offices.region[team.office[s]]
        minutes = p.hours_week * 60.0
        skill = competence(ramp_up_weeks, team.experience[s])
        internal = internal_time(
            p, minutes, levers.supervisors_training[region], levers.supervisors_results_feedback[region]
        )
        burden = levers.supervisors_admin_burden[region]
        messages = min(minutes - internal, burden * p.message_minutes * team.caseload[s] / skill)
        share = outreach[team.office[s]] if team.programme[s] == KVP_TEAM else 0.0
        team.outreach[s] = share * (minutes - internal - messages)
        set_up = max(0.0, min(minutes - internal - messages - team.outreach[s], team.due_set_up[s] / skill))
        due = team.due_set_up[s]
        team.due_set_up[s] = max(0.0, due - set_up * skill)
        team.kept_up[s] = min(1.0, set_up * skill / due) if due > 0.0 else 1.0
        team.minutes[s], team.internal[s], team.messages[s], team.set_up[s] = (
            minutes,
            internal,
            messages,
            set_up,
        )
        team.left[s] = max(0.0, minutes - internal - messages - team.outreach[s] - set_up)
        budget[s] = time_to_meet(p, team.left[s], team.gaze[s])
        team.meetings[s] = 0.0
        team.offers[s] = 0.0
        team.weight[s] = 0.0


@compiled
def _claim(p, people, i, code, busy):
    """Person i's claim on the supervisor's time."""
    return time_weight(
        code,
        p,
        busy,
        people.made_ready[i],
        people.worries[i],
        people.health[i],
        people.motivation[i],
        people.efficacy[i],
    )


@compiled
def _help(p, people, team, i, s):
    """Help that was agreed on makes a meeting one shortest meeting longer, while minutes last (V5)."""
    minutes = min(people.help_minutes[i], p.meeting_minutes, team.left[s])
    people.help_minutes[i] -= minutes
    team.left[s] -= minutes
    team.meetings[s] += minutes
    people.worries[i] += barrier_change(p, people.worries[i], p.basic_minutes + minutes, team.gaze[s], True)
    people.health[i] += health_change(p, people.health[i], minutes, team.gaze[s])


@compiled
def _come_to_know(p, ramp_up_weeks, team, offices, experience):
    """What the week has taught the offices of their labour market; the experienced know some of it (V14).

    ``experience`` gets the number of supervisors by office and the sum of their experience, as a share of the ramp-up.
    """
    experience[:] = 0.0
    for s in range(team.state.size):
        if team.state[s]:
            o = team.office[s]
            offices.knowledge[o] += knowledge_gain(p, team.offers[s] + team.outreach[s], offices.knowledge[o])
            experience[0, o] += 1.0
            experience[1, o] += min(1.0, team.experience[s] / max(1.0, ramp_up_weeks))
    for o in range(offices.knowledge.size):
        floor = p.knowledge_floor * experience[1, o] / max(1.0, experience[0, o])
        offices.knowledge[o] = max(offices.knowledge[o], floor)


@compiled
def _time_due(p, people, i, team, s, budget, offices, levers):
    """Minutes of the supervisor's time due to a client this week, and the length of the next meeting."""
    code = int(levers.supervisors_time_rule[offices.region[people.office[i]]])
    busy = people.state[i] != UNEMPLOYED and people.measure[i] != KVP
    share = budget[s] * _claim(p, people, i, code, busy) / team.weight[s]
    return share, min(p.longest_meeting, max(p.meeting_minutes, share))


@compiled
def _meet(p, ramp_up_weeks, people, team, budget, offices, levers, stream, week, some):
    """Clients' claims, then meetings of those to whom a meeting's time is due, by lot, while hours last.

    Returns the number of benefits cut, and of those who are made ready for a job specialist the minutes met and the
    motivation lifted.
    """
    sanctions, worked_up, lifted = 0, 0.0, 0.0
    for i in listed(people.known):
        people.met_minutes[i] = 0.0
        if people.state[i] != UNEMPLOYED:
            people.made_ready[i] = 0
        people.to_be_offered[i] = 0
        s = people.supervisor[i]
        if s >= 0:
            code = int(levers.supervisors_time_rule[offices.region[people.office[i]]])
            busy = people.state[i] != UNEMPLOYED and people.measure[i] != KVP
            team.weight[s] += _claim(p, people, i, code, busy)
    for region in range(people.first.size - 1):
        n = 0
        for place in range(people.first[region], people.first[region + 1]):
            i = people.registered[place]
            s = people.supervisor[i]
            people.weeks_unseen[i] += 1
            if s < 0:
                continue
            share, length = _time_due(p, people, i, team, s, budget, offices, levers)
            people.credit[i] = min(people.credit[i] + share, 2.0 * length)
            if people.credit[i] >= length:
                some.rows[n] = i
                n += 1
        draw_lots(people, some, n, stream, week)
        for k in range(n):
            i = some.rows[k]
            s = people.supervisor[i]
            busy = people.state[i] != UNEMPLOYED and people.measure[i] != KVP
            share, length = _time_due(p, people, i, team, s, budget, offices, levers)
            if team.left[s] < length:
                continue
            people.credit[i] -= length
            team.left[s] -= length
            team.meetings[s] += length
            u = draw4(stream, CONTACT, people.id[i], week, 0)
            gaze = team.gaze[s]
            if u[0] < no_show(p, people.motivation[i], people.care[i]):
                # The hour is gone; distance reads absence as lack of will (V2).
                if cut_benefit(p, people, i, gaze, u[1]):
                    sanctions += 1
                continue
            people.met_minutes[i] = length
            people.weeks_unseen[i] = 0
            idle = not busy and people.measure[i] != KVP
            people.gives_up[i] = 1 if idle and u[2] < gives_up_claim(p, people.motivation[i]) else 0
            hours = length / 60.0
            skill = competence(ramp_up_weeks, team.experience[s])
            people.mapped[i] += mapping_change(p, people.mapped[i], length, skill, people.trust[i])
            lift = motivation_change(p, people.motivation[i], people.trust[i], hours, gaze)
            people.motivation[i] += lift
            people.trust[i] += trust_change(p, people.trust[i], hours, gaze)
            holistic = works_holistically(
                levers.supervisors_mandate[region], levers.kvp_mandate[region], team.programme[s]
            )
            people.worries[i] += barrier_change(p, people.worries[i], length, gaze, holistic)
            if people.help_minutes[i] > 0.0:
                _help(p, people, team, i, s)
            if people.made_ready[i]:
                worked_up += length
                lifted += lift
            taught = p.know_how_hour * hours * offices.knowledge[people.office[i]] * skill
            people.know_how[i] += taught * (1.0 - people.know_how[i])
            # What is left of the time due to clients may go to a vacancy for somebody without a job in sight (V9).
            free = budget[s] - team.meetings[s] - team.offers[s]
            if idle and people.signed[i] < 0 and u[3] < p.offer_share and free >= p.offer_minutes <= team.left[s]:
                people.to_be_offered[i] = 1
                team.left[s] -= p.offer_minutes
                team.offers[s] += p.offer_minutes
    for s in range(team.state.size):
        if team.state[s]:
            month = team.meetings[s] / max(1, team.caseload[s]) * 52.0 / 12.0
            team.contact_month[s] += (month - team.contact_month[s]) * p.memory
    return sanctions, worked_up, lifted


def meet_clients(model: Any) -> None:
    """Supervisors do what must be done, then meet clients with what is left of the week."""
    team, table = model.supervisors.view(Team), model.jobseekers
    p, ramp_up = model.world.contact, model.world.caseloads.ramp_up_weeks
    offices, levers = model.offices.view(Offices), model.levers(Levers)
    outreach = levers.kvp_employer_time_share[offices.region] * np.exp(model.world.kvp.way_spread * offices.kvp_way)
    budget = model.scratch("budget", len(team.state))
    _account(p, ramp_up, team, offices, np.minimum(0.9, outreach), budget, levers)
    sanctions, worked_up, lifted = _meet(
        p,
        ramp_up,
        table.view(Clients),
        team,
        budget,
        offices,
        levers,
        model.stream,
        model.clock,
        model.jobseekers.view(Some),
    )
    _come_to_know(p, ramp_up, team, offices, model.scratch("experience", (2, len(offices.knowledge))))
    model.count("sanctions", sanctions)
    model.count("worked_up_minutes", worked_up)
    model.count("worked_up_motivation", lifted)
