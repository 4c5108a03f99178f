"""The global order may have gaps and skips nothing: with writers that are held, aborted, or slow."""

import asyncio
import random
from typing import Any

import asyncpg

from adapters.postgres.database import Database
from adapters.postgres.event_reader import EventReader, settled
from tests.contract.world import World

_INSERT = """
INSERT INTO mandate.event (stream_id, version, type, tenant, body, hash)
VALUES ($1, $2, 'Written', 'zone', '\\x00', '\\x00')
"""


async def _write(address: str, writer: int, count: int) -> list[tuple[str, int]]:
    """Insert events in transactions of one to three, of which some are slow and some come to nothing."""
    order = random.Random(writer)  # noqa: S311 — an order that can be had again
    connection: Any = await asyncpg.connect(address)
    committed: list[tuple[str, int]] = []
    for number in range(count):
        stream = f"writer-{writer}"
        transaction = connection.transaction()
        await transaction.start()
        rows = [(stream, number * 3 + line + 1) for line in range(order.randint(1, 3))]
        for row in rows:
            await connection.execute(_INSERT, *row)
        if order.random() < 0.3:
            await connection.execute("SELECT pg_sleep(0.005)")
        if order.random() < 0.2:
            await transaction.rollback()
        else:
            await transaction.commit()
            committed += rows
    await connection.close()
    return committed


async def test_sixteen_writers_with_aborts_and_slow_commits_lose_nothing_and_show_nothing_twice(store: Any):
    async with Database(store.reader, size=2) as database:
        reader = EventReader(database)
        seen: list[tuple[str, int]] = []
        writing = asyncio.gather(*(_write(store.app, n, 40) for n in range(16)))
        while not writing.done():
            seen += [(row["stream_id"], row["version"]) for row in await reader.page(50)]
        while rows := await reader.page(50):
            seen += [(row["stream_id"], row["version"]) for row in rows]

    committed = [row for rows in await writing for row in rows]
    assert len(seen) == len(set(seen))
    assert set(seen) == set(committed)


async def test_a_held_writer_holds_the_reader_and_nothing_written_meanwhile_is_skipped(store: Any):
    held: Any = await asyncpg.connect(store.app)
    transaction = held.transaction()
    await transaction.start()
    await held.execute(_INSERT, "held", 1)
    async with Database(store.app) as database:
        reader = EventReader(database)
        await database.fetch(_INSERT + "RETURNING 1", "quick", 1)

        assert list(await reader.page()) == []
        await transaction.commit()
        rows = list(await reader.page())
        assert [row["stream_id"] for row in rows] == ["held", "quick"]
    await held.close()


async def test_a_writer_of_another_table_holds_nobody(store: Any):
    held: Any = await asyncpg.connect(store.app)
    transaction = held.transaction()
    await transaction.start()
    await held.execute("INSERT INTO mandate.snapshot (stream_id, tenant, version, body) VALUES ('s', 't', 1, '')")
    async with Database(store.app) as database:
        await database.fetch(_INSERT + "RETURNING 1", "quick", 1)
        assert [row["stream_id"] for row in await EventReader(database).page()] == ["quick"]
    await transaction.rollback()
    await held.close()


async def test_a_gap_left_by_an_abort_is_passed_and_the_checkpoint_is_one_number(store: Any):
    aborted: Any = await asyncpg.connect(store.app)
    transaction = aborted.transaction()
    await transaction.start()
    await aborted.execute(_INSERT, "aborted", 1)
    await transaction.rollback()
    await aborted.close()
    async with Database(store.app) as database:
        reader = EventReader(database)
        await database.fetch(_INSERT + "RETURNING 1", "kept", 1)
        assert [row["global_position"] for row in await reader.page()] == [2]
        assert reader.checkpoint == 2
        again = EventReader(database, after=reader.checkpoint)
        await database.fetch(_INSERT + "RETURNING 1", "kept", 2)
        assert [row["version"] for row in await again.page()] == [2]


async def test_pages_smaller_than_what_is_there_go_on_where_they_stopped(world: World):
    for number in range(5):
        await world.ask(f"counter-{number}", "Start")
    reader = EventReader(world.database)
    pages = [[row["global_position"] for row in await reader.page(4)] for _ in range(4)]
    assert [position for page in pages for position in page] == list(range(1, 11))


_COMMAND = """
INSERT INTO mandate.command (stream_id, command_id, number, tenant, digest, outcome, body, hash)
VALUES ($1, 'c', $2, 'zone', '', 'recorded', '', '')
"""


async def test_settled_waits_for_every_decision_being_recorded_at_its_moment_and_for_no_later_one(store: Any):
    first: Any = await asyncpg.connect(store.app)
    transaction = first.transaction()
    await transaction.start()
    await first.execute(_COMMAND, "first", 1)
    async with Database(store.app) as database:
        waiting = asyncio.ensure_future(settled(database))
        later: Any = await asyncpg.connect(store.app)
        done, _ = await asyncio.wait({waiting}, timeout=0.1)
        assert not done
        second = later.transaction()
        await second.start()
        await later.execute(_COMMAND, "second", 1)
        await transaction.commit()
        async with asyncio.timeout(10):
            await waiting
        await second.rollback()
    await first.close()
    await later.close()
