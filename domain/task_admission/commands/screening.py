"""What is asked in the formal check (形式审查): each route has its own answer."""

from typing import ClassVar, Literal

from domain.kernel.messages import Code, Command, Text
from domain.task_admission.commands.roles import SECRETARIAT

RejectionReason = Literal["prohibited", "autonomy", "duty_shifting", "still_incomplete"]


class AcceptApplication(Command):
    """Accept an off-list item for decision (受理): the check ends, the community is asked."""

    asked_by: ClassVar[frozenset[str]] = frozenset({SECRETARIAT})


class ConfirmListed(Command):
    """Confirm that an item stands on the assistance list and comes with what it needs.

    Attributes:
        conditions: The necessary conditions that the body which asks provides, beside the funds.
    """

    asked_by: ClassVar[frozenset[str]] = frozenset({SECRETARIAT})
    conditions: Text | None = None


class DirectToDepartment(Command):
    """Send the department's own staff instead: the item enters no checklist."""

    asked_by: ClassVar[frozenset[str]] = frozenset({SECRETARIAT})


class RejectApplication(Command):
    """Refuse the item, with written reasons.

    Attributes:
        reasons: What the applicant reads.
        entry: The list entry that says no, by its number (`P-03`).
        article: The article that says no, where no list does.
    """

    asked_by: ClassVar[frozenset[str]] = frozenset({SECRETARIAT})
    reason: RejectionReason
    reasons: Text
    entry: Code | None = None
    article: Text | None = None


class ReferToConference(Command):
    """Take an item to the joint conference on which the lists contradict each other, or of which they know nothing."""

    asked_by: ClassVar[frozenset[str]] = frozenset({SECRETARIAT})
