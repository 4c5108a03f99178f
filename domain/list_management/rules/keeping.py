"""A list that stands: in force from its day, looked at every year and when the law changes, until another takes over.

Source:
    dossier §4.5 P5 (in force, amended, superseded; yearly review; a change of law opens one); S2-06.
"""

from typing import Any, Final

from domain.kernel.clock_events import ClockEvent
from domain.kernel.decision import NOTHING_NEW, Events
from domain.kernel.errors import Refused
from domain.kernel.facts import CasesHolding, Facts, Need
from domain.kernel.limits import close, close_all, keep, set_date, set_limit
from domain.kernel.lists import ListNamed, ListVersion, standing_key
from domain.list_management.commands import (
    REGISTRAR,
    BringIntoForce,
    NoteSuccessor,
    OpenListReview,
    RecordPublication,
    RetireList,
    ReviewList,
    TakeUpList,
)
from domain.list_management.events import (
    ListCameIntoForce,
    ListPublished,
    ListReviewed,
    ListReviewOpened,
    ListSuperseded,
    ListTakenUp,
    SuccessorNoted,
)
from domain.list_management.rules.parameters import (
    ENTRY_INTO_FORCE,
    LAW_REVIEW,
    LIST_CHANGE,
    LIST_PUBLICATION,
    LIST_REVIEW,
    SUCCESSION,
)
from domain.list_management.rules.phases import wrong_phase
from domain.list_management.state import (
    Expiring,
    InForce,
    ListState,
    NotProposed,
    Proposal,
    Published,
    Standing,
    ToBeChanged,
)

KEPT: Final = "dossier §4.5 P5; S2-06"
DAYS: Final = "dossier §4.5 P5"


def taking_up_needs(command: TakeUpList) -> tuple[Need[Any], ...]:
    """Name what stands, and whether it is kept already."""
    return ListNamed(command.name), CasesHolding(standing_key(command.name))


def reviewing_needs(state: ListState) -> tuple[Need[Any], ...]:
    """Name what stands."""
    return (ListNamed(state.name),) if isinstance(state, InForce | ToBeChanged) else ()


def take_up(command: TakeUpList, facts: Facts) -> Events:
    """Take a list into the yearly review that was published without a proposal.

    Source:
        S2-02, S2-06; dossier §4.5 P5.

    Raises:
        Refused: `list_management.kept_already`, `list_management.nothing_in_force`.
    """
    version, asked = _in_force(command.name, facts), facts.asked
    others = facts[CasesHolding(standing_key(command.name))]
    if others:
        raise Refused("list_management.kept_already", KEPT, register=command.name, case=others[0])
    taken = ListTakenUp(
        name=command.name,
        title=version[0],
        version=version[1].number,
        valid_from=version[1].valid_from,
        by=asked.person,
        on=asked.on,
    )
    return taken, *set_limit(LIST_REVIEW, facts, asked.on)


def record_publication(command: RecordPublication, state: ListState, facts: Facts) -> Events:
    """Note that the text is a version of its register; it is in force from its first day.

    The register has published it: it stands, whatever became of the proposal in that moment.

    Source:
        dossier §4.5 P5 (published, in force).
    """
    if isinstance(state, Standing) and state.published.version == command.version:
        return NOTHING_NEW
    if not isinstance(state, Proposal):
        raise wrong_phase(command, state)
    on = facts.asked.on
    published = ListPublished(
        name=command.name,
        title=command.title,
        version=command.version,
        valid_from=command.valid_from,
        corrects=command.corrects,
        repeals=command.repeals,
        on=on,
    )
    kept = (*keep(facts, LIST_PUBLICATION.name), *close_all(facts, but=(LIST_PUBLICATION.name,)))
    if command.valid_from <= on:
        return published, ListCameIntoForce(on=on), *kept, *_looked_at(published, facts)
    day = set_date(ENTRY_INTO_FORCE, command.valid_from, facts, owner=REGISTRAR, rule=ENTRY_INTO_FORCE, source=DAYS)
    return published, *kept, *day


def bring_into_force(_command: BringIntoForce, state: ListState, facts: Facts) -> Events:
    """Let the list be in force when its first day begins.

    Source:
        dossier §4.5 P5 (in force).
    """
    if not isinstance(state, Published) or facts.asked.received_on < state.published.valid_from:
        return NOTHING_NEW
    in_force = ListCameIntoForce(on=facts.asked.on)
    urgent = set_limit(LAW_REVIEW, facts, facts.asked.on) if state.causes else ()
    return in_force, *keep(facts, ENTRY_INTO_FORCE), *_looked_at(state.published, facts), *urgent


def _looked_at(published: ListPublished | ListTakenUp, facts: Facts) -> tuple[ClockEvent, ...]:
    """Let the year begin after which the list is looked at; of a repealed one nothing is left to look at."""
    if isinstance(published, ListPublished) and published.repeals:
        return ()
    return set_limit(LIST_REVIEW, facts, facts.asked.on)


def note_successor(command: NoteSuccessor, state: ListState, facts: Facts) -> Events:
    """Stand until the first day of the successor; a correction of another version is none.

    Source:
        dossier §4.5 P5 (amended, superseded).
    """
    if not isinstance(state, Standing) or command.version <= state.published.version:
        return NOTHING_NEW
    if command.corrects not in {None, state.published.version}:
        return NOTHING_NEW
    if isinstance(state, Expiring) and state.successor.valid_from <= command.valid_from:
        return NOTHING_NEW
    asked = facts.asked
    if command.corrects is not None or command.valid_from <= asked.on:
        superseded = ListSuperseded(case=asked.person, version=command.version, on=asked.on)
        return superseded, *_let_go(state, facts), *close_all(facts, but=(LIST_CHANGE.name,))
    noted = SuccessorNoted(case=asked.person, version=command.version, valid_from=command.valid_from, on=asked.on)
    day = set_date(SUCCESSION, command.valid_from, facts, owner=REGISTRAR, rule=SUCCESSION, source=DAYS)
    return noted, *_let_go(state, facts), *close_all(facts, but=(LIST_CHANGE.name, SUCCESSION)), *day


def _let_go(state: Standing, facts: Facts) -> tuple[ClockEvent, ...]:
    """Say that the change was made that a review had asked for."""
    return keep(facts, LIST_CHANGE.name) if isinstance(state, ToBeChanged) else ()


def retire(_command: RetireList, state: ListState, facts: Facts) -> Events:
    """Let the successor take over when its first day begins.

    Source:
        dossier §4.5 P5 (superseded).
    """
    if not isinstance(state, Expiring) or facts.asked.received_on < state.successor.valid_from:
        return NOTHING_NEW
    successor = state.successor
    superseded = ListSuperseded(case=successor.case, version=successor.version, on=facts.asked.on)
    return superseded, *keep(facts, SUCCESSION)


def open_review(command: OpenListReview, state: ListState, facts: Facts) -> Events:
    """Let a list be looked at soon, because the law has changed; one that is to be changed anyway is.

    Source:
        dossier §4.5 P5 (a change of law opens a review).
    """
    if isinstance(state, Proposal | NotProposed):
        raise wrong_phase(command, state)
    if not isinstance(state, Published | InForce) or command.because in state.causes:
        return NOTHING_NEW
    opened = ListReviewOpened(because=command.because, on=facts.asked.on)
    runs = LAW_REVIEW.name in facts.clocks or isinstance(state, Published)
    return opened, *(() if runs else set_limit(LAW_REVIEW, facts, facts.asked.on))


def review(command: ReviewList, state: ListState, facts: Facts) -> Events:
    """Look at the list that is in force, once a year at least; the next year runs from the day of the review.

    Source:
        S2-06; dossier §4.5 P5 (yearly review), the table of assessments (`list_review`).

    Raises:
        Refused: `list_management.nothing_in_force`.
    """
    if not isinstance(state, InForce | ToBeChanged):
        raise wrong_phase(command, state)
    if state.reviewed and state.reviewed[-1].number == command.number:
        return NOTHING_NEW
    asked = facts.asked
    reviewed = ListReviewed(
        outcome=command.outcome,
        version=_in_force(state.name, facts)[1].number,
        reasons=command.reasons,
        number=command.number,
        by=asked.person,
        on=asked.on,
    )
    done = (*keep(facts, LIST_REVIEW.name, LAW_REVIEW.name), *set_limit(LIST_REVIEW, facts, asked.on))
    if command.outcome == "keep":
        return reviewed, *done, *close(facts, LIST_CHANGE.name)
    running = LIST_CHANGE.name in facts.clocks
    return reviewed, *done, *(() if running else set_limit(LIST_CHANGE, facts, asked.on))


def _in_force(register: str, facts: Facts) -> tuple[str, ListVersion]:
    """Give the title and the version that governs the day of the act."""
    published, on = facts[ListNamed(register)], facts.asked.on
    version = None if published is None else published.in_force_on(on, on)
    if published is None or version is None:
        raise Refused("list_management.nothing_in_force", KEPT, register=register, on=on.isoformat())
    return published.title, version
