"""Whose the streams are."""

from collections.abc import Sequence
from typing import Final

from adapters.postgres.cases import Reader

_TENANTS: Final = 'SELECT DISTINCT tenant COLLATE "C" AS tenant FROM mandate.head ORDER BY 1'
_OWNER: Final = "SELECT tenant FROM mandate.head WHERE stream_id = $1"


async def tenants(reader: Reader) -> Sequence[str]:
    """Name every tenant that has a stream, in order.

    Raises:
        Unavailable: The store cannot be reached.
    """
    return [row["tenant"] for row in await reader.fetch(_TENANTS)]


async def tenant_of_stream(reader: Reader, stream_id: str) -> str | None:
    """Name the tenant of a stream, if anything was ever recorded in it.

    Raises:
        Unavailable: The store cannot be reached.
    """
    rows = await reader.fetch(_OWNER, stream_id)
    return rows[0]["tenant"] if rows else None
