"""That an item is to leave the checklist before its time, or is carried on after it."""

import operator
from datetime import date
from typing import Annotated

from pydantic import Field

from domain.kernel.messages import Code, Event, Text, Warned
from domain.task_admission.application import Line, Term, Tranche
from domain.task_admission.commands.leaving import ExitCause, Shortage
from domain.task_admission.events.agreement import Side
from domain.task_admission.events.decision import AdmissionApproved
from domain.task_admission.events.drafting import ApplicationDrafted, ApplicationSubmitted
from domain.task_admission.events.screening import ApplicationAccepted, ItemClassified


class ExitReviewOpened(Event):
    """It is looked at whether the item leaves the checklist; but for the end of the term, the work is over.

    Attributes:
        record: The survey or the minutes that show that residents generally disapprove.
    """

    cause: ExitCause
    facts: Text | None = None
    record: Line | None = None
    by: Code
    on: date


class EarlyTerminationRequested(Event):
    """One side ends the item before its term.

    Attributes:
        ends_on: The last day of the work.
    """

    side: Side
    ends_on: date
    reasons: Text
    by: Code
    on: date


class RenewalDecided(Event):
    """The item is carried on for another term, in a case of its own.

    Attributes:
        evaluation: The result of the evaluation that was read.
        is_answered: The case that is opened says whether it began; before there was such an answer, none is waited for.
    """

    decision_no: Line
    term: Term
    payments: tuple[Tranche, ...]
    evaluation: Line
    by: Code
    on: date
    warnings: tuple[Warned, ...] = ()
    # Left out where it is not so: what was decided before is written as it was then.
    is_answered: Annotated[bool, Field(exclude_if=operator.not_)] = False


class RenewalOpened(Event):
    """The case that carries the item on has begun."""

    case: Code
    on: date


class RenewalFailed(Event):
    """The case that was to carry the item on did not begin, for its money was used up; this term is the last.

    Attributes:
        case: Where it was to be carried on.
    """

    case: Code
    short: Shortage
    on: date


class ItemCarriedOn(Event):
    """A new term of an item began, on the same terms; its agreement and its three legs are to come.

    Attributes:
        renews: The case whose item it is.
        first_on: The first day of the first term.
        approved: The decision on the renewal.
    """

    renews: Code
    first_on: date
    drafted: ApplicationDrafted
    submitted: ApplicationSubmitted
    classified: ItemClassified
    accepted: ApplicationAccepted
    approved: AdmissionApproved
    on: date


class ItemNotCarriedOn(Event):
    """A new term could not begin: between the decision on it and this day the money was used up.

    Attributes:
        renews: The case whose item it would have been.
    """

    renews: Code
    drafted: ApplicationDrafted
    submitted: ApplicationSubmitted
    short: Shortage
    on: date


class TaskRenewed(Event):
    """The old term is accepted, confirmed and settled; the item goes on in the case of its renewal."""

    on: date
