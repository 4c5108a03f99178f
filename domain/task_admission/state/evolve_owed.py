"""How events move an item that is owed its legs: between the sides, at work, on the way out."""

from typing import Any, Final

from domain.task_admission.commands.legs import Leg
from domain.task_admission.events import (
    AdmissionEvent,
    AgreementDeclined,
    AgreementLapsed,
    AgreementSigned,
    AgreementSignedBy,
    ApplicationWithdrawn,
    AuthorityGranted,
    CompletionAccepted,
    CompletionConfirmed,
    CompletionRefused,
    ConferenceCalled,
    ConferenceDecided,
    CureFailed,
    EarlyTerminationRequested,
    ExitDecided,
    ExitReviewOpened,
    ExpenditureRecorded,
    FundsDisbursed,
    FundsReceived,
    FundsReleased,
    FundsReserved,
    FundsReturned,
    FundsSettled,
    FundUseReported,
    LegLost,
    PaymentHeld,
    PeopleNamed,
    RenewalDecided,
    RenewalFailed,
    RenewalOpened,
    SatisfactionRecorded,
    SettlementProposed,
    TaskActivated,
    TaskCompleted,
    TaskExited,
    TaskRefusedByCommunity,
    TaskRenewed,
    TaskResumed,
    TaskSuspended,
    TermEnded,
    WorkloadReported,
)
from domain.task_admission.state.ends import (
    Completed,
    Lapsed,
    RefusedByCommunity,
    Renewed,
    Terminated,
    Withdrawn,
)
from domain.task_admission.state.evolve_renewal import answered
from domain.task_admission.state.exit_conference import ExitConference
from domain.task_admission.state.happening import cannot_happen, extended
from domain.task_admission.state.leaving import ExitReview, RenewalReview
from domain.task_admission.state.owed import (
    Active,
    Agreed,
    AgreementPending,
    FundsPending,
    Listed,
    Pause,
    Suspended,
)
from domain.task_admission.state.union import AdmissionState

LEGS: Final[tuple[Leg, ...]] = ("authority", "people", "money")


def between_the_sides(state: AgreementPending, event: AdmissionEvent, version: int) -> AdmissionState:
    """Let one event happen while both sides must sign."""
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
            raise cannot_happen(state, event)


def with_legs(state: FundsPending | Active | Suspended, event: AdmissionEvent, version: int) -> AdmissionState:
    """Let one event happen while the legs are waited for, or the work is done or stands still."""
    match event:
        case AuthorityGranted() | PeopleNamed() | LegLost():
            return state.model_copy(update={"legs": state.legs.after(event, version)})
        case FundsReceived():
            return _paid(state, event, version)
        case FundsReserved() | FundsReleased() | FundsDisbursed() | FundsReturned():
            return state.model_copy(update={"money": state.money.after(event, version)})
        case _ if isinstance(state, FundsPending):
            return _not_begun(state, event)
        case _:
            return _begun(state, event, version)


def _paid(state: FundsPending | Active | Suspended, event: FundsReceived, version: int) -> AdmissionState:
    """Let money arrive; when nothing that was due is missing, that leg is no longer lost."""
    after = state.model_copy(update={"money": state.money.after(event, version)})
    if any(after.unpaid_on(event.on)):
        return after
    return after.model_copy(update={"legs": after.legs.found("money")})


def _not_begun(state: FundsPending, event: AdmissionEvent) -> AdmissionState:
    match event:
        case TaskActivated():
            return Active(item=state.item, legs=state.legs, money=state.money, activated=event)
        case TaskRefusedByCommunity():
            return RefusedByCommunity(before=state, refused=event)
        case ApplicationWithdrawn() if isinstance(state.item, Listed):
            return Withdrawn(before=state, withdrawn=event)
        case TermEnded():
            return Lapsed(before=state, lapsed=event)
        case _:
            raise cannot_happen(state, event)


def _begun(state: Active | Suspended, event: AdmissionEvent, version: int) -> AdmissionState:
    match state, event:
        case _, ExpenditureRecorded():
            return state.model_copy(update={"money": state.money.after(event, version)})
        case _, (FundUseReported() | PaymentHeld() | WorkloadReported() | SatisfactionRecorded()):
            return state.model_copy(update={"duties": state.duties.after(event)})
        case _, TermEnded():
            over = RenewalReview if state.outcome == "review_renewal" else ExitReview
            return over.model_validate({**_held(state), "ended": event, "causes": _causes(state)})
        case _, ExitReviewOpened() | EarlyTerminationRequested() | ExitDecided() | RenewalDecided():
            return _towards_the_end(state, event)
        case _, RenewalOpened() | RenewalFailed():
            return answered(state, event)
        case Active(), TaskSuspended():
            return Suspended.model_validate({**_held(state), "causes": (event,)})
        case Suspended(), TaskSuspended():
            return extended(state, "causes", event)
        case Suspended(causes=causes, pauses=pauses, legs=legs), TaskResumed():
            again = {"pauses": (*pauses, Pause(causes=causes, ended=event)), "legs": legs.found(*LEGS)}
            return Active.model_validate({**_held(state), **again})
        case Suspended(), (CureFailed() | TaskRefusedByCommunity()):
            return _ended_before_its_time(state, event)
        case _:
            raise cannot_happen(state, event)


def _held(state: Active | Suspended) -> dict[str, Any]:
    return {name: getattr(state, name) for name in Active.model_fields}


def _towards_the_end(
    state: Active | Suspended, event: ExitReviewOpened | EarlyTerminationRequested | ExitDecided | RenewalDecided
) -> AdmissionState:
    """Let what is said of the end be known while the work goes on to its last day; any other review ends it now."""
    match event:
        case ExitReviewOpened(cause=cause):
            is_over = cause != "term_ending"
            return extended(_ended_before_its_time(state, event) if is_over else state, "reviews", event)
        case EarlyTerminationRequested():
            # What was decided of the end of the term was decided of another end.
            return extended(state.model_copy(update={"decided": ()}), "terminations", event)
        case ExitDecided():
            return extended(state, "decided", event)
        case RenewalDecided():
            return extended(state, "renewals", event)


def _ended_before_its_time(
    state: Active | Suspended, ended: ExitReviewOpened | CureFailed | TaskRefusedByCommunity
) -> ExitReview:
    """Let the way out begin; what was decided of the end of the term was decided of another end."""
    held = {name: each for name, each in _held(state).items() if name != "decided"}
    return ExitReview.model_validate({**held, "ended": ended, "causes": _causes(state)})


def _causes(state: Active | Suspended) -> tuple[TaskSuspended, ...]:
    return state.causes if isinstance(state, Suspended) else ()


def on_the_way_out(state: ExitReview, event: AdmissionEvent, version: int) -> AdmissionState:
    """Let one event happen after the term."""
    match event:
        case ExitDecided() | RenewalDecided() | ConferenceCalled() | ConferenceDecided():
            return _being_decided(state, event)
        case RenewalOpened() | RenewalFailed():
            return _as_decided(answered(state, event))
        case CompletionAccepted():
            return extended(state, "accepted", event)
        case CompletionConfirmed():
            return extended(state, "confirmed", event)
        case CompletionRefused():
            return extended(_taken_back(state, event), "refusals", event)
        case SettlementProposed():
            return extended(state, "proposals", event)
        case TaskCompleted() | TaskExited() | TaskRenewed():
            return _left(state, event)
        case FundUseReported() | PaymentHeld():
            return state.model_copy(update={"duties": state.duties.after(event)})
        case FundsReleased() | FundsDisbursed() | FundsReceived() | ExpenditureRecorded() | FundsSettled():
            return state.model_copy(update={"money": state.money.after(event, version)})
        case _:
            raise cannot_happen(state, event)


def _being_decided(
    state: ExitReview, event: ExitDecided | RenewalDecided | ConferenceCalled | ConferenceDecided
) -> AdmissionState:
    match state.conference, event:
        case _, ExitDecided():
            return _as_decided(extended(state, "decided", event))
        case _, RenewalDecided() if isinstance(state, RenewalReview):
            return extended(state, "renewals", event)
        case None, ConferenceCalled() if isinstance(state.ended, ExitReviewOpened):
            return state.model_copy(update={"conference": ExitConference(called=event)})
        case ExitConference() as conference, ConferenceDecided() if conference.held is None:
            return state.model_copy(update={"conference": extended(conference, "minuted", event)})
        case _:
            raise cannot_happen(state, event)


def _as_decided(state: ExitReview) -> ExitReview:
    """Let what is decided of the renewal, or given up, move the item from the one review to the other."""
    over = RenewalReview if state.outcome == "review_renewal" else ExitReview
    return over.model_validate({name: getattr(state, name) for name in ExitReview.model_fields})


def _left(state: ExitReview, event: TaskCompleted | TaskExited | TaskRenewed) -> AdmissionState:
    match state, event:
        case RenewalReview(), TaskRenewed():
            return Renewed(before=state, renewed=event)
        case RenewalReview(), _:
            raise cannot_happen(state, event)
        case _, TaskCompleted():
            return Completed(before=state, completed=event)
        case _, TaskExited():
            return Terminated(before=state, exited=event)
        case _:
            raise cannot_happen(state, event)


def _taken_back(state: ExitReview, refused: CompletionRefused) -> ExitReview:
    """Let a side's last word count: who says that the work is not done has not accepted it."""
    return state.model_copy(update={"accepted" if refused.side == "department" else "confirmed": ()})
