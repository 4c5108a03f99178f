"""How much work an item is, and what its recipients say of it, quarter by quarter.

Source:
    S1e-18; dossier §4.1 T10, §4.4 (survey); ADMISSION §6.
"""

from fractions import Fraction
from typing import Any, Final

from domain.kernel.decision import NOTHING_NEW, Events
from domain.kernel.directory import ControlTiesAround
from domain.kernel.errors import Refused
from domain.kernel.facts import Facts, Need
from domain.kernel.separation import under_common_control
from domain.task_admission.commands import RecordSatisfaction, ReportWorkload
from domain.task_admission.events import SatisfactionRecorded, WorkloadReported
from domain.task_admission.rules.phases import wrong_phase
from domain.task_admission.rules.quarters import Begun, check_quarter
from domain.task_admission.rules.separation import hold_one_part, judge_another, separation_needs
from domain.task_admission.state import Active, AdmissionState

SURVEY: Final = "S1e-18, dossier §4.4"


def survey_needs(state: AdmissionState) -> tuple[Need[Any], ...]:
    """Name what tells who stands behind either side."""
    if not isinstance(state, Begun):
        return ()
    return (*separation_needs(state), ControlTiesAround(state.drafted.community))


def report_workload(command: ReportWorkload, state: AdmissionState, facts: Facts) -> Events:
    """Take note of how much work a quarter was, beside what was admitted; another word on it takes the first's place.

    Raises:
        Refused: `task_admission.no_such_quarter`, `task_admission.quarter_not_over`,
            `task_admission.substitute_needed`.
    """
    match state:
        case Active():
            hold_one_part("community", state, facts)
            check_quarter(command.until_on, state, facts)
            known = state.duties.workload_of(command.until_on)
            if known is not None and (known.hours, known.quantity) == (command.hours, command.quantity):
                return NOTHING_NEW
            said = WorkloadReported(
                until_on=command.until_on,
                hours=command.hours,
                quantity=command.quantity,
                admitted_hours_a_month=state.application.workload.hours_a_month,
                by=facts.asked.person,
                on=facts.asked.on,
            )
            return (said,)
        case _:
            raise wrong_phase(command, state)


def record_satisfaction(command: RecordSatisfaction, state: AdmissionState, facts: Facts) -> Events:
    """Take note of what recipients say, asked by a body that belongs to neither side.

    The rate is that of those who answered; where nobody did there is none, which is not the same as nought.

    Raises:
        Refused: `task_admission.survey_miscounted`, `task_admission.surveyor_not_independent`,
            `task_admission.own_application`, `task_admission.no_such_quarter`, `task_admission.quarter_not_over`,
            `task_admission.substitute_needed`.
    """
    match state:
        case Active():
            _check_independent(state, facts)
            check_quarter(command.until_on, state, facts)
            if not command.satisfied <= command.answered <= command.asked:
                counts = {"asked": command.asked, "answered": command.answered, "satisfied": command.satisfied}
                raise Refused("task_admission.survey_miscounted", SURVEY, **counts)
            recorded = SatisfactionRecorded(
                until_on=command.until_on,
                asked=command.asked,
                answered=command.answered,
                satisfied=command.satisfied,
                rate=Fraction(command.satisfied, command.answered) if command.answered else None,
                report=command.report,
                surveyor=facts.asked.organisation or facts.asked.person,
                by=facts.asked.person,
                on=facts.asked.on,
            )
            signed = {"by": recorded.by, "on": recorded.on}
            is_known = any(each.model_copy(update=signed) == recorded for each in state.duties.surveys)
            return NOTHING_NEW if is_known else (recorded,)
        case _:
            raise wrong_phase(command, state)


def _check_independent(state: Active, facts: Facts) -> None:
    """Let neither side survey its own work, nor a body that stands behind it.

    Source:
        dossier §4.4 (independent surveyor), §3.1.
    """
    community, asked = state.drafted.community, facts.asked
    if asked.organisation in under_common_control(community, facts[ControlTiesAround(community)], asked.on):
        details = {"organisation": asked.organisation, "community": community}
        raise Refused("task_admission.surveyor_not_independent", SURVEY, **details)
    judge_another("surveyor", state, facts)
