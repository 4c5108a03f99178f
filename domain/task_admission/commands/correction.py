"""What is asked when a form has defects: one complete list of them, once (一次性告知)."""

from typing import ClassVar

from domain.kernel.envelope import SCHEDULE
from domain.kernel.messages import Code, Command, Record, Text
from domain.task_admission.application import ApplicationForm, Line
from domain.task_admission.commands.roles import DELEGATING_DEPARTMENT, SECRETARIAT


class Defect(Record):
    """Something the form lacks or says wrongly.

    Attributes:
        field: The field of the form, or a part of one (`funding.schedule`).
        clause: What demands it.
        says: What is to be mended.
    """

    field: Code | None = None
    clause: Line | None = None
    says: Text | None = None


class RequestCorrection(Command):
    """Send the form back to be mended, with every defect there is: no second list follows."""

    asked_by: ClassVar[frozenset[str]] = frozenset({SECRETARIAT})
    defects: tuple[Defect, ...] = ()


class ResubmitApplication(Command):
    """Hand the mended form in, whole."""

    asked_by: ClassVar[frozenset[str]] = frozenset({DELEGATING_DEPARTMENT})
    application: ApplicationForm


class LapseCorrection(Command):
    """Let an application lapse whose defects were not mended in time."""

    asked_by: ClassVar[frozenset[str]] = frozenset({SCHEDULE})
