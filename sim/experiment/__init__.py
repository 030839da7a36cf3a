"""Experiments: what is varied, how often it is repeated, what is measured, and what it is compared with.

They are run and told by ``sim/report/experiment.py``.

files.py    an experiment as a file (``configs/experiment``), and the command line that changes it
design.py   from what varies to points: grids, Latin hypercubes, Sobol sequences
points.py   every point composed and checked, before the first one runs
"""

from sim.experiment.files import Experiment, extended, names, read, with_arguments
from sim.experiment.points import Point, compose

__all__ = ["Experiment", "Point", "compose", "extended", "names", "read", "with_arguments"]
