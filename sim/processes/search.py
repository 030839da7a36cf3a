"""Search: how hard people look, what they apply for, how employers rank them (J1, J3, J6, J8, J13, E2, E3).

The rules; the week in which people follow them is in ``sim/processes/applications.py``.

Effort is the will to search, in the hours that life and measures leave:

    effort = motivation * (0.4 + 0.6 self-efficacy) * hours left by care, health and worries * lock-in * benefit

(lock-in: I112; benefit: elasticity I93, and more effort as its end comes near: I92). A look is at one position of the
region drawn from a fixed list, so that one vacancy or person more does not reshuffle the rest; if a vacancy is open
there, the person hears of it, and the job is acceptable, the person applies; some employers would cut a post to the
hours that the person can work (J8). Employers rank applicants by what they can see:

    score = skill fit + language fit + health fit + know-how + network - gap(weeks) - mental gap(weeks)
            - visible limits + reference + subsidy + noise

with the CV-gap penalties rising to month eight and flat after (V40, J6). Somebody who has a job lined up looks no more.
"""

from __future__ import annotations

import math

from sim.agents.jobseeker import (
    AAP,
    AFT,
    EDUCATION,
    FOLLOW_UP,
    JOB_SEARCH_COURSE,
    JOB_WITH_BENEFIT,
    KVP,
    ON_MEASURE,
    SUBSIDISED_JOB,
    UNEMPLOYMENT_BENEFIT,
    VOCATIONAL_COURSE,
    WORK_TRAINING,
)
from sim.compiled import rule
from sim.processes.money import weekly_benefit
from sim.streams import TRAVEL, pair4

USUAL_REPLACEMENT = 0.624  # of earlier wages, for which the drag of a benefit is given: unemployment benefit (I61)


@rule
def lock_in(p, state, measure):
    """Share of search that goes on during a measure or a job (I112: 0.5 on a classroom course; others assumed)."""
    if state == SUBSIDISED_JOB:
        return p.lock_in_subsidised
    if state == JOB_WITH_BENEFIT:
        return p.lock_in_part_time
    if state != ON_MEASURE:
        return 1.0
    if measure in (JOB_SEARCH_COURSE, VOCATIONAL_COURSE):
        return p.lock_in_course
    if measure == AFT:
        return p.lock_in_aft
    if measure == WORK_TRAINING:
        return p.lock_in_training
    if measure == FOLLOW_UP:
        return p.lock_in_follow_up
    if measure == KVP:
        return p.lock_in_kvp
    if measure == EDUCATION:
        return p.lock_in_education
    return 1.0


@rule
def will_to_search(p, motivation, efficacy):
    """J1: motivation held up by self-efficacy drives the search; without ``will`` everybody's is the usual."""
    return (1.0 - p.will) * p.typical_will + p.will * motivation * (0.4 + 0.6 * efficacy)


@rule
def hours_left(p, care, health, worries):
    """J3: share of the week that life's appointments leave to search; barriers multiply."""
    return (1.0 - p.hours_care * care) * (1.0 - p.hours_health * (1.0 - health)) * (1.0 - p.hours_worries * worries)


@rule
def replacement(money, benefit, prior_wage, sanctioned):
    """Benefit as a share of the earlier wage."""
    return weekly_benefit(money, benefit, prior_wage, 0.0, sanctioned) * 52.0 / max(1.0, prior_wage)


@rule
def end_of_benefit(p, exits, benefit, benefit_weeks):
    """How near the end of the benefit is felt to be, from 0 to 1 on its last day (I92); everybody knows the rules."""
    if benefit == UNEMPLOYMENT_BENEFIT:
        left = exits.unemployment_benefit_weeks - benefit_weeks
    elif benefit == AAP:
        left = exits.aap_weeks - benefit_weeks
    else:
        return 0.0
    return math.exp(-max(0.0, left) / p.end_weeks)


@rule
def search_effort(p, will, hours, replaced, ending):
    """Search effort on 0-1 before lock-in: will, hours, and less of it the more the benefit replaces (I93)."""
    return will * hours * max(0.0, 1.0 - p.benefit_drag * replaced / USUAL_REPLACEMENT) * (1.0 + p.end_effort * ending)


@rule
def clings(skill, know_how):
    """J13: how much somebody qualified holds on to papers for want of search know-how, on 0-1."""
    return skill * (1.0 - know_how)


@rule
def gap_seen(p, weeks):
    """How much of a gap weeks without work make, 0-1: from gap_onset, whole at gap_weeks, flat after (V40, I95)."""
    if weeks < p.gap_onset:
        return 0.0
    return 1.0 if weeks >= p.gap_weeks else (weeks - p.gap_onset) / max(1e-9, p.gap_weeks - p.gap_onset)


@rule
def gap_penalty(p, weeks):
    """Loss of score from weeks without work (V40, I95)."""
    return p.gap * gap_seen(p, weeks)


@rule
def relative_tightness(p, tightness):
    """Vacancies per fully unemployed person of a region over the usual ones (I80), bounded at 1/4 and 4 times."""
    return min(4.0, max(0.25, tightness / p.usual_tightness))


@rule
def read_into_gap(p, tightness):
    """How much employers read into a gap: more where jobs are plenty, as a gap then says more (Kroft et al. 2013).

    ``tightness``: vacancies per fully unemployed person of the region. 1 at the usual tightness (I80).
    """
    return math.exp(p.gap_tightness * math.log(relative_tightness(p, tightness)))


@rule
def distance(stream, office, employer):
    """How far an employer is from the people of an office, on 0-1: drawn once for the pair."""
    return pair4(stream, TRAVEL, office, employer, 0)[0]


@rule
def within_reach(p, far, care, health):
    """J8: children to be fetched and bad health shorten the way to work."""
    return far <= 1.0 - p.travel * (0.5 * care + 0.5 * (1.0 - health))


@rule
def hears_of(p, hidden, network, u):
    """E2: everybody sees an advert; a shared post is heard of through people one knows."""
    return hidden == 0 or u < p.hidden_reach * network


@rule
def agrees_to_fewer_hours(p, openness, u):
    """J8: whether an employer would cut a post to the hours that an applicant can work; the open ones rather would."""
    return u < p.fewer_hours * (0.5 + openness)


@rule
def can_work(p, capacity, care, job_hours, job_shift):
    """J8: hours one cannot work and shifts with children are out."""
    return job_hours <= capacity + p.hours_slack and not (job_shift == 1 and care > p.shift_care)


@rule
def acceptable(p, capacity, care, wish, job_hours, job_shift, sector, weeks, holds_on, u):
    """J8, J13: hours one cannot work and shifts with children are out; outside the wish, only as weeks pass.

    Who holds on to papers never opens up to all of it.
    """
    if not can_work(p, capacity, care, job_hours, job_shift):
        return False
    if sector == wish:
        return True
    opened = p.widen + (1.0 - p.widen) * (1.0 - math.exp(-weeks / p.widen_weeks))
    return u < opened * max(0.0, 1.0 - p.papers * holds_on)


@rule
def visible_score(
    p,
    skill,
    language,
    health,
    know_how,
    network,
    capacity,
    mental_gap,
    reduced,
    weeks,
    read,
    reference,
    asked,
    asked_language,
    strain,
):
    """What an employer can see of an applicant, in standard deviations of the outside applicants (assumed weights)."""
    score = p.skill * (skill - asked) + p.language * min(0.0, language - asked_language)
    score += p.health * min(0.0, health - strain) + p.know_how * (know_how - 0.5) + p.network * (network - 0.5)
    score += p.reference * reference - read * gap_penalty(p, weeks)
    if mental_gap:
        score -= p.mental_gap * gap_seen(p, weeks)  # a reason for a gap, where there is one (J6)
    if reduced:
        score -= p.visible_limits * (1.0 - capacity)
    return score
