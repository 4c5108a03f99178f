"""What a called joint conference (联席会议) does to the case: the decision waits for it, and goes on as it says."""

from collections.abc import Iterable
from typing import Final, get_args

from domain.kernel.decision import NOTHING_NEW, Events
from domain.kernel.errors import Refused
from domain.kernel.facts import Facts
from domain.kernel.limits import ClockEvents, close_all, keep, resume, set_limit, stop
from domain.task_admission.commands import RecordConferenceDecision
from domain.task_admission.commands.conference import AdmissionMotion, ExitMotion, Minutes
from domain.task_admission.events import AdmissionRejected, ConferenceDecided
from domain.task_admission.rules.emergency_costs import settled_costs
from domain.task_admission.rules.parameters import (
    CONFERENCE,
    CONFERENCE_MAJORITY_ABOVE,
    DECISION,
    FORMAL_CHECK,
    WAY_OF_REVIEW,
)
from domain.task_admission.rules.phases import wrong_phase
from domain.task_admission.state import AdmissionState, ExitConference, ExitReview, JointConference, Screening

MINUTES: Final = "S1e-35, dossier §4.1"
REASONS: Final = "dossier §3.4"
OF_ADMISSION: Final[frozenset[str]] = frozenset(get_args(AdmissionMotion))
OF_EXIT: Final[frozenset[str]] = frozenset(get_args(ExitMotion))


def opened(facts: Facts) -> ClockEvents:
    """Let the conference's own period run; the decision on the admission stands still, that on an exit runs on.

    Source:
        DL-08, DL-55; ADMISSION §4, §7 (the clocks in one place), §8 item 12.
    """
    return (
        *stop(facts, DECISION.name, reason="joint_conference"),
        *set_limit(CONFERENCE, facts, facts.asked.on),
    )


def record_decision(command: RecordConferenceDecision, state: AdmissionState, facts: Facts) -> Events:
    """Go on as the conference decided; where it could not, it may be held again, and its period runs on.

    What it says of an exit is put on record, for the decision that follows it.

    Source:
        ADMISSION §4, §7, §8 item 12; S1e-35; X-ZG.

    Raises:
        Refused: `task_admission.minutes_missing`, `task_admission.no_majority`, `task_admission.reasons_missing`.
    """
    match state:
        case JointConference() if command.outcome not in OF_EXIT:
            decided = _decided(command, facts)
            if _was_said(decided, state.decided):
                return NOTHING_NEW
            if decided.outcome == "no_decision":
                return (decided,)
            if decided.outcome == "reject":
                kept = keep(facts, CONFERENCE.name)
                refused = *settled_costs(state, facts), _refused(command, facts)
                return decided, *refused, *kept, *close_all(facts, but=(CONFERENCE.name,))
            return decided, *keep(facts, CONFERENCE.name), *_on_the_way(state, facts)
        case ExitReview(conference=ExitConference() as conference) if command.outcome not in OF_ADMISSION:
            decided = _decided(command, facts)
            if _was_said(decided, conference.minuted):
                return NOTHING_NEW
            if not state.waits_for_conference:
                raise wrong_phase(command, state)
            return decided, *(() if decided.outcome == "no_decision" else keep(facts, CONFERENCE.name))
        case _:
            raise wrong_phase(command, state)


def _was_said(decided: ConferenceDecided, before: Iterable[ConferenceDecided]) -> bool:
    """Say whether the same minutes said the same, whatever the day on which they came."""
    return decided in [each.model_copy(update={"on": decided.on}) for each in before]


def _decided(command: RecordConferenceDecision, facts: Facts) -> ConferenceDecided:
    if command.minutes is None:
        raise Refused("task_admission.minutes_missing", MINUTES)
    check_minutes(command.minutes, facts, decided=command.outcome != "no_decision")
    return ConferenceDecided(
        conference=facts.asked.person,
        outcome=command.outcome,
        way=command.way,
        reasons=command.reasons,
        minutes=command.minutes,
        on=facts.asked.on,
    )


def check_minutes(minutes: Minutes, facts: Facts, *, decided: bool = True) -> None:
    """Let minutes say who voted; where something was decided, more than half for it.

    Source:
        S1e-35; dossier §4.1.

    Raises:
        Refused: `task_admission.minutes_missing`, `task_admission.no_majority`.
    """
    if not (minutes.votes or minutes.by_government):
        raise Refused("task_admission.minutes_missing", MINUTES)
    if decided:
        _check_majority(minutes, facts)


def _check_majority(minutes: Minutes, facts: Facts) -> None:
    """Let more than half of those present and entitled be for it; the government alone decides by itself."""
    if minutes.by_government:
        return
    majority = facts.law[CONFERENCE_MAJORITY_ABOVE]
    for_it, voted = sum(each.choice == "for" for each in minutes.votes), len(minutes.votes)
    if for_it <= majority.value * voted:
        raise Refused("task_admission.no_majority", majority.source, for_it=for_it, voted=voted)


def _refused(command: RecordConferenceDecision, facts: Facts) -> AdmissionRejected:
    """Refuse the item in writing; who signs is the conference.

    Source:
        dossier §3.4; ADMISSION §8 item 13.
    """
    if command.reasons is None:
        raise Refused("task_admission.reasons_missing", REASONS, why="nothing_written")
    way = facts.law[WAY_OF_REVIEW].value
    return AdmissionRejected(reasons=command.reasons, way_of_review=way, by=facts.asked.person, on=facts.asked.on)


def _on_the_way(state: JointConference, facts: Facts) -> ClockEvents:
    """Let the decision run on with what was left; an item that was never accepted is checked anew, on its way."""
    if isinstance(state.before, Screening) and not state.before.accepted:
        return set_limit(FORMAL_CHECK, facts, facts.asked.on)
    return resume(facts, DECISION.name)
