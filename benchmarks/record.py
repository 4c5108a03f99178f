"""One decided command recorded with everything it leaves, against a plain INSERT of the event's bytes.

The call writes a command, one event of about a kilobyte, head, snapshot, case row, deadline, inbox row and two postings
on accounts of its own, compares three facts, and announces the answer. A second figure has the whole of it: the
decision taken in Python, its bytes, hashes and rows made, and the call.
"""

import asyncio
import sys
from collections.abc import Awaitable, Sequence
from datetime import date
from hashlib import sha256
from itertools import count
from typing import Any

from adapters.postgres.database import Database
from adapters.postgres.decisions import RECORD
from adapters.servers.postgres import PostgresServer
from benchmarks import harness
from benchmarks.append import PLAIN_TABLE, Connections, Statement, plain
from benchmarks.harness import WRITERS, Figure, Prepare, Write
from domain.kernel.chain import link
from domain.kernel.ledger import Account, Pocket, move
from domain.kernel.lists import ListVersion
from tests.contract.world import World

CALL, WHOLE, REFUSAL = "record, three facts compared", "decide and record, in Python too", "record a refusal"
GOALS = {CALL: (0.52, 0.35, 0.27)}
LISTS = ("assistance", "prohibited", "catalogue")
_STREAMS = count(1)


async def publish_lists(world: World) -> None:
    """Publish the three registers that each measured decision reads."""
    version = ListVersion(
        number=1, published_on=date(2026, 1, 1), valid_from=date(2026, 1, 1), source="x", entries=()
    ).model_dump(mode="json")
    for name in LISTS:
        await world.send(f"register-zone-{name}", world.envelope("Publish", process="register", version=version))


class Calls:
    """Consecutive calls on one stream, each made from the arguments of a real one.

    Only what a database can tell apart is made anew for each: id, digest, versions, hashes, what a row says.
    """

    def __init__(self, statement: Statement, arguments: Sequence[Any], *, refuses: bool = False) -> None:
        self._statement = statement
        self._arguments = list(arguments)
        self._stream = f"record-{next(_STREAMS)}"
        self._refuses = refuses
        self._number = 0

    def write(self) -> Awaitable[object]:
        """Make the next call."""
        a, number = self._arguments, self._number
        self._number += 1
        a[0], a[3], a[4], a[6] = self._stream, 0 if self._refuses else number, number, f"command-{number}"
        a[7], a[10] = sha256(a[6].encode()).digest(), link(a[10], a[9])
        if self._refuses:
            return self._statement.fetch(*a)
        a[17] = [link(a[17][0], a[16][0])]
        a[5] = a[17][0]
        case, deadline, inbox = a[19][0], a[20][0], a[21][0]
        a[19] = [(self._stream, *case[1:4], f"total {number}", *case[5:])]
        a[20], a[21] = [(self._stream, *deadline[1:])], [(self._stream, *inbox[1:])]
        a[26] = [(number + 1, line, f"{self._stream} {line}", *rest) for line, (_, _, _, *rest) in enumerate(a[26], 1)]
        return self._statement.fetch(*a)


def calls(connections: Connections, arguments: Sequence[Any], *, refuses: bool = False) -> Prepare:
    """Give the contender that has only the call to make."""

    async def prepare(writers: int) -> Sequence[Write]:
        statements = [await connection.prepare(RECORD) for connection in connections[:writers]]
        return [Calls(statement, arguments, refuses=refuses).write for statement in statements]

    return prepare


def decided(world: World) -> Prepare:
    """Give the contender that decides as well."""

    async def prepare(writers: int) -> Sequence[Write]:
        streams = [f"decided-{next(_STREAMS)}" for _ in range(writers)]
        for stream in streams:
            await world.ask(stream, "Start", reads=list(LISTS))
        return [_deciding(world, stream) for stream in streams]

    return prepare


def _deciding(world: World, stream: str) -> Write:
    return lambda: world.send(stream, world.envelope("Add", amount=1, reads=list(LISTS)))


def _postings() -> list[dict[str, Any]]:
    def account(pocket: Pocket) -> Account:
        return Account(owner="health", source="budget", purpose="elder_meals", year=2026, pocket=pocket)

    return [line.model_dump(mode="json") for line in move(1, account("granted"), account("available"))]


async def real_arguments(world: World, kind: str, **body: Any) -> list[Any]:
    """Take the arguments of a real call, with the deadline and the inbox row that an opening leaves."""
    stream = f"counter-model-{next(_STREAMS)}"
    opening = world.envelope("Start", reads=list(LISTS))
    opened = world.log.call(opening, await world.decide(stream, opening), ())
    await world.send(stream, opening)
    envelope = world.envelope(kind, **body)
    call = world.log.call(envelope, await world.decide(stream, envelope), ())
    if opened is None or call is None:
        message = "a store that nobody else writes to was found moved"
        raise RuntimeError(message)
    arguments = [*call.arguments]
    arguments[11:13] = [f"register-zone-{name}" for name in LISTS], [1, 1, 1]
    if arguments[16]:
        arguments[19:22] = opened.arguments[19:22]
    return arguments


async def _measured(running: PostgresServer) -> list[Figure]:
    async with harness.connections(harness.administrator(running), 1) as (admin,):
        await admin.execute(PLAIN_TABLE)
    async with (
        Database(harness.application(running), size=max(WRITERS)) as database,
        harness.connections(harness.application(running), max(WRITERS)) as connections,
    ):
        world = World(database)
        await publish_lists(world)
        paid = await real_arguments(world, "Pay", postings=_postings())
        refused = await real_arguments(world, "Add", amount=-1)
        body: bytes = paid[16][0]
        print(f"an event of {len(body)} bytes, a command of {len(paid[9])}", file=sys.stderr)
        contenders = {
            CALL: calls(connections, paid),
            REFUSAL: calls(connections, refused, refuses=True),
            WHOLE: decided(world),
        }
        return await harness.compare(plain(connections, body), contenders, GOALS, running.folder)


def measure() -> list[Figure]:
    """Take the figures on a server of their own."""
    with harness.server() as running:
        return asyncio.run(_measured(running))


if __name__ == "__main__":
    harness.write_lines(measure())
