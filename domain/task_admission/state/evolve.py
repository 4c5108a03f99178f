"""How each event moves the case; what cannot follow is a corrupt history."""

from typing import TypeVar, assert_never

from domain.kernel.errors import CorruptHistory
from domain.kernel.messages import Event, Record
from domain.task_admission.events import (
    AdmissionApproved,
    AdmissionEvent,
    AdmissionRejected,
    AgreementDeclined,
    AgreementLapsed,
    AgreementSigned,
    AgreementSignedBy,
    ApplicationAccepted,
    ApplicationDrafted,
    ApplicationRejected,
    ApplicationSubmitted,
    ApplicationWithdrawn,
    AuthorityGranted,
    CommunityOpinionRecorded,
    CompetenceDisputed,
    CompletionAccepted,
    CompletionConfirmed,
    CompletionRefused,
    ConferenceCalled,
    DepartmentServesDirectly,
    DraftAmended,
    ExitDecided,
    FundsCountersigned,
    FundsDisbursed,
    FundsReceived,
    FundsReleased,
    FundsReserved,
    FundsReturned,
    FundsSettled,
    ItemClassified,
    LegLost,
    ListedItemConfirmed,
    PeopleNamed,
    PurchaseRequired,
    SettlementProposed,
    TaskActivated,
    TaskCompleted,
    TaskRefusedByCommunity,
    TermEnded,
)
from domain.task_admission.events.screening import Route
from domain.task_admission.state.applying import (
    Approved,
    CaseFile,
    ConsultingCommunity,
    Draft,
    JointConference,
    NotOpened,
    Screening,
    Submitted,
    UnderReview,
    WaitsFor,
)
from domain.task_admission.state.ends import (
    BoughtInstead,
    Completed,
    DirectByDepartment,
    Lapsed,
    NotAdmitted,
    RefusedByCommunity,
    Rejected,
    Withdrawn,
)
from domain.task_admission.state.money import Money, Shown
from domain.task_admission.state.owed import (
    Active,
    Agreed,
    AgreementPending,
    ExitReview,
    FundsPending,
    Listed,
)
from domain.task_admission.state.union import AdmissionState

R = TypeVar("R", bound=Record)


def waits_for(route: Route) -> WaitsFor:
    """Name what a route needs next, in the words of the person who must do it."""
    match route:
        case "reject:prohibited" | "reject:autonomy" | "reject:duty_shifting":
            return "rejection"
        case "listed_assistance":
            return "confirmation_of_listing"
        case "off_list":
            return "acceptance"
        case "department_direct":
            return "direction_to_department"
        case "emergency":
            return "declaration_of_emergency"
        case "joint_conference":
            return "referral"
        case _:
            assert_never(route)


def evolve(state: AdmissionState, event: AdmissionEvent, version: int) -> AdmissionState:
    """Let one event happen, which stands at *version*.

    Raises:
        CorruptHistory: The event cannot follow what happened before.
    """
    match state:
        case NotOpened() | Draft() | Submitted():
            return _drafting(state, event)
        case Screening():
            return _screened(state, event, version)
        case ConsultingCommunity() | UnderReview():
            return _on_file(state, event)
        case JointConference():
            return _disputed(state, event)
        case Approved():
            return _admitted(state, event, version)
        case AgreementPending():
            return _between_the_sides(state, event, version)
        case FundsPending() | Active():
            return _with_legs(state, event, version)
        case ExitReview():
            return _on_the_way_out(state, event, version)
        case _:
            raise _cannot_happen(state, event)


def _drafting(state: NotOpened | Draft | Submitted, event: AdmissionEvent) -> AdmissionState:
    match state, event:
        case NotOpened(), ApplicationDrafted(form=form):
            return Draft(drafted=event, form=form)
        case Draft(drafted=drafted), DraftAmended(form=form):
            return Draft(drafted=drafted, form=form)
        case Draft(drafted=drafted), ApplicationSubmitted():
            return Submitted(drafted=drafted, submitted=event)
        case Draft(), ApplicationWithdrawn():
            return Withdrawn(before=state, withdrawn=event)
        case Submitted(drafted=drafted, submitted=submitted), ItemClassified(route=route):
            return Screening(drafted=drafted, submitted=submitted, classified=event, waits_for=waits_for(route))
        case _:
            raise _cannot_happen(state, event)


def _screened(state: Screening, event: AdmissionEvent, version: int) -> AdmissionState:
    match event:
        case ItemClassified():
            return _read_again(state, event)
        case ApplicationAccepted():
            return ConsultingCommunity(file=CaseFile(screened=state, accepted=event))
        case ListedItemConfirmed():
            confirmed = Shown[ListedItemConfirmed](version=version, event=event)
            return FundsPending(item=Listed(screened=state, confirmed=confirmed))
        case DepartmentServesDirectly():
            return DirectByDepartment(before=state, served=event)
        case ConferenceCalled():
            return JointConference(before=state, called=event)
        case ApplicationRejected():
            return Rejected(before=state, rejected=event)
        case ApplicationWithdrawn():
            return Withdrawn(before=state, withdrawn=event)
        case _:
            raise _cannot_happen(state, event)


def _read_again(screened: Screening, event: ItemClassified) -> Screening:
    readers = tuple(each for each in (*screened.read_again_by, event.by) if each is not None)
    again = {"classified": event, "waits_for": waits_for(event.route), "read_again_by": readers}
    return screened.model_copy(update=again)


def _disputed(state: JointConference, event: AdmissionEvent) -> AdmissionState:
    match event:
        case ApplicationWithdrawn():
            return Withdrawn(before=state, withdrawn=event)
        case _:
            raise _cannot_happen(state, event)


def _admitted(state: Approved, event: AdmissionEvent, version: int) -> AdmissionState:
    match event:
        case FundsReserved():
            return AgreementPending(file=state.file, approved=state.approved, money=Money().after(event, version))
        case _:
            raise _cannot_happen(state, event)


def _on_file(state: ConsultingCommunity | UnderReview, event: AdmissionEvent) -> AdmissionState:
    file = state.file
    match event:
        case FundsCountersigned():
            return state.model_copy(update={"file": _with(file, "countersignatures", event)})
        case CompetenceDisputed():
            return state.model_copy(update={"file": _with(file, "disputes", event)})
        case ConferenceCalled():
            return JointConference(before=state, called=event)
        case ApplicationWithdrawn():
            return Withdrawn(before=state, withdrawn=event)
        case ItemClassified(route=route):
            again = _read_again(file.screened, event)
            if route == file.screened.classified.route:
                return state.model_copy(update={"file": file.model_copy(update={"screened": again})})
            return again
        case CommunityOpinionRecorded() if isinstance(state, ConsultingCommunity):
            return UnderReview(file=_with(file, "opinions", event), heard=event)
        case _ if isinstance(state, UnderReview):
            return _under_review(state, event)
        case _:
            raise _cannot_happen(state, event)


def _under_review(state: UnderReview, event: AdmissionEvent) -> AdmissionState:
    match event:
        case CommunityOpinionRecorded():
            return state.model_copy(update={"file": _with(state.file, "opinions", event)})
        case ApplicationRejected():
            return Rejected(before=state, rejected=event)
        case AdmissionApproved():
            return Approved(file=state.file, approved=event)
        case AdmissionRejected():
            return NotAdmitted(before=state, rejected=event)
        case PurchaseRequired():
            return BoughtInstead(before=state, required=event)
        case _:
            raise _cannot_happen(state, event)


def _between_the_sides(state: AgreementPending, event: AdmissionEvent, version: int) -> AdmissionState:
    match event:
        case AgreementSignedBy(side=side):
            others = (each for each in state.signatures if each.side != side)
            return state.model_copy(update={"signatures": (*others, event)})
        case AgreementSigned():
            item = Agreed(file=state.file, approved=state.approved, signatures=state.signatures, signed=event)
            return FundsPending(item=item, legs=state.legs, money=state.money)
        case ApplicationWithdrawn():
            return Withdrawn(before=state, withdrawn=event)
        case AgreementDeclined():
            return RefusedByCommunity(before=state, refused=event)
        case AgreementLapsed():
            return Lapsed(before=state, lapsed=event)
        case AuthorityGranted() | PeopleNamed():
            return state.model_copy(update={"legs": state.legs.after(event, version)})
        case TaskRefusedByCommunity():
            return RefusedByCommunity(before=state, refused=event)
        case FundsReleased():
            return state.model_copy(update={"money": state.money.after(event, version)})
        case _:
            raise _cannot_happen(state, event)


def _with_legs(state: FundsPending | Active, event: AdmissionEvent, version: int) -> AdmissionState:
    match state, event:
        case _, (AuthorityGranted() | PeopleNamed() | LegLost()):
            return state.model_copy(update={"legs": state.legs.after(event, version)})
        case FundsPending(item=item, legs=legs, money=money), TaskActivated():
            return Active(item=item, legs=legs, money=money, activated=event)
        case FundsPending(), TaskRefusedByCommunity():
            return RefusedByCommunity(before=state, refused=event)
        case FundsPending(item=Listed()), ApplicationWithdrawn():
            return Withdrawn(before=state, withdrawn=event)
        case FundsPending(), TermEnded():
            return Lapsed(before=state, lapsed=event)
        case Active(item=item, legs=legs, money=money, activated=activated), TermEnded():
            return ExitReview(item=item, legs=legs, money=money, activated=activated, ended=event)
        case _, (FundsReserved() | FundsReleased() | FundsDisbursed() | FundsReceived() | FundsReturned()):
            return state.model_copy(update={"money": state.money.after(event, version)})
        case _:
            raise _cannot_happen(state, event)


def _on_the_way_out(state: ExitReview, event: AdmissionEvent, version: int) -> AdmissionState:
    match event:
        case ExitDecided():
            return _with(state, "decided", event)
        case CompletionAccepted():
            return _with(state, "accepted", event)
        case CompletionConfirmed():
            return _with(state, "confirmed", event)
        case CompletionRefused():
            return _with(_taken_back(state, event), "refusals", event)
        case SettlementProposed():
            return _with(state, "proposals", event)
        case TaskCompleted():
            return Completed(before=state, completed=event)
        case FundsReleased() | FundsDisbursed() | FundsReceived() | FundsSettled():
            return state.model_copy(update={"money": state.money.after(event, version)})
        case _:
            raise _cannot_happen(state, event)


def _taken_back(state: ExitReview, refused: CompletionRefused) -> ExitReview:
    """Let a side's last word count: who says that the work is not done has not accepted it."""
    return state.model_copy(update={"accepted" if refused.side == "department" else "confirmed": ()})


def _with(record: R, field: str, event: Event) -> R:
    return record.model_copy(update={field: (*getattr(record, field), event)})


def _cannot_happen(state: AdmissionState, event: AdmissionEvent) -> CorruptHistory:
    return CorruptHistory(f"{type(event).__name__} cannot happen in {state.phase or type(state).__name__}")
