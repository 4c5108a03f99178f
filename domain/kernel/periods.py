"""Periods of the law: how a day is found from another, and how it was found.

The first day does not count. Months and years end on the corresponding day, or on the month's last. A period of
calendar days, months or years that ends on a day of rest ends on the next working day; one of working days cannot.

Source:
    Civil Code art. 200–203, 1259; Civil Procedure Law art. 85; dossier §3.2.
"""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from domain.kernel.calendar import ONE_DAY, Calendar
from domain.kernel.messages import Record, start_of
from domain.kernel.months import MONTHS_IN_YEAR, add_months

Unit = Literal["wd", "d", "m", "y", "date"]
_LEAP_YEAR: Final = 2024
_LONGEST_IN_MONTHS: Final = 120


class Period(Record):
    """A length of time, or a day of the year or month, as a rule states it.

    Attributes:
        length: How many of `unit`; zero only for a date that a paper names itself.
        unit: Working days, calendar days, months, years, or a fixed date.
        month: Month of a fixed date; left out, the date comes every month.
        day: Day of a fixed date; left out, the date is the one that is given.
        at_least: A minimum (不少于): the act may follow on the day after, not before.
        counts_back: It is counted back from a day to come.
        rolls: Whether a last day of rest gives way to the next working day; a date written into a document does not.
    """

    length: Annotated[int, Field(ge=0, le=3_650)] = 0
    unit: Unit
    month: Annotated[int, Field(ge=1, le=12)] | None = None
    day: Annotated[int, Field(ge=1, le=31)] | None = None
    at_least: bool = False
    counts_back: bool = False
    rolls: bool = True

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        is_date = self.unit == "date"
        if is_date == (self.length > 0) or (not is_date and self.day is not None):
            message = "a period has a length, a date has a day"
            raise ValueError(message)
        if self.unit in {"m", "y"} and self.length > _LONGEST_IN_MONTHS:
            message = f"at most {_LONGEST_IN_MONTHS} months or years"
            raise ValueError(message)
        if self.month is not None and (self.day is None or self.day > monthrange(_LEAP_YEAR, self.month)[1]):
            message = f"no day {self.day} in month {self.month}"
            raise ValueError(message)
        return self

    def __str__(self) -> str:
        if self.unit == "date":
            return "-".join(f"{part:02d}" for part in (self.month, self.day) if part is not None) or "date"
        return f"{self.length} {self.unit}"


class Span(Record):
    """Days on which a clock stands still: from `first_on` up to but not including `until`."""

    first_on: date
    until: date

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.until < self.first_on:
            message = "a span ends on or after its first day"
            raise ValueError(message)
        return self

    def __contains__(self, day: date) -> bool:
        return self.first_on <= day < self.until


class Step(Record):
    """One step of a derivation: what was done, the day it led to, why."""

    step: str
    on: date
    why: str


@dataclass(frozen=True)
class Reckoning:
    """A day found, and how.

    Attributes:
        due_on: The last day that counts (Shanghai).
        raw_on: The last day before a day of rest moved it. Counted back, it is the last lawful day, and `due_on`
            the last working day up to then.
        provisional: It rests on a day that a notice to come may change.
        derivation: The steps, in order.
    """

    due_on: date
    raw_on: date
    provisional: bool
    derivation: tuple[Step, ...]

    @property
    def due_at(self) -> datetime:
        """The end of the last day, 24:00 in Shanghai, in UTC."""
        return start_of(self.due_on + ONE_DAY)


def reckon(
    period: Period,
    started_on: date,
    calendar: Calendar,
    *,
    suspended: Sequence[Span] = (),
    back: bool = False,
    revives: bool = True,
) -> Reckoning:
    """Find the day on which *period* ends when it is counted from *started_on*, which itself does not count.

    Args:
        suspended: Stretches that are taken out, in order, apart from each other.
        back: Count from a day to come to the last day on which the act is early enough.
        revives: A clock stopped after its last day gets one working day when it runs again; a right that was lost
            by then does not come back.

    Raises:
        ValueError: The spans overlap, or a period counted back stands still.
    """
    spans = tuple(span for span in suspended if span.first_on < span.until)
    if any(later.first_on < earlier.until for earlier, later in pairwise(spans)):
        message = "spans stand in order, apart from each other"
        raise ValueError(message)
    if back or period.counts_back:
        if spans:
            message = "a period counted back does not stand still"
            raise ValueError(message)
        return _back(period, started_on, calendar)
    return _forward(period, started_on, calendar, spans, revives=revives)


def working_days_after(day: date, length: int, calendar: Calendar) -> date:
    """Give the *length*-th working day after *day*."""
    return _count(day, length, calendar)[-1]


def working_days_before(day: date, length: int, calendar: Calendar) -> date:
    """Give the *length*-th working day before *day*."""
    for _ in range(length):
        day = calendar.working_on_or_before(day - ONE_DAY)
    return day


def end_of_term(term: Period, first_on: date) -> date:
    """Give the last day of a term of months or years whose first day counts: 1 January to 31 December."""
    return add_months(first_on, _months(term)) - ONE_DAY


def _months(period: Period) -> int:
    return period.length * (MONTHS_IN_YEAR if period.unit == "y" else 1)


def _forward(
    period: Period, started_on: date, calendar: Calendar, spans: Sequence[Span], *, revives: bool
) -> Reckoning:
    steps = [_start(period, started_on)]
    looked_at: list[date] = []
    if period.unit == "wd":
        passed = _count(started_on, period.length, calendar, spans)
        raw_on = passed[-1]
        looked_at += passed
        steps += _remarkable(passed, calendar)
    else:
        raw_on = _end_of_calendar_period(period, started_on, spans)
    steps += [
        Step(step="out", on=span.first_on, why=f"until {span.until}") for span in spans if span.first_on <= raw_on
    ]
    steps.append(Step(step="count", on=raw_on, why=str(period)))
    due_on = raw_on
    if period.unit != "date" and period.rolls:
        due_on = calendar.working_on_or_after(raw_on)
        looked_at += _days(raw_on, due_on)
        if due_on > raw_on:
            steps.append(Step(step="roll", on=due_on, why="rest_day"))
    for span in spans:
        if due_on in span or (revives and span.first_on > due_on):
            due_on = calendar.working_on_or_after(span.until)
            looked_at += _days(span.until, due_on)
            steps.append(Step(step="resume", on=due_on, why="1 wd"))
    return _reckoning(due_on, raw_on, looked_at, calendar, steps)


def _end_of_calendar_period(period: Period, started_on: date, spans: Sequence[Span]) -> date:
    if period.unit == "date":
        return _next_date(period, started_on)
    days = period.length
    if period.unit in {"m", "y"}:
        days = (add_months(started_on, _months(period)) - started_on).days
    day = started_on
    while days:
        day += ONE_DAY
        days -= not _stands(day, spans)
    return day


def _next_date(period: Period, started_on: date) -> date:
    """Find the first such date on or after the day that is given."""
    if period.day is None:
        return started_on
    day = started_on
    while day.day != min(period.day, monthrange(day.year, day.month)[1]) or (period.month or day.month) != day.month:
        day += ONE_DAY
    return day


def _back(period: Period, started_on: date, calendar: Calendar) -> Reckoning:
    steps, looked_at = [_start(period, started_on)], list[date]()
    if period.unit == "wd":
        looked_at = _days(working_days_before(started_on, period.length, calendar), started_on - ONE_DAY)
        steps += _remarkable(looked_at, calendar)
        raw_on = working_days_before(started_on, period.length - 1, calendar) - ONE_DAY
    elif period.unit in {"m", "y"}:
        raw_on = add_months(started_on, -_months(period))
    else:
        raw_on = date.fromordinal(started_on.toordinal() - period.length)
    steps.append(Step(step="count_back", on=raw_on, why=str(period)))
    due_on = raw_on
    if period.rolls and period.unit != "date":
        due_on = calendar.working_on_or_before(raw_on)
        looked_at += _days(due_on, raw_on)
    if due_on < raw_on:
        steps.append(Step(step="roll_back", on=due_on, why="rest_day"))
    return _reckoning(due_on, raw_on, looked_at, calendar, steps)


def _start(period: Period, started_on: date) -> Step:
    return Step(step="start", on=started_on, why="given" if period.unit == "date" else "first_day_does_not_count")


def _reckoning(
    due_on: date, raw_on: date, looked_at: Iterable[date], calendar: Calendar, steps: list[Step]
) -> Reckoning:
    unsettled = [day for day in looked_at if not calendar.is_settled(day)]
    if unsettled:
        steps.append(Step(step="provisional", on=min(unsettled), why="year_not_announced"))
    return Reckoning(due_on, raw_on, bool(unsettled), tuple(steps))


def _count(started_on: date, length: int, calendar: Calendar, spans: Sequence[Span] = ()) -> list[date]:
    """Give every day passed until *length* working days have counted, the last of them at the end."""
    passed = [] if length else [started_on]
    day = started_on
    while length:
        day += ONE_DAY
        passed.append(day)
        length -= calendar.is_working(day) and not _stands(day, spans)
    return passed


def _stands(day: date, spans: Sequence[Span]) -> bool:
    return any(day in span for span in spans)


def _days(first: date, last: date) -> list[date]:
    return [date.fromordinal(ordinal) for ordinal in range(first.toordinal(), last.toordinal() + 1)]


def _remarkable(passed: Iterable[date], calendar: Calendar) -> list[Step]:
    """Name what a person counting on paper might miss: holidays, as stretches, and weekends that are worked."""
    steps: list[Step] = []
    until: date | None = None
    for day in passed:
        if calendar.is_made_up(day):
            steps.append(Step(step="make_up_day", on=day, why="worked"))
        elif calendar.is_day_off(day):
            if until == day - ONE_DAY:
                steps[-1] = Step(step="holiday", on=steps[-1].on, why=f"until {day}")
            else:
                steps.append(Step(step="holiday", on=day, why=f"until {day}"))
            until = day
    return steps
