"""The state of a case from its events alone: as of a day, as of an instant, or at a version.

*As of* asks what had been decided by then: an event counts when it was decided at or before the instant, whichever
legal day its act bears. A day stands for its end, 24:00 in Shanghai. An act of an earlier day that was recorded later
is therefore not there yet: nobody could have known of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, cast

from pydantic import JsonValue, ValidationError
from pydantic_core import from_json

from audit.ports import EventRow, HeadRow, Record
from domain.kernel.decision import Case
from domain.kernel.entries import instant_text
from domain.kernel.errors import BadInput, CorruptHistory
from domain.kernel.messages import Event, start_of
from domain.kernel.process import Process


@dataclass(frozen=True)
class Happened:
    """One event with the envelope it was stored in."""

    event: Event
    version: int
    envelope: Mapping[str, Any]


def end_of(day: date) -> datetime:
    """Give the last instant of a legal date that the record can tell apart, in UTC."""
    return start_of(day + timedelta(days=1)) - timedelta(microseconds=1)


def read(process: Process[Any, Any, Any], row: EventRow, envelope: Mapping[str, Any] | None = None) -> Happened:
    """Read one stored event.

    Args:
        envelope: What its body says, where that has been read already.

    Raises:
        CorruptHistory: Its body is no event of this process.
    """
    if envelope is None:
        envelope = body_from(row.body, f"{row.stream}@{row.version}")
    data = cast("object", envelope.get("data"))
    if not isinstance(data, dict):
        raise CorruptHistory(f"{row.stream}@{row.version}: an event without data")
    return Happened(process.events.restore(row.type, cast("dict[str, Any]", data)), row.version, envelope)


def body_from(body: bytes, where: str) -> dict[str, JsonValue]:
    """Read a stored body.

    Raises:
        CorruptHistory: It is no JSON object.
    """
    try:
        value = cast("object", from_json(body))
    except (ValueError, ValidationError):
        raise CorruptHistory(f"{where}: the body is no JSON") from None
    if not isinstance(value, dict):
        raise CorruptHistory(f"{where}: the body is no object")
    return cast("dict[str, JsonValue]", value)


def step(process: Process[Any, Any, Any], case: Case[Any], happened: Happened) -> Case[Any]:
    """Let one stored event happen to a case.

    Raises:
        CorruptHistory: It is not the next one.
    """
    if happened.version != case.version + 1:
        raise CorruptHistory(f"{case.id}: after version {case.version} comes {happened.version}")
    after = process.fold(case, (happened.event,))
    if after.version == 1:
        return replace(after, correlation_id=happened.envelope.get("correlation_id"))
    return after


def folded(process: Process[Any, Any, Any], tenant: str, case_id: str, rows: Iterable[EventRow]) -> Case[Any]:
    """Fold stored events, from the first on.

    Raises:
        CorruptHistory: One is missing or cannot be read.
    """
    case = process.begin(tenant, case_id)
    for row in rows:
        case = step(process, case, read(process, row))
    return case


def known_by(rows: Sequence[EventRow], instant: datetime) -> Sequence[EventRow]:
    """Give the events that had been decided by *instant* (aware), in order of version.

    One case's events are decided in order, so they are the first ones; the first decided later ends the list.
    """
    latest = instant_text(instant)
    for count, row in enumerate(rows):
        if str(body_from(row.body, f"{row.stream}@{row.version}").get("decided_at", "")) > latest:
            return rows[:count]
    return rows


@dataclass(frozen=True)
class History:
    """The stored events of one case, from the first on."""

    process: Process[Any, Any, Any]
    tenant: str
    rows: Sequence[EventRow]


async def recorded(
    record: Record,
    processes: Mapping[str, Process[Any, Any, Any]],
    case_id: str,
    *,
    as_of: datetime | None = None,
    at_version: int | None = None,
) -> History:
    """Read a case's events: all of them, those decided by an instant, or those up to a version.

    Args:
        as_of: Aware; for a day, `end_of` it.

    Raises:
        BadInput: No such case, or no such version of it.
    """
    heads = [HeadRow._make(row) for row in await record.heads_of([case_id])]
    if not heads:
        raise BadInput("case", case_id, "the id of a case that is recorded")
    rows: Sequence[EventRow] = [EventRow._make(row) for row in await record.events_of([case_id])]
    if at_version is not None:
        if not 0 <= at_version <= len(rows):
            raise BadInput("--at-version", str(at_version), f"0 to {len(rows)}")
        rows = rows[:at_version]
    if as_of is not None:
        rows = known_by(rows, as_of)
    return History(processes[heads[0].process], heads[0].tenant, rows)


async def state_of(
    record: Record,
    processes: Mapping[str, Process[Any, Any, Any]],
    case_id: str,
    *,
    as_of: datetime | None = None,
    at_version: int | None = None,
) -> tuple[Process[Any, Any, Any], Case[Any]]:
    """Give a case from its events alone: all of them, those decided by an instant, or those up to a version.

    Args:
        as_of: Aware; for a day, `end_of` it.

    Raises:
        BadInput: No such case, or no such version of it.
        CorruptHistory: An event is missing or cannot be read.
    """
    history = await recorded(record, processes, case_id, as_of=as_of, at_version=at_version)
    return history.process, folded(history.process, history.tenant, case_id, history.rows)
