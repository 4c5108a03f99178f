"""What blocks a case: a row beside the record, written when an activity fails and gone when it gets past."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from activities.ports import Blocked
from activities.requests import RECORD
from adapters.postgres.cases import Reader
from adapters.postgres.database import Database

_NOTE: Final = """
INSERT INTO mandate.blocked AS b (tenant, stream_id, command_id, process, command, activity, error)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (stream_id, command_id, activity) DO UPDATE SET error = excluded.error, last_at = clock_timestamp()
"""
_CLEAR: Final = "DELETE FROM mandate.blocked WHERE stream_id = $1 AND command_id = $2 AND activity = $3"
_STANDING: Final = """
SELECT b.tenant, b.stream_id, b.command_id, b.process, b.command, b.activity, b.error, b.since, b.last_at,
       extract(epoch FROM clock_timestamp() - b.since)::float8 AS seconds
FROM mandate.blocked AS b
WHERE b.activity <> $1 OR NOT EXISTS (
    SELECT FROM mandate.command AS c WHERE c.stream_id = b.stream_id AND c.command_id = b.command_id
)
ORDER BY b.since, b.stream_id COLLATE "C"
"""


class Standstill(NamedTuple):
    """What blocks a case, and for how long.

    Attributes:
        since: When it was first seen to.
        last_at: When it was last tried.
    """

    what: Blocked
    since: datetime
    last_at: datetime
    seconds: float


class BlockedTable:
    """Implements `activities.ports.BlockedBoard`. Nothing rests on these rows: they are a picture, not the record."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def note(self, blocked: Blocked) -> None:
        """Show what blocks a case; shown again it keeps the instant at which it was shown first.

        Raises:
            Unavailable: The store cannot be reached.
        """
        what = (blocked.tenant, blocked.case, blocked.command_id, blocked.process, blocked.command)
        await self._database.fetch(_NOTE, *what, blocked.activity, blocked.error)

    async def clear(self, case: str, command_id: str, activity: str) -> None:
        """Show it no longer; what is not shown stays so.

        Raises:
            Unavailable: The store cannot be reached.
        """
        await self._database.fetch(_CLEAR, case, command_id, activity)


async def standstills(reader: Reader) -> Sequence[Standstill]:
    """Give what blocks cases now, the oldest first.

    A command that was answered after all, because it was set aside or taken up by a new run, blocks nothing.

    Raises:
        Unavailable: The store cannot be reached.
    """
    return [
        Standstill(
            Blocked(
                tenant=row["tenant"],
                case=row["stream_id"],
                command_id=row["command_id"],
                process=row["process"],
                command=row["command"],
                activity=row["activity"],
                error=row["error"],
            ),
            row["since"],
            row["last_at"],
            row["seconds"],
        )
        for row in await reader.fetch(_STANDING, RECORD)
    ]
