"""What holds in every week of every world: bounds, one state a person, nothing used twice, every krone booked once.

Each policy's world runs once, week by week, with all checks hooked in after the processes they are about; every
check is then a test of its own, which shows the first weeks in which it did not hold.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from sim.agents.jobseeker import (
    AFT,
    FOLLOW_UP,
    FOLLOW_UP_AT_WORK,
    KVP,
    OUT_OF_LABOUR_FORCE,
    UNEMPLOYED,
    WORK_TRAINING,
)
from sim.model import ActivationMarket
from sim.settings import Settings
from tests.invariants import of_capacity, of_money, of_people, of_tables
from tests.invariants.watch import Watch, checks_of

CHECKS = checks_of(of_tables, of_people, of_capacity, of_money)
BURN_IN, WEEKS = 40, 60
HORIZON = (f"horizon.burn_in_weeks={BURN_IN}", f"horizon.weeks={WEEKS}", f"horizon.track_weeks={WEEKS}")
POLICIES = {
    "baseline": (),
    "caseload_15": ("scenario=caseload_15",),
    "caseload_15_for_some": (
        "scenario=caseload_15",
        "policy.supervisors.budget_neutral=true",
        "policy.kvp.menu=narrow",
    ),
    "caseload_15_at_the_cost_of_60": (
        "policy.supervisors.caseload=60",
        "policy.supervisors.close_caseload=15",
        "policy.kvp.mandate=narrow",
    ),
    "se_in_house": ("scenario=se_in_house",),
    "price_80_caseload_200": ("scenario=tender_price_80", "policy.supervisors.caseload=200"),
    "se_otherwise": (
        "policy.se.follow_up_by=nav",
        "policy.se.train_share=0.5",
        "policy.se.outside_target=0.8",
        "policy.se.success=wellbeing",
        "policy.se.discharge=pressure",
        "policy.se.cover=0.5",
        "policy.tender.outcome_pay=0.6",
        "policy.tender.guaranteed_volume=0",
        "policy.tender.contract_weeks=26",
        "world.tendering.lead_weeks=4",
        "policy.subsidy.rate_rule=assessed",
        "policy.subsidy.weeks_low_capacity=104",
        "policy.mentor.use=0.8",
        "policy.mentor.systematic=1",
    ),
    "other_supervisors": (
        "policy.supervisors.menu=wide",
        "policy.supervisors.mandate=holistic",
        "policy.supervisors.payroll=fixed",
        "policy.supervisors.referral_rule=profile",
        "policy.supervisors.results_feedback=1",
        "policy.supervisors.training=1",
        "policy.supervisors.admin_burden=2",
        "policy.kvp.places_per_1000=72",
        "policy.courses.assessment_places_per_1000=20",
    ),
    "kvp_reform": ("scenario=kvp_reform", "policy.kvp.counts=wellbeing"),
    "kvp_office": ("scenario=kvp_office", "policy.kvp.places_per_1000=60"),
    "other_ways_to_buy": (
        "policy.tender.suppliers=3",
        "policy.courses.client_choice=1",
        "policy.courses.drop_in_places_per_1000=5",
        "policy.se.outsourced_by=approved",
    ),
    "clause_and_audit": (
        "policy.tender.continuity=0.5",
        "policy.tender.audit=1",
        "policy.tender.contract_weeks=26",
        "world.providers.reserve=20000",
        "world.tendering.participants=0.5",
    ),
    "no_courses": ("policy.courses.vocational_places_per_1000=0", "policy.courses.job_search_places_per_1000=0"),
    "two_regions": (
        "scenario=caseload_15",
        "population.regions=2",
        "policy.regions=[0]",
        "policy.se.delivery=in_house",
    ),
}
SHOWN = 3  # weeks shown of a check that fails


@pytest.fixture(scope="module")
def watched(composed: Callable[..., Settings]) -> Callable[[str], Watch]:
    done: dict[str, Watch] = {}

    def run(policy: str) -> Watch:
        if policy not in done:
            done[policy] = Watch(ActivationMarket(composed(*HORIZON, *POLICIES[policy])), CHECKS)
            done[policy].run(BURN_IN + WEEKS)
        return done[policy]

    return run


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("check", CHECKS)
def test_holds_every_week(check: str, policy: str, watched: Callable[[str], Watch]) -> None:
    failures = watched(policy).failures[check]
    more = f"\n... and {len(failures) - SHOWN} more" if len(failures) > SHOWN else ""
    assert not failures, f"{check} does not hold:\n" + "\n".join(failures[:SHOWN]) + more


@pytest.mark.parametrize("policy", POLICIES)
def test_the_worlds_watched_are_alive(policy: str, watched: Callable[[str], Watch]) -> None:
    """Every kind of state, measure and step occurs, and people are forgotten: no check holds for want of cases."""
    watch = watched(policy)
    state, measure, step, queue = watch.used("state", "measure", "step", "queue")
    assert set(np.unique(state)) == set(range(UNEMPLOYED, OUT_OF_LABOUR_FORCE + 1))
    assert {AFT, WORK_TRAINING, FOLLOW_UP, KVP} <= set(np.unique(measure))
    assert FOLLOW_UP_AT_WORK in step and (queue > 0).any()
    assert watch.notes["forgotten"] > 0
