"""What the admission authority decided, and what happened to the money because of it."""

from datetime import date
from typing import Literal

from domain.kernel.ledger import MoneyEvent
from domain.kernel.messages import Code, Event, Text, Warned
from domain.kernel.money import Fen
from domain.task_admission.application import Line, Term
from domain.task_admission.events.cited import EntryCited

ReleaseCause = Literal["less_agreed", "withdrawn", "declined", "lapsed", "refused", "settled"]


class AdmissionApproved(Event):
    """The item was admitted, within this scope, term and amount."""

    decision_no: Line
    scope: tuple[Line, ...]
    term: Term
    amount_fen: Fen
    conditions: Text | None
    evaluation_method: Text
    by: Code
    on: date
    warnings: tuple[Warned, ...] = ()


class AdmissionRejected(Event):
    """The item was refused after review; the notice names the way of review."""

    reasons: Text
    way_of_review: Text
    by: Code
    on: date


class PurchaseRequired(Event):
    """The work is to be bought; the purchase has a case of its own."""

    cited: EntryCited
    by: Code
    on: date


class FundsReserved(MoneyEvent):
    """Money was set aside in the payer's appropriations, of the years in which it falls due."""

    amount_fen: Fen


class FundsReleased(MoneyEvent):
    """Money that was set aside, or was on its way, stands free in the payer's appropriations again."""

    amount_fen: Fen
    because: ReleaseCause
