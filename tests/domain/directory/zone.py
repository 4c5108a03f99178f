"""A directory just opened, whose rows move with its own events as the store's do."""

from datetime import date
from typing import Any

from domain.directory.commands import BeginSeats, BeginTies, OpenDirectory
from domain.directory.decider import DIRECTORY
from domain.kernel.directory import Organisation, Person, Seat, Spell, Tie
from domain.kernel.messages import Command, Event
from tests.spec import Entry, Given, Then, World, given

LONG_AGO = date(2010, 1, 1)
SINCE = Spell(first_on=LONG_AGO)


def body(of: str = "health", kind: str = "department", /, *, spell: Spell = SINCE, **more: Any) -> Organisation:
    return Organisation(id=of, kind=kind, name=more.pop("name", of), district="zone", spell=spell, **more)


def person(name: str = "wang") -> Person:
    return Person(id=name, name=name)


def seat(name: str = "wang-health", who: str = "wang", where: str = "health", **more: Any) -> Seat:
    fields = {"role": "delegating_department", "spell": SINCE, **more}
    return Seat(id=name, person=who, organisation=where, **fields)


def tie(kind: str = "control", subject: str = "civil", object_: str = "health", *, spell: Spell = SINCE) -> Tie:
    return Tie(kind=kind, subject=subject, object=object_, spell=spell)


def opening(**more: Any) -> OpenDirectory:
    fields: dict[str, Any] = {
        "name": "开发区",
        "pack_stack": ("national", "development_zone"),
        "organisation": body("civil", "civil_affairs_bureau"),
        "registrar": person("li"),
        "seat": seat("li-registrar", "li", "civil", role="registrar"),
    }
    return OpenDirectory(**{**fields, **more})


def rows_of(event: Event) -> tuple[Entry, ...]:
    """Give the rows an event states anew: every organisation, person, seat and tie in it."""
    values = (getattr(event, name) for name in type(event).model_fields)
    each = (one for value in values for one in (value if isinstance(value, tuple) else (value,)))
    return tuple(one for one in each if isinstance(one, Organisation | Person | Seat | Tie))


def moved(world: World, events: tuple[Event, ...]) -> World:
    return world.with_(*(row for event in events for row in rows_of(event)))


def after(asked: Then) -> Given:
    """Give the directory after what was recorded, with its rows."""
    there = asked.recorded()
    return there.in_(moved(there.world, asked.decision.events))


def unopened() -> Given:
    return given(DIRECTORY, case="directory-zone")


def opened() -> Given:
    return after(unopened().when(opening(), by="operator"))


def with_(*commands: Command) -> Given:
    there = opened()
    for command in commands:
        there = after(there.when(command))
    return there


def begin(*seats: Seat) -> BeginSeats:
    return BeginSeats(seats=seats)


def tied(*ties: Tie) -> BeginTies:
    return BeginTies(ties=ties)
