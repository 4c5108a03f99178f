"""What a register publishes: a version of a list, a calendar year, or a policy pack."""

from datetime import date
from typing import Annotated, Final, Literal

from pydantic import Field

from domain.kernel.calendar import CalendarYear
from domain.kernel.lists import ListEntry, RegisterKind
from domain.kernel.messages import Code, Record, Text
from domain.kernel.policy import Pack

CALENDAR: Final = "calendar"
"""The name of the register that publishes a tenant's working days."""
PACK_PREFIX: Final = "pack-"
"""How the name of a register begins that publishes the policy pack of a jurisdiction."""


class ListContent(Record):
    """A list or catalogue, whole; both days are inclusive."""

    kind: Literal["list"] = "list"
    title: Text
    valid_from: date
    valid_to: date | None = None
    source: Text
    entries: tuple[ListEntry, ...]


class CalendarContent(Record):
    """One year of working days."""

    kind: Literal["calendar"] = "calendar"
    year: CalendarYear


class PackContent(Record):
    """The policy pack of a jurisdiction, whole, with every value it ever set."""

    kind: Literal["pack"] = "pack"
    pack: Pack


Content = Annotated[ListContent | CalendarContent | PackContent, Field(discriminator="kind")]


class YearVersion(Record):
    """One publication of a calendar year; `number` counts the register's publications of every year."""

    number: int
    published_on: date
    year: CalendarYear
    corrects: int | None = None


class PackVersion(Record):
    """One publication of a pack."""

    number: int
    published_on: date
    pack: Pack
    corrects: int | None = None


def kind_of(register: Code) -> RegisterKind:
    """Say what a register publishes, by its name: every name but two belongs to a list."""
    if register == CALENDAR:
        return "calendar"
    return "pack" if register.startswith(PACK_PREFIX) else "list"


def stream_of(tenant: Code, register: Code) -> str:
    """Name the stream of a tenant's register."""
    return f"register-{tenant}-{register}"
