"""A Temporal server as production has it: the released server, many shards, its tables in a PostgreSQL of their own.

What `docker/compose.yaml` does with containers is done here with processes, so that it can be tried where there are
none. The wheel's PostgreSQL lacks the extension `btree_gin`, so one that is on the machine serves Temporal's tables.
"""

import asyncio
import contextlib
import re
import signal
import subprocess
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import asyncpg
from google.protobuf.duration_pb2 import Duration
from temporalio.api.workflowservice.v1 import RegisterNamespaceRequest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from adapters.servers.build import SERVER, build
from adapters.servers.cluster import ENVIRONMENT, SUPERUSER, Programs
from adapters.servers.errors import ServerError
from adapters.servers.folders import LOOPBACK, SERVER_PORTS, remembered_port
from adapters.servers.postgres import EmbeddedPostgres, PostgresServer
from adapters.servers.processes import Child, Program, Report, spawn, tail

SHARDS: Final = 16
"""For ever: a store keeps the number that it was first started with."""
DYNAMIC_CONFIG: Final = Path(__file__).resolve().parents[2] / "docker" / "temporal" / "dynamic.yaml"
_PLUGIN: Final = "postgres12_pgx"
_SCHEMAS: Final[Mapping[str, str]] = {"temporal": "temporal", "temporal_visibility": "visibility"}
"""What makes the tables of each database, in the schema tool's words."""
_OLDEST_POSTGRES: Final = 12
_USUAL_PLACES: Final = ("usr/lib/postgresql/*/bin", "usr/pgsql-*/bin", "opt/homebrew/opt/postgresql@*/bin")
_PARTS: Final = ("FRONTEND", "HISTORY", "MATCHING", "WORKER")
_PORTS: Final = (*(f"{part}_{kind}_PORT" for kind in ("GRPC", "MEMBERSHIP") for part in _PARTS), "FRONTEND_HTTP_PORT")
"""The server's variables; callers come to the first."""
_START_SECONDS: Final = 90.0
_PAUSE_SECONDS: Final = 0.2
_RETENTION: Final = timedelta(days=30)
_IN_ORDER: Final = ((signal.SIGTERM, 15.0),)
_HAS_GIN: Final = "SELECT 1 FROM pg_available_extensions WHERE name = 'btree_gin'"
_HOW_TO_GET_ONE: Final = (
    "install one with its contributed extensions (Debian, Ubuntu: apt-get install postgresql postgresql-contrib), "
    "or name the folder of its programs"
)


def find_postgres(named: Path | None = None) -> Programs:
    """Return the newest PostgreSQL on this machine, or the one whose programs lie in the folder *named*.

    Raises:
        ServerError: There is none; the message says how to get one.
    """
    folders = [named] if named else [folder for place in _USUAL_PLACES for folder in Path("/").glob(place)]
    found = [programs for folder in folders if (programs := _programs_in(folder)) is not None]
    if not found:
        where = named or "the usual places"
        raise ServerError(f"no PostgreSQL server {_OLDEST_POSTGRES} or newer in {where}: {_HOW_TO_GET_ONE}")
    return max(found, key=lambda programs: int(programs.major))


def _programs_in(folder: Path) -> Programs | None:
    try:
        said = subprocess.run([str(folder / "postgres"), "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return None
    major = re.search(r"\(PostgreSQL\) (\d+)", said.stdout)
    is_whole = major is not None and (folder / "initdb").is_file() and int(major[1]) >= _OLDEST_POSTGRES
    return Programs(folder, major[1]) if major and is_whole else None


class ProductionServer:
    """A running Temporal server with one namespace, and the PostgreSQL that holds its tables."""

    def __init__(self, store: PostgresServer, child: Child, address: str, namespace: str) -> None:
        self.child = child
        self.address = address
        self.namespace = namespace
        self._store = store

    @classmethod
    def start(cls, folder: Path, namespace: str, report: Report, postgres: Path | None = None) -> "ProductionServer":
        """Build what is missing, make the tables, start the server, and return when its namespace answers.

        Not to be called on a running event loop: it runs its own.

        Args:
            folder: Holds the tables, the ports and the logs; created when missing.
            postgres: The folder of the PostgreSQL programs; the newest of the machine where none is named.

        Raises:
            FolderInUseError: Another process works in the folder.
            ServerError: Something is missing or does not start; the message says what to do.
        """
        folder = folder.resolve()
        folder.mkdir(mode=0o711, parents=True, exist_ok=True)
        programs, tools = find_postgres(postgres), build(SERVER, report)
        _look_at_dynamic_config(tools / "temporal-server")
        with contextlib.ExitStack() as undone:
            store = EmbeddedPostgres(folder / "postgres", programs=programs).start(report)
            undone.callback(store.stop)
            asyncio.run(_look_for_gin(store, programs))
            _make_tables(tools / "temporal-sql-tool", store)
            report(f"Temporal: the tables are up to date, {SHARDS} shards")
            ports = _ports(folder)
            child = spawn(_program(tools / "temporal-server", folder, store, ports))
            undone.callback(child.stop)
            address = f"{LOOPBACK}:{ports[_PORTS[0]]}"
            asyncio.run(_open_namespace(child, address, namespace))
            undone.pop_all()
        report(f"Temporal {SERVER.version} listens on {address}, namespace {namespace}")
        return cls(store, child, address, namespace)

    def open_namespace(self, namespace: str) -> None:
        """Make one more namespace, and return when it answers. Not to be called on a running event loop.

        Raises:
            ServerError: It cannot be made.
        """
        asyncio.run(_open_namespace(self.child, self.address, namespace))

    def stop(self) -> None:
        """Stop the server, then its store; may be called twice."""
        self.child.stop()
        self._store.stop()


def _look_at_dynamic_config(server: Path) -> None:
    """Have the server say what it makes of its dynamic configuration; started with it, it would pass over mistakes."""
    argv = [str(server), "validate-dynamic-config", str(DYNAMIC_CONFIG)]
    said = subprocess.run(argv, env=dict(ENVIRONMENT), capture_output=True, text=True, check=False).stdout
    if "error:" in said or "warning:" in said:
        raise ServerError(f"the Temporal server does not understand its dynamic configuration:\n{tail(said)}")


async def _look_for_gin(store: PostgresServer, programs: Programs) -> None:
    connection = await asyncpg.connect(store.admin_dsn())
    try:
        has_it = await connection.fetchval(_HAS_GIN)
    finally:
        await connection.close()
    if not has_it:
        raise ServerError(f"the PostgreSQL in {programs.binaries} lacks the extension btree_gin: {_HOW_TO_GET_ONE}")


def _make_tables(tool: Path, store: PostgresServer) -> None:
    """Bring Temporal's tables up to date; may be repeated."""
    place = urlsplit(store.admin_dsn())
    where = {"SQL_PLUGIN": _PLUGIN, "SQL_HOST": LOOPBACK, "SQL_PORT": str(place.port), "SQL_USER": SUPERUSER}
    where |= {"SQL_PASSWORD": place.password or ""}
    for database, schema in _SCHEMAS.items():
        for words in (
            ["create-database"],
            ["setup-schema", "-v", "0.0"],
            ["update-schema", "--schema-name", f"postgresql/v12/{schema}"],
        ):
            argv = [str(tool), "--db", database, *words]
            done = subprocess.run(argv, env=dict(ENVIRONMENT) | where, capture_output=True, text=True, check=False)
            if done.returncode != 0:
                raise ServerError(f"Temporal's tables cannot be made ({words[0]}):\n{tail(done.stdout + done.stderr)}")


def _ports(folder: Path) -> dict[str, int]:
    """Choose a port for each part of the server, each from a share of its own, so that no two are the same."""
    shares = (SERVER_PORTS[number :: len(_PORTS)] for number in range(len(_PORTS)))
    return {name: remembered_port(folder / name.lower(), share) for name, share in zip(_PORTS, shares, strict=True)}


def _program(server: Path, folder: Path, store: PostgresServer, ports: Mapping[str, int]) -> Program:
    place = urlsplit(store.admin_dsn())
    told = {
        "DB": _PLUGIN,
        "POSTGRES_SEEDS": LOOPBACK,
        "DB_PORT": str(place.port),
        "POSTGRES_USER": SUPERUSER,
        "POSTGRES_PWD": place.password or "",
        "NUM_HISTORY_SHARDS": str(SHARDS),
        "BIND_ON_IP": LOOPBACK,
        "TEMPORAL_BROADCAST_ADDRESS": LOOPBACK,
        "DYNAMIC_CONFIG_FILE_PATH": str(DYNAMIC_CONFIG),
        "LOG_LEVEL": "warn",
    }
    return Program(
        name="Temporal",
        argv=[str(server), "--allow-no-auth", "start"],
        folder=folder,
        log=folder / "temporal.log",
        pid_file=folder / "temporal.pid",
        farewells=_IN_ORDER,
        env=dict(ENVIRONMENT) | told | {name: str(port) for name, port in ports.items()},
    )


async def _open_namespace(child: Child, address: str, namespace: str) -> None:
    """Wait for the server, make the namespace, and wait until every part of the server knows it."""
    try:
        async with asyncio.timeout(_START_SECONDS):
            client = await _connected(child, address, namespace)
            await _registered(client)
            while not await _knows(client):  # noqa: ASYNC110 — a server tells nobody when it has read its namespaces
                await asyncio.sleep(_PAUSE_SECONDS)
    except TimeoutError:
        raise ServerError(f"the Temporal server does not start; the end of its log:\n{tail(child.said())}") from None


async def _connected(child: Child, address: str, namespace: str) -> Client:
    while child.exit_code is None:
        try:
            return await Client.connect(address, namespace=namespace)
        except (RuntimeError, RPCError):
            await asyncio.sleep(_PAUSE_SECONDS)
    raise ServerError(f"the Temporal server ended by itself; the end of its log:\n{tail(child.said())}")


async def _registered(client: Client) -> None:
    kept = Duration()
    kept.FromTimedelta(_RETENTION)
    asked = RegisterNamespaceRequest(namespace=client.namespace, workflow_execution_retention_period=kept)
    while True:
        try:
            await client.workflow_service.register_namespace(asked)
        except RPCError as error:
            if error.status is RPCStatusCode.ALREADY_EXISTS:
                return
            if error.status is not RPCStatusCode.UNAVAILABLE:
                raise ServerError(f"the namespace {client.namespace} cannot be made: {error.message}") from error
            await asyncio.sleep(_PAUSE_SECONDS)
        else:
            return


async def _knows(client: Client) -> bool:
    try:
        await client.count_workflows()
    except RPCError:
        return False
    return True
