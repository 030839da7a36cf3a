"""The schema of ``configs/world/``: one class a section, one field a parameter.

Values, units, ranges, status and sources live in the YAML files and nowhere else; this file only says which
parameters exist, so that a compiled process knows what it gets. A list of numbers is an array.
"""

from __future__ import annotations

from typing import NamedTuple

from sim.world.market import Employment, Hiring, Institutions, Money, Sectors, Vacancies
from sim.world.measures import Assessment, Courses, Education, Providers, Tendering, Workshop, WorkTraining
from sim.world.people import Exits, Feelings, Inflow, People, Search
from sim.world.services import (
    Brokering,
    Caseloads,
    Contact,
    Delivery,
    Gaze,
    Kvp,
    Referral,
    Specialists,
    SupportedEmployment,
)

__all__ = [
    "Assessment",
    "Brokering",
    "Caseloads",
    "Contact",
    "Courses",
    "Delivery",
    "Education",
    "Employment",
    "Exits",
    "Feelings",
    "Gaze",
    "Hiring",
    "Inflow",
    "Institutions",
    "Kvp",
    "Money",
    "People",
    "Providers",
    "Referral",
    "Search",
    "Sectors",
    "Specialists",
    "SupportedEmployment",
    "Tendering",
    "Vacancies",
    "WorkTraining",
    "Workshop",
    "World",
]


class World(NamedTuple):
    """All parameters of the simulated world, by section."""

    inflow: Inflow
    people: People
    caseloads: Caseloads
    contact: Contact
    gaze: Gaze
    referral: Referral
    assessment: Assessment
    tendering: Tendering
    courses: Courses
    work_training: WorkTraining
    education: Education
    providers: Providers
    workshop: Workshop
    delivery: Delivery
    supported_employment: SupportedEmployment
    specialists: Specialists
    brokering: Brokering
    vacancies: Vacancies
    sectors: Sectors
    search: Search
    hiring: Hiring
    employment: Employment
    feelings: Feelings
    exits: Exits
    kvp: Kvp
    money: Money
    institutions: Institutions
