"""Stocks and flows of the baseline against the facts: what the model gets right, and what is off.

    python experiments/stocks.py                        the default district, eight replications
    python experiments/stocks.py population=county      another size; any setting but a policy
    python experiments/stocks.py --write                also writes docs/stocks.md and docs/stocks.csv

Each replication is burnt in and then watched for a year. Numbers of people are those of Norway in proportion to the
population: 250,000 registered stand for the country. Rates, shares and prices are compared as they are.
"""

from __future__ import annotations

import math
import multiprocessing
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from sim.agents.course import LOT_SE_IN_HOUSE, LOT_SE_OUTSOURCED
from sim.agents.jobseeker import (
    AAP,
    AFT,
    FOLLOW_UP,
    JOB,
    JOB_SEARCH_COURSE,
    JOB_WITH_BENEFIT,
    KVP,
    MEASURE_NAMES,
    ON_MEASURE,
    OUT_OF_LABOUR_FORCE,
    SUBSIDISED_JOB,
    UNEMPLOYED,
    VOCATIONAL_COURSE,
    WORK_TRAINING,
)
from sim.agents.office import ORDINARY
from sim.model import ActivationMarket
from sim.outcomes.weekly import SERIES
from sim.settings import ConfigurationError, Settings, compose

DEFAULTS = {"population": "district", "replications": "8"}
DOCS = Path(__file__).resolve().parents[1] / "docs"
WEEKS = 52
NORWAY = 250_000  # registered people, in the scale of the facts
YEAR, MONTH = 52.0, 52.0 / 12.0  # in weeks
QUEUED = (JOB_SEARCH_COURSE, VOCATIONAL_COURSE, AFT, WORK_TRAINING, FOLLOW_UP, KVP)
PEOPLE = (
    *("id", "state", "reduced", "benefit", "measure", "queue", "queue_weeks", "specialist"),
    *("permanent", "mentor", "tenure"),
)


class Year:
    """Sums over the weeks of all replications, and what follows from them."""

    def __init__(self, sums: Mapping[str, float], weeks: int, settings: Settings) -> None:
        self.sums, self.weeks, self.settings = sums, weeks, settings
        self.scale = settings.population.registered / NORWAY

    def mean(self, *names: str) -> float:
        """Mean number of something, several kinds together."""
        return sum(self.sums[name] for name in names) / self.weeks

    def a_year(self, name: str) -> float:
        """What happens in a year."""
        return YEAR * self.mean(name)

    def ratio(self, above: str, below: str, factor: float = 1.0) -> float:
        """One sum over another; nan when there is nothing to divide by."""
        return factor * self.sums[above] / self.sums[below] if self.sums[below] else math.nan


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


EXITS = {
    "exit_job": "a job of any kind",
    "exit_measure": "a measure",
    "exit_out": "outside the labour force",
    "exit_reduced": "reduced work capacity or a pension",
}


def watch(settings: Settings, replication: int) -> dict[str, float]:
    """Burns in one replication and sums a year of it, week by week."""
    model = ActivationMarket(settings, replication)
    while model.since_policy < 0:
        model.step()
    weeks = []
    for _ in range(WEEKS):
        people, staff = _people(model), _specialists(model)
        model.step()
        series = dict(zip(SERIES, map(float, model.series), strict=True))
        moves, leavers = _moves(people, _people(model)), _leavers(staff, _specialists(model))
        weeks.append({**series, **_stocks(model), **moves, **leavers})
    return _added(weeks)


def _added(parts: Sequence[Mapping[str, float]]) -> dict[str, float]:
    return {name: sum(part[name] for part in parts) for name in parts[0]}


def _people(model: ActivationMarket) -> dict[str, np.ndarray]:
    rows = model.jobseekers.used()
    return {name: model.jobseekers[name][rows] for name in PEOPLE}


def _specialists(model: ActivationMarket) -> tuple[np.ndarray, np.ndarray]:
    """Permanent ids of the specialists at work, and whether each works in-house."""
    table = model.specialists
    rows = table.used()
    return table["id"][rows], model.contracts["lot"][table["contract"][rows]] == LOT_SE_IN_HOUSE


def _stocks(model: ActivationMarket) -> dict[str, float]:
    """What the weekly series do not hold, at the end of a week."""
    people = _people(model)
    state, ordinary = people["state"], people["reduced"] == 0
    registered = (state >= UNEMPLOYED) & (state <= JOB_WITH_BENEFIT)
    working = (state >= SUBSIDISED_JOB) & (state <= JOB)
    served = people["specialist"] >= 0
    contract = model.specialists["contract"][people["specialist"]]
    in_house = served & (model.contracts["lot"][contract] == LOT_SE_IN_HOUSE)
    mentored = working & (people["mentor"] > 0) & (people["tenure"] <= model.world.money.mentor_weeks)
    counts = {
        "ordinary_on_measure": ordinary & (state == ON_MEASURE),
        "ordinary_subsidised": ordinary & (state == SUBSIDISED_JOB),
        "ordinary_part_time": ordinary & (state == JOB_WITH_BENEFIT),
        "reduced_on_aap": registered & ~ordinary & (people["benefit"] == AAP),
        "in_jobs": working,
        "permanent": working & (people["permanent"] > 0),
        "se_in_house": in_house,
        "se_outsourced": served & ~in_house,
        "se_in_job": served & working & (state != SUBSIDISED_JOB),
        "mentored": mentored,
        "participants": (state == ON_MEASURE) | (state == SUBSIDISED_JOB) | served,
    }
    found = {name: float(np.count_nonzero(where)) for name, where in counts.items()}
    for form, lot in (("in_house", LOT_SE_IN_HOUSE), ("outsourced", LOT_SE_OUTSOURCED)):
        of_form = model.contracts["lot"] == lot
        places = model.contracts["places"][of_form].astype(float)
        found[f"places_{form}"] = float(places.sum())
        found[f"price_{form}"] = float((places * model.contracts["price"][of_form]).sum())
    team = model.supervisors
    for name, mine in (("ordinary", team["programme"] == ORDINARY), ("kvp", team["programme"] != ORDINARY)):
        at_work = mine & (team["state"] > 0)
        found[f"met_{name}"] = float(team["meetings"][at_work].sum(dtype=float))
        found[f"caseload_{name}"] = float(team["caseload"][at_work].sum(dtype=float))
    return found


def _moves(before: Mapping[str, np.ndarray], after: Mapping[str, np.ndarray]) -> dict[str, float]:
    """Who moved where within a week, person by person (rows are matched by permanent id)."""
    _, was, now = np.intersect1d(before["id"], after["id"], assume_unique=True, return_indices=True)
    old = {name: values[was] for name, values in before.items()}
    new = {name: values[now] for name, values in after.items()}
    unemployed = (old["state"] == UNEMPLOYED) & (old["reduced"] == 0)
    state = new["state"]
    ways = {
        "exit_job": (state >= SUBSIDISED_JOB) & (state <= JOB),
        "exit_measure": state == ON_MEASURE,
        "exit_out": state == OUT_OF_LABOUR_FORCE,
        "exit_reduced": (state == UNEMPLOYED) & (new["reduced"] > 0) | (state > JOB) & (state < OUT_OF_LABOUR_FORCE),
    }
    found = {name: float(np.count_nonzero(unemployed & way)) for name, way in ways.items()}
    # People who register and leave within one week are in neither stock, but they are exits.
    fresh = np.ones(after["id"].size, bool)
    fresh[now] = False
    fresh &= after["reduced"] == 0
    found["exit_job"] += np.count_nonzero(fresh & np.isin(after["state"], (SUBSIDISED_JOB, JOB_WITH_BENEFIT, JOB)))
    found["exit_measure"] += np.count_nonzero(fresh & (after["state"] == ON_MEASURE))
    found["exit_out"] += np.count_nonzero(fresh & (after["state"] == OUT_OF_LABOUR_FORCE))
    found["exits"] = sum(found.values())
    found["ordinary_before"] = float(np.count_nonzero(unemployed))

    began = (new["measure"] != old["measure"]) & (state == ON_MEASURE)
    # The week in which a place is found is waited too; who is referred and gets a place at once has not waited.
    wait = np.where(old["queue"] == new["measure"], old["queue_weeks"].astype(float) + 1.0, 0.0)
    for m in QUEUED:
        mine = began & (new["measure"] == m)
        found[f"started_{m}"], found[f"waited_{m}"] = float(np.count_nonzero(mine)), float(wait[mine].sum())
    found["kvp_entrants"] = found[f"started_{KVP}"]
    mine = began & (old["reduced"] > 0)
    found["started_reduced"], found["waited_reduced"] = float(np.count_nonzero(mine)), float(wait[mine].sum())
    return found


def _leavers(before: tuple[np.ndarray, np.ndarray], after: tuple[np.ndarray, np.ndarray]) -> dict[str, float]:
    """Specialists who were there last week, and who of them is gone, by employer."""
    (ids, own), gone = before, ~np.isin(before[0], after[0])
    return {
        "se_in_house_staff": float(np.count_nonzero(own)),
        "se_outsourced_staff": float(ids.size - np.count_nonzero(own)),
        "se_in_house_left": float(np.count_nonzero(gone & own)),
        "se_outsourced_left": float(np.count_nonzero(gone & ~own)),
    }


def year(settings: Settings) -> Year:
    """All replications, side by side on the cores there are."""
    n = settings.replications
    if n == 1:
        return Year(watch(settings, 0), WEEKS, settings)
    workers = min(n, settings.workers or multiprocessing.cpu_count())
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
        return Year(_added(list(pool.map(watch, [settings] * n, range(n)))), n * WEEKS, settings)


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


def markdown(stocks: pd.DataFrame, settings: Settings, overrides: Sequence[str]) -> str:
    """The table as a document, with the command that made it."""
    command = " ".join(["python experiments/stocks.py", *overrides, "--write"])
    checked = stocks[stocks["verdict"] != ""]
    inside = int((checked["verdict"] == "within range").sum())
    size, n = settings.population, settings.replications
    lines = [
        "# Stocks and flows of the baseline",
        "",
        f"`{command}` made this file and `stocks.csv`.",
        "",
        f"Population {size.name} ({size.registered:,} registered), seed {settings.seed}, {n} "
        f"replication{'s' if n > 1 else ''}, {settings.horizon.burn_in_weeks} weeks of burn-in, then means over "
        f"{WEEKS} weeks. Numbers of people and vacancies are Norway's times {size.registered / NORWAY:g} "
        f"({NORWAY:,} registered stand for the country). Rates, shares, ratios and prices are compared as they are.",
        "",
        "Roles: an *input* is set to the fact, so agreement shows only that places are filled; a fact marked *set* had "
        "a parameter put near it; a *check* was left to the model. Rows that begin with a space split the row above.",
        "",
        f"**{inside} of {len(checked)} rows are within range.** What is off is said in the last column.",
        "",
        "| id | what | role | fact (range) | model | ratio | verdict |",
        "| --- | --- | --- | ---: | ---: | ---: | --- |",
    ]
    for row in _rows(stocks):
        what = str(row.what)
        label = f"&nbsp;&nbsp;{what.strip()}" if what.startswith(" ") else what
        lines.append(
            f"| {row.id} | {label}, {row.unit} | {row.role} | {_range(row.fact, row.low, row.high)} "
            f"| {_shown(row.model)} | {_shown(row.ratio)} | {row.verdict} |"
        )
    lines += ["", "## Notes", ""]
    lines += [f"- {row.id}, {str(row.what).strip()}: {row.note}." for row in _rows(stocks) if row.note]
    return "\n".join(lines) + "\n"


def _rows(stocks: pd.DataFrame) -> Iterator[Any]:
    yield from stocks.itertuples()


def _range(value: float, low: float, high: float) -> str:
    return "" if math.isnan(value) else f"{_shown(value)} ({_shown(low)} to {_shown(high)})"


def _shown(number: float) -> str:
    if math.isnan(number):
        return ""
    return f"{number:,.0f}" if abs(number) >= 100 else f"{number:.3g}"


def print_table(stocks: pd.DataFrame) -> None:
    """The table on the screen."""
    width = max(len(f"{row.what}, {row.unit}") for row in _rows(stocks))
    print(f"{'id':8} {'what':{width}} {'role':6} {'fact':>7} {'range':>16} {'model':>7} {'ratio':>5}  verdict")
    for row in _rows(stocks):
        span = "" if math.isnan(row.low) else f"{_shown(row.low)} to {_shown(row.high)}"
        what = f"{row.what}, {row.unit}"
        ratio = "" if math.isnan(row.ratio) else f"{row.ratio:.2f}"
        print(
            f"{row.id:8} {what:{width}} {row.role:6} {_shown(row.fact):>7} {span:>16} {_shown(row.model):>7} "
            f"{ratio:>5}  {row.verdict}"
        )


def main(arguments: Sequence[str]) -> int:
    """Prints the table, and writes it where asked; gives the exit status."""
    if {"-h", "--help"} & set(arguments):
        print(__doc__)
        return 0
    overrides = [argument for argument in arguments if argument != "--write"]
    given = {override.split("=", 1)[0] for override in overrides}
    try:
        settings = compose(*(f"{name}={value}" for name, value in DEFAULTS.items() if name not in given), *overrides)
        if settings.policy != settings.baseline:
            raise ConfigurationError("policy: leave it as it is, this table is about the baseline")
    except ConfigurationError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    stocks = table(year(settings))
    print_table(stocks)
    if "--write" in arguments:
        DOCS.mkdir(exist_ok=True)
        stocks.to_csv(DOCS / "stocks.csv", index=False, float_format="%.6g")
        (DOCS / "stocks.md").write_text(markdown(stocks, settings, overrides), encoding="utf-8")
        print("\nWritten:\n  docs/stocks.md\n  docs/stocks.csv")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
