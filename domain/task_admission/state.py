"""Where one application stands, how events move it, and what others see of it."""

from typing import ClassVar, Final, Literal, assert_never

from domain.kernel.errors import CorruptHistory
from domain.kernel.messages import State, Vocabulary
from domain.kernel.view import Party, View, Work
from domain.task_admission.application import ApplicationForm
from domain.task_admission.commands import DELEGATING_DEPARTMENT, SECRETARIAT
from domain.task_admission.events import (
    AdmissionEvent,
    ApplicationDrafted,
    ApplicationRejected,
    ApplicationSubmitted,
    ApplicationWithdrawn,
    DraftAmended,
    ItemClassified,
    Route,
)

WaitsFor = Literal[
    "rejection",
    "confirmation_of_listing",
    "acceptance",
    "direction_to_department",
    "declaration_of_emergency",
    "referral",
]
"""What an item in `screening` needs next."""


class NotOpened(State):
    """Before the first event."""

    phase: ClassVar[str] = "new"


class Draft(State):
    """The applicant finishes the form."""

    phase: ClassVar[str] = "draft"
    drafted: ApplicationDrafted
    form: ApplicationForm


class Submitted(State):
    """Handed in and not yet classified; both happen in one answer, so no case rests here."""

    phase: ClassVar[str] = "submitted"
    drafted: ApplicationDrafted
    submitted: ApplicationSubmitted


class Screening(State):
    """Classified; the formal check runs, and somebody answers for the proposed route."""

    phase: ClassVar[str] = "screening"
    drafted: ApplicationDrafted
    submitted: ApplicationSubmitted
    classified: ItemClassified
    waits_for: WaitsFor


class Rejected(State):
    """Refused, with reasons."""

    phase: ClassVar[str] = "rejected"
    is_end: ClassVar[bool] = True
    screened: Screening
    rejected: ApplicationRejected


class Withdrawn(State):
    """Taken back by the applicant."""

    phase: ClassVar[str] = "withdrawn"
    is_end: ClassVar[bool] = True
    before: Draft | Screening
    withdrawn: ApplicationWithdrawn


AdmissionState = NotOpened | Draft | Submitted | Screening | Rejected | Withdrawn
STATES: Final = Vocabulary[AdmissionState](NotOpened, Draft, Submitted, Screening, Rejected, Withdrawn)


def waits_for(route: Route) -> WaitsFor:
    """Name what a route needs next, in the words of the person who must do it."""
    match route:
        case "reject:prohibited" | "reject:autonomy" | "reject:duty_shifting":
            return "rejection"
        case "listed_assistance":
            return "confirmation_of_listing"
        case "off_list":
            return "acceptance"
        case "department_direct":
            return "direction_to_department"
        case "emergency":
            return "declaration_of_emergency"
        case "joint_conference":
            return "referral"
        case _:
            assert_never(route)


def evolve(state: AdmissionState, event: AdmissionEvent) -> AdmissionState:
    """Let one event happen.

    Raises:
        CorruptHistory: The event cannot follow what happened before.
    """
    match state, event:
        case NotOpened(), ApplicationDrafted(form=form):
            return Draft(drafted=event, form=form)
        case Draft(drafted=drafted), DraftAmended(form=form):
            return Draft(drafted=drafted, form=form)
        case Draft(drafted=drafted), ApplicationSubmitted():
            return Submitted(drafted=drafted, submitted=event)
        case Submitted(drafted=drafted, submitted=submitted), ItemClassified(route=route):
            return Screening(drafted=drafted, submitted=submitted, classified=event, waits_for=waits_for(route))
        case Screening(), ApplicationRejected():
            return Rejected(screened=state, rejected=event)
        case ((Draft() | Screening()), ApplicationWithdrawn()):
            return Withdrawn(before=state, withdrawn=event)
        case _:
            raise CorruptHistory(f"{type(event).__name__} cannot happen in {state.phase or type(state).__name__}")


def view(state: AdmissionState) -> View:
    """Show a case to others: its parties, its title, who must do what next."""
    match state:
        case NotOpened():
            return View(phase=state.phase, title="")
        case Draft(drafted=drafted, form=form):
            return _view(state, drafted, form.title, _finishing(drafted))
        case Submitted(drafted=drafted, submitted=submitted):
            return _view(state, drafted, submitted.application.title)
        case Screening(drafted=drafted, submitted=submitted):
            return _view(state, drafted, submitted.application.title, *_screening(state))
        case Rejected(screened=screened):
            return _view(state, screened.drafted, screened.submitted.application.title)
        case Withdrawn(before=before):
            title = before.form.title if isinstance(before, Draft) else before.submitted.application.title
            return _view(state, before.drafted, title)
        case _:
            assert_never(state)


def _view(state: State, drafted: ApplicationDrafted, title: str | None, *work: Work) -> View:
    parties = (
        Party(role=DELEGATING_DEPARTMENT, organisation=drafted.applicant),
        Party(role=drafted.community_kind, organisation=drafted.community),
    )
    return View(phase=state.phase, title=title or drafted.community, parties=parties, work=work)


def _finishing(drafted: ApplicationDrafted) -> Work:
    return Work(task="finish_application", role=DELEGATING_DEPARTMENT, organisation=drafted.applicant, since=drafted.on)


def _screening(state: Screening) -> tuple[Work, ...]:
    """Give the formal check, and beside it the route's next step where another than the secretariat must take it."""
    since = state.submitted.on
    check = Work(task="formal_check", role=SECRETARIAT, limit="formal_check", since=since)
    if state.waits_for != "declaration_of_emergency":
        return (check,)
    applicant = state.drafted.applicant
    return check, Work(task=state.waits_for, role=DELEGATING_DEPARTMENT, organisation=applicant, since=since)
