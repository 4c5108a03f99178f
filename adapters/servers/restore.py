"""A backup brought back into a data folder of its own, in which `mandate run` then goes on."""

import asyncio
import re
import shutil
from pathlib import Path
from typing import Final

from adapters.postgres.database import connect
from adapters.postgres.sql import statement
from adapters.servers.dump import load
from adapters.servers.errors import ServerError
from adapters.servers.folders import FolderLock, write_whole
from adapters.servers.machine import DATABASE, POSTGRES, TEMPORAL, UNFINISHED
from adapters.servers.manifest import COUNTS, STORE_DUMP, TEMPORAL_COPY, Manifest, read_backup
from adapters.servers.postgres import EmbeddedPostgres, PostgresServer, cluster_folder
from adapters.servers.processes import Report
from adapters.servers.temporal import Version, find_binary, store_file
from domain.kernel.errors import BadInput

_NEW: Final = "a folder that is not there yet, or an empty one"
_LOCK: Final = "lock"


def restore(backup: Path, folder: Path, report: Report) -> Manifest:
    """Bring *backup* back into *folder*, wholly or not at all; nothing is running there when this returns.

    Not to be called on a running event loop: it runs its own.

    Raises:
        BadInput: The backup is none, is damaged or cannot be read here; the folder holds something.
        FolderInUseError: Another process works in the folder.
        ServerError: A program failed, or what came back is not what was backed up.
    """
    backup, folder = backup.resolve(), folder.resolve()
    manifest = read_backup(backup)
    _check_temporal(manifest, find_binary(report).server)
    if folder.exists() and not (folder.is_dir() and ((folder / _LOCK).exists() or not any(folder.iterdir()))):
        raise BadInput("--data", str(folder), _NEW)
    folder.mkdir(mode=0o711, parents=True, exist_ok=True)
    lock = FolderLock(folder)
    lock.take()
    try:
        if any(each.name != _LOCK for each in folder.iterdir()):
            raise BadInput("--data", str(folder), _NEW)
        _fill(backup, folder, manifest, report)
    finally:
        lock.release()
    return manifest


def _fill(backup: Path, folder: Path, manifest: Manifest, report: Report) -> None:
    """Fill the folder; while the note stands there, nobody starts in it."""
    note = folder / UNFINISHED
    write_whole(note, f"{backup}\n")
    try:
        report("the record comes back")
        server = EmbeddedPostgres(folder / POSTGRES).start(report)
        try:
            _load(server, backup / STORE_DUMP, manifest)
        finally:
            server.stop()
        report("Temporal's store comes back")
        store = store_file(folder / TEMPORAL)
        _put_back(backup / TEMPORAL_COPY, store)
    except BaseException:
        _empty(folder)
        raise
    note.unlink()


def _put_back(file: Path, store: Path) -> None:
    try:
        store.parent.mkdir(mode=0o700)
        shutil.copyfile(file, store)
        store.chmod(0o600)
    except OSError as error:
        raise ServerError(f"{file} cannot be copied to {store}: {error.strerror}") from error


def _load(server: PostgresServer, file: Path, manifest: Manifest) -> None:
    server.create_database(DATABASE)
    found = asyncio.run(_loaded(server.admin_dsn(DATABASE), file))
    expected = {name: getattr(manifest, name) for name in found}
    if found != expected:
        raise ServerError(f"what came back is not what was backed up: {found} instead of {expected}")


async def _loaded(dsn: str, file: Path) -> dict[str, int]:
    connection = await connect(dsn)
    try:
        # Roles belong to the server, not to the database that was backed up.
        await connection.execute(statement("privileges/roles"))
        await load(dsn, file)
        return dict(await connection.fetchrow(COUNTS) or {})
    finally:
        await connection.close()


def _empty(folder: Path) -> None:
    """Take away what was begun; the cluster may lie elsewhere, where its user reaches it."""
    shutil.rmtree(cluster_folder(folder / POSTGRES) or folder / POSTGRES, ignore_errors=True)
    for name in (POSTGRES, TEMPORAL):
        shutil.rmtree(folder / name, ignore_errors=True)
    (folder / UNFINISHED).unlink(missing_ok=True)


def _check_temporal(manifest: Manifest, here: Version) -> None:
    """A newer server of the same line reads the store of an older one; nothing else is tried.

    Raises:
        BadInput: The server found here is of another line, or older.
    """
    numbers = re.match(r"(\d+)\.(\d+)", manifest.temporal)
    wrote = (int(numbers[1]), int(numbers[2])) if numbers else (0, 0)
    if here[0] != wrote[0] or here < wrote:
        what = f"Temporal {here[0]}.{here[1]}"
        raise BadInput("temporal", what, f"a server of version {wrote[0]}.{wrote[1]} or newer of the same line")
