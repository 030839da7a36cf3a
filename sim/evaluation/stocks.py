"""Stocks and flows that are known of Norway, and what the baseline has in their place (facts, by id)."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import pandas as pd

from sim.agents.jobseeker import (
    MEASURE_NAMES,
)
from sim.evaluation.year import MONTH, QUEUED, YEAR, Year
from sim.settings import Settings

EXITS = {
    "exit_job": "a job of any kind",
    "exit_measure": "a measure",
    "exit_out": "outside the labour force",
    "exit_reduced": "reduced work capacity or a pension",
}


class Fact(NamedTuple):
    """A line of the table.

    ``role`` says what the baseline owes to the fact: ``input`` (a lever or parameter is this number, so that
    agreement shows only that places are filled), ``set`` (a parameter was set with an eye on it), ``check``.
    ``value``, ``low``, ``high`` are for Norway; None where there is no fact. ``people``: scaled to the population.
    """

    id: str
    what: str
    role: str
    unit: str
    value: float | None
    low: float | None
    high: float | None
    model: Callable[[Year], float]
    note: str = ""

    @property
    def people(self) -> bool:
        return self.unit.startswith(("people", "vacancies"))


def facts(settings: Settings) -> list[Fact]:
    """All lines. Contact (I10) follows from the caseloads of the baseline: 1,695 hours, half of them with clients."""
    policy = settings.baseline

    def contact(caseload: float) -> tuple[float, float, float]:
        minutes = 1695 * 0.5 / 12 / caseload * 60
        return minutes, 0.6 * minutes, 1.4 * minutes

    lines = [
        Fact(
            *("I70/I71", "fully unemployed (no reduced work capacity)", "set", "people", 61_900, 45_400, 63_000),
            lambda y: y.mean("ordinary_unemployed"),
            "October 2022 to September 2025; about 63,000 in 2019, from memory",
        ),
        Fact(
            *("I70/I71", "gross unemployed: fully, or on a measure", "check", "people", 72_300, 56_300, 73_400),
            lambda y: y.mean("ordinary_unemployed", "ordinary_on_measure", "ordinary_subsidised"),
            "October 2022; September 2025",
        ),
        Fact(
            *("I71", "partly unemployed", "check", "people", 22_800, 20_300, 22_800),
            lambda y: y.mean("ordinary_part_time"),
            "in the model: in a part-time job with a benefit; others who work part-time are not on its register",
        ),
        Fact(
            *("I71", "on measures, without reduced work capacity", "check", "people", 10_400, 10_400, 10_900),
            lambda y: y.mean("ordinary_on_measure", "ordinary_subsidised"),
        ),
        Fact(
            *("I72", "on work assessment allowance (AAP)", "set", "people", 118_400, 112_000, 125_000),
            lambda y: y.mean("on_aap"),
            "range: 5 % either way, ours",
        ),
        Fact(
            *("I73", "reduced work capacity", "set", "people", 182_800, 173_000, 192_000),
            lambda y: y.mean("reduced_capacity"),
            "range: 5 % either way, ours; 11 % of them have a disability pension, which in the model ends registration",
        ),
        Fact(
            *("I73", "of these on AAP", "set", "share", 0.63, 0.60, 0.66),
            lambda y: y.ratio("reduced_on_aap", "reduced_capacity"),
            "range: 3 points either way, ours",
        ),
        Fact(
            *("I74", "disability pensions granted", "set", "people a year", 28_100, 20_700, 28_100),
            lambda y: y.a_year("pensions"),
            "lower end: those who come from AAP (73.6 %); some never are on the register",
        ),
        Fact(
            *("I76", "in the Qualification Programme (KVP)", "check", "people", 9_000, 8_100, 9_900),
            lambda y: y.mean("in_kvp"),
            "2016; range 10 % either way, ours; with 4,000 new ones a year (I77) it would take stays beyond two years",
        ),
        Fact(
            *("I77", "new in KVP", "check", "people a year", 4_000, 3_600, 4_000),
            lambda y: y.a_year("kvp_entrants"),
            "just under 4,000 in 2014-17",
        ),
        Fact(
            *("I79", "open vacancies", "input", "vacancies", 69_400, 63_000, 76_000),
            lambda y: y.mean("vacancies"),
            "third quarter of 2019; range: 10 % either way, ours",
        ),
        Fact(
            *("I80", "vacancies per fully unemployed", "input", "ratio", 1.1, 1.0, 1.2),
            lambda y: y.ratio("vacancies", "ordinary_unemployed"),
            "2019, with a denominator from memory",
        ),
        Fact(
            *("I81", "permanent share of jobs", "check", "share", 0.82, 0.82, 0.92),
            lambda y: y.ratio("permanent", "in_jobs"),
            "the fact is about all employees; the model's jobs are those of people who were registered not long ago",
        ),
        Fact(
            *("I13/I82", "Supported Employment, in-house", "input", "people", 3_000, 2_700, 3_300),
            lambda y: y.mean("se_in_house"),
        ),
        Fact(
            *("I13/I82", "Supported Employment, tendered", "input", "people", 8_500, 7_650, 9_350),
            lambda y: y.mean("se_outsourced"),
        ),
        Fact(
            *("I82", "work-preparatory training (AFT)", "input", "people", 9_000, 8_000, 10_000),
            lambda y: y.mean("in_aft"),
            "from memory",
        ),
        Fact(
            *("I82", "work training", "input", "people", 9_000, 8_000, 10_000),
            lambda y: y.mean("in_work_training"),
            "from memory; places stand open until a host is found",
        ),
        Fact(
            *("I82", "vocational (AMO) and job-search courses", "input", "people", 4_500, 3_000, 6_000),
            lambda y: y.mean("on_courses"),
            "from memory, for AMO",
        ),
        Fact(
            *("I82", "wage subsidy", "check", "people", 12_000, 10_000, 14_000),
            lambda y: y.mean("subsidised_job"),
            "from memory; the fact holds permanent subsidies too, which the model lacks",
        ),
        Fact(
            *("I82", "mentor grant", "check", "people", 750, 0, 1_500),
            lambda y: y.mean("mentored"),
            "from memory: fewer than 1,500",
        ),
        Fact(
            *("I82", "on measures of all kinds", "check", "people", 48_000, 46_500, 48_300),
            lambda y: y.mean("on_measure", "subsidised_job") - y.mean("in_kvp") + y.mean("se_in_job"),
            "58,500-60,300 places less 12,000 sheltered ones (VTA); SE in a job counted, KVP not",
        ),
        Fact(
            *("I58", "mentor grant, of those on measures", "check", "share", 0.0, 0.0, 0.03),
            lambda y: y.ratio("mentored", "participants"),
        ),
        Fact(
            *("I10", "contact minutes, ordinary supervisors", "check", "minutes per client-month"),
            *contact(policy.supervisors.caseload),
            lambda y: y.ratio("met_ordinary", "caseload_ordinary", MONTH),
            f"for a caseload of {policy.supervisors.caseload:g}; range 40 % either way (I10)",
        ),
        Fact(
            *("I10", "contact minutes, KVP supervisors", "check", "minutes per client-month"),
            *contact(policy.kvp.caseload),
            lambda y: y.ratio("met_kvp", "caseload_kvp", MONTH),
            f"for a caseload of {policy.kvp.caseload:g}",
        ),
        Fact(
            *("I20", "turnover of specialists, in-house", "set", "share a year", 0.27, 0.20, 0.45),
            lambda y: y.ratio("se_in_house_left", "se_in_house_staff", YEAR),
            "period of the source not seen; the value is our reading of 45 % over 1 to 2.5 years",
        ),
        Fact(
            *("I22", "turnover of specialists, tendered", "set", "share a year", 0.42, 0.30, 0.50),
            lambda y: y.ratio("se_outsourced_left", "se_outsourced_staff", YEAR),
            "Australia; in the model with those whose employer lost the contract",
        ),
        Fact(
            *("I23", "turnover of instructors", "set", "share a year", 0.40, 0.25, 0.60),
            lambda y: y.ratio("course_instructors_left", "course_instructors", YEAR),
            "an assumption, not a Norwegian figure; of tendered courses, who quits in mid-course, not courses that end",
        ),
        Fact(
            *("I37/V24", "price of an SE place, in-house over tendered", "set", "ratio", 1.36, 1.2, 1.5),
            lambda y: y.ratio("price_in_house", "places_in_house") / y.ratio("price_outsourced", "places_outsourced"),
            "the source has the cost per participant in the first year; the model's is the price of a place-month",
        ),
        Fact(
            *("V44a", "placements per specialist-year", "set", "placements", 9, 6, 10),
            lambda y: y.ratio("placements", "specialists", YEAR),
            "a norm (9), not an observed outcome",
        ),
        Fact(
            *("V44b", "in a job when discharged from SE", "check", "share", 0.65, 0.45, 0.70),
            lambda y: y.ratio("discharged_to_work", "discharged"),
            "a norm (65 %), not an observed outcome",
        ),
        Fact(
            *("-", "outside applicants among hires", "check", "share", 0.70, 0.60, 0.80),
            lambda y: y.mean("hires_outside") / y.mean("hires_outside", "hires", "placements"),
            "an assumption of the design; placements by specialists count as hires",
        ),
        Fact(
            *("V50/I91", "exits from ordinary registered unemployment", "set", "per month", 0.25, 0.18, 0.30),
            lambda y: y.ratio("exits", "ordinary_before", MONTH),
            "to any other state, a measure included; exits of a month over the stock",
        ),
        *(
            Fact(
                *("V50/I91", f"  of these to {where}", "", "per month", None, None, None),
                lambda y, name=name: y.ratio(name, "ordinary_before", MONTH),  # type: ignore[misc]
            )
            for name, where in EXITS.items()
        ),
        Fact(
            *("V49/I59", "wait before a measure, reduced work capacity", "check", "months", 8.5, 6, 11),
            lambda y: y.ratio("waited_reduced", "started_reduced", 1 / MONTH),
            "of those who got a place in the year, all measures with places together",
        ),
        *(
            Fact(
                *("V49/I59", f"  {MEASURE_NAMES[m]}, everybody", "", "months", None, None, None),
                lambda y, m=m: y.ratio(f"waited_{m}", f"started_{m}", 1 / MONTH),  # type: ignore[misc]
            )
            for m in QUEUED
        ),
    ]
    return lines


def verdict(value: float, low: float | None, high: float | None) -> str:
    """Within the range, or how far outside it, in words."""
    if math.isnan(value):
        return "no value"
    if low is None or high is None:
        return ""
    if low <= value <= high:
        return "within range"
    edge, side = (low, "below") if value < low else (high, "above")
    if value > 2 * edge > 0:
        return f"off: {value / edge:.1f} times the upper end"
    return f"off: {abs(value / edge - 1):.0%} {side} the range".replace("%", " %") if edge else "off: above zero"


def table(of: Year) -> pd.DataFrame:
    """One row per fact: id, what, role, unit, fact, low, high, scaling, model, ratio, verdict, note."""
    rows = []
    for fact in facts(of.settings):
        scale = of.scale if fact.people else 1.0
        value, low, high = (None if x is None else x * scale for x in (fact.value, fact.low, fact.high))
        model = fact.model(of)
        rows.append(
            {
                "id": fact.id,
                "what": fact.what,
                "role": fact.role,
                "unit": fact.unit,
                "fact": value,
                "low": low,
                "high": high,
                "scaling": f"Norway x {scale:g}" if fact.people else "none",
                "model": model,
                "ratio": model / value if value else math.nan,
                "verdict": verdict(model, low, high),
                "note": fact.note,
            }
        )
    return pd.DataFrame(rows)
