"""Parameters of the measures that NAV buys: tenders, companies, courses, work training, education."""

from __future__ import annotations

from typing import NamedTuple


class Assessment(NamedTuple):
    """Assessment of work capacity, avklaring (sim/processes/assessment.py)."""

    weeks: float
    mapping_week: float
    rate: float
    take_up: float


class Tendering(NamedTuple):
    """Tenders and bids (sim/processes/tendering.py)."""

    lead_weeks: float
    bunching: float
    validity: float
    sharpness: float
    reputation: float
    ceiling: float
    price_noise: float
    lowest_wage: float
    stretch: float
    skill_wage_slope: float
    instructor_wage_slope: float
    skill_staffing_slope: float
    on_file: float
    profiles: float
    thrift: float
    volume_fixed: float
    self_preservation: float
    bid_weeks: float
    bid_hours: float
    audit_penalty: float
    audit_memory: float
    audit_fade: float
    clause_check: float
    job_risk: float
    participants: float
    choice: float
    choice_fade: float
    fill_memory: float
    course_overhead: float
    job_search_price: float
    vocational_price: float
    aft_rate: float
    aft_wage: float
    aft_staff: float


class Courses(NamedTuple):
    """Courses and instructors (sim/processes/courses.py)."""

    attention: float
    demand_decay: float
    register_weeks: float
    registers: float
    quit_year: float
    insecurity: float
    foreseeable: float
    leave_trade_weeks: float
    quit_wage: float
    going_wage: float
    preparation: float
    mixed: float
    soft: float
    fixed_hours: float
    novice_skill: float
    hiring_noise: float
    take_up: float
    wait_wear: float
    leave_year: float
    seats: float
    late_start_weeks: float
    weeks_job_search: float
    weeks_vocational: float
    weeks_aft: float
    rate_know_how: float
    rate_skill: float
    rate_language: float
    rate_efficacy: float
    mastery: float
    mastery_quality: float
    misfit: float
    ownership: float
    typical_motivation: float
    broken_trust: float
    result_fade: float
    word_of_mouth: float


class Providers(NamedTuple):
    """Companies' money and its end (sim/processes/providers.py)."""

    reserve: float
    head_office: float
    cost_error: float
    lays_off: float
    ruin: float


class Workshop(NamedTuple):
    """The drop-in workshop (sim/processes/workshop.py)."""

    staff_skill: float
    month: float
    visits: float
    peers: float
    rate_know_how: float
    rate_efficacy: float
    rate_motivation: float


class WorkTraining(NamedTuple):
    """Unpaid practice at an employer (sim/processes/work_training.py)."""

    weeks: float
    free_labour: float
    rate_skill: float
    rate_language: float
    rate_efficacy: float
    taste: float
    only_takes: float
    aft_weeks: float
    narrow_duties: float
    filled_cv: float
    hires: float
    subsidised: float


class Education(NamedTuple):
    """Ordinary education on a benefit (sim/processes/education.py)."""

    apply_week: float
    papers: float
    apply_weeks: float
    term_weeks: float
    shortest_weeks: float
    longest_weeks: float
    rate_skill: float
    leave_year: float
