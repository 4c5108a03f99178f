"""Alembic's entry: asyncpg is the only driver, and the schema keeps its own list of migrations."""

import asyncio

from alembic import context
from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine

from adapters.postgres.database import SCHEMA
from adapters.postgres.tables import METADATA

_ONE_AT_A_TIME = 7_268_931_105_422_016
"""Advisory lock of migrations: two that start together run one after the other."""


def _migrate(connection: Connection) -> None:
    connection.execute(text(f"SELECT pg_advisory_xact_lock({_ONE_AT_A_TIME})"))
    connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        include_schemas=True,
        include_name=lambda name, kind, _parents: kind != "schema" or name == SCHEMA,
        version_table_schema=SCHEMA,
    )
    context.run_migrations()


async def _run() -> None:
    url = make_url(context.config.attributes["dsn"]).set(drivername="postgresql+asyncpg")
    engine = create_async_engine(url)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(_migrate)
    finally:
        await engine.dispose()


asyncio.run(_run())
