"""What is asked when the term is over: the exit decision, both confirmations, the settlement to the fen."""

from datetime import date
from typing import ClassVar, Literal

from domain.kernel.envelope import SCHEDULE
from domain.kernel.messages import Code, Command, Record, Text
from domain.kernel.money import Fen
from domain.task_admission.application import Count, Line
from domain.task_admission.commands.conference import Minutes
from domain.task_admission.commands.legs import Year
from domain.task_admission.commands.roles import APPROVER, COMMITTEE, DEPARTMENT, FINANCE_BUREAU

ExitOutcome = Literal["complete", "terminate", "review_renewal"]
"""`complete`: the work is done, and both sides say so; `terminate`: it ends as it stands.

`review_renewal`: it is looked at whether it is carried on, on the same terms.
"""


class SettlementLine(Record):
    """What became of the money in one account of the community; together it is what was received there."""

    source: Code
    purpose: Code
    year: Year
    spent_fen: Fen
    returned_fen: Fen
    carried_fen: Fen = 0


class ResidentsDecision(Record):
    """The decision of the residents' representatives on money that is theirs to direct (L-RC25:29).

    Attributes:
        members: How many may vote.
    """

    held_on: date
    members: Count
    present: Count
    in_favour: Count
    minutes: Line


class EndTerm(Command):
    """Let the term end: no work after its last day."""

    asked_by: ClassVar[frozenset[str]] = frozenset({SCHEDULE})


class DecideExit(Command):
    """Decide how the item leaves the checklist.

    Attributes:
        minutes: Of the joint conference, where residents generally disapprove; a case that called it has them already.
    """

    asked_by: ClassVar[frozenset[str]] = frozenset({APPROVER})
    outcome: ExitOutcome
    reasons: Text | None = None
    minutes: Minutes | None = None


class AcceptCompletion(Command):
    """Accept the work, as the department; or say, with reasons, that it is not done."""

    asked_by: ClassVar[frozenset[str]] = DEPARTMENT
    accepted: bool = True
    reasons: Text | None = None


class ConfirmCompletion(Command):
    """Confirm the end of the work, as the community; or say, with reasons, why not."""

    asked_by: ClassVar[frozenset[str]] = COMMITTEE
    confirmed: bool = True
    reasons: Text | None = None


class SettleFunds(Command):
    """Settle the money: the committee proposes, finance checks the same figures."""

    asked_by: ClassVar[frozenset[str]] = COMMITTEE | {FINANCE_BUREAU}
    lines: tuple[SettlementLine, ...]
    residents_decision: ResidentsDecision | None = None
