"""The command line as its users have it: a process of its own, against the real servers."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.loaded import ROOT, Loaded, Said
from tests.faults.servers import Worker
from worker import run_worker


@dataclass(frozen=True)
class Line:
    """`mandate …` with its surroundings."""

    environment: dict[str, str]
    loaded: Loaded

    async def __call__(self, *words: str, stdin: str | bytes = b"", **environment: str) -> Said:
        given = stdin.encode() if isinstance(stdin, str) else stdin
        return await self.loaded.call(words, {**self.environment, **environment}, given)


@pytest.fixture(scope="session")
def loaded() -> Iterator[Loaded]:
    """The process that every call of the command line is forked of."""
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "PGPASSFILE") if key in os.environ}
    with Loaded({**kept, "PYTHONPATH": str(ROOT), "LANG": "en_US.UTF-8"}) as process:
        yield process


@pytest.fixture
def bare_line(tmp_path: Path, loaded: Loaded) -> Line:
    """The command line with no server to reach."""
    return Line({**loaded.environment, "XDG_STATE_HOME": str(tmp_path)}, loaded)


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
        },
        bare_line.loaded,
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
