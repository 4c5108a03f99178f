"""Random walks through a conference: where they begin, and what is worth saying there."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from domain.joint_conference.commands import (
    AdjournSession,
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
from domain.joint_conference.decider import JOINT_CONFERENCE
from domain.kernel.clock_events import DeclareMissed, Escalate, RemindOwner
from domain.kernel.messages import Command
from tests.domain.joint_conference.council import (
    CALLED_ON,
    MEETS_ON,
    REASONS,
    SIGNED_ON,
    SITTING,
    TEXT,
    before_government,
    brought,
    called,
    convened,
    decided,
    drawn,
    in_session,
    instead,
    invite,
    minutes,
    new,
    signed,
    votes,
)
from tests.saying import Words, any_of, one_of, otherwise
from tests.spec import Given
from tests.walks import Ground, Walk
from workflows.joint_conference import JointConferenceWorkflow

_PEOPLE: Final = (*SITTING, "zheng", "nobody")
_MOTIONS: Final = ("admit", "reject", "send_back", "complete", "terminate")
_WAYS: Final = (None, None, "off_list", "listed_assistance")
_TEXT: Final = (None, REASONS)
_NUMBERS: Final = ("1号", "9号")
_DIGESTS: Final = (TEXT, "b" * 64)
_DAYS: Final = tuple(MEETS_ON + timedelta(days=each) for each in (-1, 0, 1, 5, 20))
_LIMIT: Final = ("conference",)
_WORDS: Final[dict[type[Command], Words]] = {
    OpenConference: otherwise(brought, applicant=("housing", "health"), acted=((), ("ma",)), ways=((), ("off_list",))),
    LeaveConference: one_of(LeaveConference()),
    ConfirmFollowUp: one_of(ConfirmFollowUp()),
    InviteMembers: one_of(invite(), *(invite(meets_on=day) for day in _DAYS), invite("ma")),
    RecuseMember: any_of(RecuseMember, person=_PEOPLE, reason=(REASONS,)),
    OpenSession: one_of(
        OpenSession(present=tuple(SITTING)), OpenSession(present=("chen", "tang")), OpenSession(present=_PEOPLE)
    ),
    AdjournSession: any_of(AdjournSession, reason=(REASONS,), meets_on=_DAYS),
    RecordVotes: one_of(
        *(votes(motion=each, way=way, reasons=why) for each in _MOTIONS for way in _WAYS for why in _TEXT),
        *(votes("ma", "feng", "tang", "gao"), votes("ma", "feng", "tang", "gao", motion="reject", reasons=REASONS)),
        votes(present=("chen", "tang")),
    ),
    DrawMinutes: any_of(minutes, number=_NUMBERS, text=_DIGESTS),
    SignMinutes: any_of(SignMinutes, text_sha256=_DIGESTS),
    DecideInstead: any_of(instead, motion=_MOTIONS, way=_WAYS, reasons=_TEXT, number=_NUMBERS),
    DeclareMissed: any_of(DeclareMissed, limit=_LIMIT),
    RemindOwner: any_of(RemindOwner, limit=_LIMIT, step=(1, 2)),
    Escalate: any_of(Escalate, limit=_LIMIT, step=(1, 2, 3)),
}
GROUND: Final = Ground(
    JOINT_CONFERENCE,
    JointConferenceWorkflow.LIFECYCLE,
    people={
        "linked_case": ("linked_case",),
        "convenor": ("zheng",),
        "conference_member": tuple(SITTING),
        "secretariat": ("wang",),
        "district_government": ("lu",),
    },
    strangers=("zhou", "song", "wu", "operator"),
    words=_WORDS,
)


@dataclass(frozen=True)
class Place:
    """Where a walk begins, and on which day."""

    there: Given
    on: date


def _of_one_matter() -> Given:
    """Give a conference that the case has called which later tells it what became of it."""
    return called(case="linked_case")


PLACES: Final[dict[str, Place]] = {
    "nothing yet": Place(new(), CALLED_ON),
    "called": Place(called(), CALLED_ON),
    "called by one": Place(_of_one_matter(), CALLED_ON),
    "convened": Place(convened(), CALLED_ON),
    "in session": Place(in_session(), MEETS_ON),
    "decided": Place(decided(), MEETS_ON),
    "undecided": Place(decided(command=votes("ma", "feng", "tang", "gao")), MEETS_ON),
    "drawn": Place(drawn(), SIGNED_ON),
    "signed": Place(signed(), SIGNED_ON),
    "signed for one": Place(signed(drawn(decided(in_session(convened(_of_one_matter()))))), SIGNED_ON),
    "before the government": Place(before_government(), MEETS_ON),
}
"""A conference in each phase."""


@dataclass(frozen=True)
class Walked:
    """A walk that was taken."""

    walk: Walk


def walked(chance: Random, place: Place) -> Walked:
    """Go some steps from a place."""
    walk = Walk(GROUND, chance, place.there, place.on)
    walk.go(chance.randint(2, 7))
    return Walked(walk)
