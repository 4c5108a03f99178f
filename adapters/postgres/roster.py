"""Which open cases an index key names, page by page."""

from collections.abc import AsyncIterator
from typing import Final

from adapters.postgres.database import Database
from adapters.postgres.event_reader import settled

_PAGE: Final = """
SELECT process, stream_id FROM mandate.case_key
WHERE tenant = $1 AND key = $2 AND stream_id COLLATE "C" > $3 ORDER BY stream_id COLLATE "C" LIMIT $4
"""
_PAGE_LENGTH: Final = 500


class OpenCases:
    """Implements `activities.ports.Roster`; a closed case holds no key."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def open_cases_holding(self, tenant: str, key: str) -> AsyncIterator[tuple[str, str]]:
        """Page through (process, case) of the open cases whose view holds *key*, in order of id.

        Who asks has seen a fact change: what was still being recorded on the old one is waited for, and is told too.

        Raises:
            Unavailable: The store cannot be reached.
        """
        await settled(self._database)
        last = ""
        while True:
            page = await self._database.fetch(_PAGE, tenant, key, last, _PAGE_LENGTH)
            for row in page:
                yield row["process"], row["stream_id"]
            if len(page) < _PAGE_LENGTH:
                return
            last = page[-1]["stream_id"]
