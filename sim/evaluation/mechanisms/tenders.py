"""Rows T1 to T20: tenders, providers, courses, instructors."""

from __future__ import annotations

from sim.evaluation.ablation import Contrast, Expect, Mechanism

# Few instructors teach at the usual volume, and few quit: with three times the places an effect can be told from luck.
MANY_COURSES = {"policy.courses.vocational_places_per_1000": 42}

ROWS: tuple[Mechanism, ...] = (
    Mechanism(
        row="T1",
        happens="Places on courses are fixed in a round, by the budget and need of that day, until the contract ends.",
        where=("processes.tendering._week", "processes.awards.hold_round", "processes.awards.begin_period"),
        contrasts=(
            Contrast(
                "places follow the budget at once, not the round, when a policy doubles vocational places",
                {"world.tendering.volume_fixed": 0.0},
                (Expect("on_courses", 1), Expect("cost_courses", 1)),
                both={"policy.courses.vocational_places_per_1000": 28},
            ),
        ),
    ),
    Mechanism(
        row="T2",
        happens="Quality points rest on a stale result, on names and on noise, and bunch near one half: price decides.",
        where=("processes.bids.quality_score", "processes.bids.standing", "processes.awards.hold_round"),
        contrasts=(
            Contrast(
                "points spread out, and bidders know it",
                {"world.tendering.bunching": 0.4, "world.tendering.sharpness": 18},
                (Expect("award_premium", 1), Expect("course_price", 1)),
            ),
        ),
    ),
    Mechanism(
        row="T3",
        happens="Bids name the best profiles on file, the same in several bids; three are promised, one deployed.",
        where=("processes.profiles.name_profiles", "processes.profiles.on_file", "processes.staffing._fill_posts"),
        contrasts=(
            Contrast(
                "all who were promised are deployed",
                {"world.tendering.thrift": 0},
                (Expect("staff_deployed", 1), Expect("course_quality", 1)),
            ),
        ),
    ),
    Mechanism(
        row="T4",
        happens="Low bids pay low wages, volume is partly uncertain; instructors foresee little, prepare unpaid, quit.",
        where=(
            "processes.instructors.instructor_quits",
            "processes.instructors.foreseen",
            "processes.bids.counted_on",
            "processes.bids.staying_of",
            "processes.money.places_paid",
            "processes.teaching.prepared",
        ),
        contrasts=(
            Contrast(
                "instructors do not mind that nothing is foreseeable",
                {"world.courses.insecurity": 0.0},
                (Expect("instructor_turnover", -1), Expect("course_instructors_left", -1)),
            ),
            Contrast(
                "price decides nearly alone, instead of not at all",
                {"policy.tender.price_weight": 0.8},
                (Expect("instructor_wage", -1), Expect("course_quality", -1)),
                both={"policy.tender.price_weight": 0.0, **MANY_COURSES},
                turns="on",
            ),
            Contrast(
                "all of the volume is guaranteed, instead of none",
                {"policy.tender.guaranteed_volume": 1.0},
                (Expect("course_instructors_left", -1), Expect("instructor_turnover", -1)),
                both={"policy.tender.guaranteed_volume": 0.0, **MANY_COURSES},
                turns="up",
            ),
        ),
    ),
    Mechanism(
        row="T5",
        happens="A company in the red lays off staff by lot; in deep debt it ends, and a newcomer takes over.",
        where=(
            "processes.bids.believed",
            "processes.providers._lay_off",
            "processes.providers._companies",
            "processes.providers._succeed",
            "processes.money._pay",
        ),
        contrasts=(
            Contrast(
                "bidders know their own cost, instead of erring by up to 60 %",
                {"world.providers.cost_error": 0.0},
                (Expect("contractors_in_the_red", -1), Expect("instructors_laid_off", -1)),
                both={"world.providers.cost_error": 0.6, **MANY_COURSES},
            ),
            Contrast(
                "a company in the red lays nobody off, where many are and few end",
                {"world.providers.lays_off": 0.0},
                (Expect("instructors_laid_off", -1),),
                both={"world.providers.cost_error": 0.6, "world.providers.ruin": 6, **MANY_COURSES},
            ),
        ),
    ),
    Mechanism(
        row="T6",
        happens="Instructors between contracts register, search, are referred to courses, and may find other work.",
        where=("processes.instructors.between_contracts", "processes.instructors._register"),
        contrasts=(
            Contrast(
                "they wait outside the register",
                {"world.courses.registers": 0.0},
                (Expect("instructors_registered", -1), Expect("instructors_left_trade", -1)),
            ),
        ),
    ),
    Mechanism(
        row="T7",
        happens="Companies put participants on a wage subsidy to work as instructors, and bid less for it.",
        where=("processes.staffing._take_on_participant", "processes.staffing.suits", "processes.bids.best_bid"),
        contrasts=(
            Contrast(
                "more posts are filled so",
                {"world.tendering.participants": 0.5},
                (Expect("cost_wage_subsidy_providers", 1), Expect("course_price", -1)),
                turns="up",
            ),
        ),
    ),
    Mechanism(
        row="T8",
        happens="Reports take instructors' hours from participants; fixed hours fit badly with care and worries.",
        where=("processes.teaching.teach", "processes.teaching.fits_the_week"),
        contrasts=(
            Contrast(
                "no reports",
                {"policy.courses.reporting": 0.0},
                (Expect("course_hours", 1), Expect("course_quality", 1)),
            ),
            Contrast(
                "hours that fit everybody",
                {"world.courses.fixed_hours": 0.0},
                (Expect("course_learning", 1), Expect("course_motivation_change", 1)),
            ),
        ),
    ),
    Mechanism(
        row="T9",
        happens="Courses lock people in, wear those whom they do not answer, and are no better than their staff.",
        where=(
            "processes.search.lock_in",
            "processes.mastery.mastered",
            "processes.mastery.worn",
            "processes.teaching.course_quality",
        ),
        contrasts=(
            Contrast(
                "people on courses search nearly as others do",
                {"world.search.lock_in_course": 0.8, "world.search.lock_in_aft": 0.8},
                (Expect("applications", 1), Expect("sitting_out", 1)),
            ),
            Contrast(
                "a course that does not answer wears nobody",
                {"world.courses.misfit": 0.0},
                (Expect("course_motivation_change", 1), Expect("course_motivation", 1)),
            ),
            Contrast(
                "better instructors in the trade",
                {"world.institutions.instructor_skill": 0.7},
                (Expect("course_quality", 1), Expect("course_learning", 1)),
                both=MANY_COURSES,
                turns="up",
            ),
        ),
    ),
    Mechanism(
        row="T11",
        happens="People on measures are registered but not counted as unemployed; more seats lower the figure, no job.",
        where=("processes.seats._take_seat", "outcomes.weekly.observe"),
        tested_by="tests/test_accounting.py::test_more_course_places_lower_the_official_figure_without_a_job",
    ),
    Mechanism(
        row="T12",
        happens="Places go to who has waited longest; waiting wears motivation and the wish to take the place.",
        where=("processes.feelings.idle_decay", "processes.seats.takes_seat", "processes.seats.next_in_queue"),
        contrasts=(
            Contrast(
                "waiting in a queue wears no more than being without work",
                {"world.feelings.idle_in_queue": 1.0, "world.courses.wait_wear": 0.0},
                (Expect("motivation", 1), Expect("course_motivation", 1)),
            ),
        ),
    ),
    Mechanism(
        row="T14",
        happens="Levers: approved suppliers and clients' choice; a drop-in workshop; a staff-continuity clause.",
        where=(
            "processes.approval.approve_suppliers",
            "processes.approval.share_out",
            "processes.seats._supplier_chosen",
            "processes.workshop._visits",
            "processes.bids.points_given",
            "processes.staffing._from_pool",
        ),
        contrasts=(
            Contrast(
                "of four approved suppliers clients choose one, and places follow their choices",
                {"policy.courses.client_choice": 1.0},
                (Expect("instructor_wage", 1), Expect("course_quality", 1)),
                both={"policy.tender.suppliers": 4},
                turns="on",
            ),
            Contrast(
                "a drop-in workshop",
                {"policy.courses.drop_in_places_per_1000": 10},
                (Expect("motivation", 1), Expect("applications", 1)),
                turns="on",
            ),
            Contrast(
                "only named staff who must be deployed are scored",
                {"policy.tender.continuity": 1.0},
                (Expect("named_staff", 1), Expect("course_quality", 1)),
                turns="on",
            ),
        ),
    ),
    Mechanism(
        row="T15",
        happens="Outsourced follow-up is tendered, or bought at a fixed rate from the approved: two separate things.",
        where=("processes.tendering._week", "processes.haste.contract_haste"),
        contrasts=(
            Contrast(
                "outsourced, but without price competition",
                {"policy.se.outsourced_by": "approved"},
                (Expect("se_price", 1), Expect("minutes_per_client", 1)),
                both={"policy.se.delivery": "outsourced", "policy.se.places_per_1000": 69},
                turns="on",
            ),
        ),
    ),
    Mechanism(
        row="T16",
        happens="Nobody checks who teaches unless there are audits: then money is withheld, as bidders know.",
        where=("processes.providers._audit", "processes.bids.withheld_share", "processes.money.paid_part"),
        contrasts=(
            Contrast(
                "an audit every quarter",
                {"policy.tender.audit": 1.0},
                (Expect("staff_deployed", 1), Expect("course_quality", 1)),
                turns="on",
            ),
        ),
    ),
    Mechanism(
        row="T17",
        happens="On a measure motivation wears more slowly than in idleness: the agency's own defence of courses.",
        where=("processes.feelings.idle_decay",),
        contrasts=(
            Contrast(
                "a measure wears as idleness does",
                {"world.feelings.idle_on_measure": 1.0},
                (Expect("motivation", -1), Expect("course_motivation_change", -1)),
            ),
        ),
    ),
    Mechanism(
        row="T18",
        happens="An instructor who quits in mid-course breaks a relation, and participants lose trust.",
        where=("processes.instructors.quit_or_stay", "processes.courses._learn"),
        contrasts=(
            Contrast(
                "no trust is lost",
                {"world.courses.broken_trust": 0.0},
                (Expect("course_trust_change", 1), Expect("trust", 1)),
            ),
        ),
    ),
    Mechanism(
        row="T19",
        happens="A soft approach makes up for missing motivation; strict and soft together teach better.",
        where=(
            "processes.teaching.reached",
            "processes.teaching.course_quality",
            "processes.instructors.drawn_approach",
        ),
        contrasts=(
            Contrast(
                "a softer trade",
                {"world.institutions.instructor_approach": 0.8},
                (Expect("course_learning", 1), Expect("course_motivation_change", 1)),
                turns="up",
            ),
            Contrast(
                "mixed teams do no better, where all promised are deployed",
                {"world.courses.mixed": 0.0},
                (Expect("course_quality", -1), Expect("course_learning", -1)),
                both={"world.tendering.thrift": 0},
            ),
        ),
    ),
    Mechanism(
        row="T20",
        happens="Volume is kept up though fewer ask for it, and bids take hours from running courses.",
        where=("processes.tendering.places_needed", "processes.teaching.teach"),
        contrasts=(
            Contrast(
                "bids cost no staff time, instead of half of it in the weeks of a round",
                {"world.tendering.bid_hours": 0.0},
                (Expect("course_hours", 1), Expect("course_quality", 1)),
                both={"world.tendering.bid_hours": 0.5, **MANY_COURSES},
            ),
            Contrast(
                "volume is cut to what is asked for, where fewer are referred to anything",
                {"world.tendering.self_preservation": 0.0},
                (Expect("course_places", -1), Expect("cost_courses", -1)),
                both={"world.referral.alone": 2, **MANY_COURSES},
            ),
        ),
    ),
)
