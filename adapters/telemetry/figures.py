"""The page of figures that Prometheus reads: what this worker counted, and what stands at the moment of reading."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from concurrent.futures import CancelledError
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Histogram, start_http_server
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from activities.watch import Uncounted
from adapters.telemetry.gauges import GAUGES, Sample, Seen
from adapters.telemetry.settings import Address
from domain.kernel.decision import Answer
from domain.kernel.envelope import Envelope

Look = Callable[[], Awaitable[Seen]]
_WAITS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 60.0, 600.0, 3600.0)
"""Seconds: a command is answered within milliseconds, or waits until somebody mends what blocks its case."""
_PATIENCE_SECONDS: Final = 8.0


class Counted(Uncounted):
    """Implements `activities.ports.Figures`. Every label has few values: never a case, a person, a word of a body."""

    def __init__(self, registry: CollectorRegistry) -> None:
        named = ("process", "command")
        self._commands = Counter(
            "mandate_commands", "Commands taken up for a decision, each once.", named, registry=registry
        )
        self._answers = Counter(
            "mandate_answers", "Answers recorded, by outcome.", (*named, "outcome"), registry=registry
        )
        self._refusals = Counter(
            "mandate_refusals", "Refusals recorded, by their code.", (*named, "code"), registry=registry
        )
        self._failures = Counter(
            "mandate_failed_tries",
            "Tries of an activity that ended without a result, by the class of what went wrong.",
            ("activity", "error"),
            registry=registry,
        )
        self._waits = Histogram(
            "mandate_answer_wait_seconds",
            "From the receipt of a command, or the instant of a limit, to its recorded answer.",
            ("process",),
            buckets=_WAITS,
            registry=registry,
        )

    def taken(self, process: str, command: str) -> None:
        """Count a command that is tried for the first time."""
        self._commands.labels(process, command).inc()

    def answered(self, envelope: Envelope, answer: Answer) -> None:
        """Count a command whose answer was recorded by this very call."""
        self._answers.labels(envelope.process, envelope.kind, answer.outcome).inc()
        if answer.refusal is not None:
            self._refusals.labels(envelope.process, envelope.kind, answer.refusal.code).inc()
        waited = datetime.now(UTC) - envelope.received_at
        self._waits.labels(envelope.process).observe(max(waited.total_seconds(), 0.0))

    def failed(self, activity: str, error: str) -> None:
        """Count a try of an activity that ended without a result."""
        self._failures.labels(activity, error).inc()


class Gauges(Collector):
    """Reads the gauges when the page is read. The page is served by a thread, the reading is done by the worker's loop.

    Args:
        look: Asks the servers; a server that is away is a sample too.
        loop: Where it runs.
    """

    def __init__(self, look: Look, loop: asyncio.AbstractEventLoop) -> None:
        self._look = look
        self._loop = loop

    def describe(self) -> Iterable[Metric]:
        """Name what will be there, so that nothing has to be read for it."""
        return [GaugeMetricFamily(name, says) for name, says in GAUGES.items()]

    def collect(self) -> Iterable[Metric]:
        """Give what is seen now; nothing where the worker is about to end."""
        asked = asyncio.run_coroutine_threadsafe(self._seen(), self._loop)
        try:
            samples = asked.result(_PATIENCE_SECONDS)
        except (TimeoutError, CancelledError):
            asked.cancel()
            return
        by_name: defaultdict[str, list[Sample]] = defaultdict(list)
        for sample in samples:
            by_name[sample.name].append(sample)
        for name, found in by_name.items():
            family = GaugeMetricFamily(name, GAUGES[name], labels=tuple(found[0].labels))
            for sample in found:
                family.add_metric(tuple(sample.labels.values()), sample.value)
            yield family

    async def _seen(self) -> Iterable[Sample]:
        return (await self._look()).samples


@asynccontextmanager
async def page_of_figures(address: Address, look: Look) -> AsyncGenerator[Counted]:
    """Serve the page at `http://<address>/metrics` while the block lasts; what it gives is to be told what happens.

    Raises:
        OSError: Nothing can listen there.
    """
    registry = CollectorRegistry()
    counted = Counted(registry)
    registry.register(Gauges(look, asyncio.get_running_loop()))
    server, thread = start_http_server(address.port, address.host, registry)
    try:
        yield counted
    finally:
        await asyncio.to_thread(server.shutdown)
        server.server_close()
        thread.join()
