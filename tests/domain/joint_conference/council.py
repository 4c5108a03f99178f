"""A district whose conference has five member bodies, and the conference of one matter, step by step."""

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from adapters.calendars import read_calendar
from adapters.packs import read_packs
from domain.joint_conference.commands import (
    AdjournSession,
    Ballot,
    ConfirmFollowUp,
    DecideInstead,
    DrawMinutes,
    InviteMembers,
    LeaveConference,
    Member,
    OpenConference,
    OpenSession,
    RecordVotes,
    RecuseMember,
    SignMinutes,
)
from domain.joint_conference.decider import JOINT_CONFERENCE
from domain.kernel.calendar import Calendar
from domain.kernel.directory import KIN, Organisation, Person, Seat, Spell, Tie
from domain.kernel.envelope import Envelope, Who
from domain.kernel.messages import Command, body_of, start_of
from domain.kernel.packs import Pack
from tests.spec import Given, Then, World, given

POLICY = Path(__file__).parents[3] / "policy"
LONG_AGO = date(2010, 1, 1)
CALLED_ON = date(2026, 3, 6)
DUE_ON = date(2026, 3, 27)
"""Fifteen working days after the call (DL-08)."""
MEETS_ON = date(2026, 3, 12)
SIGNED_ON = date(2026, 3, 13)
CASE = "task-00000000000000aa"
OTHER = "task-00000000000000bb"
TEXT = "a" * 64
REASONS = "人手不足，先行补充。"
STATED = "与申请单位负责人有私人往来。"


def body(name: str, kind: str = "department", **more: Any) -> Organisation:
    return Organisation(id=name, kind=kind, name=name, district="zone", spell=Spell(first_on=LONG_AGO), **more)


def seat(who: str, where: str, role: str, last_on: date | None = None) -> Seat:
    spell = Spell(first_on=LONG_AGO, last_on=last_on)
    return Seat(id=f"{who}-{where}-{role}", person=who, organisation=where, role=role, spell=spell)


def kin(one: str, other: str, last_on: date | None = None) -> Tie:
    return Tie(kind=KIN, subject=one, object=other, spell=Spell(first_on=LONG_AGO, last_on=last_on))


SITTING = {"ma": "establishment", "feng": "finance", "chen": "health", "tang": "government", "gao": "civil"}
"""Who sits in the conference, and for which body."""


@cache
def national() -> Pack:
    return read_packs(POLICY)["national"]


@cache
def calendar() -> Calendar:
    return read_calendar(POLICY / "calendars")


def district() -> World:
    """Give a district where housing asks, harbour is asked, and five bodies sit in the conference."""
    kinds = {"finance": "finance_bureau", "government": "district_government", "civil": "civil_affairs_bureau"}
    bodies = [body(each, kinds.get(each, "department")) for each in (*SITTING.values(), "housing", "education")]
    people = (*SITTING, "zheng", "zhou", "wang", "song", "wu", "lu")
    return World(
        entries=(
            *bodies,
            body("authority", "admission_authority"),
            body("harbour", "residents_committee"),
            *(Person(id=each, name=each) for each in people),
            *(seat(who, where, "conference_member") for who, where in SITTING.items()),
            seat("zheng", "authority", "convenor"),
            seat("zhou", "authority", "approver"),
            seat("wang", "civil", "secretariat"),
            seat("song", "housing", "delegating_department"),
            seat("wu", "harbour", "committee_director"),
            seat("lu", "government", "district_government"),
        ),
        packs=(national(),),
        calendar=calendar(),
    )


def brought(**said: Any) -> OpenConference:
    case = {
        "title": "无物业老旧小区公共部位维护",
        "cause": "objection",
        "facts": "居委会抽不出人。",
        "applied_on": date(2026, 3, 2),
        "applicant": "housing",
        "community": "harbour",
        "acted": ("song", "wu"),
    }
    return OpenConference.model_validate(case | said)


def members(*left_out: str, **instead: str) -> tuple[Member, ...]:
    """Give the conference without some of its people, or with others in their place."""
    sitting = [(instead.get(who, who), where) for who, where in SITTING.items() if who not in left_out]
    return tuple(Member(person=who, organisation=where) for who, where in sitting)


def invite(*left_out: str, meets_on: date = MEETS_ON, **instead: str) -> InviteMembers:
    return InviteMembers(members=members(*left_out, **instead), meets_on=meets_on)


def votes(*against: str, present: tuple[str, ...] = tuple(SITTING), **said: Any) -> RecordVotes:
    """Let everybody who is present vote for the motion, but those who are named."""
    ballots = tuple(Ballot(person=each, choice="against" if each in against else "for") for each in present)
    return RecordVotes.model_validate({"motion": "admit", "ballots": ballots} | said)


def sat(*present: str) -> OpenSession:
    return OpenSession(present=present or tuple(SITTING))


def recuse(person: str) -> RecuseMember:
    return RecuseMember(person=person, reason=STATED)


def adjourn(meets_on: date = date(2026, 3, 16)) -> AdjournSession:
    return AdjournSession(reason="到会成员不足。", meets_on=meets_on)


def minutes(number: str = "东联〔2026〕3号", text: str = TEXT) -> DrawMinutes:
    return DrawMinutes(number=number, text_sha256=text)


def instead(**said: Any) -> DecideInstead:
    decision = {"motion": "admit", "number": "东管函〔2026〕9号", "text_sha256": TEXT}
    return DecideInstead.model_validate(decision | said)


def new(world: World | None = None) -> Given:
    return given(JOINT_CONFERENCE).in_(world or district())


def from_case(there: Given, command: Command, case: str = CASE, on: date = CALLED_ON) -> Then:
    """Let a case of task admission tell the conference something, as a follow-up does."""
    received = start_of(on)
    envelope = Envelope(
        id=f"{case}:{type(command).__name__}:{on}",
        tenant="zone",
        process="joint_conference",
        kind=type(command).__name__,
        who=Who(person=case, machine="linked_case"),
        received_at=received,
        body=body_of(command),
    )
    known = there.world.known(there.process.needs(envelope, there.case))
    return Then(there, there.process.decide(envelope, received, there.case, known))


def called(world: World | None = None, case: str = CASE, **said: Any) -> Given:
    return from_case(new(world), brought(**said), case).recorded()


def joined(there: Given, case: str = OTHER, on: date = CALLED_ON, **said: Any) -> Given:
    return from_case(there, brought(**said), case, on).recorded()


def left(there: Given, case: str = CASE) -> Given:
    return from_case(there, LeaveConference(), case).recorded()


def followed(there: Given, case: str = CASE) -> Given:
    return from_case(there, ConfirmFollowUp(), case, SIGNED_ON).recorded()


def by_convenor(there: Given, command: Command, on: date = MEETS_ON, by: str = "zheng") -> Then:
    return there.when(command, by=by, on=on)


def convened(there: Given | None = None, command: InviteMembers | None = None) -> Given:
    return by_convenor(there or called(), command or invite(), CALLED_ON).recorded()


def in_session(there: Given | None = None, *present: str) -> Given:
    return by_convenor(there or convened(), sat(*present)).recorded()


def decided(there: Given | None = None, command: RecordVotes | None = None) -> Given:
    return by_convenor(there or in_session(), command or votes()).recorded()


def drawn(there: Given | None = None, command: DrawMinutes | None = None) -> Given:
    return (there or decided()).when(command or minutes(), by="wang", on=SIGNED_ON).recorded()


def signed(there: Given | None = None, text: str = TEXT) -> Given:
    return by_convenor(there or drawn(), SignMinutes(text_sha256=text), SIGNED_ON).recorded()


def before_government(there: Given | None = None) -> Given:
    """Give a conference of which three members stand aside, so that two bodies are left."""
    conference = there or convened()
    for person in ("ma", "feng", "gao"):
        conference = by_convenor(conference, recuse(person), CALLED_ON).recorded()
    return by_convenor(conference, sat("chen", "tang")).recorded()


def with_(there: Given, *entries: Any) -> Given:
    return there.in_(there.world.with_(*entries))


def without_seats(there: Given, *people: str) -> Given:
    kept = tuple(each for each in there.world.entries if not (isinstance(each, Seat) and each.person in people))
    return there.in_(replace(there.world, entries=kept))


def phase(there: Given) -> str:
    return there.case.state.phase
