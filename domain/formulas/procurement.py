"""What a contract may cost, secure, last and owe (TV-P1 to P4, P6 to P8)."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Annotated, Final

from pydantic import Field

from domain.formulas.findings import Finding
from domain.kernel.calendar import Calendar
from domain.kernel.exact import Exact
from domain.kernel.messages import Record
from domain.kernel.money import round_half_up
from domain.kernel.periods import Period, end_of_term, reckon
from domain.kernel.policy import Law, Parameter, Reading

_DAYS_IN_YEAR: Final = 365


class ContractTerm(Record):
    """How long a contract lasts: as a rule, and at most when every condition holds."""

    ordinary: Period
    longest: Period
    conditions: Annotated[int, Field(gt=0)]


SUPPLEMENTS_CAP: Final = Parameter[Fraction]("supplementary_contracts_cap", Exact)
PERFORMANCE_BOND_CAP: Final = Parameter[Fraction]("performance_bond_cap", Exact)
BID_BOND_CAP: Final = Parameter[Fraction]("bid_bond_cap", Exact)
CONTRACT_TERM: Final = Parameter("contract_term", ContractTerm)
OVERDUE_INTEREST: Final = Parameter[Fraction]("overdue_interest_per_day", Exact)
LOAN_PRIME_RATE: Final = Parameter[Fraction]("one_year_loan_prime_rate", Exact)
PAYMENT_LONGEST: Final = Parameter("payment_longest", Period)


def supplementary_contract(law: Law, *, original_fen: int, supplements_fen: Sequence[int]) -> Finding[int]:
    """Check all supplementary contracts of one original together.

    Returns:
        The most they may come to, in fen.

    Source:
        L-GPL:49; L-GPR:67(5); dossier TV-P1, P2.

    Raises:
        Refused: `service_contract.supplement_cap`, where the rule binds.
    """
    return _cap(law[SUPPLEMENTS_CAP], "service_contract.supplement_cap", sum(supplements_fen), original_fen)


def performance_bond(law: Law, *, contract_fen: int, bond_fen: int) -> Finding[int]:
    """Check the bond a provider gives for its performance.

    Returns:
        The most it may be, in fen.

    Source:
        L-GPR:48; dossier TV-P3.

    Raises:
        Refused: `service_contract.performance_bond_cap`, where the rule binds.
    """
    return _cap(law[PERFORMANCE_BOND_CAP], "service_contract.performance_bond_cap", bond_fen, contract_fen)


def bid_bond(law: Law, *, budget_fen: int, bond_fen: int) -> Finding[int]:
    """Check the bond asked of those who bid.

    Returns:
        The most it may be, in fen.

    Source:
        L-GPR:33; dossier TV-P4.

    Raises:
        Refused: `service_contract.bid_bond_cap`, where the rule binds.
    """
    return _cap(law[BID_BOND_CAP], "service_contract.bid_bond_cap", bond_fen, budget_fen)


def _cap(rule: Reading[Fraction], code: str, amount_fen: int, of_fen: int) -> Finding[int]:
    most = of_fen * rule.value
    allowed = most.numerator // most.denominator
    warned = rule.breach(code, amount_fen=amount_fen, most_fen=allowed) if amount_fen > most else None
    return Finding(rule, allowed, "fen", warned)


def contract_term(law: Law, *, from_on: date, to_on: date, long_term_conditions: int = 0) -> Finding[date]:
    """Check how long a contract lasts; beyond a year every one of the four conditions must hold.

    Args:
        from_on: First day, counted.
        to_on: Last day, counted.
        long_term_conditions: How many hold: budget assured, content fixed and continuous, funds stable, prices steady.

    Returns:
        The last day it may last to.

    Source:
        X-102-24; dossier TV-P6.

    Raises:
        Refused: `service_contract.term_too_long`, where the rule binds.
    """
    rule = law[CONTRACT_TERM]
    terms = rule.value
    period = terms.longest if long_term_conditions >= terms.conditions else terms.ordinary
    last_on = end_of_term(period, from_on)
    warned = None
    if to_on > last_on:
        warned = rule.breach("service_contract.term_too_long", to_on=to_on.isoformat(), last_on=last_on.isoformat())
    return Finding(rule, last_on, "date", warned)


def overdue_interest(law: Law, *, amount_fen: int, days: int, agreed_rate: Fraction | None = None) -> Finding[int]:
    """Say what interest a late payment owes, in fen.

    Args:
        agreed_rate: A year's rate, as the contract has it; not below the one-year loan prime rate, which a pack sets.

    Source:
        L-SME:17; dossier TV-P7.

    Raises:
        Refused: `service_contract.interest_too_low` where the rule binds; `policy.not_set` without a prime rate.
    """
    rule = law[OVERDUE_INTEREST]
    if agreed_rate is None:
        return Finding(rule, round_half_up(amount_fen * rule.value * days), "fen")
    prime = law[LOAN_PRIME_RATE]
    warned = None
    if agreed_rate < prime.value:
        warned = prime.breach("service_contract.interest_too_low", agreed=str(agreed_rate), least=str(prime.value))
    return Finding(prime, round_half_up(amount_fen * agreed_rate * days / _DAYS_IN_YEAR), "fen", warned)


def payment_due(law: Law, calendar: Calendar, *, accepted_on: date, agreed_days: int) -> Finding[date]:
    """Say by when a small provider is paid, as the contract agrees.

    Source:
        L-SME:9, 10; dossier TV-P8.

    Raises:
        Refused: `service_contract.payment_term_too_long`, where the rule binds.
    """
    rule = law[PAYMENT_LONGEST]
    warned = None
    if agreed_days > rule.value.length:
        most = rule.value.length
        warned = rule.breach("service_contract.payment_term_too_long", agreed_days=agreed_days, most_days=most)
    if agreed_days == 0:
        return Finding(rule, accepted_on, "date", warned)
    found = reckon(Period(length=agreed_days, unit="d"), accepted_on, calendar)
    return Finding(rule, found.due_on, "date", warned, {"provisional": found.provisional})
