"""The life of a case, from its events alone: where it stood from day to day, and how each of its time limits ran.

The days are legal dates in Shanghai. An act of an earlier day that was recorded later counts from its own day, but
never from before the phase it found the case in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from audit.ports import EventRow, Record
from audit.replay import read, recorded, step
from domain.kernel.clocks import Clock, Clocks
from domain.kernel.process import Process


@dataclass(frozen=True)
class Stay:
    """One stretch in one phase.

    Attributes:
        until_on: The day of the act that led on; none while the case stays there.
    """

    phase: str
    from_on: date
    until_on: date | None = None


@dataclass(frozen=True)
class Ran:
    """One limit as it was set, stood still and ended.

    Attributes:
        ended_on: The day of the act or the passing that ended it; none while it lasts.
    """

    clock: Clock
    ended_on: date | None = None


@dataclass(frozen=True)
class Life:
    """Phases in their order, limits in the order in which they were set.

    Attributes:
        is_over: Whether the last phase is an end.
    """

    stays: Sequence[Stay]
    limits: Sequence[Ran]
    is_over: bool


async def life_of(
    record: Record,
    processes: Mapping[str, Process[Any, Any, Any]],
    case_id: str,
    *,
    as_of: datetime | None = None,
    at_version: int | None = None,
) -> Life:
    """Give the life of a case up to now, to an instant, or to a version.

    Raises:
        BadInput: No such case, or no such version of it.
        CorruptHistory: An event is missing or cannot be read.
    """
    history = await recorded(record, processes, case_id, as_of=as_of, at_version=at_version)
    return lived(history.process, history.tenant, case_id, history.rows)


def lived(process: Process[Any, Any, Any], tenant: str, case_id: str, rows: Sequence[EventRow]) -> Life:
    """Fold stored events into the life they were.

    A phase that was passed through within one answer is no stay.

    Raises:
        CorruptHistory: One is missing or cannot be read.
    """
    case, stays, limits = process.begin(tenant, case_id), list[Stay](), dict[tuple[str, int], Ran]()
    happened = [read(process, row) for row in rows]
    for place, each in enumerate(happened):
        case = step(process, case, each)
        day = date.fromisoformat(str(each.envelope["on"]))
        _run(limits, case.clocks, day)
        following = happened[place + 1] if place + 1 < len(happened) else None
        if following is None or following.envelope["command_id"] != each.envelope["command_id"]:
            _stay(stays, process.view(case.state).phase, day)
    return Life(stays, [*limits.values()], case.state.is_end)


def _stay(stays: list[Stay], phase: str, day: date) -> None:
    if stays and stays[-1].phase == phase:
        return
    if stays:
        day = max(day, stays[-1].from_on)
        stays[-1] = replace(stays[-1], until_on=day)
    stays.append(Stay(phase, day))


def _run(limits: dict[tuple[str, int], Ran], clocks: Clocks, day: date) -> None:
    for clock in clocks.by_name.values():
        before = limits.get((clock.name, clock.opened_at_version))
        if before is None or before.ended_on is None:
            limits[clock.name, clock.opened_at_version] = Ran(clock, None if clock.ended is None else day)
