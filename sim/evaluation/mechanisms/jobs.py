"""Rows E2, E3, E6: vacancies, hiring, the ladder from practice to job."""

from __future__ import annotations

from sim.evaluation.ablation import Contrast, Expect, Mechanism

ROWS: tuple[Mechanism, ...] = (
    Mechanism(
        "E2",
        "Vacancies open with an employer's growth, a small firm's at a threshold, and with the cycle; adverts "
        "are seen, "
        "shared posts are heard of through a network or found by a specialist who visits",
        ("processes.vacancies.growth_factor", "processes.vacancies.cycle", "processes.search.hears_of"),
        (
            Contrast(
                "a downturn after the policy date",
                {"world.vacancies.cycle": 0.5},
                (Expect("vacancies", -1), Expect("hires", -1)),
                turns="on",
            ),
            Contrast(
                "every vacancy is advertised",
                {"world.vacancies.hidden": 0},
                (Expect("applications", +1), Expect("hires", +1)),
            ),
        ),
    ),
    Mechanism(
        "E3",
        "A vacancy takes the best it meets, and then it is gone: outside applicants win most, the more of them the "
        "slacker the market, and more people looking means a longer way to a job for each",
        ("processes.hiring.hire", "processes.hiring.best_of", "processes.hiring.rivals"),
        (
            Contrast(
                "twice the outside applicants",
                {"world.hiring.competitors": 1.1},
                (Expect("hires", -1), Expect("hires_outside", +1)),
                turns="up",
            ),
            Contrast(
                "half as many newcomers more",
                {"world.inflow.ordinary_per_1000": 14.5},
                (Expect("weeks_to_first_job", +1, "reduced_capacity"), Expect("displaced_outside", +1)),
                turns="up",
            ),
            Contrast(
                "no more outside applicants come where vacancies are few",
                {"world.hiring.competitors_tightness": 0},
                (Expect("hires", +1), Expect("hires_outside", -1)),
                {"world.vacancies.per_unemployed": 0.6},
            ),
        ),
    ),
    Mechanism(
        "E6",
        "Work training is the first rung: some hosts hire at its end, often with a subsidy at first; it fills "
        "the CV and gives "
        "a reference even where the host only took the free labour, in KVP, too",
        ("processes.work_training.host_hires", "processes.work_training.only_takes", "processes.search.visible_score"),
        (
            Contrast(
                "no host hires, with many in work training",
                {"world.work_training.hires": 0},
                (Expect("subsidised_job", -1), Expect("employed_share", -1, "reduced_capacity")),
                both={"policy.courses.work_training_places_per_1000": 150},
            ),
            Contrast(
                "practice gives no reference and fills no CV, with many in work training",
                {"world.search.reference": 0, "world.work_training.filled_cv": 0},
                (Expect("hires", -1), Expect("weeks_to_first_job", +1, "long_term")),
                both={"policy.courses.work_training_places_per_1000": 150},
            ),
            Contrast(
                "the last twelve weeks of work-preparatory training are practice at an employer",
                {"world.work_training.aft_weeks": 12},
                (Expect("subsidised_job", +1), Expect("hires_by_host", +1)),
                turns="on",
            ),
        ),
    ),
)
