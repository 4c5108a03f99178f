"""What the run of a case knows, read from its history without a worker."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Final, cast

from temporalio.api.common.v1 import Payloads, WorkflowExecution
from temporalio.api.history.v1 import HistoryEvent
from temporalio.api.workflowservice.v1 import GetWorkflowExecutionHistoryReverseRequest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from activities.requests import SUBMIT
from domain.kernel.errors import Unavailable

_PAGE: Final = 24
_ENDED: Final = frozenset(
    f"workflow_execution_{how}_event_attributes"
    for how in ("completed", "failed", "terminated", "timed_out", "canceled")
)


@dataclass(frozen=True, slots=True)
class Run:
    """The last run of a case.

    Attributes:
        followed: The version of the record that it has followed.
        sent: The commands that it was sent.
        is_open: Whether it still waits.
    """

    followed: int
    sent: frozenset[str]
    is_open: bool


async def read_run(client: Client, case: str, *, until: int | None = None) -> Run | None:
    """Read the last run of a case, its newest event first; nothing where Temporal holds none.

    Args:
        until: A version with which the reading may end: what was sent before it is then left out.

    Raises:
        Unavailable: Temporal is away.
    """
    followed, sent, is_open, is_there = 0, set[str](), True, False
    try:
        async for event in _backwards(client, case):
            kind = event.WhichOneof("attributes") or ""
            is_there, is_open = True, is_open and kind not in _ENDED
            for value in await _values(client, event, kind):
                followed = max(followed, _followed(value))
                sent |= _sent(value)
            if until is not None and followed >= until:
                break
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:
            raise Unavailable(f"Temporal: {error.status.name} {error.message}") from error
    return Run(followed, frozenset(sent), is_open) if is_there else None


async def _backwards(client: Client, case: str) -> AsyncIterator[HistoryEvent]:
    question = GetWorkflowExecutionHistoryReverseRequest(
        namespace=client.namespace, execution=WorkflowExecution(workflow_id=case), maximum_page_size=_PAGE
    )
    while True:
        answer = await client.workflow_service.get_workflow_execution_history_reverse(question)
        for event in answer.history.events:
            yield event
        if not answer.next_page_token:
            return
        question.next_page_token = answer.next_page_token


async def _values(client: Client, event: HistoryEvent, kind: str) -> list[Any]:
    """Give what an event carries that the runner goes by."""
    match kind:
        case "marker_recorded_event_attributes":
            details = event.marker_recorded_event_attributes.details
            carried = [details["result"]] if "result" in details else []
        case "activity_task_completed_event_attributes":
            carried = [event.activity_task_completed_event_attributes.result]
        case "workflow_execution_completed_event_attributes":
            carried = [event.workflow_execution_completed_event_attributes.result]
        case "workflow_execution_started_event_attributes":
            carried = [event.workflow_execution_started_event_attributes.input]
        case "workflow_execution_signaled_event_attributes" if (
            event.workflow_execution_signaled_event_attributes.signal_name == SUBMIT
        ):
            signal = event.workflow_execution_signaled_event_attributes
            return [{"queue": await _decoded(client, signal.input)}]
        case _:
            carried = list[Payloads]()
    return [value for payloads in carried for value in await _decoded(client, payloads)]


async def _decoded(client: Client, payloads: Payloads) -> list[Any]:
    return await client.data_converter.decode(payloads.payloads)


def _followed(value: Any) -> int:
    """Read a version from an answer, a seed, or how a run ended."""
    if not isinstance(value, dict):
        return 0
    said = cast("dict[str, Any]", value)
    standing = cast("dict[str, Any]", said.get("standing") or said)
    version = standing.get("version")
    return version if isinstance(version, int) else 0


def _sent(value: Any) -> set[str]:
    """Read which commands came with a Signal or with a seed."""
    if not isinstance(value, dict):
        return set()
    queue = cast("list[dict[str, Any]]", cast("dict[str, Any]", value).get("queue") or [])
    return {str(each.get("id")) for each in queue}
