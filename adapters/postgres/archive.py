"""The store as an auditor reads it: every table as it is at one moment, in one read-only transaction."""

from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final, cast

import asyncpg
from pydantic import JsonValue

from adapters.postgres import directory
from adapters.postgres.canonical import canonical
from adapters.postgres.database import FAILURES, connect, translated
from adapters.postgres.read_models import rows_of
from domain.kernel.decision import Case
from domain.kernel.messages import Event
from domain.kernel.process import Process

Rows = Sequence[tuple[Any, ...]]
"""Rows as tuples, columns in the order of the statement."""
Derived = Mapping[str, frozenset[tuple[Any, ...]]]
"""A stream's rows by table."""
_TAKE_TIME: Final = "SET transaction_timeout = 0"
"""What keeps a writer from holding others up must not end a proof of the whole record."""
_BEGIN: Final = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
_POSITIONS: Final = """
SELECT coalesce(min(global_position), 0), coalesce(max(global_position), 0), count(*) FROM mandate.event
"""
_EVENT: Final = "SELECT stream_id, version, type, tenant, body, hash FROM mandate.event "
_LINK: Final = "SELECT stream_id, version, body, hash FROM mandate.event "
_BETWEEN: Final = "WHERE global_position > $1 AND global_position <= $2 ORDER BY global_position"
_EVENTS_BETWEEN: Final = _EVENT + _BETWEEN
_LINKS_BETWEEN: Final = _LINK + _BETWEEN
_EVENTS_OF: Final = _EVENT + 'WHERE stream_id = ANY ($1) ORDER BY stream_id COLLATE "C", version'
_HASHES: Final = """
SELECT e.stream_id, e.hash FROM unnest($1::text[], $2::integer[]) AS k (stream_id, version)
JOIN mandate.event AS e ON e.stream_id = k.stream_id AND e.version = k.version
"""
_COMMANDS_OF: Final = """
SELECT stream_id, number, command_id, tenant, digest, outcome, body, hash FROM mandate.command
WHERE stream_id = ANY ($1) ORDER BY stream_id COLLATE "C", number, command_id COLLATE "C"
"""
_HEAD: Final = "SELECT stream_id, tenant, process, version, hash, command_count, command_hash FROM mandate.head "
_HEADS: Final = _HEAD + "WHERE stream_id > $1 ORDER BY stream_id LIMIT $2"
_HEADS_OF: Final = _HEAD + "WHERE stream_id = ANY ($1) ORDER BY stream_id"
_SNAPSHOTS: Final = "SELECT stream_id, tenant, version, body FROM mandate.snapshot WHERE stream_id = ANY ($1)"
_DERIVED: Final[Mapping[str, str]] = {
    "case_row": "stream_id, tenant, process, phase, title, is_open, body",
    "deadline": "stream_id, name, tenant, owner, organisation, state, due_on, body",
    "inbox": "stream_id, task, owner, principal, tenant, due_on, since, held_by",
    "case_key": "stream_id, tenant, key, process",
}
"""Read-model tables and their columns, the stream first."""
_DIRECTORY: Final = """
SELECT tenant, kind, id, valid_from_version, valid_to_version, subject, object, body FROM mandate.directory_entry
WHERE tenant = ANY ($1)
"""
_OF_A_STREAM: Final = ("event", "command", "snapshot", "posting", *_DERIVED)
_STRAYS: Final = " UNION ALL ".join(
    f"SELECT DISTINCT t.stream_id, '{table}' FROM mandate.{table} AS t "  # noqa: S608 — names of this module only
    "WHERE NOT EXISTS (SELECT 1 FROM mandate.head AS h WHERE h.stream_id = t.stream_id)"
    for table in _OF_A_STREAM
)
_STRAY_ENTRIES: Final = """
SELECT DISTINCT 'directory-' || t.tenant, 'directory_entry' FROM mandate.directory_entry AS t
WHERE NOT EXISTS (SELECT 1 FROM mandate.head AS h WHERE h.stream_id = 'directory-' || t.tenant)
"""
_POSTING: Final = """
SELECT stream_id, version, line, tenant, account, amount_fen, account_version, balance_fen FROM mandate.posting
"""
_POSTINGS_OF: Final = _POSTING + "WHERE stream_id = ANY ($1) ORDER BY stream_id, version, line"
_POSTINGS_TO: Final = _POSTING + "WHERE tenant = $1 AND account = $2 ORDER BY account_version"
_ACCOUNTS: Final = """
SELECT tenant, account, owner, source, purpose, year, pocket, balance_fen, version FROM mandate.ledger_account
ORDER BY tenant, account
"""
_WITHOUT_ROW: Final = """
SELECT DISTINCT p.tenant, p.account FROM mandate.posting AS p WHERE NOT EXISTS (
    SELECT 1 FROM mandate.ledger_account AS a WHERE a.tenant = p.tenant AND a.account = p.account
)
"""


@dataclass(frozen=True, slots=True)
class PostgresArchive:
    """Implements `audit.ports.Archive`.

    Args:
        dsn: Of a role that may read; the reader's is enough.
        tenant: Whose record alone is to be seen; everybody's where none is named.
    """

    dsn: str
    tenant: str | None = None

    @property
    def forms(self) -> "PostgresForms":
        """How this store writes."""
        return PostgresForms()

    def open(self, moment: str | None = None) -> AbstractAsyncContextManager["PostgresRecord"]:
        """Read at one moment: now, or the one another reader named.

        Raises:
            Unavailable: The server cannot be reached.
        """
        return _opened(self.dsn, self.tenant, moment)


@asynccontextmanager
async def _opened(dsn: str, tenant: str | None, moment: str | None) -> AsyncGenerator["PostgresRecord"]:
    connection = await connect(dsn, tenant=tenant)
    try:
        await connection.execute(_TAKE_TIME)
        await connection.execute(_BEGIN)
        if moment is not None:
            quoted = moment.replace("'", "''")
            await connection.execute(f"SET TRANSACTION SNAPSHOT '{quoted}'")
        yield PostgresRecord(connection)
    finally:
        await connection.close()


class PostgresRecord:
    """Implements `audit.ports.Record` in one read-only transaction; what is written meanwhile is not seen.

    Every reading raises `Unavailable` where the server goes away in the middle: the moment is lost with it, so nothing
    is read again.
    """

    def __init__(self, connection: "asyncpg.Connection[asyncpg.Record]") -> None:
        self._connection = connection

    async def moment(self) -> str:
        """Name the moment for other readers."""
        rows = await self._fetch("SELECT pg_export_snapshot() AS moment")
        return rows[0]["moment"]

    async def positions(self) -> tuple[int, int, int]:
        """Give the first and the last position, and how many events there are."""
        first, last, count = cast("tuple[int, int, int]", (await self._fetch(_POSITIONS))[0].values())
        return first, last, count

    async def events_between(self, after: int, until: int) -> Rows:
        """Give events in global order, as the driver's rows: the longest reading makes no second copy."""
        return cast("Rows", await self._fetch(_EVENTS_BETWEEN, after, until))

    async def links_between(self, after: int, until: int) -> Rows:
        """Give the same events in the same order, without what nobody chains, as the driver's rows."""
        return cast("Rows", await self._fetch(_LINKS_BETWEEN, after, until))

    async def events_of(self, streams: Sequence[str]) -> Rows:
        """Give the events of these streams, by stream and version."""
        return await self._rows(_EVENTS_OF, list(streams))

    async def hashes_at(self, places: Iterable[tuple[str, int]]) -> Mapping[str, bytes]:
        """Give the stored hash of one event a stream."""
        wanted = list(places)
        streams, versions = [each[0] for each in wanted], [each[1] for each in wanted]
        return {row["stream_id"]: row["hash"] for row in await self._fetch(_HASHES, streams, versions)}

    async def commands_of(self, streams: Sequence[str]) -> Rows:
        """Give the commands of these streams, by stream and number."""
        return await self._rows(_COMMANDS_OF, list(streams))

    async def heads(self, after: str, limit: int) -> Rows:
        """Give the next heads in order of stream."""
        return await self._rows(_HEADS, after, limit)

    async def heads_of(self, streams: Sequence[str]) -> Rows:
        """Give the heads of these streams."""
        return await self._rows(_HEADS_OF, list(streams))

    async def strays(self) -> Sequence[tuple[str, str]]:
        """Give (stream, table) where a table holds rows of a stream that has no head."""
        rows = await self._fetch(f"{_STRAYS} UNION ALL {_STRAY_ENTRIES}")
        return [cast("tuple[str, str]", tuple(row.values())) for row in rows]

    async def snapshots_of(self, streams: Sequence[str]) -> Rows:
        """Give the stored states of these streams."""
        return await self._rows(_SNAPSHOTS, list(streams))

    async def derived_of(self, streams: Sequence[str]) -> Mapping[str, Derived]:
        """Give the read-model rows of these streams, and the directory's of those that are one."""
        found: dict[str, dict[str, set[tuple[Any, ...]]]] = {stream: {} for stream in streams}
        for table, columns in _DERIVED.items():
            query = f"SELECT {columns} FROM mandate.{table} WHERE stream_id = ANY ($1)"  # noqa: S608 — our own names
            for row in await self._fetch(query, list(streams)):
                found[row["stream_id"]].setdefault(table, set()).add(tuple(row.values()))
        tenants = {directory.stream_of(stream.partition("-")[2]): stream.partition("-")[2] for stream in streams}
        wanted = [tenant for stream, tenant in tenants.items() if stream in found]
        if wanted:
            for row in await self._fetch(_DIRECTORY, wanted):
                rows = found[directory.stream_of(row["tenant"])].setdefault("directory_entry", set())
                rows.add(tuple(row.values()))
        return {stream: {name: frozenset(rows) for name, rows in tables.items()} for stream, tables in found.items()}

    async def postings_of(self, streams: Sequence[str]) -> Rows:
        """Give the ledger lines of these streams."""
        return await self._rows(_POSTINGS_OF, list(streams))

    async def accounts(self) -> Rows:
        """Give every account of the ledger."""
        return await self._rows(_ACCOUNTS)

    async def postings_to(self, tenant: str, account: str) -> Rows:
        """Give every line of one account, in the order of its versions."""
        return await self._rows(_POSTINGS_TO, tenant, account)

    async def accounts_without_row(self) -> Sequence[tuple[str, str]]:
        """Give (tenant, account) of lines whose account has no row."""
        rows = await self._fetch(_WITHOUT_ROW)
        return [cast("tuple[str, str]", tuple(row.values())) for row in rows]

    async def _fetch(self, query: str, *arguments: object) -> "list[asyncpg.Record]":
        try:
            return await self._connection.fetch(query, *arguments)
        except FAILURES as error:
            raise translated(error) from error

    async def _rows(self, query: str, *arguments: object) -> Rows:
        return [tuple(row.values()) for row in await self._fetch(query, *arguments)]


class PostgresForms:
    """Implements `audit.ports.Forms` with the functions by which this store writes."""

    def canonical(self, value: JsonValue) -> bytes:
        """Write a value in its one form."""
        return canonical(value)

    def derived(self, process: Process[Any, Any, Any], case: Case[Any], events: Sequence[Event]) -> Derived:
        """Make the rows that others see of a case with these events."""
        rows = rows_of(process.name, case, process.view(case.state))
        tables: dict[str, frozenset[tuple[Any, ...]]] = {
            "case_row": frozenset([] if rows.case is None else [rows.case]),
            "deadline": frozenset(rows.deadlines.values()),
            "inbox": frozenset(rows.inbox.values()),
            "case_key": frozenset((stream, tenant, key, name) for tenant, key, stream, name in rows.keys.values()),
        }
        if process.name == directory.PROCESS:
            tables["directory_entry"] = _entries(case.tenant, directory.changes_of(0, events))
        return {name: members for name, members in tables.items() if members}


def _entries(tenant: str, changes: Iterable[directory.Change]) -> frozenset[tuple[Any, ...]]:
    """Lay changes end to end: each entry holds until the next one of its id begins; the last of one version holds."""
    by_id: dict[tuple[str, str], dict[int, tuple[str, str, str]]] = {}
    for version, kind, entry_id, subject, target, body in changes:
        by_id.setdefault((kind, entry_id), {})[version] = (subject, target, body)
    return frozenset(
        (tenant, kind, entry_id, version, until, *spell[version])
        for (kind, entry_id), spell in by_id.items()
        for version, until in zip(spell, [*list(spell)[1:], None], strict=True)
    )
