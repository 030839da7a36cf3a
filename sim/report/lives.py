"""Lives: what happened to one person, specialist, provider or employer, week by week, by whom, and why.

The run is the compiled one. Each week it is looked at what changed for the one watched; the weeks in which something
happened are run once more by the `Tracer`, which finds the rules behind it and their numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np

from sim.agents import Employer, Jobseeker, Provider, Specialist
from sim.agents.course import LOT_NAMES
from sim.agents.employer import SECTORS
from sim.agents.jobseeker import (
    BENEFIT_NAMES,
    MEASURE_NAMES,
    ON_MEASURE,
    STATE_NAMES,
    STEP_NAMES,
    is_registered,
    is_working,
)
from sim.columns import Row
from sim.model import ActivationMarket
from sim.report.tracing import Asked, Event, Tracer, Wrote
from sim.settings import Settings

MOST_TRACED = 60  # weeks of one life that are told with their rules (a traced week takes about a second)
NONE_YET = -1e8  # the loops begin a search for the best from a number as low as this
NO_END = 5_200  # weeks: contracts that run for longer have no end
SAME_RULE = 3  # times that one rule is shown in a week

# Arguments of rules that are codes.
CODES: dict[str, tuple[str, ...]] = {
    "state": STATE_NAMES,
    "measure": MEASURE_NAMES,
    "last_measure": MEASURE_NAMES,
    "benefit": BENEFIT_NAMES,
    "step": STEP_NAMES,
    "sector": SECTORS,
}

# Rules that are asked every week, whatever happens: shown only with everything.
EVERY_WEEK = {"time_weight", "step_demand", "form_of", "idle_decay", "wellbeing_target", "weekly_benefit"}


class Told(NamedTuple):
    """A kind of life: what is watched of the agent, who it is, and what a change of each watched thing means."""

    kind: type[Row]
    portrait: Callable[[ActivationMarket, int], list[str]]
    watch: Callable[[ActivationMarket, int], dict[str, Any]]
    words: dict[str, Callable[[ActivationMarket, Any, Any], str]]
    drifts: tuple[str, ...]  # columns whose slow change is told between events
    silent: frozenset[str] = frozenset()  # processes that ask about this kind all the time: shown with everything


def _number(value: Any) -> str:
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    if isinstance(value, int | np.integer):
        return str(value)
    if isinstance(value, float | np.floating):
        if value <= NONE_YET:
            return "none"
        size = abs(float(value))
        return f"{value:,.0f}" if size >= 10_000 else f"{value:.3g}"
    if isinstance(value, tuple | list):
        return "(" + ", ".join(map(_number, value)) + ")"
    return str(value)


def _ids(model: ActivationMarket, name: str, rows: Any) -> str:
    return f"{name} {model.tables[_KIND[name]]['id'][rows]}"


_KIND: dict[str, type[Row]] = {"employer": Employer, "provider": Provider, "specialist": Specialist}


# A person


def _person_portrait(model: ActivationMarket, row: int) -> list[str]:
    p = {name: model.jobseekers[name][row] for name in Jobseeker.columns() if Jobseeker.columns()[name].width == 1}
    return [
        f"{p['age']:.0f} years; {'reduced work capacity' if p['reduced'] else 'no reduced work capacity'}; "
        f"on the register for {p['weeks_registered']} weeks; now {STATE_NAMES[p['state']]}; "
        + ("gap in the CV before this job: " if is_working(p["state"]) else "without a job for ")
        + f"{p['weeks_jobless']} weeks; benefit: {BENEFIT_NAMES[p['benefit']]}",
        _served(model, p),
        f"wishes to work in {SECTORS[p['wish']]}; what suits is {SECTORS[p['calling']]}; "
        f"can work {p['capacity']:.0%} of full time",
        "on 0-1: "
        + ", ".join(
            f"{n.replace('_', '-')} {p[n]:.2f}"
            for n in ("skill", "language", "health", "care", "worries", "know_how", "motivation", "efficacy", "trust")
        )
        + f"; NAV knows the person to {p['mapped']:.2f}",
    ]


def _served(model: ActivationMarket, p: dict[str, Any]) -> str:
    """Who works with the person, and where in a service or a queue the person stands."""
    parts = ["no supervisor" if p["supervisor"] < 0 else _supervisor(model, p["supervisor"])]
    if p["measure"]:
        parts.append(f"on: {MEASURE_NAMES[p['measure']]}, {p['measure_weeks']} weeks to go")
    if p["queue"]:
        parts.append(f"for {p['queue_weeks']} weeks in the queue for {MEASURE_NAMES[p['queue']]}")
    if p["step"]:
        whose = _ids(model, "specialist", p["specialist"]) if p["specialist"] >= 0 else "no specialist at present"
        parts.append(f"Supported Employment, step: {STEP_NAMES[p['step']]}, {whose}")
    return "; ".join(parts)


def _person_watch(model: ActivationMarket, row: int) -> dict[str, Any]:
    t = model.jobseekers
    names = ("state", "measure", "queue", "benefit", "supervisor", "specialist", "step", "employer", "subsidy_offer")
    seen = {name: int(t[name][row]) for name in names}
    seen |= {name: int(t[name][row]) for name in ("permanent", "mentor", "wish", "handed_over")}
    seen["sanctioned"] = bool(t["sanction_weeks"][row])
    seen["signed"] = bool(t["signed"][row] >= 0)
    return seen


def _job_words(model: ActivationMarket, before: int, after: int) -> str:
    if after < 0:
        return "leaves the workplace"
    sector = SECTORS[model.employers["sector"][after]]
    return f"is at {_ids(model, 'employer', after)} ({sector}, {model.employers['size'][after]:.0f} employees)"


def _named(names: tuple[str, ...], none: str, prefix: str) -> Callable[[ActivationMarket, Any, Any], str]:
    return lambda model, before, after: f"{prefix}{names[after]}" if after else none.format(names[before])


PERSON = Told(
    Jobseeker,
    _person_portrait,
    _person_watch,
    {
        "state": lambda m, a, b: f"{STATE_NAMES[a]} → {STATE_NAMES[b]}",
        "measure": _named(MEASURE_NAMES, "ends: {}", "begins: "),
        "queue": _named(MEASURE_NAMES, "no longer waits for {}", "is put in the queue for "),
        "benefit": lambda m, a, b: f"benefit: {BENEFIT_NAMES[a]} → {BENEFIT_NAMES[b]}",
        "supervisor": lambda m, a, b: "has no supervisor" if b < 0 else f"gets {_supervisor(m, b)}",
        "specialist": lambda m, a, b: _lost(m, a) if b < 0 else f"gets {_ids(m, 'specialist', b)}",
        "step": _named(STEP_NAMES, "leaves Supported Employment after: {}", "Supported Employment, step: "),
        "employer": _job_words,
        "subsidy_offer": lambda m, a, b: "carries an offer of wage subsidy" if b else "the offer of subsidy is used",
        "permanent": lambda m, a, b: "gets a permanent contract" if b else "no permanent contract any more",
        "mentor": lambda m, a, b: "gets a mentor" if b else "has no mentor any more",
        "wish": lambda m, a, b: f"now wishes to work in {SECTORS[b]}, no longer in {SECTORS[a]}",
        "handed_over": lambda m, a, b: "waits for another specialist" if b else "has another specialist",
        "signed": lambda m, a, b: "signs for a job that begins later" if b else "the job signed for begins, or is off",
        "sanctioned": lambda m, a, b: "the benefit is cut (sanction)" if b else "the sanction is over",
    },
    ("motivation", "efficacy", "trust", "health", "worries", "know_how", "skill", "mapped", "wellbeing"),
)


def _supervisor(model: ActivationMarket, row: int) -> str:
    t = model.supervisors
    return (
        f"supervisor {t['id'][row]} ({t['caseload'][row]} clients, {t['experience'][row]:.0f} weeks in the job, "
        f"gaze {t['gaze'][row]:.2f})"
    )


def _lost(model: ActivationMarket, row: int) -> str:
    t = model.specialists
    left = not t["state"][row] or t["experience"][row] <= 1  # a newcomer has the row already
    return "loses the specialist, who has left the post" if left else "is no longer served by the specialist"


# A specialist


def _specialist_portrait(model: ActivationMarket, row: int) -> list[str]:
    t = model.specialists
    contract = t["contract"][row]
    return [
        f"employed by {_ids(model, 'provider', t['provider'][row])} for {LOT_NAMES[model.contracts['lot'][contract]]}, "
        f"{model.contracts['wage'][contract]:,.0f} NOK a year; {t['experience'][row]:.0f} weeks in the job",
        f"skill {t['skill'][row]:.2f}, stress {t['stress'][row]:.2f}, {t['caseload'][row]} clients, "
        f"{(t['contact'][row] >= 0).sum()} employers known",
    ]


def _clients(model: ActivationMarket, row: int, working: bool) -> tuple[int, ...]:
    t = model.jobseekers
    mine = (t["specialist"] == row) & (t["state"] > 0)
    at_work = np.array([is_working(state) for state in range(len(STATE_NAMES))])[t["state"]]
    return tuple(sorted(int(i) for i in t["id"][mine & (at_work == working)]))


def _specialist_watch(model: ActivationMarket, row: int) -> dict[str, Any]:
    t = model.specialists
    return {
        "provider": int(t["provider"][row]),
        "searching": _clients(model, row, False),
        "at work": _clients(model, row, True),
        "placements": int(t["placements"][row]),
    }


def _people_words(what: str) -> Callable[[ActivationMarket, Any, Any], str]:
    def words(model: ActivationMarket, before: tuple[int, ...], after: tuple[int, ...]) -> str:
        new, gone = sorted(set(after) - set(before)), sorted(set(before) - set(after))
        parts = [f"new among the {what}: {', '.join(map(str, new))}"] if new else []
        parts += [f"no longer among the {what}: {', '.join(map(str, gone))}"] if gone else []
        return "; ".join(parts)

    return words


SPECIALIST = Told(
    Specialist,
    _specialist_portrait,
    _specialist_watch,
    {
        "provider": lambda m, a, b: f"now employed by {_ids(m, 'provider', b)}",
        "searching": _people_words("clients without a job"),
        "at work": _people_words("clients at work"),
        "placements": lambda m, a, b: f"placement number {b}",
    },
    ("stress", "skill", "load", "failed", "experience"),
)


# A provider


def _provider_portrait(model: ActivationMarket, row: int) -> list[str]:
    t = model.providers
    kind = ("unit without a tender", "tendered company", "pre-approved enterprise")[t["kind"][row]]
    held = ", ".join(_lots(model, "provider", row)) or "nothing"
    return [f"{kind}; cash {t['cash'][row]:,.0f} NOK; past result {t['result'][row]:.2f}; delivers {held}"]


def _lots(model: ActivationMarket, column: str, row: int) -> tuple[str, ...]:
    t = model.contracts
    return tuple(LOT_NAMES[t["lot"][c]] for c in t.used() if t[column][c] == row)


def _provider_watch(model: ActivationMarket, row: int) -> dict[str, Any]:
    return {
        "delivers": _lots(model, "provider", row),
        "won": _lots(model, "next_provider", row),
        "in the red": bool(model.providers["cash"][row] < 0),
    }


PROVIDER = Told(
    Provider,
    _provider_portrait,
    _provider_watch,
    {
        "delivers": lambda m, a, b: f"delivers {', '.join(b) or 'nothing'} (before: {', '.join(a) or 'nothing'})",
        "won": lambda m, a, b: f"has won {', '.join(b)}" if b else "the contract it had won begins",
        "in the red": lambda m, a, b: "is in the red" if b else "is in the black again",
    },
    ("cash", "result"),
)


# An employer


def _employer_portrait(model: ActivationMarket, row: int) -> list[str]:
    t = model.employers
    return [
        f"{SECTORS[t['sector'][row]]}, {t['size'][row]:.0f} employees, {t['n_positions'][row]} positions",
        f"openness {t['openness'][row]:.2f}, expects {t['belief'][row]:.0%} of NAV's candidates to work out "
        f"(weight of that experience: {t['evidence'][row]:.1f} hires)",
    ]


def _employer_watch(model: ActivationMarket, row: int) -> dict[str, Any]:
    t = model.jobseekers
    here = (t["employer"] == row) & (t["state"] > 0)
    from_nav = here & ((t["brokered"] > 0) | (t["subsidy_weeks"] > 0) | (t["state"] == ON_MEASURE))
    return {
        "people": tuple(sorted(int(i) for i in t["id"][from_nav])),
        "evidence": round(float(model.employers["evidence"][row]), 3),
    }


EMPLOYER = Told(
    Employer,
    _employer_portrait,
    _employer_watch,
    {
        "people": _people_words("people whom NAV brought"),
        "evidence": lambda m, a, b: "an experience with somebody NAV brought",
    },
    ("openness", "belief", "inclusion"),
    frozenset({"apply_for_jobs", "feel", "run_benefits"}),
)

KINDS: dict[str, Told] = {"jobseeker": PERSON, "specialist": SPECIALIST, "provider": PROVIDER, "employer": EMPLOYER}


def most_eventful(settings: Settings, replication: int, told: Told, weeks: int) -> int:
    """The id of the agent there at the policy date to whom most happens in ``weeks`` weeks (ties: the lower id)."""
    model = _at_policy_date(settings, replication)
    table = model.tables[told.kind]
    here = {int(table["id"][row]): int(row) for row in table.used()}
    if told is PERSON:
        here = {i: row for i, row in here.items() if is_registered(table["state"][row])}
    changes = dict.fromkeys(here, 0)
    seen = {i: told.watch(model, row) for i, row in here.items()}
    for _ in range(weeks):
        model.step()
        rows = {int(table["id"][row]): int(row) for row in table.used()}
        for i in here:
            if i in rows:
                now = told.watch(model, rows[i])
                changes[i] += sum(now[name] != seen[i][name] for name in now)
                seen[i] = now
    return max(sorted(changes), key=lambda i: changes[i])


def _at_policy_date(settings: Settings, replication: int) -> ActivationMarket:
    model = ActivationMarket(settings, replication)
    while model.since_policy < 0:
        model.step()
    return model


def life(
    settings: Settings, replication: int, told: Told, identity: int, weeks: int, everything: bool = False
) -> Iterator[str]:
    """The life of one agent over ``weeks`` weeks from the policy date, a line at a time.

    ``everything`` shows every rule and every changed column of the weeks told, not only those behind the events.
    Raises LookupError when nobody has this id at the policy date.
    """
    model = _at_policy_date(settings, replication)
    twin = ActivationMarket(settings, replication)
    twin.clock = settings.horizon.burn_in_weeks
    twin.start_policy()
    tracer = Tracer(twin, told.kind)
    table = model.tables[told.kind]

    def row_now() -> int:
        rows = np.flatnonzero((table["id"] == identity) & (table["state"] != 0))
        return int(rows[0]) if rows.size else -1

    row = row_now()
    if row < 0:
        raise LookupError(f"no {told.kind.__name__} has the id {identity} at the policy date")
    yield f"{told.kind.__name__} {identity}: {weeks} weeks from the policy date ({settings.scenario})"
    yield from (f"    {line}" for line in told.portrait(model, row))
    seen, traced, quiet_since = told.watch(model, row), 0, 0
    asked: dict[str, str] = {}  # rules shown, and what each says
    drift = {name: float(table[name][row]) for name in told.drifts}
    for week in range(weeks):
        state = {name: array.copy() for name, array in model.state().items()}
        model.step()
        row = row_now()
        if row < 0:
            yield f"week {week:3d}  is no longer in the model"
            yield from _rule_lines(tracer.week(state, identity), everything, asked)
            break
        now = told.watch(model, row)
        changed = [name for name in now if now[name] != seen[name]]
        if not changed:
            continue
        yield from _drift(told, table, row, drift, quiet_since - 1, week)
        yield f"week {week:3d}  " + "\n          ".join(told.words[n](model, seen[n], now[n]) for n in changed)
        if traced < MOST_TRACED:
            concerned = {i for name in changed for i in _changed_ids(seen[name], now[name])}
            yield from _why(told, tracer.week(state, identity), set(changed), concerned, everything, asked)
            traced += 1
        seen, quiet_since = now, week + 1
        drift = {name: float(table[name][row]) for name in told.drifts}
    else:
        yield from _drift(told, table, row, drift, quiet_since - 1, weeks)
        yield f"after {weeks} weeks"
        yield from (f"    {line}" for line in told.portrait(model, row))
    if asked:
        yield "the rules named above"
        yield from (f"    {rule}: {meaning}" for rule, meaning in asked.items())


def _drift(told: Told, table: Any, row: int, before: dict[str, float], since: int, until: int) -> Iterator[str]:
    """What has crept since the last event, if it is two hundredths or more (or two per cent of a larger number)."""
    moved = []
    for name, old in before.items():
        new = float(table[name][row])
        if abs(new - old) >= 0.02 * max(1.0, abs(old)):
            moved.append(f"{name.replace('_', '-')} {_number(old)} → {_number(new)}")
    if moved and until > since:
        when = "the policy date" if since < 0 else f"the end of week {since}"
        yield f"          since {when}: {', '.join(moved)}"


def _changed_ids(before: Any, after: Any) -> set[int]:
    """Whose id has come or gone in what is watched (people by id)."""
    if not isinstance(before, tuple) or not all(isinstance(i, int) for i in (*before, *after)):
        return set()
    return set(before) ^ set(after)


def _why(
    told: Told, events: list[Event], changed: set[str], concerned: set[int], everything: bool, asked: dict[str, str]
) -> Iterator[str]:
    """The rules of the processes in which the events happened, and what they wrote.

    ``concerned``: ids of the people who came or went; where some did, rules about other people are left out.
    """
    columns = {"sanctioned": "sanction_weeks"}
    if concerned and not everything:
        events = [e for e in events if isinstance(e, Wrote) or e.about in concerned]
    wanted = {columns.get(name, name) for name in changed}
    processes = {e.process for e in events if isinstance(e, Wrote) and e.column in wanted}
    if "hire" in processes or "signed" in wanted:
        processes |= {"apply_for_jobs", "hire"}
    if not processes:  # kinds whose events stand in other tables: all that was asked about them
        processes = {e.process for e in events} - told.silent
    shown = [e for e in events if everything or e.process in processes]
    yield from _rule_lines(shown, everything, asked, name_people=told is not PERSON)


def _rule_lines(
    events: list[Event], everything: bool, asked: dict[str, str], name_people: bool = False
) -> Iterator[str]:
    process, times, about = "", dict[str, int](), -1
    for event in events:
        if isinstance(event, Wrote):
            if everything:
                yield f"            {event.column}: {_number(event.before)} → {_number(event.after)}"
            continue
        if event.rule in EVERY_WEEK and not everything:
            continue
        if event.process != process:
            process, times, about = event.process, {}, -1
            yield f"          {process}"
        if name_people and event.about not in (about, -1):
            about, times = event.about, {}
            yield f"           about person {about}"
        times[event.rule] = times.get(event.rule, 0) + 1
        if everything or times[event.rule] <= SAME_RULE:
            asked.setdefault(event.rule, event.meaning)
            yield from _rule(event)
        elif times[event.rule] == SAME_RULE + 1:
            yield f"            {event.rule}: asked again, for others or other options"


def _argument(name: str, value: Any) -> str:
    """A number that a rule was given; codes by their names."""
    if name in CODES and isinstance(value, int | np.integer) and 0 <= value < len(CODES[name]):
        return f"'{CODES[name][value]}'"
    return "without end" if name == "weeks_left" and value > NO_END else _number(value)


def _rule(event: Asked) -> Iterator[str]:
    plain = {n: v for n, v in event.arguments.items() if isinstance(v, int | float | np.number | bool | np.bool_)}
    given = ", ".join(f"{name} {_argument(name, value)}" for name, value in plain.items())
    yield f"            {event.rule} = {_number(event.answer)}  ({given})"
    numbers = {n: v for n, v in event.parameters.items() if isinstance(v, int | float)}
    if numbers:
        yield f"                with {', '.join(f'{name} {_number(value)}' for name, value in numbers.items())}"
