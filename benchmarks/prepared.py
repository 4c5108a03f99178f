"""Many cases brought to a day of theirs without Temporal, in minutes: the law decides, the store records.

Every command of every case is decided and recorded by what the worker has for it, each at the instant of its step, and
what falls due in between is sent as the runner sends it; notices are served. So every table stands as the walked line
leaves it (`tests/e2e/test_prepared_as_walked.py`). Only the runs are missing. They are opened from the record, as after
a restore: each case is sent again the command that opened it, is told where it stands, and sets its timer.
"""

import asyncio
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from multiprocessing import get_context

from pydantic import JsonValue
from temporalio.api.enums.v1 import EventType

from adapters.postgres.answers import Answers
from adapters.postgres.database import Database
from adapters.postgres.decisions import Decisions
from adapters.postgres.facts import READINGS
from adapters.postgres.notices import NoticeTable
from adapters.postgres.roster import OpenCases
from domain.kernel.months import add_months
from domain.processes import PROCESSES
from starter.client import Client
from starter.rehearsal import Rehearsal
from starter.scripts import Played, Step, compare
from tests.faults.caller import Ways
from tests.faults.plans import Copy

Names = Mapping[str, str]
"""What a script calls its cases, and their ids."""
_AT_ONCE = 12
"""So many cases at a time in each process."""
_MEMBERS = 1_000
"""So many organisations, people or seats in one act: a message between servers holds 2 MB."""
_WOKEN_AT_ONCE = 40
_TIMERS_SHOWN = 25
_TIMER_SECONDS = 60.0
_PAUSE_SECONDS = 0.05
_END = "end_on"


def prolonged(copy: Copy, months: int) -> Copy:
    """Give a copy whose item ends so many months later than its script says."""
    return replace(copy, steps=[each.model_copy(update={"body": _later(each.body, months)}) for each in copy.steps])


def _later(value: dict[str, JsonValue], months: int) -> dict[str, JsonValue]:
    def moved(key: str, each: JsonValue) -> JsonValue:
        if isinstance(each, dict):
            return _later(each, months)
        if key == _END and isinstance(each, str):
            return add_months(date.fromisoformat(each), months).isoformat()
        return each

    return {key: moved(key, each) for key, each in value.items()}


def in_parts(said: Iterator[tuple[Played, Step]]) -> Iterator[tuple[Played, Step]]:
    """Give what a district says of itself, with no more members in an act than a message holds."""
    for part, step in said:
        long = {key: each for key, each in step.body.items() if isinstance(each, list) and len(each) > _MEMBERS}
        for first in range(0, max(map(len, long.values()), default=1), _MEMBERS):
            some = {key: each[first : first + _MEMBERS] for key, each in long.items()}
            yield part, step.model_copy(update={"body": {**step.body, **some}})


async def prepare(dsn: str, copies: Sequence[Copy]) -> Sequence[Names]:
    """Play every copy, in as many processes as the machine has cores; give what each calls its cases.

    Commits do not wait for the disk: nothing that is measured happens meanwhile.
    """
    cores = os.cpu_count() or 1
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as pool:
        shares = [
            loop.run_in_executor(pool, _play_all, f"{dsn}?synchronous_commit=off", copies[number::cores])
            for number in range(cores)
        ]
        names = {name: each for share in await asyncio.gather(*shares) for name, each in share.items()}
    return [names[copy.name] for copy in copies]


def _play_all(dsn: str, copies: Sequence[Copy]) -> Mapping[str, Names]:
    return asyncio.run(play_all(dsn, copies))


async def play_all(dsn: str, copies: Sequence[Copy]) -> Mapping[str, Names]:
    """Play every copy in this process; give what each calls its cases.

    Raises:
        RuntimeError: A step does not come out as its script says.
    """
    free = asyncio.Semaphore(_AT_ONCE)
    async with Database(dsn, size=_AT_ONCE) as database:
        log, roster, notices = Decisions(database, PROCESSES, READINGS), OpenCases(database), NoticeTable(database)

        async def play(copy: Copy) -> Names:
            async with free:
                rehearsal = Rehearsal(log, roster, copy.tenant, notices)
                for position, step in enumerate(copy.steps):
                    found = await rehearsal.play(f"{copy.name} {position}", step)
                    differing = [*compare(step.expect, found)]
                    if differing:
                        raise RuntimeError(f"{copy.name}, step {position}: {differing}")
                return rehearsal.names

        return dict(zip((each.name for each in copies), await asyncio.gather(*map(play, copies)), strict=True))


async def wake(ways: Ways, dsn: str, cases: Sequence[str]) -> None:
    """Open the run of every case from its record, and see of some of them, the last too, that their timers run."""
    client = Client(ways.skipper.client, ways.answers)
    async with Database(dsn) as database:
        answers = Answers(database, dsn)

        async def wake_one(case: str) -> None:
            opened = await answers.first_command(case)
            if opened is None:
                raise RuntimeError(f"{case} is not recorded")
            await client.wake(case, opened)

        for first in range(0, len(cases), _WOKEN_AT_ONCE):
            await asyncio.gather(*map(wake_one, cases[first : first + _WOKEN_AT_ONCE]))
    for case in (*cases[:: max(len(cases) // _TIMERS_SHOWN, 1)], cases[-1]):
        async with asyncio.timeout(_TIMER_SECONDS):
            while not await _has_timer(ways, case):  # noqa: ASYNC110 — a run tells nobody that it has set its timer
                await asyncio.sleep(_PAUSE_SECONDS)


async def _has_timer(ways: Ways, case: str) -> bool:
    history = await ways.skipper.client.get_workflow_handle(case).fetch_history()
    return any(each.event_type == EventType.EVENT_TYPE_TIMER_STARTED for each in history.events)
