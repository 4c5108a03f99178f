"""The one call that writes, and who may do what."""

from alembic import op

from adapters.postgres.sql import statement

revision = "0003"
down_revision = "0002"

POSTING_LINE = """
CREATE TYPE mandate.posting_line AS (
    version integer, line integer, account text,
    owner text, source text, purpose text, year integer, pocket text, amount_fen bigint
)
"""
DIRECTORY_CHANGE = """
CREATE TYPE mandate.directory_change AS (version integer, kind text, id text, subject text, object text, body text)
"""


def upgrade() -> None:
    """Create what writes and grant each role what it needs."""
    op.execute("SET ROLE mandate_owner")
    op.execute(POSTING_LINE)
    op.execute(DIRECTORY_CHANGE)
    for name in ("post", "write_read_models", "write_directory", "moved_key", "rewrite"):
        op.execute(statement(f"functions/{name}"))
    op.execute(statement("procedures/record"))
    op.execute(statement("privileges/application"))
    op.execute(statement("privileges/reader"))
    op.execute("RESET ROLE")
