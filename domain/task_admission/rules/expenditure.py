"""What was spent of an item's money while the work went on, voucher by voucher; the settlement says the rest.

Source:
    S1e-28 (separate accounting); S1f-16 (earmarked); dossier §3.3, §4.1.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from domain.kernel.decision import NOTHING_NEW, Events
from domain.kernel.errors import Refused
from domain.kernel.facts import CasesHolding, Facts, Need
from domain.kernel.ledger import EARMARKED, Account, move
from domain.task_admission.commands import RecordExpenditure
from domain.task_admission.commands.closing import SettlementLine
from domain.task_admission.events import ExpenditureRecorded
from domain.task_admission.rules.phases import wrong_phase
from domain.task_admission.rules.quarters import Begun
from domain.task_admission.rules.separation import hold_one_part
from domain.task_admission.state import Active, AdmissionState, ExitReview, Suspended
from domain.task_admission.state.view import voucher_key

SOURCE: Final = "S1e-28, dossier §4.1"


def expenditure_needs(command: RecordExpenditure, state: AdmissionState) -> tuple[Need[Any], ...]:
    """Name which case has used the voucher."""
    return (CasesHolding(voucher_key(state.drafted.community, command.voucher)),) if isinstance(state, Begun) else ()


def spend(command: RecordExpenditure, state: AdmissionState, facts: Facts) -> Events:
    """Book what was spent, from this item's own money that was there on the day, with a fresh voucher.

    What was done is still paid for while the work stands still, and when it is over, until the money is settled.

    Raises:
        Refused: `task_admission.diversion`, `task_admission.voucher_used`, `task_admission.beyond_balance`,
            `task_admission.substitute_needed`, `ledger.amount_not_positive`.
    """
    match state:
        case Active() | Suspended() | ExitReview(settled=()):
            hold_one_part("community", state, facts)
            _check_purpose(command, state)
            spent = _spent(command, state, facts)
            if state.money.spent.says(spent):
                return NOTHING_NEW
            holders = facts[CasesHolding(voucher_key(spent.payer, command.voucher))]
            if state.money.spent.has(command.voucher) or holders:
                raise Refused("task_admission.voucher_used", SOURCE, voucher=command.voucher, cases=[*holders])
            _check_there(spent, state, facts)
            return (spent,)
        case _:
            raise wrong_phase(command, state)


def _check_purpose(command: RecordExpenditure, state: Begun) -> None:
    funding = state.application.funding
    earmarked = None if funding is None else (funding.source, funding.purpose)
    if (command.source, command.purpose) != earmarked:
        details = {"purpose": command.purpose, "earmarked": None if funding is None else funding.purpose}
        raise Refused("task_admission.diversion", EARMARKED, **details, source_of_funds=command.source)


def _spent(command: RecordExpenditure, state: Begun, facts: Facts) -> ExpenditureRecorded:
    community = state.drafted.community
    account = Account(
        owner=community, source=command.source, purpose=command.purpose, year=command.year, pocket="available"
    )
    return ExpenditureRecorded(
        amount_fen=command.amount_fen,
        source=command.source,
        purpose=command.purpose,
        year=command.year,
        what=command.what,
        voucher=command.voucher,
        payer=community,
        by=facts.asked.person,
        on=facts.asked.on,
        postings=move(command.amount_fen, account, account.turned("spent")),
    )


def _check_there(spent: ExpenditureRecorded, state: Begun, facts: Facts) -> None:
    """Let only be spent what had arrived by that day and was not spent before."""
    account = spent.postings[0].account
    arrived = sum(fen for each, fen in state.money.arrivals(facts.asked.on) if each == account)
    there = arrived - recorded(state)[account]
    if spent.amount_fen > there:
        details = {"amount_fen": spent.amount_fen, "available_fen": there}
        raise Refused("task_admission.beyond_balance", SOURCE, purpose=spent.purpose, year=spent.year, **details)


def recorded(state: Begun) -> Counter[Account]:
    """Give what was spent so far from each account of the community, in fen."""
    spent = state.money.held("spent").items()
    return Counter({account.turned("available"): fen for account, fen in spent})


def to_settle(state: ExitReview) -> Mapping[Account, int]:
    """Give what the settlement must account for: what is left in each account, and what was spent from it before."""
    community = state.drafted.community
    left = {account: fen for account, fen in state.money.held("available").items() if account.owner == community}
    return recorded(state) + Counter(left)


def spent_since(lines: tuple[SettlementLine, ...], state: ExitReview) -> tuple[SettlementLine, ...]:
    """Give the lines of a settlement without what was booked as spent before.

    Raises:
        Refused: `task_admission.spent_less_than_recorded`.
    """
    before, rest = recorded(state), list[SettlementLine]()
    for line in lines:
        account = _account(line, state)
        booked = min(before[account], line.spent_fen)
        before[account] -= booked
        rest.append(line.model_copy(update={"spent_fen": line.spent_fen - booked}))
    for account, fen in before.items():
        if fen > 0:
            details = {"purpose": account.purpose, "year": account.year, "missing_fen": fen}
            raise Refused("task_admission.spent_less_than_recorded", SOURCE, **details)
    return tuple(rest)


def _account(line: SettlementLine, state: ExitReview) -> Account:
    owner = state.drafted.community
    return Account(owner=owner, source=line.source, purpose=line.purpose, year=line.year, pocket="available")
