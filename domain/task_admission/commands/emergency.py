"""What is asked when a threat cannot wait for the decision: declared, confirmed, brought back in time."""

from typing import ClassVar

from domain.kernel.envelope import SCHEDULE
from domain.kernel.messages import Code, Command
from domain.kernel.money import Fen
from domain.task_admission.application import ApplicationForm, Funding, Line
from domain.task_admission.commands.roles import APPROVER, COMMITTEE, DELEGATING_DEPARTMENT, DUTY_OFFICER


class DeclareEmergency(Command):
    """Declare, by the form as it stands, that a threat to life, property or public safety cannot wait.

    Attributes:
        funding: The money for the work, where the form names none; the department bears it.
    """

    asked_by: ClassVar[frozenset[str]] = frozenset({DELEGATING_DEPARTMENT})
    funding: Funding | None = None


class ConfirmEmergency(Command):
    """Confirm that it is an emergency: the work may begin at once."""

    asked_by: ClassVar[frozenset[str]] = frozenset({APPROVER, DUTY_OFFICER})


class ReportEmergencyCosts(Command):
    """Say what the community spent on the work.

    Attributes:
        voucher: The number of the receipt; it counts once.
    """

    asked_by: ClassVar[frozenset[str]] = COMMITTEE
    amount_fen: Fen
    what: Line
    voucher: Code


class RegulariseEmergency(Command):
    """Bring the item back to be decided on, with a complete form (补办)."""

    asked_by: ClassVar[frozenset[str]] = frozenset({DELEGATING_DEPARTMENT})
    application: ApplicationForm


class LapseEmergency(Command):
    """Let an emergency lapse that did not come back in time."""

    asked_by: ClassVar[frozenset[str]] = frozenset({SCHEDULE})
