"""The schema of ``configs/world/``: one class a section, one field a parameter.

Values, units, ranges, status and sources live in the YAML files and nowhere else; this file only says which
parameters exist, so that a compiled process knows what it gets. A list of numbers is an array.
"""

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


class Caseloads(NamedTuple):
    """Supervisors as a workforce (sim/processes/caseloads.py)."""

    quit_year: float
    quit_gaze: float
    surplus_kept: float
    broken_trust: float
    handed_on: float
    hiring_weeks: float
    uneven: float
    ramp_up_weeks: float
    first_gaze: float
    first_contact: float


class Contact(NamedTuple):
    """A supervisor's week (sim/processes/contact.py)."""

    hours_week: float
    internal_share: float
    message_minutes: float
    meeting_minutes: float
    longest_meeting: float
    basic_minutes: float
    weight_on_measure: float
    trust_hour: float
    motivation_hour: float
    mapping_minutes: float
    barrier_hour: float
    know_how_hour: float
    no_show_motivation: float
    no_show_care: float
    sanction: float
    sanction_floor: float
    availability_check: float
    available_motivation: float
    sanction_weeks: float
    sanction_trust: float
    memory: float


class Gaze(NamedTuple):
    """The supervisor's gaze (sim/processes/gaze.py)."""

    training: float
    threshold_minutes: float
    scale_minutes: float
    speed: float


class Referral(NamedTuple):
    """Referral on partial knowledge (sim/processes/referral.py)."""

    first_weeks: float
    statutory_weeks: float
    considered: float
    fit: float
    standard_guess: float
    noise: float
    seats: float
    queue: float
    turnover_weeks: float
    again: float
    alone: float
    alone_short: float
    subsidy_taste: float
    set_up_minutes: float


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
    skill_staffing_slope: float
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
    quit_year: float
    leave_trade_weeks: float
    quit_wage: float
    going_wage: float
    novice_skill: float
    hiring_noise: float
    take_up: float
    wait_wear: float
    refusal_sanction: float
    refusal_weeks: float
    seats: float
    late_start_weeks: float
    weeks_job_search: float
    weeks_vocational: float
    weeks_aft: float
    weeks_work_training: float
    free_labour: float
    rate_know_how: float
    rate_skill: float
    rate_language: float
    rate_efficacy: float
    mastery: float
    mastery_quality: float
    misfit: float
    broken_trust: float
    rate_work_training: float
    rate_work_language: float
    rate_work_efficacy: float
    result_fade: float


class Delivery(NamedTuple):
    """What differs between the two forms of delivering Supported Employment: [in-house, outsourced] (S2)."""

    tendered: tuple[float, ...]
    wage: tuple[float, ...]
    overhead: tuple[float, ...]
    caseload_factor: tuple[float, ...]
    insecurity: tuple[float, ...]
    intake_slope: tuple[float, ...]
    knows_file: tuple[float, ...]
    file_shared: tuple[float, ...]
    knowledge_to_nav: tuple[float, ...]
    haste: tuple[float, ...]
    admin_share: tuple[float, ...]


class SupportedEmployment(NamedTuple):
    """The five steps (sim/processes/supported_employment.py)."""

    motivation_sd: float
    map_minutes_week: float
    match_minutes_week: float
    follow_up_first: float
    follow_up_late: float
    mentor_relief: float
    handed_on: float
    mapping_minutes: float
    meet_minutes: float
    map_minutes: float
    find_minutes: float
    longest_service: float
    ramp_up_weeks: float
    knowledge_hour: float
    knowledge_fade: float


class Specialists(NamedTuple):
    """Job specialists as a workforce (sim/processes/specialists.py)."""

    quit_year: float
    quit_stress: float
    quit_wage: float
    going_wage: float
    stress_load: float
    stress_individual: float
    stress_team: float
    stress_failed: float
    stress_offset: float
    stress_speed: float
    first_stress: float
    failed_fade: float
    hiring_weeks: float
    skill: float
    skill_wage: float
    skill_spread: float
    broken_trust: float


class Brokering(NamedTuple):
    """Visits, proposals, what employers learn (sim/processes/brokering.py)."""

    visit_minutes: float
    upkeep_share: float
    visit_gain: float
    visit_opens: float
    relation_fade: float
    fade: float
    attempts_week: float
    client_weight: float
    make_job: float
    yes_base: float
    yes_openness: float
    yes_belief: float
    yes_relation: float
    yes_looks: float
    yes_subsidy: float
    subsidy_share: float
    refused_efficacy: float
    barrier_threshold: float
    barrier_scale: float
    evidence_cap: float
    good_opens: float
    bad_closes: float
    inclusion_gain: float


class Vacancies(NamedTuple):
    """Vacancies (sim/processes/vacancies.py)."""

    per_unemployed: float
    duration_weeks: float
    positions_per_unemployed: float
    withdrawn_weeks: float
    spread: float


class Sectors(NamedTuple):
    """Six sectors, in the order of sim/agents/employer.py."""

    share: tuple[float, ...]
    requirement: tuple[float, ...]
    language: tuple[float, ...]
    strain: tuple[float, ...]
    part_time: tuple[float, ...]
    shift: tuple[float, ...]
    wage: tuple[float, ...]


class Search(NamedTuple):
    """Search and what employers see (sim/processes/search.py)."""

    looks: float
    benefit_drag: float
    lock_in_course: float
    lock_in_aft: float
    lock_in_training: float
    lock_in_follow_up: float
    lock_in_kvp: float
    lock_in_subsidised: float
    lock_in_part_time: float
    hours_slack: float
    shift_care: float
    widen: float
    widen_weeks: float
    skill: float
    language: float
    health: float
    know_how: float
    network: float
    gap: float
    gap_weeks: float
    mental_gap: float
    visible_limits: float
    noise: float


class Hiring(NamedTuple):
    """Hiring and the match (sim/processes/hiring.py)."""

    competitors: float
    competitor_mean: float
    competitor_sd: float
    standard: float
    standard_falls: float
    reservation: float
    subsidy_score: float
    permanent_at_start: float
    full_hours: float
    match_base: float
    match_skill: float
    match_calling: float
    match_health: float
    match_language: float
    match_hours: float
    match_environment: float
    match_noise: float


class Employment(NamedTuple):
    """Which jobs last (sim/processes/employment.py)."""

    separation_year: float
    early: float
    fit: float
    follow_up: float
    mentor: float
    permanent_factor: float
    permanent_later: float
    keep_base: float
    keep_match: float
    keep_support: float
    straight_on: float
    straight_on_reduced: float
    benefit_work_weeks: float
    remembered: float
    language_week: float
    mastery_week: float
    mastery_match: float
    capacity_week: float
    hours_week: float


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
    retirement_age: float
    kvp_weeks: float


class Money(NamedTuple):
    """Rates and costs in NOK of 2019 (sim/processes/money.py)."""

    basic_amount: float
    unemployment_rate: float
    aap_rate: float
    aap_floor: float
    pension_floor: float
    social_month: float
    supervisor_year: float
    tax: float
    mentor_month: float
    mentor_weeks: float
    tender_round: float
    overhead_spent: float
    course_running: float


class Institutions(NamedTuple):
    """Institutions at the start (sim/population.py)."""

    ordinary_share: float
    employers_per_1000: float
    first_spell: float
    first_spell_reduced: float
    size_median: float
    size_spread: float
    social: float
    environment: float
    belief: float
    evidence: float
    practice_spread: float
    belief_spread: float
    office_knowledge: float
    companies: float
    efficiency_spread: float
    instructors_per_1000: float
    instructor_skill: float
    instructor_spread: float


class World(NamedTuple):
    """All parameters of the simulated world, by section."""

    inflow: Inflow
    people: People
    caseloads: Caseloads
    contact: Contact
    gaze: Gaze
    referral: Referral
    tendering: Tendering
    courses: Courses
    delivery: Delivery
    supported_employment: SupportedEmployment
    specialists: Specialists
    brokering: Brokering
    vacancies: Vacancies
    sectors: Sectors
    search: Search
    hiring: Hiring
    employment: Employment
    feelings: Feelings
    exits: Exits
    money: Money
    institutions: Institutions
