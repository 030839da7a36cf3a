"""Rows T1 to T20: tenders, providers, courses, instructors."""

from __future__ import annotations

from sim.evaluation.ablation import Mechanism

ROWS: tuple[Mechanism, ...] = ()
