"""What brings the three legs together: authority, people, money; and what is said when one of them does not come."""

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from domain.kernel.envelope import LINKED_CASE, SCHEDULE
from domain.kernel.messages import Code, Command, Record, Text
from domain.kernel.money import Fen
from domain.task_admission.application import Count, Line
from domain.task_admission.commands.roles import COMMITTEE, DEPARTMENT, FINANCE_BUREAU, SECRETARIAT

Leg = Literal["authority", "people", "money"]
Year = Annotated[int, Field(ge=1949, le=9999)]


class Assignment(Record):
    """A person who will do the work, from an office held in an organisation."""

    person: Code
    organisation: Code
    hours_a_month: Count


class GrantAuthority(Command):
    """Hand the power over.

    Attributes:
        power: What may be decided, in words.
        kind: What sort of power it is (`eligibility_check`); some may never be handed over.
        scope: What it covers, a line each, in the words of the decision.
        until_on: The last day; none for the whole term.
    """

    asked_by: ClassVar[frozenset[str]] = DEPARTMENT
    power: Text
    kind: Code
    scope: tuple[Line, ...]
    from_on: date
    until_on: date | None = None


class NamePeople(Command):
    """Name who does the work.

    Attributes:
        accountable_officer: Who answers for all of it, in the department's office.
        none_needed: Why nobody need be named.
        added_posts: Full-time posts that would be added in the community for it.
    """

    asked_by: ClassVar[frozenset[str]] = COMMITTEE | DEPARTMENT
    people: tuple[Assignment, ...] = ()
    accountable_officer: Code | None = None
    none_needed: Text | None = None
    added_posts: Count = 0


class RecordDisbursement(Command):
    """Say that a part of the money was paid out.

    Attributes:
        tranche: Which payment of the agreement, counted from 1.
        voucher: The number of the payment order; it is used once.
    """

    asked_by: ClassVar[frozenset[str]] = DEPARTMENT | {FINANCE_BUREAU, "subdistrict_office", "township_government"}
    tranche: Annotated[int, Field(ge=1, le=200)]
    amount_fen: Fen
    source: Code
    purpose: Code
    voucher: Code


class ConfirmFundsReceived(Command):
    """Say that a payment arrived, and in which account it was booked.

    Attributes:
        year: The fiscal year of the day of receipt.
    """

    asked_by: ClassVar[frozenset[str]] = COMMITTEE
    voucher: Code
    amount_fen: Fen
    source: Code
    purpose: Code
    year: Year


class BeginTask(Command):
    """Let the work begin on its first day, if all three legs stand."""

    asked_by: ClassVar[frozenset[str]] = frozenset({SCHEDULE})


class ActivateTask(Command):
    """Ask whether the work may begin; a refusal names the missing leg."""

    asked_by: ClassVar[frozenset[str]] = COMMITTEE | DEPARTMENT | {SECRETARIAT}


class RefuseTask(Command):
    """Refuse the item, as the community, because authority or money did not come in time."""

    asked_by: ClassVar[frozenset[str]] = COMMITTEE
    leg: Literal["authority", "money"]
    reasons: Text


class RecheckProof(Command):
    """Look again whether the legs still stand, because something they rest on has changed.

    Attributes:
        because: What changed: an event of another case, or a limit of this one.
    """

    asked_by: ClassVar[frozenset[str]] = frozenset({SCHEDULE, LINKED_CASE})
    because: Text = "mandate_end"
