"""What happened to the joint conference of one matter. Names are stored for decades and never change."""

from datetime import date
from typing import Final, Literal

from domain.joint_conference.commands import Cause, Choice, Digest, Member, Motion, Number, Way
from domain.kernel.messages import Code, Event, Record, Text, Vocabulary

Interest = Literal["own_body", "common_control", "second_seat", "kin", "acted"]
"""What the directory or the case shows of a member who may not vote."""
Ground = Interest | Literal["stated"]
"""Why a member stands aside; `stated` where somebody says so."""
Outcome = Motion | Literal["no_decision"]


class CaseBrought(Event):
    """A case waits for the conference.

    Attributes:
        others: Bodies, beside the two sides, whose own matter is decided.
        acted: People who have acted in the case.
        ways: Where the item may be sent on, if its route is in dispute.
    """

    case: Code
    title: Text
    cause: Cause
    facts: Text
    applied_on: date
    applicant: Code
    community: Code
    others: tuple[Code, ...]
    acted: tuple[Code, ...]
    ways: tuple[Way, ...]
    on: date

    @property
    def parties(self) -> tuple[str, ...]:
        """Every body whose own matter is decided."""
        return (self.applicant, self.community, *self.others)

    @property
    def asks_for_exit(self) -> bool:
        """Whether it is asked how an item leaves the checklist, and not whether it comes there."""
        return self.cause == "residents_disapprove"


class CaseLeft(Event):
    """A case no longer waits for the conference."""

    case: Code
    on: date


class CaseFollowed(Event):
    """A case has the decision, with its minutes, on its own record."""

    case: Code
    on: date


class MembersInvited(Event):
    """The member bodies were invited for a day.

    Attributes:
        convened_by: The organisation of the convenor: whoever acts as such in this session sits there.
    """

    members: tuple[Member, ...]
    meets_on: date
    by: Code
    convened_by: Code
    on: date


class MemberRecused(Event):
    """A member stands aside: he neither counts nor votes."""

    person: Code
    organisation: Code
    ground: Ground
    reason: Text | None = None
    by: Code
    on: date


class SessionOpened(Event):
    """More of the bodies entitled to vote were present than the quorum asks for.

    Attributes:
        cases: What is decided; a case that comes later waits for another session.
        present: Those of the members present who may vote.
        entitled: Every body that may vote, present or not.
    """

    cases: tuple[Code, ...]
    present: tuple[Member, ...]
    entitled: tuple[Code, ...]
    by: Code
    on: date


class SessionAdjourned(Event):
    """The session was put off."""

    reason: Text
    meets_on: date
    by: Code
    on: date


class GovernmentAsked(Event):
    """Recusals left too few bodies to vote: the district government decides.

    Attributes:
        cases: What it decides.
        entitled: The bodies that were left.
    """

    cases: tuple[Code, ...]
    entitled: tuple[Code, ...]
    on: date


class Vote(Record):
    """How one body voted, by whom."""

    person: Code
    organisation: Code
    choice: Choice
    dissent: Text | None = None


class VotesCounted(Event):
    """The bodies voted; without a majority nothing is decided.

    Attributes:
        outcome: The motion, if it was carried.
    """

    motion: Motion
    outcome: Outcome
    way: Way | None
    reasons: Text | None
    votes: tuple[Vote, ...]
    by: Code
    on: date


class MinutesDrawn(Event):
    """The minutes were drawn up."""

    number: Number
    text_sha256: Digest
    by: Code
    on: date


class MinutesSigned(Event):
    """The convenor signed the minutes: what was decided holds, and is told to every case it decides."""

    number: Number
    text_sha256: Digest
    by: Code
    on: date


class GovernmentDecided(Event):
    """The district government decided in place of the conference; its document stands for the minutes."""

    motion: Motion
    way: Way | None
    reasons: Text | None
    number: Number
    text_sha256: Digest
    by: Code
    on: date


ConferenceEvent = (
    CaseBrought
    | CaseLeft
    | CaseFollowed
    | MembersInvited
    | MemberRecused
    | SessionOpened
    | SessionAdjourned
    | GovernmentAsked
    | VotesCounted
    | MinutesDrawn
    | MinutesSigned
    | GovernmentDecided
)
EVENTS: Final = Vocabulary[ConferenceEvent](
    CaseBrought,
    CaseLeft,
    CaseFollowed,
    MembersInvited,
    MemberRecused,
    SessionOpened,
    SessionAdjourned,
    GovernmentAsked,
    VotesCounted,
    MinutesDrawn,
    MinutesSigned,
    GovernmentDecided,
)
