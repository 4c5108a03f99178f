"""Derived rows are dropped and made again from the events, to the same bytes."""

from datetime import date
from typing import Any

import pytest

from adapters.postgres.rebuild import rebuild_all
from domain.kernel.directory import Organisation, Person, Seat, SeatsIn, SeatsOf, Spell, Tie, TiesOf
from tests.contract.counter import PROCESSES
from tests.contract.world import TENANT, World

_DERIVED = {
    "snapshot": "stream_id, tenant, version, encode(body, 'hex')",
    "case_row": "stream_id, tenant, process, phase, title, is_open, body",
    "deadline": "stream_id, name, tenant, owner, organisation, state, to_char(due_on, 'YYYY-MM-DD'), body",
    "inbox": "stream_id, task, owner, principal, tenant, due_on::text, to_char(since, 'YYYY-MM-DD'), held_by",
    "case_key": "tenant, key, stream_id, process",
    "directory_entry": "tenant, kind, id, valid_from_version, valid_to_version, subject, object, body",
}
_EVER = Spell(first_on=date(2026, 1, 1))


async def _rows(admin: Any) -> dict[str, list[tuple[Any, ...]]]:
    queries = {table: f"SELECT {columns} FROM mandate.{table}" for table, columns in _DERIVED.items()}  # noqa: S608 — ours
    return {
        table: sorted((tuple(row) for row in await admin.fetch(query)), key=repr) for table, query in queries.items()
    }


def _entries(*records: Any) -> list[dict[str, Any]]:
    return [each.model_dump(mode="json") for each in records]


def _seat(number: int, person: str, last_on: date | None = None) -> Seat:
    spell = Spell(first_on=date(2026, 1, 1), last_on=last_on)
    return Seat(id=f"seat-{number}", person=person, organisation="hall", role="counter", spell=spell)


async def _lives(world: World) -> None:
    await world.ask("counter-1", "Start", key="k1")
    await world.ask("counter-1", "Add", amount=4)
    await world.ask("counter-2", "Start", key="k2")
    await world.ask("counter-2", "Finish")
    await world.ask("counter-3", "Add", amount=1)
    hall = Organisation(id="hall", kind="department", name="会堂", district="zone", controlled_by="city", spell=_EVER)
    first = _entries(hall, Person(id="li", name="李"), _seat(1, "li"))
    await world.send("directory-zone", world.envelope("ChangeDirectory", process="directory", entries=first))
    tie = Tie(kind="kin", subject="li", object="wang", spell=_EVER)
    then = _entries(_seat(1, "li", date(2026, 6, 30)), _seat(2, "wang"), tie)
    await world.send("directory-zone", world.envelope("ChangeDirectory", process="directory", entries=then))


async def test_rows_written_one_decision_at_a_time_are_those_made_again_from_the_events(world: World, admin: Any):
    await _lives(world)
    written = await _rows(admin)
    assert all(written.values())

    done = [stream async for stream in rebuild_all(world.database, PROCESSES)]

    assert done == ["counter-1", "counter-2", "counter-3", "directory-zone"]
    assert await _rows(admin) == written


@pytest.mark.parametrize("table", sorted(_DERIVED))
async def test_lost_and_falsified_rows_come_back(world: World, admin: Any, table: str):
    await _lives(world)
    written = await _rows(admin)
    await admin.execute(f"UPDATE mandate.{table} SET tenant = 'other'")  # noqa: S608 — our own tables
    if table != "snapshot":
        await admin.execute(f"DELETE FROM mandate.{table}")  # noqa: S608 — our own tables

    async for _ in rebuild_all(world.database, PROCESSES):
        pass

    assert await _rows(admin) == written


async def test_a_closed_case_holds_no_key_and_waits_for_nobody(world: World, admin: Any):
    await world.ask("counter-1", "Start", key="k1")
    await world.ask("counter-1", "Finish")
    rows = await _rows(admin)
    assert (rows["case_key"], rows["inbox"]) == ([], [])
    assert [row[5] for row in rows["deadline"]] == ["done"]


async def test_work_that_changes_its_name_leaves_no_old_row(world: World, admin: Any):
    await world.ask("counter-1", "Start")
    await world.ask("counter-1", "Add", amount=4)
    assert {row[1] for row in (await _rows(admin))["inbox"]} == {"go_on"}


async def test_the_directory_is_read_as_it_was_at_each_version(world: World):
    await _lives(world)
    facts = world.log._facts
    needs = (SeatsOf("li"), SeatsIn("hall"), TiesOf("wang"))

    first = await facts.at(TENANT, "x", needs, {"directory-zone": 1})
    second = await facts.at(TENANT, "x", needs, {"directory-zone": 2})
    now = await facts.load(TENANT, "x", needs, fresh=True)

    assert first.values[SeatsOf("li")] == (_seat(1, "li"),)
    assert second.values[SeatsOf("li")] == (_seat(1, "li", date(2026, 6, 30)),)
    assert [seat.id for seat in first.values[SeatsIn("hall")]] == ["seat-1"]
    assert [seat.id for seat in second.values[SeatsIn("hall")]] == ["seat-1", "seat-2"]
    assert (len(first.values[TiesOf("wang")]), len(second.values[TiesOf("wang")])) == (0, 1)
    assert (now.values, now.versions) == (second.values, {"directory-zone": 2})
