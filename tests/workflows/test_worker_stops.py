"""The worker as it is deployed: `worker.py` with two addresses in its environment, told to stop."""

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import Any

import pytest
from temporalio.testing import TimeSkipper

ROOT = Path(__file__).parents[2]
WORKER = str(ROOT / "worker.py")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_worker_that_is_told_to_stop_ends_well(
    temporal: TimeSkipper, database: Any, number: signal.Signals
) -> None:
    environment = {
        **os.environ,
        "DATABASE_URL": database.app,
        "TEMPORAL_ADDRESS": temporal.client.service_client.config.target_host,
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, WORKER, env=environment, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    async with asyncio.timeout(30):
        assert b'"event": "working"' in await process.stdout.readline()
        process.send_signal(number)
        assert await process.wait() == 0


async def test_a_worker_without_a_store_says_what_is_missing() -> None:
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    process = await asyncio.create_subprocess_exec(
        sys.executable, WORKER, env=environment, stderr=asyncio.subprocess.PIPE
    )
    _, said = await process.communicate()
    assert process.returncode == 1
    assert b"DATABASE_URL is not set: expected postgresql://" in said
