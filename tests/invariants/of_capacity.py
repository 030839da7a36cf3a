"""Nothing is used twice: clients, seats, places, posts, instructors, minutes, vacancies."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.agents.course import BETWEEN_CONTRACTS, EMPLOYED, LOT_SE_IN_HOUSE, N_DEPLOYED
from sim.agents.employer import OPEN, TAKEN
from sim.agents.jobseeker import (
    ASSESSMENT,
    EDUCATION,
    FOLLOW_UP,
    FOLLOW_UP_AT_WORK,
    JOB,
    KVP,
    N_MEASURES,
    ON_MEASURE,
    PRACTICE,
    SUBSIDISED_JOB,
    UNEMPLOYED,
    WORK_TRAINING,
)
from sim.agents.office import KVP_TEAM, ORDINARY
from tests.invariants.watch import Watch, after, at, broken, counted, registered


@after("staff_offices")
def every_client_is_somebodys(watch: Watch) -> Iterator[str]:
    team = watch.model.supervisors
    state, office, measure, supervisor = watch.used("state", "office", "measure", "supervisor")
    clients = registered(state)
    yield from broken("client without a supervisor", clients & (supervisor < 0))
    yield from broken("supervisor of somebody who is no client", ~clients & (supervisor >= 0))
    yield from broken("supervisor who has left", at(team, "state", supervisor, 1) != 1)
    yield from broken(
        "supervisor of another office", (supervisor >= 0) & (at(team, "office", supervisor, -1) != office)
    )
    in_team = at(team, "programme", supervisor, -1) == KVP_TEAM
    yield from broken("supervisor of another programme", (supervisor >= 0) & (in_team != (measure == KVP)))
    at_work = team["state"] > 0
    wrong = counted(supervisor, len(at_work)) != team["caseload"]
    yield from broken("caseload that is not the number of clients", wrong & at_work)


@after("staff_offices")
def close_follow_up_is_small_and_leaves_nobody_out(watch: Watch) -> Iterator[str]:
    """V11: who is not in it has a supervisor all the same (see ``every_client_is_somebodys``)."""
    model, team = watch.model, watch.model.supervisors
    at_work = (team["state"] > 0) & (team["programme"] == ORDINARY)
    close = at_work & (team["close"] > 0)
    yield from broken("close follow-up outside ordinary follow-up", ~at_work & (team["close"] > 0))
    office, size = team["office"], len(model.offices["state"])
    here, few = counted(np.where(at_work, office, -1), size), counted(np.where(close, office, -1), size)
    yield from broken("office in close follow-up only", (few > 0) & (few >= here))
    region = model.offices["region"]
    fixed = np.maximum(model._levers["supervisors_payroll"], model._levers["supervisors_budget_neutral"]) > 0.5
    fixed = fixed[region] & (model.since_policy >= 0)
    # What is over a target by less than a post is kept, and posts are filled in whole people.
    yield from broken(
        "more posts than there are", fixed & (here > np.maximum(1.0, model.offices["baseline_staff"]) + 1.0)
    )


@after("staff_specialists")
def specialists_caseloads_are_their_clients(watch: Watch) -> Iterator[str]:
    staff = watch.model.specialists
    at_work = staff["state"] > 0
    (specialist,) = watch.used("specialist")
    clients = counted(specialist, len(at_work))
    yield from broken("caseload that is not the number of clients", at_work & (clients != staff["caseload"]))
    yield from broken("clients of a specialist who has left", ~at_work & (clients > 0))
    watch.notes["room"] = staff["room"].copy()


@after("take_in_clients")
def specialists_take_in_no_more_than_they_have_room_for(watch: Watch) -> Iterator[str]:
    room, before = watch.model.specialists["room"], watch.notes["room"]
    yield from broken("more clients than places", (room < 0) & (room != before))


@after("week")
def where_nav_follows_up_no_company_takes_over_people_at_work(watch: Watch) -> Iterator[str]:
    model = watch.model
    if model.settings.policy.se.follow_up_by != "nav" or model.since_policy <= 0:
        return
    step, specialist = watch.used("step", "specialist")
    lot = at(model.contracts, "lot", at(model.specialists, "contract", specialist, 0).astype(int), 0)
    company = (specialist >= 0) & (lot > LOT_SE_IN_HOUSE)
    yield from broken("company follows up at work", company & (step == FOLLOW_UP_AT_WORK))


@after("run_courses")
def seats_taken_are_people_and_never_more_than_seats(watch: Watch) -> Iterator[str]:
    courses = watch.model.courses
    running = courses["state"] > 0
    (course,) = watch.used("course")
    people = counted(course, len(running))
    yield from broken("seats taken that are not people", running & (people != courses["taken"]))
    yield from broken("more people than seats", running & (people > courses["seats"]))
    yield from broken("people on a course that is over", ~running & (people > 0))


@after("study")
def regional_counts_are_people(watch: Watch) -> Iterator[str]:
    model = watch.model
    state, measure, queue, office = watch.used("state", "measure", "queue", "office")
    region = model.offices["region"][office]
    for m in range(1, N_MEASURES):
        on = counted(np.where((state == ON_MEASURE) & (measure == m), region, -1), model.n_regions)
        yield from broken(f"people on measure {m}", on != model.regions["taken"][:, m])
        waiting = counted(np.where(queue == m, region, -1), model.n_regions)
        yield from broken(f"people waiting for measure {m}", waiting != model.regions["waiting"][:, m])


@after("week")
def places_without_a_course_are_never_overused(watch: Watch) -> Iterator[str]:
    model = watch.model
    measure, office = watch.used("measure", "office")
    region = model.offices["region"][office]
    # A form of delivery that winds down may serve more than it has places, but not both together.
    for m in (WORK_TRAINING, FOLLOW_UP, KVP, ASSESSMENT, EDUCATION):
        people = counted(np.where(measure == m, region, -1), model.n_regions)
        yield from broken(f"more people than places on measure {m}", people > model.regions["places"][:, m])


@after("week")
def instructors_stand_on_exactly_the_course_they_are_employed_for(watch: Watch) -> Iterator[str]:
    courses, instructors = watch.model.courses, watch.model.instructors
    running = courses["state"] > 0
    on_course = courses["instructor"][running]
    rows = on_course[on_course >= 0]
    state, course = instructors["state"], instructors["course"]
    yield from broken("instructor on two courses", counted(rows, len(state)) > 1)
    at_courses = np.repeat(np.flatnonzero(running), (on_course >= 0).sum(axis=1))
    yield from broken("instructor who is not employed for the course", course[rows] != at_courses)
    yield from broken("instructor on a course but not employed", state[rows] != EMPLOYED)
    on_one = np.isin(np.arange(len(state)), rows)
    yield from broken("employed instructor on no course", (state == EMPLOYED) & ~on_one)
    yield from broken("between contracts but on a course", (state == BETWEEN_CONTRACTS) & (course >= 0))


@after("staff_courses")
def instructor_and_jobseeker_are_one_person(watch: Watch) -> Iterator[str]:
    """T6, T7: rows of one person name each other, and only one of them works."""
    instructors = watch.model.instructors
    rows = watch.people.used()
    state, trade, employer = watch.used("state", "trade", "employer")
    there = trade >= 0
    yield from broken("jobseeker of another instructor", instructors["person"][trade[there]] != rows[there])
    person, status = instructors["person"], instructors["state"]
    linked = np.flatnonzero((status > 0) & (person >= 0))
    yield from broken("instructor of another jobseeker", watch.people["trade"][person[linked]] != linked)
    working = np.isin(watch.people["state"][person[linked]], (SUBSIDISED_JOB, JOB))
    yield from broken("instructor at work and jobseeker", (status[linked] == EMPLOYED) != working)
    yield from broken("instructor with another workplace", there & (employer >= 0) & (state != ON_MEASURE))


@after("staff_courses")
def courses_have_no_more_staff_than_promised(watch: Watch) -> Iterator[str]:
    courses = watch.model.courses
    running = courses["state"] > 0
    staff = (courses["instructor"] >= 0).sum(axis=1)
    yield from broken("course without anybody", running & (staff == 0))
    yield from broken("more staff than promised", staff > N_DEPLOYED)


@after("open_workshop")
def the_workshop_holds_no_more_than_its_places(watch: Watch) -> Iterator[str]:
    model = watch.model
    dropped_in, state, office = watch.used("dropped_in", "state", "office")
    visits = counted(np.where(dropped_in > 0, model.offices["region"][office], -1), model.n_regions)
    places = model._levers["courses_drop_in_places_per_1000"] * model.region_size / 1000.0
    yield from broken("more visits than room", visits > 5 * places + 1e-9)
    yield from broken("visitor with something else to do", (dropped_in > 0) & (state != UNEMPLOYED))


@after("meet_clients")
def supervisors_minutes_add_up(watch: Watch) -> Iterator[str]:
    team = watch.model.supervisors
    at_work = team["state"] > 0
    accounts = ("internal", "messages", "outreach", "set_up", "meetings", "offers", "left")
    parts = np.array([team[name][at_work] for name in accounts], float)
    yield from broken("negative minutes", parts < 0)
    # Single precision: each of seven parts of a week of 2,000 minutes is rounded to 1e-4.
    yield from broken("minutes that do not add up", abs(parts.sum(axis=0) - team["minutes"][at_work]) > 1e-3)


@after("support_clients")
def specialists_minutes_add_up(watch: Watch) -> Iterator[str]:
    staff = watch.model.specialists
    at_work = staff["state"] > 0
    parts = np.array([staff[name][at_work] for name in ("admin", "exchange", "visits", "clients")], float)
    yield from broken("negative minutes", parts < 0)
    yield from broken("minutes that do not add up", abs(parts.sum(axis=0) - staff["minutes"][at_work]) > 1e-3)
    out = staff["outside"][at_work].astype(float)
    yield from broken("more minutes outside than with employers and clients", out > parts[2:].sum(axis=0) + 1e-3)
    yield from broken("more at work than discharged", staff["to_work"] > staff["discharged"])


@after("run_programme")
def participants_are_those_in_the_programme(watch: Watch) -> Iterator[str]:
    measure, weeks, left, activity, host, mentor = watch.used(
        "measure", "kvp_weeks", "measure_weeks", "kvp_activity", "kvp_host", "kvp_mentor"
    )
    inside = measure == KVP
    yield from broken("in KVP for no week", inside != (weeks > 0))
    yield from broken("in KVP with no week granted", inside & (left <= 0))
    yield from broken("an activity of KVP outside it", ~inside & (activity > 0))
    yield from broken("host of no practice", (host >= 0) & (activity != PRACTICE))
    yield from broken("mentor without a host", (mentor > 0) & (host < 0))
    exits, refused = watch.model.counts["kvp_exits"], watch.model.counts["kvp_refused"]
    if min(exits - watch.model.counts["kvp_exits_to_job"], refused) < 0:
        yield "more people in work than left KVP"


@after("open_vacancies")
def vacancies_are_counted_as_they_open(watch: Watch) -> Iterator[str]:
    state = watch.model.positions["state"]
    watch.notes["open"] = np.count_nonzero(state == OPEN)
    yield from broken("position neither open nor closed", state == 0)


@after("hire")
def no_vacancy_is_filled_twice(watch: Watch) -> Iterator[str]:
    counts, state = watch.model.counts, watch.model.positions["state"]
    filled = (
        counts["hires"]
        + counts["hires_outside"]
        + counts["placements"]
        + counts["kvp_placements"]
        - counts["jobs_made"]
    )
    opened, still_open = watch.notes["open"], np.count_nonzero(state == OPEN)
    if filled > opened:
        yield f"{filled:g} hired into {opened} vacancies"
    if opened - filled != still_open:
        yield f"{opened} open, {filled:g} filled, {still_open} left open"
    (offer,) = watch.used("offer")
    yield from broken("offers left on the table", offer >= 0)


@after("week")
def positions_taken_are_those_of_people_with_a_job_lined_up(watch: Watch) -> Iterator[str]:
    state, signed, starts_in = watch.used("state", "signed", "starts_in")
    positions = watch.model.positions["state"]
    of = counted(signed, len(positions))
    yield from broken("position taken by nobody, or signed for and not taken", (of > 0) != (positions == TAKEN))
    yield from broken("position taken twice", of > 1)
    yield from broken("a job lined up for somebody who works or has left", (signed >= 0) & (state > ON_MEASURE))
    yield from broken("weeks to a first day and no job lined up", (starts_in > 0) != (signed >= 0))


@after("hire")
def nobody_is_displaced_but_by_a_hire(watch: Watch) -> Iterator[str]:
    counts = watch.model.counts
    passed = counts["displaced_past_competition"]
    if counts["displaced_outside"] - passed > counts["hires"]:
        yield f"{counts['displaced_outside'] - passed:g} displaced by {counts['hires']:g} hires"
    filled = counts["placements"] + counts["kvp_placements"] - counts["jobs_made"]
    filled += counts["hires_by_host"] - counts["opened_by_host"]
    if passed > filled:
        yield f"{passed:g} displaced by {filled:g} jobs past the competition"
    yield from broken("a vacancy still marked as filled", watch.model.positions["passed_over"] > 0)
