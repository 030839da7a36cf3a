"""Rows J1 to J14: what people bring, feel and do."""

from __future__ import annotations

from sim.evaluation.ablation import Contrast, Expect, Mechanism

ROWS: tuple[Mechanism, ...] = (
    Mechanism(
        "J5",
        "Health comes and goes; a shock moves a person to work-assessment allowance (AAP), later perhaps back",
        ("processes.feelings.feel", "processes.exits.run_benefits"),
        (
            Contrast(
                "no health shocks",
                {"world.feelings.shock_week": 0},
                (Expect("on_aap", -1), Expect("disability_pension_share", -1)),
            ),
        ),
    ),
)
