"""Tiltak: an agent-based laboratory for activation policy, the measures that help people into work."""

__version__ = "0.1.0"
