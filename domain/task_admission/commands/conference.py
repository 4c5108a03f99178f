"""What the joint conference says to a case whose point in dispute it has decided."""

from typing import ClassVar, Literal

from domain.kernel.envelope import LINKED_CASE
from domain.kernel.messages import Code, Command, Record, Text
from domain.task_admission.application import Digest, Line

AdmissionMotion = Literal["admit", "reject", "send_back"]
"""What is decided of an item that is not yet on the checklist."""
ExitMotion = Literal["complete", "terminate"]
"""What is decided of one that the residents would have leave it."""
ConferenceOutcome = AdmissionMotion | ExitMotion | Literal["no_decision"]
Way = Literal["off_list", "listed_assistance", "department_direct"]
"""Where an item goes on whose route was in dispute; each is a route of the decision table."""


class MinutedVote(Record):
    """How one body voted, by whom, and what it wants on the record."""

    person: Code
    organisation: Code
    choice: Literal["for", "against", "abstain"]
    dissent: Text | None = None


class Minutes(Record):
    """The minutes, as every case of the matter cites them.

    Attributes:
        votes: One for each body that was present and could vote.
        by_government: The district government decided in place of the conference; its document stands here.
    """

    number: Line
    text_sha256: Digest
    signed_by: Code
    votes: tuple[MinutedVote, ...] = ()
    by_government: bool = False


class RecordConferenceDecision(Command):
    """Put on record what the conference decided.

    Attributes:
        way: Where the item goes, if its route was in dispute.
    """

    asked_by: ClassVar[frozenset[str]] = frozenset({LINKED_CASE})
    outcome: ConferenceOutcome
    way: Way | None = None
    reasons: Text | None = None
    minutes: Minutes | None = None
