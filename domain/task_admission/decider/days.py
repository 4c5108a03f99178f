"""On which days the law is read for a command."""

from domain.kernel.facts import Days
from domain.kernel.messages import Asked
from domain.task_admission.commands import (
    AdmissionCommand,
    CarryOnItem,
    DecideRenewal,
    DeclareEmergency,
    RegulariseEmergency,
    ResubmitApplication,
    SubmitApplication,
)
from domain.task_admission.state import (
    Active,
    AdmissionState,
    AgreementPending,
    AwaitingCorrection,
    ConsultingCommunity,
    DeclaredEmergency,
    Draft,
    EmergencyActive,
    ExitReview,
    FundsPending,
    JointConference,
    NotOpened,
    Screening,
    Suspended,
    UnderReview,
)


def days(command: AdmissionCommand, state: AdmissionState, asked: Asked) -> Days:
    """Say on which days the law is read.

    Procedure on the day of application, the route on the first day of the work and on the day of the decision, the
    legs and the bearer on each day they are relied on.

    Source:
        ADMISSION §8 item 30.
    """
    match state:
        case Draft(form=form) if isinstance(command, SubmitApplication | DeclareEmergency):
            return Days(asked.on, form.start_on or asked.on, asked.on, asked.on)
        case Screening() | ConsultingCommunity() | UnderReview():
            return Days(state.submitted.on, state.application.term.start_on, asked.on, asked.on)
        case DeclaredEmergency(declared=declared):
            return Days(declared.on, declared.term.start_on, asked.on, asked.on)
        case EmergencyActive(work=work) if isinstance(command, RegulariseEmergency):
            start_on = command.application.start_on or work.declared.term.start_on
            return Days(asked.on, start_on, asked.on, asked.on)
        case EmergencyActive(work=work):
            return Days(work.declared.on, work.declared.term.start_on, asked.on, asked.on)
        case AwaitingCorrection(before=before) if isinstance(command, ResubmitApplication):
            start_on = command.application.start_on or before.application.term.start_on
            return Days(before.submitted.on, start_on, asked.on, asked.on)
        case AwaitingCorrection(before=before) | JointConference(before=before):
            return Days(before.submitted.on, before.application.term.start_on, asked.on, asked.on)
        case AgreementPending(approved=approved):
            return Days(state.submitted.on, approved.term.start_on, asked.on, asked.on)
        case Active() | Suspended() | ExitReview() if isinstance(command, DecideRenewal):
            start_on = state.item.term.start_on if command.term is None else command.term.start_on
            return Days(state.submitted.on, start_on, asked.on, asked.on)
        case NotOpened() if isinstance(command, CarryOnItem):
            return Days(command.submitted.on, command.approved.term.start_on, asked.on, asked.on)
        case FundsPending() | Active() | Suspended() | ExitReview():
            return Days(state.submitted.on, state.item.term.start_on, asked.on, asked.on)
        case _:
            return Days.all_on(asked.on)
