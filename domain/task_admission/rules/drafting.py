"""The form, its submission with the classification, and its taking back."""

from typing import Any

from domain.kernel.access import SEATS_SOURCE
from domain.kernel.clock_events import DeadlineKept
from domain.kernel.decision import NOTHING_NEW, Events
from domain.kernel.directory import OrganisationNamed
from domain.kernel.errors import Refused
from domain.kernel.facts import Facts, Need
from domain.kernel.limits import close_all, set_limit
from domain.kernel.messages import Asked
from domain.task_admission.application import Application
from domain.task_admission.commands import AmendDraft, DraftApplication, SubmitApplication, WithdrawApplication
from domain.task_admission.events import (
    ApplicationDrafted,
    ApplicationSubmitted,
    ApplicationWithdrawn,
    DraftAmended,
)
from domain.task_admission.rules import submission
from domain.task_admission.rules.classification import classify
from domain.task_admission.rules.emergency_costs import settled_costs
from domain.task_admission.rules.money import release_all, return_received
from domain.task_admission.rules.parameters import FORMAL_CHECK, LEAD_TIME
from domain.task_admission.rules.phases import wrong_phase
from domain.task_admission.rules.standing import EMERGENCY, both_there, check_item, item_needs
from domain.task_admission.state import (
    AdmissionState,
    AgreementPending,
    AwaitingCorrection,
    ConsultingCommunity,
    DeclaredEmergency,
    Draft,
    EmergencyActive,
    FundsPending,
    JointConference,
    Listed,
    NotOpened,
    Screening,
    UnderReview,
)


def submission_needs(state: AdmissionState) -> tuple[Need[Any], ...]:
    """Name what a submission reads."""
    return item_needs(state.drafted, state.form) if isinstance(state, Draft) else ()


def draft(command: DraftApplication, state: AdmissionState, facts: Facts) -> Events:
    """Begin an application for a community that is there.

    Raises:
        Refused: `task_admission.unknown_community`, `task_admission.community_abolished`.
    """
    if not isinstance(state, NotOpened):
        raise wrong_phase(command, state)
    asked = facts.asked
    kind = submission.committee_kind(facts[OrganisationNamed(command.community)], asked.tenant, asked.on)
    return (
        ApplicationDrafted(
            applicant=_applicant(asked),
            community=command.community,
            community_kind=kind,
            by=asked.person,
            on=asked.on,
            form=command.application,
        ),
    )


def _applicant(asked: Asked) -> str:
    if asked.organisation is None:
        raise Refused("task_admission.not_your_role", SEATS_SOURCE, person=asked.person)
    return asked.organisation


def amend(command: AmendDraft, state: AdmissionState) -> Events:
    """Put another form in the place of the draft's."""
    match state:
        case Draft(form=form):
            return NOTHING_NEW if form == command.application else (DraftAmended(form=command.application),)
        case _:
            raise wrong_phase(command, state)


def submit(command: SubmitApplication, state: AdmissionState, facts: Facts) -> Events:
    """Hand the form in and classify the item, in one answer; from then on the formal check runs.

    An emergency is not held to the lead time, and only an item that is classified as one is spared.

    Source:
        dossier §4.1; ADMISSION §3.

    Raises:
        Refused: every code of a submission (`rules/submission.py`, `rules/funding.py`, `rules/wording.py`).
    """
    match state:
        case Draft():
            return _submitted(state, facts)
        case Screening():
            return NOTHING_NEW
        case _:
            raise wrong_phase(command, state)


def _submitted(drawn_up: Draft, facts: Facts) -> Events:
    drafted, asked = drawn_up.drafted, facts.asked
    applicant_kind = both_there(drafted, facts)
    application = submission.complete(drawn_up.form, drafted.applicant, facts)
    classified = classify(application, applicant_kind, facts)
    is_emergency = classified.route == EMERGENCY
    late = submission.check_lead_time(application, facts, on=asked.on, is_emergency=is_emergency)
    warnings = (*late, *check_item(application, drafted, applicant_kind, classified.route, facts))
    submitted = ApplicationSubmitted(
        application=application, applicant_kind=applicant_kind, by=asked.person, on=asked.on, warnings=warnings
    )
    kept = () if is_emergency or late else _lead_time_kept(application, drafted, facts)
    return submitted, classified, *kept, *set_limit(FORMAL_CHECK, facts, asked.on)


def _lead_time_kept(application: Application, drafted: ApplicationDrafted, facts: Facts) -> Events:
    """Record the last day of the lead time, and that it was kept."""
    start_on = application.term.start_on
    limit = set_limit(LEAD_TIME, facts, start_on, organisation=drafted.applicant, back=True)
    return *limit, DeadlineKept(limit=LEAD_TIME.name, on=facts.asked.on)


def withdraw(command: WithdrawApplication, state: AdmissionState, facts: Facts) -> Events:
    """Let the applicant take back what no two sides have signed; money that was set aside is free again.

    Nobody signs for an item of the assistance list: it is taken back until the work begins, and money that has arrived
    is returned.

    Source:
        ADMISSION §8 item 14.
    """
    withdrawn = ApplicationWithdrawn(reason=command.reason)
    match state:
        case (
            Draft()
            | Screening()
            | DeclaredEmergency()
            | EmergencyActive()
            | AwaitingCorrection()
            | ConsultingCommunity()
            | UnderReview()
            | JointConference()
        ):
            return *settled_costs(state, facts), withdrawn, *close_all(facts)
        case AgreementPending(money=money):
            return *release_all(money, "withdrawn"), withdrawn, *close_all(facts)
        case FundsPending(item=Listed(), money=money):
            settled = (*return_received(money), *release_all(money, "withdrawn"))
            return *settled, withdrawn, *close_all(facts)
        case _:
            raise wrong_phase(command, state)
