"""What may be asked of one application, and by whom."""

from typing import ClassVar, Final, Literal

from domain.kernel.messages import Code, Command, Text, Vocabulary
from domain.task_admission.application import ApplicationForm

DELEGATING_DEPARTMENT: Final = "delegating_department"
SECRETARIAT: Final = "secretariat"

RejectionReason = Literal["prohibited", "autonomy", "duty_shifting", "still_incomplete"]


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


class RejectApplication(Command):
    """Refuse the item, with written reasons.

    Attributes:
        reasons: What the applicant reads.
        entry: The list entry that says no, by its number (`P-03`).
        article: The article that says no, where no list does.
    """

    asked_by: ClassVar[frozenset[str]] = frozenset({SECRETARIAT})
    reason: RejectionReason
    reasons: Text
    entry: Code | None = None
    article: Text | None = None


class WithdrawApplication(Command):
    """Take the application back."""

    asked_by: ClassVar[frozenset[str]] = frozenset({DELEGATING_DEPARTMENT})
    reason: Text | None = None


AdmissionCommand = DraftApplication | AmendDraft | SubmitApplication | RejectApplication | WithdrawApplication
COMMANDS: Final = Vocabulary[AdmissionCommand](
    DraftApplication, AmendDraft, SubmitApplication, RejectApplication, WithdrawApplication
)
