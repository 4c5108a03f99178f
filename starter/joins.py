"""The one file of this room that imports adapters: it joins the ways in to what they read."""

import os
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final

import temporalio.client
from temporalio.envconfig import ClientConfig, ClientConnectConfig
from temporalio.service import RPCError

from adapters.calendars import read_calendar, read_year
from adapters.documents import Document, read_file
from adapters.packs import read_pack, read_packs
from adapters.postgres.answers import Answers
from adapters.postgres.archive import PostgresArchive
from adapters.postgres.cases import held_case
from adapters.postgres.database import Database
from adapters.postgres.facts import READINGS, FactReader
from adapters.postgres.inboxes import Inboxes
from adapters.postgres.queries import Queries
from adapters.postgres.tenants import tenant_of_stream, tenants
from adapters.scratch import ScratchServer
from adapters.servers import backup, halves, restore
from adapters.servers.checkup import Check, check_machine
from adapters.servers.errors import PartedError
from adapters.servers.machine import Machine, Whereabouts
from adapters.servers.manifest import Manifest
from adapters.servers.probe import Part, probe
from adapters.telemetry.gauges import Sample, Seen, look
from adapters.telemetry.page import counted_at
from adapters.telemetry.settings import METRICS, Address
from adapters.telemetry.traces import Traces, traces_for
from domain.kernel.calendar import Calendar, CalendarYear
from domain.kernel.decision import Case
from domain.kernel.errors import Unavailable
from domain.kernel.policy import Pack
from domain.kernel.process import Process
from domain.processes import PROCESSES
from starter.client import Client
from workflows.wire import TASK_QUEUE, wire

POLICY: Final = Path(__file__).parents[1] / "policy"
"""The law as data, as it comes with this version."""


@cache
def load_packs() -> Mapping[str, Pack]:
    """Read the policy packs that come with this version, by name; no server is asked.

    Raises:
        BadInput: A file is wrong; names file and line.
    """
    return read_packs(POLICY)


@cache
def load_calendar() -> Calendar:
    """Read the working days that come with this version; no server is asked.

    Raises:
        BadInput: A file is wrong; names file and line.
    """
    return read_calendar(POLICY / "calendars")


def read_document(path: Path) -> Document:
    """Read a YAML or JSON file and remember its lines; what looks like a fraction stays text.

    Raises:
        BadInput: Names the line.
    """
    return read_file(path)


def read_policy_pack(path: Path) -> Pack:
    """Read one policy pack: its folder, or one file.

    Raises:
        BadInput: Names file and line.
    """
    return read_pack(path)


def read_calendar_year(path: Path) -> CalendarYear:
    """Read one year of working days.

    Raises:
        BadInput: Names file and line.
    """
    return read_year(path)


def start_scratch() -> ScratchServer:
    """Start a store that is thrown away; not to be called on a running event loop."""
    return ScratchServer.start()


_LOCAL_TEMPORAL: Final = "127.0.0.1:7233"


class Doors:
    """The ways in of one call: PostgreSQL to read, Temporal to write. Each is opened when it is first needed.

    What is read for one tenant is read where no other tenant's row is seen, whatever is asked.

    Attributes:
        archive: The record of every tenant, for who audits; `facts` are those of every tenant.
    """

    def __init__(self, database_url: str, task_queue: str = TASK_QUEUE, traces: Traces | None = None) -> None:
        self._traces = traces or Traces()
        self.database = self._traces.database(database_url, size=4)
        self.answers = Answers(self.database, database_url)
        self.archive = PostgresArchive(database_url)
        self.facts = FactReader(self.database, PROCESSES, READINGS)
        self._database_url = database_url
        self._own: dict[str, Database] = {}
        self._task_queue = task_queue
        self._client: Client | None = None

    async def client(self) -> Client:
        """Connect to Temporal, once.

        Raises:
            Unavailable: It cannot be reached.
        """
        if self._client is None:
            temporal = await _temporal(self._traces)
            self._client = Client(temporal, self.answers, self._task_queue, way_in=self._traces.way_in)
        return self._client

    def queries(self, tenant: str) -> Queries:
        """Open a tenant's cases, registers and ledger."""
        return Queries(self._database_of(tenant), PROCESSES)

    def inboxes(self, tenant: str) -> Inboxes:
        """Open what waits for a tenant's people."""
        return Inboxes(self._database_of(tenant), tenant)

    def archive_of(self, tenant: str) -> PostgresArchive:
        """Open the record of one tenant."""
        return PostgresArchive(self._database_url, tenant)

    def facts_of(self, tenant: str) -> FactReader:
        """Open what a tenant's registers and directory say."""
        return FactReader(self._database_of(tenant), PROCESSES, READINGS)

    async def case(self, process: Process[Any, Any, Any], tenant: str, case_id: str) -> Case[Any]:
        """Give a case as it stands; one never recorded is at version 0."""
        return (await held_case(self._database_of(tenant), process, tenant, case_id)).case

    async def tenants(self) -> Sequence[str]:
        """Name every tenant of the store."""
        return await tenants(self.database)

    async def tenant_of_stream(self, stream_id: str) -> str | None:
        """Name the tenant of a stream, if anything was ever recorded in it."""
        return await tenant_of_stream(self.database, stream_id)

    async def close(self) -> None:
        """Close what was opened."""
        await self.answers.close()
        for database in (self.database, *self._own.values()):
            await database.close()
        self._traces.hand_over()

    def _database_of(self, tenant: str) -> Database:
        if tenant not in self._own:
            self._own[tenant] = self._traces.database(self._database_url, tenant=tenant, size=2)
        return self._own[tenant]


@asynccontextmanager
async def open_doors() -> AsyncGenerator[Doors]:
    """Open the ways in where the environment says, or where `mandate run` says it listens.

    Raises:
        Unavailable: Neither says anything.
    """
    doors = Doors(database_url(), _task_queue(), traces_for(os.environ))
    try:
        yield doors
    finally:
        await doors.close()


def database_url() -> str:
    """Give the address of the store as the application role sees it.

    Raises:
        Unavailable: Nothing names it: no `DATABASE_URL`, and `mandate run` is not at work here.
    """
    url = os.environ.get("DATABASE_URL")
    if url:
        return url
    here = running_here()
    if here is None:
        raise Unavailable("no DATABASE_URL is set and `mandate run` is not at work in this folder")
    return here.database_url


def data_folder() -> Path:
    """Name the folder in which `mandate run` keeps everything: `.mandate` here, or where MANDATE_DATA says."""
    return Path(os.environ.get("MANDATE_DATA") or ".mandate").resolve()


def running_here() -> Whereabouts | None:
    """Say where the `mandate run` of this folder is reached; nothing when it is not at work."""
    return Whereabouts.read(data_folder())


def machine_here(report: Callable[[str], None]) -> Machine:
    """Give the servers and the worker of this folder, not started; *report* takes a line for each step."""
    return Machine(data_folder(), report)


def back_up(folder: Path) -> Manifest:
    """Write a backup of what is at work here; runs an event loop, and raises, as `backup.take` does."""
    return backup.take(folder, running_here())


def bring_back(folder: Path, data: Path, report: Callable[[str], None]) -> Manifest:
    """Bring a backup back into the data folder *data*; runs an event loop, and raises, as `restore.restore` does."""
    return restore.restore(folder, data, report)


async def compare_here() -> PartedError | None:
    """Say where the record and Temporal are not of one time; raises `Unavailable` where one is away."""
    async with Database(database_url(), size=4) as database:
        return await halves.compare(database, await _temporal())


def check_here() -> Iterator[Check]:
    """Look for what `mandate run` needs on this machine and in this folder."""
    return check_machine(data_folder())


async def probe_here() -> list[Part]:
    """Ask everything that works, here or where the environment says, whether it answers.

    Raises:
        Unavailable: Nothing says where the store is.
    """
    url, (address, _) = database_url(), _temporal_config()
    try:
        client: temporalio.client.Client | Exception = await _temporal()
    except Unavailable as error:
        client = error
    return await probe(url, address, client, _task_queue())


async def look_here() -> Seen:
    """Read what waits, is late or stands still, under the names that the worker's page of figures has for it.

    Raises:
        Unavailable: Nothing says where the store is.
    """
    try:
        client = await _temporal()
    except Unavailable:
        client = None
    async with Database(database_url(), size=1) as database:
        return await look(database, client, _task_queue())


async def counted_here() -> Sequence[Sample]:
    """Read what the worker has counted, where the environment says that it serves its figures; else nothing.

    Raises:
        BadInput: It says so in a form that is no address.
        Unavailable: No worker serves them there.
    """
    address = Address.named_by(METRICS, os.environ)
    return () if address is None else await counted_at(address)


def _task_queue() -> str:
    return os.environ.get("MANDATE_TASK_QUEUE") or TASK_QUEUE


def _temporal_config() -> tuple[str, ClientConnectConfig]:
    """Name the Temporal server, and how it is reached: the environment's, this folder's, or the usual one."""
    config = ClientConfig.load_client_connect_config()
    here = running_here() if "target_host" not in config else None
    return config.setdefault("target_host", here.temporal_address if here else _LOCAL_TEMPORAL), config


async def _temporal(traces: Traces | None = None) -> temporalio.client.Client:
    address, config = _temporal_config()
    traced = () if traces is None else traces.interceptors
    try:
        return await temporalio.client.Client.connect(**config, plugins=[wire()], interceptors=traced)
    except (RuntimeError, RPCError) as error:
        raise Unavailable(f"Temporal at {address}: {error}") from error
