"""Callbacks as an experiment with invented applications would see them: the model's own rules, no simulation.

An application of an ordinary jobseeker goes to a new vacancy of each sector. It is called back when it is above what
the employer takes and above the best outside applicant.
"""

from __future__ import annotations

import inspect

import numpy as np

from sim.evaluation.pattern import Runs, Statistic
from sim.processes.hiring import best_rival, reservation, rivals
from sim.processes.search import read_into_gap, visible_score
from sim.world import World

APPLICATIONS = 4000
TRAITS = ("skill", "language", "health", "know_how", "network")


def applications(world: World, draws: np.random.Generator) -> list[dict[str, float]]:
    """Ordinary jobseekers, each with a new vacancy of some sector: what an employer sees of them, but for the gap."""
    people, vacancies, sectors = world.people, world.vacancies, world.sectors
    sector = draws.integers(0, len(sectors.requirement), APPLICATIONS)
    seen: dict[str, np.ndarray] = {}
    for name in TRAITS:
        median = getattr(people, name)
        logits = np.log(median / (1.0 - median)) + people.spread * draws.standard_normal(APPLICATIONS)
        seen[name] = 1.0 / (1.0 + np.exp(-logits))
    for name, asked in (("asked", "requirement"), ("asked_language", "language"), ("strain", "strain")):
        around = np.array(getattr(sectors, asked))[sector] + vacancies.spread * (draws.random(APPLICATIONS) - 0.5)
        seen[name] = np.clip(around, 0.0, 1.0)
    same = {"capacity": 1.0, "mental_gap": 0, "reduced": 0, "reference": 0.0}
    return [{name: float(values[n]) for name, values in seen.items()} | same for n in range(APPLICATIONS)]


def called_back(world: World, weeks: int, seed: int) -> float:
    """Share of applications called back, from people so many weeks out of work (the same draws for the same seed)."""
    draws = np.random.default_rng(seed)
    p, hiring = world.search, world.hiring
    noise, there, which = draws.standard_normal(APPLICATIONS), draws.random(APPLICATIONS), draws.random(APPLICATIONS)
    open_for = draws.integers(0, 8, APPLICATIONS)
    names = list(inspect.signature(visible_score).parameters)[1:]
    gap = {"weeks": weeks, "read": read_into_gap(p, world.vacancies.per_unemployed)}
    expected = rivals(hiring, p, world.vacancies.per_unemployed)
    called = 0
    for n, seen in enumerate(applications(world, draws)):
        score = visible_score(p, *({**seen, **gap}[name] for name in names)) + p.noise * noise[n]
        rival = best_rival(hiring, expected, there[n], which[n])
        called += score >= rival and score >= reservation(hiring, open_for[n])
    return called / APPLICATIONS


def callback_ratio(arm: str, weeks: int, other: int) -> Statistic:
    """Callbacks after ``weeks`` out of work over those after ``other``, by the rules of an arm's world."""

    def value(runs: Runs) -> list[float]:
        found = []
        for (run,) in runs.each(arm):
            world = run.settings.world
            late, early = (called_back(world, out, run.replication) for out in (weeks, other))
            found.append(late / early)
        return found

    return value
