"""Tables: columns within their bounds, rows used once, references that stay in their region."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.agents import Course, Instructor, Jobseeker, Specialist, Supervisor
from tests.invariants.watch import Watch, after, at, broken


@after("week")
def columns_stay_within_their_bounds(watch: Watch) -> Iterator[str]:
    for table in watch.model.tables.values():
        yield from table.out_of_bounds()


@after("week")
def ids_are_unique(watch: Watch) -> Iterator[str]:
    for kind, table in watch.model.tables.items():
        ids = table["id"][table.used()]
        if np.unique(ids).size < ids.size:
            yield f"{kind.__name__}: {ids.size} rows, {np.unique(ids).size} ids"


@after("week")
def rows_in_use_and_free_rows_are_all_rows(watch: Watch) -> Iterator[str]:
    for kind in (Jobseeker, Supervisor, Specialist, Course, Instructor):
        table = watch.model.tables[kind]
        rows = table.rows
        yield from broken(f"{kind.__name__}: more rows taken than there are", rows.fresh > table.stride)
        state = table["state"].reshape(table.regions, table.stride)
        used = np.count_nonzero(state, axis=1)
        yield from broken(f"{kind.__name__}: used and free rows do not add up", used != rows.fresh - rows.n_free)
        for region in range(table.regions):
            free = rows.free[region, : rows.n_free[region]]
            yield from broken(f"{kind.__name__}: rows used that are free", state[region, free] != 0)


@after("week")
def references_stay_in_their_region(watch: Watch) -> Iterator[str]:
    model = watch.model
    office, supervisor, specialist, course, employer = watch.used(
        "office", "supervisor", "specialist", "course", "employer"
    )
    region = model.offices["region"][office]
    yield from broken(
        "supervisor of another office",
        at(model.supervisors, "office", supervisor, -1)[supervisor >= 0] != office[supervisor >= 0],
    )
    provider = at(model.specialists, "provider", specialist, 0).astype(int)
    yield from broken(
        "specialist of another region", (specialist >= 0) & (model.providers["region"][provider] != region)
    )
    contract = at(model.courses, "contract", course, 0).astype(int)
    yield from broken("course of another region", (course >= 0) & (model.contracts["region"][contract] != region))
    yield from broken(
        "employer of another region", (employer >= 0) & (at(model.employers, "region", employer, -1) != region)
    )
