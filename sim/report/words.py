"""Names, units and numbers as people write them: the one home of what tables and figures call things."""

from __future__ import annotations

import re
from typing import NamedTuple

# What the headline shows, in this order, at this horizon, for everyone registered at the policy date.
HEADLINE_METRICS = (
    "employed_share",
    "retained_26w_share",
    "registered_unemployed_share",
    "out_of_labour_force_share",
    "trust",
    "public_cost_nok",
)
HEADLINE_WEEKS = 104
HEADLINE_SERIES = (
    "registered",
    "employed_share_stock",
    "supported",
    "contact_minutes",
    "gaze",
    "employer_openness",
)

SCENARIOS = {
    "se_in_house": "SE in-house",
    "se_outsourced": "SE outsourced",
}
METRICS = {
    "employed_share": "In work",
    "retained_26w_share": "Kept a job for 26 weeks",
    "retained_104w_share": "Kept a job for 104 weeks",
    "registered_unemployed_share": "Registered, without work",
    "out_of_labour_force_share": "Out of the labour force",
    "trust": "Trust in the supervisor",
    "public_cost_nok": "Public cost",
}
SERIES = {  # what the panel is called, and the unit of its axis
    "registered": ("Registered jobseekers", "people"),
    "employed_share_stock": ("In work, registered at week 0", "%"),
    "supported": ("Followed up by a specialist", "people"),
    "contact_minutes": ("Contact time with the supervisor", "minutes per client and week"),
    "gaze": ("The supervisors' gaze", "index, 0 to 1"),
    "employer_openness": ("Employers' openness", "index, 0 to 1"),
}
COHORTS = {
    "stock": "everyone registered at the policy date",
    "entrants": "people who register in the first year",
}


class Scale(NamedTuple):
    """How numbers of one unit are shown: times ``factor``, with so many ``digits``, and their unit."""

    factor: float
    digits: int
    unit: str
    difference_unit: str
    difference_digits: int

    def value(self, number: float) -> str:
        return f"{number * self.factor:,.{self.digits}f}"

    def difference(self, number: float) -> str:
        """With its sign; an exact zero is plain 0."""
        if number == 0:
            return "0"
        shown = f"{number * self.factor:+,.{self.difference_digits}f}"
        return shown if float(shown.replace(",", "")) else shown[1:]  # no sign on what rounds to zero


def scale(unit: str, size: float) -> Scale:
    """The scale for a ``unit`` whose typical number is ``size``: shares in per cent, money in handy units."""
    if unit == "share":
        return Scale(100.0, 1, "%", "pp", 2)
    size = abs(size)
    for power, word in ((1e9, "billion"), (1e6, "million")):
        if "NOK" in unit and size >= 10 * power:
            return Scale(1.0 / power, 1, f"{word} {unit}", f"{word} {unit}", 2)
    digits = 0 if size >= 1000 else 1 if size >= 100 else 2 if size >= 10 else 3
    return Scale(1.0, digits, unit, unit, digits)


def scenario_words(name: str) -> str:
    """A scenario's name in words: caseload_15 becomes Caseload 15."""
    if name in SCENARIOS:
        return SCENARIOS[name]
    if price := re.fullmatch(r"tender_price_(\d+)", name):
        return f"Price weight {int(price[1]) / 100:g}"
    return _sentence(name)


def metric_words(name: str) -> str:
    """A metric's name in words."""
    return METRICS.get(name) or _sentence(re.sub(r"_(share|nok)$", "", name))


def series_words(name: str) -> tuple[str, str]:
    """A weekly series' name in words, and its unit."""
    return SERIES.get(name) or (_sentence(name), "%" if "share" in name else "")


def _sentence(name: str) -> str:
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:]
