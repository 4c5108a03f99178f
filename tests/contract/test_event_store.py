"""What `record` promises: once, whole, on current versions, or nothing at all."""

import asyncio
import random
from datetime import date
from typing import Any

import orjson
import pytest

from adapters.postgres.canonical import digest_of
from adapters.postgres.database import Database
from domain.kernel.chain import GENESIS, link
from domain.kernel.errors import CorruptHistory
from domain.kernel.lists import ListVersion
from tests.contract.counter import COUNTER
from tests.contract.world import TENANT, World, decisions

_TABLES = ("head", "event", "command", "snapshot", "case_row", "deadline", "inbox", "case_key", "posting")


async def _everything(admin: Any) -> dict[str, list[Any]]:
    queries = {table: f"SELECT * FROM mandate.{table} ORDER BY 1, 2" for table in _TABLES}  # noqa: S608 — our own tables
    return {table: await admin.fetch(query) for table, query in queries.items()}


def _version(number: int) -> dict[str, Any]:
    version = ListVersion(
        number=number, published_on=date(2026, 1, 1), valid_from=date(2026, 1, 1), source="x", entries=()
    )
    return version.model_dump(mode="json")


async def _chains_hold(admin: Any) -> None:
    for head in await admin.fetch("SELECT * FROM mandate.head"):
        for table, order, end, last in (
            ("event", "version", head["hash"], head["version"]),
            ("command", "number", head["command_hash"], head["command_count"]),
        ):
            rows = await admin.fetch(
                f"SELECT {order} AS number, body, hash FROM mandate.{table} WHERE stream_id = $1 ORDER BY {order}",  # noqa: S608 — our own tables
                head["stream_id"],
            )
            before = GENESIS
            for number, row in enumerate(rows, start=1):
                assert row["number"] == number
                before = link(before, row["body"])
                assert row["hash"] == before
            assert (len(rows), before) == (last, end)


async def test_an_opening_command_leaves_its_events_snapshot_and_rows(world: World, admin: Any):
    written = await world.ask("counter-1", "Start")

    assert (written.outcome, written.version) == ("recorded", 2)
    assert written.answer is not None
    assert written.answer["events"] == ["Started", "DeadlineSet"]
    left = await _everything(admin)
    assert [row["type"] for row in left["event"]] == ["Started", "DeadlineSet"]
    assert [(row["stream_id"], row["outcome"]) for row in left["command"]] == [("counter-1", "recorded")]
    assert [(row["phase"], row["is_open"]) for row in left["case_row"]] == [("counting", True)]
    assert {(row["task"], row["principal"], row["held_by"], row["due_on"]) for row in left["inbox"]} == {
        ("add", "counter@hall", "counter@hall", date(2026, 3, 9)),
        ("add", "@hall", "counter@hall", date(2026, 3, 9)),
    }
    assert [(row["name"], row["state"]) for row in left["deadline"]] == [("counting", "open")]
    await _chains_hold(admin)


async def test_a_cached_command_takes_one_round_trip_and_so_does_opening_a_case_known_to_be_new(world: World):
    await world.ask("counter-1", "Start")
    before = world.log.round_trips
    await world.ask("counter-1", "Add", amount=3)
    assert world.log.round_trips - before == 1

    before = world.log.round_trips
    envelope = world.envelope("Start")
    case = COUNTER.begin(TENANT, "counter-2")
    known = await world.log.facts(TENANT, case.id, COUNTER.needs(envelope, case), fresh=False)
    decision = COUNTER.decide(envelope, envelope.received_at, case, known)
    assert (await world.log.record(envelope, envelope.received_at, decision)).outcome == "recorded"
    assert world.log.round_trips - before == 1


async def test_the_same_command_again_gets_the_first_answer_in_the_same_words(world: World, admin: Any):
    await world.ask("counter-1", "Start")
    envelope = world.envelope("Add", amount=1)
    first = await world.send("counter-1", envelope)
    await world.ask("counter-1", "Finish")
    left = await _everything(admin)

    later = envelope.model_copy(update={"received_at": envelope.received_at.replace(hour=9)})
    again = await world.send("counter-1", later)

    assert (again.outcome, again.answer, again.version) == ("repeated", first.answer, first.version)
    assert await world.log.answered("counter-1", envelope) == again
    assert await _everything(admin) == left


async def test_a_refusal_too_is_repeated_even_when_the_rules_would_now_agree(world: World):
    envelope = world.envelope("Start", key="k")
    await world.ask("counter-1", "Start", key="k")
    refused = await world.send("counter-2", envelope)
    await world.ask("counter-1", "Finish")

    again = await world.send("counter-2", envelope)

    assert refused.answer is not None
    assert refused.answer["refusal"]["code"] == "counter.key_taken"
    assert (again.outcome, again.answer) == ("repeated", refused.answer)


async def test_the_same_id_with_another_body_is_no_repeat_and_leaves_nothing(world: World, admin: Any):
    await world.ask("counter-1", "Start")
    envelope = world.envelope("Add", amount=1)
    await world.send("counter-1", envelope)
    left = await _everything(admin)

    other = envelope.model_copy(update={"body": {"amount": 2}})

    assert (await world.send("counter-1", other)).outcome == "other_body"
    assert (await world.log.answered("counter-1", other)) is not None
    assert await _everything(admin) == left


async def test_refusals_and_nothing_new_are_kept_in_the_chain_and_move_no_version(world: World, admin: Any):
    await world.ask("counter-1", "Start")
    refused = await world.ask("counter-1", "Add", amount=-1)
    nothing = await world.ask("counter-1", "Add", amount=0)

    assert [each.answer and each.answer["outcome"] for each in (refused, nothing)] == ["refused", "nothing_new"]
    left = await _everything(admin)
    assert (left["head"][0]["version"], left["head"][0]["command_count"]) == (2, 3)
    assert [row["outcome"] for row in left["command"]] == ["recorded", "refused", "nothing_new"]
    await _chains_hold(admin)


async def test_a_refusal_before_the_first_event_is_kept_and_the_case_can_still_be_opened(world: World, admin: Any):
    refused = await world.ask("counter-1", "Add", amount=1)
    opened = await world.ask("counter-1", "Start")

    assert refused.answer is not None
    assert refused.answer["refusal"]["code"] == "counter.not_opened"
    assert (opened.outcome, opened.version) == ("recorded", 2)
    await _chains_hold(admin)


async def test_a_stream_that_moved_is_a_conflict_for_events_and_refusals_alike_and_leaves_nothing(
    store: Any, world: World, admin: Any
):
    async with Database(store.app) as elsewhere:
        other = World(elsewhere)
        await world.ask("counter-1", "Start")
        await other.send("counter-1", world.envelope("Add", amount=5))
        left = await _everything(admin)

        for amount in (1, -1, 0):
            stale = await world.once("counter-1", world.envelope("Add", amount=amount))
            assert (stale.outcome, stale.moved) == ("conflict", "counter-1")
            assert await _everything(admin) == left
            world.log = decisions(world.database)
            await world.log.case(COUNTER, TENANT, "counter-1", fresh=True)
            await other.send("counter-1", other.envelope("Add", f"in-between-{amount}", amount=1))
            left = await _everything(admin)
        assert (await world.ask("counter-1", "Add", amount=1)).outcome == "recorded"


async def test_a_fact_that_moved_is_a_conflict_and_is_read_again(store: Any, world: World, admin: Any):
    async with Database(store.app) as elsewhere:
        other = World(elsewhere)
        await world.ask("counter-1", "Start", reads=["list"])
        await other.send(
            "register-zone-list", other.envelope("Publish", "p-1", process="register", version=_version(1))
        )
        left = await _everything(admin)

        envelope = world.envelope("Add", amount=1, reads=["list"])
        stale = await world.once("counter-1", envelope)
        assert (stale.outcome, stale.moved) == ("conflict", "register-zone-list")
        assert await _everything(admin) == left

        assert (await world.send("counter-1", envelope)).outcome == "recorded"
        body = orjson.loads(
            (await admin.fetchrow("SELECT body FROM mandate.command WHERE command_id = $1", envelope.id))[0]
        )
        assert body["facts"]["register-zone-list"] == 1


async def test_of_two_cases_that_both_found_a_key_free_only_the_first_gets_it(world: World, admin: Any):
    sent = [world.send(f"counter-{n}", world.envelope("Start", key="the-same")) for n in range(12)]
    written = await asyncio.gather(*sent)

    assert sorted(each.answer["outcome"] for each in written if each.answer) == ["recorded"] + ["refused"] * 11
    assert await admin.fetchval("SELECT count(*) FROM mandate.case_key WHERE key = 'the-same'") == 1


async def test_the_same_command_on_two_connections_at_once_is_recorded_once_and_repeated_once(world: World, store: Any):
    async with Database(store.app) as elsewhere:
        other = World(elsewhere)
        for number in range(60):
            envelope = world.envelope("Start", f"start-{number}")
            pair = await asyncio.gather(
                world.send(f"counter-{number}", envelope), other.send(f"counter-{number}", envelope)
            )
            assert sorted(each.outcome for each in pair) == ["recorded", "repeated"]
            assert pair[0].answer == pair[1].answer


@pytest.mark.parametrize("seed", range(5))
async def test_any_interleaving_over_many_streams_ends_in_whole_chains_and_every_command_answered_once(
    store: Any, world: World, admin: Any, seed: int
):
    order = random.Random(seed)  # noqa: S311 — an order that can be had again
    async with Database(store.app, size=8) as elsewhere:
        workers = (world, World(elsewhere))
        asked = [
            (f"counter-{stream}", world.envelope(*command[:1], f"{stream}-{n}", **command[1]))
            for stream in range(200)
            for n, command in enumerate(
                (("Start", {}), ("Add", {"amount": 2}), ("Add", {"amount": -1}), ("Finish", {}))
            )
        ]
        asked += order.sample(asked, 100)
        order.shuffle(asked)
        gate = asyncio.Semaphore(16)

        async def send(case_id: str, envelope: Any) -> str:
            async with gate:
                return (await order.choice(workers).send(case_id, envelope)).outcome

        outcomes = await asyncio.gather(*(send(*each) for each in asked))

    assert set(outcomes) <= {"recorded", "repeated"}
    assert outcomes.count("recorded") == 800
    assert await admin.fetchval("SELECT count(*) FROM mandate.command") == 800
    await _chains_hold(admin)


async def test_a_case_is_read_back_from_its_snapshot_and_from_its_events_the_same(world: World, admin: Any):
    await world.ask("counter-1", "Start", key="k")
    await world.ask("counter-1", "Add", amount=7)
    held = await world.log.case(COUNTER, TENANT, "counter-1", fresh=False)

    from_snapshot = await world.log.case(COUNTER, TENANT, "counter-1", fresh=True)
    await admin.execute("UPDATE mandate.snapshot SET body = $1", b'{"another":"form"}')
    from_events = await world.log.case(COUNTER, TENANT, "counter-1", fresh=True)

    assert held == from_snapshot == from_events
    assert (await world.ask("counter-1", "Add", amount=1)).outcome == "recorded"


async def test_an_unknown_event_is_corrupt_history_and_named(world: World, admin: Any):
    await world.ask("counter-1", "Start")
    await admin.execute("ALTER TABLE mandate.event DISABLE TRIGGER USER")
    await admin.execute("UPDATE mandate.event SET type = 'Vanished' WHERE version = 1")
    await admin.execute("DELETE FROM mandate.snapshot")

    with pytest.raises(CorruptHistory, match="Vanished"):
        await world.log.case(COUNTER, TENANT, "counter-1", fresh=True)


async def test_the_digest_covers_the_body_as_sent_and_not_the_instant(world: World):
    envelope = world.envelope("Add", amount=1)
    later = envelope.model_copy(update={"received_at": envelope.received_at.replace(year=2027), "causation_id": "x"})

    assert digest_of(later) == digest_of(envelope)
    assert digest_of(envelope.model_copy(update={"seen_version": 4})) != digest_of(envelope)
