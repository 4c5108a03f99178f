"""What a command costs when many cases are open, what each of them weighs in both servers, and how a worker starts.

The cases are drafts of the example district, opened as everybody opens one. At every number of them eight people send
for a while, taking turns with eight bare workflows; then the worker is stopped and another takes over all that is open.
50,000: `python -m benchmarks.open_cases --cases 1000 10000 50000`, which takes about half an hour.
"""

import asyncio
import statistics
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

import asyncpg

from benchmarks import district, harness, processor
from benchmarks.command import Bare, bare_workflows
from benchmarks.district import Drafting, Site
from benchmarks.harness import Pace, Reading
from starter.client import Client
from starter.joins import open_doors

COST, WAIT, WORK = (
    "command among open cases: throughput",
    "command among open cases: p95",
    "processor time of a command",
)
STORED, KEPT, START = "a case in PostgreSQL", "a case in Temporal", "a worker takes over"
CASES = (1_000, 5_000)
PEOPLE = 8
ROUNDS = 5
SECONDS = 3.0
_AT_ONCE = 40
_MILLISECONDS = 1000.0


@dataclass(frozen=True)
class Turn:
    """One round: ours, the bare workflow's, and each program's milliseconds of processor time for a command of ours."""

    ours: Pace
    bare: Pace
    cost: Mapping[str, float]


@dataclass(frozen=True)
class Weight:
    """What both servers hold, in bytes."""

    postgres: float
    temporal: float


class Machine:
    """The machine at work, with more and more cases open."""

    def __init__(self, site: Site, client: Client, admin: "asyncpg.Connection[asyncpg.Record]") -> None:
        self._site = site
        self._client = client
        self._admin = admin
        self._worker = site.worker
        self._open = 0

    async def open_up_to(self, number: int) -> None:
        """Open as many cases as are missing, so many at once."""
        missing = number - self._open
        shares = [missing // _AT_ONCE + (place < missing % _AT_ONCE) for place in range(_AT_ONCE)]
        await asyncio.gather(*(district.open_drafts(self._client, share) for share in shares))
        self._open = number

    async def weigh(self) -> Weight:
        """Weigh what is on the disk of both servers."""
        files = (self._site.folder / "temporal").iterdir()
        kept = sum(each.stat().st_size for each in files if each.name.startswith("temporal.db"))
        return Weight(await harness.bytes_stored(self._admin), kept)

    async def start_afresh(self, others: ExitStack, person: Drafting) -> tuple[float, float]:
        """Stop the worker and start another; give the seconds until it works, and until it has answered somebody."""
        self._worker.stop()
        began = time.perf_counter()
        self._worker = others.enter_context(district.another_worker(self._site, f"worker among {self._open}"))
        works = time.perf_counter() - began
        await person.amend()
        return works, time.perf_counter() - began


async def _turn(people: Sequence[Drafting], bare: Sequence[Bare], *, first: bool) -> Turn:
    """Let both take their turn, the bare workflow first in every other round."""
    theirs = await harness.pace([each.send for each in bare], SECONDS) if not first else None
    before = processor.spent()
    ours = await harness.pace([each.amend for each in people], SECONDS)
    cost = {
        program: (used - before.get(program, 0.0)) * _MILLISECONDS / ours.done
        for program, used in processor.spent().items()
    }
    if theirs is None:
        theirs = await harness.pace([each.send for each in bare], SECONDS)
    return Turn(ours, theirs, cost)


async def _measured(site: Site, sizes: Sequence[int]) -> list[Reading]:
    readings: list[Reading] = []
    async with open_doors() as doors, harness.connections(harness.administrator(site.postgres), 1) as (admin,):
        await district.load(doors)
        client = await doors.client()
        machine = Machine(site, client, admin)
        people = await district.open_drafts(client, PEOPLE)
        async with bare_workflows(site, people) as bare:
            with ExitStack() as others:
                opened, alone = 0, list[Turn]()
                for size in sizes:
                    before = await machine.weigh()
                    await machine.open_up_to(size)
                    readings += _weighed(size, size - opened, before, await machine.weigh())
                    opened = size
                    turns = [await _turn(people, bare, first=bool(number % 2)) for number in range(ROUNDS)]
                    alone = alone or turns
                    readings += _compared(size, turns, alone)
                    readings.append(_started(size, *await machine.start_afresh(others, people[0])))
    return readings


def _at(size: int) -> str:
    return f"{size} cases"


def _weighed(size: int, opened: int, before: Weight, after: Weight) -> list[Reading]:
    stored, kept = (after.postgres - before.postgres) / opened, (after.temporal - before.temporal) / opened
    return [harness.read(STORED, _at(size), stored, "bytes"), harness.read(KEPT, _at(size), kept, "bytes")]


def _compared(size: int, turns: Sequence[Turn], alone: Sequence[Turn]) -> list[Reading]:
    def middle(what: Callable[[Turn], float], of: Sequence[Turn] = turns) -> float:
        return statistics.median(map(what, of))

    def reading(figure: str, ours: Callable[[Turn], float], bare: Callable[[Turn], float], unit: str) -> Reading:
        def ratio(turn: Turn) -> float:
            return ours(turn) / bare(turn)

        beside = {
            unit: middle(ours),
            f"bare {unit}": middle(bare),
            "x of the first": middle(ratio) / middle(ratio, alone),
        }
        return harness.read(figure, _at(size), middle(ratio), "x", beside=beside)

    def work(turn: Turn) -> float:
        return sum(turn.cost.values())

    programs = {f"ms {each}": middle(lambda turn, each=each: turn.cost.get(each, 0.0)) for each in turns[0].cost}
    beside = {"x of the first": middle(work) / middle(work, alone), **programs}
    return [
        reading(COST, lambda turn: turn.ours.per_second, lambda turn: turn.bare.per_second, "a second"),
        reading(WAIT, lambda turn: turn.ours.p95 * _MILLISECONDS, lambda turn: turn.bare.p95 * _MILLISECONDS, "ms"),
        harness.read(WORK, _at(size), middle(work), "ms", beside=beside),
    ]


def _started(size: int, works: float, answered: float) -> Reading:
    return harness.read(START, _at(size), works, "s", beside={"s until its first answer": answered})


def measure(sizes: Sequence[int] = CASES) -> list[Reading]:
    """Take the figures on servers of their own."""
    with district.at_work() as site:
        return asyncio.run(_measured(site, sizes))


if __name__ == "__main__":
    options = ArgumentParser(description=__doc__)
    options.add_argument("--cases", type=int, nargs="+", default=CASES)
    harness.write_lines(measure(options.parse_args(sys.argv[1:]).cases))
