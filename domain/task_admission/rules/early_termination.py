"""One side ends an item before its term, with the notice that the agreement names; until then the work goes on."""

from datetime import date, timedelta
from typing import Final

from domain.kernel.decision import NOTHING_NEW, Events
from domain.kernel.errors import Refused
from domain.kernel.facts import Facts
from domain.kernel.limits import close, set_date
from domain.task_admission.commands import RequestEarlyTermination
from domain.task_admission.commands.roles import COMMITTEE
from domain.task_admission.events import EarlyTerminationRequested
from domain.task_admission.rules.ending import exit_decision
from domain.task_admission.rules.parameters import TERM_END, TERM_REVIEW
from domain.task_admission.rules.phases import wrong_phase
from domain.task_admission.rules.separation import hold_one_part
from domain.task_admission.state import Active, AdmissionState, Listed, Suspended

SOURCE: Final = "S2-08, dossier §4.1"
TOO_SHORT: Final = "task_admission.notice_too_short"


def request_end(command: RequestEarlyTermination, state: AdmissionState, facts: Facts) -> Events:
    """Let the item end on a day that a side names: the work, its money and its legs stand until then.

    A statutory duty the community cannot end; a day that is no earlier than the one that stands is nothing new.

    Source:
        S2-08 (the agreement's exit clause); dossier §4.1; ADMISSION §7; L-RC25:40¶2.

    Raises:
        Refused: `task_admission.reasons_missing`, `task_admission.notice_too_short` (names the earliest last day),
            `task_admission.statutory_duty`, `task_admission.substitute_needed`.
    """
    match state:
        case Active() | Suspended():
            is_community = facts.asked.role in COMMITTEE
            hold_one_part("community" if is_community else "applicant", state, facts)
            if is_community and isinstance(state.item, Listed):
                raise Refused("task_admission.statutory_duty", "L-RC25:40¶2", why="early_termination")
            if command.reasons is None:
                raise Refused("task_admission.reasons_missing", "dossier §3.4", why="nothing_written")
            ends_on = _in_time(command, state, facts)
            if ends_on >= state.last_on:
                return NOTHING_NEW
            asked = facts.asked
            requested = EarlyTerminationRequested(
                side="community" if is_community else "department",
                ends_on=ends_on,
                reasons=command.reasons,
                by=asked.person,
                on=asked.on,
            )
            last_day = set_date(TERM_END, ends_on, facts, owner="schedule", rule=TERM_END, source=SOURCE)
            return requested, *close(facts, TERM_REVIEW.name), *last_day, *exit_decision(facts)
        case _:
            raise wrong_phase(command, state)


def _in_time(command: RequestEarlyTermination, state: Active | Suspended, facts: Facts) -> date:
    """Give the last day, if it is as far ahead as the agreement asks for; where that names no number, any to come."""
    days = None if isinstance(state.item, Listed) else state.item.signed.agreement.notice_days
    earliest = max(facts.asked.on, facts.asked.received_on) + timedelta(days=days or 0)
    if command.ends_on is None or command.ends_on < earliest:
        raise Refused(TOO_SHORT, SOURCE, notice_days=days or 0, earliest_end_on=earliest.isoformat())
    return command.ends_on
