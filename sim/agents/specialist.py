"""Job specialists (jobbspesialister): Supported Employment, employed by NAV or by a contracted provider."""

from __future__ import annotations

from sim.columns import Column, Row

N_CONTACTS = 16  # employers a specialist can keep up with


class Specialist(Row):
    """A job specialist: a small caseload, relations with employers, stress."""

    id = Column("i8", "permanent id", 0, None, "from origin: provider, week of hire, ordinal")
    state = Column("i1", "yes/no", 0, 1, "employed")
    provider = Column("i4", "row of Provider", 0, None, "employer: NAV's own unit or a company")
    contract = Column("i4", "row of Contract", 0, None, "contract under which the places are delivered")
    skill = Column("f4", "0-1", 0, 1, "skill in the method")
    experience = Column("f4", "weeks", 0, None, "weeks in the job")
    notice = Column("i1", "yes/no", 0, 1, "laid off: the employer is in the red, or out of business (T5)")
    stress = Column("f4", "0-1", 0, 1, "stress")
    caseload = Column("i4", "people", 0, None, "clients in service")
    room = Column("i4", "people", None, None, "clients more that fit in")
    demand = Column("f4", "minutes", 0, None, "minutes that the clients' steps ask for this week")
    load = Column("f4", "ratio", 0, None, "that demand over the hours there are for clients")
    scale = Column("f4", "0-1", 0, 1, "share of that demand the hours allow")
    minutes = Column("f4", "minutes", 0, None, "working minutes this week")
    admin = Column("f4", "minutes", 0, None, "of which reports, systems, travel not with anybody")
    exchange = Column("f4", "minutes", 0, None, "of which failed matches talked through with colleagues (S9)")
    visits = Column("f4", "minutes", 0, None, "of which visits to employers")
    clients = Column("f4", "minutes", 0, None, "of which with or for named clients")
    failed = Column("f4", "matches", 0, None, "failed matches lately (decays)")
    lessons = Column("f4", "matches", 0, None, "failed matches that nobody has learnt from yet (S9)")
    placements = Column("i4", "placements", 0, None, "placements since hired")
    placed = Column("i4", "placements", 0, None, "placements since the last review")
    new_visits = Column("i4", "visits", 0, None, "visits to new employers since the last review, empty ones included")
    discharged = Column("i4", "people", 0, None, "clients discharged since the last review")
    to_work = Column("i4", "people", 0, None, "of these, in a job")
    outside = Column("f4", "minutes", 0, None, "time out of the office this week: employers, clients at work (S4)")
    placement_rate = Column("f4", "placements a year", 0, None, "pace of placements lately")
    visit_rate = Column("f4", "visits a week", 0, None, "pace of new visits lately")
    transition_rate = Column("f4", "share", 0, 1, "of those lately discharged, in a job")
    outside_rate = Column("f4", "share", 0, 1, "of the week lately, out of the office")
    behind_placements = Column("f4", "0-1", 0, 1, "felt distance to the target for placements (S4, S5)")
    behind_visits = Column("f4", "0-1", 0, 1, "felt distance to the target for visits (S4, S5)")
    behind_transition = Column("f4", "0-1", 0, 1, "felt distance to the target for the share to work (S4)")
    behind_outside = Column("f4", "0-1", 0, 1, "felt distance to the target for time out of the office (S4)")
    haste = Column("f4", "0-1", 0, 1, "share of the steps before the match that is cut")
    chases = Column("f4", "0-1", 0, 1, "clients on whom minutes pay by the price of a job alone (T13)")
    client_weight = Column("f4", "0-1", 0, 1, "weight of the client's fit against the employer's welcome (S11)")
    purposeless = Column("i4", "visits", 0, None, "visits without purpose this week (S5)")
    contact = Column("i4", "row of Employer", -1, None, "employers known", empty=-1, width=N_CONTACTS)
    strength = Column("f4", "0-1", 0, 1, "strength of each relation (S6: leaves with the person)", width=N_CONTACTS)
