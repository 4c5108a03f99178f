"""Recorded answers, looked up and waited for; many who wait share one connection."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, Final, cast

import asyncpg
from pydantic import TypeAdapter

from activities.ports import Past, Written
from adapters.postgres.canonical import digest_of, restored
from adapters.postgres.cases import Reader
from adapters.postgres.database import FAILURES, connect, translated
from domain.kernel.envelope import Envelope
from domain.kernel.followups import FollowUp

CHANNEL: Final = "answers"
_ANSWERED: Final = "SELECT digest, body FROM mandate.command WHERE stream_id = $1 AND command_id = $2"
_SINCE: Final = """
SELECT c.command_id, c.body FROM mandate.command AS c WHERE c.stream_id = $1 AND c.command_id IN (
    SELECT convert_from(e.body, 'UTF8')::jsonb ->> 'command_id' FROM mandate.event AS e
    WHERE e.stream_id = $1 AND e.version > $2
) ORDER BY c.number
"""
_IS_KNOWN: Final = "SELECT 1 FROM mandate.head WHERE stream_id = $1"
_FIRST_PAUSE: Final = 1.0
_LONGEST_PAUSE: Final = 10.0
"""Seconds between two looks at an answer that nobody announced: what was announced while nobody listened, or ended with
the server between its commit and the word of it, is announced no more."""
_FOLLOW_UPS: Final[TypeAdapter[tuple[FollowUp, ...]]] = TypeAdapter(tuple[FollowUp, ...])


async def stored_answer(reader: Reader, case_id: str, envelope: Envelope) -> Written | None:
    """Look up whether this id has been answered: `repeated`, `other_body`, or nothing.

    Raises:
        Unavailable: The store cannot be reached.
    """
    rows = await reader.fetch(_ANSWERED, case_id, envelope.id)
    if not rows:
        return None
    if rows[0]["digest"] != digest_of(envelope):
        return Written("other_body")
    return repeated(rows[0]["body"])


def repeated(body: bytes) -> Written:
    """Read the first answer, and what was to follow, from a command's stored body."""
    stored = restored(body)
    answer = cast("dict[str, Any]", stored["answer"])
    return Written("repeated", answer, _FOLLOW_UPS.validate_python(stored["follow_ups"]), answer["version"])


async def recorded_since(reader: Reader, case_id: str, version: int) -> Sequence[Past]:
    """Give every command whose events came after *version*, in the order in which they were decided.

    Raises:
        Unavailable: The store cannot be reached.
    """
    return [_past(row["command_id"], restored(row["body"])) for row in await reader.fetch(_SINCE, case_id, version)]


def _past(command_id: str, stored: Mapping[str, Any]) -> Past:
    follow_ups = _FOLLOW_UPS.validate_python(stored["follow_ups"])
    return Past(command_id, datetime.fromisoformat(stored["decided_at"]), stored["answer"]["version"], follow_ups)


class Answers:
    """Implements `starter.client.Answers`: the record as a caller sees it. Nothing here writes.

    Args:
        reader: Connections that may read the command table.
        dsn: Where to open the one connection that listens; it is opened by the first who waits.
    """

    def __init__(self, reader: Reader, dsn: str) -> None:
        self._reader = reader
        self._dsn = dsn
        self._waiting: defaultdict[str, set[asyncio.Event]] = defaultdict(set)
        self._listening: asyncpg.Connection[asyncpg.Record] | None = None
        self._opening = asyncio.Lock()

    async def answered(self, case_id: str, envelope: Envelope) -> Written | None:
        """Look up whether this id has been answered: `repeated`, `other_body`, or nothing.

        Raises:
            Unavailable: The store cannot be reached.
        """
        return await stored_answer(self._reader, case_id, envelope)

    async def is_known(self, case_id: str) -> bool:
        """Say whether anything was ever recorded under this id.

        Raises:
            Unavailable: The store cannot be reached.
        """
        return bool(await self._reader.fetch(_IS_KNOWN, case_id))

    async def first_command(self, case_id: str) -> Envelope | None:
        """Give the command that opened a case, as it was sent; nothing where none is recorded.

        Raises:
            Unavailable: The store cannot be reached.
        """
        rows = await self._reader.fetch(f"{_SINCE} LIMIT 1", case_id, 0)
        if not rows:
            return None
        stored = restored(rows[0]["body"])
        trail = {key: stored[key] for key in ("received_at", "correlation_id", "causation_id")}
        return Envelope.model_validate({**cast("dict[str, Any]", stored["sent"]), **trail})

    async def wait(self, case_id: str, envelope: Envelope, patience: float) -> Written | None:
        """Wait until this id is answered, at most *patience* seconds; nothing when it is not answered by then.

        An announcement only shortens the wait: it may be lost, so the record is looked at now and then without one.

        Raises:
            Unavailable: The store cannot be reached.
        """
        loop = asyncio.get_running_loop()
        until, pause = loop.time() + patience, _FIRST_PAUSE
        told = asyncio.Event()
        waiting = self._waiting[f"{case_id} {envelope.id}"]
        waiting.add(told)
        try:
            while True:
                await self._listen()
                told.clear()
                # Looked up only now: what was recorded before the LISTEN is found, what comes after is told.
                found = await self.answered(case_id, envelope)
                if found is not None or loop.time() >= until:
                    return found
                with suppress(TimeoutError):
                    async with asyncio.timeout_at(min(until, loop.time() + pause)):
                        await told.wait()
                pause = min(2 * pause, _LONGEST_PAUSE)
        finally:
            waiting.discard(told)
            if not waiting:
                self._waiting.pop(f"{case_id} {envelope.id}", None)

    async def close(self) -> None:
        """Close the connection that listens; who still waits looks once more and opens another."""
        if self._listening is not None:
            listening, self._listening = self._listening, None
            await listening.close()

    async def _listen(self) -> None:
        async with self._opening:
            if self._listening is not None and not self._listening.is_closed():
                return
            connection = await connect(self._dsn)
            try:
                await connection.add_listener(CHANNEL, self._told)
            except FAILURES as error:
                connection.terminate()
                raise translated(error) from error
            connection.add_termination_listener(self._broken)
            self._listening = connection

    def _told(self, _connection: object, _pid: int, _channel: str, payload: object) -> None:
        for told in self._waiting.get(str(payload), ()):
            told.set()

    def _broken(self, _connection: object) -> None:
        """Wake everybody: each looks again, on a new connection."""
        for events in self._waiting.values():
            for told in events:
                told.set()
