"""The studies and chains that the domain asks for, declared: what is varied, what is expected, what is looked at."""

from __future__ import annotations

from types import MappingProxyType

from sim.evaluation.ablation import Contrast, Expect, Overrides
from sim.evaluation.mechanisms.tenders import MANY_COURSES
from sim.evaluation.study import Chain, Study

CREAMING = Study(
    "creaming",
    "Creaming by motivation at intake to Supported Employment",
    "Intake prefers those with 'the engine running', because a bad match harms an employer relation that later clients "
    "need (S8). By lottery, intake is fairer at first, then dearer for all through closed doors, unless employers are "
    "covered against a match that fails (S12).",
    {
        "motivation": {"scenario": "se_in_house"},
        "lottery": {"scenario": "se_in_house", "policy.se.intake": "lottery"},
        "need": {"scenario": "se_in_house", "policy.se.intake": "need"},
        "lottery, covered": {"scenario": "se_in_house", "policy.se.intake": "lottery", "policy.se.cover": 1},
    },
    (
        ("se_selection", "all"),
        ("placements_per_specialist_year", "all"),
        ("no_shows", "all"),
        ("employer_openness", "all"),
        ("retained_26w_share", "reduced_capacity"),
        ("employed_share", "reduced_capacity"),
        ("employed_share", "low_motivation"),
        ("never_in_se_employed_share", "all"),
        ("se_effect_as_evaluated", "all"),
        ("specialist_turnover", "all"),
        ("service_cost_nok", "all"),
    ),
    {
        "lottery − motivation": {"lottery": 1, "motivation": -1},
        "need − motivation": {"need": 1, "motivation": -1},
        "covered − bare lottery": {"lottery, covered": 1, "lottery": -1},
    },
    weeks=156,
)

_IN_HOUSE = {"scenario": "se_in_house", "policy.se.places_per_1000": 69}
_FIXED = {**_IN_HOUSE, "policy.supervisors.payroll": "fixed"}
_NO_GAZE = {"world.gaze.speed": 0, "world.caseloads.first_gaze": 0}
_NO_GATE = {"world.referral.ready": 0}

PAYROLL = Study(
    "payroll_gaze_gate",
    "Fixed payroll × gaze × motivation gate",
    "At a fixed payroll an evaluator's effect of SE goes up (controls decay, intake is creamed) while jobs in the "
    "whole office stall and specialists run short of 'ready' clients (V11, V2, V7, S8, E3).",
    {
        "today": {},
        "more SE, new money": _IN_HOUSE,
        "more SE, fixed payroll": _FIXED,
        "today, no gaze": _NO_GAZE,
        "new money, no gaze": {**_IN_HOUSE, **_NO_GAZE},
        "fixed, no gaze": {**_FIXED, **_NO_GAZE},
        "today, no gate": _NO_GATE,
        "new money, no gate": {**_IN_HOUSE, **_NO_GATE},
        "fixed, no gate": {**_FIXED, **_NO_GATE},
    },
    (
        ("se_effect_as_evaluated", "all"),
        ("se_selection", "all"),
        ("employed_share", "all"),
        ("employed_share", "reduced_capacity"),
        ("never_in_se_employed_share", "all"),
        ("contact_minutes", "all"),
        ("gaze", "all"),
        ("supported", "all"),
        ("placements_per_specialist_year", "all"),
    ),
    {
        "fixed − new money": {"more SE, fixed payroll": 1, "more SE, new money": -1},
        "the same without gaze": {"fixed, no gaze": 1, "new money, no gaze": -1},
        "the same without gate": {"fixed, no gate": 1, "new money, no gate": -1},
        "new money − today": {"more SE, new money": 1, "today": -1},
        "fixed − today": {"more SE, fixed payroll": 1, "today": -1},
    },
    weeks=156,
)


_ALL_60 = {"policy.supervisors.caseload": 60}

EQUAL_COST = Study(
    "some_or_all",
    "A caseload of 15 for some × 60 for all, at equal cost",
    "Returns to a low caseload fall off (V9), so as many posts do more where everybody has 60 than where some have 15 "
    "and the others nearly as many as before; at today's posts the others lose what those few gain (V11).",
    {
        "today": {},
        "60 for all": _ALL_60,
        "15 for some, posts of 60": {**_ALL_60, "policy.supervisors.close_caseload": 15},
        "15 for some, posts of today": {"policy.supervisors.caseload": 15, "policy.supervisors.payroll": "fixed"},
    },
    (
        ("employed_share", "all"),
        ("weeks_in_work", "all"),
        ("weeks_in_work", "reduced_capacity"),
        ("registered_unemployed_share", "all"),
        ("wellbeing", "all"),
        ("trust", "all"),
        ("gaze", "all"),
        ("supervisors", "all"),
        ("others_caseload", "all"),
        ("in_close_follow_up", "all"),
    ),
    {
        "60 for all − today": {"60 for all": 1, "today": -1},
        "15 for some − 60 for all": {"15 for some, posts of 60": 1, "60 for all": -1},
        "15 for some − today": {"15 for some, posts of today": 1, "today": -1},
    },
    weeks=156,
)


def _target(number: float, **more: object) -> dict[str, object]:
    settings: dict[str, object] = {
        "scenario": "se_in_house",
        "policy.se.placement_target": number,
        "policy.se.discharge": "pressure",
    }
    return {**settings, **{name.replace("__", "."): value for name, value in more.items()}}


TARGETS = Study(
    "targets_memory",
    "Placement target × discharge × employer memory × exit of specialists",
    "Hysteresis; retention at 24 months not monotone in the target; intake by lottery first fairer, then dearer for "
    "all through closed doors, unless employers are covered (S4 to S8, E1, E5, S12).",
    {
        "no target": _target(0),
        "target 5": _target(5),
        "target 9": _target(9),
        "target 15": _target(15),
        "target 25": _target(25),
        "15, no memory": _target(15, world__brokering__bad_closes=0, world__brokering__yes_belief=0),
        "0, no memory": _target(0, world__brokering__bad_closes=0, world__brokering__yes_belief=0),
        "15, few quit": _target(15, world__specialists__quit_year=0.1),
        "0, few quit": _target(0, world__specialists__quit_year=0.1),
    },
    (
        ("placements_per_specialist_year", "all"),
        ("retained_26w_share", "reduced_capacity"),
        ("retained_104w_share", "reduced_capacity"),
        ("employed_share", "reduced_capacity"),
        ("employer_openness", "all"),
        ("specialist_turnover", "all"),
        ("specialist_stress", "all"),
        ("purposeless_visits", "all"),
    ),
    {
        "9 − 0": {"target 9": 1, "no target": -1},
        "15 − 0": {"target 15": 1, "no target": -1},
        "25 − 15": {"target 25": 1, "target 15": -1},
        "15 − 0, no memory": {"15, no memory": 1, "0, no memory": -1},
        "15 − 0, few quit": {"15, few quit": 1, "0, few quit": -1},
    },
    weeks=156,
)


def _weight(price: float, insourced: bool = False, informative: bool = False) -> dict[str, object]:
    settings: dict[str, object] = {"policy.tender.price_weight": price}
    if insourced:
        settings |= {"policy.se.delivery": "in_house", "policy.courses.vocational_places_per_1000": 7}
    if informative:
        settings |= {"policy.tender.continuity": 1}
    return settings


WEIGHT = Study(
    "weight_profiles_volume",
    "Price weight × shared profiles and scores of departed staff × insourced volume",
    "The weight alone is almost inert; insourcing starves suppliers, worsens what stays outside, and flatters the "
    "comparison (T2 to T5, T16, S2).",
    {
        "0.8": _weight(0.8),
        "0.2": _weight(0.2),
        "0.8, named staff scored": _weight(0.8, informative=True),
        "0.2, named staff scored": _weight(0.2, informative=True),
        "0.8, insourced": _weight(0.8, insourced=True),
        "0.2, insourced": _weight(0.2, insourced=True),
    },
    (
        ("course_price", "all"),
        ("instructor_skill", "all"),
        ("instructor_turnover", "all"),
        ("employed_share", "all"),
        ("motivation", "all"),
    ),
    {
        "0.2 − 0.8": {"0.2": 1, "0.8": -1},
        "0.2 − 0.8, named staff scored": {"0.2, named staff scored": 1, "0.8, named staff scored": -1},
        "insourced − not, at 0.8": {"0.8, insourced": 1, "0.8": -1},
        "insourced − not, at 0.2": {"0.2, insourced": 1, "0.2": -1},
    },
    weeks=260,
)

TENDERS = Study(
    "tender_rounds",
    "Ten years of tenders: what the score says of the courses then delivered",
    "The score rests on results of people who have often left, so it says little of what is then delivered, whatever "
    "the price weight (T2, T3); a clause that scores named staff who must deliver makes it informative (T14).",
    {
        f"{price}, {'named staff' if clause else 'on paper'}": {
            "policy.tender.price_weight": price,
            "policy.tender.continuity": clause,
            "policy.tender.contract_weeks": 52,
            "record.tenders": True,
        }
        for clause in (0, 1)
        for price in (0, 0.4, 0.8)
    },
    (
        ("points_and_quality", "all"),
        ("one_course_and_the_next", "all"),
        ("lowest_won", "all"),
        ("course_price", "all"),
        ("course_quality", "all"),
        ("staff_deployed", "all"),
        ("instructor_turnover", "all"),
    ),
    {
        "clause − paper, at 0": {"0, named staff": 1, "0, on paper": -1},
        "clause − paper, at 0.4": {"0.4, named staff": 1, "0.4, on paper": -1},
        "clause − paper, at 0.8": {"0.8, named staff": 1, "0.8, on paper": -1},
    },
    weeks=520,
)

STUDIES: tuple[Study, ...] = (CREAMING, TENDERS, PAYROLL, EQUAL_COST, TARGETS, WEIGHT)


def _link(
    what: str, change: Overrides, cause: Expect, answer: Expect, both: Overrides = MappingProxyType({})
) -> Contrast:
    """A link: the switch, what it moves, and what answers."""
    return Contrast(what, change, (cause, answer), both)


_SE = {"scenario": "se_in_house"}
# With 15 clients a specialist has minutes to spare, and neither link could answer.
_SHORT_OF_MINUTES = {**_SE, "policy.se.caseload": 30}

DELIVERY = Chain(
    "chain_delivery",
    "Outsourced or in-house: from the form of delivery to the next placement",
    (
        _link(
            "outsourced SE is cheaper, and its specialists quit more",
            {"scenario": "se_outsourced"},
            Expect("se_price", -1),
            Expect("specialist_turnover", +1),
            _SE,
        ),
        _link(
            "fewer who quit, more minutes for each client, where minutes are short",
            {"world.specialists.quit_year": 0.1},
            Expect("specialist_turnover", -1),
            Expect("minutes_per_client", +1),
            _SHORT_OF_MINUTES,
        ),
        _link(
            "more minutes, better known clients, where minutes are short",
            {"policy.se.caseload": 15},
            Expect("minutes_per_client", +1),
            Expect("placement_known", +1),
            _SHORT_OF_MINUTES,
        ),
        _link(
            "clients not mapped are placed unknown, and badly",
            {"world.supported_employment.meet_minutes": 0, "world.supported_employment.map_minutes": 0},
            Expect("placement_known", -1),
            Expect("placement_match", -1),
            _SE,
        ),
        _link(
            "a match by the client's fit lasts",
            {"policy.se.client_weight": 1.0},
            Expect("placement_match", +1),
            Expect("se_retention_26w", +1),
            {**_SE, "policy.se.client_weight": 0.0},
        ),
        _link(
            "jobs that end early cost belief",
            {"world.employment.follow_up": 0},
            Expect("se_retention_26w", -1),
            Expect("employer_belief", -1),
            _SE,
        ),
        _link(
            "less belief, fewer placements",
            {"world.institutions.belief": 0.3},
            Expect("employer_belief", -1),
            Expect("placements_per_specialist_year", -1),
            _SE,
        ),
    ),
)

CASELOAD = Chain(
    "chain_caseload",
    "Caseload: from minutes to lasting jobs, and to exits",
    (
        _link(
            "fewer clients, more minutes: people are known",
            {"policy.supervisors.caseload": 60},
            Expect("contact_minutes", +1),
            Expect("mapped", +1),
        ),
        _link(
            "less paperwork, more minutes: the gaze clears",
            {"policy.supervisors.admin_burden": 0.2},
            Expect("contact_minutes", +1),
            Expect("gaze", -1),
        ),
        _link(
            "a clear gaze builds trust",
            _NO_GAZE,
            Expect("gaze", -1),
            Expect("trust", +1),
        ),
        _link(
            "without trust, less motivation, where supervisors listen",
            {"world.contact.trust_hour": 0},
            Expect("trust", -1),
            Expect("motivation", -1),
            _NO_GAZE,
        ),
        _link(
            "people who are not known get the wrong measure",
            {"world.contact.mapping_hour": 0},
            Expect("mapped", -1),
            Expect("referral_fit", -1),
        ),
        _link(
            "less motivation, fewer lasting jobs, where supervisors have time and listen",
            {"world.contact.motivation_hour": 0},
            Expect("motivation", -1),
            Expect("retained_26w_share", -1),
            {"policy.supervisors.caseload": 30, **_NO_GAZE},
        ),
        _link(
            "a holistic mandate takes worries away",
            {"policy.supervisors.mandate": "holistic"},
            Expect("worries", -1),
            Expect("wellbeing", +1),
            {"policy.supervisors.caseload": 30},
        ),
        _link(
            "more meetings find more cases to sanction, and more exits",
            {"policy.supervisors.caseload": 60},
            Expect("sanctions", +1),
            Expect("out_of_labour_force_share", +1),
        ),
        _link(
            "jobs are finite: more hires here, fewer elsewhere",
            {"policy.supervisors.caseload": 30},
            Expect("hires", +1),
            Expect("hires_outside", -1),
        ),
    ),
)

PRICE = Chain(
    "chain_price",
    "Price weight: from the lowest bid to courses that teach little, and a better figure",
    (
        _link(
            "price decides: courses are cheaper, and pay is lower",
            {"policy.tender.price_weight": 1.0},
            Expect("course_price", -1),
            Expect("instructor_wage", -1),
            {"policy.tender.price_weight": 0.0},
        ),
        _link(
            "where nobody dares to pay less, fewer quit",
            {"world.tendering.lowest_wage": 1},
            Expect("instructor_wage", +1),
            Expect("instructor_turnover", -1),
            MANY_COURSES,
        ),
        _link(
            "all three deployed instead of fewer: better courses",
            {"world.tendering.thrift": 0},
            Expect("staff_deployed", +1),
            Expect("course_quality", +1),
        ),
        _link(
            "better staff, better courses: more is learnt",
            {"world.institutions.instructor_skill": 0.7},
            Expect("course_quality", +1),
            Expect("course_learning", +1),
        ),
        _link(
            "fewer who leave in mid-course, more trust",
            {"world.courses.quit_year": 0.25, "world.courses.insecurity": 0},
            Expect("course_instructors_left", -1),
            Expect("course_trust_change", +1),
            MANY_COURSES,
        ),
        _link(
            "who is not locked in looks for more jobs, and has one lined up before the course ends",
            {"world.search.lock_in_course": 0.8},
            Expect("applications", +1),
            Expect("sitting_out", +1),
        ),
        _link(
            "more seats, fewer who count as unemployed",
            MANY_COURSES,
            Expect("on_courses", +1),
            Expect("registered_unemployed_share", -1),
        ),
        _link(
            "cheaper seats are more seats",
            {"policy.tender.price_weight": 1.0},
            Expect("course_price", -1),
            Expect("course_places", +1),
            {"policy.tender.price_weight": 0.0},
        ),
    ),
)

CHAINS: tuple[Chain, ...] = (DELIVERY, CASELOAD, PRICE)
