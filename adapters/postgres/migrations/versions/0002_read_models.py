"""Read models: what can be dropped and made again from the events, to the same bytes."""

from alembic import op

revision = "0002"
down_revision = "0001"

CASE_ROW = """
CREATE TABLE mandate.case_row (
    stream_id text PRIMARY KEY,
    tenant text NOT NULL,
    process text NOT NULL,
    phase text NOT NULL,
    title text NOT NULL,
    is_open boolean NOT NULL,
    body text NOT NULL
) WITH (fillfactor = 70)
"""
DEADLINE = """
CREATE TABLE mandate.deadline (
    stream_id text NOT NULL,
    name text NOT NULL,
    tenant text NOT NULL,
    owner text NOT NULL,
    organisation text NOT NULL,
    state text NOT NULL,
    due_on date NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (stream_id, name)
) WITH (fillfactor = 70)
"""
INBOX = """
CREATE TABLE mandate.inbox (
    stream_id text NOT NULL,
    task text NOT NULL,
    owner text NOT NULL,
    principal text NOT NULL,
    tenant text NOT NULL,
    due_on date NOT NULL,
    since date NOT NULL,
    held_by text NOT NULL,
    PRIMARY KEY (stream_id, task, owner, principal)
)
"""
CASE_KEY = """
CREATE TABLE mandate.case_key (
    tenant text NOT NULL,
    key text NOT NULL,
    stream_id text NOT NULL,
    process text NOT NULL,
    PRIMARY KEY (tenant, key, stream_id)
)
"""
INDEXES = (
    "CREATE INDEX case_row_listed ON mandate.case_row (tenant, process, stream_id)",
    "CREATE INDEX deadline_soonest ON mandate.deadline (tenant, due_on, stream_id) WHERE state IN ('open', 'missed')",
    "CREATE INDEX inbox_most_urgent ON mandate.inbox (tenant, principal, due_on, stream_id, task)",
)


def upgrade() -> None:
    """Create the rows that lists, inboxes and deadlines are read from."""
    op.execute("SET ROLE mandate_owner")
    for each in (CASE_ROW, DEADLINE, INBOX, CASE_KEY, *INDEXES):
        op.execute(each)
    op.execute("RESET ROLE")
