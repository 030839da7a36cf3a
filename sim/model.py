"""The model: the activation-measure labour market, week by week.

from sim.model import ActivationMarket
from sim.settings import compose

model = ActivationMarket(compose("population=classroom"))
model.step()                                        # one week
model.agents_by_type[Jobseeker].agg("trust", np.mean)  # Mesa as its users know it
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from mesa import DataCollector, Model
from mesa.agent import AgentSet

from sim import population
from sim.accounts import N_POSTS
from sim.agents import (
    KINDS,
    Contract,
    Course,
    Employer,
    Instructor,
    Jobseeker,
    Office,
    Position,
    Provider,
    Region,
    Specialist,
    Supervisor,
)
from sim.agents.course import FIXED, N_CONTRACTS
from sim.columns import Row, Table, view_class
from sim.crossing import forget
from sim.outcomes.cohorts import Cohorts
from sim.outcomes.spells import SpellRecorder
from sim.outcomes.weekly import SERIES, observe
from sim.policy import Policy, levers
from sim.processes.applications import apply_for_jobs
from sim.processes.assessment import assess_clients
from sim.processes.brokering import broker_jobs
from sim.processes.caseloads import staff_offices
from sim.processes.contact import meet_clients
from sim.processes.courses import run_courses
from sim.processes.education import study
from sim.processes.employer_relations import visit_employers
from sim.processes.employment import work_a_week
from sim.processes.exits import run_benefits
from sim.processes.experience import learn_from_results
from sim.processes.feelings import feel
from sim.processes.gaze import drift_gaze
from sim.processes.hiring import hire
from sim.processes.kvp import run_programme
from sim.processes.kvp_employers import place_participants
from sim.processes.money import pay
from sim.processes.providers import run_companies
from sim.processes.referral import refer_clients
from sim.processes.registration import alike, call_roll, register_newcomers
from sim.processes.reviews import review_results
from sim.processes.se_intake import take_in_clients
from sim.processes.specialists import staff_specialists
from sim.processes.staffing import staff_courses
from sim.processes.supported_employment import support_clients
from sim.processes.tendering import TENDER_COLUMNS, hold_tenders
from sim.processes.vacancies import open_vacancies
from sim.processes.vacancy_offers import offer_vacancies
from sim.processes.work_training import train_at_work
from sim.processes.workshop import open_workshop
from sim.settings import Settings
from sim.streams import Stream

# Weeks before the policy date that are kept in the weekly series.
WEEKS_BEFORE = 52

# Weeks between two times that people who are alike are brought together in memory.
GATHER_WEEKS = 13

# Series that Mesa's DataCollector shows while the model runs; all of them are in ``ActivationMarket.weekly``.
COLLECTED = ("registered", "unemployed", "on_measure", "queueing", "vacancies", "trust", "motivation", "gaze")


class RunTables(NamedTuple):
    """What one run leaves: tidy tables (see docs/outcomes.md) and where the seconds went."""

    outcomes: pd.DataFrame
    weekly: pd.DataFrame
    persons: pd.DataFrame | None
    spells: pd.DataFrame | None
    tenders: pd.DataFrame | None
    timings: dict[str, float]


class ActivationMarket(Model):
    """One simulated world: (seed, replication) decide who is in it, the policy what is done.

    Args:
        settings: a validated configuration.
        replication: 0 or more; another population, other institutions, other shocks.
        faces: subclasses of agent kinds to use as their Mesa face. One that defines ``step`` is stepped every
            week, after the processes: the way to add a process in plain Mesa.
    """

    def __init__(self, settings: Settings, replication: int = 0, faces: Iterable[type[Row]] = ()) -> None:
        super().__init__(rng=settings.seed)  # Mesa's own generators are never used: see sim/streams.py
        self.settings, self.world, self.horizon = settings, settings.world, settings.horizon
        self.stream = Stream(settings.seed, replication)
        self.clock = 0  # weeks since the start of the burn-in

        size = settings.population
        self.n_regions, self.offices_per_region = size.regions, size.offices_per_region
        self.office_size = round(size.registered / (size.regions * size.offices_per_region))
        self.region_size = self.office_size * self.offices_per_region
        self._make_tables()
        self.ledger, self.overhead = np.zeros(N_POSTS), np.zeros(1)
        self.counts: dict[str, float] = {}
        self._scratch: dict[tuple[Any, ...], np.ndarray] = {}
        self._faces = {self._kind(face): face for face in faces}
        self._handles: dict[type[Row], dict[int, Row]] = {kind: {} for kind in KINDS}

        baseline = lever_values(settings.baseline)
        self._baseline_levers = {name: np.full(self.n_regions, value) for name, value in baseline.items()}
        self._levers = {name: values.copy() for name, values in self._baseline_levers.items()}
        self._chosen: dict[type, Any] = {}
        self._chosen_baseline: dict[type, Any] = {}
        self.cohorts: Cohorts | None = None
        self.spells: SpellRecorder | None = None
        self.tenders: list[dict[str, float]] = []  # courses' contracts that ended since the policy date
        self.series = np.zeros(len(SERIES))
        self._weekly: list[np.ndarray] = []
        self.datacollector = DataCollector(
            model_reporters={name: [_read, [self, list(SERIES).index(name)]] for name in COLLECTED}
        )
        population.build(self)

    def step(self) -> None:
        """One week in the activation-measure labour market."""
        if self.clock == self.horizon.burn_in_weeks:
            self.start_policy()
        self.counts = {}

        # Who is here
        register_newcomers(self)
        learn_from_results(self)
        staff_offices(self)
        staff_specialists(self)
        review_results(self)

        # What is bought
        hold_tenders(self)

        # What NAV does
        meet_clients(self)
        drift_gaze(self)
        refer_clients(self)
        run_courses(self)
        train_at_work(self)
        study(self)
        assess_clients(self)
        open_workshop(self)
        run_companies(self)
        staff_courses(self)
        support_clients(self)
        take_in_clients(self)
        run_programme(self)

        # The labour market
        open_vacancies(self)
        visit_employers(self)
        broker_jobs(self)
        place_participants(self)
        offer_vacancies(self)
        apply_for_jobs(self)
        hire(self)
        work_a_week(self)

        # What it does to people, and what it costs
        feel(self)
        run_benefits(self)
        pay(self)

        self._step_faces()
        self._observe()
        if self.clock % GATHER_WEEKS == 0:
            self._gather()
        self.clock += 1

    @property
    def since_policy(self) -> int:
        """Weeks since the policy date; negative before it."""
        return self.clock - self.horizon.burn_in_weeks

    def start_policy(self) -> None:
        """The policy date: levers take their values in the regions of the policy, cohorts are drawn."""
        policy = self.settings.policy
        where = slice(None) if policy.regions == "all" else list(policy.regions)
        for name, value in lever_values(policy).items():
            self._levers[name][where] = value
        self.cohorts = Cohorts(self)
        if self.settings.record.spells:
            self.spells = SpellRecorder(self)

    def levers(self, narrow: type[Any]) -> Any:
        """The levers named by a NamedTuple class: one array each, with an item for every region."""
        chosen = self._chosen.get(narrow)
        if chosen is None:  # the arrays stay the same ones: the policy writes into them
            chosen = self._chosen[narrow] = view_class(narrow)(*(self._levers[name] for name in narrow._fields))
        return chosen

    def baseline_levers(self, narrow: type[Any]) -> Any:
        """The same, as they were before the policy date: where a phase-in starts from."""
        chosen = self._chosen_baseline.get(narrow)
        if chosen is None:
            arrays = (self._baseline_levers[name] for name in narrow._fields)
            chosen = self._chosen_baseline[narrow] = view_class(narrow)(*arrays)
        return chosen

    def scratch(
        self, name: str, shape: int | tuple[int, ...], kind: Any = np.float64, clear: bool = True
    ) -> np.ndarray:
        """An array for one process's own use this week: the same one every week, of zeros unless ``clear`` is false."""
        array = self._scratch.get((name, shape, kind))
        if array is None:
            array = self._scratch[name, shape, kind] = np.zeros(shape, kind)
        else:
            array.fill(0)
        return array

    def count(self, name: str, number: float) -> None:
        """Add to one of this week's counts (see ``sim/outcomes/weekly.py``)."""
        self.counts[name] = self.counts.get(name, 0.0) + number

    def _step_faces(self) -> None:
        """Processes that somebody added in plain Mesa: faces with a ``step`` of their own."""
        for face in self._faces.values():
            if hasattr(face, "step"):
                self.agents_by_type[face].do("step")

    def _observe(self) -> None:
        if self.cohorts is not None:
            self.cohorts.follow()
        observe(self)
        if self.cohorts is not None:
            self.cohorts.count_services()
        if self.since_policy >= -WEEKS_BEFORE:
            self._weekly.append(self.series.copy())
            self.datacollector.collect(self)
        if self.spells is not None:
            self.spells.record()

    # Tables

    def _make_tables(self) -> None:
        world, regions, size = self.world, self.n_regions, self.region_size
        thousands = size / 1000.0
        unemployed = world.institutions.ordinary_share * size

        def table(kind: type[Row], stride: float) -> Table:
            return Table(kind, regions, max(1, int(stride)))

        self.jobseekers = table(Jobseeker, 2.8 * size + 64)
        self.regions = table(Region, 1)
        self.offices = table(Office, self.offices_per_region)
        self.supervisors = table(Supervisor, size / 60 + 8)
        self.specialists = table(Specialist, 8 * thousands + 8)
        self.providers = table(Provider, FIXED + world.institutions.companies)
        self.contracts = table(Contract, N_CONTRACTS)
        self.courses = table(Course, 12 * thousands + 8)
        self.instructors = table(Instructor, 40 * thousands + 16)
        self.employers = table(Employer, max(8.0, world.institutions.employers_per_1000 * thousands))
        self.positions = table(Position, world.vacancies.positions_per_unemployed * unemployed)

    @property
    def tables(self) -> dict[type[Row], Table]:
        """All tables by kind of agent."""
        found = (value for value in vars(self).values() if isinstance(value, Table))
        return {table.kind: table for table in found}

    def make_room(self, table: Table, needed: int) -> None:
        """Make sure that every region's block of ``table`` can take ``needed`` more rows."""
        if table.has_room(needed):
            return
        moved = table.grow(needed)
        for other in self.tables.values():
            other.renumber(table.kind.__name__, moved)
        if table is self.jobseekers:
            call_roll(self)

    def _gather(self) -> None:
        """People who are alike side by side in memory: it is the order of the week's work, and changes nothing else."""
        people = self.jobseekers
        moved = people.gather(alike(people))
        for other in self.tables.values():
            other.renumber(people.kind.__name__, moved)
        for handle in self._handles[people.kind].values():
            handle.follow(moved)
        call_roll(self)

    # Mesa's registries: handles are made when somebody asks for them

    @staticmethod
    def _kind(face: type[Row]) -> type[Row]:
        return next(kind for kind in KINDS if issubclass(face, kind))

    def _handle_all(self, kind: type[Row]) -> None:
        """One handle for every row in use, none for the others."""
        table, handles = self.tables[kind], self._handles[kind]
        face = self._faces.get(kind, kind)
        ids = table["id"][table.used()].tolist()
        present = dict(zip(ids, table.used().tolist(), strict=True))
        for identity in [i for i in handles if i not in present]:
            handles.pop(identity).remove()
        for identity, row in present.items():
            if identity not in handles:
                handles[identity] = face(self, table, row)

    @property
    def agents(self) -> AgentSet:
        """All agents, as Mesa's AgentSet."""
        for kind in KINDS:
            self._handle_all(kind)
        return self._all_agents

    @property
    def agents_by_type(self) -> dict[type[Row], AgentSet]:
        """Agents by class, as Mesa's AgentSets."""
        for kind in KINDS:
            self._handle_all(kind)
        # A kind that has a face of its own is found under both classes.
        found = {kind: self._agents_by_type[face] for kind, face in self._faces.items()}
        return {**self._agents_by_type, **found}

    # Snapshots

    def state(self) -> dict[str, np.ndarray]:
        """The whole state as arrays, to be stored and given to ``restore``."""
        arrays = {
            f"{kind.__name__}/{name}": array for kind, table in self.tables.items() for name, array in table.snapshot()
        }
        arrays["clock"] = np.array([self.clock])
        arrays["weekly"] = np.array(self._weekly).reshape(-1, len(SERIES))
        return arrays

    def restore(self, arrays: Mapping[str, np.ndarray]) -> None:
        """Take over the state that ``state`` gave for the same world, population and replication."""
        for kind, table in self.tables.items():
            prefix = f"{kind.__name__}/"
            table.restore({k[len(prefix) :]: arrays[k] for k in arrays if k.startswith(prefix)})
        call_roll(self)
        self.clock = int(arrays["clock"][0])
        self._weekly = list(arrays["weekly"])
        for name in COLLECTED:
            self.datacollector.model_vars[name] = arrays["weekly"][:, list(SERIES).index(name)].tolist()

    def weekly(self) -> pd.DataFrame:
        """Weekly series, tidy: week (0 is the first week of the policy), series, value."""
        wide = pd.DataFrame(np.array(self._weekly).reshape(-1, len(SERIES)), columns=list(SERIES))
        first = self.since_policy - len(wide)
        wide.insert(0, "week", np.arange(first, self.since_policy, dtype=np.int64))
        return wide.melt("week", var_name="series", value_name="value")


def _read(model: ActivationMarket, n: int) -> float:
    return float(model.series[n])


def lever_values(policy: Policy) -> dict[str, float]:
    """All levers as numbers; the in-house share is the one that the form of delivery makes effective."""
    return {**levers(policy), "se_in_house_share": policy.se.effective_in_house_share()}


def simulate(settings: Settings, replication: int, snapshots: Path | None = None) -> RunTables:
    """One run: burn-in under the baseline policy (or its snapshot), then the policy to the horizon.

    ``snapshots`` is a folder for the state at the policy date; runs that share a burn-in share the folder.
    """
    clock = time.perf_counter()
    model = ActivationMarket(settings, replication)
    timings = {"build": time.perf_counter() - clock}
    clock = time.perf_counter()
    stored = snapshots / "policy_date.npz" if snapshots else None
    if stored is not None and stored.is_file():
        with np.load(stored) as arrays:
            model.restore(dict(arrays))
    else:
        while model.since_policy < 0:
            model.step()
        if stored is not None:
            _store(stored, model.state())
    timings["burn_in"] = time.perf_counter() - clock
    clock = time.perf_counter()
    for _ in range(settings.horizon.weeks):
        model.step()
    timings["policy"] = time.perf_counter() - clock
    clock = time.perf_counter()
    assert model.cohorts is not None
    tables = (
        model.cohorts.outcomes(),
        model.weekly(),
        model.cohorts.persons() if settings.record.persons else None,
        model.spells.table() if model.spells else None,
        pd.DataFrame(model.tenders, columns=TENDER_COLUMNS) if settings.record.tenders else None,
    )
    timings["outcomes"] = time.perf_counter() - clock
    # A Mesa model refers to itself; this gives its memory back now, not at some later garbage collection.
    model.__dict__.clear()
    forget()
    return RunTables(*tables, timings)


def _store(path: Path, arrays: dict[str, np.ndarray]) -> None:
    """Write a snapshot whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}")
    with part.open("wb") as file:
        np.savez(file, **arrays)  # type: ignore[arg-type]
    part.replace(path)
