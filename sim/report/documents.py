"""The documents that are made from declarations: parameters, levers, outcomes and columns as Markdown.

Each fact keeps its one home (``configs/world``, ``sim/policy.py``, ``sim/outcomes``, ``sim/agents``); these are the
tables made of it. ``make docs`` writes them, and a test fails when one is out of date.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pyarrow as pa
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sim.agents import KINDS
from sim.agents.course import LOT_NAMES
from sim.agents.employer import SECTORS
from sim.agents.jobseeker import BENEFIT_NAMES, MEASURE_NAMES, STATE_NAMES, STEP_NAMES, Jobseeker
from sim.columns import Column
from sim.model import simulate
from sim.outcomes.metrics import GROUPS, HORIZONS, METRICS, SERVICE_METRICS
from sim.outcomes.weekly import SERIES
from sim.parameters import CONFIGS, STATUSES, Parameter, shown
from sim.policy import Policy, baseline, unit
from sim.report.words import COHORTS
from sim.settings import compose
from sim.store.tables import OUTCOMES, RUNS, WEEKLY, table_from
from sim.world import World

DOCS = CONFIGS.parent / "docs"

# What the columns of the stored tables mean. Columns of persons that are columns of Jobseeker are told there.
RUN_COLUMNS = {
    "run_key": "hash of configuration, seed, replication and model version: names the run",
    "scenario": "name of the scenario",
    "replication": "number of the replication, from 0; the same number is the same people in every scenario",
    "seed": "seed of the model",
    "population": "name of the population",
    "status": "ok or failed",
    "started": "when the run began",
    "wall_seconds": "how long it took",
    "error": "one line; empty when ok",
    "traceback": "where it failed; empty when ok",
    "setup_key": "shared by the runs that may be compared",
    "point_key": "shared by the replications of one configuration",
    "model_version": "hash of the model's sources",
    "versions": "JSON: Python and the packages that compute",
    "timings": "JSON: seconds by phase",
    "files": "JSON: the tables that belong to the run, and the SHA-256 of each file",
    "configuration": "JSON: all values that decide the result",
}
OUTCOME_COLUMNS = {
    "cohort": "whom it is about, see Cohorts",
    "metric": "what is measured, see Metrics",
    "group": "part of the cohort, see Groups",
    "horizon_weeks": "weeks since time zero",
    "value": "the value; empty where nobody qualifies",
    "unit": "its unit",
}
WEEKLY_COLUMNS = {
    "week": "0 is the first week of the policy; the year before it is negative",
    "series": "what is measured, see Weekly series",
    "value": "its value at the end of the week, or the sum over the week",
}
PERSON_COLUMNS = {
    "person": "permanent id, the same in every scenario",
    "cohort": "stock or entrants",
    "office": "number of the office, from 0",
    "reduced_capacity": "reduced work capacity at time zero",
    "age": "age at time zero, years",
    "benefit": "benefit at time zero",
    "weeks_registered": "weeks on the register at time zero",
    "motivation_at_zero": "motivation at time zero, 0-1",
    "horizon_weeks": "weeks since time zero; what follows is as of then",
    "state": "labour-market state",
    "gaze": "gaze of the person's supervisor, 0-1; -1 without one",
    "weeks_working": "weeks in a job since time zero",
    "contact": "minutes met by the supervisor since time zero",
    "queue_weeks": "weeks in queues since time zero",
    "cost": "benefits and services less taxes since time zero, NOK",
    "service_cost": "of which measures, staff and subsidies, NOK",
    "first_job": "week of the first job started after time zero; -1 for none",
    "retained_26": "1: has kept work for 26 weeks, as retained_26w_share counts",
    "retained_104": "1: the same for 104 weeks",
    "measures": "measures started since time zero",
    "se_entry": "week of entry to Supported Employment; 0 at time zero, none otherwise",
    "benefit_now": "code of the benefit received",
    "on_aap": "receives work assessment allowance",
    "own_wish": "the wish is for what suits",
    "suited": "works in the sector that suits",
}
TENDER_COLUMNS = {
    "week": "first week of the contract, counted from the policy date",
    "region": "labour-market region, from 0",
    "lot": "1 job-search courses, 2 vocational courses",
    "provider": "permanent id of the company",
    "price": "price, NOK per place-month",
    "premium": "price over the lowest bid, as a share",
    "quality_points": "quality points at the award, 0-1",
    "named_skill": "mean skill of the instructors named in the bid, 0-1",
    "promised": "instructors promised per course",
    "deployed": "instructors on a course, mean over its weeks",
    "named_share": "share of them who were named in the bid",
    "quality_delivered": "quality of the courses, mean over their weeks, 0-1",
}
SPELL_COLUMNS = {
    "person": "permanent id, the same in every scenario",
    "start_week": "first week, counted from the policy date",
    "end_week": "week after the last one",
    "ongoing": "the spell went on when the run ended",
    "state": "labour-market state",
    "measure": "measure",
    "se_step": "step of Supported Employment",
    "supervisor": "permanent id of the supervisor; -1 for none",
    "provider": "permanent id of the provider of the course or of the specialist; -1 for none",
    "specialist": "permanent id of the job specialist; -1 for none",
    "employer": "permanent id of the employer or of the host of work training; -1 for none",
}


def documents() -> dict[str, str]:
    """The generated documents by file name."""
    makers: dict[str, Callable[[], str]] = {
        "parameters.md": parameters,
        "levers.md": levers,
        "outcomes.md": outcomes,
        "data.md": data,
    }
    return {name: make() for name, make in makers.items()}


def out_of_date(folder: Path = DOCS) -> list[str]:
    """Names of the documents in ``folder`` that are missing or not as the declarations would make them."""
    return [name for name, text in documents().items() if _read(folder / name) != text]


def write(folder: Path = DOCS) -> list[Path]:
    """Writes every document; gives their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in documents().items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in documents()]


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def parameters() -> str:
    """All world parameters by section, with a count by status."""
    known = compose().parameters
    counts = Counter(item.status for item in known.values())
    lines = _head(
        "Parameters of the world",
        "`configs/world/`",
        "What is uncertain: how people, staff, employers and the labour market behave. Values stand in "
        "`configs/world/`, one file a section, and nowhere else. On the command line: `world.SECTION.NAME=VALUE`. "
        "Identifiers such as J2 name a mechanism, see [odd.md](odd.md); I70 or V44 name a fact, "
        "PD, KVP, JS, CR and GZ the five documents.",
    )
    meanings = {
        "document": "stands in one of the five Norwegian documents that the model starts from",
        "source": "read in the cited source",
        "derived": "follows by arithmetic or by setting a stock, from documents and sources",
        "assumed": "no source gives the size; the range says how far it may be off",
    }
    lines += [f"{len(known)} parameters.", ""]
    lines += _table(
        ("status", "parameters", "meaning"), [(status, counts[status], meanings[status]) for status in STATUSES]
    )
    for section, kind in get_type_hints(World).items():
        lines += [f"## {section}", "", _sentence(kind), ""]
        rows = [
            (f"`{name}`", _value(item), item.unit, _span(item.range), item.status, item.meaning, item.source)
            for name, item in ((name, known[f"{section}.{name}"]) for name in get_type_hints(kind))
        ]
        lines += _table(("name", "value", "unit", "range", "status", "meaning", "source"), rows)
    return _text(lines)


def levers() -> str:
    """Every lever by group, and the named scenarios."""
    chosen = baseline()
    lines = _head(
        "Levers of policy",
        "`sim/policy.py`",
        "What an agency can decide. `configs/policy/baseline.yaml` has the same values for changing. On the command "
        "line: `policy.GROUP.NAME=VALUE`. A lever takes its value at the policy date; the burn-in has the baseline.",
    )
    loose = []
    for group, field in Policy.model_fields.items():
        kind: Any = field.annotation
        if not (isinstance(kind, type) and issubclass(kind, BaseModel)):
            loose.append(
                (f"`{group}`", _setting(getattr(chosen, group)), "all, or a list", unit(field), field.description)
            )
            continue
        lines += [f"## {group}", "", _sentence(kind), ""]
        rows = [
            (f"`{name}`", _setting(getattr(getattr(chosen, group), name)), _allowed(one), unit(one), one.description)
            for name, one in kind.model_fields.items()
        ]
        lines += _table(("lever", "baseline", "allowed", "unit", "meaning"), rows)
    lines += ["## Where", "", *_table(("lever", "baseline", "allowed", "unit", "meaning"), loose)]
    lines += ["## Scenarios", "", "Named settings of levers, `scenario=NAME`; the files of `configs/scenario/`.", ""]
    scenarios = []
    for path in sorted((CONFIGS / "scenario").glob("*.yaml"), key=lambda path: _natural(path.stem)):
        comments = re.findall(r"^# (?!@)(.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
        scenarios.append((f"`{path.stem}`", comments[0] if comments else ""))
    lines += _table(("scenario", "what it is"), scenarios)
    return _text(lines)


def outcomes() -> str:
    """The stored tables, and what is in them."""
    persons, spells, tenders = _recorded()
    lines = _head(
        "Outcomes",
        "`sim/outcomes/` and `sim/store/`",
        "What a run leaves in its results folder, as Parquet files. `persons`, `spells` and `tenders` are stored on "
        "request only: `record.persons=true` and so on.",
    )
    declared = Jobseeker.columns()
    told = {name: f"{column.meaning}, {column.unit}" for name, column in declared.items()}
    lines += ["## Tables", ""]
    for name, schema, meanings, what in (
        ("runs", RUNS, RUN_COLUMNS, "A replication of a configuration."),
        ("outcomes", OUTCOMES, RUN_COLUMNS | OUTCOME_COLUMNS, "A measured value."),
        ("weekly", WEEKLY, RUN_COLUMNS | WEEKLY_COLUMNS, "A week of a series."),
        (
            "persons",
            persons,
            RUN_COLUMNS | told | PERSON_COLUMNS,
            "A member of a cohort at one horizon.",
        ),
        (
            "spells",
            spells,
            RUN_COLUMNS | SPELL_COLUMNS,
            "A stay of a person somewhere; a new one begins when anything changes.",
        ),
        (
            "tenders",
            tenders,
            RUN_COLUMNS | TENDER_COLUMNS,
            "A contract for tendered courses that has ended.",
        ),
    ):
        rows = [(f"`{field.name}`", _type(field.type), meanings[field.name]) for field in schema]
        lines += [f"### {name}", "", f"One row: {what[0].lower()}{what[1:]}", ""]
        lines += _table(("column", "type", "meaning"), rows)
    lines += [
        "## Cohorts",
        "",
        "The clock starts at time zero: the policy date for `stock`, the own week of entry for `entrants`. Only "
        "members with complete follow-up to a horizon count.",
        "",
        *_table(("cohort", "who"), [(f"`{name}`", words) for name, words in COHORTS.items()]),
        "## Horizons",
        "",
        f"{', '.join(map(str, HORIZONS))} weeks, as far as the run goes.",
        "",
        "## Groups",
        "",
        *_table(("group", "who"), [(f"`{name}`", words) for name, words in GROUPS.items()]),
        "## Metrics",
        "",
        "For every cohort, group and horizon. The metric `members` beside them is the number of people they are about.",
        "",
        *_table(
            ("metric", "unit", "definition"), [(f"`{name}`", one.unit, one.meaning) for name, one in METRICS.items()]
        ),
        "## Metrics of services",
        "",
        "From the policy date to the horizon, in the whole model; they stand under cohort `stock`, group `all`.",
        "",
        *_table(
            ("metric", "unit", "definition"),
            [(f"`{name}`", of_one, meaning) for name, (of_one, meaning) in SERVICE_METRICS.items()],
        ),
        "## Weekly series",
        "",
        "For the whole model. Stocks, means and levels are those at the end of the week.",
        "",
        *_table(
            ("series", "unit", "definition"),
            [(f"`{name}`", of_one, meaning) for name, (of_one, meaning) in SERIES.items()],
        ),
    ]
    return _text(lines)


def data() -> str:
    """The data dictionary: every column of every kind of agent, and the codes."""
    lines = _head(
        "Data dictionary",
        "`sim/agents/`",
        "The state of the simulated world: one table per kind of agent, one row per agent, declared in `sim/agents/`. "
        "In Mesa a column is an attribute of the agent: `person.trust`. Bounds hold every week. A column that holds a "
        "*row* points at an agent of another kind, -1 at none. Codes are explained at the end.",
    )
    for kind in KINDS:
        lines += [f"## {kind.__name__}", "", _sentence(kind), ""]
        rows = [
            (f"`{name}`", _width(column), column.unit, _bounds(column), column.meaning)
            for name, column in kind.columns().items()
        ]
        lines += _table(("column", "type", "unit", "bounds", "meaning"), rows)
    lines += ["## Codes", ""]
    for title, names in (
        ("state of a jobseeker", dict(enumerate(STATE_NAMES))),
        ("measure", dict(enumerate(MEASURE_NAMES))),
        ("benefit", dict(enumerate(BENEFIT_NAMES))),
        ("SE step", dict(enumerate(STEP_NAMES))),
        ("sector", dict(enumerate(SECTORS))),
        ("lot", LOT_NAMES),
    ):
        lines += [f"- **{title}**: " + ", ".join(f"{code} {name}" for code, name in names.items())]
    lines += ["", "Columns that hold several values have one per measure code, per contact or per place on a course."]
    return _text(lines)


def _recorded() -> list[pa.Schema]:
    """Columns of persons, spells and tenders: those that the model gives in a run as small and short as can be."""
    settings = compose(
        *("population=classroom", "population.registered=200", "horizon.burn_in_weeks=0"),
        *(f"horizon.weeks={HORIZONS[0]}", "record.persons=true", "record.spells=true"),
        *("record.tenders=true", "policy.tender.contract_weeks=26"),
    )
    tables = simulate(settings, 0)
    key = pa.field("run_key", pa.string())  # the store puts it in front
    recorded = [frame for frame in (tables.persons, tables.spells, tables.tenders) if frame is not None]
    return [table_from(frame, None).schema.insert(0, key) for frame in recorded]


def _head(title: str, home: str, text: str) -> list[str]:
    return [f"# {title}", "", f"Made from {home} by `make docs`; not for editing.", "", text, ""]


def _table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> list[str]:
    lines = [head, ["---"] * len(head), *rows]
    return ["| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in lines] + [""]


def _text(lines: Sequence[str]) -> str:
    return "\n".join(lines).rstrip() + "\n"


def _sentence(kind: type) -> str:
    """The first paragraph of a class's docstring on one line."""
    return " ".join((kind.__doc__ or "").partition("\n\n")[0].split())


def _value(item: Parameter) -> str:
    values = item.value if isinstance(item.value, tuple) else (item.value,)
    return ", ".join(f"{value:.10g}" for value in values)


def _setting(value: Any) -> str:
    """A lever's value as it stands in a configuration file."""
    return f"{value:g}" if isinstance(value, float) else shown(value)


def _span(bounds: tuple[float, float]) -> str:
    return f"{bounds[0]:.10g} to {bounds[1]:.10g}"


def _allowed(field: FieldInfo) -> str:
    """Bounds or choices of a lever."""
    if choices := get_args(field.annotation):
        return ", ".join(map(str, choices))
    if field.annotation is bool:
        return "true, false"
    low = next(item.ge for item in field.metadata if hasattr(item, "ge"))
    high = next(item.le for item in field.metadata if hasattr(item, "le"))
    return f"{low:g} to {high:g}"


def _type(kind: pa.DataType) -> str:
    """A type's name in Arrow; text is text whichever way it is stored."""
    return "string" if pa.types.is_large_string(kind) else str(kind)


def _width(column: Column) -> str:
    return f"{column.dtype.name} × {column.width}" if column.width > 1 else column.dtype.name


def _bounds(column: Column) -> str:
    low, high = column.low, column.high
    if low is None and high is None:
        return ""
    if high is None:
        return f"{low:g} or more"
    return f"{high:g} or less" if low is None else f"{low:g} to {high:g}"


def _natural(name: str) -> list[Any]:
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", name)]
