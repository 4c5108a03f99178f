"""Every write is broken both ways: lost before it was stored, and stored with the answer lost on the way back."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

import asyncpg
import pytest

from adapters.postgres.database import Database
from domain.kernel.errors import Unavailable
from tests.contract.test_ledger import grant, holds_together
from tests.contract.world import World

_COUNTS = {
    "Start": ("SELECT count(*) FROM mandate.event", 2),
    "Add": ("SELECT count(*) FROM mandate.event", 1),
    "Pay": ("SELECT count(*) FROM mandate.posting", 2),
    "Finish": ("SELECT count(*) FROM mandate.event", 2),
}
_WAITING = """
SELECT pid FROM pg_stat_activity
WHERE usename = 'mandate_app' AND datname = current_database() AND wait_event_type = 'Lock'
"""
_WRITES = [
    ("Start", {"key": "k"}),
    ("Add", {"amount": 5}),
    ("Add", {"amount": -5}),
    ("Add", {"amount": 0}),
    ("Pay", {"postings": grant("health", 100_00)}),
    ("Finish", {}),
]


class Wire:
    """The line between a worker and the server, which can be cut while an answer is on it."""

    def __init__(self) -> None:
        self.port = 0
        self.swallows_answers = False
        self._swallowed = asyncio.Event()
        self._writers: list[asyncio.StreamWriter] = []

    @asynccontextmanager
    async def laid_to(self, host: str, port: int) -> AsyncIterator["Wire"]:
        async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            to_server = await asyncio.open_connection(host, port)
            self._writers += [writer, to_server[1]]
            await asyncio.gather(self._carry(reader, to_server[1]), self._carry_back(to_server[0], writer))

        server = await asyncio.start_server(connected, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            self.cut()
            server.close()

    async def an_answer_was_swallowed(self) -> None:
        async with asyncio.timeout(20):
            await self._swallowed.wait()

    def cut(self) -> None:
        for writer in self._writers:
            writer.transport.abort()
        self._writers.clear()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await _read(reader):
            writer.write(data)
        writer.close()

    async def _carry_back(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await _read(reader):
            if self.swallows_answers:
                self._swallowed.set()
            else:
                writer.write(data)
        writer.close()


async def _read(reader: asyncio.StreamReader) -> bytes:
    try:
        return await reader.read(65536)
    except OSError:
        return b""


async def _prepared(world: World, kind: str) -> None:
    if kind != "Start":
        await world.ask("counter-1", "Start")


@pytest.mark.parametrize(("kind", "body"), _WRITES)
async def test_a_write_lost_before_its_commit_leaves_nothing_and_the_repeat_does_it(
    store: Any, world: World, admin: Any, kind: str, body: dict[str, Any]
):
    await _prepared(world, kind)
    query, _ = _COUNTS[kind]
    before = await admin.fetchval(query), await admin.fetchval("SELECT count(*) FROM mandate.command")
    blocker: Any = await asyncpg.connect(store.admin)
    await blocker.execute("BEGIN; LOCK TABLE mandate.head IN EXCLUSIVE MODE")
    envelope = world.envelope(kind, "lost", **body)

    decision = await world.decide("counter-1", envelope)
    writing = asyncio.ensure_future(world.log.record(envelope, envelope.received_at, decision))
    async with asyncio.timeout(20):
        while not (waiting := await admin.fetch(_WAITING)):
            pass
    await admin.fetch("SELECT pg_terminate_backend($1)", waiting[0]["pid"])

    with pytest.raises(Unavailable):
        await writing
    await blocker.close()
    after = await admin.fetchval(query), await admin.fetchval("SELECT count(*) FROM mandate.command")
    assert after == before
    assert (await world.send("counter-1", envelope)).outcome == "recorded"
    await holds_together(admin)


@pytest.mark.parametrize(("kind", "body"), _WRITES)
async def test_a_write_whose_answer_was_lost_is_there_once_and_the_repeat_gets_the_first_answer(
    store: Any, admin: Any, world: World, kind: str, body: dict[str, Any]
):
    address = urlsplit(store.app)
    async with Wire().laid_to(str(address.hostname), address.port or 5432) as wire:
        through = address._replace(netloc=f"{address.netloc.rpartition('@')[0]}@127.0.0.1:{wire.port}").geturl()
        async with Database(through, size=1) as database:
            far = World(database)
            # The first call prepares the statement, so that the one answer to the next is the recording's own.
            await far.ask("counter-0", "Start")
            await _prepared(far, kind)
            query, added = _COUNTS[kind]
            before = await admin.fetchval(query)
            envelope = far.envelope(kind, "answer-lost", **body)
            decision = await far.decide("counter-1", envelope)
            wire.swallows_answers = True
            writing = asyncio.ensure_future(far.log.record(envelope, envelope.received_at, decision))
            await wire.an_answer_was_swallowed()
            wire.cut()
            with pytest.raises(Unavailable):
                await writing
            wire.swallows_answers = False

            again = await far.send("counter-1", envelope)

            assert again.outcome == "repeated"
            assert again.answer is not None
            moved = added if again.answer["outcome"] == "recorded" else 0
            assert await admin.fetchval(query) == before + moved
            assert await admin.fetchval("SELECT count(*) FROM mandate.command WHERE command_id = 'answer-lost'") == 1
            elsewhere = await world.send("counter-1", envelope)
            assert (elsewhere.outcome, elsewhere.answer) == ("repeated", again.answer)
            assert (await far.ask("counter-1", "Add", amount=-1)).outcome == "recorded"
    await holds_together(admin)


async def test_a_caller_that_gives_up_in_the_middle_leaves_the_connection_to_nobody(
    store: Any, world: World, admin: Any
):
    await world.ask("counter-1", "Start")
    blocker: Any = await asyncpg.connect(store.admin)
    await blocker.execute("BEGIN; LOCK TABLE mandate.head IN EXCLUSIVE MODE")
    envelope = world.envelope("Add", amount=1)
    decision = await world.decide("counter-1", envelope)
    writing = asyncio.ensure_future(world.log.record(envelope, envelope.received_at, decision))
    await asyncio.wait({writing}, timeout=0.1)
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
    await blocker.execute("ROLLBACK")
    await blocker.close()

    assert (await world.send("counter-1", envelope)).outcome in {"recorded", "repeated"}
    assert await admin.fetchval("SELECT count(*) FROM mandate.command WHERE command_id = $1", envelope.id) == 1
