"""Rows J1 to J14: what people bring, feel and do."""

from __future__ import annotations

from sim.evaluation.ablation import Contrast, Expect, Mechanism

ROWS: tuple[Mechanism, ...] = (
    Mechanism(
        "J1",
        "Search effort is motivation held up by self-efficacy; failed applications wear both, meetings and work that "
        "fits lift them; nothing is learnt without motivation",
        ("processes.search.will_to_search", "processes.feelings.feel", "processes.courses.learnt"),
        (
            Contrast(
                "everybody searches alike",
                {"world.search.will": 0},
                (Expect("employed_share", +1, "low_motivation"), Expect("weeks_to_first_job", -1, "low_motivation")),
            ),
            Contrast(
                "failed applications do not discourage",
                {"world.feelings.failed": 0, "world.feelings.failed_efficacy": 0},
                (Expect("motivation", +1), Expect("applications", +1)),
            ),
        ),
    ),
    Mechanism(
        "J2",
        "Time with one who listens builds trust; weeks on the third measure or later wear it",
        ("processes.contact.trust_change", "processes.feelings.feel"),
        (
            Contrast(
                "time with the supervisor builds no trust, at 15 clients each",
                {"world.contact.trust_hour": 0},
                (Expect("motivation", -1), Expect("mapped", -1)),
                both={"policy.supervisors.caseload": 15},
            ),
            Contrast(
                "measure after measure costs no trust",
                {"world.feelings.carousel": 0},
                (Expect("trust", +1), Expect("trust", +1, "long_term")),
            ),
        ),
    ),
    Mechanism(
        "J3",
        "Care, bad health and worries each take their share of the hours left to search, and the shares multiply",
        ("processes.search.hours_left", "processes.contact.no_show"),
        (
            Contrast(
                "barriers take no hours from the search",
                {"world.search.hours_care": 0, "world.search.hours_health": 0, "world.search.hours_worries": 0},
                (Expect("applications", +1), Expect("weeks_to_first_job", -1, "reduced_capacity")),
            ),
        ),
    ),
    Mechanism(
        "J4",
        "Norwegian grows at work, in proportion to how much of it is among colleagues, and slowly on courses",
        ("processes.employment.language_gain", "processes.work_training.train_at_work"),
        (
            Contrast(
                "all work is solitary",
                {"world.sectors.colleagues": (0, 0, 0, 0, 0, 0)},
                (Expect("language", -1), Expect("language", -1, "low_language")),
            ),
        ),
    ),
    Mechanism(
        "J5",
        "Health comes and goes: a shock moves a person to work assessment allowance (AAP); part of the loss "
        "comes back, and "
        "a review may give full capacity back",
        ("processes.feelings.feel", "processes.exits.reviewed", "processes.exits.run_benefits"),
        (
            Contrast(
                "no health shocks",
                {"world.feelings.shock_week": 0},
                (Expect("aap_share", -1, "unemployment_benefit"), Expect("disability_pension_share", -1)),
            ),
            Contrast(
                "health that a shock took does not come back",
                {"world.feelings.returns": 0},
                (Expect("back_from_aap", -1), Expect("wellbeing", -1)),
            ),
        ),
    ),
    Mechanism(
        "J6",
        "Employers mark a gap in the CV down, to its full size at month eight and no further, one for mental "
        "health more; "
        "a new job ends the gap and its reason, and leaves no scar",
        ("processes.search.gap_penalty", "processes.search.visible_score", "processes.employment.lose_job"),
        (
            Contrast(
                "gaps do not count",
                {"world.search.gap": 0, "world.search.mental_gap": 0},
                (Expect("hires", +1), Expect("weeks_to_first_job", -1, "long_term")),
            ),
        ),
    ),
    Mechanism(
        "J7",
        "A job in the sector that truly suits matches better and lasts; a week of trial in it, or in the borrowed one, "
        "may show people their own wish",
        ("processes.work_training.finds_own_wish", "processes.hiring.match_quality"),
        (
            Contrast(
                "a trial teaches nothing about the wish, instead of much",
                {"world.work_training.taste": 0},
                (Expect("suited_hires_share", -1), Expect("suited_job_share", -1)),
                {"world.work_training.taste": 0.3},
            ),
            Contrast(
                "nobody's wish is borrowed",
                {"world.people.borrowed_wish": 0},
                (Expect("suited_hires_share", +1), Expect("suited_job_share", +1)),
            ),
            Contrast(
                "work that suits matches no better",
                {"world.hiring.match_calling": 0},
                (Expect("jobs_ended", +1), Expect("returned", +1)),
            ),
        ),
    ),
    Mechanism(
        "J8",
        "Shifts, hours and the way to work put some jobs out of reach for some people; a part-time job beside a "
        "benefit is "
        "a state of its own",
        (
            "processes.search.acceptable",
            "processes.search.agrees_to_fewer_hours",
            "processes.search.within_reach",
            "processes.hiring.stays_registered",
        ),
        (
            Contrast(
                "every shift and every distance will do",
                {"world.search.travel": 0, "world.search.shift_care": 1},
                (Expect("applications", +1), Expect("hires", +1)),
            ),
            Contrast(
                "no part-time job beside a benefit",
                {"world.hiring.full_hours": 0},
                (Expect("part_time_with_benefit", -1), Expect("registered", -1)),
            ),
            Contrast(
                "no employer cuts a post to the hours that somebody can work",
                {"world.search.fewer_hours": 0},
                (Expect("applications", -1), Expect("part_time_with_benefit", -1)),
            ),
            Contrast(
                "social assistance never fills up part-time pay",
                {"world.hiring.assisted_hours": 0},
                (
                    Expect("part_time_with_benefit_share", -1, "social_assistance"),
                    Expect("part_time_with_benefit_share", -1, "kvp"),
                ),
            ),
        ),
    ),
    Mechanism(
        "J9",
        "Who attends without motivation learns little; some decline a place or leave early, and some of them lose the "
        "benefit; some have a job lined up and sit the course out, since NAV knows only of those it knows well",
        (
            "processes.courses.learnt",
            "processes.seats.takes_seat",
            "processes.seats.leaving_chance",
            "processes.hiring.weeks_to_start",
        ),
        (
            Contrast(
                "what is learnt does not depend on wanting it",
                {"world.courses.ownership": 0},
                (Expect("skill", +1, "low_motivation"), Expect("language", +1, "low_motivation")),
            ),
            Contrast(
                "every job begins at once",
                {"world.hiring.start_delay": 0},
                (Expect("sitting_out", -1), Expect("unemployed", -1)),
            ),
            Contrast(
                "nobody leaves a measure early",
                {"world.courses.leave_year": 0},
                (Expect("sanctions", -1), Expect("on_courses", +1)),
            ),
        ),
    ),
    Mechanism(
        "J10",
        "Wellbeing follows health, worries, trust and work, so that time for people raises it where no job results",
        ("processes.feelings.wellbeing_target", "processes.contact.barrier_change"),
        (
            Contrast(
                "30 clients a supervisor",
                {"policy.supervisors.caseload": 30},
                (Expect("wellbeing_jobless", +1), Expect("wellbeing_jobless", +1, "reduced_capacity")),
                turns="down",
            ),
        ),
    ),
    Mechanism(
        "J11",
        "People leave for a pension, more of them the worse the health and the longer the spell, and with their case "
        "documented; people leave the labour force, more of them when somebody has time to find who is not looking",
        ("processes.exits.pension_hazard", "processes.exits.leaving_hazard", "processes.contact.gives_up_claim"),
        (
            Contrast(
                "health does not bear on a pension",
                {"world.exits.pension_health": 0},
                (Expect("pensions", -1), Expect("disability_pension_share", -1)),
            ),
            Contrast(
                "30 clients a supervisor",
                {"policy.supervisors.caseload": 30},
                (Expect("left_labour_force", +1), Expect("employed_share", +1)),
                turns="down",
            ),
        ),
    ),
    Mechanism(
        "J12",
        "Above a barrier threshold a placed person does not turn up; below it, work that fits lifts motivation and "
        "eases worries",
        ("processes.brokering.stays_away", "processes.feelings.feel"),
        (
            Contrast(
                "barriers keep fewer people away",
                {"world.brokering.barrier_threshold": 0.8},
                (Expect("no_shows", -1), Expect("placements", +1)),
                turns="up",
            ),
            Contrast(
                "work neither lifts nor eases",
                {"world.feelings.lift": 0, "world.feelings.eased": 0},
                (Expect("motivation", -1), Expect("wellbeing", -1)),
            ),
        ),
    ),
    Mechanism(
        "J13",
        "The qualified without search know-how keep to their field, wait for the dream job, and study again",
        (
            "processes.search.clings",
            "processes.search.acceptable",
            "processes.hiring.lowest_accepted",
            "processes.education.applies",
        ),
        (
            Contrast(
                "nobody clings to papers",
                {"world.search.papers": 0, "world.hiring.dream": 0, "world.education.papers": 0},
                (
                    Expect("applications", +1),
                    Expect("weeks_in_work", +1, "skilled_low_know_how"),
                ),
            ),
        ),
    ),
    Mechanism(
        "J14",
        "The hours a person can work grow in a job as far as health goes, faster in a good match with support",
        ("processes.employment.capacity_gain",),
        (
            Contrast(
                "hours do not grow",
                {"world.employment.capacity_week": 0},
                (Expect("capacity", -1, "reduced_capacity"), Expect("hours_worked", -1, "reduced_capacity")),
            ),
        ),
    ),
)
