"""The rows of the domain, J1 to K5, each with what it does in the model and the contrast that shows it."""

from __future__ import annotations

from sim.evaluation.ablation import Mechanism
from sim.evaluation.mechanisms import employers, jobs, jobseekers, money, supervisors, supported_employment, tenders
from sim.evaluation.mechanisms.declared_anew import DECLARED_ANEW

__all__ = ["DECLARED_ANEW", "MECHANISMS"]

_FAMILIES = "JVTSEK"

MECHANISMS: tuple[Mechanism, ...] = tuple(
    sorted(
        (
            *jobseekers.ROWS,
            *supervisors.ROWS,
            *tenders.ROWS,
            *supported_employment.ROWS,
            *employers.ROWS,
            *jobs.ROWS,
            *money.ROWS,
        ),
        key=lambda mechanism: (_FAMILIES.index(mechanism.row[0]), int(mechanism.row[1:])),
    )
)
