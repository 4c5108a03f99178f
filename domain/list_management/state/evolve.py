"""How each event moves a proposal, and the list that came of it; what cannot follow is a corrupt history."""

from typing import Any

from domain.kernel.errors import CorruptHistory
from domain.list_management.events import (
    CommentGiven,
    CommentsConsidered,
    ConsultationClosed,
    ConsultationOpened,
    LegalOpinionGiven,
    ListApproved,
    ListCameIntoForce,
    ListEvent,
    ListProposed,
    ListPublished,
    ListRejected,
    ListReviewed,
    ListReviewOpened,
    ListSuperseded,
    ListTakenUp,
    ProposalRevised,
    ProposalWithdrawn,
    SuccessorNoted,
)
from domain.list_management.state.stages import (
    Approved,
    CommentsClosed,
    Consulted,
    Expiring,
    InConsultation,
    InDeliberation,
    InForce,
    Kept,
    Lawful,
    ListState,
    NotProposed,
    Objected,
    OpenProposal,
    Proposal,
    Published,
    Rejected,
    Repealed,
    Reviewed,
    Standing,
    Superseded,
    ToBeChanged,
    UnderLegalReview,
    Withdrawn,
)


def evolve(state: ListState, event: ListEvent, _version: int) -> ListState:
    """Let one event happen.

    Raises:
        CorruptHistory: The event cannot follow what happened before.
    """
    match state:
        case NotProposed():
            return _first(event)
        case (
            UnderLegalReview()
            | Objected()
            | Reviewed()
            | InConsultation()
            | CommentsClosed()
            | InDeliberation()
            | Approved()
        ):
            return _proposed(state, event)
        case Published() | InForce() | ToBeChanged() | Expiring():
            return _kept(state, event)
        case _:
            raise _cannot_happen(state, event)


def _first(event: ListEvent) -> ListState:
    match event:
        case ListProposed():
            return UnderLegalReview(proposed=event, tabled=event)
        case ListTakenUp():
            return InForce(published=event)
        case _:
            raise _cannot_happen(NotProposed(), event)


def _proposed(state: OpenProposal, event: ListEvent) -> ListState:
    match state, event:
        case _, ProposalRevised():
            return UnderLegalReview(proposed=state.proposed, tabled=event)
        case _, ProposalWithdrawn():
            return Withdrawn(**_as(Proposal, state))
        case _, ListPublished():
            return Published(published=event)
        case UnderLegalReview(), LegalOpinionGiven(opinion=opinion):
            stage = Reviewed if opinion == "lawful" else Objected
            return stage(**_as(Proposal, state), opinion=event)
        case Reviewed(), ConsultationOpened():
            return InConsultation(**_as(Lawful, state), opened=event)
        case _:
            return _consulted(state, event)


def _consulted(state: OpenProposal, event: ListEvent) -> ListState:
    match state, event:
        case InConsultation(heard=heard), CommentGiven():
            return state.model_copy(update={"heard": (*heard, event.digest)})
        case InConsultation(), ConsultationClosed():
            return CommentsClosed(**_as(Consulted, state))
        case CommentsClosed(), CommentsConsidered():
            return InDeliberation(**_as(Consulted, state), report=event)
        case InDeliberation(), ListApproved():
            return Approved(**_as(InDeliberation, state), approved=event)
        case InDeliberation(), ListRejected():
            return Rejected(**_as(Proposal, state))
        case _:
            raise _cannot_happen(state, event)


def _kept(state: Kept, event: ListEvent) -> ListState:
    match state, event:
        case Published(published=ListPublished(repeals=True)), ListCameIntoForce():
            return Repealed(**_as(Standing, state))
        case Published(), ListCameIntoForce():
            return InForce(**_as(Standing, state))
        case _, SuccessorNoted():
            return Expiring(**_as(Standing, state), successor=event)
        case _, ListSuperseded():
            return Superseded(**_as(Standing, state))
        case Published() | InForce() | ToBeChanged(), ListReviewOpened(because=because):
            return state.model_copy(update={"causes": (*state.causes, because)})
        case InForce() | ToBeChanged(), ListReviewed(outcome=outcome):
            stage = InForce if outcome == "keep" else ToBeChanged
            return stage(published=state.published, reviewed=(event,))
        case _:
            raise _cannot_happen(state, event)


def _as(stage: type[Proposal | Standing], state: Proposal | Standing) -> dict[str, Any]:
    return {name: getattr(state, name) for name in stage.model_fields}


def _cannot_happen(state: ListState, event: ListEvent) -> CorruptHistory:
    return CorruptHistory(f"{type(event).__name__} cannot happen in {state.phase}")
