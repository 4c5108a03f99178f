"""Task admission: what each command needs to know, and what is said to it."""

from typing import Any, Final, assert_never

from domain.kernel.access import SEATS_SOURCE
from domain.kernel.clock_events import DeadlineKept
from domain.kernel.decision import NOTHING_NEW, Events
from domain.kernel.directory import OrganisationNamed, PersonNamed, SeatsOf
from domain.kernel.errors import Refused
from domain.kernel.facts import CasesHolding, Days, Facts, Need
from domain.kernel.limits import close_all, keep, set_limit
from domain.kernel.lists import ListNamed
from domain.kernel.messages import Asked
from domain.kernel.process import Process
from domain.task_admission.application import Application
from domain.task_admission.commands import (
    COMMANDS,
    AdmissionCommand,
    AmendDraft,
    DraftApplication,
    RejectApplication,
    SubmitApplication,
    WithdrawApplication,
)
from domain.task_admission.events import (
    EVENTS,
    AdmissionEvent,
    ApplicationDrafted,
    ApplicationSubmitted,
    ApplicationWithdrawn,
    DraftAmended,
)
from domain.task_admission.rules import submission
from domain.task_admission.rules.classification import classify, lists_read
from domain.task_admission.rules.funding import check_funding
from domain.task_admission.rules.parameters import DATASET_CATALOGUE, FORMAL_CHECK, LEAD_TIME
from domain.task_admission.rules.rejection import rejected
from domain.task_admission.rules.separation import answer_for_another, separation_needs
from domain.task_admission.rules.wording import check_wording
from domain.task_admission.state import STATES, AdmissionState, Draft, NotOpened, Screening, evolve, view

PHASE_SOURCE: Final = "dossier §4.1"


def needs(command: AdmissionCommand, state: AdmissionState) -> tuple[Need[Any], ...]:
    """Name every fact that *command* reads in *state*, beside what every command reads."""
    match command:
        case DraftApplication(community=community):
            return (OrganisationNamed(community),)
        case SubmitApplication():
            return _submission_needs(state) if isinstance(state, Draft) else ()
        case RejectApplication():
            return separation_needs(state) if isinstance(state, Screening) else ()
        case AmendDraft() | WithdrawApplication():
            return ()
        case _:
            assert_never(command)


def _submission_needs(draft: Draft) -> tuple[Need[Any], ...]:
    drafted, form = draft.drafted, draft.form
    named: list[Need[Any]] = [OrganisationNamed(drafted.applicant), OrganisationNamed(drafted.community)]
    named += [*lists_read(), ListNamed(DATASET_CATALOGUE)]
    if form.legal_basis is not None and form.matter is not None:
        named.append(CasesHolding(submission.item_key(drafted.community, form.legal_basis, form.matter)))
    if form.accountable_officer is not None:
        named += [PersonNamed(form.accountable_officer), SeatsOf(form.accountable_officer)]
    if form.funding is not None:
        named.append(OrganisationNamed(form.funding.cost_bearer))
    if form.consent is not None:
        named.append(OrganisationNamed(form.consent.organisation))
    return tuple(named)


def days(command: AdmissionCommand, state: AdmissionState, asked: Asked) -> Days:
    """Say on which days the law is read: procedure on the day of application, the route on the first day of the work.

    Source:
        ADMISSION §8 item 30.
    """
    match state:
        case Draft(form=form) if isinstance(command, SubmitApplication):
            return Days(asked.on, form.start_on or asked.on, asked.on, asked.on)
        case Screening(submitted=submitted):
            return Days(submitted.on, submitted.application.term.start_on, asked.on, asked.on)
        case _:
            return Days.all_on(asked.on)


def decide(command: AdmissionCommand, state: AdmissionState, facts: Facts) -> Events:
    """Answer *command* with events, with nothing new, or with a refusal."""
    match command:
        case DraftApplication():
            return _draft(command, state, facts)
        case AmendDraft():
            return _amend(command, state)
        case SubmitApplication():
            return _submit(state, facts)
        case RejectApplication():
            return _reject(command, state, facts)
        case WithdrawApplication():
            return _withdraw(command, state, facts)
        case _:
            assert_never(command)


def _draft(command: DraftApplication, state: AdmissionState, facts: Facts) -> Events:
    """Begin an application for a community that is there.

    Raises:
        Refused: `task_admission.unknown_community`, `task_admission.community_abolished`.
    """
    if not isinstance(state, NotOpened):
        raise _wrong_phase(command, state)
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


def _amend(command: AmendDraft, state: AdmissionState) -> Events:
    match state:
        case Draft(form=form):
            return NOTHING_NEW if form == command.application else (DraftAmended(form=command.application),)
        case _:
            raise _wrong_phase(command, state)


def _submit(state: AdmissionState, facts: Facts) -> Events:
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
            raise _wrong_phase(SubmitApplication(), state)


def _submitted(draft: Draft, facts: Facts) -> Events:
    drafted, asked = draft.drafted, facts.asked
    submission.committee_kind(facts[OrganisationNamed(drafted.community)], asked.tenant, asked.on)
    applicant_kind = submission.applicant_kind(drafted.applicant, facts)
    application = submission.complete(draft.form, drafted.applicant, facts)
    classified = classify(application, applicant_kind, facts)
    is_emergency = classified.route == "emergency"
    late = submission.check_lead_time(application, facts, is_emergency=is_emergency)
    warnings = (
        *late,
        *check_funding(application, drafted, applicant_kind, classified.route, facts),
        *submission.check_term(application, facts),
        *submission.check_asked_once(application, drafted.community, facts),
        *submission.check_posts(application, facts),
        *check_wording(application, facts),
        *submission.check_consent(application, drafted, applicant_kind, facts),
    )
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


def _reject(command: RejectApplication, state: AdmissionState, facts: Facts) -> Events:
    """Refuse an item in the formal check, in writing.

    Source:
        ADMISSION §3, §2 (separation of duties).

    Raises:
        Refused: `task_admission.own_application`, `task_admission.substitute_needed`, `task_admission.reasons_missing`.
    """
    match state:
        case Screening(classified=classified):
            answer_for_another(state, facts)
            event = rejected(command, classified, facts)
            return event, *keep(facts, FORMAL_CHECK.name), *close_all(facts, but=(FORMAL_CHECK.name,))
        case _:
            raise _wrong_phase(command, state)


def _withdraw(command: WithdrawApplication, state: AdmissionState, facts: Facts) -> Events:
    """Let the applicant take back what no two sides have signed.

    Source:
        ADMISSION §8 item 14.
    """
    match state:
        case Draft() | Screening():
            return ApplicationWithdrawn(reason=command.reason), *close_all(facts)
        case _:
            raise _wrong_phase(command, state)


def _wrong_phase(command: AdmissionCommand, state: AdmissionState) -> Refused:
    return Refused("task_admission.wrong_phase", PHASE_SOURCE, command=type(command).__name__, phase=state.phase)


def _applicant(asked: Asked) -> str:
    if asked.organisation is None:
        raise Refused("task_admission.not_your_role", SEATS_SOURCE, person=asked.person)
    return asked.organisation


TASK_ADMISSION: Final = Process[AdmissionCommand, AdmissionEvent, AdmissionState](
    name="task_admission",
    prefix="task",
    initial=NotOpened(),
    opens_with=(DraftApplication,),
    commands=COMMANDS,
    events=EVENTS,
    states=STATES,
    needs=needs,
    decide=decide,
    evolve=evolve,
    view=view,
    days=days,
)
