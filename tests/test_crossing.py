"""What crosses into compiled code and back."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from sim import crossing
from sim.columns import view_class
from sim.compiled import Loop, compiled
from sim.crossing import Pack, forget, kinds_of


class View(NamedTuple):
    trust: np.ndarray
    weeks: np.ndarray
    shares: np.ndarray


class Numbers(NamedTuple):
    gain: float
    weeks: int
    inner: tuple[float, float]


@compiled
def everything(view, numbers, plain, x, n, yes):
    total = 0.0
    for i in range(view.trust.size):
        view.trust[i] += numbers.gain
        total += view.trust[i] * view.weeks[i] + view.shares[i, 1]
    plain[0] = total + numbers.inner[1]
    return total, n + numbers.weeks, yes and n > 0, x, view.weeks[0]


@compiled
def nothing(array):
    array[0] += 1


@compiled
def one(x):
    return x + x


def _view() -> View:
    shares = np.arange(12, dtype=np.float64).reshape(3, 4)[:, :2]  # not in one piece
    return view_class(View)(np.ones(3, np.float32), np.array([1, 2, 3], np.int16), shares)


NUMBERS = Numbers(0.5, 7, (1.0, 2.0))


def test_arguments_arrive_and_results_come_back() -> None:
    view, plain = _view(), np.zeros(1)
    given = everything(view, NUMBERS, plain, 2.5, 4, True)
    total = 1.5 * 6 + view.shares[:, 1].sum()
    assert given == (total, 11, True, 2.5, 1)
    assert [type(item) for item in given] == [float, int, bool, float, int]
    assert plain[0] == total + 2.0
    np.testing.assert_array_equal(view.trust, 1.5)


def test_every_call_takes_its_own_arguments() -> None:
    """Nothing is left over from the call before: other views, other numbers, numbers of NumPy's."""
    plain = np.zeros(1)
    for n in range(1, 5):
        view, numbers = _view(), NUMBERS._replace(weeks=n)
        view.weeks[:] = n
        total, weeks, yes, x, first = everything(view, numbers, plain, np.float64(n / 4), np.int32(n), np.bool_(n > 2))
        assert total == 4.5 * n + view.shares[:, 1].sum()
        assert (weeks, yes, x, first) == (2 * n, n > 2, n / 4, n)


def test_a_function_of_one_number_or_of_nothing() -> None:
    assert one(2) == 4 and isinstance(one(2), int)
    assert one(2.5) == 5.0 and isinstance(one(2.5), float)
    assert nothing(np.zeros(1)) is None


def test_there_is_a_way_in_for_each_kind_of_arguments() -> None:
    counted = [np.zeros(1, kind) for kind in ("f4", "i8", "f4")]
    assert isinstance(nothing, Loop)
    for array in counted:
        nothing(array)
    assert [array[0] for array in counted] == [1, 1, 1]
    assert {way.kinds[0] for way in nothing._ways} >= {"<f4[1C]", "<i8[1C]"}


def test_an_array_in_another_place_is_found_there() -> None:
    """Arrays come and go, and a new one may lie, or be numbered by Python, where an old one was."""
    for k in range(200):
        array = np.full(1 + k % 3, float(k))
        nothing(array)
        assert array[0] == k + 1


def test_what_was_given_can_be_forgotten() -> None:
    array = np.zeros(1000)
    gone = weakref.ref(array)
    nothing(array)
    everything(view_class(View)(array[:3], array[3:6], array[6:12].reshape(3, 2)), NUMBERS, np.zeros(1), 1.0, 1, True)
    del array
    forget()
    gc.collect()
    assert gone() is None
    other = np.zeros(1000)
    nothing(other)
    assert other[0] == 1


def test_what_cannot_cross_is_said() -> None:
    with pytest.raises(TypeError, match=r"^str cannot cross into compiled code: numbers, arrays"):
        one("a")
    with pytest.raises(TypeError, match="list"):
        Pack(([1, 2],))


def test_kinds_tell_apart_what_compiled_code_would_read_differently() -> None:
    array = np.zeros((2, 2))
    kinds = kinds_of((array, array[:, 0], array.astype("f4"), 1, 1.0, True, (1, 2.0), NUMBERS, _view()))
    assert len(set(kinds)) == len(kinds)


@compiled
def two(x):
    return x, x


def test_more_results_than_there_is_room_for_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TILTAK_CACHE", str(tmp_path))
    monkeypatch.setattr(crossing, "_MOST_RESULTS", 1)
    with pytest.raises(Exception, match="2 results of a compiled function: at most 1 can cross"):
        two(1.0)
