"""That work began because of a threat, what it cost, and how it came back or ended."""

from datetime import date

from domain.kernel.ledger import MoneyEvent
from domain.kernel.messages import Code, Event, Warned
from domain.kernel.money import Fen
from domain.task_admission.application import Application, Emergency, Funding, Line, Term


class EmergencyDeclared(Event):
    """The department says that a threat cannot wait; nobody works on it before it is confirmed.

    Attributes:
        emergency: The threat, with the facts that show it.
        term: First and last day of the work against it.
        funding: What the department sets aside for it.
    """

    emergency: Emergency
    term: Term
    funding: Funding
    by: Code
    on: date
    warnings: tuple[Warned, ...] = ()


class EmergencyConfirmed(Event):
    """It is an emergency: the work may begin, and from this hour on the department bears its cost."""

    cost_bearer: Code
    by: Code
    on: date


class EmergencyCostsReported(Event):
    """The community spent this on the work."""

    amount_fen: Fen
    what: Line
    voucher: Code
    by: Code
    on: date


class EmergencyRegularised(Event):
    """A complete form was handed in for work that a threat had made begin.

    Attributes:
        worked_since: The day from which the work was done.
    """

    application: Application
    applicant_kind: Code
    worked_since: date
    by: Code
    on: date
    warnings: tuple[Warned, ...] = ()


class EmergencySettled(MoneyEvent):
    """The department paid what the community had spent; the rest of what it had set aside is free again."""

    paid_fen: Fen
    released_fen: Fen
    on: date


class EmergencyLapsed(Event):
    """The item did not come back in time: the work ends, and what was done was no task of the community.

    Attributes:
        worked_since: The day from which the work was done.
        last_on: The last day on which it could have come back.
    """

    worked_since: date
    last_on: date
