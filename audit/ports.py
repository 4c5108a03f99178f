"""What an auditor reads: the rows as they are stored, of one moment, whatever is written meanwhile."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, NamedTuple, Protocol

from pydantic import JsonValue

from domain.kernel.decision import Case
from domain.kernel.facts import Known, Need
from domain.kernel.messages import Event
from domain.kernel.process import Process


class Finding(NamedTuple):
    """One row that is not what was written.

    Attributes:
        case: The stream, or the account of the ledger.
        version: The event's version; of a command the version it was decided at, of derived rows the one they claim.
        what: The row and what is wrong with it.
    """

    case: str
    version: int
    what: str


class EventRow(NamedTuple):
    """One row of the event table."""

    stream: str
    version: int
    type: str
    tenant: str
    body: bytes
    hash: bytes


class LinkRow(NamedTuple):
    """What of an event is chained."""

    stream: str
    version: int
    body: bytes
    hash: bytes


class CommandRow(NamedTuple):
    """One row of the command table; `number` counts the stream's commands from 1, refused ones too."""

    stream: str
    number: int
    command_id: str
    tenant: str
    digest: bytes
    outcome: str
    body: bytes
    hash: bytes


class HeadRow(NamedTuple):
    """Where a stream's two chains end."""

    stream: str
    tenant: str
    process: str
    version: int
    hash: bytes
    command_count: int
    command_hash: bytes


class SnapshotRow(NamedTuple):
    """The state that was stored beside a stream."""

    stream: str
    tenant: str
    version: int
    body: bytes


class PostingRow(NamedTuple):
    """One line of the ledger, with its account's version and balance after it."""

    stream: str
    version: int
    line: int
    tenant: str
    account: str
    amount_fen: int
    account_version: int
    balance_fen: int


class AccountRow(NamedTuple):
    """One account of the ledger as it stands."""

    tenant: str
    account: str
    owner: str
    source: str
    purpose: str
    year: int
    pocket: str
    balance_fen: int
    version: int


Rows = Sequence[tuple[Any, ...]]
"""Rows as tuples."""
Derived = Mapping[str, frozenset[tuple[Any, ...]]]
"""The rows others see of a stream, by table: columns in the table's order."""


class Record(Protocol):
    """The record at one moment. Everything may be read again and is the same; nothing is written.

    Rows are tuples in the order of the columns of the record that is named: who implements this need not know those.
    """

    async def moment(self) -> str:
        """Name the moment, so that another process can read the same; valid while this one is open."""
        ...

    async def positions(self) -> tuple[int, int, int]:
        """Give the first and the last position of the global order, and how many events there are."""
        ...

    async def events_between(self, after: int, until: int) -> Rows:
        """Give the events in global order whose position lies above *after* and not above *until* (`EventRow`)."""
        ...

    async def links_between(self, after: int, until: int) -> Rows:
        """Give the same events in the same order, without what nobody chains (`LinkRow`)."""
        ...

    async def events_of(self, streams: Sequence[str]) -> Rows:
        """Give the events of these streams, by stream and version (`EventRow`)."""
        ...

    async def hashes_at(self, places: Iterable[tuple[str, int]]) -> Mapping[str, bytes]:
        """Give the stored hash of one event a stream, where there is that event."""
        ...

    async def commands_of(self, streams: Sequence[str]) -> Rows:
        """Give the commands of these streams, by stream and number (`CommandRow`)."""
        ...

    async def heads(self, after: str, limit: int) -> Rows:
        """Give the next heads in order of stream (`HeadRow`)."""
        ...

    async def heads_of(self, streams: Sequence[str]) -> Rows:
        """Give the heads of these streams, as far as there are any (`HeadRow`)."""
        ...

    async def strays(self) -> Sequence[tuple[str, str]]:
        """Give (stream, table) where a table holds rows of a stream that has no head."""
        ...

    async def snapshots_of(self, streams: Sequence[str]) -> Rows:
        """Give the stored states of these streams (`SnapshotRow`)."""
        ...

    async def derived_of(self, streams: Sequence[str]) -> Mapping[str, Derived]:
        """Give the read-model rows of these streams, and the directory's of those that are one."""
        ...

    async def postings_of(self, streams: Sequence[str]) -> Rows:
        """Give the ledger lines of these streams, by stream, version and line (`PostingRow`)."""
        ...

    async def accounts(self) -> Rows:
        """Give every account of the ledger (`AccountRow`)."""
        ...

    async def postings_to(self, tenant: str, account: str) -> Rows:
        """Give every line of one account, in the order of its versions (`PostingRow`)."""
        ...

    async def accounts_without_row(self) -> Sequence[tuple[str, str]]:
        """Give (tenant, account) of lines whose account has no row."""
        ...


class Archive(Protocol):
    """Where the record lies, and in which form. Small enough to be handed to another process."""

    def open(self, moment: str | None = None) -> AbstractAsyncContextManager[Record]:
        """Read at one moment: now, or the one another reader named."""
        ...

    @property
    def forms(self) -> "Forms":
        """How the store writes what it writes."""
        ...


class Forms(Protocol):
    """The store's own functions that give what is stored its bytes, so that it can be made again and compared."""

    def canonical(self, value: JsonValue) -> bytes:
        """Write a value in its one form."""
        ...

    def derived(self, process: Process[Any, Any, Any], case: Case[Any], events: Sequence[Event]) -> Derived:
        """Make the rows that others see of a case with these events."""
        ...


class FactsAt(Protocol):
    """What a decision read, as it was then."""

    async def at(self, tenant: str, case_id: str, needs: Iterable[Need[Any]], versions: Mapping[str, int]) -> Known:
        """Give each need's value at the versions that were kept with an answer.

        Raises:
            CorruptHistory: A stream that must have been read has no such version.
        """
        ...


Progress = Callable[[int, int], None]
"""Told how much is done, and of how much."""
