"""Measure providers (tiltaksarrangører), their contracts, the courses they run, the instructors who deliver."""

from __future__ import annotations

from sim.columns import Column, Row

NAV_UNIT, COMPANY, ENTERPRISE = range(3)  # unit without a tender, tendered company, pre-approved enterprise
FIXED = 3  # providers of a region that are there without a tender: a unit for each form of SE, the enterprise
N_DEPLOYED = 3  # most instructors on one course (three promised, one deployed: T3)
MOST_SUPPLIERS = 5  # most approved suppliers of one kind of course (T14)
N_CONTRACTS = 5 + 2 * (
    MOST_SUPPLIERS - 1
)  # contracts of a region: one a lot, and those of further suppliers of courses

# Lots that are bought, one contract at a time in each region. Numbers 1-3 are the measure codes of courses.
LOT_JOB_SEARCH, LOT_VOCATIONAL, LOT_AFT, LOT_SE_IN_HOUSE, LOT_SE_OUTSOURCED = 1, 2, 3, 4, 5
LOT_NAMES = {1: "job-search course", 2: "vocational course", 3: "AFT", 4: "in-house SE", 5: "outsourced SE"}

EMPLOYED, BETWEEN_CONTRACTS = 1, 2  # states of an instructor


class Provider(Row):
    """Who delivers measures: a NAV unit, a tendered company or a pre-approved enterprise."""

    id = Column("i8", "permanent id", 0, None, "from origin: region, ordinal")
    state = Column("i1", "yes/no", 0, 1, "in business")
    region = Column("i2", "region", 0, None, "labour-market region")
    kind = Column("i1", "kind", 0, 2, "0 NAV unit, 1 tendered company, 2 pre-approved enterprise")
    cash = Column("f8", "NOK", None, None, "money in hand")
    efficiency = Column("f4", "factor", 0.5, 2, "overhead relative to the trade's")
    result = Column("f4", "0-1", 0, 1, "share of earlier participants in work half a year later (stale: T2)")
    result_weight = Column("f4", "participants", 0, None, "participants behind that share (fades)")
    experience = Column("f4", "0-1", 0, 1, "what past participants tell of its courses: their quality (T14)")
    failed_audits = Column("f4", "audits", 0, None, "audits failed, as far as the buyer remembers them (T16)")
    bidding = Column("i1", "yes/no", 0, 1, "a bid is being written: staff time goes into it (T20)")
    successions = Column("i4", "times", 0, None, "times that a newcomer has taken the place of a failed company (T5)")


class Contract(Row):
    """A contract for places in one region: who delivers, at what price, with what staffing."""

    id = Column("i8", "permanent id", 0, None, "from origin: region, lot")
    state = Column("i1", "yes/no", 0, 1, "in force")
    region = Column("i2", "region", 0, None, "labour-market region")
    lot = Column("i1", "lot code", 1, 5, "what is bought")
    provider = Column("i4", "row of Provider", -1, None, "who delivers", empty=-1)
    weeks_left = Column("i4", "weeks", 0, None, "weeks until the contract ends")
    price = Column("f4", "NOK per place-month", 0, None, "price")
    places = Column("f4", "places", 0, None, "places bought")
    wage = Column("f4", "NOK a year", 0, None, "wage the provider offers its staff")
    deployed = Column("f4", "instructors per course, or clients per specialist", 0, None, "staffing delivered")
    next_provider = Column("i4", "row of Provider", -1, None, "winner of the round held for the next period", empty=-1)
    next_price = Column("f4", "NOK per place-month", 0, None, "its price")
    next_wage = Column("f4", "NOK a year", 0, None, "the wage it plans")
    next_deployed = Column("f4", "as deployed", 0, None, "the staffing it plans")
    rounds = Column("i4", "rounds", 0, None, "tender rounds held")
    begun = Column("i4", "week", 0, None, "week in which it began")
    volume = Column("f4", "places", 0, None, "places as fixed in the round (T1)")
    next_volume = Column("f4", "places", 0, None, "the same for the next period")
    points = Column("f4", "0-1", 0, 1, "quality points at the award (T2)")
    next_points = Column("f4", "0-1", 0, 1, "the same for the next period")
    premium = Column("f4", "share", 0, None, "price over the lowest bid")
    next_premium = Column("f4", "share", 0, None, "the same for the next period")
    named_skill = Column("f4", "0-1", 0, 1, "mean skill of the instructors named in the bid (T3)")
    next_named_skill = Column("f4", "0-1", 0, 1, "the same for the next period")
    bound = Column("i1", "yes/no", 0, 1, "those named must be deployed (T14)")
    next_bound = Column("i1", "yes/no", 0, 1, "the same for the next period")
    promised = Column("f4", "as deployed", 0, None, "the staffing that the buyer was promised (T3, T16)")
    next_promised = Column("f4", "as deployed", 0, None, "the same for the next period")
    tendered = Column("i1", "yes/no", 0, 1, "let in a tender round, not at a fixed rate or price (T15)")
    guaranteed = Column("f4", "share", 0, 1, "part of the places that is paid for filled or not (T4)")
    next_guaranteed = Column("f4", "share", 0, 1, "the same for the next period")
    by_job = Column("f4", "share", 0, 1, "part of the price that is paid by the job (T13)")
    next_by_job = Column("f4", "share", 0, 1, "the same for the next period")
    fill = Column("f4", "share", 0, 1, "places filled of those bought, as lately seen (T4)")
    chosen = Column("f4", "people", 0, None, "people who lately chose this supplier (fades: T14)")
    withheld = Column("f4", "share", 0, 1, "part of the price withheld after an audit")
    withheld_weeks = Column("i4", "weeks", 0, None, "weeks for which it is withheld")
    cost = Column("f4", "factor", 0, None, "true overhead over what the bid reckoned with (T5)")
    next_cost = Column("f4", "factor", 0, None, "the same for the next period")
    approved = Column("i1", "yes/no", 0, 1, "held by an approved supplier at a fixed price (T14)")
    taught = Column("f4", "quality-weeks", 0, None, "quality of its courses, added up over course-weeks")
    course_weeks = Column("f4", "weeks", 0, None, "course-weeks so far")
    named_weeks = Column("f4", "weeks", 0, None, "weeks taught by instructors named in the bid")
    staff_weeks = Column("f4", "weeks", 0, None, "weeks taught by instructors in all")
    started = Column("i4", "courses", 0, None, "courses started (ordinal of the next one's id)")
    hired = Column("i4", "people", 0, None, "job specialists hired so far (ordinal of the next one's id)")


class Course(Row):
    """One course: seats, weeks, and the instructors physically on it. Its quality is theirs and nothing else."""

    id = Column("i8", "permanent id", 0, None, "from origin: contract, week of start, ordinal")
    state = Column("i1", "yes/no", 0, 1, "running")
    contract = Column("i4", "row of Contract", 0, None, "contract")
    measure = Column("i1", "measure code", 0, 10, "what is taught")
    weeks_left = Column("i4", "weeks", 0, None, "weeks left")
    age = Column("i4", "weeks", 0, None, "weeks since the start")
    seats = Column("i4", "seats", 0, None, "seats paid for")
    taken = Column("i4", "people", 0, None, "people on the course")
    instructor = Column("i4", "row of Instructor", -1, None, "who teaches", empty=-1, width=N_DEPLOYED)
    broken = Column("i1", "yes/no", 0, 1, "an instructor left this week (T18)")
    quality = Column("f4", "0-1", 0, None, "quality of this week's teaching")
    reach = Column("f4", "0-1", 0, 1, "approach of the instructors present: 1 is the softest (T19)")
    hours = Column(
        "f4", "instructors", 0, None, "instructors present, less what reports and bids take of their hours (T8)"
    )
    learnt = Column("f4", "points", 0, None, "what its participants learnt this week, added up")


class Instructor(Row):
    """A course instructor: skill, an approach, a wage demand, contracts of some months."""

    id = Column("i8", "permanent id", 0, None, "from origin: region, week of entry, ordinal")
    state = Column("i1", "code", 0, 2, "1 employed, 2 between contracts")
    region = Column("i2", "region", 0, None, "labour-market region")
    provider = Column("i4", "row of Provider", -1, None, "employer (-1: none)", empty=-1)
    course = Column("i4", "row of Course", -1, None, "course (-1: none)", empty=-1)
    skill = Column("f4", "0-1", 0, 1, "experience of working life (T19)")
    approach = Column("f4", "0-1", 0, 1, "approach to participants: 0 strict, 1 soft (T19)")
    demand = Column("f4", "NOK a year", 0, None, "lowest wage accepted at first")
    wage = Column("f4", "NOK a year", 0, None, "present wage")
    tenure = Column("f4", "weeks", 0, None, "weeks with the present provider")
    idle_weeks = Column("f4", "weeks", 0, None, "weeks between contracts")
    bidding = Column("i1", "yes/no", 0, 1, "helps to write a bid this week (T20)")
    named = Column("i1", "yes/no", 0, 1, "named in the winning bid, by lot 1 and 2 (T3)", width=2)
    next_named = Column("i1", "yes/no", 0, 1, "named in the winning bid for the next period", width=2)
    person = Column("i4", "row of Jobseeker", -1, None, "the same person on the register, or in a job (T6)", empty=-1)
