"""The quarterly reports of many active tasks: their pace and waits beside a bare workflow, and the worker's memory.

Each task is brought to its first active day, untimed: its commands are decided and recorded as the main line records
them, and its run is opened from the record (`prepared.py`). The server moves its clock to the first day after the
quarter. Then every committee signs its report, so many at a time, taking turns with as many messages of the bare
workflow on the same servers. A report finds its case in the worker's memory, where the moved clock has brought it,
unless there are more tasks than a worker holds (`worker.py` says how many). 5,000 tasks: `--tasks 200 5000`.
"""

import asyncio
import statistics
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from datetime import time as time_of_day
from itertools import islice
from pathlib import Path

from benchmarks import district, harness
from benchmarks.command import bare_workflows
from benchmarks.district import Drafting, Site
from benchmarks.harness import Reading, Write
from benchmarks.main_line import Tally, Walking, timed, until_the_first_day, ways_into
from benchmarks.memory import resident
from benchmarks.prepared import in_parts, prepare, prolonged, wake
from domain.kernel.messages import SHANGHAI
from domain.kernel.months import add_months
from starter.client import Client
from tests.faults.caller import Ways, load_district
from tests.faults.plans import Copy, copies_of, district_of, read_plans

PACE, WAIT, MEMORY = "quarterly reports: throughput", "quarterly reports: p95", "worker memory after the reports"
HISTORY, PREPARED = "history events of a moved clock and a report", "active tasks made ready"
MEMORY_GOAL = 1.25
TASKS = (200,)
_SCRIPT = "main_line"
_AT_ONCE = 8
_SOME = 25
"""So many tasks' histories are looked at."""
_LONGER = 9
"""So many months the items last beyond their script's, so that the work goes on when its first quarter is over."""
_KILOBYTE = 1024


def _groups(tasks: Sequence[Walking]) -> Iterable[Sequence[Walking]]:
    return (tasks[first : first + _AT_ONCE] for first in range(0, len(tasks), _AT_ONCE))


def quarter_end(day: date) -> date:
    """Give the last day of the quarter in which a day lies."""
    return add_months(date(day.year, 1, 1), 3 * ((day.month - 1) // 3 + 1)) - timedelta(days=1)


async def _reported(
    tasks: Sequence[Walking], beside: Sequence[Write], until_on: date, into: tuple[Tally, Tally]
) -> None:
    """Let every task's committee report, so many at a time, the bare workflow taking turns."""
    ours, theirs = into
    day_after = datetime.combine(until_on + timedelta(days=1), time_of_day(9), SHANGHAI).astimezone(UTC)
    for some in _groups(tasks):
        await asyncio.gather(*(each.wait_until(day_after) for each in some))
        await ours.keep(each.say("ReportFundUse", until_on=until_on.isoformat()) for each in some)
        await theirs.keep(timed(each) for each in beside[: len(some)])


async def _prepared(site: Site, ways: Ways, copies: Sequence[Copy]) -> tuple[list[Walking], Reading]:
    """Bring every copy to its first active day, with its quarterly clock running, and say how long that took."""
    began = time.perf_counter()
    names = await prepare(harness.application(site.postgres), copies)
    recorded = time.perf_counter() - began
    tasks = [Walking(ways, copy, its) for copy, its in zip(copies, names, strict=True)]
    await wake(ways, harness.application(site.postgres), [each.case for each in tasks])
    seconds = time.perf_counter() - began
    beside = {"s to decide and record": recorded, "s to open the runs": seconds - recorded}
    return tasks, harness.read(PREPARED, f"{len(tasks)} tasks", seconds, "s", beside=beside)


async def _histories(ways: Ways, tasks: Sequence[Walking]) -> float:
    """Give the history events that the runs of some of these tasks have, on average."""
    some = tasks[:: max(len(tasks) // _SOME, 1)]
    handles = [ways.skipper.client.get_workflow_handle(each.case) for each in some]
    return statistics.mean([(await each.describe()).history_length for each in handles])


async def _measured(site: Site, sizes: Sequence[int]) -> list[Reading]:
    plans = [each for each in read_plans() if Path(each.script.name).stem == _SCRIPT]
    copies = [
        prolonged(until_the_first_day(each), _LONGER)
        for each in copies_of(plans, sum(sizes), datetime.now(SHANGHAI).date())
    ]
    readings: list[Reading] = []
    async with ways_into(site) as ways:
        await load_district(ways, in_parts(district_of(plans, sum(sizes))))
        waiting = iter(copies)
        like = [Drafting(Client(ways.skipper.client, ways.answers)) for _ in range(_AT_ONCE)]
        async with bare_workflows(site, like) as bare:
            for size in sizes:
                tasks, prepared = await _prepared(site, ways, [*islice(waiting, size)])
                readings += [prepared, *await _at(site, ways, tasks, [each.send for each in bare])]
    return readings


async def _at(site: Site, ways: Ways, tasks: Sequence[Walking], beside: Sequence[Write]) -> list[Reading]:
    """Let every task report on its first quarter, and say what that took."""
    until_on = quarter_end(tasks[0].steps[-1].instant.astimezone(SHANGHAI).date())
    memory, ours, theirs = [resident(site.worker.pid)], Tally(), Tally()
    events = await _histories(ways, tasks)
    half = len(tasks) // 2
    for some in (tasks[:half], tasks[half:]):
        await _reported(some, beside, until_on, (ours, theirs))
        memory.append(resident(site.worker.pid))
    return _compared(len(tasks), ours, theirs, memory, await _histories(ways, tasks) - events)


def _compared(size: int, ours: Tally, theirs: Tally, memory: Sequence[int], events: float) -> list[Reading]:
    at = f"{size} tasks"
    (rate, _, wait), (bare_rate, _, bare_wait) = ours.figures(), theirs.figures()
    before, half, after = (each / _KILOBYTE for each in memory)
    megabytes = {"MB before": before, "MB half": half, "MB after": after}
    return [
        harness.read(PACE, at, rate / bare_rate, "x", beside={"a second": rate, "bare a second": bare_rate}),
        harness.read(WAIT, at, wait / bare_wait, "x", beside={"ms": wait, "bare ms": bare_wait}),
        harness.read(MEMORY, at, after / before, "x", goal=MEMORY_GOAL, beside=megabytes),
        harness.read(HISTORY, at, events, "events"),
    ]


def measure(sizes: Sequence[int] = TASKS) -> list[Reading]:
    """Take the figures on servers of their own."""
    with district.at_work(moves_clocks=True) as site:
        return asyncio.run(_measured(site, sizes))


if __name__ == "__main__":
    options = ArgumentParser(description=__doc__)
    options.add_argument("--tasks", type=int, nargs="+", default=TASKS)
    harness.write_lines(measure(options.parse_args(sys.argv[1:]).tasks))
