"""Who paid whom what: every post is an account pair, and every krone is booked once.

A post has a payer and a payee; a booking moves the amount from one to the other, so that the sum over all accounts is
zero to rounding. Amounts are NOK of the price year 2019 (basic amount G = 99,858, from memory).
"""

from __future__ import annotations

from collections.abc import Sequence

PRICE_YEAR = 2019

STATE, MUNICIPALITY, PEOPLE, EMPLOYERS, PROVIDERS, STAFF = range(6)
ACCOUNT_NAMES = ("state", "municipality", "people", "employers", "providers", "NAV staff")

(
    UNEMPLOYMENT_BENEFIT_POST,
    AAP_POST,
    SOCIAL_ASSISTANCE_POST,
    KVP_BENEFIT_POST,
    PENSION_POST,
    WAGE_SUBSIDY_POST,
    MENTOR_POST,
    COURSE_POST,
    AFT_POST,
    SE_CONTRACT_POST,
    SE_IN_HOUSE_POST,
    SUPERVISOR_POST,
    TENDER_POST,
    TAX_POST,
    EDUCATION_POST,
    ASSESSMENT_POST,
    SE_OUTCOME_POST,
    COVER_POST,
    KVP_TEAM_POST,
    KVP_ACTIVITY_POST,
    DROP_IN_POST,
    PROVIDER_SUBSIDY_POST,
) = range(22)

POSTS = (
    ("unemployment_benefit", STATE, PEOPLE),
    ("aap", STATE, PEOPLE),
    ("social_assistance", MUNICIPALITY, PEOPLE),
    ("kvp_benefit", MUNICIPALITY, PEOPLE),
    ("disability_pension", STATE, PEOPLE),
    ("wage_subsidy", STATE, EMPLOYERS),
    ("mentor_grant", STATE, EMPLOYERS),
    ("courses", STATE, PROVIDERS),
    ("aft", STATE, PROVIDERS),
    ("se_outsourced", STATE, PROVIDERS),
    ("se_in_house", STATE, STAFF),
    ("supervisors", STATE, STAFF),
    ("tender_administration", STATE, STAFF),
    ("tax", PEOPLE, STATE),
    ("education", STATE, PROVIDERS),
    ("assessment", STATE, PROVIDERS),
    ("se_outcome", STATE, PROVIDERS),
    ("cover", STATE, EMPLOYERS),
    ("kvp_team", MUNICIPALITY, STAFF),
    ("kvp_activities", MUNICIPALITY, PROVIDERS),
    ("drop_in", STATE, PROVIDERS),
    ("wage_subsidy_providers", STATE, PROVIDERS),
)
N_POSTS = len(POSTS)
POST_NAMES = tuple(name for name, _, _ in POSTS)
_PARTIES = {name: (payer, payee) for name, payer, payee in POSTS}


def balances(ledger: Sequence[float]) -> list[float]:
    """What each account has received less what it has paid, from the amounts by post; the sum is zero."""
    accounts = [0.0] * len(ACCOUNT_NAMES)
    for (_, payer, payee), amount in zip(POSTS, ledger, strict=True):
        accounts[payer] -= amount
        accounts[payee] += amount
    return accounts


def public_cost(post: str) -> float:
    """1 for a post that the state or the municipality pays, -1 for one that is paid to them. Raises KeyError."""
    payer, payee = _PARTIES[post]
    return float(payer in (STATE, MUNICIPALITY)) - float(payee in (STATE, MUNICIPALITY))


def flow_name(post: str) -> str:
    """Who pays whom under a post: "state to people". Raises KeyError for a post that there is not."""
    payer, payee = _PARTIES[post]
    return f"{ACCOUNT_NAMES[payer]} to {ACCOUNT_NAMES[payee]}"
