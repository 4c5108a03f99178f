"""Who asks whom: a department or the subdistrict, of a residents' or a villagers' committee, on days of either law."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.kernel.ledger import BalanceOf
from domain.task_admission.application import LegalBasis
from domain.task_admission.commands import SubmitApplication
from tests.domain.task_admission.district import CONSENT, District, a_form, appropriation, seat
from tests.domain.task_admission.main_line import AMOUNT, accept, after, countersign, opinion

RICH = 10 * AMOUNT


@dataclass(frozen=True)
class Asker:
    """A body that asks, by the person who drafts and the head who answers for it and signs."""

    body: str
    clerk: str
    head: str


@dataclass(frozen=True)
class Asked:
    """A committee that is asked, with the law of its kind."""

    community: str
    director: str
    basis: LegalBasis


DEPARTMENT = Asker("health", "li", "chen")
SUBDISTRICT = Asker("quay_office", "zhao", "tao")
RESIDENTS = Asked("harbour", "wu", LegalBasis(instrument="L-RC25", article="10.3"))
VILLAGERS = Asked("fields", "deng", LegalBasis(instrument="L-VC18", article="37"))
ASKERS = (DEPARTMENT, SUBDISTRICT)
COMMITTEES = (RESIDENTS, VILLAGERS)


def district(**more: Any) -> District:
    """Give the district with a head of the subdistrict office, and money in every asker's appropriations."""
    there = District(seats=(*District().seats, seat("tao", "quay_office", "head_of_department")), **more)
    for asker in ASKERS:
        for year in (2025, 2026, 2027):
            there = there.with_fact(BalanceOf(appropriation(year).model_copy(update={"owner": asker.body})), RICH)
    return there


def a_form_of(asker: Asker, asked: Asked, **changes: Any) -> Any:
    own = {"cost_bearer": asker.body, "accountable_officer": asker.head, "legal_basis": asked.basis}
    return a_form(**({**own, "consent": CONSENT} | changes))


def reviewed_by(
    asker: Asker, asked: Asked, on: date, accepted_on: date, there: District | None = None, **changes: Any
) -> District:
    """Give an item under review that was handed in on one day and accepted, agreed to and countersigned on another."""
    drafted = (there or district()).drafted(
        a_form_of(asker, asked, **changes), community=asked.community, by=asker.clerk, on=on
    )
    submitted = after(drafted, SubmitApplication(), asker.clerk, on)
    taken = after(submitted, accept(), "wang", accepted_on)
    heard = after(taken, opinion(), asked.director, accepted_on)
    return after(heard, countersign(), "feng", accepted_on)
