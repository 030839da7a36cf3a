"""The table of mechanisms: what each row does, where, by which parameters, and its measured effect."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sim.evaluation.ablation import CONFIDENCE, WEEKS, Effect, Mechanism
from sim.evaluation.mechanisms import DECLARED_ANEW
from sim.parameters import CONFIGS, Parameter, read_section

FAMILIES = {
    "J": "Jobseekers",
    "V": "Supervisors",
    "T": "Tenders, providers, courses",
    "S": "Supported Employment",
    "E": "Employers and jobs",
    "K": "The Qualification Programme and money",
}


def markdown(mechanisms: Sequence[Mechanism], found: Iterable[Effect], command: str) -> str:
    """The document: a table per family, a line per declared outcome."""
    effects = list(found)
    pairs = min((effect.pairs for effect in effects), default=0)
    lines = [
        "# The mechanisms, and what each does when it is switched",
        "",
        f"Made by `{command}`. Differences are switched minus baseline, {WEEKS} weeks after the policy date (weekly",
        f"series: mean over those weeks), {pairs} pairs, in brackets the {CONFIDENCE:.0%} interval. The switch and",
        "the sign were declared beforehand in `sim/evaluation/mechanisms/`, but for the rows under *Declared anew*.",
        "✓ the declared sign, interval off zero; ✗ wide: the declared sign, but zero within; ✗ sign: the other.",
        "`world.*` is switched from the first week of the burn-in, `policy.*` at the policy date.",
        "",
        summary(mechanisms, effects),
    ]
    for letter, title in FAMILIES.items():
        rows = [mechanism for mechanism in mechanisms if mechanism.row.startswith(letter)]
        if rows:
            lines += ["", f"## {title}", "", *_table(rows, effects)]
    anew = {mechanism.row: DECLARED_ANEW[mechanism.row] for mechanism in mechanisms if mechanism.row in DECLARED_ANEW}
    if anew:
        lines += [
            *("", "## Declared anew", ""),
            "Contrasts that were changed after a first measurement had been seen: they are no blind confirmations.",
            *("", "| row | what changed |", "| --- | --- |"),
            *(f"| {row} | {what} |" for row, what in anew.items()),
        ]
    return "\n".join(lines) + "\n"


def summary(mechanisms: Sequence[Mechanism], found: Iterable[Effect]) -> str:
    """How many rows are built, and which are not."""
    effects = list(found)
    failing = {effect.row for effect in effects if not effect.holds}
    wrong = {effect.row for effect in effects if verdict(effect) == "✗ sign"}
    measured = [mechanism.row for mechanism in mechanisms if mechanism.contrasts]
    built = [row for row in measured if row not in failing]
    tested = [mechanism.row for mechanism in mechanisms if not mechanism.contrasts]
    text = f"{len(built)} of {len(measured)} measured rows are built by this rule"
    if tested:
        text += f"; {', '.join(tested)}: accounting or definition, tested as such"
    missing = [row for row in measured if row in failing]
    if not missing:
        return f"{text}."
    wide = [row for row in missing if row not in wrong]
    kinds = {
        "the declared signs, but an interval that holds zero": wide,
        "the other sign": sorted(wrong, key=measured.index),
    }
    told = "; ".join(f"{what}: {', '.join(rows)}" for what, rows in kinds.items() if rows)
    return f"{text}. Not built: {told}."


def verdict(effect: Effect) -> str:
    """Whether an effect is the one declared: its sign, and whether the interval lies off zero."""
    if effect.holds:
        return "✓"
    return "✗ wide" if effect.difference * effect.expect.sign > 0 else "✗ sign"


def _table(rows: Sequence[Mechanism], effects: Sequence[Effect]) -> list[str]:
    lines = ["| row | what happens | where | switch | outcome | switched − baseline | |", "| --- " * 7 + "|"]
    for mechanism in rows:
        where = "<br>".join(f"`{name}`" for name in mechanism.where)
        head = f"| {mechanism.row} | {mechanism.happens} | {where} |"
        if not mechanism.contrasts:
            lines.append(f"{head} none: accounting or definition | | `{mechanism.tested_by}` | |")
        for n, contrast in enumerate(mechanism.contrasts):
            switch = f"**{contrast.turns}**: {contrast.what}<br>{_settings(contrast.change)}"
            if contrast.both:
                switch += f"<br>both arms: {_settings(contrast.both)}"
            for effect in effects:
                if (effect.row, effect.contrast) != (mechanism.row, n):
                    continue
                lines.append(f"{head} {switch} | {_outcome(effect)} | {_numbers(effect)} | {verdict(effect)} |")
                head, switch = "| | | |", ""
    return lines


def _settings(change: object) -> str:
    """Each setting with its value in the arm, its value at home and its status."""
    shown = []
    for name, value in dict(change).items():  # type: ignore[call-overload]
        parameter = _parameter(name)
        home = f" (from {_value(parameter.value)}, {parameter.status})" if parameter else ""
        shown.append(f"`{name}={_value(value)}`{home}")
    return "<br>".join(shown)


def _value(value: object) -> str:
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_value, value))}]"
    return f"{value:g}" if isinstance(value, int | float) and not isinstance(value, bool) else str(value).lower()


def _parameter(name: str) -> Parameter | None:
    root, _, rest = name.partition(".")
    if root != "world":
        return None
    section, _, key = rest.partition(".")
    return read_section(CONFIGS / "world" / f"{section}.yaml").get(key)


def _outcome(effect: Effect) -> str:
    sign = "+" if effect.expect.sign > 0 else "−"
    group = "" if effect.expect.group == "all" else f", {effect.expect.group}"
    return f"`{effect.expect.metric}`{group} ({effect.unit}), expected {sign}"


def _numbers(effect: Effect) -> str:
    return f"{effect.difference:+.4g} [{effect.low:+.4g}, {effect.high:+.4g}] of {effect.baseline:.4g}"
