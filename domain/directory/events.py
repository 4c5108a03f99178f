"""What happened to a directory.

An event carries every organisation, person, seat and tie it changes whole, as it stands from then on. Nothing else is
needed to write the rows that decisions read: each row holds from the event's version to that of the next event which
states the same entry anew.
"""

from typing import Annotated, Final

from pydantic import Field

from domain.kernel.directory import Organisation, Person, Seat, Tie
from domain.kernel.messages import Code, Event, Text, Vocabulary


def _is_none(value: object) -> bool:
    return value is None


class DirectoryOpened(Event):
    """A tenant has a directory, packs to stand on, and a registrar."""

    name: Text
    pack_stack: tuple[Code, ...]
    organisation: Organisation
    registrar: Person
    seat: Seat


class PackStackChanged(Event):
    """The tenant stands on other packs."""

    pack_stack: tuple[Code, ...]
    reason: Text


class OrganisationsAdded(Event):
    """Organisations were entered."""

    organisations: tuple[Organisation, ...]


class OrganisationsAltered(Event):
    """Organisations are from now on what is stated here."""

    organisations: tuple[Organisation, ...]
    reason: Text


class OrganisationAbolished(Event):
    """An organisation ends, and with it the seats and ties that would have outlasted it."""

    organisation: Organisation
    merged_into: Code | None
    seats: tuple[Seat, ...]
    ties: tuple[Tie, ...]
    reason: Text


class PeopleAdded(Event):
    """People were entered."""

    people: tuple[Person, ...]


class PersonAltered(Event):
    """A person's entry is from now on what is stated here."""

    person: Person
    reason: Text


class SeatsBegun(Event):
    """People were put into office."""

    seats: tuple[Seat, ...]


class SeatEnded(Event):
    """A seat has a last day."""

    seat: Seat
    reason: Text


class SeatCorrected(Event):
    """A seat's entry was wrong and is stated anew.

    Attributes:
        was_person: Whose seat it was said to be, where that was wrong.
        was_organisation: Where it was said to be, where that was wrong.
    """

    seat: Seat
    reason: Text
    was_person: Annotated[Code | None, Field(exclude_if=_is_none)] = None
    was_organisation: Annotated[Code | None, Field(exclude_if=_is_none)] = None


class TiesBegun(Event):
    """Relations were entered."""

    ties: tuple[Tie, ...]


class TieEnded(Event):
    """A relation has a last day."""

    tie: Tie
    reason: Text


DirectoryEvent = (
    DirectoryOpened
    | PackStackChanged
    | OrganisationsAdded
    | OrganisationsAltered
    | OrganisationAbolished
    | PeopleAdded
    | PersonAltered
    | SeatsBegun
    | SeatEnded
    | SeatCorrected
    | TiesBegun
    | TieEnded
)
EVENTS: Final = Vocabulary[DirectoryEvent](
    DirectoryOpened,
    PackStackChanged,
    OrganisationsAdded,
    OrganisationsAltered,
    OrganisationAbolished,
    PeopleAdded,
    PersonAltered,
    SeatsBegun,
    SeatEnded,
    SeatCorrected,
    TiesBegun,
    TieEnded,
)
