"""A publication that concerns many open cases: what people wait for meanwhile, against what they wait for in peace.

The cases are drafts of the example district; a key is laid down for each, for an item in its draft rests on no list
yet. Each is told to look at its proof again, which is decided and recorded as every command is. Beside it eight people
send two commands a second each, as long as the campaign runs, and as long before it. 5,000 cases: `--cases 5000`.
"""

import asyncio
import statistics
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from temporalio.client import Client as Temporal

from activities.links import begin_campaign
from activities.requests import CarryRequest
from adapters.postgres.campaigns import CampaignRows
from adapters.postgres.database import Database
from benchmarks import district, harness
from benchmarks.district import Drafting, Site
from benchmarks.harness import Reading
from benchmarks.memory import resident
from domain.kernel.followups import TellAffected
from domain.task_admission.commands import RecheckProof
from domain.task_admission.decider import TASK_ADMISSION
from starter.client import Client
from starter.joins import open_doors
from workflows.wire import TASK_QUEUE, wire

WAIT, MEMORY, HISTORY = "people's p95 during a campaign", "worker memory after a campaign", "longest run of a campaign"
WAIT_GOAL, MEMORY_GOAL, HISTORY_GOAL = 2.0, 1.25, 300
CASES = 200
PEOPLE = 8
_EVERY_SECONDS = 0.5
_QUIET_SECONDS = 20.0
_AT_ONCE = 20
_KEY = "list:benchmark/everything"
_TENANT = "zone"
_MILLISECONDS = 1000.0
_KILOBYTE = 1024


async def _opened(client: Client, number: int) -> list[str]:
    """Open so many cases, and give their ids."""
    shares = [number // _AT_ONCE + (place < number % _AT_ONCE) for place in range(_AT_ONCE)]
    opened = await asyncio.gather(*(district.open_drafts(client, share) for share in shares))
    return [each.case for drafts in opened for each in drafts]


async def _waits(people: Sequence[Drafting], goes_on: Callable[[], bool]) -> list[float]:
    """Let people send at even distances while it goes on; give the seconds each answer took."""
    took: list[float] = []

    async def keep_sending(person: Drafting, first: float) -> None:
        at = time.perf_counter() + first
        while goes_on():
            await asyncio.sleep(max(at - time.perf_counter(), 0))
            began = time.perf_counter()
            await person.amend()
            took.append(time.perf_counter() - began)
            at = max(at + _EVERY_SECONDS, began)

    step = _EVERY_SECONDS / len(people)
    await asyncio.gather(*(keep_sending(each, place * step) for place, each in enumerate(people)))
    return took


async def _begin(temporal: Temporal) -> None:
    told = TellAffected(key=_KEY, command=RecheckProof.__name__, body={"because": "benchmark"})
    request = CarryRequest(
        tenant=_TENANT, case="register-zone-benchmark", follow_ups=(told,), ids=("b",), caused_at=datetime.now(UTC)
    )
    await begin_campaign(temporal, TASK_QUEUE, told, "link:benchmark@1.1", request)


async def _finished(store: Database) -> dict[str, Any]:
    """Wait until the campaign is over, and give its row; the district's own lists began others."""
    while True:
        for row in await CampaignRows(store).newest(_TENANT):
            if row["key"] == _KEY and row["state"] == "finished":
                return row
        await asyncio.sleep(_EVERY_SECONDS)


async def _longest_run(temporal: Temporal, campaign: str) -> int:
    longest, run = 0, (await temporal.get_workflow_handle(campaign).describe()).run_id
    while run:
        events = (await temporal.get_workflow_handle(campaign, run_id=run).fetch_history()).events
        longest = max(longest, len(events))
        run = events[0].workflow_execution_started_event_attributes.continued_execution_run_id
    return longest


async def _measured(site: Site, cases: int) -> list[Reading]:
    temporal = await Temporal.connect(site.temporal.address, plugins=[wire()])
    async with open_doors() as doors, Database(harness.application(site.postgres)) as store:
        await district.load(doors)
        client = await doors.client()
        people = await district.open_drafts(client, PEOPLE)
        rows = [(_TENANT, _KEY, case, TASK_ADMISSION.name) for case in await _opened(client, cases)]
        async with harness.connections(harness.administrator(site.postgres), 1) as (admin,):
            await admin.copy_records_to_table("case_key", schema_name="mandate", records=rows)
        until = time.perf_counter() + _QUIET_SECONDS
        quiet = await _waits(people, lambda: time.perf_counter() < until)
        before, began = resident(site.worker.pid), time.perf_counter()
        await _begin(temporal)
        over = asyncio.create_task(_finished(store))
        meanwhile = await _waits(people, lambda: not over.done())
        row, seconds = await over, time.perf_counter() - began
        after = resident(site.worker.pid)
        longest = await _longest_run(temporal, row["campaign"])
    if row["told"] != cases:
        raise RuntimeError(f"{row['told']} of {cases} were told")
    at = f"{cases} cases"
    beside = {
        "ms quiet": harness.p95(quiet) * _MILLISECONDS,
        "ms meanwhile": harness.p95(meanwhile) * _MILLISECONDS,
        "p50 x": statistics.median(meanwhile) / statistics.median(quiet),
        "told a second": cases / seconds,
    }
    memory = {"MB before": before / _KILOBYTE, "MB after": after / _KILOBYTE}
    return [
        harness.read(WAIT, at, harness.p95(meanwhile) / harness.p95(quiet), "x", goal=WAIT_GOAL, beside=beside),
        harness.read(MEMORY, at, after / before, "x", goal=MEMORY_GOAL, beside=memory),
        harness.read(HISTORY, at, longest, "events", goal=HISTORY_GOAL, beside={}),
    ]


def measure(cases: int = CASES) -> list[Reading]:
    """Take the figures on servers of their own."""
    with district.at_work() as site:
        return asyncio.run(_measured(site, cases))


if __name__ == "__main__":
    options = ArgumentParser(description=__doc__)
    options.add_argument("--cases", type=int, default=CASES)
    harness.write_lines(measure(options.parse_args(sys.argv[1:]).cases))
