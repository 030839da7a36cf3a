"""Patterns 1 to 3, 24 and 27: few or many clients for each supervisor."""

from __future__ import annotations

import numpy as np

from sim.agents.jobseeker import (
    DISABILITY_PENSION,
    JOB_SEARCH_COURSE,
    ON_MEASURE,
    OUT_OF_LABOUR_FORCE,
    UNEMPLOYED,
    VOCATIONAL_COURSE,
    WORK_TRAINING,
)
from sim.evaluation.histories import WORKING, on_measure
from sim.evaluation.pattern import Claim, Pattern, Run, Runs, Statistic, difference
from sim.evaluation.treated import effect, less, level, on_social_assistance, ratio

JOBLESS, OUTSIDE = (UNEMPLOYED, ON_MEASURE), (DISABILITY_PENSION, OUT_OF_LABOUR_FORCE)
FEW, MANY = "caseload 30", "baseline"
BOHEIM = "Böheim, Eppel & Mahringer 2023 (V27, V28a, V28b)"


def gaze(arm: str) -> Statistic:
    """Mean gaze of the clients' supervisors in the second year."""
    return level("gaze", arm, first=52, last=104)


def weeks_gained(states: tuple[int, ...], group: str = "all") -> Statistic:
    """Weeks in states over the horizon of people registered at the policy date: few clients less many."""

    def value(runs: Runs) -> list[float]:
        found = []
        for few, many in runs.each(FEW, MANY):
            ids = stock(few, group)
            gain = few.histories.weeks_in(ids, states) - many.histories.weeks_in(ids, states)
            found.append(float(gain.mean()))
        return found

    return value


def stock(run: Run, group: str) -> np.ndarray:
    """Ids of everybody registered at the policy date, or of a group of them."""
    people = run.people(26)
    chosen = {
        "all": np.ones(len(people), bool),
        "long_term": people["weeks_registered"] >= 52,
        "short_term": people["weeks_registered"] < 52,
        "reduced": people["reduced_capacity"],
        "ordinary": ~people["reduced_capacity"],
    }[group]
    return people.index.to_numpy()[np.asarray(chosen, bool)]


def _added(mechanism: str) -> Statistic:
    """Weeks in work that a caseload of 30 brings, in the world where contact teaches or lifts only this."""
    return difference("weeks_in_work", f"caseload 30, {mechanism}", f"caseload 120, {mechanism}")


BOTH = difference("weeks_in_work", FEW, MANY)
FOUR_WORLDS = tuple(
    f"caseload {n}, {mechanism}" for mechanism in ("skill only", "motivation only", "neither") for n in (30, 120)
)

PATTERNS = (
    Pattern(
        1,
        "Tight caseload: the same clients are seen differently (GZ)",
        (
            Claim(
                "gaze at a caseload of 15",
                ("caseload 15",),
                gaze("caseload 15"),
                None,
                0.4,
                "GZ: circumstances at 15-30",
                unit="0-1",
            ),
            Claim("gaze at a caseload of 30", (FEW,), gaze(FEW), None, 0.4, "GZ: circumstances at 15-30", unit="0-1"),
            Claim(
                "gaze at a caseload of 100",
                ("caseload 100",),
                gaze("caseload 100"),
                0.6,
                None,
                "GZ: clients' will at 60-200; I124: threshold at 40-80",
                unit="0-1",
            ),
            Claim(
                "gaze at 30 less gaze at 15",
                (FEW, "caseload 15"),
                less(gaze(FEW), gaze("caseload 15")),
                0,
                None,
                "monotone",
                unit="0-1",
            ),
            Claim(
                "gaze at 60 less gaze at 30",
                ("caseload 60", FEW),
                less(gaze("caseload 60"), gaze(FEW)),
                0,
                None,
                "monotone",
                unit="0-1",
            ),
            Claim(
                "gaze at 100 less gaze at 60",
                ("caseload 100", "caseload 60"),
                less(gaze("caseload 100"), gaze("caseload 60")),
                0,
                None,
                "monotone",
                unit="0-1",
            ),
            Claim(
                "gaze at 200 less gaze at 100",
                ("caseload 200", "caseload 100"),
                less(gaze("caseload 200"), gaze("caseload 100")),
                0,
                None,
                "monotone",
                unit="0-1",
            ),
        ),
    ),
    Pattern(
        2,
        "Lower caseload raises meetings, referrals and sanctions; unemployment falls by more than employment rises",
        (
            Claim(
                "minutes met, 30 clients less 120",
                (FEW, MANY),
                difference("contact_minutes", FEW, MANY),
                0,
                None,
                BOHEIM,
                unit="minutes per client-month",
            ),
            Claim(
                "referrals, 30 clients less 120",
                (FEW, MANY),
                difference("referrals", FEW, MANY),
                0,
                None,
                BOHEIM,
                unit="a week",
            ),
            Claim(
                "sanctions, 30 clients less 120",
                (FEW, MANY),
                difference("sanctions", FEW, MANY),
                0,
                None,
                BOHEIM,
                unit="a week",
            ),
            Claim(
                "weeks on the register without a job, 30 clients less 120",
                (FEW, MANY),
                weeks_gained(JOBLESS),
                None,
                0,
                f"{BOHEIM}: -36 days",
                unit="weeks in two years",
            ),
            Claim(
                "weeks in work, 30 clients less 120",
                (FEW, MANY),
                weeks_gained(WORKING),
                0,
                None,
                f"{BOHEIM}: +16 days",
                unit="weeks in two years",
            ),
            Claim(
                "share of the fall that leaves the labour force",
                (FEW, MANY),
                ratio(weeks_gained(OUTSIDE), lambda runs: -np.asarray(weeks_gained(JOBLESS)(runs))),
                0.4,
                0.8,
                f"{BOHEIM}: 20 of 36 days; the pattern: about half or more",
                whole=False,
                unit="share",
            ),
        ),
    ),
    Pattern(
        3,
        "Lower caseload cuts unemployment most for the long-term jobless, without a larger employment gain for them",
        (
            Claim(
                "weeks without a job on the register, change for the long-term less change for others",
                (FEW, MANY),
                less(weeks_gained(JOBLESS, "long_term"), weeks_gained(JOBLESS, "short_term")),
                None,
                0,
                BOHEIM,
                unit="weeks in two years",
            ),
            Claim(
                "weeks in work, gain of the long-term less gain of others",
                (FEW, MANY),
                less(weeks_gained(WORKING, "long_term"), weeks_gained(WORKING, "short_term")),
                None,
                1.1,
                f"{BOHEIM}: not larger; margin: half the width of V27's interval",
                unit="weeks in two years",
            ),
            Claim(
                "weeks outside the labour force, change for the long-term less change for others",
                (FEW, MANY),
                less(weeks_gained(OUTSIDE, "long_term"), weeks_gained(OUTSIDE, "short_term")),
                0,
                None,
                f"{BOHEIM}: more of them leave",
                unit="weeks in two years",
            ),
            Claim(
                "weeks in work, gain with reduced capacity less gain of others",
                (FEW, MANY),
                less(weeks_gained(WORKING, "reduced"), weeks_gained(WORKING, "ordinary")),
                0,
                None,
                f"{BOHEIM}: health limits gain somewhat more",
                unit="weeks in two years",
            ),
        ),
    ),
    Pattern(
        24,
        "Support for job search works only when skill and motivation are both raised (Liu et al. 2014)",
        (
            Claim(
                "weeks in work by a caseload of 30: both, less skill only, less motivation only, plus neither",
                (FEW, MANY, *FOUR_WORLDS),
                lambda runs: (
                    np.asarray(BOTH(runs))
                    - _added("skill only")(runs)
                    - _added("motivation only")(runs)
                    + _added("neither")(runs)
                ),
                0,
                None,
                "I102: works only with both",
                unit="weeks in two years",
            ),
            Claim(
                "share of it that skill alone brings",
                (FEW, MANY, *FOUR_WORLDS),
                ratio(less(_added("skill only"), _added("neither")), less(BOTH, _added("neither"))),
                None,
                0.5,
                "I102: one alone does not work; half is the outer bound",
                unit="share",
            ),
            Claim(
                "share of it that motivation alone brings",
                (FEW, MANY, *FOUR_WORLDS),
                ratio(less(_added("motivation only"), _added("neither")), less(BOTH, _added("neither"))),
                None,
                0.5,
                "I102: one alone does not work; half is the outer bound",
                unit="share",
            ),
        ),
    ),
    Pattern(
        27,
        "Few clients and training at a workplace help people on social assistance; classrooms hardly do (SBU 2022)",
        (
            Claim(
                "weeks in work of those on social assistance, 30 clients less 120",
                (FEW, MANY),
                difference("weeks_in_work", FEW, MANY, "social_assistance"),
                0,
                None,
                "SBU 351, 2022",
                unit="weeks in two years",
            ),
            Claim(
                "effect of work training on those on social assistance, a year after entry",
                ("baseline", "no work training"),
                effect("baseline", "no work training", on_measure(WORK_TRAINING), who=on_social_assistance),
                0,
                None,
                "SBU 351, 2022",
                unit="points in work",
            ),
            Claim(
                "effect of courses on those on social assistance, a year after entry",
                ("baseline", "no courses"),
                effect(
                    "baseline",
                    "no courses",
                    on_measure(JOB_SEARCH_COURSE, VOCATIONAL_COURSE),
                    who=on_social_assistance,
                ),
                -3,
                3,
                "SBU 351, 2022: negligible; 3 points either way (I111)",
                whole=False,
                unit="points in work",
            ),
        ),
    ),
)
