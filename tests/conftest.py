"""What several test modules share: composed settings, parameters, and how to read references between tables."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from sim.settings import Composer, Settings
from sim.world import World


@pytest.fixture(scope="session")
def composed() -> Callable[..., Settings]:
    """Settings of the classroom from overrides; each combination is composed once."""
    composer = Composer()

    @cache
    def settings(*overrides: str) -> Settings:
        return composer.settings(["population=classroom", *overrides])

    return settings


@pytest.fixture(scope="session")
def world(composed: Callable[..., Settings]) -> World:
    """The parameters of the baseline world."""
    return composed().world
