"""Where an application stands until it is decided, stage by stage; each holds what came before whole."""

from typing import ClassVar, Literal

from domain.kernel.messages import Code, Record, State
from domain.task_admission.application import Application, ApplicationForm
from domain.task_admission.commands.conference import Way
from domain.task_admission.events import (
    AdmissionApproved,
    ApplicationAccepted,
    ApplicationDrafted,
    ApplicationSubmitted,
    CommunityOpinionRecorded,
    CompetenceDisputed,
    ConferenceCalled,
    ConferenceDecided,
    FundsCountersigned,
    ItemClassified,
)
from domain.task_admission.events.screening import Route

WaitsFor = Literal[
    "rejection",
    "confirmation_of_listing",
    "acceptance",
    "direction_to_department",
    "declaration_of_emergency",
    "referral",
]
"""What an item in `screening` needs next."""


class NotOpened(State):
    """Before the first event."""

    phase: ClassVar[str] = "new"


class Draft(State):
    """The applicant finishes the form."""

    phase: ClassVar[str] = "draft"
    drafted: ApplicationDrafted
    form: ApplicationForm

    @property
    def title(self) -> str | None:
        """What the form calls the item, if anything yet."""
        return self.form.title


class _HandedIn(Record):
    """A complete form, of which everything later is said."""

    drafted: ApplicationDrafted
    submitted: ApplicationSubmitted

    @property
    def application(self) -> Application:
        """The item as it was applied for."""
        return self.submitted.application

    @property
    def title(self) -> str:
        """What the form calls the item."""
        return self.application.title


class Submitted(_HandedIn, State):
    """Handed in and not yet classified; both happen in one answer, so no case rests here."""

    phase: ClassVar[str] = "submitted"


class Screening(_HandedIn, State):
    """Classified; the formal check runs, and somebody answers for the proposed route.

    Attributes:
        read_again_by: Who had the lists read again since, in order.
        accepted: Earlier acceptances, after which other lists brought the item back to the check.
        conferences: What the conference decided here, in order.
        way: Where it sent the item; none once the lists say otherwise than they did then.
    """

    phase: ClassVar[str] = "screening"
    classified: ItemClassified
    waits_for: WaitsFor
    read_again_by: tuple[Code, ...] = ()
    accepted: tuple[ApplicationAccepted, ...] = ()
    conferences: tuple[ConferenceDecided, ...] = ()
    way: Way | None = None

    @property
    def route(self) -> Route:
        """Where the item goes: as the conference decided, else as it is classified."""
        return self.way or self.classified.route


class CaseFile(Record):
    """What was brought together for the decision since the item was accepted.

    Attributes:
        opinions: The community's, in order; what it said last is its word.
        countersignatures: Of finance; the last one counts.
        disputes: Of other departments that claim the matter, or deny that it is the applicant's.
        conferences: What the conference decided since, in order.
    """

    screened: Screening
    accepted: ApplicationAccepted
    opinions: tuple[CommunityOpinionRecorded, ...] = ()
    countersignatures: tuple[FundsCountersigned, ...] = ()
    disputes: tuple[CompetenceDisputed, ...] = ()
    conferences: tuple[ConferenceDecided, ...] = ()


class OnFile(State):
    """A stage at which the case file is open."""

    file: CaseFile

    @property
    def drafted(self) -> ApplicationDrafted:
        """How the application began."""
        return self.file.screened.drafted

    @property
    def submitted(self) -> ApplicationSubmitted:
        """The form as it was handed in."""
        return self.file.screened.submitted

    @property
    def application(self) -> Application:
        """The item as it was applied for."""
        return self.submitted.application

    @property
    def title(self) -> str:
        """What the form calls the item."""
        return self.application.title


class ConsultingCommunity(OnFile):
    """Accepted; the community is asked."""

    phase: ClassVar[str] = "consulting_community"


class UnderReview(OnFile):
    """The community was heard, or was silent; the authority decides once finance has countersigned.

    Attributes:
        heard: What ended the consultation.
    """

    phase: ClassVar[str] = "under_review"
    heard: CommunityOpinionRecorded | ConferenceDecided


class JointConference(State):
    """A point is in dispute; nothing is decided before the conference has met.

    Attributes:
        decided: What its minutes say so far: sessions that decided nothing, or that it refuses the item.
    """

    phase: ClassVar[str] = "joint_conference"
    before: Screening | ConsultingCommunity | UnderReview
    called: ConferenceCalled
    decided: tuple[ConferenceDecided, ...] = ()

    @property
    def drafted(self) -> ApplicationDrafted:
        """How the application began."""
        return self.before.drafted

    @property
    def title(self) -> str:
        """What the form calls the item."""
        return self.before.title


class Approved(OnFile):
    """Admitted, its money not yet set aside; both happen in one answer, so no case rests here."""

    phase: ClassVar[str] = "approved"
    approved: AdmissionApproved
