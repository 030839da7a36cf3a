"""What the official figure counts: people on measures are registered, and not unemployed (T11)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sim.agents.jobseeker import ON_MEASURE, UNEMPLOYED
from sim.model import simulate
from sim.outcomes.metrics import METRICS
from sim.settings import Settings

MORE = ("policy.courses.job_search_places_per_1000=60", "policy.courses.vocational_places_per_1000=60")
HORIZON = ("horizon.burn_in_weeks=52", "horizon.weeks=26", "world.tendering.volume_fixed=0")


def test_more_course_places_lower_the_official_figure_without_a_job(composed: Callable[..., Settings]) -> None:
    """Mean of the half year after the date: fewer counted unemployed, and no more people in work for it."""
    unemployed, registered, working = [], [], []
    for replication in range(3):
        means = []
        for policy in ((), MORE):
            weekly = simulate(composed(*HORIZON, *policy), replication).weekly
            after = weekly[weekly["week"] >= 8].groupby("series")["value"].mean()
            means.append(after[["unemployed", "registered", "job"]].to_numpy())
        change = means[1] - means[0]
        unemployed.append(change[0])
        registered.append(change[1])
        working.append(change[2])
    assert max(unemployed) < -20  # of the hundred seats that were added to a thousand people
    assert abs(np.mean(registered)) < 15 and np.mean(working) < 15


def test_a_person_on_a_measure_is_jobless_but_not_counted_as_unemployed() -> None:
    class Two:
        state = np.array([UNEMPLOYED, ON_MEASURE])

    assert METRICS["registered_unemployed_share"].compute(Two) == 0.5  # type: ignore[arg-type]
    assert METRICS["jobless_share"].compute(Two) == 1.0  # type: ignore[arg-type]
