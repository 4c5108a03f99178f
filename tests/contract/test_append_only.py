"""Append-only is a grant and a trigger, not a promise."""

import asyncio
from typing import Any

import asyncpg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine

from adapters.postgres.database import OWNER, migrate
from adapters.postgres.tables import METADATA
from tests.contract.world import World

_CHANGES = (
    "UPDATE mandate.{table} SET tenant = 'other'",
    "UPDATE mandate.{table} SET tenant = 'other' WHERE false",
    "DELETE FROM mandate.{table}",
    "TRUNCATE mandate.{table}",
    "TRUNCATE mandate.{table} CASCADE",
)
_TABLES = ("event", "command", "posting")
_INSERT = (
    "INSERT INTO mandate.event ({more} stream_id, version, type, tenant, body, hash) {how}"
    "VALUES ({value} 's', 1, 't', 'z', '', '')"
)


@pytest.fixture
async def filled(world: World, store: Any) -> Any:
    await world.ask("counter-1", "Start")
    return store


@pytest.mark.parametrize("change", _CHANGES)
@pytest.mark.parametrize("table", _TABLES)
async def test_the_application_may_not_change_what_is_recorded(filled: Any, table: str, change: str):
    application: Any = await asyncpg.connect(filled.app)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await application.execute(change.format(table=table))
    await application.close()


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("change", _CHANGES)
@pytest.mark.parametrize("table", _TABLES)
async def test_the_trigger_stops_the_owner_and_the_superuser_also_in_replica_mode(admin: Any, table: str, change: str):
    await admin.execute(f"SET session_replication_role = 'replica'; SET ROLE {OWNER}")
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="append-only"):
        await admin.execute(change.format(table=table))
    await admin.execute("RESET ROLE")
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="append-only"):
        await admin.execute(change.format(table=table))


@pytest.mark.usefixtures("filled")
async def test_an_upsert_is_an_update_and_is_stopped(admin: Any):
    upsert = _INSERT.format(more="", how="", value="").replace("'s'", "'counter-1'")
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="append-only"):
        await admin.execute(upsert + " ON CONFLICT (stream_id, version) DO UPDATE SET body = 'x'")


@pytest.mark.parametrize(
    ("more", "how", "value"),
    [
        ("global_position,", "OVERRIDING SYSTEM VALUE ", "1,"),
        ("global_position,", "OVERRIDING USER VALUE ", "1,"),
        ("recorded_at,", "", "'2020-01-01',"),
    ],
)
async def test_the_application_chooses_neither_position_nor_record_time(filled: Any, more: str, how: str, value: str):
    application: Any = await asyncpg.connect(filled.app)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await application.execute(_INSERT.format(more=more, how=how, value=value))
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await application.execute("SELECT setval('mandate.event_global_position_seq', 1)")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await application.execute("ALTER TABLE mandate.event DISABLE TRIGGER ALL")
    await application.close()


async def test_the_reader_reads_and_writes_nothing(filled: Any):
    reader: Any = await asyncpg.connect(filled.reader)
    assert await reader.fetchval("SELECT count(*) FROM mandate.event") == 2
    for table in METADATA.tables.values():
        await reader.fetch(f"SELECT * FROM mandate.{table.name}")  # noqa: S608 — our own tables
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await reader.execute(f"DELETE FROM mandate.{table.name}")  # noqa: S608 — our own tables
    await reader.close()


async def test_the_owner_cannot_log_in_and_owns_every_table(admin: Any):
    assert await admin.fetchval("SELECT rolcanlogin FROM pg_roles WHERE rolname = $1", OWNER) is False
    owners = await admin.fetch("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'mandate'")
    assert [row["tableowner"] for row in owners] == [OWNER]


def test_migrations_may_run_again_and_the_tables_are_those_the_readers_know(store: Any):
    migrate(store.admin)
    assert _differences(store.admin) == []


def _differences(admin_dsn: str) -> list[Any]:
    def compare(connection: Connection) -> list[Any]:
        options = {
            "include_schemas": True,
            "include_name": lambda name, kind, _parents: kind != "schema" or name == "mandate",
            "version_table_schema": "mandate",
            "compare_type": True,
        }
        return compare_metadata(MigrationContext.configure(connection, opts=options), METADATA)

    async def run() -> list[Any]:
        engine = create_async_engine(make_url(admin_dsn).set(drivername="postgresql+asyncpg"))
        try:
            async with engine.connect() as connection:
                return await connection.run_sync(compare)
        finally:
            await engine.dispose()

    return asyncio.run(run())
