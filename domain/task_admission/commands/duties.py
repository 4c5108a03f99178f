"""What is asked while the work goes on: what was spent, the quarter's report, the workload, what recipients say."""

from datetime import date
from typing import ClassVar

from domain.kernel.envelope import SCHEDULE
from domain.kernel.messages import Code, Command, Record
from domain.kernel.money import Fen
from domain.task_admission.application import Count, Line
from domain.task_admission.commands.legs import Year
from domain.task_admission.commands.roles import COMMITTEE, SURVEYOR


class FundUseLine(Record):
    """What one account of the community shows of this item for a quarter.

    Attributes:
        opening_fen: What the report before left.
        balance_fen: What is left: the opening, with what was received, without what was spent.
    """

    source: Code
    purpose: Code
    year: Year
    opening_fen: Fen
    received_fen: Fen
    spent_fen: Fen
    balance_fen: Fen


class RecordExpenditure(Command):
    """Say what was paid out of the item's money, and by which voucher.

    Attributes:
        year: The fiscal year of the account it was paid from.
        what: What it was paid for.
        voucher: The number of the community's own voucher; it is used once.
    """

    asked_by: ClassVar[frozenset[str]] = COMMITTEE
    amount_fen: Fen
    source: Code
    purpose: Code
    year: Year
    what: Line
    voucher: Code


class ReportFundUse(Command):
    """Sign, for a quarter, what the ledger shows.

    Attributes:
        until_on: The last day of the quarter.
        lines: The figures that the person saw, where they are to be held against the ledger; none are taken over.
    """

    asked_by: ClassVar[frozenset[str]] = COMMITTEE
    until_on: date
    lines: tuple[FundUseLine, ...] | None = None


class HoldNextTranche(Command):
    """Let the payments to come be held, because the report is long overdue."""

    asked_by: ClassVar[frozenset[str]] = frozenset({SCHEDULE})


class ReportWorkload(Command):
    """Say how much work the item was in a quarter; the last word counts.

    Attributes:
        until_on: The last day of the quarter.
        hours: All hours together.
        quantity: How much was done, in the unit of the application.
    """

    asked_by: ClassVar[frozenset[str]] = COMMITTEE
    until_on: date
    hours: Count
    quantity: Count | None = None


class RecordSatisfaction(Command):
    """Say what the recipients of a quarter's work think of it.

    Attributes:
        until_on: The last day of the quarter.
        asked: How many were asked.
        answered: How many of them answered.
        satisfied: How many of those were satisfied.
        report: Where the survey is described: its number or title.
    """

    asked_by: ClassVar[frozenset[str]] = frozenset({SURVEYOR})
    until_on: date
    asked: Count
    answered: Count
    satisfied: Count
    report: Line
