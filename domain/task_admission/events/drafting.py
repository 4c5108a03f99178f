"""What happened before anybody looked at the item, and that it was taken back."""

from datetime import date
from typing import Literal

from domain.kernel.messages import Code, Event, Text, Warned
from domain.task_admission.application import Application, ApplicationForm

CommitteeKind = Literal["residents_committee", "villagers_committee"]


class ApplicationDrafted(Event):
    """Somebody began an application of one body for one community."""

    applicant: Code
    community: Code
    community_kind: CommitteeKind
    by: Code
    on: date
    form: ApplicationForm


class DraftAmended(Event):
    """The form now reads so."""

    form: ApplicationForm


class ApplicationSubmitted(Event):
    """A complete form was handed in.

    Attributes:
        applicant_kind: What sort of body the applicant was on that day.
    """

    application: Application
    applicant_kind: Code
    by: Code
    on: date
    warnings: tuple[Warned, ...] = ()


class ApplicationWithdrawn(Event):
    """The applicant took the application back."""

    reason: Text | None = None
