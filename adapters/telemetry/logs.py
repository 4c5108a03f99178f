"""The worker's log: one JSON object a line, with case, command and tenant where they are known, and never a payload.

What libraries say of a failure repeats what they were given, and that is what somebody asked for. So of their lines
only what stands before the first colon is written, with the class and the place of the failure and no word of its own.
"""

import json
import logging
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final, cast

import structlog
import temporalio.activity
import temporalio.workflow
from structlog.typing import Processor
from temporalio.runtime import LogForwardingConfig, LoggingConfig

from activities.failures import place_of

_OURS: Final[Sequence[Processor]] = (
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.JSONRenderer(ensure_ascii=False),
)
_KNOWN: Final = {
    "workflow_id": "case",
    "workflow_type": "process",
    "activity_type": "activity",
    "attempt": "attempt",
}
"""What the SDK knows of the line it writes, under this house's names."""


class Discreet(logging.Formatter):
    """Writes what a library logs, without what it was given."""

    def format(self, record: logging.LogRecord) -> str:
        """Write one line."""
        line: dict[str, Any] = {
            **_surroundings(record),
            "logger": record.name,
            "event": record.getMessage().partition(":")[0],
            "level": record.levelname.lower(),
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat(),
        }
        if record.exc_info and record.exc_info[1] is not None:
            line |= {"error": type(record.exc_info[1]).__name__, "at": place_of(record.exc_info[2])}
        return json.dumps(line, ensure_ascii=False)


def _surroundings(record: logging.LogRecord) -> dict[str, object]:
    known: dict[str, object] = {}
    for where in ("temporal_workflow", "temporal_activity"):
        said = cast("Mapping[str, object]", getattr(record, where, None) or {})
        known |= {ours: said[theirs] for theirs, ours in _KNOWN.items() if theirs in said}
    return known


def configure_logs(*more: Processor) -> None:
    """Let everything that this process logs go to standard output, ours and the libraries' alike.

    Args:
        more: What is to be added to our own lines.
    """
    structlog.configure(processors=[*more, *_OURS])
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(Discreet())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.raiseExceptions = False  # a line that cannot be written is not written another way
    temporalio.workflow.logger.workflow_info_on_message = False
    temporalio.activity.logger.activity_info_on_message = False


def forwarded() -> LoggingConfig:
    """Let the SDK's core log by the same way, and leave out its fields, which hold failures whole."""
    forwarding = LogForwardingConfig(
        logging.getLogger("temporalio.core"),
        append_target_to_name=False,
        prepend_target_on_message=False,
        append_log_fields_to_message=False,
    )
    return LoggingConfig(filter=LoggingConfig.default.filter, forwarding=forwarding)
