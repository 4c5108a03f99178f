"""What a register publishes: a version of a list, a calendar year, or a policy pack."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from domain.kernel.calendar import CalendarYear
from domain.kernel.lists import ListContent
from domain.kernel.messages import Code, Record
from domain.kernel.policy import Pack


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


def stream_of(tenant: Code, register: Code) -> str:
    """Name the stream of a tenant's register."""
    return f"register-{tenant}-{register}"
