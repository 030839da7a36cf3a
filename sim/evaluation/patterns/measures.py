"""Patterns 13 to 18, 26 and 28: what measures do, to whom, when, and what a register shows of it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sim.agents.jobseeker import (
    AFT,
    EDUCATION,
    JOB_SEARCH_COURSE,
    JOB_WITH_BENEFIT,
    SUBSIDISED_JOB,
    UNEMPLOYED,
    VOCATIONAL_COURSE,
    WORK_TRAINING,
)
from sim.evaluation.histories import Spells, in_se, in_state, on_any_measure, on_measure
from sim.evaluation.pattern import Claim, Pattern, Run, Runs, Statistic, difference
from sim.evaluation.treated import (
    both,
    effect,
    far_from_work,
    in_states,
    largest,
    less,
    level,
    ratio,
    reduced,
    treated,
    young_reduced,
)

MR = "Markussen & Røed 2014 (I113, I114)"
CARD = "Card, Kluve & Weber 2018 (I110, I111)"
COURSES, TRAINING, SUBSIDY = (
    on_measure(JOB_SEARCH_COURSE, VOCATIONAL_COURSE),
    on_measure(WORK_TRAINING),
    in_state(SUBSIDISED_JOB),
)
WITHOUT_COURSES, WITHOUT_AFT, WITHOUT_TRAINING, WITHOUT_SUBSIDY = (
    ("baseline", f"no {name}") for name in ("courses", "AFT", "work training", "wage subsidy")
)
YEAR = 52
DECADE = 104  # weeks of entry into measures whose effects are followed for years


def long(what: Spells, without: str, years: float, who: object = None) -> Statistic:
    """Effect on those who took a measure in the first two years, some years after entry."""
    return effect("long", f"long, no {without}", what, round(years * YEAR), who, last=DECADE)  # type: ignore[arg-type]


VOCATIONAL, SEARCH = on_measure(VOCATIONAL_COURSE), on_measure(JOB_SEARCH_COURSE)
SEARCHING = "long, no job-search course"
_SUBSIDY, _EDUCATION = (
    lambda years: long(SUBSIDY, "wage subsidy", years, young_reduced),
    lambda years: long(on_measure(EDUCATION), "education", years, young_reduced),
)


def _spread(values: tuple[Statistic, ...]) -> Statistic:
    """The largest of some numbers less the smallest, replication by replication."""
    return lambda runs: np.ptp([np.asarray(value(runs), float) for value in values], axis=0)


def chained(is_reduced: bool) -> Statistic:
    """Of those who took a measure within five years of the policy date, the share with two or more."""

    def share(run: Run) -> float:
        people = run.people(260)
        took = people[(people["reduced_capacity"] == is_reduced) & (people["measures"] > 0)]
        return 100.0 * float((took["measures"] >= 2).mean())

    return lambda runs: [share(run) for (run,) in runs.each("long")]


def share_far(what: Spells, arm: str, without: str) -> Statistic:
    """Of those with reduced capacity who took a measure, the share in the third farthest from work, less a third."""

    def value(runs: Runs) -> list[float]:
        found = []
        for run, _ in runs.each(arm, without):
            ids, _weeks = treated(run, what, 0, reduced, YEAR)
            found.append(float(far_from_work(False, without)(run, ids).mean()) - 1.0 / 3.0)
        return found

    return value


def by_distance(what: Spells, without: str) -> Statistic:
    """Effect on the third farthest from work less that on the third nearest to it."""
    far, near = (both(reduced, far_from_work(top, without)) for top in (False, True))
    return less(effect("baseline", without, what, who=far), effect("baseline", without, what, who=near))


def as_evaluated(long_term: bool) -> Statistic:
    """What a regression on register data finds, in points: work two years on, on measures taken in the first year.

    Of those unemployed a year after the policy date, with age, reduced capacity, benefit and spell at time zero held
    fixed; registered then for over or under two years.
    """

    def estimate(run: Run) -> float:
        people = run.people(104)
        ids = people.index.to_numpy()
        jobless = run.histories.state_at(ids, np.full(ids.size, YEAR)) == UNEMPLOYED
        people = people[jobless & ((people["weeks_registered"] > YEAR) == long_term).to_numpy()]
        took = np.isin(people.index.to_numpy(), run.histories.entries(on_any_measure, last=YEAR)[0])
        seen = np.column_stack(
            [
                np.ones(len(people)),
                took,
                people["age"] / 10.0,
                people["reduced_capacity"],
                people["weeks_registered"] / 52.0,
                *(people["benefit"] == name for name in ("unemployment_benefit", "aap", "social_assistance", "kvp")),
            ]
        ).astype(float)
        at_work = people["state"].isin(["subsidised job", "part-time job with benefit", "job"]).to_numpy(float)
        return 100.0 * float(np.linalg.lstsq(seen, at_work, rcond=None)[0][1])

    return lambda runs: [estimate(run) for (run,) in runs.each("baseline")]


def part_time_among_workers(run: Run) -> float:
    """Of those with reduced capacity at time zero who work two years on, the share part-time with a benefit."""
    people = run.people(104)
    state = people.loc[people["reduced_capacity"], "state"]
    at_work = state.isin(["subsidised job", "part-time job with benefit", "job"])
    return float((state[at_work] == "part-time job with benefit").mean())


def read(arm: str, value: Callable[[Run], float]) -> Statistic:
    """A number of each run of an arm."""
    return lambda runs: [value(run) for (run,) in runs.each(arm)]


ON_COURSES = effect(*WITHOUT_COURSES, COURSES, who=reduced)
IN_AFT = effect(*WITHOUT_AFT, on_measure(AFT), who=reduced)
IN_TRAINING = effect(*WITHOUT_TRAINING, TRAINING, who=reduced)
SUBSIDISED = effect(*WITHOUT_SUBSIDY, SUBSIDY, who=reduced)
MORE_COURSES = ("three times the courses", "baseline")

PATTERNS = (
    Pattern(
        13,
        "Courses lock in and give nothing with reduced capacity; the more like a real job, the better",
        (
            Claim(
                "effect of courses ten weeks after entry",
                WITHOUT_COURSES,
                effect(*WITHOUT_COURSES, COURSES, 10),
                None,
                0,
                "I112: lock-in",
                unit="points in work",
            ),
            Claim(
                "effect of courses with reduced capacity, a year after entry",
                WITHOUT_COURSES,
                ON_COURSES,
                -5,
                1,
                f"{MR}: -5 to 0; one point for about zero",
                whole=False,
                unit="points in work",
            ),
            Claim(
                "effect of AFT with reduced capacity, a year after entry",
                WITHOUT_AFT,
                IN_AFT,
                -5,
                1,
                f"{MR}: sheltered is no better than nothing",
                whole=False,
                unit="points in work",
            ),
            Claim(
                "work training less the better of AFT and courses, the same",
                ("baseline", "no courses", "no AFT", "no work training"),
                less(IN_TRAINING, largest(ON_COURSES, IN_AFT)),
                0,
                None,
                f"{MR}; von Simson 2023; Westlie 2008",
                unit="points in work",
                pairs=16,
            ),
            Claim(
                "wage subsidy less work training, the same",
                ("baseline", "no work training", "no wage subsidy"),
                less(SUBSIDISED, IN_TRAINING),
                0,
                None,
                f"{MR}; von Simson 2023; Westlie 2008",
                unit="points in work",
            ),
        ),
    ),
    Pattern(
        14,
        "Over time: nothing or harm early, gains at 2-3 years for human capital, flat for job search (Card et al.)",
        (
            Claim(
                "vocational courses, effect ten weeks after entry",
                ("long", "long, no vocational course"),
                long(VOCATIONAL, "vocational course", 10 / YEAR),
                None,
                0,
                f"{CARD}: about zero or negative early",
                unit="points in work",
            ),
            Claim(
                "vocational courses, effect at two and a half years",
                ("long", "long, no vocational course"),
                long(VOCATIONAL, "vocational course", 2.5),
                3.7,
                9.7,
                f"{CARD}: 6.7, 3 points either way",
                whole=False,
                unit="points in work",
            ),
            Claim(
                "job-search courses, effect at two and a half years",
                ("long", SEARCHING),
                long(SEARCH, "job-search course", 2.5),
                -1.9,
                4.1,
                f"{CARD}: 1.1, 3 points either way",
                whole=False,
                unit="points in work",
            ),
            Claim(
                "job-search courses, largest less smallest effect at half a year, 1.5 and 2.5 years",
                ("long", SEARCHING),
                _spread(tuple(long(SEARCH, "job-search course", years) for years in (0.5, 1.5, 2.5))),
                None,
                3,
                f"{CARD}: 1.2, 2.0, 1.1; flat within 3 points",
                whole=False,
                unit="points in work",
            ),
            Claim(
                "under 30 with reduced capacity, 2.5 years: wage subsidy less education",
                ("long", "long, no wage subsidy", "long, no education"),
                less(_SUBSIDY(2.5), _EDUCATION(2.5)),
                0,
                None,
                "Back to work: subsidised work leads at 2-3 years",
                unit="points in work",
            ),
            Claim(
                "the same, 5.5 years",
                ("long", "long, no wage subsidy", "long, no education"),
                less(_SUBSIDY(5.5), _EDUCATION(5.5)),
                None,
                0,
                "Back to work: education leads at 5-6 years",
                unit="points in work",
            ),
            Claim(
                "the same, eight years and a half (entrants of the first half-year)",
                ("long", "long, no wage subsidy", "long, no education"),
                less(_SUBSIDY(8.5), _EDUCATION(8.5)),
                -5,
                5,
                "Back to work: no difference at 8-9 years; 5 points either way",
                whole=False,
                unit="points in work",
            ),
        ),
    ),
    Pattern(
        15,
        "The worst-off gain most from measures at a workplace, and are selected least (Westlie 2008; Gjersøe & Strand)",
        (
            Claim(
                "effect of work training, farthest from work less nearest",
                WITHOUT_TRAINING,
                by_distance(TRAINING, "no work training"),
                0,
                None,
                "Westlie 2008",
                unit="points in work",
                pairs=16,
            ),
            Claim(
                "effect of SE, farthest from work less nearest",
                ("baseline", "no SE"),
                by_distance(in_se, "no SE"),
                0,
                None,
                "Westlie 2008",
                unit="points in work",
                pairs=16,
            ),
            Claim(
                "share of the farthest third in work training, less a third",
                WITHOUT_TRAINING,
                share_far(TRAINING, *WITHOUT_TRAINING),
                None,
                0,
                "Gjersøe & Strand 2021: selected least",
                unit="share",
            ),
            Claim(
                "share of the farthest third in SE, less a third",
                ("baseline", "no SE"),
                share_far(in_se, "baseline", "no SE"),
                None,
                0,
                "Gjersøe & Strand 2021: selected least",
                unit="share",
            ),
            Claim(
                "share of the farthest third in subsidised jobs, less a third",
                WITHOUT_SUBSIDY,
                share_far(SUBSIDY, *WITHOUT_SUBSIDY),
                None,
                0,
                "Gjersøe & Strand 2021: selected least",
                unit="share",
            ),
        ),
    ),
    Pattern(
        16,
        "Programme carousel: over 40 % with reduced capacity chain measures (Nossen 2023)",
        (
            Claim(
                "two measures or more in five years, reduced capacity",
                ("long",),
                chained(True),
                40,
                48,
                "V13: 42",
                whole=False,
                unit="per cent of participants",
            ),
            Claim(
                "two measures or more in five years, others",
                ("long",),
                chained(False),
                13,
                20,
                "V14: 16",
                whole=False,
                unit="per cent of participants",
            ),
        ),
    ),
    Pattern(
        17,
        "Long queues (6-11 months) and missing follow-up erode the effect (Riksrevisjonen 2018)",
        (
            Claim(
                "wait of those who lately began AFT, work training, SE or KVP",
                ("baseline",),
                lambda runs: np.asarray(level("measure_wait", "baseline", first=52)(runs)) * 12.0 / 52.0,
                6,
                11,
                "V49, I59",
                whole=False,
                unit="months",
            ),
            Claim(
                "motivation of the registered, queues that do not wear less those that do",
                ("queues do not wear", "baseline"),
                difference("motivation", "queues do not wear", "baseline"),
                0,
                None,
                "Riksrevisjonen 2018",
                unit="0-1",
            ),
            Claim(
                "in work a year after entry into work training, queues that do not wear less those that do",
                ("queues do not wear", "baseline", "queues do not wear, no work training", "no work training"),
                less(
                    effect("queues do not wear", "queues do not wear, no work training", TRAINING, who=reduced),
                    IN_TRAINING,
                ),
                0,
                None,
                "Riksrevisjonen 2018: erode the effect",
                unit="points in work",
                pairs=16,
            ),
        ),
    ),
    Pattern(
        18,
        "Statistical masking: registered unemployment falls with course volume even where jobs do not rise",
        (
            Claim(
                "registered unemployed, three times the course places less the baseline's",
                MORE_COURSES,
                difference("unemployed", *MORE_COURSES),
                None,
                0,
                "PD; definition of Statistics Norway",
                unit="people",
            ),
            Claim(
                "fall in registered unemployed over rise in participants on courses",
                MORE_COURSES,
                ratio(
                    lambda runs: -np.asarray(difference("unemployed", *MORE_COURSES)(runs)),
                    difference("on_courses", *MORE_COURSES),
                ),
                0.5,
                1.2,
                "definition: who takes a seat is not counted; half may come from other measures",
                whole=False,
                unit="ratio",
            ),
            Claim(
                "in work two years on, the same",
                MORE_COURSES,
                lambda runs: 100.0 * np.asarray(difference("employed_share", *MORE_COURSES)(runs)),
                -1,
                0.5,
                "PD: jobs do not rise; half a point of all registered as none",
                unit="points in work",
            ),
        ),
    ),
    Pattern(
        26,
        "Part-time work beside AAP is a main state of success; a yes or no of work misses it (AFI 2016:05)",
        (
            Claim(
                "of those with reduced capacity in work after two years, part-time with a benefit",
                ("baseline",),
                read("baseline", part_time_among_workers),
                0.25,
                0.75,
                "AFI 2016:05: a main state; a quarter to three quarters as main",
                whole=False,
                unit="share",
            ),
            Claim(
                "effect of SE on being in part-time work with a benefit, a year after entry",
                ("baseline", "no SE"),
                effect("baseline", "no SE", in_se, who=reduced, outcome=in_states(JOB_WITH_BENEFIT)),
                0,
                None,
                "AFI: positive, driven by partial jobs",
                unit="points",
            ),
        ),
    ),
    Pattern(
        28,
        "Over two years on the register, recent measures have no detectable effect; under two years they do (Frisch)",
        (
            Claim(
                "effect as evaluated, over two years",
                ("baseline",),
                as_evaluated(True),
                -2,
                2,
                "Frisch 4/2018: none detectable; 2 points either way",
                whole=False,
                unit="points in work",
                pairs=24,
            ),
            Claim(
                "effect as evaluated, up to two years",
                ("baseline",),
                as_evaluated(False),
                0,
                None,
                "Frisch 4/2018: there is one",
                unit="points in work",
                pairs=24,
            ),
        ),
    ),
)
