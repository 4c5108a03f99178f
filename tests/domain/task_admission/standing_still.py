"""Work that stands still: for a leg that the record found lost, or for a cause that somebody named."""

from datetime import date, timedelta
from typing import Any

from domain.task_admission.commands import BeginTask, EndCure, RecheckProof, ResumeTask, SuspendTask
from domain.task_admission.commands.legs import Assignment
from tests.domain.task_admission.district import START, District, entry, published, seat, version
from tests.domain.task_admission.main_line import END, SIGNED_ON, active, after, agreed, grant, name_people
from tests.domain.task_admission.owed import delivered, listed, staffed, with_seats

ONE_DAY = timedelta(days=1)
MANDATE_ENDS = date(2026, 12, 31)
LOST_ON = MANDATE_ENDS + ONE_DAY
"""A day of rest, New Year; ten working days later is the 15th."""
CURE_ENDS = date(2027, 1, 15)
NAMED_ON = date(2026, 9, 1)


def with_mandate(until_on: date = MANDATE_ENDS) -> District:
    """Give an active item whose authority ends before its term."""
    there = delivered(staffed(after(agreed(), grant(until_on=until_on), "chen", SIGNED_ON)))
    return after(there, BeginTask(), "schedule", START)


def without_mandate() -> District:
    """Give an item whose work stands still, because its authority has ended."""
    return after(with_mandate(), RecheckProof(because="mandate_end"), "schedule", LOST_ON)


def suspend(cause: Any = "scope_exceeded", facts: str | None = "要求居委会代为收费。") -> SuspendTask:
    return SuspendTask(cause=cause, facts=facts)


def complained(there: District | None = None, by: str = "ji", on: date = NAMED_ON) -> District:
    """Give an item whose work stands still, because the community says that its scope is exceeded."""
    return after(there or active(), suspend(), by, on)


def empower_again(from_on: date = LOST_ON, until_on: date = END) -> Any:
    return grant(from_on=from_on, until_on=until_on)


def resume(*cured: Any, reasons: str | None = "已停止超范围事项。") -> ResumeTask:
    return ResumeTask(cured=cured, reasons=reasons if cured else None)


def given_up(there: District | None = None, on: date = CURE_ENDS + ONE_DAY) -> District:
    """Give an item that was not cured in time."""
    return after(there or without_mandate(), EndCure(), "schedule", on)


def with_both_named() -> District:
    """Give an active item for which each side has named somebody: the department two, the community its clerk."""
    worker = (Assignment(person="shi", organisation="harbour", hours_a_month=8),)
    there = with_seats(agreed(), seat("shi", "harbour", "residents_committee"))
    there = after(there, name_people(people=worker, accountable_officer=None), "wu", SIGNED_ON)
    return after(delivered(staffed(after(there, grant(), "chen", SIGNED_ON))), BeginTask(), "schedule", START)


def listed_at_work() -> District:
    """Give an active item of the assistance list."""
    return after(delivered(staffed(listed())), BeginTask(), "schedule", START)


def without_entry(there: District) -> District:
    """Give the district after the list was published anew without the item's entry."""
    return there.with_list(published("assistance_list", version(1, entry("A-02", "something_else"))))
