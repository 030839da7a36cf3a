"""Teaching: a course is as good as the people who stand on it (T3, T4, T8, T19, T20).

Quality is read from the instructors physically on the course, and from nothing else:

    quality = mean skill of those present * (1 - exp(-attention * their hours / participants)) * (1 + mixed * spread)

Their hours are what reports and bids leave of them (T8, T20), their skill what the wage lets them prepare (T4), and
the spread is that of their approaches (T19).
"""

from __future__ import annotations

import math

from sim.agents.course import LOT_AFT, N_DEPLOYED
from sim.agents.jobseeker import ON_MEASURE
from sim.columns import listed
from sim.compiled import compiled, rule


@rule
def prepared(p, wage):
    """Part of an instructor's skill that reaches the course: preparation is unpaid, and low pay buys little (T4)."""
    return max(0.0, 1.0 - p.preparation * max(0.0, 1.0 - wage / p.going_wage))


@rule
def course_quality(p, skills, instructors, hours, participants, strict, soft):
    """Quality of a course on 0-1 from those now on it: sum of their skills, number, hours left for participants.

    ``strict`` and ``soft`` are the least and the greatest approach among them: mixed teams do better (T19).
    """
    if instructors == 0:
        return 0.0
    attention = 1.0 - math.exp(-p.attention * hours / max(1.0, participants))
    return min(1.0, skills / instructors * attention * (1.0 + p.mixed * (soft - strict)))


@rule
def reached(p, motivation, approach):
    """Motivation to learn in a room: a soft approach makes up for part of what is missing (T19)."""
    return motivation + p.soft * approach * (1.0 - motivation)


@rule
def owned(p, motivation):
    """The motivation that counts on a course: one's own, or without ``ownership`` the usual participant's (J9)."""
    return p.ownership * motivation + (1.0 - p.ownership) * p.typical_motivation


@rule
def fits_the_week(p, care, worries):
    """Part of a course at fixed hours that a person with other duties and worries can use (T8)."""
    return 1.0 - p.fixed_hours * 0.5 * (care + worries)


@compiled
def teach(p, bid_hours, people, courses, contracts, instructors, providers, levers):
    """Who stands on each course this week, and how well it is taught."""
    courses.taken[:] = 0
    for i in listed(people.registered):
        if people.state[i] == ON_MEASURE and people.course[i] >= 0:
            courses.taken[people.course[i]] += 1
    for k in range(courses.state.size):
        if not courses.state[k]:
            continue
        c = courses.contract[k]
        skills, hours, n, named, approach = 0.0, 0.0, 0, 0, 0.0
        strict, soft = 1.0, 0.0
        for place in range(N_DEPLOYED):
            j = courses.instructor[k, place]
            if j >= 0:
                n += 1
                skills += instructors.skill[j] * prepared(p, instructors.wage[j])
                hours += (1.0 - levers.courses_reporting[contracts.region[c]]) * (
                    1.0 - bid_hours * instructors.bidding[j]
                )
                approach += instructors.approach[j]
                strict, soft = min(strict, instructors.approach[j]), max(soft, instructors.approach[j])
                if contracts.lot[c] < LOT_AFT:
                    named += instructors.named[j, contracts.lot[c] - 1]
        courses.quality[k] = course_quality(p, skills, n, hours, courses.taken[k], strict, soft)
        courses.reach[k] = approach / max(1, n)
        courses.hours[k] = hours
        courses.learnt[k] = 0.0
        contracts.taught[c] += courses.quality[k]
        contracts.course_weeks[c] += 1.0
        contracts.staff_weeks[c] += n
        contracts.named_weeks[c] += named
        j = contracts.provider[c]
        if courses.taken[k] > 0:
            providers.experience[j] += p.word_of_mouth * (courses.quality[k] - providers.experience[j])
