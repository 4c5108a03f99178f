"""What happened to a register. A correction is a publication that names the one it replaces."""

from typing import Final

from domain.kernel.lists import ListVersion
from domain.kernel.messages import Code, Event, Text, Vocabulary
from domain.register.contents import PackVersion, YearVersion


class ListVersionPublished(Event):
    """A list or catalogue was published."""

    name: Code
    title: Text
    version: ListVersion


class ListVersionCorrected(Event):
    """A published list was found wrong and replaced."""

    name: Code
    title: Text
    version: ListVersion
    reason: Text


class CalendarYearPublished(Event):
    """A year of working days was published, or its notice came out."""

    name: Code
    version: YearVersion


class CalendarYearCorrected(Event):
    """A published year was found wrong and replaced."""

    name: Code
    version: YearVersion
    reason: Text


class PolicyPackPublished(Event):
    """A policy pack was published."""

    name: Code
    version: PackVersion


class PolicyPackCorrected(Event):
    """A published policy pack was found wrong and replaced."""

    name: Code
    version: PackVersion
    reason: Text


RegisterEvent = (
    ListVersionPublished
    | ListVersionCorrected
    | CalendarYearPublished
    | CalendarYearCorrected
    | PolicyPackPublished
    | PolicyPackCorrected
)
EVENTS: Final = Vocabulary[RegisterEvent](
    ListVersionPublished,
    ListVersionCorrected,
    CalendarYearPublished,
    CalendarYearCorrected,
    PolicyPackPublished,
    PolicyPackCorrected,
)
