"""What Temporal holds at the end of a run: an open case's workflow runs and is idle, a closed one's has ended well."""

import re
from collections.abc import AsyncIterator

from temporalio.api.enums.v1 import WorkflowTaskFailedCause
from temporalio.api.sdk.v1 import WorkflowMetadata
from temporalio.client import Client, WorkflowExecutionDescription, WorkflowExecutionStatus

from audit.replay import folded
from domain.processes import PROCESSES
from tests.faults.kept import Kept
from tests.faults.looks import LIFECYCLES

_FAILED = "workflow_task_failed_event_attributes"
_METADATA = "__temporal_workflow_metadata"
_FOLLOWED = re.compile(r"version (\d+)(?:; next `(\w+)`)?")
_OVERTAKEN = WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND
"""A Signal came in while the task that ends the workflow was under way, which is then done again with it."""


async def check_workflows(temporal: Client, kept: Kept) -> AsyncIterator[str]:
    """Ask each case's workflow where it is, and hold that against the record."""
    for head in kept.heads:
        process = PROCESSES[head.process]
        case = folded(process, head.tenant, head.stream, kept.events.get(head.stream, ()))
        handle = temporal.get_workflow_handle(head.stream)
        described = await handle.describe()
        is_over = case.state.is_end or case.version == 0
        expected = WorkflowExecutionStatus.COMPLETED if is_over else WorkflowExecutionStatus.RUNNING
        if described.status is not expected:
            yield f"{head.stream}: its workflow is {described.status}, the case is {case.state.phase}"
        elif not is_over:
            if not _is_idle(described):
                yield f"{head.stream}: its workflow is not idle"
            answered = {told.id for told in kept.commands[head.stream]}
            wake_ups = [each for each in LIFECYCLES[head.process].wake_ups(case) if each.id not in answered]
            followed = _followed(await handle.query(_METADATA, result_type=WorkflowMetadata))
            wanted = str(case.version), wake_ups[0].command if wake_ups else None
            if followed != wanted:
                yield f"{head.stream}: its workflow follows {followed}, the record says {wanted}"
        async for event in handle.fetch_history_events():
            if event.HasField(_FAILED) and event.workflow_task_failed_event_attributes.cause != _OVERTAKEN:
                yield f"{head.stream}: a task of its workflow failed: {event.workflow_task_failed_event_attributes}"


def _is_idle(described: WorkflowExecutionDescription) -> bool:
    raw = described.raw_description
    return not raw.pending_activities and not raw.HasField("pending_workflow_task")


def _followed(metadata: WorkflowMetadata) -> tuple[str, str | None]:
    """Read which version the runner follows and what it waits for, where Temporal's own screens show it."""
    found = _FOLLOWED.search(metadata.current_details)
    assert found is not None
    return found[1], found[2]
