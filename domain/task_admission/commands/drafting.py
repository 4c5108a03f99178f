"""What the applicant asks before anybody has looked at the item, and the taking back."""

from typing import ClassVar

from domain.kernel.messages import Code, Command, Text
from domain.task_admission.application import ApplicationForm
from domain.task_admission.commands.roles import DELEGATING_DEPARTMENT


class DraftApplication(Command):
    """Begin an application for one community; the form may still have blanks."""

    asked_by: ClassVar[frozenset[str]] = frozenset({DELEGATING_DEPARTMENT})
    community: Code
    application: ApplicationForm = ApplicationForm()


class AmendDraft(Command):
    """Put another form, whole, in the place of the draft's."""

    asked_by: ClassVar[frozenset[str]] = frozenset({DELEGATING_DEPARTMENT})
    application: ApplicationForm


class SubmitApplication(Command):
    """Hand the form in as it stands."""

    asked_by: ClassVar[frozenset[str]] = frozenset({DELEGATING_DEPARTMENT})


class WithdrawApplication(Command):
    """Take the application back; until both sides have signed, no more is needed."""

    asked_by: ClassVar[frozenset[str]] = frozenset({DELEGATING_DEPARTMENT})
    reason: Text | None = None
