"""What callers were told, written down as it happens: the other half of the proof."""

import asyncio
import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from pydantic import JsonValue

from domain.kernel.decision import Answer
from starter.client import Ask, Reply

Trouble = Literal["away", "hung up"]
"""Why a call brought nothing: a server was away, or the caller lost patience in the middle."""


@dataclass
class Asked:
    """One command a caller sent, as often as it took.

    Attributes:
        expect: What its script says of the answer.
        was_accepted: Somebody was told that it is durable.
        answers: Every answer that was given, in the words in which it came.
    """

    ask: Ask
    expect: Mapping[str, JsonValue]
    calls: int = 0
    was_accepted: bool = False
    answers: list[Answer] = field(default_factory=list)


class Notes:
    """Every command and every acknowledgement of a run, in memory and in a file that outlives it."""

    def __init__(self, file: Path) -> None:
        self.asked: dict[str, Asked] = {}
        self.troubles: Counter[Trouble] = Counter()
        self.acknowledged = 0
        """Commands of which a caller knows that they are durable."""
        self.ahead: defaultdict[str, timedelta] = defaultdict(timedelta)
        """How far the clock of a case was moved."""
        self._file = file
        self._changed = asyncio.Condition()

    def now(self, case: str) -> datetime:
        """Give a case's own time."""
        return datetime.now(UTC) + self.ahead[case]

    def sends(self, ask: Ask, expect: Mapping[str, JsonValue]) -> Asked:
        """Note that a command is about to be sent for the first time."""
        asked = self.asked[ask.command_id] = Asked(ask, expect)
        self._write("sends", ask.case, ask.command_id, kind=ask.kind)
        return asked

    async def told(self, asked: Asked, reply: Reply) -> None:
        """Note an acknowledgement."""
        if not asked.was_accepted:
            asked.was_accepted = True
            async with self._changed:
                self.acknowledged += 1
                self._changed.notify_all()
        if reply.answer is not None:
            asked.answers.append(reply.answer)
        self._write("told", reply.case, reply.command_id, outcome=reply.outcome)

    def fails(self, asked: Asked, trouble: Trouble, why: str) -> None:
        """Note a call that brought nothing."""
        self.troubles[trouble] += 1
        self._write(trouble, asked.ask.case, asked.ask.command_id, why=why)

    def event(self, what: str, **details: JsonValue) -> None:
        """Note what befell the servers."""
        self._write(what, "", "", **details)

    async def reached(self, acknowledged: int) -> None:
        """Wait until so many commands are known to be durable."""
        async with self._changed:
            await self._changed.wait_for(lambda: self.acknowledged >= acknowledged)

    def _write(self, what: str, case: str, command_id: str, **details: JsonValue) -> None:
        line = {"at": datetime.now(UTC).isoformat(), "what": what, "case": case, "command": command_id, **details}
        with self._file.open("a", encoding="utf-8") as out:
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
