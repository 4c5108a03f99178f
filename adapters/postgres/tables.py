"""Every table, for readers: SQLAlchemy Core. A test holds them against what the migrations make."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    func,
)

METADATA: Final = MetaData(schema="mandate")
_NOW: Final = func.clock_timestamp()


def _text(name: str, *, key: bool = False, empty: bool = False) -> Column[str]:
    return Column(name, Text, primary_key=key, nullable=empty)


def _count(name: str, *, key: bool = False, empty: bool = False) -> Column[int]:
    return Column(name, Integer, primary_key=key, nullable=empty, autoincrement=False)


def _bytes(name: str) -> Column[bytes]:
    return Column(name, LargeBinary, nullable=False)


HEAD: Final = Table(
    "head",
    METADATA,
    _text("stream_id", key=True),
    _text("tenant"),
    _text("process"),
    _count("version"),
    _bytes("hash"),
    _count("command_count"),
    _bytes("command_hash"),
)
EVENT: Final = Table(
    "event",
    METADATA,
    Column("global_position", BigInteger, Identity(always=True), nullable=False),
    _text("stream_id", key=True),
    _count("version", key=True),
    _text("type"),
    _text("tenant"),
    Column("recorded_at", DateTime(timezone=True), nullable=False, server_default=_NOW),
    _bytes("body"),
    _bytes("hash"),
    Index("event_in_global_order", "global_position", unique=True),
)
COMMAND: Final = Table(
    "command",
    METADATA,
    _text("stream_id", key=True),
    _text("command_id", key=True),
    _count("number"),
    _text("tenant"),
    _bytes("digest"),
    _text("outcome"),
    Column("recorded_at", DateTime(timezone=True), nullable=False, server_default=_NOW),
    _bytes("body"),
    _bytes("hash"),
)
SNAPSHOT: Final = Table(
    "snapshot", METADATA, _text("stream_id", key=True), _text("tenant"), _count("version"), _bytes("body")
)
DIRECTORY_ENTRY: Final = Table(
    "directory_entry",
    METADATA,
    _text("tenant", key=True),
    _text("kind", key=True),
    _text("id", key=True),
    _count("valid_from_version", key=True),
    _count("valid_to_version", empty=True),
    _text("subject"),
    _text("object"),
    _text("body"),
    Index("directory_entry_by_subject", "tenant", "kind", "subject"),
    Index("directory_entry_by_object", "tenant", "kind", "object"),
)
LEDGER_ACCOUNT: Final = Table(
    "ledger_account",
    METADATA,
    _text("tenant", key=True),
    _text("account", key=True),
    _text("owner"),
    _text("source"),
    _text("purpose"),
    _count("year"),
    _text("pocket"),
    Column("balance_fen", BigInteger, nullable=False),
    _count("version"),
    CheckConstraint("CASE pocket WHEN 'granted' THEN balance_fen <= 0 ELSE balance_fen >= 0 END", "never_negative"),
)
POSTING: Final = Table(
    "posting",
    METADATA,
    _text("stream_id", key=True),
    _count("version", key=True),
    _count("line", key=True),
    _text("tenant"),
    _text("account"),
    Column("amount_fen", BigInteger, nullable=False),
    _count("account_version"),
    Column("balance_fen", BigInteger, nullable=False),
    Index("posting_by_account", "tenant", "account", "account_version", unique=True),
)
NOTICE: Final = Table(
    "notice",
    METADATA,
    _text("id", key=True),
    _text("tenant"),
    _text("stream_id"),
    _text("to_role"),
    _text("to_organisation", empty=True),
    _text("notice"),
    _text("details"),
    Column("served_at", DateTime(timezone=True), nullable=False, server_default=_NOW),
    Index("notice_by_role", "tenant", "to_role", "to_organisation"),
)
CASE_ROW: Final = Table(
    "case_row",
    METADATA,
    _text("stream_id", key=True),
    _text("tenant"),
    _text("process"),
    _text("phase"),
    _text("title"),
    Column("is_open", Boolean, nullable=False),
    _text("body"),
    Index("case_row_listed", "tenant", "process", "stream_id"),
)
DEADLINE: Final = Table(
    "deadline",
    METADATA,
    _text("stream_id", key=True),
    _text("name", key=True),
    _text("tenant"),
    _text("owner"),
    _text("organisation"),
    _text("state"),
    Column("due_on", Date, nullable=False),
    _text("body"),
)
Index(
    "deadline_soonest",
    DEADLINE.c.tenant,
    DEADLINE.c.due_on,
    DEADLINE.c.stream_id,
    postgresql_where=DEADLINE.c.state.in_(("open", "missed")),
)
INBOX: Final = Table(
    "inbox",
    METADATA,
    _text("stream_id", key=True),
    _text("task", key=True),
    _text("owner", key=True),
    _text("principal", key=True),
    _text("tenant"),
    Column("due_on", Date, nullable=False),
    Column("since", Date, nullable=False),
    _text("held_by"),
    Index("inbox_most_urgent", "tenant", "principal", "due_on", "stream_id", "task"),
)
CASE_KEY: Final = Table(
    "case_key",
    METADATA,
    _text("tenant", key=True),
    _text("key", key=True),
    _text("stream_id", key=True),
    _text("process"),
)
CAMPAIGN: Final = Table(
    "campaign",
    METADATA,
    _text("id", key=True),
    _text("tenant"),
    _text("key"),
    _text("command"),
    _text("cause"),
    _text("state"),
    _count("concerned"),
    _count("told"),
    _text("last"),
    _text("by", empty=True),
    Column("started_at", DateTime(timezone=True), nullable=False, server_default=_NOW),
    Column("finished_at", DateTime(timezone=True)),
    Index("campaign_newest", "tenant", "started_at"),
)
BLOCKED: Final = Table(
    "blocked",
    METADATA,
    _text("stream_id", key=True),
    _text("command_id", key=True),
    _text("activity", key=True),
    _text("tenant"),
    _text("process"),
    _text("command"),
    _text("error"),
    Column("since", DateTime(timezone=True), nullable=False, server_default=_NOW),
    Column("last_at", DateTime(timezone=True), nullable=False, server_default=_NOW),
)
