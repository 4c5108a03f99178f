"""A worker of permits in a process of its own, which ends in order when it is told to, as `worker.py` does.

`python -m tests.workflows.worker_apart ADDRESS NAMESPACE DSN QUEUE VERSION`: of the code of `today`, or the `next`.
"""

import asyncio
import os
import signal
import sys

from temporalio.client import Client

from tests.workflows.house import PROCESSES, READINGS, WORKFLOWS
from tests.workflows.permit import Rule
from tests.workflows.permit_next import FORBIDDEN, PermitNextWorkflow
from worker import run_worker
from workflows.wire import wire


async def main(address: str, namespace: str, dsn: str, task_queue: str, version: str) -> None:
    """Work until told to stop."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    workflows = WORKFLOWS
    if version == "next":
        Rule.forbidden, workflows = FORBIDDEN, {"permit": PermitNextWorkflow}
    temporal = await Client.connect(address, namespace=namespace, plugins=[wire()])
    await run_worker(
        temporal, dsn, stop, task_queue=task_queue, processes=PROCESSES, workflows=workflows, readings=READINGS
    )


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
    sys.stdout.flush()
    os._exit(0)  # everything is closed; the SDK's threads may abort an interpreter that ends in the ordinary way
