"""What an item must be whenever it is decided on: at submission, at confirmation, at approval."""

from typing import Any, Final

from domain.kernel.directory import OrganisationNamed, PersonNamed, SeatsOf
from domain.kernel.facts import CasesHolding, Facts, Need
from domain.kernel.lists import ListNamed
from domain.kernel.messages import Warned
from domain.task_admission.application import Application, ApplicationForm
from domain.task_admission.events import ApplicationDrafted
from domain.task_admission.events.screening import Route
from domain.task_admission.rules import submission
from domain.task_admission.rules.classification import lists_read
from domain.task_admission.rules.funding import check_funding
from domain.task_admission.rules.parameters import DATASET_CATALOGUE
from domain.task_admission.rules.wording import check_wording
from domain.task_admission.state.view import item_key


def item_needs(drafted: ApplicationDrafted, item: ApplicationForm | Application) -> tuple[Need[Any], ...]:
    """Name what tells whether an item is lawful, as far as its form is filled in."""
    named: list[Need[Any]] = [OrganisationNamed(drafted.applicant), OrganisationNamed(drafted.community)]
    named += [*lists_read(), ListNamed(DATASET_CATALOGUE)]
    if item.legal_basis is not None and item.matter is not None:
        named.append(CasesHolding(item_key(drafted.community, item.legal_basis, item.matter)))
    if item.accountable_officer is not None:
        named += [PersonNamed(item.accountable_officer), SeatsOf(item.accountable_officer)]
    if item.funding is not None:
        named.append(OrganisationNamed(item.funding.cost_bearer))
    if item.consent is not None:
        named.append(OrganisationNamed(item.consent.organisation))
    return tuple(named)


EMERGENCY: Final = "emergency"


def both_there(drafted: ApplicationDrafted, facts: Facts) -> str:
    """Say what sort of body applies, if both sides are there on the day of the act.

    Raises:
        Refused: `task_admission.unknown_community`, `task_admission.community_abolished`,
            `task_admission.not_in_office`.
    """
    submission.committee_kind(facts[OrganisationNamed(drafted.community)], facts.asked.tenant, facts.asked.on)
    return submission.applicant_kind(drafted.applicant, facts)


def check_item(
    application: Application, drafted: ApplicationDrafted, applicant_kind: str, route: Route, facts: Facts
) -> tuple[Warned, ...]:
    """Hold an item against every rule but the lead time, which is judged once, by the first submission.

    Raises:
        Refused: Every code of `rules/funding.py`, `rules/wording.py` and the checks of `rules/submission.py`.
    """
    return (
        *check_funding(application, drafted, applicant_kind, route, facts),
        *submission.check_term(application, facts),
        *submission.check_asked_once(application, drafted.community, facts),
        *submission.check_posts(application.added_posts, facts),
        *check_wording(application, facts),
        *submission.check_consent(application, drafted, applicant_kind, facts),
    )


def check_again(
    application: Application, drafted: ApplicationDrafted, applicant_kind: str, route: Route, facts: Facts
) -> tuple[Warned, ...]:
    """Hold an item that was handed in before against everything that may have changed since.

    Source:
        ADMISSION §4 (every other guard of submission still true).

    Raises:
        Refused: The codes of a submission.
    """
    both_there(drafted, facts)
    submission.check_basis(application.legal_basis, application.term.start_on, facts)
    submission.check_officer(application.accountable_officer, drafted.applicant, facts)
    return check_item(application, drafted, applicant_kind, route, facts)


def says_the_same(form: ApplicationForm, application: Application) -> bool:
    """Say whether a form is the very one that an application was made of."""
    own = [name for name in Application.model_fields if name in ApplicationForm.model_fields]
    if any(getattr(form, name) != getattr(application, name) for name in own):
        return False
    return (form.start_on, form.end_on) == (application.term.start_on, application.term.end_on)


def without_threat(form: ApplicationForm) -> ApplicationForm:
    """Give a form without the threat that made its work begin: it is no ground a second time.

    Source:
        ADMISSION §8 item 24 (never extended).
    """
    return form.model_copy(update={"emergency": None})
