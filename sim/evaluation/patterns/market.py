"""Patterns 19, 20, 22, 23 and 25: employers, callbacks, displacement, dispersion, benefits."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sim.agents.jobseeker import AFT, KVP, ON_MEASURE, UNEMPLOYED
from sim.evaluation.histories import Spells, in_se, on_measure
from sim.evaluation.pattern import Claim, Pattern, Run, Runs, Statistic, difference
from sim.evaluation.patterns.callbacks import callback_ratio
from sim.evaluation.treated import known, less, works

HALF_A_YEAR = 26


def hired_again(run: Run) -> float:
    """Jobs begun in SE at an employer from half a year after its first one on: a year, good over bad first ones.

    The first one, in the first year, was good when it lasted half a year.
    """
    jobs = run.histories.jobs()
    mine = jobs.supported & (jobs.employer >= 0)
    order = np.lexsort((jobs.start[mine], jobs.employer[mine]))
    employer, start, end = (values[mine][order] for values in (jobs.employer, jobs.start, jobs.end))
    _, first, group = np.unique(employer, return_index=True, return_inverse=True)
    since = start[first] + HALF_A_YEAR
    later = np.bincount(group, start >= since[group], first.size)
    good = end[first] - start[first] >= HALF_A_YEAR
    seen = (start[first] <= 52) & (since < run.histories.weeks)
    years = (run.histories.weeks - since) / 52.0
    rates = [later[seen & which].sum() / years[seen & which].sum() for which in (good, ~good)]
    return float(rates[0] / rates[1]) if rates[1] > 0 else float("nan")


def again(arm: str) -> Statistic:
    """`hired_again` in an arm."""
    return lambda runs: [hired_again(run) for (run,) in runs.each(arm)]


def paid_by_others(arm: str, without: str) -> Statistic:
    """Of the additional jobs begun by those who enter SE in the first year, the share that others go without.

    Others are everybody else on the register and the applicants from outside; counted over the whole horizon.
    """

    def share(runs: Runs) -> list[float]:
        found = []
        for run, control in runs.each(arm, without):
            ids, _ = run.histories.entries(in_se, last=52)
            begun = []
            for world in (run, control):
                person = world.histories.jobs().person
                mine = int(np.isin(person, ids).sum())
                outside = world.series("hires_outside") * world.settings.horizon.weeks
                begun.append((mine, person.size - mine + outside))
            (with_it, others), (without_it, others_without) = begun
            found.append(float((others_without - others) / (with_it - without_it)))
        return found

    return share


def after_exit(what: Spells, weeks: int) -> Callable[[Run], tuple[np.ndarray, np.ndarray]]:
    """For everybody who leaves a measure: office, and whether in work some weeks later."""

    def value(run: Run) -> tuple[np.ndarray, np.ndarray]:
        ids, ends = run.histories.exits(what)
        inside = (ends > 0) & (ends + weeks < run.histories.weeks)
        ids, ends = ids[inside], ends[inside]
        office = known(run, ids)["office"].to_numpy(float)
        there = np.isfinite(office)
        return office[there].astype(int), works(run.histories, ids[there], ends[there] + weeks)

    return value


def share_after(what: Spells, weeks: int) -> Statistic:
    """Per cent in work some weeks after a measure."""
    return lambda runs: [100.0 * float(after_exit(what, weeks)(run)[1].mean()) for (run,) in runs.each("baseline")]


def between_offices(what: Spells, weeks: int) -> Statistic:
    """Variance between offices of the per cent in work after a measure, beyond that of chance."""

    def value(run: Run) -> float:
        office, at_work = after_exit(what, weeks)(run)
        n = np.bincount(office)
        share = np.bincount(office, at_work)[n > 0] / n[n > 0]
        chance = float((at_work.mean() * (1.0 - at_work.mean()) / n[n > 0]).mean())
        return 1e4 * (float(share.var(ddof=1)) - chance)

    return lambda runs: [value(run) for (run,) in runs.each("baseline")]


def hazard(run: Run, first: int, last: int) -> float:
    """Weekly hazard of a job, from week ``first`` to before ``last`` after entry, of people who came on benefit.

    Of those who register with unemployment benefit in the first year and have had no job since.
    """
    people = run.people(26, "entrants")
    ids = people.index[(people["benefit"] == "unemployment_benefit") & ~people["reduced_capacity"]].to_numpy()
    lives = run.histories
    rows = lives.rows_of(ids)
    entry = lives.start[np.searchsorted(lives.who, rows)]
    registered = np.isin(lives.state, (UNEMPLOYED, ON_MEASURE))
    # The end of the first unbroken time without a job on the register.
    broken = np.flatnonzero(~registered)
    at = np.searchsorted(lives.who, rows)
    following = np.append(broken, lives.who.size)[np.searchsorted(broken, at)]
    safe = np.minimum(following, lives.who.size - 1)
    left = (following < lives.who.size) & (lives.who[safe] == rows)
    until = np.where(left, lives.start[safe], lives.weeks)
    to_job = left & np.isin(lives.state[safe], (3, 4, 5))
    spent = until - entry
    at_risk = np.clip(np.minimum(spent, last) - first, 0, None).sum()
    jobs = (to_job & (spent >= first) & (spent < last)).sum()
    return float(jobs / at_risk) if at_risk else float("nan")


def elasticity(runs: Runs) -> list[float]:
    """Elasticity of the hazard of a job in the first year with respect to the rate of unemployment benefit."""
    found = []
    for more, fewer in runs.each("benefit 0.65", "benefit 0.60"):
        change = np.log(hazard(more, 0, 52) / hazard(fewer, 0, 52))
        rates = [run.settings.world.money.unemployment_rate for run in (more, fewer)]
        found.append(float(change / np.log(rates[0] / rates[1])))
    return found


def spike(runs: Runs) -> list[float]:
    """Hazard of a job in the last quarter before the benefit ends, over that of the half-year before."""
    return [hazard(run, 91, 104) / hazard(run, 65, 91) for (run,) in runs.each("long")]


AFTER_AFT, AFTER_KVP = on_measure(AFT), on_measure(KVP)

PATTERNS = (
    Pattern(
        19,
        "A good experience brings repeat hiring, a bad one avoidance; permanent contracts need support (Østerud; JS)",
        (
            Claim(
                "later hires from NAV a year, after a good first one over after a bad one",
                ("baseline",),
                again("baseline"),
                1,
                None,
                "Østerud 2022",
                unit="ratio",
            ),
            Claim(
                "the same less that where employers forget",
                ("baseline", "employers forget"),
                less(again("baseline"), again("employers forget")),
                0,
                None,
                "Østerud 2022; what is left there is who has posts to fill",
                unit="ratio",
                pairs=16,
            ),
            Claim(
                "permanent, of brokered jobs that reach half a year, follow-up for 52 weeks less 4",
                ("follow-up 52 weeks", "follow-up 4 weeks"),
                difference("se_permanent_26w", "follow-up 52 weeks", "follow-up 4 weeks"),
                0,
                None,
                "JS; UiT/NAV: reluctant without follow-up",
                unit="share",
                pairs=16,
            ),
        ),
    ),
    Pattern(
        20,
        "Stigma: callbacks fall sharply until month 8-9, then are flat; more in tight markets; no scar (Kroft)",
        (
            Claim(
                "callbacks at 8 months over 1 month out of work",
                ("baseline",),
                callback_ratio("baseline", 35, 4),
                0.5,
                0.7,
                "V40: 0.57",
                whole=False,
                unit="ratio",
            ),
            Claim(
                "callbacks at 18 months over 9 months",
                ("baseline",),
                callback_ratio("baseline", 78, 39),
                0.95,
                1.05,
                "Kroft, Lange & Notowidigdo 2013: flat",
                unit="ratio",
            ),
            Claim(
                "8 months over 1 month, tight market less slack",
                ("tight", "slack"),
                less(callback_ratio("tight", 35, 4), callback_ratio("slack", 35, 4)),
                None,
                0,
                "Kroft, Lange & Notowidigdo 2013: stronger in tight markets",
                unit="ratio",
            ),
            Claim(
                "callbacks of who was out for 18 months and has had a job since, over who was not out",
                ("baseline",),
                callback_ratio("baseline", 0, 0),
                0.95,
                1.05,
                "Eriksson & Rooth 2014: no scar; a job sets the gap to zero",
                unit="ratio",
            ),
        ),
    ),
    Pattern(
        22,
        "Displacement: part of the gain of the treated is paid by others, more in weak markets (Cheung 2025)",
        (
            Claim(
                "of the jobs gained by SE clients, gone without by others",
                ("baseline", "no SE"),
                paid_by_others("baseline", "no SE"),
                0.2,
                0.8,
                "I122, V48: 0.4",
                whole=False,
                unit="share",
                pairs=24,
            ),
            Claim(
                "the same, above zero",
                ("baseline", "no SE"),
                paid_by_others("baseline", "no SE"),
                0,
                None,
                "Crépon 2013; Gautier 2018; Cheung 2025",
                unit="share",
                pairs=24,
            ),
            Claim(
                "the same, slack market less tight",
                ("slack", "slack, no SE", "tight", "tight, no SE"),
                less(paid_by_others("slack", "slack, no SE"), paid_by_others("tight", "tight, no SE")),
                0,
                None,
                "Crépon 2013: more in weak markets",
                unit="share",
                pairs=16,
            ),
        ),
    ),
    Pattern(
        23,
        "Offices and providers differ widely: AFT 28 % on average, many at 50; KVP 25-34 %, 70 in Asker",
        (
            Claim(
                "in work right after AFT",
                ("baseline",),
                share_after(AFTER_AFT, 1),
                24,
                32,
                "V17a: 28",
                whole=False,
                unit="per cent",
            ),
            Claim(
                "in work half a year after KVP",
                ("baseline",),
                share_after(AFTER_KVP, 26),
                19,
                28,
                "V20: 25",
                whole=False,
                unit="per cent",
            ),
            Claim(
                "variance between offices after AFT, beyond chance",
                ("baseline",),
                between_offices(AFTER_AFT, 1),
                25,
                400,
                "Oslo Economics: many at 50 with a mean of 28; 5 to 20 points of standard deviation",
                whole=False,
                unit="points squared",
            ),
            Claim(
                "variance between offices half a year after KVP, beyond chance",
                ("baseline",),
                between_offices(AFTER_KVP, 26),
                25,
                400,
                "V20, V22: 70 with a mean of 25-34; 5 to 20 points of standard deviation",
                whole=False,
                unit="points squared",
            ),
        ),
    ),
    Pattern(
        25,
        "Generous benefits lengthen unemployment a little; jobs are found as they run out (Røed & Zhang)",
        (
            Claim(
                "elasticity of the hazard of a job with respect to the benefit",
                ("benefit 0.65", "benefit 0.60"),
                elasticity,
                -0.7,
                -0.3,
                "I93: -0.4",
                whole=False,
                unit="elasticity",
                pairs=16,
            ),
            Claim(
                "hazard in the last quarter of the benefit over the half-year before",
                ("long",),
                spike,
                1,
                None,
                "I92: spike at exhaustion",
                unit="ratio",
            ),
        ),
    ),
)
