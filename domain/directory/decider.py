"""A tenant's directory: what each command needs to know, and what is said to it."""

from typing import Any, Final, assert_never

from domain.directory.commands import (
    COMMANDS,
    AbolishOrganisation,
    AddOrganisations,
    AddPeople,
    AlterOrganisations,
    AlterPerson,
    BeginSeats,
    BeginTies,
    ChangePackStack,
    CorrectSeat,
    DirectoryCommand,
    EndSeat,
    EndTie,
    OpenDirectory,
)
from domain.directory.events import EVENTS
from domain.directory.rules import opening, organisations, people, seats, ties
from domain.directory.state import STATES, DirectoryState, Kept, Unopened, evolve, view
from domain.kernel.decision import NOTHING_NEW, Events
from domain.kernel.directory import PersonNamed, SeatNamed, TiesOf
from domain.kernel.facts import Facts, Need
from domain.kernel.process import Process


def needs(command: DirectoryCommand, _state: DirectoryState) -> tuple[Need[Any], ...]:
    """Name every entry that *command* touches or leans on."""
    match command:
        case OpenDirectory() | ChangePackStack():
            return ()
        case AddOrganisations(organisations=rows) | AlterOrganisations(organisations=rows):
            return organisations.named(rows)
        case AbolishOrganisation():
            return organisations.around(command)
        case AddPeople(people=rows):
            return tuple(PersonNamed(each.id) for each in rows)
        case AlterPerson(person=person):
            return (PersonNamed(person.id),)
        case BeginSeats(seats=rows):
            return seats.named(rows)
        case EndSeat(seat=name):
            return (SeatNamed(name),)
        case CorrectSeat(seat=seat):
            return seats.named((seat,))
        case BeginTies(ties=rows):
            return ties.named(rows)
        case EndTie(subject=subject):
            return (TiesOf(subject),)
        case _:
            assert_never(command)


def decide(command: DirectoryCommand, state: DirectoryState, facts: Facts) -> Events:
    """Answer *command* with events, with nothing new, or with a refusal."""
    match command:
        case OpenDirectory():
            return opening.open_directory(command, facts)
        case ChangePackStack():
            return opening.change_stack(command, state) if isinstance(state, Kept) else NOTHING_NEW
        case AddOrganisations():
            return organisations.add(command, facts)
        case AlterOrganisations():
            return organisations.alter(command, facts)
        case AbolishOrganisation():
            return organisations.abolish(command, facts)
        case AddPeople():
            return people.add(command, facts)
        case AlterPerson():
            return people.alter(command, facts)
        case BeginSeats():
            return seats.begin(command, facts)
        case EndSeat():
            return seats.end(command, facts)
        case CorrectSeat():
            return seats.correct(command, facts)
        case BeginTies():
            return ties.begin(command, facts)
        case EndTie():
            return ties.end(command, facts)
        case _:
            assert_never(command)


DIRECTORY: Final = Process(
    name="directory",
    prefix="directory",
    initial=Unopened(),
    opens_with=(OpenDirectory,),
    commands=COMMANDS,
    events=EVENTS,
    states=STATES,
    needs=needs,
    decide=decide,
    evolve=evolve,
    view=view,
)
