"""A backup of the one-machine store while it runs: both halves as they were in one moment.

Temporal's file is held against writing while it is copied, and PostgreSQL's picture is taken in that time. So whatever
Temporal has followed is in the record; and what the record holds beyond it had been sent to a run that has it still,
and asks again. That is what a killed worker leaves, no more.
"""

import asyncio
import shutil
import sqlite3
import time
from collections.abc import Generator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from temporalio.api.workflowservice.v1 import GetSystemInfoRequest
from temporalio.client import Client
from temporalio.service import RPCError

from adapters.postgres.database import connect
from adapters.servers.cluster import SUPERUSER
from adapters.servers.dump import dump
from adapters.servers.errors import ServerError
from adapters.servers.folders import LOOPBACK
from adapters.servers.machine import DATABASE, POSTGRES, TEMPORAL, Whereabouts
from adapters.servers.manifest import COUNTS, STORE_DUMP, TEMPORAL_COPY, KeptFile, Manifest
from adapters.servers.postgres import address_of
from adapters.servers.probe import own_version
from adapters.servers.temporal import store_file
from domain.kernel.errors import BadInput, Unavailable

_BEGIN: Final = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
_SNAPSHOT: Final = "SELECT pg_export_snapshot()"
_FACTS: Final = """
SELECT split_part(current_setting('server_version'), ' ', 1) AS postgresql,
       (SELECT version_num FROM mandate.alembic_version) AS schema_revision
"""
_PAUSE_SECONDS: Final = 20.0
"""How long Temporal is waited for to write nothing for a moment."""


def take(folder: Path, where: Whereabouts | None) -> Manifest:
    """Write a backup of the machine that runs at *where* into *folder*, which appears when it is whole.

    Not to be called on a running event loop: it runs its own.

    Raises:
        BadInput: There is something in the folder already.
        ServerError: Nothing runs there, or Temporal is somebody else's or does not let its file be copied.
        Unavailable: A server is away.
    """
    folder = folder.resolve()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadInput("FOLDER", str(folder), "a folder that is not there yet, or an empty one")
    if where is None:
        raise ServerError("`mandate run` is not at work in this folder: a backup is taken while it is")
    waiting = _own_store(where)
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = folder.with_name(f"{folder.name}.draft")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    try:
        manifest = asyncio.run(_take(draft, where, waiting))
        manifest.write(draft)
        draft.replace(folder)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return manifest


async def _take(draft: Path, where: Whereabouts, waiting: Path) -> Manifest:
    dsn = address_of(Path(where.folder) / POSTGRES, urlsplit(where.database_url).port or 0, SUPERUSER, DATABASE)
    temporal = await _temporal_version(where)
    connection = await connect(dsn)
    try:
        await connection.execute(_BEGIN)
        with _held(waiting):
            began, taken_at = time.monotonic(), datetime.now(UTC)
            snapshot = str(await connection.fetchval(_SNAPSHOT))
            _copy(waiting, draft / TEMPORAL_COPY)
            held = time.monotonic() - began
        facts, counts = await connection.fetchrow(_FACTS), await connection.fetchrow(COUNTS)
        await dump(dsn, snapshot, draft / STORE_DUMP)
    finally:
        await connection.close()
    return Manifest(
        taken_at=taken_at.isoformat(timespec="milliseconds"),
        mandate=own_version(),
        temporal=temporal,
        held_seconds=round(held, 3),
        files={name: KeptFile.of(draft / name) for name in (STORE_DUMP, TEMPORAL_COPY)},
        **dict(facts or {}),
        **dict(counts or {}),
    )


def _own_store(where: Whereabouts) -> Path:
    """Name the file of the Temporal server that this machine started for itself.

    Raises:
        ServerError: It uses another one, whose store is not ours to copy.
    """
    folder = Path(where.folder) / TEMPORAL
    port = folder / "port"
    if port.is_file() and where.temporal_address == f"{LOOPBACK}:{port.read_text().strip()}":
        return store_file(folder)
    raise ServerError(
        f"Temporal at {where.temporal_address} was not started by `mandate run`: "
        "back up its own database and PostgreSQL with their own means, as docker/ describes"
    )


async def _temporal_version(where: Whereabouts) -> str:
    try:
        client = await Client.connect(where.temporal_address, namespace=where.temporal_namespace)
        return (await client.workflow_service.get_system_info(GetSystemInfoRequest())).server_version
    except (RuntimeError, RPCError) as error:
        raise Unavailable(f"Temporal at {where.temporal_address}: {error}") from error


@contextmanager
def _held(file: Path) -> Generator[None]:
    """Let nobody write to an SQLite file; who wants to, waits or tries again."""
    with closing(_opened(file, "rw")) as holder:
        try:
            holder.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise ServerError(f"Temporal writes to {file} without a pause ({error}): try again") from error
        yield


def _copy(file: Path, to: Path) -> None:
    to.touch(mode=0o600)
    # Not by the connection that holds the file: SQLite copies nothing whose writer it is itself.
    with closing(_opened(file, "ro")) as source, closing(_opened(to, "rw")) as target:
        try:
            source.backup(target)
        except sqlite3.Error as error:
            raise ServerError(f"{file} cannot be copied to {to}: {error}") from error


def _opened(file: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.as_uri()}?mode={mode}", uri=True, timeout=_PAUSE_SECONDS, isolation_level=None)
