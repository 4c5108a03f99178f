"""What is asked between acceptance and decision: of the community, of finance, of other departments."""

from typing import ClassVar, Literal

from domain.kernel.envelope import SCHEDULE
from domain.kernel.messages import Code, Command, Text
from domain.task_admission.application import Line, Tranche
from domain.task_admission.commands.roles import COMMITTEE, CONVENOR, DEPARTMENT, FINANCE_BUREAU, SECRETARIAT

Opinion = Literal["accept", "accept_with_conditions", "object"]
Stance = Literal["claim", "deny"]
ConferenceCause = Literal["objection", "competence", "list_conflict", "fund_dispute", "several_districts"]
"""What a joint conference is called for (dossier §4.1, S1e-35)."""


class GiveOpinion(Command):
    """Say what the community thinks of the item; silence is not consent, and a late word is still read."""

    asked_by: ClassVar[frozenset[str]] = COMMITTEE
    opinion: Opinion
    conditions: Text | None = None
    reasons: Text | None = None


class RecordNoOpinion(Command):
    """Note that the community was asked and did not answer in time."""

    asked_by: ClassVar[frozenset[str]] = frozenset({SCHEDULE})


class CountersignFunds(Command):
    """Confirm where the money of the application stands.

    Attributes:
        budget_line: The line of the budget, as finance numbers it.
        schedule: When which part will be paid.
    """

    asked_by: ClassVar[frozenset[str]] = frozenset({FINANCE_BUREAU})
    budget_line: Line | None = None
    source: Code | None = None
    purpose: Code | None = None
    schedule: tuple[Tranche, ...] = ()


class ClaimOrDeny(Command):
    """Say, as another department, that the matter is one's own, or that it is not the applicant's."""

    asked_by_others: ClassVar[frozenset[str]] = DEPARTMENT
    stance: Stance
    reasons: Text


class CallConference(Command):
    """Call the joint conference on a point in dispute.

    Attributes:
        facts: What shows the cause.
    """

    asked_by: ClassVar[frozenset[str]] = frozenset({CONVENOR})
    cause: ConferenceCause | None = None
    facts: Text | None = None


class ReclassifyItem(Command):
    """Read the lists again, because one of them has changed."""

    asked_by: ClassVar[frozenset[str]] = frozenset({SECRETARIAT})
