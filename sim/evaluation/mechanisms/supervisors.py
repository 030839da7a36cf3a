"""Rows V1 to V15: what supervisors have time for, know and see."""

from __future__ import annotations

from sim.evaluation.ablation import Mechanism

ROWS: tuple[Mechanism, ...] = ()
