"""What happened to a proposal, and to the list that came of it. Names are stored for decades and never change."""

from datetime import date
from hashlib import sha256
from typing import Final

from domain.kernel.lists import ListContent
from domain.kernel.messages import Code, Event, Text, Vocabulary, Warned
from domain.list_management.commands import Number, Opinion, ReviewOutcome


class ListProposed(Event):
    """A text was proposed.

    Attributes:
        after: The version that stood then, which the text follows; 0 where there was none.
        corrects: The version whose place it takes, where that was wrong.
        role: In which role it was proposed.
    """

    name: Code
    content: ListContent
    after: int
    corrects: int | None
    reasons: Text
    by: Code
    role: Code
    organisation: Code
    on: date


class ProposalRevised(Event):
    """Another text took the place of the one proposed."""

    content: ListContent
    after: int
    reasons: Text
    by: Code
    on: date


class ProposalWithdrawn(Event):
    """The proposal was taken back."""

    reasons: Text
    by: Code
    on: date


class LegalOpinionGiven(Event):
    """The text was reviewed for lawfulness."""

    opinion: Opinion
    reasons: Text
    number: Number
    by: Code
    on: date


class ConsultationOpened(Event):
    """The text was published for comment.

    Attributes:
        shorter_because: Why the period is shorter than the law's; none where it is not.
    """

    closes_on: date
    where: Text
    shorter_because: Text | None
    by: Code
    on: date
    warnings: tuple[Warned, ...] = ()


class CommentGiven(Event):
    """Somebody commented on the text."""

    comment: Text
    written_by: Text | None
    by: Code
    organisation: Code
    on: date

    @property
    def digest(self) -> str:
        """What tells it from every other comment: who says what, for whom."""
        said = (self.by, self.organisation, self.written_by or "", self.comment)
        return sha256("\0".join(said).encode()).hexdigest()[:16]


class ConsultationClosed(Event):
    """The last day for comments is over."""

    comments: int
    on: date


class CommentsConsidered(Event):
    """A report says what became of the comments."""

    considered: int
    report: Text
    by: Code
    on: date


class ListApproved(Event):
    """The text was approved.

    Attributes:
        text_sha256: Of the text, every word of it.
    """

    number: Number
    text_sha256: str
    by: Code
    on: date


class ListRejected(Event):
    """The list is not changed."""

    number: Number
    reasons: Text
    by: Code
    on: date


class ListPublished(Event):
    """The text is a version of its register."""

    name: Code
    title: Text
    version: int
    valid_from: date
    corrects: int | None
    repeals: bool
    on: date


class ListTakenUp(Event):
    """A list that stands without a proposal is looked at every year from now on."""

    name: Code
    title: Text
    version: int
    valid_from: date
    by: Code
    on: date


class ListCameIntoForce(Event):
    """The first day of the list has begun."""

    on: date


class SuccessorNoted(Event):
    """Another text was published in the same register."""

    case: Code
    version: int
    valid_from: date
    on: date


class ListSuperseded(Event):
    """The successor has taken over."""

    case: Code
    version: int
    on: date


class ListReviewOpened(Event):
    """The law has changed: the list is looked at before the year is over."""

    because: Text
    on: date


class ListReviewed(Event):
    """The list was looked at as a whole.

    Attributes:
        version: The version that was in force then.
    """

    outcome: ReviewOutcome
    version: int
    reasons: Text
    number: Number
    by: Code
    on: date


ListEvent = (
    ListProposed
    | ProposalRevised
    | ProposalWithdrawn
    | LegalOpinionGiven
    | ConsultationOpened
    | CommentGiven
    | ConsultationClosed
    | CommentsConsidered
    | ListApproved
    | ListRejected
    | ListPublished
    | ListTakenUp
    | ListCameIntoForce
    | SuccessorNoted
    | ListSuperseded
    | ListReviewOpened
    | ListReviewed
)
EVENTS: Final = Vocabulary[ListEvent](
    ListProposed,
    ProposalRevised,
    ProposalWithdrawn,
    LegalOpinionGiven,
    ConsultationOpened,
    CommentGiven,
    ConsultationClosed,
    CommentsConsidered,
    ListApproved,
    ListRejected,
    ListPublished,
    ListTakenUp,
    ListCameIntoForce,
    SuccessorNoted,
    ListSuperseded,
    ListReviewOpened,
    ListReviewed,
)
