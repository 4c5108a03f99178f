"""A working day is no weekend and no holiday, or a weekend that is made up; a year nobody announced is provisional."""

from datetime import date

import pytest
from pydantic import ValidationError

from domain.kernel.calendar import Calendar, CalendarYear

NEW_YEAR = CalendarYear(
    year=2026, days_off=(date(2026, 1, 1), date(2026, 1, 2)), make_up_days=(date(2026, 1, 4),), source="notice"
)
EXPECTED = CalendarYear(year=2027, announced=False, days_off=(date(2027, 1, 1),), source="statute")
CALENDAR = Calendar(years=(NEW_YEAR, EXPECTED))


def test_a_weekday_is_worked_and_a_weekend_is_not():
    assert CALENDAR.is_working(date(2026, 1, 5))
    assert not CALENDAR.is_working(date(2026, 1, 10))


def test_a_day_off_is_not_worked_and_a_made_up_sunday_is():
    assert not CALENDAR.is_working(date(2026, 1, 2))
    assert CALENDAR.is_working(date(2026, 1, 4))
    assert CALENDAR.is_made_up(date(2026, 1, 4))
    assert CALENDAR.is_day_off(date(2026, 1, 2))


def test_the_nearest_working_days_are_found_on_both_sides():
    assert CALENDAR.working_on_or_after(date(2026, 1, 1)) == date(2026, 1, 4)
    assert CALENDAR.working_on_or_before(date(2026, 1, 3)) == date(2025, 12, 31)
    assert CALENDAR.working_on_or_after(date(2026, 1, 5)) == date(2026, 1, 5)


def test_a_day_of_an_announced_year_is_settled_but_for_the_last_days_before_an_unannounced_one():
    assert CALENDAR.is_settled(date(2026, 12, 23))
    assert not CALENDAR.is_settled(date(2026, 12, 29))
    assert CALENDAR.with_year(EXPECTED.model_copy(update={"announced": True})).is_settled(date(2026, 12, 29))


def test_a_year_that_is_only_expected_and_a_year_nobody_speaks_of_are_not_settled():
    assert not CALENDAR.is_announced(2027)
    assert not CALENDAR.is_settled(date(2027, 3, 1))
    assert not CALENDAR.is_settled(date(2003, 3, 3))
    assert not CALENDAR.is_working(date(2027, 1, 1))


def test_a_published_year_takes_the_place_of_what_was_expected():
    notice = CalendarYear(year=2027, days_off=(date(2027, 1, 1),), make_up_days=(date(2027, 1, 3),), source="notice")
    later = CALENDAR.with_year(notice)
    assert [each.year for each in later.years] == [2026, 2027]
    assert later.is_working(date(2027, 1, 3))
    assert later.version != CALENDAR.version


def test_the_version_names_the_last_announced_year_and_the_days():
    assert CALENDAR.version.startswith("2026@")
    assert CALENDAR.digest == Calendar.model_validate_json(CALENDAR.model_dump_json()).digest
    assert Calendar().version.startswith("none@")


@pytest.mark.parametrize(
    "wrong",
    [
        {"year": 2026, "days_off": (date(2025, 1, 1),)},
        {"year": 2026, "days_off": (), "make_up_days": (date(2026, 1, 5),)},
        {"year": 2026, "days_off": (date(2026, 1, 4),), "make_up_days": (date(2026, 1, 4),)},
        {"year": 2026, "announced": False, "days_off": (), "make_up_days": (date(2026, 1, 4),)},
    ],
)
def test_a_year_that_does_not_hold_together_is_no_year(wrong):
    with pytest.raises(ValidationError):
        CalendarYear(source="x", **wrong)


def test_a_calendar_names_each_year_once_and_in_order():
    with pytest.raises(ValidationError, match="once"):
        Calendar(years=(EXPECTED, NEW_YEAR))
