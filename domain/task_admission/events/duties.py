"""What was said while the work went on: spending, the quarter's report, a payment held, workload, satisfaction."""

from datetime import date

from domain.kernel.exact import Exact
from domain.kernel.ledger import MoneyEvent
from domain.kernel.messages import Code, Event
from domain.kernel.money import Fen
from domain.task_admission.application import Count, Line
from domain.task_admission.commands.duties import FundUseLine
from domain.task_admission.commands.legs import Year


class ExpenditureRecorded(MoneyEvent):
    """A part of the item's money was spent.

    Attributes:
        payer: Whose voucher it is: the community's.
    """

    amount_fen: Fen
    source: Code
    purpose: Code
    year: Year
    what: Line
    voucher: Code
    payer: Code
    by: Code
    on: date


class FundUseReported(Event):
    """The committee signed what the ledger shows for a quarter.

    Attributes:
        until_on: The last day of the quarter.
        lines: The ledger's figures, one line an account.
    """

    until_on: date
    lines: tuple[FundUseLine, ...]
    by: Code
    on: date


class PaymentHeld(Event):
    """The payments to come for this purpose are held until the report is there.

    Attributes:
        tranches: Which payments of the agreement, counted from 1.
        report_due_on: By when the report that is missing was due.
    """

    source: Code
    purpose: Code
    tranches: tuple[int, ...]
    report_due_on: date
    on: date


class WorkloadReported(Event):
    """The committee said how much work the item was in a quarter.

    Attributes:
        admitted_hours_a_month: What the application said.
    """

    until_on: date
    hours: Count
    quantity: Count | None
    admitted_hours_a_month: Count
    by: Code
    on: date


class SatisfactionRecorded(Event):
    """Recipients were asked what they think of a quarter's work.

    Attributes:
        rate: The share of those who answered that was satisfied; none where nobody did (`no_data`), which is not 0.
        surveyor: Who asked.
    """

    until_on: date
    asked: Count
    answered: Count
    satisfied: Count
    rate: Exact | None
    report: Line
    surveyor: Code
    by: Code
    on: date
