"""Round trips from the worker to PostgreSQL a command takes: counted where every statement of a worker goes out.

The worker is put together as `worker.py` does it, in this process, so that its connections can be asked.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from temporalio.client import Client as Temporal

from adapters.postgres.campaigns import CampaignTable
from adapters.postgres.database import Database
from adapters.postgres.decisions import Decisions
from adapters.postgres.notices import NoticeTable
from adapters.postgres.roster import OpenCases
from benchmarks import district, harness
from benchmarks.district import Drafting, Site
from benchmarks.harness import Reading
from domain.processes import PROCESSES
from starter.client import Client
from starter.joins import open_doors
from worker import READINGS, Drivers, build
from workflows.wire import wire

FIGURE = "round trips to PostgreSQL of a command"
CACHED = 1
_TIMES = 20
_QUEUE = "counted"


@asynccontextmanager
async def _counted(site: Site) -> AsyncGenerator[Database]:
    """Let a worker that knows nothing yet work on a queue of its own."""
    temporal = await Temporal.connect(site.temporal.address, plugins=[wire()])
    async with Database(harness.application(site.postgres)) as database:
        log, board = Decisions(database, PROCESSES, READINGS), CampaignTable(database)
        drivers = Drivers(log, OpenCases(database), NoticeTable(database), board)
        async with build(temporal, drivers, task_queue=_QUEUE):
            yield database


async def _measured(site: Site) -> list[Reading]:
    temporal = await Temporal.connect(site.temporal.address, plugins=[wire()])
    async with open_doors() as doors:
        await district.load(doors)
        client = Client(temporal, doors.answers, _QUEUE)
        draft = Drafting(client)
        return [*await _warm(site, client, draft), *await _cold(site, draft)]


async def _warm(site: Site, client: Client, draft: Drafting) -> list[Reading]:
    async with _counted(site) as database:
        await district.open_drafts(client, 1)  # from here on the facts of the district are in memory
        opened = database.round_trips
        await draft.open()
        opening = database.round_trips - opened
        amended = database.round_trips
        for _ in range(_TIMES):
            await draft.amend()
        cached = (database.round_trips - amended) / _TIMES
    return [_read("cached", cached, CACHED), _read("opening", opening, CACHED)]


async def _cold(site: Site, draft: Drafting) -> list[Reading]:
    async with _counted(site) as database:
        await draft.amend()
        return [_read("cold", database.round_trips, None)]


def _read(at: str, trips: float, goal: int | None) -> Reading:
    return harness.read(FIGURE, at, trips, "round trips", goal=goal)


def measure() -> list[Reading]:
    """Take the figures on servers of their own."""
    with district.at_work() as site:
        return asyncio.run(_measured(site))


if __name__ == "__main__":
    harness.write_lines(measure())
