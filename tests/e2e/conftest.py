"""The command line as its users have it: a process of its own, against the real servers."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from worker import run_worker

ROOT = Path(__file__).parents[2]
_MAIN = "from starter.cli import main; main()"


@dataclass(frozen=True)
class Said:
    """What one call printed, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one object it printed."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """Every object it printed, one a line."""
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass(frozen=True)
class Line:
    """`mandate …` with its surroundings."""

    environment: dict[str, str]

    async def __call__(self, *words: str, stdin: str | bytes = b"", **environment: str) -> Said:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            _MAIN,
            *words,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env={**self.environment, **environment},
            cwd=ROOT,
        )
        out, err = await process.communicate(stdin.encode() if isinstance(stdin, str) else stdin)
        return Said(process.returncode or 0, out.decode(), err.decode())


@pytest.fixture
def bare_line(tmp_path: Path) -> Line:
    """The command line with no server to reach."""
    kept = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    return Line({**kept, "PYTHONPATH": str(ROOT), "XDG_STATE_HOME": str(tmp_path), "LANG": "en_US.UTF-8"})


@pytest.fixture
async def line(bare_line: Line, database: Any, temporal: Any, task_queue: str) -> AsyncIterator[Line]:
    """The command line against this test's own store and queue.

    A district has one directory, so its workflow has one id; the next test's district must find it free.
    """
    yield Line(
        {
            **bare_line.environment,
            "DATABASE_URL": database.app,
            "TEMPORAL_ADDRESS": temporal.client.service_client.config.target_host,
            "TEMPORAL_NAMESPACE": temporal.client.namespace,
            "MANDATE_TASK_QUEUE": task_queue,
            "MANDATE_TENANT": "zone",
        }
    )
    running = f"TaskQueue = '{task_queue}' AND ExecutionStatus = 'Running'"
    async for each in temporal.client.list_workflows(running):
        await temporal.client.get_workflow_handle(each.id).terminate()


Working = Callable[[], AbstractAsyncContextManager[None]]


@pytest.fixture
def working(database: Any, temporal: Any, task_queue: str) -> Working:
    """A worker, while the block lasts."""

    @asynccontextmanager
    async def work() -> AsyncIterator[None]:
        stop = asyncio.Event()
        worker = asyncio.create_task(run_worker(temporal.client, database.app, stop, task_queue=task_queue))
        try:
            yield
        finally:
            stop.set()
            await worker

    return work
