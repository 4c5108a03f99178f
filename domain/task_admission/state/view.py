"""What others see of an application: its parties, its title, who must do what next, the keys it is found by."""

from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from domain.kernel.directory import office_key, organisation_key
from domain.kernel.facts import burden_key
from domain.kernel.lists import entry_key
from domain.kernel.view import Party, View, Work
from domain.task_admission.application import LegalBasis
from domain.task_admission.commands.roles import (
    APPROVER,
    COMMITTEE_DIRECTOR,
    CONVENOR,
    DELEGATING_DEPARTMENT,
    FINANCE_BUREAU,
    HEAD_OF_DEPARTMENT,
    RESIDENTS_COMMITTEE,
    SECRETARIAT,
    VILLAGERS_COMMITTEE,
)
from domain.task_admission.events import ApplicationDrafted, ApplicationSubmitted
from domain.task_admission.rules.parameters import ASSISTANCE_LIST
from domain.task_admission.state.applying import (
    Approved,
    ConsultingCommunity,
    Draft,
    JointConference,
    NotOpened,
    Screening,
    UnderReview,
)
from domain.task_admission.state.ends import Completed, Lapsed, RefusedByCommunity, Withdrawn
from domain.task_admission.state.money import Money
from domain.task_admission.state.owed import (
    Active,
    AgreementPending,
    ExitReview,
    FundsPending,
    Listed,
)
from domain.task_admission.state.union import AdmissionState

_COMMITTEES: Final = (RESIDENTS_COMMITTEE, VILLAGERS_COMMITTEE)


class Payer(NamedTuple):
    """The hand an item's money comes from: its role, and the organisation where the case names one."""

    role: str
    organisation: str | None


def item_key(community: str, basis: LegalBasis, matter: str) -> str:
    """Name what may stand on a checklist only once: one community, one provision, one matter.

    Source:
        S4-35.
    """
    return f"item:{community}:{basis.instrument}:{basis.article}:{matter}"


def voucher_key(payer: str, voucher: str) -> str:
    """Name a payer's voucher, which pays once and never again."""
    return f"voucher:{payer}:{voucher}"


def payer(drafted: ApplicationDrafted, submitted: ApplicationSubmitted) -> Payer:
    """Name the hand the money comes from; an applicant that pays itself does so in its own role."""
    funding = submitted.application.funding
    channel = FINANCE_BUREAU if funding is None else funding.channel
    if channel in {DELEGATING_DEPARTMENT, submitted.applicant_kind}:
        return Payer(DELEGATING_DEPARTMENT, drafted.applicant)
    return Payer(channel, None)


def view(state: AdmissionState) -> View:
    """Show a case to others."""
    if isinstance(state, NotOpened):
        return View(phase=state.phase, title="")
    drafted = state.drafted
    return View(
        phase=state.phase,
        title=state.title or drafted.community,
        parties=_parties(drafted),
        unheld=tuple(each for each in _COMMITTEES if each != drafted.community_kind),
        work=tuple(_work(state)),
        keys=_keys(state),
        used_up=_used_up(state),
        burden_hours=_burden_hours(state),
    )


def _parties(drafted: ApplicationDrafted) -> tuple[Party, ...]:
    sides = (
        (drafted.applicant, (DELEGATING_DEPARTMENT, HEAD_OF_DEPARTMENT)),
        (drafted.community, (drafted.community_kind, COMMITTEE_DIRECTOR)),
    )
    return tuple(Party(role=role, organisation=body) for body, roles in sides for role in roles)


def _work(state: AdmissionState) -> Iterator[Work]:
    match state:
        case Draft(drafted=drafted):
            yield _department(drafted, "finish_application", drafted.on)
        case Screening():
            yield from _screening(state)
        case ConsultingCommunity(drafted=drafted, file=file):
            yield _community(drafted, "give_opinion", file.accepted.on, "opinion")
            yield from _countersigning(state)
        case UnderReview(heard=heard):
            yield Work(task="decide_admission", role=APPROVER, limit="decision", since=heard.on)
            yield from _countersigning(state)
        case JointConference(called=called):
            yield Work(task="hold_conference", role=CONVENOR, limit="conference", since=called.on)
        case AgreementPending():
            yield from _signing(state)
            yield from _legs(state, state.approved.on)
        case FundsPending(item=item):
            yield from _legs(state, item.since)
            yield from _paying(state)
        case Active():
            yield from _paying(state)
        case ExitReview():
            yield from _leaving(state)
        case _:
            return


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
    if not state.file.countersignatures:
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


def _paying(state: FundsPending | Active | ExitReview) -> Iterator[Work]:
    """Give each payment that is not whole, by its limit; and each of which a part is on its way, since the first."""
    role, organisation = payer(state.drafted, state.submitted)
    since = state.item.since
    for number, payment in enumerate(state.item.payments, start=1):
        if state.money.disbursed_for(number) < payment.amount_fen:
            task, limit = f"pay_tranche/{number}", f"funds/{number}"
            yield Work(task=task, role=role, organisation=organisation, limit=limit, since=since)
        on_its_way = [each.on for each in state.money.on_its_way(number)]
        if on_its_way:
            yield _community(state.drafted, f"confirm_receipt/{number}", min(on_its_way))


def _leaving(state: ExitReview) -> Iterator[Work]:
    since = state.ended.last_on
    if not state.decided:
        yield Work(task="decide_exit", role=APPROVER, limit="exit_decision", since=since)
    if not state.accepted:
        yield _department(state.drafted, "accept_completion", since)
    if not state.confirmed:
        yield _community(state.drafted, "confirm_completion", since)
    if not state.settled:
        yield from _paying(state)
        yield _community(state.drafted, "propose_settlement", since, "settlement")
    if state.proposals and not state.settled:
        proposed_on = state.proposals[-1].on
        yield Work(task="check_settlement", role=FINANCE_BUREAU, limit="settlement", since=proposed_on)


def _department(drafted: ApplicationDrafted, task: str, since: date, limit: str | None = None) -> Work:
    return Work(task=task, role=DELEGATING_DEPARTMENT, organisation=drafted.applicant, limit=limit, since=since)


def _community(drafted: ApplicationDrafted, task: str, since: date, limit: str | None = None) -> Work:
    return Work(task=task, role=drafted.community_kind, organisation=drafted.community, limit=limit, since=since)


def _keys(state: AdmissionState) -> tuple[str, ...]:
    """Give the keys of an item that is, or is about to be, on the community's checklist."""
    match state:
        case Approved() | AgreementPending() | FundsPending() | Active() | ExitReview():
            item = state.application
            community = state.drafted.community
            held = item_key(community, item.legal_basis, item.matter), burden_key(community)
            return (*held, *_relied_on(state))
        case _:
            return ()


def _relied_on(state: AdmissionState) -> Iterator[str]:
    """Give the keys of what an item's legs rest on: its organisations, the offices of its people, its list entry."""
    match state:
        case AgreementPending() | FundsPending() | Active():
            applicant, community = state.drafted.applicant, state.drafted.community
            offices = state.legs.offices(applicant)
            bodies = (applicant, community, *(organisation for organisation, _ in offices))
            yield from (organisation_key(each) for each in dict.fromkeys(bodies))
            yield from (office_key(*each) for each in offices)
            if not isinstance(state, AgreementPending) and isinstance(state.item, Listed):
                yield entry_key(ASSISTANCE_LIST, state.application.matter)
        case _:
            return


def _burden_hours(state: AdmissionState) -> int:
    match state:
        case Approved() | AgreementPending() | FundsPending() | Active() | ExitReview():
            return state.application.workload.hours_a_month
        case _:
            return 0


def _used_up(state: AdmissionState) -> tuple[str, ...]:
    """Give the vouchers by which this case was paid."""
    match state:
        case FundsPending(money=money) | Active(money=money) | ExitReview(money=money):
            return _vouchers(money)
        case RefusedByCommunity(before=FundsPending(money=money)) | Lapsed(before=FundsPending(money=money)):
            return _vouchers(money)
        case Completed(before=ExitReview(money=money)):
            return _vouchers(money)
        case Withdrawn(before=FundsPending(money=money)):
            return _vouchers(money)
        case _:
            return ()


def _vouchers(money: Money) -> tuple[str, ...]:
    return tuple(voucher_key(each.payer, each.voucher) for each in money.disbursed)
