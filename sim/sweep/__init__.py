"""Running many points and replications, on one core or on a cluster, so that nothing finished is ever lost.

One run is one task. Runs that share a burn-in form a group: the group's first run makes the burn-in and leaves a
snapshot, the others start from it. Whatever happens (a run that fails, a worker that is killed, Ctrl-C, the power),
what was finished is on disk, and the same command goes on from there.

    run.py      the sweep itself: what is missing, who computes it, what came of it
    plan.py     which task comes next
    task.py     one run, computed and stored
    crews.py    who computes: this process, or the workers of a Dask scheduler (here, on a cluster, under Slurm)
    estimate.py how long it will take, and how much disk
    presence.py who else is at work in a results folder
"""

from sim.sweep.plan import Group, Plan, Task
from sim.sweep.run import Failure, SweepReport, run_all

__all__ = ["Failure", "Group", "Plan", "SweepReport", "Task", "run_all"]
