"""The one place where what went wrong in an activity gets Temporal's words for it."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from structlog.typing import FilteringBoundLogger
from temporalio import activity
from temporalio.exceptions import ApplicationError

from domain.kernel.errors import Unavailable


@contextmanager
def in_temporal_words(log: FilteringBoundLogger) -> Generator[None]:
    """Let failures leave an activity so that the case waits and nothing reaches its main loop.

    A server that is away is tried again as Temporal does it. Everything else (a bug, a conflict that persists, a
    corrupt history) blocks the case until somebody mends it: the quick local tries end at once, and the scheduled
    activity tries for ever. The log names the failure and its place, never a payload; the message is in Temporal's
    own record.
    """
    try:
        yield
    except Unavailable as error:
        log.warning("unavailable", what=str(error), attempt=activity.info().attempt)
        raise
    except Exception as error:
        info = activity.info()
        kind = type(error).__name__
        place = _place(error.__traceback__)
        log.error("blocked", error=kind, at=place, attempt=info.attempt)  # noqa: TRY400 — a trace prints payloads
        raise ApplicationError(f"{kind}: {error}", type=kind, non_retryable=info.is_local) from error


def _place(trace: TracebackType | None) -> str:
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return ""
    code = trace.tb_frame.f_code
    return f"{Path(code.co_filename).name}:{trace.tb_lineno} {code.co_name}"
