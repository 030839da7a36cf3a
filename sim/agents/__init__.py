"""The kinds of agent: each file declares one kind's columns (type, unit, bounds, meaning) and its Mesa face."""

from sim.agents.course import Contract, Course, Instructor, Provider
from sim.agents.employer import Employer, Position
from sim.agents.jobseeker import Jobseeker
from sim.agents.office import Office, Region, Supervisor
from sim.agents.specialist import Specialist

KINDS = (
    Jobseeker,
    Region,
    Office,
    Supervisor,
    Specialist,
    Provider,
    Contract,
    Course,
    Instructor,
    Employer,
    Position,
)

__all__ = [
    "KINDS",
    "Contract",
    "Course",
    "Employer",
    "Instructor",
    "Jobseeker",
    "Office",
    "Position",
    "Provider",
    "Region",
    "Specialist",
    "Supervisor",
]
