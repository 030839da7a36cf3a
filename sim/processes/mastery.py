"""What a week on a course does to motivation: teaching that reaches one, a course that does not answer (T8, T9, T19).

    motivation += mastery * (own quality - mastery_quality) * motivation * (1 - motivation)
                  - misfit * missed * motivation

with own quality that of the teaching as it reaches the person: less for whom the hours do not fit or the approach does
not reach. Missed is how much better another measure would have answered to the person's situation.
"""

from __future__ import annotations

from sim.agents.jobseeker import AFT, JOB_SEARCH_COURSE, VOCATIONAL_COURSE, WORK_TRAINING
from sim.compiled import compiled, rule
from sim.processes.referral import need
from sim.processes.teaching import owned


@rule
def mastered(p, quality, drive, motivation):
    """A week's lift of motivation: teaching that reaches the person beyond ``mastery_quality`` (T8, T9, T19)."""
    own = quality * owned(p, drive) / p.typical_motivation
    return p.mastery * (own - p.mastery_quality) * (1.0 - motivation) * motivation


@rule
def worn(p, missed, motivation):
    """Motivation that a week on a course wears which answers this much less than another measure would (T9)."""
    return p.misfit * missed * motivation


@compiled
def _answers(people, i, usual, measure):
    """How far a measure answers to a person's situation: the true need of it above what is usual (V3)."""
    true_need = need(
        measure,
        people.skill[i],
        people.language[i],
        people.health[i],
        people.know_how[i],
        people.worries[i],
        people.capacity[i],
        people.efficacy[i],
        people.mapped[i],
    )
    return true_need - usual[measure]


@compiled
def missed(people, i, usual, measure):
    """How much better another measure of this kind would have answered to a participant's situation."""
    here = _answers(people, i, usual, measure)
    best = here
    for other in (JOB_SEARCH_COURSE, VOCATIONAL_COURSE, AFT, WORK_TRAINING):
        if other != measure and (other != AFT or people.reduced[i]):
            best = max(best, _answers(people, i, usual, other))
    return best - here
