"""The one call that writes leaves the stored state of a long case as it is for a few events."""

from alembic import op

from adapters.postgres.sql import statement

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Replace the procedure; nothing that is stored changes."""
    op.execute("SET ROLE mandate_owner")
    op.execute(statement("procedures/record"))
    op.execute("RESET ROLE")
