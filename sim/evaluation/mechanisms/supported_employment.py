"""Rows S1 to S12 and T13: job specialists, and contracts that pay by the job."""

from __future__ import annotations

from sim.evaluation.ablation import Contrast, Expect, Mechanism

# All Supported Employment on contracts of the next round, and half as much of it again, so that rare events are seen.
_ALL_TENDERED = {"policy.se.delivery": "outsourced", "policy.se.places_per_1000": 69, "world.tendering.lead_weeks": 0}

ROWS: tuple[Mechanism, ...] = (
    Mechanism(
        "S1",
        "every step asks for minutes of the specialist's week; unmapped clients are matched on a guess",
        ("processes.supported_employment.step_demand", "processes.hiring.tailor", "processes.brokering.seen"),
        (
            Contrast(
                "clients are neither met nor mapped before an employer is sought",
                {"world.supported_employment.meet_minutes": 0, "world.supported_employment.map_minutes": 0},
                (Expect("placement_match", -1), Expect("placement_known", -1)),
            ),
            Contrast(
                "nobody is followed up at work",
                {"policy.se.follow_up_weeks": 0},
                (Expect("se_retention_26w", -1), Expect("se_jobs_ended", +1)),
            ),
        ),
    ),
    Mechanism(
        "S2",
        "the forms differ in tender, pay, security, files, where knowledge stays; haste comes of what a contract does",
        (
            "processes.se_intake.form_of",
            "processes.haste.contract_haste",
            "processes.haste.hastened",
        ),
        (
            Contrast(
                "all places in-house instead of tendered",
                {"policy.se.delivery": "in_house"},
                (Expect("se_retention_26w", +1), Expect("placement_match", +1)),
                {"policy.se.delivery": "outsourced"},
                "on",
            ),
            Contrast(
                "a company brokers the job, and NAV's own specialists follow up in it",
                {"policy.se.follow_up_by": "nav"},
                (Expect("se_jobs_ended_early", +1), Expect("se_retention_26w", -1)),
                turns="on",
            ),
        ),
    ),
    Mechanism(
        "S3",
        "training before the search lowers barriers and costs minutes and weeks; who trains is a choice",
        (
            "processes.supported_employment.trains_first",
            "processes.supported_employment.moved_bar",
            "processes.brokering.stays_away",
        ),
        (
            Contrast(
                "everybody is trained first",
                {"policy.se.train_share": 1},
                (Expect("no_shows", -1), Expect("placement_weeks", +1)),
                turns="on",
            ),
            Contrast(
                "only the half with the highest barriers are, instead of everybody",
                {"policy.se.train_share": 0.5},
                (Expect("placement_weeks", -1), Expect("placements", +1)),
                {"policy.se.train_share": 1},
                "down",
            ),
            Contrast(
                "the half with the highest barriers are, instead of half of them by lot",
                {"policy.se.train_first": "barriers"},
                (Expect("no_shows", -1), Expect("placements", +1)),
                {"policy.se.train_share": 0.5, "policy.se.train_first": "lottery"},
                "on",
            ),
        ),
    ),
    Mechanism(
        "S4",
        "targets are numbers; a specialist who lies behind feels it, and more clients share the same hours",
        (
            "processes.reviews.behind",
            "processes.reviews.held_against",
            "processes.specialists.stress_target",
            "processes.haste.goes_out",
        ),
        (
            Contrast(
                "20 clients each",
                {"policy.se.caseload": 20},
                (Expect("specialist_stress", +1), Expect("placements", -1)),
                turns="up",
            ),
            Contrast(
                "14 placements a year are asked for",
                {"policy.se.placement_target": 14},
                (Expect("specialist_stress", +1), Expect("placement_known", -1)),
                turns="up",
            ),
            Contrast(
                "95 % of those discharged are to be in a job",
                {"policy.se.transition_target": 0.95},
                (Expect("specialist_stress", +1), Expect("placement_known", -1)),
                turns="up",
            ),
            Contrast(
                "three quarters of the week are to be spent out of the office",
                {"policy.se.outside_target": 0.75},
                (Expect("specialist_stress", +1), Expect("purposeless_visits", +1)),
                turns="up",
            ),
        ),
    ),
    Mechanism(
        "S5",
        "who is behind on visits makes some for the count only, who is behind on placements hurries; both wear",
        ("processes.reviews.felt", "processes.employer_relations.visit_employers"),
        (
            Contrast(
                "no targets",
                {"policy.se.targets": "none"},
                (Expect("purposeless_visits", -1), Expect("specialist_stress", -1)),
            ),
            Contrast(
                "targets of the team",
                {"policy.se.targets": "team"},
                (Expect("purposeless_visits", -1), Expect("specialist_stress", -1)),
                turns="down",
            ),
        ),
    ),
    Mechanism(
        "S6",
        "stress, pay and contracts make specialists leave, and their relations are gone with them",
        ("processes.specialists.quit_hazard", "processes.specialists.stress_target"),
        (
            Contrast(
                "who leaves hands all relations on",
                {"world.specialists.relations_handed_on": 1},
                (Expect("relation_strength", +1), Expect("proposals_accepted", +1)),
            ),
            Contrast(
                "no meaning and no colleagues in the work",
                {"world.specialists.stress_offset": -0.5},
                (Expect("specialist_stress", +1), Expect("specialist_turnover", +1)),
            ),
        ),
    ),
    Mechanism(
        "S7",
        "follow-up at work holds a place that somebody else waits for; when it ends is a rule",
        ("processes.supported_employment.follow_up_ends", "processes.employment.separation_hazard"),
        (
            Contrast(
                "two years of follow-up",
                {"policy.se.follow_up_weeks": 104},
                (Expect("se_jobs_ended", -1), Expect("se_intake", -1)),
                turns="up",
            ),
            Contrast(
                "a year of follow-up, which ends earlier when the queue and the targets press",
                {"policy.se.discharge": "pressure"},
                (Expect("se_jobs_ended", +1), Expect("se_intake", +1)),
                {"policy.se.follow_up_weeks": 52},
                "on",
            ),
        ),
    ),
    Mechanism(
        "S8",
        "a specialist wants motivated clients, who turn up and take up follow-up at work, as far as a failed match "
        "would cost relations",
        ("processes.se_intake.caution", "processes.se_intake.intake_score", "processes.employment.taken_up"),
        (
            Contrast(
                "specialists do not fear a failed match",
                {"world.supported_employment.stake": 0},
                (Expect("intake_selection", -1), Expect("intake_prospects", -1)),
            ),
            Contrast(
                "a failed match costs no relation",
                {"world.brokering.relation_lost": 0},
                (Expect("intake_selection", -1), Expect("relation_strength", +1)),
            ),
        ),
    ),
    Mechanism(
        "S9",
        "failed matches teach skill in the time that is set aside to talk them through",
        ("processes.reviews.time_to_learn", "processes.brokering.seen"),
        (
            Contrast(
                "failed matches teach nothing",
                {"world.specialists.lesson": 0},
                (Expect("specialist_skill", -1), Expect("placement_known", -1)),
            ),
            Contrast(
                "no time for exchange",
                {"policy.se.exchange_share": 0},
                (Expect("specialist_skill", -1), Expect("specialist_visits", +1)),
            ),
        ),
    ),
    Mechanism(
        "S10",
        "systematic mentors take over follow-up, so that hours on employers do not go from clients at work",
        (
            "processes.supported_employment.step_demand",
            "processes.employer_relations.visit_employers",
            "processes.kvp_employers.place_participants",
        ),
        (
            Contrast(
                "half the time on employers, and mentors",
                {"policy.se.employer_time_share": 0.5, "policy.mentor.use": 0.8, "policy.mentor.systematic": 1},
                (Expect("placements", +1), Expect("employer_openness", +1)),
                turns="on",
            ),
            Contrast(
                "mentors, where half the time goes to employers",
                {"policy.mentor.use": 0.8, "policy.mentor.systematic": 1},
                (Expect("se_retention_26w", +1), Expect("placements", +1)),
                {"policy.se.employer_time_share": 0.5},
                "on",
            ),
            Contrast(
                "mentors at the hosts of the Qualification Programme, whose team spends half its time on employers",
                {"policy.kvp.mentor_use": 0.8, "policy.mentor.systematic": 1},
                (Expect("kvp_placements", +1), Expect("kvp_hosts", +1)),
                {"policy.kvp.employer_time_share": 0.5},
                "on",
            ),
        ),
    ),
    Mechanism(
        "S11",
        "a position is chosen by the client's fit and by what the employer wants, with a weight between them",
        ("processes.haste.weight_on_client", "processes.brokering.usefulness"),
        (
            Contrast(
                "only what the employer wants counts",
                {"policy.se.client_weight": 0},
                (Expect("placement_match", -1), Expect("placements", +1)),
            ),
        ),
    ),
    Mechanism(
        "S12",
        "subsidy, mentor and cover take part of the loss from a failed match, and the specialist knows it",
        ("processes.employer_relations.spared", "processes.se_intake.caution"),
        (
            Contrast(
                "employers are fully covered against a match that fails",
                {"policy.se.cover": 1},
                (Expect("intake_selection", -1), Expect("employer_openness", +1)),
                turns="on",
            ),
        ),
    ),
    Mechanism(
        "T13",
        "where a job's price pays for its minutes, providers hurry, take the promising, keep minutes from others",
        (
            "processes.se_intake.chased",
            "processes.haste.hastened",
            "processes.supported_employment.priority",
        ),
        (
            Contrast(
                "tendered places are paid by the job: entry and exit",
                {"policy.tender.outcome_pay": 1},
                (Expect("placements_per_specialist_year", +1), Expect("se_jobs_ended_early", +1)),
                both=_ALL_TENDERED,
                turns="on",
            ),
            Contrast(
                "the same: creaming and parking",
                {"policy.tender.outcome_pay": 1},
                (Expect("intake_prospects", +1), Expect("parked_minutes", +1)),
                both=_ALL_TENDERED,
                turns="on",
            ),
        ),
    ),
)
