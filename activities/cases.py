"""Decide and record: the activity in which every command becomes an answer."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

import structlog
from pydantic import JsonValue
from temporalio import activity

from activities.failures import in_temporal_words
from activities.ports import DecisionLog, Written
from activities.requests import RECORD, Recorded, RecordRequest, Standing, WakeUpDue
from domain.kernel.decision import Answer, Case, Decision, Refusal
from domain.kernel.envelope import Envelope
from domain.kernel.errors import StreamConflict
from domain.kernel.facts import Known
from domain.kernel.lifecycle import Lifecycle
from domain.kernel.messages import body_of
from domain.kernel.process import Process

_FRESH_DECISIONS: Final = 3
_READS: Final = (False, *(True,) * _FRESH_DECISIONS)
"""From memory first; the write finds out when that was stale."""
_GRANTED: Final = "recorded"


class Cases:
    """Takes decisions where they are recorded.

    Args:
        log: The event store.
        processes: Every process by name.
        lifecycles: Every process's table by the same name.
    """

    def __init__(
        self,
        log: DecisionLog,
        processes: Mapping[str, Process[Any, Any, Any]],
        lifecycles: Mapping[str, Lifecycle],
    ) -> None:
        self._log = log
        self._processes = processes
        self._lifecycles = lifecycles

    @activity.defn(name=RECORD)
    async def record(self, request: RecordRequest) -> Recorded:
        """Decide and record one command; any number of times with one effect."""
        info, sent = activity.info(), request.set_aside_by or request.envelope
        log = structlog.get_logger().bind(
            case=request.case, command=sent.id, kind=sent.kind, process=sent.process, tenant=sent.tenant
        )
        with in_temporal_words(log):
            recorded = await self.answer(request, again=not info.is_local or info.attempt > 1)
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
                return await self._told(request.case, request.envelope, written)
        return await self._decided(request.case, request.envelope, request.decided_at)

    async def _decided(self, case_id: str, envelope: Envelope, decided_at: datetime) -> Recorded:
        process = self._processes[envelope.process]

        def decide(case: Case[Any], known: Known) -> Decision[Any]:
            return process.decide(envelope, decided_at, case, known)

        written, decision = await self._write(case_id, envelope, decide)
        return await self._told(case_id, envelope, written, decision)

    async def _set_aside(self, request: RecordRequest, by: Envelope) -> Recorded:
        """Record the operator's command, then, if it was granted, the refusal of the one that is stuck.

        The operator's comes first, so that nothing is set aside but by a recorded command; when the second write is
        lost, the repeat finds the first one granted and writes the second.
        """
        case_id, stuck, decided_at = request.case, request.envelope, request.decided_at
        if await self._log.answered(case_id, stuck) is not None:
            return await self._decided(case_id, by, decided_at)
        process = self._processes[by.process]

        def grant(case: Case[Any], known: Known) -> Decision[Any]:
            return process.grant_set_aside(by, decided_at, case, known)

        def refuse(case: Case[Any], known: Known) -> Decision[Any]:
            return process.set_aside(stuck, by, decided_at, case, known)

        written, granting = await self._write(case_id, by, grant)
        if written.answer is not None and written.answer["outcome"] == _GRANTED:
            await self._write(case_id, stuck, refuse, reads_for=by)
        return await self._told(case_id, by, written, granting)

    async def _write(
        self,
        case_id: str,
        envelope: Envelope,
        decide: Callable[[Case[Any], Known], Decision[Any]],
        *,
        reads_for: Envelope | None = None,
    ) -> tuple[Written, Decision[Any]]:
        """Decide on what is in memory and write; when that was stale, read fresh and decide again.

        Args:
            reads_for: The command whose needs are read, where it is not the one that is written.
        """
        process, asks = self._processes[envelope.process], reads_for or envelope
        moved: str | None = None
        for fresh in _READS:
            if process.only_begins(envelope.kind) and not fresh:
                # Nearly always there is nothing to look for; the write finds out when there is.
                case = process.begin(envelope.tenant, case_id)
            else:
                case = await self._log.case(process, envelope.tenant, case_id, fresh=fresh)
            known = await self._log.facts(envelope.tenant, case_id, process.needs(asks, case), fresh=fresh)
            decision = decide(case, known)
            follow_ups = self._lifecycles[process.name].follow_ups(decision)
            written = await self._log.record(envelope, decision.asked.decided_at, decision, follow_ups)
            if written.outcome not in {"conflict", "short"}:
                return written, decision
            moved = written.moved
        raise StreamConflict(f"{case_id}: {moved} moved under {len(_READS)} decisions of {envelope.id}")

    async def _told(
        self, case_id: str, envelope: Envelope, written: Written, decision: Decision[Any] | None = None
    ) -> Recorded:
        """Join the first answer to this id with where the case stands now."""
        process = self._processes[envelope.process]
        if written.outcome == "recorded" and decision is not None:
            case = decision.after
        else:
            case = await self._log.case(process, envelope.tenant, case_id, fresh=True)
        answer = written.answer if written.answer is not None else _id_is_taken(process, case)
        return Recorded(
            answer=answer,
            standing=self._standing(process, case),
            follow_ups=written.follow_ups,
            follow_up_ids=tuple(
                f"link:{case_id}@{answer['version']}.{place}" for place in range(1, len(written.follow_ups) + 1)
            ),
            correlation_id=case.correlation_id,
        )

    def _standing(self, process: Process[Any, Any, Any], case: Case[Any]) -> Standing:
        rings = self._lifecycles[process.name].wake_ups(case)
        return Standing(
            version=case.version,
            phase=case.state.phase,
            wake_ups=tuple(WakeUpDue(id=each.id, at=each.at, command=each.command, body=each.body) for each in rings),
            # A case whose opening was refused was never there: nothing is to be waited for.
            closed=case.state.is_end or case.version == 0,
        )


def _id_is_taken(process: Process[Any, Any, Any], case: Case[Any]) -> dict[str, JsonValue]:
    """Answer a command whose id was used for another one. It is not recorded: the id has its answer, for ever."""
    refusal = Refusal(code=f"{process.name}.id_used_for_another_command", source="DESIGN §2")
    return body_of(Answer(outcome="refused", version=case.version, phase=case.state.phase, refusal=refusal))
