"""Decide and record: the activity in which every command becomes an answer."""

from collections.abc import Callable, Mapping
from typing import Any, Final, cast

import structlog
from pydantic import JsonValue
from temporalio import activity

from activities.failures import in_temporal_words
from activities.ports import DecisionLog, Written
from activities.requests import RECORD, CarryRequest, Recorded, RecordRequest, Standing, WakeUpDue
from activities.watch import Doing, Watch
from domain.kernel.decision import Answer, Case, Decision, Refusal
from domain.kernel.envelope import Envelope
from domain.kernel.errors import CorruptHistory, StreamConflict
from domain.kernel.facts import Known
from domain.kernel.followups import FollowUp
from domain.kernel.lifecycle import Lifecycle
from domain.kernel.messages import body_of
from domain.kernel.process import Process

_FRESH_DECISIONS: Final = 3
_READS: Final = (False, *(True,) * _FRESH_DECISIONS)
"""From memory first; the write finds out when that was stale."""
_GRANTED: Final = "recorded"
UNKNOWN: Final = "unknown"
"""What is shown of a command that its process does not have."""


class Cases:
    """Takes decisions where they are recorded.

    Args:
        log: The event store.
        processes: Every process by name.
        lifecycles: Every process's table by the same name.
        watch: Who looks on; nobody where it is left out.
    """

    def __init__(
        self,
        log: DecisionLog,
        processes: Mapping[str, Process[Any, Any, Any]],
        lifecycles: Mapping[str, Lifecycle],
        watch: Watch | None = None,
    ) -> None:
        self._log = log
        self._processes = processes
        self._lifecycles = lifecycles
        self._watch = watch or Watch()

    @activity.defn(name=RECORD)
    async def record(self, request: RecordRequest) -> Recorded:
        """Decide and record one command; any number of times with one effect."""
        info, sent = activity.info(), request.set_aside_by or request.envelope
        process, kind = info.workflow_type or "", self._named(sent)
        log = structlog.get_logger().bind(
            case=request.case, command=sent.id, kind=kind, process=process, tenant=sent.tenant
        )
        is_first = info.is_local and info.attempt == 1
        if is_first:
            self._watch.figures.taken(process, kind)
        async with in_temporal_words(log, self._watch, Doing(sent.tenant, sent.id, kind)):
            recorded = await self.answer(request, again=not is_first)
        log.info("answered", outcome=recorded.answer["outcome"], version=recorded.standing.version)
        return recorded

    async def answer(self, request: RecordRequest, *, again: bool = False) -> Recorded:
        """Decide and record one command without Temporal.

        Args:
            again: This id may have been answered already; look before deciding, which may no longer be possible.

        Raises:
            Unavailable: The store cannot be reached.
            StreamConflict: The stream or a fact kept moving under fresh decisions.
            CorruptHistory: What is stored cannot be read.
        """
        if request.set_aside_by is not None:
            return await self._set_aside(request, request.set_aside_by)
        if again:
            written = await self._log.answered(request.case, request.envelope)
            if written is not None:
                return await self._told(request, request.envelope, written)
        return await self._decided(request, request.envelope)

    async def _decided(self, request: RecordRequest, envelope: Envelope) -> Recorded:
        process = self._processes[envelope.process]

        def decide(case: Case[Any], known: Known) -> Decision[Any]:
            return process.decide(envelope, request.decided_at, case, known)

        written, decision = await self._write(request, envelope, decide)
        return await self._told(request, envelope, written, decision)

    async def _set_aside(self, request: RecordRequest, by: Envelope) -> Recorded:
        """Record the operator's command, then, if it was granted, the refusal of the one that is stuck.

        The operator's comes first, so that nothing is set aside but by a recorded command; when the second write is
        lost, the repeat finds the first one granted and writes the second.
        """
        case_id, stuck, decided_at = request.case, request.envelope, request.decided_at
        if await self._log.answered(case_id, stuck) is not None:
            return await self._decided(request, by)
        process = self._processes[by.process]

        def grant(case: Case[Any], known: Known) -> Decision[Any]:
            return process.grant_set_aside(by, decided_at, case, known)

        def refuse(case: Case[Any], known: Known) -> Decision[Any]:
            return process.set_aside(stuck, by, decided_at, case, known)

        written, granting = await self._write(request, by, grant)
        if written.answer is not None and written.answer["outcome"] == _GRANTED:
            await self._write(request, stuck, refuse, reads_for=by)
        return await self._told(request, by, written, granting)

    async def _write(
        self,
        request: RecordRequest,
        envelope: Envelope,
        decide: Callable[[Case[Any], Known], Decision[Any]],
        *,
        reads_for: Envelope | None = None,
    ) -> tuple[Written, Decision[Any]]:
        """Decide on what is in memory and write; when that was stale, read fresh and decide again.

        Args:
            reads_for: The command whose needs are read, where it is not the one that is written.
        """
        case_id, process, asks = request.case, self._processes[envelope.process], reads_for or envelope
        moved: str | None = None
        for fresh in _READS:
            if process.only_begins(envelope.kind) and not fresh:
                # Nearly always there is nothing to look for; the write finds out when there is.
                case = process.begin(envelope.tenant, case_id)
            else:
                case = await self._log.case(process, envelope.tenant, case_id, fresh=fresh)
            if _is_behind(case, request) and not fresh:
                continue
            _check_not_behind(case, request)
            known = await self._log.facts(envelope.tenant, case_id, process.needs(asks, case), fresh=fresh)
            decision = decide(case, known)
            follow_ups = self._lifecycles[process.name].follow_ups(decision)
            written = await self._log.record(envelope, decision.asked.decided_at, decision, follow_ups)
            if written.outcome == "recorded":
                self._watch.figures.answered(envelope, decision.answer)
            if written.outcome not in {"conflict", "short"}:
                return written, decision
            moved = written.moved
        raise StreamConflict(f"{case_id}: {moved} moved under {len(_READS)} decisions of {envelope.id}")

    async def _told(
        self, request: RecordRequest, envelope: Envelope, written: Written, decision: Decision[Any] | None = None
    ) -> Recorded:
        """Join the first answer to this id with where the case stands now."""
        process = self._processes[envelope.process]
        if written.outcome == "recorded" and decision is not None:
            case, found = decision.after, decision.before.version
        else:
            case = await self._log.case(process, envelope.tenant, request.case, fresh=True)
            found = case.version
        _check_not_behind(case, request)
        answer = written.answer if written.answer is not None else _id_is_taken(process, case)
        return Recorded(
            answer=answer,
            standing=self._standing(process, case),
            follow_ups=written.follow_ups,
            follow_up_ids=_link_ids(request.case, cast("int", answer["version"]), written.follow_ups),
            correlation_id=case.correlation_id,
            left_behind=await self._left_behind(request, envelope, case) if found != request.followed else (),
        )

    async def _left_behind(
        self, request: RecordRequest, answered: Envelope, case: Case[Any]
    ) -> tuple[CarryRequest, ...]:
        """Give what was to follow from commands that were recorded by a worker which then died with what it knew.

        The run that takes over asks again for the commands it was sent. A wake-up it does not ask for again: it is
        recorded, so the case lists it no longer. A run that begins has followed nothing; what is before it is its own
        only if it asks for the very first command.
        """
        if request.followed is None:
            return ()
        past = await self._log.recorded_since(case.id, request.followed)
        if request.followed == 0 and (not past or past[0].command_id != answered.id):
            return ()
        return tuple(
            CarryRequest(
                tenant=case.tenant,
                case=case.id,
                follow_ups=each.follow_ups,
                ids=_link_ids(case.id, each.version, each.follow_ups),
                caused_at=each.decided_at,
                caused_by=each.command_id,
                correlation_id=case.correlation_id,
            )
            for each in past
            if each.follow_ups and each.command_id != answered.id
        )

    def _named(self, sent: Envelope) -> str:
        """Name the command; what the process has no such command for is a stranger's word, and shown nowhere."""
        process = self._processes.get(sent.process)
        return sent.kind if process is not None and sent.kind in process.commands.by_name else UNKNOWN

    def _standing(self, process: Process[Any, Any, Any], case: Case[Any]) -> Standing:
        rings = self._lifecycles[process.name].wake_ups(case)
        return Standing(
            version=case.version,
            phase=case.state.phase,
            wake_ups=tuple(WakeUpDue(id=each.id, at=each.at, command=each.command, body=each.body) for each in rings),
            # A case whose opening was refused was never there: nothing is to be waited for.
            closed=case.state.is_end or case.version == 0,
        )


def _is_behind(case: Case[Any], request: RecordRequest) -> bool:
    return request.followed is not None and case.version < request.followed


def _check_not_behind(case: Case[Any], request: RecordRequest) -> None:
    """Stop where the run has followed more than the record holds.

    Raises:
        CorruptHistory: The record was set back to an earlier day, and Temporal was not.
    """
    if _is_behind(case, request):
        raise CorruptHistory(
            f"{case.id}: its run has followed version {request.followed}, the record ends at {case.version}: "
            "a store of an earlier day stands beside this Temporal"
        )


def _link_ids(case_id: str, version: int, follow_ups: tuple[FollowUp, ...]) -> tuple[str, ...]:
    return tuple(f"link:{case_id}@{version}.{place}" for place in range(1, len(follow_ups) + 1))


def _id_is_taken(process: Process[Any, Any, Any], case: Case[Any]) -> dict[str, JsonValue]:
    """Answer a command whose id was used for another one. It is not recorded: the id has its answer, for ever."""
    refusal = Refusal(code=f"{process.name}.id_used_for_another_command", source="DESIGN §2")
    return body_of(Answer(outcome="refused", version=case.version, phase=case.state.phase, refusal=refusal))
