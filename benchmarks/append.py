"""One event appended behind a compare-and-set of its stream's head, against a plain INSERT of the same bytes.

The plain table has the same bytes, an identity and the two unique keys, and nothing else: no roles, head or trigger.
"""

import asyncio
from collections.abc import Awaitable, Sequence
from itertools import count
from typing import TYPE_CHECKING, TypeAlias

import asyncpg

from adapters.postgres.canonical import canonical
from adapters.servers.postgres import PostgresServer
from benchmarks import harness
from benchmarks.harness import WRITERS, Figure, Prepare, Write
from domain.kernel.chain import GENESIS, link

if TYPE_CHECKING:
    from asyncpg.prepared_stmt import PreparedStatement

NAME = "append of one event"
GOALS = (0.90, 0.80, 0.70)
PLAIN_TABLE = """
CREATE TABLE public.plain (
    global_position bigint GENERATED ALWAYS AS IDENTITY, stream_id text NOT NULL, version integer NOT NULL,
    body bytea NOT NULL, PRIMARY KEY (stream_id, version)
);
CREATE UNIQUE INDEX ON public.plain (global_position);
GRANT INSERT ON public.plain TO mandate_app;
"""
PLAIN_INSERT = "INSERT INTO public.plain (stream_id, version, body) VALUES ($1, $2, $3)"
_HEAD = """
INSERT INTO mandate.head (stream_id, tenant, process, version, hash, command_count, command_hash)
VALUES ($1, 'zone', 'benchmark', 0, $2, 0, $2)
"""
_APPEND = """
WITH moved AS (
    UPDATE mandate.head SET version = version + 1, hash = $5 WHERE stream_id = $1 AND version = $2 RETURNING version
)
INSERT INTO mandate.event (stream_id, version, type, tenant, body, hash)
SELECT $1, moved.version, $3, 'zone', $4, $5 FROM moved
"""
BODY = canonical({"data": {"text": "x" * 950}, "type": "Measured", "schema_version": 1, "tenant": "zone"})
_STREAMS = count(1)
Statement: TypeAlias = "PreparedStatement[asyncpg.Record]"


Connections: TypeAlias = Sequence["asyncpg.Connection[asyncpg.Record]"]


def plain(connections: Connections, body: bytes = BODY) -> Prepare:
    """Give the baseline: one INSERT, prepared once on each connection."""

    async def prepare(writers: int) -> Sequence[Write]:
        statements = [await connection.prepare(PLAIN_INSERT) for connection in connections[:writers]]
        return [_inserting(statement, body) for statement in statements]

    return prepare


def _inserting(statement: Statement, body: bytes) -> Write:
    stream, versions = f"plain-{next(_STREAMS)}", count(1)
    return lambda: statement.fetch(stream, next(versions), body)


def appended(connections: Connections) -> Prepare:
    """Give the contender: head and event in one statement."""

    async def prepare(writers: int) -> Sequence[Write]:
        writes: list[Write] = []
        for connection in connections[:writers]:
            stream = f"append-{next(_STREAMS)}"
            await connection.execute(_HEAD, stream, GENESIS)
            writes.append(_appending(await connection.prepare(_APPEND), stream))
        return writes

    return prepare


def _appending(statement: Statement, stream: str) -> Write:
    versions, end = count(0), GENESIS

    def write() -> Awaitable[object]:
        nonlocal end
        end = link(end, BODY)
        return statement.fetch(stream, next(versions), "Measured", BODY, end)

    return write


async def _measured(running: PostgresServer) -> list[Figure]:
    async with harness.connections(harness.administrator(running), 1) as (admin,):
        await admin.execute(PLAIN_TABLE)
    async with harness.connections(harness.application(running), max(WRITERS)) as connections:
        contenders = {NAME: appended(connections)}
        return await harness.compare(plain(connections), contenders, {NAME: GOALS}, running.folder)


def measure() -> list[Figure]:
    """Take the figures on a server of their own."""
    with harness.server() as running:
        return asyncio.run(_measured(running))


if __name__ == "__main__":
    harness.write_lines(measure())
