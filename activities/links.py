"""Carry out what one case's event asks of others: open a case, tell one, tell every one it concerns, serve a notice."""

from typing import Final, assert_never

import structlog
from temporalio import activity
from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.service import RPCError, RPCStatusCode

from activities.failures import in_temporal_words
from activities.ports import Notices, Roster
from activities.requests import CARRY, SUBMIT, CarryRequest, CaseSeed
from domain.kernel.envelope import LINKED_CASE, Envelope, Who
from domain.kernel.errors import Unavailable
from domain.kernel.followups import FollowUp, OpenCase, ServeNotice, TellAffected, TellCase

_OURS: Final = frozenset({RPCStatusCode.INVALID_ARGUMENT, RPCStatusCode.UNIMPLEMENTED, RPCStatusCode.PERMISSION_DENIED})
"""Answers of a server that no second try would change."""


class Links:
    """Carries out follow-ups, each once by its id: the target answers a repeat with its first answer.

    Args:
        temporal: The server where the other cases run.
        task_queue: The queue they wait in.
    """

    def __init__(self, temporal: Client, task_queue: str, roster: Roster, notices: Notices) -> None:
        self._temporal = temporal
        self._task_queue = task_queue
        self._roster = roster
        self._notices = notices

    @activity.defn(name=CARRY)
    async def carry(self, request: CarryRequest) -> int:
        """Carry out every follow-up in order, and say how many messages that were."""
        log = structlog.get_logger().bind(case=request.case, command=request.caused_by, tenant=request.tenant)
        sent = 0
        with in_temporal_words(log):
            for follow_up, follow_up_id in zip(request.follow_ups, request.ids, strict=True):
                sent += await self._carry_out(follow_up, follow_up_id, request)
        log.info("carried", follow_ups=len(request.follow_ups), messages=sent)
        return sent

    async def _carry_out(self, follow_up: FollowUp, follow_up_id: str, request: CarryRequest) -> int:
        match follow_up:
            case OpenCase(process=process, case=case):
                await open_with(
                    self._temporal, self._task_queue, case, as_envelope(follow_up, process, follow_up_id, request)
                )
            case TellCase(process=process, case=case):
                await self._tell(case, as_envelope(follow_up, process, follow_up_id, request))
            case TellAffected():
                return await self._tell_affected(follow_up, follow_up_id, request)
            case ServeNotice():
                await self._notices.serve(follow_up_id, request.tenant, request.case, follow_up)
            case _:
                assert_never(follow_up)
        return 1

    async def _tell(self, case: str, envelope: Envelope) -> None:
        if not await submit(self._temporal, case, envelope):
            await open_with(self._temporal, self._task_queue, case, envelope)

    async def _tell_affected(self, follow_up: TellAffected, follow_up_id: str, request: CarryRequest) -> int:
        """Tell one case after another; a try that follows a lost one tells all of them again, with no effect."""
        told = 0
        async for process, case in self._roster.open_cases_holding(request.tenant, follow_up.key):
            activity.heartbeat()
            if case != request.case:
                await self._tell(case, as_envelope(follow_up, process, f"{follow_up_id}:{case}", request))
                told += 1
        return told


async def submit(temporal: Client, case: str, envelope: Envelope) -> bool:
    """Signal a case; durable when it returns true, and a repeat is answered alike.

    Returns:
        Whether a run of the case took it; false where none is open.

    Raises:
        Unavailable: The server cannot be reached, or is too busy.
    """
    try:
        await temporal.get_workflow_handle(case).signal(SUBMIT, envelope)
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            return False
        raise _translated(error) from error
    return True


async def open_with(temporal: Client, task_queue: str, case: str, envelope: Envelope) -> None:
    """Signal a case, starting a run of it where none is open; durable when it returns.

    Raises:
        Unavailable: The server cannot be reached, or is too busy.
    """
    try:
        await temporal.start_workflow(
            envelope.process,
            CaseSeed(case=case, process=envelope.process, tenant=envelope.tenant),
            id=case,
            task_queue=task_queue,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
            start_signal=SUBMIT,
            start_signal_args=[envelope],
        )
    except RPCError as error:
        raise _translated(error) from error


def _translated(error: RPCError) -> Exception:
    return error if error.status in _OURS else Unavailable(f"Temporal: {error.status.name} {error.message}")


def as_envelope(
    follow_up: OpenCase | TellCase | TellAffected, process: str, command_id: str, request: CarryRequest
) -> Envelope:
    """Make the command that a follow-up asks of another case; the case that asks is the person."""
    return Envelope(
        id=command_id,
        tenant=request.tenant,
        process=process,
        kind=follow_up.command,
        who=Who(person=request.case, machine=LINKED_CASE),
        received_at=request.caused_at,
        body=follow_up.body,
        correlation_id=request.correlation_id,
        causation_id=request.caused_by,
    )
