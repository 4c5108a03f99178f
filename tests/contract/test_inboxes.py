"""The inbox of a person, of a role held in a case, of an organisation: most urgent first, on every rung of a ladder."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest

from adapters.postgres.archive import PostgresArchive
from adapters.postgres.database import Database
from adapters.postgres.inboxes import Inboxes
from adapters.postgres.rebuild import rebuild_all
from audit.verify import verify_all
from domain.kernel.directory import Seat, Spell
from tests.contract.errand import PROCESSES, READINGS
from tests.contract.world import TENANT, World
from tests.domain.kernel.permit import at

DAY = date(2026, 3, 2)
LATE = date(2026, 3, 10)
SEATS = (
    ("li", "north", "clerk"),
    ("zhao", "north", "clerk"),
    ("cai", "north", "supervisor"),
    ("sun", "south", "supervisor"),
    ("tang", "council", "coordinating_body"),
    ("hu", "watch", "supervision_office"),
    ("both", "north", "clerk"),
    ("both", "north", "supervisor"),
    ("past", "north", "clerk"),
)


@pytest.fixture
async def errands(store: Any) -> AsyncIterator[World]:
    """A district with a law, a calendar and seats."""
    async with Database(store.app, size=4) as database:
        world = World(database, PROCESSES, READINGS)
        spell = Spell(first_on=date(2026, 1, 1))
        ended = Spell(first_on=date(2026, 1, 1), last_on=date(2026, 3, 1))
        seats = [
            Seat(id=f"{person}-{role}", person=person, organisation=organisation, role=role, spell=spell)
            for person, organisation, role in SEATS
        ]
        seats = [seat.model_copy(update={"spell": ended}) if seat.person == "past" else seat for seat in seats]
        entries = [seat.model_dump(mode="json") for seat in seats]
        await world.send("directory-zone", world.envelope("ChangeDirectory", process="directory", entries=entries))
        for name in ("pack-national", "calendar"):
            version = {"number": 1, "published_on": "2026-01-01", "valid_from": "2026-01-01", "entries": []}
            publish = world.envelope("Publish", process="register", version={**version, "source": name})
            await world.send(f"register-zone-{name}", publish)
        yield world


async def _do(world: World, case: str, kind: str, on: date = DAY, /, **body: Any) -> None:
    envelope = world.envelope(kind, process="errand", **body)
    written = await world.send(case, envelope.model_copy(update={"received_at": at(on.isoformat())}))
    assert written.answer is not None
    assert written.answer["outcome"] == "recorded", written


async def _inbox(world: World, person: str, on: date = DAY, **asked: Any) -> list[dict[str, Any]]:
    return [line async for line in Inboxes(world.database, TENANT).waiting(person, on, **asked)]


async def _holder(world: World, person: str, on: date = LATE) -> list[str]:
    return [line["held_by"] for line in await _inbox(world, person, on)]


async def test_a_line_says_what_by_when_since_when_and_at_which_version_of_the_case(errands: World):
    await _do(errands, "errand-1", "Order", organisation="north")
    assert await _inbox(errands, "li") == [
        {
            "case": "errand-1",
            "process": "errand",
            "title": "errand",
            "task": "deliver",
            "due_on": "2026-03-09",
            "overdue": False,
            "since": "2026-03-02",
            "owner": "clerk@north",
            "held_by": "clerk@north",
            "phase": "under_way",
            "version": 2,
        }
    ]


async def test_work_waits_for_whoever_has_a_seat_in_its_role_that_day(errands: World):
    await _do(errands, "errand-1", "Order", organisation="north")
    for person, sees in {"li": 1, "zhao": 1, "past": 0, "cai": 0, "nobody": 0}.items():
        assert len(await _inbox(errands, person)) == sees, person
    assert len(await _inbox(errands, "past", date(2026, 3, 1))) == 1


async def test_work_of_one_person_is_in_no_other_inbox_and_stays_when_the_seat_ends(errands: World):
    await _do(errands, "errand-1", "Order", organisation="north", person="past")
    assert await _holder(errands, "past") == ["past"]
    assert await _inbox(errands, "li") == []
    assert [line["held_by"] for line in await _inbox(errands, "li", organisation="north")] == ["past"]


async def test_work_of_a_role_that_no_organisation_is_named_for_waits_for_everybody_in_that_role(errands: World):
    await _do(errands, "errand-1", "Order", role="supervisor")
    assert await _holder(errands, "cai") == ["supervisor"]
    assert await _holder(errands, "sun") == ["supervisor"]
    assert await _inbox(errands, "li", organisation="north") == []


async def test_an_organisations_inbox_is_all_that_waits_in_it_for_whoever_sits_there(errands: World):
    await _do(errands, "errand-1", "Order", organisation="north")
    await _do(errands, "errand-2", "Order", organisation="north", role="auditor")
    await _do(errands, "errand-3", "Order", organisation="south")
    assert [line["case"] for line in await _inbox(errands, "cai", organisation="north")] == ["errand-1", "errand-2"]
    assert [line["case"] for line in await _inbox(errands, "li", role="clerk", organisation="north")] == ["errand-1"]
    assert await _inbox(errands, "sun", organisation="north") == []
    assert await _inbox(errands, "past", organisation="north") == []


LADDER = (
    ("DeclareMissed", {"limit": "duty"}, date(2026, 3, 10), "supervisor@north", "cai"),
    ("Escalate", {"limit": "duty", "step": 1}, date(2026, 3, 12), "coordinating_body", "tang"),
    ("Escalate", {"limit": "duty", "step": 2}, date(2026, 3, 23), "supervision_office", "hu"),
)


async def test_missed_work_climbs_into_higher_inboxes_and_out_of_none(errands: World, store: Any):
    await _do(errands, "errand-1", "Order", organisation="north")
    [before] = await _inbox(errands, "li")
    sees = ["li", "zhao"]
    for kind, body, on, rung, person in LADDER:
        assert await _inbox(errands, person, on) == []
        await _do(errands, "errand-1", kind, on, **body)
        sees.append(person)
        for each in sees:
            [line] = await _inbox(errands, each, on)
            assert (line["held_by"], line["overdue"]) == (rung, True), (each, rung)
            assert (line["owner"], line["since"], line["due_on"]) == ("clerk@north", before["since"], before["due_on"])
    assert await _inbox(errands, "sun", LATE) == []
    assert (await verify_all(PostgresArchive(store.reader), processes=PROCESSES)).findings == ()

    await _do(errands, "errand-1", "Deliver", date(2026, 3, 24))
    assert [await _inbox(errands, each, LATE) for each in sees] == [[]] * len(sees)


@pytest.mark.parametrize(
    ("owner", "supervisors"),
    [
        ({"organisation": "north", "role": "auditor"}, {"cai": ["supervisor@north"], "sun": []}),
        ({"role": "auditor"}, {"cai": ["supervisor"], "sun": ["supervisor"]}),
        ({"organisation": "nowhere"}, {"cai": [], "sun": []}),
    ],
    ids=["a role nobody has a seat for", "no organisation named", "an organisation nobody sits in"],
)
async def test_work_that_nobody_has_in_an_inbox_climbs_all_the_same(
    errands: World, owner: dict[str, str], supervisors: dict[str, list[str]]
):
    await _do(errands, "errand-1", "Order", **owner)
    for kind, body, on, _, person in LADDER:
        await _do(errands, "errand-1", kind, on, **body)
        if kind == "DeclareMissed":
            assert {each: await _holder(errands, each) for each in supervisors} == supervisors
        else:
            assert len(await _inbox(errands, person, on)) == 1


async def test_rows_of_every_rung_are_made_again_from_the_events(errands: World, admin: Any):
    every = "SELECT * FROM mandate.inbox ORDER BY stream_id, task, owner, principal"
    for climbed in range(len(LADDER) + 1):
        await _do(errands, f"errand-{climbed}", "Order", organisation="north")
        for kind, body, on, _, _ in LADDER[:climbed]:
            await _do(errands, f"errand-{climbed}", kind, on, **body)
    written = await admin.fetch(every)
    await admin.execute("UPDATE mandate.inbox SET held_by = 'li', due_on = '2026-01-01'")
    assert [each async for each in rebuild_all(errands.database, PROCESSES)]
    assert await admin.fetch(every) == written


async def test_the_most_urgent_of_all_ones_roles_comes_first_and_what_has_no_day_comes_last(errands: World):
    await _do(errands, "errand-1", "Order", organisation="north", is_limited=False)
    await _do(errands, "errand-2", "Order", date(2026, 3, 4), organisation="north")
    await _do(errands, "errand-3", "Order", role="supervisor", organisation="north")
    await _do(errands, "errand-4", "Order", date(2026, 3, 3), person="both")
    found = await _inbox(errands, "both", date(2026, 3, 11))
    assert [(line["case"], line["due_on"], line["overdue"]) for line in found] == [
        ("errand-3", "2026-03-09", True),
        ("errand-4", "2026-03-10", True),
        ("errand-2", "2026-03-11", False),
        ("errand-1", None, False),
    ]
    assert [line["case"] for line in await _inbox(errands, "both", limit=3)] == ["errand-3", "errand-4", "errand-2"]


async def test_who_sees_an_item_in_two_roles_is_shown_it_once(errands: World):
    await _do(errands, "errand-1", "Order", organisation="north")
    await _do(errands, "errand-1", "DeclareMissed", LATE, limit="duty")
    assert await _holder(errands, "both") == ["supervisor@north"]
