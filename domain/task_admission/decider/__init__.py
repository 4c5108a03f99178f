"""Task admission: what each command needs to know, and what is said to it."""

from typing import Final, assert_never

from domain.kernel.decision import Events
from domain.kernel.facts import Facts
from domain.kernel.process import Process
from domain.task_admission.commands import (
    COMMANDS,
    AcceptApplication,
    AcceptCompletion,
    ActivateTask,
    AdmissionCommand,
    AmendDraft,
    ApproveAdmission,
    BeginTask,
    CallConference,
    CarryOnItem,
    ClaimOrDeny,
    ConfirmCompletion,
    ConfirmEmergency,
    ConfirmFundsReceived,
    ConfirmListed,
    CountersignFunds,
    DecideExit,
    DecideRenewal,
    DeclareEmergency,
    DeclineAgreement,
    DirectToDepartment,
    DraftApplication,
    EndCure,
    EndDisclosure,
    EndTerm,
    GiveOpinion,
    GrantAuthority,
    HoldNextTranche,
    LapseAgreement,
    LapseCorrection,
    LapseEmergency,
    NamePeople,
    OpenExitReview,
    RecheckProof,
    ReclassifyItem,
    RecordConferenceDecision,
    RecordDisbursement,
    RecordExpenditure,
    RecordNoOpinion,
    RecordRenewal,
    RecordSatisfaction,
    ReferToConference,
    RefuseTask,
    RegulariseEmergency,
    RejectAdmission,
    RejectApplication,
    ReportEmergencyCosts,
    ReportFundUse,
    ReportWorkload,
    RequestCorrection,
    RequestEarlyTermination,
    ResubmitApplication,
    ResumeTask,
    SendToPurchase,
    SettleFunds,
    SignAgreement,
    SubmitApplication,
    SuspendTask,
    WithdrawApplication,
)
from domain.task_admission.decider.days import days
from domain.task_admission.decider.needs import needs
from domain.task_admission.events import EVENTS, AdmissionEvent
from domain.task_admission.rules import (
    agreement,
    closing,
    conference,
    consultation,
    correction,
    decision,
    disclosure,
    drafting,
    early_termination,
    emergency,
    emergency_costs,
    exit_review,
    expenditure,
    fund_use,
    holding,
    legs,
    paying,
    people,
    quality,
    reclassification,
    renewal,
    screening,
    suspension,
)
from domain.task_admission.state import STATES, AdmissionState, NotOpened, evolve, view


def decide(command: AdmissionCommand, state: AdmissionState, facts: Facts) -> Events:
    """Answer *command* with events, with nothing new, or with a refusal."""
    match command:
        case DraftApplication():
            return drafting.draft(command, state, facts)
        case AmendDraft():
            return drafting.amend(command, state)
        case SubmitApplication():
            return drafting.submit(command, state, facts)
        case WithdrawApplication():
            return drafting.withdraw(command, state, facts)
        case AcceptApplication():
            return screening.accept(command, state, facts)
        case ConfirmListed():
            return screening.confirm_listed(command, state, facts)
        case DirectToDepartment():
            return screening.direct(command, state, facts)
        case RejectApplication():
            return screening.reject(command, state, facts)
        case ReferToConference():
            return screening.refer(command, state, facts)
        case RequestCorrection():
            return correction.request_correction(command, state, facts)
        case ResubmitApplication():
            return correction.resubmit(command, state, facts)
        case LapseCorrection():
            return correction.lapse_correction(state, facts)
        case DeclareEmergency():
            return emergency.declare(command, state, facts)
        case ConfirmEmergency():
            return emergency.confirm(command, state, facts)
        case ReportEmergencyCosts():
            return emergency_costs.report_costs(command, state, facts)
        case RegulariseEmergency():
            return emergency.regularise(command, state, facts)
        case LapseEmergency():
            return emergency.lapse_emergency(state, facts)
        case GiveOpinion():
            return consultation.give_opinion(command, state, facts)
        case RecordNoOpinion():
            return consultation.record_no_opinion(state, facts)
        case CountersignFunds():
            return consultation.countersign(command, state, facts)
        case ClaimOrDeny():
            return consultation.claim_or_deny(command, state, facts)
        case CallConference():
            return consultation.call_conference(command, state, facts)
        case RecordConferenceDecision():
            return conference.record_decision(command, state, facts)
        case ReclassifyItem():
            return reclassification.reclassify(command, state, facts)
        case ApproveAdmission():
            return decision.approve(command, state, facts)
        case RejectAdmission():
            return decision.reject_admission(command, state, facts)
        case SendToPurchase():
            return decision.send_to_purchase(command, state, facts)
        case EndDisclosure():
            return disclosure.taken_down(facts)
        case SignAgreement():
            return agreement.sign(command, state, facts)
        case DeclineAgreement():
            return agreement.decline(command, state, facts)
        case LapseAgreement():
            return agreement.lapse_agreement(state, facts)
        case GrantAuthority():
            return legs.grant(command, state, facts)
        case NamePeople():
            return people.name_people(command, state, facts)
        case RecordDisbursement():
            return paying.disburse(command, state, facts)
        case ConfirmFundsReceived():
            return paying.confirm_received(command, state, facts)
        case BeginTask():
            return legs.begin(state, facts)
        case ActivateTask():
            return legs.activate(command, state, facts)
        case RefuseTask():
            return legs.refuse(command, state, facts)
        case RecheckProof():
            return legs.recheck(command, state, facts)
        case SuspendTask():
            return suspension.suspend(command, state, facts)
        case ResumeTask():
            return suspension.resume(command, state, facts)
        case EndCure():
            return suspension.end_cure(state, facts)
        case OpenExitReview():
            return exit_review.open_review(command, state, facts)
        case RequestEarlyTermination():
            return early_termination.request_end(command, state, facts)
        case DecideRenewal():
            return renewal.decide_renewal(command, state, facts)
        case CarryOnItem():
            return renewal.carry_on(command, state, facts)
        case RecordRenewal():
            return renewal.record_renewal(command, state, facts)
        case RecordExpenditure():
            return expenditure.spend(command, state, facts)
        case ReportFundUse():
            return fund_use.report(command, state, facts)
        case HoldNextTranche():
            return holding.hold(state, facts)
        case ReportWorkload():
            return quality.report_workload(command, state, facts)
        case RecordSatisfaction():
            return quality.record_satisfaction(command, state, facts)
        case EndTerm():
            return closing.end_term(state, facts)
        case DecideExit():
            return closing.decide_exit(command, state, facts)
        case AcceptCompletion():
            return closing.accept_completion(command, state, facts)
        case ConfirmCompletion():
            return closing.confirm_completion(command, state, facts)
        case SettleFunds():
            return closing.settle(command, state, facts)
        case _:
            assert_never(command)


TASK_ADMISSION: Final = Process[AdmissionCommand, AdmissionEvent, AdmissionState](
    name="task_admission",
    prefix="task",
    initial=NotOpened(),
    opens_with=(DraftApplication, CarryOnItem),
    commands=COMMANDS,
    events=EVENTS,
    states=STATES,
    needs=needs,
    decide=decide,
    evolve=evolve,
    view=view,
    days=days,
)
