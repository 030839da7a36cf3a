"""The arms that the patterns compare: levers change at the policy date at once, worlds from the first week."""

from __future__ import annotations

from typing import Any

from sim.evaluation.pattern import Arm

NO_PHASE = {"policy.se.phase_in_weeks": 0, "policy.supervisors.phase_in_weeks": 0}
LONG = 468
YEARS_FOLLOWED = 156


def arm(weeks: int = 104, spells: bool = False, **change: Any) -> Arm:
    """An arm; ``se__caseload`` stands for policy.se.caseload, ``world__gaze__training`` for world.gaze.training."""
    named = {}
    for name, value in change.items():
        path = name.replace("__", ".")
        named[path if path.startswith(("world.", "population")) else f"policy.{path}"] = value
    return Arm({**NO_PHASE, **named}, weeks, spells)


def _world(name: str, **change: Any) -> Arm:
    made = arm(spells=True, **change)
    return Arm({"world": name, **made.change}, made.weeks, made.spells)


_NO_COURSES: dict[str, Any] = {"courses__job_search_places_per_1000": 0, "courses__vocational_places_per_1000": 0}
_NO_SKILL: dict[str, Any] = {"world__contact__know_how_hour": 0}
_NO_MOTIVATION: dict[str, Any] = {"world__contact__motivation_hour": 0}
_NO_MEMORY: dict[str, Any] = {
    "world__brokering__good_opens": 0,
    "world__brokering__bad_closes": 0,
    "world__brokering__yes_belief": 0,
    "world__brokering__yes_openness": 0,
}
_TENDERED: dict[str, Any] = {"se__delivery": "outsourced"}

ARMS: dict[str, Arm] = {
    "baseline": arm(spells=True),
    # Supervisors
    "caseload 15": arm(supervisors__caseload=15),
    "caseload 30": arm(spells=True, supervisors__caseload=30),
    "caseload 60": arm(supervisors__caseload=60),
    "caseload 100": arm(supervisors__caseload=100),
    "caseload 200": arm(supervisors__caseload=200),
    **{
        f"caseload {n}, {name}": arm(supervisors__caseload=n, **world)
        for n in (30, 120)
        for name, world in (
            ("skill only", _NO_MOTIVATION),
            ("motivation only", _NO_SKILL),
            ("neither", {**_NO_SKILL, **_NO_MOTIVATION}),
        )
    },
    # Supported Employment
    "no SE": arm(spells=True, se__places_per_1000=0),
    "no SE, caseload 30": arm(spells=True, se__places_per_1000=0, supervisors__caseload=30),
    "no SE, more AFT": arm(spells=True, se__places_per_1000=0, courses__aft_places_per_1000=82),
    "no SE, no AFT": arm(spells=True, se__places_per_1000=0, courses__aft_places_per_1000=0),
    "in-house": arm(spells=True, se__delivery="in_house"),
    "tendered": arm(spells=True, **_TENDERED),
    "follow-up 4 weeks": arm(spells=True, se__follow_up_weeks=4),
    "follow-up 52 weeks": arm(spells=True, se__follow_up_weeks=52),
    "30 clients, weeks": arm(spells=True, se__caseload=30, se__discharge="weeks", se__follow_up_weeks=52),
    "30 clients, pressure": arm(spells=True, se__caseload=30, se__discharge="pressure", se__follow_up_weeks=52),
    "target 9, pressure": arm(spells=True, se__placement_target=9, se__discharge="pressure"),
    "target 0, pressure": arm(spells=True, se__placement_target=0, se__discharge="pressure"),
    "no targets": arm(se__targets="none"),
    "tendered, paid by place": arm(YEARS_FOLLOWED, spells=True, **_TENDERED, tender__outcome_pay=0),
    "tendered, paid by job": arm(YEARS_FOLLOWED, spells=True, **_TENDERED, tender__outcome_pay=1),
    "mentors": arm(mentor__use=0.5, mentor__systematic=1),
    "no mentors": arm(mentor__use=0),
    # Measures
    "no courses": arm(spells=True, **_NO_COURSES),
    "three times the courses": arm(courses__job_search_places_per_1000=30, courses__vocational_places_per_1000=42),
    "no AFT": arm(spells=True, courses__aft_places_per_1000=0),
    "no work training": arm(spells=True, courses__work_training_places_per_1000=0),
    "no wage subsidy": arm(spells=True, subsidy__use=0),
    "long": arm(LONG, spells=True, courses__education_places_per_1000=20),
    "long, no vocational course": arm(
        LONG, spells=True, courses__education_places_per_1000=20, courses__vocational_places_per_1000=0
    ),
    "long, no job-search course": arm(
        LONG, spells=True, courses__education_places_per_1000=20, courses__job_search_places_per_1000=0
    ),
    "long, no wage subsidy": arm(LONG, spells=True, courses__education_places_per_1000=20, subsidy__use=0),
    "long, no education": arm(LONG, spells=True, courses__education_places_per_1000=0),
    "queues do not wear": arm(spells=True, world__feelings__idle_in_queue=1),
    "queues do not wear, no work training": arm(
        spells=True, world__feelings__idle_in_queue=1, courses__work_training_places_per_1000=0
    ),
    # Employers and the market
    "employers forget": arm(spells=True, **_NO_MEMORY),
    "slack": _world("slack"),
    "slack, no SE": _world("slack", se__places_per_1000=0),
    "tight": _world("tight"),
    "tight, no SE": _world("tight", se__places_per_1000=0),
    "benefit 0.65": arm(spells=True, world__money__unemployment_rate=0.65),
    "benefit 0.60": arm(spells=True, world__money__unemployment_rate=0.6),
    # Tenders: rounds every half-year, so that there are enough of them
    **{
        f"rounds, price {weight}": Arm(
            {**NO_PHASE, "policy.tender.price_weight": weight, "policy.tender.contract_weeks": 26}, LONG, rounds=True
        )
        for weight in (0.3, 0.4, 0.8)
    },
    "price competition": arm(260, tender__price_weight=0.8, tender__contract_weeks=26),
    "no price competition": arm(260, tender__price_weight=0, tender__contract_weeks=208),
}
