"""An answer is found where it is recorded: looked for, then waited for."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from adapters.postgres.answers import Answers
from adapters.postgres.database import Database
from domain.kernel.errors import Unavailable
from tests.contract.world import World


@pytest.fixture
async def answers(store: Any) -> AsyncIterator[Answers]:
    async with Database(store.reader, size=4) as database:
        found = Answers(database, store.reader)
        yield found
        await found.close()


async def test_what_is_recorded_already_is_found_at_once(world: World, answers: Answers):
    envelope = world.envelope("Start")
    first = await world.send("counter-1", envelope)
    found = await answers.wait("counter-1", envelope, 0.0)
    assert found is not None
    assert (found.outcome, found.answer) == ("repeated", first.answer)
    assert await answers.is_known("counter-1")
    assert not await answers.is_known("counter-2")


async def test_who_waits_is_told_and_thirty_share_one_connection(world: World, answers: Answers, admin: Any):
    asked = [(f"counter-{n}", world.envelope("Start")) for n in range(30)]
    waiting = [asyncio.ensure_future(answers.wait(case_id, envelope, 20.0)) for case_id, envelope in asked]
    done, _ = await asyncio.wait(waiting, timeout=0.1)
    assert not done
    listening = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%LISTEN%'"
    assert await admin.fetchval(listening + " AND pid <> pg_backend_pid()") == 1

    for case_id, envelope in asked:
        await world.send(case_id, envelope)

    found = await asyncio.gather(*waiting)
    assert [each.outcome for each in found if each is not None] == ["repeated"] * 30
    assert not answers._waiting


async def test_patience_ends_with_nothing_and_another_body_is_seen(world: World, answers: Answers):
    envelope = world.envelope("Start")
    assert await answers.wait("counter-1", envelope, 0.05) is None
    await world.send("counter-1", envelope)
    other = envelope.model_copy(update={"body": {"key": "k"}})
    found = await answers.wait("counter-1", other, 0.05)
    assert found is not None
    assert found.outcome == "other_body"


async def test_a_listener_that_breaks_is_replaced_and_nobody_waits_in_vain(world: World, answers: Answers, admin: Any):
    envelope = world.envelope("Start")
    waiting = asyncio.ensure_future(answers.wait("counter-1", envelope, 20.0))
    await asyncio.wait({waiting}, timeout=0.1)
    await admin.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'mandate_reader' "
        "AND datname = current_database() AND query LIKE '%LISTEN%'"
    )
    await world.send("counter-1", envelope)
    found = await asyncio.wait_for(waiting, 15.0)
    assert found is not None
    assert found.outcome == "repeated"


async def test_an_answer_whose_announcement_is_lost_is_recorded_and_found_by_who_waits(
    world: World, answers: Answers, admin: Any
):
    envelope = world.envelope("Start")
    waiting = asyncio.ensure_future(answers.wait("counter-1", envelope, 20.0))
    done, _ = await asyncio.wait({waiting}, timeout=0.1)
    assert not done
    # Nothing can be announced in this database any more, so the call ends between its commit and its announcement.
    await admin.execute("REVOKE EXECUTE ON FUNCTION pg_notify FROM PUBLIC")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await world.send("counter-1", envelope)

    found = await asyncio.wait_for(waiting, 15.0)
    assert found is not None
    assert found.outcome == "repeated"
    assert (await world.send("counter-1", envelope)).answer == found.answer


async def test_a_store_that_is_away_is_unavailable():
    async with Database("postgresql://nobody@127.0.0.1:1/none") as database:
        with pytest.raises(Unavailable):
            await Answers(database, "postgresql://nobody@127.0.0.1:1/none").is_known("counter-1")
