"""Which open cases an index key names, page by page."""

from collections.abc import AsyncIterator, Sequence
from typing import Final

from adapters.postgres.database import Database
from adapters.postgres.event_reader import settled

_PAGE: Final = """
SELECT process, stream_id FROM mandate.case_key
WHERE tenant = $1 AND key = ANY ($2) AND stream_id COLLATE "C" > $3
GROUP BY process, stream_id ORDER BY stream_id COLLATE "C" LIMIT $4
"""
_COUNT: Final = """
SELECT count(DISTINCT stream_id) AS cases FROM mandate.case_key WHERE tenant = $1 AND key = ANY ($2)
"""
_PAGE_LENGTH: Final = 500


class OpenCases:
    """Implements `activities.ports.Roster`; a closed case holds no key."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def open_cases_holding(self, tenant: str, keys: Sequence[str]) -> AsyncIterator[tuple[str, str]]:
        """Page through (process, case) of the open cases whose view holds one of *keys*, in order of id.

        Raises:
            Unavailable: The store cannot be reached.
        """
        last = ""
        while page := await self.page(tenant, keys, after=last, limit=_PAGE_LENGTH):
            for each in page:
                yield each
            _, last = page[-1]

    async def page(self, tenant: str, keys: Sequence[str], *, after: str, limit: int) -> Sequence[tuple[str, str]]:
        """Give the next (process, case) that holds one of *keys*, each once, in order of id.

        Who asks has seen a fact change: what was still being recorded on the old one is waited for before the first
        page, and is told too. Whoever takes a key later has decided on the new fact.

        Raises:
            Unavailable: The store cannot be reached.
        """
        if not after:
            await settled(self._database)
        rows = await self._database.fetch(_PAGE, tenant, [*keys], after, limit)
        return [(row["process"], row["stream_id"]) for row in rows]

    async def count(self, tenant: str, keys: Sequence[str]) -> int:
        """Say how many cases hold one of *keys* now.

        Raises:
            Unavailable: The store cannot be reached.
        """
        return (await self._database.fetch(_COUNT, tenant, [*keys]))[0]["cases"]
