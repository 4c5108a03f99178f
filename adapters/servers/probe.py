"""What answers where, since when, in which version: asked of the servers themselves."""

import asyncio
import importlib.metadata
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal
from urllib.parse import urlsplit

import asyncpg
from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest, GetSystemInfoRequest
from temporalio.client import Client
from temporalio.service import RPCError

State = Literal["answers", "away", "waits"]
"""`waits`: the server answers, and nobody works or the schema is not there yet."""

_PATIENCE_SECONDS: Final = 3.0
_FACTS: Final = (
    "SELECT current_setting('server_version'), pg_postmaster_start_time(), to_regclass('mandate.head') IS NULL"
)
_ALIVE_SECONDS: Final = 120.0
"""A worker asks for work at least once a minute."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a running installation.

    Attributes:
        since: UTC; nothing where the part does not tell.
        why: What is wrong, in the words of whoever said so; empty when nothing is.
    """

    name: Literal["postgresql", "temporal", "worker"]
    state: State
    address: str
    version: str = ""
    since: datetime | None = None
    why: str = ""


async def probe_postgres(database_url: str) -> Part:
    """Ask the store; its password stays out of the answer."""
    parts = urlsplit(database_url)
    address = f"{parts.hostname}:{parts.port or 5432}{parts.path}"
    try:
        connection = await asyncpg.connect(database_url, timeout=_PATIENCE_SECONDS)
    except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError, ValueError) as error:
        return Part("postgresql", "away", address, why=str(error) or type(error).__name__)
    try:
        version, since, is_empty = await connection.fetchrow(_FACTS) or ("", None, True)
    finally:
        await connection.close()
    state, why = ("waits", "the schema mandate is not there") if is_empty else ("answers", "")
    return Part("postgresql", state, address, f"PostgreSQL {version}", since, why)


async def probe_temporal(address: str, connected: Client | Exception) -> Part:
    """Ask the Temporal server for its version."""
    if isinstance(connected, Exception):
        return Part("temporal", "away", address, why=str(connected))
    try:
        info = await connected.workflow_service.get_system_info(GetSystemInfoRequest())
    except RPCError as error:
        return Part("temporal", "away", address, why=error.message)
    return Part("temporal", "answers", f"{address}/{connected.namespace}", f"Temporal {info.server_version}")


async def probe_workers(connected: Client | Exception, task_queue: str) -> Part:
    """Ask the Temporal server who takes work from the queue."""
    if isinstance(connected, Exception):
        return Part("worker", "away", task_queue, why="Temporal is away")
    question = DescribeTaskQueueRequest(
        namespace=connected.namespace,
        task_queue=TaskQueue(name=task_queue),
        task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
    )
    try:
        answer = await connected.workflow_service.describe_task_queue(question)
    except RPCError as error:
        return Part("worker", "away", task_queue, why=error.message)
    seen = {each.identity: each.last_access_time.ToDatetime(UTC) for each in answer.pollers}
    alive = {name: at for name, at in seen.items() if (datetime.now(UTC) - at).total_seconds() < _ALIVE_SECONDS}
    if not alive:
        return Part("worker", "waits", task_queue, why="no worker asks for work")
    return Part("worker", "answers", f"{task_queue}: {', '.join(sorted(alive))}", f"mandate {own_version()}")


async def probe(database_url: str, address: str, connected: Client | Exception, task_queue: str) -> list[Part]:
    """Ask all three at once."""
    return list(
        await asyncio.gather(
            probe_postgres(database_url), probe_temporal(address, connected), probe_workers(connected, task_queue)
        )
    )


def own_version() -> str:
    """Return the version of this installation."""
    return importlib.metadata.version("mandate")
