"""Which facts each command reads."""

from typing import Any, assert_never

from domain.kernel.directory import OrganisationNamed
from domain.kernel.facts import Need
from domain.task_admission.commands import (
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
from domain.task_admission.rules import (
    agreement,
    closing,
    consultation,
    correction,
    decision,
    drafting,
    emergency,
    exit_review,
    expenditure,
    paying,
    people,
    proof,
    quality,
    reclassification,
    renewal,
    screening,
    suspension,
)
from domain.task_admission.state import (
    AdmissionState,
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
        case RequestCorrection():
            return correction.correction_needs(state)
        case ResubmitApplication():
            return correction.resubmission_needs(command, state)
        case DeclareEmergency():
            return emergency.declaration_needs(command, state)
        case ConfirmEmergency():
            return emergency.confirming_needs(state)
        case RegulariseEmergency():
            return emergency.regularisation_needs(command, state)
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
        case SuspendTask() | ResumeTask():
            return suspension.suspension_needs(state)
        case RecordDisbursement():
            return paying.disbursement_needs(command, state)
        case OpenExitReview():
            return exit_review.review_needs(state)
        case DecideRenewal():
            return renewal.renewal_needs(command, state)
        case CarryOnItem():
            return renewal.carrying_on_needs(command)
        case RecordExpenditure():
            return expenditure.expenditure_needs(command, state)
        case RecordSatisfaction():
            return quality.survey_needs(state)
        case DecideExit() | SettleFunds():
            return closing.exit_needs(state)
        case (
            AmendDraft()
            | WithdrawApplication()
            | LapseCorrection()
            | ReportEmergencyCosts()
            | LapseEmergency()
            | GiveOpinion()
            | RecordNoOpinion()
            | ClaimOrDeny()
            | RecordConferenceDecision()
            | EndDisclosure()
            | DeclineAgreement()
            | LapseAgreement()
            | EndCure()
            | ReportFundUse()
            | HoldNextTranche()
            | ReportWorkload()
            | EndTerm()
            | RecordRenewal()
            | RequestEarlyTermination()
            | AcceptCompletion()
            | ConfirmCompletion()
        ):
            return ()
        case _:
            assert_never(command)
