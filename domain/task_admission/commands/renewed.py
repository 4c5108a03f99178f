"""How the case of a renewed item begins: with the papers of the one it carries on."""

from datetime import date
from typing import ClassVar

from domain.kernel.envelope import LINKED_CASE
from domain.kernel.messages import Command
from domain.task_admission.events.decision import AdmissionApproved
from domain.task_admission.events.drafting import ApplicationDrafted, ApplicationSubmitted
from domain.task_admission.events.screening import ApplicationAccepted, ItemClassified


class CarryOnItem(Command):
    """Begin a new term of an item on the same terms: not an application, but all three legs anew.

    Attributes:
        first_on: The first day of the first term.
        submitted: The application as it was, with the days of the new term and of its payments.
        approved: The decision on the renewal.

    Source:
        ADMISSION §7, §8 item 25.
    """

    asked_by: ClassVar[frozenset[str]] = frozenset({LINKED_CASE})
    first_on: date
    drafted: ApplicationDrafted
    submitted: ApplicationSubmitted
    classified: ItemClassified
    accepted: ApplicationAccepted
    approved: AdmissionApproved
