"""Offers of vacancies: what suits, what is seen of it, who follows it up, and whose minutes it takes."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.agents.employer import OPEN
from sim.agents.jobseeker import UNEMPLOYED
from sim.model import ActivationMarket
from sim.processes.vacancy_offers import declines, seems_to_suit, suits
from sim.settings import compose
from sim.world import World


def test_what_is_missing_and_another_sector_make_a_vacancy_suit_less(world: World) -> None:
    p = world.contact._replace(offer_missing=2.0, offer_unwished=0.7)
    assert suits(p, 0.6, 0.5, 0.8, 0.5, 0.9, 0.4, True) == 1.0
    assert suits(p, 0.3, 0.5, 0.8, 0.5, 0.9, 0.4, True) == pytest.approx(math.exp(-0.4))
    assert suits(p, 0.6, 0.5, 0.8, 0.5, 0.9, 0.4, False) == pytest.approx(0.7)


def test_the_fit_is_seen_as_far_as_the_person_is_known() -> None:
    assert seems_to_suit(0.9, 1.0, 0.2) == 0.9
    assert seems_to_suit(0.9, 0.0, 0.2) == 0.2


def test_the_motivated_follow_an_offer_up(world: World) -> None:
    p = world.contact._replace(offer_declined=0.5)
    assert declines(p, 1.0) == 0.0 and declines(p, 0.0) == 0.5


def test_offers_take_minutes_and_are_of_open_vacancies_to_the_jobless() -> None:
    model = ActivationMarket(compose("population=classroom", "seed=3", "world.contact.offer_share=1"))
    while model.clock < 20:
        model.step()
    model.step()
    people, team = model.jobseekers, model.supervisors
    at_work = team["state"] > 0
    account = sum(
        team[name][at_work] for name in ("internal", "messages", "outreach", "set_up", "meetings", "offers", "left")
    )
    assert np.allclose(account, team["minutes"][at_work], atol=0.01)
    minutes = team["offers"][at_work].sum()
    sought = people["to_be_offered"] > 0
    assert minutes == pytest.approx(model.world.contact.offer_minutes * np.count_nonzero(sought)) and minutes > 0
    shown = people["shown"] >= 0
    assert 0 < np.count_nonzero(shown) <= model.counts["vacancy_offers"] - model.counts["vacancy_offers_declined"]
    assert np.all(sought[shown])
    assert np.all(model.positions["opened"][people["shown"][shown]] <= model.clock)


def test_without_the_share_nobody_is_offered_anything() -> None:
    model = ActivationMarket(compose("population=classroom", "seed=3", "world.contact.offer_share=0"))
    while model.clock < 10:
        model.step()
    assert model.supervisors["offers"].sum() == 0.0 and not np.any(model.jobseekers["shown"] >= 0)
    assert OPEN in model.positions["state"] and UNEMPLOYED in model.jobseekers["state"]
