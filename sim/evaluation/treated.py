"""What a service does to those who take it: their outcome where it exists, less their own where it does not."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from sim.evaluation.histories import Histories, Spells
from sim.evaluation.pattern import Run, Runs, Statistic

Who = Callable[[Run, np.ndarray], np.ndarray]
Outcome = Callable[[Histories, np.ndarray, np.ndarray], np.ndarray]
KNOWN_FROM = 26  # the first horizon at which the persons table has everybody registered in the first year


def works(lives: Histories, ids: np.ndarray, weeks: np.ndarray) -> np.ndarray:
    """In a job of any kind, in those weeks."""
    return lives.works_at(ids, weeks)


def in_states(*states: int) -> Outcome:
    """In one of these states, in those weeks."""
    return lambda lives, ids, weeks: np.isin(lives.state_at(ids, weeks), states)


def known(run: Run, ids: np.ndarray) -> pd.DataFrame:
    """What the persons table says of people as they were at time zero (missing for who is in neither cohort)."""
    return run.people(KNOWN_FROM, None).reindex(ids)


def where(condition: Callable[[pd.DataFrame], pd.Series]) -> Who:
    """People for whom a condition on the persons table holds, as they were at time zero."""
    return lambda run, ids: condition(known(run, ids)).fillna(False).to_numpy(bool)


reduced = where(lambda people: people["reduced_capacity"] == True)  # noqa: E712 (missing is not true)
ordinary = where(lambda people: people["reduced_capacity"] == False)  # noqa: E712
young_reduced = where(lambda people: (people["reduced_capacity"] == True) & (people["age"] < 30))  # noqa: E712
on_social_assistance = where(lambda people: people["benefit"].isin(["social_assistance", "kvp"]))


def motivation_third(top: bool) -> Who:
    """The top or the bottom third of motivation at time zero, of all with reduced capacity in the stock."""

    def chosen(run: Run, ids: np.ndarray) -> np.ndarray:
        stock = run.people(KNOWN_FROM)
        stock = stock[stock["reduced_capacity"]]
        cut = stock["motivation_at_zero"].quantile(2 / 3 if top else 1 / 3)
        value = known(run, ids)["motivation_at_zero"].to_numpy(float)
        return value > cut if top else value <= cut

    return chosen


def prospects(people: pd.DataFrame) -> np.ndarray:
    """What an evaluator can see of people at time zero, as columns to regress on."""
    return np.column_stack(
        [
            np.ones(len(people)),
            people["reduced_capacity"],
            people["age"] / 10.0,
            np.log1p(people["weeks_registered"]),
            people["motivation_at_zero"],
            *(people["benefit"] == name for name in ("unemployment_benefit", "aap", "social_assistance", "kvp")),
        ]
    ).astype(float)


def far_from_work(top: bool, without: str) -> Who:
    """The third with the best or the worst chance of work in a year, by what is known of them at time zero.

    The chance is fitted where the service does not exist, to the registered with reduced capacity.
    """

    def chosen(run: Run, ids: np.ndarray) -> np.ndarray:
        stock = run.people(52)
        stock = stock[stock["reduced_capacity"]]
        at_work = stock["state"].isin(["subsidised job", "part-time job with benefit", "job"])
        fit = np.linalg.lstsq(prospects(stock), at_work.to_numpy(float), rcond=None)[0]
        cut = np.quantile(prospects(stock) @ fit, 2 / 3 if top else 1 / 3)
        people = known(run, ids)
        there = people["age"].notna().to_numpy()
        chance = np.full(len(people), np.nan)
        chance[there] = prospects(people[there]) @ fit
        return chance > cut if top else chance <= cut

    return chosen


def both(*rules: Who) -> Who:
    """People for whom all rules hold."""
    return lambda run, ids: np.logical_and.reduce([rule(run, ids) for rule in rules])


def treated(run: Run, what: Spells, after: int, who: Who | None, last: int) -> tuple[np.ndarray, np.ndarray]:
    """Those who took a service from week 1 to ``last`` and are followed for ``after`` weeks: ids, weeks of entry."""
    ids, weeks = run.histories.entries(what, last=min(last, run.histories.weeks - 1 - after))
    if who is not None:
        inside = who(run, ids)
        ids, weeks = ids[inside], weeks[inside]
    return ids, weeks


def effect(
    arm: str,
    without: str,
    what: Spells,
    after: int = 52,
    who: Who | None = None,
    last: int = 52,
    outcome: Outcome = works,
) -> Statistic:
    """Mean effect on those who took the service, ``after`` weeks after they did, in percentage points."""

    def value(runs: Runs) -> list[float]:
        found = []
        for run, control in runs.each(arm, without):
            ids, weeks = treated(run, what, after, who, last)
            gain = outcome(run.histories, ids, weeks + after).astype(float) - outcome(
                control.histories, ids, weeks + after
            )
            found.append(100.0 * float(gain.mean()) if gain.size else float("nan"))
        return found

    return value


def risk_ratio(arm: str, without: str, what: Spells, after: int = 52, who: Who | None = None) -> Statistic:
    """In work ``after`` weeks after entry over what the same people would have been in work without."""

    def value(runs: Runs) -> list[float]:
        found = []
        for run, control in runs.each(arm, without):
            ids, weeks = treated(run, what, after, who, 52)
            with_it, without_it = (works(r.histories, ids, weeks + after).mean() for r in (run, control))
            found.append(float(with_it / without_it) if without_it > 0 else float("nan"))
        return found

    return value


def less(one: Statistic, other: Statistic) -> Statistic:
    """One number less another, replication by replication."""
    return lambda runs: np.asarray(one(runs), float) - np.asarray(other(runs), float)


def ratio(one: Statistic, other: Statistic) -> Statistic:
    """One number over another, replication by replication."""
    return lambda runs: np.asarray(one(runs), float) / np.asarray(other(runs), float)


def largest(*numbers: Statistic) -> Statistic:
    """The largest of several numbers, replication by replication."""
    return lambda runs: np.max([np.asarray(number(runs), float) for number in numbers], axis=0)


def level(outcome: str, arm: str, group: str = "all", first: int = 0, last: int | None = None) -> Statistic:
    """A weekly series' mean, or a metric at the horizon of the arm, in one arm."""
    from sim.outcomes.weekly import SERIES

    if outcome in SERIES:
        return lambda runs: [run.series(outcome, first, last) for (run,) in runs.each(arm)]
    return lambda runs: [run.metric(outcome, group, last or run.settings.horizon.weeks) for (run,) in runs.each(arm)]
