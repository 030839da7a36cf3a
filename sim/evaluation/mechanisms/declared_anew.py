"""Rows whose contrast was declared again after a first measurement was seen, and what changed.

A row that stands here is no blind confirmation. Signs were never changed: what changed is the outcome, the switch, the
arms, or the rule itself.
"""

from __future__ import annotations

DECLARED_ANEW: dict[str, str] = {
    "J2": "outcomes and arms: trust is measured at 15 clients, where there is time to listen",
    "J5": "outcomes",
    "J7": "outcomes and arms, by part of the row's text",
    "J11": "outcomes and arms",
    "J13": "the rule; then time to the first job gave way to applications, as those concerned leave by study, too",
    "J14": "the rule and its size",
    "V2": "outcomes; the fit of referrals gave way to the length of queues where standard tools are poured on",
    "V3": "the rule and its size",
    "V5": "the fit of referrals gave way to their number: a wide menu does not make them fit better here",
    "V6": "the fit of referrals gave way to referrals to standard measures; volume follows the budget in both arms",
    "V8": "the switch (nobody quits) gave way to what a change of supervisor costs; meetings to minutes of contact",
    "V9": "outcomes added with the vacancies that supervisors point out",
    "V10": "the fit of referrals gave way to their number; the wide menu does not make them fit better here",
    "V13": "outcomes and arms",
    "V15": "one contrast became two: progress keeps staff, and progress keeps the view open",
    "T4": "those who leave are counted on tendered courses only",
    "T5": "four forms: fewer errors in bids did not mean fewer companies in the red; kept is what lay-offs do",
    "T8": "motivation of those on courses gave way to its weekly change, and hours to quality beside them",
    "T9": "time to the first job gave way to sitting courses out, levels to weekly changes; a misfit wears by more",
    "T14": "the continuity clause and the price for approved suppliers were rebuilt",
    "T17": "motivation of those on courses gave way to its weekly change",
    "T18": "trust of those on courses gave way to its weekly change",
    "T19": "motivation of those on courses gave way to its weekly change",
    "S1": "the rule and its size",
    "S2": "the hybrid's outcome: knowledge of employers in NAV cannot move there, as in-house work does not change",
    "S3": "outcomes and arms",
    "S4": "outcomes and the number of clients; match gave way to how well those placed were known",
    "S6": "outcomes; proposals gave way to the share accepted",
    "S7": "outcomes",
    "S8": "no-shows gave way to prospects at intake",
    "S9": "match gave way to how well those placed were known",
    "S10": "arms: mentors are judged where half the time goes to employers",
    "S11": "the rule and its size",
    "E3": "outcomes and arms",
    "E4": "the rule and its size; contrasts for permanent contracts added",
    "E6": "outcomes and arms",
    "E7": "the switch includes that follow-up catches trouble",
    "E9": "the rule and its size",
    "E10": "outcomes",
    "K1": "outcomes and arms; extensions are counted as a share of those who reach the end",
    "K3": "match at exit gave way to match of the team's own placements",
    "K5": "outcomes and arms",
}
