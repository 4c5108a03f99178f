"""Servers once a run, when a test first asks, in a folder of the run's own; for every test a database and a queue.

Nothing here skips: where no server is found, downloaded or built, the tests that need it fail. With `--given` the
servers are somebody's, who says where they are (`tests/given.py`).
"""

import asyncio
import contextlib
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractContextManager
from itertools import count
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import asyncpg
import pytest
from hypothesis import settings
from temporalio.client import Client
from temporalio.testing import TimeSkipper, TimeSkippingConfig

from adapters.postgres.database import APPLICATION, READER, TENANT_READER, migrate
from adapters.servers.errors import ServerError
from adapters.servers.postgres import EmbeddedPostgres, PostgresServer
from adapters.servers.temporal import SKIPS_TIME, TIME_SKIPPING, Binary, DevServer, find_binary
from tests.given import GivenPostgres, GivenTemporal, OwnTime
from tests.turns import dealt
from workflows.wire import wire

# A test asserts no times.
settings.register_profile("house", deadline=None)
settings.load_profile("house")
_NUMBERS = count(1)
_RUN = uuid4().hex[:8]
"""Somebody's server may hold the databases of other runs, too."""
_TEMPLATE = f"migrated_{_RUN}"
_SERVERS = {"postgres", "temporal"}
_FOUND: list[Binary | ServerError] = []


class Addresses(NamedTuple):
    """Where one database is reached, by role."""

    admin: str
    app: str
    reader: str
    tenant_reader: str


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let somebody give the servers."""
    words = "run on the servers that DATABASE_URL (its owner's), PGPASSFILE and TEMPORAL_ADDRESS name"
    parser.addoption("--given", action="store_true", help=words)


def pytest_sessionstart(session: pytest.Session) -> None:
    """Where tests run in several processes, find or build the Temporal server once, before any of them asks."""
    several = session.config.getoption("numprocesses") and not session.config.option.given
    if several and not session.config.option.collectonly:
        _find(session)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave to given servers the tests that ask for one; where several processes run, let each begin with long ones."""
    if config.option.given:
        others = {each for each in items if not _is_for_given(set(getattr(each, "fixturenames", ())))}
        config.hook.pytest_deselected(items=[*others])
        items[:] = (each for each in items if each not in others)
    told: dict[str, int] = getattr(config, "workerinput", {})
    items[:] = dealt(items, told["workercount"]) if told.get("workercount", 1) > 1 else items


def _is_for_given(fixtures: set[str]) -> bool:
    return not _SERVERS.isdisjoint(fixtures) and "moved_time" not in fixtures


def pytest_collection_finish(session: pytest.Session) -> None:
    """Find or build the Temporal server before the first test: a build takes minutes, a test may not."""
    asked = {name for item in session.items for name in getattr(item, "fixturenames", ())}
    needed = {"temporal_binary"} if session.config.option.given else {"temporal_binary", "temporal_server"}
    if not asked.isdisjoint(needed) and not session.config.option.collectonly:
        _find(session)


def _find(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    say = reporter.write_line if reporter else print
    try:
        _FOUND.append(find_binary(say, at_least=SKIPS_TIME))
    except ServerError as error:
        _FOUND.append(error)


@pytest.fixture(scope="session")
def servers_folder() -> Iterator[Path]:
    """A folder which the user that PostgreSQL is dropped to can reach; pytest's own folders are closed to it."""
    folder = Path(tempfile.mkdtemp(prefix="mandate-tests-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def server_folder(servers_folder: Path) -> Path:
    """A folder for one test's own servers, to start, break and start again."""
    folder = servers_folder / f"own-{next(_NUMBERS)}"
    folder.mkdir(mode=0o711)
    return folder


@pytest.fixture(scope="session")
def given(request: pytest.FixtureRequest) -> bool:
    """Whether somebody gave the servers."""
    return request.config.getoption("--given")


@pytest.fixture(scope="session")
def postgres(servers_folder: Path, given: bool) -> Iterator[PostgresServer | GivenPostgres]:  # noqa: FBT001 — a fixture
    """PostgreSQL for the run, without `fsync` where it is ours, with a migrated template to copy."""
    ours = servers_folder / "postgres"
    opened: AbstractContextManager[PostgresServer | GivenPostgres]
    opened = GivenPostgres.migrated(_TEMPLATE) if given else _migrated(ours, fsync=False)
    with opened as server:
        yield server


@pytest.fixture(scope="session")
def durable_postgres(servers_folder: Path) -> Iterator[PostgresServer]:
    """PostgreSQL for the tests of what a commit means: `fsync` on, as in production."""
    with _migrated(servers_folder / "durable-postgres", fsync=True) as server:
        yield server


@pytest.fixture
async def database(postgres: PostgresServer) -> AsyncIterator[Addresses]:
    """A fresh database with the schema of today."""
    async with _copied(postgres) as addresses:
        yield addresses


@pytest.fixture
async def durable_database(durable_postgres: PostgresServer) -> AsyncIterator[Addresses]:
    """A fresh database with the schema of today whose commits wait for the disk."""
    async with _copied(durable_postgres) as addresses:
        yield addresses


@pytest.fixture(scope="session")
def temporal_binary() -> Binary:
    """The command whose server can move the clock of one workflow."""
    found = _FOUND[0]
    if isinstance(found, ServerError):
        raise found
    return found


@pytest.fixture(scope="session")
def temporal_server(
    servers_folder: Path,
    given: bool,  # noqa: FBT001 — a fixture
    request: pytest.FixtureRequest,
) -> Iterator[DevServer | GivenTemporal]:
    """A Temporal server for the run; where it is ours, it can move the clock of one workflow."""
    if given:
        yield GivenTemporal.named()
        return
    binary: Binary = request.getfixturevalue("temporal_binary")
    folder = servers_folder / "temporal"
    server = DevServer.start(folder, binary, _quietly, ui=False, dynamic_config=TIME_SKIPPING)
    yield server
    server.stop()


@pytest.fixture(scope="session")
async def temporal(temporal_server: DevServer | GivenTemporal) -> AsyncIterator[TimeSkipper | OwnTime]:
    """The server as a client sees it (`.client`), and the hand on the clock (`.fast_forward(handle, timedelta)`).

    Skipping by itself is off: an idle case would jump through its time limit before the test sends its command.
    """
    client = await Client.connect(temporal_server.address, namespace=temporal_server.namespace, plugins=[wire()])
    is_given = isinstance(temporal_server, GivenTemporal)
    yield OwnTime(client) if is_given else TimeSkipper(client, config=TimeSkippingConfig(enabled=False))
    # The SDK's threads may abort an interpreter that ends right after the last call (sdk-python issue 300).
    await asyncio.sleep(0.2)


@pytest.fixture(scope="session")
def moved_time(temporal: TimeSkipper) -> TimeSkipper:
    """The server for a test that moves clocks; somebody's server has none to move, and the test is left out there."""
    return temporal


@pytest.fixture
def task_queue() -> str:
    """A queue that no other test's worker listens on."""
    return f"cases-{uuid4().hex[:12]}"


@contextlib.contextmanager
def _migrated(folder: Path, *, fsync: bool) -> Iterator[PostgresServer]:
    server = EmbeddedPostgres(folder, fsync=fsync).start(_quietly)
    try:
        server.create_database(_TEMPLATE)
        migrate(server.admin_dsn(_TEMPLATE))
        server.let_in(APPLICATION, READER, TENANT_READER)
        yield server
    finally:
        server.stop()


@contextlib.asynccontextmanager
async def _copied(server: PostgresServer | GivenPostgres) -> AsyncIterator[Addresses]:
    name = f"test_{_RUN}_{next(_NUMBERS)}"
    await _command(server, f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE}")
    by_role = (server.role_dsn(role, name) for role in (APPLICATION, READER, TENANT_READER))
    yield Addresses(server.admin_dsn(name), *by_role)
    await _command(server, f"DROP DATABASE {name} WITH (FORCE)")


async def _command(server: PostgresServer | GivenPostgres, statement: str) -> None:
    connection = await asyncpg.connect(server.admin_dsn())
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def _quietly(_line: str) -> None:
    """Say nothing: a test's output is its own."""
