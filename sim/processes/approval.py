"""Approved suppliers: courses from several companies at a fixed price, and seats that follow clients' choice (T14).

Who takes a seat chooses among the suppliers by what past participants tell of them (in ``courses``), and a
supplier's places follow those who have lately chosen it.
"""

from __future__ import annotations

from sim.agents.course import COMPANY, MOST_SUPPLIERS, N_DEPLOYED
from sim.compiled import compiled
from sim.processes.bids import best_offer, wage_factor


@compiled
def approve_suppliers(p, contracts, providers, c, further, n, norm, wage, overhead, terms, choice, price):
    """The n companies of the best record are approved, each for a part of the places, at the agency's price (T14)."""
    region, lot = contracts.region[c], contracts.lot[c]
    for k in range(MOST_SUPPLIERS):
        row = c if k == 0 else further + k - 1
        contracts.state[row] = 0
        best = -1
        for j in range(providers.state.size):
            if not (providers.state[j] and providers.region[j] == region and providers.kind[j] == COMPANY):
                continue
            taken = False
            for other in range(k):
                taken = taken or contracts.provider[c if other == 0 else further + other - 1] == j
            if not taken and (best < 0 or providers.result[j] > providers.result[best]):
                best = j
        if k >= n or best < 0:
            contracts.provider[row] = -1
            contracts.places[row] = 0.0
            continue
        fill = contracts.fill[row]
        a, level = best_offer(p, lot, norm, wage, overhead, providers.efficiency[best], price, terms, fill, choice)
        contracts.state[row] = 1
        contracts.approved[row] = 1
        contracts.provider[row] = best
        contracts.price[row] = price
        contracts.wage[row] = wage * wage_factor(p, a)
        contracts.deployed[row] = 3.0 - level
        contracts.promised[row] = N_DEPLOYED
        contracts.bound[row], contracts.tendered[row], contracts.premium[row] = 0, 0, 0.0
        contracts.guaranteed[row], contracts.by_job[row] = terms.guaranteed, 0.0
        contracts.cost[row] = 1.0
        contracts.chosen[row] = norm  # begins as if a course full of people had chosen it
        contracts.next_provider[row] = -1


@compiled
def share_out(p, contracts, c, further, choice, volume):
    """Places of a lot over its approved suppliers: evenly, or as those who took a seat lately have chosen (T14)."""
    total = 0.0
    for k in range(MOST_SUPPLIERS):
        row = c if k == 0 else further + k - 1
        if contracts.state[row]:
            contracts.chosen[row] *= p.choice_fade
            total += contracts.chosen[row] if choice > 0.0 else 1.0
    for k in range(MOST_SUPPLIERS):
        row = c if k == 0 else further + k - 1
        if contracts.state[row]:
            contracts.places[row] = volume * (contracts.chosen[row] if choice > 0.0 else 1.0) / total
