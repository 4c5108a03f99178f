"""What the command line lists, under the keys that programs rely on."""

from datetime import date
from typing import Any

import pytest

from adapters.postgres.event_reader import EventReader
from adapters.postgres.inboxes import Inboxes
from adapters.postgres.notices import NoticeTable
from adapters.postgres.queries import Queries
from adapters.postgres.roster import OpenCases
from domain.kernel.directory import Seat, Spell
from domain.kernel.followups import ServeNotice
from tests.contract.counter import PROCESSES
from tests.contract.test_ledger import grant, reserve
from tests.contract.world import TENANT, World

_DAY = date(2026, 3, 2)


@pytest.fixture
async def queries(world: World) -> Queries:
    await world.ask("counter-1", "Start", key="k1")
    await world.ask("counter-1", "Add", amount=3)
    await world.ask("counter-2", "Start")
    await world.ask("counter-2", "Finish")
    await world.ask("counter-3", "Add", amount=1)
    spell = Spell(first_on=date(2026, 1, 1), last_on=date(2026, 6, 30))
    seat = Seat(id="seat-1", person="li", organisation="hall", role="counter", spell=spell)
    entries = [seat.model_dump(mode="json")]
    await world.send("directory-zone", world.envelope("ChangeDirectory", process="directory", entries=entries))
    return Queries(world.database, PROCESSES)


async def _all(lines: Any) -> list[dict[str, Any]]:
    return [line async for line in lines]


async def test_cases_are_listed_by_process_phase_and_whether_they_are_open(queries: Queries):
    every = await _all(queries.cases(tenant=TENANT))
    assert [line["case"] for line in every] == ["counter-1", "counter-2", "directory-zone"]
    assert every[0] == {
        "case": "counter-1",
        "process": "counter",
        "phase": "counting",
        "version": 3,
        "tenant": "zone",
        "title": "total 3",
    }
    assert [line["case"] for line in await _all(queries.cases(process="counter", is_open=False))] == ["counter-2"]
    assert [line["case"] for line in await _all(queries.cases(phase="counting"))] == ["counter-1"]
    assert await _all(queries.cases(tenant="elsewhere")) == []


async def test_a_case_is_shown_with_state_parties_and_running_limits(queries: Queries):
    shown = await queries.case("counter-1")
    assert shown is not None
    assert (shown["phase"], shown["version"], shown["state"]) == ("counting", 3, {"total": 3, "key": "k1"})
    assert shown["parties"] == [{"role": "counter", "organisation": "hall"}]
    deadlines: Any = shown["deadlines"]
    assert [line["name"] for line in deadlines] == ["counting"]
    assert await queries.case("counter-3") is None
    closed = await queries.case("counter-2")
    assert closed is not None
    assert closed["deadlines"] == []


async def test_events_come_in_order_with_their_chain_also_from_the_middle(queries: Queries):
    events = await _all(queries.events("counter-1"))
    assert [line["type"] for line in events] == ["Started", "DeadlineSet", "Added"]
    assert [line["previous_hash"] for line in events[1:]] == [line["hash"] for line in events[:-1]]
    assert events[0]["previous_hash"] == "00" * 32
    assert await _all(queries.events("counter-1", from_version=3)) == events[2:]
    assert {"on", "received_at", "decided_at", "recorded_at", "actor", "role", "policy_version", "data"} <= set(
        events[0]
    )


async def test_deadlines_of_a_case_or_all_that_run(queries: Queries):
    assert [(line["case"], line["state"]) for line in await _all(queries.deadlines())] == [("counter-1", "open")]
    [line] = await _all(queries.deadlines(case_id="counter-2"))
    assert (line["name"], line["state"], line["due_on"], line["owner"]) == ("counting", "done", "2026-03-09", "counter")


@pytest.mark.usefixtures("queries")
async def test_a_notice_is_served_once_and_found_by_whom_it_is_for(world: World):
    board = NoticeTable(world.database)
    notice = ServeNotice(to_role="counter", to_organisation="hall", notice="reminder", details={"limit": "counting"})
    for _ in range(2):
        await board.serve("notice-1", TENANT, "counter-1", notice)
    inboxes = Inboxes(world.database, TENANT)
    [line] = await _all(inboxes.notices("li", _DAY))
    assert (line["case"], line["notice"], line["details"]) == ("counter-1", "reminder", {"limit": "counting"})
    assert await _all(inboxes.notices("wang", _DAY)) == []


async def test_the_ledger_shows_balances_and_the_event_behind_each_movement(world: World, queries: Queries):
    await world.ask("counter-1", "Pay", postings=grant("health", 500_00))
    await world.ask("counter-1", "Pay", postings=reserve("health", 200_00))
    [line] = await _all(queries.accounts(TENANT, "health", year=2026))
    assert (line["account"], line["available_fen"], line["reserved_fen"]) == ("health/elder_meals/2026", 300_00, 200_00)
    assert line["granted_fen"] == 500_00
    moved = await _all(queries.movements(TENANT, "health"))
    assert [(each["pocket"], each["amount_fen"], each["case"], each["type"]) for each in moved] == [
        ("granted", -500_00, "counter-1", "Paid"),
        ("available", 500_00, "counter-1", "Paid"),
        ("available", -200_00, "counter-1", "Paid"),
        ("reserved", 200_00, "counter-1", "Paid"),
    ]
    assert await _all(queries.accounts(TENANT, "health", year=2027)) == []


async def test_registers_are_listed_by_name(world: World, queries: Queries):
    version = {"number": 1, "published_on": "2026-01-01", "valid_from": "2026-01-01", "source": "x", "entries": []}
    await world.send("register-zone-list", world.envelope("Publish", process="register", version=version))
    assert await _all(queries.registers(TENANT)) == [{"register": "list", "title": "1 versions", "version": 1}]


@pytest.mark.usefixtures("queries")
async def test_the_roster_names_the_open_cases_that_hold_a_key(world: World):
    roster = OpenCases(world.database)
    assert [each async for each in roster.open_cases_holding(TENANT, ["k1"])] == [("counter", "counter-1")]
    assert [each async for each in roster.open_cases_holding(TENANT, ["k2"])] == []
    assert len(await EventReader(world.database).page()) == 8
