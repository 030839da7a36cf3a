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
    quit_progress: float
    surplus_kept: float
    broken_trust: float
    handed_on: float
    hiring_weeks: float
    uneven: float
    ramp_up_weeks: float
    first_gaze: float
    office_view: float
    first_contact: float
    first_progress: float


class Contact(NamedTuple):
    """A supervisor's week (sim/processes/contact.py)."""

    hours_week: float
    internal_share: float
    training_share: float
    figures_share: float
    message_minutes: float
    distance: float
    meeting_minutes: float
    longest_meeting: float
    basic_minutes: float
    weight_on_measure: float
    trust_hour: float
    motivation_hour: float
    mapping_hour: float
    barrier_hour: float
    narrow_mandate: float
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
    progress: float
    speed: float


class Referral(NamedTuple):
    """Referral on partial knowledge (sim/processes/referral.py)."""

    first_weeks: float
    statutory_weeks: float
    considered: float
    fit: float
    standard_guess: float
    guess_spread: float
    noise: float
    seats: float
    queue: float
    turnover_weeks: float
    again: float
    alone: float
    alone_short: float
    subsidy_taste: float
    set_up_minutes: tuple[float, ...]
    easy: float
    easy_minutes: float
    standard_tools: float
    own_experience: float
    first_result: float
    seen_weight: float
    notices: float
    figures: float
    unlearn: float
    counted_weight: float
    ready: float
    ready_motivation: float
    next_measure: float
    plan_weeks: float
    narrow_menu: tuple[float, ...]
    refused_again_weeks: float
    kvp_no_benefit_weeks: float


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
    participants: float
    choice: float
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
    refusal_sanction: float
    refusal_weeks: float
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
    stake: float
    stake_failed: float
    hurry: float
    hurry_paid: float
    quick_job_weeks: float
    lasting: float
    prospect_pull: float
    prospect_sd: float
    parked: float
    park_below: float
    park_width: float
    train_minutes_week: float
    train_minutes: float
    train_threshold: float
    usual_barriers: float
    train_worries: float
    train_efficacy: float
    train_motivation: float
    train_skill: float
    pressed: float
    settled_weeks: float
    settled_match: float
    settled_longest: float


class Specialists(NamedTuple):
    """Job specialists as a workforce (sim/processes/specialists.py)."""

    quit_year: float
    quit_stress: float
    quit_wage: float
    going_wage: float
    stress_load: float
    stress_behind: float
    team_felt: float
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
    taken_over: float
    relations_handed_on: float
    results_weeks: float
    visits_weeks: float
    lesson: float
    team_lessons: float
    exchange_minutes: float


class Brokering(NamedTuple):
    """Visits, proposals, what employers learn (sim/processes/brokering.py)."""

    visit_minutes: float
    upkeep_share: float
    visit_gain: float
    visit_opens: float
    relation_fade: float
    fade: float
    attempts_week: float
    judgement: float
    make_job: float
    extra_share: float
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
    experience_weight: float
    good_opens: float
    bad_closes: float
    inclusion_gain: float
    inclusion_mentor: float
    relation_lost: float
    relation_won: float
    rest_subsidy: float
    rest_belief: float
    gaming: float
    cover_size: float
    subsidy_softens: float
    mentor_softens: float
    mentor_fetches: float


class Vacancies(NamedTuple):
    """Vacancies (sim/processes/vacancies.py)."""

    per_unemployed: float
    duration_weeks: float
    positions_per_unemployed: float
    withdrawn_weeks: float
    spread: float
    growth_spread: float
    growth_weeks: float
    lumpy: float
    threshold: float
    small: float
    cycle: float
    cycle_weeks: float
    cycle_start: float
    hidden: float


class Sectors(NamedTuple):
    """Six sectors, in the order of sim/agents/employer.py."""

    share: tuple[float, ...]
    requirement: tuple[float, ...]
    language: tuple[float, ...]
    strain: tuple[float, ...]
    part_time: tuple[float, ...]
    colleagues: tuple[float, ...]
    shift: tuple[float, ...]
    wage: tuple[float, ...]


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
    gap_onset: float
    gap_weeks: float
    mental_gap: float
    visible_limits: float
    reference: float
    noise: float


class Hiring(NamedTuple):
    """Hiring and the match (sim/processes/hiring.py)."""

    competitors: float
    competitor_mean: float
    competitor_sd: float
    standard: float
    standard_falls: float
    reservation: float
    dream: float
    start_delay: float
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
    tailored: float
    worth_base: float
    worth_match: float
    assessment_error: float
    low_capacity: float


class Employment(NamedTuple):
    """Which jobs last (sim/processes/employment.py)."""

    separation_year: float
    early: float
    fit: float
    follow_up: float
    placed: float
    placed_weeks: float
    burden: float
    mentor: float
    mentor_support: float
    mentor_learning: float
    mentor_warns: float
    included: float
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
    capacity_health: float
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


class Kvp(NamedTuple):
    """The Qualification Programme (sim/processes/kvp.py, sim/processes/kvp_employers.py)."""

    refused_weeks: float
    refused_trust: float
    way_spread: float
    cream: float
    absence: float
    absence_life: float
    unpaid_deters: float
    unpaid_worry: float
    fit: float
    own_view: float
    standard_guess: float
    again: float
    noise: float
    target: float
    ideals: float
    hold_out: float
    activity: float
    language_week: float
    skill_week: float
    study_week: float
    practice_week: float
    know_how_week: float
    life_week: float
    health_week: float
    reveal_week: float
    block_weeks: float
    study_weeks: float
    practice_weeks: float
    taste_weeks: float
    host_wait_weeks: float
    set_up_minutes: float
    stop: float
    extension_base: float
    extension_progress: float
    clear: float
    clear_health: float
    clear_mapped: float
    case_minutes: float
    host_minutes: float
    ask_minutes: float
    ask_share: float
    attempts_week: float
    hire_after: float
    mentor_teaches: float
    mentor_saves: float


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
    cover: float
    jobs_per_place_year: float
    tender_round: float
    overhead_spent: float
    course_running: float
    education_year: float
    kvp_young_age: float
    kvp_young_share: float
    kvp_activity_year: float


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
    instructor_approach: float
    approach_spread: float


class World(NamedTuple):
    """All parameters of the simulated world, by section."""

    inflow: Inflow
    people: People
    caseloads: Caseloads
    contact: Contact
    gaze: Gaze
    referral: Referral
    assessment: Assessment
    tendering: Tendering
    courses: Courses
    work_training: WorkTraining
    education: Education
    providers: Providers
    workshop: Workshop
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
    kvp: Kvp
    money: Money
    institutions: Institutions
