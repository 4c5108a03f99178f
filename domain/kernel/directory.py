"""Organisations, people, seats and ties, as facts with dates.

Every date is a legal date in Shanghai; a last day is inclusive; `None` means until further notice.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.kernel.facts import Need
from domain.kernel.messages import Code, Record, Text


class Spell(Record):
    """A stretch of days, the last one included."""

    first_on: date
    last_on: date | None = None

    def covers(self, day: date) -> bool:
        """Say whether *day* lies in it."""
        return self.first_on <= day and (self.last_on is None or day <= self.last_on)


class Organisation(Record):
    """A body; `kind` is an identifier of dossier §3.1 (`residents_committee`, `department`, `finance_bureau`)."""

    id: Code
    kind: Code
    name: Text
    district: Code
    controlled_by: Code | None = None
    households: int | None = None
    spell: Spell


class Person(Record):
    """A natural person known to the tenant."""

    id: Code
    name: Text


class Seat(Record):
    """A person's office in an organisation; `role` is what it lets the person ask (dossier §3.1)."""

    id: Code
    person: Code
    organisation: Code
    role: Code
    title: Text | None = None
    spell: Spell


def office_key(organisation: str, person: str) -> str:
    """Name the key by which a case is found that relies on a person's office in an organisation."""
    return f"office:{organisation}/{person}"


def organisation_key(organisation: str) -> str:
    """Name the key by which a case is found that relies on an organisation's being there."""
    return f"organisation:{organisation}"


class Tie(Record):
    """A relation between two organisations or persons: control, equity, employment, kin."""

    kind: Code
    subject: Code
    object: Code
    spell: Spell


@dataclass(frozen=True)
class OrganisationNamed(Need[Organisation | None]):
    """The organisation with this id, as the directory has it now; its dates are in its spell."""

    id: str


@dataclass(frozen=True)
class PersonNamed(Need[Person | None]):
    """The person with this id."""

    id: str


@dataclass(frozen=True)
class SeatsOf(Need[tuple[Seat, ...]]):
    """Every seat of a person, past and future ones too, by id."""

    person: str


@dataclass(frozen=True)
class SeatsIn(Need[tuple[Seat, ...]]):
    """Every seat in an organisation, past and future ones too, by id."""

    organisation: str


@dataclass(frozen=True)
class TiesOf(Need[tuple[Tie, ...]]):
    """Every tie in which the organisation or person stands on either side."""

    id: str


@dataclass(frozen=True)
class SeatNamed(Need[Seat | None]):
    """The seat with this id."""

    id: str


@dataclass(frozen=True)
class SeatsOfRole(Need[tuple[Seat, ...]]):
    """Every seat that gives a role, wherever it stands, past and future ones too, by id."""

    role: str


CONTROL: Final = "control"
"""The kind of tie by which the subject controls the object."""
KIN: Final = "kin"
"""The kind of tie between two people who are relatives."""


@dataclass(frozen=True)
class ControlTiesAround(Need[tuple[Tie, ...]]):
    """Every tie of control that leads to or from the organisation, over any number of others, past and future ones too.

    An organisation's `controlled_by` counts as such a tie, with the organisation's own spell. In order of subject,
    object and first day.
    """

    organisation: str
