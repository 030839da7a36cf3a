"""Employers and the positions in which their vacancies open."""

from __future__ import annotations

from sim.columns import Column, Row

SECTORS = (
    "shops",
    "health and care",
    "industry and building",
    "transport and cleaning",
    "hotels and food",
    "office and public",
)
N_SECTORS = len(SECTORS)

CLOSED, OPEN, TAKEN = 1, 2, 3  # states of a position (taken: filled by somebody who has not yet begun)


class Employer(Row):
    """A workplace: sector, size, openness, what it believes of NAV's candidates from its own experience."""

    id = Column("i8", "permanent id", 0, None, "from origin: region, ordinal")
    state = Column("i1", "yes/no", 0, 1, "in business")
    region = Column("i2", "region", 0, None, "labour-market region")
    sector = Column("i1", "sector", 0, 5, "sector")
    size = Column("f4", "employees", 0, None, "size")
    growth = Column("f4", "log points", None, None, "growth of its own: openings above or below the usual (E2)")
    social = Column("f4", "0-1", 0, 1, "social motive; managers who know the trade from inside start open (E11)")
    openness = Column("f4", "0-1", 0, 1, "openness to people NAV brings; decays without upkeep (E11)")
    belief = Column("f4", "0-1", 0, 1, "share of NAV's candidates expected to work out (E1)")
    evidence = Column("f4", "hires", 0, None, "weight of the experience behind that belief")
    environment = Column("f4", "0-1", 0, 1, "work environment")
    inclusion = Column("f4", "0-1", 0, 1, "capacity to include, grown by supported hires (E12)")
    first_position = Column("i4", "row of Position", 0, None, "first of its positions")
    n_positions = Column("i4", "positions", 0, None, "number of its positions")


class Position(Row):
    """A place at an employer where a vacancy can open. A vacancy is a position while it is open."""

    id = Column("i8", "permanent id", 0, None, "from origin: region, ordinal")
    state = Column("i1", "code", 0, 3, "1 closed, 2 open, 3 taken by somebody who has not begun")
    employer = Column("i4", "row of Employer", 0, None, "employer")
    opened = Column("i4", "week", None, None, "week in which the vacancy opened")
    weeks_open = Column("i2", "weeks", 0, None, "weeks the vacancy has been open")
    hours = Column("f4", "share of full time", 0, 1, "hours of the job")
    requirement = Column("f4", "0-1", 0, 1, "skill asked for")
    language = Column("f4", "0-1", 0, 1, "Norwegian asked for")
    strain = Column("f4", "0-1", 0, 1, "physical and mental strain")
    shift = Column("i1", "yes/no", 0, 1, "shift or evening work (J8)")
    hidden = Column("i1", "yes/no", 0, 1, "a post that is shared, not advertised (E2)")
    wage = Column("f4", "NOK a year", 0, None, "full-time wage")
    best_score = Column("f4", "score", None, None, "score of the best registered applicant this week")
    best_person = Column("i4", "row of Jobseeker", -1, None, "that applicant (-1: none)", empty=-1)
    runner_up = Column("i1", "yes/no", 0, 1, "an outside applicant would have got the job offered this week")
    passed_over = Column("i1", "yes/no", 0, 1, "filled this week past the competition, by a broker or a host (E3)")
    applicants = Column("i4", "people", 0, None, "registered applicants this week")
