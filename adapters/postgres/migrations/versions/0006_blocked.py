"""What a case cannot get past: a picture beside the record, which no proof rests on."""

from alembic import op

from adapters.postgres.sql import statement

revision = "0006"
down_revision = "0005"

BLOCKED = """
CREATE TABLE mandate.blocked (
    stream_id text NOT NULL,
    command_id text NOT NULL,
    activity text NOT NULL,
    tenant text NOT NULL,
    process text NOT NULL,
    command text NOT NULL,
    error text NOT NULL,
    since timestamptz NOT NULL DEFAULT clock_timestamp(),
    last_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (stream_id, command_id, activity)
)
"""


def upgrade() -> None:
    """Create the table, and bound its readers like those of every other."""
    op.execute("SET ROLE mandate_owner")
    op.execute(BLOCKED)
    op.execute(statement("privileges/blocked"))
    op.execute("RESET ROLE")
