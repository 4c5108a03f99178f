"""Whom an event of an application is told to, and what of it the notice says."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from domain.kernel.clock_events import DeadlineMissed
from domain.kernel.decision import Decision
from domain.kernel.followups import FollowUp, ServeNotice
from domain.kernel.messages import Event, body_of
from domain.kernel.view import View
from domain.task_admission import events as happened
from domain.task_admission.commands.roles import (
    APPROVER,
    CONVENOR,
    DELEGATING_DEPARTMENT,
    DUTY_OFFICER,
    FINANCE_BUREAU,
    RESIDENTS_COMMITTEE,
    SECRETARIAT,
    VILLAGERS_COMMITTEE,
)

COMMUNITY: Final = "community"
"""The committee of the case, whichever kind it is."""
APPLICANT: Final = (DELEGATING_DEPARTMENT,)
BOTH: Final = (DELEGATING_DEPARTMENT, COMMUNITY)
FUNDS: Final = "funds/"


@dataclass(frozen=True)
class Notice:
    """A notice: its name, the roles that get it, the fields of the event that it carries."""

    name: str
    to: tuple[str, ...]
    says: tuple[str, ...] = ("on",)


NOTICES: Final[Mapping[type[Event], tuple[Notice, ...]]] = {
    happened.ApplicationSubmitted: (Notice("application_received", APPLICANT),),
    happened.ApplicationRejected: (
        Notice("application_rejected", APPLICANT, ("reason", "reasons", "source", "way_of_review")),
    ),
    happened.CorrectionRequested: (Notice("correction_requested", APPLICANT, ("defects", "on")),),
    happened.ApplicationResubmitted: (
        Notice("application_received", APPLICANT),
        Notice("application_resubmitted", (SECRETARIAT,)),
    ),
    happened.EmergencyDeclared: (Notice("emergency_declared", (APPROVER, DUTY_OFFICER), ("emergency", "term", "on")),),
    happened.EmergencyConfirmed: (Notice("emergency_confirmed", BOTH, ("cost_bearer", "on")),),
    happened.EmergencyRegularised: (
        Notice("application_received", APPLICANT),
        Notice("emergency_regularised", (SECRETARIAT,), ("worked_since", "on")),
    ),
    happened.EmergencySettled: (
        Notice("emergency_settled", (*BOTH, FINANCE_BUREAU), ("paid_fen", "released_fen", "on")),
    ),
    happened.EmergencyLapsed: (Notice("emergency_lapsed", BOTH, ("worked_since", "last_on")),),
    happened.ApplicationLapsed: (Notice("application_lapsed", APPLICANT, ("because", "last_on")),),
    happened.ApplicationAccepted: (
        Notice("application_accepted", APPLICANT),
        Notice("opinion_asked", (COMMUNITY,)),
        Notice("party_branch_informed", ("party_branch",)),
    ),
    happened.DepartmentServesDirectly: (Notice("department_serves_directly", APPLICANT),),
    happened.ListedItemConfirmed: (Notice("listed_item_confirmed", BOTH, ("conditions", "amount_fen", "on")),),
    happened.ConferenceCalled: (Notice("conference_called", (*BOTH, CONVENOR), ("cause", "facts", "on")),),
    happened.ConferenceDecided: (Notice("conference_decided", BOTH, ("conference", "outcome", "reasons", "on")),),
    happened.AdmissionApproved: (
        Notice("admission_approved", (*BOTH, "subdistrict_office"), ("decision_no", "scope", "term", "on")),
    ),
    happened.AdmissionRejected: (Notice("admission_rejected", APPLICANT, ("reasons", "way_of_review", "on")),),
    happened.PurchaseRequired: (Notice("purchase_required", APPLICANT, ("cited", "on")),),
    happened.AgreementSigned: (Notice("agreement_signed", (*BOTH, FINANCE_BUREAU)),),
    happened.AgreementDeclined: (Notice("agreement_declined", APPLICANT, ("reasons", "on")),),
    happened.AgreementLapsed: (Notice("agreement_lapsed", BOTH, ("missing",)),),
    happened.FundsDisbursed: (Notice("funds_disbursed", (COMMUNITY,), ("amount_fen", "voucher", "on")),),
    happened.FundsReceived: (
        Notice("funds_received", (DELEGATING_DEPARTMENT, FINANCE_BUREAU), ("amount_fen", "voucher", "on")),
    ),
    happened.TaskActivated: (Notice("task_activated", BOTH),),
    happened.LegLost: (Notice("leg_lost", BOTH, ("leg", "because", "on")),),
    happened.TaskSuspended: (Notice("task_suspended", BOTH, ("cause", "leg", "facts", "on")),),
    happened.TaskResumed: (Notice("task_resumed", BOTH),),
    happened.CureFailed: (Notice("cure_failed", (*BOTH, APPROVER), ("causes", "due_on")),),
    happened.TaskRefusedByCommunity: (Notice("task_refused", APPLICANT, ("leg", "reasons", "on")),),
    happened.FundUseReported: (
        Notice("fund_use_reported", (DELEGATING_DEPARTMENT, FINANCE_BUREAU), ("until_on", "on")),
    ),
    happened.PaymentHeld: (
        Notice("payment_held", (*BOTH, FINANCE_BUREAU), ("purpose", "tranches", "report_due_on", "on")),
    ),
    happened.TermEnded: (Notice("term_ended", BOTH, ("last_on",)),),
    happened.ExitReviewOpened: (Notice("exit_review_opened", (*BOTH, APPROVER), ("cause", "facts", "on")),),
    happened.EarlyTerminationRequested: (
        Notice("early_termination_requested", (*BOTH, APPROVER), ("side", "ends_on", "reasons", "on")),
    ),
    happened.RenewalDecided: (Notice("renewal_decided", BOTH, ("decision_no", "term", "on")),),
    happened.RenewalFailed: (Notice("renewal_failed", (*BOTH, APPROVER), ("short", "on")),),
    happened.ItemCarriedOn: (Notice("item_carried_on", (*BOTH, FINANCE_BUREAU), ("renews", "on")),),
    happened.TaskRenewed: (Notice("task_renewed", BOTH),),
    happened.TaskCompleted: (Notice("task_completed", BOTH),),
    happened.TaskExited: (Notice("task_exited", BOTH),),
}
MENDED: Final = Notice("application_resubmitted", (COMMUNITY,))
"""A community that was asked about a form hears that another one is in its place."""
OVERDUE: Final = Notice("funds_overdue", (COMMUNITY,), ("limit", "due_on"))
"""The community may refuse from now on (X-ZG)."""


def admission_notices(event: Event, decision: Decision[Any]) -> tuple[FollowUp, ...]:
    """Say who hears of an event: each side, and whoever must act on it next.

    Source:
        ADMISSION §3–5 (on to others); dossier §3.4, §4.1; L-RC25:30 (party branch); X-ZG (right to refuse).
    """
    notices = NOTICES.get(type(event), ())
    if isinstance(event, DeadlineMissed) and event.limit.startswith(FUNDS):
        notices = (OVERDUE,)
    if isinstance(event, happened.ApplicationResubmitted) and decision.before.state.was_accepted:
        notices = (*notices, MENDED)
    return tuple(_served(notice, role, event, decision) for notice in notices for role in notice.to)


def _served(notice: Notice, to: str, event: Event, decision: Decision[Any]) -> ServeNotice:
    role = _committee(decision.view) if to == COMMUNITY else to
    body = body_of(event)
    details = {name: body[name] for name in notice.says}
    return ServeNotice(
        to_role=role,
        to_organisation=decision.view.organisation_of(role),
        notice=notice.name,
        details={**details, "title": decision.view.title, "case": decision.after.id},
    )


def _committee(view: View) -> str:
    is_village = view.organisation_of(VILLAGERS_COMMITTEE) is not None
    return VILLAGERS_COMMITTEE if is_village else RESIDENTS_COMMITTEE
