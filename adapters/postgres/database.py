"""Connections, migrations, and the one place where a driver's failure gets this house's word for it."""

import asyncio
from pathlib import Path
from typing import Final, Self, cast

import asyncpg

from domain.kernel.errors import Unavailable

SCHEMA: Final = "mandate"
OWNER: Final = "mandate_owner"
APPLICATION: Final = "mandate_app"
READER: Final = "mandate_reader"
TENANT_READER: Final = "mandate_tenant_reader"
"""Sees the rows of the one tenant it names; the application and the reader may step down to it."""
MIGRATIONS: Final = Path(__file__).with_name("migrations")
_LOST_CLASSES: Final = ("08", "53", "57")
"""SQLSTATE classes in which nothing is known of the call: connection, resources, operator (a shutdown, a time-out)."""
_LOST_STATES: Final = ("25P03", "25P04", "40001", "40P01", "3D000", "28000")
"""A transaction ended from outside: idle or overall time-out, serialisation, deadlock; a server not yet set up."""
_OUR_CLASS: Final = "MD"
"""Begins the SQLSTATEs that the functions of this schema raise."""
FAILURES: Final = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)
"""How the driver fails."""


class Stopped(Exception):
    """A call of ours ended itself.

    Attributes:
        state: The SQLSTATE by which it says why.
        detail: What stood in the way.
    """

    def __init__(self, state: str, detail: str | None) -> None:
        super().__init__(state, detail)
        self.state = state
        self.detail = detail


def migrate(admin_dsn: str) -> None:
    """Bring the schema up to date; may be repeated, and by several at once.

    Not to be called on a running event loop: it runs its own.

    Args:
        admin_dsn: `postgresql://…` of a role that may create roles and a schema in that database.

    Raises:
        Unavailable: The server cannot be reached.
    """
    # Alembic takes as long to import as a whole answer of the command line, and few ever migrate.
    from alembic import command  # noqa: PLC0415 — see above
    from alembic.config import Config  # noqa: PLC0415 — see above

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["dsn"] = admin_dsn
    try:
        command.upgrade(config, "head")
    except FAILURES as error:
        raise translated(error) from error


def translated(error: Exception) -> Exception:
    """Name a driver's failure.

    `Unavailable` where trying again can help, `Stopped` where a function of ours ended itself; else the failure itself,
    which is a bug.
    """
    if isinstance(error, OSError | TimeoutError):
        return Unavailable(f"PostgreSQL: {error or type(error).__name__}")
    state = cast("str | None", getattr(error, "sqlstate", None)) or ""
    if state.startswith(_OUR_CLASS):
        return Stopped(state, getattr(error, "detail", None))
    lost = state[:2] in _LOST_CLASSES or state in _LOST_STATES
    closed = isinstance(error, asyncpg.InterfaceError) and not isinstance(error, ValueError)
    # The server's last words were read and the end of the line was not yet: the driver waits for more of them.
    confused = isinstance(error, asyncpg.InternalClientError)
    return Unavailable(f"PostgreSQL: {error}") if lost or closed or confused else error


async def connect(
    dsn: str, *, tenant: str | None = None, patience: float = 10.0, command_timeout: float | None = None
) -> "asyncpg.Connection[asyncpg.Record]":
    """Open one connection of one's own.

    Args:
        tenant: Whose rows alone are to be seen; nothing can be written then.
        patience: Seconds to wait for the server to take it.
        command_timeout: Seconds after which a statement that hangs is given up.

    Raises:
        Unavailable: The server cannot be reached.
    """
    try:
        # In the first message, so that the session has them from its beginning and a reset does not lose them.
        settings = None if tenant is None else {"role": TENANT_READER, "mandate.tenant": tenant}
        return await asyncpg.connect(dsn, timeout=patience, command_timeout=command_timeout, server_settings=settings)
    except FAILURES as error:
        raise translated(error) from error


class Database:
    """Connections of one event loop, each lent for one statement, which is its own transaction.

    Nothing that runs here leaves a trace in a session, so a connection is handed back as it is: the resets of a general
    pool cost more than an insert. Connections are opened when needed, and one that broke is replaced at its next use.

    Args:
        tenant: Whose rows alone are to be seen; nothing can be written then.

    Attributes:
        round_trips: How many statements were sent since the start, for tests and benchmarks.
    """

    def __init__(self, dsn: str, *, tenant: str | None = None, size: int = 8, command_timeout: float = 30.0) -> None:
        self._dsn = dsn
        self._tenant = tenant
        self._idle: list[asyncpg.Connection[asyncpg.Record]] = []
        self._free = asyncio.Semaphore(size)
        self._command_timeout = command_timeout
        self.round_trips = 0

    async def fetch(self, query: str, *args: object) -> list[asyncpg.Record]:
        """Run one statement and give its rows.

        Raises:
            Unavailable: The server cannot be reached or went away; nothing is known of what it did.
            Stopped: A function of this schema ended itself, and with it everything it had written.
        """
        async with self._free:
            connection = await self._connection()
            self.round_trips += 1
            try:
                rows = await connection.fetch(query, *args)
            except FAILURES as error:
                failure = translated(error)
                if isinstance(failure, Unavailable):
                    connection.terminate()
                else:
                    self._give_back(connection)
                raise failure from error
            except BaseException:
                # Given up in the middle: what the server answers belongs to nobody, so nobody gets this connection.
                connection.terminate()
                raise
            self._give_back(connection)
            return rows

    async def close(self) -> None:
        """Close what is idle."""
        while self._idle:
            await self._idle.pop().close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def _connection(self) -> "asyncpg.Connection[asyncpg.Record]":
        while self._idle:
            connection = self._idle.pop()
            if not connection.is_closed():
                return connection
        return await connect(self._dsn, tenant=self._tenant, command_timeout=self._command_timeout)

    def _give_back(self, connection: "asyncpg.Connection[asyncpg.Record]") -> None:
        if not connection.is_closed():
            self._idle.append(connection)
