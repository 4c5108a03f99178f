"""Servers that somebody gives for a run of the tests: `pytest --given`.

`DATABASE_URL` names the store as its owner sees it, `TEMPORAL_ADDRESS` and `TEMPORAL_NAMESPACE` the Temporal server;
the file that `PGPASSFILE` names holds the passwords of the owner and of the application's roles, which are let in.
Where tests run in several processes, each works in a namespace of its own, which must be there: a district's directory
has one id, so two tests in one namespace would speak to the same.
"""

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

import asyncpg
from temporalio.client import Client

from adapters.postgres.database import migrate


@dataclass(frozen=True)
class GivenPostgres:
    """Somebody's server, in which a run makes databases of its own and drops them."""

    place: str
    owner: str

    @classmethod
    @contextmanager
    def migrated(cls, template: str) -> Iterator[Self]:
        """Make the database that every test copies, for as long as the block lasts."""
        parts = urlsplit(os.environ["DATABASE_URL"])
        server = cls(f"{parts.hostname}:{parts.port or 5432}", parts.username or "postgres")
        asyncio.run(server.execute(f"CREATE DATABASE {template}"))
        try:
            migrate(server.admin_dsn(template))
            yield server
        finally:
            asyncio.run(server.execute(f"DROP DATABASE {template} WITH (FORCE)"))

    def admin_dsn(self, database: str = "postgres") -> str:
        return self.role_dsn(self.owner, database)

    def role_dsn(self, role: str, database: str) -> str:
        return f"postgresql://{role}@{self.place}/{database}"

    async def execute(self, statement: str) -> None:
        connection = await asyncpg.connect(self.admin_dsn())
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


def namespace_of(namespace: str, process: str) -> str:
    """Name the namespace of one of the processes that run tests; pytest-xdist calls them gw0, gw1 and so on."""
    return f"{namespace}-{process}"


@dataclass(frozen=True)
class GivenTemporal:
    """Somebody's server."""

    address: str
    namespace: str

    @classmethod
    def named(cls) -> Self:
        """Read where it is."""
        namespace = os.environ.get("TEMPORAL_NAMESPACE", "default")
        process = os.environ.get("PYTEST_XDIST_WORKER")
        return cls(os.environ["TEMPORAL_ADDRESS"], namespace if process is None else namespace_of(namespace, process))


@dataclass(frozen=True)
class OwnTime:
    """Somebody's server as a client sees it: nobody moves the clock of a case there, and a test that would fails."""

    client: Client
