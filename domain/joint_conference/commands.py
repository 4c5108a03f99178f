"""What may be asked of the joint conference of one matter, and by whom."""

from datetime import date
from typing import Annotated, ClassVar, Final, Literal

from pydantic import Field, StringConstraints

from domain.kernel.envelope import LINKED_CASE
from domain.kernel.messages import Code, Command, Record, Text, Vocabulary

CONVENOR: Final = "convenor"
MEMBER: Final = "conference_member"
SECRETARIAT: Final = "secretariat"
DISTRICT_GOVERNMENT: Final = "district_government"
"""Who decides where recusals leave too few bodies to vote."""

Cause = Literal[
    "objection",
    "competence",
    "list_conflict",
    "fund_dispute",
    "several_districts",
    "residents_disapprove",
]
"""What a joint conference is called for (dossier §4.1, S1e-35; the last one X-ZG)."""
Motion = Literal["admit", "reject", "send_back", "complete", "terminate"]
"""What is voted on: the first three of an admission, the others of an exit."""
Way = Literal["off_list", "listed_assistance", "department_direct"]
"""Where an item goes on whose route was in dispute."""
Choice = Literal["for", "against", "abstain"]
Number = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00\r\n]*\S[^\x00\r\n]*$")]
"""The number of a document, on one line."""
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""SHA-256 of a document's bytes, in hex."""


class Member(Record):
    """A person, and the body that he speaks for (成员单位)."""

    person: Code
    organisation: Code


class Ballot(Record):
    """How a member voted.

    Attributes:
        dissent: What a member who was not for the motion wants on the record.
    """

    person: Code
    choice: Choice
    dissent: Text | None = None


class OpenConference(Command):
    """Bring a case before the conference of its matter; the first one opens it, the others join.

    Attributes:
        applied_on: The day whose procedure holds for the case.
        others: Bodies, beside the two sides, whose own matter is decided: those that claim the matter or deny it.
        acted: People who have acted in the case; nobody acts in it twice.
        ways: Where the item may be sent on, if its route is in dispute.
    """

    asked_by: ClassVar[frozenset[str]] = frozenset({LINKED_CASE})
    continues: ClassVar[bool] = True
    title: Text
    cause: Cause
    facts: Text
    applied_on: date
    applicant: Code
    community: Code
    others: tuple[Code, ...] = ()
    acted: tuple[Code, ...] = ()
    ways: tuple[Way, ...] = ()


class LeaveConference(Command):
    """Say that a case no longer waits for the conference."""

    asked_by: ClassVar[frozenset[str]] = frozenset({LINKED_CASE})


class ConfirmFollowUp(Command):
    """Say that a case has on record what the conference decided."""

    asked_by: ClassVar[frozenset[str]] = frozenset({LINKED_CASE})


class InviteMembers(Command):
    """Invite the conference, every member body of it, for a day; asked again, it replaces the invitation before."""

    asked_by: ClassVar[frozenset[str]] = frozenset({CONVENOR})
    members: Annotated[tuple[Member, ...], Field(min_length=1)]
    meets_on: date


class RecuseMember(Command):
    """Let a member stand aside (回避), whom the directory does not show to have an interest."""

    asked_by: ClassVar[frozenset[str]] = frozenset({CONVENOR, MEMBER})
    person: Code
    reason: Text


class OpenSession(Command):
    """Say who is present; the quorum is counted after all recusals."""

    asked_by: ClassVar[frozenset[str]] = frozenset({CONVENOR})
    present: Annotated[tuple[Code, ...], Field(min_length=1)]


class AdjournSession(Command):
    """Put the session off to another day."""

    asked_by: ClassVar[frozenset[str]] = frozenset({CONVENOR})
    reason: Text
    meets_on: date


class RecordVotes(Command):
    """Record how each body voted on a motion.

    Attributes:
        way: Where the items go on whose route was in dispute.
        reasons: What a rejected or returned item's applicant reads, or the conditions of an admission.
    """

    asked_by: ClassVar[frozenset[str]] = frozenset({CONVENOR})
    motion: Motion
    way: Way | None = None
    reasons: Text | None = None
    ballots: Annotated[tuple[Ballot, ...], Field(min_length=1)]


class DrawMinutes(Command):
    """Draw up the minutes (会议纪要); a later draft replaces one that is not signed."""

    asked_by: ClassVar[frozenset[str]] = frozenset({CONVENOR, SECRETARIAT})
    number: Number
    text_sha256: Digest


class SignMinutes(Command):
    """Sign the minutes as they were drawn: from now on the decision holds.

    Attributes:
        text_sha256: The text that the convenor has before him.
    """

    asked_by: ClassVar[frozenset[str]] = frozenset({CONVENOR})
    text_sha256: Digest


class DecideInstead(Command):
    """Decide as the district government, where too few bodies were left to vote."""

    asked_by: ClassVar[frozenset[str]] = frozenset({DISTRICT_GOVERNMENT})
    motion: Motion
    way: Way | None = None
    reasons: Text | None = None
    number: Number
    text_sha256: Digest


ConferenceCommand = (
    OpenConference
    | LeaveConference
    | ConfirmFollowUp
    | InviteMembers
    | RecuseMember
    | OpenSession
    | AdjournSession
    | RecordVotes
    | DrawMinutes
    | SignMinutes
    | DecideInstead
)
COMMANDS: Final = Vocabulary[ConferenceCommand](
    OpenConference,
    LeaveConference,
    ConfirmFollowUp,
    InviteMembers,
    RecuseMember,
    OpenSession,
    AdjournSession,
    RecordVotes,
    DrawMinutes,
    SignMinutes,
    DecideInstead,
)
