"""The door of every writer: one envelope, one Signal, the answer read from where it is recorded.

A Signal is durable when it is acknowledged; from then on the command will be decided, once, whoever waits for it. So
the only questions here are whether it was answered before, whether it was accepted, and how long the caller waits.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any, Final, Literal, Protocol
from uuid import uuid4

from pydantic import JsonValue
from pydantic_core import to_json
from temporalio.client import Client as Temporal

from activities.links import open_with, send_signal, submit, tell
from activities.ports import Written
from activities.watch import WayIn, untraced
from domain.kernel.decision import Answer, Refusal
from domain.kernel.envelope import Envelope, Who
from domain.kernel.errors import BadInput, Unavailable
from domain.kernel.lifecycle import WAKE_UP
from domain.kernel.process import Process
from starter.forms import check_size, read_code
from starter.streams import own_stream
from workflows.wire import TASK_QUEUE

ENGINE_PREFIX: Final = WAKE_UP
"""How the ids of a time limit's own commands begin; a caller that took one would silence it."""
ID_SOURCE: Final = "DESIGN §2"
PAUSE_SECONDS: Final = 0.5
"""Between two looks at a store that is away."""


class Answers(Protocol):
    """Where answers are recorded, as a caller sees it. Nothing here writes."""

    async def answered(self, case_id: str, envelope: Envelope) -> Written | None:
        """Look up whether this id has been answered: `repeated`, `other_body`, or nothing.

        Raises:
            Unavailable: The store cannot be reached.
        """
        ...

    async def wait(self, case_id: str, envelope: Envelope, patience: float) -> Written | None:
        """Wait until this id is answered, at most *patience* seconds; nothing when it is not answered by then.

        Raises:
            Unavailable: The store cannot be reached.
        """
        ...

    async def is_known(self, case_id: str) -> bool:
        """Say whether anything was ever recorded under this id.

        Raises:
            Unavailable: The store cannot be reached.
        """
        ...


@dataclass(frozen=True)
class Ask:
    """What a caller wants done.

    Attributes:
        case: The stream id.
        kind: The command's name.
        on: The legal date of the act where it is not the day of receipt.
        correlation_id: The matter, where one input opens several cases.
        opens: Whether a case may be opened under this id.
    """

    tenant: str
    process: Process[Any, Any, Any]
    case: str
    kind: str
    body: Mapping[str, JsonValue]
    who: Who
    command_id: str = field(default_factory=lambda: str(uuid4()))
    on: date | None = None
    evidence: str | None = None
    seen_version: int | None = None
    correlation_id: str | None = None
    opens: bool = False


@dataclass(frozen=True)
class Reply:
    """What became of a command.

    Attributes:
        outcome: `accepted` when it is durable and not yet decided.
        answer: The answer as first given; none while it is only accepted.
    """

    case: str
    command_id: str
    outcome: Literal["recorded", "nothing_new", "refused", "accepted"]
    answer: Answer | None = None


def new_case_id(process: Process[Any, Any, Any], tenant: str, command_id: str, body: Mapping[str, JsonValue]) -> str:
    """Derive a new case's id from the command that opens it, so that a repeat opens nothing.

    Of a matter for several communities each has a case of its own. A tenant's directory and registers are there once.
    """
    own = own_stream(process, tenant, body)
    if own is not None:
        return own
    community = body.get("community")
    parts = (tenant, process.name, command_id, *([community] if isinstance(community, str) else []))
    return f"{process.prefix}-{_short_digest('/'.join(parts))}"


def matter_id(process: Process[Any, Any, Any], tenant: str, command_id: str) -> str:
    """Name the matter that ties together the cases one command opens."""
    return f"matter-{_short_digest(f'{tenant}/{process.name}/{command_id}')}"


def _short_digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


def envelope_of(ask: Ask, received_at: datetime) -> Envelope:
    """Build the one envelope there is, after everything in it has been read as the process will read it.

    A malformed Signal would be acknowledged and then dropped without a word, so nothing leaves here unread.

    Raises:
        BadInput: Names the field.
    """
    read_code(ask.case, "case")
    read_code(ask.tenant, "tenant")
    read_code(ask.who.person, "person")
    read_code(ask.command_id, "command id")
    if ask.command_id.startswith(ENGINE_PREFIX):
        raise BadInput(
            "command id", ask.command_id, f"an id of your own: what begins with {ENGINE_PREFIX} is sent by time limits"
        )
    check_size(ask.body)
    check_size({"evidence": ask.evidence}, "evidence")
    ask.process.commands.read(ask.kind, ask.body)
    return Envelope(
        id=ask.command_id,
        tenant=ask.tenant,
        process=ask.process.name,
        kind=ask.kind,
        who=ask.who,
        received_at=received_at,
        body=dict(ask.body),
        on=ask.on,
        evidence=ask.evidence,
        seen_version=ask.seen_version,
        correlation_id=ask.correlation_id,
    )


def _here_and_now() -> datetime:
    return datetime.now(UTC)


class Client:
    """Sends commands and gives their recorded answers.

    Args:
        task_queue: Where new cases wait for a worker.
        now: What receipt is stamped by; another clock than this machine's only where the server moves a case's own.
        way_in: Where a command's trace begins; nowhere where it is left out.
    """

    def __init__(
        self,
        temporal: Temporal,
        answers: Answers,
        task_queue: str = TASK_QUEUE,
        now: Callable[[], datetime] = _here_and_now,
        *,
        way_in: WayIn = untraced,
    ) -> None:
        self._temporal = temporal
        self._answers = answers
        self._task_queue = task_queue
        self._now = now
        self._way_in = way_in

    async def submit(self, ask: Ask, patience: float) -> Reply:
        """Send a command and wait for its answer, at most *patience* seconds.

        Raises:
            BadInput: The body is no command, or the case is unknown; nothing was sent.
            Unavailable: A server is away and nothing is known to have been accepted.
        """
        envelope = envelope_of(ask, self._now())
        names = {"command": ask.kind, "command_id": envelope.id, "case": ask.case, "tenant": ask.tenant}
        with self._way_in(process=ask.process.name, **names):
            written = await self._look(ask.case, envelope)
            if written is None:
                await self._send(ask, envelope)
                written = await self._wait(ask.case, envelope, patience)
        return _reply(ask, written)

    async def wake(self, case: str, opened: Envelope) -> None:
        """Have a case follow its record: what is recorded already is answered alike, and leads to where it stands.

        Args:
            opened: The command that opened it, as it was sent.

        Raises:
            Unavailable: Temporal is away.
        """
        await tell(self._temporal, self._task_queue, case, opened)

    async def signal_campaign(self, campaign: str, signal: str, by: str) -> bool:
        """Pause or resume a campaign; whether one took it that is not over.

        Raises:
            Unavailable: Temporal is away.
        """
        return await send_signal(self._temporal, campaign, signal, by)

    async def _look(self, case: str, envelope: Envelope) -> Written | None:
        try:
            return await self._answers.answered(case, envelope)
        except Unavailable:
            return None  # the Signal does not need the store, and the record answers a repeated id once in any case

    async def _wait(self, case: str, envelope: Envelope, patience: float) -> Written | None:
        """Wait for the answer; a store that is away, or comes back meanwhile, is asked again while patience lasts."""
        loop = asyncio.get_running_loop()
        until = loop.time() + patience
        while True:
            try:
                return await self._answers.wait(case, envelope, max(until - loop.time(), 0))
            except Unavailable:
                if loop.time() + PAUSE_SECONDS >= until:
                    return await self._look(case, envelope)
                await asyncio.sleep(PAUSE_SECONDS)

    async def _send(self, ask: Ask, envelope: Envelope) -> None:
        """Signal a run; where there is none, start one if it can have something to record.

        A closed case has no run, and is known to the store: it starts a short one that records the refusal.
        """
        known_to_be_new = ask.opens and ask.process.only_begins(ask.kind)
        try:
            if not known_to_be_new and await submit(self._temporal, ask.case, envelope):
                return
            if not ask.opens and not await self._answers.is_known(ask.case):
                raise BadInput("case", ask.case, "the id of a case that was opened")
            await open_with(self._temporal, self._task_queue, ask.case, envelope)
        except Unavailable as away:
            raise Unavailable(f"{away}; safe to repeat with --command-id {envelope.id}") from away


def _reply(ask: Ask, written: Written | None) -> Reply:
    if written is None:
        return Reply(ask.case, ask.command_id, "accepted")
    if written.outcome == "other_body":
        refusal = Refusal(
            code=f"{ask.process.name}.id_used_for_another_command",
            source=ID_SOURCE,
            details={"command_id": ask.command_id},
        )
        answer = Answer(outcome="refused", version=written.version, phase="", refusal=refusal)
        return Reply(ask.case, ask.command_id, "refused", answer)
    answer = Answer.model_validate_json(to_json(written.answer or {}))
    return Reply(ask.case, ask.command_id, answer.outcome, answer)
