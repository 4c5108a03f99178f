"""It is looked at whether an item leaves the checklist: the causes, what shows them, who must have met on them.

Source:
    dossier §4.1 (→`exit_review`), §5 DL-54; ADMISSION §7, §8 item 25; X-ZG, X-JY.
"""

from typing import Any, Final

from domain.kernel.decision import NOTHING_NEW, Events
from domain.kernel.envelope import SCHEDULE
from domain.kernel.errors import Refused
from domain.kernel.facts import Facts, Need
from domain.kernel.limits import close, keep
from domain.kernel.lists import ListNamed
from domain.task_admission.commands import DecideExit, OpenExitReview
from domain.task_admission.commands.conference import Minutes
from domain.task_admission.commands.leaving import ExitCause
from domain.task_admission.events import ConferenceCalled, ExitReviewOpened
from domain.task_admission.rules.conference import check_minutes, opened
from domain.task_admission.rules.ending import exit_decision
from domain.task_admission.rules.lists import is_in_force
from domain.task_admission.rules.parameters import CURE, LAW_REGISTER, LEG_ENDS, TERM_END, TERM_REVIEW
from domain.task_admission.rules.phases import wrong_phase
from domain.task_admission.rules.separation import judge_another, separation_needs
from domain.task_admission.state import Active, AdmissionState, ExitReview, Suspended

SOURCE: Final = "dossier §4.1"
NO_CAUSE: Final = "task_admission.no_cause"
DISAPPROVAL: Final = "X-ZG, X-JY"


def review_needs(state: AdmissionState) -> tuple[Need[Any], ...]:
    """Name who stands behind the applicant, and the law."""
    is_begun = isinstance(state, Active | Suspended)
    return (*separation_needs(state), ListNamed(LAW_REGISTER)) if is_begun else ()


def open_review(command: OpenExitReview, state: AdmissionState, facts: Facts) -> Events:
    """Look at whether the item leaves the checklist; towards the end of the term the work goes on to its last day.

    For every other cause the work is over with the review. Of what residents disapprove, the joint conference of the
    matter is called with it.

    Source:
        dossier §4.1 (→`exit_review`); ADMISSION §7; X-ZG, X-JY; DL-08, DL-55.

    Raises:
        Refused: `task_admission.no_cause`, `task_admission.cause_not_shown`, `task_admission.own_application`,
            `task_admission.substitute_needed`.
    """
    by_schedule = facts.asked.role == SCHEDULE
    if by_schedule and not isinstance(state, Active | Suspended):
        return NOTHING_NEW
    match state:
        case Active() | Suspended():
            if not by_schedule:
                judge_another("approver", state, facts)
            cause = "term_ending" if by_schedule else command.cause
            if cause == "term_ending":
                return _towards_the_end(command, state, facts)
            review = _review(command, cause, facts)
            if cause == "law_repealed":
                _check_repealed(state, facts)
            over = close(facts, CURE.name, TERM_REVIEW.name, TERM_END, *LEG_ENDS)
            return review, *_called(review, facts), *over, *exit_decision(facts)
        case _:
            raise wrong_phase(command, state)


def _towards_the_end(command: OpenExitReview, state: Active | Suspended, facts: Facts) -> Events:
    if any(each.cause == "term_ending" for each in state.reviews):
        return NOTHING_NEW
    clock = facts.clocks.by_name.get(TERM_REVIEW.name)
    if clock is not None and facts.asked.received_on < clock.deadline.due_on:
        if facts.asked.role == SCHEDULE:
            return NOTHING_NEW
        due_on = clock.deadline.due_on.isoformat()
        raise Refused(NO_CAUSE, "DL-54", why="term_not_ending", opens_on=due_on)
    asked = facts.asked
    review = ExitReviewOpened(cause="term_ending", facts=command.facts, by=asked.person, on=asked.on)
    return review, *keep(facts, TERM_REVIEW.name), *exit_decision(facts)


def _review(command: OpenExitReview, cause: ExitCause | None, facts: Facts) -> ExitReviewOpened:
    if cause is None or command.facts is None:
        raise Refused(NO_CAUSE, SOURCE, why="not_named")
    if cause == "residents_disapprove" and command.record is None:
        raise Refused(NO_CAUSE, DISAPPROVAL, why="no_record")
    return ExitReviewOpened(
        cause=cause, facts=command.facts, record=command.record, by=facts.asked.person, on=facts.asked.on
    )


def _called(review: ExitReviewOpened, facts: Facts) -> Events:
    """Call the conference without which nothing is decided of what residents disapprove."""
    if review.cause != "residents_disapprove" or review.facts is None:
        return ()
    called = ConferenceCalled(cause=review.cause, facts=review.facts, by=review.by, on=review.on)
    return called, *opened(facts)


def _check_repealed(state: Active | Suspended, facts: Facts) -> None:
    """Let nobody say that a law is repealed which the register shows in force."""
    basis, on = state.application.legal_basis, facts.asked.on
    if is_in_force(basis, facts, on):
        details = {"instrument": basis.instrument, "article": basis.article}
        raise Refused("task_admission.cause_not_shown", "S2-01", cause="law_repealed", **details)


def minutes_of(command: DecideExit, state: Active | Suspended | ExitReview, facts: Facts) -> Minutes | None:
    """Give the minutes on which an exit is decided, which have come from the conference that the case called.

    What they say is followed, and nobody need say it again. A case that called none cites the minutes in the command.

    Source:
        X-ZG (residents disapprove: exit by joint conference); dossier §4.1; ADMISSION §7.

    Raises:
        Refused: `task_admission.conference_needed`, `task_admission.other_minutes`,
            `task_admission.conference_decided_otherwise`, `task_admission.minutes_missing`,
            `task_admission.no_majority`.
    """
    conference = state.conference if isinstance(state, ExitReview) else None
    if conference is None:
        return _cited(command, state, facts)
    held = conference.held
    if held is None or facts.asked.on < held.on:
        raise _needed()
    if command.minutes not in (None, held.minutes):
        raise Refused("task_admission.other_minutes", DISAPPROVAL, on_record=held.minutes.number)
    if command.outcome != held.outcome:
        said = {"decided": held.outcome, "said": command.outcome}
        raise Refused("task_admission.conference_decided_otherwise", DISAPPROVAL, **said)
    return held.minutes


def _cited(command: DecideExit, state: Active | Suspended | ExitReview, facts: Facts) -> Minutes | None:
    if command.minutes is not None:
        check_minutes(command.minutes, facts)
    elif any(each.cause == "residents_disapprove" for each in state.reviews):
        raise _needed()
    return command.minutes


def _needed() -> Refused:
    return Refused("task_admission.conference_needed", DISAPPROVAL, cause="residents_disapprove")
