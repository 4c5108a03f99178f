"""What is asked when the work must stand still: the cause, its cure, the end of the patience."""

from typing import ClassVar, Literal

from domain.kernel.envelope import SCHEDULE
from domain.kernel.messages import Command, Text
from domain.task_admission.commands.roles import APPROVER, COMMITTEE, DEPARTMENT

SuspensionCause = Literal[
    "funds_overdue",
    "authority_ended",
    "staff_missing",
    "scope_exceeded",
    "law_or_list_changed",
    "emergency",
]
"""Why work stands still (dossier §4.1 →`suspended`)."""


class SuspendTask(Command):
    """Let the work stand still for a named cause.

    Attributes:
        facts: What shows the cause.
    """

    asked_by: ClassVar[frozenset[str]] = COMMITTEE | DEPARTMENT | {APPROVER}
    cause: SuspensionCause | None = None
    facts: Text | None = None


class ResumeTask(Command):
    """Let the work go on, because every cause is cured.

    Attributes:
        cured: The causes that no record shows to be cured, of which the authority says so.
        reasons: What shows it.
    """

    asked_by: ClassVar[frozenset[str]] = frozenset({APPROVER})
    cured: tuple[SuspensionCause, ...] = ()
    reasons: Text | None = None


class EndCure(Command):
    """Let the period for the cure end: what is not cured by then is decided on."""

    asked_by: ClassVar[frozenset[str]] = frozenset({SCHEDULE})
