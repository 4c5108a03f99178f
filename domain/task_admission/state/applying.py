"""Where an application stands until it is decided, stage by stage; each holds what came before whole."""

from typing import ClassVar, Literal

from domain.kernel.messages import Code, Record, State
from domain.task_admission.application import Application, ApplicationForm
from domain.task_admission.events import (
    AdmissionApproved,
    ApplicationAccepted,
    ApplicationDrafted,
    ApplicationResubmitted,
    ApplicationSubmitted,
    CommunityOpinionRecorded,
    CompetenceDisputed,
    ConferenceCalled,
    CorrectionRequested,
    FundsCountersigned,
    ItemClassified,
)

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


class Corrected(Record):
    """What was asked to be mended, and what was handed in for it."""

    requested: CorrectionRequested
    resubmitted: ApplicationResubmitted


class Screening(_HandedIn, State):
    """Classified; the formal check runs, and somebody answers for the proposed route.

    Attributes:
        corrections: The form's correction, if there was one: it is asked for once.
        read_again_by: Who had the lists read again since, in order.
        accepted: Earlier acceptances, after which other lists brought the item back to the check.
    """

    phase: ClassVar[str] = "screening"
    classified: ItemClassified
    waits_for: WaitsFor
    read_again_by: tuple[Code, ...] = ()
    accepted: tuple[ApplicationAccepted, ...] = ()
    corrections: tuple[Corrected, ...] = ()

    @property
    def application(self) -> Application:
        """The item as it was applied for, mended."""
        handed_in = (self.submitted, *(each.resubmitted for each in self.corrections))
        return handed_in[-1].application


class CaseFile(Record):
    """What was brought together for the decision since the item was accepted.

    Attributes:
        opinions: The community's, in order; what it said last is its word.
        countersignatures: Of finance; the last one counts, if it is still of the money that is applied for.
        disputes: Of other departments that claim the matter, or deny that it is the applicant's.
    """

    screened: Screening
    accepted: ApplicationAccepted
    opinions: tuple[CommunityOpinionRecorded, ...] = ()
    countersignatures: tuple[FundsCountersigned, ...] = ()
    disputes: tuple[CompetenceDisputed, ...] = ()

    @property
    def is_countersigned(self) -> bool:
        """Whether finance has confirmed the money of the form as it now stands."""
        funding = self.screened.application.funding
        if funding is None or not self.countersignatures:
            return False
        last = self.countersignatures[-1]
        confirmed = (last.source, last.purpose, last.amount_fen, last.schedule)
        return confirmed == (funding.source, funding.purpose, funding.amount_fen, funding.schedule)


class OnFile(State):
    """A stage at which the case file is open."""

    file: CaseFile

    @property
    def drafted(self) -> ApplicationDrafted:
        """How the application began."""
        return self.file.screened.drafted

    @property
    def submitted(self) -> ApplicationSubmitted:
        """The form as it was first handed in."""
        return self.file.screened.submitted

    @property
    def application(self) -> Application:
        """The item as it was applied for."""
        return self.file.screened.application

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
    heard: CommunityOpinionRecorded


class AwaitingCorrection(State):
    """The applicant mends the listed defects, once; the clocks that ran stand still.

    Attributes:
        before: The stage it was left from, and to which it comes back.
    """

    phase: ClassVar[str] = "correction_requested"
    before: Screening | ConsultingCommunity | UnderReview
    requested: CorrectionRequested

    @property
    def was_accepted(self) -> bool:
        """Whether the community has been asked about the form that is being mended."""
        return not isinstance(self.before, Screening) or bool(self.before.accepted)

    @property
    def drafted(self) -> ApplicationDrafted:
        """How the application began."""
        return self.before.drafted

    @property
    def title(self) -> str:
        """What the form calls the item."""
        return self.before.title


class JointConference(State):
    """A point is in dispute; nothing is decided before the conference has met."""

    phase: ClassVar[str] = "joint_conference"
    before: Screening | ConsultingCommunity | UnderReview
    called: ConferenceCalled

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
