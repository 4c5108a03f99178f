"""How an application ends; no event follows."""

from typing import ClassVar, Generic, TypeVar

from domain.kernel.messages import State
from domain.task_admission.events import (
    AdmissionRejected,
    AgreementDeclined,
    AgreementLapsed,
    ApplicationDrafted,
    ApplicationLapsed,
    ApplicationRejected,
    ApplicationWithdrawn,
    DepartmentServesDirectly,
    EmergencyLapsed,
    ItemNotCarriedOn,
    PurchaseRequired,
    TaskCompleted,
    TaskExited,
    TaskRefusedByCommunity,
    TaskRenewed,
    TermEnded,
)
from domain.task_admission.state.applying import DeclaredEmergency, Draft, EmergencyActive, Screening
from domain.task_admission.state.leaving import ExitReview, RenewalReview
from domain.task_admission.state.on_file import AwaitingCorrection, ConsultingCommunity, JointConference, UnderReview
from domain.task_admission.state.owed import AgreementPending, FundsPending

Before = (
    Draft
    | Screening
    | DeclaredEmergency
    | EmergencyActive
    | AwaitingCorrection
    | ConsultingCommunity
    | UnderReview
    | JointConference
    | AgreementPending
    | FundsPending
    | ExitReview
)


B = TypeVar("B", bound=Before)


class _EndedFrom(State, Generic[B]):
    """An application that is over, with the stage it ended from."""

    is_end: ClassVar[bool] = True
    before: B

    @property
    def drafted(self) -> ApplicationDrafted:
        """How the application began."""
        return self.before.drafted

    @property
    def title(self) -> str | None:
        """What the form calls the item."""
        return self.before.title


_Ended = _EndedFrom[Before]


class Rejected(_Ended):
    """Refused in the formal check or the review, because of what the item is."""

    phase: ClassVar[str] = "rejected"
    rejected: ApplicationRejected


class NotAdmitted(_Ended):
    """Refused by the admission authority."""

    phase: ClassVar[str] = "rejected"
    rejected: AdmissionRejected


class Withdrawn(_Ended):
    """Taken back by the applicant."""

    phase: ClassVar[str] = "withdrawn"
    withdrawn: ApplicationWithdrawn


class DirectByDepartment(_Ended):
    """Done by the department's own staff; the checklist stays as it was."""

    phase: ClassVar[str] = "direct_by_department"
    served: DepartmentServesDirectly


class BoughtInstead(_Ended):
    """To be bought; the purchase has a case of its own."""

    phase: ClassVar[str] = "purchase_required"
    required: PurchaseRequired


class Lapsed(_Ended):
    """Not mended, not brought back, or not signed by both sides, in time; or not begun before the term was over."""

    phase: ClassVar[str] = "lapsed"
    lapsed: ApplicationLapsed | EmergencyLapsed | AgreementLapsed | TermEnded


class NotCarriedOn(State):
    """The next term of an item, for which there was no money left."""

    phase: ClassVar[str] = "lapsed"
    is_end: ClassVar[bool] = True
    lapsed: ItemNotCarriedOn

    @property
    def drafted(self) -> ApplicationDrafted:
        """How the application began."""
        return self.lapsed.drafted

    @property
    def title(self) -> str:
        """What the form calls the item."""
        return self.lapsed.submitted.application.title


class RefusedByCommunity(_Ended):
    """The community did not sign, or refused what did not come with authority and money."""

    phase: ClassVar[str] = "refused_by_community"
    refused: AgreementDeclined | TaskRefusedByCommunity


class Completed(_Ended):
    """Decided, accepted, confirmed and settled."""

    phase: ClassVar[str] = "completed"
    completed: TaskCompleted


class Renewed(_EndedFrom[RenewalReview]):
    """Accepted, confirmed and settled; carried on in another case."""

    phase: ClassVar[str] = "renewed"
    renewed: TaskRenewed


class Terminated(_Ended):
    """Decided and settled, as it stood."""

    phase: ClassVar[str] = "terminated"
    exited: TaskExited
