"""The calendar years that come with this version, held against a second source."""

from datetime import date, timedelta
from pathlib import Path

import holidays
import pytest

from adapters.calendars import announced_year, read_calendar, read_year, yaml_of
from domain.kernel.errors import BadInput

FOLDER = Path(__file__).parents[2] / "policy" / "calendars"
CALENDAR = read_calendar(FOLDER)
LAST_ANNOUNCED = 2026


def days_of(years):
    first, last = date(years[0], 1, 1), date(years[-1], 12, 31)
    return [first + timedelta(days=each) for each in range((last - first).days + 1)]


def test_every_day_of_the_announced_years_agrees_with_an_independent_calendar():
    years = range(2010, LAST_ANNOUNCED + 1)
    other = holidays.country_holidays("CN", years=years)
    assert [day for day in days_of(years) if CALENDAR.is_working(day) != other.is_working_day(day)] == []


def test_the_expected_years_hold_the_statutory_days():
    for year in (each for each in CALENDAR.years if not each.announced):
        assert set(year.days_off) == set(holidays.country_holidays("CN", years=year.year))
        assert year.make_up_days == ()


def test_the_years_are_announced_up_to_the_last_notice_and_no_further():
    announced = [each.year for each in CALENDAR.years if each.announced]
    assert announced == list(range(2004, LAST_ANNOUNCED + 1))


@pytest.mark.parametrize("day", ["2026-02-14", "2026-02-28", "2018-12-29", "2019-09-29", "2025-10-11"])
def test_a_weekend_that_is_made_up_is_worked(day):
    assert CALENDAR.is_working(date.fromisoformat(day))


@pytest.mark.parametrize("year", [2004, 2018, 2026])
def test_the_command_writes_the_same_file_again(year):
    path = FOLDER / f"{year}.yaml"
    assert yaml_of(announced_year(year)) == path.read_text(encoding="utf-8")
    assert announced_year(year) == read_year(path)


def test_a_year_the_source_does_not_hold_is_not_made_up():
    with pytest.raises(BadInput, match="2027"):
        announced_year(2027)


def test_a_date_that_does_not_exist_is_named_by_its_line(tmp_path):
    path = tmp_path / "2027.yaml"
    path.write_text("year: 2027\nsource: x\ndays_off:\n  - 2027-01-01\n  - 2027-02-30\n", encoding="utf-8")
    with pytest.raises(BadInput) as bad:
        read_year(path)
    assert bad.value.where.endswith("2027.yaml:5: days_off.1")
