"""What others see of a proposal and of the list that came of it: by which keys it is found, who must do what next."""

from collections.abc import Iterator
from typing import Final, assert_never

from domain.kernel.lists import approved_key, standing_key
from domain.kernel.view import Party, View, Work
from domain.list_management.commands import APPROVER, DELEGATING_DEPARTMENT, LEGAL_REVIEWER, REGISTRAR, SECRETARIAT
from domain.list_management.state.stages import (
    Approved,
    CommentsClosed,
    Expiring,
    InConsultation,
    InDeliberation,
    InForce,
    Kept,
    ListState,
    NotProposed,
    Objected,
    OpenProposal,
    Published,
    Rejected,
    Repealed,
    Reviewed,
    Superseded,
    ToBeChanged,
    UnderLegalReview,
    Withdrawn,
)

EVERY_LIST: Final = "list-standing"
"""The key under which every list is found that is kept here."""


def view(state: ListState) -> View:
    """Show a proposal by the title of its text, a list by its own."""
    match state:
        case NotProposed():
            return View(phase=state.phase, title="")
        case Published() | InForce() | ToBeChanged() | Expiring():
            keys = (standing_key(state.name), EVERY_LIST)
            return View(phase=state.phase, title=state.published.title, keys=keys, work=tuple(_work_on_list(state)))
        case Superseded() | Repealed():
            return View(phase=state.phase, title=state.published.title)
        case Rejected() | Withdrawn():
            return View(phase=state.phase, title=state.content.title)
        case _:
            return _proposal(state)


def _proposal(state: OpenProposal) -> View:
    return View(
        phase=state.phase,
        title=state.content.title,
        parties=_parties(state),
        keys=(_approval(state),) if isinstance(state, Approved) else (),
        work=(_work_on_proposal(state),),
    )


def _parties(state: OpenProposal) -> tuple[Party, ...]:
    if state.proposed.role != DELEGATING_DEPARTMENT:
        return ()
    return (Party(role=DELEGATING_DEPARTMENT, organisation=state.proposed.organisation),)


def _approval(state: Approved) -> str:
    return approved_key(state.proposed.name, state.tabled.after, state.content, state.proposed.corrects)


def _work_on_proposal(state: OpenProposal) -> Work:
    match state:
        case UnderLegalReview(tabled=tabled):
            return Work(task="legal_review", role=LEGAL_REVIEWER, limit="legal_review", since=tabled.on)
        case InConsultation(opened=opened):
            return Work(task="collect_comments", role=SECRETARIAT, limit="public_comment", since=opened.on)
        case CommentsClosed(opened=opened):
            return Work(task="report_on_comments", role=SECRETARIAT, since=opened.closes_on)
        case InDeliberation(report=report):
            return Work(task="decide_on_list", role=APPROVER, since=report.on)
        case Approved(approved=approved):
            return Work(task="publish_list", role=REGISTRAR, limit="list_publication", since=approved.on)
        case Objected(opinion=opinion, proposed=proposed):
            body = proposed.organisation
            return Work(task="revise_proposal", role=proposed.role, organisation=body, since=opinion.on)
        case Reviewed(opinion=opinion):
            return Work(task="open_consultation", role=SECRETARIAT, since=opinion.on)
        case _:
            assert_never(state)


def _work_on_list(state: Kept) -> Iterator[Work]:
    match state:
        case InForce(causes=()):
            yield Work(task="review_list", role=APPROVER, limit="list_review", since=state.since)
        case InForce():
            yield Work(task="review_list", role=APPROVER, limit="law_review", since=state.since)
        case ToBeChanged():
            yield Work(task="propose_change", role=SECRETARIAT, limit="list_change", since=state.since)
        case Published() | Expiring():
            return
        case _:
            assert_never(state)
