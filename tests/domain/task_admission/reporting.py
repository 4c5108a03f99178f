"""The work's quarters: what was spent, the report on it, and what is held while it is late."""

from dataclasses import replace
from datetime import date
from typing import Any

from domain.kernel.clock_events import DeclareMissed
from domain.task_admission.commands import (
    HoldNextTranche,
    RecordExpenditure,
    RecordSatisfaction,
    ReportFundUse,
    ReportWorkload,
)
from tests.domain.task_admission.district import District, organisation, seat
from tests.domain.task_admission.main_line import active, after
from tests.domain.task_admission.owed import halfway, with_seats

FIRST_QUARTER = date(2026, 6, 30)
REPORT_DUE = date(2026, 7, 14)
HELD_ON = date(2026, 7, 28)
NEXT_QUARTER = date(2026, 9, 30)
NEXT_DUE = date(2026, 10, 20)
SECOND_DUE = date(2027, 1, 4)
"""The day of the second payment of `halfway`."""
SPENT_ON = date(2026, 6, 20)


def spend(amount_fen: int = 1_000_000, **said: Any) -> RecordExpenditure:
    booked = {"source": "department_budget", "purpose": "elder_meals", "year": 2026, "what": "送餐员补贴"}
    return RecordExpenditure.model_validate(booked | {"amount_fen": amount_fen, "voucher": "H-1"} | said)


def spent(there: District | None = None, amount_fen: int = 1_000_000, on: date = SPENT_ON, **said: Any) -> District:
    return after(there or active(), spend(amount_fen, **said), "ji", on)


def report(until_on: date = FIRST_QUARTER, lines: Any = None) -> ReportFundUse:
    return ReportFundUse(until_on=until_on, lines=lines)


def reported(there: District | None = None, on: date = REPORT_DUE, until_on: date = FIRST_QUARTER) -> District:
    return after(there or spent(), report(until_on), "ji", on)


def late(there: District | None = None) -> District:
    """Give an item whose first report was missed."""
    return after(there or halfway(), DeclareMissed(limit="fund_use_report"), "schedule", date(2026, 7, 15))


def held(there: District | None = None) -> District:
    """Give an item whose second payment is held, because its first report is ten working days late."""
    return after(there or late(), HoldNextTranche(), "schedule", HELD_ON)


def with_surveyor(there: District | None = None) -> District:
    """Give a district with a body that asks recipients; the committee's own clerk has a seat of that kind, too."""
    there = there or active()
    asking = (seat("gu", "centre", "surveyor"), seat("shi", "harbour", "surveyor"), seat("lu", "health", "surveyor"))
    there = with_seats(there, *asking)
    return replace(there, organisations=(*there.organisations, organisation("centre", "social_organisation")))


def workload(**said: Any) -> ReportWorkload:
    return ReportWorkload.model_validate({"until_on": FIRST_QUARTER, "hours": 44, "quantity": 300} | said)


def survey(asked: int = 100, answered: int = 83, satisfied: int = 71, **said: Any) -> RecordSatisfaction:
    counts = {"asked": asked, "answered": answered, "satisfied": satisfied}
    return RecordSatisfaction.model_validate({"until_on": FIRST_QUARTER, "report": "调〔2026〕2号"} | counts | said)
