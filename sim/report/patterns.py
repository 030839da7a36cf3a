"""The validation document: every pattern, what was compared, the band set beforehand, and what the model gave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sim.evaluation.pattern import BURN_IN, Claim, Pattern, Seen


def markdown(patterns: Sequence[Pattern], found: Mapping[str, Seen], command: str) -> str:
    """Two tables: the patterns with their verdicts, and every claim with its numbers."""
    holding = [pattern for pattern in patterns if not _open(pattern, found)]
    claims = [(name, claim) for pattern in patterns for name, claim in zip(pattern.names, pattern.claims, strict=True)]
    held = sum(found[name].holds(claim) for name, claim in claims)
    lines = [
        "# Validation: the patterns that the model must show",
        "",
        f"Made by `{command}`. The numbered patterns are those of the facts; each is one or more claims, with a band",
        "that was set before measuring. A direction holds when the whole 99 % interval lies on its side; a rough size",
        "holds when the mean lies in its band. Arms of a claim share people and luck; effects on those who took a",
        "service are their own outcome with it less their own outcome where it does not exist.",
        "What 4d, 10a, 17a, 19c, 20 and 28 measure was changed after a first look, and 6b, 6c, 8a, 22a, 22b, 28a",
        "and 28b were given more pairs; rules or sizes were changed with 11, 16 and 20 in view. The lower bound of",
        "18c is our own.",
        f"Population district, {BURN_IN} weeks of burn-in, claims and arms in `sim/evaluation/patterns/`.",
        "",
        f"**{len(holding)} of {len(patterns)} patterns hold in every claim; {held} of {len(claims)} claims hold.**",
        "What does not hold is open: the test is kept, marked as expected to fail, and the reason stands below.",
        "",
        "| pattern | what must be seen | verdict |",
        "| ---: | --- | --- |",
    ]
    for pattern in patterns:
        missing = _open(pattern, found)
        lines.append(f"| {pattern.number} | {pattern.words} | {'holds' if not missing else _listed(missing)} |")
    lines += [
        "",
        "## Claims",
        "",
        "| claim | what is compared | band | source | seen [99 % interval] | pairs | verdict |",
        "| --- | --- | --- | --- | ---: | ---: | --- |",
    ]
    for name, claim in claims:
        seen = found[name]
        verdict = "holds" if seen.holds(claim) else "open"
        shown = f"{number(seen.mean)} [{number(seen.low)}, {number(seen.high)}]"
        lines.append(
            f"| {name} | {claim.what}, {claim.unit} | {band(claim)} | {claim.source} | {shown} | {seen.pairs}"
            f" | {verdict} |"
        )
    lines += [
        "",
        "## Open",
        "",
        "Reasons are those that seem likely from the rules; few have been tested by a switch.",
        "",
    ]
    lines += [
        f"- {name}: {claim.open or 'not explained yet'}" for name, claim in claims if not found[name].holds(claim)
    ]
    return "\n".join(lines) + "\n"


def _open(pattern: Pattern, found: Mapping[str, Seen]) -> list[str]:
    claims = zip(pattern.names, pattern.claims, strict=True)
    return [name for name, claim in claims if not found[name].holds(claim)]


def _listed(names: Sequence[str]) -> str:
    return f"open: {', '.join(names)}"


def band(claim: Claim) -> str:
    """The bounds in words."""
    asked = "interval" if claim.whole else "mean"
    if claim.low is None:
        return f"{asked} below {number(claim.high or 0.0)}"
    if claim.high is None:
        return f"{asked} above {number(claim.low)}"
    return f"{asked} in {number(claim.low)} to {number(claim.high)}"


def number(value: float) -> str:
    """Three significant digits, no exponents for ordinary numbers."""
    if value != value:
        return "no value"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
