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

from tests.faults.servers import Worker
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
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "PGPASSFILE") if key in os.environ}
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
def working(line: Line, temporal: Any, server_folder: Path, given: Any) -> Working:
    """A worker, while the block lasts; on given servers two, each a process of its own, as they are deployed."""

    @asynccontextmanager
    async def work() -> AsyncIterator[None]:
        stop, told = asyncio.Event(), line.environment
        url, task_queue = told["DATABASE_URL"], told["MANDATE_TASK_QUEUE"]
        worker = asyncio.create_task(run_worker(temporal.client, url, stop, task_queue=task_queue))
        try:
            yield
        finally:
            stop.set()
            await worker

    @asynccontextmanager
    async def work_apart() -> AsyncIterator[None]:
        folders = [server_folder / f"worker-{number}" for number in (1, 2)]
        for folder in folders:
            folder.mkdir(exist_ok=True)
        workers = [Worker(folder, line.environment) for folder in folders]
        try:
            await asyncio.gather(*(asyncio.to_thread(worker.start) for worker in workers))
            yield
        finally:
            await asyncio.gather(*(asyncio.to_thread(worker.stop) for worker in workers))

    return work_apart if given else work
