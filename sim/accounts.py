"""Who paid whom what: every post is an account pair, and every krone is booked once.

A post has a payer and a payee; a booking moves the amount from one to the other, so that the sum over all accounts is
zero to rounding. Amounts are NOK of the price year 2019 (basic amount G = 99,858, from memory).
"""

from __future__ import annotations

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
) = range(14)

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
)
N_POSTS = len(POSTS)
POST_NAMES = tuple(name for name, _, _ in POSTS)
