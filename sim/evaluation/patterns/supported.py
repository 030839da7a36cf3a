"""Patterns 4 to 10 and 21: Supported Employment (SE), who delivers it, on what terms."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sim.agents.jobseeker import AFT
from sim.evaluation.histories import Histories, in_se, on_measure
from sim.evaluation.pattern import Claim, Pattern, Run, Runs, Statistic, difference
from sim.evaluation.treated import both, effect, less, level, motivation_third, ratio, reduced, risk_ratio, works

MONTH = 52.0 / 12.0
JS, REME = "JS", "Reme et al. 2019"
HARD, EASY = motivation_third(top=False), motivation_third(top=True)


def se_jobs(value: Callable[[Run], float], *arms: str) -> Statistic:
    """A number read from the jobs that people began while in SE."""
    return lambda runs: [value(run) for (run,) in runs.each(*arms)]


def monthly_loss(run: Run, within: int = 52) -> float:
    """Jobs begun in SE: ends a month of work, in the first ``within`` weeks of each."""
    jobs = run.histories.jobs()
    weeks = np.minimum(jobs.end - jobs.start, within)[jobs.supported]
    ends = (jobs.ended & (jobs.end - jobs.start <= within))[jobs.supported]
    return float(ends.sum() / weeks.sum() * MONTH)


def kept_half_a_year(run: Run) -> float:
    """Jobs begun in SE at least 26 weeks before the end: the share that lasted 26 weeks."""
    jobs = run.histories.jobs()
    early = jobs.supported & (jobs.start <= run.histories.weeks - 26)
    return float(((jobs.end - jobs.start) >= 26)[early].mean())


def weeks_of_follow_up(run: Run) -> float:
    """Weeks in work and still in SE, for each job begun in SE in the first year (up to 52 weeks)."""
    lives = run.histories
    jobs = lives.jobs()
    mine = jobs.supported & (jobs.start <= 52)
    following = (lives.step > 0) & np.isin(lives.state, (3, 4, 5))
    begun = jobs.start[mine]
    rows = lives.rows_of(jobs.person[mine])
    total = 0
    by_person: dict[int, list[int]] = {}
    for spell in np.flatnonzero(following).tolist():
        by_person.setdefault(int(lives.who[spell]), []).append(spell)
    for row, start in zip(rows.tolist(), begun.tolist(), strict=True):
        for spell in by_person.get(row, ()):
            total += max(0, min(int(lives.end[spell]), start + 52) - max(int(lives.start[spell]), start))
    return total / max(1, begun.size)


def against_aft(runs: Runs) -> np.ndarray:
    """Points in work a year after entry: with neither less with AFT, for people in SE in one arm and in AFT in another.

    Above zero, SE is further ahead of AFT than of neither.
    """
    found = []
    for se, aft, neither in runs.each("baseline", "no SE, more AFT", "no SE, no AFT"):
        ids, weeks = se.histories.entries(in_se, last=50)
        on_aft, entered = aft.histories.entries(on_measure(AFT), last=51)
        mine = np.isin(ids, on_aft)
        ids, weeks = ids[mine], weeks[mine]
        entered = entered[np.searchsorted(on_aft, ids)]
        with_aft = works(aft.histories, ids, entered + 52).mean()
        with_neither = works(neither.histories, ids, weeks + 52).mean()
        found.append(100.0 * float(with_neither - with_aft))
    return np.array(found)


def of_either(value: Callable[[Histories, np.ndarray], np.ndarray], arm: str, other: str) -> Statistic:
    """Mean of a number over everybody who entered SE in the first half-year in either arm: arm less other."""

    def compare(runs: Runs) -> list[float]:
        found = []
        for a, b in runs.each(arm, other):
            ids = np.union1d(a.histories.entries(in_se, last=26)[0], b.histories.entries(in_se, last=26)[0])
            found.append(float(value(a.histories, ids).mean() - value(b.histories, ids).mean()))
        return found

    return compare


def working_in_week(week: int) -> Callable[[Histories, np.ndarray], np.ndarray]:
    """In work in a week, in points."""
    return lambda lives, ids: 100.0 * works(lives, ids, np.full(ids.size, week))


RR = risk_ratio("baseline", "no SE", in_se, who=reduced)
RR_CLOSE = risk_ratio("caseload 30", "no SE, caseload 30", in_se, who=reduced)
BY_JOB, BY_PLACE = "tendered, paid by job", "tendered, paid by place"


def by_form(form: str, who: Callable[[Run, np.ndarray], np.ndarray]) -> Statistic:
    """Effect of SE in one form on some of those who take it, a year after entry."""
    return effect(form, "no SE", in_se, who=both(reduced, who))


PATTERNS = (
    Pattern(
        4,
        "SE beats usual care; by less where the control is good, by more where it is sheltered (Reme 2019)",
        (
            Claim(
                "in work a year after entry, SE over usual care",
                ("baseline", "no SE"),
                RR,
                1.0,
                None,
                f"{REME}: 1.35 (I116)",
                unit="risk ratio",
            ),
            Claim(
                "the same, its size",
                ("baseline", "no SE"),
                RR,
                1.0,
                1.8,
                f"{REME}: 1.35, 1.0 to 1.8 (I116)",
                whole=False,
                unit="risk ratio",
            ),
            Claim(
                "the same where supervisors have 30 clients, less where they have 120",
                ("baseline", "no SE", "caseload 30", "no SE, caseload 30"),
                less(RR_CLOSE, RR),
                None,
                0,
                "the pattern: shrinks when the control is good",
                unit="risk ratio",
            ),
            Claim(
                "lead of SE over AFT less its lead over neither, for the same people",
                ("baseline", "no SE, more AFT", "no SE, no AFT"),
                against_aft,
                0,
                None,
                "Sveinsdottir 2020: larger against sheltered work",
                unit="points in work",
                pairs=16,
            ),
        ),
    ),
    Pattern(
        5,
        "Quick placement, quick fall-out: short jobs without follow-up; pressure ends support early (JS)",
        (
            Claim(
                "jobs that end, a month: followed up for 4 weeks less 52",
                ("follow-up 4 weeks", "follow-up 52 weeks"),
                less(se_jobs(monthly_loss, "follow-up 4 weeks"), se_jobs(monthly_loss, "follow-up 52 weeks")),
                0,
                None,
                f"{JS}; Bond & Kukla 2011",
                unit="a month",
            ),
            Claim(
                "jobs that end, a month, with follow-up for 52 weeks",
                ("follow-up 52 weeks",),
                se_jobs(monthly_loss, "follow-up 52 weeks"),
                0.06,
                0.10,
                "I103: 0.06-0.10 supported",
                whole=False,
                unit="a month",
            ),
            Claim(
                "the same, 4 weeks over 52",
                ("follow-up 4 weeks", "follow-up 52 weeks"),
                ratio(se_jobs(monthly_loss, "follow-up 4 weeks"), se_jobs(monthly_loss, "follow-up 52 weeks")),
                2.0,
                5.0,
                "I103: 0.20-0.30 without, 0.06-0.10 with",
                whole=False,
                unit="ratio",
            ),
            Claim(
                "weeks of follow-up for a job, discharge under pressure less at its weeks (30 clients)",
                ("30 clients, pressure", "30 clients, weeks"),
                less(
                    se_jobs(weeks_of_follow_up, "30 clients, pressure"),
                    se_jobs(weeks_of_follow_up, "30 clients, weeks"),
                ),
                None,
                0,
                f"{JS}: capacity pressure ends support early",
                unit="weeks",
            ),
        ),
    ),
    Pattern(
        6,
        "Throughput or retention: nine placements a year force discharge and lower retention (JS)",
        (
            Claim(
                "placements of a specialist, target 9 less none (discharge under pressure)",
                ("target 9, pressure", "target 0, pressure"),
                difference("placements_per_specialist_year", "target 9, pressure", "target 0, pressure"),
                0,
                None,
                JS,
                unit="a year",
            ),
            Claim(
                "weeks of follow-up for a job, the same",
                ("target 9, pressure", "target 0, pressure"),
                less(
                    se_jobs(weeks_of_follow_up, "target 9, pressure"),
                    se_jobs(weeks_of_follow_up, "target 0, pressure"),
                ),
                None,
                0,
                f"{JS}: forces discharge",
                unit="weeks",
                pairs=32,
            ),
            Claim(
                "jobs kept for half a year, the same",
                ("target 9, pressure", "target 0, pressure"),
                less(se_jobs(kept_half_a_year, "target 9, pressure"), se_jobs(kept_half_a_year, "target 0, pressure")),
                None,
                0,
                f"{JS}: lowers retention",
                unit="share",
                pairs=32,
            ),
        ),
    ),
    Pattern(
        7,
        "Detailed activity targets bring gaming and intentions to quit (JS; Butenko 2022)",
        (
            Claim(
                "visits for the count only, targets for each less none",
                ("baseline", "no targets"),
                difference("purposeless_visits", "baseline", "no targets"),
                0,
                None,
                "JS: lunch in the car",
                unit="a week",
            ),
            Claim(
                "stress of specialists, the same",
                ("baseline", "no targets"),
                difference("specialist_stress", "baseline", "no targets"),
                0,
                None,
                "Butenko 2022 (I21)",
                unit="0-1",
            ),
            Claim(
                "specialists who quit, the same",
                ("baseline", "no targets"),
                difference("specialist_turnover", "baseline", "no targets"),
                0,
                None,
                "Butenko 2022 (I21)",
                unit="share a year",
                pairs=16,
            ),
        ),
    ),
    Pattern(
        8,
        "Creaming by motivation in-house, too; in-house clients are nearer to work than tendered (Gjersøe & Strand)",
        (
            Claim(
                "selection by motivation in-house",
                ("in-house",),
                level("se_selection", "in-house"),
                0,
                None,
                "Gjersøe & Strand 2021; CR",
                unit="standard deviations",
                pairs=24,
            ),
            Claim(
                "selection by motivation, in-house less tendered",
                ("in-house", "tendered"),
                difference("se_selection", "in-house", "tendered"),
                0,
                None,
                "Proba 2020: nearer to work",
                unit="standard deviations",
                pairs=16,
            ),
        ),
    ),
    Pattern(
        9,
        "Pay by outcome: in faster, out faster, no gain in the long run; creaming and parking (Cottier 2018; UK WPC)",
        (
            Claim(
                "in work half a year on, paid by job less by place (who entered SE in either)",
                (BY_JOB, BY_PLACE),
                of_either(working_in_week(39), BY_JOB, BY_PLACE),
                0,
                None,
                "Cottier 2018: faster entry",
                unit="points in work",
            ),
            Claim(
                "jobs that end, a month, the same",
                (BY_JOB, BY_PLACE),
                less(se_jobs(monthly_loss, BY_JOB), se_jobs(monthly_loss, BY_PLACE)),
                0,
                None,
                "Cottier 2018: faster exit",
                unit="a month",
            ),
            Claim(
                "in work after three years, the same",
                (BY_JOB, BY_PLACE),
                of_either(working_in_week(155), BY_JOB, BY_PLACE),
                None,
                1.0,
                "Cottier 2018: little or negative; one point as little",
                whole=False,
                unit="points in work",
            ),
            Claim(
                "selection by motivation, the same",
                (BY_JOB, BY_PLACE),
                difference("se_selection", BY_JOB, BY_PLACE),
                0,
                None,
                "Rees, Whitworth & Carter 2013: creaming",
                unit="standard deviations",
                pairs=16,
            ),
            Claim(
                "minutes kept from those who look unlikely to get a job, the same",
                (BY_JOB, BY_PLACE),
                difference("parked_minutes", BY_JOB, BY_PLACE),
                0,
                None,
                "UK WPC 2013: parking",
                unit="minutes a week",
            ),
        ),
    ),
    Pattern(
        10,
        "Private effect a participant is below the public for the hard to place, about equal for the easy",
        (
            Claim(
                "effect on the least motivated third, in-house less tendered",
                ("in-house", "tendered", "no SE"),
                less(by_form("in-house", HARD), by_form("tendered", HARD)),
                0,
                None,
                "Behaghel et al. 2014 (V35): twice; Krug & Stephan 2016",
                unit="points in work",
                pairs=16,
            ),
            Claim(
                "effect on the most motivated third, tendered less in-house",
                ("in-house", "tendered", "no SE"),
                less(by_form("tendered", EASY), by_form("in-house", EASY)),
                -3,
                3,
                "V37: none in Denmark and Sweden, 3 points either way",
                whole=False,
                unit="points in work",
                pairs=16,
            ),
        ),
    ),
    Pattern(
        21,
        "A mentor frees specialists' time and makes learning steeper, but is hardly used (KVP, JS)",
        (
            Claim(
                "mentors among the levers of the baseline",
                ("baseline",),
                lambda runs: [run.settings.baseline.mentor.use for (run,) in runs.each("baseline")],
                None,
                0.03,
                "I58: 0 to 3 %",
                whole=False,
                unit="share of placed",
            ),
            Claim(
                "placements of a specialist, half with a mentor less none",
                ("mentors", "no mentors"),
                difference("placements_per_specialist_year", "mentors", "no mentors"),
                0,
                None,
                "KVP, JS: frees time",
                unit="a year",
                pairs=16,
            ),
            Claim(
                "jobs kept for half a year, the same",
                ("mentors", "no mentors"),
                difference("retained_26w_share", "mentors", "no mentors", "reduced_capacity"),
                0,
                None,
                "KVP, JS: learning is steeper",
                unit="share",
                pairs=16,
            ),
        ),
    ),
)
