"""Rows E1, E4, E5 and E7 to E12: what employers believe, get and learn, and which jobs last."""

from __future__ import annotations

from sim.evaluation.ablation import Contrast, Expect, Mechanism

ROWS: tuple[Mechanism, ...] = (
    Mechanism(
        "E1",
        "an employer's belief and openness, and the relation with the specialist, follow each hire",
        ("processes.employer_relations.learn_of", "processes.employer_relations.relation_after"),
        (
            Contrast(
                "a good hire opens no door",
                {"world.brokering.good_opens": 0, "world.brokering.relation_won": 0},
                (Expect("employer_openness", -1), Expect("placements", -1)),
            ),
            Contrast(
                "a bad hire closes no door",
                {"world.brokering.bad_closes": 0, "world.brokering.relation_lost": 0},
                (Expect("employer_openness", +1), Expect("relation_strength", +1)),
            ),
        ),
    ),
    Mechanism(
        "E4",
        "wage that neither output nor subsidy pays makes jobs end, and a subsidy bears part of it while it runs; an "
        "assessed rate errs to either side; employers "
        "give people whom NAV brought a permanent contract the less, the less follow-up, mentor or subsidy there is",
        (
            "processes.employment.burden",
            "processes.hiring.first_rate",
            "processes.employment.kept_after_subsidy",
            "processes.employment.made_permanent",
        ),
        (
            Contrast(
                "the subsidy ends half-way instead of falling",
                {"policy.subsidy.rate_later": 0},
                (Expect("subsidised_job", -1), Expect("hires_subsidised", -1)),
            ),
            Contrast(
                "no wage subsidy, where it decides on no hire",
                {"policy.subsidy.use": 0},
                (Expect("se_retention_26w", -1), Expect("se_jobs_ended_early", +1)),
                {
                    "world.brokering.yes_subsidy": 0,
                    "world.brokering.rest_subsidy": 0,
                    "world.brokering.subsidy_softens": 0,
                    "world.hiring.subsidy_score": 0,
                },
            ),
            Contrast(
                "capacity in the job is assessed without error, instead of with much",
                {"world.hiring.assessment_error": 0},
                (Expect("subsidy_windfall", -1), Expect("subsidised_jobs_ended", -1)),
                {"policy.subsidy.rate_rule": "assessed", "world.hiring.assessment_error": 0.8},
            ),
            Contrast(
                "employers are not reluctant to make people whom NAV brought permanent",
                {"world.employment.reluctance": 0},
                (Expect("se_permanent_26w", +1), Expect("permanent_job_share", +1, "reduced_capacity")),
            ),
            Contrast(
                "systematic mentors, where follow-up ends after four weeks",
                {"policy.mentor.use": 0.8, "policy.mentor.systematic": 1},
                (Expect("se_permanent_26w", +1), Expect("se_retention_26w", +1)),
                {"policy.se.follow_up_weeks": 4},
                "on",
            ),
            Contrast(
                "follow-up ends after four weeks",
                {"policy.se.follow_up_weeks": 4},
                (Expect("se_permanent_26w", -1), Expect("se_retention_26w", -1)),
                turns="down",
            ),
        ),
    ),
    Mechanism(
        "E5",
        "an open employer takes a mentor; a systematic one teaches the job, stands in for follow-up, relieves the "
        "specialist, and warns NAV, where somebody then spends time, as long as the grant lasts",
        (
            "processes.employment.held_up",
            "processes.employment.ends_in_trouble",
            "processes.hiring.mentor_of",
            "processes.hiring.mentor_length",
            "processes.supported_employment.step_demand",
        ),
        (
            Contrast(
                "mentors are systematic instead of merely social",
                {"policy.mentor.systematic": 1},
                (Expect("se_retention_26w", +1), Expect("employer_visits", +1)),
                {"policy.mentor.use": 0.8, "policy.mentor.systematic": 0},
                "on",
            ),
            Contrast(
                "mentors do not warn NAV, where follow-up ends after four weeks",
                {"world.employment.mentor_warns": 0},
                (Expect("se_jobs_ended", +1), Expect("se_retention_26w", -1)),
                {"policy.mentor.use": 0.8, "policy.mentor.systematic": 1, "policy.se.follow_up_weeks": 4},
            ),
            Contrast(
                "no supervisor answers a warning, where follow-up ends after four weeks",
                {"world.employment.supervisor_helps": 0},
                (Expect("se_jobs_ended", +1), Expect("se_retention_26w", -1)),
                {"policy.mentor.use": 0.8, "policy.mentor.systematic": 1, "policy.se.follow_up_weeks": 4},
            ),
        ),
    ),
    Mechanism(
        "E7",
        "the weekly hazard of a job falls with match, tenure and the follow-up that the person wants; a brokered job "
        "begins at risk",
        ("processes.employment.separation_hazard", "processes.employment.taken_up"),
        (
            Contrast(
                "follow-up holds no job",
                {"world.employment.follow_up": 0, "world.employment.caught": 0},
                (Expect("se_retention_26w", -1), Expect("se_jobs_ended", +1)),
            ),
            Contrast(
                "the match matters for output only",
                {"world.employment.fit": 0},
                (Expect("se_retention_26w", -1), Expect("jobs_ended", +1)),
                turns="down",
            ),
        ),
    ),
    Mechanism(
        "E8",
        "those who can work half-time or less may have the subsidy longer than others",
        ("processes.hiring.subsidy_length",),
        (
            Contrast(
                "two years of subsidy for those who can work half-time or less",
                {"policy.subsidy.weeks_low_capacity": 104},
                (Expect("subsidised_job", +1), Expect("subsidised_jobs_ended", -1)),
                turns="up",
            ),
        ),
    ),
    Mechanism(
        "E9",
        "an open employer with a good relation offers a job unasked: an extra one where it grows, which takes none of "
        "its openings, or a vacancy it has, for which an outside applicant is passed over",
        ("processes.brokering.broker_jobs", "processes.vacancies.make_extra", "processes.hiring.best_rival"),
        (
            Contrast(
                "no job is offered unasked, instead of many",
                {"world.brokering.make_job": 0},
                (Expect("placements", -1), Expect("placement_weeks", +1)),
                {"world.brokering.make_job": 0.3},
            ),
            Contrast(
                "every job offered unasked is an extra one, where many are",
                {"world.brokering.extra_share": 1},
                (Expect("jobs_made", +1),),
                {"world.brokering.make_job": 0.3},
                "up",
            ),
        ),
    ),
    Mechanism(
        "E10",
        "openness drifts to social motive plus subsidy less perceived risk, and decides with it on the answer",
        ("processes.employer_relations.rest_openness", "processes.brokering.says_yes"),
        (
            Contrast(
                "no wage subsidy",
                {"policy.subsidy.use": 0},
                (Expect("employer_openness", -1), Expect("placements", -1)),
            ),
        ),
    ),
    Mechanism(
        "E11",
        "each visit opens an employer a little, and openness fades without them",
        ("processes.employer_relations.visit_employers", "processes.employer_relations.rest_openness"),
        (
            Contrast(
                "visits do not open employers",
                {"world.brokering.visit_opens": 0},
                (Expect("employer_openness", -1), Expect("placements", -1)),
            ),
            Contrast(
                "openness does not fade",
                {"world.brokering.fade": 0},
                (Expect("employer_openness", +1), Expect("placements", +1)),
            ),
        ),
    ),
    Mechanism(
        "E12",
        "good hires, more so with a mentor, teach a workplace to include, and the next stays longer",
        ("processes.employer_relations.learn_of", "processes.employment.separation_hazard"),
        (
            Contrast(
                "workplaces do not learn to include",
                {"world.brokering.inclusion_gain": 0},
                (Expect("se_retention_26w", -1), Expect("placement_match", -1)),
            ),
        ),
    ),
)
