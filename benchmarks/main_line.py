"""The main line of task admission, from application to active: its commands' pace and waits, and what a case leaves.

Each case has a community, people and a budget line of its own, and walks the script with which the fault run proves the
same line: drafted, submitted, accepted, heard, countersigned, approved, signed by both, given authority, people and
money. The server moves the case's clock to the day of each act, untimed, and at last to the first day of the task,
which is active then. After every act of all the cases, the bare workflow takes as many messages on the same servers.
"""

import asyncio
import statistics
import time
from collections.abc import AsyncGenerator, Awaitable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import takewhile
from pathlib import Path
from random import Random

import asyncpg
from pydantic import JsonValue
from temporalio.client import Client as Temporal
from temporalio.testing import TimeSkipper, TimeSkippingConfig

from adapters.postgres.answers import Answers
from adapters.postgres.database import Database
from benchmarks import district, harness
from benchmarks.command import bare_workflows
from benchmarks.district import PATIENCE, Drafting, Site
from benchmarks.harness import Reading, Write
from domain.kernel.envelope import Who
from domain.kernel.messages import SHANGHAI
from domain.task_admission.decider import TASK_ADMISSION
from starter.client import Ask, Client
from starter.scripts import Step, asks_of, sending
from tests.faults.caller import Caller, Ways, load_district
from tests.faults.looks import Looks
from tests.faults.notes import Notes
from tests.faults.plans import Copy, copies_of, district_of, read_plans
from workflows.wire import wire

WAVES: Mapping[int, int] = {1: 6, 8: 2, 24: 1}
"""How many cases walk at a time, and how often so many do."""
CASES = sum(cases * times for cases, times in WAVES.items())
FIGURE = "application to active"
_SCRIPT = "main_line"
_PAST_THE_FIRST_DAY = "ActivateTask"
_RECEIPT = "ConfirmFundsReceived"
_MILLISECONDS = 1000.0
_OWN = "SELECT sum(pg_column_size(t.*))::float8 FROM mandate.{} AS t WHERE stream_id = ANY ($1)"
_PHASES = "SELECT DISTINCT phase FROM mandate.case_row WHERE stream_id = ANY ($1)"
_COMMANDS = "SELECT count(*)::float8 FROM mandate.command WHERE stream_id = ANY ($1)"


class Walking:
    """One case on its way from the application to its first active day.

    Attributes:
        names: What its script calls its cases, once they are open.
    """

    def __init__(self, ways: Ways, copy: Copy, names: Mapping[str, str] | None = None) -> None:
        self._ways = ways
        self._copy = copy
        self._clock = Caller(ways, copy, Random(0))  # noqa: S311 — it draws nothing here: only its clock is used
        self.names = dict(names or {})
        self.steps = until_the_first_day(copy).steps

    @property
    def case(self) -> str:
        """Its id, once it is open."""
        return self.names["item"]

    async def reach(self, position: int) -> None:
        """Let the case's clock come to the instant of a step, and what fell due until then be recorded."""
        if "item" in self.names:
            await self._clock.let_pass(self.case, self.steps[position].instant)

    async def take(self, position: int) -> float:
        """Send one step; give the seconds until its answer was in hand."""
        step, name = self.steps[position], f"{self._copy.name}-{position}"
        (ask,) = asks_of(step, sending(step, self.names), self._copy.tenant, name, self.names)
        return await self._submit(ask)

    async def wait_until(self, instant: datetime) -> None:
        """Let the case's clock come to an instant after the last step."""
        await self._clock.let_pass(self.case, instant)

    async def say(self, kind: str, **body: JsonValue) -> float:
        """Send a command as the committee; give the seconds until its answer was in hand."""
        who = Who(person=receipt_in(self.steps).person or "")
        return await self._submit(Ask(self._copy.tenant, TASK_ADMISSION, self.case, kind, body, who))

    async def _submit(self, ask: Ask) -> float:
        client = Client(self._ways.skipper.client, self._ways.answers, now=lambda: self._ways.notes.now(ask.case))
        began = time.perf_counter()
        reply = await client.submit(ask, PATIENCE)
        if reply.outcome != "recorded":
            raise RuntimeError(f"{ask.kind} of {ask.case}: {reply.outcome}, {reply.answer}")
        return time.perf_counter() - began


@dataclass
class Tally:
    """What so many at a time did: the seconds each command took, and the seconds in which all were under way."""

    took: list[float] = field(default_factory=list[float])
    seconds: float = 0.0

    async def keep(self, acts: Iterable[Awaitable[float]]) -> None:
        """Do these at the same time."""
        began = time.perf_counter()
        self.took += await asyncio.gather(*acts)
        self.seconds += time.perf_counter() - began

    def figures(self) -> tuple[float, float, float]:
        """Give commands a second, and the milliseconds within which 50 and 95 of 100 are answered."""
        p50, p95 = statistics.median(self.took), harness.p95(self.took)
        return len(self.took) / self.seconds, p50 * _MILLISECONDS, p95 * _MILLISECONDS


def until_the_first_day(copy: Copy) -> Copy:
    """Give the steps of a copy that lead to its first active day."""
    return replace(copy, steps=[*takewhile(_is_before_the_first_day, copy.steps)])


def receipt_in(steps: Sequence[Step]) -> Step:
    """Find the step by which the committee says that the money has come."""
    return next(each for each in steps if each.send is not None and each.send[1] == _RECEIPT)


def _is_before_the_first_day(step: Step) -> bool:
    return step.send is None or step.send[1] != _PAST_THE_FIRST_DAY


async def timed(act: Write) -> float:
    """Give the seconds that an act took."""
    began = time.perf_counter()
    await act()
    return time.perf_counter() - began


@asynccontextmanager
async def ways_into(site: Site) -> AsyncGenerator[Ways]:
    """Open the ways by which the cases are led through their days."""
    temporal = await Temporal.connect(site.temporal.address, plugins=[wire()])
    skipper = TimeSkipper(temporal, config=TimeSkippingConfig(enabled=False))
    dsn = harness.application(site.postgres)
    async with Database(dsn) as database:
        answers = Answers(database, dsn)
        try:
            yield Ways(skipper, answers, Looks(database), Notes(site.folder / "notes.jsonl"))
        finally:
            await answers.close()


async def _walk(walking: Sequence[Walking], beside: Sequence[Write], ours: Tally, theirs: Tally) -> None:
    """Lead so many cases to their first active day, step by step, the bare workflow taking turns."""
    for position, step in enumerate(walking[0].steps):
        await asyncio.gather(*(each.reach(position) for each in walking))
        if step.until is not None:
            continue
        if step.start not in (None, TASK_ADMISSION.name):  # the budget line, which is not the application's
            await asyncio.gather(*(each.take(position) for each in walking))
            continue
        await ours.keep(each.take(position) for each in walking)
        await theirs.keep(timed(each) for each in beside)


async def _measured(site: Site) -> list[Reading]:
    plans = [each for each in read_plans() if Path(each.script.name).stem == _SCRIPT]
    copies = copies_of(plans, CASES, datetime.now(SHANGHAI).date())
    readings: list[Reading] = []
    async with ways_into(site) as ways:
        await load_district(ways, district_of(plans, CASES))
        all_of_them = [Walking(ways, copy) for copy in copies]
        like = [Drafting(Client(ways.skipper.client, ways.answers)) for _ in range(max(WAVES))]
        async with (
            bare_workflows(site, like) as bare,
            harness.connections(harness.administrator(site.postgres), 1) as (admin,),
        ):
            before = await harness.bytes_stored(admin)
            waiting = iter(all_of_them)
            for cases, times in WAVES.items():
                ours, theirs = Tally(), Tally()
                for _ in range(times):
                    walking = [next(waiting) for _ in range(cases)]
                    await _walk(walking, [each.send for each in bare[:cases]], ours, theirs)
                readings += _compared(cases, ours, theirs, harness.flushes_per_second(site.postgres.folder, 0.2))
            return [*readings, *await _left(ways, admin, [each.case for each in all_of_them], before)]


def _compared(cases: int, ours: Tally, theirs: Tally, flushes: float) -> list[Reading]:
    at = f"{cases} case{'s' if cases > 1 else ''}"
    mine, bare = ours.figures(), theirs.figures()
    names = ("throughput", "p50", "p95")
    units = ("a second", "ms", "ms")
    return [
        harness.read(
            f"{FIGURE}: {name}",
            at,
            own / other,
            "x",
            beside={unit: own, f"bare {unit}": other, "the disk flushes a second": flushes},
        )
        for name, unit, own, other in zip(names, units, mine, bare, strict=True)
    ]


async def _left(
    ways: Ways, admin: "asyncpg.Connection[asyncpg.Record]", cases: list[str], before: float
) -> list[Reading]:
    """Count and weigh what the cases left in both servers, now that every one of them is active."""
    phases = [row[0] for row in await admin.fetch(_PHASES, cases)]
    if phases != ["active"]:
        raise RuntimeError(f"expected every case to be active, found {phases}")
    commands = await admin.fetchval(_COMMANDS, cases) / len(cases)
    histories = [(await ways.skipper.client.get_workflow_handle(each).describe()) for each in cases]
    events = statistics.mean(each.history_length for each in histories)
    weight = statistics.mean(each.raw_description.workflow_execution_info.history_size_bytes for each in histories)
    rows = {
        table: await admin.fetchval(_OWN.format(table), cases) / len(cases)
        for table in ("event", "command", "snapshot")
    }
    grown = (await harness.bytes_stored(admin) - before) / len(cases)
    each_one, beside = "a case", {"commands and clocks": commands}
    return [
        harness.read(f"{FIGURE}: history events", each_one, events, "events", beside=beside),
        harness.read(f"{FIGURE}: history", each_one, weight, "bytes", beside=beside),
        harness.read(f"{FIGURE}: PostgreSQL with its indexes", each_one, grown, "bytes", beside=beside | rows),
    ]


def measure() -> list[Reading]:
    """Take the figures on servers of their own."""
    with district.at_work(moves_clocks=True) as site:
        return asyncio.run(_measured(site))


if __name__ == "__main__":
    harness.write_lines(measure())
