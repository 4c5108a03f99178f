"""A house for every test: a database and a task queue of its own, on servers that start once a run."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from temporalio.testing import TimeSkipper

from tests.workflows.house import House
from tests.workflows.permit import Bug, Rule


@pytest.fixture
async def house(temporal: TimeSkipper, database: Any, task_queue: str) -> AsyncIterator[House]:
    """A house without a worker; `house.working()` lets one work."""
    house = House(temporal, database.app, task_queue)
    await house.open()
    yield house
    Bug.is_there, Rule.forbidden = False, ""
    await house.close()
