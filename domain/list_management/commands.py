"""What may be asked of a proposal to change a list, and of the list that came of it; and by whom."""

from datetime import date
from typing import Annotated, ClassVar, Final, Literal

from pydantic import StringConstraints

from domain.kernel.envelope import LINKED_CASE, SCHEDULE
from domain.kernel.lists import ListContent
from domain.kernel.messages import Code, Command, Text, Vocabulary

DELEGATING_DEPARTMENT: Final = "delegating_department"
SECRETARIAT: Final = "secretariat"
LEGAL_REVIEWER: Final = "legal_reviewer"
"""Who reviews whether a text is lawful (负责合法性审查的部门)."""
APPROVER: Final = "approver"
REGISTRAR: Final = "registrar"
PROPOSERS: Final = frozenset({DELEGATING_DEPARTMENT, SECRETARIAT})
HEARD: Final = frozenset(
    {
        DELEGATING_DEPARTMENT,
        SECRETARIAT,
        "residents_committee",
        "villagers_committee",
        "committee_director",
        "affairs_supervision_committee",
        "conference_member",
    }
)
"""Who may speak in a consultation; what residents write, the secretariat enters."""

Opinion = Literal["lawful", "objection"]
"""What a legal review comes to."""
ReviewOutcome = Literal["keep", "amend", "repeal"]
"""What a yearly review comes to."""
Number = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00\r\n]*\S[^\x00\r\n]*$")]
"""The number of a document, on one line."""


class ProposeList(Command):
    """Propose a list, or a change of one that stands, with its whole text; a text without entries repeals it.

    Attributes:
        name: The register it is to be published in.
        corrects: The version whose place it takes, where that was wrong.
    """

    asked_by: ClassVar[frozenset[str]] = PROPOSERS
    name: Code
    content: ListContent
    corrects: int | None = None
    reasons: Text


class TakeUpList(Command):
    """Take a list into the yearly review that stands without having been proposed here."""

    asked_by: ClassVar[frozenset[str]] = frozenset({SECRETARIAT})
    name: Code


class ReviseProposal(Command):
    """Put another text in the place of the one proposed: it is reviewed and consulted on anew."""

    asked_by: ClassVar[frozenset[str]] = PROPOSERS
    content: ListContent
    reasons: Text


class WithdrawProposal(Command):
    """Take a proposal back that is not approved yet."""

    asked_by: ClassVar[frozenset[str]] = PROPOSERS
    reasons: Text


class GiveLegalOpinion(Command):
    """Say whether the text is lawful (合法性审查)."""

    asked_by: ClassVar[frozenset[str]] = frozenset({LEGAL_REVIEWER})
    opinion: Opinion
    reasons: Text
    number: Number


class OpenConsultation(Command):
    """Publish the text for comment.

    Attributes:
        closes_on: The last day on which comments are taken.
        where: Where it is published, and where comments go.
        shorter_because: Why the period is shorter than the law's.
    """

    asked_by: ClassVar[frozenset[str]] = frozenset({SECRETARIAT})
    closes_on: date
    where: Text
    shorter_because: Text | None = None


class GiveComment(Command):
    """Comment on the text while it is open for comment.

    Attributes:
        written_by: Whose letter it is, where the secretariat enters it.
    """

    asked_by: ClassVar[frozenset[str]] = HEARD
    asked_by_others: ClassVar[frozenset[str]] = HEARD
    comment: Text
    written_by: Text | None = None


class CloseConsultation(Command):
    """Close the consultation when its last day is over."""

    asked_by: ClassVar[frozenset[str]] = frozenset({SCHEDULE})


class ReportOnComments(Command):
    """Say what became of the comments.

    Attributes:
        considered: How many comments the report answers.
    """

    asked_by: ClassVar[frozenset[str]] = frozenset({SECRETARIAT})
    considered: int
    report: Text


class ApproveList(Command):
    """Approve the text as it was reviewed and consulted on."""

    asked_by: ClassVar[frozenset[str]] = frozenset({APPROVER})
    number: Number


class RejectList(Command):
    """Decide that the list is not changed."""

    asked_by: ClassVar[frozenset[str]] = frozenset({APPROVER})
    number: Number
    reasons: Text


class RecordPublication(Command):
    """Say that the text was published in its register."""

    asked_by: ClassVar[frozenset[str]] = frozenset({LINKED_CASE})
    name: Code
    title: Text
    version: int
    valid_from: date
    corrects: int | None = None
    repeals: bool = False


class BringIntoForce(Command):
    """Let the published list be in force from its first day."""

    asked_by: ClassVar[frozenset[str]] = frozenset({SCHEDULE})


class NoteSuccessor(Command):
    """Say that another proposal's text was published in the same register."""

    asked_by: ClassVar[frozenset[str]] = frozenset({LINKED_CASE})
    version: int
    valid_from: date
    corrects: int | None = None


class RetireList(Command):
    """Let the successor take over on its first day."""

    asked_by: ClassVar[frozenset[str]] = frozenset({SCHEDULE})


class OpenListReview(Command):
    """Ask for a review before the year is over, because the law has changed."""

    asked_by: ClassVar[frozenset[str]] = frozenset({LINKED_CASE, SECRETARIAT})
    because: Text


class ReviewList(Command):
    """Look at the list as a whole, and say whether it is kept, amended or repealed."""

    asked_by: ClassVar[frozenset[str]] = frozenset({APPROVER})
    outcome: ReviewOutcome
    reasons: Text
    number: Number


ListCommand = (
    ProposeList
    | TakeUpList
    | ReviseProposal
    | WithdrawProposal
    | GiveLegalOpinion
    | OpenConsultation
    | GiveComment
    | CloseConsultation
    | ReportOnComments
    | ApproveList
    | RejectList
    | RecordPublication
    | BringIntoForce
    | NoteSuccessor
    | RetireList
    | OpenListReview
    | ReviewList
)
COMMANDS: Final = Vocabulary[ListCommand](
    ProposeList,
    TakeUpList,
    ReviseProposal,
    WithdrawProposal,
    GiveLegalOpinion,
    OpenConsultation,
    GiveComment,
    CloseConsultation,
    ReportOnComments,
    ApproveList,
    RejectList,
    RecordPublication,
    BringIntoForce,
    NoteSuccessor,
    RetireList,
    OpenListReview,
    ReviewList,
)
