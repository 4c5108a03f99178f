"""What is seen of a worker from outside: nothing, unless the environment says where."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Self

from temporalio.client import Client
from temporalio.runtime import PrometheusConfig, Runtime, TelemetryConfig

from activities.watch import Watch
from adapters.postgres.blocked import BlockedTable
from adapters.postgres.database import Database
from adapters.telemetry.gauges import look
from adapters.telemetry.logs import forwarded
from adapters.telemetry.settings import METRICS, TEMPORAL_METRICS, Address
from adapters.telemetry.traces import Traces, traces_for


@dataclass(frozen=True)
class Outlook:
    """Where a worker is seen.

    Attributes:
        figures: Where its page of figures is served.
        temporal_figures: Where the SDK serves its own.
    """

    figures: Address | None = None
    temporal_figures: Address | None = None
    traces: Traces = field(default_factory=Traces)

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Self:
        """Read what the environment says.

        Raises:
            BadInput: An address has no form of one.
        """
        figures, temporal_figures = (Address.named_by(name, environment) for name in (METRICS, TEMPORAL_METRICS))
        return cls(figures, temporal_figures, traces_for(environment))

    def runtime(self) -> Runtime:
        """Make what the SDK runs on: it logs by our own way, and serves its figures where it is told to.

        Raises:
            ValueError: Nothing can listen there.
        """
        at, metrics = self.temporal_figures, None
        if at is not None:
            metrics = PrometheusConfig(str(at), counters_total_suffix=True, unit_suffix=True, durations_as_seconds=True)
        return Runtime(telemetry=TelemetryConfig(logging=forwarded(), metrics=metrics))

    @asynccontextmanager
    async def watch(self, temporal: Client, database: Database, task_queue: str) -> AsyncGenerator[Watch]:
        """Show what blocks cases, which costs nothing while nothing does, and serve the figures while the block lasts.

        Raises:
            OSError: Nothing can listen there.
        """
        blocked = BlockedTable(database)
        if self.figures is None:
            yield Watch(blocked=blocked)
            return
        from adapters.telemetry.figures import page_of_figures  # noqa: PLC0415 — what is off is not loaded

        async with page_of_figures(self.figures, lambda: look(database, temporal, task_queue)) as figures:
            yield Watch(figures, blocked)
