"""A record and a Temporal of different days are known by what each knows; a killed worker leaves no such thing."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg
import pytest
from temporalio.api.namespace.v1 import UpdateNamespaceInfo
from temporalio.api.workflowservice.v1 import UpdateNamespaceRequest

from activities.links import tell
from adapters.postgres.answers import Answers
from adapters.postgres.database import Database
from adapters.servers.dump import dump, load
from adapters.servers.errors import Parted, PartedError
from adapters.servers.halves import MARK, compare, note
from adapters.servers.postgres import PostgresServer
from domain.kernel.messages import shanghai_date, start_of
from tests.workflows.house import House, ids

FAR = "2099-01-01"
Yesterday = Callable[[], Awaitable[str]]


async def parted(house: House, store: Database | None = None) -> PartedError | None:
    return await compare(store or house.store, house.temporal)


@pytest.fixture
async def yesterday(house: House, postgres: PostgresServer, tmp_path: Path) -> AsyncIterator[Yesterday]:
    """Keep the store as it is when called first; give the same store again, set back to that day, when called next."""
    file, name = tmp_path / "store.dump", f"yesterday_{house.task_queue.replace('-', '_')}"
    server, _, today = house.dsn.rpartition("/")

    async def give() -> str:
        if file.exists():
            await asyncio.to_thread(postgres.create_database, name)
            await load(postgres.admin_dsn(name), file)
            return f"{server}/{name}"
        admin = await asyncpg.connect(postgres.admin_dsn(today))
        async with admin.transaction(isolation="repeatable_read"):
            await dump(postgres.admin_dsn(today), await admin.fetchval("SELECT pg_export_snapshot()"), file)
        await admin.close()
        return house.dsn

    yield give
    admin = await asyncpg.connect(postgres.admin_dsn())
    await admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    await admin.close()


@pytest.fixture
async def note_taken_away(house: House) -> AsyncIterator[None]:
    """The server is every test's; the next one's record is another."""
    yield
    info = UpdateNamespaceInfo(data={MARK: ""})
    request = UpdateNamespaceRequest(namespace=house.temporal.namespace, update_info=info)
    await house.temporal.workflow_service.update_namespace(request)


async def test_a_worker_killed_between_its_write_and_its_word_is_no_return(house: House) -> None:
    case = house.new_case()
    async with house.mortal_worker("noted") as worker:
        await house.ask(case, "OpenPermit", answer_by=FAR)
        await house.send(case, house.envelope(case, "AddNote", "noted", text="recorded, never told"))
        await worker.wait()
    assert "noted" in ids(await house.commands(case))
    assert await parted(house) is None
    async with house.working():
        await house.ask(case, "AddNote", text="on it goes")
    assert await parted(house) is None


async def test_work_that_goes_on_meanwhile_is_no_return(house: House) -> None:
    cases = [house.new_case() for _ in range(4)]
    async with house.working():
        for case in cases:
            await house.ask(case, "OpenPermit", answer_by=FAR)

        async def write(case: str) -> None:
            for _ in range(8):
                await house.ask(case, "AddNote", text="more")

        async def look() -> None:
            while True:
                assert await parted(house) is None

        looking = asyncio.create_task(look())
        await asyncio.gather(*(write(case) for case in cases))
        looking.cancel()
        with suppress(asyncio.CancelledError):
            await looking


async def test_a_store_of_yesterday_beside_a_temporal_of_today_is_known_and_no_case_goes_on(
    house: House, yesterday: Yesterday
) -> None:
    moved, opened, untouched = (house.new_case() for _ in range(3))
    async with house.working():
        for case in (moved, untouched):
            await house.ask(case, "OpenPermit", answer_by=FAR)
        await yesterday()
        await house.ask(moved, "AddNote", text="today")
        await house.ask(opened, "OpenPermit", answer_by=FAR)
    dsn = await yesterday()
    async with Database(dsn) as store:
        error = await parted(house, store)
        assert error is not None
        assert error.older == "record"
        found = {each.case: (each.recorded, each.followed) for each in error.cases}
        assert found.items() >= {moved: (2, 3), opened: (0, 2)}.items()
        assert untouched not in found
        async with house.working(dsn):
            await house.send(moved, house.envelope(moved, "AddNote", "after", text="must not be decided"))
            await until_tried_again(house, moved)
        rows = await store.fetch("SELECT version FROM mandate.head WHERE stream_id = $1", moved)
        assert [row["version"] for row in rows] == [2]


async def test_a_temporal_of_yesterday_beside_a_store_of_today_is_known_and_may_follow_it(house: House) -> None:
    """One run was only ever sent the first command, and nobody waits for another case, as in an older file."""
    moved, lost = house.new_case(), house.new_case()
    answer_by = shanghai_date(house.now(lost)) + timedelta(days=30)
    first = house.envelope(moved, "OpenPermit", answer_by=FAR)
    async with house.working():
        await house.send(moved, first)
        await house.ask(lost, "OpenPermit", answer_by=str(answer_by))
        for case in (moved, lost):
            await house.ask(case, "AddNote", text="today")
    for case in (moved, lost):
        await house.handle(case).terminate()
    await house.send(moved, first)
    found = await apart(house)
    assert {found[case].older for case in (moved, lost)} == {"temporal"}
    assert [(found[case].recorded, found[case].followed) for case in (moved, lost)] == [(3, 0), (3, None)]

    for case in (moved, lost):
        opened = await Answers(house.store, house.dsn).first_command(case)
        assert opened is not None
        await tell(house.temporal, house.task_queue, case, opened)
    async with house.working():
        while {moved, lost} & (await apart(house)).keys():
            pass
        assert [len(await house.commands(case)) for case in (moved, lost)] == [2, 2]
        await house.skip_to(lost, start_of(answer_by + timedelta(days=1)) + timedelta(minutes=5))
        await house.handle(lost).result()
    assert (await house.events(lost)).count("PermitLapsed") == 1


async def apart(house: House) -> dict[str, Parted]:
    error = await parted(house)
    return {} if error is None else {each.case: each for each in error.cases}


@pytest.mark.usefixtures("note_taken_away")
async def test_a_note_of_a_record_that_is_not_this_one_is_enough(house: House, yesterday: Yesterday) -> None:
    """Nothing in Temporal but its note is beyond the record: all that happened since was in cases that are closed."""
    case = house.new_case()
    await yesterday()
    async with house.working():
        await house.ask(case, "OpenPermit", answer_by=FAR)
        at = datetime.now(UTC).isoformat()
        await note(house.store, house.temporal, at)
        assert await parted(house) is None
    await house.handle(case).terminate()
    async with Database(await yesterday()) as store:
        error = await parted(house, store)
    assert error is not None
    assert (error.older, error.beyond_at) == ("record", at)


async def until_tried_again(house: House, case: str) -> None:
    """Wait until a command of the case is tried by the scheduled activity, and failed there."""
    async with asyncio.timeout(30):
        while True:
            described = await house.handle(case).describe()
            pending = described.raw_description.pending_activities
            if any("CorruptHistory" in each.last_failure.message for each in pending):
                return
