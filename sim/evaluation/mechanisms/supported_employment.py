"""Rows S1 to S12: job specialists."""

from __future__ import annotations

from sim.evaluation.ablation import Mechanism

ROWS: tuple[Mechanism, ...] = ()
