"""The same seed gives the same bits, and a policy in one region changes nothing in another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.agents import KINDS
from sim.columns import Table
from sim.model import ActivationMarket, RunTables, simulate
from sim.outcomes.cohorts import Record
from sim.settings import Settings
from sim.store import Results
from sim.sweep import run_all

Compose = Callable[..., Settings]
SHORT = ("horizon.burn_in_weeks=10", "horizon.weeks=30")


@pytest.fixture(scope="module")
def short(composed: Compose) -> Settings:
    return composed(*SHORT)


@pytest.fixture(scope="module")
def first(short: Settings) -> RunTables:
    """The run with which the others are compared."""
    return simulate(short, 0)


def assert_same_bits(one: pd.DataFrame, other: pd.DataFrame) -> None:
    """Same columns, types, rows and values; NaN where there is NaN, and no rounding at all."""
    pd.testing.assert_frame_equal(one, other, check_exact=True)


def assert_same_results(one: RunTables, other: RunTables) -> None:
    assert len(one.outcomes) > 100 and len(one.weekly) > 100
    assert_same_bits(one.outcomes, other.outcomes)
    assert_same_bits(one.weekly, other.weekly)


# Same seed, same bits


def test_the_same_run_twice(first: RunTables, short: Settings) -> None:
    assert_same_results(first, simulate(short, 0))


@pytest.mark.parametrize(
    "override", ["record.persons=true", "record.spells=true", "replications=7", "workers=2", "results=elsewhere"]
)
def test_what_is_recorded_and_how_it_is_run_decide_nothing(override: str, first: RunTables, composed: Compose) -> None:
    assert_same_results(first, simulate(composed(*SHORT, override), 0))


def test_from_a_snapshot_or_from_the_start(
    first: RunTables, short: Settings, composed: Compose, tmp_path: Path
) -> None:
    other_policy = composed(*SHORT, "scenario=caseload_15")
    simulate(other_policy, 0, tmp_path)  # leaves the snapshot
    stored = list(tmp_path.iterdir())
    assert_same_results(first, simulate(short, 0, tmp_path))
    assert list(tmp_path.iterdir()) == stored
    assert_same_results(simulate(other_policy, 0, tmp_path), simulate(other_policy, 0))


def test_a_restored_model_goes_on_as_the_one_that_was_stored(short: Settings) -> None:
    """Every array of the state, and not only what is measured."""
    model, restored = ActivationMarket(short), ActivationMarket(short)
    for _ in range(10):
        model.step()
    restored.restore(model.state())
    for _ in range(20):
        model.step()
        restored.step()
    state, again = model.state(), restored.state()
    assert state.keys() == again.keys()
    for name, array in state.items():
        np.testing.assert_array_equal(again[name], array, err_msg=name)


def test_another_replication_or_seed_is_another_world(first: RunTables, short: Settings, composed: Compose) -> None:
    for other in (simulate(short, 1), simulate(composed(*SHORT, "seed=20"), 0)):
        both = first.weekly.merge(other.weekly, on=["week", "series"])
        trust = both[both["series"] == "trust"]
        assert (trust["value_x"] != trust["value_y"]).all()


def test_on_one_or_two_workers(composed: Compose, tmp_path: Path) -> None:
    """Two policies and two replications, with their burn-in shared or not, stored and read back."""
    stored: list[dict[str, pd.DataFrame]] = []
    for workers in (1, 2):
        folder = tmp_path / str(workers)
        points = [
            composed(*SHORT, f"scenario={name}", "replications=2").model_copy(
                update={"results": folder, "workers": workers}
            )
            for name in ("baseline", "caseload_15")
        ]
        report = run_all(points, progress=False)
        assert len(report.done) == 4 and not report.failed
        stored.append({name: Results(folder).table(name) for name in ("outcomes", "weekly")})
    for name in ("outcomes", "weekly"):
        keys = ["run_key", *stored[0][name].columns.drop(["run_key", "value"])]
        one, two = (tables[name].sort_values(keys, ignore_index=True) for tables in stored)
        assert one["run_key"].nunique() == 4
        assert_same_bits(one, two)


def test_a_scenario_equal_to_the_baseline_differs_by_exactly_zero(first: RunTables, composed: Compose) -> None:
    by_name = composed(*SHORT).model_copy(update={"scenario": "the same by another name"})
    in_one_region = composed(*SHORT, "policy.regions=[0]")
    said_again = composed(*SHORT, "policy.se.delivery=mixed", "policy.supervisors.caseload=120")
    for settings in (by_name, in_one_region, said_again):
        other = simulate(settings, 0)
        assert_same_results(first, other)
        difference = other.outcomes["value"] - first.outcomes["value"]
        assert (difference.dropna() == 0.0).all()


def test_a_policy_that_says_something_else_makes_a_difference(first: RunTables, composed: Compose) -> None:
    """The zeros above are not those of a policy that is never read."""
    other = simulate(composed(*SHORT, "scenario=caseload_15"), 0)
    before, after = (
        first.weekly["week"] < 0,
        (first.weekly["week"] >= 10) & (first.weekly["series"] == "supervisors"),
    )
    assert_same_bits(first.weekly[before], other.weekly[before])
    assert (other.weekly.loc[after, "value"] > first.weekly.loc[after, "value"]).all()


# The minimally different world

TWO_REGIONS = ("population.regions=2", "horizon.burn_in_weeks=20", "horizon.weeks=60")
ELSEWHERE = (
    "policy.regions=[0]",
    "policy.supervisors.caseload=15",
    "policy.se.delivery=in_house",
    "policy.tender.price_weight=0.8",
)


def region_rows(model: ActivationMarket, table: Table, region: int) -> dict[str, np.ndarray]:
    """All that a table holds of one region. Rows are numbered from the start of the region's block, so that
    it does not matter how long the other region's block has become."""
    stride = {kind.__name__: of_kind.stride for kind, of_kind in model.tables.items()}
    rows = table.rows
    n = int(rows.fresh[region]) or table.stride  # tables that never change hands are filled in order
    block = slice(region * table.stride, region * table.stride + n)
    found = {
        "rows taken": rows.fresh[region],
        "rows free": rows.free[region, : rows.n_free[region]].copy(),
    }
    for name, column in table.kind.columns().items():
        values = table[name][block].copy()
        if column.refers_to is not None:
            first_row = region * stride[column.refers_to]
            values = np.where(values >= 0, values - first_row, values)
        found[name] = values
    return found


def person_records(model: ActivationMarket, region: int) -> dict[str, np.ndarray]:
    """The outcome records of those who live in a region, by person."""
    assert model.cohorts is not None
    record = model.cohorts.record
    mine = np.flatnonzero(model.offices["region"][record.office] == region)
    mine = mine[np.argsort(record.id[mine])]
    return {name: getattr(record, name)[mine] for name in Record._fields}


@pytest.fixture(scope="module")
def two_worlds(composed: Compose) -> tuple[ActivationMarket, ActivationMarket]:
    """The same world of two regions under the baseline, and with another policy in region 0."""
    worlds = ActivationMarket(composed(*TWO_REGIONS)), ActivationMarket(composed(*TWO_REGIONS, *ELSEWHERE))
    for model in worlds:
        while model.since_policy < model.horizon.weeks:
            model.step()
    return worlds


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_nothing_changes_in_the_region_without_the_policy(
    kind: type, two_worlds: tuple[ActivationMarket, ActivationMarket]
) -> None:
    # A member's number says in which order people became members, those of the other region among them.
    baseline, policy = (region_rows(model, model.tables[kind], 1) for model in two_worlds)
    different = {}
    for name in baseline.keys() - {"member"}:
        if not np.array_equal(baseline[name], policy[name]):
            same_size = np.shape(baseline[name]) == np.shape(policy[name])
            different[name] = np.count_nonzero(baseline[name] != policy[name]) if same_size else "rows"
    assert not different, f"{kind.__name__}: values that differ in region 1, by column: {different}"


def test_nobodys_outcome_changes_in_the_region_without_the_policy(
    two_worlds: tuple[ActivationMarket, ActivationMarket],
) -> None:
    baseline, policy = (person_records(model, 1) for model in two_worlds)
    assert baseline["id"].size > 500
    different = [name for name in Record._fields if not np.array_equal(baseline[name], policy[name])]
    assert not different


@pytest.mark.parametrize("kind", ["Jobseeker", "Supervisor", "Specialist", "Contract", "Position"])
def test_much_changes_in_the_region_with_the_policy(
    kind: str, two_worlds: tuple[ActivationMarket, ActivationMarket]
) -> None:
    table = next(k for k in KINDS if k.__name__ == kind)
    baseline, policy = (region_rows(model, model.tables[table], 0) for model in two_worlds)
    assert any(not np.array_equal(baseline[name], policy[name]) for name in baseline)


def references_by_id(model: ActivationMarket) -> dict[str, dict[int, list[int]]]:
    """Whom every agent in use refers to: permanent ids by column and by own id."""
    kinds = {kind.__name__: kind for kind in KINDS}
    found = {}
    for kind, table in model.tables.items():
        rows = table.used()
        for name, column in kind.columns().items():
            if column.refers_to is not None:
                values = table[name][rows].reshape(rows.size, -1)
                ids = np.where(values >= 0, model.tables[kinds[column.refers_to]]["id"][values], -1)
                found[f"{kind.__name__}.{name}"] = dict(zip(table["id"][rows].tolist(), ids.tolist(), strict=True))
    return found


@pytest.mark.parametrize("kind", ["Jobseeker", "Supervisor", "Specialist", "Course", "Instructor"])
def test_everybody_keeps_their_people_when_a_table_grows(kind: str, composed: Compose) -> None:
    """Rows of the second region move when the blocks become longer; what refers to them must follow."""
    model = ActivationMarket(composed(*TWO_REGIONS))
    for _ in range(20):
        model.step()
    before = references_by_id(model)
    table = next(table for of_kind, table in model.tables.items() if of_kind.__name__ == kind)
    stride = table.stride
    model.make_room(table, stride + 1)
    assert table.stride > stride
    after = references_by_id(model)
    moved = {name: sum(before[name][i] != after[name][i] for i in before[name]) for name in before}
    assert not {name: n for name, n in moved.items() if n}, "references that point to somebody else now"


def test_the_world_without_the_policy_is_the_same_before_the_policy_date(composed: Compose) -> None:
    baseline, policy = ActivationMarket(composed(*TWO_REGIONS)), ActivationMarket(composed(*TWO_REGIONS, *ELSEWHERE))
    for _ in range(20):
        baseline.step()
        policy.step()
    other = policy.state()
    for name, array in baseline.state().items():
        np.testing.assert_array_equal(other[name], array, err_msg=name)
