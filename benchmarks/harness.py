"""How figures are taken: contenders take turns in every round, and only ratios of one run are compared.

A machine that does other work at the same time slows all contenders of a round alike, so the median of the rounds'
ratios says more than any number of writes a second. Beside each stands what the machine itself can do. What is counted
or weighed, and not timed, is held against its goal alone.
"""

import asyncio
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TextIO

import asyncpg

from adapters.postgres.database import APPLICATION, READER, migrate
from adapters.servers.postgres import EmbeddedPostgres, PostgresServer

WRITERS = (1, 8, 32)
ROUNDS = 7
SECONDS = 1.0
"""How long one contender writes in one round."""
_DATABASE = "benchmark"
_STORED = """
SELECT sum(pg_total_relation_size(c.oid))::float8 FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE n.nspname = 'mandate' AND c.relkind = 'r'
"""

Write = Callable[[], Awaitable[object]]
Prepare = Callable[[int], Awaitable[Sequence[Write]]]
"""Makes ready for so many writers, untimed; gives each one's write."""


@dataclass(frozen=True)
class Figure:
    """One ratio, with what it was made of.

    Attributes:
        ratio: The median over the rounds, contender by baseline of the same round.
        low: The lowest ratio of a round; `high` the highest.
        per_second: The contender's median; `baseline_per_second` the baseline's.
        limit_per_second: Flushes to disk a second that the machine does, one after the other.
    """

    figure: str
    writers: int
    ratio: float
    low: float
    high: float
    goal: float | None
    met: bool | None
    per_second: float
    baseline_per_second: float
    limit_per_second: float
    rounds: int


@dataclass(frozen=True)
class Reading:
    """One number that is held against a goal of its own: a count, a size, a ratio.

    Attributes:
        at: Of what, or under what load.
        at_most: Whether the goal is a ceiling.
        beside: Other numbers of the same run, what the machine itself does among them.
    """

    figure: str
    at: str
    value: float
    unit: str
    goal: float | None
    at_most: bool
    met: bool | None
    beside: Mapping[str, float]


@dataclass(frozen=True)
class Pace:
    """How quickly something was done in one round: how often, how often a second, and how long one took (seconds)."""

    done: int
    per_second: float
    p50: float
    p95: float


@contextmanager
def server() -> Generator[PostgresServer]:
    """Start a server whose commits wait for the disk, with an empty, migrated database."""
    folder = Path(tempfile.mkdtemp(prefix="mandate-benchmark-"))
    folder.chmod(0o711)
    running = EmbeddedPostgres(folder / "postgres").start(lambda _line: None)
    try:
        running.create_database(_DATABASE)
        migrate(running.admin_dsn(_DATABASE))
        running.let_in(APPLICATION, READER)
        yield running
    finally:
        running.stop()
        shutil.rmtree(folder, ignore_errors=True)


def application(running: PostgresServer) -> str:
    """Give the application role's address."""
    return running.role_dsn(APPLICATION, _DATABASE)


def administrator(running: PostgresServer) -> str:
    """Give the administrator's address."""
    return running.admin_dsn(_DATABASE)


@asynccontextmanager
async def connections(dsn: str, number: int) -> AsyncGenerator[Sequence["asyncpg.Connection[asyncpg.Record]"]]:
    """Open connections, one a writer."""
    opened = [await asyncpg.connect(dsn) for _ in range(number)]
    try:
        yield opened
    finally:
        for connection in opened:
            await connection.close()


async def bytes_stored(connection: "asyncpg.Connection[asyncpg.Record]") -> float:
    """Weigh every table of the store on the disk, with its indexes."""
    return await connection.fetchval(_STORED)


def flushes_per_second(folder: Path, seconds: float = 0.5) -> float:
    """Measure how often one writer can append a page and have it on disk: the limit of commits that share none."""
    page = bytes(8192)
    descriptor = os.open(folder / "flush", os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        done, began = 0, time.perf_counter()
        while (spent := time.perf_counter() - began) < seconds:
            os.pwrite(descriptor, page, 8192 * (done % 1024))
            os.fdatasync(descriptor)
            done += 1
        return done / spent
    finally:
        os.close(descriptor)


async def pace(acts: Sequence[Write], seconds: float) -> Pace:
    """Let each be done again and again for a while, all at the same time."""
    until = time.perf_counter() + seconds
    took: list[float] = []

    async def keep_doing(act: Write) -> None:
        began = time.perf_counter()
        while began < until:
            await act()
            took.append((ended := time.perf_counter()) - began)
            began = ended

    began = time.perf_counter()
    await asyncio.gather(*(keep_doing(act) for act in acts))
    return Pace(len(took), len(took) / (time.perf_counter() - began), statistics.median(took), p95(took))


def p95(took: Sequence[float]) -> float:
    """Give what 95 of 100 stay below."""
    return statistics.quantiles(took, n=20)[-1] if len(took) > 1 else took[0]


async def compare(
    baseline: Prepare, contenders: Mapping[str, Prepare], goals: Mapping[str, Sequence[float]], data: Path
) -> list[Figure]:
    """Let the contenders and the baseline take turns, and give each contender's ratio for every number of writers.

    Args:
        goals: For each contender that has one, the ratio it should reach for 1, 8 and 32 writers.
        data: A folder on the server's disk.
    """
    figures: list[Figure] = []
    for place, writers in enumerate(WRITERS):
        rates: dict[str, list[float]] = {name: [] for name in ("", *contenders)}
        limits: list[float] = []
        for turn in range(ROUNDS):
            order = list(rates)
            order = order[turn % len(order) :] + order[: turn % len(order)]
            for name in order:
                prepare = contenders[name] if name else baseline
                rates[name].append((await pace(await prepare(writers), SECONDS)).per_second)
            limits.append(flushes_per_second(data, 0.2))
        for name in contenders:
            goal = goals[name][place] if name in goals else None
            figures.append(_figure(name, writers, rates, goal, statistics.median(limits)))
            show(figures[-1])
    return figures


def _figure(name: str, writers: int, rates: Mapping[str, list[float]], goal: float | None, limit: float) -> Figure:
    ratios = [mine / theirs for mine, theirs in zip(rates[name], rates[""], strict=True)]
    ratio = round(statistics.median(ratios), 3)
    return Figure(
        figure=name,
        writers=writers,
        ratio=ratio,
        low=round(min(ratios), 3),
        high=round(max(ratios), 3),
        goal=goal,
        met=None if goal is None else ratio >= goal,
        per_second=round(statistics.median(rates[name])),
        baseline_per_second=round(statistics.median(rates[""])),
        limit_per_second=round(limit),
        rounds=len(ratios),
    )


def show(figure: Figure, to: TextIO = sys.stderr) -> None:
    """Print one figure for people."""
    goal = "" if figure.goal is None else f"  goal {figure.goal:.2f} {'met' if figure.met else 'MISSED'}"
    print(
        f"{figure.figure:<44} {figure.writers:>3} writers  "
        f"{figure.ratio:.2f} ({figure.low:.2f} to {figure.high:.2f}){goal}"
        f"  {figure.per_second:.0f}/s of {figure.baseline_per_second:.0f}/s; "
        f"the disk flushes {figure.limit_per_second:.0f}/s",
        file=to,
        flush=True,
    )


def read(
    figure: str,
    at: str,
    value: float,
    unit: str,
    *,
    goal: float | None = None,
    at_most: bool = True,
    beside: Mapping[str, float] | None = None,
) -> Reading:
    """Hold a number against its goal, and print it for people."""
    value = round(value, 3)
    met = None if goal is None else (value <= goal if at_most else value >= goal)
    said = "" if goal is None else f"  goal {'≤' if at_most else '≥'} {goal:g} {'met' if met else 'MISSED'}"
    others = "; ".join(f"{name} {number:.4g}" for name, number in (beside or {}).items())
    print(f"{figure:<44} {at:<11}  {value:g} {unit}{said}  {others}", file=sys.stderr, flush=True)
    rounded = {name: round(number, 3) for name, number in (beside or {}).items()}
    return Reading(figure, at, value, unit, goal, at_most, met, rounded)


def write_lines(figures: Sequence[Any]) -> None:
    """Print the figures for programs, one JSON object a line."""
    for figure in figures:
        print(json.dumps(asdict(figure), ensure_ascii=False), flush=True)
