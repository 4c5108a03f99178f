"""Prove that the record is what was written: every byte, every chain, and everything made from the events.

What this can find is whatever does not fit together. Who rules the whole database can write a history that fits: take
a case away with everything that names it, or write all rows of a stream anew from some version on. Against that only
an end of the chains that is kept elsewhere helps. A forged decision that fits is found by `audit.decisions` where the
rules would not have taken it.
"""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass
from functools import reduce
from multiprocessing import get_context
from typing import Any, Final, TypeVar

from audit.accounts import check_accounts
from audit.chains import EventChains, check_end
from audit.ports import Archive, Finding, Forms, HeadRow, Progress, Record, Rows
from audit.streams import check_streams
from domain.kernel.chain import GENESIS
from domain.kernel.errors import BadInput
from domain.kernel.process import Process
from domain.processes import PROCESSES

T = TypeVar("T")
_PAGE: Final = 4_000
"""Positions read at once; a page of events fits a few megabytes."""
_STRETCH: Final = 40_000
"""Positions, at least, that are one part of the work."""
_STREAMS: Final = 2_000
"""Streams that are one part of the work."""
_BATCH: Final = 200
"""Streams whose rows are read together."""
_HEADS: Final = 10_000
"""Heads read at once."""
_ALONE: Final = 20_000
"""Up to so many events one process is done sooner than others are started."""


@dataclass(frozen=True)
class Proof:
    """What was looked at, and what is not as it was written."""

    streams: int
    events: int
    findings: tuple[Finding, ...]

    @property
    def holds(self) -> bool:
        """Whether everything is as it was written."""
        return not self.findings


@dataclass(frozen=True)
class Reading:
    """What a check reads."""

    record: Record
    forms: Forms
    processes: Mapping[str, Process[Any, Any, Any]]


class _Steps:
    """Counts what is done, and says so."""

    def __init__(self, total: int, progress: Progress) -> None:
        self._total = total
        self._done = 0
        self._progress = progress

    def done(self) -> None:
        """One step more."""
        self._done += 1
        self._progress(self._done, self._total)


def _unheard(_done: int, _total: int) -> None:
    return


async def verify_all(
    archive: Archive,
    *,
    processes: Mapping[str, Process[Any, Any, Any]] = PROCESSES,
    workers: int = 1,
    progress: Progress = _unheard,
) -> Proof:
    """Prove the whole record, as it is at the moment of the call.

    Args:
        processes: Others than the registered ones are only known to this process, which then works alone.
        workers: How many processes may work at a time; a small record is read by this one.
        progress: Told how many steps are done, and of how many.

    Raises:
        Unavailable: The store cannot be reached.
    """
    async with archive.open() as record:
        heads = await _all_heads(record)
        batches = [heads[start:end] for start, end in _parts(0, len(heads), _STREAMS)]
        async with _begun(archive, record, processes, workers) as (work, stretches):
            steps = _Steps(len(stretches) + len(batches), progress)
            chains = _laid_out(await work.each(check_events, stretches, steps))
            findings = [each for found in await work.each(_check_heads, batches, steps) for each in found]
        strays = [Finding(stream, 0, f"{table}: rows of no stream") for stream, table in await record.strays()]
        findings = [*chains.findings, *_ends(chains, heads), *findings, *strays, *await check_accounts(record)]
    return Proof(len(heads), chains.count, _in_order(findings))


async def verify_chains(
    archive: Archive, *, columns: bool = False, workers: int = 1, progress: Progress = _unheard
) -> Proof:
    """Prove the events alone: every byte and every chain up to the head of its stream, and nothing made of them.

    Args:
        columns: Whether every column is compared with the body, too.
        workers: How many processes may work at a time; a small record is read by this one.
        progress: Told how many steps are done, and of how many.

    Raises:
        Unavailable: The store cannot be reached.
    """
    async with archive.open() as record:
        heads = await _all_heads(record)
        async with _begun(archive, record, PROCESSES, workers) as (work, stretches):
            steps = _Steps(len(stretches), progress)
            chains = _laid_out(await work.each(check_events if columns else check_links, stretches, steps))
    return Proof(len(heads), chains.count, _in_order([*chains.findings, *_ends(chains, heads)]))


async def verify_streams(
    archive: Archive, streams: Sequence[str], *, processes: Mapping[str, Process[Any, Any, Any]] = PROCESSES
) -> Proof:
    """Prove some streams, each against itself.

    Raises:
        BadInput: One is not there.
        Unavailable: The store cannot be reached.
    """
    async with archive.open() as record:
        heads = [HeadRow._make(row) for row in await record.heads_of(list(streams))]
        missing = sorted(set(streams) - {head.stream for head in heads})
        if missing:
            raise BadInput("case", missing[0], "the id of a case that is recorded")
        chains = EventChains()
        chains.check(await record.events_of([head.stream for head in heads]))
        findings = [*chains.findings, *_ends(chains, heads)]
        findings += await _check_heads(Reading(record, archive.forms, processes), heads)
    return Proof(len(heads), chains.count, _in_order(findings))


async def check_events(reading: Reading, stretch: tuple[int, int]) -> EventChains:
    """Check bytes, chains and columns of the events in a stretch of the global order.

    Args:
        stretch: Positions above the first and not above the second.
    """
    return await _checked(reading.record, stretch, reading.record.events_between, EventChains.check)


async def check_links(reading: Reading, stretch: tuple[int, int]) -> EventChains:
    """Check bytes and chains alone."""
    return await _checked(reading.record, stretch, reading.record.links_between, EventChains.follow)


async def _checked(
    record: Record,
    stretch: tuple[int, int],
    rows_between: Callable[[int, int], Awaitable[Rows]],
    check: Callable[[EventChains, Rows], None],
) -> EventChains:
    chains = EventChains()
    after, until = stretch
    for start in range(after, until, _PAGE):
        rows = await rows_between(start, min(start + _PAGE, until))
        places = chains.unknown_before(rows)
        if places:
            chains.begin(places, await record.hashes_at(places))
        check(chains, rows)
    return chains


async def _check_heads(reading: Reading, heads: Sequence[HeadRow]) -> list[Finding]:
    findings: list[Finding] = []
    for start in range(0, len(heads), _BATCH):
        batch = heads[start : start + _BATCH]
        findings += await check_streams(reading.record, reading.forms, reading.processes, batch)
    return findings


@dataclass(frozen=True)
class _Elsewhere:
    """One part of the work for another process, which reads the same moment."""

    archive: Archive
    moment: str

    def __call__(self, check: Callable[[Reading, Any], Awaitable[T]], part: object) -> T:
        """Do it there."""
        return asyncio.run(self._done(check, part))

    async def _done(self, check: Callable[[Reading, Any], Awaitable[T]], part: object) -> T:
        async with self.archive.open(self.moment) as record:
            return await check(Reading(record, self.archive.forms, PROCESSES), part)


class _Work:
    """Runs a check over many parts: here, and at the same time in as many other processes as there are.

    This process takes its share, for it works while the others are still being started.
    """

    def __init__(self, here: Reading, elsewhere: _Elsewhere, pool: Executor | None, others: int) -> None:
        self._here = here
        self._elsewhere = elsewhere
        self._pool = pool
        self._others = others

    async def each(
        self, check: Callable[[Reading, Any], Awaitable[T]], parts: Sequence[object], steps: _Steps
    ) -> list[T]:
        """Give what *check* finds in each part, in their order."""
        waiting, found = deque(enumerate(parts)), dict[int, T]()
        loop = asyncio.get_running_loop()

        async def take(done: Callable[[object], Awaitable[T]]) -> None:
            while waiting:
                place, part = waiting.popleft()
                found[place] = await done(part)
                steps.done()

        elsewhere = [
            take(lambda part: loop.run_in_executor(self._pool, self._elsewhere, check, part))
            for _ in range(self._others)
        ]
        await asyncio.gather(*elsewhere, take(lambda part: check(self._here, part)))
        return [found[place] for place in range(len(parts))]


@asynccontextmanager
async def _begun(
    archive: Archive, record: Record, processes: Mapping[str, Process[Any, Any, Any]], workers: int
) -> AsyncGenerator[tuple[_Work, list[tuple[int, int]]]]:
    """Start who works, and cut the global order into stretches.

    Other processes start afresh: a copy of this one would share its connection.
    """
    first, last, count = await record.positions()
    others = 0 if count <= _ALONE or processes is not PROCESSES else workers - 1
    here, elsewhere = Reading(record, archive.forms, processes), _Elsewhere(archive, await record.moment())
    stretches = _parts(first - 1, last, max(_STRETCH, (last - first) // (8 * workers)))
    with ProcessPoolExecutor(others, mp_context=get_context("spawn")) if others else nullcontext() as pool:
        yield _Work(here, elsewhere, pool, others), stretches


async def _all_heads(record: Record) -> list[HeadRow]:
    heads: list[HeadRow] = []
    while rows := await record.heads(heads[-1].stream if heads else "", _HEADS):
        heads += map(HeadRow._make, rows)
    return heads


def _parts(start: int, end: int, size: int) -> list[tuple[int, int]]:
    return [(each, min(each + size, end)) for each in range(start, end, size)]


def _laid_out(stretches: Sequence[EventChains]) -> EventChains:
    """Lay stretches end to end."""
    return reduce(_joined, stretches, EventChains())


def _joined(before: EventChains, after: EventChains) -> EventChains:
    """Lay a later stretch behind an earlier one."""
    ends = before.ends
    for stream, end in after.ends.items():
        if end[0] >= ends.get(stream, end)[0]:
            ends[stream] = end
    return EventChains(ends, before.findings + after.findings, before.count + after.count)


def _ends(chains: EventChains, heads: Sequence[HeadRow]) -> list[Finding]:
    nothing = (0, GENESIS)
    return [found for head in heads for found in check_end(head.stream, chains.ends.get(head.stream, nothing), head)]


def _in_order(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Sort by case and version, each said once; the first to be found stands first."""
    return tuple(sorted(dict.fromkeys(findings), key=lambda each: (each.case, each.version)))
