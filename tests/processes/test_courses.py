"""Courses: quality, instructors, learning, seats."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import sim
from sim.agents.course import LOT_AFT, LOT_VOCATIONAL
from sim.processes.courses import Contracts, Courses, Providers, learnt
from sim.processes.instructors import accepts_wage, foreseen, instructor_quits
from sim.processes.mastery import mastered, worn
from sim.processes.seats import _course_chosen, _supplier_chosen, choice_weight, leaving_chance, takes_seat
from sim.processes.staffing import suits
from sim.processes.teaching import course_quality, fits_the_week, prepared, reached
from sim.world import World


@pytest.fixture
def p(world: World):
    return world.courses


# Quality is that of the instructors there are


def test_without_instructors_there_is_no_quality(p) -> None:
    assert course_quality(p, 0.0, 0, 0.0, 12, 1.0, 0.0) == 0.0


def test_quality_by_hand(p) -> None:
    by_hand = p._replace(attention=6.0, mixed=0.2)
    assert course_quality(by_hand, 1.2, 2, 2.0, 12, 0.5, 0.5) == pytest.approx(0.6 * (1 - math.exp(-1.0)))
    assert course_quality(by_hand, 0.8, 1, 1.0, 0, 0.5, 0.5) == pytest.approx(0.8 * (1 - math.exp(-6.0)))
    assert course_quality(by_hand, 1.2, 2, 2.0, 12, 0.2, 0.7) == pytest.approx(0.6 * (1 - math.exp(-1.0)) * 1.1)


def test_quality_is_mean_skill_at_most_and_rises_with_attention(p) -> None:
    qualities = [course_quality(p, 0.7 * n, n, n, 12, 0.5, 0.5) for n in (1, 2, 3)]
    assert qualities == sorted(qualities) and 0 < qualities[0] < qualities[2] < 0.7
    by_size = [course_quality(p, 1.4, 2, 2.0, n, 0.5, 0.5) for n in (1, 6, 12, 20)]
    assert by_size == sorted(by_size, reverse=True)


def test_reports_and_bids_take_hours_from_participants(p) -> None:
    """T8, T20."""
    by_hours = [course_quality(p, 0.7, 1, hours, 12, 0.5, 0.5) for hours in (1.0, 0.8, 0.4, 0.0)]
    assert by_hours == sorted(by_hours, reverse=True) and by_hours[-1] == 0.0


def test_low_pay_buys_little_preparation(p) -> None:
    """T4: whoever is paid the going wage or more prepares in full."""
    assert prepared(p, p.going_wage) == prepared(p, 2 * p.going_wage) == 1.0
    assert prepared(p._replace(preparation=0.5), 0.8 * p.going_wage) == pytest.approx(0.9)
    assert prepared(p._replace(preparation=2.0), 0.0) == 0.0


def test_a_soft_approach_reaches_people_without_motivation(p) -> None:
    """T19."""
    assert reached(p, 1.0, 1.0) == 1.0 and reached(p, 0.3, 0.0) == 0.3
    gain = [reached(p, m, 1.0) - m for m in (0.1, 0.5, 0.9)]
    assert gain == sorted(gain, reverse=True) and gain[-1] > 0


def test_fixed_hours_do_not_fit_every_week(p) -> None:
    """T8."""
    assert fits_the_week(p, 0.0, 0.0) == 1.0
    assert fits_the_week(p._replace(fixed_hours=0.4), 0.5, 0.5) == pytest.approx(0.8)


# Instructors (T4, T6)


def test_an_instructor_asks_less_the_longer_without_work(p) -> None:
    by_hand = p._replace(demand_decay=0.01)
    assert accepts_wage(by_hand, 500_000.0, 0.0, 500_000.0)
    assert not accepts_wage(by_hand, 500_000.0, 0.0, 499_999.0)
    weeks = math.log(500 / 400) / 0.01
    assert not accepts_wage(by_hand, 500_000.0, weeks - 0.1, 400_000.0)
    assert accepts_wage(by_hand, 500_000.0, weeks + 0.1, 400_000.0)


def test_instructors_quit_for_low_pay_and_short_contracts(p) -> None:
    safe = instructor_quits(p, p.going_wage, 10_000)
    assert safe == pytest.approx(p.quit_year / 52 * 0.5, rel=1e-12)
    assert instructor_quits(p, p.going_wage, 0) == pytest.approx(3 * safe, rel=1e-12)
    assert instructor_quits(p, 0.8 * p.going_wage, 10_000) == pytest.approx(safe * math.exp(0.2 * p.quit_wage))
    assert instructor_quits(p, 1.1 * p.going_wage, 10_000) < safe


def test_who_draws_clients_who_choose() -> None:
    """T14: nobody more than another without the lever; the better told of the more with it."""
    assert choice_weight(8.0, 0.0, 0.9) == 1.0
    assert choice_weight(8.0, 0.5, 0.4) / choice_weight(8.0, 0.5, 0.2) == pytest.approx(math.exp(0.8))


def test_clients_choose_a_supplier_and_take_a_seat_there_if_one_is_free() -> None:
    """T14: the choice counts for the supplier, full or not."""
    contracts = Contracts(*(np.zeros(3) for _ in Contracts._fields))
    contracts = contracts._replace(state=np.array([1, 1, 0]), lot=np.array([2, 2, 2]), provider=np.array([0, 1, 1]))
    contracts = contracts._replace(region=np.zeros(3, int))
    providers = Providers(*(np.zeros(2) for _ in Providers._fields))._replace(experience=np.array([0.1, 0.6]))
    draws = [_supplier_chosen(8.0, 1.0, contracts, providers, 0, 2, (n + 0.5) / 200) for n in range(200)]
    share = math.exp(4.8) / (math.exp(0.8) + math.exp(4.8))
    assert draws.count(1) / 200 == pytest.approx(share, abs=0.01) and draws.count(2) == 0
    assert contracts.chosen.tolist() == [draws.count(0), draws.count(1), 0]
    courses = Courses(*(np.zeros(3, int) for _ in Courses._fields))
    courses = courses._replace(contract=np.array([0, 1, 1]), seats=np.full(3, 12), taken=np.array([3, 12, 5]))
    following = np.array([1, 2, -1])
    assert _course_chosen(8.0, 1.0, courses, contracts, providers, 0, following, 1, 0.01) == 2
    courses.taken[2] = 12
    assert _course_chosen(8.0, 1.0, courses, contracts, providers, 0, following, 1, 0.99) == 0


def test_turnover_on_half_year_contracts_is_that_of_the_sources(p) -> None:
    """I23: 0.40 a year (0.25-0.60) at the going wage, on contracts of about six months (I24)."""
    over_a_contract = sum(instructor_quits(p, p.going_wage, left) for left in range(26, 0, -1)) / 26 * 52
    assert 0.25 <= over_a_contract <= 0.60


def test_what_an_instructor_can_count_on(p) -> None:
    """T4, I24: all of what is guaranteed, and little beyond; a safe post in the enterprise."""
    assert foreseen(p, LOT_VOCATIONAL, 80, False, 0.0) == p.foreseeable
    assert foreseen(p, LOT_VOCATIONAL, 80, False, 1.0) == 80 and foreseen(p, LOT_VOCATIONAL, 5, False, 0.0) == 5
    assert foreseen(p, LOT_VOCATIONAL, 80, False, 0.5) == pytest.approx(40 + 0.5 * p.foreseeable)
    assert foreseen(p, LOT_AFT, 80, False, 0.0) == 80


def test_whom_a_clause_binds_can_count_on_the_contract(p) -> None:
    """T14."""
    assert foreseen(p, LOT_VOCATIONAL, 80, True, 0.0) == 80


def test_without_insecurity_a_contract_that_ends_is_no_reason_to_quit(p) -> None:
    safe = p._replace(insecurity=0.0)
    assert instructor_quits(safe, p.going_wage, 0) == instructor_quits(safe, p.going_wage, 1000)


def test_who_would_be_asked_to_teach() -> None:
    """T7: skill and belief in oneself, and the language."""
    assert suits(0.6, 0.8, 0.9) == pytest.approx(0.7) and suits(0.6, 0.8, 0.3) == 0.0


# Learning (J1, J9)


def test_learning_by_hand_and_its_limits(p) -> None:
    own = p._replace(ownership=1.0)
    assert learnt(own, 0.1, 0.5, 0.8, 0.25) == pytest.approx(0.03)
    assert learnt(own, 0.1, 0.0, 1.0, 0.2) == learnt(own, 0.1, 1.0, 0.0, 0.2) == learnt(own, 0.1, 1.0, 1.0, 1.0) == 0.0


def test_without_ownership_all_gain_as_the_usual_participant_does(p) -> None:
    """J9."""
    none = p._replace(ownership=0.0, typical_motivation=0.4)
    assert learnt(none, 0.1, 0.5, 0.9, 0.25) == learnt(none, 0.1, 0.5, 0.0, 0.25) == pytest.approx(0.015)


def test_nobody_learns_beyond_all_there_is(p) -> None:
    have = 0.1
    for _ in range(500):
        have += learnt(p._replace(ownership=1.0), 0.08, 1.0, 1.0, have)
    assert 0.99 < have <= 1.0


def test_motivation_is_lifted_by_teaching_that_reaches_the_person(p) -> None:
    """T8, T9, T19: in rooms of the same quality some gain and some wear."""
    own = p._replace(ownership=1.0, mastery=0.1, mastery_quality=0.3, typical_motivation=0.5)
    assert mastered(own, 0.3, 0.5, 0.5) == 0.0
    assert mastered(own, 0.5, 0.5, 0.4) == pytest.approx(0.1 * 0.2 * 0.24)
    assert mastered(own, 0.3, 0.4, 0.4) < 0.0 < mastered(own, 0.3, 0.6, 0.4)


def test_a_course_wears_by_what_another_measure_would_have_answered_better(p) -> None:
    """T9."""
    assert worn(p, 0.0, 0.8) == 0.0 and worn(p._replace(misfit=0.0), 1.0, 0.8) == 0.0
    assert worn(p._replace(misfit=0.02), 0.25, 0.4) == pytest.approx(0.002)


# Seats (J9, T12)


def test_taking_a_seat_by_hand(p) -> None:
    by_hand = p._replace(take_up=0.8, wait_wear=0.01)
    assert takes_seat(by_hand, 1.0, 0.0, 0) == pytest.approx(0.8)
    assert takes_seat(by_hand, 0.0, 0.5, 0) == pytest.approx(0.4 + 0.1)
    assert takes_seat(by_hand, 1.0, 0.0, 100) == pytest.approx(0.8 * math.exp(-1.0))
    assert takes_seat(by_hand, 1.0, 1.0, 0) == 1.0


def test_waiting_wears_and_motivation_and_trust_help(p) -> None:
    waits = [takes_seat(p, 0.6, 0.3, weeks) for weeks in (0, 10, 50, 150)]
    assert waits == sorted(waits, reverse=True) and waits[0] > waits[-1] > 0
    assert takes_seat(p, 0.9, 0.3, 20) > takes_seat(p, 0.3, 0.3, 20)
    assert takes_seat(p, 0.3, 0.9, 20) > takes_seat(p, 0.3, 0.1, 20)


def test_who_neither_wants_the_course_nor_trusts_the_house_leaves(p) -> None:
    """J9."""
    by_hand = p._replace(leave_year=0.52)
    assert leaving_chance(by_hand, 0.5, 0.5) == pytest.approx(0.01)
    assert leaving_chance(by_hand, 1.0, 0.0) == leaving_chance(by_hand, 0.0, 1.0) == 0.0
    assert leaving_chance(by_hand, 0.25, 0.5) == pytest.approx(0.015)
    assert leaving_chance(p._replace(leave_year=0.0), 0.0, 0.0) == 0.0


def test_some_of_the_usual_participants_leave_a_course_early(p) -> None:
    """J9: 5 to 10 % over a course of about three months (assumed)."""
    stays = (1.0 - leaving_chance(p, p.typical_motivation, 0.37)) ** 12
    assert 0.05 <= 1.0 - stays <= 0.1


# Rows

MANY_PLACES = """
from sim.model import ActivationMarket
from sim.settings import compose

at_once = "world.tendering.volume_fixed=0"
places = [f"policy.courses.{kind}_places_per_1000=200" for kind in ("job_search", "vocational", "aft", "work_training")]
settings = compose("population=classroom", "horizon.burn_in_weeks=8", "horizon.weeks=30", *places, at_once)
model = ActivationMarket(settings)
for _ in range(38):
    model.step()
    for table in (model.courses, model.instructors):
        name = table.kind.__name__
        assert (table.rows.fresh <= table.stride).all(), f"{name}: {table.rows.fresh} rows taken of {table.stride}"
print(len(model.courses))
"""


def test_as_many_courses_as_a_policy_can_ask_for_fit_into_the_tables() -> None:
    """Compiled code does not look whether a row exists: rows beyond the end would overwrite other memory.

    In a process of its own, which such a write may end.
    """
    root = str(Path(sim.__file__).parents[1])
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([root, os.environ.get("PYTHONPATH", "")])}
    command = [sys.executable, "-c", MANY_PLACES]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr.strip().splitlines()[-1:] or f"ended with {done.returncode}"
    assert int(done.stdout) >= 40  # 600 places in classrooms of twelve
