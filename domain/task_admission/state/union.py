"""Every state of an application, as one union."""

from typing import Final

from domain.kernel.messages import Vocabulary
from domain.task_admission.state.applying import (
    DeclaredEmergency,
    Draft,
    EmergencyActive,
    NotOpened,
    Regularised,
    Screening,
    Submitted,
)
from domain.task_admission.state.ends import (
    BoughtInstead,
    Completed,
    DirectByDepartment,
    Lapsed,
    NotAdmitted,
    NotCarriedOn,
    RefusedByCommunity,
    Rejected,
    Renewed,
    Terminated,
    Withdrawn,
)
from domain.task_admission.state.leaving import ExitReview, RenewalReview
from domain.task_admission.state.on_file import (
    Approved,
    AwaitingCorrection,
    ConsultingCommunity,
    JointConference,
    UnderReview,
)
from domain.task_admission.state.owed import Active, AgreementPending, FundsPending, Suspended

AdmissionState = (
    NotOpened
    | Draft
    | Submitted
    | Screening
    | AwaitingCorrection
    | DeclaredEmergency
    | EmergencyActive
    | Regularised
    | ConsultingCommunity
    | UnderReview
    | JointConference
    | Approved
    | AgreementPending
    | FundsPending
    | Active
    | Suspended
    | ExitReview
    | RenewalReview
    | Rejected
    | NotAdmitted
    | NotCarriedOn
    | Withdrawn
    | DirectByDepartment
    | BoughtInstead
    | Lapsed
    | RefusedByCommunity
    | Completed
    | Renewed
    | Terminated
)
STATES: Final = Vocabulary[AdmissionState](
    NotOpened,
    Draft,
    Submitted,
    Screening,
    AwaitingCorrection,
    DeclaredEmergency,
    EmergencyActive,
    Regularised,
    ConsultingCommunity,
    UnderReview,
    JointConference,
    Approved,
    AgreementPending,
    FundsPending,
    Active,
    Suspended,
    ExitReview,
    RenewalReview,
    Rejected,
    NotAdmitted,
    NotCarriedOn,
    Withdrawn,
    DirectByDepartment,
    BoughtInstead,
    Lapsed,
    RefusedByCommunity,
    Completed,
    Renewed,
    Terminated,
)
