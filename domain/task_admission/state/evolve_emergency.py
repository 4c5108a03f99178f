"""How events move an item that a threat made begin before it was decided on."""

from domain.task_admission.events import (
    AdmissionEvent,
    ApplicationWithdrawn,
    EmergencyConfirmed,
    EmergencyCostsReported,
    EmergencyLapsed,
    EmergencyRegularised,
    EmergencySettled,
    FundsReserved,
)
from domain.task_admission.state.applying import (
    DeclaredEmergency,
    EmergencyActive,
    EmergencyWork,
    Regularised,
    Screening,
)
from domain.task_admission.state.ends import Lapsed, Withdrawn
from domain.task_admission.state.happening import cannot_happen, extended, rescreened
from domain.task_admission.state.on_file import Undecided
from domain.task_admission.state.union import AdmissionState


def against_a_threat(state: DeclaredEmergency | EmergencyActive, event: AdmissionEvent) -> AdmissionState:
    """Let one event happen between the declaration of a threat and the return of the item."""
    match state, event:
        case _, ApplicationWithdrawn():
            return Withdrawn(before=state, withdrawn=event)
        case DeclaredEmergency(before=before, declared=declared), EmergencyConfirmed():
            return EmergencyActive(work=EmergencyWork(before=before, declared=declared, confirmed=event))
        case EmergencyActive(work=work), FundsReserved():
            return EmergencyActive(work=extended(work, "reserved", event))
        case EmergencyActive(work=work), (EmergencyCostsReported() | EmergencySettled()):
            return EmergencyActive(work=_with(work, event))
        case EmergencyActive(work=work), EmergencyRegularised():
            return Regularised(work=work, submitted=event)
        case EmergencyActive(), EmergencyLapsed():
            return Lapsed(before=state, lapsed=event)
        case _:
            raise cannot_happen(state, event)


def with_costs(state: Undecided, event: EmergencyCostsReported | EmergencySettled) -> AdmissionState:
    """Let costs come in, or be settled, of work that goes on until the item is decided on."""

    def noted(screened: Screening) -> Screening:
        if not screened.emergencies:
            raise cannot_happen(state, event)
        *earlier, last = screened.emergencies
        return screened.model_copy(update={"emergencies": (*earlier, _with(last, event))})

    return rescreened(state, noted)


def _with(work: EmergencyWork, event: EmergencyCostsReported | EmergencySettled) -> EmergencyWork:
    return extended(work, "settled" if isinstance(event, EmergencySettled) else "costs", event)
