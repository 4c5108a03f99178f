"""A worker in a process of its own, as `worker.py` starts it, whose code stumbles over some notes and quotes them."""

import asyncio
import os
import sys
from typing import Any

from adapters.telemetry.logs import configure_logs
from adapters.telemetry.outlook import Outlook
from domain.kernel.decision import Events
from domain.kernel.facts import Facts
from domain.kernel.messages import Command, State
from tests.workflows import permit
from tests.workflows.house import PROCESSES, READINGS, WORKFLOWS
from worker import connect, run_worker

STUMBLES: str = "stumble: "
"""How a note begins that this worker's code cannot take."""
_decide = permit.decide


def decide(command: Command, state: State, facts: Facts) -> Events:
    """Decide, but for a note that cannot be taken."""
    if isinstance(command, permit.AddNote) and command.text.startswith(STUMBLES):
        raise ValueError(f"cannot take {command!r} of {facts.asked.person}")
    return _decide(command, state, facts)


async def main(dsn: str, task_queue: str) -> None:
    """Work until killed."""
    outlook = Outlook.of(os.environ)
    configure_logs(*outlook.traces.in_logs)
    PROCESSES["permit"]._decide = decide
    known: dict[str, Any] = {"task_queue": task_queue, "processes": PROCESSES, "workflows": WORKFLOWS}
    await run_worker(await connect(outlook), dsn, asyncio.Event(), readings=READINGS, outlook=outlook, **known)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
