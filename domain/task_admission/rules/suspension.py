"""Work stands still when a leg is lost or something else is wrong, and goes on when all is cured (权随责走、费随事转).

A cause is named, with the leg it is about; one cure has one period, which a second cause does not begin anew. Who let
the work stand still does not matter for the cure, but for who lets it go on: a leg that the record itself found lost is
found again by the record, everything else is the admission authority's to judge.

Source:
    DL-51; dossier §4.1 (→suspended, T9); ADMISSION §6, §8 items 21 and 22.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from domain.kernel.decision import NOTHING_NEW, Events
from domain.kernel.envelope import SCHEDULE
from domain.kernel.errors import Refused
from domain.kernel.facts import Facts, Need
from domain.kernel.limits import close, lapse, set_limit
from domain.task_admission.commands import ResumeTask, SuspendTask
from domain.task_admission.commands.legs import Leg
from domain.task_admission.commands.roles import APPROVER, COMMITTEE, DELEGATING_DEPARTMENT
from domain.task_admission.commands.suspension import SuspensionCause
from domain.task_admission.events import CureFailed, TaskSuspended
from domain.task_admission.events.suspension import SuspendedBy
from domain.task_admission.rules.ending import exit_decision
from domain.task_admission.rules.parameters import CURE, LEG_ENDS, TERM_END, TERM_REVIEW
from domain.task_admission.rules.payments import is_overdue_on
from domain.task_admission.rules.phases import wrong_phase
from domain.task_admission.rules.proof import (
    absent_on,
    authority_on,
    people_on,
    proof_needs,
    refusal_on,
    resumed,
)
from domain.task_admission.rules.separation import hold_one_part, judge_another, separation_needs
from domain.task_admission.state import Active, AdmissionState, Listed, Suspended
from domain.task_admission.state.hand import payer

SOURCE: Final = "dossier §4.1 T9"
CAUSE_OF: Final[Mapping[Leg, SuspensionCause]] = {
    "authority": "authority_ended",
    "people": "staff_missing",
    "money": "funds_overdue",
}
"""What it is called when a leg is lost."""
LEG_OF: Final[Mapping[SuspensionCause, Leg]] = {cause: leg for leg, cause in CAUSE_OF.items()}
Working = Active | Suspended


def suspension_needs(state: AdmissionState) -> tuple[Need[Any], ...]:
    """Name what the legs rest on, and who stands behind the applicant."""
    return (*separation_needs(state), *proof_needs(state)) if isinstance(state, Working) else ()


def suspend(command: SuspendTask, state: AdmissionState, facts: Facts) -> Events:
    """Let the work stand still for a cause that is true on the record, where the record can show it.

    Raises:
        Refused: `task_admission.no_cause`, `task_admission.cause_not_shown`, `task_admission.own_application`,
            `task_admission.substitute_needed`.
    """
    match state:
        case Active() | Suspended():
            side = _side(state, facts)
            if command.cause is None or command.facts is None:
                raise Refused("task_admission.no_cause", SOURCE, why="not_named")
            if isinstance(state, Suspended) and any(each.cause == command.cause for each in state.causes):
                return NOTHING_NEW
            leg = _leg(command.cause, state)
            if leg is not None and _stands(leg, state, facts):
                raise Refused("task_admission.cause_not_shown", SOURCE, cause=command.cause, leg=leg)
            said = TaskSuspended(
                cause=command.cause,
                leg=leg,
                facts=command.facts,
                side=side,
                by=facts.asked.person,
                on=facts.asked.on,
            )
            return said, *_cure(leg, state, facts)
        case _:
            raise wrong_phase(command, state)


def _side(state: Working, facts: Facts) -> SuspendedBy:
    """Say for whom somebody acts, who acts in no other part of this case."""
    if facts.asked.role == APPROVER:
        judge_another("approver", state, facts)
        return "authority"
    is_community = facts.asked.role in COMMITTEE
    hold_one_part("community" if is_community else "applicant", state, facts)
    return "community" if is_community else "department"


def _leg(cause: SuspensionCause, state: Working) -> Leg | None:
    """Give the leg that a cause is about; a changed list is about the authority of a listed item."""
    if cause == "law_or_list_changed" and isinstance(state.item, Listed):
        return "authority"
    return LEG_OF.get(cause)


def _stands(leg: Leg, state: Working, facts: Facts) -> bool:
    day = facts.asked.received_on
    match leg:
        case "authority":
            return bool(authority_on(day, state, facts))
        case "people":
            return bool(people_on(day, state, facts))
        case "money":
            return not is_overdue_on(day, state, facts)


def lost_on_record(leg: Leg, because: str, state: Working, facts: Facts) -> tuple[TaskSuspended, ...]:
    """Let the work stand still because the record itself shows that a leg is lost; once for each leg."""
    if isinstance(state, Suspended) and any(each.leg == leg for each in state.causes):
        return ()
    on = facts.asked.received_on
    said = TaskSuspended(cause=CAUSE_OF[leg], leg=leg, facts=because, side="record", by=SCHEDULE, on=on)
    return (said,)


def _cure(leg: Leg | None, state: Working, facts: Facts) -> Events:
    """Let the period for the cure run, unless it does already."""
    return () if CURE.name in facts.clocks else cure_of(leg, state, facts)


def cure_of(leg: Leg | None, state: Working, facts: Facts) -> Events:
    """Give the period for the cure to who caused it: the hand that pays, the side whose people left, or the department.

    Source:
        DL-51; ADMISSION §6 (cure).
    """
    drafted = state.drafted
    role, organisation = DELEGATING_DEPARTMENT, drafted.applicant
    if leg == "money":
        role, organisation = payer(state.item.screened)
    elif leg == "people" and _is_the_communitys(state, facts):
        role, organisation = drafted.community_kind, drafted.community
    return set_limit(replace(CURE, owner=role), facts, facts.asked.on, organisation=organisation)


def _is_the_communitys(state: Working, facts: Facts) -> bool:
    absent = {*absent_on(facts.asked.received_on, state, facts)}
    own = {each.person for named in state.legs.people if named.event.side == "community" for each in named.event.people}
    return bool(absent) and absent <= own


def resume(command: ResumeTask, state: AdmissionState, facts: Facts) -> Events:
    """Let the work go on: all three legs stand, and every cause that no record shows is said to be cured, with reasons.

    Raises:
        Refused: `task_admission.authority_missing`, `task_admission.people_missing`,
            `task_admission.funding_missing`, `task_admission.term_over`, `task_admission.cause_not_cured`,
            `task_admission.reasons_missing`, `task_admission.own_application`, `task_admission.substitute_needed`.
    """
    match state:
        case Suspended(causes=causes):
            judge_another("approver", state, facts)
            refused = refusal_on(facts.asked.received_on, state, facts)
            if refused is not None:
                raise refused
            left = [each.cause for each in causes if each.leg is None and each.cause not in command.cured]
            if left:
                raise Refused("task_admission.cause_not_cured", SOURCE, causes=[*left])
            if command.cured and command.reasons is None:
                raise Refused("task_admission.reasons_missing", "dossier §3.4", why="nothing_written")
            return resumed(state, facts, by=facts.asked.person, cured=command.cured, reasons=command.reasons)
        case Active(pauses=(*_, pause)) if pause.ended.cured == command.cured:
            return NOTHING_NEW
        case _:
            raise wrong_phase(command, state)


def end_cure(state: AdmissionState, facts: Facts) -> Events:
    """Let what is not cured by the last day be decided on: the work does not begin again by itself.

    Source:
        DL-51, DL-55; ADMISSION §8 item 23.
    """
    if not isinstance(state, Suspended) or CURE.name not in facts.clocks:
        return NOTHING_NEW
    due_on = facts.clocks[CURE.name].deadline.due_on
    if facts.asked.received_on <= due_on:
        return NOTHING_NEW
    failed = CureFailed(causes=tuple(each.cause for each in state.causes), due_on=due_on)
    over = (*lapse(facts, CURE.name), *close(facts, TERM_REVIEW.name, TERM_END, *LEG_ENDS))
    return failed, *over, *exit_decision(facts)
