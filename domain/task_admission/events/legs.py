"""What shows that authority, people and money are there; that the work began; that a leg was lost or never came."""

from datetime import date

from domain.kernel.ledger import MoneyEvent
from domain.kernel.messages import Code, Event, Text, Warned
from domain.kernel.money import Fen
from domain.task_admission.application import Line
from domain.task_admission.commands.legs import Assignment, Leg, Year
from domain.task_admission.events.agreement import Side
from domain.task_admission.events.cited import EventCited


class AuthorityGranted(Event):
    """The power was handed over.

    Attributes:
        until_on: The last day; the term's where the grant named none.
    """

    power: Text
    kind: Code
    scope: tuple[Line, ...]
    from_on: date
    until_on: date
    organisation: Code
    by: Code
    on: date
    warnings: tuple[Warned, ...] = ()


class PeopleNamed(Event):
    """One side named who does the work, in the place of what it named before.

    Attributes:
        accountable_officer: Who answers for all of it; the department names one.
    """

    side: Side
    people: tuple[Assignment, ...]
    accountable_officer: Code | None
    none_needed: Text | None
    by: Code
    on: date
    warnings: tuple[Warned, ...] = ()


class FundsDisbursed(MoneyEvent):
    """A part of a payment has left the payer.

    Attributes:
        payer: Whose money it is; its vouchers pay once.
    """

    tranche: int
    amount_fen: Fen
    voucher: Code
    payer: Code
    by: Code
    on: date
    warnings: tuple[Warned, ...] = ()


class FundsReceived(MoneyEvent):
    """A payment arrived in the community's account of this source, purpose and fiscal year."""

    tranche: int
    amount_fen: Fen
    voucher: Code
    year: Year
    by: Code
    on: date
    warnings: tuple[Warned, ...] = ()


class FundsReturned(MoneyEvent):
    """Money that was received, and not spent, was given back."""

    amount_fen: Fen


class TaskActivated(Event):
    """All three legs stand, each shown by events of this case; the work begins.

    Source:
        S0-08; S4-32.
    """

    authority: tuple[EventCited, ...]
    people: tuple[EventCited, ...]
    money: tuple[EventCited, ...]
    on: date


class LegLost(Event):
    """What a leg rested on is no longer so.

    Attributes:
        because: What changed.
    """

    leg: Leg
    because: Text
    on: date


class TaskRefusedByCommunity(Event):
    """The community refused the item, because a leg did not come in time."""

    leg: Leg
    reasons: Text
    by: Code
    on: date
