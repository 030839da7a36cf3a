"""Haste in Supported Employment: what contracts and targets do to a specialist's steps (S1, S2, S4, S5, S11, K3, T13).

The more a contract has stretched the caseload and cut the pay, towards its end, and the further a specialist is behind
on placements or on the share who go to work, as long as quick jobs count,

    haste = the contract's + (hurry * behind + hurry_transition * behind on transition + hurry_paid * chases)
                             * exp(-weeks a job must last to count / 26)

Parameters ``p``: ``world.supported_employment``.
"""

from __future__ import annotations

import math

from sim.agents.jobseeker import FIND_EMPLOYER, FOLLOW_UP_AT_WORK, MATCH
from sim.compiled import rule

# Choices of the lever, as declared in the policy schema.
AT_EXIT, SIX_MONTHS, TWO_YEARS, WELLBEING = range(4)  # what counts as a result (K3)


@rule
def counts_after(success):
    """Weeks that a job must last to count as a result; where wellbeing counts, no job is waited for (K3)."""
    return 26.0 if success == SIX_MONTHS else (104.0 if success == TWO_YEARS else 0.0)


@rule
def worth_of_haste(p, success):
    """Chance that a hasty job lasts long enough to count, as a specialist reckons; none where wellbeing counts (K3)."""
    return 0.0 if success == WELLBEING else math.exp(-counts_after(success) / p.quick_job_weeks)


@rule
def contract_haste(p, stretched, pay_cut, weeks_left):
    """Steps cut because of what the contract did: longer caseloads than promised, low pay, an end in sight (S2, T15).

    Who holds a post without a contract's end, at the going wage and with the clients promised, is in no haste.
    """
    ending = p.hurry_end * math.exp(-max(0.0, weeks_left) / 26.0)
    return p.hurry_stretch * max(0.0, stretched) + p.hurry_pay * max(0.0, pay_cut) + ending


@rule
def hastened(p, by_contract, behind, behind_transition, chases, worth):
    """Share of the steps before the match that is cut (S1, S2, S4, S5, T13)."""
    hurry = p.hurry * behind + p.hurry_transition * behind_transition + p.hurry_paid * chases
    return min(0.8, by_contract + hurry * worth)


@rule
def goes_out(p, behind_outside):
    """Share of the hours for clients that goes into visits, for the sake of time out of the office (S4, S5)."""
    return p.go_out * behind_outside


@rule
def out_of_office(p, step):
    """Share of a client's minutes that is spent out of the office (S4)."""
    if step == FOLLOW_UP_AT_WORK:
        return 1.0
    return p.outside_seeking if step in (FIND_EMPLOYER, MATCH) else 0.0


@rule
def weight_on_client(p, lever, haste, worth):
    """Weight of the client's fit in matching: less in haste, more when only lasting jobs count (S11, K3)."""
    weight = lever * (1.0 - haste)
    return weight + (1.0 - weight) * p.lasting * (1.0 - worth)
