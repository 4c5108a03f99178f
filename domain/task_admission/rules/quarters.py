"""The stretches of the year that are reported on: quarters, unless a pack names another length.

Source:
    S1e-29; dossier §4.1 T10.
"""

from datetime import date
from typing import Final

from domain.kernel.errors import Refused
from domain.kernel.facts import Facts
from domain.kernel.months import MONTHS_IN_YEAR
from domain.kernel.periods import Period, end_of_term
from domain.task_admission.rules.parameters import FUND_USE_REPORT_EVERY
from domain.task_admission.state import Active, ExitReview, Suspended

SOURCE: Final = "S1e-29, dossier §4.1 T10"
Begun = Active | Suspended | ExitReview
"""Stages at which there is work to report on."""


def quarter_end(day: date, facts: Facts) -> date:
    """Give the last day of the quarter in which a day lies; quarters begin with the year."""
    every = facts.law[FUND_USE_REPORT_EVERY].value
    months = every.length * (MONTHS_IN_YEAR if every.unit == "y" else 1)
    passed = months * ((day.month - 1) // months + 1)
    return end_of_term(Period(length=passed, unit="m"), date(day.year, 1, 1))


def check_quarter(until_on: date, state: Begun, facts: Facts) -> None:
    """Let only a quarter be reported on in which there was work, and that is over.

    Raises:
        Refused: `task_admission.no_such_quarter`, `task_admission.quarter_not_over`.
    """
    ends_on = quarter_end(until_on, facts)
    if ends_on != until_on or until_on < state.activated.on:
        first = quarter_end(state.activated.on, facts)
        said = {"until_on": until_on.isoformat(), "quarter_end": max(ends_on, first).isoformat()}
        raise Refused("task_admission.no_such_quarter", SOURCE, **said)
    if facts.asked.on <= until_on:
        raise Refused("task_admission.quarter_not_over", SOURCE, until_on=until_on.isoformat())
