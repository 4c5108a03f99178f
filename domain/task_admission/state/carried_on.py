"""An item in its next term: the same papers with other days."""

from datetime import date

from domain.task_admission.application import Application
from domain.task_admission.events import ItemCarriedOn, RenewalDecided
from domain.task_admission.state.applying import Screening
from domain.task_admission.state.on_file import Approved, CaseFile
from domain.task_admission.state.owed import Agreed


def carried_on(event: ItemCarriedOn) -> Approved:
    """Begin a new term where the decision on it has been taken; what is carried on was accepted off the list."""
    screened = Screening(
        drafted=event.drafted, submitted=event.submitted, classified=event.classified, waits_for="acceptance"
    )
    file = CaseFile(screened=screened, accepted=event.accepted, carries_on=event)
    return Approved(file=file, approved=event.approved)


def first_day(item: Agreed) -> date:
    """Give the first day of the first of all terms of an item."""
    before = item.file.carries_on
    return item.term.start_on if before is None else before.first_on


def for_another_term(application: Application, decided: RenewalDecided) -> Application:
    """Give the application as it would read with the days of the new term."""
    funding = application.funding
    paid = None if funding is None else funding.model_copy(update={"schedule": decided.payments})
    return application.model_copy(update={"term": decided.term, "funding": paid})
