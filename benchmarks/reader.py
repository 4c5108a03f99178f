"""The global order read while sixteen writers write, with transactions that are slow, held and aborted.

Beside it a naive reader follows the same writers: it takes every position above the last one it saw for settled.
"""

import asyncio
import random
import statistics
import time
from collections.abc import Iterable
from itertools import count

import asyncpg

from adapters.postgres.database import Database
from adapters.postgres.event_reader import EventReader
from adapters.servers.postgres import PostgresServer
from benchmarks import harness
from benchmarks.append import BODY
from benchmarks.harness import Reading
from domain.kernel.chain import GENESIS

LOST, TWICE = "global reader: events lost", "global reader: events twice"
WRITERS = 16
SECONDS = 8.0
_PAGE = 500
_HELD_SECONDS, _HELD_TURN = 1.0, 10
_SLOW_SECONDS, _SLOW = 0.005, 0.3
_ABORTED = 0.2
_INSERT = """
INSERT INTO mandate.event (stream_id, version, type, tenant, body, hash) VALUES ($1, $2, 'Measured', 'zone', $3, $4)
"""
_NAIVE = """
SELECT global_position, stream_id, version FROM mandate.event WHERE global_position > $1
ORDER BY global_position LIMIT $2
"""
_MILLISECONDS = 1000.0
Place = tuple[str, int]


class Writer:
    """Writes one to three events a transaction: some slow, some aborted; the first writer holds its tenth one."""

    def __init__(self, number: int, connection: "asyncpg.Connection[asyncpg.Record]") -> None:
        self._connection = connection
        self._holds = number == 0
        self._stream = f"writer-{number}"
        self._versions = count(1)
        self._order = random.Random(number)  # noqa: S311 — an order that can be had again
        self.committed: dict[Place, float] = {}

    async def write(self, until: float) -> None:
        """Write until then."""
        for turn in count(1):
            if time.perf_counter() >= until:
                return
            places = [(self._stream, next(self._versions)) for _ in range(self._order.randint(1, 3))]
            transaction = self._connection.transaction()
            await transaction.start()
            for place in places:
                await self._connection.execute(_INSERT, *place, BODY, GENESIS)
            await asyncio.sleep(self._pause(turn))
            if self._order.random() < _ABORTED:
                await transaction.rollback()
            else:
                await transaction.commit()
                self.committed |= dict.fromkeys(places, time.perf_counter())

    def _pause(self, turn: int) -> float:
        if self._holds and turn == _HELD_TURN:
            return _HELD_SECONDS
        return _SLOW_SECONDS if self._order.random() < _SLOW else 0.0


class Seen:
    """What a reader has seen, and when it first did."""

    def __init__(self) -> None:
        self.at: dict[Place, float] = {}
        self.twice = 0

    def add(self, rows: Iterable[asyncpg.Record]) -> None:
        """Note rows."""
        now = time.perf_counter()
        for row in rows:
            place = (row["stream_id"], row["version"])
            self.twice += place in self.at
            self.at.setdefault(place, now)


async def _follow(database: Database, seen: Seen, writing: "asyncio.Future[list[None]]") -> None:
    reader = EventReader(database)
    while True:
        ended = writing.done()
        rows = await reader.page(_PAGE)
        seen.add(rows)
        if ended and not rows:
            return


async def _follow_naively(database: Database, seen: Seen, writing: "asyncio.Future[list[None]]") -> None:
    last = 0
    while True:
        ended = writing.done()
        rows = await database.fetch(_NAIVE, last, _PAGE)
        seen.add(rows)
        last = rows[-1]["global_position"] if rows else last
        if ended and not rows:
            return


async def _measured(running: PostgresServer) -> list[Reading]:
    safe, naive = Seen(), Seen()
    dsn = harness.application(running)
    async with harness.connections(dsn, WRITERS) as connections, Database(dsn, size=2) as database:
        writers = [Writer(number, connection) for number, connection in enumerate(connections)]
        until = time.perf_counter() + SECONDS
        writing = asyncio.gather(*(writer.write(until) for writer in writers))
        await asyncio.gather(writing, _follow(database, safe, writing), _follow_naively(database, naive, writing))
    committed = {place: at for writer in writers for place, at in writer.committed.items()}
    return _readings(committed, safe, naive)


def _readings(committed: dict[Place, float], safe: Seen, naive: Seen) -> list[Reading]:
    lags = [_MILLISECONDS * (safe.at[place] - at) for place, at in committed.items() if place in safe.at]
    beside = {
        "events": float(len(committed)),
        "a naive reader lost": float(len(committed.keys() - naive.at.keys())),
        "lag p50, ms": statistics.median(lags),
        "lag p95, ms": statistics.quantiles(lags, n=20)[-1],
    }
    at = f"{WRITERS} writers"
    return [
        harness.read(LOST, at, len(committed.keys() - safe.at.keys()), "events", goal=0, beside=beside),
        harness.read(TWICE, at, safe.twice + len(safe.at.keys() - committed.keys()), "events", goal=0),
    ]


def measure() -> list[Reading]:
    """Take the figures on a server of their own."""
    with harness.server() as running:
        return asyncio.run(_measured(running))


if __name__ == "__main__":
    harness.write_lines(measure())
