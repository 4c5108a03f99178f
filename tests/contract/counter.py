"""The smallest processes that use all of the store: a counter with a limit and money, a directory, a register."""

from datetime import date
from typing import Any, ClassVar

from domain.kernel.calendar import Calendar
from domain.kernel.clock_events import Deadline, DeadlineKept, DeadlineSet
from domain.kernel.decision import NOTHING_NEW, Events
from domain.kernel.directory import Organisation, Person, Seat, SeatsOf, Tie
from domain.kernel.envelope import SCHEDULE
from domain.kernel.errors import Refused
from domain.kernel.facts import CasesHolding, Facts, Need
from domain.kernel.ledger import Posting
from domain.kernel.lists import ListNamed, ListVersion, PublishedList
from domain.kernel.messages import Code, Command, Event, State, Vocabulary
from domain.kernel.process import Process
from domain.kernel.view import Party, View, Work

DAY = date(2026, 3, 2)
DUE = Deadline(
    name="counting",
    due_on=date(2026, 3, 9),
    due_at=None,
    rule="TEST-1",
    kind="limit",
    provisional=False,
    derivation=(),
    source="no law",
)


class Asked(Command):
    asked_by: ClassVar[frozenset[str]] = frozenset({SCHEDULE, "counter"})


class Start(Asked):
    key: Code | None = None
    reads: tuple[Code, ...] = ()


class Add(Asked):
    amount: int
    reads: tuple[Code, ...] = ()


class Pay(Asked):
    postings: tuple[Posting, ...]


class Finish(Asked):
    pass


class Started(Event):
    key: Code | None


class Added(Event):
    amount: int


class Paid(Event):
    postings: tuple[Posting, ...]


class Finished(Event):
    pass


class Empty(State):
    phase: ClassVar[str] = "empty"


class Counting(State):
    phase: ClassVar[str] = "counting"
    total: int = 0
    key: Code | None = None


class Done(State):
    phase: ClassVar[str] = "done"
    is_end: ClassVar[bool] = True
    total: int


def _needs(command: Asked, _state: State) -> tuple[Need[Any], ...]:
    reads = getattr(command, "reads", ())
    key = getattr(command, "key", None)
    held = () if key is None else (CasesHolding(key),)
    return (*(ListNamed(name) for name in reads), *held)


def _decide(command: Asked, state: State, facts: Facts) -> Events:
    match command, state:
        case Start(key=key), Empty():
            if key is not None and facts[CasesHolding(key)]:
                raise Refused("counter.key_taken", "no law", holders=list(facts[CasesHolding(key)]))
            limit = DeadlineSet(
                limit="counting", owner="counter", period=None, started_on=DAY, deadline=DUE, reminders=()
            )
            return (Started(key=key), limit)
        case Add(amount=0), Counting():
            return NOTHING_NEW
        case Add(amount=amount), Counting(total=total):
            if amount < 0:
                raise Refused("counter.negative", "no law", amount=amount, total=total)
            return (Added(amount=amount),)
        case Pay(postings=postings), Counting():
            return (Paid(postings=postings),)
        case Finish(), Counting():
            return (Finished(), DeadlineKept(limit="counting", on=DAY))
        case _:
            raise Refused("counter.not_now", "no law")


def _evolve(state: State, event: Event, _version: int) -> State:
    match state, event:
        case _, Started(key=key):
            return Counting(key=key)
        case Counting(), Added(amount=amount):
            return state.model_copy(update={"total": state.total + amount})
        case Counting(total=total), Finished():
            return Done(total=total)
        case _:
            return state


def _view(state: State) -> View:
    match state:
        case Counting(total=total, key=key):
            work = Work(task="add" if total == 0 else "go_on", role="counter", limit="counting", since=DAY)
            parties = (Party(role="counter", organisation="hall"),)
            keys = () if key is None else (key,)
            return View(phase=state.phase, title=f"total {total}", parties=parties, work=(work,), keys=keys)
        case _:
            return View(phase=state.phase, title="counter")


COUNTER: Process[Any, Any, Any] = Process(
    name="counter",
    prefix="counter",
    initial=Empty(),
    opens_with=(Start,),
    commands=Vocabulary[Asked](Start, Add, Pay, Finish),
    events=Vocabulary[Event](Started, Added, Paid, Finished),
    states=Vocabulary[State](Empty, Counting, Done),
    needs=_needs,
    decide=_decide,
    evolve=_evolve,
    view=_view,
)


class ChangeDirectory(Asked):
    continues: ClassVar[bool] = True
    entries: tuple[Organisation | Person | Seat | Tie, ...]


class DirectoryChanged(Event):
    entries: tuple[Organisation | Person | Seat | Tie, ...]


class Known(State):
    phase: ClassVar[str] = "known"
    changes: int = 0


DIRECTORY: Process[Any, Any, Any] = Process(
    name="directory",
    prefix="directory",
    initial=Known(),
    opens_with=(ChangeDirectory,),
    commands=Vocabulary[Asked](ChangeDirectory),
    events=Vocabulary[Event](DirectoryChanged),
    states=Vocabulary[State](Known),
    needs=lambda _command, _state: (SeatsOf("li"),),
    decide=lambda command, _state, _facts: (DirectoryChanged(entries=command.entries),),
    evolve=lambda state, _event, _version: state.model_copy(update={"changes": state.changes + 1}),
    view=lambda state: View(phase=state.phase, title="directory"),
)


class Publish(Asked):
    continues: ClassVar[bool] = True
    version: ListVersion


class Published(Event):
    version: ListVersion


class Register(State):
    phase: ClassVar[str] = "published"
    versions: tuple[ListVersion, ...] = ()


REGISTER: Process[Any, Any, Any] = Process(
    name="register",
    prefix="register",
    initial=Register(),
    opens_with=(Publish,),
    commands=Vocabulary[Asked](Publish),
    events=Vocabulary[Event](Published),
    states=Vocabulary[State](Register),
    needs=lambda _command, _state: (),
    decide=lambda command, _state, _facts: (Published(version=command.version),),
    evolve=lambda state, event, _version: Register(versions=(*state.versions, event.version)),
    view=lambda state: View(phase=state.phase, title=f"{len(state.versions)} versions"),
)


def published(state: Register) -> PublishedList | Calendar:
    """Read a test register as the list it publishes."""
    return PublishedList(name="list", title="a list", versions=state.versions)


PROCESSES = {each.name: each for each in (COUNTER, DIRECTORY, REGISTER)}
