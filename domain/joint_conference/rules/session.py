"""From the invitation to the quorum: every member body is asked, who has an interest stands aside, the rest counts."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from domain.joint_conference.commands import (
    CONVENOR,
    MEMBER,
    AdjournSession,
    InviteMembers,
    Member,
    OpenSession,
    RecuseMember,
)
from domain.joint_conference.events import (
    GovernmentAsked,
    MembersInvited,
    SessionAdjourned,
    SessionOpened,
)
from domain.joint_conference.rules.interests import (
    bodies,
    chair_needs,
    entitled,
    interest_needs,
    lead_another,
    recusals,
    stands_aside,
)
from domain.joint_conference.rules.parameters import LEAST_VOTERS, QUORUM_ABOVE
from domain.joint_conference.rules.phases import wrong_phase
from domain.joint_conference.state import Called, ConferenceState, Convened, Quorate, stated
from domain.kernel.decision import NOTHING_NEW, Events
from domain.kernel.directory import Seat, SeatsOfRole
from domain.kernel.errors import Refused
from domain.kernel.facts import Facts, Need

MEMBERS: Final = "S1e-35, ADMISSION §2"
SESSION: Final = "dossier §4.5 P8"


def inviting_needs(command: InviteMembers, state: ConferenceState) -> tuple[Need[Any], ...]:
    """Name the conference's seats, and what tells whether a member has an interest."""
    if not isinstance(state, Called | Convened):
        return ()
    return (SeatsOfRole(MEMBER), *interest_needs(command.members, state.brought))


def opening_needs(state: ConferenceState) -> tuple[Need[Any], ...]:
    """Name what tells whether an invited member has an interest, which may have come up since."""
    return interest_needs(state.invited.members, state.brought) if isinstance(state, Convened) else ()


def leading_needs(state: ConferenceState) -> tuple[Need[Any], ...]:
    """Name what tells who stands behind each body concerned."""
    return chair_needs(state.brought) if isinstance(state, Convened | Quorate) else ()


def invite(command: InviteMembers, state: ConferenceState, facts: Facts) -> Events:
    """Invite every member body; who has an interest in a case stands aside at once, so that a body can send another.

    Source:
        S1e-35; ADMISSION §2, §4.

    Raises:
        Refused: `joint_conference.own_matter`, `joint_conference.substitute_needed`,
            `joint_conference.meeting_in_past`, `joint_conference.invited_twice`, `joint_conference.not_a_member`,
            `joint_conference.body_left_out`.
    """
    match state:
        case Convened(invited=invited) if _invites_the_same(command, invited):
            return NOTHING_NEW
        case Called() | Convened():
            lead_another(state.brought, facts)
            _check_ahead(command.meets_on, facts)
            _check_members(command.members, facts)
            event = MembersInvited(
                members=command.members,
                meets_on=command.meets_on,
                by=facts.asked.person,
                convened_by=facts.asked.organisation or "",
                on=facts.asked.on,
            )
            return event, *recusals(command.members, stated(state), state.brought, facts)
        case _:
            raise wrong_phase(command, state)


def _invites_the_same(command: InviteMembers, invited: MembersInvited) -> bool:
    return (command.members, command.meets_on) == (invited.members, invited.meets_on)


def _check_ahead(meets_on: date, facts: Facts) -> None:
    if meets_on < facts.asked.on:
        days = {"meets_on": meets_on.isoformat(), "on": facts.asked.on.isoformat()}
        raise Refused("joint_conference.meeting_in_past", SESSION, **days)


def _check_members(members: tuple[Member, ...], facts: Facts) -> None:
    """Let those sit who hold a seat of the conference, and leave no member body out: nobody picks who votes."""
    people = [each.person for each in members]
    twice = sorted({each for each in people if people.count(each) > 1})
    if twice:
        raise Refused("joint_conference.invited_twice", MEMBERS, people=[*twice])
    seats = [each for each in facts[SeatsOfRole(MEMBER)] if each.spell.covers(facts.asked.on)]
    for member in members:
        if not _is_seated(member, seats):
            details = {"person": member.person, "organisation": member.organisation}
            raise Refused("joint_conference.not_a_member", MEMBERS, **details)
    left_out = sorted({seat.organisation for seat in seats} - {each.organisation for each in members})
    if left_out:
        raise Refused("joint_conference.body_left_out", MEMBERS, bodies=[*left_out])


def _is_seated(member: Member, seats: Iterable[Seat]) -> bool:
    return any((each.person, each.organisation) == (member.person, member.organisation) for each in seats)


def recuse(command: RecuseMember, state: ConferenceState, facts: Facts) -> Events:
    """Let a member stand aside, by his own word or the convenor's; whoever stands aside does not come back.

    Source:
        ADMISSION §4; dossier §3.1.

    Raises:
        Refused: `joint_conference.not_invited`, `joint_conference.only_oneself`.
    """
    match state:
        case Convened(invited=invited, recused=recused):
            if facts.asked.role == CONVENOR:
                lead_another(state.brought, facts)
            elif facts.asked.person != command.person:
                raise Refused("joint_conference.only_oneself", MEMBERS, person=command.person)
            member = _invited(command.person, invited)
            if any(each.person == command.person for each in recused):
                return NOTHING_NEW
            return (stands_aside(member, "stated", facts, command.reason),)
        case _:
            raise wrong_phase(command, state)


def _invited(person: str, invited: MembersInvited) -> Member:
    for member in invited.members:
        if member.person == person:
            return member
    raise Refused("joint_conference.not_invited", MEMBERS, person=person)


def open_session(command: OpenSession, state: ConferenceState, facts: Facts) -> Events:
    """Open the session when enough of the bodies that may vote are there; recusals come before the count.

    Whoever has come to have an interest since the invitation stands aside first. Where that leaves too few bodies, the
    district government decides. One session answers one question: a case that asks another than the first waits.

    Source:
        ADMISSION §4, §8 item 16; X-ZG.

    Raises:
        Refused: `joint_conference.own_matter`, `joint_conference.substitute_needed`, `joint_conference.too_early`,
            `joint_conference.not_invited`, `joint_conference.no_quorum`.
    """
    match state:
        case Convened(invited=invited, recused=recused, adjourned=adjourned):
            lead_another(state.brought, facts)
            _check_day(adjourned[-1].meets_on if adjourned else invited.meets_on, facts)
            there = tuple(_invited(each, invited) for each in dict.fromkeys(command.present))
            aside = recusals(invited.members, recused, state.brought, facts)
            may_vote = entitled(invited.members, (*recused, *aside))
            first = state.brought[0]
            cases = tuple(each.case for each in state.brought if each.asks_for_exit == first.asks_for_exit)
            if len(bodies(may_vote)) < facts.law[LEAST_VOTERS].value:
                return *aside, GovernmentAsked(cases=cases, entitled=bodies(may_vote), on=facts.asked.on)
            present = tuple(each for each in there if each in may_vote)
            _check_quorum(bodies(present), bodies(may_vote), facts)
            opened = SessionOpened(
                cases=cases, present=present, entitled=bodies(may_vote), by=facts.asked.person, on=facts.asked.on
            )
            return *aside, opened
        case Quorate(session=session) if {*command.present} >= {each.person for each in session.present}:
            return NOTHING_NEW
        case _:
            raise wrong_phase(command, state)


def _check_day(meets_on: date, facts: Facts) -> None:
    if facts.asked.on < meets_on:
        raise Refused("joint_conference.too_early", SESSION, meets_on=meets_on.isoformat())


def _check_quorum(present: tuple[str, ...], may_vote: tuple[str, ...], facts: Facts) -> None:
    quorum = facts.law[QUORUM_ABOVE]
    if len(present) <= quorum.value * len(may_vote):
        counted = {"present": len(present), "entitled": len(may_vote)}
        raise Refused("joint_conference.no_quorum", quorum.source, **counted)


def adjourn(command: AdjournSession, state: ConferenceState, facts: Facts) -> Events:
    """Put the session off, for want of a quorum or while it is open; the period runs on.

    Source:
        dossier §4.5 P8; ADMISSION §4 (may be held again).

    Raises:
        Refused: `joint_conference.own_matter`, `joint_conference.substitute_needed`,
            `joint_conference.meeting_in_past`.
    """
    match state:
        case Convened(adjourned=(*_, last)) if (last.reason, last.meets_on) == (command.reason, command.meets_on):
            return NOTHING_NEW
        case Convened() | Quorate():
            lead_another(state.brought, facts)
            _check_ahead(command.meets_on, facts)
            return (
                SessionAdjourned(
                    reason=command.reason, meets_on=command.meets_on, by=facts.asked.person, on=facts.asked.on
                ),
            )
        case _:
            raise wrong_phase(command, state)
