"""Row-level security: who reads for one tenant sees no other's rows."""

from alembic import op

from adapters.postgres.sql import statement

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Bound the reader of one tenant, on every table that has a tenant."""
    op.execute("SET ROLE mandate_owner")
    op.execute(statement("functions/named_tenant"))
    op.execute(statement("privileges/tenant_reader"))
    op.execute("RESET ROLE")
