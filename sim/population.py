"""The world at the start: people and institutions, in proportion to the size of the population.

Everything is drawn from permanent ids, so that a larger number of replications, or another policy, never changes who
lives in a world. The burn-in then brings stocks, queues, contracts and relations into their baseline state.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from sim.agents.course import (
    COMPANY,
    ENTERPRISE,
    FIXED,
    LOT_JOB_SEARCH,
    LOT_SE_OUTSOURCED,
    MOST_SUPPLIERS,
    N_CONTRACTS,
    NAV_UNIT,
)
from sim.agents.employer import CLOSED, N_SECTORS
from sim.agents.jobseeker import N_MEASURES
from sim.columns import take_row
from sim.compiled import compiled
from sim.processes.registration import Newcomers, call_roll, draw_person
from sim.streams import BIRTH, EMPLOYER, KVP_VISIT, STAFF, TENDER, draw4, normal, person_id

LONG_AGO = -1000  # week in which posts that have not been vacant yet are put to have opened last


class FirstWeeks(NamedTuple):
    weeks_registered: np.ndarray
    benefit_weeks: np.ndarray


class Employers(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    region: np.ndarray
    sector: np.ndarray
    size: np.ndarray
    social: np.ndarray
    openness: np.ndarray
    belief: np.ndarray
    evidence: np.ndarray
    environment: np.ndarray
    first_position: np.ndarray
    n_positions: np.ndarray


class Positions(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    employer: np.ndarray
    opened: np.ndarray


class Providers(NamedTuple):
    id: np.ndarray
    state: np.ndarray
    region: np.ndarray
    kind: np.ndarray
    efficiency: np.ndarray
    result: np.ndarray
    result_weight: np.ndarray
    experience: np.ndarray
    cash: np.ndarray


@compiled
def _people(p, start, people, first, rows, offices, region_of, size, stream):
    """The first stock: ordinary unemployed and people with reduced work capacity, in mid-spell."""
    for k in range(offices.size):
        office = offices[k]
        for n in range(size):
            row = take_row(rows, region_of[office])
            identity = person_id(office + 1, 0, n)
            reduced = 0 if n < start.ordinary_share * size else 1
            draw_person(p, people, row, identity, office, reduced, stream)
            u = draw4(stream, BIRTH, identity, 0, 3)
            mean = start.first_spell_reduced if reduced else start.first_spell
            first.weeks_registered[row] = int(-mean * np.log(u[0]))
            # Nobody's benefit runs out in the first weeks of the burn-in.
            first.benefit_weeks[row] = min(200 if reduced else 100, first.weeks_registered[row])


@compiled
def _employers(p, shares, employers, positions, per_region, n_positions, stream):
    """Employers by sector and size; positions are dealt out in proportion to size."""
    regions = employers.state.size // per_region
    for region in range(regions):
        total = 0.0
        for n in range(per_region):
            j = region * per_region + n
            employers.id[j] = person_id(region + 1, 0, n)
            employers.state[j] = 1
            employers.region[j] = region
            a = draw4(stream, EMPLOYER, employers.id[j], 0, 0)
            b = draw4(stream, EMPLOYER, employers.id[j], 0, 1)
            sector, sum_shares = N_SECTORS - 1, 0.0
            for s in range(N_SECTORS):
                sum_shares += shares[s]
                if a[0] < sum_shares:
                    sector = s
                    break
            employers.sector[j] = sector
            employers.size[j] = p.size_median * np.exp(p.size_spread * normal(a[1], a[2]))
            employers.social[j] = min(1.0, max(0.0, p.social + 0.5 * (a[3] + b[0] - 1.0)))
            employers.openness[j] = 0.5 * employers.social[j]
            employers.environment[j] = min(1.0, max(0.0, p.environment + 0.5 * (b[1] + b[2] - 1.0)))
            employers.belief[j] = min(1.0, max(0.0, p.belief + 0.4 * (b[3] - 0.5)))
            employers.evidence[j] = p.evidence
            total += employers.size[j]
        dealt, seen = 0, 0.0
        for n in range(per_region):
            j = region * per_region + n
            seen += employers.size[j]
            until = n_positions if n == per_region - 1 else int(n_positions * seen / total)
            employers.first_position[j] = region * n_positions + dealt
            employers.n_positions[j] = until - dealt
            while dealt < until:
                v = region * n_positions + dealt
                positions.id[v] = (np.int64(region + 1) << 20) | np.int64(dealt)
                positions.employer[v] = j
                positions.state[v] = CLOSED
                positions.opened[v] = LONG_AGO
                dealt += 1


@compiled
def _providers(p, reserve, providers, region, stride, stream):
    """The units that deliver SE without a tender, a pre-approved enterprise and the tendered companies."""
    for n in range(FIXED + int(p.companies)):
        j = region * stride + n
        providers.id[j] = person_id(14_000 + region, 0, n)
        providers.state[j] = 1
        providers.region[j] = region
        providers.kind[j] = COMPANY if n >= FIXED else (ENTERPRISE if n == FIXED - 1 else NAV_UNIT)
        u = draw4(stream, TENDER, providers.id[j], 0, 0)
        providers.efficiency[j] = 1.0 + p.efficiency_spread * (2.0 * u[0] - 1.0) if n >= FIXED else 1.0
        providers.result[j] = 0.3
        providers.result_weight[j] = 10.0
        providers.experience[j] = 0.3
        providers.cash[j] = reserve


def build(model: Any) -> None:
    """Fill a model's tables with the world of (seed, replication)."""
    regions, p, stream = model.n_regions, model.world.institutions, model.stream
    per_region = model.offices_per_region
    for region in range(regions):
        row = region
        model.regions["id"][row] = region + 1
        model.regions["state"][row] = 1
        model.regions["wait"][row] = 26.0
        model.regions["tightness"][row] = model.world.vacancies.per_unemployed
        model.regions["result"][row] = model.world.referral.first_result
        model.regions["train_bar"][row] = model.world.supported_employment.train_threshold
        model.regions["usual_need"][row] = model.world.referral.standard_guess
        for k in range(per_region):
            office = region * per_region + k
            model.offices["id"][office] = office + 1
            model.offices["state"][office] = 1
            model.offices["region"][office] = region
            model.offices["knowledge"][office] = p.office_knowledge
            u = draw4(stream, KVP_VISIT, office + 1, 0, 0)
            model.offices["kvp_way"][office] = normal(u[0], u[1])
            for m in range(N_MEASURES):
                u = draw4(stream, STAFF, office + 1, 0, 10 + m)
                model.offices["practice"][office, m] = p.practice_spread * normal(u[0], u[1])
        _providers_and_contracts(model, region)
    table = model.jobseekers
    _people(
        model.world.people,
        p,
        table.view(Newcomers),
        table.view(FirstWeeks),
        table.rows,
        model.offices.used(),
        model.offices["region"],
        model.office_size,
        stream,
    )
    _employers(
        p,
        model.world.sectors.share,
        model.employers.view(Employers),
        model.positions.view(Positions),
        model.employers.stride,
        model.positions.stride,
        stream,
    )
    call_roll(model)


def _providers_and_contracts(model: Any, region: int) -> None:
    """Providers and contracts of one region (its instructors enter the trade in the first week)."""
    p, stream = model.world.institutions, model.stream
    reserve = model.world.providers.reserve * model.region_size / 1000.0
    _providers(p, reserve, model.providers.view(Providers), region, model.providers.stride, stream)
    for lot in range(LOT_JOB_SEARCH, LOT_SE_OUTSOURCED + 1):
        c = region * model.contracts.stride + lot - 1
        model.contracts["id"][c] = person_id(12_000 + region, 0, lot)
        model.contracts["state"][c] = 1
        model.contracts["region"][c] = region
        model.contracts["lot"][c] = lot
        model.contracts["weeks_left"][c] = 1  # every lot is bought in the first week
        model.contracts["fill"][c] = 1.0
    # Contracts of further approved suppliers of courses lie ready, in force under some policies only (T14).
    for n in range(LOT_SE_OUTSOURCED, N_CONTRACTS):
        c = region * model.contracts.stride + n
        model.contracts["id"][c] = person_id(12_000 + region, 0, n + 1)
        model.contracts["region"][c] = region
        model.contracts["fill"][c] = 1.0
        model.contracts["lot"][c] = LOT_JOB_SEARCH + (n - LOT_SE_OUTSOURCED) // (MOST_SUPPLIERS - 1)
