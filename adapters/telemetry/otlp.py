"""Traces over OTLP: from the way in through workflow and activity to the statement in the store, never with a payload.

Loaded only where a collector is named (`traces.py`). The environment's own variables (`OTEL_…`) say where to, how often
and under which name.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import lru_cache, partial
from typing import Any, Final

from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import SERVICE_NAME, Resource
from opentelemetry.sdk.trace import ReadableSpan, SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.trace import SpanKind, Status, Tracer

from adapters.postgres.database import Database
from adapters.telemetry.commands_traced import CommandTracing
from adapters.telemetry.traces import Traces

_NAME: Final = "mandate"
_OWN_NAME: Final = "OTEL_SERVICE_NAME"
_OWN_TIMEOUTS: Final = ("OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", "OTEL_EXPORTER_OTLP_TIMEOUT")
_TIMEOUT_SECONDS: Final = 2.0
"""A call of the command line ends only when its trace is handed over, or this has passed."""
_SHOWN: Final = frozenset(
    {
        "temporalWorkflowID",
        "temporalRunID",
        "temporalActivityID",
        "mandate.process",
        "mandate.command",
        "mandate.command_id",
        "mandate.case",
        "mandate.tenant",
        "db.system.name",
        "db.operation.name",
        "db.collection.name",
    }
)
"""What a span may say beside its name; whatever else a library adds stays here."""


class Discreet(SpanExporter):
    """Hands spans on without a word of what was asked: no event, no message of a failure, no attribute unknown here.

    Libraries put a failure's message and its stack trace into a span. This is the one door out.
    """

    def __init__(self, exporter: SpanExporter) -> None:
        self._exporter = exporter

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Hand on what may be seen."""
        return self._exporter.export([_bare(span) for span in spans])

    def shutdown(self) -> None:
        """Close what is behind the door."""
        self._exporter.shutdown()

    def force_flush(self, timeout_millis: int = 30000) -> bool:
        """Let everything out that waits behind the door."""
        return self._exporter.force_flush(timeout_millis)


def _bare(span: ReadableSpan) -> ReadableSpan:
    failure = (span.status.description or "").partition(":")[0]
    return ReadableSpan(
        name=span.name,
        context=span.get_span_context(),
        parent=span.parent,
        resource=span.resource,
        attributes={key: value for key, value in (span.attributes or {}).items() if key in _SHOWN},
        links=span.links,
        kind=span.kind,
        status=Status(span.status.status_code, failure if failure.isidentifier() else None),
        start_time=span.start_time,
        end_time=span.end_time,
        instrumentation_scope=span.instrumentation_scope,
    )


class TracedDatabase(Database):
    """Connections whose every statement is a span, named after what it does to which table."""

    def __init__(self, tracer: Tracer, dsn: str, **options: Any) -> None:
        super().__init__(dsn, **options)
        self._tracer = tracer

    async def fetch(self, query: str, *args: object) -> list[Any]:
        """Run one statement and give its rows.

        Raises:
            Unavailable: The server cannot be reached or went away; nothing is known of what it did.
            Stopped: A function of this schema ended itself, and with it everything it had written.
        """
        operation, target = named(query)
        said = {"db.system.name": "postgresql", "db.operation.name": operation, "db.collection.name": target}
        name = f"{operation} {target}".rstrip()
        with self._tracer.start_as_current_span(name, kind=SpanKind.CLIENT, attributes=said, record_exception=False):
            return await super().fetch(query, *args)


@lru_cache(maxsize=512)
def named(query: str) -> tuple[str, str]:
    """Give a statement's verb and the first thing of ours that it touches; never a value.

    >>> named("SELECT digest, body FROM mandate.command WHERE stream_id = $1")
    ('SELECT', 'mandate.command')
    """
    words = query.replace("(", " ").split()
    ours = (word for word in words if word.startswith("mandate."))
    return words[0].upper(), next(ours, "").rstrip(",;)")


def collected(environment: Mapping[str, str]) -> Traces:
    """Trace a process to the collector that the environment names."""
    timeout = None if any(environment.get(name) for name in _OWN_TIMEOUTS) else _TIMEOUT_SECONDS
    named_here: Mapping[str, str] = {} if environment.get(_OWN_NAME) else {SERVICE_NAME: _NAME}
    return exported(OTLPSpanExporter(timeout=timeout), BatchSpanProcessor, Resource.create(dict(named_here)))


def exported(
    exporter: SpanExporter, through: Callable[[SpanExporter], SpanProcessor], resource: Resource | None = None
) -> Traces:
    """Trace a process to *exporter*, which sees nothing of what was asked.

    Args:
        through: Whether spans go out one by one or together.
    """
    provider = TracerProvider(resource=resource)
    provider.add_span_processor(through(Discreet(exporter)))
    tracer = provider.get_tracer(_NAME)

    def way_in(**names: str) -> AbstractContextManager[Any]:
        said = {f"{_NAME}.{key}": value for key, value in names.items()}
        return tracer.start_as_current_span(
            f"{_NAME}.submit", kind=SpanKind.SERVER, attributes=said, record_exception=False
        )

    return Traces(
        interceptors=(CommandTracing(tracer),),
        database=partial(TracedDatabase, tracer),
        way_in=way_in,
        in_logs=(_name_trace,),
        hand_over=lambda: _hand_over(provider),
    )


def _hand_over(provider: TracerProvider) -> None:
    provider.force_flush()


def _name_trace(_logger: Any, _method: str, line: Any) -> Any:
    """Add to a line of the log which trace it belongs to."""
    context = trace.get_current_span().get_span_context()
    return {**line, "trace": f"{context.trace_id:032x}"} if context.is_valid else line
