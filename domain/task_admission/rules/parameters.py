"""The dated values, lists and limits task admission reads. The values are data, in `policy/`."""

from typing import Final

from domain.kernel.limits import LimitRule
from domain.kernel.periods import Period
from domain.kernel.policy import Parameter

LEAD_TIME_PERIOD: Final = Parameter("lead_time_period", Period)
"""DL-01: how long before the first day an application must be in."""
FORMAL_CHECK_PERIOD: Final = Parameter("formal_check_period", Period)
"""DL-06: how long the formal check may take."""
TERM_MAXIMUM: Final = Parameter("term_maximum", Period)
ELIGIBLE_FUND_SOURCES: Final = Parameter[tuple[str, ...]]("eligible_fund_sources", tuple[str, ...])
"""Funds that may pay for an item; relief, welfare and charity money may not."""
PAYERS: Final = Parameter[tuple[str, ...]]("payers", tuple[str, ...])
"""Whose hand the money may come from."""
CONSENT_NEEDED: Final = Parameter("consent_needed", bool)
"""Whether a department needs the government's consent before it asks a residents' committee."""
ASKING_BODY: Final = "asking_body"
ASSISTANCE_BEARER_RESIDENTS: Final = Parameter("assistance_bearer_residents", str)
"""Who bears the cost where the government or its dispatched office asks a residents' committee."""
DELEGATION_BEARER_RESIDENTS: Final = Parameter("delegation_bearer_residents", str)
"""Who bears the cost where a department asks a residents' committee."""
ASSISTANCE_BEARER_VILLAGERS: Final = Parameter("assistance_bearer_villagers", str)
"""Who bears the cost where the government asks a villagers' committee."""
DELEGATION_BEARER_VILLAGERS: Final = Parameter("delegation_bearer_villagers", str)
"""Who bears the cost where a department asks a villagers' committee."""
ADDED_POSTS_ALLOWED: Final = Parameter("added_posts_allowed", int)
"""How many full-time posts a department may add in a community on its own."""
DATA_COLLECTED_ONCE: Final = Parameter("data_collected_once", bool)
"""Whether data that exist may not be asked for again."""
OBLIGING_VERBS: Final = Parameter[tuple[str, ...]]("obliging_verbs", tuple[str, ...])
"""Verbs that make the number after them a target."""
COMPLETION_RATES: Final = Parameter[tuple[str, ...]]("completion_rates", tuple[str, ...])
"""Names of rates that are targets when a share stands with them."""
ORDERING_WORDS: Final = Parameter[tuple[str, ...]]("ordering_words", tuple[str, ...])
"""Words that make a text an order."""
WAY_OF_REVIEW: Final = Parameter("way_of_review", str)
"""What a refusal's notice says about having it looked at again."""

LEAD_TIME: Final = LimitRule("lead_time", LEAD_TIME_PERIOD, owner="delegating_department")
FORMAL_CHECK: Final = LimitRule("formal_check", FORMAL_CHECK_PERIOD, owner="secretariat")

PROHIBITED_LIST: Final = "prohibited_list"
SELF_GOVERNANCE_LIST: Final = "self_governance_list"
POWER_DUTY_LIST: Final = "power_duty_list"
ASSISTANCE_LIST: Final = "assistance_list"
LAW_REGISTER: Final = "law_register"
DATASET_CATALOGUE: Final = "dataset_catalogue"
CLASSIFYING_LISTS: Final = (PROHIBITED_LIST, SELF_GOVERNANCE_LIST, POWER_DUTY_LIST, ASSISTANCE_LIST)
"""The lists of the decision table; without one of them nothing can be said to be off the list."""

GOVERNMENT_KINDS: Final = frozenset(
    {"city_government", "district_government", "township_government", "subdistrict_office", "administrative_committee"}
)
"""Kinds of organisation that are a government or its dispatched office, and no department of one."""
