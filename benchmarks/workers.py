"""One, two and four workers on one load of cases: what another worker brings, and what a command costs the processor.

Servers, workers and callers share the machine's cores, so more workers can bring more only while a core is idle; the
processor time of a command says what each would cost on a machine of its own. In every round one worker works, then
two, then four, each time with the same cases: those that a worker left behind are replayed by another, untimed.
"""

import asyncio
import statistics
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from benchmarks import district, harness, processor
from benchmarks.district import Drafting, Site
from benchmarks.harness import Pace, Reading
from starter.joins import open_doors

WORKERS = (1, 2, 4)
CASES = 24
ROUNDS = 3
SECONDS = 5.0
THROUGHPUT, WAIT = "commands with more workers: throughput", "commands with more workers: p95"
COST = "processor time of a command"
_WARM_SECONDS = 2.0
_MILLISECONDS = 1000.0


@dataclass(frozen=True)
class Turn:
    """What so many workers did in one round; *cost* is each program's milliseconds of processor time a command."""

    pace: Pace
    cost: Mapping[str, float]


async def _turn(drafts: Sequence[Drafting]) -> Turn:
    acts = [each.amend for each in drafts]
    await harness.pace(acts, _WARM_SECONDS)
    before = processor.spent()
    pace = await harness.pace(acts, SECONDS)
    after = processor.spent()
    cost = {program: (used - before.get(program, 0.0)) * _MILLISECONDS / pace.done for program, used in after.items()}
    return Turn(pace, cost)


async def _measured(site: Site) -> list[Reading]:
    turns: dict[int, list[Turn]] = {workers: [] for workers in WORKERS}
    async with open_doors() as doors:
        await district.load(doors)
        drafts = await district.open_drafts(await doors.client(), CASES)
        for number in range(ROUNDS):
            with ExitStack() as others:
                running = 1
                for workers in WORKERS:
                    while running < workers:
                        running += 1
                        others.enter_context(district.another_worker(site, f"round {number}, worker {running}"))
                    turns[workers].append(await _turn(drafts))
    return [each for workers in WORKERS for each in _readings(workers, turns[workers], turns[WORKERS[0]])]


def _readings(workers: int, turns: Sequence[Turn], alone: Sequence[Turn]) -> list[Reading]:
    at = f"{workers} worker{'s' if workers > 1 else ''}"

    def middle(what: Callable[[Turn], float]) -> float:
        return statistics.median(map(what, turns))

    def ratio(what: Callable[[Turn], float]) -> float:
        return statistics.median(what(each) / what(one) for each, one in zip(turns, alone, strict=True))

    def cost(turn: Turn) -> float:
        return sum(turn.cost.values())

    def wait(turn: Turn) -> float:
        return turn.pace.p95

    def throughput(turn: Turn) -> float:
        return turn.pace.per_second

    programs = {f"ms {each}": middle(lambda turn, each=each: turn.cost.get(each, 0.0)) for each in turns[0].cost}
    return [
        harness.read(THROUGHPUT, at, ratio(throughput), "x of one", beside={"a second": middle(throughput)}),
        harness.read(WAIT, at, ratio(wait), "x of one", beside={"ms": middle(wait) * _MILLISECONDS}),
        harness.read(COST, at, ratio(cost), "x of one", beside={"ms": middle(cost), **programs}),
    ]


def measure() -> list[Reading]:
    """Take the figures on servers of their own."""
    with district.at_work() as site:
        return asyncio.run(_measured(site))


if __name__ == "__main__":
    harness.write_lines(measure())
