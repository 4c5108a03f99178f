"""Where notices go: a table that the one they are for reads in the inbox and on the command line."""

from typing import Final

from adapters.postgres.canonical import canonical
from adapters.postgres.database import Database
from domain.kernel.followups import ServeNotice

_SERVE: Final = """
INSERT INTO mandate.notice (id, tenant, stream_id, to_role, to_organisation, notice, details)
VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING
"""


class NoticeTable:
    """Implements `activities.ports.Notices`: served is written."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def serve(self, notice_id: str, tenant: str, case_id: str, notice: ServeNotice) -> None:
        """Serve a notice; the same id again changes nothing. Durable when it returns.

        Raises:
            Unavailable: The store cannot be reached.
        """
        details = canonical(notice.details).decode()
        to = (notice.to_role, notice.to_organisation)
        await self._database.fetch(_SERVE, notice_id, tenant, case_id, *to, notice.notice, details)
