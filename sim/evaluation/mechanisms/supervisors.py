"""Rows V1 to V15 and T10: what supervisors have time for, know and see, and where they send people."""

from __future__ import annotations

from sim.evaluation.ablation import Contrast, Expect, Mechanism

ROWS: tuple[Mechanism, ...] = (
    Mechanism(
        "V1",
        "Messages per client and paperwork per decision are taken from the week first; meetings get what is left",
        ("processes.contact.internal_time", "processes.contact.time_to_meet", "processes.contact.meet_clients"),
        (
            Contrast(
                "no time for messages and paperwork",
                {"policy.supervisors.admin_burden": 0},
                (Expect("contact_minutes", +1), Expect("mapped", +1)),
            ),
        ),
    ),
    Mechanism(
        "V2",
        "Little contact drifts the view to 'the user is the problem': trust wears, absence is punished, standard tools"
        " are poured on",
        ("processes.gaze.gaze_target", "processes.contact.trust_change", "processes.contact.sanctioned"),
        (
            Contrast(
                "the view of a novice stays",
                {"world.gaze.speed": 0},
                (Expect("trust", +1), Expect("sanctions", -1)),
            ),
            Contrast(
                "distance pours on no standard tools",
                {"world.referral.standard_tools": 0},
                (Expect("standard_referrals", -1), Expect("queueing", -1)),
            ),
        ),
    ),
    Mechanism(
        "V3",
        "Hours with a client, and assessment, show the true situation; who is not known gets what is usual",
        ("processes.contact.mapping_change", "processes.needs.perceived_need", "processes.assessment.found_out"),
        (
            Contrast(
                "meetings map nobody",
                {"world.contact.mapping_hour": 0},
                (Expect("referral_fit", -1), Expect("misreferred", +1)),
            ),
            Contrast(
                "more places for assessment",
                {"policy.courses.assessment_places_per_1000": 30},
                (Expect("mapped", +1), Expect("referral_fit", +1)),
                turns="up",
            ),
        ),
    ),
    Mechanism(
        "V4",
        "The office's habit, the supervisor's taste and last few clients, and the work of arranging weigh on referral",
        ("processes.referral.habit", "processes.referral.shortage", "processes.experience.adjusted"),
        (
            Contrast(
                "no habit, taste or own experience",
                {
                    "world.institutions.practice_spread": 0,
                    "world.institutions.belief_spread": 0,
                    "world.referral.own_experience": 0,
                },
                (Expect("office_spread", -1), Expect("referral_fit", +1)),
            ),
            Contrast(
                "what is easy to arrange does not count",
                {"world.referral.easy": 0},
                (Expect("supervisor_set_up", +1), Expect("hires_subsidised", +1)),
            ),
        ),
    ),
    Mechanism(
        "V5",
        "Ordinary supervisors offer measures by category of person and seldom look beyond the standard tools; with a "
        "wide menu they see all of them at every decision, and help with life and health",
        ("processes.needs.on_menu", "processes.needs.open_to", "processes.contact.health_change"),
        (
            Contrast(
                "a wide menu in ordinary services",
                {"policy.supervisors.menu": "wide"},
                (Expect("referral_kinds", +1), Expect("standard_share_reduced", -1)),
                turns="on",
            ),
        ),
    ),
    Mechanism(
        "V6",
        "Empty seats that are paid for pull referrals, the more the greater the distance to the client",
        ("processes.referral.refer_clients",),
        (
            Contrast(
                "empty seats do not pull",
                {"world.referral.seats": 0},
                (Expect("on_courses", -1), Expect("standard_referrals", -1)),
                both={
                    "policy.courses.job_search_places_per_1000": 60,
                    "policy.courses.vocational_places_per_1000": 60,
                    "world.tendering.volume_fixed": 0,
                },
            ),
        ),
    ),
    Mechanism(
        "V7",
        "A client goes to a job specialist when perceived to be motivated enough; the supervisor works that up first",
        ("processes.referral.reluctance", "processes.contact.time_weight", "processes.contact.motivation_change"),
        (
            Contrast(
                "no waiting until the client is ready",
                {"world.referral.ready": 0},
                (Expect("handover_motivation", -1), Expect("transition_share", -1)),
                both={"policy.se.intake": "lottery"},
            ),
            Contrast(
                "no extra time for those who are made ready, at a caseload of 30",
                {"world.contact.work_up": 0},
                (Expect("worked_up_minutes", -1), Expect("worked_up_motivation", -1)),
                both={"policy.supervisors.caseload": 30},
            ),
        ),
    ),
    Mechanism(
        "V8",
        "A novice does half of what an experienced supervisor does; a change costs trust and what was known of clients",
        ("processes.contact.competence", "processes.caseloads.staff_offices"),
        (
            Contrast(
                "a change of supervisor costs neither trust nor what was known",
                {"world.caseloads.broken_trust": 0, "world.caseloads.handed_on": 1},
                (Expect("trust", +1), Expect("mapped", +1)),
            ),
            Contrast(
                "novices handle the rules at once",
                {"world.caseloads.ramp_up_weeks": 0},
                (Expect("contact_minutes", +1), Expect("mapped", +1)),
            ),
        ),
    ),
    Mechanism(
        "V9",
        "Fewer clients leave more hours for each: meetings, offers of vacancies, referrals, benefit cuts, claims that"
        " end",
        (
            "processes.caseloads.staff_wanted",
            "processes.contact.meet_clients",
            "processes.vacancy_offers.offer_vacancies",
            "processes.contact.gives_up_claim",
        ),
        (
            Contrast(
                "a caseload of 60",
                {"policy.supervisors.caseload": 60},
                (
                    Expect("contact_minutes", +1),
                    Expect("vacancy_offers", +1),
                    Expect("referrals", +1),
                    Expect("sanctions", +1),
                    Expect("left_labour_force", +1),
                ),
                turns="on",
            ),
            Contrast(
                "no vacancy is pointed out, at a caseload of 30",
                {"world.contact.offer_share": 0},
                (Expect("sanctions", -1), Expect("left_labour_force", -1)),
                both={"policy.supervisors.caseload": 30},
            ),
        ),
    ),
    Mechanism(
        "V10",
        "Caseload, menu and mandate are three switches: at a caseload of 30 each of the other two does its own thing",
        ("agents.office.works_holistically", "processes.needs.on_menu", "processes.kvp.on_programmes_menu"),
        (
            Contrast(
                "a holistic mandate at a caseload of 30",
                {"policy.supervisors.mandate": "holistic"},
                (Expect("worries", -1), Expect("wellbeing", +1)),
                both={"policy.supervisors.caseload": 30},
                turns="on",
            ),
            Contrast(
                "a wide menu at a caseload of 30",
                {"policy.supervisors.menu": "wide"},
                (Expect("referral_kinds", +1), Expect("standard_share_reduced", -1)),
                both={"policy.supervisors.caseload": 30},
                turns="on",
            ),
            Contrast(
                "KVP with the narrow menu and mandate of ordinary services",
                {"policy.kvp.menu": "narrow", "policy.kvp.mandate": "narrow"},
                (Expect("kvp_wellbeing_gain", -1), Expect("wellbeing", -1, "kvp")),
            ),
        ),
    ),
    Mechanism(
        "V11",
        "At a fixed payroll, posts for NAV's own specialists and for KVP are taken from ordinary follow-up, and a "
        "caseload of 15 is for some: their colleagues have all other clients",
        ("processes.caseloads.posts_taken", "processes.caseloads.close_caseload", "processes.caseloads.staff_offices"),
        (
            Contrast(
                "more in-house SE and KVP from a fixed payroll",
                {"policy.supervisors.payroll": "fixed"},
                (Expect("supervisors", -1), Expect("contact_minutes", -1)),
                both={
                    "policy.se.delivery": "in_house",
                    "policy.se.places_per_1000": 92,
                    "policy.kvp.places_per_1000": 72,
                },
                turns="on",
            ),
            Contrast(
                "a caseload of 15 from a fixed payroll",
                {"policy.supervisors.caseload": 15, "policy.supervisors.payroll": "fixed"},
                (Expect("others_caseload", +1), Expect("others_contact", -1)),
                turns="down",
            ),
        ),
    ),
    Mechanism(
        "V12",
        "Time beyond the basics of a meeting lowers worries; only small caseloads and a holistic mandate have it",
        ("processes.contact.barrier_change",),
        (
            Contrast(
                "time lowers no barriers, at a caseload of 30 with a holistic mandate",
                {"world.contact.barrier_hour": 0},
                (Expect("worries", +1), Expect("wellbeing", -1)),
                both={"policy.supervisors.caseload": 30, "policy.supervisors.mandate": "holistic"},
            ),
        ),
    ),
    Mechanism(
        "V13",
        "Hours go to clients by a rule: all alike, the neediest, the readiest, or whoever calls",
        ("processes.contact.time_weight",),
        (
            Contrast(
                "the neediest first",
                {"policy.supervisors.time_rule": "neediest"},
                (
                    Expect("contact_minutes_per_client_month", +1, "reduced_capacity"),
                    Expect("contact_minutes_per_client_month", -1, "unemployment_benefit"),
                ),
                turns="on",
            ),
            Contrast(
                "the readiest first",
                {"policy.supervisors.time_rule": "readiest"},
                (Expect("contact_minutes_per_client_month", -1, "low_motivation"),),
                turns="on",
            ),
        ),
    ),
    Mechanism(
        "V14",
        "Results reach those who refer only if management makes the figures; to leave a person alone is a choice",
        ("processes.experience.learn_from_results", "processes.referral.habit", "processes.contact.knowledge_gain"),
        (
            Contrast(
                "measured results come back in full",
                {"policy.supervisors.results_feedback": 1},
                (Expect("office_spread", -1), Expect("supervisor_internal", +1)),
                turns="on",
            ),
            Contrast(
                "supervisors' own work with vacancies and employers teaches the office nothing",
                {"world.contact.knowledge_hour": 0, "world.contact.knowledge_floor": 0},
                (Expect("nav_employer_knowledge", -1), Expect("vacancy_offers", -1)),
            ),
            Contrast(
                "'no measure' is hardly a choice",
                {"world.referral.alone": -2, "world.referral.alone_short": 0},
                (Expect("referrals", +1), Expect("queueing", +1)),
            ),
        ),
    ),
    Mechanism(
        "V15",
        "Training and discretion keep the view open; clients who get work do, too, and keep supervisors in the job",
        ("processes.gaze.gaze_target", "processes.caseloads.quit_hazard", "processes.experience.learn_from_results"),
        (
            Contrast(
                "training and discretion",
                {"policy.supervisors.training": 1},
                (Expect("gaze", -1), Expect("trust", +1)),
                turns="on",
            ),
            Contrast(
                "clients who get work do not keep supervisors in the job",
                {"world.caseloads.quit_progress": 0},
                (Expect("supervisors_left", +1), Expect("mapped", -1)),
            ),
            Contrast(
                "clients who get work do not keep the view open",
                {"world.gaze.progress": 0},
                (Expect("gaze", +1), Expect("trust", -1)),
            ),
        ),
    ),
    Mechanism(
        "T10",
        "When a measure ends the plan must say something, and the easiest thing to say is a next measure",
        ("processes.referral.plan_open", "processes.referral.refer_clients"),
        (
            Contrast(
                "an ended measure does not ask for a next one",
                {"world.referral.next_measure": 0},
                (Expect("chaining_share", -1, "reduced_capacity"), Expect("referrals", -1)),
            ),
        ),
    ),
)
