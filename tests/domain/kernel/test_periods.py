"""The first day does not count; a last day of rest gives way; a day of rest in a working-day period does not count.

Source: Civil Code art. 200-203; dossier §3.2, §6.6.
"""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from adapters.calendars import read_calendar
from domain.kernel.calendar import ONE_DAY
from domain.kernel.months import add_months
from domain.kernel.periods import (
    Period,
    Span,
    end_of_term,
    reckon,
    working_days_after,
    working_days_before,
)

CALENDAR = read_calendar(Path(__file__).parents[3] / "policy" / "calendars")
DAYS = st.dates(date(2010, 1, 1), date(2026, 6, 30))
LENGTHS = st.integers(1, 60)


def wd(length: int) -> Period:
    return Period(length=length, unit="wd")


def days(length: int) -> Period:
    return Period(length=length, unit="d")


def test_a_period_of_days_ends_at_midnight_in_shanghai():
    found = reckon(days(30), date(2025, 9, 29), CALENDAR)
    assert found.due_on == date(2025, 10, 29)
    assert found.due_at == datetime(2025, 10, 29, 16, tzinfo=UTC)


def test_a_last_day_of_rest_gives_way_to_the_next_working_day_and_says_so():
    found = reckon(days(30), date(2025, 9, 1), CALENDAR)
    assert (found.raw_on, found.due_on) == (date(2025, 10, 1), date(2025, 10, 9))
    assert [step.step for step in found.derivation] == ["start", "count", "roll"]


def test_a_date_written_in_a_document_does_not_give_way():
    june = Period(unit="date", month=6, day=20, rolls=False)
    for year in (2020, 2026):
        assert reckon(june, date(year, 6, 20), CALENDAR).due_on == date(year, 6, 20)
    assert working_days_before(date(2026, 6, 20), 1, CALENDAR) == date(2026, 6, 18)


def test_a_date_comes_every_year_or_every_month_or_as_it_is_given():
    assert reckon(Period(unit="date", month=6, day=20), date(2026, 6, 21), CALENDAR).due_on == date(2027, 6, 20)
    assert reckon(Period(unit="date", day=20), date(2026, 3, 21), CALENDAR).due_on == date(2026, 4, 20)
    assert reckon(Period(unit="date", day=31), date(2026, 4, 2), CALENDAR).due_on == date(2026, 4, 30)
    assert reckon(Period(unit="date"), date(2026, 6, 20), CALENDAR).due_on == date(2026, 6, 20)


def test_a_month_without_the_corresponding_day_ends_on_its_last_and_that_saturday_is_worked():
    assert reckon(Period(length=1, unit="m"), date(2026, 1, 31), CALENDAR).due_on == date(2026, 2, 28)


def test_a_year_ends_on_the_corresponding_day():
    assert reckon(Period(length=15, unit="y", rolls=False), date(2012, 2, 29), CALENDAR).due_on == date(2027, 2, 28)


def test_a_term_whose_first_day_counts_ends_the_day_before_the_corresponding_one():
    assert end_of_term(Period(length=1, unit="y"), date(2026, 1, 1)) == date(2026, 12, 31)
    assert end_of_term(Period(length=3, unit="m"), date(2026, 1, 1)) == date(2026, 3, 31)


def test_the_derivation_names_holidays_and_worked_weekends():
    steps = [(each.step, each.on) for each in reckon(wd(5), date(2026, 2, 12), CALENDAR).derivation]
    assert ("make_up_day", date(2026, 2, 14)) in steps
    assert ("holiday", date(2026, 2, 15)) in steps


def test_seven_days_before_a_hearing_is_a_holiday_so_the_papers_go_out_on_the_working_day_before():
    found = reckon(days(7), date(2026, 5, 12), CALENDAR, back=True)
    assert (found.raw_on, found.due_on) == (date(2026, 5, 5), date(2026, 4, 30))


def test_thirty_working_days_before_a_start_over_spring_festival():
    assert reckon(wd(30), date(2026, 3, 2), CALENDAR, back=True).due_on == date(2026, 1, 13)


def test_a_weekend_before_the_last_working_day_back_is_early_enough_too():
    found = reckon(wd(1), date(2026, 3, 9), CALENDAR, back=True)
    assert (found.due_on, found.raw_on) == (date(2026, 3, 6), date(2026, 3, 8))


def test_a_period_of_its_own_counts_back_without_being_told():
    review = Period(length=30, unit="d", counts_back=True, rolls=False)
    assert reckon(review, date(2026, 12, 31), CALENDAR).due_on == date(2026, 12, 1)
    month = Period(length=1, unit="m", counts_back=True, rolls=False)
    assert reckon(month, date(2026, 3, 31), CALENDAR).due_on == date(2026, 2, 28)
    assert reckon(Period(unit="date"), date(2026, 6, 20), CALENDAR, back=True).due_on == date(2026, 6, 20)


def test_a_consultation_of_seven_days_in_2019_had_six_working_days_because_a_sunday_was_worked():
    counted = [each for each in range(1, 8) if CALENDAR.is_working(date(2019, 9, 23) + timedelta(days=each))]
    assert len(counted) == 6


def test_a_suspended_span_is_taken_out_up_to_but_not_including_its_end():
    span = Span(first_on=date(2026, 3, 9), until=date(2026, 3, 16))
    assert reckon(wd(30), date(2026, 3, 2), CALENDAR, suspended=[span]).due_on == date(2026, 4, 21)
    assert reckon(days(30), date(2026, 3, 2), CALENDAR, suspended=[span]).raw_on == date(2026, 4, 8)
    assert reckon(Period(length=1, unit="m"), date(2026, 3, 2), CALENDAR, suspended=[span]).raw_on == date(2026, 4, 9)


def test_a_clock_stopped_on_its_last_day_has_that_day_left():
    span = Span(first_on=date(2026, 3, 9), until=date(2026, 3, 12))
    assert reckon(wd(5), date(2026, 3, 2), CALENDAR, suspended=[span]).due_on == date(2026, 3, 12)


def test_a_clock_stopped_after_its_last_day_gets_one_working_day_when_it_runs_again():
    span = Span(first_on=date(2026, 3, 11), until=date(2026, 3, 14))
    found = reckon(wd(5), date(2026, 3, 2), CALENDAR, suspended=[span])
    assert found.due_on == date(2026, 3, 16)
    assert found.derivation[-1].step == "resume"


def test_a_right_that_was_lost_does_not_come_back_by_a_later_stop():
    span = Span(first_on=date(2026, 3, 11), until=date(2026, 3, 14))
    assert reckon(wd(5), date(2026, 3, 2), CALENDAR, suspended=[span], revives=False).due_on == date(2026, 3, 9)


def test_a_clock_stopped_while_its_last_day_of_rest_gives_way_keeps_its_last_working_day():
    span = Span(first_on=date(2026, 3, 8), until=date(2026, 3, 11))
    found = reckon(days(5), date(2026, 3, 2), CALENDAR, suspended=[span], revives=False)
    assert (found.raw_on, found.due_on) == (date(2026, 3, 7), date(2026, 3, 11))


def test_a_span_that_ends_on_its_first_day_takes_nothing_out():
    span = Span(first_on=date(2026, 3, 4), until=date(2026, 3, 4))
    plain = reckon(wd(5), date(2026, 3, 2), CALENDAR)
    assert reckon(wd(5), date(2026, 3, 2), CALENDAR, suspended=[span]) == plain


def test_spans_that_overlap_and_spans_of_a_period_counted_back_are_errors():
    one, other = (Span(first_on=date(2026, 3, day), until=date(2026, 3, day + 5)) for day in (4, 6))
    with pytest.raises(ValueError, match="apart"):
        reckon(wd(5), date(2026, 3, 2), CALENDAR, suspended=[one, other])
    with pytest.raises(ValueError, match="back"):
        reckon(wd(5), date(2026, 3, 2), CALENDAR, suspended=[one], back=True)


def test_a_day_in_a_year_nobody_announced_is_provisional():
    found = reckon(wd(5), date(2026, 12, 30), CALENDAR)
    assert found.provisional
    assert found.derivation[-1].step == "provisional"
    assert not reckon(wd(5), date(2026, 12, 10), CALENDAR).provisional
    assert reckon(days(30), date(2026, 12, 10), CALENDAR).provisional


@pytest.mark.parametrize(
    "wrong",
    [
        {"length": 0, "unit": "wd"},
        {"length": 5, "unit": "date"},
        {"length": 5, "unit": "wd", "day": 3},
        {"unit": "date", "month": 2, "day": 30},
        {"unit": "date", "month": 2},
        {"length": 5, "unit": "weeks"},
        {"length": -1, "unit": "d"},
        {"length": True, "unit": "d"},
        {"length": 2.0, "unit": "d"},
        {"length": 500, "unit": "y"},
    ],
)
def test_what_is_no_period_is_refused(wrong):
    with pytest.raises(ValidationError):
        Period(**wrong)


def test_a_span_does_not_end_before_it_begins():
    with pytest.raises(ValidationError):
        Span(first_on=date(2026, 3, 2), until=date(2026, 3, 1))


@given(DAYS, LENGTHS)
def test_so_many_working_days_lie_between_the_first_day_and_the_last(start, length):
    due = reckon(wd(length), start, CALENDAR).due_on
    passed = (start + timedelta(days=each) for each in range(1, (due - start).days + 1))
    assert sum(CALENDAR.is_working(day) for day in passed) == length
    assert CALENDAR.is_working(due)
    assert due == working_days_after(start, length, CALENDAR)


@given(DAYS, LENGTHS)
def test_from_a_working_day_back_and_forth_is_the_same_day(day, length):
    day = CALENDAR.working_on_or_after(day)
    assert working_days_before(working_days_after(day, length, CALENDAR), length, CALENDAR) == day
    assert working_days_after(working_days_before(day, length, CALENDAR), length, CALENDAR) == day


@given(DAYS, LENGTHS)
def test_the_last_lawful_day_back_is_in_time_for_a_working_day_and_the_day_after_is_not(day, length):
    day = CALENDAR.working_on_or_after(day)
    raw_on = reckon(wd(length), day, CALENDAR, back=True).raw_on
    assert working_days_after(raw_on, length, CALENDAR) <= day
    assert working_days_after(raw_on + ONE_DAY, length, CALENDAR) > day


@given(DAYS, st.integers(1, 400))
def test_a_period_of_days_never_ends_early_nor_on_a_day_of_rest(start, length):
    found = reckon(days(length), start, CALENDAR)
    assert found.raw_on == start + timedelta(days=length) <= found.due_on
    assert CALENDAR.is_working(found.due_on)
    assert not any(CALENDAR.is_working(found.raw_on + ONE_DAY * n) for n in range((found.due_on - found.raw_on).days))


@given(DAYS, LENGTHS, st.integers(0, 40), st.integers(0, 40), st.sampled_from(["wd", "d", "m"]))
def test_a_suspension_never_brings_the_last_day_forward(start, length, after, lasting, unit):
    period = Period(length=min(length, 24) if unit == "m" else length, unit=unit)
    span = Span(first_on=start + timedelta(days=after), until=start + timedelta(days=after + lasting))
    shorter = Span(first_on=span.first_on, until=span.first_on + timedelta(days=lasting // 2))
    plain, half, whole = (reckon(period, start, CALENDAR, suspended=spans).due_on for spans in ([], [shorter], [span]))
    assert plain <= half <= whole


@given(DAYS, LENGTHS, st.integers(1, 20), st.integers(1, 40))
def test_working_days_taken_out_are_added_at_the_end(start, length, after, lasting):
    span = Span(first_on=start + timedelta(days=after), until=start + timedelta(days=after + lasting))
    plain = reckon(wd(length), start, CALENDAR).due_on
    out = sum(CALENDAR.is_working(span.first_on + timedelta(days=each)) for each in range(lasting))
    if span.first_on <= plain:
        due = reckon(wd(length), start, CALENDAR, suspended=[span]).due_on
        assert due == working_days_after(start, length + out, CALENDAR)


@given(DAYS, st.integers(-60, 60))
def test_a_corresponding_day_is_the_same_day_of_its_month_or_the_last(day, months):
    other = add_months(day, months)
    assert (other.year - day.year) * 12 + other.month - day.month == months
    assert other.day == day.day or (other + ONE_DAY).day == 1
