"""What a command costs in a case with 1,000 events, against one with ten.

The cases are drafts of the example district, amended again and again; a draft's state is as large after a thousand
amendments as after ten, so what differs is the length of the case: its snapshot, its rows, its run. In every round
long and short cases take turns on the same servers, and each short case is a new one, so that it stays short. Then the
worker is stopped and another takes over: the first command of a case finds nothing in memory, and is counted apart. It
waits for its run to be read and replayed, which is as long as what happened since the run last rolled over; so the
long cases that are reopened stand at different places of theirs. A long case grows many commands at a time, to be soon
done; the last of them come one at a time, as they do in an office, and so do all of a short one. (Twenty-five at once
lie in half the history of twenty-five in a row, and a run that rolls past so many events holds more of them.)
"""

import asyncio
import statistics
import sys
import time
from argparse import ArgumentParser
from collections.abc import Awaitable, Callable, Sequence
from contextlib import ExitStack

from benchmarks import district, harness, processor
from benchmarks.district import Drafting, Site
from benchmarks.harness import Reading, Write
from starter.client import Client
from starter.joins import open_doors

EVENTS, FEW = 1_000, 10
WAIT, WORK, REOPENED = (
    "a command of a long case: p50",
    "a command of a long case: processor time",
    "a command of a long case, reopened: p50",
)
GOAL = 1.1
ROUNDS = 9
TIMES = 20
"""So many commands of each kind a round."""
ALIKE = TIMES // FEW
"""So many cases of each kind share them, so that a short one stays short."""
PAIRS = 8
"""So many long cases, and as many short ones, are reopened."""
APART = 13
"""By so many events each long case is longer than the one before."""
_AT_ONCE = 25
"""So many amendments wait in a case's queue while it grows."""
_IN_A_ROW = 30
"""So many come one at a time at last: more than a run holds."""
_MILLISECONDS = 1000.0
Pairs = list[tuple[float, float]]


async def _grown(client: Client, number: int, events: int, apart: int = 0) -> Sequence[Drafting]:
    """Open so many drafts and amend each until it has so many events, or some more; a draft begins with one."""
    drafts = await district.open_drafts(client, number)

    async def amend(draft: Drafting, until: int) -> None:
        for done in range(1, until - _IN_A_ROW, _AT_ONCE):
            await asyncio.gather(*(draft.amend() for _ in range(min(_AT_ONCE, until - _IN_A_ROW - done))))
        for _ in range(min(_IN_A_ROW, until - 1)):
            await draft.amend()

    await asyncio.gather(*(amend(draft, events + place * apart) for place, draft in enumerate(drafts)))
    return drafts


async def took(act: Write) -> float:
    """Give the milliseconds that a command took."""
    began = time.perf_counter()
    await act()
    return (time.perf_counter() - began) * _MILLISECONDS


def in_turn(acts: Sequence[Write]) -> Sequence[Write]:
    """Give as many commands as a round has, one case after the other."""
    return [acts[place % len(acts)] for place in range(TIMES)]


async def turn(acts: Sequence[Write]) -> tuple[list[float], float]:
    """Send one command after the other; give what each took, and its processor time, in milliseconds."""
    before = sum(processor.spent().values())
    each_took = [await took(each) for each in acts]
    return each_took, (sum(processor.spent().values()) - before) * _MILLISECONDS / len(acts)


async def compete(long: Sequence[Write], fresh: Callable[[], Awaitable[Sequence[Write]]]) -> tuple[Pairs, Pairs]:
    """Let long cases and as many new short ones take turns, the other first in every round; the first warms up.

    Returns:
        By rounds, what a command took and its processor time, in a long case and in a short one.
    """
    waits: Pairs = []
    works: Pairs = []
    for number in range(ROUNDS + 1):
        turns = {True: in_turn(long), False: in_turn(await fresh())}
        done = {is_long: await turn(turns[is_long]) for is_long in (True, False)[:: -1 if number % 2 else 1]}
        waits.append((statistics.median(done[True][0]), statistics.median(done[False][0])))
        works.append((done[True][1], done[False][1]))
    return waits[1:], works[1:]


async def _cached(client: Client, long: Sequence[Drafting], events: int) -> list[Reading]:
    async def fresh() -> Sequence[Write]:
        return [each.amend for each in await _grown(client, ALIKE, FEW)]

    waits, works = await compete([each.amend for each in long[:ALIKE]], fresh)
    return [compared(WAIT, waits, events), compared(WORK, works, events)]


async def _reopened(site: Site, client: Client, long: Sequence[Drafting], events: int) -> Reading:
    """Have another worker take over, warm it with a case of neither kind, and let each case have its first command."""
    short = await _grown(client, len(long) + 1, FEW)
    site.worker.stop()
    with ExitStack() as others:
        others.enter_context(district.another_worker(site, "worker that reopens"))
        await took(short[-1].amend)
        firsts = [(await took(one.amend), await took(other.amend)) for one, other in zip(long, short, strict=False)]
    return compared(REOPENED, firsts, events, by_medians=True)


def compared(figure: str, pairs: Sequence[tuple[float, float]], events: int, *, by_medians: bool = False) -> Reading:
    """Hold what a long case cost against a short one: round by round, or all of them where a round is one command."""
    long, short = (statistics.median(each) for each in zip(*pairs, strict=True))
    ratios = [one / other for one, other in pairs]
    ratio = long / short if by_medians else statistics.median(ratios)
    beside = {"ms long": long, "ms short": short, "low": min(ratios), "high": max(ratios)}
    return harness.read(figure, f"{events} events", ratio, "x", goal=GOAL, beside=beside)


async def _measured(site: Site, events: int) -> list[Reading]:
    async with open_doors() as doors:
        await district.load(doors)
        client = await doors.client()
        long = await _grown(client, PAIRS, events, APART)
        return [*await _cached(client, long, events), await _reopened(site, client, long, events)]


def measure(events: int = EVENTS) -> list[Reading]:
    """Take the figures on servers of their own."""
    with district.at_work() as site:
        return asyncio.run(_measured(site, events))


if __name__ == "__main__":
    options = ArgumentParser(description=__doc__)
    options.add_argument("--events", type=int, default=EVENTS)
    harness.write_lines(measure(options.parse_args(sys.argv[1:]).events))
