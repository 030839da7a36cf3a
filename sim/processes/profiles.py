"""Profiles: which instructors a company has on file, and whom its bid names (T3).

A profile stands on several companies' files, so that the same people stand in several bids; on whose course they will
stand is another matter. Files are pair draws of instructor and company, for good.
"""

from __future__ import annotations

from sim.agents.course import BETWEEN_CONTRACTS, LOT_JOB_SEARCH, LOT_VOCATIONAL, N_CONTRACTS
from sim.compiled import compiled, rule
from sim.processes.instructors import accepts_wage
from sim.streams import PROFILE, pair4


@rule
def on_file(p, instructor, company, stream):
    """Whether a company has an instructor's profile."""
    return pair4(stream, PROFILE, instructor, company, 0)[0] < p.on_file


@rule
def can_be_bound(course, provider, state, employer, demand, idle_weeks, wage):
    """Whether an instructor could be bound by a bid: free, or already there, and content with the wage (T14)."""
    return (state == BETWEEN_CONTRACTS or employer == provider) and accepts_wage(course, demand, idle_weeks, wage)


@compiled
def bound_elsewhere(contracts, profiles, j, region, lot):
    """Whether a continuity clause binds an instructor to the other kind of course, now or next (T14)."""
    other = LOT_JOB_SEARCH + LOT_VOCATIONAL - lot
    c = region * N_CONTRACTS + other - 1
    if profiles.named[j, other - 1] and contracts.bound[c]:
        return True
    return profiles.next_named[j, other - 1] > 0 and contracts.next_provider[c] >= 0 and contracts.next_bound[c] > 0


@compiled
def trade_skill(profiles, region):
    """Mean skill of a region's instructors."""
    skill, n = 0.0, 0
    for j in range(profiles.state.size):
        if profiles.state[j] and profiles.region[j] == region:
            skill += profiles.skill[j]
            n += 1
    return skill / max(1, n)


@compiled
def _to_be_bound(course, contracts, profiles, j, region, lot, provider, wage):
    """Whether a company could bind an instructor to a course of this lot at this wage."""
    free = can_be_bound(
        course, provider, profiles.state[j], profiles.provider[j], profiles.demand[j], profiles.idle_weeks[j], wage
    )
    return free and not bound_elsewhere(contracts, profiles, j, region, lot)


@compiled
def _above(p, course, contracts, profiles, region, lot, company, provider, wage, least, stream):
    """Number and sum of skills of those on file from ``least`` skill on (of those who would be bound, at a wage)."""
    n, skills = 0.0, 0.0
    for j in range(profiles.state.size):
        if profiles.state[j] and profiles.region[j] == region and profiles.skill[j] >= least:
            if wage > 0.0 and not _to_be_bound(course, contracts, profiles, j, region, lot, provider, wage):
                continue
            if on_file(p, profiles.id[j], company, stream):
                n += 1.0
                skills += profiles.skill[j]
    return n, skills


@compiled
def _least_skill(p, course, contracts, profiles, region, lot, company, provider, number, wage, stream):
    """Skill from which on there are ``number`` on file, by bisection (0 when there are fewer)."""
    n, _ = _above(p, course, contracts, profiles, region, lot, company, provider, wage, 0.0, stream)
    if n <= number:
        return 0.0
    low, high = 0.0, 1.0
    for _ in range(12):
        middle = 0.5 * (low + high)
        n, _ = _above(p, course, contracts, profiles, region, lot, company, provider, wage, middle, stream)
        if n > number:
            low = middle
        else:
            high = middle
    return high


@compiled
def best_on_file(p, course, contracts, profiles, region, lot, company, provider, number, wage, stream):
    """Mean skill of the best ``number`` on file; a place that nobody is there for counts as none.

    With a wage (above 0) only of those who could be bound at it.
    """
    least = _least_skill(p, course, contracts, profiles, region, lot, company, provider, number, wage, stream)
    n, skills = _above(p, course, contracts, profiles, region, lot, company, provider, wage, least, stream)
    return skills / max(n, number) if wage > 0.0 else skills / max(1.0, n)


@compiled
def name_profiles(p, course, contracts, profiles, region, lot, company, provider, number, wage, stream):
    """Mark those whom the winning bid names for the next contract. Returns their mean skill."""
    least = _least_skill(p, course, contracts, profiles, region, lot, company, provider, number, wage, stream)
    n, skills = 0.0, 0.0
    for j in range(profiles.state.size):
        if profiles.region[j] != region:
            continue
        profiles.next_named[j, lot - 1] = 0
        if not profiles.state[j] or profiles.skill[j] < least:
            continue
        if wage > 0.0 and not _to_be_bound(course, contracts, profiles, j, region, lot, provider, wage):
            continue
        if on_file(p, profiles.id[j], company, stream):
            profiles.next_named[j, lot - 1] = 1
            n += 1.0
            skills += profiles.skill[j]
    return skills / max(1.0, n)
