"""What may be asked of a tenant's directory, and by whom.

A command may carry a batch; it is recorded whole or refused whole, and a refusal names the row. A row that stands there
already, word for word, is passed over.
"""

from datetime import date
from typing import Annotated, ClassVar, Final

from pydantic import Field

from domain.kernel.directory import Organisation, Person, Seat, Tie
from domain.kernel.envelope import OPERATOR
from domain.kernel.messages import Code, Command, Text, Vocabulary

REGISTRAR: Final = "registrar"
"""Who keeps a tenant's registers and its directory."""
KEEPERS: Final = frozenset({REGISTRAR, OPERATOR})
Organisations = Annotated[tuple[Organisation, ...], Field(min_length=1)]
People = Annotated[tuple[Person, ...], Field(min_length=1)]
Seats = Annotated[tuple[Seat, ...], Field(min_length=1)]
Ties = Annotated[tuple[Tie, ...], Field(min_length=1)]
PackStack = Annotated[tuple[Code, ...], Field(min_length=1)]
"""The jurisdictions whose packs a tenant stands on, the national one first."""


class OpenDirectory(Command):
    """Open a tenant: its name, its law, and the first registrar, who does the rest.

    Attributes:
        organisation: The body the first registrar sits in.
    """

    asked_by: ClassVar[frozenset[str]] = frozenset({OPERATOR})
    name: Text
    pack_stack: PackStack
    organisation: Organisation
    registrar: Person
    seat: Seat


class ChangePackStack(Command):
    """Put the tenant under other packs from now on."""

    asked_by: ClassVar[frozenset[str]] = frozenset({OPERATOR})
    pack_stack: PackStack
    reason: Text


class AddOrganisations(Command):
    """Enter organisations."""

    asked_by: ClassVar[frozenset[str]] = KEEPERS
    organisations: Organisations


class AlterOrganisations(Command):
    """State organisations anew, whole, as they are from the day of the act: renamed, under other control, grown."""

    asked_by: ClassVar[frozenset[str]] = KEEPERS
    organisations: Organisations
    reason: Text


class AbolishOrganisation(Command):
    """Let an organisation end, or be merged into another; its seats and ties end with it."""

    asked_by: ClassVar[frozenset[str]] = KEEPERS
    organisation: Code
    last_on: date
    merged_into: Code | None = None
    reason: Text


class AddPeople(Command):
    """Enter people."""

    asked_by: ClassVar[frozenset[str]] = KEEPERS
    people: People


class AlterPerson(Command):
    """State a person anew: another name, or the same one rightly written."""

    asked_by: ClassVar[frozenset[str]] = KEEPERS
    person: Person
    reason: Text


class BeginSeats(Command):
    """Put people into office; the first day may lie ahead or behind."""

    asked_by: ClassVar[frozenset[str]] = KEEPERS
    seats: Seats


class EndSeat(Command):
    """Let a seat end; its last day counts, and is at the earliest the day before the act."""

    asked_by: ClassVar[frozenset[str]] = KEEPERS
    seat: Code
    last_on: date
    reason: Text


class CorrectSeat(Command):
    """State a seat anew that was entered wrongly, also for days gone by."""

    asked_by: ClassVar[frozenset[str]] = KEEPERS
    seat: Seat
    reason: Text


class BeginTies(Command):
    """Enter relations between organisations or people: control, equity, employment, kin."""

    asked_by: ClassVar[frozenset[str]] = KEEPERS
    ties: Ties


class EndTie(Command):
    """Let a relation end; it is known by its kind, its two sides and its first day."""

    asked_by: ClassVar[frozenset[str]] = KEEPERS
    kind: Code
    subject: Code
    object: Code
    first_on: date
    last_on: date
    reason: Text


DirectoryCommand = (
    OpenDirectory
    | ChangePackStack
    | AddOrganisations
    | AlterOrganisations
    | AbolishOrganisation
    | AddPeople
    | AlterPerson
    | BeginSeats
    | EndSeat
    | CorrectSeat
    | BeginTies
    | EndTie
)
COMMANDS: Final = Vocabulary[DirectoryCommand](
    OpenDirectory,
    ChangePackStack,
    AddOrganisations,
    AlterOrganisations,
    AbolishOrganisation,
    AddPeople,
    AlterPerson,
    BeginSeats,
    EndSeat,
    CorrectSeat,
    BeginTies,
    EndTie,
)
