"""Rows K1 to K5: the Qualification Programme and the money."""

from __future__ import annotations

from sim.evaluation.ablation import Contrast, Expect, Mechanism

# Other settings of the reform that was under hearing in 2018 stand in configs/policy/kvp_reform.yaml.
REFORM = {
    "policy.kvp.rationed": False,
    "policy.kvp.lowest_age": 18,
    "policy.kvp.reentry": True,
    "policy.kvp.rule_weeks": 104,
    "policy.kvp.unpaid_absence": True,
    "policy.kvp.education_inside": True,
}

ROWS: tuple[Mechanism, ...] = (
    Mechanism(
        "K1",
        "A programme of up to two years and one on extension, chosen from a wide menu by a team with small caseloads;"
        " municipalities take in fewer than have the right",
        ("processes.kvp.run_programme", "processes.kvp.activity_need", "processes.kvp.extended"),
        (
            Contrast(
                "nothing on the menu does anything",
                {"world.kvp.activity": 0},
                (Expect("kvp_wellbeing_gain", -1), Expect("kvp_extended_share", -1)),
            ),
            Contrast(
                "90 participants for each supervisor in the programme",
                {"policy.kvp.caseload": 90},
                (Expect("kvp_wellbeing_gain", -1), Expect("kvp_exits_to_right_benefit", -1)),
                turns="up",
            ),
        ),
    ),
    Mechanism(
        "K2",
        "Nobody with the right is refused, two years are granted at once, absence without reason costs the benefit,"
        " education is allowed, and a second programme too",
        ("processes.kvp.run_programme", "processes.needs.has_right", "processes.money.kvp_share"),
        (
            Contrast(
                "the rules of the reform",
                REFORM,
                (Expect("on_social_assistance_share", -1), Expect("long_on_social_assistance", -1)),
                turns="on",
            ),
            Contrast(
                "no benefit for absence without a valid reason",
                {"policy.kvp.unpaid_absence": True},
                (Expect("kvp_absences", -1), Expect("post_kvp_benefit", -1)),
                turns="on",
            ),
        ),
    ),
    Mechanism(
        "K3",
        "What is counted pulls the team between a search for any job now and preparing for one that fits",
        (
            "processes.kvp.quickness",
            "processes.kvp.hunt_utility",
            "processes.kvp.wellbeing_pull",
            "processes.kvp_employers.fit_weight",
            "processes.haste.weight_on_client",
        ),
        (
            Contrast(
                "jobs are counted two years after the exit, not at it",
                {"policy.kvp.counts": "two_years"},
                (Expect("kvp_placements", -1), Expect("kvp_placement_match", +1)),
                turns="on",
            ),
            Contrast(
                "the wellbeing of participants is counted, not jobs at the exit",
                {"policy.kvp.counts": "wellbeing"},
                (Expect("kvp_wellbeing_gain", +1), Expect("kvp_placements", -1)),
                turns="on",
            ),
            Contrast(
                "job specialists are measured by jobs that last two years, not by any job",
                {"policy.se.success": "two_years"},
                (Expect("placement_match", +1), Expect("placement_known", +1)),
                turns="on",
            ),
        ),
    ),
    Mechanism(
        "K4",
        "Every krone is booked once, under a post with a payer and a payee",
        ("processes.money.pay", "accounts.balances"),
        tested_by="tests/test_accounts.py::test_every_krone_is_booked_once",
    ),
    Mechanism(
        "K5",
        "Who is refused stays on social assistance; for somebody too ill to work the team clears the right to AAP",
        ("processes.kvp.run_programme", "processes.kvp.too_ill"),
        (
            Contrast(
                "a quarter of the places",
                {"policy.kvp.places_per_1000": 8},
                (Expect("on_social_assistance_share", +1), Expect("long_on_social_assistance", +1)),
                turns="down",
            ),
            Contrast(
                "the team clears no other benefit",
                {"world.kvp.clear": 0},
                (Expect("aap_share", -1, "kvp"), Expect("on_social_assistance_share", +1, "kvp")),
            ),
        ),
    ),
)
