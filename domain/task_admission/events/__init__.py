"""What happened to one application, stage by stage. Names are stored for decades and never change."""

from typing import Final

from domain.kernel.messages import Vocabulary
from domain.task_admission.events.agreement import (
    AgreementDeclined,
    AgreementLapsed,
    AgreementSigned,
    AgreementSignedBy,
)
from domain.task_admission.events.closing import (
    CompletionAccepted,
    CompletionConfirmed,
    CompletionRefused,
    ExitDecided,
    FundsSettled,
    SettlementProposed,
    TaskCompleted,
    TaskExited,
    TermEnded,
)
from domain.task_admission.events.conference import ConferenceDecided
from domain.task_admission.events.consultation import (
    CommunityOpinionRecorded,
    CompetenceDisputed,
    ConferenceCalled,
    FundsCountersigned,
)
from domain.task_admission.events.correction import (
    ApplicationLapsed,
    ApplicationResubmitted,
    CorrectionRequested,
)
from domain.task_admission.events.decision import (
    AdmissionApproved,
    AdmissionRejected,
    FundsReleased,
    FundsReserved,
    PurchaseRequired,
)
from domain.task_admission.events.drafting import (
    ApplicationDrafted,
    ApplicationSubmitted,
    ApplicationWithdrawn,
    DraftAmended,
)
from domain.task_admission.events.duties import (
    ExpenditureRecorded,
    FundUseReported,
    PaymentHeld,
    SatisfactionRecorded,
    WorkloadReported,
)
from domain.task_admission.events.emergency import (
    EmergencyConfirmed,
    EmergencyCostsReported,
    EmergencyDeclared,
    EmergencyLapsed,
    EmergencyRegularised,
    EmergencySettled,
)
from domain.task_admission.events.leaving import (
    EarlyTerminationRequested,
    ExitReviewOpened,
    ItemCarriedOn,
    ItemNotCarriedOn,
    RenewalDecided,
    RenewalFailed,
    RenewalOpened,
    TaskRenewed,
)
from domain.task_admission.events.legs import (
    AuthorityGranted,
    FundsDisbursed,
    FundsReceived,
    FundsReturned,
    LegLost,
    PeopleNamed,
    TaskActivated,
    TaskRefusedByCommunity,
)
from domain.task_admission.events.screening import (
    ApplicationAccepted,
    ApplicationRejected,
    DepartmentServesDirectly,
    ItemClassified,
    ListedItemConfirmed,
)
from domain.task_admission.events.suspension import CureFailed, TaskResumed, TaskSuspended

DraftingEvent = ApplicationDrafted | DraftAmended | ApplicationSubmitted | ApplicationWithdrawn
ScreeningEvent = (
    ItemClassified | ApplicationAccepted | ListedItemConfirmed | DepartmentServesDirectly | ApplicationRejected
)
CorrectionEvent = CorrectionRequested | ApplicationResubmitted | ApplicationLapsed
EmergencyEvent = (
    EmergencyDeclared
    | EmergencyConfirmed
    | EmergencyCostsReported
    | EmergencyRegularised
    | EmergencySettled
    | EmergencyLapsed
)
ConsultationEvent = (
    CommunityOpinionRecorded | FundsCountersigned | CompetenceDisputed | ConferenceCalled | ConferenceDecided
)
DecisionEvent = AdmissionApproved | AdmissionRejected | PurchaseRequired | FundsReserved | FundsReleased
AgreementEvent = AgreementSignedBy | AgreementSigned | AgreementDeclined | AgreementLapsed
LegsEvent = (
    AuthorityGranted
    | PeopleNamed
    | FundsDisbursed
    | FundsReceived
    | FundsReturned
    | TaskActivated
    | LegLost
    | TaskRefusedByCommunity
)
SuspensionEvent = TaskSuspended | TaskResumed | CureFailed
LeavingEvent = (
    ExitReviewOpened
    | EarlyTerminationRequested
    | RenewalDecided
    | RenewalOpened
    | RenewalFailed
    | ItemCarriedOn
    | ItemNotCarriedOn
    | TaskRenewed
)
DutyEvent = ExpenditureRecorded | FundUseReported | PaymentHeld | WorkloadReported | SatisfactionRecorded
ClosingEvent = (
    TermEnded
    | ExitDecided
    | CompletionAccepted
    | CompletionConfirmed
    | CompletionRefused
    | SettlementProposed
    | FundsSettled
    | TaskCompleted
    | TaskExited
)
AdmissionEvent = (
    DraftingEvent
    | ScreeningEvent
    | CorrectionEvent
    | EmergencyEvent
    | ConsultationEvent
    | DecisionEvent
    | AgreementEvent
    | LegsEvent
    | SuspensionEvent
    | LeavingEvent
    | DutyEvent
    | ClosingEvent
)
EVENTS: Final = Vocabulary[AdmissionEvent](
    ApplicationDrafted,
    DraftAmended,
    ApplicationSubmitted,
    ApplicationWithdrawn,
    ItemClassified,
    ApplicationAccepted,
    ListedItemConfirmed,
    DepartmentServesDirectly,
    ApplicationRejected,
    CorrectionRequested,
    ApplicationResubmitted,
    ApplicationLapsed,
    EmergencyDeclared,
    EmergencyConfirmed,
    EmergencyCostsReported,
    EmergencyRegularised,
    EmergencySettled,
    EmergencyLapsed,
    CommunityOpinionRecorded,
    FundsCountersigned,
    CompetenceDisputed,
    ConferenceCalled,
    ConferenceDecided,
    AdmissionApproved,
    AdmissionRejected,
    PurchaseRequired,
    FundsReserved,
    FundsReleased,
    AgreementSignedBy,
    AgreementSigned,
    AgreementDeclined,
    AgreementLapsed,
    AuthorityGranted,
    PeopleNamed,
    FundsDisbursed,
    FundsReceived,
    FundsReturned,
    TaskActivated,
    LegLost,
    TaskRefusedByCommunity,
    TaskSuspended,
    TaskResumed,
    CureFailed,
    ExitReviewOpened,
    EarlyTerminationRequested,
    RenewalDecided,
    RenewalOpened,
    RenewalFailed,
    ItemCarriedOn,
    ItemNotCarriedOn,
    TaskRenewed,
    ExpenditureRecorded,
    FundUseReported,
    PaymentHeld,
    WorkloadReported,
    SatisfactionRecorded,
    TermEnded,
    ExitDecided,
    CompletionAccepted,
    CompletionConfirmed,
    CompletionRefused,
    SettlementProposed,
    FundsSettled,
    TaskCompleted,
    TaskExited,
)
