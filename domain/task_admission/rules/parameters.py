"""The dated values, lists and limits task admission reads. The values are data, in `policy/`."""

from fractions import Fraction
from typing import Final

from domain.kernel.clocks import BOTH_PARTIES
from domain.kernel.exact import Exact
from domain.kernel.limits import LimitRule
from domain.kernel.messages import Record
from domain.kernel.periods import Period
from domain.kernel.policy import Parameter


class MeetingShares(Record):
    """The shares by which a residents' meeting decides.

    Attributes:
        present_from: Of those who may vote, at least.
        for_above: Of those present, more than.
    """

    present_from: Exact
    for_above: Exact


LEAD_TIME_PERIOD: Final = Parameter("lead_time_period", Period)
"""DL-01: how long before the first day an application must be in."""
FORMAL_CHECK_PERIOD: Final = Parameter("formal_check_period", Period)
"""DL-06: how long the formal check may take."""
CORRECTION_PERIOD: Final = Parameter("correction_period", Period)
"""DL-03: how long the applicant may take to mend its form."""
EMERGENCY_CONFIRMATION_PERIOD: Final = Parameter("emergency_confirmation_period", Period)
"""DL-52: how long the confirmation of an emergency may take."""
REGULARISATION_PERIOD: Final = Parameter("regularisation_period", Period)
"""DL-53: until when an emergency must come back to be decided on."""
EMERGENCY_MAXIMUM: Final = Parameter("emergency_maximum", Period)
"""How long the work against a threat may last."""
DECISION_PERIOD: Final = Parameter("decision_period", Period)
"""DL-02: how long the decision may take from acceptance."""
OPINION_PERIOD: Final = Parameter("opinion_period", Period)
"""DL-07: how long the community may take to be heard first."""
CONFERENCE_PERIOD: Final = Parameter("conference_period", Period)
"""DL-08: how long a called conference may take to decide."""
CONFERENCE_MAJORITY_ABOVE: Final = Parameter[Fraction]("conference_majority_above", Exact)
"""More than this share of the bodies present must have been for what a conference decided."""
SIGNATURE_PERIOD: Final = Parameter("signature_period", Period)
"""DL-09: until when both sides must have signed."""
DISCLOSURE_PERIOD: Final = Parameter("disclosure_period", Period)
"""DL-04: how long a residents' committee shows the decision, at the least."""
TRANCHE_DATE: Final = Parameter("tranche_date", Period)
"""DL-50: a payment is due on the day the agreement gives it."""
TERM_REVIEW_LEAD: Final = Parameter("term_review_lead", Period)
"""DL-54: how long before the last day it is looked at what becomes of the item."""
CURE_PERIOD: Final = Parameter("cure_period", Period)
"""DL-51: how long a cause for which the work stands still may take to be cured."""
EXIT_DECISION_PERIOD: Final = Parameter("exit_decision_period", Period)
"""DL-55: how long the exit decision may take."""
FUND_USE_REPORT_PERIOD: Final = Parameter("fund_use_report_period", Period)
"""DL-05: how long the report on the use of the money may take from the end of its quarter."""
FUND_USE_REPORT_EVERY: Final = Parameter("fund_use_report_every", Period)
"""What stretch of the year a report is about."""
PAYMENT_HOLD_AFTER: Final = Parameter("payment_hold_after", Period)
"""How long a report may be overdue before payments to come are held."""
NEVER_HELD_FUND_SOURCES: Final = Parameter[tuple[str, ...]]("never_held_fund_sources", tuple[str, ...])
"""Base funds and pay floors, which no report may hold up."""
SETTLEMENT_PERIOD: Final = Parameter("settlement_period", Period)
"""DL-56: how long the settlement may take."""
OFF_LIST_ROUTE: Final = Parameter("off_list_route", str)
"""Whether off-list work is agreed on or bought: `agreement` or `purchase`."""
PURCHASE: Final = "purchase"
UNDELEGABLE_POWERS: Final = Parameter[tuple[str, ...]]("undelegable_powers", tuple[str, ...])
"""Kinds of power for which a community may not be made responsible."""
COMMUNITY_CAPACITY: Final = Parameter("community_capacity", int)
"""Hours a month that all items on one checklist may take together; the nation sets no number."""
DISCRETIONARY_FUND_SOURCES: Final = Parameter[tuple[str, ...]]("discretionary_fund_sources", tuple[str, ...])
"""Funds whose use the residents direct."""
RESIDENTS_MEETING: Final = Parameter("residents_meeting", MeetingShares)
"""How many must be present, and how many of those must agree."""
CARRY_OVER_ALLOWED: Final = Parameter("carry_over_allowed", bool)
"""Whether money may be carried into another year when an item is completed."""
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
CORRECTION: Final = LimitRule("correction", CORRECTION_PERIOD, owner="delegating_department")
CONFIRMATION: Final = LimitRule("confirmation", EMERGENCY_CONFIRMATION_PERIOD, owner="approver")
REGULARISATION: Final = LimitRule("regularisation", REGULARISATION_PERIOD, owner="delegating_department")
DECISION: Final = LimitRule("decision", DECISION_PERIOD, owner="approver")
OPINION: Final = LimitRule("opinion", OPINION_PERIOD, owner="residents_committee")
CONFERENCE: Final = LimitRule("conference", CONFERENCE_PERIOD, owner="convenor")
SIGNATURE: Final = LimitRule("signature", SIGNATURE_PERIOD, owner=BOTH_PARTIES)
DISCLOSURE: Final = LimitRule("disclosure", DISCLOSURE_PERIOD, owner="residents_committee")
FUNDS: Final = LimitRule("funds", TRANCHE_DATE, owner="finance_bureau")
CURE: Final = LimitRule("cure", CURE_PERIOD, owner="delegating_department")
TERM_REVIEW: Final = LimitRule("term_review", TERM_REVIEW_LEAD, owner="secretariat")
EXIT_DECISION: Final = LimitRule("exit_decision", EXIT_DECISION_PERIOD, owner="approver")
FUND_USE_REPORT: Final = LimitRule("fund_use_report", FUND_USE_REPORT_PERIOD, owner="residents_committee")
PAYMENT_HOLD: Final = "payment_hold"
"""The day on which the payments to come are held, unless the report is there."""
SETTLEMENT: Final = LimitRule("settlement", SETTLEMENT_PERIOD, owner="residents_committee")
START: Final = "start"
"""The first day of the work, as a date of the case."""
MANDATE_END: Final = "mandate_end"
"""The last day of the authority that was granted."""
PEOPLE_END: Final = "people_end"
"""The last day on which everybody who was named is in office, as far as it is known."""
LIST_END: Final = "list_end"
"""The last day on which the list names a listed item, as far as it is known."""
MONEY_END: Final = "money_end"
"""The last day on which nothing that is due is missing, as far as it is known."""
LEG_ENDS: Final = (MANDATE_END, PEOPLE_END, LIST_END, MONEY_END)
"""The days on which a leg will fall, of an item whose work goes on."""
TERM_END: Final = "term_end"
"""The last day of the work."""

PROHIBITED_LIST: Final = "prohibited_list"
SELF_GOVERNANCE_LIST: Final = "self_governance_list"
POWER_DUTY_LIST: Final = "power_duty_list"
ASSISTANCE_LIST: Final = "assistance_list"
LAW_REGISTER: Final = "law_register"
DATASET_CATALOGUE: Final = "dataset_catalogue"
PURCHASE_CATALOGUE: Final = "purchase_catalogue"
CLASSIFYING_LISTS: Final = (PROHIBITED_LIST, SELF_GOVERNANCE_LIST, POWER_DUTY_LIST, ASSISTANCE_LIST)
"""The lists of the decision table; without one of them nothing can be said to be off the list."""

GOVERNMENT_KINDS: Final = frozenset(
    {"city_government", "district_government", "township_government", "subdistrict_office", "administrative_committee"}
)
"""Kinds of organisation that are a government or its dispatched office, and no department of one."""
