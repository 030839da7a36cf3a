"""Cohorts: whom the outcomes are about, followed week by week.

``stock``: everyone registered at the policy date. ``entrants``: everyone who registers in the first 52 weeks after
it, clock from own entry. Groups are fixed at time zero. ``Jobseeker.member`` is the row of a person's record here.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from sim.agents.jobseeker import AAP, BENEFIT_NAMES, STATE_NAMES, is_registered, is_working
from sim.columns import listed, view_class
from sim.compiled import compiled
from sim.outcomes.metrics import GROUPS, HORIZONS, METRICS, SERVICE_METRICS, service_metrics

STOCK, ENTRANTS = 0, 1
COHORT_NAMES = ("stock", "entrants")
ENTRY_WEEKS = 52
STARTED_WITHIN, LONGEST_GAP = 52, 4  # a retained job starts within a year; gaps of four weeks do not end it


class Record(NamedTuple):
    """One item per member: who they were at time zero, and what has happened since."""

    id: np.ndarray
    cohort: np.ndarray
    zero: np.ndarray
    office: np.ndarray
    age: np.ndarray
    reduced: np.ndarray
    benefit: np.ndarray
    spell: np.ndarray
    motivation_zero: np.ndarray
    skill_zero: np.ndarray
    know_how_zero: np.ndarray
    language_zero: np.ndarray
    weeks_working: np.ndarray
    weeks_registered: np.ndarray
    contact: np.ndarray
    queue_weeks: np.ndarray
    cost: np.ndarray
    service_cost: np.ndarray
    first_job: np.ndarray
    run: np.ndarray
    run_start: np.ndarray
    gap: np.ndarray
    retained_26: np.ndarray
    retained_104: np.ndarray
    measures: np.ndarray
    measures_before: np.ndarray
    se_entry: np.ndarray


# Types of a record's arrays, where not four bytes of float; values at time zero, where not zero.
_KINDS = {
    "id": "i8",
    "cohort": "i1",
    "zero": "i4",
    "office": "i2",
    "reduced": "i1",
    "benefit": "i1",
    "spell": "i2",
    "cost": "f8",
    "service_cost": "f8",
    "first_job": "i2",
    "run": "i2",
    "run_start": "i2",
    "gap": "i2",
    "retained_26": "i1",
    "retained_104": "i1",
    "measures": "i4",
    "measures_before": "i4",
    "se_entry": "i2",
}
_FIRST = {"first_job": -1, "run_start": -1, "se_entry": -1}


# Fields of a snapshot that say who somebody was at time zero: the persons table has them under its own names.
_AT_ZERO = ("reduced", "benefit", "age", "spell", "motivation_zero")


def _blank(members: int) -> Record:
    """Records of members at time zero, to be filled by ``_enrol``."""
    blank = view_class(Record)(*(np.full(members, _FIRST.get(n, 0), _KINDS.get(n, "f4")) for n in Record._fields))
    assert isinstance(blank, Record)
    return blank


def _longer(record: Record, members: int) -> Record:
    """The same arrays with room for ``members``: lengthened where they lie, so that there is never a second set."""
    for name, column in zip(Record._fields, record, strict=True):
        before = column.size
        column.resize(members, refcheck=False)
        column[before:] = _FIRST.get(name, 0)
    longer = view_class(Record)(*record)  # compiled code reads addresses, which may have changed
    assert isinstance(longer, Record)
    return longer


class Snapshot(NamedTuple):
    """Members at one horizon: arrays over the members who have reached it (rows in ``row``)."""

    horizon: int
    row: np.ndarray
    state: np.ndarray
    benefit_now: np.ndarray
    permanent: np.ndarray
    trust: np.ndarray
    motivation: np.ndarray
    wellbeing: np.ndarray
    skill: np.ndarray
    language: np.ndarray
    capacity: np.ndarray
    hours: np.ndarray
    weeks_jobless: np.ndarray
    on_aap: np.ndarray
    own_wish: np.ndarray
    suited: np.ndarray
    gaze: np.ndarray
    weeks_working: np.ndarray
    weeks_registered: np.ndarray
    contact: np.ndarray
    queue_weeks: np.ndarray
    cost: np.ndarray
    service_cost: np.ndarray
    first_job: np.ndarray
    retained_26: np.ndarray
    retained_104: np.ndarray
    measures: np.ndarray
    se_entry: np.ndarray
    reduced: np.ndarray
    benefit: np.ndarray
    age: np.ndarray
    spell: np.ndarray
    motivation_zero: np.ndarray


class Members:
    """Some members of a snapshot, with its names: a column is picked out when a metric first asks for it."""

    def __init__(self, snapshot: Snapshot, who: np.ndarray) -> None:
        self._snapshot, self._who = snapshot, who
        self.horizon: int = snapshot.horizon

    def __getattr__(self, name: str) -> np.ndarray:
        values: np.ndarray = getattr(self._snapshot, name)[self._who]
        setattr(self, name, values)
        return values


class People(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    office: np.ndarray
    age: np.ndarray
    reduced: np.ndarray
    benefit: np.ndarray
    motivation: np.ndarray
    skill: np.ndarray
    know_how: np.ndarray
    language: np.ndarray
    weeks_registered: np.ndarray
    met_minutes: np.ndarray
    queue: np.ndarray
    measures_taken: np.ndarray
    step: np.ndarray
    tenure: np.ndarray
    cost: np.ndarray
    service_cost: np.ndarray
    member: np.ndarray
    known: np.ndarray


@compiled
def _unenrolled(people):
    """Number of registered people who are no members yet."""
    n = 0
    for i in listed(people.known):
        n += people.member[i] < 0 and is_registered(people.state[i])
    return n


@compiled
def _enrol(people, record, n, cohort, week):
    """Make everybody registered who is not yet a member one. Returns the new number of members."""
    for i in listed(people.known):
        if people.member[i] >= 0 or not is_registered(people.state[i]):
            continue
        k = n
        n += 1
        people.member[i] = k
        record.id[k] = people.id[i]
        record.cohort[k] = cohort
        record.zero[k] = week
        record.office[k] = people.office[i]
        record.age[k] = people.age[i]
        record.reduced[k] = people.reduced[i]
        record.benefit[k] = people.benefit[i]
        record.spell[k] = people.weeks_registered[i]
        record.motivation_zero[k] = people.motivation[i]
        record.skill_zero[k] = people.skill[i]
        record.know_how_zero[k] = people.know_how[i]
        record.language_zero[k] = people.language[i]
        record.measures_before[k] = people.measures_taken[i]
        if people.step[i]:
            record.se_entry[k] = 0  # in Supported Employment at time zero
        # A job held at time zero is not one that began after it.
        record.run[k] = 1 if is_working(people.state[i]) else 0
    return n


@compiled
def _follow(people, record, week):
    """A week of every member's record. Returns (members of the stock, of whom in a job)."""
    stock = employed = 0
    for i in listed(people.known):
        k = people.member[i]
        if k < 0:
            continue
        t = week - record.zero[k] + 1
        works = is_working(people.state[i])
        if record.cohort[k] == STOCK:
            stock += 1
            employed += works
        record.cost[k] += people.cost[i]
        record.service_cost[k] += people.service_cost[i]
        if is_registered(people.state[i]):
            record.weeks_registered[k] += 1.0
            record.contact[k] += people.met_minutes[i]
            if people.queue[i]:
                record.queue_weeks[k] += 1.0
        taken = people.measures_taken[i]
        if taken > record.measures_before[k]:
            record.measures[k] += taken - record.measures_before[k]
        record.measures_before[k] = taken
        if people.step[i] and record.se_entry[k] < 0:
            record.se_entry[k] = t
        if works:
            record.weeks_working[k] += 1.0
            if record.run[k] == 0:
                record.run_start[k] = t
            record.run[k] += 1 + record.gap[k]
            record.gap[k] = 0
            if record.first_job[k] < 0 and people.tenure[i] <= 1:
                record.first_job[k] = t
            if 0 <= record.run_start[k] <= STARTED_WITHIN:
                if record.run[k] >= 26:
                    record.retained_26[k] = 1
                if record.run[k] >= 104:
                    record.retained_104[k] = 1
        elif record.run[k] > 0:
            record.gap[k] += 1
            if record.gap[k] > LONGEST_GAP:
                record.run[k] = 0
                record.gap[k] = 0
                record.run_start[k] = -1
    return stock, employed


Line = tuple[str, str, str, int, float, str]  # cohort, metric, group, horizon, value, unit


@compiled
def _reached(people, record, zero, rows):
    """Rows of the members whose time zero was week ``zero``; returns their number."""
    n = 0
    for i in listed(people.known):
        if people.member[i] >= 0 and record.zero[people.member[i]] == zero:
            rows[n] = i
            n += 1
    return n


# Columns of a person that a snapshot holds as they are that week.
NOW = (
    "state",
    "permanent",
    "trust",
    "motivation",
    "wellbeing",
    "skill",
    "language",
    "capacity",
    "hours",
    "weeks_jobless",
)


class Cohorts:
    """The members of both cohorts, their records, and what they look like at each horizon."""

    def __init__(self, model: Any) -> None:
        self.model = model
        self.start = model.clock
        stock = _unenrolled(model.jobseekers.view(People))
        self.record = _blank(stock)
        self.n = _enrol(model.jobseekers.view(People), self.record, 0, STOCK, model.clock)
        self._snapshots: dict[int, list[Snapshot]] = {h: [] for h in HORIZONS}
        self._lines: dict[tuple[int, int], list[Line]] = {}  # what is reported, by horizon and cohort
        self._sums = np.zeros(1)  # this far, by series
        self._services: dict[int, dict[str, float]] = {}
        self._employed = (stock, 0)

    def follow(self) -> None:
        """One week, at its end: entrants are enrolled, records go on, horizons that are reached are kept."""
        model, people = self.model, self.model.jobseekers.view(People)
        if model.since_policy < ENTRY_WEEKS:
            needed = self.n + _unenrolled(people)
            if needed > self.record.id.size:
                self.record = _longer(self.record, needed + needed // 4)
            self.n = _enrol(people, self.record, self.n, ENTRANTS, model.clock)
        self._employed = _follow(people, self.record, model.clock)
        for horizon in HORIZONS:
            zero = model.clock + 1 - horizon
            if self.start <= zero < self.start + ENTRY_WEEKS:
                self._keep(horizon, zero)

    def employed_share(self) -> float:
        """Of the stock, the share in a job this week."""
        stock, employed = self._employed
        return employed / stock if stock else float("nan")

    def count_services(self) -> None:
        """Add this week's series to what staff and employers are measured by."""
        from sim.outcomes.weekly import SERIES

        self._sums = self._sums + self.model.series
        weeks = self.model.since_policy + 1
        if weeks in HORIZONS:
            sums = dict(zip(SERIES, self._sums.tolist(), strict=True))
            sums["employer_openness"] = float(self.model.series[list(SERIES).index("employer_openness")])
            self._services[weeks] = service_metrics(sums, weeks)

    def _keep(self, horizon: int, zero: int) -> None:
        """Members whose clock has reached the horizon this week."""
        table, record = self.model.jobseekers, self.record
        rows = np.empty(self.n, np.int64)
        rows = rows[: _reached(table.view(People), record, zero, rows)]
        members = table["member"][rows]
        order = np.argsort(members)
        rows, members = rows[order], members[order]
        supervisor = table["supervisor"][rows]
        gaze = np.where(supervisor >= 0, self.model.supervisors["gaze"][supervisor], -1.0)
        now = {name: table[name][rows] for name in NOW}
        calling, employer = table["calling"][rows], table["employer"][rows]
        now["on_aap"] = table["benefit"][rows] == AAP
        now["own_wish"] = table["wish"][rows] == calling
        now["suited"] = (employer >= 0) & (self.model.employers["sector"][employer] == calling)
        now["benefit_now"] = table["benefit"][rows]
        so_far = {
            name: getattr(record, name)[members]
            for name in Snapshot._fields
            if name in Record._fields and name not in now
        }
        self._snapshots[horizon].append(Snapshot(horizon=horizon, row=members, gaze=gaze, **now, **so_far))
        if zero == self.start:
            self._sum_up(horizon, STOCK)
        if zero == self.start + ENTRY_WEEKS - 1:
            self._sum_up(horizon, ENTRANTS)

    def _sum_up(self, horizon: int, cohort: int) -> None:
        """Every metric of a cohort whose last member has reached the horizon; the snapshot is then done with.

        Kept until the end, snapshots of Norway at all horizons would take more memory than its people.
        """
        snapshot = self._at(horizon)
        of_cohort = self.record.cohort[snapshot.row] == cohort
        if not self.model.settings.record.persons:
            self._snapshots[horizon] = [_those(snapshot, ~of_cohort)]
        inside = np.flatnonzero(of_cohort)
        if not inside.size:
            return
        lines = self._lines[horizon, cohort] = []
        for group, who in self._groups(snapshot.row[inside], cohort).items():
            members = Members(snapshot, inside[who])
            lines.append((COHORT_NAMES[cohort], "members", group, horizon, float(members.row.size), "people"))
            for metric, (unit, _, compute) in METRICS.items():
                lines.append((COHORT_NAMES[cohort], metric, group, horizon, compute(members), unit))

    def _at(self, horizon: int) -> Snapshot:
        parts = self._snapshots[horizon]
        if len(parts) == 1:
            return parts[0]
        columns = zip(*(part[1:] for part in parts), strict=True)
        return Snapshot(horizon, *(np.concatenate(column) for column in columns))

    def _complete(self, horizon: int, snapshot: Snapshot) -> Snapshot:
        """Without the entrants, if the last of them have not been followed so far: left out, not half counted."""
        if self.model.clock - self.start >= horizon + ENTRY_WEEKS - 1:
            return snapshot
        return _those(snapshot, self.record.cohort[snapshot.row] == STOCK)

    def _low(self, at_zero: np.ndarray, rows: np.ndarray, cohort: int, share: float) -> np.ndarray:
        """Who of these members of a cohort was in its bottom share of a trait at time zero."""
        everybody = at_zero[: self.n][self.record.cohort[: self.n] == cohort]
        low: np.ndarray = at_zero[rows] <= np.quantile(everybody, share)
        return low

    def _groups(self, rows: np.ndarray, cohort: int) -> dict[str, np.ndarray]:
        """Membership of each group among these members of a cohort, fixed at time zero."""
        record = self.record
        low = self._low(record.motivation_zero, rows, cohort, 1 / 3)
        skilled = ~self._low(record.skill_zero, rows, cohort, 1 / 2)
        groups = {
            "all": np.ones(rows.size, bool),
            "reduced_capacity": record.reduced[rows] > 0,
            "young": record.age[rows] < 30,
            "long_term": record.spell[rows] >= 52,
            "low_motivation": low,
            "skilled_low_know_how": skilled & self._low(record.know_how_zero, rows, cohort, 1 / 2),
            "low_language": self._low(record.language_zero, rows, cohort, 1 / 3),
        }
        for code, name in enumerate(BENEFIT_NAMES[:5]):
            groups["no_benefit" if name == "none" else name] = record.benefit[rows] == code
        return {name: groups[name] for name in GROUPS}

    def outcomes(self) -> pd.DataFrame:
        """Every metric by cohort, group and horizon: cohort, metric, group, horizon_weeks, value, unit.

        Only members with complete follow-up to the horizon count; their number is the metric ``members``.
        """
        lines: list[Line] = []
        for horizon in HORIZONS:
            for cohort in (STOCK, ENTRANTS):
                lines += self._lines.get((horizon, cohort), [])
            for metric, value in self._services.get(horizon, {}).items():
                lines.append(("stock", metric, "all", horizon, value, SERVICE_METRICS[metric][0]))
        columns = ["cohort", "metric", "group", "horizon_weeks", "value", "unit"]
        return pd.DataFrame(lines, columns=columns).astype({"horizon_weeks": "int64", "value": "float64"})

    def persons(self) -> pd.DataFrame:
        """One row per member and horizon: who they were at time zero, and where they are."""
        frames = []
        for horizon in HORIZONS:
            if not self._snapshots[horizon]:
                continue
            snapshot, record = self._at(horizon), self.record
            snapshot = self._complete(horizon, snapshot)
            row = snapshot.row
            frames.append(
                pd.DataFrame(
                    {
                        "person": record.id[row],
                        "cohort": np.array(COHORT_NAMES)[record.cohort[row]],
                        "office": record.office[row],
                        "age": record.age[row],
                        "reduced_capacity": record.reduced[row] > 0,
                        "benefit": np.array(BENEFIT_NAMES)[record.benefit[row]],
                        "weeks_registered": record.spell[row],
                        "motivation_at_zero": record.motivation_zero[row],
                        "horizon_weeks": horizon,
                        "state": np.array(STATE_NAMES)[snapshot.state],
                        **{
                            name: _none(getattr(snapshot, name))
                            if name in ("gaze", "first_job", "se_entry")
                            else getattr(snapshot, name)
                            for name in Snapshot._fields
                            if name not in _AT_ZERO and name not in ("horizon", "row", "state", "weeks_registered")
                        },
                    }
                )
            )
        return pd.concat(frames, ignore_index=True)


def _those(snapshot: Snapshot, who: np.ndarray) -> Snapshot:
    """The part of a snapshot that is about some of its members."""
    return Snapshot(snapshot.horizon, *(column[who] for column in snapshot[1:]))


def _none(values: np.ndarray) -> np.ndarray:
    """Negative codes for 'none' as missing values."""
    return np.where(values < 0, np.nan, values)
