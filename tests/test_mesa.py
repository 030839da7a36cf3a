"""Mesa as its users know it: agent sets show what the columns hold, and an ordinary ``step`` is a process."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from mesa.agent import AgentSet

from sim.agents import KINDS, Employer, Jobseeker, Office, Supervisor
from sim.agents.jobseeker import JOB, ON_MEASURE
from sim.model import COLLECTED, ActivationMarket
from sim.settings import Settings

WEEKS = 30


@pytest.fixture(scope="module")
def settings(composed: Callable[..., Settings]) -> Settings:
    return composed("horizon.burn_in_weeks=8", "horizon.weeks=30", "horizon.track_weeks=30")


@pytest.fixture(scope="module")
def model(settings: Settings) -> ActivationMarket:
    """A world after some weeks, to be read only."""
    model = ActivationMarket(settings)
    for _ in range(WEEKS):
        model.step()
    return model


# Reading


def test_there_is_a_handle_for_every_row_in_use_and_no_other(model: ActivationMarket) -> None:
    agents = model.agents_by_type
    assert set(agents) == set(KINDS)
    for kind, table in model.tables.items():
        assert {agent.identity for agent in agents[kind]} == set(table["id"][table.used()].tolist())
        assert len(agents[kind]) == len(table) > 0
    assert len(model.agents) == sum(len(table) for table in model.tables.values())


@pytest.mark.parametrize("name", ["motivation", "trust", "cost", "weeks_registered"])
def test_an_aggregate_is_that_of_the_column(name: str, model: ActivationMarket) -> None:
    table = model.jobseekers
    values = table[name][table.used()].astype(float)
    people = model.agents_by_type[Jobseeker]
    # The same numbers in another order: only the last bits of a sum may differ.
    assert people.agg(name, np.mean) == pytest.approx(values.mean(), rel=1e-12)
    assert people.agg(name, [np.min, np.max]) == [values.min(), values.max()]


def test_attributes_are_the_columns_values(model: ActivationMarket) -> None:
    table = model.jobseekers
    for person in list(model.agents_by_type[Jobseeker])[:20]:
        row = int(np.flatnonzero(table["id"] == person.id)[0])
        assert person.row == row
        for name in Jobseeker.columns():
            assert getattr(person, name) == table[name][row]
    office = next(iter(model.agents_by_type[Office]))
    np.testing.assert_array_equal(office.practice, model.offices["practice"][office.row])


def test_select_finds_agents_by_kind_and_by_what_they_are(model: ActivationMarket) -> None:
    on_measure = model.agents.select(lambda a: a.state == ON_MEASURE, agent_type=Jobseeker)
    assert isinstance(on_measure, AgentSet)
    state = model.jobseekers["state"]
    rows = np.flatnonzero(state == ON_MEASURE).tolist()
    assert rows and sorted(a.row for a in on_measure) == rows
    assert {a.state_name for a in on_measure} == {"on measure"}
    supervisors = model.agents.select(agent_type=Supervisor)
    assert len(supervisors) == np.count_nonzero(model.supervisors["state"])


def test_groupby_groups_by_column(model: ActivationMarket) -> None:
    table = model.jobseekers
    used = table.used()
    groups = model.agents_by_type[Jobseeker].groupby("office")
    assert groups.count() == {o: np.count_nonzero(table["office"][used] == o) for o in range(2)}
    means = groups.agg("trust", np.mean)
    for office, mean in means.items():
        assert mean == pytest.approx(table["trust"][used][table["office"][used] == office].mean(dtype=float), rel=1e-12)


def test_what_was_collected_is_what_the_weekly_table_says(model: ActivationMarket) -> None:
    collected = model.datacollector.get_model_vars_dataframe()
    weekly = model.weekly().pivot(index="week", columns="series", values="value")
    assert list(collected.columns) == list(COLLECTED)
    assert len(collected) == len(weekly) == WEEKS
    for name in COLLECTED:
        np.testing.assert_array_equal(collected[name].to_numpy(), weekly[name].to_numpy())


# Writing, and living


@pytest.fixture
def living(settings: Settings) -> ActivationMarket:
    model = ActivationMarket(settings)
    model.step()
    return model


def test_setting_an_attribute_writes_the_column(living: ActivationMarket) -> None:
    people = living.agents_by_type[Jobseeker]
    people.set("motivation", 0.25)
    assert (living.jobseekers["motivation"][living.jobseekers.used()] == 0.25).all()
    first = people[0]
    first.trust = 0.75
    assert living.jobseekers["trust"][first.row] == 0.75
    assert np.count_nonzero(living.jobseekers["trust"] == 0.75) == 1


def test_a_write_counts_in_the_next_week(settings: Settings) -> None:
    worlds = [ActivationMarket(settings) for _ in range(2)]
    for model in worlds:
        model.step()
    worlds[1].agents_by_type[Jobseeker].set("motivation", 0.0)
    for model in worlds:
        model.step()
    assert worlds[1].counts["applications"] < 0.2 * worlds[0].counts["applications"]


def test_handles_follow_people_who_come_and_go(living: ActivationMarket) -> None:
    people = living.agents_by_type[Jobseeker]
    known = {person.identity: person for person in people}
    for _ in range(37):
        living.step()
    present = set(living.jobseekers["id"][living.jobseekers.used()].tolist())
    gone, newcomers = known.keys() - present, present - known.keys()
    assert gone and newcomers
    for identity, person in known.items():
        if identity in present:
            assert person.id == identity == living.jobseekers["id"][person.row]
        else:
            with pytest.raises(LookupError, match=f"Jobseeker {identity} is no longer in the model"):
                _ = person.trust
    now = living.agents_by_type[Jobseeker]
    assert {person.identity for person in now} == present
    assert all(known[person.identity] is person for person in now if person.identity in known)
    assert not any(known[identity] in living.agents for identity in gone)


class Resting(Jobseeker):
    """A process in plain Mesa: everybody without a job rests, and notes it."""

    def step(self) -> None:
        type(self).called.append((self.model.clock, self.identity))
        if self.state != JOB:
            self.wellbeing = 1.0

    called: list[tuple[int, int]]


def test_a_face_with_a_step_is_called_every_week_for_everybody(settings: Settings) -> None:
    Resting.called = []
    model = ActivationMarket(settings, faces=[Resting])
    for week in range(3):
        model.step()
        table = model.jobseekers
        used = table.used()
        assert sorted(i for clock, i in Resting.called if clock == week) == sorted(table["id"][used].tolist())
        idle = table["state"][used] != JOB
        assert (table["wellbeing"][used][idle] == 1.0).all()
        assert (table["wellbeing"][used][~idle] < 1.0).any()  # those who had a job before anybody rested
    assert all(type(person) is Resting for person in model.agents_by_type[Resting])
    assert model.agents_by_type[Jobseeker] is model.agents_by_type[Resting]  # found under both names


def test_a_face_that_does_nothing_changes_nothing(settings: Settings) -> None:
    class Quiet(Employer):
        def step(self) -> None:
            _ = self.openness

    plain, faced = ActivationMarket(settings), ActivationMarket(settings, faces=[Quiet])
    for _ in range(10):
        plain.step()
        faced.step()
    other = faced.state()
    for name, array in plain.state().items():
        np.testing.assert_array_equal(other[name], array, err_msg=name)
