"""What other cases ask of an organisation, and what a closed case used up, are facts at versions (DESIGN §2 rule 9).

A decision that rested on them is taken again from what was kept, whatever has changed since.
"""

import asyncio
from typing import Any

import pytest

from activities.ports import Written
from adapters.postgres.archive import PostgresArchive
from adapters.postgres.canonical import restored
from adapters.postgres.database import Database
from adapters.postgres.facts import FactReader
from audit.decisions import Rules, retake
from audit.ports import Finding
from domain.kernel.decision import Decision
from tests.contract.carrier import CAPACITY, CARRIER
from tests.contract.counter import PROCESSES
from tests.contract.world import READINGS, World

WITH_CARRIERS = {**PROCESSES, CARRIER.name: CARRIER}


@pytest.fixture
def carriers(world: World) -> World:
    return World(world.database, WITH_CARRIERS, READINGS)


async def carry(world: World, case: str, hours: int, organisation: str = "harbour") -> Written:
    return await world.send(case, world.envelope("Carry", process="carrier", organisation=organisation, hours=hours))


async def use(world: World, case: str, voucher: str = "V-1") -> Written:
    return await world.send(case, world.envelope("Use", process="carrier", voucher=voucher))


async def close(world: World, case: str) -> Written:
    return await world.send(case, world.envelope("Close", process="carrier"))


async def answer(admin: Any, written: Written, case: str) -> dict[str, Any]:
    """Give the last answer of a case as it was hashed."""
    assert written.outcome == "recorded"
    query = "SELECT body FROM mandate.command WHERE stream_id = $1 ORDER BY number DESC LIMIT 1"
    return restored(await admin.fetchval(query, case))


async def retaken(world: World, store: Any) -> tuple[Finding, ...]:
    archive = PostgresArchive(store.reader)
    facts = FactReader(world.database, WITH_CARRIERS, READINGS)
    async with archive.open() as record:
        return await retake(record, facts, archive.forms, Rules(WITH_CARRIERS, {}, ()))


async def beside(admin: Any, case: str) -> list[int]:
    """Give what each carrying of a case found beside it."""
    query = "SELECT body FROM mandate.event WHERE stream_id = $1 AND type = 'Carried' ORDER BY version"
    return [restored(row["body"])["data"]["beside"] for row in await admin.fetch(query, case)]


async def test_the_burden_is_what_the_other_open_cases_ask_and_the_answer_keeps_which(carriers: World, admin: Any):
    await carry(carriers, "carrier-1", 40)
    await carry(carriers, "carrier-2", 10, "fields")
    kept = await answer(admin, await carry(carriers, "carrier-3", CAPACITY - 40), "carrier-3")
    assert (kept["answer"]["outcome"], await beside(admin, "carrier-3")) == ("recorded", [40])
    assert (kept["facts"]["carrier-1"], "carrier-2" in kept["facts"]) == (1, False)
    full = await answer(admin, await carry(carriers, "carrier-4", 1), "carrier-4")
    assert full["answer"]["refusal"]["code"] == "carrier.over_capacity"
    assert full["answer"]["refusal"]["details"] == {"carried": CAPACITY, "cases": ["carrier-1", "carrier-3"]}


async def test_a_case_does_not_count_itself_and_a_closed_one_counts_no_more(carriers: World, admin: Any):
    await carry(carriers, "carrier-1", 90)
    await carry(carriers, "carrier-1", CAPACITY)
    assert await beside(admin, "carrier-1") == [0, 0]
    await close(carriers, "carrier-1")
    await carry(carriers, "carrier-2", CAPACITY)
    assert await beside(admin, "carrier-2") == [0]


async def test_a_case_that_asks_for_more_is_seen_with_what_it_asks_for_now(carriers: World, admin: Any):
    await carry(carriers, "carrier-1", 40)
    await carry(carriers, "carrier-2", 10)
    await carry(carriers, "carrier-1", 60)
    await carry(carriers, "carrier-2", 20)
    assert await beside(admin, "carrier-2") == [40, 60]


async def test_of_many_that_ask_at_once_no_more_are_let_in_than_there_is_room_for(carriers: World, admin: Any):
    asked = [carry(carriers, f"carrier-{number}", 30) for number in range(12)]
    assert {written.outcome for written in await asyncio.gather(*asked)} == {"recorded"}
    outcomes = await admin.fetch("SELECT outcome FROM mandate.command WHERE stream_id LIKE 'carrier-%'")
    assert sorted(row["outcome"] for row in outcomes) == ["recorded"] * (CAPACITY // 30) + ["refused"] * 9


async def test_a_voucher_that_a_case_used_stays_used_when_it_is_closed(carriers: World, admin: Any):
    for case in ("carrier-1", "carrier-2"):
        await carry(carriers, case, 10)
    await use(carriers, "carrier-1")
    held = await answer(admin, await use(carriers, "carrier-2"), "carrier-2")
    await close(carriers, "carrier-1")
    still = await answer(admin, await use(carriers, "carrier-2"), "carrier-2")
    for kept, version in ((held, 2), (still, 3)):
        assert kept["answer"]["refusal"]["code"] == "carrier.voucher_used"
        assert kept["answer"]["refusal"]["details"] == {"cases": ["carrier-1"]}
        assert kept["facts"]["carrier-1"] == version
    assert (await answer(admin, await use(carriers, "carrier-2", "V-2"), "carrier-2"))["answer"]["refusal"] is None


async def test_another_worker_that_remembers_nothing_is_told_the_same(carriers: World, store: Any, admin: Any):
    await carry(carriers, "carrier-1", 90)
    await use(carriers, "carrier-1")
    await close(carriers, "carrier-1")
    await carry(carriers, "carrier-2", 10)
    async with Database(store.app) as elsewhere:
        other = World(elsewhere, WITH_CARRIERS, READINGS)
        refused = await other.send("carrier-2", other.envelope("Use", "elsewhere-1", process="carrier", voucher="V-1"))
    kept = await answer(admin, refused, "carrier-2")
    assert kept["answer"]["refusal"]["details"] == {"cases": ["carrier-1"]}


async def test_every_such_decision_is_taken_again_word_for_word(carriers: World, store: Any):
    """Also those whose carriers asked for something else since, or are closed."""
    await carry(carriers, "carrier-1", 40)
    await carry(carriers, "carrier-2", 60)
    await carry(carriers, "carrier-3", 1)
    await use(carriers, "carrier-1")
    await use(carriers, "carrier-2")
    await close(carriers, "carrier-1")
    await use(carriers, "carrier-2")
    await carry(carriers, "carrier-3", 1)
    await close(carriers, "carrier-2")
    assert await retaken(carriers, store) == ()


async def test_a_decision_is_taken_again_at_the_versions_it_kept_and_not_as_things_stand(carriers: World):
    await carry(carriers, "carrier-1", 40)
    envelope = carriers.envelope("Carry", process="carrier", organisation="harbour", hours=1)
    first: Decision[Any] = await carriers.decide("carrier-2", envelope, fresh=True)
    await carry(carriers, "carrier-1", 80)
    facts = FactReader(carriers.database, WITH_CARRIERS, READINGS)
    needs = CARRIER.needs(envelope, first.before)
    then = await facts.at("zone", "carrier-2", needs, first.facts)
    assert CARRIER.decide(envelope, first.asked.decided_at, first.before, then).events == first.events
