"""What happened to one application. Names are stored for decades and never change."""

from datetime import date
from typing import Final, Literal

from domain.kernel.messages import Code, Event, Record, Text, Vocabulary, Warned
from domain.task_admission.application import Application, ApplicationForm
from domain.task_admission.commands import RejectionReason

CommitteeKind = Literal["residents_committee", "villagers_committee"]
Route = Literal[
    "reject:prohibited",
    "reject:autonomy",
    "reject:duty_shifting",
    "listed_assistance",
    "off_list",
    "department_direct",
    "emergency",
    "joint_conference",
]
"""Where a classified item goes (dossier §4.1)."""


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


class EntryCited(Record):
    """An entry of one version of a list."""

    list_name: Code
    version: int
    entry: Code


class Ground(Record):
    """Why a row of the decision table matched.

    Attributes:
        reason: `matter` (the entry's matter is the item's), `trait:…` (the entry forbids what the item asks for), or
            the name of what the form says.
        cited: The entry, where a list says it.
    """

    reason: Code
    source: Text
    cited: EntryCited | None = None


class Match(Record):
    """A row of the decision table that matched: its number in dossier §4.1, where it leads, why."""

    row: int
    route: Route
    grounds: tuple[Ground, ...]


class ListRead(Record):
    """The version of a list that was read for a day."""

    list_name: Code
    version: int
    for_day: date


class ItemClassified(Event):
    """The decision table was read.

    Attributes:
        reasons: Why the deciding row matched.
        list_versions: Every list version that was read; a list that is not here had none in force.
        also_matched: The other rows that matched, in the table's order.
    """

    route: Route
    row: int
    reasons: tuple[Ground, ...]
    list_versions: tuple[ListRead, ...]
    also_matched: tuple[Match, ...]


class ApplicationRejected(Event):
    """The item was refused, with written reasons.

    Attributes:
        source: The list entry's clause, or the article.
        way_of_review: What the notice says about having it looked at again; there is no appeal clock.
    """

    reason: RejectionReason
    reasons: Text
    source: Text
    cited: EntryCited | None = None
    way_of_review: Text


class ApplicationWithdrawn(Event):
    """The applicant took the application back."""

    reason: Text | None = None


AdmissionEvent = (
    ApplicationDrafted
    | DraftAmended
    | ApplicationSubmitted
    | ItemClassified
    | ApplicationRejected
    | ApplicationWithdrawn
)
EVENTS: Final = Vocabulary[AdmissionEvent](
    ApplicationDrafted,
    DraftAmended,
    ApplicationSubmitted,
    ItemClassified,
    ApplicationRejected,
    ApplicationWithdrawn,
)
