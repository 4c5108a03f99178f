"""A store that is thrown away: what a rehearsal decides is recorded there as it would be in the real one."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import asyncpg

from activities.ports import DecisionLog, Roster
from adapters.postgres.archive import PostgresArchive
from adapters.postgres.database import APPLICATION, Database, migrate
from adapters.postgres.decisions import Decisions
from adapters.postgres.facts import READINGS
from adapters.postgres.queries import Queries
from adapters.postgres.roster import OpenCases
from adapters.servers.postgres import EmbeddedPostgres, PostgresServer
from domain.kernel.process import Process


@dataclass(frozen=True)
class ScratchStore:
    """A store that nobody else sees, as the activity that decides sees its own."""

    log: DecisionLog
    roster: Roster
    queries: Queries
    archive: PostgresArchive


class ScratchServer:
    """A PostgreSQL that is thrown away with everything in it; every rehearsal gets a database of its own."""

    _TEMPLATE: Final = "template_mandate"

    def __init__(self, folder: TemporaryDirectory[str], server: PostgresServer) -> None:
        self._folder = folder
        self._server = server
        self._numbers = count(1)

    @classmethod
    def start(cls) -> "ScratchServer":
        """Start it, with one migrated database that the others are copied from.

        Not to be called on a running event loop: it runs its own.
        """
        folder = TemporaryDirectory(prefix="mandate-rehearsal-")
        place = Path(folder.name)
        place.chmod(0o711)  # PostgreSQL runs as another user when we are root
        server = EmbeddedPostgres(place / "postgres", fsync=False).start(lambda _line: None)
        server.create_database(cls._TEMPLATE)
        migrate(server.admin_dsn(cls._TEMPLATE))
        server.let_in(APPLICATION)
        return cls(folder, server)

    def stop(self) -> None:
        """Stop it and throw everything away."""
        self._server.stop()
        self._folder.cleanup()

    @asynccontextmanager
    async def store(self, processes: Mapping[str, Process[Any, Any, Any]]) -> AsyncGenerator[ScratchStore]:
        """Open an empty store."""
        name = f"rehearsal_{next(self._numbers)}"
        admin = await asyncpg.connect(self._server.admin_dsn())
        try:
            await admin.execute(f"CREATE DATABASE {name} TEMPLATE {self._TEMPLATE}")
        finally:
            await admin.close()
        dsn = self._server.role_dsn(APPLICATION, name)
        async with Database(dsn) as database:
            log = Decisions(database, processes, READINGS)
            yield ScratchStore(log, OpenCases(database), Queries(database, processes), PostgresArchive(dsn))
