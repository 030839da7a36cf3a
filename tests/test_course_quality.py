"""Course quality is that of the instructors physically on the course, and of nothing else.

A running course with participants is changed in mid-contract, and the week after it is compared with the same week
of the unchanged world. The last part searches the sources: the form of delivery is read by no rule about jobseekers
or employers.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

import sim.processes
from sim.agents import Jobseeker
from sim.agents.course import BETWEEN_CONTRACTS, COMPANY, EMPLOYED, LOT_AFT, NAV_UNIT
from sim.agents.jobseeker import ON_MEASURE
from sim.model import ActivationMarket
from sim.settings import Settings
from sim.world import Delivery

LEARNT = ("skill", "language", "know_how", "efficacy")


class Running:
    """A world in which a tendered course is running, and the same week of the same world as often as wanted."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        model = ActivationMarket(settings)
        while (course := self._course(model)) < 0:
            model.step()
            assert model.clock < 200, "no course with an instructor and participants in 200 weeks"
        self.course = course
        self.state = {name: array.copy() for name, array in model.state().items()}
        table = model.jobseekers
        self.participants = np.flatnonzero((table["state"] == ON_MEASURE) & (table["course"] == course))

    @staticmethod
    def _course(model: ActivationMarket) -> int:
        """A vocational or job-search course with two weeks or more to go, instructors, and enough people."""
        courses, contracts = model.courses, model.contracts
        for course in np.flatnonzero(courses["state"]):
            tendered = contracts["lot"][courses["contract"][course]] < LOT_AFT
            taught = (courses["instructor"][course] >= 0).any()
            people = np.count_nonzero(model.jobseekers["course"] == course)
            if tendered and taught and people >= 4 and courses["weeks_left"][course] > 2:
                return int(course)
        return -1

    def week(self, change: Callable[[ActivationMarket], None] | None = None) -> dict[str, np.ndarray]:
        """What the next week makes of the participants, after a change of the world."""
        model = ActivationMarket(self.settings)
        model.restore(self.state)
        if change is not None:
            change(model)
        ids = model.jobseekers["id"][self.participants].copy()
        model.step()
        used = model.jobseekers.used()
        place = {int(identity): row for identity, row in zip(model.jobseekers["id"][used], used, strict=True)}
        rows = [place[int(identity)] for identity in ids]
        return {name: model.jobseekers[name][rows] for name in Jobseeker.columns()}

    def instructors(self, model: ActivationMarket) -> np.ndarray:
        rows = model.courses["instructor"][self.course]
        return rows[rows >= 0]

    def contract(self, model: ActivationMarket) -> int:
        return int(model.courses["contract"][self.course])


@pytest.fixture(scope="module")
def running(composed: Callable[..., Settings]) -> Running:
    return Running(composed("policy.courses.vocational_places_per_1000=30", "horizon.burn_in_weeks=0"))


@pytest.fixture(scope="module")
def unchanged(running: Running) -> dict[str, np.ndarray]:
    return running.week()


def test_the_same_week_again_is_the_same(running: Running, unchanged: dict[str, np.ndarray]) -> None:
    again = running.week()
    for name, values in unchanged.items():
        np.testing.assert_array_equal(again[name], values, err_msg=name)


@pytest.mark.parametrize("skill", [0.0, 1.0])
def test_the_instructors_skill_is_what_is_learnt_from(
    skill: float, running: Running, unchanged: dict[str, np.ndarray]
) -> None:
    def reskill(model: ActivationMarket) -> None:
        model.instructors["skill"][running.instructors(model)] = skill

    changed = running.week(reskill)
    # Language is learnt on every kind of course, and nowhere else by somebody who is on one.
    difference = changed["language"] - unchanged["language"]
    assert (difference > 0).all() if skill else (difference < 0).all()
    motivation = changed["motivation"] - unchanged["motivation"]
    assert (motivation > 0).all() if skill else (motivation < 0).all()


def replace_instructors(running: Running, better: bool) -> Callable[[ActivationMarket], None]:
    """Others from the pool take the places, of the least or the most skill there is."""

    def replace(model: ActivationMarket) -> None:
        table = model.instructors
        pool = np.flatnonzero(table["state"] == BETWEEN_CONTRACTS)
        pool = pool[np.argsort(table["skill"][pool])]
        places = np.flatnonzero(model.courses["instructor"][running.course] >= 0)
        new = pool[::-1][: places.size] if better else pool[: places.size]
        old = running.instructors(model).copy()
        for name in ("provider", "course", "wage"):
            table[name][new] = table[name][old]
        table["state"][new] = EMPLOYED
        table["state"][old], table["course"][old], table["provider"][old] = BETWEEN_CONTRACTS, -1, -1
        model.courses["instructor"][running.course, places] = new

    return replace


def test_replacing_the_instructors_in_mid_contract_changes_what_is_learnt_next_week(running: Running) -> None:
    worse, better = (running.week(replace_instructors(running, which)) for which in (False, True))
    assert (better["language"] > worse["language"]).all()
    for name in LEARNT:
        assert (better[name] >= worse[name]).all(), name


def test_without_an_instructor_nothing_is_learnt(running: Running) -> None:
    def send_home(model: ActivationMarket) -> None:
        old = running.instructors(model).copy()
        model.instructors["state"][old], model.instructors["course"][old] = BETWEEN_CONTRACTS, -1
        model.courses["instructor"][running.course] = -1

    before = running.state
    model = ActivationMarket(running.settings)
    model.restore(before)
    language = model.jobseekers["language"][running.participants]
    np.testing.assert_array_equal(running.week(send_home)["language"], language)


def other_company(running: Running, model: ActivationMarket) -> None:
    providers, contract = model.providers, running.contract(model)
    others = np.flatnonzero((providers["kind"] == COMPANY) & (providers["state"] > 0))
    now = model.contracts["provider"][contract]
    model.contracts["provider"][contract] = others[others != now][0]


def own_unit(running: Running, model: ActivationMarket) -> None:
    units = np.flatnonzero((model.providers["kind"] == NAV_UNIT) & (model.providers["state"] > 0))
    model.contracts["provider"][running.contract(model)] = units[0]
    model.instructors["provider"][running.instructors(model)] = units[0]


def dearer(running: Running, model: ActivationMarket) -> None:
    model.contracts["price"][running.contract(model)] *= 1.25


def better_on_paper(running: Running, model: ActivationMarket) -> None:
    """More promised, better paid, with a better record: all but the people who teach."""
    contract = running.contract(model)
    model.contracts["wage"][contract] *= 1.3
    model.providers["result"][:] = 0.9
    model.providers["efficiency"][:] = 0.8


@pytest.mark.parametrize("change", [other_company, own_unit, dearer, better_on_paper], ids=lambda f: f.__name__)
def test_provider_price_and_form_of_delivery_teach_nobody_anything(
    change: Callable[[Running, ActivationMarket], None], running: Running, unchanged: dict[str, np.ndarray]
) -> None:
    changed = running.week(lambda model: change(running, model))
    money = {"cost", "service_cost"}
    for name in unchanged.keys() - money:
        np.testing.assert_array_equal(changed[name], unchanged[name], err_msg=name)


# The form of delivery in the sources

PROCESSES = Path(sim.processes.__file__).parent
FORM_OF_DELIVERY = {
    "delivery",
    "form",
    "form_of",
    "in_house",
    "in_house_share",
    "se_in_house_share",
    "se_delivery",
    "LOT_SE_IN_HOUSE",
    "LOT_SE_OUTSOURCED",
    "NAV_UNIT",
    "COMPANY",
    "ENTERPRISE",
}

# Who may know who delivers: buying, the staff of Supported Employment, the specialist's week, who pays for
# posts, and the ledger. Courses
# pass over the contracts that are no courses. Everything else in sim/processes is about jobseekers and employers.
MAY_READ = {
    "tendering": {"_terms", "_week", "_bought", "hold_tenders"},
    "bids": {"staff_per_place", "staying_of", "best_bid"},
    "awards": {"hold_round"},
    "approval": {"approve_suppliers"},
    "providers": {"_companies"},
    "caseloads": {"_posts_redefined"},
    "specialists": {"_workforce", "staff_specialists"},
    "se_intake": {"form_of", "_take_in", "take_in_clients"},
    "supported_employment": {"_plan", "_serve", "_work", "support_clients"},
    "money": {"_pay", "pay"},
    "courses": {"_run_courses", "most_courses"},
}
RULES_THAT_MAY_READ = {"staff_per_place", "staying_of", "best_bid", "form_of", "_terms"}


def functions(path: Path) -> Iterator[tuple[str, bool, set[str]]]:
    """Name of every function in a file, whether it is a rule, and all names that stand in it."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            rule = any(isinstance(d, ast.Name) and d.id == "rule" for d in node.decorator_list)
            names = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
            names |= {n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute)}
            names |= {n.arg for n in ast.walk(node) if isinstance(n, ast.arg)}
            yield node.name, rule, names


@pytest.mark.parametrize("path", sorted(PROCESSES.glob("[a-z]*.py")), ids=lambda path: path.stem)
def test_only_institutions_know_the_form_of_delivery(path: Path) -> None:
    allowed = MAY_READ.get(path.stem, set())
    readers = {name for name, _, names in functions(path) if names & FORM_OF_DELIVERY}
    assert readers <= allowed, f"{path.name}: {sorted(readers - allowed)} read the form of delivery"


@pytest.mark.parametrize("path", sorted(PROCESSES.glob("[a-z]*.py")), ids=lambda path: path.stem)
def test_no_rule_about_people_knows_the_form_of_delivery(path: Path) -> None:
    readers = {name for name, rule, names in functions(path) if rule and names & (FORM_OF_DELIVERY | {"kind"})}
    assert readers <= RULES_THAT_MAY_READ


def test_the_search_finds_those_who_may_read_it() -> None:
    """So that a new name for the form of delivery does not leave the search with nothing to find."""
    for stem in ("tendering", "specialists", "supported_employment", "money"):
        found = {name for name, _, names in functions(PROCESSES / f"{stem}.py") if names & FORM_OF_DELIVERY}
        assert found, stem


def test_what_differs_between_the_forms_is_structure_and_nothing_about_people() -> None:
    """Processes read single structural differences (``delivery.wage[form]``), and every one of them is declared."""
    read = set()
    for path in PROCESSES.glob("[a-z]*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "delivery":
                read.add(node.attr)
    assert read == set(Delivery._fields)
