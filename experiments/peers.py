"""The same small labour market in five ways: checked equal in distribution first, then timed side by side.

    pip install -e ".[peers]"                        AgentPy and ambr, which nothing else needs
    python experiments/peers.py                      1,000, 10,000 and 100,000 people: some minutes
    python experiments/peers.py sizes=1000           one size
    python experiments/peers.py --write              docs/peers.md, too

One week of N people and 0.95 N positions. Somebody without a job has been so for d weeks.

    Separation   everybody in a job loses it with chance 0.01; the position is vacant, d = 0
    Search       everybody who had no job when the week began looks at three positions drawn at random; a look at a
                 vacant one is an application: score = skill - 0.5 min(1, d / 35) + noise, skill and noise ~ N(0, 1)
    Matching     each vacant position wants its best applicant of the week; who is wanted by several takes the first
    Duration     whoever had no job when the week began and has none at its end: d + 1

Plain Mesa and AgentPy have an agent for every person and position. ambr's people are columns, its positions an array,
as it has one population. NumPy is what a careful user writes without a framework. Tiltak is this project's engine:
declared columns, draws keyed by person and week, a compiled loop.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import mesa
import numpy as np
from scipy import stats

from sim.columns import Column, Row, Table
from sim.compiled import compiled, rule
from sim.streams import Stream, draw4, draw_each, normal, pair4

SEPARATION, LOOKS, PENALTY, PENALTY_WEEKS, POSITIONS = 0.01, 3, 0.5, 35.0, 0.95
SIZES = (1_000, 10_000, 100_000)
CHECKED_SIZE, REPLICATIONS, WEEKS, SETTLED = 500, 60, 120, 60
SAME = 0.001  # two-sample Kolmogorov-Smirnov p-value below which a world is not the same
SECONDS = 4.0  # of timing for each world and size
TARGET = Path(__file__).resolve().parents[1] / "docs" / "peers.md"


class Situation(NamedTuple):
    """Where people are: ``job`` (position, -1: none) and ``weeks`` without one, both by person."""

    job: np.ndarray
    weeks: np.ndarray


@rule
def score(skill, weeks, noise):
    """What an employer sees of an applicant: skill, less a gap, and chance."""
    return skill - PENALTY * min(1.0, weeks / PENALTY_WEEKS) + noise


def start(n: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Everybody's skill, and who holds which position at the start: nine in ten have a job."""
    job = np.full(n, -1)
    job[: int(0.9 * n)] = np.arange(int(0.9 * n))
    return rng.standard_normal(n), job


# Plain Mesa


class MesaPerson(mesa.Agent):
    def __init__(self, model: MesaWorld, skill: float) -> None:
        super().__init__(model)
        self.skill, self.weeks, self.searching = skill, 0, False
        self.position: MesaPosition | None = None

    def separate(self) -> None:
        self.searching = self.position is None
        if self.position is not None and self.random.random() < SEPARATION:
            self.position.holder, self.position, self.weeks = None, None, 0

    def search(self) -> None:
        if self.searching:
            positions = self.model.positions
            for _ in range(LOOKS):
                position = positions[self.random.randrange(len(positions))]
                if position.holder is None:
                    position.consider(self, score(self.skill, self.weeks, self.random.gauss(0.0, 1.0)))

    def wait(self) -> None:
        if self.searching and self.position is None:
            self.weeks += 1


class MesaPosition(mesa.Agent):
    def __init__(self, model: MesaWorld) -> None:
        super().__init__(model)
        self.holder: MesaPerson | None = None
        self.best: MesaPerson | None = None
        self.best_score = 0.0

    def consider(self, person: MesaPerson, seen: float) -> None:
        if self.best is None or seen > self.best_score:
            self.best, self.best_score = person, seen

    def hire(self) -> None:
        if self.best is not None:
            if self.best.position is None:
                self.holder, self.best.position = self.best, self
            self.best = None


class MesaWorld(mesa.Model):
    def __init__(self, n: int, seed: int) -> None:
        super().__init__(rng=seed)
        skill, job = start(n, np.random.default_rng(seed))
        self.positions = [MesaPosition(self) for _ in range(int(POSITIONS * n))]
        self.people = [MesaPerson(self, float(s)) for s in skill]
        for person, k in zip(self.people, job.tolist(), strict=True):
            if k >= 0:
                person.position, self.positions[k].holder = self.positions[k], person

    def week(self) -> None:
        people, positions = self.agents_by_type[MesaPerson], self.agents_by_type[MesaPosition]
        people.do("separate")
        people.do("search")
        positions.do("hire")
        people.do("wait")

    def situation(self) -> Situation:
        job = [-1 if p.position is None else p.position.unique_id - 1 for p in self.people]
        return Situation(np.array(job), np.array([p.weeks for p in self.people]))


# AgentPy


def agentpy_world() -> Callable[[int, int], Any]:
    import agentpy

    class Person(agentpy.Agent):
        def setup(self) -> None:
            self.weeks, self.searching, self.position = 0, False, None

        def separate(self) -> None:
            self.searching = self.position is None
            if self.position is not None and self.model.random.random() < SEPARATION:
                self.position.holder, self.position, self.weeks = None, None, 0

        def search(self) -> None:
            if self.searching:
                random, positions = self.model.random, self.model.positions
                for _ in range(LOOKS):
                    position = positions[random.randrange(self.model.n_positions)]
                    if position.holder is None:
                        position.consider(self, score(self.skill, self.weeks, random.gauss(0.0, 1.0)))

        def wait(self) -> None:
            if self.searching and self.position is None:
                self.weeks += 1

    class Position(agentpy.Agent):
        def setup(self) -> None:
            self.holder: Any = None
            self.best: Any = None
            self.best_score = 0.0

        def consider(self, person: Person, seen: float) -> None:
            if self.best is None or seen > self.best_score:
                self.best, self.best_score = person, seen

        def hire(self) -> None:
            if self.best is not None:
                if self.best.position is None:
                    self.holder, self.best.position = self.best, self
                self.best = None

    class World(agentpy.Model):
        def setup(self) -> None:
            skill, job = start(self.p.n, np.random.default_rng(self.p.seed))
            self.n_positions = int(POSITIONS * self.p.n)
            self.positions = agentpy.AgentList(self, self.n_positions, Position)
            self.people = agentpy.AgentList(self, self.p.n, Person)
            self.people.skill = agentpy.AttrIter(skill.tolist())
            for person, k in zip(self.people, job.tolist(), strict=True):
                if k >= 0:
                    person.position, self.positions[k].holder = self.positions[k], person
            for k, position in enumerate(self.positions):
                position.number = k

        def step(self) -> None:
            self.people.separate()
            self.people.search()
            self.positions.hire()
            self.people.wait()

        def week(self) -> None:
            self.sim_step()

        def situation(self) -> Situation:
            job = [-1 if p.position is None else p.position.number for p in self.people]
            return Situation(np.array(job), np.array([p.weeks for p in self.people]))

    def made(n: int, seed: int) -> World:
        world = World({"n": n, "seed": seed, "steps": 10**9})
        world.sim_setup()
        return world

    return made


# NumPy, and ambr with the same arrays as its columns


def vectorised_week(
    rng: np.random.Generator, skill: np.ndarray, job: np.ndarray, weeks: np.ndarray, holder: np.ndarray
) -> None:
    """One week on arrays by person, and the holder of each position (-1: vacant); all but ``skill`` are changed."""
    searching = np.flatnonzero(job < 0)
    employed = np.flatnonzero(job >= 0)
    lost = employed[rng.random(employed.size) < SEPARATION]
    holder[job[lost]] = -1
    job[lost], weeks[lost] = -1, 0
    looks = rng.integers(holder.size, size=(searching.size, LOOKS))
    who, which = np.nonzero(holder[looks] < 0)
    person, position = searching[who], looks[who, which]
    seen = skill[person] - PENALTY * np.minimum(1.0, weeks[person] / PENALTY_WEEKS) + rng.standard_normal(person.size)
    order = np.argsort(seen)
    best = np.full(holder.size, -1)
    best[position[order]] = person[order]  # the last one written is the best
    wanting = np.flatnonzero(best >= 0)[::-1]
    job[best[wanting]] = wanting  # the last one written is the first position
    hired = np.unique(best[wanting])
    holder[job[hired]] = hired
    weeks[searching[job[searching] < 0]] += 1


class NumpyWorld:
    def __init__(self, n: int, seed: int) -> None:
        self.rng = np.random.default_rng(seed)
        self.skill, self.job = start(n, self.rng)
        self.weeks, self.holder = np.zeros(n, np.int64), np.full(int(POSITIONS * n), -1)
        employed = np.flatnonzero(self.job >= 0)
        self.holder[self.job[employed]] = employed

    def week(self) -> None:
        vectorised_week(self.rng, self.skill, self.job, self.weeks, self.holder)

    def situation(self) -> Situation:
        return Situation(self.job.copy(), self.weeks.copy())


def ambr_world() -> Callable[[int, int], Any]:
    import ambr

    class World(ambr.Model):
        def setup(self) -> None:
            n = int(self.p["n"])
            skill, job = start(n, self.rng)
            self.holder = np.full(int(POSITIONS * n), -1)
            employed = np.flatnonzero(job >= 0)
            self.holder[job[employed]] = employed
            self.add_agents(n, skill=skill, job=job, weeks=np.zeros(n, np.int64))

        def step_vectorized(self) -> None:
            skill, job, weeks = (np.array(column) for column in self.agents.numpy("skill", "job", "weeks"))
            vectorised_week(self.rng, skill, job, weeks, self.holder)
            self.agents.set(job=job, weeks=weeks)

        def week(self) -> None:
            self.run_step()

        def situation(self) -> Situation:
            job, weeks = self.agents.numpy("job", "weeks")
            return Situation(np.array(job), np.array(weeks))

    def made(n: int, seed: int) -> World:
        return World({"n": n, "seed": seed, "steps": 10**9, "show_progress": False}).cpu(mode="vectorized")

    return made


# Tiltak's engine


class Person(Row):
    id = Column("i8", "permanent id", 0, None, "number of the person")
    state = Column("i1", "yes/no", 0, 1, "in the market")
    skill = Column("f4", "standard deviations", None, None, "skill")
    weeks = Column("i4", "weeks", 0, None, "weeks without a job")
    job = Column("i4", "row of Position", -1, None, "position held (-1: none)", empty=-1)


class Position(Row):
    id = Column("i8", "permanent id", 0, None, "number of the position")
    state = Column("i1", "yes/no", 0, 1, "in the market")
    holder = Column("i4", "row of Person", -1, None, "who holds it (-1: nobody)", empty=-1)
    best = Column("i4", "row of Person", -1, None, "best applicant this week (-1: none)", empty=-1)
    best_score = Column("f4", "standard deviations", None, None, "that applicant's score")


class People(NamedTuple):
    id: np.ndarray
    skill: np.ndarray
    weeks: np.ndarray
    job: np.ndarray


class Positions(NamedTuple):
    holder: np.ndarray
    best: np.ndarray
    best_score: np.ndarray


@compiled
def _week(people, positions, searching, uniforms, stream, week):
    n = 0
    draw_each(stream, 200, people.id, people.id.size, week, uniforms)
    for i in range(people.id.size):
        if people.job[i] < 0:
            searching[n] = i
            n += 1
        elif uniforms[0, i] < SEPARATION:
            positions.holder[people.job[i]] = -1
            people.job[i] = -1
            people.weeks[i] = 0
    for k in range(n):
        i = searching[k]
        u = draw4(stream, 201, people.id[i], week, 0)
        for look in range(LOOKS):
            v = int(u[look] * positions.holder.size)
            if positions.holder[v] >= 0:
                continue
            w = pair4(stream, 202, people.id[i], LOOKS * v + look, week)
            seen = score(people.skill[i], people.weeks[i], normal(w[0], w[1]))
            if positions.best[v] < 0 or seen > positions.best_score[v]:
                positions.best[v] = i
                positions.best_score[v] = seen
    for v in range(positions.best.size):
        i = positions.best[v]
        if i >= 0:
            positions.best[v] = -1
            if people.job[i] < 0:
                people.job[i] = v
                positions.holder[v] = i
    for k in range(n):
        if people.job[searching[k]] < 0:
            people.weeks[searching[k]] += 1


class TiltakWorld:
    def __init__(self, n: int, seed: int) -> None:
        self.stream, self.clock = Stream(seed, 0), 0
        self.people, self.positions = Table(Person, 1, n), Table(Position, 1, int(POSITIONS * n))
        for table in (self.people, self.positions):
            table["id"][:] = np.arange(table["id"].size)
            table["state"][:] = 1
        skill, job = start(n, np.random.default_rng(seed))
        self.people["skill"][:], self.people["job"][:] = skill, job
        employed = np.flatnonzero(job >= 0)
        self.positions["holder"][job[employed]] = employed
        self.searching, self.uniforms = np.zeros(n, np.int64), np.zeros((4, n))

    def week(self) -> None:
        people, positions = self.people.view(People), self.positions.view(Positions)
        _week(people, positions, self.searching, self.uniforms, self.stream, self.clock)
        self.clock += 1

    def situation(self) -> Situation:
        return Situation(self.people["job"].astype(np.int64), self.people["weeks"].astype(np.int64))


# Equal in distribution, then fast


def worlds() -> dict[str, Callable[[int, int], Any]]:
    """Every world that can be made here; one whose library is not installed is named and left out."""
    found: dict[str, Callable[[int, int], Any]] = {"NumPy": NumpyWorld, "Tiltak": TiltakWorld, "plain Mesa": MesaWorld}
    for name, make in (("AgentPy", agentpy_world), ("ambr", ambr_world)):
        try:
            found[name] = make()
        except ImportError:
            print(f'{name} is not installed and left out: pip install -e ".[peers]"', file=sys.stderr)
    return found


def moments(make: Callable[[int, int], Any], seed: int) -> tuple[float, float, float, float]:
    """Means over the settled weeks of one run: unemployed, of these half a year or more, duration, found a job."""
    world, rows = make(CHECKED_SIZE, seed), []
    for _ in range(SETTLED):
        world.week()
    before = world.situation()
    for _ in range(WEEKS - SETTLED):
        world.week()
        now = world.situation()
        holders = now.job[now.job >= 0]
        assert np.unique(holders).size == holders.size, "two people in one position"
        out, was_out = now.job < 0, before.job < 0
        rows.append(
            (
                out.mean(),
                (now.weeks[out] >= 26).mean(),
                now.weeks[out].mean(),
                (now.job[was_out] >= 0).mean(),
            )
        )
        before = now
    return tuple(np.mean(rows, axis=0).tolist())  # type: ignore[return-value]


MOMENTS = ("unemployed", "of these 26 weeks or more", "weeks without a job", "found a job in a week")


def check(found: dict[str, Callable[[int, int], Any]]) -> dict[str, dict[str, Any]]:
    """Each world's moments over replications, and the smallest p-value of a two-sample test against NumPy's."""
    samples = {
        name: np.array([moments(make, 1000 * k + seed) for seed in range(REPLICATIONS)])
        for k, (name, make) in enumerate(found.items())
    }
    result = {}
    for name, sample in samples.items():
        others = [stats.ks_2samp(sample[:, k], samples["NumPy"][:, k]).pvalue for k in range(len(MOMENTS))]
        result[name] = {"means": sample.mean(axis=0).tolist(), "p": 1.0 if name == "NumPy" else float(min(others))}
    return result


def nanoseconds(make: Callable[[int, int], Any], n: int) -> float:
    """Nanoseconds per person and week: the median of at least five weeks, after some that settle the world."""
    world = make(n, 1)
    for _ in range(10):
        world.week()
    spent: list[float] = []
    while len(spent) < 5 or (sum(spent) < SECONDS and len(spent) < 2000):
        begun = time.perf_counter()
        world.week()
        spent.append(time.perf_counter() - begun)
    return float(np.median(spent)) / n * 1e9


def table(checked: dict[str, dict[str, Any]], timed: dict[str, dict[int, float]]) -> str:
    """Both as Markdown: what the worlds are like, and what a person's week costs in each."""
    lines = ["| | " + " | ".join(MOMENTS) + " | smallest p |", "|---|" + "---:|" * (len(MOMENTS) + 1)]
    for name, of in checked.items():
        lines.append(f"| {name} | " + " | ".join(f"{x:.4g}" for x in of["means"]) + f" | {of['p']:.3f} |")
    sizes = list(next(iter(timed.values())))
    lines += ["", "| ns per person and week | " + " | ".join(f"{n:,} people" for n in sizes) + " |"]
    lines.append("|---|" + "---:|" * len(sizes))
    for name, by_size in timed.items():
        cells = [f"{by_size[n]:,.0f} ({by_size[n] / timed['Tiltak'][n]:,.1f} times Tiltak)" for n in sizes]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> int:
    """Prints both tables and a line of JSON; exit status 1 if a world is not the same as the others."""
    own = dict(a.split("=", 1) for a in arguments if a.startswith("sizes="))
    unknown = [a for a in arguments if not a.startswith("sizes=") and a != "--write"]
    if unknown or not all(size.isdigit() and int(size) >= 100 for size in own.get("sizes", "100").split(",")):
        print(f"error: {' '.join(arguments)}: only sizes=1000,10000 (100 people or more) and --write", file=sys.stderr)
        return 2
    sizes = [int(n) for n in own["sizes"].split(",")] if own else list(SIZES)
    found = worlds()
    checked = check(found)
    timed = {name: {n: nanoseconds(make, n) for n in sizes} for name, make in found.items()}
    text = table(checked, timed)
    print(text)
    print(json.dumps({"checked": checked, "nanoseconds": timed}))
    if "--write" in arguments:
        about = (__doc__ or "").partition("One week of")[2]
        TARGET.write_text(
            "# The same small labour market in five ways\n\nMade by `python experiments/peers.py --write`: one core."
            "\n\n"
            f"One week of{about}\nMeans over {REPLICATIONS} runs of {CHECKED_SIZE} people; p is the smallest of the "
            f"tests against NumPy\n(two-sample Kolmogorov-Smirnov, one for each column).\n\n{text}\n",
            encoding="utf-8",
        )
    different = [name for name, of in checked.items() if of["p"] < SAME]
    if different:
        print(f"error: not the same world: {', '.join(different)}", file=sys.stderr)
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
