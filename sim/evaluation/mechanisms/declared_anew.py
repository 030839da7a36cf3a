"""Rows whose contrast was declared again after a first measurement was seen, and what changed.

A row that stands here is no blind confirmation: its outcomes, switch, arms or the rule itself changed after a look.
"""

from __future__ import annotations

DECLARED_ANEW: dict[str, str] = {
    "J2": "outcomes and arms: measured at 15 clients, where there is time to listen; trust gave way to motivation",
    "J5": "outcomes",
    "J7": "outcomes and arms, by part of the row's text; the own wish gave way to hires in the sector that suits; "
    "what a trial teaches is switched off from much, not from its usual size",
    "J8": "a contrast for social assistance beside part-time pay added",
    "J9": "contrasts: one on those who leave early was added, with the rule",
    "J11": "outcomes and arms",
    "J13": "the rule; then time to the first job gave way to applications, as those concerned leave by study, too",
    "J14": "the rule and its size",
    "V2": "outcomes; the fit of referrals gave way to the length of queues where standard tools are poured on",
    "V3": "the rule and its size",
    "V5": "the rule is new; the fit of referrals, their number, then the kinds of those with reduced capacity (of whom "
    "eight are in use on the narrow menu, too) gave way to the share of standard tools among these",
    "V6": "the fit of referrals gave way to referrals to standard measures; volume follows the budget in both arms",
    "V7": "the rule: motivation stands in the gate only, and is worked up by time; of the contrast added, the number "
    "handed over gave way to the motivation lifted, as places in SE set that number",
    "V8": "the switch (nobody quits) gave way to what a change of supervisor costs; meetings to minutes of contact",
    "V9": "outcomes added with the vacancies that supervisors point out",
    "V10": "as V5; a contrast added on the menu and mandate of KVP",
    "V11": "the rule: a fixed payroll binds the caseload, too; a contrast added",
    "V13": "outcomes and arms",
    "V14": "contrasts: one on what supervisors learn of the labour market was added, with the rule",
    "V15": "one contrast became two: progress keeps staff, and progress keeps the view open",
    "T4": "those who leave are counted on tendered courses only; a contrast for guaranteed volume added, in which the "
    "price gave way to those who leave; arms: three times the courses, price weight from 0",
    "T5": "five forms; the first is back now that each bid errs by itself, beside what lay-offs do; then three "
    "times the courses and bids that err by more, companies in the red gave way to contractors in the red; lay-offs "
    "are switched off, not up, where few companies end, as what is not laid off before is laid off then",
    "T8": "motivation of those on courses gave way to its weekly change, and hours to quality beside them",
    "T9": "time to the first job gave way to sitting courses out, levels to weekly changes; a misfit wears by more; "
    "for skill, motivation gave way to what is learnt, with three times the courses",
    "T13": "the rule (a provider's reckoning), and the arms: it begins with the next contract, so all SE is tendered, "
    "in half as many places again; time to a placement gave way to placements, retention to jobs that end early",
    "T14": "the continuity clause and the price for approved suppliers were rebuilt; four suppliers in both arms",
    "T15": "turnover gave way to how well those placed were known, and that to minutes for each client; more places",
    "T16": "the rule: audits begin with the lever, and look at approved suppliers and follow-up, too",
    "T17": "motivation of those on courses gave way to its weekly change",
    "T18": "trust of those on courses gave way to its weekly change",
    "T19": "motivation of those on courses gave way to its weekly change",
    "T20": "arms: three times the courses, and bids that take half of the staff's time",
    "S1": "the rule and its size; without meeting and mapping, retention gave way to how well those placed were known",
    "S2": "the rule of haste; knowledge of employers in NAV gave way to jobs that last, as it restated a parameter, "
    "all that end to those that end early",
    "S3": "outcomes and arms; the lever became a share, and a contrast of who is trained was added",
    "S4": "outcomes and the number of clients; match gave way to how well those placed were known; two targets added",
    "S6": "outcomes; proposals gave way to the share accepted",
    "S7": "outcomes",
    "S8": "no-shows gave way to prospects at intake; motivation is selected on as far as it is known; a contrast for "
    "what creaming gains was added and taken away: the study of creaming measures it, and sees next to nothing",
    "S9": "match gave way to how well those placed were known",
    "S10": "arms: mentors are judged where half the time goes to employers; a contrast in KVP added",
    "S11": "the rule and its size",
    "E2": "the phase of the cycle is counted from the policy date: before, the downturn was none",
    "E3": "outcomes and arms; a contrast for outside applicants in a slack market added",
    "E4": "the rule and its size; contrasts for permanent contracts, and for jobs without a subsidy, added; errors of "
    "assessment are switched off from many, not from their usual size",
    "E5": "warnings, the grant's length and who takes a mentor were rebuilt; two contrasts of warnings added",
    "E6": "outcomes and arms; hires by hosts and the gap itself gave way to jobs, hires and weeks to a job",
    "E7": "the switch includes that follow-up catches trouble; the match is switched off, not down, beside its burden",
    "E9": "the rule and its size; jobs made gave way to time to a placement; switched off from many, not from the "
    "usual; those passed over, once declared, are too few for these pairs",
    "E10": "outcomes",
    "K1": "outcomes and arms; extensions are a share of those who reach the end; minutes of contact gave way",
    "K2": "the number in the programme gave way to those long on social assistance",
    "K3": "match at exit gave way to match of the team's own placements; a contrast of wellbeing added",
    "K5": "outcomes and arms; exits to AAP themselves gave way to where those concerned are two years on",
}
