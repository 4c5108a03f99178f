"""A connection that was lost is no bug: who asked tries again, and the next statement has another connection."""

import asyncio
from typing import Any

import pytest

from adapters.postgres.database import Database
from domain.kernel.errors import Unavailable
from tests.workflows.broken_line import Line


def message(kind: bytes, **fields: str) -> bytes:
    """Write a message as PostgreSQL does: an error (E) or a notice (N) of named fields."""
    body = b"".join(f"{name}{value}\0".encode() for name, value in fields.items()) + b"\0"
    return kind + (len(body) + 4).to_bytes(4, "big") + body


FAREWELL = message(b"E", S="FATAL", V="FATAL", C="57P02", M="terminating connection because of a crash")
NOTICE = message(b"N", S="NOTICE", V="NOTICE", C="00000", M="that was all")


async def test_a_server_that_said_farewell_and_has_not_hung_up_yet_is_away(database: Any) -> None:
    line, read = Line(database.app), asyncio.Event()
    async with line.open() as dsn, Database(dsn, size=1) as store:
        await store.fetch("SELECT 1")
        store._idle[0].add_log_listener(lambda *_: read.set())
        line.say(FAREWELL + NOTICE)
        async with asyncio.timeout(10):
            await read.wait()
        with pytest.raises(Unavailable):
            await store.fetch("SELECT 1")
        assert (await store.fetch("SELECT 2 AS two"))[0]["two"] == 2


async def test_a_server_that_hangs_up_in_the_middle_is_away(database: Any) -> None:
    line = Line(database.app)
    async with line.open() as dsn, Database(dsn, size=1) as store:
        await store.fetch("SELECT 1")
        line.go_dead()
        asked = asyncio.create_task(store.fetch("SELECT 1"))
        async with asyncio.timeout(10):
            await line.refused.wait()
        line.cut()
        with pytest.raises(Unavailable):
            await asked
        line.mend()
        assert (await store.fetch("SELECT 2 AS two"))[0]["two"] == 2
