"""A district's house for one test: a store, a server, workers, and somebody who sends commands and waits for answers."""

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

import asyncpg
from temporalio.client import Client, WorkflowHandle
from temporalio.testing import WorkflowEnvironment

from activities.links import open_with, submit
from adapters.postgres.database import Database
from adapters.postgres.decisions import Decisions
from adapters.postgres.facts import Readings
from adapters.postgres.notices import NoticeTable
from adapters.postgres.roster import OpenCases
from domain.kernel.entries import instant_text
from domain.kernel.envelope import LINKED_CASE, Envelope, Who
from tests.contract.counter import DIRECTORY, published
from tests.workflows.permit import PERMIT, PermitWorkflow
from worker import Drivers, build

TENANT = "zone"
CLERK = Who(person="permit-clerk", machine=LINKED_CASE)
PROCESSES = {"permit": PERMIT, "directory": DIRECTORY}
WORKFLOWS = {"permit": PermitWorkflow}
READINGS = Readings(published=published, pack_stack=lambda _state: ())


class Told(dict[str, Any]):
    """One row of the command table, as it was hashed."""

    @property
    def outcome(self) -> str:
        return self["answer"]["outcome"]

    @property
    def code(self) -> str | None:
        return (self["answer"]["refusal"] or {}).get("code")

    @property
    def events(self) -> list[str]:
        return self["answer"]["events"]


class House:
    """Everything one test needs; what it starts ends with the test."""

    def __init__(self, env: WorkflowEnvironment, dsn: str, task_queue: str) -> None:
        self.env = env
        self.temporal: Client = env.client
        self.dsn = dsn
        self.task_queue = task_queue
        self.processes: Mapping[str, Any] = PROCESSES
        self.workflows: Mapping[str, Any] = WORKFLOWS
        self._skipped: dict[str, timedelta] = defaultdict(timedelta)
        self._announced: dict[tuple[str, str], asyncio.Event] = defaultdict(asyncio.Event)
        self._numbers = count(1)
        self._reader: Any = None

    async def open(self) -> None:
        self._reader = await asyncpg.connect(self.dsn)
        await self._reader.add_listener("answers", self._heard)

    async def close(self) -> None:
        await self._reader.close()

    def _heard(self, _connection: object, _process: int, _channel: str, payload: str) -> None:
        case, _, command = payload.partition(" ")
        self._announced[case, command].set()

    def new_case(self) -> str:
        return f"permit-{uuid4().hex[:16]}"

    def handle(self, case: str) -> WorkflowHandle[Any, Any]:
        return self.temporal.get_workflow_handle(case)

    def now(self, case: str) -> datetime:
        """Give the case's own time, which the server moves for it alone."""
        return datetime.now(UTC) + self._skipped[case]

    async def skip(self, case: str, how_long: timedelta) -> None:
        await self.env.fast_forward(self.handle(case), how_long)
        self._skipped[case] += how_long

    async def skip_to(self, case: str, instant: datetime) -> None:
        await self.skip(case, instant - self.now(case))

    @asynccontextmanager
    async def working(self, log: Callable[[Decisions], Any] = lambda log: log) -> AsyncIterator[None]:
        """Let one worker of this process work meanwhile.

        Args:
            log: Puts something between the worker and its store, to break it.
        """
        async with Database(self.dsn) as database:
            decisions = log(Decisions(database, self.processes, READINGS))
            drivers = Drivers(decisions, OpenCases(database), NoticeTable(database))
            worker = build(
                self.temporal,
                drivers,
                task_queue=self.task_queue,
                processes=self.processes,
                workflows=self.workflows,
            )
            async with worker:
                yield

    def envelope(
        self, case: str, kind: str, command_id: str | None = None, *, at: datetime | None = None, **body: Any
    ) -> Envelope:
        return Envelope(
            id=command_id or f"command-{next(self._numbers)}",
            tenant=TENANT,
            process="permit",
            kind=kind,
            who=CLERK,
            received_at=at or self.now(case),
            body=body,
        )

    async def send(self, case: str, envelope: Envelope) -> None:
        """Send as every way in does: a plain Signal, and a start with it where there is no run."""
        if envelope.kind == "OpenPermit" or not await submit(self.temporal, case, envelope):
            await open_with(self.temporal, self.task_queue, case, envelope)

    async def ask(
        self, case: str, kind: str, command_id: str | None = None, *, at: datetime | None = None, **body: Any
    ) -> Told:
        """Send a command and wait for its answer."""
        envelope = self.envelope(case, kind, command_id, at=at, **body)
        await self.send(case, envelope)
        return await self.answer(case, envelope.id)

    async def answer(self, case: str, command_id: str, *, within: float = 30.0) -> Told:
        """Wait for the recorded answer to a command, and read it."""
        announced = self._announced[case, command_id]
        told = await self._look(case, command_id)
        if told is None:
            async with asyncio.timeout(within):
                await announced.wait()
            told = await self._look(case, command_id)
        assert told is not None
        return told

    async def _look(self, case: str, command_id: str) -> Told | None:
        query = "SELECT body FROM mandate.command WHERE stream_id = $1 AND command_id = $2"
        body = await self._reader.fetchval(query, case, command_id)
        return None if body is None else Told(json.loads(body))

    async def commands(self, case: str) -> list[Told]:
        """Give every answered command in the order in which they were decided."""
        rows = await self._reader.fetch("SELECT body FROM mandate.command WHERE stream_id = $1 ORDER BY number", case)
        return [Told(json.loads(row["body"])) for row in rows]

    async def events(self, case: str) -> list[str]:
        rows = await self._reader.fetch("SELECT type FROM mandate.event WHERE stream_id = $1 ORDER BY version", case)
        return [row["type"] for row in rows]

    async def history(self, case: str, run_id: str | None = None) -> list[str]:
        """Give the names of the events in Temporal's history of the case."""
        handle = self.temporal.get_workflow_handle(case, run_id=run_id)
        fetched = await handle.fetch_history()
        return [_name(event) for event in fetched.events]


def _name(event: Any) -> str:
    return event.WhichOneof("attributes").removesuffix("_event_attributes")


def ids(commands: list[Told]) -> list[str]:
    return [each["sent"]["id"] for each in commands]


def received(commands: list[Told]) -> list[str]:
    return [each["received_at"] for each in commands]


def as_text(instant: datetime) -> str:
    return instant_text(instant)
