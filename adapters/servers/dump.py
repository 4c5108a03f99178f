"""PostgreSQL's own programs that write a database to one file and read it back."""

import asyncio
import os
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from adapters.servers.cluster import ENVIRONMENT, installation
from adapters.servers.errors import ServerError
from adapters.servers.processes import tail

_LEVEL: Final = "gzip:1"


async def dump(dsn: str, snapshot: str, file: Path) -> None:
    """Write everything that a snapshot sees to *file*; it is on disk when this returns.

    Args:
        dsn: As the superuser sees the database.
        snapshot: Exported by a transaction that is open until this returns.

    Raises:
        ServerError: The program failed; the message holds the end of what it said.
    """
    await _run("pg_dump", dsn, "--format=custom", f"--compress={_LEVEL}", f"--snapshot={snapshot}", f"--file={file}")


async def load(dsn: str, file: Path) -> None:
    """Fill an empty database from *file*, wholly or not at all.

    Raises:
        ServerError: The program failed; the message holds the end of what it said.
    """
    await _run("pg_restore", dsn, "--single-transaction", str(file))


async def _run(program: str, dsn: str, *words: str) -> None:
    parts = urlsplit(dsn)
    # A password among the words could be read by everybody on the machine.
    address = f"postgresql://{parts.username}@{parts.hostname}:{parts.port}{parts.path}"
    process = await asyncio.create_subprocess_exec(
        os.fspath(installation() / "bin" / program),
        "--no-password",
        f"--dbname={address}",
        *words,
        env={**ENVIRONMENT, "PGPASSWORD": unquote(parts.password or "")},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        said, _ = await process.communicate()
    except BaseException:
        process.kill()
        await process.wait()
        raise
    if process.returncode != 0:
        raise ServerError(f"{program} failed ({process.returncode}):\n{tail(said.decode(errors='replace'))}")
