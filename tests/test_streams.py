"""Random draws: the published answers, uniforms that are uniform, ids and processes that never share a draw."""

from __future__ import annotations

import ast
import itertools
import re
from pathlib import Path

import numpy as np
import pytest
from numba import njit
from scipy import stats

from sim import streams
from sim.streams import (
    Stream,
    draw,
    draw4,
    draw_each,
    draw_each_pair,
    logistic_noise,
    normal,
    pair4,
    person_id,
    philox,
    vacancy_id,
    whole,
)

PACKAGE = Path(streams.__file__).parent
STREAM = Stream(seed=1, replication=0)
SURE = 1e-4  # probability with which a right generator would fail a statistical test here; its seed is fixed

# From kat_vectors of Random123 1.14 (Salmon et al. 2011): philox4x32 with 10 rounds.
KNOWN_ANSWERS = [
    ("00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
    ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"),
]


def words(text: str) -> list[np.uint64]:
    return [np.uint64(int(word, 16)) for word in text.split()]


@njit
def uniforms(stream, process, first, n):
    """Four uniforms for each of n ids that follow one another."""
    found = np.empty((n, 4))
    for i in range(n):
        found[i] = draw4(stream, process, first + i, 7, 0)
    return found


@njit
def single_draws(stream, process, identity, weeks):
    found = np.empty(weeks)
    for week in range(weeks):
        found[week] = draw(stream, process, identity, week)
    return found


@njit
def pairs(stream, process, ones, others, week):
    found = np.empty((ones.size, others.size, 4))
    for i in range(ones.size):
        for j in range(others.size):
            found[i, j] = pair4(stream, process, ones[i], others[j], week)
    return found


@pytest.fixture(scope="module")
def many() -> np.ndarray:
    """100,000 draws of four, for people of one office and week."""
    return uniforms(STREAM, streams.CONTACT, person_id(1, 1, 0), 100_000)


# Philox


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN_ANSWERS)
def test_known_answers_of_philox(counter: str, key: str, answer: str) -> None:
    assert [int(word) for word in philox(*words(key), *words(counter))] == [int(w) for w in words(answer)]


def test_a_draw_is_philox_of_seed_process_id_week_and_number() -> None:
    """The layout of key and counter, which results depend on."""
    stream = Stream(seed=0xA4093822, replication=3)
    identity, week, number = 0x85A308D3_243F6A88, 0x13198A2E, 0x03707344
    key = [np.uint64(0xA4093822), np.uint64(3 * 256 + streams.HEALTH)]
    counter = [np.uint64(n) for n in (0x243F6A88, 0x85A308D3, week, number)]
    expected = [(float(word) + 0.5) / 2**32 for word in philox(*key, *counter)]
    assert list(draw4(stream, streams.HEALTH, np.uint64(identity), week, number)) == expected


def test_one_draw_is_the_first_of_four() -> None:
    identity = person_id(3, 5, 8)
    assert draw(STREAM, streams.EXIT, identity, 9) == draw4(STREAM, streams.EXIT, identity, 9, 0)[0]


# Uniforms


def test_the_smallest_and_the_largest_word_are_strictly_inside_zero_and_one() -> None:
    for word in (0, 2**32 - 1):
        assert 0.0 < (word + 0.5) * streams.UNIT < 1.0


def test_uniforms_are_uniform(many: np.ndarray) -> None:
    assert many.min() > 0.0 and many.max() < 1.0
    for column in many.T:
        assert stats.kstest(column, "uniform").pvalue > SURE
    # The mean of n uniforms is normal with variance 1 / 12 n; five standard errors.
    n = many.size
    assert many.mean() == pytest.approx(0.5, abs=5 * np.sqrt(1 / 12 / n))
    assert many.var() == pytest.approx(1 / 12, abs=5 * np.sqrt(1 / 180 / n))


def test_draws_of_one_call_and_of_neighbours_are_independent(many: np.ndarray) -> None:
    limit = 5 / np.sqrt(len(many))
    for one, other in itertools.combinations(many.T, 2):
        assert abs(np.corrcoef(one, other)[0, 1]) < limit
    for column in many.T:
        assert abs(np.corrcoef(column[1:], column[:-1])[0, 1]) < limit
    cells, _, _ = np.histogram2d(many[:, 0], many[:, 1], bins=20, range=[[0, 1], [0, 1]])
    assert stats.chisquare(cells.ravel()).pvalue > SURE


def test_weeks_seeds_replications_and_processes_are_independent(many: np.ndarray) -> None:
    first, n = person_id(1, 1, 0), len(many)
    limit = 5 / np.sqrt(many.size)
    others = {
        "seed": uniforms(Stream(2, 0), streams.CONTACT, first, n),
        "replication": uniforms(Stream(1, 1), streams.CONTACT, first, n),
        "process": uniforms(STREAM, streams.CONTACT + 1, first, n),
        "office": uniforms(STREAM, streams.CONTACT, person_id(2, 1, 0), n),
    }
    for name, other in others.items():
        assert abs(np.corrcoef(many.ravel(), other.ravel())[0, 1]) < limit, name
    weeks = single_draws(STREAM, streams.CONTACT, first, 4000)
    assert stats.kstest(weeks, "uniform").pvalue > SURE
    assert abs(np.corrcoef(weeks[1:], weeks[:-1])[0, 1]) < 5 / np.sqrt(weeks.size)


def test_a_replication_does_not_run_into_the_next_ones_processes() -> None:
    """Process numbers stay below 256, which is what a replication's share of the key holds."""
    numbers = [value for name, value in vars(streams).items() if name in process_names()]
    assert max(numbers) < 200  # from 200 up they are free for users
    assert draw(Stream(1, 0), 255, 5, 5) != draw(Stream(1, 1), 0, 5, 5)


# Pairs


def test_pairs_draw_for_both_ids_and_the_week() -> None:
    people = np.array([person_id(1, week, n) for week in (0, 3) for n in range(50)])
    jobs = np.array([vacancy_id((1 << 20) | slot, opened) for slot in range(30) for opened in (2, 9)])
    now, later = (pairs(STREAM, streams.APPLY, people, jobs, week) for week in (12, 13))
    assert np.unique(now).size == now.size
    assert not np.intersect1d(now, later).size
    assert stats.kstest(now.ravel(), "uniform").pvalue > SURE
    assert abs(np.corrcoef(now.ravel(), later.ravel())[0, 1]) < 5 / np.sqrt(now.size)


def test_a_pairs_draw_is_the_same_whoever_else_is_there() -> None:
    people, jobs = np.arange(1, 11), np.array([vacancy_id(77, 3), vacancy_id(78, 3)])
    everybody = pairs(STREAM, streams.APPLY, people, jobs, 5)
    np.testing.assert_array_equal(pairs(STREAM, streams.APPLY, people[4:6], jobs[1:], 5), everybody[4:6, 1:])


def test_the_week_of_a_pair_reaches_no_ordinal() -> None:
    """The largest ordinal and the largest week a run may have share a word without touching."""
    from sim.settings import MOST_WEEKS

    assert MOST_WEEKS <= 0xFFF
    highest = (1 << 20) - 1
    one = pair4(STREAM, streams.APPLY, person_id(1, 1, highest), 5, 0)
    assert one != pair4(STREAM, streams.APPLY, person_id(1, 1, highest), 5, MOST_WEEKS)
    assert one != pair4(STREAM, streams.APPLY, person_id(1, 1, highest - 1), 5, 0)


# Variates


def test_normal_is_normal(many: np.ndarray) -> None:
    z = np.array([normal(u, v) for u, v in many[:50_000, :2]])
    assert stats.kstest(z, "norm").pvalue > SURE
    n = z.size
    assert z.mean() == pytest.approx(0.0, abs=5 / np.sqrt(n))
    assert z.var() == pytest.approx(1.0, abs=5 * np.sqrt(2 / n))
    assert stats.skew(z) == pytest.approx(0.0, abs=5 * np.sqrt(6 / n))
    assert stats.kurtosis(z) == pytest.approx(0.0, abs=5 * np.sqrt(24 / n))


def test_normal_by_hand() -> None:
    assert normal(np.exp(-0.5), 1.0) == pytest.approx(1.0, rel=1e-12)  # sqrt(1) cos(2 pi)
    assert normal(np.exp(-2.0), 0.5) == pytest.approx(-2.0, rel=1e-12)


def test_logistic_noise_is_logistic(many: np.ndarray) -> None:
    assert logistic_noise(0.5) == 0.0
    assert logistic_noise(0.75) == pytest.approx(np.log(3.0), rel=1e-12)
    assert stats.kstest([logistic_noise(u) for u in many[:20_000, 2]], "logistic").pvalue > SURE


@pytest.mark.parametrize(("x", "u", "expected"), [(2.25, 0.74, 2), (2.25, 0.76, 3), (3.0, 0.999, 3), (0.0, 0.5, 0)])
def test_whole_rounds_up_with_the_right_probability(x: float, u: float, expected: int) -> None:
    assert whole(x, u) == expected


def test_whole_keeps_the_mean(many: np.ndarray) -> None:
    x, n = 0.3, len(many)
    assert np.mean([whole(x, u) for u in many[:, 3]]) == pytest.approx(x, abs=5 * np.sqrt(x * (1 - x) / n))


# Ids


def test_person_ids_are_distinct() -> None:
    """Corners of the ranges that the ids are declared for."""
    places, weeks = (1, 2, 10_000, 14_001, 32_767), (0, 1, 4_000, 65_535)
    ordinals = (0, 1, 100_000, 1_048_575)
    ids = [int(person_id(p, w, n)) for p in places for w in weeks for n in ordinals]
    assert len(set(ids)) == len(ids) and min(ids) > 0


def test_vacancy_ids_are_distinct() -> None:
    slots = [(region << 20) | slot for region in (1, 2, 100) for slot in (0, 1, 2**20 - 1)]
    ids = [int(vacancy_id(slot, week)) for slot in slots for week in (0, 1, 4_000)]
    assert len(set(ids)) == len(ids) and min(ids) > 0


# Processes


def process_names() -> set[str]:
    """Names that the module gives to numbers of processes: ``NAME = whole number``."""
    names = set()
    for node in ast.parse(Path(streams.__file__).read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, int):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return names


def test_processes_have_numbers_of_their_own() -> None:
    numbers = [getattr(streams, name) for name in process_names()]
    assert len(numbers) >= 24
    assert len(set(numbers)) == len(numbers)


# One source of randomness only

ANALYSIS = {"app", "calibration", "evaluation", "experiment", "report", "store", "sweep"}
OTHER_SOURCES = re.compile(
    r"^\s*(import|from)\s+(random|secrets|uuid)\b|\bnp\.random\b|\bnumpy\.random\b|\bdefault_rng\b"
    r"|\b(model|self)\.(random|rng)\b|\.shuffle_do\(|\.shuffle\(|\burandom\b"
)


def test_the_simulated_world_draws_from_these_streams_only() -> None:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.relative_to(PACKAGE).parts[0] in ANALYSIS:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if OTHER_SOURCES.search(line.split("#")[0]):
                found.append(f"{path.relative_to(PACKAGE)}:{number}: {line.strip()}")
    assert not found


@pytest.mark.parametrize(
    "line",
    [
        "import random",
        "    from random import choice",
        "x = np.random.rand()",
        "rng = np.random.default_rng(1)",
        "from numpy.random import Generator",
        "if model.random.random() < p:",
        "self.rng.normal()",
        "model.agents.shuffle_do('step')",
    ],
)
def test_the_search_would_find_another_source(line: str) -> None:
    assert OTHER_SOURCES.search(line)


def test_draws_for_many_at_once_are_those_of_each() -> None:
    ids = np.array([person_id(7, week, ordinal) for week in range(40) for ordinal in (0, 3, 1_048_575)])
    found = np.zeros((4, ids.size + 5))
    draw_each(Stream(2**32 - 1, 9), 140, ids, ids.size, 65_000, found)
    for k, identity in enumerate(ids.tolist()):
        assert tuple(found[:, k]) == draw4(Stream(2**32 - 1, 9), 140, identity, 65_000, 0)
    assert not found[:, ids.size :].any()


def test_draws_for_many_pairs_at_once_are_those_of_each() -> None:
    ids = np.array([person_id(7, week, 1_048_575) for week in range(40)])
    others = np.array([vacancy_id(slot, 3 * slot) for slot in range(40)])
    found = np.zeros((4, ids.size + 5))
    draw_each_pair(Stream(2**32 - 1, 9), 140, ids, others, ids.size, 4_095, found)
    for k, (one, two) in enumerate(zip(ids.tolist(), others.tolist(), strict=True)):
        assert tuple(found[:, k]) == pair4(Stream(2**32 - 1, 9), 140, one, two, 4_095)
    assert not found[:, ids.size :].any()
