"""One server for the run, without `fsync`; a migrated database of its own for every test."""

from collections.abc import AsyncIterator, Iterator
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import asyncpg
import pytest

from adapters.postgres.database import APPLICATION, READER, Database, migrate
from adapters.servers.postgres import EmbeddedPostgres, PostgresServer
from tests.contract.world import World

_NUMBERS = count(1)
_TEMPLATE = "contract_template"


class Addresses(NamedTuple):
    """Where one database is reached, by role."""

    admin: str
    app: str
    reader: str


@pytest.fixture(scope="session")
def store_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    folder: Path = tmp_path_factory.mktemp("contract")
    server = EmbeddedPostgres(folder, fsync=False).start(lambda _line: None)
    try:
        server.create_database(_TEMPLATE)
        migrate(server.admin_dsn(_TEMPLATE))
        server.let_in(APPLICATION, READER)
        yield server
    finally:
        server.stop()


@pytest.fixture
async def store(store_server: PostgresServer) -> Addresses:
    name = f"contract_{next(_NUMBERS)}"
    admin: Any = await asyncpg.connect(store_server.admin_dsn())
    await admin.execute(f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE}")
    await admin.close()
    roles = (store_server.role_dsn(role, name) for role in (APPLICATION, READER))
    return Addresses(store_server.admin_dsn(name), *roles)


@pytest.fixture
async def world(store: Addresses) -> AsyncIterator[World]:
    async with Database(store.app, size=40) as database:
        yield World(database)


@pytest.fixture
async def admin(store: Addresses) -> AsyncIterator[Any]:
    """A connection of the superuser, who sees everything."""
    connection: Any = await asyncpg.connect(store.admin)
    yield connection
    await connection.close()
