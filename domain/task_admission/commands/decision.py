"""What is asked of the admission authority."""

from typing import ClassVar

from domain.kernel.envelope import SCHEDULE
from domain.kernel.messages import Code, Command, Text
from domain.task_admission.application import Line, Term
from domain.task_admission.commands.roles import APPROVER


class ApproveAdmission(Command):
    """Admit the item into the community's checklist.

    Attributes:
        decision_no: The number of the decision (准入决定文号).
        scope: What the community may be asked to do, a line each; agreement and authority are held against it.
        term: First and last day; within the term that was applied for.
        evaluation_method: How the work will be evaluated.
    """

    asked_by: ClassVar[frozenset[str]] = frozenset({APPROVER})
    decision_no: Line | None = None
    scope: tuple[Line, ...] = ()
    term: Term | None = None
    conditions: Text | None = None
    evaluation_method: Text | None = None


class RejectAdmission(Command):
    """Refuse the item after review, with written reasons."""

    asked_by: ClassVar[frozenset[str]] = frozenset({APPROVER})
    reasons: Text | None = None


class SendToPurchase(Command):
    """Have the work bought instead of agreed on, where the district's pack chooses so.

    Attributes:
        entry: The entry of the purchase catalogue that covers it.
    """

    asked_by: ClassVar[frozenset[str]] = frozenset({APPROVER})
    entry: Code | None = None


class EndDisclosure(Command):
    """Let the community take down what it had to show for a minimum of days."""

    asked_by: ClassVar[frozenset[str]] = frozenset({SCHEDULE})
