"""Where an application stands from its acceptance to the decision, and while its form is mended or it is in dispute."""

from typing import ClassVar, assert_never

from domain.kernel.messages import Record, State
from domain.task_admission.application import Application
from domain.task_admission.events import (
    AdmissionApproved,
    ApplicationAccepted,
    ApplicationDrafted,
    CommunityOpinionRecorded,
    CompetenceDisputed,
    ConferenceCalled,
    ConferenceDecided,
    CorrectionRequested,
    FundsCountersigned,
    ItemCarriedOn,
)
from domain.task_admission.state.applying import HandedIn, Screening


class CaseFile(Record):
    """What was brought together for the decision since the item was accepted.

    Attributes:
        opinions: The community's, in order; what it said last is its word.
        countersignatures: Of finance; the last one counts, if it is still of the money that is applied for.
        disputes: Of other departments that claim the matter, or deny that it is the applicant's.
        conferences: What the conference decided since, in order.
        carries_on: The term before, of an item that was renewed.
    """

    screened: Screening
    accepted: ApplicationAccepted
    opinions: tuple[CommunityOpinionRecorded, ...] = ()
    countersignatures: tuple[FundsCountersigned, ...] = ()
    disputes: tuple[CompetenceDisputed, ...] = ()
    conferences: tuple[ConferenceDecided, ...] = ()
    carries_on: ItemCarriedOn | None = None

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
    def submitted(self) -> HandedIn:
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
    heard: CommunityOpinionRecorded | ConferenceDecided


class _Aside(State):
    """A stage to which a case steps aside from another.

    Attributes:
        before: The stage it was left from, and to which it comes back.
    """

    before: Screening | ConsultingCommunity | UnderReview

    @property
    def drafted(self) -> ApplicationDrafted:
        """How the application began."""
        return self.before.drafted

    @property
    def title(self) -> str:
        """What the form calls the item."""
        return self.before.title


class AwaitingCorrection(_Aside):
    """The applicant mends the listed defects, once; the clocks that ran stand still."""

    phase: ClassVar[str] = "correction_requested"
    requested: CorrectionRequested

    @property
    def was_accepted(self) -> bool:
        """Whether the community has been asked about the form that is being mended."""
        return not isinstance(self.before, Screening) or bool(self.before.accepted)


class JointConference(_Aside):
    """A point is in dispute; nothing is decided before the conference has met.

    Attributes:
        decided: What its minutes say so far: sessions that decided nothing, or that it refuses the item.
    """

    phase: ClassVar[str] = "joint_conference"
    called: ConferenceCalled
    decided: tuple[ConferenceDecided, ...] = ()


class Approved(OnFile):
    """Admitted, its money not yet set aside; both happen in one answer, so no case rests here."""

    phase: ClassVar[str] = "approved"
    approved: AdmissionApproved


Undecided = Screening | AwaitingCorrection | ConsultingCommunity | UnderReview | JointConference
"""Stages of a form that was handed in and is not decided on."""


def screened_of(state: Undecided) -> Screening:
    """Give what is known of the form, which is held further in."""
    match state:
        case Screening():
            return state
        case ConsultingCommunity(file=file) | UnderReview(file=file):
            return file.screened
        case AwaitingCorrection(before=before) | JointConference(before=before):
            return screened_of(before)
        case _:
            assert_never(state)
