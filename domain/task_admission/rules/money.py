"""How an item's money goes through the ledger: set aside, paid out, received, given back.

A reserve before payment stands in the payer's appropriation of the year in which the part falls due; the community's
own account begins with the receipt, in the fiscal year of that day in Shanghai.

Source:
    S1e-28, S1f-16; ADMISSION §8 item 17.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from domain.kernel.errors import Refused
from domain.kernel.facts import Facts
from domain.kernel.ledger import Account, BalanceOf, Posting, move
from domain.task_admission.application import Funding, Tranche
from domain.task_admission.commands.leaving import Shortage
from domain.task_admission.events import FundsReleased, FundsReserved, FundsReturned
from domain.task_admission.events.decision import ReleaseCause
from domain.task_admission.rules.funding import FUNDING_SOURCE, MISSING
from domain.task_admission.state import Money

NOTHING_RELEASED: Final[tuple[FundsReleased, ...]] = ()


def appropriation(funding: Funding, year: int) -> Account:
    """Name the payer's appropriation of a year, from which an item is paid."""
    return Account(
        owner=funding.cost_bearer, source=funding.source, purpose=funding.purpose, year=year, pocket="available"
    )


def by_year(payments: Iterable[Tranche]) -> Mapping[int, int]:
    """Add payments up by the year in which they fall due, in fen."""
    years: dict[int, int] = {}
    for each in payments:
        years[each.due_on.year] = years.get(each.due_on.year, 0) + each.amount_fen
    return {year: fen for year, fen in sorted(years.items()) if fen > 0}


def appropriation_needs(funding: Funding, payments: Iterable[Tranche]) -> tuple[BalanceOf, ...]:
    """Name what stands in the payer's appropriations."""
    return tuple(BalanceOf(appropriation(funding, year)) for year in by_year(payments))


def shortage(funding: Funding, payments: Iterable[Tranche], facts: Facts) -> Shortage | None:
    """Give the first appropriation that does not hold what falls due in its year; one fen too little is too little."""
    for year, needed in by_year(payments).items():
        there = facts[BalanceOf(appropriation(funding, year))]
        if there < needed:
            said = {"payer": funding.cost_bearer, "purpose": funding.purpose}
            return Shortage(**said, year=year, needed_fen=needed, available_fen=there)
    return None


def check_appropriated(funding: Funding, payments: Iterable[Tranche], code: str, facts: Facts) -> None:
    """Let the payer promise only what stands in its appropriations.

    Raises:
        Refused: *code*, with the year, what is needed and what is there.
    """
    short = shortage(funding, payments, facts)
    if short is not None:
        details = {"why": "appropriation_short", "payer": short.payer, "purpose": short.purpose, "year": short.year}
        raise Refused(code, FUNDING_SOURCE, **details, needed_fen=short.needed_fen, available_fen=short.available_fen)


def reserve(funding: Funding, payments: tuple[Tranche, ...], facts: Facts) -> FundsReserved:
    """Set the money of an item aside.

    Raises:
        Refused: `task_admission.funding_missing`: an appropriation does not hold enough.
    """
    check_appropriated(funding, payments, MISSING, facts)
    lines: list[Posting] = []
    for year, fen in by_year(payments).items():
        account = appropriation(funding, year)
        lines += move(fen, account, account.turned("reserved"))
    return FundsReserved(amount_fen=sum(each.amount_fen for each in payments), postings=tuple(lines))


def release(amounts: Mapping[Account, int], because: ReleaseCause) -> tuple[FundsReleased, ...]:
    """Set money free that was set aside and is not needed.

    Args:
        amounts: What of each account of reserves, in fen.
    """
    lines = [line for account, fen in amounts.items() for line in move(fen, account, account.turned("available"))]
    if not lines:
        return NOTHING_RELEASED
    return (FundsReleased(amount_fen=sum(amounts.values()), because=because, postings=tuple(lines)),)


def release_all(money: Money, because: ReleaseCause) -> tuple[FundsReleased, ...]:
    """Set everything free that has not arrived; a payment that is on its way is called back."""
    lines: list[Posting] = []
    called_back = money.held("in_transit")
    for account, fen in called_back.items():
        lines += move(fen, account, account.turned("reserved"))
        lines += move(fen, account.turned("reserved"), account.turned("available"))
    reserved = money.held("reserved")
    for account, fen in reserved.items():
        lines += move(fen, account, account.turned("available"))
    if not lines:
        return NOTHING_RELEASED
    freed = sum(called_back.values()) + sum(reserved.values())
    return (FundsReleased(amount_fen=freed, because=because, postings=tuple(lines)),)


def return_received(money: Money) -> tuple[FundsReturned, ...]:
    """Give back what the community received."""
    received = money.held("available")
    of_community = {account: fen for account, fen in received.items() if fen > 0}
    lines = [line for account, fen in of_community.items() for line in move(fen, account, account.turned("returned"))]
    return (FundsReturned(amount_fen=sum(of_community.values()), postings=tuple(lines)),) if lines else ()
