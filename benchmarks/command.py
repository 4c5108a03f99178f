"""A command with its answer in hand, against a bare workflow with the same queue, at 1, 8 and 24 cases at a time.

Ours is the real one: the client's look, Signal and wait, the case runner, the decision under the district's packs and
seats, and the whole record. The bare one is a Signal, a local activity that inserts one row and notifies, and the row
read back. Both take turns on the same servers, each with its worker in a process of its own.
"""

import asyncio
import statistics
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import orjson
from temporalio.client import Client, WorkflowHandle

from adapters.postgres.database import Database
from benchmarks import district, harness
from benchmarks.bare import SUBMIT, BareWorkflow, Seed
from benchmarks.bare_worker import CHANNEL, QUEUE, TABLE
from benchmarks.district import Drafting, Site
from benchmarks.harness import Pace, Reading
from starter.joins import open_doors
from workflows.wire import wire

CASES = (1, 8, 24)
ROUNDS = 7
SECONDS = 3.0
THROUGHPUT, WAIT = "a command, answer in hand: throughput", "a command, answer in hand: p50"
GOALS = {THROUGHPUT: 0.85, WAIT: 1.20}
_READ = "SELECT body FROM public.bare WHERE case_id = $1 AND message_id = $2"
_MILLISECONDS = 1000.0


class Announced:
    """Who waits for a row of the bare workflow, and is told."""

    def __init__(self, store: Database) -> None:
        self.store = store
        self._waiting: dict[str, asyncio.Event] = {}

    def expect(self, key: str) -> asyncio.Event:
        """Wait for a key from now on."""
        return self._waiting.setdefault(key, asyncio.Event())

    def hear(self, _connection: object, _pid: int, _channel: str, payload: object) -> None:
        """Wake who waits."""
        told = self._waiting.pop(str(payload), None)
        if told is not None:  # a try that was lost is announced again
            told.set()


class Bare:
    """One bare workflow; it is sent what a case is sent, as plain JSON."""

    def __init__(self, handle: WorkflowHandle[Any, Any], announced: Announced, like: Drafting) -> None:
        self._handle = handle
        self._announced = announced
        self._like = like
        self._number = 0

    async def send(self) -> None:
        """Send one message and read back the row it left."""
        self._number += 1
        case, number = self._handle.id, f"message-{self._number}"
        announced = self._announced.expect(f"{case} {number}")
        await self._handle.signal(SUBMIT, {**_SENT, "id": number, "body": self._like.amendment()})
        await announced.wait()
        rows = await self._announced.store.fetch(_READ, case, number)
        orjson.loads(rows[0]["body"])


_SENT = {
    "tenant": "zone",
    "process": "task_admission",
    "kind": "AmendDraft",
    "who": {"person": "zhao", "machine": None, "organisation": None, "on_behalf_of": None},
    "received_at": "2026-11-24T13:00:00.000000Z",
}


@asynccontextmanager
async def bare_workflows(site: Site, drafts: Sequence[Drafting]) -> AsyncGenerator[Sequence[Bare]]:
    """Start as many bare workflows as there are drafts; their worker runs meanwhile."""
    async with harness.connections(harness.administrator(site.postgres), 1) as (admin,):
        await admin.execute(TABLE)
    temporal = await Client.connect(site.temporal.address, plugins=[wire()])
    dsn = harness.application(site.postgres)
    with district.working(site.folder, ["-m", "benchmarks.bare_worker"], site.environment):
        async with Database(dsn) as store, harness.connections(dsn, 1) as (listening,):
            announced = Announced(store)
            await listening.add_listener(CHANNEL, announced.hear)
            bare: list[Bare] = []
            for number, draft in enumerate(drafts):
                handle = await temporal.start_workflow(
                    BareWorkflow.run, Seed(f"bare-{number}"), id=f"bare-{number}", task_queue=QUEUE
                )
                bare.append(Bare(handle, announced, draft))
                await bare[-1].send()
            yield bare


async def _measured(site: Site) -> list[Reading]:
    readings: list[Reading] = []
    async with open_doors() as doors:
        await district.load(doors)
        drafts = await district.open_drafts(await doors.client(), max(CASES))
        async with bare_workflows(site, drafts) as bare:
            for cases in CASES:
                ours = [each.amend for each in drafts[:cases]]
                theirs = [each.send for each in bare[:cases]]
                rounds: list[tuple[Pace, Pace]] = []
                for turn in range(ROUNDS):
                    taken: dict[bool, Pace] = {}
                    for acts in (ours, theirs) if turn % 2 else (theirs, ours):
                        taken[acts is ours] = await harness.pace(acts, SECONDS)
                    rounds.append((taken[True], taken[False]))
                readings += _readings(cases, rounds, harness.flushes_per_second(site.postgres.folder, 0.2))
    return readings


def _readings(cases: int, rounds: Sequence[tuple[Pace, Pace]], flushes: float) -> list[Reading]:
    at = f"{cases} case{'s' if cases > 1 else ''}"

    def middle(
        figure: str, unit: str, *pairs: tuple[float, float], at_most: bool, limit: Mapping[str, float]
    ) -> Reading:
        ratios = [mine / theirs for mine, theirs in pairs]
        beside = {
            "low": min(ratios),
            "high": max(ratios),
            unit: statistics.median(mine for mine, _ in pairs),
            f"bare {unit}": statistics.median(theirs for _, theirs in pairs),
        }
        ratio = statistics.median(ratios)
        return harness.read(figure, at, ratio, "x", goal=GOALS[figure], at_most=at_most, beside=beside | dict(limit))

    return [
        middle(
            THROUGHPUT,
            "a second",
            *((mine.per_second, theirs.per_second) for mine, theirs in rounds),
            at_most=False,
            limit={"the disk flushes a second": flushes},
        ),
        middle(
            WAIT,
            "ms",
            *((mine.p50 * _MILLISECONDS, theirs.p50 * _MILLISECONDS) for mine, theirs in rounds),
            at_most=True,
            limit={"one flush, ms": _MILLISECONDS / flushes},
        ),
    ]


def measure() -> list[Reading]:
    """Take the figures on servers of their own."""
    with district.at_work() as site:
        return asyncio.run(_measured(site))


if __name__ == "__main__":
    harness.write_lines(measure())
