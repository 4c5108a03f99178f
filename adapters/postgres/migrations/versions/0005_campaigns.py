"""The progress of campaigns: a picture beside the record, which no proof rests on."""

from alembic import op

from adapters.postgres.sql import statement

revision = "0005"
down_revision = "0004"

CAMPAIGN = """
CREATE TABLE mandate.campaign (
    id text PRIMARY KEY,
    tenant text NOT NULL,
    key text NOT NULL,
    command text NOT NULL,
    cause text NOT NULL,
    state text NOT NULL,
    concerned integer NOT NULL,
    told integer NOT NULL,
    last text NOT NULL,
    by text,
    started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    finished_at timestamptz
) WITH (fillfactor = 50)
"""


def upgrade() -> None:
    """Create the table, and bound its readers like those of every other."""
    op.execute("SET ROLE mandate_owner")
    op.execute(CAMPAIGN)
    op.execute("CREATE INDEX campaign_newest ON mandate.campaign (tenant, started_at)")
    op.execute(statement("privileges/campaign"))
    op.execute("RESET ROLE")
