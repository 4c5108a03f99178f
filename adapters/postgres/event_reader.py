"""The global order, read without skipping: never past what a running writer can still insert behind the reader."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Final

import asyncpg

from adapters.postgres.database import Database

_REACHED: Final = """
SELECT CASE WHEN is_called THEN last_value ELSE 0 END AS position FROM mandate.event_global_position_seq
"""
_WRITERS: Final = """
SELECT DISTINCT virtualtransaction FROM pg_catalog.pg_locks
WHERE locktype = 'relation' AND relation = $1::regclass AND mode = 'RowExclusiveLock'
  AND database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
"""
_PAGE: Final = """
SELECT global_position, stream_id, version, type, tenant, recorded_at, body, hash FROM mandate.event
WHERE global_position > $1 AND global_position <= $2 ORDER BY global_position LIMIT $3
"""
_FIRST_PAUSE: Final = 0.002
_LONGEST_PAUSE: Final = 0.1


class SafeHorizon:
    """How far the global order is settled.

    A position is drawn from a sequence before its transaction commits, so an event may appear behind one that is seen
    already. The sequence is asked first; whoever holds the event table's write lock after that may still commit a
    position up to the answer; when those transactions are gone, everything up to it is there or will never be. Writers
    pay nothing for it. Holds on the primary server only, where the locks are, and with a sequence that caches nothing.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._safe = 0
        self._awaited: tuple[int, frozenset[str]] | None = None

    async def position(self) -> int:
        """Give the highest position up to which nothing can still appear, as far as is known now.

        Raises:
            Unavailable: The store cannot be reached.
        """
        if self._awaited is not None:
            self._settle(await self._writers())
        if self._awaited is None:
            reached: int = (await self._database.fetch(_REACHED))[0]["position"]
            if reached > self._safe:
                self._awaited = (reached, await self._writers())
                self._settle(self._awaited[1])
        return self._safe

    def _settle(self, writing: frozenset[str]) -> None:
        if self._awaited is None:
            return
        reached, awaited = self._awaited
        # A virtual transaction id is not used again while the server runs; who writes now and did not then came later.
        still = awaited & writing
        self._awaited = (reached, still) if still else None
        if not still:
            self._safe = reached

    async def _writers(self) -> frozenset[str]:
        return await _writing(self._database, "mandate.event")


async def settled(database: Database) -> None:
    """Return when every decision that was being recorded at the call is recorded, or is not.

    For who has seen a fact change and asks whom it concerns. `record` takes the command table's write lock before it
    compares facts: a decision on the old fact is waited for here, a later one finds the new fact and is taken again.

    Raises:
        Unavailable: The store cannot be reached.
    """
    awaited = await _writing(database, "mandate.command")
    pause = _FIRST_PAUSE
    while awaited:
        awaited &= await _writing(database, "mandate.command")
        if awaited:
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)


async def _writing(database: Database, table: str) -> frozenset[str]:
    return frozenset(row["virtualtransaction"] for row in await database.fetch(_WRITERS, table))


class EventReader:
    """Pages of the global order, from a checkpoint that is one number.

    Args:
        database: Connections of any role that may read.
        after: The last position already dealt with; 0 for all.
    """

    def __init__(self, database: Database, *, after: int = 0) -> None:
        self._database = database
        self._horizon = SafeHorizon(database)
        self.checkpoint = after

    async def page(self, limit: int = 500) -> Sequence[asyncpg.Record]:
        """Give the next events in order, none where nothing more is settled; the checkpoint moves past them.

        Raises:
            Unavailable: The store cannot be reached; the checkpoint has not moved.
        """
        safe = await self._horizon.position()
        if safe <= self.checkpoint:
            return ()
        rows = await self._database.fetch(_PAGE, self.checkpoint, safe, limit)
        self.checkpoint = rows[-1]["global_position"] if len(rows) == limit else safe
        return rows

    async def follow(self, *, pause: float = 0.2, limit: int = 500) -> AsyncIterator[asyncpg.Record]:
        """Give every event from the checkpoint on, for ever.

        Args:
            pause: Seconds between two looks where there was nothing.
        """
        while True:
            rows = await self.page(limit)
            for row in rows:
                yield row
            if not rows:
                await asyncio.sleep(pause)
