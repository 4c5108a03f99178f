"""Working days: one version of the calendar, and which of its days may still change."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property
from hashlib import sha256
from typing import Final, Self

from pydantic import model_validator
from pydantic_core import to_json

from domain.kernel.messages import Record, Text

ONE_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5
_NOTICE_REACHES_BACK: Final = 24
"""Day of December from which the next year's notice has made weekends work (29 December 2018, 30 December 2006) or
working days rest (31 December 2007); until that notice is out, those days are not settled."""


class CalendarYear(Record):
    """One year as the State Council's notice arranges it.

    Attributes:
        announced: The notice is out. Where it is not, `days_off` holds the statutory days and nothing is made up.
        days_off: Days of rest by the notice, weekends inside a holiday included.
        make_up_days: Saturdays and Sundays that are worked (调休).
    """

    year: int
    announced: bool = True
    days_off: tuple[date, ...]
    make_up_days: tuple[date, ...] = ()
    source: Text

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        for day in (*self.days_off, *self.make_up_days):
            if day.year != self.year:
                message = f"{day} is no day of {self.year}"
                raise ValueError(message)
        for day in self.make_up_days:
            if day.weekday() < _SATURDAY or day in self.days_off:
                message = f"{day} cannot be made up: it is no free Saturday or Sunday"
                raise ValueError(message)
        if self.make_up_days and not self.announced:
            message = f"{self.year} is not announced, so no day of it is made up"
            raise ValueError(message)
        return self


class Calendar(Record):
    """Every year published by now.

    A day of a year that nobody announced is a working day unless it is a weekend or one of the statutory days given
    for it; what rests on such a day is provisional.

    Source:
        全国年节及纪念日放假办法; the State Council's yearly notices (L-HOL).
    """

    years: tuple[CalendarYear, ...] = ()

    @model_validator(mode="after")
    def _names_each_year_once(self) -> Self:
        named = [each.year for each in self.years]
        if named != sorted(set(named)):
            message = "each year stands once, in order"
            raise ValueError(message)
        return self

    @cached_property
    def digest(self) -> str:
        """Hex SHA-256 of the years in one form; two calendars with the same days share it."""
        return sha256(to_json(self.model_dump(mode="json"))).hexdigest()

    @cached_property
    def version(self) -> str:
        """The last announced year and the start of the digest: `2026@1f0c…`."""
        last = max(self._announced, default="none")
        return f"{last}@{self.digest[:12]}"

    @cached_property
    def _announced(self) -> frozenset[int]:
        return frozenset(each.year for each in self.years if each.announced)

    @cached_property
    def _days_off(self) -> frozenset[date]:
        return frozenset(day for each in self.years for day in each.days_off)

    @cached_property
    def _make_up_days(self) -> frozenset[date]:
        return frozenset(day for each in self.years for day in each.make_up_days)

    def with_year(self, year: CalendarYear) -> "Calendar":
        """Give the calendar with *year* published, in the place of what stood for it."""
        others = (each for each in self.years if each.year != year.year)
        return Calendar(years=tuple(sorted((*others, year), key=lambda each: each.year)))

    def is_announced(self, year: int) -> bool:
        """Whether the notice for *year* is out."""
        return year in self._announced

    def is_settled(self, day: date) -> bool:
        """Whether no notice to come can change this day."""
        if day.year not in self._announced:
            return False
        reached_back = day.month == 12 and day.day >= _NOTICE_REACHES_BACK  # noqa: PLR2004 — December
        return not reached_back or day.year + 1 in self._announced

    def is_working(self, day: date) -> bool:
        """Whether people work on this day: not a weekend, not a day off, or a made-up weekend."""
        if day in self._make_up_days:
            return True
        return day.weekday() < _SATURDAY and day not in self._days_off

    def is_made_up(self, day: date) -> bool:
        """Whether this is a Saturday or Sunday that is worked."""
        return day in self._make_up_days

    def is_day_off(self, day: date) -> bool:
        """Whether a notice or the statute frees this day; an ordinary weekend is not meant."""
        return day in self._days_off

    def onward(self, day: date) -> Iterator[date]:
        """Give *day* and every later one."""
        while True:
            yield day
            day += ONE_DAY

    def working_on_or_after(self, day: date) -> date:
        """Give *day* when people work on it, else the next day on which they do."""
        return next(each for each in self.onward(day) if self.is_working(each))

    def working_on_or_before(self, day: date) -> date:
        """Give *day* when people work on it, else the last day before on which they did."""
        while not self.is_working(day):
            day -= ONE_DAY
        return day
