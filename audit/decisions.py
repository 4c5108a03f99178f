"""Take every recorded decision again, and compare what comes out with what was written, byte for byte.

A decision is a function of the command's body, the state at the version it met and the facts at the versions that were
kept with it. So whoever forges an answer must also find a command, a state and facts from which the rules would have
given it.
"""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, cast

from pydantic import JsonValue, ValidationError

from audit.corrections import CORRECTIONS, Correction
from audit.ports import CommandRow, EventRow, FactsAt, Finding, Forms, HeadRow, Record
from audit.replay import body_from, read, step
from domain.kernel.decision import Case, Decision
from domain.kernel.entries import command_body, event_bodies
from domain.kernel.envelope import Envelope
from domain.kernel.errors import BadInput, CorruptHistory, MandateError
from domain.kernel.lifecycle import Lifecycle
from domain.kernel.messages import shanghai_date
from domain.kernel.process import Process
from domain.kernel.set_aside import SetCommandAside

_BATCH: Final = 100
_SET_ASIDE: Final = "set_aside"
_NOTHING_TO_SET_ASIDE: Final = "nothing_to_set_aside"


@dataclass(frozen=True)
class Rules:
    """What decisions are taken by.

    Attributes:
        lifecycles: Each process's table, for what its events ask of others; one that is not here is not asked.
        corrections: Differences that are known and explained.
    """

    processes: Mapping[str, Process[Any, Any, Any]]
    lifecycles: Mapping[str, Lifecycle]
    corrections: Sequence[Correction] = CORRECTIONS


@dataclass(frozen=True)
class _Kept:
    """One recorded command: its row, and what its body says."""

    row: CommandRow
    body: Mapping[str, Any]

    @property
    def envelope(self) -> Envelope:
        """The command as it came in."""
        trail = {name: self.body[name] for name in ("received_at", "correlation_id", "causation_id")}
        return Envelope.model_validate({**self.body["sent"], **trail})

    @property
    def decided_at(self) -> datetime:
        """The workflow's time when it was decided."""
        return datetime.fromisoformat(self.body["decided_at"])

    @property
    def version(self) -> int:
        """The version it met."""
        return self.body["decided_at_version"]

    @property
    def said(self) -> str:
        """What was answered, in one word."""
        return _word(self.body["answer"])

    def finding(self, what: str) -> Finding:
        """Say what came out otherwise."""
        return Finding(self.row.stream, self.version, f"decision {self.row.command_id}: {what}")


async def retake(
    record: Record, facts: FactsAt, forms: Forms, rules: Rules, streams: Sequence[str] | None = None
) -> tuple[Finding, ...]:
    """Take every decision of these streams again; of all streams where none is named.

    Returns:
        Each difference that no correction explains.

    Raises:
        Unavailable: The store cannot be reached.
    """
    findings: list[Finding] = []
    async for head in _heads(record, streams):
        findings += await _Stream(head, rules, forms, facts).retaken(record)
    return tuple(findings)


class _Stream:
    """The decisions of one stream, in their order."""

    def __init__(self, head: HeadRow, rules: Rules, forms: Forms, facts: FactsAt) -> None:
        self._head = head
        self._process = rules.processes[head.process]
        self._lifecycle = rules.lifecycles.get(head.process)
        self._corrections = rules.corrections
        self._forms = forms
        self._facts = facts
        self._kept: dict[str, _Kept] = {}

    async def retaken(self, record: Record) -> list[Finding]:
        """Take each one again."""
        stream = self._head.stream
        events = [EventRow._make(row) for row in await record.events_of([stream])]
        commands = [CommandRow._make(row) for row in await record.commands_of([stream])]
        try:
            cases = [*_versions(self._process, self._head, events)]
            kept = [_Kept(row, body_from(row.body, row.command_id)) for row in commands]
        except CorruptHistory as error:
            return [Finding(stream, 0, f"decisions: {error}")]
        self._kept = {each.row.command_id: each for each in kept}
        findings: list[Finding] = []
        for each in kept:
            findings += await self._compared(each, cases, events)
        return findings

    async def _compared(self, kept: _Kept, cases: Sequence[Case[Any]], events: Sequence[EventRow]) -> list[Finding]:
        try:
            decision = await self._decided(kept, cases[kept.version])
        except (MandateError, ValidationError, LookupError, ValueError) as error:
            return [kept.finding(f"cannot be taken again: {error}")]
        now = _word(decision.answer.model_dump(mode="json"))
        if now != kept.said and self._is_corrected(kept, now):
            return []
        return [kept.finding(what) for what in self._differences(kept, decision, events)]

    async def _decided(self, kept: _Kept, case: Case[Any]) -> Decision[Any]:
        """Take one decision, by the way it was taken: by the rules, or by an operator who set a command aside."""
        envelope, process = kept.envelope, self._process
        by = envelope
        if kept.said == f"{process.name}.{_SET_ASIDE}":
            by = self._kept[kept.body["answer"]["refusal"]["details"]["command_id"]].envelope
        known = await self._facts.at(envelope.tenant, case.id, process.needs(by, case), kept.body["facts"])
        if by is not envelope:
            return process.set_aside(envelope, by, kept.decided_at, case, known)
        granting = kept.said != f"{process.name}.{_NOTHING_TO_SET_ASIDE}"
        if envelope.kind == SetCommandAside.__name__ and granting:
            return process.grant_set_aside(envelope, kept.decided_at, case, known)
        return process.decide(envelope, kept.decided_at, case, known)

    def _differences(self, kept: _Kept, decision: Decision[Any], events: Sequence[EventRow]) -> Iterator[str]:
        envelope, digest = kept.envelope, kept.row.digest.hex()
        body = command_body(envelope, digest, decision, ())
        # The table of a lifecycle is not a rule: it may have changed since, and what was asked of others stays asked.
        follow_ups: list[JsonValue] = kept.body["follow_ups"]
        if self._lifecycle is not None and follow_ups:
            follow_ups = [each.model_dump(mode="json") for each in self._lifecycle.follow_ups(decision)]
        body["follow_ups"] = follow_ups
        if self._forms.canonical(body) != kept.row.body:
            differing = sorted(name for name in body if name != "follow_ups" and body[name] != kept.body.get(name))
            now = _word(decision.answer.model_dump(mode="json"))
            yield f"was {kept.said}, would be {now}; differs in {', '.join(differing) or 'follow_ups'}"
        written = [row for row in events if kept.version < row.version <= kept.body["answer"]["version"]]
        bodies = event_bodies(envelope, digest, decision)
        if [row.body for row in written] != [self._forms.canonical(each) for each in bodies]:
            names = ", ".join(f"{each['type']}@{each['version']}" for each in bodies) or "no events"
            yield f"its events would be {names}, and not those that are stored"

    def _is_corrected(self, kept: _Kept, now: str) -> bool:
        wanted = (self._process.name, kept.envelope.kind, kept.said, now)
        return any(
            (each.process, each.command, each.was, each.now) == wanted
            and shanghai_date(kept.decided_at) <= each.corrected_on
            for each in self._corrections
        )


def _versions(process: Process[Any, Any, Any], head: HeadRow, events: Sequence[EventRow]) -> Iterator[Case[Any]]:
    """Give the case at every version it has had, from the first on."""
    case = process.begin(head.tenant, head.stream)
    yield case
    for row in events:
        case = step(process, case, read(process, row))
        yield case


async def _heads(record: Record, streams: Sequence[str] | None) -> AsyncIterator[HeadRow]:
    if streams is not None:
        found = [HeadRow._make(row) for row in await record.heads_of(list(streams))]
        missing = sorted(set(streams) - {head.stream for head in found})
        if missing:
            raise BadInput("case", missing[0], "the id of a case that is recorded")
        for head in found:
            yield head
        return
    last = ""
    while rows := await record.heads(last, _BATCH):
        for row in rows:
            yield HeadRow._make(row)
        last = cast("str", rows[-1][0])


def _word(answer: Mapping[str, Any]) -> str:
    refusal = answer.get("refusal")
    return refusal["code"] if refusal else answer["outcome"]
