"""List management: what each command needs to know, and what is said to it."""

from typing import Any, Final, assert_never

from domain.kernel.decision import Events
from domain.kernel.facts import Days, Facts, Need
from domain.kernel.lists import ListNamed
from domain.kernel.messages import Asked
from domain.kernel.process import Process
from domain.list_management.commands import (
    COMMANDS,
    ApproveList,
    BringIntoForce,
    CloseConsultation,
    GiveComment,
    GiveLegalOpinion,
    ListCommand,
    NoteSuccessor,
    OpenConsultation,
    OpenListReview,
    ProposeList,
    RecordPublication,
    RejectList,
    ReportOnComments,
    RetireList,
    ReviewList,
    ReviseProposal,
    TakeUpList,
    WithdrawProposal,
)
from domain.list_management.events import EVENTS, ListEvent
from domain.list_management.rules import consulting, deciding, keeping, proposing
from domain.list_management.rules.separation import judging_needs
from domain.list_management.state import STATES, ListState, NotProposed, Proposal, evolve, view


def needs(command: ListCommand, state: ListState) -> tuple[Need[Any], ...]:
    """Name every fact that *command* reads in *state*, beside what every command reads."""
    match command:
        case ProposeList(name=name):
            return (ListNamed(name),)
        case ReviseProposal():
            return (ListNamed(state.proposed.name),) if isinstance(state, Proposal) else ()
        case TakeUpList():
            return keeping.taking_up_needs(command)
        case ReviewList():
            return keeping.reviewing_needs(state)
        case ApproveList():
            return deciding.approving_needs(state)
        case GiveLegalOpinion() | OpenConsultation() | ReportOnComments() | RejectList():
            return judging_needs(state)
        case (
            WithdrawProposal()
            | GiveComment()
            | CloseConsultation()
            | RecordPublication()
            | BringIntoForce()
            | NoteSuccessor()
            | RetireList()
            | OpenListReview()
        ):
            return ()
        case _:
            assert_never(command)


def days(_command: ListCommand, state: ListState, asked: Asked) -> Days:
    """Say on which days the law is read: procedure on the day the text was tabled.

    Source:
        dossier §3.2 (which day's law).
    """
    tabled = state.tabled.on if isinstance(state, Proposal) else asked.on
    return Days(tabled, asked.on, asked.on, asked.on)


def decide(command: ListCommand, state: ListState, facts: Facts) -> Events:
    """Answer *command* with events, with nothing new, or with a refusal."""
    match command:
        case ProposeList():
            return proposing.propose(command, facts)
        case TakeUpList():
            return keeping.take_up(command, facts)
        case ReviseProposal():
            return proposing.revise(command, state, facts)
        case WithdrawProposal():
            return proposing.withdraw(command, state, facts)
        case GiveLegalOpinion():
            return consulting.give_opinion(command, state, facts)
        case OpenConsultation():
            return consulting.open_consultation(command, state, facts)
        case GiveComment():
            return consulting.comment(command, state, facts)
        case CloseConsultation():
            return consulting.close_consultation(command, state, facts)
        case ReportOnComments():
            return consulting.report(command, state, facts)
        case ApproveList():
            return deciding.approve(command, state, facts)
        case RejectList():
            return deciding.reject(command, state, facts)
        case RecordPublication():
            return keeping.record_publication(command, state, facts)
        case BringIntoForce():
            return keeping.bring_into_force(command, state, facts)
        case NoteSuccessor():
            return keeping.note_successor(command, state, facts)
        case RetireList():
            return keeping.retire(command, state, facts)
        case OpenListReview():
            return keeping.open_review(command, state, facts)
        case ReviewList():
            return keeping.review(command, state, facts)
        case _:
            assert_never(command)


LIST_MANAGEMENT: Final = Process[ListCommand, ListEvent, ListState](
    name="list_management",
    prefix="list",
    initial=NotProposed(),
    opens_with=(ProposeList, TakeUpList),
    commands=COMMANDS,
    events=EVENTS,
    states=STATES,
    needs=needs,
    decide=decide,
    evolve=evolve,
    view=view,
    days=days,
)
