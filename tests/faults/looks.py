"""What the store says of single cases while the run lasts; it is away now and then."""

from datetime import datetime

from adapters.postgres.cases import held_case
from adapters.postgres.database import Database
from domain.kernel.errors import Unavailable
from domain.kernel.lifecycle import WakeUp
from starter.rehearsal import lifecycles
from starter.streams import process_of

_ANSWERED = "SELECT command_id FROM mandate.command WHERE stream_id = $1"
_TENANT = "SELECT tenant FROM mandate.head WHERE stream_id = $1"
LIFECYCLES = lifecycles()


class Looks:
    """Looks at cases as they are recorded now."""

    def __init__(self, store: Database) -> None:
        self._store = store

    async def is_settled(self, case: str, until: datetime) -> bool:
        """Say whether everything that fell due in a case up to and including an instant is recorded."""
        try:
            rows = await self._store.fetch(_TENANT, case)
            return bool(rows) and not await self._overdue(case, rows[0]["tenant"], until)
        except Unavailable:
            return False

    async def _overdue(self, case: str, tenant: str, until: datetime) -> list[WakeUp]:
        process = process_of(case)
        held = await held_case(self._store, process, tenant, case)
        due = [each for each in LIFECYCLES[process.name].wake_ups(held.case) if each.at <= until]
        answered = {row["command_id"] for row in await self._store.fetch(_ANSWERED, case)}
        return [each for each in due if each.id not in answered]
