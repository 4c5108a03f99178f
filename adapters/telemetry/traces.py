"""How a process is traced: not at all, unless the environment names a collector.

The libraries of OpenTelemetry are loaded only where they are wanted: they take longer than many a call of the command
line.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from structlog.typing import Processor
from temporalio.client import Interceptor

from activities.watch import WayIn, untraced
from adapters.postgres.database import Database
from adapters.telemetry.settings import is_traced


class OpenDatabase(Protocol):
    """Opens connections, as `Database` does."""

    def __call__(self, dsn: str, *, tenant: str | None = None, size: int = 8) -> Database:
        """Open them."""
        ...


def _nothing() -> None:
    """Hand over nothing."""


@dataclass(frozen=True)
class Traces:
    """What a process is traced by.

    Attributes:
        interceptors: For its client of Temporal, and for the worker made from that.
        database: Opens its connections to the store.
        way_in: Begins the trace of a command.
        in_logs: Adds to a line of the log which trace it belongs to.
        hand_over: Gives what is still held to the collector; may take two seconds where that is away.
    """

    interceptors: Sequence[Interceptor] = ()
    database: OpenDatabase = Database
    way_in: WayIn = untraced
    in_logs: Sequence[Processor] = ()
    hand_over: Callable[[], None] = _nothing


def traces_for(environment: Mapping[str, str]) -> Traces:
    """Make what the environment asks for."""
    if not is_traced(environment):
        return Traces()
    from adapters.telemetry.otlp import collected  # noqa: PLC0415 — see above

    return collected(environment)
