"""A worker in a process of its own, which kills itself between its commit and the word of it."""

import asyncio
import os
import signal
import sys
from datetime import datetime
from typing import Any

from temporalio.client import Client

from activities.ports import Written
from adapters.postgres.decisions import Decisions
from domain.kernel.decision import Decision
from domain.kernel.envelope import Envelope
from domain.kernel.followups import FollowUp
from tests.workflows.house import PROCESSES, READINGS, WORKFLOWS
from worker import run_worker
from workflows.wire import wire

_record = Decisions.record
_LAST = sys.argv[-1]
"""The id of the command that is the last one it records."""


async def record_and_die(
    log: Decisions, envelope: Envelope, decided_at: datetime, decision: Decision[Any], follow_ups: tuple[FollowUp, ...]
) -> Written:
    """Record; when that was the last one, say nothing more."""
    written = await _record(log, envelope, decided_at, decision, follow_ups)
    if envelope.id == _LAST:
        os.kill(os.getpid(), signal.SIGKILL)
    return written


async def main(address: str, namespace: str, dsn: str, task_queue: str, _last: str) -> None:
    """Work until killed."""
    Decisions.record = record_and_die  # type: ignore[method-assign]
    temporal = await Client.connect(address, namespace=namespace, plugins=[wire()])
    await run_worker(
        temporal,
        dsn,
        asyncio.Event(),
        task_queue=task_queue,
        processes=PROCESSES,
        workflows=WORKFLOWS,
        readings=READINGS,
    )


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
