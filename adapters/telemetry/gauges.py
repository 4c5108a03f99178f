"""What stands still, waits or is late right now, read from where it is known when somebody looks.

The worker's page of figures and `mandate doctor` show the same samples under the same names.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client
from temporalio.service import RPCError

from adapters.postgres.blocked import Standstill, standstills
from adapters.postgres.cases import Reader
from adapters.postgres.overview import overdue_limits, reader_lag
from domain.kernel.errors import Unavailable

SOURCE_UP: Final = "mandate_source_up"
OVERDUE: Final = "mandate_overdue_limits"
READER_LAG: Final = "mandate_reader_lag_seconds"
QUEUE_LENGTH: Final = "mandate_queue_length"
QUEUE_AGE: Final = "mandate_queue_age_seconds"
BLOCKED: Final = "mandate_blocked_commands"
BLOCKED_SECONDS: Final = "mandate_blocked_seconds"
GAUGES: Final[Mapping[str, str]] = {
    SOURCE_UP: "Whether the server that the other gauges are read from answered.",
    OVERDUE: "Time limits of open cases whose last day is over: declared missed, or still open.",
    READER_LAG: "How long the oldest running writer has held back readers of the global order.",
    QUEUE_LENGTH: "Tasks that wait for a worker, as Temporal counts them.",
    QUEUE_AGE: "How long the oldest task has waited for a worker.",
    BLOCKED: "Commands that their case cannot get past until something is mended.",
    BLOCKED_SECONDS: "How long the oldest of them has blocked its case.",
}
"""Every gauge with what it says."""
_PATIENCE: Final = timedelta(seconds=3)
"""A server that says nothing for so long is away; Prometheus itself waits ten seconds for the whole page."""
_QUEUES: Final = {
    "workflow": TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
    "activity": TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY,
}


@dataclass(frozen=True, slots=True)
class Sample:
    """One number, under the name and labels that it has everywhere."""

    name: str
    value: float
    labels: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def series(self) -> str:
        """Write name and labels as Prometheus does."""
        labels = ",".join(f'{name}="{value}"' for name, value in sorted(self.labels.items()))
        return f"{self.name}{{{labels}}}" if labels else self.name


@dataclass(frozen=True)
class Seen:
    """What was seen at one look; what a server that is away would have said is missing."""

    samples: Sequence[Sample]
    standstills: Sequence[Standstill] = ()


async def look(reader: Reader, temporal: Client | None, task_queue: str) -> Seen:
    """Ask the store and the Temporal server, both at once.

    Args:
        temporal: Nothing where it cannot be reached.
    """
    stored, queued = await asyncio.gather(_stored(reader), _queued(temporal, task_queue))
    return Seen((*stored.samples, *queued), stored.standstills)


async def _stored(reader: Reader) -> Seen:
    try:
        async with asyncio.timeout(_PATIENCE.total_seconds()):
            overdue, lag, blocked = await overdue_limits(reader), await reader_lag(reader), await standstills(reader)
    except (Unavailable, TimeoutError):
        return Seen((_up("postgresql", up=False),))
    limits = (
        Sample(OVERDUE, each.limits, {"process": each.process, "limit": each.limit, "state": each.state})
        for each in overdue
    )
    return Seen((_up("postgresql", up=True), Sample(READER_LAG, lag), *limits, *_blocked(blocked)), blocked)


def _blocked(standing: Sequence[Standstill]) -> Iterator[Sample]:
    """Count what blocks cases by process, command and class of error, each with the age of the oldest."""
    ages: defaultdict[tuple[str, str, str], list[float]] = defaultdict(list)
    for each in standing:
        ages[each.what.process, each.what.command, each.what.error].append(each.seconds)
    for (process, command, error), seconds in sorted(ages.items()):
        labels = {"process": process, "command": command, "error": error}
        yield Sample(BLOCKED, len(seconds), labels)
        yield Sample(BLOCKED_SECONDS, max(seconds), labels)


async def _queued(temporal: Client | None, task_queue: str) -> Sequence[Sample]:
    if temporal is None:
        return (_up("temporal", up=False),)
    samples = [_up("temporal", up=True)]
    try:
        for name, kind in _QUEUES.items():
            question = DescribeTaskQueueRequest(
                namespace=temporal.namespace,
                task_queue=TaskQueue(name=task_queue),
                task_queue_type=kind,
                report_stats=True,
            )
            stats = (await temporal.workflow_service.describe_task_queue(question, timeout=_PATIENCE)).stats
            labels = {"queue": name}
            age = stats.approximate_backlog_age.ToTimedelta().total_seconds()
            samples += [Sample(QUEUE_LENGTH, stats.approximate_backlog_count, labels), Sample(QUEUE_AGE, age, labels)]
    except RPCError:
        return (_up("temporal", up=False),)
    return samples


def _up(source: str, *, up: bool) -> Sample:
    return Sample(SOURCE_UP, up, {"source": source})
