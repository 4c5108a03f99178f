"""What happened to a register. A correction is a publication that names the one it replaces."""

import operator
from typing import Annotated, Final

from pydantic import Field

from domain.kernel.lists import ListVersion
from domain.kernel.messages import Code, Event, Text, Vocabulary, Warned
from domain.register.contents import PackVersion, YearVersion

# Left out where they are empty: what was recorded before is compared with today's answer to the letter.
ApprovedIn = Annotated[Code | None, Field(exclude_if=operator.not_)]
Warnings = Annotated[tuple[Warned, ...], Field(exclude_if=operator.not_)]


class ListVersionPublished(Event):
    """A list or catalogue was published.

    Attributes:
        approved_in: The proposal in which exactly this text was approved; none where it was published directly.
    """

    name: Code
    title: Text
    version: ListVersion
    approved_in: ApprovedIn = None
    warnings: Warnings = ()


class ListVersionCorrected(Event):
    """A published list was found wrong and replaced.

    Attributes:
        approved_in: The proposal in which exactly this text was approved; none where it was corrected directly.
    """

    name: Code
    title: Text
    version: ListVersion
    reason: Text
    approved_in: ApprovedIn = None
    warnings: Warnings = ()


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
