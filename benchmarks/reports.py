"""The quarterly reports of many active tasks: their pace and waits beside a bare workflow, and the worker's memory.

Each task walks the main line to its first active day, untimed; the server moves its clock to the first day after the
quarter. Then every committee signs its report, so many at a time, taking turns with as many messages of the bare
workflow on the same servers. 5,000 tasks: `--tasks 200 5000`, of which the walk takes most of the time.
"""

import asyncio
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from benchmarks import district, harness
from benchmarks.command import bare_workflows
from benchmarks.district import Drafting, Site
from benchmarks.harness import Reading, Write
from benchmarks.main_line import Tally, Walking, timed, ways_into
from benchmarks.memory import resident
from domain.kernel.messages import SHANGHAI
from domain.kernel.months import add_months
from starter.client import Client
from tests.faults.caller import load_district
from tests.faults.plans import copies_of, district_of, read_plans

PACE, WAIT, MEMORY = "quarterly reports: throughput", "quarterly reports: p95", "worker memory after the reports"
MEMORY_GOAL = 1.25
TASKS = (200,)
_SCRIPT = "main_line"
_AT_ONCE = 8
_KILOBYTE = 1024


def _groups(tasks: Sequence[Walking]) -> Iterable[Sequence[Walking]]:
    return (tasks[first : first + _AT_ONCE] for first in range(0, len(tasks), _AT_ONCE))


async def _activate(walking: Sequence[Walking]) -> None:
    """Lead tasks to the first day of their work."""
    for position, step in enumerate(walking[0].steps):
        await asyncio.gather(*(each.reach(position) for each in walking))
        if step.until is None:
            await asyncio.gather(*(each.take(position) for each in walking))


def _quarter_end(day: date) -> date:
    return add_months(date(day.year, 1, 1), 3 * ((day.month - 1) // 3 + 1)) - timedelta(days=1)


async def _reported(tasks: Sequence[Walking], beside: Sequence[Write], until_on: date) -> tuple[Tally, Tally]:
    """Let every task's committee report, so many at a time, the bare workflow taking turns."""
    ours, theirs = Tally(), Tally()
    day_after = datetime.combine(until_on + timedelta(days=1), time(9), SHANGHAI).astimezone(UTC)
    for some in _groups(tasks):
        await asyncio.gather(*(each.wait_until(day_after) for each in some))
        await ours.keep(each.report(until_on) for each in some)
        await theirs.keep(timed(each) for each in beside[: len(some)])
    return ours, theirs


async def _measured(site: Site, sizes: Sequence[int]) -> list[Reading]:
    plans = [each for each in read_plans() if Path(each.script.name).stem == _SCRIPT]
    copies = copies_of(plans, sum(sizes), datetime.now(SHANGHAI).date())
    readings: list[Reading] = []
    async with ways_into(site) as ways:
        await load_district(ways, district_of(plans, sum(sizes)))
        waiting = iter([Walking(ways, copy) for copy in copies])
        like = [Drafting(Client(ways.skipper.client, ways.answers)) for _ in range(_AT_ONCE)]
        async with bare_workflows(site, like) as bare:
            for size in sizes:
                tasks = [next(waiting) for _ in range(size)]
                for some in _groups(tasks):
                    await _activate(some)
                until_on = _quarter_end(tasks[0].steps[-1].instant.astimezone(SHANGHAI).date())
                before = resident(site.worker.pid)
                ours, theirs = await _reported(tasks, [each.send for each in bare], until_on)
                readings += _compared(size, ours, theirs, before, resident(site.worker.pid))
    return readings


def _compared(size: int, ours: Tally, theirs: Tally, before: int, after: int) -> list[Reading]:
    at = f"{size} tasks"
    (rate, _, wait), (bare_rate, _, bare_wait) = ours.figures(), theirs.figures()
    memory = {"MB before": before / _KILOBYTE, "MB after": after / _KILOBYTE}
    return [
        harness.read(PACE, at, rate / bare_rate, "x", beside={"a second": rate, "bare a second": bare_rate}),
        harness.read(WAIT, at, wait / bare_wait, "x", beside={"ms": wait, "bare ms": bare_wait}),
        harness.read(MEMORY, at, after / before, "x", goal=MEMORY_GOAL, beside=memory),
    ]


def measure(sizes: Sequence[int] = TASKS) -> list[Reading]:
    """Take the figures on servers of their own."""
    with district.at_work(moves_clocks=True) as site:
        return asyncio.run(_measured(site, sizes))


if __name__ == "__main__":
    options = ArgumentParser(description=__doc__)
    options.add_argument("--tasks", type=int, nargs="+", default=TASKS)
    harness.write_lines(measure(options.parse_args(sys.argv[1:]).tasks))
