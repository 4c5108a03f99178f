"""`audit verify` over a million events on two cores, against SHA-256 of the same bytes on one.

First bytes and chains alone (`--chains`), then with every column compared with the body, as the whole proof begins. The
third figure is that whole proof, of a store that was really written: commands, states, read models and ledger too.

`python -m benchmarks.verify --events 100000` takes fewer.
"""

import argparse
import asyncio
import statistics
import sys
import time
from collections.abc import Generator, Sequence
from hashlib import sha256

from adapters.postgres.archive import PostgresArchive
from adapters.postgres.canonical import canonical, restored
from adapters.postgres.database import Database
from adapters.servers.postgres import PostgresServer
from audit.verify import Proof, verify_all, verify_chains
from benchmarks import harness
from benchmarks.harness import Reading
from benchmarks.record import real_arguments
from domain.kernel.chain import GENESIS, link
from tests.contract.counter import PROCESSES
from tests.contract.world import World

CHAINS, COLUMNS = "audit verify: bytes and chains", "audit verify: and every column"
WHOLE = "audit verify: everything"
GOALS = {CHAINS: 0.35, COLUMNS: 0.20}
EVENTS = 1_000_000
ROUNDS = 3
_BYTES = 1053
"""Of one event: what a decision of a real case leaves."""
_STREAM_EVENTS, _MIXED = 20, 2000
"""Events of a stream, and how many streams are written at a time."""
_SAMPLE = 50_000
_WRITTEN = 4000
_WRITERS = 8
_UNIT = "x SHA-256"
Row = tuple[str, int, str, str, bytes, bytes]
_HEADS = """
INSERT INTO mandate.head (stream_id, tenant, process, version, hash, command_count, command_hash)
SELECT stream_id, tenant, 'counter', version, hash, 0, hash FROM mandate.event WHERE version = $1
"""


def rows(body: bytes, number: int) -> Generator[Row]:
    """Give so many events of streams that are mixed as in the global order, each chained to the one before it."""
    stem = canonical({**restored(body), "data": {"text": ""}})
    stem = stem[: stem.rindex(b',"stream":')]
    stem = stem.replace(b'"text":""', b'"text":"' + b"x" * (_BYTES - len(stem) - 80) + b'"')
    for first in range(0, number // _STREAM_EVENTS, _MIXED):
        streams = [f"counter-{each:09}" for each in range(first, min(first + _MIXED, number // _STREAM_EVENTS))]
        ends = dict.fromkeys(streams, GENESIS)
        for version in range(1, _STREAM_EVENTS + 1):
            for stream in streams:
                body = stem + f',"stream":"{stream}","tenant":"zone","type":"Paid","version":{version}}}'.encode()
                ends[stream] = link(ends[stream], body)
                yield stream, version, "Paid", "zone", body, ends[stream]


async def _fill(running: PostgresServer, body: bytes, number: int) -> None:
    columns = ["stream_id", "version", "type", "tenant", "body", "hash"]
    async with harness.connections(harness.administrator(running), 1) as (admin,):
        await admin.copy_records_to_table(
            "event", schema_name="mandate", columns=columns, records=rows(body, number), timeout=1200
        )
        await admin.execute(_HEADS.replace("$1", str(_STREAM_EVENTS)))
        await admin.execute("VACUUM ANALYZE mandate.event", timeout=600)


def _hashing(bodies: list[bytes]) -> float:
    """Give the seconds that one core takes to hash one event."""
    began = time.perf_counter()
    for body in bodies:
        sha256(body).digest()
    return (time.perf_counter() - began) / len(bodies)


async def _proving(running: PostgresServer, number: int, *, columns: bool) -> float:
    """Give the seconds that the proof takes for one event, on two cores, with the start of its processes."""
    began = time.perf_counter()
    archive = PostgresArchive(harness.application(running))
    _must_hold(await verify_chains(archive, columns=columns, workers=2), number)
    return (time.perf_counter() - began) / number


def _must_hold(proof: Proof, number: int) -> None:
    if not proof.holds or proof.events != number:
        raise RuntimeError(f"{proof.events} events of {number}: {proof.findings[:5]}")


async def _chains(running: PostgresServer, body: bytes, number: int) -> list[Reading]:
    number -= number % _STREAM_EVENTS
    print(f"writing {number} events for audit verify", file=sys.stderr, flush=True)
    await _fill(running, body, number)
    sample = [GENESIS + row[4] for row in rows(body, _SAMPLE)]
    hashing = [_hashing(sample)]
    proving: dict[str, list[float]] = {figure: [] for figure in GOALS}
    ratios: dict[str, list[float]] = {figure: [] for figure in GOALS}
    for _ in range(ROUNDS):
        for figure in GOALS:
            proving[figure].append(await _proving(running, number, columns=figure == COLUMNS))
            hashing.append(_hashing(sample))
            ratios[figure].append(statistics.mean(hashing[-2:]) / proving[figure][-1])
    return [_reading(figure, number, ratios[figure], proving[figure], hashing) for figure in GOALS]


def _reading(
    figure: str, number: int, ratios: Sequence[float], proving: Sequence[float], hashing: Sequence[float]
) -> Reading:
    beside = {
        "low": min(ratios),
        "high": max(ratios),
        "events a second": 1 / statistics.median(proving),
        "hashed a second": 1 / statistics.median(hashing),
    }
    ratio, at = statistics.median(ratios), f"{number} events"
    return harness.read(figure, at, ratio, _UNIT, goal=GOALS[figure], at_most=False, beside=beside)


async def _everything(running: PostgresServer) -> tuple[bytes, list[Reading]]:
    """Write a small store as it is always written, and prove all of it; give one of its events too."""
    async with Database(harness.application(running), size=_WRITERS) as database:
        world = World(database)
        body: bytes = (await real_arguments(world, "Add", amount=1))[16][0]

        async def add(writer: int) -> None:
            await world.ask(f"counter-{writer}", "Start")
            for amount in range(1, _WRITTEN // _WRITERS):
                await world.ask(f"counter-{writer}", "Add", amount=amount)

        await asyncio.gather(*(add(writer) for writer in range(_WRITERS)))
        stored = await database.fetch("SELECT body FROM mandate.event")
    archive = PostgresArchive(harness.application(running))
    began = time.perf_counter()
    proof = await verify_all(archive, processes=PROCESSES)
    each = (time.perf_counter() - began) / proof.events
    _must_hold(proof, len(stored))
    hashing = _hashing([GENESIS + row["body"] for row in stored])
    beside = {"events a second": 1 / each, "hashed a second": 1 / hashing}
    return body, [harness.read(WHOLE, f"{proof.events} events", hashing / each, _UNIT, beside=beside)]


def measure(events: int = EVENTS) -> list[Reading]:
    """Take the figures on servers of their own."""
    with harness.server() as running:
        body, whole = asyncio.run(_everything(running))
    with harness.server() as running:
        return [*asyncio.run(_chains(running, body, events)), *whole]


def parser() -> argparse.ArgumentParser:
    """Read how many events there are to be."""
    words = argparse.ArgumentParser(description="The speed figures, as JSON lines.")
    words.add_argument("--events", type=int, default=EVENTS, help="how many events audit verify reads (%(default)s)")
    return words


if __name__ == "__main__":
    harness.write_lines(measure(parser().parse_args().events))
