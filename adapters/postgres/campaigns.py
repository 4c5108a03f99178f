"""How far each campaign has come: a row beside the record, written by the campaign and read on the command line."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select

from activities.ports import CampaignState
from activities.requests import CampaignSeed
from adapters.postgres.cases import Reader, Row
from adapters.postgres.database import Database
from adapters.postgres.statements import PAGE, Line, rows
from adapters.postgres.tables import CAMPAIGN
from domain.kernel.entries import instant_text

_BEGIN: Final = """
INSERT INTO mandate.campaign (id, tenant, key, command, cause, state, concerned, told, last)
VALUES ($1, $2, $3, $4, $5, 'running', $6, 0, '') ON CONFLICT DO NOTHING
"""
_NOTE: Final = """
UPDATE mandate.campaign
SET state = $2, told = $3, last = $4, by = $5,
    finished_at = CASE WHEN $2 = 'finished' THEN clock_timestamp() END
WHERE id = $1 AND state <> 'finished' AND told <= $3
"""


class CampaignTable:
    """Implements `activities.ports.CampaignBoard`. Nothing rests on these rows: they are a picture, not the record."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(self, seed: CampaignSeed, concerned: int) -> None:
        """Show a campaign that begins, with how many cases it concerns; one that is shown already stays as it is.

        Raises:
            Unavailable: The store cannot be reached.
        """
        what = (seed.follow_up.key, seed.follow_up.command, seed.case)
        await self._database.fetch(_BEGIN, seed.campaign, seed.tenant, *what, concerned)

    async def note(self, seed: CampaignSeed, state: CampaignState, told: int, last: str) -> None:
        """Show how far a campaign has come; what is shown never goes back.

        Raises:
            Unavailable: The store cannot be reached.
        """
        await self._database.fetch(_NOTE, seed.campaign, state, told, last, seed.by)


class CampaignRows:
    """Reads the progress of campaigns; nothing here writes.

    Every method raises `Unavailable` when the store cannot be reached.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def newest(self, tenant: str) -> Sequence[Line]:
        """List a tenant's campaigns, the newest first."""
        shown = select(CAMPAIGN).where(CAMPAIGN.c.tenant == tenant)
        shown = shown.order_by(CAMPAIGN.c.started_at.desc(), CAMPAIGN.c.id)
        return [_line(row) for row in await rows(self._reader, shown, PAGE)]

    async def one(self, campaign: str) -> Line | None:
        """Show one campaign; nothing where none of this id ever began."""
        found = await rows(self._reader, select(CAMPAIGN).where(CAMPAIGN.c.id == campaign))
        return _line(found[0]) if found else None


def _line(row: Row) -> Line:
    """Give the keys of `mandate campaign`."""
    seen: Line = {key: row[key] for key in ("tenant", "key", "command", "cause", "state", "concerned", "told")}
    finished_at = row["finished_at"]
    return {
        "campaign": row["id"],
        **seen,
        "last": row["last"] or None,
        "by": row["by"],
        "started_at": instant_text(row["started_at"]),
        "finished_at": None if finished_at is None else instant_text(finished_at),
    }
