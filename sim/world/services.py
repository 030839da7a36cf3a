"""Parameters of NAV's own services: supervisors, referral, Supported Employment, the Qualification Programme."""

from __future__ import annotations

from typing import NamedTuple


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
    offer_share: float
    offer_minutes: float
    offer_looks: float
    offer_missing: float
    offer_unwished: float
    offer_declined: float
    decline_ends: float
    available_motivation: float
    sanction_weeks: float
    sanction_trust: float
    work_up: float
    help_health: float
    knowledge_hour: float
    knowledge_floor: float
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
    plan_ordinary: float
    plan_weeks: float
    narrow_menu: tuple[float, ...]
    help_minutes: float
    refused_again_weeks: float
    kvp_no_benefit_weeks: float
    kvp_assistance_weeks: float
    kvp_need: float


class Delivery(NamedTuple):
    """What differs between the two forms of delivering Supported Employment: [in-house, outsourced] (S2)."""

    tendered: tuple[float, ...]
    wage: tuple[float, ...]
    overhead: tuple[float, ...]
    caseload_factor: tuple[float, ...]
    insecurity: tuple[float, ...]
    knows_file: tuple[float, ...]
    file_shared: tuple[float, ...]
    knowledge_to_nav: tuple[float, ...]
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
    intake_slope: float
    hurry: float
    hurry_transition: float
    hurry_paid: float
    hurry_stretch: float
    hurry_pay: float
    hurry_end: float
    job_margin: float
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
    train_bar_speed: float
    usual_barriers: float
    train_worries: float
    train_efficacy: float
    train_motivation: float
    train_skill: float
    pressed: float
    settled_weeks: float
    settled_match: float
    settled_longest: float
    outside_seeking: float
    go_out: float


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
    transition_clients: float
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
    pull: tuple[float, ...]
    pull_wellbeing: float
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
    mentor_social: float
