"""The smallest process whose work is a duty, with reminders and the ladder; it names of the owner what is known."""

from datetime import date
from typing import Any, ClassVar

from adapters.postgres.facts import Readings
from domain.kernel.decision import Events
from domain.kernel.facts import Facts
from domain.kernel.limits import close_all, keep, set_limit
from domain.kernel.messages import Code, Command, Event, State, Vocabulary
from domain.kernel.process import Process
from domain.kernel.view import View, Work
from tests.contract.counter import DIRECTORY, REGISTER
from tests.domain.kernel.permit import CALENDAR, DUTY, PACK


class Asked(Command):
    asked_by: ClassVar[frozenset[str]] = frozenset({"schedule"})


class Order(Asked):
    role: Code = "clerk"
    organisation: Code | None = None
    person: Code | None = None
    is_limited: bool = True


class Remark(Asked):
    text: str


class Deliver(Asked):
    pass


class Ordered(Event):
    role: Code
    organisation: Code | None
    person: Code | None
    is_limited: bool
    on: date


class Remarked(Event):
    text: str


class Delivered(Event):
    pass


class Nothing(State):
    phase: ClassVar[str] = "nothing"


class Under(State):
    phase: ClassVar[str] = "under_way"
    ordered: Ordered


class Done(State):
    phase: ClassVar[str] = "done"
    is_end: ClassVar[bool] = True


def _decide(command: Asked, _state: State, facts: Facts) -> Events:
    match command:
        case Order(role=role, organisation=organisation, person=person, is_limited=is_limited):
            on = facts.asked.on
            limit = set_limit(DUTY, facts, on, organisation=organisation) if is_limited else ()
            return (Ordered(role=role, organisation=organisation, person=person, is_limited=is_limited, on=on), *limit)
        case Remark(text=text):
            return (Remarked(text=text),)
        case _:
            return (Delivered(), *keep(facts, "duty"), *close_all(facts))


def _evolve(state: State, event: Event, _version: int) -> State:
    match event:
        case Ordered():
            return Under(ordered=event)
        case Delivered():
            return Done()
        case _:
            return state


def _view(state: State) -> View:
    match state:
        case Under(ordered=Ordered(role=role, organisation=organisation, person=person, is_limited=is_limited, on=on)):
            limit = "duty" if is_limited else None
            work = Work(task="deliver", role=role, organisation=organisation, person=person, limit=limit, since=on)
            return View(phase=state.phase, title="errand", work=(work,))
        case _:
            return View(phase=state.phase, title="errand")


ERRAND: Process[Any, Any, Any] = Process(
    name="errand",
    prefix="errand",
    initial=Nothing(),
    opens_with=(Order,),
    commands=Vocabulary[Asked](Order, Remark, Deliver),
    events=Vocabulary[Event](Ordered, Remarked, Delivered),
    states=Vocabulary[State](Nothing, Under, Done),
    needs=lambda _command, _state: (),
    decide=_decide,
    evolve=_evolve,
    view=_view,
)
PROCESSES = {each.name: each for each in (ERRAND, DIRECTORY, REGISTER)}


def _published(state: Any) -> object:
    """Read a test register as the law it stands for: the calendar by its title, else the pack."""
    return CALENDAR if state.versions[0].source == "calendar" else PACK


READINGS = Readings(published=_published, pack_stack=lambda _state: ("national",))
"""Once a tenant has a directory, and registers `pack-national` and `calendar`, a duty has five working days."""
