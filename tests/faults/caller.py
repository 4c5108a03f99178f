"""One caller: plays one copy of a plan through the real client, and does not give up while servers come and go.

A call that fails, or takes too long, is made again under the same command id; so is one of which the caller is not sure
that it was taken. What a caller was told is noted.
"""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from typing import Literal

from temporalio.service import RPCError, RPCStatusCode
from temporalio.testing import TimeSkipper

from domain.kernel.errors import BadInput, Unavailable
from starter.client import Answers, Client
from starter.scripts import Played, Step, asks_of, sending
from tests.faults.looks import Looks
from tests.faults.notes import Asked, Notes
from tests.faults.plans import Copy

Manner = Literal["patient", "hasty", "twice", "hangs up"]
"""`patient` waits for the answer; `hasty` is content with "accepted" and goes on; `twice` sends the same command twice
at once; `hangs up` cuts the first call short, wherever it is."""
MANNERS: tuple[Manner, ...] = ("patient", "patient", "patient", "hasty", "twice", "hangs up")
LIMIT_SECONDS = 150.0
"""Nothing that is asked may take longer, whatever is killed meanwhile."""
_PATIENCE_SECONDS = 5.0
_PAUSE_SECONDS = 0.25
"""Between a call that failed and the next."""


@dataclass(frozen=True)
class Ways:
    """The ways in that callers share.

    Attributes:
        skipper: Its client carries every Signal; it moves the clock of one case.
    """

    skipper: TimeSkipper
    answers: Answers
    looks: Looks
    notes: Notes


class Caller:
    """Somebody who plays one copy of a plan."""

    def __init__(self, ways: Ways, copy: Copy, rng: Random) -> None:
        self._ways = ways
        self._copy = copy
        self._rng = rng
        self._names: dict[str, str] = {}
        self._own: list[str] = []
        self._open: list[Asked] = []

    async def play(self) -> None:
        """Take every step, then ask once more for each answer that was not waited for."""
        for position, step in enumerate(self._copy.steps, start=1):
            if self._copy.time != "now":
                waiting = self._waiting(step)
                await self._hear_of_others(waiting)
                for case in waiting:
                    await self.let_pass(case, step.instant)
                await self._hear_of_others(waiting)
            if step.until is None:
                await self._send(position, step)
        for asked in self._open:
            async with asyncio.timeout(LIMIT_SECONDS):
                await self._insist(asked)

    async def let_pass(self, case: str, instant: datetime) -> None:
        """Let a case's clock reach an instant, if it has one of its own, and everything be recorded that fell due."""
        async with asyncio.timeout(LIMIT_SECONDS):
            if self._copy.time == "moved":
                await self._move(case, instant)
            while not await self._ways.looks.is_settled(case, min(instant, self._now(case))):  # noqa: ASYNC110 — the
                await asyncio.sleep(_PAUSE_SECONDS)  # store tells nobody that all is quiet

    async def _hear_of_others(self, waiting: Sequence[str]) -> None:
        """Wait for what the script's other cases were asked and ask of each other: who acts on a case has looked at it.

        A case that a link opens is there when this returns, and its clock can be moved.
        """
        elsewhere = [(each.ask.case, each.ask.command_id) for each in self._open]
        others = [each for each in elsewhere if waiting != [each[0]]]
        async with asyncio.timeout(LIMIT_SECONDS):
            looks = self._ways.looks
            while not (await looks.are_answered(others) and await looks.have_told(self._own)):  # noqa: ASYNC110 — the
                await asyncio.sleep(_PAUSE_SECONDS)  # store tells nobody that all is quiet

    def _waiting(self, step: Step) -> list[str]:
        """Give the cases for which time passes before a step: the one it is sent to, or all that are the script's."""
        if step.until is not None:
            return self._own
        return [self._names[name] for name in (step.send or ()) if name in self._names]

    def _now(self, case: str) -> datetime:
        return self._ways.notes.now(case)

    async def _send(self, position: int, step: Step) -> None:
        what, command_id = sending(step, self._names), f"{self._copy.name}-{position}"
        (ask,) = asks_of(step, what, self._copy.tenant, command_id, self._names)
        if ask.case not in self._own and (ask.opens or ask.case in self._names.values()):
            self._own.append(ask.case)
        asked = self._ways.notes.sends(ask, step.expect)
        manner = self._rng.choice(MANNERS)
        async with asyncio.timeout(LIMIT_SECONDS):
            match manner:
                case "patient":
                    await self._insist(asked)
                case "hasty":
                    await self._insist(asked, patience=0)
                case "twice":
                    await asyncio.gather(self._insist(asked), self._insist(asked))
                case "hangs up":
                    await self._hang_up(asked, self._rng.uniform(0, 0.1))
                    await self._insist(asked)

    async def _insist(self, asked: Asked, *, patience: float = _PATIENCE_SECONDS) -> None:
        """Call until the command is answered; who has no *patience* is content to know that it will be."""
        while not await self._call(asked, patience) and (patience or not asked.was_accepted):  # noqa: ASYNC110 — the
            await asyncio.sleep(_PAUSE_SECONDS)  # pause of a real caller between two calls
        if not asked.answers:
            self._open.append(asked)

    async def _call(self, asked: Asked, patience: float) -> bool:
        asked.calls += 1
        client = Client(self._ways.skipper.client, self._ways.answers, now=lambda: self._now(asked.ask.case))
        try:
            reply = await client.submit(asked.ask, patience)
        except Unavailable as away:
            self._ways.notes.fails(asked, "away", str(away))
            return False
        await self._ways.notes.told(asked, reply)
        return reply.answer is not None

    async def _hang_up(self, asked: Asked, after: float) -> None:
        try:
            async with asyncio.timeout(after):
                await self._call(asked, _PATIENCE_SECONDS)
        except TimeoutError:
            self._ways.notes.fails(asked, "hung up", f"after {after:.3f} s")

    async def _move(self, case: str, instant: datetime) -> None:
        """Have the server move the case's clock; a move that is interrupted is made again for what is left of it.

        The clock of a case that is over stands still: who comes to it comes by his own.
        """
        skipper, notes = self._ways.skipper, self._ways.notes
        handle = skipper.client.get_workflow_handle(case)
        while self._now(case) < instant:
            try:
                there = await skipper.get_current_time(handle)
                is_open = there >= instant or await skipper.fast_forward(handle, instant - there)
                shows = await skipper.get_current_time(handle) if is_open else instant
            except RPCError as error:
                if error.status is not RPCStatusCode.NOT_FOUND:
                    await asyncio.sleep(_PAUSE_SECONDS)
                    continue
                shows = instant
            notes.ahead[case] = shows - datetime.now(UTC)


async def load_district(ways: Ways, said: Iterable[tuple[Played, Step]]) -> None:
    """Enter a district while nothing is killed.

    Raises:
        BadInput: One of its acts is refused.
    """
    client = Client(ways.skipper.client, ways.answers)
    for number, (part, step) in enumerate(said):
        (ask,) = asks_of(step, sending(step, {}), part.tenant, f"district-{number}", {})
        asked = ways.notes.sends(ask, {})
        reply = await client.submit(ask, LIMIT_SECONDS)
        if reply.answer is None or reply.answer.refusal is not None:
            raise BadInput(f"{part.name}: {ask.kind}", str(reply), "an act that is recorded")
        asked.answers.append(reply.answer)
