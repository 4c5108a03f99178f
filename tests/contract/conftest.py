"""The store of one test, with the test processes in it."""

from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from adapters.postgres.database import Database
from tests.contract.world import World


@pytest.fixture
def store(database: Any) -> Any:
    """Where the test's store is reached, by role."""
    return database


@pytest.fixture
async def world(store: Any) -> AsyncIterator[World]:
    async with Database(store.app, size=40) as connections:
        yield World(connections)


@pytest.fixture
async def admin(store: Any) -> AsyncIterator[Any]:
    """A connection of the superuser, who sees everything."""
    connection: Any = await asyncpg.connect(store.admin)
    yield connection
    await connection.close()
