"""Rows K1 to K5: the Qualification Programme and the money."""

from __future__ import annotations

from sim.evaluation.ablation import Mechanism

ROWS: tuple[Mechanism, ...] = ()
