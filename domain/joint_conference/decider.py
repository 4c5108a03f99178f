"""The joint conference: what each command needs to know, and what is said to it."""

from typing import Any, Final, assert_never

from domain.joint_conference.commands import (
    COMMANDS,
    AdjournSession,
    ConferenceCommand,
    ConfirmFollowUp,
    DecideInstead,
    DrawMinutes,
    InviteMembers,
    LeaveConference,
    OpenConference,
    OpenSession,
    RecordVotes,
    RecuseMember,
    SignMinutes,
)
from domain.joint_conference.events import EVENTS, ConferenceEvent
from domain.joint_conference.rules import bringing, deciding, session
from domain.joint_conference.state import STATES, ConferenceState, NotCalled, Waiting, evolve, view
from domain.kernel.decision import Events
from domain.kernel.facts import Days, Facts, Need
from domain.kernel.messages import Asked
from domain.kernel.process import Process


def needs(command: ConferenceCommand, state: ConferenceState) -> tuple[Need[Any], ...]:
    """Name every fact that *command* reads in *state*, beside what every command reads."""
    match command:
        case OpenConference() | LeaveConference() | ConfirmFollowUp():
            return ()
        case InviteMembers():
            return session.inviting_needs(command, state)
        case OpenSession():
            return session.opening_needs(state)
        case RecuseMember() | AdjournSession():
            return session.leading_needs(state)
        case RecordVotes() | DrawMinutes() | SignMinutes() | DecideInstead():
            return deciding.deciding_needs(state)
        case _:
            assert_never(command)


def days(command: ConferenceCommand, state: ConferenceState, asked: Asked) -> Days:
    """Say on which days the law is read: procedure on the day the first of the cases was applied for.

    Source:
        ADMISSION §8 item 30.
    """
    applied = [each.applied_on for each in state.brought] if isinstance(state, Waiting) else []
    if isinstance(command, OpenConference):
        applied.append(command.applied_on)
    return Days(min(applied, default=asked.on), asked.on, asked.on, asked.on)


def decide(command: ConferenceCommand, state: ConferenceState, facts: Facts) -> Events:
    """Answer *command* with events, with nothing new, or with a refusal."""
    match command:
        case OpenConference():
            return bringing.bring(command, state, facts)
        case LeaveConference():
            return bringing.leave(state, facts)
        case ConfirmFollowUp():
            return bringing.follow(state, facts)
        case InviteMembers():
            return session.invite(command, state, facts)
        case RecuseMember():
            return session.recuse(command, state, facts)
        case OpenSession():
            return session.open_session(command, state, facts)
        case AdjournSession():
            return session.adjourn(command, state, facts)
        case RecordVotes():
            return deciding.record_votes(command, state, facts)
        case DrawMinutes():
            return deciding.draw_minutes(command, state, facts)
        case SignMinutes():
            return deciding.sign_minutes(command, state, facts)
        case DecideInstead():
            return deciding.decide_instead(command, state, facts)
        case _:
            assert_never(command)


JOINT_CONFERENCE: Final = Process[ConferenceCommand, ConferenceEvent, ConferenceState](
    name="joint_conference",
    prefix="conference",
    initial=NotCalled(),
    opens_with=(OpenConference,),
    commands=COMMANDS,
    events=EVENTS,
    states=STATES,
    needs=needs,
    decide=decide,
    evolve=evolve,
    view=view,
    days=days,
)
