"""What holds in every week of every world: bounds, one state a person, nothing used twice, every krone booked once.

Each policy's world runs once, week by week, with all checks hooked in after the processes they are about; every
check is then a test of its own, which shows the first weeks in which it did not hold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

import numpy as np
import pytest

import sim.model
from sim.accounts import (
    AFT_POST,
    COURSE_POST,
    KVP_TEAM_POST,
    SE_CONTRACT_POST,
    SE_IN_HOUSE_POST,
    SE_OUTCOME_POST,
    SUPERVISOR_POST,
    TAX_POST,
)
from sim.agents import Course, Instructor, Jobseeker, Specialist, Supervisor
from sim.agents.course import BETWEEN_CONTRACTS, EMPLOYED, LOT_AFT, LOT_SE_IN_HOUSE, N_DEPLOYED
from sim.agents.employer import OPEN, TAKEN
from sim.agents.jobseeker import (
    AAP,
    AFT,
    ASSESSMENT,
    DISABILITY_PENSION,
    EDUCATION,
    FOLLOW_UP,
    FOLLOW_UP_AT_WORK,
    JOB,
    JOB_WITH_BENEFIT,
    KVP,
    KVP_BENEFIT,
    N_MEASURES,
    ON_MEASURE,
    OUT_OF_LABOUR_FORCE,
    PENSION,
    PRACTICE,
    SUBSIDISED_JOB,
    UNEMPLOYED,
    UNEMPLOYMENT_BENEFIT,
    WORK_TRAINING,
)
from sim.agents.office import KVP_TEAM, ORDINARY
from sim.columns import Table
from sim.model import ActivationMarket
from sim.settings import Settings

BURN_IN, WEEKS = 40, 60
HORIZON = (f"horizon.burn_in_weeks={BURN_IN}", f"horizon.weeks={WEEKS}", f"horizon.track_weeks={WEEKS}")
POLICIES = {
    "baseline": (),
    "caseload_15": ("scenario=caseload_15",),
    "se_in_house": ("scenario=se_in_house",),
    "price_80_caseload_200": ("scenario=tender_price_80", "policy.supervisors.caseload=200"),
    "se_otherwise": (
        "policy.se.follow_up_by=nav",
        "policy.se.train_first=by_barriers",
        "policy.se.discharge=pressure",
        "policy.se.cover=0.5",
        "policy.tender.outcome_pay=0.6",
        "policy.subsidy.rate_rule=assessed",
        "policy.subsidy.weeks_low_capacity=104",
        "policy.mentor.use=0.5",
    ),
    "other_supervisors": (
        "policy.supervisors.menu=wide",
        "policy.supervisors.mandate=holistic",
        "policy.supervisors.payroll=fixed",
        "policy.supervisors.referral_rule=profile",
        "policy.supervisors.results_feedback=1",
        "policy.supervisors.training=1",
        "policy.supervisors.admin_burden=2",
        "policy.kvp.places_per_1000=72",
        "policy.courses.assessment_places_per_1000=20",
    ),
    "kvp_reform": ("scenario=kvp_reform",),
    "kvp_office": ("scenario=kvp_office", "policy.kvp.places_per_1000=60"),
    "other_ways_to_buy": (
        "policy.tender.suppliers=3",
        "policy.courses.client_choice=1",
        "policy.courses.drop_in_places_per_1000=5",
        "policy.se.outsourced_by=approved",
    ),
    "clause_and_audit": (
        "policy.tender.continuity=0.5",
        "policy.tender.audit=1",
        "policy.tender.contract_weeks=26",
        "world.providers.reserve=20000",
        "world.tendering.participants=0.5",
    ),
    "no_courses": ("policy.courses.vocational_places_per_1000=0", "policy.courses.job_search_places_per_1000=0"),
    "two_regions": (
        "scenario=caseload_15",
        "population.regions=2",
        "policy.regions=[0]",
        "policy.se.delivery=in_house",
    ),
}
SHOWN = 3  # weeks shown of a check that fails

Check = Callable[["Watch"], Iterator[str]]
CHECKS: dict[str, tuple[str, Check]] = {}


def after(process: str) -> Callable[[Check], Check]:
    """Register a check that runs after this process of every week ("week": after the last one)."""

    def register(check: Check) -> Check:
        CHECKS[check.__name__] = (process, check)
        return check

    return register


class Watch:
    """A model that is checked while it runs; ``notes`` is what one check leaves for a later one."""

    def __init__(self, model: ActivationMarket) -> None:
        self.model = model
        self.people = model.jobseekers
        self.notes: dict[str, Any] = {}
        self.failures: dict[str, list[str]] = defaultdict(list)

    def check(self, process: str) -> None:
        for name, (when, check) in CHECKS.items():
            if when == process:
                self.failures[name] += [f"week {self.model.clock}: {line}" for line in check(self)]

    def run(self, weeks: int) -> None:
        with pytest.MonkeyPatch.context() as patch:
            for process in {when for when, _ in CHECKS.values()} - {"week"}:
                patch.setattr(sim.model, process, self._followed(process, getattr(sim.model, process)))
            for _ in range(weeks):
                self.model.step()
                self.check("week")

    def _followed(self, name: str, process: Callable[[Any], None]) -> Callable[[Any], None]:
        @wraps(process)
        def then_checked(model: Any) -> None:
            process(model)
            self.check(name)

        return then_checked

    def used(self, *names: str) -> list[np.ndarray]:
        """Columns of the people in use."""
        rows = self.people.used()
        return [self.people[name][rows] for name in names]


@pytest.fixture(scope="module")
def watched(composed: Callable[..., Settings]) -> Callable[[str], Watch]:
    done: dict[str, Watch] = {}

    def run(policy: str) -> Watch:
        if policy not in done:
            done[policy] = Watch(ActivationMarket(composed(*HORIZON, *POLICIES[policy])))
            done[policy].run(BURN_IN + WEEKS)
        return done[policy]

    return run


def broken(what: str, wrong: np.ndarray) -> Iterator[str]:
    """One line when any of these is true."""
    if wrong.any():
        yield f"{what} ({np.count_nonzero(wrong)} cases)"


def counted(rows: np.ndarray, size: int) -> np.ndarray:
    """How many refer to each row (negative: to none)."""
    return np.bincount(rows[rows >= 0], minlength=size)


def at(table: Table, name: str, rows: np.ndarray, nobody: float) -> np.ndarray:
    """A column of the rows referred to, ``nobody`` where there is none."""
    return np.where(rows >= 0, table[name][rows], nobody)


def working(state: np.ndarray) -> np.ndarray:
    return (state >= SUBSIDISED_JOB) & (state <= JOB)


def registered(state: np.ndarray) -> np.ndarray:
    return (state >= UNEMPLOYED) & (state <= JOB_WITH_BENEFIT)


# Tables


@after("week")
def columns_stay_within_their_bounds(watch: Watch) -> Iterator[str]:
    for table in watch.model.tables.values():
        yield from table.out_of_bounds()


@after("week")
def ids_are_unique(watch: Watch) -> Iterator[str]:
    for kind, table in watch.model.tables.items():
        ids = table["id"][table.used()]
        if np.unique(ids).size < ids.size:
            yield f"{kind.__name__}: {ids.size} rows, {np.unique(ids).size} ids"


@after("week")
def rows_in_use_and_free_rows_are_all_rows(watch: Watch) -> Iterator[str]:
    for kind in (Jobseeker, Supervisor, Specialist, Course, Instructor):
        table = watch.model.tables[kind]
        rows = table.rows
        yield from broken(f"{kind.__name__}: more rows taken than there are", rows.fresh > table.stride)
        state = table["state"].reshape(table.regions, table.stride)
        used = np.count_nonzero(state, axis=1)
        yield from broken(f"{kind.__name__}: used and free rows do not add up", used != rows.fresh - rows.n_free)
        for region in range(table.regions):
            free = rows.free[region, : rows.n_free[region]]
            yield from broken(f"{kind.__name__}: rows used that are free", state[region, free] != 0)


@after("week")
def references_stay_in_their_region(watch: Watch) -> Iterator[str]:
    model = watch.model
    office, supervisor, specialist, course, employer = watch.used(
        "office", "supervisor", "specialist", "course", "employer"
    )
    region = model.offices["region"][office]
    yield from broken(
        "supervisor of another office",
        at(model.supervisors, "office", supervisor, -1)[supervisor >= 0] != office[supervisor >= 0],
    )
    provider = at(model.specialists, "provider", specialist, 0).astype(int)
    yield from broken(
        "specialist of another region", (specialist >= 0) & (model.providers["region"][provider] != region)
    )
    contract = at(model.courses, "contract", course, 0).astype(int)
    yield from broken("course of another region", (course >= 0) & (model.contracts["region"][contract] != region))
    yield from broken(
        "employer of another region", (employer >= 0) & (at(model.employers, "region", employer, -1) != region)
    )


# People: exactly one state, and everything else agrees with it


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
        if registered(np.array(was)) or member_of >= 0 or (weeks < WEEKS and years < oldest - 1 / 52):
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
    idle = ~working(state)
    for name, held in (
        ("permanent contract", permanent > 0),
        ("mentor", mentor > 0),
        ("brokered job", brokered > 0),
        ("broker", broker >= 0),
        ("tenure", tenure > 0),
    ):
        yield from broken(f"{name} without a job", held & idle)
    yield from broken("broker who has left", at(watch.model.specialists, "state", broker, 1) != 1)


@after("week")
def benefits_agree_with_the_state(watch: Watch) -> Iterator[str]:
    state, measure, benefit = watch.used("state", "measure", "benefit")
    yield from broken("pension without being a pensioner", (benefit == PENSION) != (state == DISABILITY_PENSION))
    yield from broken("in KVP on another benefit", (measure == KVP) & (benefit != KVP_BENEFIT))
    idle = (state == UNEMPLOYED) | (state == ON_MEASURE)
    yield from broken("KVP benefit out of KVP", idle & (benefit == KVP_BENEFIT) & (measure != KVP))
    filling_up = np.isin(benefit, (UNEMPLOYMENT_BENEFIT, AAP, KVP_BENEFIT))
    yield from broken("registered part-time for no benefit", (state == JOB_WITH_BENEFIT) & ~filling_up)
    yield from broken("a benefit out of the labour force", (state == OUT_OF_LABOUR_FORCE) & (benefit > 0))


# Nothing is used twice


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
    if counts["displaced_outside"] > counts["hires"]:
        yield f"{counts['displaced_outside']:g} displaced by {counts['hires']:g} hires"


# Money


@after("pay")
def each_krone_is_booked_once(watch: Watch) -> Iterator[str]:
    model = watch.model
    (cost,) = watch.used("cost")
    persons_and_overhead = cost.sum() + model.overhead[0]
    spent = model.ledger.sum() - 2.0 * model.ledger[TAX_POST]  # taxes come back
    if not np.isclose(persons_and_overhead, spent, rtol=1e-12, atol=1e-4):
        yield f"{persons_and_overhead} at persons' doors and overhead, {spent} in the ledger"
    yield from broken("post below zero", model.ledger < 0)
    yield from broken("cost of nobody", watch.people["cost"][watch.people["state"] == 0] != 0)


@after("pay")
def jobs_are_paid_for_once(watch: Watch) -> Iterator[str]:
    model = watch.model
    ledger, money = model.ledger, model.world.money
    share = model._levers["tender_outcome_pay"]
    brokered, tenure = watch.used("brokered", "tenure")
    started = np.count_nonzero((brokered > 0) & (tenure == 1))
    dearest = share.max() * model.contracts["price"].max() * 12 / money.jobs_per_place_year
    if ledger[SE_OUTCOME_POST] > started * dearest * (1 + 1e-6):
        yield f"{ledger[SE_OUTCOME_POST]} paid for {started} jobs at {dearest} at most"
    yield from broken("cover left over", model.regions["covered"] != 0)


@after("pay")
def service_cost_is_a_part_of_cost(watch: Watch) -> Iterator[str]:
    state, cost, service = watch.used("state", "cost", "service_cost")
    yield from broken("service cost below zero", service < 0)
    yield from broken("services dearer than all", ~working(state) & (service > cost + 1e-6))


@after("pay")
def places_are_paid_for_filled_or_not(watch: Watch) -> Iterator[str]:
    model = watch.model
    contracts, size = model.contracts, len(model.contracts["state"])
    course, step, specialist = watch.used("course", "step", "specialist")
    on_course = at(model.courses, "contract", course, -1).astype(int)
    served = at(model.specialists, "contract", np.where(step > 0, specialist, -1), -1).astype(int)
    used = counted(np.where(course >= 0, on_course, served), size)
    withheld = np.where(contracts["withheld_weeks"] > 0, contracts["withheld"].astype(float), 0.0)
    lot = contracts["lot"]
    by_job = model._levers["tender_outcome_pay"][contracts["region"]] * (lot > LOT_SE_IN_HOUSE)
    paid = (
        np.maximum(contracts["places"], used)
        * contracts["price"].astype(float)
        * (1 - by_job)
        * (1 - withheld)
        * 12
        / 52
    )
    for post, mine in (
        (COURSE_POST, lot < LOT_AFT),
        (AFT_POST, lot == LOT_AFT),
        (SE_IN_HOUSE_POST, lot == LOT_SE_IN_HOUSE),
        (SE_CONTRACT_POST, lot > LOT_SE_IN_HOUSE),
    ):
        due = paid[mine & (contracts["state"] > 0) & (contracts["provider"] >= 0)].sum()
        if not np.isclose(model.ledger[post], due, rtol=1e-6):
            yield f"post {post}: {model.ledger[post]} paid, {due} due"
    team = model.supervisors
    for post, programme in ((SUPERVISOR_POST, ORDINARY), (KVP_TEAM_POST, KVP_TEAM)):
        at_work = np.count_nonzero((team["state"] > 0) & (team["programme"] == programme))
        salaries = at_work * model.world.money.supervisor_year / 52
        if not np.isclose(model.ledger[post], salaries, rtol=1e-9):
            yield f"post {post}: {model.ledger[post]} paid, {salaries} due"


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("check", CHECKS)
def test_holds_every_week(check: str, policy: str, watched: Callable[[str], Watch]) -> None:
    failures = watched(policy).failures[check]
    more = f"\n... and {len(failures) - SHOWN} more" if len(failures) > SHOWN else ""
    assert not failures, f"{check} does not hold:\n" + "\n".join(failures[:SHOWN]) + more


@pytest.mark.parametrize("policy", POLICIES)
def test_the_worlds_watched_are_alive(policy: str, watched: Callable[[str], Watch]) -> None:
    """Every kind of state, measure and step occurs, and people are forgotten: no check holds for want of cases."""
    watch = watched(policy)
    state, measure, step, queue = watch.used("state", "measure", "step", "queue")
    assert set(np.unique(state)) == set(range(UNEMPLOYED, OUT_OF_LABOUR_FORCE + 1))
    assert {AFT, WORK_TRAINING, FOLLOW_UP, KVP} <= set(np.unique(measure))
    assert FOLLOW_UP_AT_WORK in step and (queue > 0).any()
    assert watch.notes["forgotten"] > 0
