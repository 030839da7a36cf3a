"""The three policy questions: two arms each, and the mechanisms suspected of carrying the effect."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from sim.settings import compose


def alike(*names: str) -> list[str]:
    """The world in which both forms of delivery are as in-house is, in these respects (all, if none is named)."""
    return [
        f"world.delivery.{name}=[{first},{first}]"
        for name, (first, _) in _delivery().items()
        if name in names or not names
    ]


def exchanged() -> list[str]:
    """The world in which each form of delivery is in everything as the other was."""
    return [f"world.delivery.{name}=[{second},{first}]" for name, (first, second) in _delivery().items()]


@cache
def _delivery() -> dict[str, tuple[float, float]]:
    return compose("population=classroom").world.delivery._asdict()


class Question(NamedTuple):
    """``policy`` against ``other``; ``off`` maps a mechanism to the overrides that switch it off in both arms."""

    title: str
    policy: str
    other: str
    off: dict[str, list[str]]


def questions() -> tuple[Question, ...]:
    """The three questions, each first with everything as it is."""
    contact, tendering = "world.contact.", "world.tendering."
    return (
        Question(
            "Supported Employment in-house or outsourced?",
            "se_in_house",
            "se_outsourced",
            {
                "nothing": [],
                "the tender": alike("tendered"),
                "of the tender: its squeeze on pay and staffing": [
                    f"{tendering}stretch=0",
                    f"{tendering}lowest_wage=1",
                ],
                "insecurity of posts": alike("insecurity"),
                "pay and overhead": alike("wage", "overhead"),
                "selection at intake": ["world.supported_employment.intake_slope=0"],
                "knowledge kept in NAV": alike("knows_file", "file_shared", "knowledge_to_nav"),
                "haste in meeting and mapping": [
                    f"world.supported_employment.hurry_{why}=0" for why in ("stretch", "pay", "end")
                ],
                "every difference": alike(),
                "nothing; differences exchanged": exchanged(),
            },
        ),
        Question(
            "A caseload of 15 instead of 120?",
            "caseload_15",
            "baseline",
            {
                "nothing": [],
                "contact lifts motivation": [f"{contact}motivation_hour=0"],
                "contact builds trust": [f"{contact}trust_hour=0"],
                "the gaze": ["world.gaze.speed=0"],
                "contact lowers barriers": [f"{contact}barrier_hour=0"],
                "contact teaches search": [f"{contact}know_how_hour=0"],
                "supervisors point out vacancies": [f"{contact}offer_share=0"],
                "availability checks and sanctions": [f"{contact}availability_check=0", f"{contact}sanction=0"],
                "pensions wait for mapping": ["world.exits.pension_unmapped=1"],
            },
        ),
        Question(
            "A price weight of 0.8 instead of 0.4?",
            "tender_price_80",
            "baseline",
            {
                "nothing": [],
                "staff matter on courses": [f"world.courses.{n}=0" for n in ("rate_know_how", "rate_skill", "mastery")],
                "scores that bunch and say little": [f"{tendering}validity=0.6", f"{tendering}bunching=0.4"],
                "lock-in": ["world.search.lock_in_course=0.8", "world.search.lock_in_aft=0.8"],
            },
        ),
    )
