"""Task admission: what each command needs to know, and what is said to it."""

from typing import Any, Final, assert_never

from domain.kernel.decision import Events
from domain.kernel.directory import OrganisationNamed
from domain.kernel.facts import Days, Facts, Need
from domain.kernel.messages import Asked
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
    ClaimOrDeny,
    ConfirmCompletion,
    ConfirmFundsReceived,
    ConfirmListed,
    CountersignFunds,
    DecideExit,
    DeclineAgreement,
    DirectToDepartment,
    DraftApplication,
    EndDisclosure,
    EndTerm,
    GiveOpinion,
    GrantAuthority,
    LapseAgreement,
    NamePeople,
    RecheckProof,
    ReclassifyItem,
    RecordConferenceDecision,
    RecordDisbursement,
    RecordNoOpinion,
    ReferToConference,
    RefuseTask,
    RejectAdmission,
    RejectApplication,
    SendToPurchase,
    SettleFunds,
    SignAgreement,
    SubmitApplication,
    WithdrawApplication,
)
from domain.task_admission.events import EVENTS, AdmissionEvent
from domain.task_admission.rules import (
    agreement,
    closing,
    conference,
    consultation,
    decision,
    disclosure,
    drafting,
    legs,
    paying,
    people,
    proof,
    reclassification,
    screening,
)
from domain.task_admission.state import (
    STATES,
    Active,
    AdmissionState,
    AgreementPending,
    ConsultingCommunity,
    Draft,
    ExitReview,
    FundsPending,
    JointConference,
    NotOpened,
    Screening,
    UnderReview,
    evolve,
    view,
)


def needs(command: AdmissionCommand, state: AdmissionState) -> tuple[Need[Any], ...]:
    """Name every fact that *command* reads in *state*, beside what every command reads."""
    match command:
        case DraftApplication(community=community):
            return (OrganisationNamed(community),)
        case SubmitApplication():
            return drafting.submission_needs(state)
        case AcceptApplication() | DirectToDepartment() | RejectApplication() | ReferToConference():
            return screening.screening_needs(state)
        case ConfirmListed():
            return screening.confirmation_needs(state)
        case CountersignFunds():
            return consultation.countersigning_needs(state)
        case CallConference() | RejectAdmission():
            return consultation.judging_needs(state)
        case ReclassifyItem():
            return reclassification.reclassification_needs(state)
        case ApproveAdmission():
            return decision.approval_needs(state)
        case SendToPurchase():
            return decision.purchase_needs(state)
        case SignAgreement():
            return agreement.signing_needs(command, state)
        case NamePeople():
            return people.naming_needs(command, state)
        case GrantAuthority() | BeginTask() | ActivateTask() | RefuseTask() | RecheckProof() | ConfirmFundsReceived():
            return proof.proof_needs(state)
        case RecordDisbursement():
            return paying.disbursement_needs(command, state)
        case DecideExit() | SettleFunds():
            return closing.exit_needs(state)
        case (
            AmendDraft()
            | WithdrawApplication()
            | GiveOpinion()
            | RecordNoOpinion()
            | ClaimOrDeny()
            | RecordConferenceDecision()
            | EndDisclosure()
            | DeclineAgreement()
            | LapseAgreement()
            | EndTerm()
            | AcceptCompletion()
            | ConfirmCompletion()
        ):
            return ()
        case _:
            assert_never(command)


def days(command: AdmissionCommand, state: AdmissionState, asked: Asked) -> Days:
    """Say on which days the law is read.

    Procedure on the day of application, the route on the first day of the work and on the day of the decision, the
    legs and the bearer on each day they are relied on.

    Source:
        ADMISSION §8 item 30.
    """
    match state:
        case Draft(form=form) if isinstance(command, SubmitApplication):
            return Days(asked.on, form.start_on or asked.on, asked.on, asked.on)
        case Screening() | ConsultingCommunity() | UnderReview():
            return Days(state.submitted.on, state.application.term.start_on, asked.on, asked.on)
        case JointConference(before=before):
            return Days(before.submitted.on, before.application.term.start_on, asked.on, asked.on)
        case AgreementPending(approved=approved):
            return Days(state.submitted.on, approved.term.start_on, asked.on, asked.on)
        case FundsPending() | Active() | ExitReview():
            return Days(state.submitted.on, state.item.term.start_on, asked.on, asked.on)
        case _:
            return Days.all_on(asked.on)


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
