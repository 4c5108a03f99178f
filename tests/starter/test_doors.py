"""What is read for one tenant is read as the role that sees no other's rows."""

from typing import Any

import pytest

from adapters.postgres.database import Database
from starter.joins import Doors

_WHO = "SELECT current_user AS role, current_setting('mandate.tenant', true) AS tenant"


@pytest.fixture
async def doors(database: Any) -> Any:
    opened = Doors(database.app)
    yield opened
    await opened.close()


async def _asked_as(reader: Database) -> tuple[str, str | None]:
    row = (await reader.fetch(_WHO))[0]
    return row["role"], row["tenant"]


@pytest.mark.parametrize("door", ["queries", "inboxes", "facts_of"])
async def test_a_tenants_lists_are_read_as_the_reader_of_that_tenant(doors: Doors, door: str):
    for tenant in ("zone", "babu", "zone"):
        assert await _asked_as(getattr(doors, door)(tenant)._reader) == ("mandate_tenant_reader", tenant)


async def test_a_tenants_record_is_read_as_the_reader_of_that_tenant(doors: Doors):
    async with doors.archive_of("zone").open() as record:
        row = (await record._connection.fetch(_WHO))[0]
    assert (row["role"], row["tenant"]) == ("mandate_tenant_reader", "zone")


async def test_who_the_tenants_are_and_what_was_answered_is_asked_for_all_of_them(doors: Doors):
    assert (await _asked_as(doors.database))[0] == "mandate_app"
