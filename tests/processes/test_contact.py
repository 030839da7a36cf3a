"""A supervisor's week: what contact is left, whom it goes to, what it does."""

from __future__ import annotations

import math
from types import SimpleNamespace

import numpy as np
import pytest

from sim.agents import Jobseeker, Supervisor
from sim.agents.jobseeker import AAP, JOB_WITH_BENEFIT, NO_BENEFIT, SUBSIDISED_JOB, UNEMPLOYED, UNEMPLOYMENT_BENEFIT
from sim.processes import contact
from sim.processes.contact import (
    CALLERS,
    EQUAL,
    NEEDIEST,
    READIEST,
    Levers,
    Offices,
    Team,
    barrier_change,
    competence,
    draws_benefit,
    gives_up_claim,
    health_change,
    internal_time,
    knowledge_gain,
    mapping_change,
    motivation_change,
    no_show,
    sanctioned,
    time_to_meet,
    time_weight,
    trust_change,
)
from sim.streams import Stream
from sim.turns import Some
from sim.world import World

SHARES = [0.05, 0.3, 0.5, 0.9]


@pytest.fixture
def p(world: World):
    return world.contact


# Competence (I16)


@pytest.mark.parametrize(("weeks", "expected"), [(0, 0.5), (39, 0.75), (78, 1.0), (400, 1.0)])
def test_competence_doubles_over_the_ramp_up(weeks: float, expected: float) -> None:
    assert competence(78.0, float(weeks)) == expected


# The minutes there are (V1, I10)


OFFICE = Offices(**{name: np.zeros(1, np.int64 if name == "region" else float) for name in Offices._fields})


def account(p, caseload: int, due: float = 0.0, experience: float = 1000.0, burden: float = 1.0) -> dict[str, float]:
    """The fixed part of a week of one supervisor."""
    team = Team(**{name: np.zeros(1, np.int64 if name in ("office", "programme") else float) for name in Team._fields})
    levers = Levers(**{name: np.zeros(1) for name in Levers._fields})._replace(
        supervisors_admin_burden=np.array([burden])
    )
    team.state[0], team.caseload[0], team.experience[0], team.due_set_up[0] = 1, caseload, experience, due
    contact._account(p, 78.0, team, OFFICE, np.zeros(1), np.zeros(1), levers)
    return {name: float(getattr(team, name)[0]) for name in Team._fields}


@pytest.mark.parametrize(("caseload", "minutes"), [(30, 141), (60, 71), (100, 42), (200, 21)])
def test_minutes_per_client_month_are_those_of_the_norwegian_figures(caseload: int, minutes: float, p) -> None:
    """I10: derived from 1,695 hours a year and a client share of a half, with a range of 40 % either way.

    What is left after internal work and messages is all that there is for meetings and for setting up measures.
    """
    left = account(p, caseload)["left"] / caseload * 52 / 12
    assert 0.6 * minutes <= left <= 1.4 * minutes


def test_the_parts_of_the_week_by_hand(p) -> None:
    by_hand = p._replace(hours_week=30.0, internal_share=0.2, message_minutes=5.0)
    week = account(by_hand, 100, due=120.0)
    assert (week["minutes"], week["internal"], week["messages"], week["set_up"]) == (1800.0, 360.0, 500.0, 120.0)
    assert week["left"] == 820.0 and week["due_set_up"] == 0.0


def test_a_novice_needs_twice_the_minutes_for_cases_and_to_set_up(p) -> None:
    by_hand = p._replace(hours_week=30.0, internal_share=0.2, message_minutes=5.0)
    week = account(by_hand, 100, due=120.0, experience=0.0)
    assert (week["messages"], week["set_up"], week["left"]) == (1000.0, 240.0, 200.0)


def test_what_does_not_fit_into_the_week_waits(p) -> None:
    by_hand = p._replace(hours_week=30.0, internal_share=0.2, message_minutes=5.0)
    week = account(by_hand, 280, due=120.0)  # 1,400 minutes of messages leave 40
    assert (week["set_up"], week["left"], week["due_set_up"]) == (40.0, 0.0, 80.0)
    assert week["kept_up"] == pytest.approx(1 / 3)
    drowned = account(by_hand, 400, due=120.0)
    assert (drowned["messages"], drowned["set_up"], drowned["left"], drowned["due_set_up"]) == (1440.0, 0.0, 0.0, 120.0)


def test_less_paperwork_leaves_more_of_the_week(p) -> None:
    by_hand = p._replace(hours_week=30.0, internal_share=0.2, message_minutes=5.0)
    assert account(by_hand, 100, burden=0.0)["left"] == 1440.0
    assert account(by_hand, 100, burden=2.0)["left"] == 440.0


def test_training_and_figures_take_hours_and_never_more_than_the_week(p) -> None:
    by_hand = p._replace(internal_share=0.2, training_share=0.05, figures_share=0.03)
    assert internal_time(by_hand, 1000.0, 0.0, 0.0) == 200.0
    assert internal_time(by_hand, 1000.0, 1.0, 0.5) == pytest.approx(265.0)
    assert internal_time(by_hand._replace(internal_share=1.0), 1000.0, 1.0, 1.0) == 1000.0


def test_distance_takes_hours_from_meetings(p) -> None:
    by_hand = p._replace(distance=0.2)
    assert time_to_meet(by_hand, 500.0, 0.0) == 500.0
    assert time_to_meet(by_hand, 500.0, 0.5) == pytest.approx(450.0)


# Whom time is spent on (V13)


def test_time_weights_by_rule(p) -> None:
    person = {"worries": 0.6, "health": 0.4, "motivation": 0.5, "efficacy": 0.25}
    weights = {code: time_weight(code, p, False, 0, **person) for code in (EQUAL, NEEDIEST, READIEST, CALLERS)}
    assert weights[EQUAL] == 1.0
    assert weights[NEEDIEST] == pytest.approx(0.2 + 0.6 + 0.6)
    assert weights[READIEST] == pytest.approx(0.2 + 1.0)
    assert weights[CALLERS] == pytest.approx(0.2 + 2 * 0.25 * 0.6 + 0.25)


@pytest.mark.parametrize(
    ("code", "name", "sign"),
    [(NEEDIEST, "worries", 1), (NEEDIEST, "health", -1), (READIEST, "motivation", 1), (CALLERS, "efficacy", 1)],
)
def test_the_rules_favour_whom_they_name(code: int, name: str, sign: int, p) -> None:
    person = dict.fromkeys(("worries", "health", "motivation", "efficacy"), 0.5)
    low, high = (time_weight(code, p, False, 0, **{**person, name: x}) for x in (0.2, 0.8))
    assert sign * (high - low) > 0


def test_a_client_on_a_measure_has_a_smaller_claim_under_every_rule(p) -> None:
    for code in range(4):
        alone, busy = (time_weight(code, p, on, 0, 0.5, 0.5, 0.5, 0.5) for on in (False, True))
        assert busy == pytest.approx(p.weight_on_measure * alone)


def test_who_is_made_ready_for_a_job_specialist_has_a_larger_claim(p) -> None:
    """V7: motivation is worked up first, at the cost of other clients' time."""
    for code in range(4):
        usual, worked_up = (time_weight(code, p._replace(work_up=0.5), False, x, 0.5, 0.5, 0.5, 0.5) for x in (0, 1))
        assert worked_up == pytest.approx(1.5 * usual)
    assert time_weight(EQUAL, p._replace(work_up=0.0), False, 1, 0.5, 0.5, 0.5, 0.5) == 1.0


# What an hour does (J1, J2, V2, V3, V12)


def test_trust_by_hand(p) -> None:
    by_hand = p._replace(trust_hour=0.1)
    assert trust_change(by_hand, 0.6, 2.0, 0.0) == pytest.approx((1 - math.exp(-0.1 * 2)) * 0.4)
    assert trust_change(by_hand, 0.6, 2.0, 1.0) == pytest.approx(-(1 - math.exp(-0.1 * 2)) * 0.6)
    assert trust_change(by_hand, 0.6, 2.0, 0.5) == 0.0


def test_trust_rises_with_one_who_listens_and_falls_with_one_who_does_not(p) -> None:
    for trust in SHARES:
        changes = [trust_change(p, trust, 1.0, gaze) for gaze in (0.1, 0.3, 0.5, 0.7, 0.9)]
        assert changes == sorted(changes, reverse=True) and changes[0] > 0 > changes[-1]
    assert trust_change(p, 1.0, 1.0, 0.0) == 0.0 and trust_change(p, 0.0, 1.0, 1.0) == 0.0


@pytest.mark.parametrize("hours", [1.0, 10.0, 32.6])
def test_no_meeting_carries_trust_or_motivation_out_of_bounds(hours: float, p) -> None:
    """Up to a supervisor's whole week, which is what a new one with a single client has for that client."""
    for now in SHARES:
        for gaze in (0.0, 1.0):
            assert 0.0 <= now + trust_change(p, now, hours, gaze) <= 1.0
        assert 0.0 <= now + motivation_change(p, now, 1.0, hours, 0.0) <= 1.0


def test_motivation_needs_trust_and_somebody_who_listens(p) -> None:
    assert motivation_change(p, 0.5, 0.0, 1.0, 0.0) == 0.0
    assert motivation_change(p, 0.5, 1.0, 1.0, 0.5) == motivation_change(p, 0.5, 1.0, 1.0, 0.9) == 0.0
    assert motivation_change(p, 0.5, 0.8, 1.0, 0.2) > motivation_change(p, 0.5, 0.4, 1.0, 0.2) > 0
    assert motivation_change(p._replace(motivation_hour=0.1), 0.5, 0.8, 2.0, 0.25) == pytest.approx(
        (1 - math.exp(-0.2)) * 0.8 * 0.5 * 0.5
    )


def test_half_a_year_of_close_follow_up_lifts_motivation_as_much_as_is_known(p) -> None:
    """I125: +0.1 to +0.3 standard deviations (0.15: assumed) in six months, at a caseload of 15 (I10: 282 minutes)."""
    motivation = 0.5
    for _ in range(6):
        motivation += motivation_change(p, motivation, 0.55, 282 / 60, 0.1)
    assert 0.1 * 0.15 <= motivation - 0.5 <= 1.0 * 0.15


def test_mapping_by_hand_and_in_its_limits(p) -> None:
    by_hand = p._replace(mapping_hour=0.6)
    assert (
        mapping_change(by_hand, 0.3, 100.0, 1.0, 1.0)
        > 0
        == mapping_change(p._replace(mapping_hour=0.0), 0.3, 100.0, 1.0, 1.0)
    )
    assert mapping_change(by_hand, 0.0, 100.0, 1.0, 1.0) == pytest.approx(1 - math.exp(-1))
    assert mapping_change(by_hand, 0.5, 100.0, 0.5, 0.0) == pytest.approx(0.5 * 0.5 * 0.4 * (1 - math.exp(-1)))
    assert mapping_change(p, 1.0, 60.0, 1.0, 1.0) == mapping_change(p, 0.3, 0.0, 1.0, 1.0) == 0.0
    assert 0.3 + mapping_change(p, 0.3, 1e6, 1.0, 1.0) == pytest.approx(1.0)


@pytest.mark.parametrize("which", ["minutes", "skill", "trust"])
def test_mapping_is_faster_with_time_skill_and_trust(which: str, p) -> None:
    base = {"minutes": 60.0, "skill": 0.7, "trust": 0.5}
    slow, fast = (mapping_change(p, 0.2, **{**base, which: base[which] * f}) for f in (0.8, 1.2))
    assert fast > slow > 0


def test_only_time_beyond_the_basics_lowers_barriers(p) -> None:
    by_hand = p._replace(basic_minutes=30.0, barrier_hour=0.5)
    assert barrier_change(by_hand, 0.6, 30.0, 0.0, True) == barrier_change(by_hand, 0.6, 10.0, 0.0, True) == 0.0
    assert barrier_change(by_hand, 0.6, 90.0, 0.0, True) == pytest.approx(-0.6 * (1 - math.exp(-0.5)))
    assert barrier_change(by_hand, 0.6, 90.0, 1.0, True) == 0.0  # nobody who is the problem has barriers
    assert barrier_change(by_hand, 0.6, 1e9, 0.0, True) == pytest.approx(-0.6)


def test_a_narrow_mandate_leaves_little_time_for_barriers(p) -> None:
    by_hand = p._replace(basic_minutes=30.0, barrier_hour=0.5, narrow_mandate=0.25)
    assert barrier_change(by_hand, 0.6, 90.0, 0.0, False) == pytest.approx(-0.6 * (1 - math.exp(-0.125)))
    assert barrier_change(by_hand._replace(narrow_mandate=0.0), 0.6, 90.0, 0.0, False) == 0.0


def test_help_with_health_takes_hours_with_one_who_listens(p) -> None:
    """V5."""
    by_hand = p._replace(help_health=0.02)
    assert health_change(by_hand, 0.4, 120.0, 0.0) == pytest.approx(0.6 * (1 - math.exp(-0.04)))
    assert health_change(by_hand, 0.4, 120.0, 1.0) == health_change(by_hand, 0.4, 0.0, 0.0) == 0.0
    assert health_change(by_hand._replace(help_health=0.0), 0.4, 120.0, 0.0) == 0.0


def test_help_is_given_in_longer_meetings_out_of_the_supervisors_hours(p) -> None:
    """V5: no minute is spent twice, and what does not fit in is owed."""
    by_hand = p._replace(meeting_minutes=45.0)

    def helped(owed: float, left: float) -> tuple[float, ...]:
        people = SimpleNamespace(help_minutes=[owed], worries=[0.6], health=[0.4])
        team = SimpleNamespace(left=[left], meetings=[100.0], gaze=[0.0])
        contact._help.py_func(by_hand, people, team, 0, 0)
        assert team.left[0] + team.meetings[0] == left + 100.0
        assert people.help_minutes[0] + team.meetings[0] == owed + 100.0
        assert people.worries[0] <= 0.6 and people.health[0] >= 0.4
        return people.help_minutes[0], people.worries[0]

    assert helped(240.0, 500.0)[0] == 195.0 and helped(30.0, 500.0)[0] == 0.0
    assert helped(240.0, 20.0)[0] == 220.0 and helped(240.0, 0.0) == (240.0, 0.6)
    assert helped(240.0, 500.0)[1] < helped(20.0, 500.0)[1] < 0.6


def test_a_meeting_spends_what_is_left_of_the_week_once(p) -> None:
    """V5, V7: two clients of one supervisor; one is made ready, one is owed help."""
    columns = Jobseeker.columns()
    lists = {"known": np.array([2, 0, 1]), "registered": np.array([2, 0, 1]), "first": np.array([1, 3])}
    empty = {name: np.zeros(2, column.dtype) for name, column in columns.items() if name in contact.Clients._fields}
    people = contact.Clients(**empty, **lists)
    people.id[:], people.state[:], people.motivation[:], people.trust[:] = (1, 2), UNEMPLOYED, 0.99, 0.5
    people.worries[:], people.health[:], people.signed[:] = 0.5, 0.5, -1
    people.made_ready[:], people.help_minutes[:] = (1, 0), (0.0, 100.0)
    team = Team(**{name: np.zeros(1, Supervisor.columns()[name].dtype) for name in Team._fields})
    team.state[:], team.left[:], team.caseload[:], team.experience[:] = 1, 300.0, 2, 100.0
    levers = Levers(**{name: np.zeros(1) for name in Levers._fields})
    by_hand = p._replace(work_up=1.0, no_show_motivation=0.0, no_show_care=0.0, longest_meeting=60.0, offer_share=0.0)
    some = Some(np.zeros(2, np.int64), np.zeros(2, np.int64), np.zeros((4, 2)))
    sanctions, worked_up, lifted = contact._meet(
        by_hand, 78.0, people, team, np.array([300.0]), OFFICE, levers, Stream(1, 0), 3, some
    )
    assert (sanctions, worked_up) == (0, 60.0) and lifted > 0.0
    assert list(people.met_minutes) == [60.0, 60.0] and list(people.credit) == [60.0, 40.0]
    assert people.help_minutes[1] == pytest.approx(100.0 - p.meeting_minutes)
    assert team.meetings[0] == pytest.approx(120.0 + p.meeting_minutes)
    assert team.left[0] + team.meetings[0] == pytest.approx(300.0)
    assert people.worries[1] < people.worries[0] and people.health[1] > people.health[0] == 0.5


def test_who_is_met_when_hours_run_out_is_drawn_anew_each_week(p) -> None:
    """Ten alike clients, hours for three: over the weeks everybody has a turn, and no row comes first more often."""
    columns = Jobseeker.columns()
    lists = {"known": np.arange(-1, 10), "registered": np.arange(-1, 10), "first": np.array([1, 11])}
    lists["known"][0] = lists["registered"][0] = 10
    by_hand = p._replace(no_show_motivation=0.0, no_show_care=0.0, longest_meeting=60.0, offer_share=0.0)
    levers = Levers(**{name: np.zeros(1) for name in Levers._fields})
    met = np.zeros(10)
    for week in range(400):
        empty = {
            name: np.zeros(10, column.dtype) for name, column in columns.items() if name in contact.Clients._fields
        }
        people = contact.Clients(**empty, **lists)
        people.id[:], people.state[:], people.motivation[:], people.credit[:] = np.arange(10) + 5, UNEMPLOYED, 0.5, 60.0
        people.signed[:] = -1
        team = Team(**{name: np.zeros(1, Supervisor.columns()[name].dtype) for name in Team._fields})
        team.state[:], team.left[:], team.caseload[:], team.experience[:] = 1, 180.0, 10, 100.0
        some = Some(np.zeros(10, np.int64), np.zeros(10, np.int64), np.zeros((4, 10)))
        contact._meet(by_hand, 78.0, people, team, np.array([600.0]), OFFICE, levers, Stream(1, 0), week, some)
        assert np.count_nonzero(people.met_minutes) == 3
        met += people.met_minutes > 0
    assert met.min() > 85 and met.max() < 155  # 120 on average, standard deviation 9


def test_an_office_of_experienced_supervisors_knows_its_labour_market_in_any_case(p) -> None:
    """V14."""
    by_hand = p._replace(knowledge_hour=0.0, knowledge_floor=0.3)
    team = SimpleNamespace(
        state=np.ones(2), office=[0, 0], offers=[60.0, 0.0], outreach=[0.0, 60.0], experience=[200.0, 39.0]
    )
    offices = SimpleNamespace(knowledge=np.array([0.1]))
    contact._come_to_know.py_func(by_hand, 78.0, team, offices, np.zeros((2, 1)))
    assert offices.knowledge[0] == pytest.approx(0.3 * 0.75)
    contact._come_to_know.py_func(by_hand._replace(knowledge_hour=0.01), 78.0, team, offices, np.zeros((2, 1)))
    assert offices.knowledge[0] == pytest.approx(1.0 - (1.0 - 0.225) * math.exp(-0.02))


def test_minutes_on_vacancies_teach_the_office_its_labour_market(p) -> None:
    """V14."""
    by_hand = p._replace(knowledge_hour=0.001)
    assert knowledge_gain(by_hand, 600.0, 0.5) == pytest.approx(0.5 * (1 - math.exp(-0.01)))
    assert knowledge_gain(by_hand, 600.0, 1.0) == knowledge_gain(by_hand, 0.0, 0.2) == 0.0


# Absence, sanctions, availability


def test_absence_is_low_motivation_and_lifes_appointments(p) -> None:
    by_hand = p._replace(no_show_motivation=0.2, no_show_care=0.1)
    assert no_show(by_hand, 1.0, 0.0) == 0.0
    assert no_show(by_hand, 0.0, 1.0) == pytest.approx(0.3)
    assert no_show(by_hand, 0.5, 0.5) == pytest.approx(0.15)


def test_only_a_benefit_that_is_drawn_can_be_cut() -> None:
    assert draws_benefit(UNEMPLOYED, UNEMPLOYMENT_BENEFIT) and draws_benefit(JOB_WITH_BENEFIT, AAP)
    assert not draws_benefit(UNEMPLOYED, NO_BENEFIT)
    assert not draws_benefit(SUBSIDISED_JOB, UNEMPLOYMENT_BENEFIT)


def test_distance_adds_to_the_rule_books_sanctions(p) -> None:
    by_hand = p._replace(sanction=0.4, sanction_floor=0.25)
    assert sanctioned(by_hand, 0.0) == pytest.approx(0.1)
    assert sanctioned(by_hand, 0.5) == pytest.approx(0.25)
    assert sanctioned(by_hand, 1.0) == pytest.approx(0.4)


def test_meetings_end_the_claims_of_those_who_do_not_look_for_work(p) -> None:
    by_hand = p._replace(availability_check=0.5, available_motivation=0.3)
    assert gives_up_claim(by_hand, 0.3) == gives_up_claim(by_hand, 0.9) == 0.0
    assert gives_up_claim(by_hand, 0.1) == pytest.approx(0.1)
    assert 0.0 < gives_up_claim(p, 0.0) <= 1.0


def test_time_with_employers_comes_out_of_the_weeks_of_the_kvp_team_only(p) -> None:
    """I17: the share is of what internal work and messages leave; nothing is left over twice."""
    team = Team(**{name: np.zeros(2, np.int64 if name in ("office", "programme") else float) for name in Team._fields})
    team.state[:], team.caseload[:], team.experience[:] = 1, 30, 1000.0
    team.programme[:] = (0, 1)
    levers = Levers(**{name: np.zeros(1) for name in Levers._fields})
    contact._account(
        p, 78.0, team, OFFICE, np.array([0.5]), np.zeros(2), levers._replace(supervisors_admin_burden=np.ones(1))
    )
    rest = team.minutes - team.internal - team.messages
    assert list(team.outreach) == [0.0, pytest.approx(0.5 * rest[1])]
    assert team.left == pytest.approx(rest - team.outreach - team.set_up)
