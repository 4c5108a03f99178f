"""A small process to try the runner with: a permit that is answered in time or lapses, and may start another permit.

It asks nothing of packs or calendars: the commands carry the days, so that a test can put a limit where it wants it.
"""

from datetime import date, timedelta
from typing import Any, ClassVar, Final

from temporalio import workflow

from activities.requests import CaseSeed, CaseSummary
from domain.kernel import limits
from domain.kernel.clock_events import Deadline, DeadlineSet
from domain.kernel.decision import NOTHING_NEW, Decision, Events
from domain.kernel.errors import Refused
from domain.kernel.facts import CasesHolding, Facts, Need
from domain.kernel.followups import FollowUp, OpenCase, TellAffected, TellCase
from domain.kernel.lifecycle import Lifecycle, Limit, Phase
from domain.kernel.messages import Code, Command, Event, State, Text, Vocabulary, start_of
from domain.kernel.process import Process
from domain.kernel.view import View
from workflows.case import Case

SOURCE: Final = "test rule 1"
ASKERS: Final = frozenset({"linked_case", "operator"})


class OpenPermit(Command):
    asked_by: ClassVar[frozenset[str]] = ASKERS
    answer_by: date
    remind_on: tuple[date, ...] = ()


class AddNote(Command):
    asked_by: ClassVar[frozenset[str]] = ASKERS
    text: Text


class GrantPermit(Command):
    """Refused when another open permit holds the same place."""

    asked_by: ClassVar[frozenset[str]] = ASKERS
    place: Code
    report_by: date


class TellPartner(Command):
    asked_by: ClassVar[frozenset[str]] = ASKERS
    partner: Code
    opens: bool = False
    text: Text = "hello"
    answer_by: date | None = None


class TellNeighbours(Command):
    asked_by: ClassVar[frozenset[str]] = ASKERS
    place: Code
    also: tuple[Code, ...] = ()


class Stumble(Command):
    """Decided by code with a bug, as long as `Bug.is_there`."""

    asked_by: ClassVar[frozenset[str]] = ASKERS


class LapsePermit(Command):
    asked_by: ClassVar[frozenset[str]] = frozenset({"schedule"})


class ArchivePermit(Command):
    asked_by: ClassVar[frozenset[str]] = ASKERS


class PermitOpened(Event):
    answer_by: date


class NoteAdded(Event):
    text: Text


class PermitGranted(Event):
    place: Code


class PartnerTold(Event):
    partner: Code
    opens: bool
    text: Text
    answer_by: date | None


class NeighboursTold(Event):
    place: Code
    also: tuple[Code, ...] = ()


class Stumbled(Event):
    pass


class PermitLapsed(Event):
    pass


class PermitArchived(Event):
    pass


class Unopened(State):
    phase: ClassVar[str] = "unopened"


class Pending(State):
    phase: ClassVar[str] = "pending"
    notes: int = 0


class Granted(State):
    phase: ClassVar[str] = "granted"
    place: Code
    notes: int = 0


class Lapsed(State):
    phase: ClassVar[str] = "lapsed"
    is_end: ClassVar[bool] = True


class Archived(State):
    phase: ClassVar[str] = "archived"
    is_end: ClassVar[bool] = True


class Bug:
    """Whether the code of this worker has the bug."""

    is_there = False


class Rule:
    """A rule of this worker's code that a test may change."""

    forbidden = ""


def needs(command: Command, _state: State) -> tuple[Need[Any], ...]:
    return (CasesHolding(command.place),) if isinstance(command, GrantPermit) else ()


def decide(command: Command, _state: State, facts: Facts) -> Events:
    match command:
        case OpenPermit():
            return (PermitOpened(answer_by=command.answer_by), _limit("answer", command.answer_by, command.remind_on))
        case GrantPermit():
            return _grant(command, facts)
        case LapsePermit():
            return _lapse(facts)
        case ArchivePermit():
            return (PermitArchived(), *limits.close_all(facts))
        case _:
            return _talk(command)


def _grant(command: GrantPermit, facts: Facts) -> Events:
    if facts[CasesHolding(command.place)]:
        raise Refused("permit.place_taken", SOURCE, place=command.place)
    kept = limits.keep(facts, "answer")
    return (PermitGranted(place=command.place), *kept, _limit("report", command.report_by))


def _lapse(facts: Facts) -> Events:
    if "answer" not in facts.clocks or facts.asked.received_on <= facts.clocks["answer"].deadline.due_on:
        return NOTHING_NEW
    return (PermitLapsed(), *limits.lapse(facts, "answer"))


def _talk(command: Command) -> Events:
    match command:
        case AddNote(text=text):
            if text == Rule.forbidden:
                raise Refused("permit.note_forbidden", SOURCE, text=text)
            return (NoteAdded(text=text),)
        case TellPartner():
            return (PartnerTold.model_validate(command.model_dump()),)
        case TellNeighbours(place=place, also=also):
            return (NeighboursTold(place=place, also=also),)
        case Stumble():
            if Bug.is_there:
                raise ZeroDivisionError
            return (Stumbled(),)
        case _:
            raise AssertionError(command)


def _limit(name: str, due_on: date, remind_on: tuple[date, ...] = ()) -> DeadlineSet:
    deadline = Deadline(
        name=name,
        due_on=due_on,
        due_at=start_of(due_on + timedelta(days=1)),
        rule="test",
        kind="limit",
        provisional=False,
        derivation=(),
        source=SOURCE,
    )
    return DeadlineSet(
        limit=name, owner="clerk", period=None, started_on=due_on, deadline=deadline, reminders=remind_on
    )


def evolve(state: State, event: Event, _version: int) -> State:
    match event:
        case PermitOpened():
            return Pending()
        case NoteAdded():
            return state.model_copy(update={"notes": state.notes + 1})
        case PermitGranted(place=place):
            return Granted(place=place, notes=state.notes)
        case PermitLapsed():
            return Lapsed()
        case PermitArchived():
            return Archived()
        case _:
            return state


def view(state: State) -> View:
    keys = (state.place, *_street(state.place)) if isinstance(state, Granted) else ()
    return View(phase=state.phase, title="a permit", keys=keys)


def _street(place: str) -> tuple[str, ...]:
    """Give the key of the street, which many permits hold, of a place like `main/17`."""
    street, _, number = place.partition("/")
    return (f"street:{street}",) if number else ()


def partners(event: Event, _decision: Decision[Any]) -> tuple[FollowUp, ...]:
    match event:
        case PartnerTold(partner=partner, opens=True, answer_by=answer_by):
            body = {"answer_by": (answer_by or date(2099, 1, 1)).isoformat()}
            return (OpenCase(process="permit", case=partner, command="OpenPermit", body=body),)
        case PartnerTold(partner=partner, text=text):
            return (TellCase(process="permit", case=partner, command="AddNote", body={"text": text}),)
        case NeighboursTold(place=place, also=also):
            return (TellAffected(key=place, also=also, command="AddNote", body={"text": f"about {place}"}),)
        case _:
            return ()


PERMIT: Final = Process[Any, Any, Any](
    name="permit",
    prefix="permit",
    initial=Unopened(),
    opens_with=(OpenPermit,),
    commands=Vocabulary(
        OpenPermit, AddNote, GrantPermit, TellPartner, TellNeighbours, Stumble, LapsePermit, ArchivePermit
    ),
    events=Vocabulary(
        PermitOpened, NoteAdded, PermitGranted, PartnerTold, NeighboursTold, Stumbled, PermitLapsed, PermitArchived
    ),
    states=Vocabulary(Unopened, Pending, Granted, Lapsed, Archived),
    needs=needs,
    decide=decide,
    evolve=evolve,
    view=view,
)


@workflow.defn(name="permit")
class PermitWorkflow(Case):
    """One permit."""

    LIFECYCLE = Lifecycle(
        Phase("pending", Limit("answer", owner="clerk", then=LapsePermit)),
        Phase("granted", Limit("report", owner="clerk")),
        ends_in=("lapsed", "archived"),
        links=(partners,),
    )

    @workflow.init
    def __init__(self, seed: CaseSeed) -> None:
        super().__init__(seed, self.LIFECYCLE)

    @workflow.run
    async def run(self, seed: CaseSeed) -> CaseSummary:
        return await self.keep(seed)
