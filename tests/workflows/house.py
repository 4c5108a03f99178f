"""A district's house for one test: a store, a server, workers, and somebody who asks and waits for answers."""

import asyncio
import json
import sys
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
from temporalio.client import Client, WorkflowHandle
from temporalio.testing import TimeSkipper

from activities.campaigns import Pace
from activities.links import open_with, submit
from adapters.postgres.campaigns import CampaignTable
from adapters.postgres.database import Database
from adapters.postgres.decisions import Decisions
from adapters.postgres.facts import Readings
from adapters.postgres.notices import NoticeTable
from adapters.postgres.roster import OpenCases
from adapters.telemetry.outlook import Outlook
from domain.kernel.envelope import OPERATOR, Envelope, Who
from tests.workflows.permit import PERMIT, PermitWorkflow
from worker import Drivers, build
from workflows.wire import wire

ROOT = Path(__file__).parents[2]
TENANT = "zone"
CLERK = Who(person=OPERATOR)
"""Whoever runs the house needs no seat, so these tests need no directory."""
PROCESSES = {"permit": PERMIT}
WORKFLOWS = {"permit": PermitWorkflow}
READINGS = Readings(published=lambda _state: None, pack_stack=lambda _state: ())


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

    def __init__(self, skipper: TimeSkipper, dsn: str, task_queue: str) -> None:
        self.skipper = skipper
        self.temporal: Client = skipper.client
        self.dsn = dsn
        self.task_queue = task_queue
        self.processes: Mapping[str, Any] = PROCESSES
        self.workflows: Mapping[str, Any] = WORKFLOWS
        self.pace = Pace()
        self.outlook = Outlook()
        self._skipped: dict[str, timedelta] = defaultdict(timedelta)
        self._announced: dict[tuple[str, str], asyncio.Event] = defaultdict(asyncio.Event)
        self._numbers = count(1)
        self.store = Database(dsn)
        self._listening: Any = None

    @property
    def _server(self) -> tuple[str, str]:
        """Where the Temporal server is, and in which of its namespaces we are."""
        return self.temporal.service_client.config.target_host, self.temporal.namespace

    async def open(self) -> None:
        self._listening = await asyncpg.connect(self.dsn)
        await self._listening.add_listener("answers", self._heard)

    async def close(self) -> None:
        await self._listening.close()
        await self.store.close()

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
        await self.skipper.fast_forward(self.handle(case), how_long)
        self._skipped[case] += how_long

    async def skip_to(self, case: str, instant: datetime) -> None:
        await self.skip(case, instant - self.now(case))

    async def connect(self) -> Client:
        """Open a connection to the server, traced where this house is."""
        address, namespace = self._server
        interceptors = self.outlook.traces.interceptors
        return await Client.connect(address, namespace=namespace, plugins=[wire()], interceptors=interceptors)

    @asynccontextmanager
    async def working(self, dsn: str | None = None) -> AsyncIterator[None]:
        """Let one worker of this process work meanwhile, on the store at *dsn* if it is reached by another way."""
        traces = self.outlook.traces
        # One connection takes one worker of a queue.
        temporal = await self.connect()
        async with (
            traces.database(dsn or self.dsn) as database,
            self.outlook.watch(temporal, database, self.task_queue) as watch,
        ):
            log = Decisions(database, self.processes, READINGS)
            drivers = Drivers(log, OpenCases(database), NoticeTable(database), CampaignTable(database), watch)
            worker = build(
                temporal,
                drivers,
                task_queue=self.task_queue,
                processes=self.processes,
                workflows=self.workflows,
                pace=self.pace,
            )
            async with worker:
                yield

    @asynccontextmanager
    async def mortal_worker(self, dies_after: str) -> AsyncIterator[asyncio.subprocess.Process]:
        """Let a worker in another process work, which kills itself once it has recorded the command of that id."""
        words = (*self._server, self.dsn, self.task_queue, dies_after)
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.workflows.mortal_worker", *words, cwd=ROOT
        )
        try:
            yield process
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()

    @asynccontextmanager
    async def worker_apart(self, version: str = "today") -> AsyncIterator[asyncio.subprocess.Process]:
        """Let a worker in another process work, of this version of the code; it may be told to stop before the end."""
        words = (*self._server, self.dsn, self.task_queue, version)
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.workflows.worker_apart", *words, cwd=ROOT, stdout=asyncio.subprocess.PIPE
        )
        try:
            assert process.stdout is not None
            assert b"working" in await process.stdout.readline()
            yield process
        finally:
            if process.returncode is None:
                process.kill()
            await process.communicate()

    def envelope(
        self,
        case: str,
        kind: str,
        command_id: str | None = None,
        *,
        at: datetime | None = None,
        who: Who = CLERK,
        **body: Any,
    ) -> Envelope:
        return Envelope(
            id=command_id or f"command-{next(self._numbers)}",
            tenant=TENANT,
            process="permit",
            kind=kind,
            who=who,
            received_at=at or self.now(case),
            body=body,
        )

    async def send(self, case: str, envelope: Envelope) -> None:
        """Send as every way in does: a plain Signal, and a start with it where there is no run."""
        if envelope.kind == "OpenPermit" or not await submit(self.temporal, case, envelope):
            await open_with(self.temporal, self.task_queue, case, envelope)

    async def ask(
        self,
        case: str,
        kind: str,
        command_id: str | None = None,
        *,
        at: datetime | None = None,
        within: float = 30.0,
        **body: Any,
    ) -> Told:
        """Send a command and wait for its answer."""
        envelope = self.envelope(case, kind, command_id, at=at, **body)
        await self.send(case, envelope)
        return await self.answer(case, envelope.id, within=within)

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
        rows = await self.store.fetch(query, case, command_id)
        return Told(json.loads(rows[0]["body"])) if rows else None

    async def commands(self, case: str) -> list[Told]:
        """Give every answered command in the order in which they were decided."""
        rows = await self.store.fetch("SELECT body FROM mandate.command WHERE stream_id = $1 ORDER BY number", case)
        return [Told(json.loads(row["body"])) for row in rows]

    async def events(self, case: str) -> list[str]:
        rows = await self.store.fetch("SELECT type FROM mandate.event WHERE stream_id = $1 ORDER BY version", case)
        return [row["type"] for row in rows]

    async def rows(self, query: str) -> list[Any]:
        return await self.store.fetch(query)

    async def history(self, case: str, run_id: str | None = None) -> list[str]:
        """Give the names of the events in Temporal's history of the case, once nothing is under way in it."""
        handle = self.temporal.get_workflow_handle(case, run_id=run_id)
        await handle.query("__stack_trace")  # answered when the workflow has come to rest
        fetched = await handle.fetch_history()
        return [_name(event) for event in fetched.events]


def _name(event: Any) -> str:
    return event.WhichOneof("attributes").removesuffix("_event_attributes")


def ids(commands: list[Told]) -> list[str]:
    return [each["sent"]["id"] for each in commands]
