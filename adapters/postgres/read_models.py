"""Read models: what others see of a case, as rows; written with each decision, and made again from the events.

Every row belongs to one stream and is a function of its case alone, without a clock or a number the database gives; so
rows dropped and made again are the same to the byte.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from pydantic import JsonValue

from adapters.postgres.canonical import canonical
from domain.kernel.clocks import Clock, Clocks
from domain.kernel.decision import Case
from domain.kernel.inbox import items
from domain.kernel.messages import body_of
from domain.kernel.view import View

PROVISIONAL: Final = "provisional"
"""The index key of every open case with a limit that rests on a calendar year not yet announced."""
NO_LIMIT: Final = date.max
"""The due date of work under no limit that runs; PostgreSQL keeps it as `infinity`."""

CaseRow = tuple[str, str, str, str, str, bool, str]
DeadlineRow = tuple[str, str, str, str, str, str, date, str]
InboxRow = tuple[str, str, str, str, str, date, date, str]
KeyRow = tuple[str, str, str, str]


class Rows(NamedTuple):
    """The rows of one case, in the order of the tables' columns."""

    case: CaseRow | None
    deadlines: Mapping[str, DeadlineRow]
    inbox: Mapping[tuple[str, str, str], InboxRow]
    keys: Mapping[str, KeyRow]
    clocks: Clocks


class Changes(NamedTuple):
    """What one decision changes: rows to insert or replace, and what is taken away."""

    case: list[CaseRow]
    deadlines: list[DeadlineRow]
    inbox: list[InboxRow]
    inbox_gone: list[InboxRow]
    keys: list[KeyRow]
    keys_gone: list[str]


NO_ROWS: Final = Rows(None, {}, {}, {}, Clocks())


def rows_of(process: str, case: Case[Any], view: View, before: Rows = NO_ROWS) -> Rows:
    """Give every row of a case at a version.

    Args:
        before: The rows of an earlier version; those of clocks that have not changed since are taken over.
    """
    if case.version == 0:
        return NO_ROWS
    return Rows(
        _case_row(process, case, view),
        {name: _deadline_row(case, clock, before) for name, clock in case.clocks.by_name.items()},
        {(row[1], row[2], row[3]): row for row in _inbox_rows(case, view)},
        {key: (case.tenant, key, case.id, process) for key in _keys(case, view)},
        case.clocks,
    )


def changes(before: Rows, after: Rows) -> Changes:
    """Compare the rows of two versions of one case."""
    return Changes(
        [after.case] if after.case is not None and after.case != before.case else [],
        [row for name, row in after.deadlines.items() if before.deadlines.get(name) != row],
        [row for key, row in after.inbox.items() if before.inbox.get(key) != row],
        [row for key, row in before.inbox.items() if key not in after.inbox],
        [after.keys[key] for key in sorted(after.keys.keys() - before.keys.keys())],
        sorted(before.keys.keys() - after.keys.keys()),
    )


def _case_row(process: str, case: Case[Any], view: View) -> CaseRow:
    shown: dict[str, JsonValue] = {
        "parties": [body_of(each) for each in view.parties],
        "links": [body_of(each) for each in view.links],
        "correlation_id": case.correlation_id,
    }
    body = canonical(shown).decode()
    return case.id, case.tenant, process, view.phase, view.title, not case.state.is_end, body


def _deadline_row(case: Case[Any], clock: Clock, before: Rows) -> DeadlineRow:
    if before.clocks.by_name.get(clock.name) is clock:
        return before.deadlines[clock.name]
    body = canonical(body_of(clock.deadline)).decode()
    due_on, organisation = clock.deadline.due_on, clock.organisation or ""
    return case.id, clock.name, case.tenant, clock.owner, organisation, clock.state, due_on, body


def _inbox_rows(case: Case[Any], view: View) -> list[InboxRow]:
    """Give a row for each principal who sees a piece of work; of two alike the one due first comes last and stays."""
    latest_first = sorted(items(view, case.clocks), key=lambda item: item.due_on or NO_LIMIT, reverse=True)
    return [
        (case.id, item.task, item.owner, seer, case.tenant, item.due_on or NO_LIMIT, item.since, item.held_by)
        for item in latest_first
        for seer in item.seen_by
    ]


def _keys(case: Case[Any], view: View) -> tuple[str, ...]:
    """Give the keys a case is found by; a closed one hears of nothing, and keeps from others only what it used up."""
    held = view.held_keys(is_open=not case.state.is_end)
    rests_on_guess = any(deadline.provisional for deadline in case.clocks.running())
    return (*held, PROVISIONAL) if rests_on_guess and not case.state.is_end else held
