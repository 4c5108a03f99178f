"""The process that works: joins ports to PostgreSQL, registers every process, and answers until it is told to stop.

`DATABASE_URL` names the store as the application role sees it; `TEMPORAL_ADDRESS`, or a profile of
`temporalio.envconfig`, names the server; `MANDATE_TASK_QUEUE` another queue than the usual one. Any number of workers
may run side by side.

Cases live for years, so a worker takes over cases that an older version began. Where worker deployments are in use, let
new versions of this code have AUTO_UPGRADE; a change of `workflows/case.py` is made under `workflow.patched`, and the
replay tests hold it against recorded histories.

What is seen of it from outside is off unless the environment says where: `MANDATE_METRICS=127.0.0.1:9464` serves this
house's figures for Prometheus, `MANDATE_TEMPORAL_METRICS=127.0.0.1:9465` the SDK's own, and
`OTEL_EXPORTER_OTLP_ENDPOINT` names a collector of traces (OTLP over HTTP; OpenTelemetry's other variables hold too).
The log is JSON on standard output, an object a line, and holds no payload.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

import structlog
from temporalio.client import Client
from temporalio.envconfig import ClientConfig
from temporalio.worker import Worker

from activities.campaigns import Campaigns, Pace
from activities.cases import Cases
from activities.links import Links
from activities.ports import CampaignBoard, DecisionLog, Notices, Roster
from activities.watch import Watch
from adapters.postgres.campaigns import CampaignTable
from adapters.postgres.decisions import Decisions
from adapters.postgres.facts import READINGS, Readings
from adapters.postgres.notices import NoticeTable
from adapters.postgres.roster import OpenCases
from adapters.telemetry.logs import configure_logs
from adapters.telemetry.outlook import Outlook
from domain.kernel.errors import BadInput
from domain.kernel.process import Process
from domain.processes import PROCESSES
from workflows.appropriation import AppropriationWorkflow
from workflows.campaign import CampaignWorkflow
from workflows.case import Case
from workflows.directory import DirectoryWorkflow
from workflows.joint_conference import JointConferenceWorkflow
from workflows.list_management import ListManagementWorkflow
from workflows.register import RegisterWorkflow
from workflows.task_admission import TaskAdmissionWorkflow
from workflows.wire import TASK_QUEUE, wire

WORKFLOWS: Final[Mapping[str, type[Case]]] = {
    "appropriation": AppropriationWorkflow,
    "directory": DirectoryWorkflow,
    "joint_conference": JointConferenceWorkflow,
    "list_management": ListManagementWorkflow,
    "register": RegisterWorkflow,
    "task_admission": TaskAdmissionWorkflow,
}
"""Every process's workflow, by the process's name."""
_DATABASE: Final = "DATABASE_URL"
_LOCAL: Final = "127.0.0.1:7233"
_LAST_WORDS: Final = timedelta(seconds=20)
"""How long what is under way may take when the worker is told to stop."""
_CACHED_CASES: Final = 6000
"""An idle case in memory takes about 85 kB, and saves a replay when its next command comes. All open work of a district
should find room: what comes to every case on one day, as the end of a quarter does, else pushes out each before its
next command."""
_HELD_FOR_ITS_WORKER: Final = timedelta(seconds=5)
"""How long a command waits for the worker that has its case in memory, before any other may replay the case instead.

It is what the callers of a killed worker wait beyond the ordinary; a worker that lags further behind gives cases away.
"""


@dataclass(frozen=True)
class Drivers:
    """What a worker reaches the world through, all on PostgreSQL."""

    log: DecisionLog
    roster: Roster
    notices: Notices
    board: CampaignBoard
    watch: Watch = field(default_factory=Watch)


def build(
    temporal: Client,
    drivers: Drivers,
    *,
    task_queue: str = TASK_QUEUE,
    processes: Mapping[str, Process[Any, Any, Any]] = PROCESSES,
    workflows: Mapping[str, type[Case]] = WORKFLOWS,
    pace: Pace | None = None,
) -> Worker:
    """Make a worker of *processes*, each with the workflow of the same name.

    Args:
        temporal: A client that carries `wire()`.
        pace: How fast it tells many cases of one change.
    """
    lifecycles = {name: workflow.LIFECYCLE for name, workflow in workflows.items()}
    cases = Cases(drivers.log, processes, lifecycles, drivers.watch)
    links = Links(temporal, task_queue, drivers.notices, drivers.watch)
    campaigns = Campaigns(temporal, task_queue, drivers.roster, drivers.board, pace=pace, watch=drivers.watch)
    return Worker(
        temporal,
        task_queue=task_queue,
        workflows=[*workflows.values(), CampaignWorkflow],
        activities=[cases.record, links.carry, campaigns.tell_page],
        max_cached_workflows=_CACHED_CASES,
        sticky_queue_schedule_to_start_timeout=_HELD_FOR_ITS_WORKER,
        graceful_shutdown_timeout=_LAST_WORDS,
    )


async def run_worker(
    temporal: Client,
    database_url: str,
    stop: asyncio.Event,
    *,
    task_queue: str = TASK_QUEUE,
    processes: Mapping[str, Process[Any, Any, Any]] = PROCESSES,
    workflows: Mapping[str, type[Case]] = WORKFLOWS,
    readings: Readings = READINGS,
    outlook: Outlook | None = None,
) -> None:
    """Answer commands until *stop* is set, then end what is under way and leave the rest to other workers.

    Args:
        outlook: What is seen of it meanwhile; nothing where it is left out.
    """
    seen = outlook or Outlook()
    async with seen.traces.database(database_url) as database, seen.watch(temporal, database, task_queue) as watch:
        drivers = Drivers(
            log=Decisions(database, processes, readings),
            roster=OpenCases(database),
            notices=NoticeTable(database),
            board=CampaignTable(database),
            watch=watch,
        )
        async with build(temporal, drivers, task_queue=task_queue, processes=processes, workflows=workflows):
            structlog.get_logger().info("working", task_queue=task_queue, processes=sorted(processes))
            await stop.wait()
            structlog.get_logger().info("stopping")


async def connect(outlook: Outlook | None = None) -> Client:
    """Connect to the Temporal server that the environment names, else to the one on this machine."""
    seen = outlook or Outlook()
    config = ClientConfig.load_client_connect_config()
    config.setdefault("target_host", _LOCAL)
    traced = seen.traces.interceptors
    return await Client.connect(**config, plugins=[wire()], interceptors=traced, runtime=seen.runtime())


async def _main(database_url: str, outlook: Outlook) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    task_queue = os.environ.get("MANDATE_TASK_QUEUE") or TASK_QUEUE
    await run_worker(await connect(outlook), database_url, stop, task_queue=task_queue, outlook=outlook)
    await asyncio.to_thread(outlook.traces.hand_over)


def main() -> None:
    """Run until SIGTERM or SIGINT."""
    database_url = os.environ.get(_DATABASE)
    if database_url is None:
        sys.exit(f"{_DATABASE} is not set: expected postgresql://<application role>@<host>:<port>/<database>")
    try:
        outlook = Outlook.of(os.environ)
    except BadInput as error:
        sys.exit(str(error))
    configure_logs(*outlook.traces.in_logs)
    asyncio.run(_main(database_url, outlook))
    sys.stdout.flush()
    os._exit(0)  # everything is closed; the SDK's threads may abort an interpreter that ends in the ordinary way


if __name__ == "__main__":
    main()
