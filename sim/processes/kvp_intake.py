"""Intake to the Qualification Programme (KVP): places, who comes first, who is refused (K1, K2, K5).

Whoever has the right to the programme (`sim.processes.needs.has_right`) and is referred applies. A municipality
that rations takes in the longest waiting while there are places, and refuses those who have waited too long; one that
does not makes a place for everybody. Offices that seek results let the readiest in a little before others (K3).
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from sim.agents.jobseeker import KVP, KVP_BENEFIT, NO_MEASURE, ON_MEASURE, REFUSED
from sim.compiled import compiled, rule


class Applicants(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    office: np.ndarray
    skill: np.ndarray
    language: np.ndarray
    health: np.ndarray
    worries: np.ndarray
    motivation: np.ndarray
    efficacy: np.ndarray
    trust: np.ndarray
    wellbeing: np.ndarray
    mapped: np.ndarray
    benefit: np.ndarray
    benefit_weeks: np.ndarray
    measure: np.ndarray
    measure_weeks: np.ndarray
    measures_taken: np.ndarray
    queue: np.ndarray
    queue_weeks: np.ndarray
    kvp_weeks: np.ndarray
    kvp_programmes: np.ndarray
    kvp_before: np.ndarray
    kvp_ready: np.ndarray
    kvp_wellbeing: np.ndarray
    kvp_exit: np.ndarray
    kvp_since: np.ndarray
    registered: np.ndarray
    first: np.ndarray


class Regions(NamedTuple):
    places: np.ndarray
    taken: np.ndarray
    waiting: np.ndarray
    wait: np.ndarray


class Offices(NamedTuple):
    region: np.ndarray
    kvp_way: np.ndarray


class Levers(NamedTuple):
    kvp_rationed: np.ndarray
    kvp_rule_weeks: np.ndarray
    kvp_longest_weeks: np.ndarray


@rule
def readiness(skill, language, health, worries, motivation, efficacy):
    """Readiness for work on 0-1: what a programme is to move, and what progress is seen by (equal weights assumed)."""
    return (skill + language + health + (1.0 - worries) + motivation + efficacy) / 6.0


@compiled
def ready(people, i):
    """Readiness of person i."""
    return readiness(
        people.skill[i],
        people.language[i],
        people.health[i],
        people.worries[i],
        people.motivation[i],
        people.efficacy[i],
    )


@compiled
def _take_in(p, people, offices, regions, levers, queue, inside):
    """Free places, office by office by who has fewest participants. Returns (taken in, refused) (K1, K5)."""
    entrants = refused = 0
    for region in range(regions.places.shape[0]):
        n = 0
        for place in range(people.first[region], people.first[region + 1]):
            i = people.registered[place]
            if people.measure[i] == KVP:
                inside[people.office[i]] += 1
            if people.queue[i] == KVP:
                queue[n] = i
                n += 1
        rationed = levers.kvp_rationed[region] > 0.5
        if not rationed:
            everybody = regions.taken[region, KVP] + regions.waiting[region, KVP]
            regions.places[region, KVP] = max(regions.places[region, KVP], everybody)
        free = int(regions.places[region, KVP] - regions.taken[region, KVP])
        while free > 0:
            best, chosen, fewest = -1e9, -1, 1 << 30
            for q in range(n):
                i = queue[q]
                office = people.office[i]
                if people.queue[i] != KVP or inside[office] > fewest:
                    continue
                seen = people.mapped[i] * ready(people, i) + (1.0 - people.mapped[i]) * p.standard_guess
                score = people.queue_weeks[i] / 26.0 + p.cream * max(0.0, offices.kvp_way[office]) * seen
                earlier = chosen >= 0 and score == best and people.id[i] < people.id[chosen]
                if inside[office] < fewest or score > best or earlier:
                    best, chosen, fewest = score, i, inside[office]
            if chosen < 0:
                break
            _begin(people, regions, region, chosen, levers)
            inside[people.office[chosen]] += 1
            entrants += 1
            free -= 1
        if not rationed:
            continue
        for q in range(n):
            i = queue[q]
            if people.queue[i] != KVP:
                continue
            if people.queue_weeks[i] >= p.refused_weeks:
                regions.waiting[region, KVP] -= 1.0
                people.queue[i] = NO_MEASURE
                people.queue_weeks[i] = 0
                people.trust[i] -= p.refused_trust * people.trust[i]
                people.kvp_exit[i] = REFUSED
                people.kvp_since[i] = 0
                refused += 1
    return entrants, refused


@compiled
def _begin(people, regions, region, i, levers):
    """Person i enters the programme."""
    people.state[i] = ON_MEASURE
    people.measure[i] = KVP
    people.measure_weeks[i] = int(min(levers.kvp_rule_weeks[region], levers.kvp_longest_weeks[region]))
    people.measures_taken[i] += 1
    people.kvp_before[i] = people.benefit[i]
    people.benefit[i] = KVP_BENEFIT
    people.benefit_weeks[i] = 0
    people.kvp_weeks[i] = 1
    people.kvp_programmes[i] = min(100, people.kvp_programmes[i] + 1)
    people.kvp_exit[i] = 0
    people.kvp_ready[i] = ready(people, i)
    people.kvp_wellbeing[i] = people.wellbeing[i]
    regions.taken[region, KVP] += 1.0
    regions.waiting[region, KVP] -= 1.0
    regions.wait[region, KVP] += 0.05 * (people.queue_weeks[i] - regions.wait[region, KVP])
    people.queue[i] = NO_MEASURE
    people.queue_weeks[i] = 0


def take_into_programme(model: Any) -> None:
    """Free places in the Qualification Programme are given out, and applicants refused."""
    people, offices = model.jobseekers.view(Applicants), model.offices.view(Offices)
    entrants, refused = _take_in(
        model.world.kvp,
        people,
        offices,
        model.regions.view(Regions),
        model.levers(Levers),
        model.jobseekers["rows"],
        model.scratch("inside", len(offices.region), np.int64),
    )
    model.count("kvp_entrants", entrants)
    model.count("kvp_refused", refused)
