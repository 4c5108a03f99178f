"""The inbox of one person among 100,000 open items: how long one look takes, alone and beside seven others.

The person holds three seats, so a look asks for what waits for the person, for each role, and for each role where no
organisation is named: the seats are read, then the fifty most urgent items, with the case each belongs to. Every tenth
item has missed its limit and climbed. With row-level security the same look is made by a reader of one tenant, whose
rows lie among those of another. Beside each figure stands a bare round trip under the same load.
"""

import asyncio
import statistics
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import asyncpg

from adapters.postgres.database import Database
from adapters.postgres.directory import changes_of
from adapters.postgres.inboxes import Inboxes
from adapters.postgres.read_models import rows_of
from adapters.servers.postgres import PostgresServer
from benchmarks import harness
from domain.kernel.chain import GENESIS
from domain.kernel.clock_events import Deadline, DeadlineMissed, DeadlineSet, EscalationRaised
from domain.kernel.clocks import Clocks
from domain.kernel.decision import Case
from domain.kernel.directory import Seat, Spell
from domain.kernel.inbox import principals
from tests.contract.counter import DirectoryChanged
from tests.contract.errand import ERRAND, Ordered, Under

ITEMS: Final = 100_000
READERS: Final = (1, 8)
PLAIN: Final = "inbox of one person"
BOUNDED: Final = "inbox of one person, row-level security"
GOALS: Final[Mapping[str, Sequence[float]]] = {PLAIN: (5.0, 20.0), BOUNDED: (10.0, 20.0)}
"""Milliseconds that 95 looks of 100 may take, for each number of readers."""
TENANTS: Final = ("zone", "zone", "zone", "babu")
"""Three quarters of everything is the one tenant's."""
OFFICES: Final = 20
PEOPLE: Final = 500
ROLES: Final = ("clerk", "approver", "residents_committee", "finance_bureau", "secretariat")
DAY: Final = date(2026, 3, 2)
PERSON: Final = "li"
SEATS: Final = (("office-1", "clerk"), ("office-1", "supervisor"), ("council", "coordinating_body"))
Look = Callable[[], Awaitable[object]]


@dataclass(frozen=True)
class Latency:
    """How long one look takes at a number of readers.

    Attributes:
        value: Milliseconds within which 95 of 100 looks are answered; the median over the rounds.
        low: The same of the quickest round; `high` of the slowest.
        round_trip: The same of `SELECT 1`, which is what the machine itself takes.
    """

    figure: str
    readers: int
    value: float
    low: float
    high: float
    p50: float
    round_trip: float
    goal: float
    met: bool
    unit: str
    rounds: int


class Noted:
    """Who fetches rows and remembers what was asked for."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.asked: list[tuple[str, tuple[object, ...]]] = []

    async def fetch(self, query: str, *args: object) -> list[asyncpg.Record]:
        """Give every row."""
        self.asked.append((query, args))
        return await self._database.fetch(query, *args)


def _case(number: int) -> Case[Any]:
    """Make an open case with one piece of work, due within a quarter of a year; every tenth has climbed the ladder."""
    role, organisation = ROLES[number % len(ROLES)], f"office-{number % OFFICES}" if number % 4 else None
    person = f"person-{number % PEOPLE}" if number % 7 == 0 else None
    ordered = Ordered(role=role, organisation=organisation, person=person, is_limited=True, on=DAY)
    due_on = DAY + timedelta(days=number % 90)
    deadline = Deadline(
        name="duty", due_on=due_on, due_at=None, rule="X", kind="duty", provisional=False, derivation=(), source="x"
    )
    clocks = Clocks().evolve(
        DeadlineSet(limit="duty", owner=role, period=None, started_on=DAY, deadline=deadline, reminders=()), 2
    )
    if number % 10 == 0:
        missed = DeadlineMissed(limit="duty", owner=role, due_on=due_on, to_role="supervisor", ladder=(due_on, due_on))
        clocks = clocks.evolve(missed, 3)
        if number % 20 == 0:
            clocks = clocks.evolve(EscalationRaised(limit="duty", step=1, to_role="x", due_on=due_on), 4)
    return Case(TENANTS[number % len(TENANTS)], f"errand-{number:06}", 4, Under(ordered=ordered), clocks, 1)


def _rows() -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Give every row with its table."""
    for number in range(ITEMS):
        case = _case(number)
        rows = rows_of(ERRAND.name, case, ERRAND.view(case.state))
        yield "head", (case.id, case.tenant, ERRAND.name, case.version, GENESIS, 1, GENESIS)
        yield "case_row", rows.case or ()
        for row in rows.inbox.values():
            yield "inbox", row
    for tenant in sorted({*TENANTS}):
        for version, kind, entry, subject, target, body in changes_of(0, [DirectoryChanged(entries=_seats())]):
            yield "directory_entry", (tenant, kind, entry, version, None, subject, target, body)


def _seats() -> tuple[Seat, ...]:
    others = (
        (f"person-{number}", f"office-{number % OFFICES}", ROLES[number % len(ROLES)]) for number in range(PEOPLE)
    )
    return tuple(
        Seat(id=f"{person}-{role}", person=person, organisation=where, role=role, spell=Spell(first_on=DAY))
        for person, where, role in (*((PERSON, *seat) for seat in SEATS), *others)
    )


async def _fill(running: PostgresServer) -> None:
    """Lay the rows down as a superuser, who needs no decision for it."""
    tables: dict[str, list[tuple[Any, ...]]] = {}
    for table, row in _rows():
        tables.setdefault(table, []).append(row)
    async with harness.connections(harness.administrator(running), 1) as (admin,):
        for table, rows in tables.items():
            await admin.copy_records_to_table(table, schema_name="mandate", records=rows)
        await admin.execute("VACUUM ANALYZE")
        mine = await _count(admin)
    counted = ", ".join(f"{len(rows)} of {table}" for table, rows in tables.items())
    print(f"{ITEMS} items; rows: {counted}; {mine} items wait for the person", file=sys.stderr)


async def _count(admin: "asyncpg.Connection[asyncpg.Record]") -> int:
    """Count what one tenant's person would find with an inbox as long as it likes."""
    mine = principals(PERSON, [seat for seat in _seats() if seat.person == PERSON], DAY)
    found = "FROM mandate.inbox WHERE tenant = $1 AND principal = ANY ($2)"
    return await admin.fetchval(f"SELECT count(DISTINCT (stream_id, task, owner)) {found}", TENANTS[0], [*mine])


def _looking(reader: Database) -> Look:
    inboxes = Inboxes(reader, TENANTS[0])

    async def look() -> object:
        return [line async for line in inboxes.waiting(PERSON, DAY)]

    return look


async def _milliseconds(look: Look, readers: int, seconds: float) -> list[float]:
    """Let every reader look again and again for a while; give what each look took."""
    until = time.perf_counter() + seconds
    took: list[float] = []

    async def keep_looking() -> None:
        began = time.perf_counter()
        while began < until:
            await look()
            took.append(((ended := time.perf_counter()) - began) * 1000)
            began = ended

    await asyncio.gather(*(keep_looking() for _ in range(readers)))
    return took


async def _compared(looks: Mapping[str, Look]) -> list[Latency]:
    """Let the looks take turns in every round; the first makes ready: connections are opened, the server plans."""
    latencies: list[Latency] = []
    for place, readers in enumerate(READERS):
        rounds: dict[str, list[list[float]]] = {name: [] for name in looks}
        for turn in range(harness.ROUNDS + 1):
            order = [*looks][turn % len(looks) :] + [*looks][: turn % len(looks)]
            for name in order:
                rounds[name].append(await _milliseconds(looks[name], readers, harness.SECONDS))
        for name, goals in GOALS.items():
            latencies.append(_latency(name, readers, rounds[name][1:], rounds[""][1:], goals[place]))
            _show(latencies[-1])
    return latencies


def _latency(
    name: str, readers: int, took: Sequence[Sequence[float]], bare: Sequence[Sequence[float]], goal: float
) -> Latency:
    p95 = [harness.p95(each) for each in took]
    value = round(statistics.median(p95), 2)
    return Latency(
        figure=name,
        readers=readers,
        value=value,
        low=round(min(p95), 2),
        high=round(max(p95), 2),
        p50=round(statistics.median(statistics.median(each) for each in took), 2),
        round_trip=round(statistics.median(harness.p95(each) for each in bare), 2),
        goal=goal,
        met=value <= goal,
        unit="ms",
        rounds=len(p95),
    )


def _show(latency: Latency) -> None:
    print(
        f"{latency.figure:<44} {latency.readers:>3} readers  p95 {latency.value:.1f} ms ({latency.low:.1f} to "
        f"{latency.high:.1f})  goal {latency.goal:.0f} {'met' if latency.met else 'MISSED'}  p50 {latency.p50:.1f} ms; "
        f"a round trip has p95 {latency.round_trip:.1f} ms",
        file=sys.stderr,
        flush=True,
    )


async def _show_plan(name: str, reader: Database) -> None:
    """Print the plan of the longer of a look's two statements, as it ran."""
    noted = Noted(reader)
    found = [line async for line in Inboxes(noted, TENANTS[0]).waiting(PERSON, DAY)]
    query, arguments = noted.asked[-1]
    rows = await reader.fetch(f"EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) {query}", *arguments)
    print(f"{name}: {len(found)} items; its plan:", *(row[0] for row in rows), sep="\n    ", file=sys.stderr)


async def _measured(running: PostgresServer) -> list[Latency]:
    await _fill(running)
    dsn = harness.application(running)
    async with (
        Database(dsn, size=max(READERS)) as plain,
        Database(dsn, tenant=TENANTS[0], size=max(READERS)) as bounded,
    ):
        await _show_plan(PLAIN, plain)
        await _show_plan(BOUNDED, bounded)
        looks = {PLAIN: _looking(plain), BOUNDED: _looking(bounded), "": lambda: plain.fetch("SELECT 1")}
        return await _compared(looks)


def measure() -> list[Latency]:
    """Take the figures on a server of their own."""
    with harness.server() as running:
        return asyncio.run(_measured(running))


if __name__ == "__main__":
    harness.write_lines(measure())
