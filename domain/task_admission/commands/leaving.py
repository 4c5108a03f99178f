"""What is asked when an item is to leave the checklist before its time, or to be carried on after it."""

from datetime import date
from typing import ClassVar, Literal

from domain.kernel.envelope import LINKED_CASE, SCHEDULE
from domain.kernel.messages import Code, Command, Record, Text
from domain.kernel.money import Fen
from domain.task_admission.application import Line, Term, Tranche
from domain.task_admission.commands.legs import Year
from domain.task_admission.commands.roles import APPROVER, COMMITTEE, DEPARTMENT

ExitCause = Literal[
    "residents_disapprove",
    "list_review",
    "law_repealed",
    "departments_request",
    "term_ending",
]
"""Why it is looked at whether an item leaves the checklist (dossier §4.1 →`exit_review`)."""


class OpenExitReview(Command):
    """Look at whether the item leaves the checklist.

    Attributes:
        cause: Why; the schedule asks for the end of the term only, and need not say so.
        facts: What shows the cause.
        record: The survey or the minutes that show that residents generally disapprove.
    """

    asked_by: ClassVar[frozenset[str]] = frozenset({APPROVER, SCHEDULE})
    cause: ExitCause | None = None
    facts: Text | None = None
    record: Line | None = None


class RequestEarlyTermination(Command):
    """End the item before its term, as one side, with the notice that the agreement names.

    Attributes:
        ends_on: The last day of the work.
    """

    asked_by: ClassVar[frozenset[str]] = COMMITTEE | DEPARTMENT
    ends_on: date | None = None
    reasons: Text | None = None


class DecideRenewal(Command):
    """Carry the item on for another term on the same terms; what is not the same is a new application.

    Attributes:
        decision_no: The number of the decision (续期决定文号).
        term: First and last day of the new term.
        payments: When which part of the money is paid; as much as before, part for part.
        evaluation: The result of the evaluation that was read.
        scope: What the community would be asked to do, where it is said again.
        amount_fen: What it would cost, where it is said again.
    """

    asked_by: ClassVar[frozenset[str]] = frozenset({APPROVER})
    decision_no: Line | None = None
    term: Term | None = None
    payments: tuple[Tranche, ...] = ()
    evaluation: Line | None = None
    scope: tuple[Line, ...] = ()
    amount_fen: Fen | None = None


class Shortage(Record):
    """An appropriation that does not hold what would have to be set aside."""

    payer: Code
    purpose: Code
    year: Year
    needed_fen: Fen
    available_fen: Fen


class RecordRenewal(Command):
    """Put on record what became of a renewal.

    Attributes:
        short: Why its case did not begin; it did where there is nothing.
    """

    asked_by: ClassVar[frozenset[str]] = frozenset({LINKED_CASE})
    short: Shortage | None = None
