"""Labour-market regions, NAV offices and their supervisors (veiledere)."""

from __future__ import annotations

from sim.agents.jobseeker import N_MEASURES
from sim.columns import Column, Row
from sim.compiled import rule

ORDINARY, KVP_TEAM = 0, 1  # programme a supervisor works in
N_TEAM_CONTACTS = 8  # employers that a supervisor in the Qualification Programme keeps up with


@rule
def works_holistically(mandate, kvp_mandate, programme):
    """V10: whose mandate covers life outside work; the Qualification Programme has a mandate of its own."""
    return (kvp_mandate if programme == KVP_TEAM else mandate) > 0.5


class Region(Row):
    """A local labour market: what offices, providers and employers share."""

    id = Column("i8", "permanent id", 0, None, "number of the region")
    state = Column("i1", "yes/no", 0, 1, "in the model")
    places = Column("f4", "places", 0, None, "places bought, by measure", width=N_MEASURES)
    taken = Column("f4", "people", 0, None, "people on them, by measure", width=N_MEASURES)
    waiting = Column("f4", "people", 0, None, "people in the queue, by measure", width=N_MEASURES)
    wait = Column("f4", "weeks", 0, None, "weeks waited by those who got a place lately", width=N_MEASURES)
    usual_need = Column(
        "f4", "0-1", 0, 1, "true need of each measure among those for whom it was considered lately", width=N_MEASURES
    )
    referred_ordinary = Column(
        "f4", "referrals a week", 0, None, "of people with full work capacity lately, by measure", width=N_MEASURES
    )
    referred_reduced = Column(
        "f4", "referrals a week", 0, None, "of people with reduced work capacity lately, by measure", width=N_MEASURES
    )
    result = Column(
        "f4", "0-1", 0, 1, "of those who left each measure half a year ago, in work (raw: V14)", width=N_MEASURES
    )
    baseline_posts = Column("f4", "supervisors", 0, None, "posts of NAV's own job specialists before the policy date")
    se_price = Column("f4", "NOK per place-month", 0, None, "mean price of an SE place before the policy date")
    spend = Column("f4", "NOK a year", 0, None, "spent on contracted places before the policy date")
    tightness = Column("f4", "vacancies per person", 0, None, "open vacancies per fully unemployed person")
    train_bar = Column("f4", "0-1", None, None, "barriers, as seen, above which SE clients are trained first (S3)")
    covered = Column("f4", "matches", 0, None, "failed matches that employers are to be compensated for (S12)")


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
    referred = Column("f4", "referrals a week", 0, None, "referrals lately, by measure", width=N_MEASURES)
    baseline_staff = Column("f4", "supervisors", 0, None, "ordinary supervisors at the policy date")
    baseline_kvp = Column("f4", "supervisors", 0, None, "supervisors of the Qualification Programme at the policy date")
    kvp_way = Column("f4", "standard deviations", None, None, "how much the KVP team seeks employers, and results (K3)")
    kvp_left = Column("f4", "people", 0, None, "people who left KVP lately (fades)")
    kvp_worked = Column("f4", "people", 0, None, "of whom to a job of any kind")
    posts_freed = Column("f4", "supervisors", 0, None, "posts whose wages buy places (budget-neutral caseload)")
    clients = Column("i4", "people", 0, None, "registered people in ordinary follow-up")
    hired = Column("i4", "people", 0, None, "supervisors hired so far (ordinal of the next one's id)")


class Supervisor(Row):
    """A supervisor: a fixed week, a caseload, knowledge and a gaze."""

    id = Column("i8", "permanent id", 0, None, "from origin: office, week of hire, ordinal")
    state = Column("i1", "yes/no", 0, 1, "employed")
    office = Column("i2", "row of Office", 0, None, "office")
    programme = Column("i1", "programme", 0, 1, "0 ordinary follow-up, 1 Qualification Programme")
    close = Column("i1", "yes/no", 0, 1, "in close follow-up: few clients, while colleagues have the others (V11)")
    experience = Column("f4", "weeks", 0, None, "weeks in the job (V8: 18 months to handle the rules)")
    gaze = Column("f4", "0-1", 0, 1, "0 'the user has problems', 1 'the user is the problem' (V2)")
    belief = Column("f4", "utility", None, None, "taste for each measure, brought along (V4)", width=N_MEASURES)
    seen = Column("f4", "0-1", 0, 1, "own clients seen in work after each measure (V4, V14)", width=N_MEASURES)
    progress = Column("f4", "a client-year", 0, None, "own clients seen to get work, as lately experienced (V15)")
    caseload = Column("i4", "people", 0, None, "clients")
    weight = Column("f4", "people", 0, None, "sum of the clients' weights under the time rule")
    minutes = Column("f4", "minutes", 0, None, "working minutes this week")
    internal = Column("f4", "minutes", 0, None, "of which meetings, systems, training")
    messages = Column("f4", "minutes", 0, None, "of which messages and case systems for clients")
    outreach = Column("f4", "minutes", 0, None, "of which with employers (the Qualification Programme)")
    set_up = Column("f4", "minutes", 0, None, "of which setting up measures, subsidies, applications; jobs in trouble")
    meetings = Column("f4", "minutes", 0, None, "of which meetings with named clients")
    offers = Column("f4", "minutes", 0, None, "of which looking for vacancies that suit a client (V9)")
    left = Column("f4", "minutes", 0, None, "not yet spent this week (paperwork takes what stays over)")
    due_set_up = Column("f4", "minutes", 0, None, "set-up work waiting (decisions, mentors' warnings of last week)")
    kept_up = Column("f4", "share", 0, 1, "of the set-up work due this week, done")
    contact_month = Column("f4", "minutes", 0, None, "contact per client-month, as lately experienced")
    contact = Column("i4", "row of Employer", -1, None, "employers known", empty=-1, width=N_TEAM_CONTACTS)
    strength = Column("f4", "0-1", 0, 1, "strength of each relation", width=N_TEAM_CONTACTS)
