"""Derived rows made again from the events: snapshots, read models, the directory's rows."""

from collections.abc import AsyncIterator, Mapping
from typing import Any, Final, NamedTuple

from adapters.postgres import directory
from adapters.postgres.canonical import canonical, restored
from adapters.postgres.cases import EVENTS, Reader, fold
from adapters.postgres.read_models import NO_ROWS, changes, rows_of
from domain.kernel.errors import CorruptHistory
from domain.kernel.process import Process

_STREAMS: Final = """
SELECT stream_id, tenant, process, version FROM mandate.head WHERE stream_id > $1 ORDER BY stream_id LIMIT 500
"""
_HEAD: Final = "SELECT stream_id, tenant, process, version FROM mandate.head WHERE stream_id = $1"
_REWRITE: Final = "SELECT mandate.rewrite($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) AS done"
_TRIES: Final = 20


class Stream(NamedTuple):
    """A stream's head, as far as derived rows need it."""

    stream_id: str
    tenant: str
    process: str
    version: int


async def rebuild_all(database: Reader, processes: Mapping[str, Process[Any, Any, Any]]) -> AsyncIterator[str]:
    """Make every stream's derived rows again, each in a transaction of its own; gives each stream's id when done.

    Cases may go on meanwhile: the one at hand waits for a moment.

    Raises:
        CorruptHistory: A stream cannot be read; those before it are done.
        Unavailable: The store cannot be reached.
    """
    last = ""
    while rows := await database.fetch(_STREAMS, last):
        for row in rows:
            await rebuild(database, processes, Stream(*row))
            yield row["stream_id"]
        last = rows[-1]["stream_id"]


async def rebuild(database: Reader, processes: Mapping[str, Process[Any, Any, Any]], stream: Stream) -> None:
    """Make one stream's derived rows again.

    Raises:
        CorruptHistory: It cannot be read, or does not stand still long enough to be rewritten.
        Unavailable: The store cannot be reached.
    """
    for _ in range(_TRIES):
        arguments = await _folded(database, processes[stream.process], stream)
        if (await database.fetch(_REWRITE, stream.stream_id, stream.version, *arguments))[0]["done"]:
            return
        stream = Stream(*(await database.fetch(_HEAD, stream.stream_id))[0])
    raise CorruptHistory(f"{stream.stream_id} moved {_TRIES} times while its rows were made again")


async def _folded(database: Reader, process: Process[Any, Any, Any], stream: Stream) -> tuple[object, ...]:
    events = await database.fetch(EVENTS, stream.stream_id, 0, stream.version)
    case = fold(process, process.begin(stream.tenant, stream.stream_id), events)
    if case.version != stream.version:
        raise CorruptHistory(f"{stream.stream_id}: {case.version} events are stored, its head says {stream.version}")
    rows = rows_of(process.name, case, process.view(case.state))
    entries: list[directory.Change] = []
    if process.name == directory.PROCESS:
        happened = [process.events.restore(row["type"], restored(row["body"])["data"]) for row in events]  # pyright: ignore[reportArgumentType] — an event's data is an object
        entries = directory.changes_of(0, happened)
    snapshot = canonical(process.to_snapshot(case)) if case.version else None
    return snapshot, *changes(NO_ROWS, rows), entries
