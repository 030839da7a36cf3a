"""Parameters of people: who registers, what they feel, how they search, when they leave."""

from __future__ import annotations

from typing import NamedTuple


class Inflow(NamedTuple):
    """New registrations (sim/processes/registration.py)."""

    ordinary_per_1000: float
    reduced_per_1000: float


class People(NamedTuple):
    """Who registers: medians by group, one common factor, shares (sim/processes/registration.py)."""

    skill: float
    skill_reduced: float
    language: float
    language_reduced: float
    health: float
    health_reduced: float
    care: float
    care_reduced: float
    worries: float
    worries_reduced: float
    know_how: float
    know_how_reduced: float
    network: float
    network_reduced: float
    drive: float
    drive_reduced: float
    trust: float
    trust_reduced: float
    spread: float
    loading: float
    capacity_floor: float
    capacity_care: float
    age_low: float
    age_low_reduced: float
    age_high: float
    borrowed_wish: float
    mental_gap: float
    mental_gap_reduced: float
    wage: float
    jobless_weeks: float
    jobless_weeks_reduced: float
    aap_reduced: float
    social_reduced: float
    unemployment_benefit: float
    social: float


class Search(NamedTuple):
    """Search and what employers see (sim/processes/search.py)."""

    looks: float
    will: float
    typical_will: float
    hours_care: float
    hours_health: float
    hours_worries: float
    benefit_drag: float
    end_effort: float
    end_reservation: float
    end_weeks: float
    lock_in_course: float
    lock_in_aft: float
    lock_in_training: float
    lock_in_follow_up: float
    lock_in_kvp: float
    lock_in_education: float
    lock_in_subsidised: float
    lock_in_part_time: float
    hours_slack: float
    fewer_hours: float
    shift_care: float
    travel: float
    widen: float
    widen_weeks: float
    papers: float
    skill: float
    language: float
    health: float
    know_how: float
    network: float
    hidden_reach: float
    gap: float
    gap_tightness: float
    usual_tightness: float
    gap_onset: float
    gap_weeks: float
    mental_gap: float
    visible_limits: float
    reference: float
    noise: float


class Feelings(NamedTuple):
    """Motivation, trust, wellbeing, health (sim/processes/feelings.py)."""

    pull: float
    failed: float
    failed_efficacy: float
    idle: float
    idle_in_queue: float
    idle_on_measure: float
    lift: float
    eased: float
    worry: float
    neglect: float
    carousel: float
    wellbeing_pull: float
    shock_week: float
    shock_size: float
    returns: float
    heal: float
    recovery: float
    health_rest: float


class Exits(NamedTuple):
    """Benefits that end, pensions, exits (sim/processes/exits.py)."""

    pension_year: float
    pension_health: float
    pension_motivation: float
    pension_unmapped: float
    leave_year: float
    leave_year_reduced: float
    leave_motivation: float
    leave_trust: float
    leave_no_benefit: float
    leave_sanction: float
    return_year: float
    unemployment_benefit_weeks: float
    aap_weeks: float
    social_after: float
    aap_health: float
    aap_back: float
    review_weeks: float
    retirement_age: float
