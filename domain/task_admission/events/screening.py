"""How the item was classified, and what the formal check came to."""

from datetime import date
from typing import Literal

from domain.kernel.messages import Code, Event, Record, Text, Warned
from domain.kernel.money import Fen
from domain.task_admission.commands.screening import RejectionReason
from domain.task_admission.events.cited import EntryCited

Route = Literal[
    "reject:prohibited",
    "reject:autonomy",
    "reject:duty_shifting",
    "listed_assistance",
    "off_list",
    "department_direct",
    "emergency",
    "joint_conference",
]
"""Where a classified item goes (dossier §4.1)."""


class Ground(Record):
    """Why a row of the decision table matched.

    Attributes:
        reason: `matter` (the entry's matter is the item's), `trait:…` (the entry forbids what the item asks for), or
            the name of what the form says.
        cited: The entry, where a list says it.
    """

    reason: Code
    source: Text
    cited: EntryCited | None = None


class Match(Record):
    """A row of the decision table that matched: its number in dossier §4.1, where it leads, why."""

    row: int
    route: Route
    grounds: tuple[Ground, ...]


class ListRead(Record):
    """The version of a list that was read for a day."""

    list_name: Code
    version: int
    for_day: date


class ItemClassified(Event):
    """The decision table was read.

    Attributes:
        reasons: Why the deciding row matched.
        list_versions: Every list version that was read; a list that is not here had none in force.
        also_matched: The other rows that matched, in the table's order.
        by: Who had the lists read again; none where it happened with the submission.
    """

    route: Route
    row: int
    reasons: tuple[Ground, ...]
    list_versions: tuple[ListRead, ...]
    also_matched: tuple[Match, ...]
    by: Code | None = None


class ApplicationAccepted(Event):
    """The formal check ended; the period for the decision begins (受理)."""

    by: Code
    on: date


class ListedItemConfirmed(Event):
    """The item stands on the assistance list, and comes with the necessary funds and conditions.

    Attributes:
        amount_fen: The funds, due by the first day of the work.
    """

    conditions: Text
    amount_fen: Fen
    by: Code
    on: date
    warnings: tuple[Warned, ...] = ()


class DepartmentServesDirectly(Event):
    """The department serves residents itself; nothing enters the checklist."""

    by: Code
    on: date


class ApplicationRejected(Event):
    """The item was refused, with written reasons.

    Attributes:
        source: The list entry's clause, or the article.
        way_of_review: What the notice says about having it looked at again; there is no appeal clock.
    """

    reason: RejectionReason
    reasons: Text
    source: Text
    cited: EntryCited | None = None
    way_of_review: Text
