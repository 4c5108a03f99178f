"""What may be asked of one application, stage by stage, and by whom."""

from typing import Final

from domain.kernel.messages import Vocabulary
from domain.task_admission.commands.agreement import DeclineAgreement, LapseAgreement, SignAgreement
from domain.task_admission.commands.closing import (
    AcceptCompletion,
    ConfirmCompletion,
    DecideExit,
    EndTerm,
    SettleFunds,
)
from domain.task_admission.commands.conference import RecordConferenceDecision
from domain.task_admission.commands.consultation import (
    CallConference,
    ClaimOrDeny,
    CountersignFunds,
    GiveOpinion,
    ReclassifyItem,
    RecordNoOpinion,
)
from domain.task_admission.commands.correction import LapseCorrection, RequestCorrection, ResubmitApplication
from domain.task_admission.commands.decision import ApproveAdmission, EndDisclosure, RejectAdmission, SendToPurchase
from domain.task_admission.commands.drafting import (
    AmendDraft,
    DraftApplication,
    SubmitApplication,
    WithdrawApplication,
)
from domain.task_admission.commands.duties import (
    HoldNextTranche,
    RecordExpenditure,
    RecordSatisfaction,
    ReportFundUse,
    ReportWorkload,
)
from domain.task_admission.commands.emergency import (
    ConfirmEmergency,
    DeclareEmergency,
    LapseEmergency,
    RegulariseEmergency,
    ReportEmergencyCosts,
)
from domain.task_admission.commands.leaving import (
    DecideRenewal,
    OpenExitReview,
    RecordRenewal,
    RequestEarlyTermination,
)
from domain.task_admission.commands.legs import (
    ActivateTask,
    BeginTask,
    ConfirmFundsReceived,
    GrantAuthority,
    NamePeople,
    RecheckProof,
    RecordDisbursement,
    RefuseTask,
)
from domain.task_admission.commands.renewed import CarryOnItem
from domain.task_admission.commands.screening import (
    AcceptApplication,
    ConfirmListed,
    DirectToDepartment,
    ReferToConference,
    RejectApplication,
)
from domain.task_admission.commands.suspension import EndCure, ResumeTask, SuspendTask

DraftingCommand = DraftApplication | AmendDraft | SubmitApplication | WithdrawApplication
ScreeningCommand = AcceptApplication | ConfirmListed | DirectToDepartment | RejectApplication | ReferToConference
CorrectionCommand = RequestCorrection | ResubmitApplication | LapseCorrection
EmergencyCommand = DeclareEmergency | ConfirmEmergency | ReportEmergencyCosts | RegulariseEmergency | LapseEmergency
ConsultationCommand = (
    GiveOpinion
    | RecordNoOpinion
    | CountersignFunds
    | ClaimOrDeny
    | CallConference
    | RecordConferenceDecision
    | ReclassifyItem
)
DecisionCommand = ApproveAdmission | RejectAdmission | SendToPurchase | EndDisclosure
AgreementCommand = SignAgreement | DeclineAgreement | LapseAgreement
LegsCommand = (
    GrantAuthority
    | NamePeople
    | RecordDisbursement
    | ConfirmFundsReceived
    | BeginTask
    | ActivateTask
    | RefuseTask
    | RecheckProof
)
SuspensionCommand = SuspendTask | ResumeTask | EndCure
LeavingCommand = OpenExitReview | RequestEarlyTermination | DecideRenewal | CarryOnItem | RecordRenewal
DutyCommand = RecordExpenditure | ReportFundUse | HoldNextTranche | ReportWorkload | RecordSatisfaction
ClosingCommand = EndTerm | DecideExit | AcceptCompletion | ConfirmCompletion | SettleFunds
AdmissionCommand = (
    DraftingCommand
    | ScreeningCommand
    | CorrectionCommand
    | EmergencyCommand
    | ConsultationCommand
    | DecisionCommand
    | AgreementCommand
    | LegsCommand
    | SuspensionCommand
    | LeavingCommand
    | DutyCommand
    | ClosingCommand
)
COMMANDS: Final = Vocabulary[AdmissionCommand](
    DraftApplication,
    AmendDraft,
    SubmitApplication,
    WithdrawApplication,
    AcceptApplication,
    ConfirmListed,
    DirectToDepartment,
    RejectApplication,
    ReferToConference,
    RequestCorrection,
    ResubmitApplication,
    LapseCorrection,
    DeclareEmergency,
    ConfirmEmergency,
    ReportEmergencyCosts,
    RegulariseEmergency,
    LapseEmergency,
    GiveOpinion,
    RecordNoOpinion,
    CountersignFunds,
    ClaimOrDeny,
    CallConference,
    RecordConferenceDecision,
    ReclassifyItem,
    ApproveAdmission,
    RejectAdmission,
    SendToPurchase,
    EndDisclosure,
    SignAgreement,
    DeclineAgreement,
    LapseAgreement,
    GrantAuthority,
    NamePeople,
    RecordDisbursement,
    ConfirmFundsReceived,
    BeginTask,
    ActivateTask,
    RefuseTask,
    RecheckProof,
    SuspendTask,
    ResumeTask,
    EndCure,
    OpenExitReview,
    RequestEarlyTermination,
    DecideRenewal,
    CarryOnItem,
    RecordRenewal,
    RecordExpenditure,
    ReportFundUse,
    HoldNextTranche,
    ReportWorkload,
    RecordSatisfaction,
    EndTerm,
    DecideExit,
    AcceptCompletion,
    ConfirmCompletion,
    SettleFunds,
)
