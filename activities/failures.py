"""The one place where what went wrong in an activity gets Temporal's words for it."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from types import TracebackType

from structlog.typing import FilteringBoundLogger
from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.ports import Blocked
from activities.watch import Doing, Watch
from domain.kernel.errors import Unavailable


@asynccontextmanager
async def in_temporal_words(log: FilteringBoundLogger, watch: Watch, doing: Doing) -> AsyncGenerator[None]:
    """Let failures leave an activity so that the case waits and nothing reaches its main loop.

    A server that is away is tried again as Temporal does it. Everything else (a bug, a conflict that persists, a
    corrupt history) blocks the case until somebody mends it: the quick local tries end at once, and the scheduled
    activity tries for ever. The log names the failure and its place, never a payload; the message is in Temporal's
    own record. What blocks is shown until the scheduled activity gets past it.
    """
    info = activity.info()
    try:
        yield
    except Unavailable as error:
        watch.figures.failed(info.activity_type, type(error).__name__)
        log.warning("unavailable", what=str(error), attempt=info.attempt)
        raise
    except Exception as error:
        kind = type(error).__name__
        watch.figures.failed(info.activity_type, kind)
        log.error("blocked", error=kind, at=place_of(error.__traceback__), attempt=info.attempt)  # noqa: TRY400 — a trace prints payloads
        with suppress(Unavailable):
            await watch.blocked.note(_blocked(info, doing, kind))
        raise ApplicationError(f"{kind}: {error}", type=kind, non_retryable=info.is_local) from error
    if not info.is_local:
        # Done already, and repeated alike when the store goes away now: what was shown is not left standing.
        await watch.blocked.clear(info.workflow_id or "", doing.command_id, info.activity_type)


def _blocked(info: activity.Info, doing: Doing, error: str) -> Blocked:
    return Blocked(
        tenant=doing.tenant,
        case=info.workflow_id or "",
        command_id=doing.command_id,
        process=info.workflow_type or "",
        command=doing.command,
        activity=info.activity_type,
        error=error,
    )


def place_of(trace: TracebackType | None) -> str:
    """Name the line on which something went wrong: file, number, function."""
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return ""
    code = trace.tb_frame.f_code
    return f"{Path(code.co_filename).name}:{trace.tb_lineno} {code.co_name}"
