"""Needs: how far a person's situation calls for a measure, and who may be offered which (V3, V5, K1, K2).

A need is the same number for everybody who looks; what a supervisor perceives of it is the true one as far as the
person is known, and a guess for the rest.
"""

from __future__ import annotations

from sim.agents.jobseeker import (
    AAP,
    AFT,
    ASSESSMENT,
    EDUCATION,
    FOLLOW_UP,
    HELP,
    JOB_SEARCH_COURSE,
    KVP,
    NO_BENEFIT,
    REFUSED,
    SOCIAL_ASSISTANCE,
    VOCATIONAL_COURSE,
    WAGE_SUBSIDY,
    WORK_TRAINING,
)
from sim.compiled import rule


@rule
def need(measure, skill, language, health, know_how, worries, capacity, efficacy, mapped):
    """How far a person's situation calls for a measure, 0-1 (assumed shapes). Who is 'ready' is another matter (V7)."""
    if measure == ASSESSMENT:
        return 1.0 - mapped
    if measure == JOB_SEARCH_COURSE:
        return 1.0 - know_how
    if measure == VOCATIONAL_COURSE:
        return (1.0 - skill) * (0.5 + 0.5 * health)
    if measure == AFT:
        return (1.0 - efficacy) * 0.5 + (1.0 - health) * 0.5
    if measure == WORK_TRAINING:
        return 0.5 * (1.0 - language) + 0.5 * (1.0 - skill)
    if measure == FOLLOW_UP:
        return 0.2 + 0.3 * (1.0 - capacity)
    if measure == WAGE_SUBSIDY:
        return 0.5 * (1.0 - capacity)
    if measure == KVP:
        return 0.5 * worries + 0.5 * (1.0 - skill)
    if measure == HELP:
        return 0.5 * worries + 0.5 * (1.0 - health)
    return 0.0


@rule
def guessed_need(p, u):
    """V3, V4: what a supervisor presumes of somebody not mapped: a guess around a standard, always the same one."""
    return min(1.0, max(0.0, p.standard_guess + p.guess_spread * (2.0 * u - 1.0)))


@rule
def perceived_need(measure, true_need, mapped, guess):
    """V3: the true need as far as the person is known, a guess for the rest; what is not known is known."""
    return true_need if measure == ASSESSMENT else mapped * true_need + (1.0 - mapped) * guess


@rule
def on_menu(p, measure, wide, u):
    """V5: what a supervisor has in view at a decision: the standard tools, and on a wide menu everything.

    Of what takes a specialist's hand or a special programme, ordinary services look at a share of the decisions:
    whoever looks further (``u``) sees all of that at once.
    """
    return wide or u < p.narrow_menu[measure]


@rule
def open_to(measure, reduced, benefit, subsidy_offer, p_long, wide):
    """V5: who may be offered what; the narrow menu goes by category (KVP: no benefit of one's own, K1)."""
    if (measure == WAGE_SUBSIDY and subsidy_offer) or measure == EDUCATION:  # people apply for that: see education.py
        return False
    if wide and measure != KVP:
        return True
    if measure in (AFT, FOLLOW_UP, ASSESSMENT):
        return reduced == 1
    if measure == WAGE_SUBSIDY:
        return reduced == 1 or p_long
    if measure == KVP:
        return benefit in (SOCIAL_ASSISTANCE, NO_BENEFIT)
    if measure == JOB_SEARCH_COURSE:
        return reduced == 0 or benefit != AAP
    return True


@rule
def has_right(p, benefit, benefit_weeks, weeks_registered, age, programmes, lowest_age, reentry, perceived):
    """K1, K2: the right to KVP: of age, no programme before, long on social assistance or longer without any benefit.

    And a need, as it is seen, of the close follow-up that the programme gives: the municipality's own test.
    """
    if benefit == SOCIAL_ASSISTANCE:
        poor = benefit_weeks >= p.kvp_assistance_weeks
    else:
        poor = benefit == NO_BENEFIT and weeks_registered >= p.kvp_no_benefit_weeks
    return poor and perceived >= p.kvp_need and age >= lowest_age and (programmes == 0 or reentry)


@rule
def turned_away(p, kvp_exit, kvp_since, rationed):
    """K1, K5: nobody who was refused is sent to KVP again for some time while intake is rationed."""
    return rationed > 0.5 and kvp_exit == REFUSED and kvp_since < p.refused_again_weeks
