"""Policy levers: what an agency can decide.

Every lever is declared once, with baseline, meaning, unit and bounds. The baseline runs in the burn-in, and
goes on where a policy does not hold. ``configs/policy/baseline.yaml`` offers the same values for changing; a
lever has no default, so a policy always says all.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError


def lever(baseline: Any, meaning: str, unit: str, low: float | None = None, high: float | None = None) -> Any:
    """A lever's declaration, for ``Annotated``: its baseline, and its bounds, both allowed values."""
    return Field(description=meaning, json_schema_extra={"unit": unit, "baseline": baseline}, ge=low, le=high)


def unit(field: FieldInfo) -> str:
    """The unit of a lever."""
    return str(_declared(field)["unit"])


def _declared(field: FieldInfo) -> Mapping[str, Any]:
    assert isinstance(field.json_schema_extra, Mapping), "levers are declared with lever()"
    return field.json_schema_extra


def _region_list(value: Any) -> Any:
    if value == "all" and isinstance(value, str):
        return value
    numbers = tuple(value) if isinstance(value, list | tuple) else ()
    whole = all(isinstance(number, int) and not isinstance(number, bool) for number in numbers)
    if not numbers or not whole or min(numbers) < 0 or len(set(numbers)) < len(numbers):
        raise PydanticCustomError("regions", "must be all, or a list of different region numbers like [0, 3]")
    return tuple(sorted(numbers))


class Levers(BaseModel):
    """A group of levers: no other names, no change after creation, no silent conversion."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class SupportedEmployment(Levers):
    """Supported Employment (SE): specialists who place people in jobs and follow them up there."""

    delivery: Annotated[
        Literal["in_house", "outsourced", "mixed"],
        lever("mixed", "who employs the specialists: NAV, contracted providers, or both", "choice"),
    ]
    in_house_share: Annotated[
        float,
        lever(0.26, "share of places that NAV delivers itself; used when delivery is mixed", "share", 0, 1),
    ]
    places_per_1000: Annotated[float, lever(46, "places", "per 1,000 registered people", 0, 200)]
    caseload: Annotated[float, lever(15, "clients of one specialist", "clients", 5, 60)]
    intake: Annotated[
        Literal["motivation", "need", "lottery"],
        lever(
            "motivation",
            "who gets a free place: the most motivated, those who need it most, or anyone",
            "choice",
        ),
    ]
    follow_up_weeks: Annotated[
        int, lever(26, "how long a specialist follows up a person who has got a job", "weeks", 0, 156)
    ]
    targets: Annotated[
        Literal["individual", "team", "none"],
        lever("individual", "whether activity targets bind each specialist, the team, or nobody", "choice"),
    ]
    employer_time_share: Annotated[
        float, lever(0.4, "share of a specialist's time spent on employers", "share", 0, 0.9)
    ]
    exchange_share: Annotated[
        float, lever(0.03, "share of the week in which specialists talk failed matches through", "share", 0, 0.3)
    ]
    placement_target: Annotated[float, lever(9, "placements asked of a specialist", "a year", 0, 30)]
    visit_target: Annotated[float, lever(6, "visits to new employers asked of a specialist", "a week", 0, 20)]
    transition_target: Annotated[
        float, lever(0.65, "share of those discharged who are to be in a job (0: no such target)", "share", 0, 1)
    ]
    outside_target: Annotated[
        float, lever(0.4, "share of the week to be spent out of the office (0: no such target)", "share", 0, 0.9)
    ]
    success: Annotated[
        Literal["at_exit", "six_months", "two_years", "wellbeing"],
        lever(
            "at_exit", "what counts as a result: any job, one that lasts half a year or two years, wellbeing", "choice"
        ),
    ]
    discharge: Annotated[
        Literal["weeks", "pressure", "settled"],
        lever(
            "weeks",
            "when follow-up ends: at its weeks, earlier under pressure, or when the job looks settled",
            "choice",
        ),
    ]
    follow_up_by: Annotated[
        Literal["specialist", "nav"],
        lever(
            "specialist", "who follows up at work: the specialist, or NAV's own for those a company placed", "choice"
        ),
    ]
    train_share: Annotated[
        float, lever(0, "share of clients who are trained before an employer is sought", "share", 0, 1)
    ]
    train_first: Annotated[
        Literal["barriers", "lottery"],
        lever("barriers", "who these are, if train_share is a part: highest barriers, or drawn by lot", "choice"),
    ]
    client_weight: Annotated[
        float, lever(0.6, "weight of the client's needs against the employer's in matching", "share", 0, 1)
    ]
    cover: Annotated[float, lever(0, "how far employers are covered against a match that fails", "share", 0, 1)]
    budget_neutral: Annotated[
        bool, lever(False, "keep the baseline's money and change the number of places instead", "yes or no")
    ]
    phase_in_weeks: Annotated[int, lever(26, "time over which the change comes", "weeks", 0, 104)]
    outsourced_by: Annotated[
        Literal["tender", "approved"],
        lever("tender", "how outsourced places are bought: in tenders, or at a fixed rate from the approved", "choice"),
    ]

    def effective_in_house_share(self) -> float:
        """Share of the places that NAV delivers itself (0 to 1)."""
        if self.delivery == "mixed":
            return self.in_house_share
        return 1.0 if self.delivery == "in_house" else 0.0


class Supervisors(Levers):
    """Supervisors (veiledere) at the NAV offices."""

    caseload: Annotated[float, lever(120, "clients of one supervisor", "clients", 10, 400)]
    budget_neutral: Annotated[bool, lever(False, "keep the baseline's number of supervisors", "yes or no")]
    new_staff: Annotated[
        Literal["novice", "experienced"],
        lever("novice", "what new supervisors know on their first day", "choice"),
    ]
    time_rule: Annotated[
        Literal["equal", "neediest", "readiest", "callers"],
        lever("equal", "whom a supervisor spends time on first", "choice"),
    ]
    referral_rule: Annotated[
        Literal["habit", "need", "profile", "lottery"],
        lever(
            "habit",
            "what decides on a measure: the office's habit, the perceived need, a profile of visible traits, or chance",
            "choice",
        ),
    ]
    menu: Annotated[
        Literal["narrow", "wide"],
        lever("narrow", "measures that ordinary supervisors may offer: by category, or all to everybody", "choice"),
    ]
    mandate: Annotated[
        Literal["narrow", "holistic"],
        lever("narrow", "what ordinary supervisors may spend time on: work only, or life around it, too", "choice"),
    ]
    close_caseload: Annotated[
        float,
        lever(
            0,
            "clients of a supervisor in close follow-up; the others share the rest; 0: there is none",
            "clients",
            0,
            400,
        ),
    ]
    close_share: Annotated[
        float,
        lever(0.5, "share of supervisors in close follow-up; counts when close_caseload is above 0", "share", 0, 1),
    ]
    payroll: Annotated[
        Literal["new_money", "fixed"],
        lever(
            "new_money",
            "who pays posts for lower caseloads and more specialists: new money, or the posts of today",
            "choice",
        ),
    ]
    admin_burden: Annotated[
        float, lever(1.0, "time for messages and paperwork, relative to the baseline", "factor", 0, 3)
    ]
    results_feedback: Annotated[
        float, lever(0.0, "how far measured results come back to those who refer", "strength", 0, 1)
    ]
    training: Annotated[float, lever(0.0, "training and discretion for supervisors", "strength", 0, 1)]
    phase_in_weeks: Annotated[int, lever(26, "time over which the change comes", "weeks", 0, 104)]


class Tender(Levers):
    """Tenders in which courses and follow-up are bought."""

    price_weight: Annotated[
        float, lever(0.4, "weight of the price in the award; the rest is the quality score", "share", 0, 1)
    ]
    contract_weeks: Annotated[int, lever(104, "length of a contract", "weeks", 26, 260)]
    guaranteed_volume: Annotated[
        float,
        lever(0.5, "share of the places bought that is paid for filled or not; the rest when filled", "share", 0, 1),
    ]
    outcome_pay: Annotated[
        float, lever(0, "share of the price of tendered SE that is paid by the job instead of the place", "share", 0, 1)
    ]
    continuity: Annotated[
        float,
        lever(0, "share of the quality score that rests on named staff, who must then be deployed", "share", 0, 1),
    ]
    audit: Annotated[
        float,
        lever(
            0, "chance a quarter that staff are compared with the promise; money is withheld if short", "share", 0, 1
        ),
    ]
    suppliers: Annotated[
        int,
        lever(1, "companies approved for each kind of course at a fixed price; 1: a tender decides", "companies", 1, 5),
    ]
    approved_price: Annotated[
        float,
        lever(10400, "fixed price of a course place; counts when suppliers > 1", "NOK per place-month", 5000, 20000),
    ]


class Courses(Levers):
    """Places on courses and in work-like measures."""

    job_search_places_per_1000: Annotated[
        float, lever(10, "job-seeker courses and job clubs", "per 1,000 registered people", 0, 200)
    ]
    vocational_places_per_1000: Annotated[
        float, lever(14, "vocational courses (AMO)", "per 1,000 registered people", 0, 200)
    ]
    aft_places_per_1000: Annotated[
        float, lever(36, "work preparation in an enterprise (AFT)", "per 1,000 registered people", 0, 200)
    ]
    work_training_places_per_1000: Annotated[
        float, lever(36, "unpaid work training at an employer", "per 1,000 registered people", 0, 200)
    ]
    education_places_per_1000: Annotated[
        float, lever(4, "ordinary education with a benefit", "per 1,000 registered people", 0, 200)
    ]
    assessment_places_per_1000: Annotated[
        float, lever(4, "assessment of work capacity (avklaring)", "per 1,000 registered people", 0, 100)
    ]
    drop_in_places_per_1000: Annotated[
        float, lever(0, "drop-in workshop: how many it holds at a time", "per 1,000 registered people", 0, 50)
    ]
    reporting: Annotated[
        float, lever(0.2, "share of instructors' hours that reports to the buyer take", "share", 0, 0.6)
    ]
    client_choice: Annotated[
        float,
        lever(0, "how far clients' choice decides on the supplier; counts when suppliers > 1", "strength", 0, 1),
    ]


class Subsidy(Levers):
    """Graded wage subsidy to employers."""

    rate_first: Annotated[float, lever(0.5, "share of the wage paid at first", "share", 0, 0.9)]
    rate_later: Annotated[float, lever(0.3, "share of the wage paid later", "share", 0, 0.9)]
    rate_rule: Annotated[
        Literal["fixed", "assessed"],
        lever("fixed", "the same rates for all, or by what the person is assessed to yield in that job", "choice"),
    ]
    weeks: Annotated[int, lever(52, "how long it is paid", "weeks", 0, 156)]
    weeks_low_capacity: Annotated[
        int, lever(52, "how long it is paid for those who can work half-time or less", "weeks", 0, 260)
    ]
    use: Annotated[float, lever(1.0, "how much supervisors and specialists make use of it", "strength", 0, 1)]


class Mentor(Levers):
    """Grant to an employer for a colleague who acts as mentor."""

    use: Annotated[
        float, lever(0.02, "share of placed people who get a mentor, at employers as open as usual", "share", 0, 1)
    ]
    systematic: Annotated[
        float, lever(0.3, "share of mentors who work systematically; the others are merely social", "share", 0, 1)
    ]


class Kvp(Levers):
    """The Qualification Programme (KVP) for people with a long way to work."""

    places_per_1000: Annotated[float, lever(33, "places", "per 1,000 registered people", 0, 200)]
    caseload: Annotated[float, lever(30, "participants of one supervisor in the programme", "clients", 5, 100)]
    rationed: Annotated[
        bool, lever(True, "take in no more than there are places, and refuse others who have the right", "yes or no")
    ]
    lowest_age: Annotated[int, lever(19, "age from which a person has the right", "years", 16, 30)]
    reentry: Annotated[bool, lever(False, "a person may have more than one programme", "yes or no")]
    rule_weeks: Annotated[
        int, lever(52, "weeks granted at first, before the first review, at most longest_weeks", "weeks", 13, 156)
    ]
    longest_weeks: Annotated[int, lever(104, "weeks a programme lasts if the review lets it go on", "weeks", 26, 156)]
    extension_weeks: Annotated[int, lever(52, "weeks more for those who make progress", "weeks", 0, 104)]
    unpaid_absence: Annotated[bool, lever(False, "no benefit for weeks of absence without a valid reason", "yes or no")]
    education_inside: Annotated[
        bool, lever(False, "ordinary education and apprenticeship may be part of the programme", "yes or no")
    ]
    menu: Annotated[
        Literal["narrow", "wide"],
        lever("wide", "what weeks are spent on: work and training, or help with life, health, Norwegian too", "choice"),
    ]
    mandate: Annotated[
        Literal["narrow", "holistic"],
        lever("holistic", "what the team may spend time on: work only, or life around it, too", "choice"),
    ]
    employer_time_share: Annotated[float, lever(0.15, "share of the team's time spent with employers", "share", 0, 0.9)]
    mentor_use: Annotated[
        float, lever(0.02, "share of participants at an employer's who get a mentor there", "share", 0, 1)
    ]
    job_taste: Annotated[bool, lever(False, "practice as a short trial that shows what suits the person", "yes or no")]
    wish_weight: Annotated[float, lever(0.3, "how much the participant's own view and wish decide", "share", 0, 1)]
    counts: Annotated[
        Literal["at_exit", "six_months", "two_years", "wellbeing"],
        lever(
            "at_exit", "what the team is measured by: jobs at exit, after six months, two years, or wellbeing", "choice"
        ),
    ]
    subsidised_counts: Annotated[bool, lever(True, "a job with wage subsidy counts as a result", "yes or no")]


class Policy(Levers):
    """All levers, and the regions in which they hold."""

    se: SupportedEmployment
    supervisors: Supervisors
    tender: Tender
    courses: Courses
    subsidy: Subsidy
    mentor: Mentor
    kvp: Kvp
    regions: Annotated[
        Literal["all"] | tuple[int, ...],
        BeforeValidator(_region_list),
        lever("all", "where the policy holds from the policy date; elsewhere the baseline", "region numbers"),
    ]


def baseline() -> Policy:
    """The policy of the base year."""
    groups = {}
    for group, kind in _groups().items():
        groups[group] = {name: _declared(field)["baseline"] for name, field in kind.model_fields.items()}
    regions = _declared(Policy.model_fields["regions"])["baseline"]
    return Policy.model_validate({**groups, "regions": regions})


def _groups() -> dict[str, type[Levers]]:
    kinds = {name: field.annotation for name, field in Policy.model_fields.items()}
    return {name: kind for name, kind in kinds.items() if isinstance(kind, type) and issubclass(kind, Levers)}


def levers(policy: Policy) -> dict[str, float]:
    """Every lever as a number, named ``<group>_<lever>``, in the order of the schema.

    A choice becomes its index in the declared order (from 0), yes or no becomes 1 or 0. ``regions`` is not
    among them: it says where the others hold.
    """
    numbers = {}
    for group, kind in _groups().items():
        for name, field in kind.model_fields.items():
            value = getattr(getattr(policy, group), name)
            choices = get_args(field.annotation)
            numbers[f"{group}_{name}"] = float(choices.index(value) if choices else value)
    return numbers
