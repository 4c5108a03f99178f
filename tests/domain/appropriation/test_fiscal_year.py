"""A budget is a year's: granted for that year or ahead of it, settled afterwards (S0-45, dossier §3.3)."""

from datetime import UTC, date, datetime

import pytest

from tests.domain.appropriation.budget import amend, amended, budgeted, by_finance, grant, granted, new


@pytest.mark.parametrize("year", [2026, 2027, 2028])
def test_the_current_year_and_a_later_one_may_be_granted(year):
    by_finance(new(), grant(year=year)).then(granted(year=year))


def test_an_earlier_year_may_not():
    by_finance(new(), grant(year=2025)).then_refused("appropriation.year_over", year=2025, on="2026-03-03")


def test_the_year_is_that_of_the_day_in_shanghai():
    last = datetime(2026, 12, 31, 15, 59, 59, tzinfo=UTC)
    by_finance(new(), grant(), received_at=last).then(granted())
    first = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)
    by_finance(new(), grant(), received_at=first).then_refused("appropriation.year_over", on="2027-01-01")


def test_what_was_granted_in_time_may_be_entered_late_with_its_evidence():
    late = by_finance(new(), grant(), on=date(2027, 1, 11), act_on=date(2026, 12, 30), evidence="财预〔2026〕99号")
    late.then(granted())


def test_nothing_more_is_granted_for_a_year_that_is_over():
    last, first = date(2026, 12, 31), date(2027, 1, 1)
    by_finance(budgeted(), amend(5), on=last).then(amended(5))
    by_finance(budgeted(), amend(5), on=first).then_refused("appropriation.year_over", year=2026, on="2027-01-01")


def test_what_is_left_of_a_year_that_is_over_is_taken_back():
    by_finance(budgeted(available=5), amend(-5), on=date(2027, 3, 1)).then(amended(-5))
