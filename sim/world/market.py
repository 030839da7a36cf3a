"""Parameters of jobs, employers and money, and of the institutions at the start."""

from __future__ import annotations

from typing import NamedTuple


class Vacancies(NamedTuple):
    """Vacancies (sim/processes/vacancies.py)."""

    per_unemployed: float
    duration_weeks: float
    positions_per_unemployed: float
    rest: float
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


class Hiring(NamedTuple):
    """Hiring and the match (sim/processes/hiring.py)."""

    competitors: float
    competitors_tightness: float
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
    assisted_hours: float
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
    mentor_open: float
    mentor_usual_open: float
    mentor_weeks: float
    mentor_weeks_reduced: float


class Employment(NamedTuple):
    """Which jobs last (sim/processes/employment.py)."""

    separation_year: float
    early: float
    fit: float
    follow_up: float
    placed: float
    placed_weeks: float
    caught: float
    wanted: float
    typical_motivation: float
    burden: float
    mentor: float
    mentor_support: float
    mentor_learning: float
    mentor_warns: float
    warned_minutes: float
    trouble_weeks: float
    trouble_ends: float
    supervisor_helps: float
    included: float
    permanent_factor: float
    permanent_later: float
    reluctance: float
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
