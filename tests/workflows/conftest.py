"""A house for every test: a database and a task queue of its own, on servers that start once a run."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.workflows.house import House
from tests.workflows.permit import Bug


@pytest.fixture
async def house(env: Any, database: str, task_queue: str) -> AsyncIterator[House]:
    """A house without a worker; `house.working()` lets one work."""
    house = House(env, database, task_queue)
    await house.open()
    yield house
    Bug.is_there = False
    await house.close()
