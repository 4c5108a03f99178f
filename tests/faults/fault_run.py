"""One run: servers of its own, cases driven by callers, a saboteur, and the proof at the end."""

import asyncio
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Coroutine, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from temporalio.client import Client as TemporalClient
from temporalio.runtime import LoggingConfig, Runtime, TelemetryConfig, TelemetryFilter
from temporalio.testing import TimeSkipper, TimeSkippingConfig

from adapters.postgres.answers import Answers
from adapters.postgres.database import Database
from adapters.servers.temporal import Binary
from domain.kernel.messages import SHANGHAI
from starter.client import ENGINE_PREFIX
from tests.faults.caller import Caller, Ways, load_district
from tests.faults.checks import (
    check_announced,
    check_answers,
    check_balance,
    check_follow_ups,
    check_numbers,
    check_once,
    check_succeeded,
)
from tests.faults.clocks import check_clocks
from tests.faults.kept import LINK_PREFIX, Kept, read_kept
from tests.faults.looks import Looks
from tests.faults.notes import Asked, Notes
from tests.faults.plans import Copy, announcement, copies_of, district_of, read_plans
from tests.faults.saboteur import Saboteur, Victim, strikes_of
from tests.faults.servers import ROOT, Say, Store, Temporal, Worker
from tests.faults.workflows import check_workflows
from workflows.wire import wire

_AT_ONCE = 12
"""Cases that are driven at the same time."""
_ANNOUNCED = 0.6
"""When the next year is announced, as a share of all commands."""
_PROGRESS_SECONDS = 10.0
_SETTLES_SECONDS = 150.0
"""How long after the last command everything may take to come to rest; a broadcast whose worker died waits a minute."""
_POLL_SECONDS = 0.25


@dataclass(frozen=True)
class Settings:
    """What a run is made of; the same settings draw the same deaths.

    Attributes:
        limit_seconds: When the whole run is given up.
    """

    seed: int
    cases: int
    kills: int
    limit_seconds: float


@dataclass(frozen=True)
class Outcome:
    """What came of a run.

    Attributes:
        findings: What is not as it must be.
        nows: What the clock of each case showed at the end.
    """

    findings: Sequence[str]
    asked: Mapping[str, Asked]
    kept: Kept
    nows: Mapping[str, datetime]
    deaths: Mapping[Victim, int]
    summary: Sequence[str]


@dataclass(frozen=True)
class Installation:
    """The parts of a run."""

    store: Store
    temporal: Temporal
    worker: Worker


def play(settings: Settings, binary: Binary, say: Say) -> Outcome:
    """Play one run; its folder stays when it did not end well. Not to be called on a running event loop."""
    folder = Path(tempfile.mkdtemp(prefix="mandate-faults-"))
    folder.chmod(0o711)  # PostgreSQL runs as another user when we are root
    say(f"seed {settings.seed}: {settings.cases} cases, {settings.kills} deaths, in {folder}")
    ended_well = False
    try:
        with _installed(folder, binary) as parts:
            outcome = asyncio.run(_Run(settings, parts, folder, say).play())
        ended_well = not outcome.findings
    finally:
        if ended_well:
            shutil.rmtree(folder)
        else:
            say(f"this run did not end well; seed {settings.seed}, everything is left in {folder}")
    return outcome


@contextmanager
def _installed(folder: Path, binary: Binary) -> Iterator[Installation]:
    log = folder / "servers.log"

    def report(line: str) -> None:
        with log.open("a", encoding="utf-8") as out:
            out.write(f"{datetime.now(UTC).isoformat()} {line}\n")

    store, temporal = Store(folder, report), Temporal(folder, binary, report)
    worker: Worker | None = None
    try:
        store.start()
        store.found()
        temporal.start()
        where = {"DATABASE_URL": store.app, "TEMPORAL_ADDRESS": temporal.address, "TEMPORAL_NAMESPACE": "default"}
        worker = Worker(folder, where)
        worker.start()
        yield Installation(store, temporal, worker)
    finally:
        for part in (worker, temporal, store):
            if part is not None:
                part.stop()


class _Run:
    """What happens between start and stop of the servers."""

    def __init__(self, settings: Settings, parts: Installation, folder: Path, say: Say) -> None:
        self._settings = settings
        self._parts = parts
        self._say = say
        self._notes = Notes(folder / "notes.jsonl")
        self._saboteur = Saboteur(parts.store, parts.temporal, parts.worker, self._notes, say)

    async def play(self) -> Outcome:
        """Drive everything, let it come to rest, and prove it."""
        rng = Random(self._settings.seed)  # noqa: S311 — a run is to be repeated by its seed
        plans = read_plans()
        copies = copies_of(plans, self._settings.cases, datetime.now(SHANGHAI).date())
        commands = sum(step.until is None for copy in copies for step in copy.steps)
        strikes = strikes_of(rng, self._settings.kills, commands)
        async with asyncio.timeout(self._settings.limit_seconds), self._ways() as ways:
            await load_district(ways, district_of(plans, self._settings.cases))
            self._say(f"the district is loaded; callers have {commands} commands, the clocks have theirs")
            began = time.monotonic()
            async with _beside(self._saboteur.tend(), self._progress(commands)):
                async with asyncio.TaskGroup() as group:
                    group.create_task(self._saboteur.work(strikes, rng))
                    group.create_task(self._drive(ways, copies, rng))
                    group.create_task(self._announce(ways, copies[0].tenant, int(commands * _ANNOUNCED), rng))
                took = time.monotonic() - began
                outcome = await self._at_rest(ways, took)
            proved, said = await verify(self._parts.store.reader)
        return replace(outcome, findings=[*outcome.findings, *proved], summary=[*outcome.summary, said])

    @asynccontextmanager
    async def _ways(self) -> AsyncIterator[Ways]:
        # That a server is away is what this is about: the driver's own word of every try is not needed.
        quiet = Runtime(telemetry=TelemetryConfig(logging=LoggingConfig(TelemetryFilter("ERROR", "ERROR"))))
        temporal = await TemporalClient.connect(self._parts.temporal.address, plugins=[wire()], runtime=quiet)
        skipper = TimeSkipper(temporal, config=TimeSkippingConfig(enabled=False))
        dsn = self._parts.store.app
        async with Database(dsn) as database:
            answers = Answers(database, dsn)
            try:
                yield Ways(skipper, answers, Looks(database), self._notes)
            finally:
                await answers.close()

    async def _drive(self, ways: Ways, copies: Sequence[Copy], rng: Random) -> None:
        """Let callers drive the cases, so many at a time."""
        room = asyncio.Semaphore(_AT_ONCE)

        async def drive(caller: Caller) -> None:
            async with room:
                await caller.play()

        async with asyncio.TaskGroup() as group:
            for copy in copies:
                own = Random(rng.random())  # noqa: S311 — drawn from the run's seed
                group.create_task(drive(Caller(ways, copy, own)))

    async def _announce(self, ways: Ways, tenant: str, after: int, rng: Random) -> None:
        """Let the next year's calendar be announced while many cases are open, and be told to whom it concerns."""
        own = Random(rng.random())  # noqa: S311 — drawn from the run's seed
        await self._notes.reached(after)
        await Caller(ways, announcement(tenant, datetime.now(SHANGHAI).date()), own).play()

    async def _progress(self, commands: int) -> None:
        while True:
            await asyncio.sleep(_PROGRESS_SECONDS)
            self._say(f"  {self._notes.acknowledged} of {commands} commands acknowledged")

    async def _at_rest(self, ways: Ways, took: float) -> Outcome:
        """Look until everything is as it must be; what is not so after a while never will be."""
        until = time.monotonic() + _SETTLES_SECONDS
        while True:
            kept = await read_kept(self._parts.store.reader)
            asked, nows = self._notes.asked, {head.stream: self._notes.now(head.stream) for head in kept.heads}
            findings = [*check(asked, kept, nows)]
            findings += [each async for each in check_workflows(ways.skipper.client, kept)]
            if not findings or time.monotonic() > until:
                summary = [*self._summary(kept, took)]
                return Outcome(findings, asked, kept, nows, self._saboteur.deaths, summary)
            await asyncio.sleep(_POLL_SECONDS)

    def _summary(self, kept: Kept, took: float) -> Iterator[str]:
        notes, saboteur = self._notes, self._saboteur
        deaths = ", ".join(f"{victim} {times}" for victim, times in sorted(saboteur.deaths.items()))
        calls = [each.calls for each in notes.asked.values() if each.calls]
        yield f"deaths: {deaths}; workers that ended by themselves: {saboteur.own_ends}"
        yield f"callers: {len(calls)} commands in {sum(calls)} calls, {dict(notes.troubles)}, {took:.0f} s"
        ids = [told.id for commands in kept.commands.values() for told in commands]
        clocks, links = (sum(each.startswith(prefix) for each in ids) for prefix in (ENGINE_PREFIX, LINK_PREFIX))
        yield f"the store: {len(kept.heads)} cases, {len(ids)} commands, {clocks} by clocks, {links} by other cases"
        outcomes = Counter(each.answer.outcome for commands in kept.commands.values() for each in commands)
        yield f"answers: {dict(outcomes)}; notices served: {len(kept.notices)}; accounts: {len(kept.accounts)}"


def check(asked: Mapping[str, Asked], kept: Kept, nows: Mapping[str, datetime]) -> Iterator[str]:
    """Give everything that is not so by the store and by what callers were told."""
    yield from check_answers(asked, kept)
    yield from check_once(asked, kept)
    yield from check_numbers(kept)
    yield from check_follow_ups(kept)
    yield from check_announced(kept)
    yield from check_succeeded(kept)
    yield from check_balance(kept)
    yield from check_clocks(kept, nows)


async def verify(dsn: str) -> tuple[list[str], str]:
    """Prove the record as anybody does, with the command line: every byte, chain and decision."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        "from starter.cli import main; main()",
        *("audit", "verify", "--all", "--decisions"),
        env={**os.environ, "DATABASE_URL": dsn, "LANG": "en_US.UTF-8"},
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    out, _ = await process.communicate()
    said = f"mandate audit verify --all --decisions: exit {process.returncode}"
    return ([] if process.returncode == 0 else [f"{said}\n{out.decode()}"]), said


@asynccontextmanager
async def _beside(*work: Coroutine[None, None, None]) -> AsyncIterator[None]:
    """Let this be done meanwhile; when it fails, so does the block."""
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(each) for each in work]
        yield
        for task in tasks:
            task.cancel()
