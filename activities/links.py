"""Carry out what one case's event asks of others: open a case, tell one, tell every one it concerns, serve a notice."""

from hashlib import sha256
from typing import Final, assert_never

import structlog
from temporalio import activity
from temporalio.client import Client
from temporalio.common import Priority, WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from activities.failures import in_temporal_words
from activities.ports import Notices
from activities.requests import CAMPAIGN, CARRY, ROLLS_PAST, SUBMIT, CampaignSeed, CarryRequest, CaseSeed, Cause
from activities.watch import Doing, Watch
from domain.kernel.envelope import LINKED_CASE, Envelope, Who
from domain.kernel.errors import Unavailable
from domain.kernel.followups import FollowUp, OpenCase, ServeNotice, TellAffected, TellCase

_OURS: Final = frozenset({RPCStatusCode.INVALID_ARGUMENT, RPCStatusCode.UNIMPLEMENTED, RPCStatusCode.PERMISSION_DENIED})
"""Answers of a server that no second try would change."""
_BEHIND_PEOPLE: Final = 4
"""Temporal's own is 3, and a lower number goes first; only a server with priorities heeds it."""
_FAIRNESS_KEY_BYTES: Final = 64


class Links:
    """Carries out follow-ups, each once by its id: the target answers a repeat with its first answer.

    Args:
        temporal: The server where the other cases run.
        task_queue: The queue they wait in.
        watch: Who looks on; nobody where it is left out.
    """

    def __init__(self, temporal: Client, task_queue: str, notices: Notices, watch: Watch | None = None) -> None:
        self._temporal = temporal
        self._task_queue = task_queue
        self._notices = notices
        self._watch = watch or Watch()

    @activity.defn(name=CARRY)
    async def carry(self, request: CarryRequest) -> int:
        """Carry out every follow-up in order, and say how many messages that were."""
        log = structlog.get_logger().bind(case=request.case, command=request.caused_by, tenant=request.tenant)
        sent = 0
        async with in_temporal_words(log, self._watch, Doing(request.tenant, request.caused_by or "", CARRY)):
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
                await tell(
                    self._temporal, self._task_queue, case, as_envelope(follow_up, process, follow_up_id, request)
                )
            case TellAffected():
                await begin_campaign(self._temporal, self._task_queue, follow_up, follow_up_id, request)
            case ServeNotice():
                await self._notices.serve(follow_up_id, request.tenant, request.case, follow_up)
            case _:
                assert_never(follow_up)
        return 1


async def submit(temporal: Client, case: str, envelope: Envelope) -> bool:
    """Signal a case; durable when it returns true, and a repeat is answered alike.

    Returns:
        Whether a run of the case took it; false where none is open.

    Raises:
        Unavailable: The server cannot be reached, or is too busy.
    """
    return await send_signal(temporal, case, SUBMIT, envelope)


async def send_signal(temporal: Client, workflow: str, signal: str, argument: object) -> bool:
    """Signal a workflow; durable when it returns true.

    Returns:
        Whether a run took it; false where none is open.

    Raises:
        Unavailable: The server cannot be reached, or is too busy.
    """
    try:
        await temporal.get_workflow_handle(workflow).signal(signal, argument)
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            return False
        raise _translated(error) from error
    return True


async def tell(temporal: Client, task_queue: str, case: str, envelope: Envelope) -> None:
    """Signal a case that is there; where none of its runs is open, one starts. Durable when it returns.

    Raises:
        Unavailable: The server cannot be reached, or is too busy.
    """
    if not await submit(temporal, case, envelope):
        await open_with(temporal, task_queue, case, envelope)


async def open_with(temporal: Client, task_queue: str, case: str, envelope: Envelope) -> None:
    """Signal a case, starting a run of it where none is open; durable when it returns.

    Raises:
        Unavailable: The server cannot be reached, or is too busy.
    """
    try:
        await temporal.start_workflow(
            envelope.process,
            CaseSeed(case=case, process=envelope.process, tenant=envelope.tenant, rolls_past=ROLLS_PAST),
            id=case,
            task_queue=task_queue,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
            start_signal=SUBMIT,
            start_signal_args=[envelope],
        )
    except RPCError as error:
        raise _translated(error) from error


async def begin_campaign(
    temporal: Client, task_queue: str, follow_up: TellAffected, follow_up_id: str, request: CarryRequest
) -> None:
    """Start the campaign that carries out a follow-up, once; durable when it returns.

    Its id is derived from the follow-up and the command behind it: after a store was set back, another command may
    lead to a follow-up of the same place.

    Raises:
        Unavailable: The server cannot be reached, or is too busy.
    """
    named = f"{request.tenant}/{follow_up_id}/{request.caused_by}"
    seed = CampaignSeed(
        campaign=f"campaign-{sha256(named.encode()).hexdigest()[:16]}",
        follow_up=follow_up,
        follow_up_id=follow_up_id,
        tenant=request.tenant,
        case=request.case,
        caused_at=request.caused_at,
        caused_by=request.caused_by,
        correlation_id=request.correlation_id,
    )
    try:
        await temporal.start_workflow(
            CAMPAIGN,
            seed,
            id=seed.campaign,
            task_queue=task_queue,
            id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
            priority=Priority(priority_key=_BEHIND_PEOPLE, fairness_key=seed.tenant[:_FAIRNESS_KEY_BYTES]),
        )
    except WorkflowAlreadyStartedError:
        return
    except RPCError as error:
        raise _translated(error) from error


def _translated(error: RPCError) -> Exception:
    return error if error.status in _OURS else Unavailable(f"Temporal: {error.status.name} {error.message}")


def as_envelope(follow_up: OpenCase | TellCase | TellAffected, process: str, command_id: str, cause: Cause) -> Envelope:
    """Make the command that a follow-up asks of another case; the case that asks is the person."""
    return Envelope(
        id=command_id,
        tenant=cause.tenant,
        process=process,
        kind=follow_up.command,
        who=Who(person=cause.case, machine=LINKED_CASE),
        received_at=cause.caused_at,
        body=follow_up.body,
        correlation_id=cause.correlation_id,
        causation_id=cause.caused_by,
    )
