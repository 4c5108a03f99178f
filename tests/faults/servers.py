"""The parts of one installation, each of which can be killed and started again, in a folder of the run's own."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Protocol

from adapters.postgres.database import APPLICATION, READER, migrate
from adapters.servers.errors import ServerError
from adapters.servers.postgres import EmbeddedPostgres, PostgresServer
from adapters.servers.processes import Child, Program, spawn, tail, wait_until
from adapters.servers.temporal import TIME_SKIPPING, Binary, DevServer

ROOT = Path(__file__).parents[2]
DATABASE = "faults"
WORKING = '"event": "working"'
"""What a worker says once it takes work."""
_WORKER_START_SECONDS = 60.0
_ALONE = 0.3
"""How often the first process of PostgreSQL is killed alone, and the others are left to find out."""

Say = Callable[[str], None]


class Part(Protocol):
    """Something that works until it is killed."""

    name: str

    def start(self) -> None:
        """Start it as it was left, and return when it works.

        Raises:
            ServerError: It does not start by itself.
        """
        ...

    def kill(self, rng: Random) -> None:
        """Let it end this moment, without a word."""
        ...

    def stop(self) -> None:
        """End it in order; may be called when it does not run."""
        ...


class Store:
    """PostgreSQL, with `fsync` on: what it says is written is written."""

    name = "PostgreSQL"

    def __init__(self, folder: Path, say: Say) -> None:
        self._embedded = EmbeddedPostgres(folder / "postgres")
        self._say = say
        self.server: PostgresServer | None = None

    @property
    def running(self) -> PostgresServer:
        assert self.server is not None
        return self.server

    @property
    def app(self) -> str:
        return self.running.role_dsn(APPLICATION, DATABASE)

    @property
    def reader(self) -> str:
        return self.running.role_dsn(READER, DATABASE)

    def start(self) -> None:
        self.server = self._embedded.start(self._say)

    def found(self) -> None:
        """Make the database, once. Not to be called on a running event loop."""
        self.running.create_database(DATABASE)
        migrate(self.running.admin_dsn(DATABASE))
        self.running.let_in(APPLICATION, READER)

    def kill(self, rng: Random) -> None:
        first = self.running.child.pid
        others = [] if rng.random() < _ALONE else _children(first)
        for pid in (first, *others):
            _kill(pid)
        self._bury()

    def kill_session(self, rng: Random) -> None:
        """Kill one process of the server, which then ends every session and recovers by itself."""
        children = _children(self.running.child.pid)
        if children:
            _kill(rng.choice(sorted(children)))

    def stop(self) -> None:
        if self.server is not None:
            self.server.stop()

    def _bury(self) -> None:
        self.running.child.wait()
        self.running.stop()  # it has ended: only the folder's lock, which is ours, is let go


class Temporal:
    """A Temporal server that can move the clock of one workflow; its store is one file."""

    name = "Temporal"

    def __init__(self, folder: Path, binary: Binary, say: Say) -> None:
        self._folder = folder / "temporal"
        self._binary = binary
        self._say = say
        self._server: DevServer | None = None

    @property
    def address(self) -> str:
        assert self._server is not None
        return self._server.address

    def start(self) -> None:
        self._server = DevServer.start(self._folder, self._binary, self._say, ui=False, dynamic_config=TIME_SKIPPING)

    def kill(self, rng: Random) -> None:  # noqa: ARG002 — it is one process, there is nothing to choose
        assert self._server is not None
        _kill(self._server.child.pid)
        self._server.child.wait()
        self._server.stop()

    def stop(self) -> None:
        if self._server is not None:
            self._server.stop()


class Worker:
    """`worker.py`, as it is deployed."""

    name = "the worker"

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self._folder = folder
        self._environment = {**os.environ, **environment, "PYTHONUNBUFFERED": "1"}
        self._child: Child | None = None
        self.log = folder / "worker.log"

    @property
    def has_ended(self) -> bool:
        return self._child is not None and self._child.exit_code is not None

    def start(self) -> None:
        child = self._child = spawn(
            Program(
                name=self.name,
                argv=[sys.executable, str(ROOT / "worker.py")],
                folder=self._folder,
                log=self.log,
                pid_file=self._folder / "worker.pid",
                farewells=((signal.SIGTERM, 10.0),),
                env=self._environment,
            )
        )
        wait_until(lambda: child.exit_code is not None or WORKING in child.said(), _WORKER_START_SECONDS)
        if child.exit_code is not None or WORKING not in child.said():
            raise ServerError(f"the worker does not start; the end of its log:\n{tail(child.said())}")

    def kill(self, rng: Random) -> None:  # noqa: ARG002 — it is one process, there is nothing to choose
        assert self._child is not None
        _kill(self._child.pid)
        self._child.wait()

    def stop(self) -> None:
        if self._child is not None:
            self._child.stop()


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return  # it has just ended by itself


def _children(pid: int) -> Sequence[int]:
    """Give the processes that one started; each of PostgreSQL's leads a group of its own."""
    said = subprocess.run(["/bin/ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    return [child for child, parent in _pairs(said) if parent == pid]


def _pairs(said: str) -> Iterator[tuple[int, int]]:
    for line in said.splitlines():
        child, parent = line.split()
        yield int(child), int(parent)
