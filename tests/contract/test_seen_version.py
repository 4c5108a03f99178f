"""A decision prepared on what a person saw is void once the case has moved in a way that matters (ADMISSION §8.6)."""

from itertools import count
from typing import Any

from activities.ports import Written
from tests.contract.counter import COUNTER
from tests.contract.world import TENANT, World

_NUMBERS = count(1)
"""Two workers of one test must not take each other's ids."""


async def _ask(world: World, kind: str, seen: int, command_id: str | None = None, **body: Any) -> Written:
    envelope = world.envelope(kind, command_id or f"ask-{next(_NUMBERS)}", **body)
    return await world.send("counter-1", envelope.model_copy(update={"seen_version": seen}))


def _code(written: Written) -> str | None:
    assert written.answer is not None
    refusal = written.answer["refusal"]
    return None if refusal is None else refusal["code"]


async def _seen(world: World) -> int:
    """Open a case and give the version that a person then sees."""
    version = (await world.ask("counter-1", "Start")).version
    assert version is not None
    return version


async def test_what_arrived_meanwhile_makes_it_void_and_the_refusal_is_recorded(world: World, admin: Any):
    seen = await _seen(world)
    await world.ask("counter-1", "Add", amount=1)
    refused = await _ask(world, "Finish", seen, "finish-1")
    assert _code(refused) == "counter.changed_since_seen"
    outcomes = await admin.fetch("SELECT command_id, outcome FROM mandate.command WHERE command_id = 'finish-1'")
    assert [tuple(row) for row in outcomes] == [("finish-1", "refused")]
    assert await admin.fetchval("SELECT version FROM mandate.head WHERE stream_id = 'counter-1'") == seen + 1


async def test_a_reminder_makes_nothing_void_also_for_a_worker_that_began_later(world: World):
    seen = await _seen(world)
    reminded = await world.ask("counter-1", "RemindOwner", limit="counting", step=1)
    missed = world.envelope("DeclareMissed", limit="counting")
    later = missed.received_at.replace(month=4)
    await world.send("counter-1", missed.model_copy(update={"received_at": later}))
    assert reminded.version == seen + 1
    for worker in (world, World(world.database)):
        assert _code(await _ask(worker, "Add", seen + 2, amount=0)) is None
        assert _code(await _ask(worker, "Add", seen, amount=0)) is None
    assert _code(await _ask(World(world.database), "Finish", seen)) is None


async def test_a_worker_that_folds_the_events_knows_what_mattered(world: World, admin: Any):
    seen = await _seen(world)
    await world.ask("counter-1", "Add", amount=1)
    await world.ask("counter-1", "RemindOwner", limit="counting", step=1)
    await admin.execute("DELETE FROM mandate.snapshot")
    other = World(world.database)
    assert _code(await _ask(other, "Finish", seen)) == "counter.changed_since_seen"
    assert _code(await _ask(other, "Finish", seen + 1)) is None


async def test_a_worker_whose_memory_is_behind_takes_nobody_for_one_who_saw_too_much(world: World):
    behind = World(world.database)
    await _seen(world)
    await behind.log.case(COUNTER, TENANT, "counter-1", fresh=True)
    version = (await world.ask("counter-1", "Add", amount=1)).version
    assert version is not None
    assert _code(await _ask(behind, "Finish", version, "finish-1")) is None


async def test_an_answer_given_on_what_was_seen_stays_the_answer(world: World):
    seen = await _seen(world)
    first = await _ask(world, "Add", seen, "add-1", amount=1)
    again = await _ask(world, "Add", seen, "add-1", amount=1)
    assert (again.outcome, again.answer) == ("repeated", first.answer)


async def test_one_id_with_another_version_seen_is_another_command(world: World):
    seen = await _seen(world)
    await _ask(world, "Add", seen, "add-1", amount=1)
    assert (await _ask(world, "Add", seen + 1, "add-1", amount=1)).outcome == "other_body"
