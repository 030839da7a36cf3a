"""Experiments: what is varied, how often it is repeated, what is measured, and what it is compared with.

files.py    an experiment as a file (``configs/experiment``), and the command line that changes it
design.py   from what varies to points: grids, Latin hypercubes, Sobol sequences
points.py   every point composed and checked, before the first one runs
conduct.py  running an experiment, once or until intervals are narrow enough, and remembering what was asked
"""

from sim.experiment.conduct import conduct
from sim.experiment.files import Experiment, extended, names, read, with_arguments
from sim.experiment.points import Point, compose

__all__ = ["Experiment", "Point", "compose", "conduct", "extended", "names", "read", "with_arguments"]
