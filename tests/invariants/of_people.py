"""People: each in exactly one state, and everything else about them agrees with it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.agents.jobseeker import (
    AAP,
    AFT,
    DISABILITY_PENSION,
    EDUCATION,
    FOLLOW_UP,
    FOLLOW_UP_AT_WORK,
    JOB,
    JOB_WITH_BENEFIT,
    KVP,
    KVP_BENEFIT,
    ON_MEASURE,
    OUT_OF_LABOUR_FORCE,
    PENSION,
    SOCIAL_ASSISTANCE,
    SUBSIDISED_JOB,
    UNEMPLOYED,
    UNEMPLOYMENT_BENEFIT,
    WORK_TRAINING,
)
from tests.invariants.watch import Watch, after, at, broken, registered, working


@after("week")
def people_present_are_those_before_plus_newcomers_less_forgotten(watch: Watch) -> Iterator[str]:
    ids, state, left, age, member = watch.used("id", "state", "weeks_left", "age", "member")
    week_of_entry = (ids >> 32) & 0xFFFF
    # The clock has moved on: entry week + 1. An instructor who registers (T6) has entered the trade before.
    registered_now = np.isin(ids, list(watch.notes.get("present", {})), invert=True)
    newcomers = ids[(week_of_entry == watch.model.clock) | (((ids >> 48) >= 10_000) & registered_now)]
    before = watch.notes.get("present")
    if before is None:
        watch.notes["forgotten"] = 0
        before = {identity: (0, 0, 0.0, -1) for identity in ids[week_of_entry == 0].tolist()}
    now = {identity: rest for identity, *rest in zip(ids.tolist(), state, left, age, member, strict=True)}
    gone = before.keys() - now.keys()
    if len(now) != len(before) + newcomers.size - len(gone):
        yield f"{len(now)} people, {len(before)} before, {newcomers.size} came, {len(gone)} went"
    oldest = watch.model.world.exits.retirement_age
    for identity in gone:
        was, weeks, years, member_of = before[identity]
        tracked = weeks < watch.model.horizon.track_weeks and years < oldest - 1 / 52
        if registered(np.array(was)) or member_of >= 0 or tracked:
            yield f"person {identity} in state {was} is gone"
    watch.notes["present"] = now
    watch.notes["forgotten"] += len(gone)


@after("week")
def measure_and_course_agree_with_the_state(watch: Watch) -> Iterator[str]:
    state, measure, weeks, course = watch.used("state", "measure", "measure_weeks", "course")
    on = measure > 0
    yield from broken("on a measure without a measure", (state == ON_MEASURE) & ~on)
    yield from broken("a measure without being on one", on & (state != ON_MEASURE) & (measure != FOLLOW_UP))
    yield from broken("followed up out of the labour force", on & (state != ON_MEASURE) & ~working(state))
    yield from broken("course on the wrong measure", (course >= 0) != ((measure > 0) & (measure <= AFT)))
    courses = watch.model.courses
    yield from broken("on a course that has ended", at(courses, "state", course, 1) != 1)
    yield from broken("course in another measure", (course >= 0) & (at(courses, "measure", course, 0) != measure))
    yield from broken("weeks left of no measure", (weeks > 0) & ~on)
    timed = on & (measure != FOLLOW_UP)
    yield from broken("a measure without end", timed & (weeks <= 0))


@after("week")
def supported_employment_agrees_with_the_state(watch: Watch) -> Iterator[str]:
    state, measure, step, minutes = watch.used("state", "measure", "step", "step_minutes")
    specialist, handed_over, support = watch.used("specialist", "handed_over", "support")
    yield from broken("in a step but not in the measure, or the other way", (step > 0) != (measure == FOLLOW_UP))
    yield from broken("specialist without a step", (specialist >= 0) & (step == 0))
    yield from broken("specialist who has left", at(watch.model.specialists, "state", specialist, 1) != 1)
    yield from broken("neither served nor waiting", (step > 0) & (specialist < 0) & (handed_over == 0))
    yield from broken("waiting though served", (handed_over == 1) & ((specialist >= 0) | (step == 0)))
    yield from broken("followed up at work without work", (step == FOLLOW_UP_AT_WORK) & ~working(state))
    yield from broken("support without a step", (support > 0) & (step == 0))
    yield from broken("minutes of a step without a step", (minutes > 0) & (step == 0))


@after("week")
def queues_hold_unemployed_people(watch: Watch) -> Iterator[str]:
    state, queue, weeks = watch.used("state", "queue", "queue_weeks")
    yield from broken("in a queue though not unemployed", (queue > 0) & (state != UNEMPLOYED))
    yield from broken("weeks waited in no queue", (weeks > 0) & (queue == 0))


@after("refer_clients")
def nobody_waits_for_what_is_not_bought(watch: Watch) -> Iterator[str]:
    queue, office = watch.used("queue", "office")
    region = watch.model.offices["region"][office]
    places = watch.model.regions["places"][region, queue]
    own = np.isin(queue, (0, EDUCATION))  # people apply for education themselves
    yield from broken("waiting for a measure without places", (places <= 0) & ~own)


@after("week")
def workplace_and_hours_agree_with_the_state(watch: Watch) -> Iterator[str]:
    state, measure, employer, hours = watch.used("state", "measure", "employer", "hours")
    at_work = working(state)
    yield from broken("workplace without work", (employer >= 0) & ~at_work & ~np.isin(measure, (WORK_TRAINING, AFT)))
    # Who goes straight from one job to another without NAV works at a place that NAV does not know.
    (trade,) = watch.used("trade")  # a course instructor works for a provider
    known = (at_work & (state != JOB) & (trade < 0)) | (measure == WORK_TRAINING)
    yield from broken("work without a workplace", (employer < 0) & known)
    yield from broken("hours without a job, or a job without hours", (hours > 0) != at_work)
    (subsidy,) = watch.used("subsidy_weeks")
    yield from broken("subsidy and subsidised job differ", (subsidy > 0) != (state == SUBSIDISED_JOB))


@after("week")
def what_belongs_to_a_job_ends_with_it(watch: Watch) -> Iterator[str]:
    state, permanent, mentor, brokered, broker, tenure = watch.used(
        "state", "permanent", "mentor", "brokered", "broker", "tenure"
    )
    weeks, trouble = watch.used("mentor_weeks", "trouble")
    idle = ~working(state)
    for name, held in (
        ("permanent contract", permanent > 0),
        ("mentor", mentor > 0),
        ("brokered job", brokered > 0),
        ("broker", broker >= 0),
        ("trouble", trouble > 0),
        ("tenure", tenure > 0),
    ):
        yield from broken(f"{name} without a job", held & idle)
    yield from broken("grant without a mentor", (weeks > 0) & (mentor == 0))
    yield from broken("broker who has left", at(watch.model.specialists, "state", broker, 1) != 1)


@after("week")
def benefits_agree_with_the_state(watch: Watch) -> Iterator[str]:
    state, measure, benefit = watch.used("state", "measure", "benefit")
    yield from broken("pension without being a pensioner", (benefit == PENSION) != (state == DISABILITY_PENSION))
    yield from broken("in KVP on another benefit", (measure == KVP) & (benefit != KVP_BENEFIT))
    idle = (state == UNEMPLOYED) | (state == ON_MEASURE)
    yield from broken("KVP benefit out of KVP", idle & (benefit == KVP_BENEFIT) & (measure != KVP))
    filling_up = np.isin(benefit, (UNEMPLOYMENT_BENEFIT, AAP, SOCIAL_ASSISTANCE))
    yield from broken("registered part-time for no benefit", (state == JOB_WITH_BENEFIT) & ~filling_up)
    yield from broken("a benefit out of the labour force", (state == OUT_OF_LABOUR_FORCE) & (benefit > 0))


@after("week")
def nobody_works_past_the_age_of_retirement(watch: Watch) -> Iterator[str]:
    state, age, trade = watch.used("state", "age", "trade")
    old = age >= watch.model.world.exits.retirement_age
    yield from broken("at work past the age of retirement", old & working(state) & (trade < 0))
