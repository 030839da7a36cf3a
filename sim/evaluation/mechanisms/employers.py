"""Rows E1 to E12: employers and jobs."""

from __future__ import annotations

from sim.evaluation.ablation import Mechanism

ROWS: tuple[Mechanism, ...] = ()
