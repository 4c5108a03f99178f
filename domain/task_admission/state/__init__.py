"""Where one application stands, how events move it, and what others see of it."""

from domain.task_admission.state.applying import (
    DeclaredEmergency,
    Draft,
    EmergencyActive,
    EmergencyWork,
    HandedIn,
    NotOpened,
    Regularised,
    Screening,
    Submitted,
)
from domain.task_admission.state.duties import Duties
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
from domain.task_admission.state.evolve import evolve, waits_for
from domain.task_admission.state.exit_conference import ExitConference
from domain.task_admission.state.leaving import ExitReview, RenewalReview
from domain.task_admission.state.legs import Legs
from domain.task_admission.state.money import Money, Shown
from domain.task_admission.state.on_file import (
    Approved,
    AwaitingCorrection,
    CaseFile,
    ConsultingCommunity,
    JointConference,
    Undecided,
    UnderReview,
    screened_of,
)
from domain.task_admission.state.owed import Active, Agreed, AgreementPending, FundsPending, Listed, Suspended
from domain.task_admission.state.union import STATES, AdmissionState
from domain.task_admission.state.view import view

__all__ = [
    "STATES",
    "Active",
    "AdmissionState",
    "Agreed",
    "AgreementPending",
    "Approved",
    "AwaitingCorrection",
    "BoughtInstead",
    "CaseFile",
    "Completed",
    "ConsultingCommunity",
    "DeclaredEmergency",
    "DirectByDepartment",
    "Draft",
    "Duties",
    "EmergencyActive",
    "EmergencyWork",
    "ExitConference",
    "ExitReview",
    "FundsPending",
    "HandedIn",
    "JointConference",
    "Lapsed",
    "Legs",
    "Listed",
    "Money",
    "NotAdmitted",
    "NotCarriedOn",
    "NotOpened",
    "RefusedByCommunity",
    "Regularised",
    "Rejected",
    "RenewalReview",
    "Renewed",
    "Screening",
    "Shown",
    "Submitted",
    "Suspended",
    "Terminated",
    "Undecided",
    "UnderReview",
    "Withdrawn",
    "evolve",
    "screened_of",
    "view",
    "waits_for",
]
