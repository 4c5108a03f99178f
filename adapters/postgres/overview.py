"""What the store says of itself, as numbers: each asked in one query when somebody looks."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final, NamedTuple

from adapters.postgres.cases import Reader
from domain.kernel.messages import shanghai_date

_OVERDUE: Final = """
SELECT r.process, d.name, d.state, count(*) AS limits
FROM mandate.deadline AS d JOIN mandate.case_row AS r ON r.stream_id = d.stream_id
WHERE d.state IN ('open', 'missed') AND d.due_on < $1
GROUP BY r.process, d.name, d.state ORDER BY r.process COLLATE "C", d.name COLLATE "C", d.state COLLATE "C"
"""
_HELD_BACK: Final = """
SELECT coalesce(max(extract(epoch FROM clock_timestamp() - a.xact_start)), 0)::float8 AS seconds
FROM pg_catalog.pg_locks AS l JOIN pg_catalog.pg_stat_activity AS a ON a.pid = l.pid
WHERE l.locktype = 'relation' AND l.relation = 'mandate.event'::regclass AND l.mode = 'RowExclusiveLock'
  AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
"""


class Overdue(NamedTuple):
    """How many limits of a name are overdue.

    Attributes:
        state: `missed`: declared so; `open`: their last day is over and nobody has said so yet.
    """

    process: str
    limit: str
    state: str
    limits: int


async def overdue_limits(reader: Reader) -> Sequence[Overdue]:
    """Count the limits whose last day is over and for which nothing was done, by name.

    Raises:
        Unavailable: The store cannot be reached.
    """
    today = shanghai_date(datetime.now(UTC))
    rows = await reader.fetch(_OVERDUE, today)
    return [Overdue(row["process"], row["name"], row["state"], row["limits"]) for row in rows]


async def reader_lag(reader: Reader) -> float:
    """Say for how many seconds the oldest running writer has held back whoever reads the global order.

    No reader that skips nothing can come nearer to now; see `adapters.postgres.event_reader`.

    Raises:
        Unavailable: The store cannot be reached.
    """
    return (await reader.fetch(_HELD_BACK))[0]["seconds"]
