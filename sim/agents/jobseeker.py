"""Jobseekers: people registered with NAV, and people who have left the register while they are tracked."""

from __future__ import annotations

from sim.columns import Column, Row
from sim.compiled import rule

# Labour-market state: each person is in exactly one (0 is a free row).
UNEMPLOYED, ON_MEASURE, SUBSIDISED_JOB, JOB_WITH_BENEFIT, JOB, DISABILITY_PENSION, OUT_OF_LABOUR_FORCE = range(1, 8)
STATE_NAMES = (
    "nobody",
    "unemployed",
    "on measure",
    "subsidised job",
    "part-time job with benefit",
    "job",
    "disability pension",
    "out of the labour force",
)

# People off the register are asked what happens to them every so many weeks, for all of these at once. They are two in
# three of all people, nothing that NAV does reaches them, and outcomes are read at horizons of 26 weeks and more.
ASKED_EVERY = 4

# Measures by NAV's own kinds. All but the wage subsidy have places that people queue for.
NO_MEASURE, JOB_SEARCH_COURSE, VOCATIONAL_COURSE, AFT, WORK_TRAINING, FOLLOW_UP, WAGE_SUBSIDY, KVP = range(8)
ASSESSMENT, DROP_IN, EDUCATION, HELP = range(8, 12)  # nobody is on the last: the supervisor gives it
N_MEASURES = 12
MEASURE_NAMES = (
    "no measure",
    "job-search course",
    "vocational course (AMO)",
    "work-preparatory training (AFT)",
    "work training",
    "follow-up (Supported Employment)",
    "wage subsidy",
    "Qualification Programme (KVP)",
    "assessment (avklaring)",
    "drop-in workshop",
    "ordinary education",
    "help with life and health",
)

# Benefits.
NO_BENEFIT, UNEMPLOYMENT_BENEFIT, AAP, SOCIAL_ASSISTANCE, KVP_BENEFIT, PENSION = range(6)
BENEFIT_NAMES = ("none", "unemployment_benefit", "aap", "social_assistance", "kvp", "disability_pension")

# The five steps of Supported Employment (0: not in service).
# Training before the search for an employer is no step of the method; it comes after mapping where it is used (S3).
MEET, MAP, FIND_EMPLOYER, MATCH, FOLLOW_UP_AT_WORK, TRAIN = range(1, 7)
STEP_NAMES = ("none", "meet", "map", "find employer", "match", "follow up at work", "train first")

# Mentors at work (0: none).
SOCIAL_MENTOR, SYSTEMATIC_MENTOR = 1, 2

# What a week in the Qualification Programme is spent on (K1), and how a programme ended (K3, K5).
NO_ACTIVITY, LANGUAGE_TRAINING, PRACTICE, VOCATIONAL_TRAINING, LIFE_HELP, HEALTH_TRAINING, JOB_HUNT, STUDY = range(8)
N_ACTIVITIES = 8
EXIT_JOB, EXIT_SUBSIDISED, EXIT_RIGHT_BENEFIT, EXIT_STOPPED, EXIT_TIME_OUT, EXIT_LEFT, REFUSED = range(1, 8)


# Who brokered a job.
NOBODY, BY_SPECIALIST, BY_KVP_TEAM = range(3)


@rule
def is_registered(state):
    """Registered: without a job, on a measure, in a subsidised job, or part-time with a benefit."""
    return UNEMPLOYED <= state <= JOB_WITH_BENEFIT


@rule
def is_working(state):
    """In a job of any kind."""
    return SUBSIDISED_JOB <= state <= JOB


class Jobseeker(Row):
    """A person: what they bring, what they feel, what NAV knows of them, where they are."""

    id = Column("i8", "permanent id", 0, None, "from origin: office, week of entry, ordinal")
    state = Column("i1", "state code", 0, 7, "labour-market state (0: free row)")
    office = Column("i2", "row of Office", 0, None, "NAV office")
    supervisor = Column("i4", "row of Supervisor", -1, None, "who follows the person up (-1: nobody)", empty=-1)

    age = Column("f4", "years", 16, 72, "age")
    reduced = Column("i1", "yes/no", 0, 1, "has reduced work capacity (nedsatt arbeidsevne)")
    skill = Column("f4", "0-1", 0, 1, "vocational skill")
    language = Column("f4", "0-1", 0, 1, "command of Norwegian")
    health = Column("f4", "0-1", 0, 1, "health that bears on work")
    care = Column("f4", "0-1", 0, 1, "care burden: share of the week that life's appointments take")
    worries = Column("f4", "0-1", 0, 1, "finances, housing, anxiety")
    know_how = Column("f4", "0-1", 0, 1, "search know-how, as distinct from qualification (J13)")
    network = Column("f4", "0-1", 0, 1, "network that hears of jobs")
    drive = Column("f4", "0-1", 0, 1, "motivation to which the person returns when left alone")
    capacity = Column("f4", "share of full time", 0, 1, "hours the person can work")
    illness = Column("f4", "0-1", 0, 1, "health lost in shocks that may come back (J5)")
    capacity_before = Column(
        "f4", "share of full time", 0, 1, "capacity before a health shock brought an assessment (0: none did; J5)"
    )
    wish = Column("i1", "sector", 0, 5, "stated wish; some are borrowed from friends (J7)")
    calling = Column("i1", "sector", 0, 5, "the sector that truly suits the person (J7)")
    mental_gap = Column("i1", "yes/no", 0, 1, "the gap in the CV is known to be for mental health (J6)")

    motivation = Column("f4", "0-1", 0, 1, "motivation (J1)")
    efficacy = Column("f4", "0-1", 0, 1, "self-efficacy (mestringstro)")
    trust = Column("f4", "0-1", 0, 1, "trust in the system (J2)")
    motivation_before = Column("f4", "0-1", 0, 1, "motivation a week ago, of participants of courses")
    trust_before = Column("f4", "0-1", 0, 1, "the same of trust")
    wellbeing = Column("f4", "0-1", 0, 1, "wellbeing and functioning (J10)")
    mapped = Column("f4", "0-1", 0, 1, "how well NAV knows the person (V3)")
    rejections = Column("i2", "applications", 0, None, "applications that failed this week")

    benefit = Column("i1", "benefit code", 0, 5, "benefit received")
    benefit_weeks = Column("i2", "weeks", 0, None, "weeks on the present benefit")
    prior_wage = Column("f4", "NOK a year", 0, None, "earlier full-time wage, the base of benefits")
    sanction_weeks = Column("i1", "weeks", 0, 26, "weeks of a benefit cut left")
    weeks_registered = Column("i2", "weeks", 0, None, "length of the present spell on the register")
    weeks_jobless = Column("i2", "weeks", 0, None, "weeks since the last job: the gap in the CV (J6)")
    weeks_left = Column("i2", "weeks", 0, None, "weeks since leaving the register")

    credit = Column("f4", "minutes", None, None, "supervisor time the person is due by the time rule (V13)")
    met_minutes = Column("f4", "minutes", 0, None, "minutes with the supervisor this week")
    gives_up = Column("i1", "yes/no", 0, 1, "gave up the claim in a meeting: leaves the register this week (V9)")
    weeks_unseen = Column("i2", "weeks", 0, None, "weeks since the last meeting or decision")
    help_minutes = Column("f4", "minutes", 0, None, "help with life and health agreed on, not given yet (V5)")
    made_ready = Column(
        "i1", "yes/no", 0, 1, "to go to a job specialist once ready: motivation is worked up first (V7)"
    )
    measure = Column("i1", "measure code", 0, 10, "measure the person is on")
    measure_weeks = Column("i2", "weeks", 0, None, "weeks of the measure left (courses end with the course)")
    course = Column("i4", "row of Course", -1, None, "course attended (-1: none)", empty=-1)
    queue = Column("i1", "measure code", 0, 10, "measure waited for")
    queue_weeks = Column("i2", "weeks", 0, None, "weeks in that queue")
    measures_taken = Column("i2", "measures", 0, None, "measures started in this spell (chaining from 2)")
    last_measure = Column("i1", "measure code", 0, 10, "measure last taken")
    last_provider = Column("i4", "row of Provider", -1, None, "who delivered it (-1: nobody)", empty=-1)
    weeks_since_measure = Column("i2", "weeks", 0, None, "weeks since it ended")
    subsidy_offer = Column("i1", "yes/no", 0, 1, "carries an offer of wage subsidy to employers")

    kvp_weeks = Column("i2", "weeks", 0, None, "weeks in the present Qualification Programme (0: in none)")
    kvp_programmes = Column("i1", "programmes", 0, 100, "Qualification Programmes begun (K2: re-entry)")
    kvp_activity = Column("i1", "activity code", 0, 7, "what the weeks in the programme are spent on")
    kvp_activity_weeks = Column("i2", "weeks", 0, None, "weeks of that activity left")
    kvp_host = Column("i4", "row of Employer", -1, None, "host of the practice (-1: none)", empty=-1)
    kvp_mentor = Column("i1", "code", 0, 2, "mentor at the host who is paid a grant: 1 merely social, 2 systematic")
    kvp_absent = Column("i1", "yes/no", 0, 1, "stayed away without a valid reason this week")
    kvp_before = Column("i1", "benefit code", 0, 5, "benefit before the programme, to which its end leads back")
    kvp_ready = Column("f4", "0-1", 0, 1, "readiness for work when the programme began")
    kvp_wellbeing = Column("f4", "0-1", 0, 1, "wellbeing when the programme began")
    kvp_exit = Column("i1", "exit code", 0, 7, "how the last programme, or application, ended (0: none has)")
    kvp_since = Column("i2", "weeks", 0, None, "weeks since it ended")

    specialist = Column("i4", "row of Specialist", -1, None, "job specialist who serves the person", empty=-1)
    step = Column("i1", "SE step", 0, 6, "step of Supported Employment")
    step_minutes = Column("f4", "minutes", 0, None, "specialist minutes received in this step")
    service_weeks = Column("i2", "weeks", 0, None, "weeks in Supported Employment")
    se_mapped = Column("f4", "0-1", 0, 1, "how well the specialist knows the person")
    support = Column("f4", "0-1", 0, 1, "share of the needed follow-up that was given this week")
    handed_over = Column("i1", "yes/no", 0, 1, "lost the specialist and waits for another")

    to_be_offered = Column("i1", "yes/no", 0, 1, "the supervisor looks for a vacancy for the person this week (V9)")
    shown = Column("i4", "row of Position", -1, None, "vacancy the supervisor pointed out this week", empty=-1)
    offer = Column("i4", "row of Position", -1, None, "position offered this week (-1: none)", empty=-1)
    signed = Column("i4", "row of Position", -1, None, "job lined up that has not begun (-1: none; J9)", empty=-1)
    starts_in = Column("i2", "weeks", 0, None, "weeks until it begins")
    reference = Column("f4", "0-1", 0, 1, "reference from practice: how well it went there (E6)")
    offer_value = Column("f4", "0-1", None, None, "how attractive that offer is to the person")
    employer = Column("i4", "row of Employer", -1, None, "workplace (-1: none)", empty=-1)
    match = Column("f4", "0-1", 0, 1, "match quality of the job (true, not perceived)")
    hours = Column("f4", "share of full time", 0, 1, "hours of the job")
    wage = Column("f4", "NOK a year", 0, None, "full-time wage of the job")
    tenure = Column("i2", "weeks", 0, None, "weeks in the job")
    permanent = Column("i1", "yes/no", 0, 1, "permanent contract")
    subsidy_weeks = Column("i2", "weeks", 0, None, "weeks of wage subsidy left")
    subsidy_rate = Column("f4", "share", 0, 1, "share of the wage that the subsidy pays, while there is one")
    subsidy_step = Column("i2", "weeks", 0, None, "weeks of subsidy left at which the rate is set anew")
    mentor = Column("i1", "code", 0, 2, "mentor at work who is paid a grant: 1 merely social, 2 systematic (E5)")
    mentor_weeks = Column("i2", "weeks", 0, None, "weeks of that grant left: the mentor's time ends with it (E5)")
    trouble = Column("i2", "weeks", 0, None, "weeks left in which a job that a mentor warned of may be saved (E5)")
    settled = Column("i1", "yes/no", 0, 1, "in an ordinary job past half a year: asked every fourth week if it goes on")
    brokered = Column("i1", "code", 0, 2, "who brokered the job: 0 nobody, 1 a job specialist, 2 the KVP team")
    broker = Column("i4", "row of Specialist", -1, None, "the specialist who brokered it", empty=-1)
    trade = Column("i4", "row of Instructor", -1, None, "the same person as a course instructor (T6, T7)", empty=-1)
    dropped_in = Column("i1", "yes/no", 0, 1, "came to the drop-in workshop this week (T14)")

    member = Column("i4", "cohort row", -1, None, "row among those whose outcomes are measured", empty=-1)
    cost = Column("f8", "NOK", None, None, "public money spent on the person this week, less taxes paid")
    service_cost = Column("f8", "NOK", None, None, "of which services: measures, staff, subsidies")

    @property
    def state_name(self) -> str:
        """Labour-market state in words."""
        return STATE_NAMES[int(self.state)]
