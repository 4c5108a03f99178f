"""The store: streams, events, commands, snapshots, the directory's rows, the ledger, notices.

Nobody logs in as the owner of the tables, so nobody who logs in can take the triggers off.
"""

from alembic import op

from adapters.postgres.sql import statement

revision = "0001"
down_revision = None

HEAD = """
CREATE TABLE mandate.head (
    stream_id text PRIMARY KEY,
    tenant text NOT NULL,
    process text NOT NULL,
    version integer NOT NULL,
    hash bytea NOT NULL,
    command_count integer NOT NULL,
    command_hash bytea NOT NULL
) WITH (fillfactor = 50)
"""
EVENT = """
CREATE TABLE mandate.event (
    global_position bigint GENERATED ALWAYS AS IDENTITY,
    stream_id text NOT NULL,
    version integer NOT NULL,
    type text NOT NULL,
    tenant text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    body bytea NOT NULL,
    hash bytea NOT NULL,
    PRIMARY KEY (stream_id, version)
)
"""
COMMAND = """
CREATE TABLE mandate.command (
    stream_id text NOT NULL,
    command_id text NOT NULL,
    number integer NOT NULL,
    tenant text NOT NULL,
    digest bytea NOT NULL,
    outcome text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    body bytea NOT NULL,
    hash bytea NOT NULL,
    PRIMARY KEY (stream_id, command_id)
)
"""
SNAPSHOT = """
CREATE TABLE mandate.snapshot (
    stream_id text PRIMARY KEY,
    tenant text NOT NULL,
    version integer NOT NULL,
    body bytea NOT NULL
) WITH (fillfactor = 50)
"""
DIRECTORY_ENTRY = """
CREATE TABLE mandate.directory_entry (
    tenant text NOT NULL,
    kind text NOT NULL,
    id text NOT NULL,
    valid_from_version integer NOT NULL,
    valid_to_version integer,
    subject text NOT NULL,
    object text NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (tenant, kind, id, valid_from_version)
)
"""
LEDGER_ACCOUNT = """
CREATE TABLE mandate.ledger_account (
    tenant text NOT NULL,
    account text NOT NULL,
    owner text NOT NULL,
    source text NOT NULL,
    purpose text NOT NULL,
    year integer NOT NULL,
    pocket text NOT NULL,
    balance_fen bigint NOT NULL,
    version integer NOT NULL,
    PRIMARY KEY (tenant, account),
    CONSTRAINT never_negative CHECK (CASE pocket WHEN 'granted' THEN balance_fen <= 0 ELSE balance_fen >= 0 END)
) WITH (fillfactor = 50)
"""
POSTING = """
CREATE TABLE mandate.posting (
    stream_id text NOT NULL,
    version integer NOT NULL,
    line integer NOT NULL,
    tenant text NOT NULL,
    account text NOT NULL,
    amount_fen bigint NOT NULL,
    account_version integer NOT NULL,
    balance_fen bigint NOT NULL,
    PRIMARY KEY (stream_id, version, line)
)
"""
NOTICE = """
CREATE TABLE mandate.notice (
    id text PRIMARY KEY,
    tenant text NOT NULL,
    stream_id text NOT NULL,
    to_role text NOT NULL,
    to_organisation text,
    notice text NOT NULL,
    details text NOT NULL,
    served_at timestamptz NOT NULL DEFAULT clock_timestamp()
)
"""
INDEXES = (
    "CREATE UNIQUE INDEX event_in_global_order ON mandate.event (global_position)",
    "CREATE INDEX directory_entry_by_subject ON mandate.directory_entry (tenant, kind, subject)",
    "CREATE INDEX directory_entry_by_object ON mandate.directory_entry (tenant, kind, object)",
    "CREATE UNIQUE INDEX posting_by_account ON mandate.posting (tenant, account, account_version)",
    "CREATE INDEX notice_by_role ON mandate.notice (tenant, to_role, to_organisation)",
)


def upgrade() -> None:
    """Create roles, tables and the triggers that keep the record append-only."""
    op.execute(statement("privileges/roles"))
    op.execute("ALTER SCHEMA mandate OWNER TO mandate_owner")
    op.execute("ALTER TABLE mandate.alembic_version OWNER TO mandate_owner")
    op.execute("SET ROLE mandate_owner")
    for each in (HEAD, EVENT, COMMAND, SNAPSHOT, DIRECTORY_ENTRY, LEDGER_ACCOUNT, POSTING, NOTICE, *INDEXES):
        op.execute(each)
    op.execute(statement("functions/refuse_change"))
    for table in ("event", "command", "posting"):
        op.execute(statement(f"triggers/{table}_is_append_only"))
        op.execute(f"ALTER TABLE mandate.{table} ENABLE ALWAYS TRIGGER {table}_is_append_only")
    op.execute("RESET ROLE")
