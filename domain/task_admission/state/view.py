"""What others see of an application: its parties, its title, who must do what next, the keys it is found by."""

from collections.abc import Iterator
from typing import Final

from domain.kernel.directory import office_key, organisation_key
from domain.kernel.facts import burden_key
from domain.kernel.lists import entry_key
from domain.kernel.view import Party, View
from domain.task_admission.application import LegalBasis
from domain.task_admission.commands.roles import (
    COMMITTEE_DIRECTOR,
    DELEGATING_DEPARTMENT,
    HEAD_OF_DEPARTMENT,
    RESIDENTS_COMMITTEE,
    VILLAGERS_COMMITTEE,
)
from domain.task_admission.events import ApplicationDrafted
from domain.task_admission.rules.parameters import ASSISTANCE_LIST
from domain.task_admission.state.applying import NotOpened
from domain.task_admission.state.ends import Completed, Lapsed, RefusedByCommunity, Renewed, Terminated, Withdrawn
from domain.task_admission.state.leaving import ExitReview
from domain.task_admission.state.money import Money
from domain.task_admission.state.on_file import Approved
from domain.task_admission.state.owed import Active, AgreementPending, FundsPending, Listed, Suspended
from domain.task_admission.state.union import AdmissionState
from domain.task_admission.state.work import open_work

_COMMITTEES: Final = (RESIDENTS_COMMITTEE, VILLAGERS_COMMITTEE)


def item_key(community: str, basis: LegalBasis, matter: str) -> str:
    """Name what may stand on a checklist only once: one community, one provision, one matter.

    Source:
        S4-35.
    """
    return f"item:{community}:{basis.instrument}:{basis.article}:{matter}"


def voucher_key(payer: str, voucher: str) -> str:
    """Name a payer's voucher, which pays once and never again."""
    return f"voucher:{payer}:{voucher}"


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
        work=tuple(open_work(state)),
        keys=_keys(state),
        used_up=_used_up(state, drafted.community),
        burden_hours=_burden_hours(state),
    )


def _parties(drafted: ApplicationDrafted) -> tuple[Party, ...]:
    sides = (
        (drafted.applicant, (DELEGATING_DEPARTMENT, HEAD_OF_DEPARTMENT)),
        (drafted.community, (drafted.community_kind, COMMITTEE_DIRECTOR)),
    )
    return tuple(Party(role=role, organisation=body) for body, roles in sides for role in roles)


def _keys(state: AdmissionState) -> tuple[str, ...]:
    """Give the keys of an item that is, or is about to be, on the community's checklist."""
    match state:
        case Approved() | AgreementPending() | FundsPending() | Active() | Suspended() | ExitReview():
            item = state.application
            community = state.drafted.community
            held = item_key(community, item.legal_basis, item.matter), burden_key(community)
            return (*held, *_relied_on(state))
        case _:
            return ()


def _relied_on(state: AdmissionState) -> Iterator[str]:
    """Give the keys of what an item's legs rest on: its organisations, the offices of its people, its list entry."""
    match state:
        case AgreementPending() | FundsPending() | Active() | Suspended():
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
        case Approved() | AgreementPending() | FundsPending() | Active() | Suspended() | ExitReview():
            return state.application.workload.hours_a_month
        case _:
            return 0


def _used_up(state: AdmissionState, community: str) -> tuple[str, ...]:
    """Give the vouchers by which this case was paid, and by which its money was spent."""
    money = _money(state)
    paid = [voucher_key(each.payer, each.voucher) for each in money.disbursed]
    begins = voucher_key(community, "")  # once, for there may be thousands
    return (*paid, *[begins + each for each in money.spent.vouchers])


def _money(state: AdmissionState) -> Money:
    match state:
        case FundsPending(money=money) | Active(money=money) | Suspended(money=money) | ExitReview(money=money):
            return money
        case RefusedByCommunity(before=FundsPending(money=money)) | Lapsed(before=FundsPending(money=money)):
            return money
        case Completed(before=ExitReview(money=money)) | Terminated(before=ExitReview(money=money)):
            return money
        case Renewed(before=before):
            return before.money
        case Withdrawn(before=FundsPending(money=money)):
            return money
        case _:
            return Money()
