"""Row-level security: who reads for one tenant sees no other's rows, on any table, by any question (STORE item 9)."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import asyncpg
import pytest

from activities.ports import Blocked
from activities.requests import RECORD, CampaignSeed
from adapters.postgres.archive import PostgresArchive
from adapters.postgres.blocked import BlockedTable
from adapters.postgres.campaigns import CampaignTable
from adapters.postgres.database import Database
from adapters.postgres.inboxes import Inboxes
from adapters.postgres.notices import NoticeTable
from adapters.postgres.queries import Queries
from adapters.postgres.tables import METADATA
from adapters.postgres.tenants import tenant_of_stream, tenants
from audit.verify import verify_all
from domain.kernel.directory import Seat, Spell
from domain.kernel.followups import ServeNotice, TellAffected
from tests.contract.counter import DAY, PROCESSES
from tests.contract.test_ledger import grant
from tests.contract.world import TENANT, World

OTHER = "babu"
TABLES = sorted(table.name for table in METADATA.tables.values())
NO_TENANT = "no tenant is named"


async def _live(world: World, tenant: str) -> None:
    """Leave something in every table."""
    spell = Spell(first_on=DAY)
    seat = Seat(id="seat-1", person="li", organisation="hall", role="counter", spell=spell).model_dump(mode="json")
    for case, command in (
        (f"directory-{tenant}", world.envelope("ChangeDirectory", process="directory", entries=[seat])),
        (f"counter-{tenant}", world.envelope("Start", key="k1")),
        (f"counter-{tenant}", world.envelope("Pay", postings=grant("health", 500_00))),
    ):
        assert (await world.send(case, command.model_copy(update={"tenant": tenant}))).outcome == "recorded"
    notice = ServeNotice(to_role="counter", to_organisation=None, notice="reminder", details={})
    await NoticeTable(world.database).serve(f"notice-{tenant}", tenant, f"counter-{tenant}", notice)
    await CampaignTable(world.database).begin(a_campaign(tenant), concerned=3)
    stuck = Blocked(tenant, f"counter-{tenant}", "command-stuck", "counter", "Pay", RECORD, "ZeroDivisionError")
    await BlockedTable(world.database).note(stuck)


def a_campaign(tenant: str) -> CampaignSeed:
    """Give a campaign of a tenant's list."""
    return CampaignSeed(
        campaign=f"campaign-{tenant}",
        tenant=tenant,
        case=f"register-{tenant}-list",
        caused_at=datetime(2026, 3, 2, tzinfo=UTC),
        follow_up=TellAffected(key="list:list/meals", command="RecheckProof", body={}),
        follow_up_id=f"link:register-{tenant}-list@2.1",
    )


@pytest.fixture
async def lived(world: World, store: Any) -> Any:
    for tenant in (TENANT, OTHER):
        await _live(world, tenant)
    return store


@pytest.fixture
async def reader(lived: Any) -> AsyncIterator[Any]:
    """A connection that logged in as a reader of one tenant and has not named any yet."""
    connection: Any = await asyncpg.connect(lived.tenant_reader)
    yield connection
    await connection.close()


@pytest.mark.parametrize("table", TABLES)
async def test_every_row_that_is_seen_is_the_tenants_own(reader: Any, admin: Any, table: str):
    both = f"SELECT tenant, count(*) FROM mandate.{table} GROUP BY tenant ORDER BY tenant"  # noqa: S608 — our own tables
    everything = {row["tenant"]: row["count"] for row in await admin.fetch(both)}
    assert everything.keys() == {TENANT, OTHER}
    for tenant in (TENANT, OTHER):
        await reader.execute(f"SET mandate.tenant = '{tenant}'")
        assert {row["tenant"]: row["count"] for row in await reader.fetch(both)} == {tenant: everything[tenant]}


_ATTEMPTS = (
    "SELECT * FROM mandate.{table} WHERE tenant = 'babu'",
    "SELECT * FROM mandate.{table} WHERE tenant <> 'zone'",
    "SELECT * FROM mandate.{table} AS t WHERE t::text LIKE '%babu%'",
    "SELECT theirs.* FROM mandate.head AS own JOIN mandate.{table} AS theirs ON theirs.tenant <> own.tenant",
    "WITH theirs AS MATERIALIZED (SELECT * FROM mandate.{table} WHERE tenant <> 'zone') SELECT * FROM theirs",
    "SELECT * FROM mandate.{table} EXCEPT SELECT * FROM mandate.{table} WHERE tenant = 'zone'",
    "SELECT 1 / CASE WHEN tenant = 'babu' THEN 0 ELSE 1 END FROM mandate.{table} WHERE tenant = 'babu'",
)


@pytest.mark.parametrize("table", TABLES)
async def test_no_question_brings_out_a_row_of_another_tenant(reader: Any, table: str):
    await reader.execute("SET mandate.tenant = 'zone'")
    for attempt in _ATTEMPTS:
        assert await reader.fetch(attempt.format(table=table)) == [], attempt


@pytest.mark.parametrize("table", TABLES)
async def test_a_condition_that_tells_what_it_is_asked_hears_of_no_other_tenant(reader: Any, table: str):
    heard: list[str] = []
    reader.add_log_listener(lambda _connection, message: heard.append(message.message))
    await reader.execute("""
        CREATE FUNCTION pg_temp.told(given text) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS $$
        BEGIN RAISE NOTICE '%', given; RETURN true; END $$
    """)
    await reader.execute("SET mandate.tenant = 'zone'")
    assert await reader.fetch(f"SELECT * FROM mandate.{table} AS t WHERE pg_temp.told(t.tenant)")  # noqa: S608 — our own tables
    assert set(heard) == {TENANT}


_QUESTIONS = (
    "SELECT * FROM mandate.{table}",
    "SELECT count(*) FROM mandate.{table}",
    "SELECT * FROM mandate.{table} WHERE tenant = 'nowhere'",
    "SELECT 1 WHERE EXISTS (SELECT FROM mandate.{table} AS t WHERE t::text = 'nothing')",
)


@pytest.mark.parametrize("table", TABLES)
async def test_without_a_tenant_a_question_fails_and_is_not_answered_with_nothing(reader: Any, table: str):
    for unnamed in ("RESET mandate.tenant", "SET mandate.tenant = ''"):
        await reader.execute(unnamed)
        for question in _QUESTIONS:
            with pytest.raises(asyncpg.InsufficientPrivilegeError, match=NO_TENANT):
                await reader.fetch(question.format(table=table))


async def test_without_a_tenant_an_empty_table_is_no_answer_either(store: Any):
    empty: Any = await asyncpg.connect(store.tenant_reader)
    for table in TABLES:
        with pytest.raises(asyncpg.InsufficientPrivilegeError, match=NO_TENANT):
            await empty.fetch(f"SELECT * FROM mandate.{table}")  # noqa: S608 — our own tables
    await empty.close()


_CHANGES = (
    "DELETE FROM mandate.{table}",
    "UPDATE mandate.{table} SET tenant = 'zone'",
    "INSERT INTO mandate.{table} DEFAULT VALUES",
    "TRUNCATE mandate.{table}",
    "ALTER TABLE mandate.{table} DISABLE ROW LEVEL SECURITY",
    "SET row_security = off; SELECT * FROM mandate.{table}",
)


async def test_the_reader_of_one_tenant_writes_nothing_and_cannot_take_its_bounds_off(reader: Any):
    await reader.execute("SET mandate.tenant = 'zone'")
    for table in TABLES:
        for change in _CHANGES:
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await reader.execute(change.format(table=table))
    for role in ("mandate_app", "mandate_reader", "mandate_owner"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await reader.execute(f"SET ROLE {role}")


async def test_every_table_that_a_reader_of_one_tenant_may_read_is_bounded(admin: Any):
    open_to_it = await admin.fetch("""
        SELECT c.relname, c.relrowsecurity FROM pg_class AS c
        WHERE c.relnamespace = 'mandate'::regnamespace AND c.relkind IN ('r', 'v', 'm', 'p', 'f')
          AND has_any_column_privilege('mandate_tenant_reader', c.oid, 'SELECT')
    """)
    assert {row["relname"] for row in open_to_it} == {*TABLES}
    assert all(row["relrowsecurity"] for row in open_to_it)


async def test_the_application_and_the_auditor_see_every_tenant(world: World, lived: Any):
    assert await tenants(world.database) == [OTHER, TENANT]
    async with Database(lived.reader, size=1) as auditor:
        assert await tenants(auditor) == [OTHER, TENANT]
    proof = await verify_all(PostgresArchive(lived.reader), processes=PROCESSES)
    assert (proof.streams, proof.findings) == (4, ())


@pytest.mark.parametrize("who", ["app", "reader", "tenant_reader"])
async def test_a_connection_for_one_tenant_is_bounded_whoever_opened_it(lived: Any, who: str):
    async with Database(getattr(lived, who), tenant=TENANT, size=1) as own:
        assert await tenants(own) == [TENANT]
        assert await tenant_of_stream(own, "counter-babu") is None
        await own.fetch("RESET ALL")
        assert await tenants(own) == [TENANT]
    async with PostgresArchive(getattr(lived, who), TENANT).open() as record:
        assert await record.heads_of(["counter-babu"]) == []
        assert len(await record.heads_of(["counter-zone"])) == 1


async def test_what_the_command_line_asks_finds_only_the_tenant_it_reads_for(lived: Any):
    async with Database(lived.app, tenant=TENANT, size=1) as own:
        queries = Queries(own, PROCESSES)
        assert [line["case"] async for line in queries.cases()] == ["counter-zone", "directory-zone"]
        assert [line["case"] async for line in queries.cases(tenant=OTHER)] == []
        assert await queries.case("counter-babu") is None
        assert [line async for line in queries.events("counter-babu")] == []
        assert [line["case"] async for line in queries.deadlines()] == ["counter-zone"]
        assert [line async for line in queries.accounts(OTHER, "health")] == []
        assert [line async for line in queries.movements(OTHER, "health")] == []
        assert [line["case"] async for line in Inboxes(own, TENANT).waiting("li", DAY)] == ["counter-zone"]
        assert [line async for line in Inboxes(own, OTHER).waiting("li", DAY)] == []
        assert [line["case"] async for line in Inboxes(own, TENANT).notices("li", DAY)] == ["counter-zone"]
        assert [line async for line in Inboxes(own, OTHER).notices("li", DAY)] == []
