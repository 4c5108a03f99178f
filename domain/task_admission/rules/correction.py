"""The form is mended once: one complete list of its defects, one period, one more form (一次性告知).

The clocks that run stand still from the day of the list up to but not including the day of return. What comes back is
decided on its merits; there is no second list.

Source:
    DL-03; dossier §4.1 T3; ADMISSION §3, §8 items 10 and 12.
"""

from typing import Any, Final

from domain.kernel.decision import NOTHING_NEW, Events
from domain.kernel.errors import Refused
from domain.kernel.facts import Facts, Need
from domain.kernel.limits import close, close_all, keep, lapse, resume, set_limit, stop
from domain.kernel.messages import Warned
from domain.task_admission.application import Application, ApplicationForm
from domain.task_admission.commands import RequestCorrection, ResubmitApplication
from domain.task_admission.commands.correction import Defect
from domain.task_admission.events import ApplicationLapsed, ApplicationResubmitted, CorrectionRequested
from domain.task_admission.events.correction import NamedDefect
from domain.task_admission.rules import submission
from domain.task_admission.rules.classification import classify
from domain.task_admission.rules.emergency_costs import settled_costs
from domain.task_admission.rules.parameters import CORRECTION, DECISION, FORMAL_CHECK, OPINION
from domain.task_admission.rules.phases import wrong_phase
from domain.task_admission.rules.separation import hold_one_part, judge_another, separation_needs
from domain.task_admission.rules.standing import (
    EMERGENCY,
    both_there,
    check_item,
    item_needs,
    says_the_same,
    without_threat,
)
from domain.task_admission.state import (
    AdmissionState,
    AwaitingCorrection,
    ConsultingCommunity,
    Screening,
    UnderReview,
    screened_of,
)

SOURCE: Final = "dossier §4.1 T3"
NOT_NAMED: Final = "task_admission.defects_not_named"
ONCE: Final = "task_admission.correction_already_requested"
STAND_STILL: Final = (FORMAL_CHECK.name, DECISION.name, OPINION.name)
"""The clocks of the authority and of the community; they wait for the applicant."""
Mendable = Screening | ConsultingCommunity | UnderReview


def correction_needs(state: AdmissionState) -> tuple[Need[Any], ...]:
    """Name what tells who stands behind the applicant."""
    return separation_needs(state) if isinstance(state, Mendable) else ()


def resubmission_needs(command: ResubmitApplication, state: AdmissionState) -> tuple[Need[Any], ...]:
    """Name what a submission of the mended form reads."""
    return item_needs(state.drafted, command.application) if isinstance(state, AwaitingCorrection) else ()


def request_correction(command: RequestCorrection, state: AdmissionState, facts: Facts) -> Events:
    """Send the form back with the complete list of its defects, once; what runs against the authority stands still.

    Raises:
        Refused: `task_admission.own_application`, `task_admission.substitute_needed`,
            `task_admission.correction_already_requested`, `task_admission.defects_not_named`.
    """
    match state:
        case Screening() | ConsultingCommunity() | UnderReview():
            judge_another("secretariat", state, facts)
            done = screened_of(state).all_corrections
            if done:
                raise Refused(ONCE, SOURCE, on=done[-1].requested.on.isoformat())
            asked = facts.asked
            requested = CorrectionRequested(defects=_named(command.defects), by=asked.person, on=asked.on)
            return (
                requested,
                *stop(facts, *STAND_STILL, reason="correction_requested"),
                *set_limit(CORRECTION, facts, asked.on, organisation=state.drafted.applicant),
            )
        case AwaitingCorrection(requested=requested):
            if requested.defects == _named(command.defects):
                return NOTHING_NEW
            raise Refused(ONCE, SOURCE, on=requested.on.isoformat())
        case _:
            raise wrong_phase(command, state)


def _named(defects: tuple[Defect, ...]) -> tuple[NamedDefect, ...]:
    """Let every defect be named with its field and its clause, and at least one."""
    if not defects:
        raise Refused(NOT_NAMED, SOURCE, why="none")
    return tuple(_one(number, each) for number, each in enumerate(defects, start=1))


def _one(number: int, defect: Defect) -> NamedDefect:
    if defect.field is None or defect.clause is None or defect.says is None:
        raise Refused(NOT_NAMED, SOURCE, why="incomplete", defect=number)
    if defect.field.partition(".")[0] not in ApplicationForm.model_fields:
        raise Refused(NOT_NAMED, SOURCE, why="no_such_field", defect=number, field=defect.field)
    return NamedDefect(field=defect.field, clause=defect.clause, says=defect.says)


def resubmit(command: ResubmitApplication, state: AdmissionState, facts: Facts) -> Events:
    """Hand the mended form in, which is examined as the first one was; the case goes on where it was left.

    The lead time is judged by the day of the first form, the lists are read again: another route leads back to the
    formal check, as it does whenever lists are read again.

    Source:
        DL-01, DL-03; ADMISSION §8 item 11.

    Raises:
        Refused: `task_admission.correction_too_late`, `task_admission.substitute_needed`, and every code of a
            submission.
    """
    match state:
        case AwaitingCorrection(before=before):
            asked, last_on = facts.asked, facts.clocks[CORRECTION.name].deadline.due_on
            if asked.received_on > last_on:
                raise Refused("task_admission.correction_too_late", SOURCE, last_on=last_on.isoformat())
            form = _mended(command, before)
            officer = form.accountable_officer
            hold_one_part("applicant", state, facts, principals=() if officer is None else (officer,))
            application, warnings = _examined(form, before, facts)
            resubmitted = ApplicationResubmitted(
                application=application, by=asked.person, on=asked.on, warnings=warnings
            )
            classified = classify(application, before.submitted.applicant_kind, facts)
            is_moved = classified.route != screened_of(before).classified.route
            return (
                resubmitted,
                classified,
                *keep(facts, CORRECTION.name),
                *(close(facts, OPINION.name) if is_moved else resume(facts, OPINION.name)),
                *resume(facts, FORMAL_CHECK.name, DECISION.name),
            )
        case Screening() | ConsultingCommunity() | UnderReview() if _came_back(command, state):
            return NOTHING_NEW
        case _:
            raise wrong_phase(command, state)


def _mended(command: ResubmitApplication, state: Mendable) -> ApplicationForm:
    """Give the form that is handed in; of work that a threat had made begin, without the threat."""
    return without_threat(command.application) if screened_of(state).emergencies else command.application


def _came_back(command: ResubmitApplication, state: Mendable) -> bool:
    """Say whether this very form was handed in already."""
    mended, done = _mended(command, state), screened_of(state).corrections
    return any(says_the_same(mended, each.resubmitted.application) for each in done)


def _examined(form: ApplicationForm, before: Mendable, facts: Facts) -> tuple[Application, tuple[Warned, ...]]:
    """Hold the mended form against every rule of a submission; the lead time, where the first form was held to it."""
    drafted, kind = before.drafted, both_there(before.drafted, facts)
    application = submission.complete(form, drafted.applicant, facts)
    route = classify(application, kind, facts).route
    late: tuple[Warned, ...] = ()
    if not screened_of(before).emergencies:
        is_emergency = route == EMERGENCY
        late = submission.check_lead_time(application, facts, on=before.submitted.on, is_emergency=is_emergency)
    return application, (*late, *check_item(application, drafted, kind, route, facts))


def lapse_correction(state: AdmissionState, facts: Facts) -> Events:
    """Let an application lapse whose defects were not mended in time.

    Source:
        DL-03; ADMISSION §3.
    """
    if not isinstance(state, AwaitingCorrection):
        return NOTHING_NEW
    last_on = facts.clocks[CORRECTION.name].deadline.due_on
    if facts.asked.received_on <= last_on:
        return NOTHING_NEW
    lapsed = ApplicationLapsed(because="correction", last_on=last_on)
    lost, others = lapse(facts, CORRECTION.name), close_all(facts, but=(CORRECTION.name,))
    return *settled_costs(state, facts), lapsed, *lost, *others
