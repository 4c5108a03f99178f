"""Connections, roles, migrations, and the one place where a driver's failure gets this house's word for it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit, urlunsplit

import asyncpg
from alembic import command
from alembic.config import Config

from domain.kernel.errors import Unavailable

SCHEMA: Final = "mandate"
OWNER: Final = "mandate_owner"
APPLICATION: Final = "mandate_app"
READER: Final = "mandate_reader"
MIGRATIONS: Final = Path(__file__).with_name("migrations")
_LOST_CLASSES: Final = ("08", "53", "57")
"""SQLSTATE classes in which nothing is known of the call: connection, resources, operator (a shutdown, a time-out)."""
_LOST_STATES: Final = ("25P03", "25P04", "40001", "40P01")
"""A transaction that was ended from outside: idle or overall time-out, serialisation, deadlock."""


class _Connection(asyncpg.Connection):
    """A connection whose state no statement here changes, so that handing it back costs no round trip."""

    def get_reset_query(self) -> str:
        """Reset nothing: no session setting, listener or open cursor is left by what runs in a pool."""
        return ""


def migrate(admin_dsn: str) -> None:
    """Bring the schema up to date; may be repeated, and by several at once.

    Not to be called on a running event loop: it runs its own.

    Args:
        admin_dsn: `postgresql://…` of a role that may create roles and a schema in that database.

    Raises:
        Unavailable: The server cannot be reached.
    """
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["dsn"] = admin_dsn
    try:
        command.upgrade(config, "head")
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise translated(error) from error


def as_role(dsn: str, role: str) -> str:
    """Give the same address for another role, without the password of the first."""
    parts = urlsplit(dsn)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{role}@{host}"))


async def connect(dsn: str) -> asyncpg.Connection:
    """Open one connection of one's own, to listen on or to read a long answer.

    Raises:
        Unavailable: The server cannot be reached.
    """
    try:
        return await asyncpg.connect(dsn, connection_class=_Connection)
    except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise translated(error) from error


async def open_pool(dsn: str, *, size: int = 8, command_timeout: float = 30.0) -> asyncpg.Pool:
    """Open a pool of at most *size* connections; the first is opened now, so that a wrong address shows at once.

    Args:
        command_timeout: Seconds after which a statement that hangs is given up.

    Raises:
        Unavailable: The server cannot be reached.
    """
    try:
        return await asyncpg.create_pool(
            dsn, min_size=1, max_size=size, command_timeout=command_timeout, connection_class=_Connection
        )
    except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise translated(error) from error


@asynccontextmanager
async def reaching(pool: asyncpg.Pool) -> AsyncIterator[asyncpg.Connection]:
    """Lend a connection of the pool; what the driver raises inside comes out in this house's words.

    Raises:
        Unavailable: The server cannot be reached, or went away; nothing is known of what it did.
    """
    try:
        async with pool.acquire() as connection:
            yield connection  # pyright: ignore[reportReturnType] — a proxy with the methods of the connection it lends
    except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise translated(error) from error


def translated(error: BaseException) -> BaseException:
    """Name a driver's failure: `Unavailable` where trying again can help, else the failure itself, which is a bug."""
    if isinstance(error, OSError | TimeoutError | asyncio.TimeoutError):
        return Unavailable(f"PostgreSQL: {error or type(error).__name__}")
    state = getattr(error, "sqlstate", None)
    lost = isinstance(state, str) and (state[:2] in _LOST_CLASSES or state in _LOST_STATES)
    if lost or isinstance(error, asyncpg.InterfaceError):
        return Unavailable(f"PostgreSQL: {error}")
    return error
