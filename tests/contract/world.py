"""A store with the test processes in it, and the loop that decides a command and records it."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from activities.ports import Written
from adapters.postgres.database import Database
from adapters.postgres.decisions import Decisions
from adapters.postgres.facts import Readings
from domain.kernel.decision import Decision
from domain.kernel.envelope import Envelope, Who
from domain.kernel.process import Process
from tests.contract.counter import PROCESSES, published

TENANT = "zone"
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
READINGS = Readings(published=published, pack_stack=lambda _state: ())


def decisions(database: Database, **options: Any) -> Decisions:
    """Open the store on a database."""
    return Decisions(database, PROCESSES, READINGS, **options)


class World:
    """One worker's view of one store."""

    def __init__(
        self,
        database: Database,
        processes: Mapping[str, Process[Any, Any, Any]] = PROCESSES,
        readings: Readings = READINGS,
    ) -> None:
        self.database = database
        self.log = Decisions(database, processes, readings)
        self._processes = processes
        self._ids = count(1)

    def envelope(self, kind: str, command_id: str | None = None, /, process: str = "counter", **body: Any) -> Envelope:
        """Make a command that the schedule sends."""
        number = next(self._ids)
        return Envelope(
            id=command_id or f"command-{number}",
            tenant=TENANT,
            process=process,
            kind=kind,
            who=Who(person="schedule", machine="schedule"),
            received_at=NOON + timedelta(seconds=number),
            body=body,
        )

    async def decide(self, case_id: str, envelope: Envelope, *, fresh: bool = False) -> Decision[Any]:
        """Decide a command without recording it."""
        process = self._processes[envelope.process]
        case = await self.log.case(process, envelope.tenant, case_id, fresh=fresh)
        known = await self.log.facts(envelope.tenant, case_id, process.needs(envelope, case), fresh=fresh)
        return process.decide(envelope, envelope.received_at, case, known)

    async def once(self, case_id: str, envelope: Envelope, *, fresh: bool = False) -> Written:
        """Decide a command and try to record it, once."""
        decision = await self.decide(case_id, envelope, fresh=fresh)
        return await self.log.record(envelope, envelope.received_at, decision)

    async def send(self, case_id: str, envelope: Envelope, *, tries: int = 40) -> Written:
        """Decide and record, again on a fresh reading while something has moved."""
        written = await self.once(case_id, envelope)
        for _ in range(tries):
            if written.outcome not in {"conflict", "short"}:
                return written
            written = await self.once(case_id, envelope, fresh=True)
        return written

    async def ask(self, case_id: str, kind: str, /, **body: Any) -> Written:
        """Send one command under an id of its own."""
        return await self.send(case_id, self.envelope(kind, **body))
