"""How each event moves the case; what cannot follow is a corrupt history."""

from typing import assert_never

from domain.task_admission.events import (
    AdmissionApproved,
    AdmissionEvent,
    AdmissionRejected,
    ApplicationAccepted,
    ApplicationDrafted,
    ApplicationLapsed,
    ApplicationRejected,
    ApplicationResubmitted,
    ApplicationSubmitted,
    ApplicationWithdrawn,
    CommunityOpinionRecorded,
    CompetenceDisputed,
    ConferenceCalled,
    ConferenceDecided,
    CorrectionRequested,
    DepartmentServesDirectly,
    DraftAmended,
    EmergencyCostsReported,
    EmergencyDeclared,
    EmergencySettled,
    FundsCountersigned,
    FundsReserved,
    ItemCarriedOn,
    ItemClassified,
    ItemNotCarriedOn,
    ListedItemConfirmed,
    PurchaseRequired,
)
from domain.task_admission.events.screening import Route
from domain.task_admission.state.applying import (
    Corrected,
    DeclaredEmergency,
    Draft,
    EmergencyActive,
    NotOpened,
    Regularised,
    Screening,
    Submitted,
    WaitsFor,
)
from domain.task_admission.state.carried_on import carried_on
from domain.task_admission.state.ends import (
    BoughtInstead,
    DirectByDepartment,
    Lapsed,
    NotAdmitted,
    NotCarriedOn,
    Rejected,
    Withdrawn,
)
from domain.task_admission.state.evolve_emergency import against_a_threat, with_costs
from domain.task_admission.state.evolve_owed import between_the_sides, on_the_way_out, with_legs
from domain.task_admission.state.happening import cannot_happen, extended, rescreened
from domain.task_admission.state.leaving import ExitReview
from domain.task_admission.state.money import Money, Shown
from domain.task_admission.state.on_file import (
    Approved,
    AwaitingCorrection,
    CaseFile,
    ConsultingCommunity,
    JointConference,
    Undecided,
    UnderReview,
)
from domain.task_admission.state.owed import Active, AgreementPending, FundsPending, Listed, Suspended
from domain.task_admission.state.union import AdmissionState


def waits_for(route: Route) -> WaitsFor:
    """Name what a route needs next, in the words of the person who must do it."""
    match route:
        case "reject:prohibited" | "reject:autonomy" | "reject:duty_shifting":
            return "rejection"
        case "listed_assistance":
            return "confirmation_of_listing"
        case "off_list":
            return "acceptance"
        case "department_direct":
            return "direction_to_department"
        case "emergency":
            return "declaration_of_emergency"
        case "joint_conference":
            return "referral"
        case _:
            assert_never(route)


def evolve(state: AdmissionState, event: AdmissionEvent, version: int) -> AdmissionState:
    """Let one event happen, which stands at *version*.

    Raises:
        CorruptHistory: The event cannot follow what happened before.
    """
    match state:
        case NotOpened() | Draft() | Submitted() | Regularised():
            return _handing_in(state, event)
        case DeclaredEmergency() | EmergencyActive():
            return against_a_threat(state, event)
        case Screening() | AwaitingCorrection() | ConsultingCommunity() | UnderReview() | JointConference():
            return _undecided(state, event, version)
        case Approved():
            return _admitted(state, event, version)
        case AgreementPending():
            return between_the_sides(state, event, version)
        case FundsPending() | Active() | Suspended():
            return with_legs(state, event, version)
        case ExitReview():
            return on_the_way_out(state, event, version)
        case _:
            raise cannot_happen(state, event)


def _undecided(state: Undecided, event: AdmissionEvent, version: int) -> AdmissionState:
    if isinstance(event, EmergencyCostsReported | EmergencySettled):
        return with_costs(state, event)
    match state:
        case Screening():
            return _screened(state, event, version)
        case AwaitingCorrection():
            return _being_corrected(state, event)
        case ConsultingCommunity() | UnderReview():
            return _on_file(state, event)
        case JointConference():
            return _disputed(state, event)
        case _:
            assert_never(state)


def _handing_in(state: NotOpened | Draft | Submitted | Regularised, event: AdmissionEvent) -> AdmissionState:
    match state, event:
        case NotOpened(), ItemCarriedOn():
            return carried_on(event)
        case NotOpened(), ItemNotCarriedOn():
            return NotCarriedOn(lapsed=event)
        case NotOpened(), ApplicationDrafted(form=form):
            return Draft(drafted=event, form=form)
        case Draft(drafted=drafted), DraftAmended(form=form):
            return Draft(drafted=drafted, form=form)
        case Draft(drafted=drafted), ApplicationSubmitted():
            return Submitted(drafted=drafted, submitted=event)
        case Draft(), EmergencyDeclared():
            return DeclaredEmergency(before=state, declared=event)
        case Draft(), ApplicationWithdrawn():
            return Withdrawn(before=state, withdrawn=event)
        case Submitted(drafted=drafted, submitted=submitted), ItemClassified(route=route):
            return Screening(drafted=drafted, submitted=submitted, classified=event, waits_for=waits_for(route))
        case Regularised(), ItemClassified():
            return _classified_afterwards(state, event)
        case _:
            raise cannot_happen(state, event)


def _classified_afterwards(state: Regularised, classified: ItemClassified) -> Screening:
    """Bring an item into the check for which work was done already, with what was known of it before."""
    before = state.work.before
    is_new = isinstance(before, Draft)
    return Screening(
        drafted=state.drafted,
        submitted=state.submitted,
        classified=classified,
        waits_for=waits_for(classified.route),
        read_again_by=() if is_new else before.read_again_by,
        accepted=() if is_new else before.accepted,
        emergencies=(state.work,),
    )


def _screened(state: Screening, event: AdmissionEvent, version: int) -> AdmissionState:
    match event:
        case ItemClassified():
            return _read_again(state, event)
        case ApplicationAccepted():
            return ConsultingCommunity(file=CaseFile(screened=state, accepted=event))
        case ListedItemConfirmed():
            confirmed = Shown[ListedItemConfirmed](version=version, event=event)
            return FundsPending(item=Listed(screened=state, confirmed=confirmed))
        case EmergencyDeclared():
            return DeclaredEmergency(before=state, declared=event)
        case DepartmentServesDirectly():
            return DirectByDepartment(before=state, served=event)
        case CorrectionRequested():
            return AwaitingCorrection(before=state, requested=event)
        case ConferenceCalled():
            return JointConference(before=state, called=event)
        case ApplicationRejected():
            return Rejected(before=state, rejected=event)
        case ApplicationWithdrawn():
            return Withdrawn(before=state, withdrawn=event)
        case _:
            raise cannot_happen(state, event)


def _read_again(screened: Screening, event: ItemClassified) -> Screening:
    readers = tuple(each for each in (*screened.read_again_by, event.by) if each is not None)
    way = screened.way if event.route == screened.classified.route else None
    wanted = waits_for(way or event.route)
    again = {"classified": event, "waits_for": wanted, "read_again_by": readers, "way": way}
    return screened.model_copy(update=again)


def _being_corrected(state: AwaitingCorrection, event: AdmissionEvent) -> AdmissionState:
    match event:
        case ApplicationResubmitted():
            return _mended(state, Corrected(requested=state.requested, resubmitted=event))
        case ApplicationLapsed():
            return Lapsed(before=state, lapsed=event)
        case ApplicationWithdrawn():
            return Withdrawn(before=state, withdrawn=event)
        case _:
            raise cannot_happen(state, event)


def _mended(state: AwaitingCorrection, corrected: Corrected) -> AdmissionState:
    """Go back to the stage that was left, with the mended form."""
    return rescreened(state.before, lambda screened: extended(screened, "corrections", corrected))


def _disputed(state: JointConference, event: AdmissionEvent) -> AdmissionState:
    match event:
        case ApplicationWithdrawn():
            return Withdrawn(before=state, withdrawn=event)
        case ConferenceDecided(outcome="no_decision" | "reject"):
            return extended(state, "decided", event)
        case ConferenceDecided(outcome="admit" | "send_back"):
            return _sent_on(state.before, (*state.decided, event), event)
        case AdmissionRejected():
            return NotAdmitted(before=state, rejected=event)
        case _:
            raise cannot_happen(state, event)


def _sent_on(
    before: Screening | ConsultingCommunity | UnderReview, said: tuple[ConferenceDecided, ...], last: ConferenceDecided
) -> Screening | UnderReview:
    """Give where an item goes that the conference sends on: back to the check by a way, else to the review."""
    if isinstance(before, Screening):
        wanted = waits_for(last.way or before.route)
        conferences = (*before.conferences, *said)
        return before.model_copy(update={"conferences": conferences, "way": last.way, "waits_for": wanted})
    file = before.file.model_copy(update={"conferences": (*before.file.conferences, *said)})
    return UnderReview(file=file, heard=before.heard if isinstance(before, UnderReview) else last)


def _admitted(state: Approved, event: AdmissionEvent, version: int) -> AdmissionState:
    match event:
        case FundsReserved():
            return AgreementPending(file=state.file, approved=state.approved, money=Money().after(event, version))
        case _:
            raise cannot_happen(state, event)


def _on_file(state: ConsultingCommunity | UnderReview, event: AdmissionEvent) -> AdmissionState:
    file = state.file
    match event:
        case FundsCountersigned():
            return state.model_copy(update={"file": extended(file, "countersignatures", event)})
        case CompetenceDisputed():
            return state.model_copy(update={"file": extended(file, "disputes", event)})
        case CorrectionRequested():
            return AwaitingCorrection(before=state, requested=event)
        case ConferenceCalled():
            return JointConference(before=state, called=event)
        case ApplicationWithdrawn():
            return Withdrawn(before=state, withdrawn=event)
        case ItemClassified(route=route):
            again = _read_again(file.screened, event)
            if route == file.screened.classified.route:
                return state.model_copy(update={"file": file.model_copy(update={"screened": again})})
            return extended(again, "accepted", file.accepted)
        case CommunityOpinionRecorded() if isinstance(state, ConsultingCommunity):
            return UnderReview(file=extended(file, "opinions", event), heard=event)
        case _ if isinstance(state, UnderReview):
            return _under_review(state, event)
        case _:
            raise cannot_happen(state, event)


def _under_review(state: UnderReview, event: AdmissionEvent) -> AdmissionState:
    match event:
        case CommunityOpinionRecorded():
            return state.model_copy(update={"file": extended(state.file, "opinions", event)})
        case ApplicationRejected():
            return Rejected(before=state, rejected=event)
        case AdmissionApproved():
            return Approved(file=state.file, approved=event)
        case AdmissionRejected():
            return NotAdmitted(before=state, rejected=event)
        case PurchaseRequired():
            return BoughtInstead(before=state, required=event)
        case _:
            raise cannot_happen(state, event)
