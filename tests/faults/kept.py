"""What the store holds at the end of a run: every row that the proof reads, of one moment."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

import asyncpg

from adapters.postgres.archive import PostgresArchive
from audit.ports import AccountRow, CommandRow, EventRow, HeadRow
from audit.replay import body_from
from domain.kernel.decision import Answer

LINK_PREFIX = "link:"
"""How the ids of what one case asks of another begin."""
_MANY = 100_000
_NOTICES = "SELECT id, stream_id FROM mandate.notice"


@dataclass(frozen=True)
class Told:
    """One recorded command: who sent it under which id, and what was answered."""

    stream: str
    id: str
    number: int
    body: Mapping[str, Any]

    @classmethod
    def of(cls, row: CommandRow) -> "Told":
        return cls(row.stream, row.command_id, row.number, body_from(row.body, row.command_id))

    @cached_property
    def answer(self) -> Answer:
        return Answer.model_validate(self.body["answer"], strict=False)

    @property
    def received_at(self) -> datetime:
        return datetime.fromisoformat(self.body["received_at"])

    @property
    def decided_at(self) -> datetime:
        return datetime.fromisoformat(self.body["decided_at"])

    @property
    def asks(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """What was to follow from it elsewhere, each with its id."""
        for place, follow_up in enumerate(self.body["follow_ups"], start=1):
            yield f"{LINK_PREFIX}{self.stream}@{self.answer.version}.{place}", follow_up

    @property
    def met_version(self) -> int:
        return self.body["decided_at_version"]


@dataclass(frozen=True)
class Kept:
    """Every row, by stream in the order in which it came about."""

    heads: Sequence[HeadRow]
    commands: Mapping[str, Sequence[Told]]
    events: Mapping[str, Sequence[EventRow]]
    accounts: Sequence[AccountRow]
    notices: Mapping[str, str]
    """The stream of each notice, by the notice's id."""


async def read_kept(dsn: str) -> Kept:
    """Read everything."""
    async with PostgresArchive(dsn).open() as record:
        heads = [HeadRow._make(row) for row in await record.heads("", _MANY)]
        streams = [each.stream for each in heads]
        commands: defaultdict[str, list[Told]] = defaultdict(list)
        for row in map(CommandRow._make, await record.commands_of(streams)):
            commands[row.stream].append(Told.of(row))
        events: defaultdict[str, list[EventRow]] = defaultdict(list)
        for event in map(EventRow._make, await record.events_of(streams)):
            events[event.stream].append(event)
        accounts = [AccountRow._make(row) for row in await record.accounts()]
    connection = await asyncpg.connect(dsn)
    try:
        notices = {row["id"]: row["stream_id"] for row in await connection.fetch(_NOTICES)}
    finally:
        await connection.close()
    return Kept(heads, commands, events, accounts, notices)
