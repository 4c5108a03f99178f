"""What must be done next in an application, and by whom."""

from collections.abc import Iterator
from datetime import date
from typing import assert_never

from domain.kernel.view import Work
from domain.task_admission.commands.roles import APPROVER, CONVENOR, DELEGATING_DEPARTMENT, FINANCE_BUREAU, SECRETARIAT
from domain.task_admission.events import ApplicationDrafted
from domain.task_admission.state.applying import DeclaredEmergency, Draft, EmergencyActive, Screening
from domain.task_admission.state.hand import payer
from domain.task_admission.state.leaving import ExitReview
from domain.task_admission.state.on_file import AwaitingCorrection, ConsultingCommunity, JointConference, UnderReview
from domain.task_admission.state.owed import Active, AgreementPending, FundsPending, Listed, Suspended
from domain.task_admission.state.union import AdmissionState


def open_work(state: AdmissionState) -> Iterator[Work]:
    """Give what must be done next, stage by stage, and by whom."""
    match state:
        case AgreementPending() | FundsPending() | Active() | Suspended() | ExitReview():
            yield from _owed(state)
        case _:
            yield from _undecided(state)


def _undecided(state: AdmissionState) -> Iterator[Work]:
    match state:
        case Draft(drafted=drafted):
            yield _department(drafted, "finish_application", drafted.on)
        case Screening():
            yield from _screening(state)
        case DeclaredEmergency(declared=declared):
            yield Work(task="confirm_emergency", role=APPROVER, limit="confirmation", since=declared.on)
        case EmergencyActive(drafted=drafted, work=work):
            yield _department(drafted, "regularise_emergency", work.confirmed.on, "regularisation")
        case AwaitingCorrection(drafted=drafted, requested=requested):
            yield _department(drafted, "correct_application", requested.on, "correction")
        case ConsultingCommunity(drafted=drafted, file=file):
            yield _community(drafted, "give_opinion", file.accepted.on, "opinion")
            yield from _countersigning(state)
        case UnderReview(heard=heard):
            yield Work(task="decide_admission", role=APPROVER, limit="decision", since=heard.on)
            yield from _countersigning(state)
        case JointConference(called=called):
            yield Work(task="hold_conference", role=CONVENOR, limit="conference", since=called.on)
        case _:
            return


def _owed(state: AgreementPending | FundsPending | Active | Suspended | ExitReview) -> Iterator[Work]:
    match state:
        case AgreementPending():
            yield from _signing(state)
            yield from _legs(state, state.approved.on)
        case FundsPending(item=item):
            yield from _legs(state, item.since)
            yield from _paying(state)
        case Active():
            yield from _ending(state)
            yield from _paying(state)
            yield from _reporting(state)
        case Suspended():
            yield from _curing(state)
            yield from _ending(state)
            yield from _paying(state)
            yield from _reporting(state)
        case ExitReview():
            yield from _leaving(state)
        case _:
            assert_never(state)


def _screening(state: Screening) -> Iterator[Work]:
    """Give the formal check, and beside it the route's next step where another than the secretariat must take it.

    Of an item that was accepted before, the check is done; what runs on is the period for the decision.
    """
    since = state.submitted.on
    limit = "decision" if state.accepted else "formal_check"
    yield Work(task="formal_check", role=SECRETARIAT, limit=limit, since=since)
    if state.waits_for == "declaration_of_emergency":
        yield _department(state.drafted, state.waits_for, since)


def _countersigning(state: ConsultingCommunity | UnderReview) -> Iterator[Work]:
    if not state.file.is_countersigned:
        since = state.file.accepted.on
        yield Work(task="countersign_funds", role=FINANCE_BUREAU, limit="decision", since=since)


def _signing(state: AgreementPending) -> Iterator[Work]:
    signed = {each.side for each in state.signatures}
    if "department" not in signed:
        yield _department(state.drafted, "sign_agreement", state.approved.on, "signature")
    if "community" not in signed:
        yield _community(state.drafted, "sign_agreement", state.approved.on, "signature")


def _legs(state: AgreementPending | FundsPending, since: date) -> Iterator[Work]:
    # Of a listed item the authority is the list entry with its law (ADMISSION §8 item 29).
    is_listed = isinstance(state, FundsPending) and isinstance(state.item, Listed)
    legs = state.legs
    if not is_listed and (not legs.authority or legs.is_lost("authority")):
        yield _department(state.drafted, "grant_authority", since)
    named, is_lost = {each.event.side for each in legs.people}, legs.is_lost("people")
    if "department" not in named or is_lost:
        yield _department(state.drafted, "name_people", since)
    if "community" in named and is_lost:
        yield _community(state.drafted, "name_people", since)


def _curing(state: Suspended) -> Iterator[Work]:
    """Give what shows a lost leg again; and what the authority must judge, where no record can."""
    since, legs = state.causes[0].on, {each.leg for each in state.causes}
    if "authority" in legs and not isinstance(state.item, Listed):
        yield _department(state.drafted, "grant_authority", since, "cure")
    if "people" in legs:
        yield _department(state.drafted, "name_people", since, "cure")
        if any(each.event.side == "community" for each in state.legs.people):
            yield _community(state.drafted, "name_people", since, "cure")
    if not state.is_the_records_own:
        yield Work(task="resume_task", role=APPROVER, limit="cure", since=since)


def _paying(state: FundsPending | Active | Suspended | ExitReview) -> Iterator[Work]:
    """Give each payment that is not whole, by its limit; and each of which a part is on its way, since the first.

    One that is held waits for the report.
    """
    role, organisation = payer(state.item.screened)
    since = state.item.since
    held = () if isinstance(state, FundsPending) else state.duties.held_tranches
    for number, payment in enumerate(state.item.payments, start=1):
        if state.money.disbursed_for(number) < payment.amount_fen and number not in held:
            task, limit = f"pay_tranche/{number}", f"funds/{number}"
            yield Work(task=task, role=role, organisation=organisation, limit=limit, since=since)
        on_its_way = [each.on for each in state.money.on_its_way(number)]
        if on_its_way:
            yield _community(state.drafted, f"confirm_receipt/{number}", min(on_its_way))


def _ending(state: Active | Suspended | ExitReview) -> Iterator[Work]:
    """Give what is to be decided of the end of an item, which may be decided while the work is still done."""
    if state.outcome == "review_renewal":
        if not state.renewals:
            yield Work(task="decide_renewal", role=APPROVER, limit="exit_decision", since=state.decided[-1].on)
    elif isinstance(state, ExitReview) and state.waits_for_conference:
        yield Work(task="hold_conference", role=CONVENOR, limit="conference", since=state.since)
    elif not state.decided:
        asked = [each.on for each in (*state.reviews, *state.terminations)]
        since = state.since if isinstance(state, ExitReview) else min(asked, default=None)
        if since is not None:
            yield Work(task="decide_exit", role=APPROVER, limit="exit_decision", since=since)


def _reporting(state: Active | Suspended | ExitReview) -> Iterator[Work]:
    """Give the next report on the money, where the item has any; its limit says when."""
    if any(each.amount_fen for each in state.item.payments):
        last = state.duties.reported[-1:]
        since = last[0].until_on if last else state.activated.on
        yield _community(state.drafted, "report_fund_use", since, "fund_use_report")


def _leaving(state: ExitReview) -> Iterator[Work]:
    since = state.since
    yield from _ending(state)
    if not (state.accepted or state.is_terminated):
        yield _department(state.drafted, "accept_completion", since)
    if not (state.confirmed or state.is_terminated):
        yield _community(state.drafted, "confirm_completion", since)
    if not state.settled:
        yield from _paying(state)
        yield from _reporting(state)
        yield _community(state.drafted, "propose_settlement", since, "settlement")
    if state.proposals and not state.settled:
        proposed_on = state.proposals[-1].on
        yield Work(task="check_settlement", role=FINANCE_BUREAU, limit="settlement", since=proposed_on)


def _department(drafted: ApplicationDrafted, task: str, since: date, limit: str | None = None) -> Work:
    return Work(task=task, role=DELEGATING_DEPARTMENT, organisation=drafted.applicant, limit=limit, since=since)


def _community(drafted: ApplicationDrafted, task: str, since: date, limit: str | None = None) -> Work:
    return Work(task=task, role=drafted.community_kind, organisation=drafted.community, limit=limit, since=since)
