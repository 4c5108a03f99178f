"""What every other test stands on: a fresh store, a server that moves clocks, a queue to itself."""

from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
from temporalio.testing import TimeSkipper
from temporalio.worker import Worker

from tests.servers.thirty_days import ThirtyDays


async def test_a_thirty_day_clock_runs_out_on_the_real_server(temporal: TimeSkipper, task_queue: str):
    async with Worker(temporal.client, task_queue=task_queue, workflows=[ThirtyDays]):
        handle = await temporal.client.start_workflow(ThirtyDays.run, id=task_queue, task_queue=task_queue)
        await temporal.fast_forward(handle, timedelta(days=29))
        assert (await handle.describe()).close_time is None
        assert await temporal.get_current_time(handle) > datetime.now(UTC) + timedelta(days=28)
        await temporal.fast_forward(handle, timedelta(days=2))
        assert timedelta(seconds=await handle.result()) >= timedelta(days=30)


async def test_the_application_role_reads_the_schema_and_cannot_create(database: Any):
    connection = await asyncpg.connect(database.app)
    try:
        assert await connection.fetchval("SELECT count(*) FROM mandate.head") == 0
        assert await connection.fetchval("SELECT has_schema_privilege('mandate', 'CREATE')") is False
    finally:
        await connection.close()


async def test_tests_go_without_fsync_and_durable_tests_do_not(database: Any, durable_database: Any):
    assert await _asked(database.admin, "SHOW fsync") == "off"
    assert await _asked(durable_database.admin, "SHOW fsync") == "on"


async def _asked(dsn: str, question: str) -> Any:
    connection = await asyncpg.connect(dsn)
    try:
        return await connection.fetchval(question)
    finally:
        await connection.close()
