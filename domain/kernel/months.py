"""Months as the law counts them: to the corresponding day, or to the month's last."""

from calendar import monthrange
from datetime import date
from typing import Final

MONTHS_IN_YEAR: Final = 12


def add_months(day: date, months: int) -> date:
    """Give the corresponding day *months* later (or earlier), or that month's last day where there is none."""
    years, month = divmod(day.year * MONTHS_IN_YEAR + day.month - 1 + months, MONTHS_IN_YEAR)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))
