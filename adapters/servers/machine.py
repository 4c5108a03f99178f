"""One machine: PostgreSQL, Temporal and a worker in one data folder, started and stopped in order.

The worker is a process of its own. It runs the very program that a larger installation runs, a crash of it takes nobody
along, and what stops it (a signal, then force) is what stops the servers; nothing of ours shares its interpreter.
Stopping takes at most ten seconds: 3 for the worker, 3 for Temporal, 3.5 for PostgreSQL.

Before the worker works, the record and Temporal are held against each other (`halves.py`).
"""

import asyncio
import contextlib
import json
import os
import signal
import sys
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Self

from temporalio.client import Client

from adapters.postgres.database import APPLICATION, READER, TENANT_READER, Database, migrate
from adapters.servers import halves
from adapters.servers.errors import PartedError, ServerError
from adapters.servers.folders import FolderLock, write_whole
from adapters.servers.postgres import EmbeddedPostgres
from adapters.servers.processes import Child, Identity, Program, Report, command_line, spawn, tail, wait_until
from adapters.servers.temporal import DevServer, External, find
from domain.kernel.errors import Unavailable

DATABASE: Final = "mandate"
POSTGRES: Final = "postgres"
TEMPORAL: Final = "temporal"
"""The folders of the two servers."""
UNFINISHED: Final = "restoring"
"""The note in a data folder that a backup was not brought back to its end."""
_WORKER: Final = Path(__file__).resolve().parents[2] / "worker.py"
_WORKER_START_SECONDS: Final = 60.0
_WORKER_IN_ORDER: Final = ((signal.SIGTERM, 3.0),)
"""A worker that is killed loses nothing: what it had not recorded is decided by the next one."""
_LONGEST_PAUSE_SECONDS: Final = 30.0
_NOTED_EVERY_SECONDS: Final = 20.0
"""How much of the record a crash can leave that Temporal's own note does not vouch for; single cases still do."""
_NOTE_SECONDS: Final = 0.5
"""What a note may take: the order in which everything stops waits for it."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a running machine is reached. It holds passwords, so only the owner reads its file."""

    pid: int
    started: str
    since: str
    """The UTC instant at which everything stood."""
    database_url: str
    reader_url: str
    tenant_reader_url: str
    temporal_address: str
    temporal_namespace: str
    ui_address: str | None
    folder: str

    @classmethod
    def read(cls, folder: Path) -> Self | None:
        """Return where the machine of *folder* is reached; nothing when it does not run."""
        try:
            words = json.loads(_notice(folder).read_bytes())
            found = cls(**words)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return found if Identity(found.pid, found.started).alive() else None


class Machine:
    """The servers and the worker of one data folder.

    Attributes:
        behind: The cases that Temporal is to be told of from the record.
    """

    def __init__(self, folder: Path, report: Report) -> None:
        """Name the folder; *report* takes one line for each step."""
        self.folder = folder.resolve()
        self.behind: list[str] = []
        self._report = report
        self._open = contextlib.ExitStack()
        self._servers: list[Child] = []
        self._worker: Child | None = None
        self._worker_env: dict[str, str] = {}
        self._pause_seconds = 1.0
        self._worker_began = 0.0
        self._notes_down = False
        self._noted = 0.0

    def start(self, *, from_record: bool = False) -> Whereabouts:
        """Start everything, and return when the worker works.

        Not to be called on a running event loop: it runs its own.

        Args:
            from_record: Start also where Temporal alone is of an earlier day; `behind` then names its cases.

        Raises:
            FolderInUseError: another `mandate run` works in the folder.
            PartedError: the record and Temporal are not of one time; no worker has seen them.
            ServerError: something does not start; what had been started is stopped.
        """
        try:
            return self._start(from_record=from_record)
        except BaseException:
            self.stop()
            raise

    def tend(self) -> None:
        """Look after what runs: a worker that ended is started again, after a pause that grows.

        Raises:
            ServerError: a server ended by itself.
        """
        for server in self._servers:
            if server.exit_code is not None:
                name, code = server.program.name, server.exit_code
                raise ServerError(f"{name} ended by itself ({code}); the end of its log:\n{tail(server.said())}")
        if self._notes_down and time.monotonic() - self._noted > _NOTED_EVERY_SECONDS:
            self._note()
        if self._worker is None or self._worker.exit_code is None:
            return
        if time.monotonic() - self._worker_began > _LONGEST_PAUSE_SECONDS:
            self._pause_seconds = 1.0
        self._report(f"the worker ended ({self._worker.exit_code}); again in {self._pause_seconds:.0f} s")
        time.sleep(self._pause_seconds)
        self._pause_seconds = min(self._pause_seconds * 2, _LONGEST_PAUSE_SECONDS)
        self._worker = self._spawn_worker()

    def stop(self) -> None:
        """Stop everything in order: the worker, Temporal, PostgreSQL; may be called twice."""
        self._open.close()

    def _start(self, *, from_record: bool) -> Whereabouts:
        # Others may pass through, and read nothing: PostgreSQL runs as another user when we are root.
        self.folder.mkdir(mode=0o711, parents=True, exist_ok=True)
        lock = FolderLock(self.folder)
        lock.take()
        self._open.callback(lock.release)
        if (self.folder / UNFINISHED).exists():
            raise ServerError(f"a backup was not brought back to its end in {self.folder}: remove it and restore again")
        database_url, reader_url, tenant_reader_url = self._start_postgres()
        address, namespace, ui_address = self._start_temporal()
        self._worker_env = _environment() | {
            "DATABASE_URL": database_url,
            "TEMPORAL_ADDRESS": address,
            "TEMPORAL_NAMESPACE": namespace,
        }
        self._check_halves(from_record=from_record)
        if self._notes_down:
            self._open.callback(self._note)
        self._start_worker()
        me = Identity.of(os.getpid())
        where = Whereabouts(
            pid=os.getpid(),
            started=me.started if me else "",
            since=datetime.now(UTC).isoformat(timespec="seconds"),
            database_url=database_url,
            reader_url=reader_url,
            tenant_reader_url=tenant_reader_url,
            temporal_address=address,
            temporal_namespace=namespace,
            ui_address=ui_address,
            folder=str(self.folder),
        )
        write_whole(_notice(self.folder), json.dumps(asdict(where), indent=1))
        self._open.callback(_notice(self.folder).unlink, missing_ok=True)
        return where

    def _start_postgres(self) -> tuple[str, str, str]:
        server = EmbeddedPostgres(self.folder / POSTGRES).start(self._report)
        self._open.callback(self._report, "PostgreSQL has stopped")
        self._open.callback(server.stop)
        self._servers.append(server.child)
        server.create_database(DATABASE)
        migrate(server.admin_dsn(DATABASE))
        server.let_in(APPLICATION, READER, TENANT_READER)
        self._report("the schema is up to date")
        application, reader, tenant_reader = (
            server.role_dsn(role, DATABASE) for role in (APPLICATION, READER, TENANT_READER)
        )
        return application, reader, tenant_reader

    def _start_temporal(self) -> tuple[str, str, str | None]:
        found = find(self._report)
        if isinstance(found, External):
            return found.address, found.namespace, None
        server = DevServer.start(self.folder / TEMPORAL, found, self._report)
        self._open.callback(self._report, "Temporal has stopped")
        self._open.callback(server.stop)
        self._servers.append(server.child)
        self._notes_down = True
        return server.address, server.namespace, server.ui_address

    def _check_halves(self, *, from_record: bool) -> None:
        parted = asyncio.run(self._compare())
        if parted is not None and not (from_record and parted.older == "temporal"):
            raise parted
        self.behind = [] if parted is None else [each.case for each in parted.cases]

    async def _compare(self) -> PartedError | None:
        async with Database(self._worker_env["DATABASE_URL"], size=4) as database:
            return await halves.compare(database, await self._client())

    def _note(self) -> None:
        """Let a Temporal of our own remember how far the record has come; the next note makes up for one that fails."""
        self._noted = time.monotonic()
        with contextlib.suppress(Unavailable, TimeoutError):
            asyncio.run(self._write_note())

    async def _write_note(self) -> None:
        async with asyncio.timeout(_NOTE_SECONDS), Database(self._worker_env["DATABASE_URL"], size=1) as database:
            await halves.note(database, await self._client(), datetime.now(UTC).isoformat(timespec="seconds"))

    async def _client(self) -> Client:
        address, namespace = (self._worker_env[name] for name in ("TEMPORAL_ADDRESS", "TEMPORAL_NAMESPACE"))
        try:
            return await Client.connect(address, namespace=namespace)
        except RuntimeError as error:
            raise Unavailable(f"Temporal at {address}: {error}") from error

    def _start_worker(self) -> None:
        self._end_orphan()
        self._open.callback(self._stop_worker)
        worker = self._worker = self._spawn_worker()
        wait_until(lambda: worker.exit_code is not None or _works(worker), _WORKER_START_SECONDS)
        if worker.exit_code is not None or not _works(worker):
            raise ServerError(f"the worker does not start; the end of its log:\n{tail(worker.said())}")
        self._report(f"a worker works, process {worker.pid}")

    def _stop_worker(self) -> None:
        if self._worker is not None:
            self._worker.stop()
            self._worker = None
            self._report("the worker has stopped")

    def _end_orphan(self) -> None:
        """End a worker that outlived the last run. Safe because we hold the folder's lock."""
        left = Identity.recall(self.folder / "worker.pid")
        if left is not None and left.alive() and str(_WORKER) in " ".join(command_line(left.pid)):
            self._report(f"stopping process {left.pid}, a worker which outlived the last run")
            left.stop((signal.SIGTERM, 5.0), (signal.SIGKILL, 5.0))

    def _spawn_worker(self) -> Child:
        self._worker_began = time.monotonic()
        return spawn(
            Program(
                name="the worker",
                argv=[sys.executable, str(_WORKER)],
                folder=self.folder,
                log=self.folder / "worker.log",
                pid_file=self.folder / "worker.pid",
                farewells=_WORKER_IN_ORDER,
                env=self._worker_env,
            )
        )


def _notice(folder: Path) -> Path:
    return folder / "running.json"


def _environment() -> dict[str, str]:
    return dict(os.environ) | {"PYTHONUNBUFFERED": "1"}


def _works(worker: Child) -> bool:
    """Tell whether the worker said that it works; it writes one JSON object a line."""
    for line in worker.said().splitlines():
        with contextlib.suppress(ValueError):
            said = json.loads(line)
            if isinstance(said, dict) and said.get("event") == "working":  # pyright: ignore[reportUnknownMemberType] — JSON
                return True
    return False
