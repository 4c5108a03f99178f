"""Where a proposal can stand, and the list that came of it."""

from datetime import date
from typing import ClassVar, Final

from domain.kernel.lists import ListContent
from domain.kernel.messages import Code, State, Text, Vocabulary
from domain.list_management.events import (
    CommentsConsidered,
    ConsultationOpened,
    LegalOpinionGiven,
    ListApproved,
    ListProposed,
    ListPublished,
    ListReviewed,
    ListTakenUp,
    ProposalRevised,
    SuccessorNoted,
)


class NotProposed(State):
    """Before the first event."""

    phase: ClassVar[str] = "new"


class Proposal(State):
    """A text that is proposed.

    Attributes:
        proposed: How it came.
        tabled: The text as it stands now.
    """

    proposed: ListProposed
    tabled: ListProposed | ProposalRevised

    @property
    def content(self) -> ListContent:
        """The text as it stands now."""
        return self.tabled.content


class UnderLegalReview(Proposal):
    """Its lawfulness is being reviewed."""

    phase: ClassVar[str] = "legal_review"


class Objected(Proposal):
    """The review objects: it is revised or taken back."""

    phase: ClassVar[str] = "objected"
    opinion: LegalOpinionGiven


class Lawful(Proposal):
    """The review found it lawful."""

    opinion: LegalOpinionGiven


class Reviewed(Lawful):
    """It is lawful; the consultation is to be opened."""

    phase: ClassVar[str] = "reviewed"


class Consulted(Lawful):
    """It was published for comment.

    Attributes:
        heard: What tells each comment from every other.
    """

    opened: ConsultationOpened
    heard: tuple[str, ...] = ()


class InConsultation(Consulted):
    """Comments are taken."""

    phase: ClassVar[str] = "consultation"


class CommentsClosed(Consulted):
    """The period is over; what became of the comments is to be reported."""

    phase: ClassVar[str] = "comments_closed"


class InDeliberation(Consulted):
    """It is before the approver."""

    phase: ClassVar[str] = "deliberation"
    report: CommentsConsidered


class Approved(Consulted):
    """It is approved, and to be published as it is."""

    phase: ClassVar[str] = "approved"
    report: CommentsConsidered
    approved: ListApproved


class Standing(State):
    """A list that was published.

    Attributes:
        published: The version of the register.
        causes: Changes of the law since it was looked at last.
        reviewed: The last review, if there was one.
    """

    published: ListPublished | ListTakenUp
    causes: tuple[Text, ...] = ()
    reviewed: tuple[ListReviewed, ...] = ()

    @property
    def name(self) -> Code:
        """The register it stands in."""
        return self.published.name

    @property
    def since(self) -> date:
        """Since when it is to be looked at."""
        return self.reviewed[-1].on if self.reviewed else self.published.on


class Published(Standing):
    """It is published, and not in force yet."""

    phase: ClassVar[str] = "published"


class InForce(Standing):
    """It is in force, and looked at every year."""

    phase: ClassVar[str] = "in_force"


class ToBeChanged(Standing):
    """A review found that it is to be amended or repealed."""

    phase: ClassVar[str] = "to_be_changed"


class Expiring(Standing):
    """Its successor is published, and takes over on its first day."""

    phase: ClassVar[str] = "expiring"
    successor: SuccessorNoted


class Superseded(Standing):
    """Another version has taken over."""

    phase: ClassVar[str] = "superseded"
    is_end: ClassVar[bool] = True


class Repealed(Standing):
    """The repeal is in force: there is nothing left to look at."""

    phase: ClassVar[str] = "repealed"
    is_end: ClassVar[bool] = True


class Rejected(Proposal):
    """The list was not changed."""

    phase: ClassVar[str] = "rejected"
    is_end: ClassVar[bool] = True


class Withdrawn(Proposal):
    """The proposal was taken back."""

    phase: ClassVar[str] = "withdrawn"
    is_end: ClassVar[bool] = True


OpenProposal = UnderLegalReview | Objected | Reviewed | InConsultation | CommentsClosed | InDeliberation | Approved
Kept = Published | InForce | ToBeChanged | Expiring
ListState = NotProposed | OpenProposal | Kept | Superseded | Repealed | Rejected | Withdrawn
STATES: Final = Vocabulary[ListState](
    NotProposed,
    UnderLegalReview,
    Objected,
    Reviewed,
    InConsultation,
    CommentsClosed,
    InDeliberation,
    Approved,
    Published,
    InForce,
    ToBeChanged,
    Expiring,
    Superseded,
    Repealed,
    Rejected,
    Withdrawn,
)
