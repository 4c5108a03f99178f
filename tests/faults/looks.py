"""What the store says of single cases while the run lasts; it is away now and then."""

from collections.abc import Iterable
from datetime import datetime

from adapters.postgres.cases import held_case
from adapters.postgres.database import Database
from audit.replay import body_from
from domain.kernel.errors import Unavailable
from domain.kernel.lifecycle import WakeUp
from starter.rehearsal import lifecycles
from starter.streams import process_of
from tests.faults.kept import Told

_ANSWERED = "SELECT command_id FROM mandate.command WHERE stream_id = $1"
_COMMANDS = "SELECT command_id, number, body FROM mandate.command WHERE stream_id = $1"
_IS_ANSWERED = "SELECT 1 FROM mandate.command WHERE stream_id = $1 AND command_id = $2"
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

    async def are_answered(self, commands: Iterable[tuple[str, str]]) -> bool:
        """Say whether each of these (case, command id) is recorded."""
        try:
            return all([await self._store.fetch(_IS_ANSWERED, *each) for each in commands])
        except Unavailable:
            return False

    async def have_told(self, cases: Iterable[str]) -> bool:
        """Say whether everything is recorded that these cases asked of single other ones."""
        try:
            asked = [each for case in cases for each in await self._asked_by(case)]
        except Unavailable:
            return False
        return await self.are_answered(asked)

    async def _asked_by(self, case: str) -> list[tuple[str, str]]:
        rows = await self._store.fetch(_COMMANDS, case)
        told = [Told(case, row["command_id"], row["number"], body_from(row["body"], case)) for row in rows]
        asks = [each for one in told for each in one.asks]
        return [(follow_up["case"], name) for name, follow_up in asks if "case" in follow_up]

    async def _overdue(self, case: str, tenant: str, until: datetime) -> list[WakeUp]:
        process = process_of(case)
        held = await held_case(self._store, process, tenant, case)
        due = [each for each in LIFECYCLES[process.name].wake_ups(held.case) if each.at <= until]
        answered = {row["command_id"] for row in await self._store.fetch(_ANSWERED, case)}
        return [each for each in due if each.id not in answered]
