"""The service agreement (服务协议): the form the two sides fill in, and what it is once nothing is missing."""

from datetime import date
from typing import Annotated

from pydantic import Field

from domain.kernel.messages import Code, Record, Text
from domain.kernel.money import Fen
from domain.task_admission.application import Count, DemandKind, Line, Term, Tranche

# Left out where it is not said: what was signed before is compared with what is said today to the letter.
NoticeDays = Annotated[Count | None, Field(exclude_if=lambda days: days is None)]


class Proxy(Record):
    """A written power to sign for a side's legal representative.

    Attributes:
        principal: The legal representative.
    """

    principal: Code
    document: Line
    given_on: date


class AgreementForm(Record):
    """An agreement as it is signed; what is blank is named in the refusal.

    Attributes:
        decision_no: The decision it carries out.
        scope: What is to be done, a line each, in the words of the decision.
        standard: By what the work is measured.
        payments: When which part of the money is paid.
        acceptance: How the work is accepted.
        disputes: What happens in a dispute.
        notice_days: How many days before the last one a side says that it ends the item early.
        guarantors: Who guarantees anything in it; a committee may not.
        demands: What it would have the community bear beside the work.
    """

    decision_no: Line | None = None
    scope: tuple[Line, ...] = ()
    standard: Text | None = None
    term: Term | None = None
    amount_fen: Fen | None = None
    payments: tuple[Tranche, ...] = ()
    acceptance: Text | None = None
    change: Text | None = None
    exit: Text | None = None
    disputes: Text | None = None
    notice_days: NoticeDays = None
    guarantors: tuple[Code, ...] = ()
    demands: tuple[DemandKind, ...] = ()


class Agreement(Record):
    """A complete agreement."""

    decision_no: Line
    scope: tuple[Line, ...]
    standard: Text
    term: Term
    amount_fen: Fen
    payments: tuple[Tranche, ...]
    acceptance: Text
    change: Text
    exit: Text
    disputes: Text
    notice_days: NoticeDays = None
