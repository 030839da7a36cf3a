"""Rows E2, E3, E6: vacancies, hiring, the ladder from practice to job."""

from __future__ import annotations

from sim.evaluation.ablation import Mechanism

ROWS: tuple[Mechanism, ...] = ()
