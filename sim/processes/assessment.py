"""Assessment of work capacity (avklaring): some weeks with a provider in which a person is mapped (V3).

Places are bought at a rate and paid for, filled or not. They go to who has waited longest. Each week finds a share of
what NAV does not know yet of the person, so that the next referral can fit better.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from sim.accounts import ASSESSMENT_POST
from sim.agents.jobseeker import ASSESSMENT, NO_MEASURE, ON_MEASURE, UNEMPLOYED
from sim.columns import listed
from sim.compiled import compiled, rule
from sim.processes.seats import leave_measure, next_in_queue
from sim.streams import ASSESSMENT_SEAT, draw


class People(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    benefit: np.ndarray
    benefit_weeks: np.ndarray
    mapped: np.ndarray
    measure: np.ndarray
    measure_weeks: np.ndarray
    measures_taken: np.ndarray
    course: np.ndarray
    queue: np.ndarray
    queue_weeks: np.ndarray
    last_measure: np.ndarray
    last_provider: np.ndarray
    weeks_since_measure: np.ndarray
    registered: np.ndarray
    first: np.ndarray


class Regions(NamedTuple):
    places: np.ndarray
    taken: np.ndarray
    waiting: np.ndarray
    wait: np.ndarray


@rule
def found_out(p, mapped):
    """What a week of assessment adds to what is known of a person."""
    return p.mapping_week * (1.0 - mapped)


@compiled
def _assess(p, people, regions, queue, stream, week):
    """A week for those on assessment, then free places for those in the queue, region by region."""
    for region in range(people.first.size - 1):
        n = 0
        for place in range(people.first[region], people.first[region + 1]):
            i = people.registered[place]
            if people.measure[i] == ASSESSMENT:
                people.mapped[i] += found_out(p, people.mapped[i])
                people.measure_weeks[i] -= 1
                if people.measure_weeks[i] <= 0:
                    leave_measure(people, i)
                    people.state[i] = UNEMPLOYED
                    regions.taken[region, ASSESSMENT] -= 1.0
            elif people.queue[i] == ASSESSMENT:
                queue[n] = i
                n += 1
        free = int(regions.places[region, ASSESSMENT] - regions.taken[region, ASSESSMENT])
        while free > 0:
            q = next_in_queue(people, queue, n)
            if q < 0:
                break
            i = queue[q]
            queue[q] = queue[n - 1]
            n -= 1
            regions.waiting[region, ASSESSMENT] -= 1.0
            people.queue[i] = NO_MEASURE
            waited = people.queue_weeks[i]
            people.queue_weeks[i] = 0
            if draw(stream, ASSESSMENT_SEAT, people.id[i], week) > p.take_up:
                continue
            regions.wait[region, ASSESSMENT] += 0.05 * (waited - regions.wait[region, ASSESSMENT])
            regions.taken[region, ASSESSMENT] += 1.0
            free -= 1
            people.state[i] = ON_MEASURE
            people.measure[i] = ASSESSMENT
            people.measure_weeks[i] = int(p.weeks)
            people.measures_taken[i] += 1
            people.last_provider[i] = -1


def assess_clients(model: Any) -> None:
    """A week of assessment: people are mapped, some are done, free places go to who has waited longest."""
    table = model.jobseekers
    people = table.view(People)
    _assess(
        model.world.assessment,
        people,
        model.regions.view(Regions),
        model.jobseekers["rows"],
        model.stream,
        model.clock,
    )


class Assessed(NamedTuple):
    measure: np.ndarray
    cost: np.ndarray
    service_cost: np.ndarray
    registered: np.ndarray


@compiled
def _lay_at_the_door(price, people):
    """Everybody on assessment costs a place; returns how many they are."""
    on = 0
    for i in listed(people.registered):
        if people.measure[i] == ASSESSMENT:
            people.cost[i] += price
            people.service_cost[i] += price
            on += 1
    return on


def pay_assessments(model: Any) -> None:
    """Every place is paid for; those in use are laid at the door of whoever is on them."""
    price = model.world.assessment.rate * 12.0 / 52.0
    on = _lay_at_the_door(price, model.jobseekers.view(Assessed))
    paid = max(on, float(model.regions["places"][:, ASSESSMENT].sum())) * price
    model.ledger[ASSESSMENT_POST] += paid
    model.overhead[0] += paid - on * price
