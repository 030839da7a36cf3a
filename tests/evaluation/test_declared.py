"""What mechanisms, studies and chains declare exists: rows, functions, outcomes, groups, settings."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from sim.evaluation import study
from sim.evaluation.ablation import Contrast, Mechanism, arms, known_outcomes
from sim.evaluation.cases import CHAINS, STUDIES
from sim.evaluation.mechanisms import DECLARED_ANEW, MECHANISMS
from sim.evaluation.rounds import ROUND_STATISTICS
from sim.outcomes.metrics import GROUPS

ROOT = Path(__file__).parents[2]
ROWS = {"J": 14, "V": 15, "T": 20, "S": 12, "E": 12, "K": 5}
CONTRASTS = [
    *((mechanism.row, contrast) for mechanism in MECHANISMS for contrast in mechanism.contrasts),
    *((chain.name, link) for chain in CHAINS for link in chain.links),
]


def test_every_row_of_the_domain_is_declared_once_and_in_order() -> None:
    wanted = [f"{family}{n}" for family, rows in ROWS.items() for n in range(1, rows + 1)]
    assert [mechanism.row for mechanism in MECHANISMS] == wanted


def test_what_was_declared_anew_are_rows() -> None:
    assert set(DECLARED_ANEW) <= {mechanism.row for mechanism in MECHANISMS} and all(DECLARED_ANEW.values())


@pytest.mark.parametrize("mechanism", MECHANISMS, ids=lambda mechanism: mechanism.row)
def test_functions_and_tests_named_are_there(mechanism: Mechanism) -> None:
    for name in mechanism.where:
        module, _, function = name.rpartition(".")
        assert callable(getattr(import_module(f"sim.{module}"), function)), name
    assert bool(mechanism.contrasts) != bool(mechanism.tested_by), "measured, or tested as accounting: one of them"
    if mechanism.tested_by:
        path, _, test = mechanism.tested_by.partition("::")
        assert f"def {test}(" in (ROOT / path).read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "contrast"), CONTRASTS)
def test_a_contrast_expects_outcomes_that_are_measured(name: str, contrast: Contrast) -> None:
    assert contrast.change and contrast.expects
    for expect in contrast.expects:
        assert expect.metric in known_outcomes() and expect.group in GROUPS and expect.sign in (-1, 1), expect


@pytest.mark.parametrize("case", STUDIES, ids=lambda case: case.name)
def test_a_study_looks_at_what_is_measured_and_combines_its_own_arms(case: study.Study) -> None:
    for metric, group in case.outcomes:
        assert metric in known_outcomes() | set(ROUND_STATISTICS) and group in GROUPS, metric
    for weights in case.combinations.values():
        assert set(weights) <= set(case.arms)


@pytest.mark.slow
def test_every_switch_and_every_arm_composes() -> None:
    common = ["population=classroom"]
    chains = [Mechanism(chain.name, chain.title, (), chain.links) for chain in CHAINS]
    for name, (without, switched) in arms([*MECHANISMS, *chains], common).items():
        assert (without.policy, without.world) != (switched.policy, switched.world), name
    for case in STUDIES:
        assert len(study.arms(case, common)) == len(case.arms)
