"""Labour-market regions, NAV offices and their supervisors (veiledere)."""

from __future__ import annotations

from sim.agents.jobseeker import N_MEASURES
from sim.columns import Column, Row

ORDINARY, KVP_TEAM = 0, 1  # programme a supervisor works in


class Region(Row):
    """A local labour market: what offices, providers and employers share."""

    id = Column("i8", "permanent id", 0, None, "number of the region")
    state = Column("i1", "yes/no", 0, 1, "in the model")
    places = Column("f4", "places", 0, None, "places bought, by measure", width=N_MEASURES)
    taken = Column("f4", "people", 0, None, "people on them, by measure", width=N_MEASURES)
    waiting = Column("f4", "people", 0, None, "people in the queue, by measure", width=N_MEASURES)
    wait = Column("f4", "weeks", 0, None, "weeks waited by those who got a place lately", width=N_MEASURES)
    se_price = Column("f4", "NOK per place-month", 0, None, "mean price of an SE place before the policy date")
    spend = Column("f4", "NOK a year", 0, None, "spent on contracted places before the policy date")


class Office(Row):
    """A NAV office: its supervisors, its local practice, what it knows of employers."""

    id = Column("i8", "permanent id", 0, None, "number of the office")
    state = Column("i1", "yes/no", 0, 1, "open")
    region = Column("i2", "region", 0, None, "labour-market region")
    practice = Column(
        "f4",
        "utility",
        None,
        None,
        "local habit: how dear each measure is to the office (V4)",
        width=N_MEASURES,
    )
    knowledge = Column("f4", "0-1", 0, 1, "knowledge of local employers held in NAV (S2)")
    baseline_staff = Column("f4", "supervisors", 0, None, "ordinary supervisors at the policy date")
    posts_freed = Column("f4", "supervisors", 0, None, "posts whose wages buy places (budget-neutral caseload)")
    clients = Column("i4", "people", 0, None, "registered people in ordinary follow-up")
    hired = Column("i4", "people", 0, None, "supervisors hired so far (ordinal of the next one's id)")


class Supervisor(Row):
    """A supervisor: a fixed week, a caseload, knowledge and a gaze."""

    id = Column("i8", "permanent id", 0, None, "from origin: office, week of hire, ordinal")
    state = Column("i1", "yes/no", 0, 1, "employed")
    office = Column("i2", "row of Office", 0, None, "office")
    programme = Column("i1", "programme", 0, 1, "0 ordinary follow-up, 1 Qualification Programme")
    experience = Column("f4", "weeks", 0, None, "weeks in the job (V8: 18 months to handle the rules)")
    gaze = Column("f4", "0-1", 0, 1, "0 'the user has problems', 1 'the user is the problem' (V2)")
    belief = Column("f4", "utility", None, None, "own experience of each measure (V4, V14)", width=N_MEASURES)
    caseload = Column("i4", "people", 0, None, "clients")
    weight = Column("f4", "people", 0, None, "sum of the clients' weights under the time rule")
    minutes = Column("f4", "minutes", 0, None, "working minutes this week")
    internal = Column("f4", "minutes", 0, None, "of which meetings, systems, training")
    messages = Column("f4", "minutes", 0, None, "of which messages and case systems for clients")
    set_up = Column("f4", "minutes", 0, None, "of which setting up measures, subsidies, applications")
    meetings = Column("f4", "minutes", 0, None, "of which meetings with named clients")
    left = Column("f4", "minutes", 0, None, "not yet spent this week (paperwork takes what stays over)")
    due_set_up = Column("f4", "minutes", 0, None, "set-up work waiting (decisions taken last week)")
    contact_month = Column("f4", "minutes", 0, None, "contact per client-month, as lately experienced")
