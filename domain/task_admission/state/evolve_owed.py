"""How events move an item that is owed its legs: between the sides, at work, on the way out."""

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
    ExitDecided,
    FundsDisbursed,
    FundsReceived,
    FundsReleased,
    FundsReserved,
    FundsReturned,
    FundsSettled,
    LegLost,
    PeopleNamed,
    SettlementProposed,
    TaskActivated,
    TaskCompleted,
    TaskRefusedByCommunity,
    TermEnded,
)
from domain.task_admission.state.ends import (
    Completed,
    Lapsed,
    RefusedByCommunity,
    Withdrawn,
)
from domain.task_admission.state.happening import cannot_happen, extended
from domain.task_admission.state.owed import (
    Active,
    Agreed,
    AgreementPending,
    ExitReview,
    FundsPending,
    Listed,
)
from domain.task_admission.state.union import AdmissionState


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


def with_legs(state: FundsPending | Active, event: AdmissionEvent, version: int) -> AdmissionState:
    """Let one event happen while the legs are waited for, or the work is done."""
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
            raise cannot_happen(state, event)


def on_the_way_out(state: ExitReview, event: AdmissionEvent, version: int) -> AdmissionState:
    """Let one event happen after the term."""
    match event:
        case ExitDecided():
            return extended(state, "decided", event)
        case CompletionAccepted():
            return extended(state, "accepted", event)
        case CompletionConfirmed():
            return extended(state, "confirmed", event)
        case CompletionRefused():
            return extended(_taken_back(state, event), "refusals", event)
        case SettlementProposed():
            return extended(state, "proposals", event)
        case TaskCompleted():
            return Completed(before=state, completed=event)
        case FundsReleased() | FundsDisbursed() | FundsReceived() | FundsSettled():
            return state.model_copy(update={"money": state.money.after(event, version)})
        case _:
            raise cannot_happen(state, event)


def _taken_back(state: ExitReview, refused: CompletionRefused) -> ExitReview:
    """Let a side's last word count: who says that the work is not done has not accepted it."""
    return state.model_copy(update={"accepted" if refused.side == "department" else "confirmed": ()})
